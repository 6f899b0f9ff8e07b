//! The selling side of receipts: what buyers' devices recorded of reading the room, opened with the owner's seed.

use std::{
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

use insight::record::Record;
use model::{Author, DocName, LinkKey, Right, RoomId, StoredEntry};
use reactive_graph::signal::ArcRwSignal;
use stdx::Gather as _;
use sync::{deal::Act, receipt};

use super::Room;
use crate::{Ports, Problem};

/// So many parts, acts and presentations of one device are taken in; a device that claims more is no reader.
const TOLD_MAX: usize = 100_000;

/// What one device recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// Whose key the device writes with.
    pub author: Author,
    /// The person: the same for all devices whose people gave one e-mail address, else the device alone.
    pub who: String,
    /// What they call themselves, or for whom their link was made; empty where nobody has said.
    pub name: String,
    /// The e-mail address that they gave when they signed, as they wrote it last; empty where they gave none.
    pub mail: String,
    /// Whether the device joined by a link that the list of given ones has.
    pub known: bool,
    /// That link, the first of several.
    pub link: Option<LinkKey>,
    /// For whom that link was made; may be empty.
    pub given_to: String,
    /// When this device first had the newest receipt, milliseconds since 1970; none where that was not noted.
    pub received: Option<u64>,
    /// What was recorded, in order, each stretch once. It is the word of whoever holds the link, and so are its times.
    pub records: Vec<Record>,
}

/// What all devices recorded, as far as it has come.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Readings {
    /// By device, in the order of their keys.
    pub of: Vec<Reading>,
    /// How many receipts count and cannot be read.
    pub unreadable: usize,
}

impl Room {
    /// Counts how often something came that devices recorded of reading: track it to ask [`Room::readings`] again.
    pub fn readings_changed(&self) -> ArcRwSignal<u64> {
        self.0.readings_changed.clone()
    }

    /// What buyers' devices recorded of reading the room.
    ///
    /// # Errors
    /// [`Problem::NoRight`] for whoever does not own the room, and where it has no rights; and what the store says.
    pub async fn readings(&self) -> Result<Readings, Problem> {
        let owner_seed =
            self.keys().pass.as_ref().and_then(|pass| pass.owner_seed).ok_or(Problem::NoRight)?;
        let received = self.ports().store.setting(&received_name(self.id())).await?.unwrap_or_default();
        let received = received_times(&received);
        let (told, unreadable) = self.opened(&owner_seed);
        let of = told.into_iter().map(|(author, records)| {
            let (name, mail) = self.named(&author);
            let link = self.link_of(&author);
            Reading {
                who: who(&author, &mail),
                name,
                mail,
                known: link.is_some(),
                link: link.as_ref().map(|(link, _)| *link),
                given_to: link.map(|(_, name)| name).unwrap_or_default(),
                received: received.get(&author).map(|(_, at)| *at),
                records: records.into_iter().map(|InOrder(record)| record).collect(),
                author,
            }
        });
        Ok(Readings { of: of.collect(), unreadable })
    }

    /// All that can be opened, by device, and how many receipts cannot. A stretch that came twice is there once.
    fn opened(&self, owner_seed: &[u8; 32]) -> (BTreeMap<Author, BTreeSet<InOrder>>, usize) {
        let (documents, mut known) = (self.documents(), self.0.recorder.opened.borrow_mut());
        let (mut told, mut unreadable) = (BTreeMap::<Author, BTreeSet<InOrder>>::new(), 0);
        let mut sizes: BTreeMap<Author, usize> = BTreeMap::new();
        for receipt in &documents.receipts {
            // The selling side's own devices do not tell; whoever came to own the room later is one of them.
            if documents.right(&receipt.author) == Some(Right::Own) {
                continue;
            }
            let size = sizes.entry(receipt.author).or_default();
            if *size > TOLD_MAX {
                unreadable += 1;
                continue;
            }
            let open =
                || receipt::open(self.id(), &receipt.author, owner_seed, &receipt.sealed).ok().map(Rc::new);
            let Some(records) = known.entry(receipt.hash).or_insert_with(open) else {
                unreadable += 1;
                continue;
            };
            *size += records
                .iter()
                .map(|it| 1 + it.parts.len() + it.acts.len() + it.attended.len())
                .sum::<usize>();
            told.entry(receipt.author).or_default().extend(records.iter().cloned().map(InOrder));
        }
        (told, unreadable)
    }

