//! Small things about what the page shows.

use std::{cell::Cell, rc::Rc};

use js_sys::{Array, JsString};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{
    DragEvent, Element, Event, FocusEvent, FocusOptions, HtmlElement, HtmlInputElement, IntersectionObserver,
    IntersectionObserverEntry, IntersectionObserverInit, KeyboardEvent,
};

use crate::Listener;

/// Takes away what the page shows while the program starts.
pub fn remove_splash() {
    let splash = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|page| page.get_element_by_id("splash"));
    if let Some(splash) = splash {
        splash.remove();
    }
}

/// The reader's language as a BCP 47 tag, such as `en-GB`.
pub fn language() -> String {
    web_sys::window().and_then(|window| window.navigator().language()).unwrap_or_else(|| "en".to_owned())
}

/// Opens an address in another tab, which learns nothing of this one.
pub fn open_elsewhere(address: &str) {
    if let Some(window) = web_sys::window() {
        let _ = window.open_with_url_and_target_and_features(address, "_blank", "noopener,noreferrer");
    }
}

/// Selects everything in the field that just got the focus.
pub fn select_all(event: &FocusEvent) {
    if let Some(field) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) {
        field.select();
    }
}

/// Begins to drag something of the page's own. Firefox drags nothing that carries nothing.
pub fn carry(event: &DragEvent) {
    if let Some(data) = event.data_transfer() {
        data.set_effect_allowed("move");
        // A browser that refuses does not drag.
        let _ = data.set_data("text/plain", "");
    }
}

/// Gives the first element that `selector` names the keyboard. Answers whether there is one.
pub fn focus_on(selector: &str) -> bool {
    let page = web_sys::window().and_then(|window| window.document());
    let found = page.and_then(|page| page.query_selector(selector).ok().flatten());
    let element = found.and_then(|found| found.dyn_into::<HtmlElement>().ok());
    if let Some(element) = &element {
        // What cannot have the keyboard leaves it where it is.
        let _ = element.focus();
    }
    element.is_some()
}

/// Brings an element to the top of what is seen, where no sheet from below covers it.
pub fn show_at_top(element: &Element) {
    element.scroll_into_view();
}

/// Text as a search compares it: lower case, and letters without their accents.
pub fn folded(text: &str) -> String {
    let apart = String::from(JsString::from(text).normalize("NFD").to_lower_case());
    apart.chars().filter(|c| !matches!(c, '\u{300}'..='\u{36f}')).collect()
}

/// Tells once a frame while the page is scrolled or its window changes.
pub fn on_scroll(scrolled: impl Fn() + Clone + 'static) -> Listener {
    Listener::on(web_sys::window(), &["scroll", "resize"], once_a_frame(scrolled))
}

/// The same also where something in the page scrolls by itself.
pub fn on_any_scroll(scrolled: impl Fn() + Clone + 'static) -> Listener {
    Listener::capturing(crate::page::document(), "scroll", once_a_frame(scrolled))
}

