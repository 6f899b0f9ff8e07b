//! Last words of a closing tab, in `localStorage`: the only store that takes something while a page is going away,
//! since its writes need no waiting. Where the browser refuses it, the words are lost, as they were without it.

use web_sys::Storage;

fn storage() -> Option<Storage> {
    web_sys::window().and_then(|window| window.local_storage().ok().flatten())
}

/// Keeps `text` under `name`; nothing when it is empty.
pub fn put(name: &str, text: &str) {
    if let Some(storage) = storage() {
        // A full store keeps what it had; nothing more can be done while the page goes away.
        let _ = if text.is_empty() { storage.remove_item(name) } else { storage.set_item(name, text) };
    }
}

/// Takes out everything kept under names that begin with `prefix`.
pub fn take_all(prefix: &str) -> Vec<String> {
    let Some(storage) = storage() else { return Vec::new() };
    let count = storage.length().unwrap_or(0);
    let names: Vec<String> = (0..count).filter_map(|idx| storage.key(idx).ok().flatten()).collect();
    let mut texts = Vec::new();
    for name in names.iter().filter(|name| name.starts_with(prefix)) {
        texts.extend(storage.get_item(name).ok().flatten());
        let _ = storage.remove_item(name);
    }
    texts
}
