//! Who may do what in a room.
//!
//! The roll is a set of signed [`Statement`]s that only grows; what it says follows from the set alone, not from the order in
//! which the statements came. Where two openings claim one epoch (an owner on two devices at once), the one with the lower
//! hash counts for everyone.

mod statement;

use model::{Author, Chain, LinkKey, Right};

pub use statement::{Certificate, Cut, Grant, Joining, Opening, Said, Statement};

/// What the statements say together.
#[derive(Debug, Clone)]
pub struct Roll {
    owner: Author,
    /// All links that are known of, by grants and by joinings, one certificate each. Of several for one link the one that
    /// allows most counts, and of those the one that its bytes put first.
    certificates: Vec<Certificate>,
    grants: Vec<Grant>,
    joined: Vec<(Author, LinkKey)>,
    /// Every opening that was signed, with its hash.
    opened: Vec<([u8; 32], Opening)>,
}

impl Roll {
    /// The roll of a room that nobody was let into yet.
    pub fn new(owner: Author) -> Self {
        Self { owner, certificates: Vec::new(), grants: Vec::new(), joined: Vec::new(), opened: Vec::new() }
    }

    /// Whether anybody was let in who may do less than its owners, by whatever is known of links. One that ended since was given all the same.
    pub fn is_given_out(&self) -> bool {
        self.certificates.iter().any(|certificate| certificate.right < Right::Own)
    }

    /// Takes in a statement; answers whether it says something new.
    pub fn take(&mut self, said: Said) -> bool {
        let hash = said.hash();
        match said.statement {
            Statement::Granted(grant) => {
                let certified = self.certify(&grant.certificate);
                let link = grant.certificate.link;
                let is_new = self.grants.iter().all(|known| known.certificate.link != link);
                if is_new {
                    self.grants.push(grant);
                }
                is_new || certified
            }
            Statement::Joined(Joining { certificate, author }) => {
                let certified = self.certify(&certificate);
                let joining = (author, certificate.link);
                let is_new = !self.joined.contains(&joining);
                if is_new {
                    self.joined.push(joining);
                }
                is_new || certified
            }
            Statement::Opened(opening) => {
                let is_new = self.opened.iter().all(|(known, _)| *known != hash);
                if is_new {
                    self.opened.push((hash, opening));
                }
                is_new
            }
        }
    }

    fn certify(&mut self, certificate: &Certificate) -> bool {
        let Some(known) = self.certificates.iter_mut().find(|known| known.link == certificate.link) else {
            self.certificates.push(certificate.clone());
            return true;
        };
        let is_better = known.right < certificate.right
            || (known.right == certificate.right && known.bytes() > certificate.bytes());
        if is_better {
            *known = certificate.clone();
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
            let claims = self.opened.iter().filter(|(_, of)| of.epoch == next && of.prev == prev);
            match claims.min_by_key(|(hash, _)| hash) {
                Some((hash, opening)) => all.push((*hash, opening)),
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
        let links =
            self.joined.iter().filter(|(of, link)| of == author && self.goes_on_in(link, epoch, &openings));
        links.filter_map(|(_, link)| Some(self.certificate(link)?.right)).max()
    }

    /// Whether somebody is on the roll at all.
    pub fn knows(&self, author: &Author) -> bool {
        *author == self.owner || self.joined.iter().any(|(of, _)| of == author)
    }

    fn certificate(&self, link: &LinkKey) -> Option<&Certificate> {
        self.certificates.iter().find(|certificate| certificate.link == *link)
    }

    fn goes_on_in(&self, link: &LinkKey, epoch: u64, openings: &[([u8; 32], &Opening)]) -> bool {
        let Some(certificate) = self.certificate(link) else { return false };
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
            .iter()
            .map(|grant| (grant, self.goes_on_in(&grant.certificate.link, epoch, &openings)))
            .collect()
    }

    /// The links by which somebody owns the room in the newest epoch and that were never given out: that of who began it.
    pub fn founders(&self) -> Vec<LinkKey> {
        let (openings, epoch) = (self.openings(), self.epoch());
        let given = |link: &LinkKey| self.grants.iter().any(|grant| grant.certificate.link == *link);
        let own = self.certificates.iter().filter(|certificate| certificate.right == Right::Own);
        let own = own.map(|certificate| certificate.link).filter(|link| !given(link));
        own.filter(|link| self.goes_on_in(link, epoch, &openings)).collect()
    }

    /// For whom the link is by which an author joined first; nothing where nobody has said.
    pub fn name_of(&self, author: &Author) -> Option<&str> {
        let links = self.joined.iter().filter(|(of, _)| of == author);
        links
            .filter_map(|(_, link)| Some(self.certificate(link)?.name.as_str()))
            .find(|name| !name.is_empty())
    }

    /// Everybody who joined, each once, in the order in which they are known here.
    pub fn authors(&self) -> Vec<Author> {
        let mut authors: Vec<Author> = Vec::new();
        for (author, _) in &self.joined {
            if !authors.contains(author) {
                authors.push(*author);
            }
        }
        authors
    }

    /// Who joined by a link.
    pub fn joined_by(&self, link: &LinkKey) -> Vec<Author> {
        self.joined.iter().filter(|(_, by)| by == link).map(|(author, _)| *author).collect()
    }
}

#[cfg(test)]
mod tests;
