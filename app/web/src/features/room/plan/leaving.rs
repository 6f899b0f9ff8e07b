//! The plan on its way to calendars and spreadsheets.

use exchange::{
    calendar::{Item, calendar as write_calendar},
    csv::csv,
};
use leptos::prelude::*;
use terms::plan::Step;

use super::{
    board::{Board, Seen},
    copy,
};
use crate::features::room::outgoing;

/// Hands over a calendar of all steps that have a day, or of one. One that only the selling team has leaves by itself only, so
/// that the file of all can be given to anybody.
pub(super) fn calendar(board: Board, only: Option<&str>) {
    let room = board.room.get();
    let seen = if only.is_some() { board.seen.get_untracked() } else { Seen::of(&room) };
    let steps =
        seen.room.plan.steps.iter().enumerate().filter(|(_, step)| only.is_none_or(|only| step.id == only));
    let items = steps.filter_map(|(at, step)| {
        let waits = (!step.after.is_empty()).then(|| copy::waits_for(&names(&seen, step)));
        let evidence = copy::evidence(&seen.room.evidence[at], browser::clock::date);
        let whose = copy::owner(&step.who, seen.company(step.side));
        Some(Item {
            uid: format!("{}-{}", step.id, room.id()),
            summary: step.name.clone(),
            description: copy::described(step, &whose, waits, evidence),
            due: seen.schedule.standings[at].due?,
            takes: step.takes,
            status: step.status,
        })
    });
    let items: Vec<Item> = items.collect();
    let title = match only.and_then(|only| seen.step(only)) {
        Some((_, step)) => step.name.clone(),
        None => title(board),
    };
    let text = write_calendar(&items, room.now());
    outgoing::save(board.handsel, &title, "ics", "text/calendar;charset=utf-8", text.as_bytes());
}

/// Hands over a table of the steps that everybody has.
pub(super) fn table(board: Board) {
    let seen = Seen::of(&board.room.get());
    let plan = &seen.room.plan;
    let mut rows = vec![copy::COLUMNS.map(str::to_owned)];
    for stage in [None].into_iter().chain(plan.stages.iter().map(Some)) {
        for (at, step) in plan.steps_of(stage.map(|stage| stage.id.as_str())) {
            let standing = &seen.schedule.standings[at];
            let confirmed = seen.room.evidence[at].confirmed.as_ref();
            rows.push([
                stage.map(|stage| stage.name.clone()).unwrap_or_default(),
                step.name.clone(),
                seen.company(step.side).to_owned(),
                step.who.words().to_owned(),
                standing.due.map(|day| day.to_string()).unwrap_or_default(),
                copy::status(step.status).to_owned(),
                if standing.late > 0 { standing.late.to_string() } else { String::new() },
                names(&seen, step).join(", "),
                confirmed.map(|said| copy::named(&said.name).to_owned()).unwrap_or_default(),
                step.comment.clone(),
            ]);
        }
    }
    let text = csv(rows);
    outgoing::save(board.handsel, &title(board), "csv", "text/csv;charset=utf-8", text.as_bytes());
}

fn names<'a>(seen: &'a Seen, step: &Step) -> Vec<&'a str> {
    step.after.iter().filter_map(|id| Some(seen.step(id)?.1.name.as_str())).collect()
}

fn title(board: Board) -> String {
    copy::file_title(&board.room.get().title().get_untracked())
}
