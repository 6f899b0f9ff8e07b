//! Naming somebody while one writes a comment: an `@` offers the people of the room.

use browser::view::folded;
use leptos::{ev, prelude::*, wasm_bindgen::JsCast, web_sys::HtmlTextAreaElement};
use session::Addressee;
use ui::{Avatar, Party, effect, live};

use super::{Comments, copy};

/// So many people are offered at once.
const OFFERED: usize = 6;
/// Longer words behind an `@` name nobody. In UTF-16 units.
const LONGEST: usize = 60;

/// The people that are offered while somebody writes. Copies are the same.
#[derive(Clone, Copy)]
pub(super) struct Naming {
    comments: Comments,
    text: RwSignal<String>,
    offered: RwSignal<Vec<Addressee>>,
    at: RwSignal<usize>,
    /// Where the `@` stands, in UTF-16 units.
    from: StoredValue<usize>,
    list: StoredValue<String>,
    field: StoredValue<Option<HtmlTextAreaElement>, LocalStorage>,
}

impl Naming {
    pub(super) fn new(comments: Comments, text: RwSignal<String>) -> Self {
        let naming = Self {
            comments,
            text,
            offered: RwSignal::new(Vec::new()),
            at: RwSignal::new(0),
            from: StoredValue::new(0),
            list: StoredValue::new(ui::unique_id("naming")),
            field: StoredValue::new_local(None),
        };
        // A screen reader hears which one would be taken.
        effect(move || {
            let (is_open, at) = (naming.offered.with(|all| !all.is_empty()), naming.at.get());
            let Some(field) = naming.field.get_value() else { return };
            let told =
                [("aria-controls", naming.list.get_value()), ("aria-activedescendant", naming.option(at))];
            for (name, value) in told {
                // An attribute that is refused is not told.
                let _ =
                    if is_open { field.set_attribute(name, &value) } else { field.remove_attribute(name) };
            }
        });
        naming
    }

    fn option(self, at: usize) -> String {
        format!("{}-{at}", self.list.get_value())
    }

    /// Something was written: looks whether it names somebody.
    pub(super) fn written(self, event: &ev::Event) {
        let field = event.target().and_then(|target| target.dyn_into::<HtmlTextAreaElement>().ok());
        let Some(field) = field else { return };
        let offered = self.look(&field).unwrap_or_default();
        self.field.set_value(Some(field));
        self.at.set(0);
        if self.offered.with_untracked(|old| *old != offered) {
            self.offered.set(offered);
        }
    }

    /// Those whose name begins, in one of its words, with what stands between an `@` and the caret.
    fn look(self, field: &HtmlTextAreaElement) -> Option<Vec<Addressee>> {
        let caret = field.selection_start().ok().flatten()? as usize;
        let units: Vec<u16> = field.value().encode_utf16().take(caret).collect();
        let from = units.iter().rposition(|unit| *unit == u16::from(b'@'))?;
        let before = String::from_utf16_lossy(&units[..from]);
        let typed = &units[from + 1..];
        let begins = !before.chars().next_back().is_some_and(char::is_alphanumeric);
        if !begins || typed.len() > LONGEST || typed.contains(&u16::from(b'\n')) {
            return None;
        }
        self.from.set_value(from);
        let typed = folded(&String::from_utf16_lossy(typed));
        let is_meant = |it: &Addressee| {
            let name = folded(&it.name);
            name.starts_with(&typed) || name.split(' ').any(|word| word.starts_with(&typed))
        };
        Some(self.comments.room.get().addressees().into_iter().filter(is_meant).take(OFFERED).collect())
    }

    /// A key while people are offered. Answers whether it was for them.
    pub(super) fn key(self, event: &ev::KeyboardEvent) -> bool {
        let count = self.offered.with_untracked(Vec::len);
        let is_plain = !(event.ctrl_key() || event.meta_key() || event.alt_key() || event.is_composing());
        if count == 0 || !is_plain {
            return false;
        }
        match event.key().as_str() {
            "ArrowDown" => self.at.update(|at| *at = (*at + 1) % count),
            "ArrowUp" => self.at.update(|at| *at = (*at + count - 1) % count),
            "Enter" | "Tab" if !event.shift_key() => self.pick(self.at.get_untracked()),
            "Escape" => self.offered.set(Vec::new()),
            _ => return false,
        }
        event.prevent_default();
        true
    }

    /// Nobody is offered any more. Also where the field has just left the page, which takes the keyboard from it.
    pub(super) fn close(self) {
        if self.offered.try_with_untracked(|offered| !offered.is_empty()) == Some(true) {
            self.offered.set(Vec::new());
        }
    }

    /// Writes somebody's name in place of what was typed of it.
    fn pick(self, at: usize) {
        let name = self.offered.with_untracked(|offered| offered.get(at).map(|it| it.name.clone()));
        let (Some(name), Some(field)) = (name, self.field.get_value()) else { return };
        let units: Vec<u16> = field.value().encode_utf16().collect();
        let caret = field.selection_start().ok().flatten().unwrap_or_default() as usize;
        let (from, caret) = (self.from.get_value().min(units.len()), caret.min(units.len()));
        let before = String::from_utf16_lossy(&units[..from]) + "@" + &name + " ";
        let behind = String::from_utf16_lossy(&units[caret.max(from)..]);
        let to = before.encode_utf16().count() as u32;
        let whole = before + &behind;
        field.set_value(&whole);
        self.text.set(whole);
        self.close();
        // Where the caret cannot be set it stands at the end.
        let _ = field.focus();
        let _ = field.set_selection_range(to, to);
    }
}

/// The list below the field.
#[component]
pub(super) fn NamingList(naming: Naming) -> impl IntoView {
    live(move || {
        let offered = naming.offered.get();
        let option = |(at, it): (usize, Addressee)| {
            let party = if it.owns { Party::Seller } else { Party::Buyer };
            let side = if it.owns { copy::OF_SELLER } else { copy::OF_BUYER };
            view! {
                <li
                    id=naming.option(at)
                    role="option"
                    aria-selected=move || if naming.at.get() == at { "true" } else { "false" }
                    on:click=move |event| {
                        event.stop_propagation();
                        naming.pick(at);
                    }
                >
                    <span aria-hidden="true"><Avatar name=it.name.clone() party small=true /></span>
                    <strong>{it.name.clone()}</strong>
                    <span class="hint">{side}</span>
                </li>
            }
        };
        (!offered.is_empty()).then(|| {
            view! {
                <ul
                    class="naming"
                    id=naming.list.get_value()
                    role="listbox"
                    aria-label=copy::PEOPLE
                    on:mousedown=move |event| event.prevent_default()
                >
                    {offered.into_iter().enumerate().map(option).collect_view()}
                </ul>
            }
        })
    })
}
