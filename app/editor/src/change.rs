//! How a change comes into the text and the page, whoever made it.

use text::{Block, Change, Delta, Document, Intent, Line, LineFormat, Selection, Splice};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, Node};

use crate::host::EditKind;
use crate::line_view::{self, Drawing};
use crate::surface::Inner;

/// What of a change the page shows already, because the browser made it.
pub(crate) enum Shown {
    /// Nothing.
    Nothing,
    /// This line has this text, in one text node without any mark.
    Bare(usize, String),
    /// What was typed into this line, which is one text node without any mark.
    Typed(usize),
    /// This line; it must not be touched, since words are being composed in it.
    Line(usize),
    /// Nobody knows: everything is to be compared.
    Unknown,
}

impl Inner {
    /// Does what a person asked for, at the selection. Answers whether there was anything to do.
    pub(crate) fn act(&self, intent: Intent) -> bool {
        if self.read_only() {
            return false;
        }
        self.end_composition();
        self.settle();
        self.refresh_selection();
        let before = self.selection.get();
        let kind = match &intent {
            Intent::Insert(_) => EditKind::Typing,
            Intent::Delete { .. } => EditKind::Deleting,
            _ => EditKind::Other,
        };
        let takes = matches!(
            intent,
            Intent::Insert(_)
                | Intent::Break
                | Intent::Delete { .. }
                | Intent::DeleteSelection
                | Intent::Paste(_)
        );
        if takes && let Some(change) = self.without_all(before) {
            self.commit(change, EditKind::Other, before, Shown::Nothing);
            if matches!(intent, Intent::Delete { .. } | Intent::DeleteSelection) {
                return true;
            }
            return self.act_at(self.selection.get(), intent, EditKind::Joined);
        }
        self.act_at(before, intent, kind)
    }

    /// Does what a person asked for as the second half of the change right before it.
    pub(crate) fn act_joined(&self, intent: Intent) -> bool {
        self.act_as(intent, EditKind::Joined)
    }

    /// Does what a person asked for, as a change of this kind.
    pub(crate) fn act_as(&self, intent: Intent, kind: EditKind) -> bool {
        if self.read_only() {
            return false;
        }
        self.end_composition();
        self.settle();
        self.refresh_selection();
        self.act_at(self.selection.get(), intent, kind)
    }

    /// The change that takes everything away, where everything is selected and the text ends in a rule or a table. No
    /// offset is behind that, so for the text's own rules it would only be touched.
    fn without_all(&self, selection: Selection) -> Option<Change> {
        let doc = self.text();
        let all = 0..doc.last_offset();
        let last = doc.lines().last().filter(|line| line.format.block.is_void())?;
        let delta = Delta::new().delete(all.end).retain_with(1, last.change_to(&LineFormat::default()));
        let change = Change { delta, selection: Selection::caret(0), pending: None };
        (!selection.is_caret() && selection.range() == all).then_some(change)
    }

    /// The change that does `intent` with `before` selected, in this kind of text.
    pub(crate) fn intend(&self, before: Selection, intent: Intent) -> Option<Change> {
        let intent = if self.cell.is_some() { intent.in_one_line()? } else { intent };
        text::intend(&self.text(), before, self.pending.borrow().as_ref(), intent)
    }

    /// Does `intent` with `before` selected.
    pub(crate) fn act_at(&self, before: Selection, intent: Intent, kind: EditKind) -> bool {
        let change = self.intend(before, intent);
        let Some(change) = change else { return false };
        if change.delta.is_empty() {
            self.selection.set(change.selection);
            *self.pending.borrow_mut() = change.pending;
            self.show_selection();
            self.note_moved();
        } else {
            self.commit(change, kind, before, Shown::Nothing);
            self.scroll_to_caret();
        }
        true
    }

    /// Turns what was typed into the format it stands for, as `- ` into a list.
    pub(crate) fn try_shortcut(&self) {
        let before = self.selection.get();
        let shortcut = if self.cell.is_some() { text::mark_shortcut } else { text::shortcut };
        let change = shortcut(&self.text(), before);
        if let Some(change) = change {
            self.commit(change, EditKind::Other, before, Shown::Nothing);
            self.formatted.set(Some(self.selection.get()));
        }
    }

