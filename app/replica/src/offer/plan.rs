//! The plan in the shared document `offer`.
//!
//! Root maps: `plan` (`goal`, `target`), `plan/stages` and `plan/steps`, each a map by names of maps. All values are strings,
//! one field a key, so that two people who change different fields both keep theirs. What a step waits for is a key each,
//! `after/` and the other's name. What was deleted has a key `gone` and stays, so that bringing it back, and whoever wrote
//! in it meanwhile, loses nothing.

use terms::plan::{Day, Due, Plan, Side, Stage, Status, Step, Who};
use yrs::{Doc, Map as _, MapPrelim, MapRef, Out, ReadTxn, TransactionMut};

use super::Offer;
use crate::{
    attrs::text_of,
    guard::Refused,
    order,
    shared::{SYSTEM, Shared},
};

const AFTER: &str = "after/";

/// Where the plan is in the document.
pub(super) struct Maps {
    about: MapRef,
    pub(super) stages: MapRef,
    pub(super) steps: MapRef,
}

impl Maps {
    pub(super) fn of(doc: &Doc) -> Self {
        let map = |name: &str| doc.get_or_insert_map(name);
        Self { about: map("plan"), stages: map("plan/stages"), steps: map("plan/steps") }
    }
}

impl Offer {
    /// The plan as it was written. What was deleted is not in it.
    pub fn plan(&self) -> Plan {
        let maps = &self.plan;
        let read = self.shared.read(|txn| Plan {
            goal: value(txn, &maps.about, "goal"),
            target: Day::parse(&value(txn, &maps.about, "target")),
            stages: ordered(txn, &maps.stages, stage).into_iter().map(|(_, stage)| stage).collect(),
            steps: ordered(txn, &maps.steps, step).into_iter().map(|(_, step)| step).collect(),
        });
        read.unwrap_or_default()
    }

    /// Says what the plan is to reach.
    pub fn set_goal(&mut self, goal: &str) -> Result<(), Refused> {
        self.shared.write(SYSTEM, |txn| set(txn, &self.plan.about, "goal", goal))
    }

    /// Says by when it is to be reached, and pins these steps to these days.
    pub fn set_target(&mut self, target: Option<Day>, pins: &[(String, Day)]) -> Result<(), Refused> {
        self.shared.write(SYSTEM, |txn| {
            set(txn, &self.plan.about, "target", &target.map(|day| day.to_string()).unwrap_or_default());
            for (id, day) in pins {
                if let Some(map) = part(txn, &self.plan.steps, id) {
                    set(txn, &map, "pinned", &day.to_string());
                }
            }
        })
    }

    /// Writes the fields of a stage in which `new` is other than what it was, or a new stage at the end.
    pub fn write_stage(&mut self, old: Option<&Stage>, new: &Stage) -> Result<(), Refused> {
        let last = last_order(&self.shared, &self.plan.stages)?;
        self.shared.write(SYSTEM, |txn| {
            let map = part_or_new(txn, &self.plan.stages, &new.id, &last);
            if old.is_none_or(|old| old.name != new.name) {
                set(txn, &map, "name", &new.name);
            }
        })
    }

    /// Writes the fields of a step in which `new` is other than what it was, or a new step at the end of its stage.
    pub fn write_step(&mut self, old: Option<&Step>, new: &Step) -> Result<(), Refused> {
        let last = last_order(&self.shared, &self.plan.steps)?;
        self.shared.write(SYSTEM, |txn| {
            let map = part_or_new(txn, &self.plan.steps, &new.id, &last);
            let blank = Step::default();
            let old = old.unwrap_or(&blank);
            for ((key, before), (_, after)) in fields(old).into_iter().zip(fields(new)) {
                if before != after {
                    set(txn, &map, key, &after);
                }
            }
            for id in old.after.iter().filter(|id| !new.after.contains(id)) {
                map.remove(txn, &format!("{AFTER}{id}"));
            }
            for id in new.after.iter().filter(|id| !old.after.contains(id)) {
                set(txn, &map, &format!("{AFTER}{id}"), "1");
            }
        })
    }

