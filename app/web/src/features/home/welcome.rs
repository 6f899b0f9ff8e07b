//! The invitation for whoever has no room yet.

use leptos::{ev, prelude::*};
use session::Start;
use ui::{Button, ButtonKind, ButtonSize, FilePickerButton, Icon};

use super::{Templates, copy, incoming, new_room};
use crate::handsel::use_handsel;

/// What Handsel is, in one line, and the two ways to begin.
#[component]
pub(super) fn Welcome() -> impl IntoView {
    let handsel = use_handsel();
    let pick = move |event: ev::Event| incoming::open_files(handsel, browser::files::picked(&event));
    view! {
        <section class="welcome">
            <div class="welcome-words">
                <h1>{copy::WELCOME}</h1>
                <p class="welcome-lead">{copy::LEAD}</p>
                <div class="welcome-acts">
                    <Button
                        label=copy::NEW_ROOM
                        kind=ButtonKind::Primary
                        size=ButtonSize::Large
                        icon="plus"
                        on_press=move |()| new_room(handsel, Start::Blank)
                    />
                    <Templates />
                </div>
            </div>
            <Sheet />
            <div class="welcome-ways drop-zone">
                <span class="tile" data-size="large"><Icon name="upload" /></span>
                <p class="drop-words"><strong>{copy::WAYS}</strong>{copy::WAYS_MORE}</p>
                <FilePickerButton label=copy::OPEN_FILE icon="file" accept=incoming::ACCEPT on_pick=pick />
            </div>
        </section>
    }
}

/// A picture of what a room is: two people in one text.
#[component]
fn Sheet() -> impl IntoView {
    let line = || view! { <i class="sheet-line"></i> };
    let short = || view! { <i class="sheet-line" data-short=""></i> };
    let said = |words: &'static str, party: &'static str, name: &'static str| {
        view! { <p class="sheet-said">{words}<span class="sheet-caret" data-party=party><b>{name}</b></span></p> }
    };
    view! {
        <div class="welcome-sheet" aria-hidden="true">
            <p class="sheet-title">{copy::SHEET_TITLE}</p>
            {line()} {line()} {short()}
            {said(copy::SHEET_SELLER, "seller", copy::SHEET_SELLER_NAME)}
            {line()} {line()}
            {said(copy::SHEET_BUYER, "buyer", copy::SHEET_BUYER_NAME)}
            {line()} {line()} {short()}
        </div>
    }
}
