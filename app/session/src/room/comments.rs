//! Comments on the text and on what stands beside it, in threads.

mod inside;
mod mentions;
mod places;

use std::{collections::BTreeMap, ops::Range};

use model::{Author, Right, SectionId, limits};
use replica::{Comment, Ground, Responses, Thing, Word};
use text::{CellName, Document};

use super::{Room, bounded};
use crate::Problem;

use mentions::Names;
pub use mentions::{Addressee, Spoken};
use places::Places;
pub use places::Standpoint;

/// One comment of a thread.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// Its name among its author's comments.
    pub id: String,
    /// Who wrote it.
    pub author: Author,
    /// What they call themselves, or for whom their link was made; empty where nobody has said.
    pub name: String,
    /// Whether it is of the selling side.
    pub owns: bool,
    /// Whether it was written on this device.
    pub mine: bool,
    /// How many remarks it comes after.
    pub turn: u64,
    /// When, by the author's clock, milliseconds since 1970.
    pub at: u64,
    /// Whether it was rewritten since.
    pub edited: bool,
    /// What it says, as it was written.
    pub text: String,
    /// The same with those whom it names, as they are called now.
    pub spoken: Vec<Spoken>,
}

impl Remark {
    /// Whether it names this device's person.
    pub fn mentions_me(&self) -> bool {
        self.spoken.iter().any(|part| matches!(part, Spoken::Person { is_me: true, .. }))
    }
}

/// Comments on one thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thread {
    /// Its name.
    pub id: String,
    /// Where it stands.
    pub at: Standpoint,
    /// What was said, in order; never empty.
    pub remarks: Vec<Remark>,
    /// Whether it is settled.
    pub settled: bool,
    /// Whether only the selling team has it.
    pub inside: bool,
}

impl Thread {
    /// Whether one of its remarks names this device's person.
    pub fn mentions_me(&self) -> bool {
        self.remarks.iter().any(Remark::mentions_me)
    }
}

impl Room {
    /// All threads: those of the text in the order of the document, then those of the price, the plan and the files in theirs.
    pub fn threads(&self) -> Vec<Thread> {
        let (places, names) = (Places::new(self), self.names());
        let mut threads = self.threads_of(self, &places, &names);
        if let Some(workspace) = self.workspace() {
            threads.extend(self.threads_of(&workspace, &places, &names));
        }
        let placed = threads.into_iter().map(|thread| {
            let begun = thread.remarks.first().map_or(0, |first| first.at);
            ((places.place_of(&thread.at), begun), thread)
        });
        stdx::in_order(placed, |one, other| one.0 < other.0).into_iter().map(|(_, thread)| thread).collect()
    }

    /// The threads that are kept in `home`, which is this room or its workspace.
    fn threads_of(&self, home: &Self, places: &Places<'_>, names: &Names<'_>) -> Vec<Thread> {
        let mut begun: BTreeMap<String, (Standpoint, Remark)> = BTreeMap::new();
        let mut answers: BTreeMap<String, Vec<Remark>> = BTreeMap::new();
        let documents = home.documents();
        for (author, responses) in &documents.responses {
            let name = home.name_of_author(author);
            let owns = documents.right(author) == Some(Right::Own);
            for comment in responses.comments() {
                let Comment { id, thread, ground, turn, at, edited, text, mentions } = comment;
                let key = thread_name(author, &id);
                let remark = Remark {
                    id,
                    author: *author,
                    name: name.clone(),
                    owns,
                    mine: *author == home.author(),
                    turn,
                    at,
                    edited: edited.is_some(),
                    spoken: names.spoken(&text, &mentions),
                    text,
                };
                match (thread, ground) {
                    (Some(thread), _) => answers.entry(thread).or_default().push(remark),
                    (None, Some(ground)) => {
                        begun.insert(key, (places.stands(ground), remark));
                    }
                    (None, None) => {}
                }
            }
        }
        drop(documents);
        let settlings = home.last_words(Responses::settlings, |_| true);
        let inside = home.front().is_some();
        let threads = begun.into_iter().filter_map(|(id, (at, first))| {
            let mut remarks = vec![first];
            remarks.extend(answers.remove(&id).unwrap_or_default());
            stdx::sort_by_key(&mut remarks, |remark| (remark.turn, remark.at, remark.author));
            // What its author took back is gone; the answers to it stay.
            remarks.retain(|remark| !remark.text.is_empty());
            let settled = settlings.get(&id).is_some_and(|(_, word)| word.says);
            (!remarks.is_empty()).then_some(Thread { id, at, remarks, settled, inside })
        });
        threads.collect()
    }

    /// Begins a thread on a part of a section's text or of a cell in it, or on a section as a whole. Answers its name.
    ///
    /// # Errors
    /// [`Problem::NoRight`], or what the document says.
    pub fn comment(
        &self,
        section: &SectionId,
        part: Option<(Option<CellName>, Range<usize>)>,
        text: &str,
    ) -> Result<String, Problem> {
        let ground = self.ground_in_text(section, part)?;
        self.begin_thread(self, ground, text)
    }

