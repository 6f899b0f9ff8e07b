//! Between places in the page and offsets in the text.

use std::ops::Range;

use text::{Document, Selection, utf16_len};
use wasm_bindgen::JsCast;
use web_sys::{DomRect, Element, Event, FocusEvent, FocusOptions, Node, Text};

use crate::attach;
use crate::host::CaretState;
use crate::read_back;
use crate::surface::Inner;

impl Inner {
    /// The line that `node` is in or is.
    pub(crate) fn line_around(&self, node: &Node) -> Option<Element> {
        let root: &Node = &self.root;
        let mut node = node.clone();
        loop {
            let parent = node.parent_node()?;
            if &parent == root {
                return node.dyn_into().ok();
            }
            node = parent;
        }
    }

    /// Which line `line` is. Counts only when it is another one than the last time.
    pub(crate) fn index_of(&self, line: &Element) -> usize {
        if let Some((near, index)) = self.near.borrow().as_ref()
            && near == line
        {
            return *index;
        }
        let mut index = 0;
        let mut above = line.previous_element_sibling();
        while let Some(element) = above {
            index += 1;
            above = element.previous_element_sibling();
        }
        *self.near.borrow_mut() = Some((line.clone(), index));
        index
    }

    /// Where the caret is in the page, if nothing is selected. Chromium works out the whole layout when asked whether a
    /// selection is collapsed, so its ends are compared.
    pub(crate) fn page_caret(&self) -> Option<(Node, u32)> {
        let page = self.page_selection.as_ref()?;
        let (node, offset) = self.page_focus()?;
        let caret = page.anchor_offset() == offset && page.anchor_node().as_ref() == Some(&node);
        caret.then_some((node, offset))
    }

    /// Where the caret is in the page.
    pub(crate) fn page_focus(&self) -> Option<(Node, u32)> {
        let selection = self.page_selection.as_ref()?;
        Some((selection.focus_node()?, selection.focus_offset()))
    }

    /// The offset in the text of a place in the page; `None` outside of the surface and within its tables.
    pub(crate) fn offset_of(&self, node: &Node, offset: u32) -> Option<usize> {
        let doc = self.text();
        if node == self.root.unchecked_ref::<Node>() {
            return Some(doc.line_start(offset as usize).min(doc.last_offset()));
        }
        let line = self.line_around(node)?;
        let index = self.index_of(&line);
        let start = doc.line_start(index);
        if doc.lines().get(index)?.format.block.is_void() {
            return (!line.has_attribute("data-table") || node == line.unchecked_ref::<Node>())
                .then_some(start);
        }
        let bare = line.first_child().is_some_and(|first| &first == node) && node.is_instance_of::<Text>();
        let within = if bare {
            offset as usize
        } else {
            read_back::read(&line, Some((node, offset))).place.unwrap_or_default()
        };
        Some(start + within.min(doc.line_len(index)))
    }

    /// The place in the page of an offset in the text.
    pub(crate) fn point_of(&self, doc: &Document, offset: usize) -> Option<(Node, u32)> {
        point_in(&self.root, doc, offset)
    }

    /// The selection that the page shows, if it is in this surface.
    pub(crate) fn read_selection(&self) -> Option<Selection> {
        let page = self.page_selection.as_ref()?;
        let (node, offset) = (page.anchor_node()?, page.anchor_offset());
        let focus = (page.focus_node()?, page.focus_offset());
        if let Some(caret) = self.caret_around((&node, offset), (&focus.0, focus.1)) {
            return Some(Selection::caret(caret));
        }
        let anchor = self.offset_of(&node, offset)?;
        if focus == (node, offset) {
            return Some(Selection::caret(anchor));
        }
        let head = self.offset_of(&focus.0, focus.1)?;
        let mut selection = Selection { anchor, head };
        if self.whole_line.get() && anchor < head && self.text().place(head).offset == 0 {
            selection.head -= 1;
        }
        Some(selection)
    }

