//! The language between the page and the program of its roads, in bytes. Both are of one build, so there are no versions.

use model::{BlobHash, EntryHash};
use stdx::{Cut, Reader, Writer};

use super::{Act, Ask, AtPeer, AtSocket, BadCode, Code, Event, News, Plan, Standing};
use crate::places::Places;
use crate::{relay, signalling, signalling::Signal};

type Read<T> = Result<T, Cut>;

impl Event {
    /// As bytes.
    pub fn write(&self) -> Vec<u8> {
        let mut out = Writer::new();
        match self {
            Self::Start(plan) => write_plan(out.u8(0), plan),
            Self::Ask(ask) => write_ask(out.u8(1), ask),
            Self::Socket { id, what } => {
                out.u8(2).uint((*id).into());
                match what {
                    AtSocket::Opened => out.u8(0),
                    AtSocket::Binary(frame) => out.u8(1).bytes(frame),
                    AtSocket::Text(text) => out.u8(2).text(text),
                    AtSocket::Closed { code, reason } => out.u8(3).uint((*code).into()).text(reason),
                };
            }
            Self::Peer { name, what } => {
                out.u8(3).text(name);
                match what {
                    AtPeer::Signal(signal) => write_signal(out.u8(0), signal),
                    AtPeer::Opened { takes } => {
                        out.u8(1).uint(*takes as u64);
                    }
                    AtPeer::Message(message) => {
                        out.u8(2).bytes(message);
                    }
                    AtPeer::Closed => {
                        out.u8(3);
                    }
                    AtPeer::Described(sdp) => {
                        out.u8(4).text(sdp);
                    }
                }
            }
            Self::Time => {
                out.u8(4);
            }
            Self::Stop => {
                out.u8(5);
            }
        }
        out.finish()
    }

    /// From its bytes.
    ///
    /// # Errors
    /// When they are cut, or none of these.
    pub fn read(bytes: &[u8]) -> Read<Self> {
        let mut from = Reader::new(bytes);
        let event = match from.u8()? {
            0 => Self::Start(read_plan(&mut from)?),
            1 => Self::Ask(read_ask(&mut from)?),
            2 => Self::Socket {
                id: small(&mut from)?,
                what: match from.u8()? {
                    0 => AtSocket::Opened,
                    1 => AtSocket::Binary(from.bytes()?.to_vec()),
                    2 => AtSocket::Text(text(&mut from)?),
                    3 => AtSocket::Closed { code: small(&mut from)?, reason: text(&mut from)? },
                    _ => return Err(Cut),
                },
            },
            3 => Self::Peer {
                name: text(&mut from)?,
                what: match from.u8()? {
                    0 => AtPeer::Signal(read_signal(&mut from)?),
                    1 => AtPeer::Opened { takes: small(&mut from)? },
                    2 => AtPeer::Message(from.bytes()?.to_vec()),
                    3 => AtPeer::Closed,
                    4 => AtPeer::Described(text(&mut from)?),
                    _ => return Err(Cut),
                },
            },
            4 => Self::Time,
            5 => Self::Stop,
            _ => return Err(Cut),
        };
        if from.is_empty() { Ok(event) } else { Err(Cut) }
    }
}

/// Several acts as bytes, in order.
pub fn write_acts(acts: &[Act]) -> Vec<u8> {
    let mut out = Writer::new();
    for act in acts {
        write_act(&mut out, act);
    }
    out.finish()
}

/// The acts in these bytes.
///
/// # Errors
/// When they are cut, or none of these.
pub fn read_acts(bytes: &[u8]) -> Read<Vec<Act>> {
    let mut from = Reader::new(bytes);
    let mut acts = Vec::new();
    while !from.is_empty() {
        acts.push(read_act(&mut from)?);
    }
    Ok(acts)
}

