//! What the team's rules say of an act: the one place where they are asked, whoever acts and by whatever way.

use std::collections::BTreeMap;

use exchange::frozen::{Digest, Frozen, Part};
use model::{Author, RoomId};
use terms::{
    approval::{ADMIN, Scope, Verdict, judge},
    book::{Cells, Change, Field, GONE, Kind, Place, Record, Shelf},
    plan::Day,
    price::{Choices, Line, PriceList},
    process::Process,
    rule::{Effect, Fact, Facts, Gate, Known, Priced, Rule, Source},
};

use super::Book;
use crate::{Problem, Room};

const DAY_MS: u64 = 24 * 60 * 60 * 1_000;

/// A room, and the price that would reach its buyers by the act.
pub(crate) struct Offered<'a> {
    pub(crate) room: &'a Room,
    pub(crate) price: &'a (PriceList, Choices),
}

impl Book {
    /// Whether a rule holds at a gate.
    pub(crate) fn has_rules(&self, gate: Gate) -> bool {
        self.0.read.borrow().rules.iter().any(|it| holds(&it.rule, gate))
    }

    /// Whether a rule may hold back a price that would reach the buyers.
    pub(crate) fn holds_price_back(&self) -> bool {
        let holds_back = |rule: &Rule| matches!(rule.effect, Effect::Approve(_) | Effect::Block(_));
        let at_gate = |rule: &Rule| [Gate::Publish, Gate::Share].iter().any(|gate| holds(rule, *gate));
        self.0.read.borrow().rules.iter().any(|it| holds_back(&it.rule) && at_gate(&it.rule))
    }

    /// The deals that have this room.
    pub(crate) fn deals_of(&self, room: RoomId) -> Vec<String> {
        let name = room.to_string();
        let deals = self.deals();
        deals.values().filter(|deal| deal.text(Field::Room) == name).map(|deal| deal.id.clone()).collect()
    }

    /// What the rules say of an act in a room: for each deal that has it, or for itself where none has.
    pub(crate) fn judge_room(&self, gate: Gate, offered: &Offered<'_>) -> Verdict {
        let mut verdict = Verdict::default();
        let deals = self.deals_of(offered.room.id());
        if deals.is_empty() {
            verdict = self.judge(gate, Scope::Room(offered.room.id()), None, Some(offered), None);
        }
        for id in deals {
            let deal = self.deals().get(&id).cloned();
            verdict.join(self.judge(gate, Scope::Deal(id), deal.as_ref(), Some(offered), None));
        }
        verdict
    }

    /// What the rules say of moving deals somewhere.
    ///
    /// # Errors
    /// What the store says.
    pub async fn verdict_of_moving(&self, ids: &[String], to: &Place) -> Result<Verdict, Problem> {
        let _rooms = self.hold_rooms(ids).await?;
        let moved = |deal: &Record| Record::moved(&deal.id, &self.new_move(to, deal.moves.last()));
        let changes: Vec<Change> = ids.iter().filter_map(|id| Some(moved(self.deals().get(id)?))).collect();
        Ok(self.judge_changes(&changes))
    }

    /// Opens the rooms of deals, as far as rules about advancing look into them. Let go of them when it is done.
    pub(super) async fn hold_rooms(&self, ids: &[String]) -> Result<Vec<Room>, Problem> {
        if !self.looks_at(Gate::Advance, &[Source::Price, Source::Document]) {
            return Ok(Vec::new());
        }
        let rooms: Vec<RoomId> = {
            let deals = self.deals();
            ids.iter().filter_map(|id| RoomId::parse(deals.get(id)?.text(Field::Room))).collect()
        };
        let mut held = Vec::new();
        for id in rooms {
            // What is not on this device is not known.
            if self.0.rooms.known(id).await?.is_some() {
                let room = self.0.rooms.open(id).await?;
                room.open_workspace().await?;
                held.push(room);
            }
        }
        Ok(held)
    }

