//! Sharing a room: for whom and what they may do, then one link that carries it whole, or a file.

use leptos::{ev, prelude::*};
use model::{Right, limits};
use session::{Share, Terms};
use ui::{Button, ButtonKind, Dialog, DialogSize, Field, Icon, effect, live};

use super::{OpenRoom, copy, given_links::GivenLinks, outgoing, variables::EmptyVariables};
use crate::{
    copy as words,
    handsel::{Handsel, use_handsel},
};

/// What a link may allow.
const RIGHTS: [Right; 3] = [Right::View, Right::Edit, Right::Own];

/// After how many days a link may end; 0 is never.
const ENDS: [u64; 4] = [0, 7, 30, 90];

const DAY_MS: u64 = 24 * 60 * 60 * 1_000;

/// The dialog that makes a link. Whoever owns the room says on which terms; others pass on the link by which they came.
#[component]
pub(super) fn ShareDialog(room: OpenRoom, open: RwSignal<bool>) -> impl IntoView {
    let handsel = use_handsel();
    let share: RwSignal<Option<Share>> = RwSignal::new(None);
    let gives = move || room.get().has_rights() && room.get().is_owner();
    effect(move || {
        if !open.get() {
            share.set(None);
        } else if !gives() {
            make(handsel, room, share, Terms::of(Right::Edit));
        }
    });
    let done = move || view! { <Button label=copy::DONE on_press=move |()| open.set(false) /> };
    view! {
        <Dialog
            open
            title=copy::SHARE_TITLE
            close_label=words::CLOSE
            size=DialogSize::Wide
            limit=copy::LIMIT
            footer=done
        >
            <EmptyVariables room open />
            {live(move || match share.get() {
                Some(share) => view! { <Ways share /> }.into_any(),
                None if open.get() && gives() => view! { <TermsForm room share /> }.into_any(),
                None => view! { <p class="hint" role="status">{copy::PREPARING}</p> }.into_any(),
            })}
            {live(move || (open.get() && gives()).then(|| view! { <GivenLinks room share /> }))}
        </Dialog>
    }
}

/// Makes a link on these terms.
fn make(handsel: Handsel, room: OpenRoom, share: RwSignal<Option<Share>>, terms: Terms) {
    let id = room.get().id();
    browser::timers::spawn(async move {
        match handsel.rooms().share(id, Some(&terms)).await {
            Ok(made) => {
                let _ = share.try_set(Some(made));
            }
            Err(problem) => handsel.tell(&problem),
        }
    });
}

/// For whom the link is, what it allows, and until when.
#[component]
fn TermsForm(room: OpenRoom, share: RwSignal<Option<Share>>) -> impl IntoView {
    let handsel = use_handsel();
    let name = RwSignal::new(String::new());
    let right = RwSignal::new(Right::Edit);
    let ends = RwSignal::new(0);
    let choice = |of: Right| {
        view! {
            <label class="choice">
                <input
                    type="radio"
                    name="share-right"
                    aria-label=copy::right(of)
                    aria-description=copy::right_more(of)
                    checked=of == Right::Edit
                    on:change=move |_| right.set(of)
                />
                <span class="choice-name">{copy::right(of)}</span>
                <span class="choice-more">{copy::right_more(of)}</span>
            </label>
        }
        .into_any()
    };
    let end =
        |days: &u64| view! { <option value=days.to_string()>{copy::ends_after(*days)}</option> }.into_any();
    let pick_end = move |event: ev::Event| ends.set(event_target_value(&event).parse().unwrap_or_default());
    let make_it = move |()| {
        let days: u64 = ends.get_untracked();
        let expires = (days > 0).then(|| browser::clock::now_ms() + days * DAY_MS);
        make(
            handsel,
            room,
            share,
            Terms { right: right.get_untracked(), name: name.get_untracked(), expires },
        );
    };
    view! {
        <div class="share-terms">
            <Field label=copy::FOR_WHOM optional=copy::OPTIONAL value=name max_length=limits::NAME_MAX as u32 />
            <fieldset class="choices">
                <legend>{copy::MAY}</legend>
                {RIGHTS.into_iter().map(choice).collect::<Vec<_>>()}
            </fieldset>
            <label class="share-end">
                <span>{copy::ENDS}</span>
                <select class="input" on:change=pick_end>{ENDS.iter().map(end).collect::<Vec<_>>()}</select>
            </label>
            <Button label=copy::MAKE_LINK kind=ButtonKind::Primary icon="link" on_press=make_it />
        </div>
    }
}

#[component]
fn Ways(share: Share) -> impl IntoView {
    let handsel = use_handsel();
    let link =
        share.fragment.as_ref().map(|fragment| format!("{}#{fragment}", browser::page::base_address()));
    let by_link = match link.filter(|link| link.len() <= limits::LINK_MAX) {
        None => view! { <p class="hint">{copy::TOO_LONG}</p> }.into_any(),
        Some(link) => {
            let hint = if link.len() > limits::LINK_MAIL_MAX {
                format!("{} {}", copy::LINK_HINT, copy::LINK_LONG_FOR_MAIL)
            } else {
                copy::LINK_HINT.to_owned()
            };
            view! { <ByLink link hint /> }.into_any()
        }
    };
    let save = move |()| outgoing::save_share(handsel, &share);
    view! {
        {by_link}
        <ul class="share-ways">
            <li>
                <span class="tile"><Icon name="box" /></span>
                <p class="share-way-words"><strong>{copy::FILE_TITLE}</strong><span>{copy::FILE_MORE}</span></p>
                <Button label=words::SAVE_ROOM_FILE icon="download" on_press=save />
            </li>
        </ul>
    }
}

#[component]
fn ByLink(link: String, hint: String) -> impl IntoView {
    let handsel = use_handsel();
    let shown = link.clone();
    let copy_link = move |()| {
        let link = link.clone();
        browser::timers::spawn(async move {
            let copied = browser::clipboard::copy_text(&link).await;
            handsel.toasts.say(if copied { copy::COPIED } else { copy::NOT_COPIED });
        });
    };
    view! {
        <div class="share-box">
            <div class="share-link">
                <input class="input" readonly aria-label=copy::LINK value=shown on:focus=|event| browser::view::select_all(&event) />
                <Button label=copy::COPY_LINK kind=ButtonKind::Primary icon="link" on_press=copy_link />
            </div>
            <p class="hint">{hint}</p>
        </div>
    }
}