fn write_act(out: &mut Writer, act: &Act) {
    match act {
        Act::Dial { id, address } => {
            out.u8(0).uint((*id).into()).text(address);
        }
        Act::SendBinary { id, frame } => {
            out.u8(1).uint((*id).into()).bytes(frame);
        }
        Act::SendText { id, text } => {
            out.u8(2).uint((*id).into()).text(text);
        }
        Act::HangUp { id } => {
            out.u8(3).uint((*id).into());
        }
        Act::OpenPeer { name, initiator } => {
            out.u8(4).text(name).u8((*initiator).into());
        }
        Act::Signal { name, signal } => write_signal(out.u8(5).text(name), signal),
        Act::Describe { name } => {
            out.u8(6).text(name);
        }
        Act::SendPeer { name, message } => {
            out.u8(7).text(name).bytes(message);
        }
        Act::ClosePeer { name } => {
            out.u8(8).text(name);
        }
        Act::News(news) => write_news(out.u8(9), news),
        Act::WakeAt(at) => write_time(out.u8(10), *at),
    }
}

fn read_act(from: &mut Reader) -> Read<Act> {
    Ok(match from.u8()? {
        0 => Act::Dial { id: small(from)?, address: text(from)? },
        1 => Act::SendBinary { id: small(from)?, frame: from.bytes()?.to_vec() },
        2 => Act::SendText { id: small(from)?, text: text(from)? },
        3 => Act::HangUp { id: small(from)? },
        4 => Act::OpenPeer { name: text(from)?, initiator: from.u8()? != 0 },
        5 => Act::Signal { name: text(from)?, signal: read_signal(from)? },
        6 => Act::Describe { name: text(from)? },
        7 => Act::SendPeer { name: text(from)?, message: from.bytes()?.to_vec() },
        8 => Act::ClosePeer { name: text(from)? },
        9 => Act::News(read_news(from)?),
        10 => Act::WakeAt(read_time(from)?),
        _ => return Err(Cut),
    })
}

fn write_plan(out: &mut Writer, plan: &Plan) {
    out.text(&plan.name).raw(&plan.key).uint(plan.client).raw(&plan.seed).bytes(&plan.places.write());
}

fn read_plan(from: &mut Reader) -> Read<Plan> {
    Ok(Plan {
        name: text(from)?,
        key: from.array()?,
        client: from.uint()?,
        seed: from.array()?,
        places: Places::read(from.bytes()?)?,
    })
}

fn write_ask(out: &mut Writer, ask: &Ask) {
    match ask {
        Ask::Put(entries) => write_entries(out.u8(0), entries),
        Ask::PutBlobs(blobs) => {
            write_list(out.u8(1), blobs, |out, (hash, sealed)| {
                out.raw(&hash.0).bytes(sealed);
            });
        }
        Ask::Say(None) => {
            out.u8(2);
        }
        Ask::Say(Some(state)) => {
            out.u8(3).text(state);
        }
        Ask::Invite => {
            out.u8(4);
        }
        Ask::Meet(code) => {
            out.u8(5).text(code);
        }
        Ask::Wake => {
            out.u8(6);
        }
        Ask::Want(hash, tries) => {
            out.u8(7).raw(&hash.0).uint(*tries);
        }
        Ask::Lend(to, hash, None) => {
            out.u8(8).text(to).raw(&hash.0);
        }
        Ask::Lend(to, hash, Some(sealed)) => {
            out.u8(9).text(to).raw(&hash.0).bytes(sealed);
        }
    }
}

fn read_ask(from: &mut Reader) -> Read<Ask> {
    Ok(match from.u8()? {
        0 => Ask::Put(read_entries(from)?),
        1 => Ask::PutBlobs(read_list(from, |from| Ok((BlobHash(from.array()?), from.bytes()?.to_vec())))?),
        2 => Ask::Say(None),
        3 => Ask::Say(Some(text(from)?)),
        4 => Ask::Invite,
        5 => Ask::Meet(text(from)?),
        6 => Ask::Wake,
        7 => Ask::Want(BlobHash(from.array()?), from.uint()?),
        8 => Ask::Lend(text(from)?, BlobHash(from.array()?), None),
        9 => Ask::Lend(text(from)?, BlobHash(from.array()?), Some(from.bytes()?.to_vec())),
        _ => return Err(Cut),
    })
}