    /// Puts a step into a stage, as the one at place `at` among the others there.
    pub fn move_step(&mut self, id: &str, stage_id: &str, at: usize) -> Result<(), Refused> {
        let steps = self.shared.read(|txn| ordered(txn, &self.plan.steps, step))?;
        let others = steps.into_iter().filter(|(_, it)| it.id != id && it.stage == stage_id);
        let others = others.map(|(order, it)| (order, it.id)).collect();
        self.shared.write(SYSTEM, |txn| {
            place(txn, &self.plan.steps, id, others, at);
            if let Some(map) = part(txn, &self.plan.steps, id) {
                set(txn, &map, "stage", stage_id);
            }
        })
    }

    /// Puts a stage at place `at` among the others.
    pub fn move_stage(&mut self, id: &str, at: usize) -> Result<(), Refused> {
        let stages = self.shared.read(|txn| ordered(txn, &self.plan.stages, stage))?;
        let others =
            stages.into_iter().filter(|(_, it)| it.id != id).map(|(order, it)| (order, it.id)).collect();
        self.shared.write(SYSTEM, |txn| place(txn, &self.plan.stages, id, others, at))
    }

    /// Whether a step of this name was ever written here, deleted ones included.
    pub fn knows_step(&self, id: &str) -> bool {
        self.shared.read(|txn| part(txn, &self.plan.steps, id).is_some()).unwrap_or_default()
    }

    /// Deletes a step, or brings it back.
    pub fn delete_step(&mut self, id: &str, gone: bool) -> Result<(), Refused> {
        self.delete(&self.plan.steps, id, gone)
    }

    /// Deletes a stage, or brings it back. Its steps stay, without a stage.
    pub fn delete_stage(&mut self, id: &str, gone: bool) -> Result<(), Refused> {
        self.delete(&self.plan.stages, id, gone)
    }

    fn delete(&self, all: &MapRef, id: &str, gone: bool) -> Result<(), Refused> {
        self.shared.write(SYSTEM, |txn| {
            if let Some(map) = part(txn, all, id) {
                set(txn, &map, "gone", if gone { "1" } else { "" });
            }
        })
    }
}

