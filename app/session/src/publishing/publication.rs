//! What this device keeps of the addresses at which a room is.

use exchange::{
    bundle::{read_pass, write_pass},
    kept::{Address, KeptLink},
};
use model::{Pass, RoomId, StoreError};
use stdx::{Cut, Reader, Writer, base64};

use crate::{Problem, Rooms};

const VERSION: u8 = 1;

/// Where a room's file is sent. What is in here stays on this device.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Target {
    /// Takes a PUT.
    pub address: String,
    /// Who sends it, where the host wants to know; else empty.
    pub user: String,
    /// Their password.
    pub password: String,
}

impl std::fmt::Debug for Target {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Target")
    }
}

impl Target {
    /// The address without what is in it for this sending only, such as a signature.
    pub fn file(&self) -> &str {
        self.address.split(['?', '#']).next().unwrap_or_default()
    }
}

/// A room at an address: published from here, or opened from there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Publication {
    /// The link by which others open it.
    pub link: KeptLink,
    /// What the link allows, in a room with rights.
    pub(crate) pass: Option<Pass>,
    /// Where it is sent. None where a person puts the file there.
    pub target: Option<Target>,
    /// Whether it was published from this device first.
    pub is_own: bool,
    /// When this device published last, milliseconds since 1970; 0 for never.
    pub published: u64,
    /// When this device looked last.
    pub looked: u64,
    /// What was there when this device looked last: the version as the host calls it, and the nonce, which is another one each
    /// time.
    pub(crate) tag: Option<String>,
    pub(crate) nonce: [u8; 12],
}

impl Publication {
    pub(crate) fn new(link: KeptLink, pass: Option<Pass>) -> Self {
        Self { link, pass, target: None, is_own: true, published: 0, looked: 0, tag: None, nonce: [0; 12] }
    }

    /// Has it sent to `target`, to be read at `address`.
    #[must_use]
    pub fn sent_to(mut self, target: Target, address: Address) -> Self {
        self.target = Some(target);
        self.link.address = address;
        self
    }

    fn write(&self, out: &mut Writer) {
        out.raw(&self.link.key).text(self.link.address.as_str());
        write_pass(out, self.pass.as_ref());
        let Target { address, user, password } = self.target.clone().unwrap_or_default();
        out.text(&address).text(&user).text(&password).u8(u8::from(self.is_own));
        out.uint(self.published).uint(self.looked);
        out.text(self.tag.as_deref().unwrap_or_default()).raw(&self.nonce);
    }

    fn read(from: &mut Reader<'_>) -> Result<Self, Cut> {
        let (key, address) = (from.array()?, Address::parse(from.text()?).ok_or(Cut)?);
        let pass = read_pass(from)?;
        let mut text = || from.text().map(str::to_owned);
        let target = Target { address: text()?, user: text()?, password: text()? };
        let target = Some(target).filter(|target| !target.address.is_empty());
        let is_own = from.u8()? == 1;
        let (published, looked) = (from.uint()?, from.uint()?);
        let tag = Some(from.text()?.to_owned()).filter(|tag| !tag.is_empty());
        let nonce = from.array()?;
        Ok(Self { link: KeptLink { key, address }, pass, target, is_own, published, looked, tag, nonce })
    }
}

fn write(publications: &[Publication]) -> String {
    let mut out = Writer::new();
    out.u8(VERSION).uint(publications.len() as u64);
    publications.iter().for_each(|publication| publication.write(&mut out));
    base64::to_url(&out.finish())
}

fn read(text: &str) -> Option<Vec<Publication>> {
    let bytes = base64::from_url(text)?;
    let mut from = Reader::new(&bytes);
    if from.u8() != Ok(VERSION) {
        return None;
    }
    (0..from.uint().ok()?).map(|_| Publication::read(&mut from).ok()).collect()
}

fn name(id: RoomId) -> String {
    format!("published/{id}")
}

/// Notes that somebody agreed to open rooms from an address.
fn agreed_name(address: &Address) -> String {
    format!("opened-from/{}", address.as_str())
}

