//! Listening until one no longer wants to.

use gloo::events::EventListener;
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

    /// Listens to one target and to another.
    pub(crate) fn and(mut self, mut other: Self) -> Self {
        self.0.append(&mut other.0);
        self
    }
}
