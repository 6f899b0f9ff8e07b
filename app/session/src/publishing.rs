//! Rooms that are kept at an address: put there, brought up to date, and opened from there.

mod publication;

use exchange::{
    bundle::{self, OpenError},
    kept::{Address, KEPT_AS, KeptFile, KeptLink},
};
use model::{Ask, Pass, RoomId, Watch, limits};
use stdx::base64;
use terms::rule::Gate;

use crate::{Problem, Received, Room, Rooms, Why, fetching::Fetched, rights};

pub use publication::{Publication, Target};

/// How often others may have published between our looking and our sending.
const ROUNDS: usize = 5;

/// Who opens a room may look for news by themselves so many milliseconds after the last look.
const APART_MS: u64 = 60_000;

/// What came of publishing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// As it is known from now on.
    pub publication: Publication,
    /// The file, where a person puts it in its place.
    pub file: Option<Vec<u8>>,
    /// How much of others was there and is here now.
    pub news: usize,
    /// Why the link does not open what was sent, where that was tried.
    pub unread: Option<Problem>,
}

/// What was seen at an address.
struct Seen {
    /// What came in, unless it was known.
    received: Option<Received>,
    pass: Option<Pass>,
    tag: Option<String>,
    nonce: [u8; 12],
}

impl Rooms {
    /// A place for a room beside the program, with a key and a name that say nothing of it. The link will allow what `pass`
    /// does.
    pub fn new_publication(&self, pass: Option<Pass>) -> Publication {
        let name: [u8; 10] = self.ports.random();
        // 20 digits: files whose names end in 16 are taken for parts of the program, which never change.
        let address = Address::parse(&format!("{}.handsel", model::hex(&name)));
        let address = address.unwrap_or_else(|| unreachable!("a name of digits is an address"));
        Publication::new(KeptLink { key: self.ports.random(), address }, pass)
    }

    /// Brings in what is at the address, then seals the room as it is now and sends it there, or hands out the file where a
    /// person puts it in its place. Nobody's publication is overwritten unseen where the host can tell versions apart.
    ///
    /// # Errors
    /// [`Problem::Held`] where a rule of the team holds it back; [`Problem::Fetch`] and [`Problem::Send`]; [`Problem::Expired`] and [`Problem::LinkRevoked`] where the link has ended;
    /// what the store says.
    pub async fn publish(
        &self,
        id: RoomId,
        mut publication: Publication,
        watch: &Watch,
    ) -> Result<Published, Problem> {
        let room = self.open(id).await?;
        let is_first = publication.published == 0;
        let mut news = 0;
        for _ in 0..ROUNDS {
            let (came, there) = self.bring_in(&room, &mut publication, watch).await?;
            news += came;
            room.holds(&publication)?;
            // What was brought in may have changed the price.
            let passed = self.pass_for(Gate::Publish, &room, publication.pass.as_ref()).await?;
            let packed = self.leaving(&room, publication.pass.clone(), true, &passed).await?;
            publication.nonce = self.ports.random();
            let KeptLink { key, address } = &publication.link;
            let sealed = self.ports.cipher.seal(key, &publication.nonce, KEPT_AS, packed).await?;
            let file = KeptFile { nonce: publication.nonce, sealed }.to_bytes();
            if file.len() > limits::ROOM_MAX {
                return Err(Problem::Send(Why::TooLarge));
            }
            let Some(target) = &publication.target else {
                (publication.published, publication.tag) = (self.now(), None);
                self.keep_publication(id, &publication).await?;
                return Ok(Published { publication, file: Some(file), news, unread: None });
            };
            // Kept before it is sent: where the answer is lost, the next try has the same key and knows its own file.
            self.keep_publication(id, &publication).await?;
            // Elsewhere the same file may be called otherwise.
            let is_there = address.as_str().split('?').next() == Some(target.file());
            let there = there.filter(|tag| is_there && tag.starts_with('"'));
            match self.send(target, file, there.as_deref(), watch).await {
                Err(Why::Status(412)) if there.is_some() => continue,
                Err(why) => return Err(Problem::Send(why)),
                Ok(tag) => publication.tag = tag.filter(|_| is_there),
            }
            (publication.published, publication.looked) = (self.now(), self.now());
            let unread = if is_first { self.try_link(&mut publication, watch).await.err() } else { None };
            self.keep_publication(id, &publication).await?;
            return Ok(Published { publication, file: None, news, unread });
        }
        Err(Problem::Send(Why::Busy))
    }