impl Rooms {
    /// The addresses at which a room is, as far as this device knows.
    pub async fn publications(&self, id: RoomId) -> Result<Vec<Publication>, Problem> {
        match self.ports.store.setting(&name(id)).await? {
            None => Ok(Vec::new()),
            Some(text) if text.is_empty() => Ok(Vec::new()),
            Some(text) => Ok(read(&text).ok_or(StoreError::Damaged(name(id)))?),
        }
    }

    /// Keeps what is known of a publication.
    pub async fn keep_publication(&self, id: RoomId, publication: &Publication) -> Result<(), Problem> {
        let mut all = self.publications(id).await?;
        match all.iter_mut().find(|known| known.link.key == publication.link.key) {
            Some(known) => *known = publication.clone(),
            None => all.push(publication.clone()),
        }
        Ok(self.ports.store.put_setting(&name(id), &write(&all)).await?)
    }

    /// No longer knows that a room is at an address. What lies there stays there.
    pub async fn forget_publication(&self, id: RoomId, link: &KeptLink) -> Result<(), Problem> {
        let mut all = self.publications(id).await?;
        all.retain(|known| known.link.key != link.key);
        self.ports.store.put_setting(&agreed_name(&link.address), "").await?;
        let text = if all.is_empty() { String::new() } else { write(&all) };
        Ok(self.ports.store.put_setting(&name(id), &text).await?)
    }

    /// What is known of a room's addresses, to be carried to another device.
    pub(crate) async fn publications_as_kept(&self, id: RoomId) -> Result<String, Problem> {
        Ok(self.ports.store.setting(&name(id)).await?.unwrap_or_default())
    }

    /// Takes over those that were carried here and are not known. Answers how many.
    pub(crate) async fn take_publications(&self, id: RoomId, kept: &str) -> Result<usize, Problem> {
        let known = self.publications(id).await?;
        let mut new = read(kept).unwrap_or_default();
        new.retain(|publication| known.iter().all(|it| it.link.key != publication.link.key));
        if !new.is_empty() {
            let all = [known, new.clone()].concat();
            self.ports.store.put_setting(&name(id), &write(&all)).await?;
        }
        Ok(new.len())
    }

    pub(crate) async fn forget_publications(&self, id: RoomId) -> Result<(), Problem> {
        for publication in self.publications(id).await? {
            self.forget_publication(id, &publication.link).await?;
        }
        Ok(())
    }

    /// Whether a room was opened from this address before.
    pub async fn has_opened_from(&self, address: &Address) -> bool {
        let agreed = self.ports.store.setting(&agreed_name(address)).await;
        agreed.is_ok_and(|agreed| agreed.is_some_and(|agreed| !agreed.is_empty()))
    }

    pub(crate) async fn note_opened_from(&self, address: &Address) -> Result<(), Problem> {
        Ok(self.ports.store.put_setting(&agreed_name(address), "yes").await?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_comes_back() {
        let link = |address: &str| KeptLink { key: [1; 32], address: Address::parse(address).unwrap() };
        let pass = |owner_seed| Some(Pass { secret: [2; 32], certificate: vec![3; 90], owner_seed });
        let beside = Publication::new(link("k3.handsel"), pass(None));
        let target =
            Target { address: "https://x/put?sig".into(), user: "ines".into(), password: "p".into() };
        assert_eq!(target.file(), "https://x/put");
        let mut sent = Publication::new(link("k4.handsel"), pass(Some([4; 32])))
            .sent_to(target, Address::parse("https://x/r").unwrap());
        (sent.published, sent.looked, sent.tag, sent.nonce) = (7, 8, Some("\"a\"".into()), [9; 12]);
        let opened = Publication { is_own: false, ..Publication::new(link("https://y/r"), None) };
        let all = vec![beside, sent, opened];
        assert_eq!(read(&write(&all)), Some(all));
        assert_eq!(read("AA"), None);
    }
}
