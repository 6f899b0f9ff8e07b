//! The page's side of the service worker. What the two say to each other stands at the head of `public/sw.js`.

use std::{
    cell::{Cell, RefCell},
    pin::pin,
    rc::Rc,
};

use futures_channel::oneshot;
use futures_util::future::{Either, select};
use gloo::events::EventListener;
use js_sys::{Array, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    MessageChannel, MessageEvent, RegistrationOptions, ServiceWorkerContainer, ServiceWorkerRegistration,
    ServiceWorkerState, ServiceWorkerUpdateViaCache,
};

use crate::{
    listener::Listener,
    page::{on_visibility_change, reload},
    thrown::{is_there, words},
    timers::{sleep, spawn},
};

/// Keeps the program for the times without a network.
#[derive(Clone)]
pub struct Worker {
    container: ServiceWorkerContainer,
    registration: ServiceWorkerRegistration,
}

/// Registers the service worker that lies beside the page. `None` where the browser has none: in old browsers, in
/// some private windows and without https. The program works there, but only with a network.
///
/// # Errors
/// In words, when the browser would not take it.
pub async fn register() -> Result<Option<Worker>, String> {
    let Some(container) = container() else { return Ok(None) };
    let options = RegistrationOptions::new();
    options.set_update_via_cache(ServiceWorkerUpdateViaCache::None);
    let registered = JsFuture::from(container.register_with_options("./sw.js", &options)).await;
    let registration = registered.map_err(|thrown| words(&thrown))?;
    Ok(Some(Worker { container, registration: registration.unchecked_into() }))
}

fn container() -> Option<ServiceWorkerContainer> {
    let window = web_sys::window().filter(|window| window.is_secure_context())?;
    Some(window.navigator().service_worker()).filter(is_there)
}

impl Worker {
    /// Calls `ready` whenever a newer version waits to take over, now or later.
    pub fn on_update_ready(&self, ready: impl Fn() + Clone + 'static) -> Listener {
        if self.registration.waiting().is_some() {
            ready();
        }
        let watched = Rc::new(RefCell::new(self.watch_installing(ready.clone())));
        let worker = self.clone();
        Listener::on(Some(&self.registration), &["updatefound"], move |_| {
            *watched.borrow_mut() = worker.watch_installing(ready.clone());
        })
    }

    /// A first installation takes over at once and is no update: then nothing controls the page yet.
    fn watch_installing(&self, ready: impl Fn() + 'static) -> Option<EventListener> {
        let installing = self.registration.installing()?;
        let (container, worker) = (self.container.clone(), installing.clone());
        Some(EventListener::new(&installing, "statechange", move |_| {
            if worker.state() == ServiceWorkerState::Installed && container.controller().is_some() {
                ready();
            }
        }))
    }

    /// Lets the waiting version take over, and loads the page anew once it has. Finish all writing first. When
    /// none is waiting, as when another tab was faster, the page is loaded anew at once.
    pub fn activate_update(&self) {
        let Some(waiting) = self.registration.waiting() else { return reload() };
        EventListener::once(&self.container, "controllerchange", |_| reload()).forget();
        let _ = waiting.post_message(&message("activate"));
    }

    /// Looks for a newer version each time the page comes into sight: installed apps are seldom closed, and would
    /// else not hear of one for weeks.
    pub fn check_when_visible(&self) -> Listener {
        let worker = self.clone();
        on_visibility_change(move |visible| {
            if visible {
                worker.check();
            }
        })
    }

    /// Looks for a newer version now. Without a network nothing happens.
    pub fn check(&self) {
        let asked = self.registration.update();
        spawn(async {
            if let Ok(asked) = asked {
                let _ = JsFuture::from(asked).await;
            }
        });
    }

    /// Calls `changed` when another tab has let a newer version take over.
    pub fn on_taken_over(&self, changed: impl Fn() + Clone + 'static) -> Listener {
        // The very first worker takes over pages that had none, which changes nothing for them.
        let controlled = Rc::new(Cell::new(self.container.controller().is_some()));
        Listener::on(Some(&self.container), &["controllerchange"], move |_| {
            if controlled.replace(true) {
                changed();
            }
        })
    }

    /// The name of the build that serves this page.
    pub async fn build(&self) -> Option<String> {
        /// An older worker may not know the question. In milliseconds.
        const ANSWER_WAIT: u32 = 2_000;
        let worker = self.container.controller()?;
        let ports = MessageChannel::new().ok()?;
        let (sender, answer) = oneshot::channel();
        let sender = Cell::new(Some(sender));
        let _listener = EventListener::new(&ports.port1(), "message", move |event| {
            let data = event.dyn_ref::<MessageEvent>().map(MessageEvent::data).unwrap_or_default();
            let id = Reflect::get(&data, &"id".into()).ok().and_then(|id| id.as_string());
            if let Some(sender) = sender.take() {
                let _ = sender.send(id);
            }
        });
        ports.port1().start();
        worker.post_message_with_transferable(&message("build"), &Array::of1(&ports.port2())).ok()?;
        match select(answer, pin!(sleep(ANSWER_WAIT))).await {
            Either::Left((answered, _)) => answered.ok().flatten(),
            Either::Right(_) => None,
        }
    }
}

fn message(kind: &str) -> JsValue {
    let message = Object::new();
    // Setting a field of a plain object of our own cannot fail.
    let _ = Reflect::set(&message, &"type".into(), &kind.into());
    message.into()
}
