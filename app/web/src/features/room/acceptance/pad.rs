//! A field to draw a signature on. What is drawn is kept in units of the field, so turning the phone keeps it.

use leptos::{ev::PointerEvent, prelude::*, wasm_bindgen::JsCast, web_sys::Element};
use session::deal::{Drawing, Point};
use ui::{Button, ButtonKind, ButtonSize};

use super::copy;

/// The field, with a line to sign on, and what takes strokes back.
#[component]
pub(super) fn Pad(drawing: RwSignal<Drawing>) -> impl IntoView {
    let is_down = StoredValue::new(None::<i32>);
    let begin = move |event: PointerEvent| {
        let Some((field, point)) =
            place(&event).filter(|_| event.button() == 0 && is_down.get_value().is_none())
        else {
            return;
        };
        event.prevent_default();
        // Without it the stroke ends where the field does.
        let _ = field.set_pointer_capture(event.pointer_id());
        is_down.set_value(Some(event.pointer_id()));
        drawing.update(|drawing| drawing.begin(point));
    };
    let go_on = move |event: PointerEvent| {
        if is_down.get_value() != Some(event.pointer_id()) {
            return;
        }
        if let Some((_, point)) = place(&event) {
            drawing.maybe_update(|drawing| drawing.draw_to(point));
        }
    };
    let end = move |event: PointerEvent| {
        if is_down.get_value() == Some(event.pointer_id()) {
            is_down.set_value(None);
        }
    };
    let path = move || drawing.with(Drawing::path);
    let is_empty =
        Signal::derive(move || drawing.with(Drawing::is_empty).then(|| copy::SIGNATURE_NEEDED.to_owned()));
    view! {
        <div class="pad">
            <svg
                viewBox="0 0 3000 1000"
                role="img"
                aria-label=copy::PAD
                on:pointerdown=begin
                on:pointermove=go_on
                on:pointerup=end
                on:pointercancel=end
            >
                <path class="pad-line" d="M200 780H2800" />
                <path d=path />
            </svg>
            <div class="pad-acts">
                <Button label=copy::UNDO icon="undo" kind=ButtonKind::Quiet size=ButtonSize::Small blocked=is_empty on_press=move |()| drawing.update(Drawing::undo) />
                <Button label=copy::CLEAR icon="x" kind=ButtonKind::Quiet size=ButtonSize::Small blocked=is_empty on_press=move |()| drawing.set(Drawing::default()) />
            </div>
        </div>
    }
}

/// The field, and where on it a pointer is.
fn place(event: &PointerEvent) -> Option<(Element, Point)> {
    let field: Element = event.current_target()?.dyn_into().ok()?;
    let bounds = field.get_bounding_client_rect();
    let part = |at: i32, from: f64, size: f64, units: u16| {
        let share = if size > 0.0 { (f64::from(at) - from) / size } else { 0.0 };
        (share.clamp(0.0, 1.0) * f64::from(units)).round() as u16
    };
    let x = part(event.client_x(), bounds.left(), bounds.width(), Drawing::WIDTH);
    let y = part(event.client_y(), bounds.top(), bounds.height(), Drawing::HEIGHT);
    Some((field, [x, y]))
}
