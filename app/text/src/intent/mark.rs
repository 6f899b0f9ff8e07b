//! Bold, links and the like.

use super::scene::{Scene, close, remark};
use super::{Change, insert};
use crate::{Delta, LineFormat, Mark, Marks, Selection, utf16_len};

pub(super) fn set(scene: &Scene<'_>, mark: Mark, on: bool) -> Option<Change> {
    change(scene, |marks| marks.clone().with(mark, on))
}

pub(super) fn toggle(scene: &Scene<'_>, mark: Mark) -> Option<Change> {
    let marks = if scene.selection.is_caret() { scene.marks() } else { text_marks(scene) };
    set(scene, mark, !marks.has(mark))
}

pub(super) fn clear(scene: &Scene<'_>) -> Option<Change> {
    change(scene, |_| Marks::default())
}

pub(super) fn link(scene: &Scene<'_>, address: Option<&str>) -> Option<Change> {
    let address = address.map(str::trim).filter(|address| !address.is_empty());
    if !scene.selection.is_caret() {
        return mark_text(scene, scene.selection, |marks| marks.clone().linked(address));
    }
    if let Some(around) = link_around(scene) {
        return mark_text(scene, around, |marks| marks.clone().linked(address))
            .map(|change| Change { selection: scene.selection, ..change });
    }
    let address = address?;
    if scene.first().format.block.is_code() || scene.first().format.block.is_void() {
        return None;
    }
    let shown = address.strip_prefix("mailto:").or_else(|| address.strip_prefix("tel:")).unwrap_or(address);
    insert::put(scene, &insert::clean(shown).replace('\n', ""), &scene.marks().linked(Some(address)))
}

/// Changes the marks of what is selected, or at a caret those of what is typed next.
fn change(scene: &Scene<'_>, to: impl Fn(&Marks) -> Marks) -> Option<Change> {
    if !scene.selection.is_caret() {
        return mark_text(scene, scene.selection, to);
    }
    let block = &scene.first().format.block;
    let now = scene.marks();
    let pending = to(&now);
    if block.is_code() || block.is_void() || pending == now {
        return None;
    }
    Some(Change { delta: Delta::new(), selection: scene.selection, pending: Some(pending) })
}

/// Changes the marks of text; code lines have none.
fn mark_text(scene: &Scene<'_>, selection: Selection, to: impl Fn(&Marks) -> Marks) -> Option<Change> {
    let mut delta = Delta::new();
    let mut at = 0;
    for (line, part) in scene.doc.parts(selection.range()) {
        if !scene.doc.lines()[line].format.block.is_code() {
            let change = |marks: &Marks| Some(to(marks)).filter(|new| new != marks);
            remark(scene.doc, &mut delta, &mut at, line, part, change);
        }
    }
    if delta.is_empty() {
        return None;
    }
    scene.keep(close(scene.doc, delta, at, &LineFormat::default()))
}

/// The marks that all selected text has, code lines aside.
fn text_marks(scene: &Scene<'_>) -> Marks {
    let lines = scene.doc.lines();
    let parts = scene.doc.parts(scene.range()).filter(|(line, _)| !lines[*line].format.block.is_code());
    let marks = parts.flat_map(|(line, part)| lines[line].parts(part)).map(|(_, marks)| marks);
    marks.cloned().reduce(|all, marks| all.common(&marks)).unwrap_or_default()
}

/// The link that the caret is in or beside.
fn link_around(scene: &Scene<'_>) -> Option<Selection> {
    let (before, after) = scene.first().around(scene.start.offset);
    let link = [before, after].into_iter().flatten().find_map(|marks| marks.link.clone())?;
    let base = scene.doc.line_start(scene.start.line);
    let caret = scene.start.offset;
    let mut at = 0;
    let mut found: Option<Selection> = None;
    for run in &scene.first().runs {
        let (start, end) = (at, at + utf16_len(&run.text));
        at = end;
        if run.marks.link.as_ref() == Some(&link) {
            match &mut found {
                Some(found) if found.head == base + start => found.head = base + end,
                Some(found) if found.head >= base + caret => break,
                _ => found = Some(Selection::new(base + start, base + end)),
            }
        }
    }
    found.filter(|found| found.anchor <= base + caret && base + caret <= found.head)
}
