//! The bar with what is looked for.

use leptos::{ev::KeyboardEvent, prelude::*};
use ui::{Button, ButtonKind, Icon, live};

use super::{Count, Finder};
use crate::{copy as words, features::room::copy};

/// The bar, while it is open.
#[component]
pub(in crate::features::room) fn FindBar(finder: Finder) -> impl IntoView {
    view! { {live(move || finder.open.get().then(|| view! { <OpenBar finder /> }))} }
}

#[component]
fn OpenBar(finder: Finder) -> impl IntoView {
    let escape = move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            event.prevent_default();
            finder.close();
        }
    };
    let find_key = move |event: KeyboardEvent| {
        if event.key() == "Enter" && !event.is_composing() {
            event.prevent_default();
            finder.go(!event.shift_key());
        }
    };
    let blocked = move || (finder.count.get().all == 0).then(|| copy::FOUND_NOTHING.to_owned());
    let turn = move |state: RwSignal<bool>, label: &'static str, icon: &'static str| {
        let press = move |()| state.update(|state| *state = !*state);
        view! { <Button label icon icon_only=true kind=ButtonKind::Quiet pressed=state on_press=press /> }
    };
    let step = move |label: &'static str, icon: &'static str, keys: &'static str, forward: bool| {
        let press = move |()| finder.go(forward);
        view! {
            <Button label icon icon_only=true kind=ButtonKind::Quiet shortcut=keys.to_owned()
                blocked=Signal::derive(blocked) on_press=press />
        }
    };
    view! {
        <div class="find-place">
            <section class="find" role="search" aria-label=copy::FIND on:keydown=escape>
                {turn(finder.replaces, copy::REPLACE_TOO, "swap")}
                <div class="find-field">
                    <Icon name="search" />
                    <input
                        class="input"
                        type="text"
                        autocomplete="off"
                        spellcheck="false"
                        maxlength="200"
                        node_ref=finder.field
                        aria-label=copy::FIND_WORDS
                        placeholder=copy::FIND_WORDS
                        prop:value=finder.words
                        on:input=move |event| finder.words.set(event_target_value(&event))
                        on:focus=move |_| finder.note_origin()
                        on:keydown=find_key
                    />
                    <span class="find-count" role="status">{live(move || counted(finder))}</span>
                </div>
                {live(move || finder.replaces.get().then(|| view! { <Others finder /> }))}
                <div class="find-tools">
                    {turn(finder.match_case, copy::MATCH_CASE, "case")}
                    {turn(finder.whole_words, copy::WHOLE_WORDS, "word")}
                    {step(copy::PREVIOUS_MATCH, "up", "Shift+Enter", false)}
                    {step(copy::NEXT_MATCH, "down", "Enter", true)}
                    <Button label=words::CLOSE icon="x" icon_only=true kind=ButtonKind::Quiet shortcut="Esc".to_owned()
                        on_press=move |()| finder.close() />
                </div>
            </section>
        </div>
    }
}

/// The field for other words, and what puts them in.
#[component]
fn Others(finder: Finder) -> impl IntoView {
    let key = move |event: KeyboardEvent| {
        if event.key() == "Enter" && !event.is_composing() {
            event.prevent_default();
            finder.replace();
        }
    };
    let blocked =
        Signal::derive(move || (finder.count.get().all == 0).then(|| copy::FOUND_NOTHING.to_owned()));
    view! {
        <input
            class="input find-others"
            type="text"
            autocomplete="off"
            maxlength="200"
            aria-label=copy::REPLACE_WITH
            placeholder=copy::REPLACE_WITH
            prop:value=finder.others
            on:input=move |event| finder.others.set(event_target_value(&event))
            on:keydown=key
        />
        <div class="find-acts">
            <Button label=copy::REPLACE blocked on_press=move |()| finder.replace() />
            <Button label=copy::REPLACE_ALL blocked on_press=move |()| finder.replace_all() />
        </div>
    }
}

fn counted(finder: Finder) -> String {
    let Count { at, all } = finder.count.get();
    if finder.words.with(String::is_empty) { String::new() } else { copy::found(at, all) }
}
