//! Which tab leads in something that one of them does for all: a lock that the browser gives to one tab at a time.

use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::AbortController;

/// A place in the line for a lead, or the lead itself. Dropping it hands the lead on.
#[must_use = "dropping it hands the lead on"]
pub struct Lead {
    abort: Option<AbortController>,
    /// Lets the browser have the lock back.
    release: Option<Function>,
    _granted: Option<Closure<dyn FnMut(JsValue) -> Promise>>,
}

impl Drop for Lead {
    fn drop(&mut self) {
        // Whoever still waits no longer does; whoever leads already is not disturbed by it.
        if let Some(abort) = &self.abort {
            abort.abort();
        }
        if let Some(release) = &self.release {
            let _ = release.call0(&JsValue::UNDEFINED);
        }
    }
}

/// Stands in line to lead in what is called `name`; `begin` is called once this tab does. Where the browser has no locks
/// (Safari before 15.4, pages that are not secure), every tab leads at once.
pub fn lead(name: &str, begin: impl FnOnce() + 'static) -> Lead {
    match (locks(), AbortController::new()) {
        (Some((locks, request)), Ok(abort)) => stand_in_line(&locks, &request, abort, name, begin),
        _ => {
            begin();
            Lead { abort: None, release: None, _granted: None }
        }
    }
}

/// `navigator.locks` and its `request` (W3C Web Locks API), for which web-sys has no stable types.
fn locks() -> Option<(JsValue, Function)> {
    let navigator = web_sys::window()?.navigator();
    let locks = Reflect::get(&navigator, &"locks".into()).ok()?;
    let request = Reflect::get(&locks, &"request".into()).ok()?.dyn_into().ok()?;
    Some((locks, request))
}

fn stand_in_line(
    locks: &JsValue,
    request: &Function,
    abort: AbortController,
    name: &str,
    begin: impl FnOnce() + 'static,
) -> Lead {
    let mut release = None;
    // The lock is held until this is kept.
    let held = Promise::new(&mut |resolve, _| release = Some(resolve));
    let mut begin = Some(begin);
    let granted = Closure::<dyn FnMut(JsValue) -> Promise>::new(move |_| {
        if let Some(begin) = begin.take() {
            begin();
        }
        held.clone()
    });
    let options = Object::new();
    let _ = Reflect::set(&options, &"signal".into(), &abort.signal());
    let asked = request.call3(locks, &name.into(), &options, granted.as_ref());
    // Leaving the line makes the request fail, which is what was wanted.
    if let Ok(Ok(asked)) = asked.map(JsCast::dyn_into::<Promise>) {
        wasm_bindgen_futures::spawn_local(async move { drop(JsFuture::from(asked).await) });
    }
    Lead { abort: Some(abort), release, _granted: Some(granted) }
}
