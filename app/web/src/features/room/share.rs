//! Sharing a room: one link that carries it whole, or a file.

use leptos::prelude::*;
use model::limits;
use session::Share;
use ui::{Button, ButtonKind, Dialog, DialogSize, Icon, effect, live};

use super::{OpenRoom, copy, outgoing, variables::EmptyVariables};
use crate::{copy as words, handsel::use_handsel};

/// The dialog that makes a link each time it opens.
#[component]
pub(super) fn ShareDialog(room: OpenRoom, open: RwSignal<bool>) -> impl IntoView {
    let handsel = use_handsel();
    let share: RwSignal<Option<Share>> = RwSignal::new(None);
    effect(move || {
        if !open.get() {
            share.set(None);
            return;
        }
        let id = room.get().id();
        browser::timers::spawn(async move {
            match handsel.rooms().share(id).await {
                Ok(made) => {
                    let _ = share.try_set(Some(made));
                }
                Err(problem) => {
                    let _ = open.try_set(false);
                    handsel.tell(&problem);
                }
            }
        });
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
                None => view! { <p class="hint" role="status">{copy::PREPARING}</p> }.into_any(),
                Some(share) => view! { <Ways share /> }.into_any(),
            })}
        </Dialog>
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
