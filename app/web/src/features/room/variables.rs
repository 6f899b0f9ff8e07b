//! Variables in the room's text: set off where they stand, and a dialog for what they stand for.

use std::{ops::Range, rc::Rc};

use browser::timers;
use leptos::prelude::*;
use ui::{Banner, Button, ButtonKind, Dialog, Field, Tone, effect, live};

use super::{OpenRoom, copy};
use crate::{copy as words, handsel::use_handsel};

/// Variables are set off after this many milliseconds.
const LOOK_MS: u32 = 150;
/// Names under which style sheets give variables a look: those with a value, and those without.
const KNOWN: &str = "variable";
const UNKNOWN: &str = "variable-empty";

/// Has the variables in the text set off, as the text and their values change.
pub(super) fn set_off(room: OpenRoom) {
    let values = RwSignal::from(room.get().variables());
    let waiting = StoredValue::new(false);
    let soon = move || {
        if waiting.try_get_value() != Some(false) {
            return;
        }
        waiting.set_value(true);
        timers::spawn(async move {
            timers::sleep(LOOK_MS).await;
            if waiting.try_set_value(false).is_none() {
                look(room);
            }
        });
    };
    room.on_text_changed(Rc::new(move |_| soon()));
    effect(move || {
        values.track();
        soon();
    });
}

fn look(room: OpenRoom) {
    let Some(open) = room.room.try_get_value() else { return };
    let values = open.variables().get_untracked();
    for (_, surface) in room.surfaces() {
        let found = text::variables(&surface.document());
        let of = |known: bool| -> Vec<Range<usize>> {
            let found = found.iter().filter(|variable| values.contains_key(&variable.name) == known);
            found.map(|variable| variable.range.clone()).collect()
        };
        surface.highlight(KNOWN, &of(true));
        surface.highlight(UNKNOWN, &of(false));
    }
}

/// The names of those that are used and have no value.
fn empty(room: OpenRoom) -> Vec<String> {
    let open = room.get();
    let values = open.variables().get_untracked();
    let mut names = open.used_variables().unwrap_or_default();
    names.retain(|name| !values.contains_key(name));
    names
}

/// The dialog with a field for each variable that the text uses.
#[component]
pub(super) fn VariablesDialog(room: OpenRoom, open: RwSignal<bool>) -> impl IntoView {
    let done = move || view! { <Button label=copy::DONE kind=ButtonKind::Primary on_press=move |()| open.set(false) /> };
    view! {
        <Dialog open title=copy::VARIABLES close_label=words::CLOSE footer=done>
            {fields(room)}
        </Dialog>
    }
}

fn fields(room: OpenRoom) -> AnyView {
    let handsel = use_handsel();
    let names = room.get().used_variables().unwrap_or_default();
    if names.is_empty() {
        return view! { <p class="hint">{copy::NO_VARIABLES}</p> }.into_any();
    }
    let values = room.get().variables().get_untracked();
    let field = move |name: String| {
        let value = RwSignal::new(values.get(&name).cloned().unwrap_or_default());
        let label = name.clone();
        let commit = move |()| {
            if let Err(problem) = room.get().set_variable(&name, &value.get_untracked()) {
                handsel.tell(&problem);
            }
        };
        view! { <Field label value max_length=200 placeholder=copy::NO_VALUE on_commit=commit /> }
    };
    view! {
        <p class="hint">{copy::VARIABLES_HINT}</p>
        {names.into_iter().map(field).collect_view()}
    }
    .into_any()
}

/// Tells before sharing which variables have no value. It is no wall.
#[component]
pub(super) fn EmptyVariables(room: OpenRoom, open: RwSignal<bool>) -> impl IntoView {
    live(move || {
        let names = if open.get() { empty(room) } else { Vec::new() };
        (!names.is_empty()).then(|| view! { <Banner tone=Tone::Warn words=copy::without_value(&names) /> })
    })
}