    /// Takes the selection over from the page, which tells of its changes only later. While the keyboard is at a tool,
    /// the page's selection is none that a person made.
    pub(crate) fn refresh_selection(&self) {
        if !self.focused.get() && !self.read_only() {
            return;
        }
        if let Some(selection) = self.read_selection()
            && self.selection.replace(selection) != selection
        {
            self.pending.take();
            self.note_moved();
        }
    }

    /// The page says that its selection changed.
    fn selection_changed(&self) {
        if self.composing() {
            return;
        }
        // After each letter the page tells of the caret that typing has moved, which is known.
        let typed_at = self.typed_at.take();
        if typed_at.is_some() && self.page_caret() == typed_at {
            return;
        }
        self.refresh_selection();
        if !self.focused.get() && self.page_focus().is_none_or(|(node, _)| !self.root.contains(Some(&node))) {
            self.selection_watch.take();
        }
    }

    /// Follows the page's selection for as long as it is ours. One surface of many listens at a time.
    pub(crate) fn follow_selection(&self) {
        if self.selection_watch.borrow().is_none()
            && let Some(me) = self.me.upgrade()
        {
            let watch =
                attach::on(&me, &self.page, "selectionchange", |inner, _: &Event| inner.selection_changed());
            *self.selection_watch.borrow_mut() = Some(watch);
        }
    }

    /// The keyboard comes to the surface.
    pub(crate) fn gain_focus(&self, event: &Event) {
        if !self.is_target(event) {
            return self.gain_cell(event);
        }
        if !self.read_only() {
            self.leave_cell();
            self.come_in();
        }
    }

    /// The keyboard is here now, by a press or otherwise.
    pub(crate) fn come_in(&self) {
        if self.pressed.take() {
            // By a press: where it fell is where the selection goes. Firefox has moved it by now, others will.
            self.focused.set(true);
            self.follow_selection();
            self.refresh_selection();
            self.note_moved();
        } else {
            self.take_focus();
        }
    }

    /// Makes the text's selection the page's, until a person makes another one.
    pub(crate) fn take_focus(&self) {
        self.focused.set(!self.read_only());
        self.follow_selection();
        self.show_selection();
        self.note_moved();
    }

    /// The keyboard leaves.
    pub(crate) fn lose_focus(&self, event: &Event) {
        if self.is_target(event) {
            self.settle();
            // Turning to another tab or window takes the keyboard from the window, not from the text in it.
            let goes_on_in_page =
                event.dyn_ref::<FocusEvent>().is_some_and(|blur| blur.related_target().is_some());
            let is_active =
                self.page.active_element().is_some_and(|active| active.is_same_node(Some(&self.root)));
            let kept = is_active && !goes_on_in_page;
            self.focused.set(kept);
            self.leaving.set(false);
            self.pressed.set(false);
            self.note_moved();
        }
    }

    /// Selects a part of the text.
    pub(crate) fn move_to(&self, selection: Selection) {
        self.whole_line.set(false);
        self.select_within(selection);
        self.pending.take();
        self.show_selection();
        self.note_moved();
    }

    /// Takes over a selection, as far as the text reaches.
    pub(crate) fn select_within(&self, selection: Selection) {
        let last = self.text().last_offset();
        self.selection.set(Selection::new(selection.anchor.min(last), selection.head.min(last)));
    }

    /// Shows the selection in the page, if the page shows another one. Leaves it alone while the keyboard is elsewhere
    /// or words are being composed.
    pub(crate) fn show_selection(&self) {
        let wanted = self.selection.get();
        let Some(page) = &self.page_selection else { return };
        if !self.focused.get() || self.composing() {
            return;
        }
        // Between lines the browser would type outside of them all.
        let root: Option<&Node> = Some(&self.root);
        let between = page.anchor_node().as_ref() == root || page.focus_node().as_ref() == root;
        if !between && self.read_selection() == Some(wanted) {
            return;
        }
        let doc = self.text();
        let (Some(anchor), Some(head)) =
            (self.point_of(&doc, wanted.anchor), self.point_of(&doc, wanted.head))
        else {
            return;
        };
        let head_at = if self.chosen_image().is_some() { head.1 + 1 } else { head.1 };
        // Places that the page has a moment ago cannot be refused.
        let _ = page.set_base_and_extent(&anchor.0, anchor.1, &head.0, head_at);
    }

