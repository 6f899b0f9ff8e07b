use leptos::{html, prelude::*, wasm_bindgen::JsCast, web_sys::HtmlElement};

use crate::live::effect;

/// How far it stands from what it stands beside, in pixels.
const GAP: f64 = 6.0;
/// What may be covered at the top of the window by bars that stay there, in pixels.
const BARS: f64 = 116.0;

/// Where on the screen something is: its left, upper and lower edge, in CSS pixels of the window.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spot {
    /// Left edge.
    pub left: f64,
    /// Upper edge.
    pub top: f64,
    /// Lower edge.
    pub bottom: f64,
}

/// Something small that stands beside a part of the page and scrolls with it, as tools at a selection do. The element
/// around it must have a position of its own, and it stays within that one's sides.
#[component]
pub fn Float(
    /// Beside what; nothing hides it.
    #[prop(into)]
    at: Signal<Option<Spot>>,
    /// Above rather than below, where there is room.
    #[prop(optional)]
    above: bool,
    /// What it shows.
    children: Children,
) -> impl IntoView {
    let float = NodeRef::<html::Div>::new();
    effect(move || {
        let Some(element) = float.get() else { return };
        let spot = at.get();
        element.set_hidden(spot.is_none());
        if let Some(spot) = spot {
            place(&element, spot, above);
        }
    });
    view! { <div class="float" hidden="" node_ref=float>{children()}</div> }
}

fn place(element: &HtmlElement, spot: Spot, above: bool) {
    let Some(ground) = element.offset_parent().and_then(|ground| ground.dyn_into::<HtmlElement>().ok())
    else {
        return;
    };
    let (ground_left, ground_top) = corner(&ground);
    let (width, height) = (f64::from(element.offset_width()), f64::from(element.offset_height()));
    let (over, under) = (spot.top - GAP - height, spot.bottom + GAP);
    let window = window().inner_height().ok().and_then(|height| height.as_f64()).unwrap_or(f64::MAX);
    let goes_over = over > BARS && (above || under + height > window);
    let top = if goes_over { over } else { under } - ground_top;
    let left = (spot.left - ground_left).min(f64::from(ground.offset_width()) - width - GAP).max(GAP);
    for (name, value) in [("top", top), ("left", left)] {
        // These names and values are always accepted.
        let _ = element.style().set_property(name, &((value as i32).to_string() + "px"));
    }
}

/// Where the upper left corner of an element is in the window.
fn corner(element: &HtmlElement) -> (f64, f64) {
    let mut left = -window().page_x_offset().unwrap_or_default();
    let mut top = -window().page_y_offset().unwrap_or_default();
    let mut around = Some(element.clone());
    while let Some(element) = around {
        left += f64::from(element.offset_left());
        top += f64::from(element.offset_top());
        around = element.offset_parent().and_then(|parent| parent.dyn_into().ok());
    }
    (left, top)
}
