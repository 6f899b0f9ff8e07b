//! Suggestions: changes to the text that somebody proposes, and what becomes of them.

use std::{collections::BTreeMap, ops::Range};

use model::{Author, Right, SectionId};
use reactive_graph::traits::GetUntracked as _;
use replica::{Accepted, EditKind, Responses, Word};
use stdx::Gather as _;
use text::{
    Document, Who,
    suggest::{self, Overlay, Placed, Span, Wording},
};

use super::{Reason, Room, RoomEvent, set_if_new};
use crate::Problem;

/// What became of a suggestion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// Nobody has said yes or no.
    Open,
    /// It is in the text.
    Accepted {
        /// What whoever accepted it calls themselves.
        by: String,
        /// When, by their clock, milliseconds since 1970.
        at: u64,
    },
    /// Somebody who may edit said no.
    Declined {
        /// What they call themselves.
        by: String,
        /// When, by their clock, milliseconds since 1970.
        at: u64,
    },
}

/// A suggestion as everybody sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggested {
    /// Its name among all.
    pub id: String,
    /// Who suggests it.
    pub author: Author,
    /// What they call themselves, or for whom their link was made; empty where nobody has said.
    pub name: String,
    /// Whether they are of the selling side.
    pub owns: bool,
    /// Whether it is this device's.
    pub mine: bool,
    /// When it was begun, by its author's clock, milliseconds since 1970.
    pub at: u64,
    /// The section.
    pub section: SectionId,
    /// Where in it; empty where it only puts words in, or the words that it is about are gone.
    pub range: Range<usize>,
    /// Whether the words that it is about are as they were.
    pub intact: bool,
    /// What it says.
    pub wording: Wording,
    /// What became of it.
    pub fate: Fate,
    placed: Placed,
}

impl Suggested {
    /// Whether nobody has said yes or no.
    pub fn is_open(&self) -> bool {
        self.fate == Fate::Open
    }
}

impl Room {
    /// All suggestions, in the order of the document. Those in sections that are gone are left out.
    pub fn suggestions(&self) -> Vec<Suggested> {
        let sections: BTreeMap<SectionId, usize> =
            self.sections().get_untracked().into_iter().enumerate().map(|(at, it)| (it.id, at)).gather();
        let found = self.found(None);
        let found = found.into_iter().filter(|it| sections.contains_key(&it.section));
        let order = |it: &Suggested| (sections.get(&it.section).copied(), it.range.start, it.at);
        stdx::in_order(found, |one, other| order(one) < order(other))
    }

    /// How many suggestions wait for a yes or no, and where the first one stands; nothing where none does.
    pub fn open_suggestions(&self) -> Option<(usize, SectionId, Range<usize>)> {
        let open: Vec<Suggested> = self.suggestions().into_iter().filter(Suggested::is_open).collect();
        let first = open.first()?;
        Some((open.len(), first.section.clone(), first.range.clone()))
    }

