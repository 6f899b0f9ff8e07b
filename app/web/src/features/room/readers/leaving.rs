//! What was read on its way to a spreadsheet: a row for each part of each stretch, and for each act.

use exchange::csv::csv;
use insight::record::Record;
use leptos::prelude::*;

use super::{Readers, copy};
use crate::{
    features::room::{outgoing, recording},
    handsel::Handsel,
};

/// Hands it over.
pub(super) fn table(handsel: Handsel, readers: Readers) {
    let Some(rows) = untrack(|| {
        readers.with(|seen| {
            let mut rows = vec![copy::COLUMNS.map(str::to_owned)];
            for (who, Record { visit, device, from, until, parts, acts, attended, .. }) in &seen.records {
                let row =
                    |at: u64, until: String, part: String, what: String, seconds: String, depth: String| {
                        [
                            browser::clock::iso(at),
                            until,
                            seen.name(who),
                            recording::device(*device).to_owned(),
                            model::hex(visit),
                            part,
                            what,
                            seconds,
                            depth,
                        ]
                    };
                for glance in parts {
                    let seconds = format!("{}.{:03}", glance.active / 1_000, glance.active % 1_000);
                    let depth = glance.depth.map(|depth| depth.to_string()).unwrap_or_default();
                    let (part, until) = (seen.names.name(&glance.part), browser::clock::iso(*until));
                    rows.push(row(*from, until, part, copy::READ.to_owned(), seconds, depth));
                }
                for it in attended {
                    let seconds = format!("{}.{:03}", it.followed / 1_000, it.followed % 1_000);
                    let (part, until) = (seen.names.name(&it.part), browser::clock::iso(*until));
                    rows.push(row(*from, until, part, copy::FOLLOWED.to_owned(), seconds, String::new()));
                }
                for did in acts {
                    let (part, what) = (seen.names.name(&did.part), recording::did(did.what).to_owned());
                    rows.push(row(did.at, String::new(), part, what, String::new(), String::new()));
                }
            }
            rows
        })
    }) else {
        return;
    };
    let title = copy::file_title(&readers.room.get().title().get_untracked());
    outgoing::save(handsel, &title, "csv", "text/csv;charset=utf-8", csv(rows).as_bytes());
}