    /// Whether the last thing that happened here was that typed signs became a format.
    pub(crate) fn has_just_formatted(&self) -> bool {
        self.formatted.take().is_some_and(|caret| caret == self.selection.get())
    }

    /// Takes a change of this surface into the text and the page, then tells the host.
    pub(crate) fn commit(&self, change: Change, kind: EditKind, before: Selection, shown: Shown) {
        self.formatted.take();
        let (change, shown) = self.allowed(change, before, shown);
        let splices = self.edit_text(|doc| doc.apply(&change.delta));
        self.select_within(change.selection);
        self.pending.borrow_mut().clone_from(&change.pending);
        self.people_follow(&change.delta);
        let drawn = match shown {
            Shown::Unknown => {
                self.redraw_all();
                true
            }
            shown => self.redraw(&splices, &shown),
        };
        if drawn {
            self.show_selection();
        }
        self.people_moved(drawn);
        self.host.changed(&change, kind, before);
        // The tables that the change brings are there now.
        self.fill_rest();
        self.note_moved();
    }

    /// The change as it may be made where suggestions are shown in the text, and what of that the page shows.
    fn allowed(&self, change: Change, before: Selection, shown: Shown) -> (Change, Shown) {
        let Some(mode) = self.mode() else { return (change, shown) };
        let doc = self.text();
        let wanted = change.delta.clone();
        let change = text::suggest::propose(&doc, before, change, mode);
        let shown = match shown {
            Shown::Line(line) => Shown::Line(line),
            shown if change.delta == wanted => shown,
            // The browser may have done what does not come of it.
            _ if change.delta.is_empty() => Shown::Unknown,
            _ => Shown::Nothing,
        };
        (change, shown)
    }

    /// Takes over a change from elsewhere.
    pub(crate) fn receive(&self, delta: &Delta) {
        self.absorb_now();
        self.formatted.take();
        let splices = self.edit_text(|doc| doc.apply(delta));
        // What others write where the caret stands goes behind it, so that the caret stays with the words before it.
        self.select_within(self.selection.get().map(delta, false));
        if let Some(composition) = self.composition.borrow_mut().as_mut() {
            composition.follow(delta);
        }
        self.people_follow(delta);
        let drawn = self.redraw(&splices, &Shown::Nothing);
        if drawn {
            self.show_selection();
        }
        self.people_moved(drawn);
        self.note_moved();
    }

    /// Shows another text.
    pub(crate) fn replace(&self, doc: Document) {
        self.composition.take();
        self.pending.take();
        self.set_text(doc);
        self.redraw_all();
        self.move_to(self.selection.get());
        self.people_moved(true);
    }

    /// Draws the lines that `splices` name. Answers whether the page was touched.
    pub(crate) fn redraw(&self, splices: &[Splice], shown: &Shown) -> bool {
        let doc = self.text();
        let mut drawn = false;
        for splice in splices {
            if splice.removed == 1 && splice.added == 1 && is_shown(&doc, splice.at, shown) {
                continue;
            }
            drawn = true;
            self.draw_splice(&doc, *splice);
            if splice.removed != splice.added {
                self.near.take();
            }
        }
        self.show_blank(&doc);
        if drawn {
            self.take_records();
        }
        drawn
    }

    /// Puts the new lines of a splice in the place of the old ones, around the line that is being composed.
    fn draw_splice(&self, doc: &Document, splice: Splice) {
        let composed = self.composition.borrow().as_ref().map(|composition| composition.element.clone());
        let index = composed.as_ref().map(|element| self.index_of(element));
        let Some(old) = index.filter(|at| (splice.at..splice.at + splice.removed).contains(at)) else {
            return self.draw_lines(doc, splice);
        };
        if splice.added == 0 {
            self.composition.take();
            return self.draw_lines(doc, splice);
        }
        let start = self.composition.borrow().as_ref().map_or(0, |composition| composition.start_now());
        let new = doc.place(start).line.clamp(splice.at, splice.at + splice.added - 1);
        let (above, fresh) = (old - splice.at, new - splice.at);
        self.draw_lines(doc, Splice { at: splice.at, removed: above, added: fresh });
        self.draw_lines(
            doc,
            Splice { at: new + 1, removed: splice.removed - above - 1, added: splice.added - fresh - 1 },
        );
        if let Some(composition) = self.composition.borrow_mut().as_mut() {
            // A line that was only cut off from others is as it was.
            composition.stale |= composition.base != doc.lines()[new];
        }
    }