/// Tells in the next frame, once, however often it is heard until then.
fn once_a_frame(heard: impl Fn() + Clone + 'static) -> impl Fn(&Event) + Clone + 'static {
    let asked = Rc::new(Cell::new(false));
    move |_| {
        if asked.replace(true) {
            return;
        }
        let (asked, heard) = (asked.clone(), heard.clone());
        crate::timers::spawn(async move {
            crate::timers::frame().await;
            asked.set(false);
            heard();
        });
    }
}

/// Tells of an element whether it is near what is seen, now and whenever that changes.
pub struct Near {
    observer: Option<IntersectionObserver>,
    _heard: Closure<dyn FnMut(Array)>,
}

impl Near {
    /// Watches an element, which is told of at once. Near is what is within `margin` around the window, as CSS writes it; a
    /// margin below 0 lies inside.
    pub fn watch(element: &Element, margin: &str, heard: impl Fn(bool) + 'static) -> Self {
        let heard = Closure::<dyn FnMut(Array)>::new(move |entries: Array| {
            let last =
                entries.iter().last().and_then(|entry| entry.dyn_into::<IntersectionObserverEntry>().ok());
            if let Some(entry) = last {
                heard(entry.is_intersecting());
            }
        });
        let options = IntersectionObserverInit::new();
        options.set_root_margin(margin);
        let made = IntersectionObserver::new_with_options(heard.as_ref().unchecked_ref(), &options);
        if let Ok(observer) = &made {
            observer.observe(element);
        }
        Self { observer: made.ok(), _heard: heard }
    }
}

impl Drop for Near {
    fn drop(&mut self) {
        if let Some(observer) = &self.observer {
            observer.disconnect();
        }
    }
}

/// How many pixels of the screen are one of the page.
pub fn density() -> f64 {
    web_sys::window().map_or(1.0, |window| window.device_pixel_ratio()).clamp(1.0, 3.0)
}

/// Tells when the reader does something by hand: scrolls, presses, types. Moving on with the Tab key is not.
pub fn on_hands(heard: impl Fn() + Clone + 'static) -> Listener {
    on_hands_but("", heard)
}

/// The same, but for what is done within an element that `than` selects.
pub fn on_hands_but(than: &'static str, heard: impl Fn() + Clone + 'static) -> Listener {
    const PASSING: [&str; 5] = ["Tab", "Shift", "Control", "Alt", "Meta"];
    let events = ["wheel", "touchmove", "pointerdown", "keydown", "beforeinput"];
    Listener::on(web_sys::window(), &events, move |event| {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        if !than.is_empty() && target.is_some_and(|it| it.closest(than).ok().flatten().is_some()) {
            return;
        }
        let key = event.dyn_ref::<KeyboardEvent>().map(KeyboardEvent::key);
        if key.is_none_or(|key| !PASSING.contains(&key.as_str())) {
            heard();
        }
    })
}

/// Tells when something else is selected in the page, at most once a frame.
pub fn on_selection(heard: impl Fn() + Clone + 'static) -> Listener {
    Listener::on(crate::page::document(), &["selectionchange"], once_a_frame(heard))
}

/// Gives the keyboard to the one of these elements that comes after the one that has it, or before; from elsewhere to the
/// first or the last. It comes into view by that.
pub fn focus_next(selector: &str, forward: bool) {
    let Some(document) = crate::page::document() else { return };
    let Ok(all) = document.query_selector_all(selector) else { return };
    let active = document.active_element();
    let all: Vec<HtmlElement> = (0..all.length()).filter_map(|at| all.get(at)?.dyn_into().ok()).collect();
    let here = all.iter().position(|it| active.as_ref().is_some_and(|active| it.is_same_node(Some(active))));
    let next = match (here, forward) {
        (Some(here), true) => (here + 1) % all.len(),
        (Some(here), false) => (here + all.len() - 1) % all.len(),
        (None, true) => 0,
        (None, false) => all.len().saturating_sub(1),
    };
    if let Some(next) = all.get(next) {
        let _ = next.focus();
    }
}

/// How far the page is scrolled down, in whole pixels.
pub fn scrolled() -> i32 {
    web_sys::window().and_then(|window| window.scroll_y().ok()).unwrap_or_default() as i32
}

/// Whether a key was pressed where somebody writes, so that it is the field's own.
pub fn is_writing(event: &KeyboardEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    target
        .is_some_and(|it| it.matches("input, textarea, select, [contenteditable], dialog *").unwrap_or(false))
}

/// Whether a key was pressed on a tick, which is a field and not written in.
pub fn is_ticking(event: &KeyboardEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|it| it.matches("main input[type=checkbox]").unwrap_or(false))
}

/// How far below the window's upper edge an element begins, in pixels.
pub fn top_of(element: &Element) -> f64 {
    element.get_bounding_client_rect().top()
}

/// The window's height in pixels.
pub fn height() -> f64 {
    let height = web_sys::window().and_then(|window| window.inner_height().ok());
    height.and_then(|height| height.as_f64()).unwrap_or_default()
}

/// Whether the page is scrolled to its end, and has one.
pub fn is_at_end() -> bool {
    let whole =
        crate::page::document().and_then(|page| page.document_element()).map(|root| root.scroll_height());
    let whole = f64::from(whole.unwrap_or_default());
    whole > height() + 1.0 && f64::from(scrolled()) + height() >= whole - 2.0
}

/// Gives the keyboard back, before the next frame, to what has it now, if a move within the page takes it away: browsers
/// let go of what is moved.
pub fn keep_focus() {
    let active = || crate::page::document()?.active_element();
    let Some(held) = active().and_then(|element| element.dyn_into::<HtmlElement>().ok()) else { return };
    crate::timers::spawn(async move {
        crate::timers::frame().await;
        let lost = active().is_none_or(|now| now.local_name() == "body");
        if lost && held.is_connected() {
            let quietly = FocusOptions::new();
            quietly.set_prevent_scroll(true);
            let _ = held.focus_with_options(&quietly);
        }
    });
}
