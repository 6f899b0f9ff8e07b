//! Who may do what in a room.
//!
//! The roll is a set of signed [`Statement`]s that only grows; what it says follows from the set alone, not from the order in
//! which the statements came. Where two openings claim one epoch (an owner on two devices at once), the one with the lower
//! hash counts for everyone.

mod statement;

use std::collections::BTreeMap;

use model::{Author, Chain, LinkKey, Right};

pub use statement::{Certificate, Cut, Grant, Joining, Opening, Said, Statement};

/// What the statements say together.
#[derive(Debug, Clone)]
pub struct Roll {
    owner: Author,
    /// All links that are known of, by grants and by joinings. Of several certificates for one link the one that allows
    /// most counts, and of those the one that its bytes put first.
    certificates: BTreeMap<LinkKey, Certificate>,
    grants: BTreeMap<LinkKey, Grant>,
    joined: BTreeMap<Author, Vec<LinkKey>>,
    /// Every opening that was signed, by epoch and hash.
    opened: BTreeMap<(u64, [u8; 32]), Opening>,
}

impl Roll {
    /// The roll of a room that nobody was let into yet.
    pub fn new(owner: Author) -> Self {
        Self {
            owner,
            certificates: BTreeMap::new(),
            grants: BTreeMap::new(),
            joined: BTreeMap::new(),
            opened: BTreeMap::new(),
        }
    }

    /// Takes in a statement; answers whether it says something new.
    pub fn take(&mut self, said: Said) -> bool {
        let hash = said.hash();
        match said.statement {
            Statement::Granted(grant) => {
                let certified = self.certify(&grant.certificate);
                let link = grant.certificate.link;
                let is_new = !self.grants.contains_key(&link);
                if is_new {
                    self.grants.insert(link, grant);
                }
                is_new || certified
            }
            Statement::Joined(joining) => {
                let certified = self.certify(&joining.certificate);
                let links = self.joined.entry(joining.author).or_default();
                let is_new = !links.contains(&joining.certificate.link);
                if is_new {
                    links.push(joining.certificate.link);
                }
                is_new || certified
            }
            Statement::Opened(opening) => self.opened.insert((opening.epoch, hash), opening).is_none(),
        }
    }

    fn certify(&mut self, certificate: &Certificate) -> bool {
        let rank = |of: &Certificate| (of.right, std::cmp::Reverse(of.bytes().to_vec()));
        let known = self.certificates.get(&certificate.link);
        let is_better = known.is_none_or(|known| rank(known) < rank(certificate));
        if is_better {
            self.certificates.insert(certificate.link, certificate.clone());
        }
        is_better
    }

    /// The newest epoch that was opened, 0 without an opening.
    pub fn epoch(&self) -> u64 {
        self.openings().last().map_or(0, |(_, opening)| opening.epoch)
    }

    /// The openings that count, each with its hash, from epoch 1 on.
    pub fn openings(&self) -> Vec<([u8; 32], &Opening)> {
        let mut all: Vec<([u8; 32], &Opening)> = Vec::new();
        loop {
            let prev = all.last().map_or([0; 32], |(hash, _)| *hash);
            let next = all.len() as u64 + 1;
            let mut claims = self.opened.range((next, [0; 32])..=(next, [0xff; 32]));
            match claims.find(|(_, opening)| opening.prev == prev) {
                Some(((_, hash), opening)) => all.push((*hash, opening)),
                None => return all,
            }
        }
    }

    /// What an author may do in an epoch; nothing when no link that goes on then lets them in.
    pub fn right(&self, author: &Author, epoch: u64) -> Option<Right> {
        if *author == self.owner {
            return Some(Right::Own);
        }
        let openings = self.openings();
        let links = self.joined.get(author)?;
        links
            .iter()
            .filter(|link| self.goes_on_in(link, epoch, &openings))
            .filter_map(|link| self.link_right(link))
            .max()
    }

    /// Whether somebody is on the roll at all.
    pub fn knows(&self, author: &Author) -> bool {
        *author == self.owner || self.joined.contains_key(author)
    }

    fn link_right(&self, link: &LinkKey) -> Option<Right> {
        self.certificates.get(link).map(|certificate| certificate.right)
    }

    fn goes_on_in(&self, link: &LinkKey, epoch: u64, openings: &[([u8; 32], &Opening)]) -> bool {
        let Some(certificate) = self.certificates.get(link) else { return false };
        let later = openings.iter().filter(|(_, of)| (certificate.since + 1..=epoch).contains(&of.epoch));
        certificate.since <= epoch && later.into_iter().all(|(_, opening)| opening.goes_on(link))
    }

    /// Whether an entry of this epoch that ends at `last` in its chain still counts.
    pub fn counts(&self, epoch: u64, chain: Chain, last: u64) -> bool {
        let Some((_, next)) = self.openings().into_iter().find(|(_, of)| of.epoch == epoch + 1) else {
            return true;
        };
        next.cuts.iter().any(|cut| cut.chain == chain && last <= cut.last)
    }

    /// The links that were given out, by what this device knows: each with whether it goes on in the newest epoch.
    pub fn links(&self) -> Vec<(&Grant, bool)> {
        let (openings, epoch) = (self.openings(), self.epoch());
        self.grants
            .values()
            .map(|grant| (grant, self.goes_on_in(&grant.certificate.link, epoch, &openings)))
            .collect()
    }

    /// Who joined by a link.
    pub fn joined_by(&self, link: &LinkKey) -> Vec<Author> {
        self.joined.iter().filter(|(_, links)| links.contains(link)).map(|(author, _)| *author).collect()
    }
}

#[cfg(test)]
mod tests;