    fn ground_in_text(
        &self,
        section: &SectionId,
        part: Option<(Option<CellName>, Range<usize>)>,
    ) -> Result<Ground, Problem> {
        self.may(Right::Comment)?;
        Ok(match part.filter(|(_, range)| !range.is_empty()) {
            Some((cell, range)) => {
                let document = match &cell {
                    Some(cell) => Document::from_delta(&self.cell(cell)?),
                    None => self.document(section)?,
                };
                let words = Document::from_delta(&document.slice(range.clone())).text();
                let quote = bounded(&words, limits::QUOTE_MAX);
                let ends = self.documents_mut().content.anchor_range(section, cell.as_ref(), range);
                Ground::Text { section: section.clone(), cell, ends, quote }
            }
            None => Ground::Section(section.clone()),
        })
    }

    /// Begins a thread on something outside of the text. Answers its name.
    ///
    /// # Errors
    /// As [`Room::comment`]; [`Problem::NotShared`] where it is gone, or only the selling team has it.
    pub fn comment_on(&self, thing: &Thing, text: &str) -> Result<String, Problem> {
        let ground = self.ground_on(thing)?;
        self.begin_thread(self, ground, text)
    }

    fn ground_on(&self, thing: &Thing) -> Result<Ground, Problem> {
        self.may(Right::Comment)?;
        let called = Places::new(self).called(thing).ok_or(Problem::NotShared)?;
        Ok(Ground::Thing { thing: thing.clone(), called: bounded(&called, limits::QUOTE_MAX) })
    }

    /// Begins a thread that is kept in `home`, which is this room or its workspace.
    fn begin_thread(&self, home: &Self, ground: Ground, text: &str) -> Result<String, Problem> {
        let id = self.write_comment(home, None, 0, Some(ground), text)?;
        Ok(thread_name(&home.author(), &id))
    }

    /// Answers in a thread; one that was settled is open again.
    ///
    /// # Errors
    /// As [`Room::comment`].
    pub fn answer(&self, thread: &str, text: &str) -> Result<(), Problem> {
        let known = self.threads().into_iter().find(|it| it.id == thread);
        let turns = known.iter().flat_map(|it| &it.remarks).map(|remark| remark.turn);
        let turn = turns.max().unwrap_or_default().saturating_add(1);
        self.write_comment(&self.home_of_thread(thread), Some(thread.to_owned()), turn, None, text)?;
        if known.is_some_and(|it| it.settled) {
            self.settle_thread(thread, false)?;
        }
        Ok(())
    }

    /// Gives a comment of this device other words; without any it is taken back.
    ///
    /// # Errors
    /// As [`Room::comment`].
    pub fn rewrite(&self, id: &str, text: &str) -> Result<(), Problem> {
        let text = bounded(text, limits::COMMENT_MAX);
        let (now, addressees) = ((self.ports().now)(), self.addressees());
        self.home_of_remark(id).respond(|responses| {
            let Some(old) = responses.comments().into_iter().find(|it| it.id == id) else { return Ok(()) };
            let mentions = mentions::found(&text, &addressees, &old.mentions);
            responses.put_comment(&Comment { text, edited: Some(now), mentions, ..old })
        })
    }

    /// Says whether a thread is settled.
    ///
    /// # Errors
    /// As [`Room::comment`].
    pub fn settle_thread(&self, thread: &str, settled: bool) -> Result<(), Problem> {
        let home = self.home_of_thread(thread);
        let turn = home.next_turn(Responses::settlings, thread);
        let word = Word { says: settled, turn, at: self.now() };
        home.respond(|responses| responses.settle(thread, word))
    }

    /// Says in this room what this device's person calls themselves.
    ///
    /// # Errors
    /// As [`Room::comment`].
    pub fn introduce(&self, name: &str) -> Result<(), Problem> {
        let name = bounded(name, limits::NAME_MAX);
        let author = self.author();
        let said = self.documents().responses.get(&author).map(Responses::name);
        if name.is_empty() || said.as_ref() == Some(&name) {
            return Ok(());
        }
        self.respond(|responses| responses.set_name(&name))
    }

    /// What an author calls themselves, or for whom their link was made; empty where nobody has said.
    pub fn name_of_author(&self, author: &Author) -> String {
        let said = self.documents().responses.get(author).map(Responses::name);
        said.filter(|name| !name.is_empty()).unwrap_or_else(|| self.link_name(author))
    }

    fn write_comment(
        &self,
        home: &Self,
        thread: Option<String>,
        turn: u64,
        ground: Option<Ground>,
        text: &str,
    ) -> Result<String, Problem> {
        let id = model::hex(&self.ports().random::<8>());
        let at = (self.ports().now)();
        let text = bounded(text, limits::COMMENT_MAX);
        let mentions = mentions::found(&text, &self.addressees(), &[]);
        let comment = Comment { id: id.clone(), thread, ground, turn, at, edited: None, text, mentions };
        if home.front().is_some() {
            // There its author has another key, and is to be called the same.
            home.introduce(&self.name_of_author(&self.author()))?;
        }
        home.respond(|responses| responses.put_comment(&comment))?;
        Ok(id)
    }
}

/// Names of comments are their authors' own; those of threads are names among all.
fn thread_name(author: &Author, id: &str) -> String {
    format!("{author}/{id}")
}