    fn draw_lines(&self, doc: &Document, splice: Splice) {
        let children = self.root.children();
        let kept = splice.removed.min(splice.added);
        for at in splice.at..splice.at + kept {
            if let Some(element) = children.item(at as u32) {
                self.patch_line(&element, &doc.lines()[at]);
            }
        }
        for _ in kept..splice.removed {
            if let Some(element) = children.item((splice.at + kept) as u32) {
                element.remove();
            }
        }
        let below: Option<Node> = children.item((splice.at + kept) as u32).map(Into::into);
        for line in &doc.lines()[splice.at + kept..splice.at + splice.added] {
            self.draw_line(line, below.as_ref());
        }
    }

    /// Compares one line with the text.
    pub(crate) fn redraw_line(&self, doc: &Document, at: usize) {
        if let (Some(element), Some(line)) = (self.root.children().item(at as u32), doc.lines().get(at)) {
            self.patch_line(&element, line);
        }
        if self.take_records().length() > 0 {
            self.show_selection();
        }
    }

    /// Compares every line with the text.
    pub(crate) fn redraw_all(&self) {
        let doc = self.text();
        self.near.take();
        let mut child = self.root.first_child();
        while let Some(node) = child {
            child = node.next_sibling();
            if !node.is_instance_of::<HtmlElement>() {
                // Only whole lines stand in the root.
                let _ = self.root.remove_child(&node);
            }
        }
        let removed = self.root.child_element_count() as usize;
        self.draw_lines(&doc, Splice { at: 0, removed, added: doc.lines().len() });
        self.show_blank(&doc);
        self.take_records();
    }

    fn patch_line(&self, element: &Element, line: &Line) {
        match line_view::patch(self.pen(), element, line) {
            Ok(None) => {}
            Ok(Some(new)) => {
                self.near.take();
                self.fill(&new, line);
            }
            // A line that cannot be mended is drawn anew.
            Err(_) => {
                self.near.take();
                self.draw_line(line, Some(element));
                element.remove();
            }
        }
    }

    fn draw_line(&self, line: &Line, below: Option<&Node>) {
        let drawn: Drawing<Element> = line_view::draw(self.pen(), line);
        if let Ok(element) = drawn
            && self.root.insert_before(&element, below).is_ok()
        {
            self.fill(&element, line);
        }
    }

    fn fill(&self, element: &Element, line: &Line) {
        match &line.format.block {
            Block::Table(id) => self.draw_table(element, id),
            Block::Image(image) => self.host.fill_image(image.blob, element),
            _ => {}
        }
    }

    /// Shows or hides the placeholder.
    fn show_blank(&self, doc: &Document) {
        if self.cell.is_some() {
            return;
        }
        let blank = matches!(doc.lines(), [line] if line.is_empty() && line.format.block == Block::Paragraph);
        if self.blank.replace(Some(blank)) != Some(blank) {
            // A fixed name is always accepted.
            let _ = self.root.toggle_attribute_with_force("data-empty", blank);
        }
    }
}

/// Whether the page shows this line of the text as it is.
fn is_shown(doc: &Document, at: usize, shown: &Shown) -> bool {
    match shown {
        Shown::Line(line) => *line == at,
        Shown::Typed(line) => *line == at && !text::has_variables(&doc.lines()[at]),
        Shown::Bare(line, text) if *line == at => match doc.lines()[at].runs.as_slice() {
            [run] => {
                run.marks.is_plain()
                    && run.text == *text
                    && !text.ends_with(line_view::SOFT_BREAK)
                    && !text::has_variables(&doc.lines()[at])
            }
            _ => false,
        },
        _ => false,
    }
}
