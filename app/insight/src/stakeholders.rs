//! Who decides: what the team knows of the people on the buying side beside what these people did, and what is missing.

use std::collections::BTreeSet;

use terms::stakeholder::{Role, Say, Stakeholder};

use crate::{engagement::DAY_MS, story::Person};

/// Whoever has much say and was not there for so many days is silent.
pub const SILENT_DAYS: u64 = 14;

/// What is missing on the way to a yes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Gap {
    /// Only one person of the buying side ever came.
    OneContact,
    /// Nobody is known to decide about the money.
    NobodyDecides,
    /// Nobody is known to push it along.
    NoChampion,
    /// This one decides, or has much say, and never came.
    Unseen(String),
    /// This one decides, or has much say, and was not there for [`SILENT_DAYS`].
    Silent(String),
}

/// Which of those who came is a stakeholder: by a device that somebody said is theirs, else by the e-mail address, which is
/// what a person is named by who gave one.
pub fn person_of<'a>(stakeholder: &Stakeholder, people: &'a [Person]) -> Option<&'a Person> {
    let by_device =
        people.iter().find(|it| !stakeholder.device.is_empty() && it.devices.contains(&stakeholder.device));
    let mail = stakeholder.mail.trim().to_lowercase();
    by_device.or_else(|| people.iter().find(|it| !mail.is_empty() && it.who == mail))
}

/// What is missing at `now`, what is missing most first. `people` are those who came.
pub fn gaps(stakeholders: &[Stakeholder], people: &[Person], now: u64) -> Vec<Gap> {
    let mut gaps = Vec::new();
    let has = |role: Role| stakeholders.iter().any(|it| it.role == role);
    if !has(Role::Decides) {
        gaps.push(Gap::NobodyDecides);
    }
    for it in stakeholders.iter().filter(|it| it.role == Role::Decides || it.say == Say::Much) {
        match person_of(it, people) {
            None => gaps.push(Gap::Unseen(it.id.clone())),
            Some(person) if now.saturating_sub(person.last) > SILENT_DAYS * DAY_MS => {
                gaps.push(Gap::Silent(it.id.clone()));
            }
            Some(_) => {}
        }
    }
    if people.len() == 1 {
        gaps.push(Gap::OneContact);
    }
    if !has(Role::Champion) {
        gaps.push(Gap::NoChampion);
    }
    gaps
}

/// All stakeholders with how far down they stand: below whom they report to, and else in the order in which they were named.
/// Where some report to each other in a circle, as when two colleagues wrote at once, the one named first stands on top.
pub fn by_reports(stakeholders: &[Stakeholder]) -> Vec<(usize, &Stakeholder)> {
    let mut placed = BTreeSet::new();
    let mut rows = Vec::with_capacity(stakeholders.len());
    let is_there = |id: &str| stakeholders.iter().any(|it| it.id == id);
    let tops = stakeholders.iter().filter(|it| it.reports_to == it.id || !is_there(&it.reports_to));
    // Whoever is in a circle is below none of the tops, and begins with the first of them.
    for top in tops.chain(stakeholders) {
        let mut below = vec![(0, top)];
        while let Some((depth, it)) = below.pop() {
            if !placed.insert(it.id.as_str()) {
                continue;
            }
            rows.push((depth, it));
            let reports = stakeholders.iter().rev().filter(|other| other.reports_to == it.id);
            below.extend(reports.map(|other| (depth + 1, other)));
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: u64 = 100 * DAY_MS;

    fn of(id: &str, reports_to: &str) -> Stakeholder {
        Stakeholder { id: id.into(), reports_to: reports_to.into(), ..Stakeholder::default() }
    }

    fn came(who: &str, device: &str, last: u64) -> Person {
        let devices = [device.to_owned()].into();
        Person { who: who.into(), devices, visits: 1, active: 1, first: 0, last }
    }

    fn order(of: &[Stakeholder]) -> Vec<(usize, &str)> {
        by_reports(of).into_iter().map(|(depth, it)| (depth, it.id.as_str())).collect()
    }

    #[test]
    fn rc22_what_is_missing_is_told() {
        let decides =
            Stakeholder { role: Role::Decides, mail: " Eleanor@Penhale.example ".into(), ..of("e", "") };
        let champion = Stakeholder { role: Role::Champion, device: "d1".into(), ..of("p", "e") };
        let much = Stakeholder { say: Say::Much, ..of("m", "") };
        let eleanor = came("eleanor@penhale.example", "d2", NOW - SILENT_DAYS * DAY_MS);
        let priya = came("d1", "d1", 0);
        assert_eq!(gaps(&[], &[], NOW), [Gap::NobodyDecides, Gap::NoChampion]);
        let all = [decides.clone(), champion.clone(), much];
        let one = [priya.clone()];
        let missing = [Gap::Unseen("e".into()), Gap::Unseen("m".into()), Gap::OneContact];
        assert_eq!(gaps(&all, &one, NOW), missing);
        // Priya was not there for long, and has no more say than others.
        let two = [eleanor, priya];
        assert_eq!(gaps(&all[..2], &two, NOW), []);
        assert_eq!(gaps(&all[..2], &two, NOW + 1), [Gap::Silent("e".into())]);
    }

    #[test]
    fn rc22_somebody_is_known_by_their_device_before_their_address() {
        let people = [came("a@x.example", "d1", 0), came("d2", "d2", 0)];
        let by = |device: &str, mail: &str| Stakeholder {
            device: device.into(),
            mail: mail.into(),
            ..of("s", "")
        };
        let who = |it: &Stakeholder| person_of(it, &people).map(|person| person.who.clone());
        assert_eq!(who(&by("d2", "a@x.example")).as_deref(), Some("d2"));
        assert_eq!(who(&by("", "A@x.example")).as_deref(), Some("a@x.example"));
        assert_eq!(who(&by("gone", "a@x.example")).as_deref(), Some("a@x.example"));
        assert_eq!(who(&by("", "")), None);
    }

    #[test]
    fn rc22_all_stand_below_whom_they_report_to_once() {
        assert_eq!(
            order(&[of("a", "c"), of("b", ""), of("c", ""), of("d", "a"), of("e", "nobody")]),
            [(0, "b"), (0, "c"), (1, "a"), (2, "d"), (0, "e")]
        );
        assert_eq!(
            order(&[of("a", "b"), of("b", "a"), of("c", "b"), of("d", "d")]),
            [(0, "d"), (0, "a"), (1, "b"), (2, "c")]
        );
        let mut random = fastrand::Rng::with_seed(7);
        for _ in 0..200 {
            let count = random.usize(0..12);
            let any: Vec<Stakeholder> =
                (0..count).map(|at| of(&at.to_string(), &random.usize(0..14).to_string())).collect();
            let mut seen: Vec<&str> = order(&any).into_iter().map(|(_, id)| id).collect();
            assert_eq!(seen.len(), count);
            seen.sort_unstable();
            seen.dedup();
            assert_eq!(seen.len(), count);
        }
    }
}
