//! What happens when the program stops on a mistake of its own.

use std::panic::{PanicHookInfo, set_hook};

use wasm_bindgen::JsValue;
use web_sys::{CustomEvent, CustomEventInit};

/// From now on a panic is written to the console and told to the page as the event `handsel-crash` on `window`, with
/// the message as its detail. The program cannot show anything any more by then; the page's own script does.
pub fn report_panics() {
    set_hook(Box::new(tell));
}

fn tell(info: &PanicHookInfo<'_>) {
    let message = JsValue::from_str(&info.to_string());
    web_sys::console::error_1(&message);
    let about = CustomEventInit::new();
    about.set_detail(&message);
    if let (Some(window), Ok(event)) =
        (web_sys::window(), CustomEvent::new_with_event_init_dict("handsel-crash", &about))
    {
        let _ = window.dispatch_event(&event);
    }
}
