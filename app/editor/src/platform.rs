//! What we need to know of the machine: where the shortcut key is, and how its keyboard composes.

use web_sys::{KeyboardEvent, Window};

/// The two facts about the machine that change what a key or a composition means.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Platform {
    /// Shortcuts are made with Command; Control moves the caret.
    pub(crate) apple: bool,
    /// The screen keyboard composes every word, so a composition is ordinary typing.
    pub(crate) android: bool,
}

impl Platform {
    /// Reads the browser's description of itself.
    pub(crate) fn of(window: &Window) -> Self {
        let agent = window.navigator().user_agent().unwrap_or_default();
        Self {
            apple: ["Macintosh", "iPhone", "iPad"].iter().any(|name| agent.contains(name)),
            android: agent.contains("Android"),
        }
    }

    /// Whether the shortcut key, and not the other one, is down.
    pub(crate) fn shortcut(self, key: &KeyboardEvent) -> bool {
        if self.apple { key.meta_key() && !key.ctrl_key() } else { key.ctrl_key() && !key.meta_key() }
    }
}

/// Whether the key that makes shortcuts on this machine is down, and not the other one: Command on Apple's machines,
/// else Control.
pub fn is_shortcut(key: &KeyboardEvent) -> bool {
    web_sys::window().is_some_and(|window| Platform::of(&window).shortcut(key))
}
