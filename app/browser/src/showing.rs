//! Where a window stands in the page, as shares of the boxes in it, so that a window of another size can stand there too.

use sync::stage;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, PointerEvent};

use crate::{Listener, page};

/// Shares are of so many parts.
const WHOLE: f64 = stage::WHOLE as f64;
/// What scrolls by itself, in place of the page.
const SCROLLS: &str = ".viewer";
/// What stands at the upper edge of the page and covers it.
const BAR: &str = ".room-bar";
/// A box whose end is so near to the upper edge is over, in pixels.
const LEAST: f64 = 24.0;

/// What the window shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sight {
    /// The name of the box at the upper edge.
    pub name: String,
    /// How far down in it the edge is, of [`stage::WHOLE`].
    pub offset: u16,
    /// The box with the pointer, and where in it that is, from its upper left.
    pub pointer: Option<(String, u16, u16)>,
}

/// What the window shows of the boxes that have this attribute, or of the page's main part where it has no such boxes, which then has the
/// name `whole`. `pointer` is in pixels of the window.
pub fn sight(attribute: &str, whole: &str, pointer: Option<(f64, f64)>) -> Option<Sight> {
    let boxes = boxes(attribute, whole);
    let (name, top) =
        boxes.iter().find(|(_, it)| it.get_bounding_client_rect().bottom() > edge(it) + LEAST)?;
    let bounds = top.get_bounding_client_rect();
    let offset = share(edge(top) - bounds.top(), bounds.height());
    let pointer = pointer.and_then(|(x, y)| {
        let (name, it) = boxes.iter().find(|(_, it)| {
            let bounds = it.get_bounding_client_rect();
            (bounds.left()..=bounds.right()).contains(&x) && (bounds.top()..=bounds.bottom()).contains(&y)
        })?;
        let bounds = it.get_bounding_client_rect();
        Some((
            name.clone(),
            share(x - bounds.left(), bounds.width()),
            share(y - bounds.top(), bounds.height()),
        ))
    });
    Some(Sight { name: name.clone(), offset, pointer })
}

/// Scrolls so that the upper edge is so far down in the box of this name, of [`stage::WHOLE`]. Nothing where there is no such box.
pub fn stand(attribute: &str, whole: &str, name: &str, offset: u16) {
    let Some(target) = named(attribute, whole, name) else { return };
    let bounds = target.get_bounding_client_rect();
    let by = bounds.top() + f64::from(offset) / WHOLE * bounds.height() - edge(&target);
    // Less is not seen, and would never come to rest.
    if by.abs() < 1.0 {
        return;
    }
    match target.closest(SCROLLS).ok().flatten() {
        Some(within) => within.scroll_by_with_x_and_y(0.0, by),
        None => {
            if let Some(window) = web_sys::window() {
                window.scroll_by_with_x_and_y(0.0, by);
            }
        }
    }
}

/// Where in the window a place in the box of this name is, in pixels; none where the box is not there.
pub fn spot(attribute: &str, whole: &str, name: &str, (x, y): (u16, u16)) -> Option<(f64, f64)> {
    let bounds = named(attribute, whole, name)?.get_bounding_client_rect();
    let at = |from: f64, size: f64, share: u16| from + size * f64::from(share) / WHOLE;
    Some((at(bounds.left(), bounds.width(), x), at(bounds.top(), bounds.height(), y)))
}

/// Tells where the pointer is in the window, in pixels, and that it has left.
pub fn on_pointer(heard: impl Fn(Option<(f64, f64)>) + Clone + 'static) -> Listener {
    let moved = heard.clone();
    let at = move |event: &web_sys::Event| {
        if let Some(event) = event.dyn_ref::<PointerEvent>() {
            moved(Some((f64::from(event.client_x()), f64::from(event.client_y()))));
        }
    };
    Listener::on(web_sys::window(), &["pointermove", "pointerdown"], at).and(Listener::on(
        page::document().and_then(|page| page.document_element()),
        &["pointerleave"],
        move |_| {
            heard(None);
        },
    ))
}

fn share(part: f64, of: f64) -> u16 {
    if of <= 0.0 { 0 } else { (WHOLE * part / of).clamp(0.0, WHOLE).round() as u16 }
}

/// The upper edge of what is seen of the page, or of what scrolls by itself with this in it.
fn edge(of: &Element) -> f64 {
    match of.closest(SCROLLS).ok().flatten() {
        Some(within) => within.get_bounding_client_rect().top(),
        None => page::document()
            .and_then(|page| page.query_selector(BAR).ok().flatten())
            .map_or(0.0, |bar| bar.get_bounding_client_rect().bottom().max(0.0)),
    }
}

fn named(attribute: &str, whole: &str, name: &str) -> Option<Element> {
    boxes(attribute, whole).into_iter().find(|(of, _)| of == name).map(|(_, it)| it)
}

/// The boxes with their names, from the top: those of a list beside are none.
fn boxes(attribute: &str, whole: &str) -> Vec<(String, Element)> {
    let all = |selector: &str| {
        let found = page::document().and_then(|page| page.query_selector_all(selector).ok());
        let count = found.as_ref().map_or(0, |found| found.length());
        let at = |at| found.as_ref()?.get(at)?.dyn_into::<HtmlElement>().ok().map(Element::from);
        (0..count).filter_map(at).collect::<Vec<Element>>()
    };
    let mut boxes: Vec<(String, Element)> = Vec::new();
    if !attribute.is_empty() {
        for it in all(&format!("[{attribute}]")) {
            let height = it.get_bounding_client_rect().height();
            if let Some(name) = it.get_attribute(attribute).filter(|_| height > 0.0)
                && boxes.iter().all(|(known, _)| *known != name)
            {
                boxes.push((name, it));
            }
        }
    }
    if boxes.is_empty() {
        boxes.extend(all("main").into_iter().next().map(|it| (whole.to_owned(), it)));
    }
    boxes
}
