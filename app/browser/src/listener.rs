//! Listening until one no longer wants to.

use gloo::events::{EventListener, EventListenerOptions};
use web_sys::{Event, EventTarget};

/// Something that is being listened to. Dropping it ends that.
#[must_use = "dropping it ends the listening"]
pub struct Listener(Vec<EventListener>);

impl Listener {
    /// Listens to several events of one target. Without a target, nothing ever happens.
    pub(crate) fn on(
        target: Option<impl AsRef<EventTarget>>,
        events: &[&'static str],
        heard: impl Fn(&Event) + Clone + 'static,
    ) -> Self {
        let Some(target) = target else { return Self(Vec::new()) };
        let listen = |event: &&'static str| EventListener::new(target.as_ref(), *event, heard.clone());
        Self(events.iter().map(listen).collect())
    }

    /// Goes on listening for the life of the page.
    pub fn keep(self) {
        for listener in self.0 {
            listener.forget();
        }
    }

    /// Listens to an event whose usual course it may prevent.
    pub(crate) fn objecting(
        target: Option<impl AsRef<EventTarget>>,
        event: &'static str,
        heard: impl Fn(&Event) + 'static,
    ) -> Self {
        let may_prevent = EventListenerOptions::enable_prevent_default();
        let listen = |target: &_| EventListener::new_with_options(target, event, may_prevent, heard);
        Self(target.as_ref().map(AsRef::as_ref).map(listen).into_iter().collect())
    }

    /// Listens to an event on its way to wherever in the target it happens, also to one that does not come back up.
    pub(crate) fn capturing(
        target: Option<impl AsRef<EventTarget>>,
        event: &'static str,
        heard: impl Fn(&Event) + 'static,
    ) -> Self {
        let options = EventListenerOptions::run_in_capture_phase();
        let listen = |target: &_| EventListener::new_with_options(target, event, options, heard);
        Self(target.as_ref().map(AsRef::as_ref).map(listen).into_iter().collect())
    }

    /// Listens to one target and to another.
    pub(crate) fn and(mut self, mut other: Self) -> Self {
        self.0.append(&mut other.0);
        self
    }
}