fn write_entries(out: &mut Writer, entries: &[(EntryHash, Vec<u8>)]) {
    write_list(out, entries, |out, (hash, sealed)| {
        out.raw(&hash.0).bytes(sealed);
    });
}

fn read_entries(from: &mut Reader) -> Read<Vec<(EntryHash, Vec<u8>)>> {
    read_list(from, |from| Ok((EntryHash(from.array()?), from.bytes()?.to_vec())))
}

fn write_news(out: &mut Writer, news: &News) {
    match news {
        News::Brought(entries) => write_entries(out.u8(0), entries),
        News::Blob(hash, sealed) => {
            out.u8(1).raw(&hash.0).bytes(sealed);
        }
        News::Gone(hashes) => write_list(out.u8(2), hashes, |out, hash| {
            out.raw(&hash.0);
        }),
        News::People(people) => {
            write_list(out.u8(3), people, |out, (client, state)| {
                out.uint(*client).text(state);
            });
        }
        News::Standing(standing) => write_standing(out.u8(4), standing),
        News::Code(Code { is_answer, text }) => {
            out.u8(5).u8((*is_answer).into()).text(text);
        }
        News::BadCode(why) => {
            out.u8(6).u8(*why as u8);
        }
        News::NoProgram(why) => {
            out.u8(7).text(why);
        }
        News::Wanted(by, hash) => {
            out.u8(8).text(by).raw(&hash.0);
        }
        News::Lacks(hash) => {
            out.u8(9).raw(&hash.0);
        }
    }
}

fn read_news(from: &mut Reader) -> Read<News> {
    Ok(match from.u8()? {
        0 => News::Brought(read_entries(from)?),
        1 => News::Blob(BlobHash(from.array()?), from.bytes()?.to_vec()),
        2 => News::Gone(read_list(from, |from| Ok(EntryHash(from.array()?)))?),
        3 => News::People(read_list(from, |from| Ok((from.uint()?, text(from)?)))?),
        4 => News::Standing(read_standing(from)?),
        5 => News::Code(Code { is_answer: from.u8()? != 0, text: text(from)? }),
        6 => News::BadCode(match from.u8()? {
            0 => BadCode::Damaged,
            1 => BadCode::OtherRoom,
            2 => BadCode::OtherVersion,
            3 => BadCode::TooLate,
            4 => BadCode::Own,
            _ => return Err(Cut),
        }),
        7 => News::NoProgram(text(from)?),
        8 => News::Wanted(text(from)?, BlobHash(from.array()?)),
        9 => News::Lacks(BlobHash(from.array()?)),
        _ => return Err(Cut),
    })
}

fn write_standing(out: &mut Writer, standing: &Standing) {
    match &standing.relay {
        None => out.u8(0),
        Some(relay) => {
            match &relay.status {
                relay::Status::Off => out.u8(1),
                relay::Status::Connecting => out.u8(2),
                relay::Status::InStep => out.u8(3),
                relay::Status::ReadOnly => out.u8(4),
                relay::Status::Waiting { until } => out.u8(5).uint(*until),
                relay::Status::Refused { code: None, reason } => out.u8(6).text(reason),
                relay::Status::Refused { code: Some(code), reason } => {
                    out.u8(7).uint((*code).into()).text(reason)
                }
            };
            write_time(out.uint(relay.unacknowledged as u64), relay.heard_at);
            out.uint(relay.faults as u64)
        }
    };
    write_list(out, &standing.signalling, |out, status| {
        match status {
            signalling::Status::Off => out.u8(0),
            signalling::Status::Connecting => out.u8(1),
            signalling::Status::Connected => out.u8(2),
            signalling::Status::Waiting { until } => out.u8(3).uint(*until),
        };
    });
    write_time(out.uint(standing.peers as u64).uint(standing.trying as u64), standing.heard_at);
}

