//! Variables in the room's text: how they are shown where they stand, and a dialog for what they stand for.

use editor::Chip;
use leptos::prelude::*;
use session::Room;
use ui::{Banner, Button, ButtonKind, Dialog, Field, Tone, effect, live};

use super::{OpenRoom, copy};
use crate::{copy as words, handsel::use_handsel};

/// Has the variables in the text show what they stand for, as that changes.
pub(super) fn follow(room: OpenRoom) {
    let values = RwSignal::from(room.get().variables());
    effect(move || {
        values.track();
        if room.room.try_get_value().is_some() {
            room.surfaces().iter().for_each(|(_, surface)| surface.redraw_variables());
        }
    });
}

/// How a variable is shown where it stands.
pub(super) fn chip(room: &Room, name: &str) -> Chip {
    let value = room.variable(name);
    Chip { title: value.clone().unwrap_or_else(|| copy::NO_VALUE.to_owned()), value }
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
