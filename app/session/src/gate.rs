//! The gates of rooms: what a team's rules say before something of a room is shared, published, sealed, countersigned or exported.
//!
//! Rules are the team's, and are in its book. Which team's they are follows from the deal that names the room. Whoever received a room
//! from a seller is of no team there, and nothing of theirs is gated.

use model::{Pass, RoomId, RoomRecord, Standing};
use reactive_graph::traits::GetUntracked as _;
use replica::Section;
use terms::{
    approval::Verdict,
    book::{Field, Record},
    price::{Choices, Decimal, PriceList},
    rule::{Fact, Facts, Gate, Known},
};

use crate::{Book, Problem, Room, Rooms, book::gate::Offered, sharing::owns};

/// An act that rules hold back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// The gate.
    pub gate: Gate,
    /// What is missing, and what blocks.
    pub verdict: Verdict,
}

/// That a gate was passed: whatever leaves a room asks for one. It keeps the books open that were asked.
pub(crate) struct Passed {
    _books: Vec<Book>,
}

impl Passed {
    /// For what leaves for nobody.
    pub(crate) fn for_oneself() -> Self {
        Self { _books: Vec::new() }
    }
}

impl Rooms {
    /// What the rules say of an act in a room as it is now; of publishing, with the draft of the price where there is one. Nothing where
    /// no team of this device has rules for it.
    ///
    /// # Errors
    /// What the store says.
    pub async fn verdict(&self, gate: Gate, room: RoomId) -> Result<Verdict, Problem> {
        let room = self.open(room).await?;
        room.open_workspace().await?;
        let price = if gate == Gate::Publish { room.team_price() } else { room.price() };
        Ok(self.judged(gate, &room, (price.list, price.choices)).await?.1)
    }

    /// Lets a room leave for the holder of a pass where the rules let it. What goes to owners alone is no act of selling.
    pub(crate) async fn pass_for(
        &self,
        gate: Gate,
        room: &Room,
        pass: Option<&Pass>,
    ) -> Result<Passed, Problem> {
        if owns(pass) { Ok(Passed::for_oneself()) } else { self.pass(gate, room).await }
    }

    /// Lets an act happen in a room as it is now where the rules let it.
    pub(crate) async fn pass(&self, gate: Gate, room: &Room) -> Result<Passed, Problem> {
        let price = room.price();
        self.pass_at(gate, room, (price.list, price.choices)).await
    }

    /// The same at another price than the room's own.
    pub(crate) async fn pass_at(
        &self,
        gate: Gate,
        room: &Room,
        price: (PriceList, Choices),
    ) -> Result<Passed, Problem> {
        let (books, verdict) = self.judged(gate, room, price).await?;
        if verdict.passes() { Ok(Passed { _books: books }) } else { Err(Problem::held(gate, verdict)) }
    }

    async fn judged(
        &self,
        gate: Gate,
        room: &Room,
        price: (PriceList, Choices),
    ) -> Result<(Vec<Book>, Verdict), Problem> {
        let mut verdict = Verdict::default();
        if self.is_preview || !room.is_owner() || room.is_teams() {
            return Ok((Vec::new(), verdict));
        }
        let books = of_deals(self.books().await?, room.id());
        if books.iter().any(|book| book.has_rules(gate)) {
            room.open_workspace().await?;
            let offered = Offered { room, price: &price };
            for book in &books {
                verdict.join(book.judge_room(gate, &offered));
            }
        }
        Ok((books, verdict))
    }

    /// The books of all teams of this device.
    async fn books(&self) -> Result<Vec<Book>, Problem> {
        let mut books = Vec::new();
        for record in self.ports.store.rooms().await? {
            if record.standing == Standing::Team {
                books.extend(self.book_of_member(record.id).await?);
            }
        }
        Ok(books)
    }

    /// Notes which of these rooms are teams'. Where there are others than before, open rooms ask them too.
    pub(crate) fn note_teams(&self, rooms: &[RoomRecord]) {
        let teams = rooms.iter().filter(|room| room.standing == Standing::Team).map(|room| room.id);
        let teams = Some(stdx::in_order(teams, |one, other| one < other));
        if self.teams.replace(teams.clone()) != teams {
            for room in self.all_open() {
                drop(room.teams().take());
                room.learn_rules_later();
            }
        }
    }

    /// The book of a team; none where this device has its room and is of the team no more.
    async fn book_of_member(&self, team: RoomId) -> Result<Option<Book>, Problem> {
        match self.book(team).await {
            Ok(book) => Ok(Some(book)),
            Err(Problem::NoRight | Problem::NoSuchRoom) => Ok(None),
            Err(problem) => Err(problem),
        }
    }
}

impl Room {
    /// Takes in what its sections tell rules. Words in tables and files are not looked at.
    pub(crate) fn know_words(&self, deal: Option<&Record>, facts: &mut Facts) {
        let sections = self.sections().get_untracked();
        facts.set(Fact::Sections, Some(Known::Number(Decimal::whole(sections.len() as i64))));
        let Some(deal) = deal else { return };
        let competitors: Vec<String> =
            deal.list(Field::Competitors).iter().map(|name| name.trim().to_lowercase()).collect();
        let text = |section: &Section| Some(self.document(&section.id).ok()?.text().to_lowercase());
        let named = names_any(sections.iter().map(text), &competitors);
        facts.set(Fact::NamesCompetitor, named.map(Known::Truth));
    }

