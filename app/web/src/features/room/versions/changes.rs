//! What differs between two states, for reading.

use exchange::frozen::{Changes, SectionChange, TableChange, TermChange};
use leptos::prelude::*;
use text::{Block, ComparedLine, ComparedRun, Comparison, Fate, Mark, Marks, Within};

use super::copy;

/// So many lines that are the same show before and behind those that changed.
const CONTEXT: usize = 1;

/// All of it: terms first, then the text section by section.
pub(super) fn view(changes: &Changes) -> AnyView {
    let terms = (!changes.terms.is_empty()).then(|| {
        let terms = changes.terms.iter().map(term).collect_view();
        view! { <ul class="term-changes">{terms}</ul> }
    });
    view! {
        {terms}
        {changes.sections.iter().map(section).collect_view()}
    }
    .into_any()
}

fn fate(fate: Fate) -> Option<&'static str> {
    match fate {
        Fate::Kept => None,
        Fate::Inserted => Some("inserted"),
        Fate::Deleted => Some("deleted"),
    }
}

fn term(change: &TermChange) -> AnyView {
    let said = copy::term(change);
    let values =
        (change.fate == Fate::Kept && !(said.before.is_empty() && said.after.is_empty())).then(|| {
            let was = (!said.before.is_empty()).then(|| view! { <del>{said.before.clone()}</del> });
            let arrow = (!said.before.is_empty() && !said.after.is_empty()).then_some(" → ");
            let is = (!said.after.is_empty()).then(|| view! { <ins>{said.after.clone()}</ins> });
            view! { ": "{was}{arrow}{is} }
        });
    view! {
        <li data-change="" data-fate=fate(change.fate) tabindex="-1">
            <strong>{said.topic}</strong>" "{said.what}{values}
        </li>
    }
    .into_any()
}

fn section(change: &SectionChange) -> AnyView {
    let name = if change.name.is_empty() { copy::UNNAMED.to_owned() } else { change.name.clone() };
    let mut notes = Vec::new();
    notes.extend(match change.fate {
        Fate::Inserted => Some(copy::SECTION_NEW.to_owned()),
        Fate::Deleted => Some(copy::SECTION_GONE.to_owned()),
        Fate::Kept => None,
    });
    notes.extend(change.before.as_ref().map(|before| copy::renamed(before)));
    notes.extend(change.moved.then(|| copy::SECTION_MOVED.to_owned()));
    let is_change = (!notes.is_empty()).then_some("");
    let notes = notes.into_iter().map(|note| view! { <span class="badge">{note}</span> }).collect_view();
    view! {
        <section class="section-change" data-fate=fate(change.fate)>
            <h4 data-change=is_change tabindex="-1">{name}{notes}</h4>
            {lines(&change.text, &change.tables)}
        </section>
    }
    .into_any()
}

/// The lines that changed with those around them; of the others how many there are.
fn lines(text: &Comparison, tables: &[TableChange]) -> AnyView {
    let all = &text.lines;
    let is_near = |at: usize| {
        let from = at.saturating_sub(CONTEXT);
        all[from..(at + CONTEXT + 1).min(all.len())].iter().any(|line| !line.is_same())
    };
    let mut shown: Vec<AnyView> = Vec::new();
    let mut same = 0;
    for (at, one) in all.iter().enumerate() {
        if is_near(at) {
            shown.extend(passed(&mut same));
            shown.push(line(one));
            if let Block::Table(id) = &one.format.block {
                shown.extend(tables.iter().filter(|table| table.id == *id).map(table));
            }
        } else {
            same += 1;
        }
    }
    shown.extend(passed(&mut same));
    shown.into_any()
}

fn passed(same: &mut usize) -> Option<AnyView> {
    let count = std::mem::take(same);
    (count > 0).then(|| view! { <p class="lines-same">{copy::same_lines(count)}</p> }.into_any())
}

fn line(line: &ComparedLine) -> AnyView {
    let kind = match &line.format.block {
        Block::Paragraph => "paragraph",
        Block::Heading(_) => "heading",
        Block::Bullet => "bullet",
        Block::Ordered => "ordered",
        Block::Check { .. } => "check",
        Block::Code { .. } => "code",
        Block::Divider => "divider",
        Block::Table(_) | Block::Image(_) => "object",
    };
    let is_change = (!line.is_same()).then_some("");
    let object = match &line.format.block {
        Block::Table(_) if line.fate != Fate::Kept || !line.other_table => Some(copy::TABLE),
        Block::Image(_) => Some(copy::IMAGE),
        Block::Divider => Some(copy::DIVIDER),
        _ => None,
    };
    let format = line.before.as_ref().map(|before| {
        let note = copy::reformatted(before, &line.format);
        view! { <span class="badge">{note}</span> }
    });
    let within = (line.format.within != Within::Text).then_some("");
    view! {
        <p class="line-change" data-kind=kind data-within=within data-fate=fate(line.fate) data-change=is_change tabindex="-1">
            {object}
            {line.runs.iter().map(run).collect_view()}
            {format}
        </p>
    }
    .into_any()
}

fn run(run: &ComparedRun) -> AnyView {
    let text = run.text.replace('\u{2028}', "\n");
    let note = run.before.as_ref().map(|before| copy::remarked(before, &run.marks));
    let words = marked(text, &run.marks);
    match run.fate {
        Fate::Inserted => view! { <ins>{words}</ins> }.into_any(),
        Fate::Deleted => view! { <del>{words}</del> }.into_any(),
        Fate::Kept => match note {
            Some(note) => view! { <span class="remarked" title=note.clone()>{words}<span class="visually-hidden">{note.clone()}</span></span> }.into_any(),
            None => words,
        },
    }
}

fn marked(text: String, marks: &Marks) -> AnyView {
    if marks.is_plain() {
        return text.into_any();
    }
    let set = Mark::ALL.into_iter().filter(|mark| marks.has(*mark)).map(Mark::name);
    let set: Vec<&str> = set.chain(marks.link.as_ref().map(|_| "link")).collect();
    view! { <span data-marks=set.join(" ")>{text}</span> }.into_any()
}

fn table(table: &TableChange) -> AnyView {
    let rows = table.rows.iter().map(|(row, cells)| {
        let cells = cells.iter().map(|(cell, words)| {
            let words = words.lines.iter().flat_map(|line| &line.runs).map(run).collect_view();
            view! { <td data-fate=fate(*cell)>{words}</td> }
        });
        view! { <tr data-fate=fate(*row)>{cells.collect_view()}</tr> }
    });
    view! { <div class="table-change"><table><tbody>{rows.collect_view()}</tbody></table></div> }.into_any()
}
