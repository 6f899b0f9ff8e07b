//! The outline beside the text: sections and headings, to jump to.

use leptos::prelude::*;
use model::SectionId;
use text::Selection;
use ui::live;

use super::{OpenRoom, copy, sections::Sheet, summary::label};

/// A row of the outline.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Row {
    section: SectionId,
    /// The line of a heading; a section itself has none.
    line: Option<usize>,
    /// 0 for a section, else the heading's level.
    level: u8,
    words: String,
}

/// The outline.
#[component]
pub(super) fn Outline(sheet: Sheet) -> impl IntoView {
    let Sheet { room, .. } = sheet;
    let rows = Memo::new(move |_| rows(sheet));
    let list = live(move || {
        let rows = rows.get();
        if rows.is_empty() {
            return view! { <p class="outline-empty">{copy::NO_HEADINGS}</p> }.into_any();
        }
        let row = move |Row { section, line, level, words }: Row| {
            let level = level.to_string();
            view! {
                <li>
                    <button type="button" class="outline-link" data-level=level on:click=move |_| go(room, &section, line)>
                        {words}
                    </button>
                </li>
            }
        };
        view! { <ol>{rows.into_iter().map(row).collect_view()}</ol> }.into_any()
    });
    view! {
        <nav class="outline" aria-label=copy::OUTLINE>
            <p class="outline-title">{copy::ON_THIS_PAGE}</p>
            {list}
        </nav>
    }
}

/// The rows. A document of one unnamed section is its headings alone.
fn rows(sheet: Sheet) -> Vec<Row> {
    let Sheet { list, parts, .. } = sheet;
    let mut rows = Vec::new();
    parts.with(|parts| {
        list.with(|list| {
            let plain = matches!(list.as_slice(), [only] if only.name.is_empty());
            for section in list {
                let part = parts.get(&section.id);
                let words = label(section, part);
                let id = section.id.clone();
                if !plain {
                    rows.push(Row { section: id.clone(), line: None, level: 0, words: words.clone() });
                }
                for heading in part.iter().flat_map(|part| &part.headings) {
                    // A heading that gives the section its name is there already.
                    if !plain && heading.text.trim() == words {
                        continue;
                    }
                    let (line, words) = (Some(heading.line), heading.text.clone());
                    rows.push(Row { section: id.clone(), line, level: heading.level, words });
                }
            }
        });
    });
    rows
}

fn go(room: OpenRoom, section: &SectionId, line: Option<usize>) {
    let start = match (room.surface_of(section), line) {
        (Some(surface), Some(line)) => surface.document().line_start(line),
        _ => 0,
    };
    room.go(section, Selection::caret(start));
}
