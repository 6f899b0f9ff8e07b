//! Servers in memory: what lies at addresses, and what goes wrong on the way there.

use std::{
    cell::{Cell, RefCell},
    collections::{BTreeMap, VecDeque},
};

use model::{Answer, Ask, Later, Transfer, Unanswered, Watch};

/// What befalls a request.
pub(super) enum Fault {
    /// None; so the ones after it befall later requests.
    Nothing,
    /// The connection breaks after so many bytes.
    Cut(usize),
    /// The host says no.
    Status(u16),
    /// It is done, and the answer does not arrive.
    Lost,
    /// There is no answer.
    Unanswered(Unanswered),
}

/// All hosts of a world. A file's version counts up with each PUT.
#[derive(Default)]
pub(super) struct Hosts {
    pub(super) files: RefCell<BTreeMap<String, (Vec<u8>, u32)>>,
    /// What befalls the next requests, in their order.
    pub(super) faults: RefCell<VecDeque<Fault>>,
    /// Hosts that tell pages nothing of versions.
    pub(super) untagged: Cell<bool>,
    /// What was asked, each as "GET address; header: value".
    pub(super) asked: RefCell<Vec<String>>,
    /// Happens right before the next PUT arrives.
    pub(super) meanwhile: RefCell<Option<Box<dyn FnOnce()>>>,
}

impl Hosts {
    pub(super) fn befall(&self, faults: impl IntoIterator<Item = Fault>) {
        self.faults.borrow_mut().extend(faults);
    }

    /// What was asked since this was called last.
    pub(super) fn asked(&self) -> Vec<String> {
        self.asked.take()
    }

    pub(super) fn put(&self, address: &str, bytes: Vec<u8>) {
        let mut files = self.files.borrow_mut();
        let version = files.get(address).map_or(1, |(_, version)| version + 1);
        files.insert(address.to_owned(), (bytes, version));
    }

    fn answer(&self, ask: &Ask) -> Result<Answer, Unanswered> {
        let method = if ask.put.is_some() { "PUT" } else { "GET" };
        let headers: Vec<String> =
            ask.headers.iter().map(|(name, value)| format!("; {name}: {value}")).collect();
        self.asked.borrow_mut().push(format!("{method} {}{}", ask.address, headers.concat()));
        if ask.put.is_some() {
            let meanwhile = self.meanwhile.take();
            meanwhile.into_iter().for_each(|happens| happens());
        }
        let cut = match self.faults.borrow_mut().pop_front() {
            Some(Fault::Unanswered(why)) => return Err(why),
            Some(Fault::Status(status)) => return Ok(Answer { status, ..Answer::default() }),
            Some(Fault::Cut(after)) => Some(after),
            Some(Fault::Lost) => {
                self.put(ask.address.split('?').next().unwrap_or_default(), ask.put.clone().unwrap());
                return Err(Unanswered::Refused);
            }
            Some(Fault::Nothing) | None => None,
        };
        let header =
            |name| ask.headers.iter().find(|(known, _)| *known == name).map(|(_, value)| value.clone());
        let file = ask.address.split('?').next().unwrap_or_default();
        let there = self.files.borrow().get(file).cloned();
        let tag_of = |version: u32| format!("\"{version}\"");
        let told = |version: u32| (!self.untagged.get()).then(|| tag_of(version));
        if let Some(bytes) = &ask.put {
            let now = there.map(|(_, version)| tag_of(version));
            if header("If-Match").is_some_and(|wanted| now != Some(wanted)) {
                return Ok(Answer { status: 412, ..Answer::default() });
            }
            self.put(file, bytes.clone());
            let version = self.files.borrow()[file].1;
            return Ok(Answer { status: 201, tag: told(version), ..Answer::default() });
        }
        let Some((bytes, version)) = there else { return Ok(Answer { status: 404, ..Answer::default() }) };
        if header("If-None-Match") == Some(tag_of(version)) {
            return Ok(Answer { status: 304, tag: told(version), ..Answer::default() });
        }
        let range = header("Range").filter(|_| header("If-Range").is_none_or(|of| of == tag_of(version)));
        let from = range.map(|range| range["bytes=".len()..range.len() - 1].parse::<usize>().unwrap());
        let mut body = bytes[from.unwrap_or_default()..].to_vec();
        if body.len() > ask.most {
            return Err(Unanswered::TooLarge);
        }
        if let Some(after) = cut {
            body.truncate(after);
        }
        let status = if from.is_some() { 206 } else { 200 };
        Ok(Answer { status, tag: told(version), from, body, is_cut: cut.is_some() })
    }
}

impl Transfer for Hosts {
    fn ask(&self, ask: Ask, watch: Watch) -> Later<Result<Answer, Unanswered>> {
        let answer = self.answer(&ask);
        if let Ok(answer) = &answer {
            let through = ask.put.as_ref().map_or(answer.body.len(), Vec::len);
            watch.tell(through, Some(through));
        }
        Box::pin(std::future::ready(answer))
    }
}