    /// Brings a part of the text into view whose line is higher than the window. What stands in the window's upper third
    /// may lie under a bar.
    pub(crate) fn scroll_within_line(&self, range: Range<usize>) {
        self.scroll_between(self.bounds(range).as_ref(), 0.3, 1.0);
    }

    /// Scrolls the page where something stands higher or lower in the window than between these parts of its height.
    pub(crate) fn scroll_between(&self, bounds: Option<&DomRect>, top: f64, bottom: f64) {
        let height = self.window.inner_height().ok().and_then(|height| height.as_f64()).unwrap_or_default();
        if let Some(found) = bounds
            && (found.top() < height * top || found.bottom() > height * bottom)
        {
            let (x, y) = (self.window.scroll_x(), self.window.scroll_y().unwrap_or_default());
            // Not by a distance: Firefox adds what is scrolled by in a hidden tab to nothing once it is shown again.
            self.window.scroll_to_with_x_and_y(x.unwrap_or_default(), y + found.top() - height * 0.4);
        }
    }

    /// Asks for the keyboard. Only the caret is brought into view, not the whole text.
    pub(crate) fn focus(&self) {
        let quietly = FocusOptions::new();
        quietly.set_prevent_scroll(true);
        if self.root.focus_with_options(&quietly).is_ok() {
            self.take_focus();
        }
    }

    /// Brings the caret's line into view.
    pub(crate) fn scroll_to_caret(&self) {
        let line = self.text().place(self.selection.get().head).line;
        if let Some(line) = self.root.children().item(line as u32) {
            scroll_to(&line);
        }
    }

    /// Tells the host of the caret in the next frame.
    pub(crate) fn note_moved(&self) {
        self.next_frame(|frame| frame.moved = true);
    }

    /// Tells the host of the caret, if it is another than the last one told.
    pub(crate) fn tell_moved(&self) {
        // While the caret is in a cell, that is what is told of.
        if self.tables.active().is_some() {
            return;
        }
        let state = self.caret_state();
        if self.told.borrow().as_ref() != Some(&state) {
            *self.told.borrow_mut() = Some(state.clone());
            self.host.moved(&state);
        }
    }

    /// Where the caret is and what is set there.
    pub(crate) fn caret_state(&self) -> CaretState {
        let selection = self.selection.get();
        let doc = self.text();
        let marks = self.pending.borrow().clone().unwrap_or_else(|| doc.marks_in(selection.range()));
        let format = doc.formats_in(selection.range());
        CaretState { selection, focused: self.focused.get(), marks, format, cell: None }
    }
}

/// The place in the page of an offset in `doc`, whose lines are the children of `root`.
pub(crate) fn point_in(root: &Element, doc: &Document, offset: usize) -> Option<(Node, u32)> {
    let place = doc.place(offset);
    let line = &doc.lines()[place.line];
    if line.format.block.is_void() {
        return Some((root.clone().into(), place.line as u32));
    }
    let element: Node = root.children().item(place.line as u32)?.into();
    let mut child = element.first_child();
    let mut left = place.offset;
    let pieces = text::pieces(line);
    for (at, piece) in pieces.iter().enumerate() {
        let mut node = child?;
        let len = utf16_len(piece.text);
        if left <= len || at + 1 == pieces.len() {
            while let Some(inner) = node.first_child() {
                node = inner;
            }
            let most = node.node_value().map_or(0, |text| utf16_len(&text));
            return Some((node, left.min(most) as u32));
        }
        left -= len;
        child = node.next_sibling();
    }
    Some((element, 0))
}

/// Scrolls no further than it takes to see an element.
pub(crate) fn scroll_to(element: &Element) {
    let options = web_sys::ScrollIntoViewOptions::new();
    options.set_block(web_sys::ScrollLogicalPosition::Nearest);
    element.scroll_into_view_with_scroll_into_view_options(&options);
}