    /// Lets changes of cells happen where the rules let deals advance so. All that is written in the book comes through here.
    ///
    /// # Errors
    /// [`Problem::Held`].
    pub(super) fn pass_changes(&self, changes: &[Change]) -> Result<(), Problem> {
        let verdict = self.judge_changes(changes);
        if verdict.passes() { Ok(()) } else { Err(Problem::held(Gate::Advance, verdict)) }
    }

    fn judge_changes(&self, changes: &[Change]) -> Verdict {
        let mut verdict = Verdict::default();
        if !self.has_rules(Gate::Advance) {
            return verdict;
        }
        let mut of_deals: BTreeMap<&str, Vec<&Change>> = BTreeMap::new();
        for change in changes.iter().filter(|change| change.shelf == Shelf::Deals) {
            of_deals.entry(&change.id).or_default().push(change);
        }
        for (id, changes) in of_deals {
            verdict.join(self.judge_deal(id, &changes));
        }
        verdict
    }

    /// What the rules say of what changes make of a deal.
    pub(super) fn judge_deal(&self, id: &str, changes: &[&Change]) -> Verdict {
        let cells = self.cells(Shelf::Deals, id);
        let Some(after) = with(&cells, id, changes) else { return Verdict::default() };
        let to = after.place();
        // One that begins as closed tells of the past.
        if cells.is_empty() && to.is_some_and(Place::is_closed) {
            return Verdict::default();
        }
        // A removed one comes back to where it was.
        let kept = cells.into_iter().filter(|(key, _)| key != GONE).collect();
        let before = Record::read(Kind::Deal, id, &kept);
        let is_advance = {
            let processes = self.processes();
            let process = processes.iter().find(|it| it.id == after.text(Field::Process));
            is_advance(before.as_ref().and_then(Record::place), to, process)
        };
        if !is_advance {
            return Verdict::default();
        }
        let to = to.map(step_of);
        let room = RoomId::parse(after.text(Field::Room)).and_then(|id| self.0.rooms.already_open(id));
        let price = room.as_ref().map(|room| room.price()).map(|price| (price.list, price.choices));
        let offered = room.as_ref().zip(price.as_ref()).map(|(room, price)| Offered { room, price });
        self.judge(Gate::Advance, Scope::Deal(id.to_owned()), Some(&after), offered.as_ref(), to.as_deref())
    }

    /// What the rules say at a gate, of a deal, a room, or both.
    fn judge(
        &self,
        gate: Gate,
        scope: Scope,
        deal: Option<&Record>,
        offered: Option<&Offered<'_>>,
        to: Option<&str>,
    ) -> Verdict {
        let facts = self.facts(gate, deal, offered, to);
        let now = self.now_in_log();
        let mut verdict = {
            let (read, documents) = (self.0.read.borrow(), self.0.inside.documents());
            let rules: Vec<&Rule> = read.rules.iter().map(|it| &it.rule).collect();
            judge(&rules, gate, &facts, &scope, &documents.approvals, now)
        };
        if !verdict.missing.is_empty() {
            let price = offered.map_or([0; 32], |offered| digest_of_price(offered.price));
            let terms = sync::approval::digest_of_terms(&facts, &price);
            for missing in &mut verdict.missing {
                missing.terms = terms;
                for ask in &mut missing.asks {
                    self.name_people(&mut ask.people);
                }
            }
        }
        verdict
    }

    /// What is known at a gate, as far as its rules look at it. The amount of a deal that does not say follows from its price.
    fn facts(
        &self,
        gate: Gate,
        deal: Option<&Record>,
        offered: Option<&Offered<'_>>,
        to: Option<&str>,
    ) -> Facts {
        let mut facts = Facts::default();
        let (rates, today) = (self.rates(), self.today());
        if let Some(deal) = deal {
            let accounts = self.accounts();
            facts.know_deal(deal, accounts.get(deal.text(Field::Account)), &rates, today);
            let at = deal.place().map(step_of);
            facts.set(Fact::Step, to.or(at.as_deref()).and_then(|step| Known::words([step])));
        }
        let Some(Offered { room, price: (list, choices) }) = offered else { return facts };
        let asks_for_amount = [Fact::Amount, Fact::Currency].iter().any(|fact| self.asks_for(gate, *fact));
        if self.looks_at(gate, &[Source::Price]) || asks_for_amount {
            let products = self.0.team.price().list;
            let lines: &[Line] = &products.lines;
            let costs = room.costs();
            let priced =
                Priced { list, choices, costs: &costs, products: lines, products_in: products.currency };
            facts.know_price(&priced, &rates, today);
        }
        if self.looks_at(gate, &[Source::Document]) {
            facts.set(Fact::Plan, Some(Known::Truth(!room.plan().plan.steps.is_empty())));
            room.know_words(deal, &mut facts);
        }
        facts
    }