fn read_standing(from: &mut Reader) -> Read<Standing> {
    let status = match from.u8()? {
        0 => None,
        1 => Some(relay::Status::Off),
        2 => Some(relay::Status::Connecting),
        3 => Some(relay::Status::InStep),
        4 => Some(relay::Status::ReadOnly),
        5 => Some(relay::Status::Waiting { until: from.uint()? }),
        6 => Some(relay::Status::Refused { code: None, reason: text(from)? }),
        7 => Some(relay::Status::Refused { code: Some(small(from)?), reason: text(from)? }),
        _ => return Err(Cut),
    };
    let relay = match status {
        None => None,
        Some(status) => Some(relay::Standing {
            status,
            unacknowledged: small(from)?,
            heard_at: read_time(from)?,
            faults: small(from)?,
        }),
    };
    let signalling = read_list(from, |from| {
        Ok(match from.u8()? {
            0 => signalling::Status::Off,
            1 => signalling::Status::Connecting,
            2 => signalling::Status::Connected,
            3 => signalling::Status::Waiting { until: from.uint()? },
            _ => return Err(Cut),
        })
    })?;
    Ok(Standing { relay, signalling, peers: small(from)?, trying: small(from)?, heard_at: read_time(from)? })
}

fn write_signal(out: &mut Writer, signal: &Signal) {
    match signal {
        Signal::Offer(sdp) => {
            out.u8(0).text(sdp);
        }
        Signal::Answer(sdp) => {
            out.u8(1).text(sdp);
        }
        Signal::Candidate { candidate, mid, line } => {
            out.u8(2).text(candidate);
            write_list(out, mid.as_slice(), |out, mid| {
                out.text(mid);
            });
            write_time(out, line.map(u64::from));
        }
        Signal::Wish => {
            out.u8(3);
        }
        Signal::Unknown => {
            out.u8(4);
        }
    }
}

fn read_signal(from: &mut Reader) -> Read<Signal> {
    Ok(match from.u8()? {
        0 => Signal::Offer(text(from)?),
        1 => Signal::Answer(text(from)?),
        2 => Signal::Candidate {
            candidate: text(from)?,
            mid: read_list(from, text)?.pop(),
            line: read_time(from)?.and_then(|line| line.try_into().ok()),
        },
        3 => Signal::Wish,
        4 => Signal::Unknown,
        _ => return Err(Cut),
    })
}

/// A number that there may not be.
fn write_time(out: &mut Writer, number: Option<u64>) {
    match number {
        None => out.u8(0),
        Some(number) => out.u8(1).uint(number),
    };
}

fn read_time(from: &mut Reader) -> Read<Option<u64>> {
    Ok(if from.u8()? == 0 { None } else { Some(from.uint()?) })
}

fn write_list<T>(out: &mut Writer, items: &[T], mut write: impl FnMut(&mut Writer, &T)) {
    out.uint(items.len() as u64);
    items.iter().for_each(|item| write(out, item));
}

fn read_list<T>(from: &mut Reader, mut read: impl FnMut(&mut Reader) -> Read<T>) -> Read<Vec<T>> {
    let count = from.uint()?;
    let mut items = Vec::new();
    for _ in 0..count {
        items.push(read(from)?);
    }
    Ok(items)
}

fn text(from: &mut Reader) -> Read<String> {
    from.text().map(str::to_owned)
}

fn small<T: TryFrom<u64>>(from: &mut Reader) -> Read<T> {
    from.uint()?.try_into().or(Err(Cut))
}

#[cfg(test)]
mod tests;
