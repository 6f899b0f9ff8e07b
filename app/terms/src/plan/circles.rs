//! Circles of steps: days that are counted from each other, steps that wait for each other.
//!
//! Whoever would close a circle is told before. Two people who write at once can still close one together; then the same
//! part of it is left out on every copy, by the names of its steps.

use std::collections::BTreeMap;

use stdx::Gather as _;

use super::{Due, Plan};

/// Names of steps and their places.
pub(super) type Places<'a> = BTreeMap<&'a str, usize>;

/// For each step the one that its day is counted from.
pub(super) fn counted_from(plan: &Plan, places: &Places<'_>) -> Vec<Option<usize>> {
    let from = |due: &Due| if let Due::Step(id, _) = due { places.get(id.as_str()).copied() } else { None };
    plan.steps.iter().map(|step| from(&step.due)).collect()
}

/// For each step those that it waits for, each once.
pub(super) fn waits(plan: &Plan, places: &Places<'_>) -> Vec<Vec<usize>> {
    let waits = plan.steps.iter().map(|step| {
        let mut before: Vec<usize> =
            step.after.iter().filter_map(|id| places.get(id.as_str()).copied()).collect();
        stdx::sort(&mut before);
        before.dedup();
        before
    });
    waits.collect()
}

/// Takes one step out of each circle in which days are counted from each other: the one whose name comes last. Answers
/// these steps with their circles.
pub(super) fn open_counts(plan: &Plan, from: &mut [Option<usize>]) -> Vec<(usize, Vec<usize>)> {
    let mut opened = Vec::new();
    // Each step is reached on one way only; those of the way that is being gone have its number.
    let mut reached = vec![0; from.len()];
    for start in 0..from.len() {
        let (mut way, mut next) = (Vec::new(), Some(start));
        while let Some(at) = next.filter(|at| reached[*at] == 0) {
            reached[at] = start + 1;
            way.push(at);
            next = from[at];
        }
        let Some(first) = next.filter(|at| reached[*at] == start + 1) else { continue };
        let circle = way.iter().position(|at| *at == first).map(|at| way.split_off(at)).unwrap_or_default();
        if let Some(last) = circle.iter().copied().max_by_key(|at| &plan.steps[*at].id) {
            from[last] = None;
            opened.push((last, circle));
        }
    }
    opened
}

/// Leaves out what closes circles of steps that wait for each other. Answers what was left out: the step and the circle.
pub(super) fn open_waits(plan: &Plan, waits: &mut [Vec<usize>]) -> Vec<(usize, Vec<usize>)> {
    let mut rest = in_circles(waits);
    let id = |at: &usize| plan.steps[*at].id.as_str();
    stdx::sort_by_key(&mut rest, id);
    // What those steps wait for is taken in again, one by one in the order of names, unless it closes a circle.
    let wanted: Vec<(usize, Vec<usize>)> =
        rest.iter().map(|at| (*at, std::mem::take(&mut waits[*at]))).gather();
    let mut opened = Vec::new();
    for (step, mut before) in wanted {
        stdx::sort_by_key(&mut before, id);
        for other in before {
            match way(waits, other, step) {
                Some(circle) => opened.push((step, circle)),
                None => waits[step].push(other),
            }
        }
    }
    opened
}

/// The steps that cannot be put in an order in which nothing waits for a later one.
fn in_circles(waits: &[Vec<usize>]) -> Vec<usize> {
    let mut open: Vec<usize> = waits.iter().map(Vec::len).collect();
    let mut waiting = vec![Vec::new(); waits.len()];
    for (step, before) in waits.iter().enumerate() {
        before.iter().for_each(|other| waiting[*other].push(step));
    }
    let mut free: Vec<usize> = (0..waits.len()).filter(|step| open[*step] == 0).collect();
    while let Some(step) = free.pop() {
        for other in &waiting[step] {
            open[*other] -= 1;
            if open[*other] == 0 {
                free.push(*other);
            }
        }
    }
    (0..waits.len()).filter(|step| open[*step] > 0).collect()
}

/// A way from step `from` to step `to` by what each waits for.
fn way(waits: &[Vec<usize>], from: usize, to: usize) -> Option<Vec<usize>> {
    let mut came = vec![None; waits.len()];
    let mut open = vec![from];
    came[from] = Some(from);
    while let Some(at) = open.pop() {
        if at == to {
            let mut way = vec![to];
            while let Some(before) = way.last().and_then(|at| came[*at]).filter(|_| way.last() != Some(&from))
            {
                way.push(before);
            }
            way.reverse();
            return Some(way);
        }
        for next in &waits[at] {
            if came[*next].is_none() {
                came[*next] = Some(at);
                open.push(*next);
            }
        }
    }
    None
}

impl Plan {
    pub(super) fn places(&self) -> Places<'_> {
        self.steps.iter().enumerate().map(|(at, step)| (step.id.as_str(), at)).gather()
    }

    /// The circle that counting the day of `step` by `due` would close, as the places of its steps.
    pub fn counting_circle(&self, step: &str, due: &Due) -> Option<Vec<usize>> {
        let places = self.places();
        let Due::Step(from, _) = due else { return None };
        let (own, mut at) = (*places.get(step)?, *places.get(from.as_str())?);
        let from = counted_from(self, &places);
        let mut circle = vec![own];
        while at != own {
            // What does not lead back to the step itself is a circle of others, if it is one.
            if circle.contains(&at) {
                return None;
            }
            circle.push(at);
            at = from[at]?;
        }
        Some(circle)
    }

    /// The circle that having `step` wait for those `after` would close, as the places of its steps.
    pub fn waiting_circle(&self, step: &str, after: &[String]) -> Option<Vec<usize>> {
        let places = self.places();
        let own = *places.get(step)?;
        let waits = waits(self, &places);
        after.iter().filter_map(|id| places.get(id.as_str())).find_map(|before| way(&waits, *before, own))
    }
}