    /// Brings in what is at the address before it is replaced. Answers how much was new, and what the host calls it.
    async fn bring_in(
        &self,
        room: &Room,
        publication: &mut Publication,
        watch: &Watch,
    ) -> Result<(usize, Option<String>), Problem> {
        let by_hand = publication.target.is_none();
        // Nobody can have the link of what was never published, so only a file of somebody else could be there.
        let is_new = publication.is_own && publication.published == 0;
        if by_hand && is_new {
            return Ok((0, None));
        }
        match self.see(Some(room.id()), publication, watch).await {
            Ok(seen) => Ok((self.note(room, publication, &seen).await?, seen.tag)),
            Err(Problem::Fetch(Why::Cancelled)) => Err(Problem::Fetch(Why::Cancelled)),
            Err(Problem::Fetch(Why::Status(404 | 410))) => Ok((0, None)),
            Err(Problem::Fetch(Why::Status(401 | 403) | Why::Refused | Why::Cut)) if is_new => Ok((0, None)),
            // What came there in part opens for nobody.
            Err(Problem::Open(OpenError::Incomplete)) => Ok((0, None)),
            Err(Problem::Fetch(Why::SomethingElse)) if !by_hand => Err(Problem::Send(Why::SomethingElse)),
            // A person sees for themselves what they replace.
            Err(Problem::Fetch(_)) if by_hand => Ok((0, None)),
            Err(problem) => Err(problem),
        }
    }

    /// Whether the link opens what was just sent.
    async fn try_link(&self, publication: &mut Publication, watch: &Watch) -> Result<(), Problem> {
        let fetched = self.fetch(&publication.link.address, None, watch).await.map_err(Problem::Fetch)?;
        let Fetched::File(bytes, tag) = fetched else { return Ok(()) };
        let file = KeptFile::from_bytes(&bytes).or(Err(Problem::Fetch(Why::SomethingElse)))?;
        if file.nonce != publication.nonce {
            return Err(Problem::Fetch(Why::SomethingElse));
        }
        publication.tag = tag;
        Ok(())
    }

    /// Puts a file at an address; over the version `there` only, where that is known. Answers what the host calls the new
    /// one.
    async fn send(
        &self,
        target: &Target,
        file: Vec<u8>,
        there: Option<&str>,
        watch: &Watch,
    ) -> Result<Option<String>, Why> {
        let mut headers = Vec::new();
        if let Some(tag) = there {
            headers.push(("If-Match", tag.to_owned()));
        }
        if !target.user.is_empty() || !target.password.is_empty() {
            let pair = format!("{}:{}", target.user, target.password);
            headers.push(("Authorization", format!("Basic {}", base64::to_standard(pair.as_bytes()))));
        }
        // Azure's storage asks what kind of blob it is to be:
        // https://learn.microsoft.com/rest/api/storageservices/put-blob
        if target.file().split('/').nth(2).is_some_and(|host| host.contains(".blob.core.")) {
            headers.push(("x-ms-blob-type", "BlockBlob".to_owned()));
        }
        watch.go_on_from(0);
        let ask = Ask { address: target.address.clone(), put: Some(file), headers, most: limits::BLOB_MAX };
        let answer = self.ports.transfer.ask(ask, watch.clone()).await?;
        if (200..300).contains(&answer.status) { Ok(answer.tag) } else { Err(Why::Status(answer.status)) }
    }

    /// Opens a room from where it is kept, merging it with what this device has of it.
    ///
    /// # Errors
    /// [`Problem::Fetch`]; [`Problem::Open`] where what is there does not open with this link; what the store says.
    pub async fn open_kept(&self, link: &KeptLink, watch: &Watch) -> Result<Received, Problem> {
        let mut publication = Publication::new(link.clone(), None);
        publication.is_own = false;
        let seen = self.see(None, &publication, watch).await?;
        let received = seen.received.clone().ok_or(OpenError::Damaged)?;
        let known = self.publications(received.room).await?.into_iter().find(|known| known.link == *link);
        let mut publication = known.unwrap_or(publication);
        let room = self.open(received.room).await?;
        self.note(&room, &mut publication, &seen).await?;
        self.keep_publication(received.room, &publication).await?;
        self.note_opened_from(&link.address).await?;
        Ok(received)
    }