    /// Lets an act happen at a price where the rules let it.
    pub(crate) async fn pass_at(&self, gate: Gate, price: (PriceList, Choices)) -> Result<Passed, Problem> {
        let rooms = self.rooms();
        match rooms {
            Some(rooms) => rooms.pass_at(gate, self, price).await,
            None => Ok(Passed::for_oneself()),
        }
    }
}

impl Room {
    /// Whether changes of the price wait for the team's rules: others than its owners were given the room, and rules hold at publishing or
    /// sharing. Then whatever changes the price changes its draft, which begins by itself, and the room's price stays what it is
    /// until somebody publishes the draft. Look again when [`Room::offer_changed`] moves, as for the draft. As long as this is not known, as for
    /// a moment after a room was opened, changes go into the draft, too.
    pub fn price_waits(&self) -> bool {
        self.is_given_out() && self.teams().borrow().as_ref().is_some_and(|books| self.is_held_by(books))
    }

    /// The same, or it is not known yet.
    pub(crate) fn price_may_wait(&self) -> bool {
        let has_teams = |rooms: Rooms| rooms.teams.borrow().as_ref().is_none_or(|teams| !teams.is_empty());
        self.is_given_out()
            && match &*self.teams().borrow() {
                Some(books) => self.is_held_by(books),
                None => self.rooms().is_some_and(has_teams),
            }
    }

    /// Whether this device sells by this room, and somebody has it who does not own it.
    pub(crate) fn is_given_out(&self) -> bool {
        let is_selling = self.rooms().is_some() && self.may_keep_inside() && !self.is_teams();
        is_selling && self.documents().judge().is_some_and(|judge| judge.roll().is_given_out())
    }

    fn is_held_by(&self, books: &[Book]) -> bool {
        // The deals are looked through only where there is such a rule.
        books.iter().any(Book::holds_price_back)
            && of_deals(books.to_vec(), self.id()).iter().any(Book::holds_price_back)
    }

    /// Gets to know whose rules hold here, where the room was given out, and keeps their books open, so that they can be asked at each change.
    ///
    /// # Errors
    /// What the store says.
    pub(crate) async fn learn_rules(&self) -> Result<(), Problem> {
        let Some(rooms) = self.rooms().filter(|_| self.is_given_out()) else { return Ok(()) };
        let books = rooms.books().await?;
        drop(self.teams().replace(Some(books)));
        if self.price_waits() {
            // A draft begins in the middle of a change, which waits for nothing.
            self.begin_workspace().await?;
        }
        self.tell_offer();
        Ok(())
    }

    /// The same later. What cannot be had now is asked for again by the next change.
    pub(crate) fn learn_rules_later(&self) {
        if self.is_given_out() {
            let room = self.clone();
            self.ports().tasks.spawn(Box::pin(async move { drop(room.learn_rules().await) }));
        }
    }
}

/// Of these books those that have the room in a deal. Where none has, it is any team's.
fn of_deals(mut books: Vec<Book>, room: RoomId) -> Vec<Book> {
    if books.iter().any(|book| !book.deals_of(room).is_empty()) {
        books.retain(|book| !book.deals_of(room).is_empty());
    }
    books
}

/// Whether one of these texts has one of these names. Where none does and one cannot be read, that is not known.
fn names_any(texts: impl Iterator<Item = Option<String>>, names: &[String]) -> Option<bool> {
    let mut is_known = true;
    for text in texts {
        match text {
            Some(text) if names.iter().any(|name| is_named(&text, name)) => return Some(true),
            Some(_) => {}
            None => is_known = false,
        }
    }
    is_known.then_some(false)
}

/// Whether a text has a name as a word of its own. Both are in small letters.
fn is_named(text: &str, name: &str) -> bool {
    let is_apart = |rest: Option<char>| !rest.is_some_and(char::is_alphanumeric);
    let at = |(at, found): (usize, &str)| {
        let (before, after) = (text.get(..at), text.get(at + found.len()..));
        is_apart(before.and_then(|it| it.chars().next_back()))
            && is_apart(after.and_then(|it| it.chars().next()))
    };
    !name.is_empty() && text.match_indices(name).any(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_cannot_be_read_decides_nothing() {
        let text = |text: &str| Some(text.to_owned());
        let find = |texts: Vec<Option<String>>| names_any(texts.into_iter(), &["ledgermoor".into()]);
        assert_eq!(find(vec![text("as ledgermoor, but better"), None]), Some(true));
        assert_eq!(find(vec![None, text("better than ledgermoor")]), Some(true));
        assert_eq!(find(vec![text("ledgermoors"), None]), None, "it may be named there");
        assert_eq!(find(vec![text("ledgermoors"), text("")]), Some(false));
        assert_eq!(find(Vec::new()), Some(false));
    }
}
