//! The book as tables for spreadsheets and other systems.

use exchange::csv::csv;
use leptos::prelude::*;
use session::Columns;
use terms::book::Kind;

use super::copy;
use crate::features::{
    room::outgoing,
    team::{Team, place_name},
};

/// Saves the records of a kind as a table.
pub(in crate::features::team) fn save(team: Team, kind: Kind) {
    let columns =
        Columns { heading: &copy::heading, place: &|place, process| place_name(Some(place), process) };
    let rows = team.book.with_value(|book| book.table(kind, &columns));
    let title = copy::file_title(&team.book().team().title().get_untracked(), kind);
    outgoing::save(team.handsel, &title, "csv", "text/csv;charset=utf-8", csv(rows).as_bytes());
}