/// The fields of a step that are written as they are; where it stands among others is not among them.
fn fields(step: &Step) -> [(&'static str, String); 10] {
    let side = if step.side == Side::Buyer { "buyer" } else { "" };
    let number = |number: u64| if number == 0 { String::new() } else { number.to_string() };
    [
        ("stage", step.stage.clone()),
        ("name", step.name.clone()),
        ("side", side.to_owned()),
        ("who", step.who.to_string()),
        ("due", step.due.to_string()),
        ("pinned", step.pinned.map(|day| day.to_string()).unwrap_or_default()),
        ("takes", number(step.takes.into())),
        ("status", step.status.name().to_owned()),
        ("comment", step.comment.clone()),
        ("answered", number(step.answered)),
    ]
}

fn step<T: ReadTxn>(txn: &T, id: &str, map: &MapRef) -> Step {
    let value = |key| value(txn, map, key);
    let mut after: Vec<String> =
        map.keys(txn).filter_map(|key| key.strip_prefix(AFTER).map(str::to_owned)).collect();
    stdx::sort(&mut after);
    Step {
        id: id.to_owned(),
        stage: value("stage"),
        name: value("name"),
        side: if value("side") == "buyer" { Side::Buyer } else { Side::Seller },
        who: Who::parse(&value("who")),
        due: Due::parse(&value("due")),
        pinned: Day::parse(&value("pinned")),
        takes: value("takes").parse().unwrap_or_default(),
        status: Status::parse(&value("status")),
        after,
        comment: value("comment"),
        answered: value("answered").parse().unwrap_or_default(),
    }
}

fn stage<T: ReadTxn>(txn: &T, id: &str, map: &MapRef) -> Stage {
    Stage { id: id.to_owned(), name: value(txn, map, "name") }
}

/// What is not deleted, in order, each with its order and, where two have the same, by name.
pub(super) fn ordered<T: ReadTxn, P>(
    txn: &T,
    all: &MapRef,
    read: fn(&T, &str, &MapRef) -> P,
) -> Vec<(String, P)> {
    let parts = all.iter(txn).filter_map(|(id, out)| match out {
        Out::YMap(map) if value(txn, &map, "gone").is_empty() => {
            Some((value(txn, &map, "order"), id.to_owned(), map))
        }
        _ => None,
    });
    let parts = stdx::in_order(parts, |(one, first, _), (other, second, _)| (one, first) < (other, second));
    parts.into_iter().map(|(order, id, map)| (order, read(txn, &id, &map))).collect()
}

/// The order behind all there are, deleted ones included, so that what comes back has its place.
pub(super) fn last_order(shared: &Shared, all: &MapRef) -> Result<String, Refused> {
    let last = shared.read(|txn| {
        let orders = all.iter(txn).filter_map(|(_, out)| match out {
            Out::YMap(map) => Some(value(txn, &map, "order")),
            _ => None,
        });
        orders.max()
    })?;
    Ok(last.map_or_else(order::first, |last| order::after(&last)))
}

/// Puts a part at place `at` among `others`, which are in order.
fn place(txn: &mut TransactionMut, all: &MapRef, id: &str, others: Vec<(String, String)>, at: usize) {
    let at = at.min(others.len());
    let orders: Vec<&str> = others.iter().map(|(order, _)| order.as_str()).collect();
    let (own, moved) = order::make_room(&orders, at);
    let moved = others.iter().skip(at).map(|(_, id)| id.as_str()).zip(moved);
    for (id, order) in [(id, own)].into_iter().chain(moved) {
        if let Some(map) = part(txn, all, id) {
            set(txn, &map, "order", &order);
        }
    }
}

pub(super) fn part<T: ReadTxn>(txn: &T, all: &MapRef, id: &str) -> Option<MapRef> {
    match all.get(txn, id) {
        Some(Out::YMap(map)) => Some(map),
        _ => None,
    }
}

pub(super) fn part_or_new(txn: &mut TransactionMut, all: &MapRef, id: &str, order: &str) -> MapRef {
    part(txn, all, id).unwrap_or_else(|| {
        let map = all.insert(txn, id, MapPrelim::default());
        set(txn, &map, "order", order);
        map
    })
}

/// A field; empty where it is not there.
pub(super) fn value<T: ReadTxn>(txn: &T, map: &MapRef, key: &str) -> String {
    map.get(txn, key).and_then(|out| text_of(&out)).unwrap_or_default()
}

/// Sets a field; an empty one is taken away.
pub(super) fn set(txn: &mut TransactionMut, map: &MapRef, key: &str, value: &str) {
    if value.is_empty() {
        map.remove(txn, key);
    } else {
        map.insert(txn, key, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pass_on(from: &mut Offer, to: &mut Offer) {
        for update in from.take_updates() {
            to.receive(&update).unwrap();
        }
    }

    fn two() -> (Offer, Offer) {
        let (mut one, mut other) = (Offer::new(1), Offer::new(2));
        one.write_stage(None, &Stage { id: "s".into(), name: "Decide".into() }).unwrap();
        for id in ["a", "b", "c"] {
            one.write_step(
                None,
                &Step { id: id.into(), stage: "s".into(), name: id.into(), ..Step::default() },
            )
            .unwrap();
        }
        pass_on(&mut one, &mut other);
        (one, other)
    }

    fn ids(offer: &Offer) -> Vec<String> {
        offer.plan().steps.into_iter().map(|step| step.id).collect()
    }

    #[test]
    fn what_was_written_is_read() {
        let mut offer = Offer::new(1);
        let step = Step {
            id: "x".into(),
            stage: "s".into(),
            name: "Sign".into(),
            side: Side::Buyer,
            who: Who::Placeholder("a lawyer".into()),
            due: Due::parse("step:y-3w"),
            pinned: Day::parse("9999-12-31"),
            takes: 4,
            status: Status::Begun,
            after: vec!["a".into(), "y".into()],
            comment: "Two copies".into(),
            answered: 3,
        };
        offer.write_step(None, &step).unwrap();
        offer.set_goal("Go live").unwrap();
        offer.set_target(Day::parse("2027-03-01"), &[]).unwrap();
        let plan = offer.plan();
        assert_eq!(plan.steps, std::slice::from_ref(&step));
        assert_eq!((plan.goal.as_str(), plan.target), ("Go live", Day::parse("2027-03-01")));
        let blank = Step { id: "x".into(), ..Step::default() };
        offer.write_step(Some(&step), &blank).unwrap();
        assert_eq!(offer.plan().steps, [blank]);
    }

    #[test]
    fn two_who_change_one_step_both_keep_their_fields() {
        let (mut one, mut other) = two();
        let old = one.plan().steps[0].clone();
        let after = |id: &str| vec![id.to_owned()];
        one.write_step(Some(&old), &Step { name: "Kick-off".into(), after: after("b"), ..old.clone() })
            .unwrap();
        other
            .write_step(Some(&old), &Step { due: Due::parse("target-3d"), after: after("c"), ..old.clone() })
            .unwrap();
        pass_on(&mut one, &mut other);
        pass_on(&mut other, &mut one);
        assert_eq!(one.plan(), other.plan());
        let step = &one.plan().steps[0];
        assert_eq!((step.name.as_str(), step.due.to_string()), ("Kick-off", "target-3d".into()));
        assert_eq!(step.after, ["b", "c"]);
    }

    #[test]
    fn both_move_the_same_step_at_once_and_end_with_one_order() {
        let (mut one, mut other) = two();
        one.move_step("a", "s", 2).unwrap();
        other.move_step("a", "s", 1).unwrap();
        other.move_step("b", "s", 2).unwrap();
        assert_eq!((ids(&one).join(""), ids(&other).join("")), ("bca".into(), "acb".into()));
        pass_on(&mut one, &mut other);
        pass_on(&mut other, &mut one);
        assert_eq!(ids(&one), ids(&other));
        assert_eq!(one.plan().steps.len(), 3);
    }

    #[test]
    fn what_is_deleted_comes_back_with_what_others_wrote_meanwhile() {
        let (mut one, mut other) = two();
        let old = one.plan().steps[1].clone();
        one.delete_step("b", true).unwrap();
        other.write_step(Some(&old), &Step { comment: "From afar".into(), ..old.clone() }).unwrap();
        pass_on(&mut one, &mut other);
        pass_on(&mut other, &mut one);
        assert_eq!((ids(&one).join(""), ids(&other).join("")), ("ac".into(), "ac".into()));
        one.delete_step("b", false).unwrap();
        assert_eq!(ids(&one), ["a", "b", "c"], "at its place");
        assert_eq!(one.plan().steps[1].comment, "From afar");
        one.delete_stage("s", true).unwrap();
        assert_eq!(one.plan().steps_of(None).count(), 3, "its steps stay");
    }

    #[test]
    fn moves_end_alike_whatever_order_they_come_in() {
        let seed = 9;
        let mut random = fastrand::Rng::with_seed(seed);
        for round in 0..60 {
            let (mut one, mut other) = two();
            for _ in 0..random.usize(1..12) {
                for offer in [&mut one, &mut other] {
                    let all = ids(offer);
                    let id = random.choice(&all).unwrap().clone();
                    let stage = *random.choice(["s", "t", ""].as_slice()).unwrap();
                    offer.move_step(&id, stage, random.usize(..4)).unwrap();
                    let before = offer.plan().steps[0].clone();
                    let due = Due::parse(
                        random.choice(["target-1d", "step:a+1d", "step:b-2w"].as_slice()).unwrap(),
                    );
                    offer.write_step(Some(&before), &Step { due, ..before.clone() }).unwrap();
                }
                if random.bool() {
                    pass_on(&mut one, &mut other);
                }
            }
            pass_on(&mut one, &mut other);
            pass_on(&mut other, &mut one);
            assert_eq!(one.plan(), other.plan(), "seed {seed} round {round}");
            let today = Day::parse("2026-11-28").unwrap();
            assert_eq!(one.plan().schedule(today), other.plan().schedule(today), "seed {seed} round {round}");
        }
    }
}
