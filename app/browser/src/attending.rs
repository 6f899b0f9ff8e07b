//! Whether somebody attends to the page: signs of it, and what is in sight.

use gloo::timers::callback::Interval;
use wasm_bindgen::JsCast;
use web_sys::{Document, Element, HtmlElement, HtmlMediaElement};

use crate::{Listener, page};

/// How often the page tells that it is alive, in milliseconds.
const ALIVE_MS: u32 = 1_000;

/// What a page meets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// It can be seen, or cannot.
    Visible(bool),
    /// Its window has the keyboard, or another has.
    Focused(bool),
    /// Somebody moved, pressed, typed, touched or scrolled.
    Used,
    /// It is alive. It says so each second, or seldom where the browser lets it.
    Alive,
    /// Somebody copied something.
    Copied,
    /// It is about to be printed.
    Printed,
}

/// Tells of each sign until it is dropped.
#[must_use = "dropping it ends the telling"]
pub struct Attending {
    _listeners: Listener,
    _alive: Interval,
}

impl Attending {
    /// Tells `heard` how it stands, and of each sign from now on.
    pub fn hear(heard: impl Fn(Sign) + Clone + 'static) -> Self {
        heard(Sign::Visible(page::is_visible()));
        heard(Sign::Focused(document().is_some_and(|document| document.has_focus().unwrap_or(false))));
        let window = web_sys::window();
        // A finger that scrolls sends no pointer's moves in some browsers, so touches are heard, too.
        let uses = [
            "pointermove",
            "pointerdown",
            "wheel",
            "touchstart",
            "touchmove",
            "keydown",
            "beforeinput",
            "scroll",
        ];
        let tell = |sign: Sign| {
            let heard = heard.clone();
            move |_: &web_sys::Event| heard(sign)
        };
        let seen = heard.clone();
        let listeners = Listener::on(window.as_ref(), &uses, tell(Sign::Used))
            .and(Listener::on(window.as_ref(), &["focus"], tell(Sign::Focused(true))))
            .and(Listener::on(window.as_ref(), &["blur"], tell(Sign::Focused(false))))
            .and(Listener::on(window.as_ref(), &["beforeprint"], tell(Sign::Printed)))
            .and(Listener::on(window.as_ref(), &["copy"], tell(Sign::Copied)))
            .and(Listener::on(window.as_ref(), &["pagehide"], tell(Sign::Visible(false))))
            .and(Listener::on(window.as_ref(), &["pageshow"], {
                let heard = heard.clone();
                move |_| heard(Sign::Visible(page::is_visible()))
            }))
            .and(page::on_visibility_change(move |is_visible| seen(Sign::Visible(is_visible))));
        let alive = Interval::new(ALIVE_MS, move || heard(Sign::Alive));
        Self { _listeners: listeners, _alive: alive }
    }
}

/// Milliseconds since the page was begun, by a clock that nobody sets.
pub fn ticks() -> u64 {
    web_sys::window().and_then(|window| window.performance()).map_or(0.0, |clock| clock.now()) as u64
}

/// Whether a film or a recording plays in the page.
pub fn is_playing() -> bool {
    all("video, audio").any(|media| media.dyn_into::<HtmlMediaElement>().is_ok_and(|media| !media.paused()))
}

/// A part of the page that is in sight.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InSight {
    /// What the attribute of its element says.
    pub part: String,
    /// How many pixels of its height are in sight.
    pub height: u32,
    /// How far down into it the window reaches, in hundredths of its height.
    pub depth: u8,
}

/// What is in sight of the elements that have this attribute, from the top. What a dialog covers is not.
pub fn in_sight(attribute: &str) -> Vec<InSight> {
    let bottom = crate::view::height();
    let dialog = dialog();
    let is_covered = |part: &Element| dialog.as_ref().is_some_and(|dialog| !dialog.contains(Some(part)));
    let seen = |part: Element| {
        let bounds = part.get_bounding_client_rect();
        let height = bounds.bottom().min(bottom) - bounds.top().max(0.0);
        if height < 1.0 || bounds.width() < 1.0 || is_covered(&part) {
            return None;
        }
        let depth = 100.0 * (bottom - bounds.top()) / bounds.height();
        let part = part.get_attribute(attribute)?;
        Some(InSight { part, height: height as u32, depth: depth.clamp(0.0, 100.0) as u8 })
    };
    all(&format!("[{attribute}]")).filter_map(seen).collect()
}

/// Whether a dialog covers the page.
pub fn is_covered() -> bool {
    dialog().is_some()
}

/// The dialog that covers all else.
fn dialog() -> Option<Element> {
    all("dialog:modal").last()
}

/// What kind of device the page is on, as far as it can be told: by whether it is pointed at with a finger, and its width.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Pointed at with a mouse or the like.
    Desktop,
    /// Held in one hand.
    Phone,
    /// Held in two.
    Tablet,
}

/// What kind of device this is.
pub fn kind() -> Kind {
    // Screens of phones are narrower than this many pixels of the page, upright.
    const PHONE: i32 = 600;
    let window = web_sys::window();
    let coarse = window.as_ref().and_then(|window| window.match_media("(pointer: coarse)").ok().flatten());
    if !coarse.is_some_and(|coarse| coarse.matches()) {
        return Kind::Desktop;
    }
    let screen = window.and_then(|window| window.screen().ok());
    let sides = screen.and_then(|screen| Some(screen.width().ok()?.min(screen.height().ok()?)));
    if sides.is_some_and(|side| side >= PHONE) { Kind::Tablet } else { Kind::Phone }
}

fn document() -> Option<Document> {
    web_sys::window().and_then(|window| window.document())
}

fn all(selector: &str) -> impl DoubleEndedIterator<Item = Element> {
    let found = document().and_then(|document| document.query_selector_all(selector).ok());
    let count = found.as_ref().map_or(0, |found| found.length());
    let at = move |at| found.as_ref()?.get(at)?.dyn_into::<HtmlElement>().ok().map(Element::from);
    (0..count).filter_map(at)
}
