//! Proposals: drafting one for a deal, and making a room of it.

use exchange::parcel::Source;
use insight::{
    proposal::{Material, Part, Proposal, propose},
    serve::{Beside, roles},
};
use model::{RoomId, Standing};
use terms::{
    book::{Field, Kind, Place, Record, Used, Value},
    plan::Day,
    price::PriceList,
    question::{Facts, Interview},
};

use super::Book;
use crate::{Problem, Product, Room, Rooms, rooms::blank};

impl Book {
    /// Drafts a proposal for a deal and a contact, as things are on the day `today`. `heading` tells what a section about something is
    /// called.
    ///
    /// # Errors
    /// [`Problem::Book`] where the deal is not there.
    pub fn propose(
        &self,
        deal: &str,
        contact: Option<&str>,
        today: Day,
        heading: &dyn Fn(&Part) -> String,
    ) -> Result<Proposal, Problem> {
        let interview = self.interview(deal, contact)?;
        let (deals, accounts, contacts) = (self.deals(), self.accounts(), self.contacts());
        let record = deals.get(deal).ok_or(terms::book::Fault::NoSuchRecord)?;
        let (processes, rates, products) = (self.processes(), self.rates(), self.team().price().list);
        let account = accounts.get(record.text(Field::Account));
        let roles = self.roles_of(record, contact);
        let facts = Facts::of(record, account, self.step_of(record).as_ref(), &roles);
        let beside = Beside {
            account,
            roles,
            problems: interview.problems().into_iter().map(|it| it.problem).collect(),
            process: processes.iter().find(|it| it.id == record.text(Field::Process)),
            deals: deals.values().collect(),
            rates: &rates,
            today,
            read: &|_| 0.0,
        };
        let material = Material {
            nuggets: &self.nuggets(),
            calculators: &self.calculators(),
            products: &products,
            contact: contact.and_then(|id| contacts.get(id)),
            facts: &facts,
        };
        Ok(propose(record, &interview, &beside, &material, heading))
    }

    /// The problems that a deal's answers reveal.
    pub fn problems_of(&self, deal: &Record) -> Vec<String> {
        let accounts = self.accounts();
        let account = accounts.get(deal.text(Field::Account));
        let contacts = self.contacts();
        let roles = roles(deal, |id| contacts.get(id));
        let facts = Facts::of(deal, account, self.step_of(deal).as_ref(), &roles);
        let interview = Interview::of(&self.questions(), &facts, &deal.answers);
        interview.problems().into_iter().map(|it| it.problem).collect()
    }

    /// Notes that a deal's room is this one, and which nuggets are in it, as one step to undo.
    fn tie(&self, deal: &str, room: RoomId, draft: &Proposal) -> Result<(), Problem> {
        let room = Value::Text(room.to_string());
        let mut changes = vec![Record::set(Kind::Deal, deal, Field::Room, Some(&room))];
        let mark = self.mark();
        {
            let deals = self.deals();
            let deal = deals.get(deal).ok_or(terms::book::Fault::NoSuchRecord)?;
            let step = deal.place().and_then(Place::step).unwrap_or_default();
            for picked in draft.nuggets().filter(|it| !deal.has_used(&it.nugget, step)) {
                let (nugget, step) = (picked.nugget.clone(), step.to_owned());
                let used = Used { nugget, step, at: mark.at, by: mark.by.clone() };
                changes.push(Record::used(&deal.id, &used, true));
            }
        }
        self.write(changes, Vec::new())
    }
}

impl Rooms {
    /// Makes a room of a proposal, for its deal. `untitled` is its title where the proposal has none. What is the team's alone, such as
    /// what products cost, goes where only the team has it. That the deal has this room, and which nuggets are in it, is one step to
    /// undo in the book; the room stays.
    ///
    /// # Errors
    /// [`Problem::Book`] where the deal is not there, [`Problem::Calculator`] and [`Problem::Price`] where the draft makes no sense there,
    /// [`Problem::Preview`], and what the reader of texts and the store say. No room is left behind then.
    pub async fn room_from(&self, book: &Book, draft: &Proposal, untitled: &str) -> Result<RoomId, Problem> {
        if self.is_preview {
            return Err(Problem::Preview);
        }
        book.may()?;
        book.are_there(Kind::Deal, std::slice::from_ref(&draft.deal))?;
        let room = RoomId(self.ports.random());
        if let Err(problem) = self.fill_from(book, draft, room, untitled).await {
            // One that cannot be let go of now is in no list, and goes when the program next starts.
            let _ = self.set_standing(room, Standing::Deleted(0)).await;
            let _ = self.erase_deleted(0).await;
            self.changed().await?;
            return Err(problem);
        }
        Ok(room)
    }

    async fn fill_from(
        &self,
        book: &Book,
        draft: &Proposal,
        id: RoomId,
        untitled: &str,
    ) -> Result<(), Problem> {
        let title: String = draft.title.trim().chars().take(model::limits::TITLE_MAX).collect();
        let mut read = Vec::new();
        for section in &draft.sections {
            let text = self.read_text(Source::Markdown(&section.markdown())).await?;
            read.push((section.heading.as_str(), text));
        }
        let mut read = read.into_iter();
        // A room begins with a section.
        let (heading, first) = read.next().unwrap_or_else(|| ("", blank()));
        let title = if title.is_empty() { untitled } else { &title };
        self.begin(id, title, &first, false, true).await?;
        let room = self.open(id).await?;
        room.rename_section(&room.section(), heading, None)?;
        for (heading, text) in read {
            room.add_read_section(heading, text).await?;
        }
        for (name, filled) in draft.variables() {
            if let Some(filled) = filled {
                room.set_variable(&name, &filled.value)?;
            }
        }
        add_price(book, draft, &room).await?;
        if draft.calculator.is_some() {
            room.set_calculator(draft.calculator.as_ref())?;
        }
        room.flush().await?;
        book.tie(&draft.deal, id, draft)
    }
}

/// The lines of a proposal, with what they cost for the team alone.
async fn add_price(book: &Book, draft: &Proposal, room: &Room) -> Result<(), Problem> {
    if draft.lines.is_empty() {
        return Ok(());
    }
    let list = room.price().list;
    room.set_price(&PriceList { currency: draft.currency, ..list })?;
    let costs = book.team().costs();
    let product =
        |line: &terms::price::Line| Product { cost: costs.get(&line.id).copied(), line: line.clone() };
    room.add_products(&draft.lines.iter().map(product).collect::<Vec<_>>()).await
}
