//! The reader's place: what is in sight stays where it is on the screen when something above it changes.
//!
//! Browsers do so by themselves where they can (scroll anchoring). Where one does not, the page is scrolled by as much as
//! what was in sight has moved: after the layout and before anything is painted, so that nobody sees it jump.

use std::cell::{OnceCell, RefCell};
use std::rc::{Rc, Weak};

use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Element, HtmlElement, Node, ResizeObserver};

use crate::view;

/// Below the bar and the tools, in pixels from the window's top.
const TOP: f64 = 120.0;
/// Further down from there, in pixels: lines are closer than what is looked at.
const STEP: f64 = 25.0;

/// Keeps the reader's place in a part of the page, until it is dropped.
pub struct ReadersPlace(Rc<Kept>);

struct Kept {
    within: Element,
    lines: &'static str,
    held: RefCell<Option<Held>>,
    observer: OnceCell<(ResizeObserver, Closure<dyn Fn()>)>,
}

/// What is in sight, and how far down in the window; what comes first counts, unless it is gone.
struct Held {
    scrolled: f64,
    marks: Vec<(Element, f64)>,
}

impl ReadersPlace {
    /// Keeps places in `within`, whose parts that do not change as a whole are those that `lines` selects.
    pub fn new(within: &Element, lines: &'static str) -> Self {
        let kept = Rc::new(Kept {
            within: within.clone(),
            lines,
            held: RefCell::default(),
            observer: OnceCell::new(),
        });
        let weak: Weak<Kept> = Rc::downgrade(&kept);
        // It hears of a size after each layout in which it was asked to look.
        let heard = Closure::<dyn Fn()>::new(move || weak.upgrade().iter().for_each(|kept| kept.settle()));
        if let Ok(observer) = ResizeObserver::new(heard.as_ref().unchecked_ref()) {
            kept.observer.get_or_init(|| (observer, heard));
        }
        Self(kept)
    }

    /// Something will change that is not the reader's own doing: what is in sight now stays where it is in the next frame.
    /// `moves` where whole parts are taken out and put elsewhere.
    pub fn hold(&self, moves: bool) {
        let kept = &self.0;
        let Some((observer, _)) = kept.observer.get() else { return };
        if moves {
            kept.keep_height();
        }
        if kept.held.borrow().is_some() {
            return;
        }
        *kept.held.borrow_mut() = Some(Held { scrolled: scrolled(), marks: kept.in_sight() });
        observer.unobserve(&kept.within);
        observer.observe(&kept.within);
    }
}

impl Drop for ReadersPlace {
    fn drop(&mut self) {
        if let Some((observer, _)) = self.0.observer.get() {
            observer.disconnect();
        }
    }
}

impl Kept {
    /// Until the next frame it gets no lower. While a long part is out of the page, whoever asks for a measure or moves the
    /// keyboard has the browser lay out what is left, which is too short to be scrolled as far as it was; Firefox then goes
    /// to its top and stays there.
    fn keep_height(&self) {
        let height = self.within.get_bounding_client_rect().height();
        self.set_least_height(&format!("{height}px"));
    }

    fn set_least_height(&self, height: &str) {
        if let Some(within) = self.within.dyn_ref::<HtmlElement>() {
            // Without it nothing worse happens than that the page jumps.
            let _ = within.style().set_property("min-block-size", height);
        }
    }

    /// Puts what was in sight back to where it was.
    fn settle(&self) {
        self.set_least_height("");
        let Some(Held { scrolled: before, marks }) = self.held.take() else { return };
        // Where the page was scrolled meanwhile, the browser has kept the place itself, or the reader has gone on.
        let now = scrolled();
        if (now - before).abs() >= 0.5 {
            return;
        }
        let mark = marks.iter().find(|(mark, _)| mark.is_connected());
        let moved = mark.map(|(mark, top)| mark.get_bounding_client_rect().top() - top);
        if let (Some(by), Some(window)) = (moved.filter(|by| by.abs() >= 0.5), web_sys::window()) {
            // Not by a distance: Firefox adds what is scrolled by in a hidden tab to nothing once it is shown again.
            window.scroll_to_with_x_and_y(window.scroll_x().unwrap_or_default(), now + by);
        }
    }

    /// The line with the caret if it is in sight, then lines from the top of what is in sight downwards.
    fn in_sight(&self) -> Vec<(Element, f64)> {
        let height = view::height();
        let in_sight = |line: Element| {
            let top = line.get_bounding_client_rect().top();
            (top >= TOP && top < height).then_some((line, top))
        };
        let caret = self.line_of_caret().and_then(in_sight);
        // At its very top a page shows what comes in above, unless somebody writes there.
        if scrolled() < 1.0 && caret.is_none() {
            return Vec::new();
        }
        let bounds = self.within.get_bounding_client_rect();
        let middle = bounds.left() + bounds.width() / 2.0;
        let at = |y: f64| self.line_around(page()?.element_from_point(middle as f32, y as f32)?.into());
        let first = (0..8).find_map(|step| at(TOP + STEP * f64::from(step)));
        // One that began further up may change above what is read of it.
        let first = first.and_then(|line| {
            let next = line.next_element_sibling();
            in_sight(line).or_else(|| in_sight(next?))
        });
        let further = [0.5, 0.75, 0.95].into_iter().filter_map(|part| in_sight(at(height * part)?));
        caret.into_iter().chain(first).chain(further).collect()
    }

    fn line_of_caret(&self) -> Option<Element> {
        // The page's selection stays in a text that no longer has the keyboard.
        let active = page()?.active_element()?;
        let node = page()?.get_selection().ok()??.focus_node()?;
        active.contains(Some(&node)).then(|| self.line_around(node))?
    }

    fn line_around(&self, node: Node) -> Option<Element> {
        let element = node.dyn_into::<Element>().or_else(|node| node.parent_element().ok_or(node)).ok()?;
        element.closest(self.lines).ok()?.filter(|line| self.within.contains(Some(line)))
    }
}

fn page() -> Option<web_sys::Document> {
    crate::page::document()
}

fn scrolled() -> f64 {
    web_sys::window().and_then(|window| window.scroll_y().ok()).unwrap_or_default()
}