    /// A section's text with the open suggestions in it; nothing where there is none.
    pub fn shown(&self, section: &SectionId) -> Option<Document> {
        let found: Vec<Suggested> =
            self.found(Some(section)).into_iter().filter(Suggested::is_open).collect();
        if found.is_empty() {
            return None;
        }
        let me = self.author();
        let all = self.suggesters();
        let overlay = |it: &'_ Suggested| {
            let at = all.iter().position(|author| *author == it.author).unwrap_or_default();
            if it.author == me { Who::ME } else { Who::other(at) }
        };
        let overlays: Vec<Overlay<'_>> =
            found.iter().map(|it| Overlay { who: overlay(it), placed: &it.placed }).collect();
        Some(suggest::project(&self.document(section).ok()?, &overlays))
    }

    /// The sections in which suggestions are open.
    pub fn suggested_sections(&self) -> Vec<SectionId> {
        let mut sections: Vec<SectionId> =
            self.found(None).into_iter().filter(Suggested::is_open).map(|it| it.section).collect();
        stdx::sort(&mut sections);
        sections.dedup();
        sections
    }

    /// Takes over what this device's person did to their suggestions in a section: it was shown as `before` and is now
    /// shown as `after`.
    ///
    /// # Errors
    /// [`Problem::NoRight`], or what the document says.
    pub fn suggest(
        &self,
        section: &SectionId,
        before: &Document,
        after: &Document,
        kind: EditKind,
    ) -> Result<(), Problem> {
        self.may(Right::Suggest)?;
        let text = self.document(section)?;
        let (old, new) = (suggest::spans(&text, before), suggest::spans(&text, after));
        let me = self.author();
        let known: Vec<Suggested> =
            self.found(Some(section)).into_iter().filter(|it| it.author == me && it.is_open()).collect();
        let touches =
            |one: &Range<usize>, other: &Range<usize>| one.start <= other.end && other.start <= one.end;
        let gone: Vec<&Span> = old.iter().filter(|span| !new.contains(span)).collect();
        let come: Vec<&Span> = new.iter().filter(|span| !old.contains(span)).collect();
        let touched: Vec<&Suggested> =
            known.iter().filter(|it| gone.iter().any(|span| touches(&span.range, &it.range))).collect();
        // What is left of a suggestion that others have torn apart is written anew along with the part that was changed.
        let mut left: Vec<&Span> = new
            .iter()
            .filter(|span| come.contains(span) || touched.iter().any(|it| touches(&span.range, &it.range)))
            .collect();
        let mut writes = Vec::new();
        for it in touched {
            let at = left.iter().position(|span| touches(&span.range, &it.range));
            let span = at.map(|at| left.remove(at));
            writes.push((own_name(&it.id), it.at, span.cloned()));
        }
        let now = self.now();
        for span in left {
            writes.push((model::hex(&self.ports().random::<8>()), now, Some(span.clone())));
        }
        let all: Vec<replica::Suggestion> = {
            let mut documents = self.documents_mut();
            let write = |(id, at, span): (String, u64, Option<Span>)| {
                let Span { range, wording } =
                    span.unwrap_or(Span { range: 0..0, wording: Wording::default() });
                let ends = documents.content.suggestion_ends(section, range);
                replica::Suggestion { id, section: section.clone(), ends, at, wording }
            };
            writes.into_iter().map(write).gather()
        };
        self.write_suggestions(|responses| responses.suggest(&all, kind, now))
    }

    /// Takes back a suggestion of this device's person.
    ///
    /// # Errors
    /// As [`Room::suggest`].
    pub fn take_back(&self, id: &str) -> Result<(), Problem> {
        let (name, now) = (own_name(id), self.now());
        self.write_suggestions(|responses| {
            let mut own = responses.suggestions();
            own.retain(|it| it.id == name);
            own.iter_mut().for_each(|it| it.wording = Wording::default());
            responses.suggest(&own, EditKind::Other, now)
        })
    }

    /// Takes suggestions into the text, in one step to undo. Answers how many there were.
    ///
    /// # Errors
    /// [`Problem::NoRight`], or what the document says.
    pub fn accept_suggestions(&self, ids: &[String]) -> Result<usize, Problem> {
        self.may(Right::Edit)?;
        if ids.len() > 1 {
            self.keep_soon(Reason::Suggestions);
        }
        let (by, now) = (self.author(), self.now());
        let mut count = 0;
        for id in ids {
            // Each one moves what comes after it.
            let Some(it) = self.found(None).into_iter().find(|it| it.id == *id && it.is_open()) else {
                continue;
            };
            let delta = suggest::settle(&self.document(&it.section)?, &it.placed);
            let kind = if count == 0 { EditKind::Other } else { EditKind::Joined };
            let accepted = Accepted { by, at: now };
            let done = self.documents_mut().content.accept(&it.section, id, &delta, accepted, (kind, now));
            self.settle();
            done?;
            count += 1;
        }
        self.suggestions_moved();
        Ok(count)
    }

    /// Says no to suggestions, or that they are open again.
    ///
    /// # Errors
    /// [`Problem::NoRight`], or what the document says.
    pub fn decline_suggestions(&self, ids: &[String], declined: bool) -> Result<(), Problem> {
        self.may(Right::Edit)?;
        for id in ids {
            let turn = self.next_turn(Responses::declined, id);
            let word = Word { says: declined, turn, at: self.now() };
            self.respond(|responses| responses.decline(id, word))?;
        }
        Ok(())
    }

    /// Takes back this tab's last step of suggesting, or does it `again`. Answers whether there was one.
    pub fn step_suggesting(&self, again: bool) -> bool {
        let done = self.respond(|responses| {
            Ok(if again { responses.redo_suggesting() } else { responses.undo_suggesting() })
        });
        done.unwrap_or_default()
    }

    /// What two accepted apart came in twice: it goes out again where this device may write.
    pub(super) fn withdraw_doubles(&self) {
        if self.may(Right::Edit).is_err() {
            return;
        }
        let withdrawn = self.documents_mut().content.withdraw_doubles();
        let Ok(events) = withdrawn else { return };
        if !events.is_empty() {
            self.settle();
            events.into_iter().for_each(|event| self.tell(RoomEvent::Text(event)));
        }
    }

    /// Those who suggest, in an order that is the same everywhere.
    pub fn suggesters(&self) -> Vec<Author> {
        let documents = self.documents();
        let who = documents.responses.iter().filter(|(_, responses)| responses.has_suggestions());
        who.map(|(author, _)| *author).gather()
    }

    fn write_suggestions(
        &self,
        write: impl FnOnce(&mut Responses) -> Result<(), replica::Refused>,
    ) -> Result<(), Problem> {
        self.may(Right::Suggest)?;
        self.respond(write)
    }

    /// All suggestions, or those in one section, in an order that is the same everywhere.
    fn found(&self, within: Option<&SectionId>) -> Vec<Suggested> {
        if self.documents().responses.values().all(|responses| !responses.has_suggestions()) {
            return Vec::new();
        }
        let (me, accepted) = (self.author(), self.documents().content.accepted());
        let may_edit = |author: &Author| self.documents().right(author) >= Some(Right::Edit);
        let declined = self.last_words(Responses::declined, may_edit);
        let mut written = Vec::new();
        for (author, responses) in &self.documents().responses {
            // Somebody whose link only let them comment suggests nothing, whatever their program writes.
            if self.documents().right(author) >= Some(Right::Suggest) {
                written.extend(responses.suggestions().into_iter().map(|it| (*author, it)));
            }
        }
        let mut texts: BTreeMap<SectionId, Document> = BTreeMap::new();
        let mut found = Vec::new();
        for (author, it) in
            written.into_iter().filter(|(_, it)| within.is_none_or(|within| it.section == *within))
        {
            let text = match texts.get(&it.section) {
                Some(text) => text,
                None => {
                    let Ok(text) = self.document(&it.section) else { continue };
                    texts.entry(it.section.clone()).or_insert(text)
                }
            };
            let place = |anchor: &[u8]| self.documents().content.resolve(anchor);
            let [start, end] = [place(&it.ends[0]), place(&it.ends[1])];
            let (start, end) = (start.or(end).unwrap_or_default(), end.or(start).unwrap_or_default());
            let placed = suggest::place(text, start.min(end)..end.max(start), &it.wording);
            let id = format!("{author}/{}", it.id);
            let fate = match (accepted.get(&id), declined.get(&id)) {
                (Some(accepted), _) => {
                    Fate::Accepted { by: self.name_of_author(&accepted.by), at: accepted.at }
                }
                (None, Some((by, word))) if word.says => {
                    Fate::Declined { by: self.name_of_author(by), at: word.at }
                }
                _ => Fate::Open,
            };
            found.push(Suggested {
                id,
                author,
                name: self.name_of_author(&author),
                owns: self.documents().right(&author) == Some(Right::Own),
                mine: author == me,
                at: it.at,
                section: it.section,
                range: placed.range.clone(),
                intact: placed.intact,
                wording: it.wording,
                fate,
                placed,
            });
        }
        found
    }

    /// The text changed, and with it where suggestions stand and what became of them.
    pub(super) fn suggestions_moved(&self) {
        if self.documents().responses.values().any(Responses::has_suggestions) {
            self.documents_mut().moved.responses = true;
            self.follow_moved();
        }
    }

    /// Shows whether suggesting can be undone and done again.
    pub(super) fn follow_suggesting(&self) {
        let can = self.documents().responses.get(&self.author()).map(Responses::can_step_suggesting);
        set_if_new(&self.0.can_step_suggesting, can.unwrap_or_default());
    }
}

/// A suggestion's name among those of its author.
fn own_name(id: &str) -> String {
    id.rsplit('/').next().unwrap_or_default().to_owned()
}