    /// Whether a rule at a gate looks at facts from there.
    fn looks_at(&self, gate: Gate, sources: &[Source]) -> bool {
        self.has_rule_with(gate, |fact| sources.contains(&fact.source()))
    }

    fn asks_for(&self, gate: Gate, fact: Fact) -> bool {
        self.has_rule_with(gate, |it| it == fact)
    }

    fn has_rule_with(&self, gate: Gate, is_such: impl Fn(Fact) -> bool) -> bool {
        let read = self.0.read.borrow();
        let mut at_gate = read.rules.iter().filter(|it| holds(&it.rule, gate));
        at_gate.any(|it| it.rule.condition.facts().into_iter().any(&is_such))
    }

    /// The day by this device's clock, for rates.
    fn today(&self) -> Day {
        let days = i64::try_from(self.0.inside.now() / DAY_MS).unwrap_or(i64::MAX);
        Day::from_number(days).unwrap_or(Day::LAST)
    }

    /// Whether an author is an admin now, by what is known here.
    pub(super) fn is_admins_author(&self, author: &Author) -> bool {
        let people = self.0.inside.documents().approvals.people(self.now_in_log());
        people.iter().any(|it| it.author == *author && it.roles.iter().any(|role| role == ADMIN))
    }
}

fn holds(rule: &Rule, gate: Gate) -> bool {
    !rule.is_off && rule.gates.contains(&gate)
}

/// A deal with other cells.
fn with(cells: &Cells, id: &str, changes: &[&Change]) -> Option<Record> {
    let mut cells = cells.clone();
    for change in changes {
        cells.retain(|(key, _)| *key != change.key);
        cells.extend(change.to.clone().map(|cell| (change.key.clone(), cell)));
    }
    stdx::sort_by(&mut cells, |one, other| one.0.cmp(&other.0));
    Record::read(Kind::Deal, id, &cells)
}

/// The step of a place, as rules look at it.
fn step_of(place: &Place) -> String {
    place.step().map_or_else(|| place.name(), str::to_owned)
}

/// Whether a deal that comes from one place to another advances: to a step behind the one where it is, or to be won. Where it begins
/// at the first step, goes back, or is closed otherwise, it does not.
fn is_advance(from: Option<&Place>, to: Option<&Place>, process: Option<&Process>) -> bool {
    let Some(to) = to.filter(|to| Some(*to) != from) else { return false };
    let at = |place: &Place| process?.live().position(|step| Some(step.id.as_str()) == place.step());
    match (to, at(to), from.and_then(at)) {
        (Place::Lost | Place::NoDecision, ..) | (Place::Step(_), Some(0), _) => false,
        (Place::Step(_), Some(to), Some(from)) => to > from,
        _ => true,
    }
}

/// SHA-256 of a price with what was chosen of it, as a frozen room has it.
fn digest_of_price((list, choices): &(PriceList, Choices)) -> [u8; 32] {
    let (price, choices) = (list.clone(), list.settled(choices));
    let frozen = Frozen { price, choices, ..Frozen::default() };
    let digest = Digest::of(&frozen.encode()).ok();
    let parts = digest.map(|digest| digest.parts).unwrap_or_default();
    parts.into_iter().find(|(part, _)| *part == Part::Price).map_or([0; 32], |(_, hash)| hash)
}