    /// Looks at all addresses of a room for what is new there. Answers how much there was.
    ///
    /// # Errors
    /// What went wrong first; the others were looked at all the same.
    pub async fn look(&self, id: RoomId, watch: &Watch) -> Result<usize, Problem> {
        let (mut news, mut problem) = (0, None);
        for mut publication in self.publications(id).await? {
            let room = self.open(id).await?;
            match self.see(Some(id), &publication, watch).await {
                Ok(seen) => {
                    news += self.note(&room, &mut publication, &seen).await?;
                    self.keep_publication(id, &publication).await?;
                }
                Err(why) => problem = problem.or(Some(why)),
            }
        }
        problem.map_or(Ok(news), Err)
    }

    /// The same by itself, as when a room is opened: not right after the last look, and nobody hears what went wrong.
    pub async fn look_unasked(&self, id: RoomId) -> usize {
        let Ok(all) = self.publications(id).await else { return 0 };
        if all.iter().all(|publication| publication.looked + APART_MS > self.now()) {
            return 0;
        }
        self.look(id, &Watch::unseen()).await.unwrap_or_default()
    }

    /// Fetches what is at an address and takes it in, unless it is what was there before. It has to be the room `expected`,
    /// where one is.
    async fn see(
        &self,
        expected: Option<RoomId>,
        publication: &Publication,
        watch: &Watch,
    ) -> Result<Seen, Problem> {
        let Publication { link, tag, nonce, .. } = publication;
        // Other hosts would have to allow the question; there the browser asks for itself, from what it has kept.
        let known = tag.as_deref().filter(|_| link.address.is_beside());
        let same = |tag| Seen { received: None, pass: None, tag, nonce: *nonce };
        let fetched = self.fetch(&link.address, known, watch).await.map_err(Problem::Fetch)?;
        let Fetched::File(bytes, now) = fetched else { return Ok(same(tag.clone())) };
        let file = KeptFile::from_bytes(&bytes).map_err(|error| match error {
            OpenError::NotARoom => Problem::Fetch(Why::SomethingElse),
            other => other.into(),
        })?;
        if file.nonce == *nonce {
            return Ok(same(now));
        }
        let opened = self.ports.cipher.open(&link.key, &file.nonce, KEPT_AS, file.sealed).await;
        let packed = opened.map_err(|error| match (Problem::from(error), expected) {
            (Problem::Open(_), Some(_)) => Problem::Fetch(Why::SomethingElse),
            (other, _) => other,
        })?;
        let bundle = bundle::unpack(&packed)?;
        if expected.is_some_and(|id| id != bundle.room) {
            return Err(Problem::Fetch(Why::SomethingElse));
        }
        let pass = bundle.pass.clone();
        let received = self.take(bundle).await?;
        Ok(Seen { received: Some(received), pass, tag: now, nonce: file.nonce })
    }

    /// Notes what was seen, and has the open room know what came. Answers how much that is.
    async fn note(&self, room: &Room, publication: &mut Publication, seen: &Seen) -> Result<usize, Problem> {
        publication.looked = self.now();
        publication.tag.clone_from(&seen.tag);
        publication.nonce = seen.nonce;
        let Some(received) = &seen.received else { return Ok(0) };
        if publication.pass.is_none() {
            publication.pass.clone_from(&seen.pass);
        }
        room.catch_up().await?;
        room.follow_rights().await?;
        Ok(received.new)
    }
}

impl Room {
    /// Whether the link of a publication still holds. Once it has ended nothing newer goes where it leads: what is sent there
    /// would open for those from whom it was taken.
    fn holds(&self, publication: &Publication) -> Result<(), Problem> {
        let Some(pass) = &publication.pass else { return Ok(()) };
        let certificate = rights::check(&self.keys().owner, self.id(), pass, (self.ports().now)())?;
        let ended = self.links().into_iter().any(|given| given.link == certificate.link && !given.holds);
        if ended || self.right().is_none() { Err(Problem::LinkRevoked) } else { Ok(()) }
    }

    /// What the link of a publication allows, where the room has rights, and for whom it is.
    pub fn terms_of(&self, publication: &Publication) -> Option<rights::Terms> {
        let pass = publication.pass.as_ref()?;
        let certificate = rights::check(&self.keys().owner, self.id(), pass, 0).ok()?;
        let (right, name, expires) = (certificate.right, certificate.name, certificate.expires);
        Some(rights::Terms { right, name, expires })
    }

    /// Whether newer versions may go where the link of a publication leads.
    pub fn goes_on(&self, publication: &Publication) -> bool {
        self.holds(publication).is_ok()
    }
}
