//! Moving the focus inside a part of the page.

use std::sync::atomic::{AtomicU32, Ordering};

use leptos::{
    prelude::document,
    wasm_bindgen::JsCast,
    web_sys::{Element, HtmlElement},
};

/// A name no other element of this page carries, for `id` and the attributes that point at it.
pub fn unique_id(stem: &str) -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    let mut id = stem.to_owned();
    id.push('-');
    id.push_str(&number.to_string());
    id
}

/// The buttons inside `root` that can take the focus, in reading order.
pub(crate) fn live_buttons(root: &Element) -> Vec<HtmlElement> {
    let found = root.get_elements_by_tag_name("button");
    (0..found.length())
        .filter_map(|index| found.item(index)?.dyn_into::<HtmlElement>().ok())
        .filter(|button| !button.has_attribute("disabled") && button.offset_parent().is_some())
        .collect()
}

/// The place in `list` of the element that has the focus.
pub(crate) fn focused_in(list: &[HtmlElement]) -> Option<usize> {
    let focused = document().active_element()?;
    list.iter().position(|it| it.is_same_node(Some(&focused)))
}

/// Gives the focus to `element`; one that has gone in the meantime is let be.
pub(crate) fn focus(element: &HtmlElement) {
    let _ = element.focus();
}

/// Focuses the first element inside `root` that matches `selector`, and says whether there was one.
pub(crate) fn focus_first(root: &Element, selector: &str) -> bool {
    match root.query_selector(selector).ok().flatten().and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
        Some(element) => {
            focus(&element);
            true
        }
        None => false,
    }
}

/// Where an arrow, Home or End key leads in a row of `count` things, round at both ends. `None` for other keys.
pub(crate) fn step(key: &str, back: &str, forward: &str, at: Option<usize>, count: usize) -> Option<usize> {
    if count == 0 {
        return None;
    }
    let last = count - 1;
    if key == forward {
        Some(at.map_or(0, |at| if at >= last { 0 } else { at + 1 }))
    } else if key == back {
        Some(at.map_or(last, |at| if at == 0 { last } else { at - 1 }))
    } else {
        match key {
            "Home" => Some(0),
            "End" => Some(last),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{step, unique_id};

    #[test]
    fn arrows_go_round_at_both_ends() {
        let down = |at, count| step("ArrowDown", "ArrowUp", "ArrowDown", at, count);
        let up = |at, count| step("ArrowUp", "ArrowUp", "ArrowDown", at, count);
        assert_eq!(down(Some(0), 3), Some(1));
        assert_eq!(down(Some(2), 3), Some(0));
        assert_eq!(down(None, 3), Some(0));
        assert_eq!(up(Some(0), 3), Some(2));
        assert_eq!(up(None, 3), Some(2));
        assert_eq!(down(Some(7), 3), Some(0), "a list that shrank starts again");
    }

    #[test]
    fn home_and_end_reach_the_ends_and_other_keys_stay() {
        assert_eq!(step("Home", "ArrowUp", "ArrowDown", Some(1), 3), Some(0));
        assert_eq!(step("End", "ArrowUp", "ArrowDown", Some(1), 3), Some(2));
        assert_eq!(step("x", "ArrowUp", "ArrowDown", Some(1), 3), None);
        assert_eq!(step("End", "ArrowUp", "ArrowDown", None, 0), None, "an empty list leads nowhere");
    }

    #[test]
    fn ids_differ() {
        assert_ne!(unique_id("menu"), unique_id("menu"));
    }
}
