//! Which part of the document is being read, and going to another.

use browser::Listener;
use leptos::{html, prelude::*, web_sys::Element};
use model::SectionId;
use text::Selection;

use super::sections::Sheet;

/// What begins no further down than this, in pixels from the window's top, is being read: below the bar and the tools.
const LINE: f64 = 180.0;

/// A section, or a heading in it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Part {
    pub(super) section: SectionId,
    /// Which of its headings; the section itself has none.
    pub(super) heading: Option<usize>,
}

/// The part that is in view. Copies are the same.
#[derive(Clone, Copy)]
pub(super) struct Reading {
    sheet: Sheet,
    /// The element whose children are the sections.
    pub(super) sections: NodeRef<html::Div>,
    pub(super) at: RwSignal<Option<Part>>,
    /// Where the page stood after somebody went to a part: that part is marked for as long as it stands there.
    went: StoredValue<Option<i32>>,
    listener: StoredValue<Option<Listener>, LocalStorage>,
}

impl Reading {
    /// Follows the reader from now on.
    pub(super) fn follow(sheet: Sheet) -> Self {
        let reading = Self {
            sheet,
            sections: NodeRef::new(),
            at: RwSignal::new(None),
            went: StoredValue::new(None),
            listener: StoredValue::new_local(None),
        };
        let listener = browser::view::on_scroll(move || reading.look());
        reading.listener.set_value(Some(listener));
        on_cleanup(move || {
            reading.listener.try_update_value(Option::take);
        });
        reading
    }

    /// Sees which part is in view now.
    pub(super) fn look(self) {
        let scrolled = browser::view::scrolled();
        if self.went.try_get_value().is_none_or(|went| went == Some(scrolled)) {
            return;
        }
        self.went.set_value(None);
        let part = self.in_view();
        if self.at.get_untracked() != part {
            self.at.set(part);
        }
    }

    /// Goes to a part: the caret is there, and it stands at the top of the window.
    pub(super) fn go(self, part: &Part) {
        let room = self.sheet.room;
        let offset = self.offset(part);
        room.go(&part.section, Selection::caret(offset));
        match (part.heading, room.surface_of(&part.section)) {
            (Some(_), Some(surface)) => surface.reveal(offset),
            _ => {
                if let Some(section) = self.section_at(self.place(&part.section)) {
                    section.scroll_into_view();
                }
            }
        }
        self.at.set(Some(part.clone()));
        browser::timers::spawn(async move {
            browser::timers::frame().await;
            self.went.try_set_value(Some(browser::view::scrolled()));
        });
    }

    fn in_view(self) -> Option<Part> {
        let list = self.sheet.list.try_get_untracked()?;
        let ends = browser::view::is_at_end();
        let starts = |at: usize| {
            let top = self.section_at(at)?.get_bounding_client_rect().top();
            Some(top <= LINE || (ends && top < browser::view::height() - LINE))
        };
        // Sections stand below one another, so the last that has begun is found by halves.
        let (mut low, mut high) = (0, list.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            if starts(middle)? { low = middle + 1 } else { high = middle }
        }
        let section = list.get(low.saturating_sub(1))?.id.clone();
        let heading = self.heading_in_view(&section, list.len() == 1);
        Some(Part { section, heading })
    }

    /// The last heading that has begun; in a plain document the first one stands for what is above it.
    fn heading_in_view(self, section: &SectionId, plain: bool) -> Option<usize> {
        let surface = self.sheet.room.surface_of(section)?;
        let document = surface.document();
        let count =
            self.sheet.parts.with_untracked(|parts| parts.get(section).map(|said| said.headings.len()))?;
        let has_begun = |at: &usize| {
            let start = document.line_start(self.line(section, *at).unwrap_or_default());
            surface.bounds(start..start).is_some_and(|bounds| bounds.top() <= LINE)
        };
        let begun = (0..count).take_while(has_begun).last();
        begun.or((plain && count > 0).then_some(0))
    }

    fn line(self, section: &SectionId, heading: usize) -> Option<usize> {
        self.sheet.parts.with_untracked(|parts| Some(parts.get(section)?.headings.get(heading)?.line))
    }

    fn offset(self, part: &Part) -> usize {
        let line = part.heading.and_then(|heading| self.line(&part.section, heading));
        let surface = self.sheet.room.surface_of(&part.section);
        surface.zip(line).map_or(0, |(surface, line)| surface.document().line_start(line))
    }

    fn place(self, section: &SectionId) -> usize {
        self.sheet
            .list
            .with_untracked(|list| list.iter().position(|it| it.id == *section).unwrap_or_default())
    }

    fn section_at(self, place: usize) -> Option<Element> {
        self.sections.get_untracked()?.children().item(place as u32)
    }
}

/// Has what the outline marks follow what is written as well.
pub(super) fn look_after_changes(reading: Reading) {
    let waiting = StoredValue::new(false);
    ui::effect(move || {
        reading.sheet.parts.track();
        reading.sheet.list.track();
        if waiting.get_value() {
            return;
        }
        waiting.set_value(true);
        browser::timers::spawn(async move {
            browser::timers::frame().await;
            if waiting.try_set_value(false).is_none() {
                reading.look();
            }
        });
    });
}