    /// What somebody is called, and the e-mail address that they gave when they signed last.
    pub(super) fn named(&self, author: &Author) -> (String, String) {
        let (mut who, mut last) = (None, 0);
        for (_, signed) in self.documents().deal.acts().filter(|(_, signed)| signed.author == *author) {
            if let Act::Accepted(accepted) = &signed.act
                && accepted.at >= last
                && !accepted.who.mail.trim().is_empty()
            {
                (who, last) = (Some(accepted.who.clone()), accepted.at);
            }
        }
        let who = who.unwrap_or_default();
        let name = Some(self.name_of_author(author)).filter(|name| !name.is_empty());
        (name.unwrap_or(who.name), who.mail.trim().to_owned())
    }

    /// The person whose key this is, as [`Reading::who`] names them.
    pub(super) fn who(&self, author: &Author) -> String {
        who(author, &self.named(author).1)
    }

    /// The given link by which somebody joined, and for whom it was made.
    fn link_of(&self, author: &Author) -> Option<(LinkKey, String)> {
        let documents = self.documents();
        let roll = documents.judge()?.roll();
        let given = roll.links().into_iter().map(|(grant, _)| &grant.certificate);
        let given = given.filter(|given| roll.joined_by(&given.link).contains(author));
        // The first by time is not known; the lowest is the same on all devices.
        given.min_by_key(|given| given.link).map(|given| (given.link, given.name.clone()))
    }
}

fn who(author: &Author, mail: &str) -> String {
    if mail.is_empty() { author.to_string() } else { mail.to_lowercase() }
}

/// A record that stands among others by when it began.
#[derive(Debug, Clone, PartialEq, Eq)]
struct InOrder(Record);

impl Ord for InOrder {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        let when = |it: &Record| (it.from, it.until);
        when(&self.0).cmp(&when(&other.0)).then_with(|| self.0.cmp(&other.0))
    }
}

impl PartialOrd for InOrder {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

/// Under what the store keeps when receipts came, a line for each device: whose, the number of the newest, when.
pub(crate) fn received_name(room: RoomId) -> String {
    format!("handsel/received/{room}")
}

fn received_times(text: &str) -> BTreeMap<Author, (u64, u64)> {
    let read = |line: &str| {
        let mut words = line.split(' ');
        let author = Author::parse(words.next()?)?;
        Some((author, (words.next()?.parse().ok()?, words.next()?.parse().ok()?)))
    };
    text.lines().filter_map(read).gather()
}

/// Notes that what came just now of receipts has come.
pub(crate) async fn note_received(ports: &Ports, room: RoomId, came: &[StoredEntry]) -> Result<(), Problem> {
    let now = (ports.now)();
    let mut newest: BTreeMap<Author, u64> = BTreeMap::new();
    for entry in came.iter().filter(|entry| entry.doc == DocName::Receipts) {
        let number = newest.entry(entry.author).or_default();
        *number = entry.last.max(*number);
    }
    if newest.is_empty() {
        return Ok(());
    }
    let change = move |text: &str| {
        let mut times = received_times(text);
        for (author, number) in &newest {
            let known = times.entry(*author).or_default();
            if known.0 < *number {
                *known = (*number, now);
            }
        }
        let lines = times.iter().map(|(author, (number, at))| format!("{author} {number} {at}"));
        lines.collect::<Vec<_>>().join("\n")
    };
    ports.store.change_setting(&received_name(room), Box::new(change)).await?;
    Ok(())
}
