//! Fetching a room's file from where it is kept, also over a connection that breaks.

use exchange::kept::Address;
use model::{Ask, Unanswered, Watch, limits};

use crate::{Rooms, Why};

/// So many requests in a row may bring nothing.
const IDLE_MAX: usize = 3;

/// What came of a file whose rest is still to be had.
#[derive(Default)]
pub(crate) struct Part {
    address: String,
    /// Which version of the file it is of.
    tag: String,
    bytes: Vec<u8>,
    /// Whether the host refused to go on with it.
    is_stuck: bool,
}

/// What was found at an address.
pub(crate) enum Fetched {
    /// The version that was known.
    Same,
    /// A file, and what the host calls this version of it.
    File(Vec<u8>, Option<String>),
}

impl Rooms {
    /// Fetches a file, going on after a cut where the host can do that. `known` is what it called the version that is here
    /// already. What came before it failed is kept for the next try.
    pub(crate) async fn fetch(
        &self,
        address: &Address,
        known: Option<&str>,
        watch: &Watch,
    ) -> Result<Fetched, Why> {
        let kept = self.part.take().filter(|part| part.address == address.as_str());
        let mut part = kept.unwrap_or_default();
        let mut idle = 0;
        while idle < IDLE_MAX {
            if watch.is_cancelled() {
                return Err(Why::Cancelled);
            }
            let begun = part.bytes.len();
            let headers = match known {
                _ if begun > 0 => vec![("Range", format!("bytes={begun}-")), ("If-Range", part.tag.clone())],
                Some(known) => vec![("If-None-Match", known.to_owned())],
                None => Vec::new(),
            };
            watch.go_on_from(begun);
            let ask = Ask {
                address: address.as_str().to_owned(),
                put: None,
                headers,
                most: limits::ROOM_MAX - begun,
            };
            match self.ports.transfer.ask(ask, watch.clone()).await {
                Ok(answer) => match answer.status {
                    304 if begun == 0 && known.is_some() => return Ok(Fetched::Same),
                    200 if !answer.is_cut => return Ok(Fetched::File(answer.body, answer.tag)),
                    200 => {
                        // Only a tag that stands for the very bytes tells whether the rest belongs to them.
                        let strong = answer.tag.filter(|tag| tag.starts_with('"'));
                        part = strong.map_or_else(Part::default, |tag| Part {
                            address: address.as_str().to_owned(),
                            tag,
                            bytes: answer.body,
                            is_stuck: false,
                        });
                        idle += 1;
                    }
                    206 if begun > 0 && answer.from.is_none_or(|from| from == begun) => {
                        let more = answer.body.len();
                        part.bytes.extend(answer.body);
                        if !answer.is_cut {
                            return Ok(Fetched::File(part.bytes, Some(part.tag)));
                        }
                        idle = if more > 0 { 0 } else { idle + 1 };
                    }
                    206 | 416 if begun > 0 => {
                        part = Part::default();
                        idle += 1;
                    }
                    status => return Err(Why::Status(status)),
                },
                Err(ended @ (Unanswered::Cancelled | Unanswered::TooLarge)) => return Err(ended.into()),
                Err(why) if begun == 0 => return Err(why.into()),
                // A host may allow pages from elsewhere to fetch and not to go on; then the next try begins anew.
                Err(Unanswered::Refused) if std::mem::replace(&mut part.is_stuck, true) => {
                    part = Part::default();
                    idle += 1;
                }
                Err(_) => break,
            }
        }
        if !part.bytes.is_empty() {
            self.part.replace(Some(part));
        }
        Err(Why::Cut)
    }
}
