//! The links that were given out, ending one, and new keys for the room.

use leptos::prelude::*;
use session::{GivenLink, Share};
use ui::{Button, ButtonKind, ButtonSize, effect, live};

use super::{OpenRoom, copy};
use crate::handsel::use_handsel;

/// All links that the owners of a room gave out. They are read anew when `share` is made.
#[component]
pub(super) fn GivenLinks(room: OpenRoom, share: RwSignal<Option<Share>>) -> impl IntoView {
    let links = RwSignal::new(Vec::new());
    let ended = RwSignal::new(0);
    effect(move || {
        share.track();
        ended.track();
        // The newest stands first.
        let all: Vec<GivenLink> = room.get().links().into_iter().rev().collect();
        links.set(all);
    });
    let handsel = use_handsel();
    let renew = move |()| {
        handsel.attempt(async move {
            room.get().renew_keys().await?;
            let _ = ended.try_update(|count| *count += 1);
            handsel.toasts.say(copy::KEYS_RENEWED);
            Ok(())
        });
    };
    let row = move |link: GivenLink| view! { <GivenRow room link ended /> }.into_any();
    live(move || {
        let links = links.get();
        (!links.is_empty()).then(|| {
            view! {
                <section class="given-links">
                    <h3>{copy::GIVEN_LINKS}</h3>
                    <ul>{links.into_iter().map(row).collect::<Vec<_>>()}</ul>
                    <p class="given-keys">
                        <span>{copy::NEW_KEYS_ABOUT}</span>
                        <Button label=copy::NEW_KEYS size=ButtonSize::Small icon="lock" on_press=renew />
                    </p>
                </section>
            }
        })
    })
}

#[component]
fn GivenRow(
    room: OpenRoom,
    link: GivenLink,
    /// Counts those that were ended.
    ended: RwSignal<usize>,
) -> impl IntoView {
    let handsel = use_handsel();
    let name = if link.name.is_empty() { copy::NOBODY_NAMED.to_owned() } else { link.name.clone() };
    let about = copy::about_link(&link, browser::clock::now_ms(), browser::clock::date);
    let label = copy::revoke(&name);
    let forked = link.forked.then(|| view! { <span class="given-forked">{copy::FORKED}</span> });
    let revoke = move |()| {
        handsel.attempt(async move {
            room.get().revoke(link.link).await?;
            let _ = ended.try_update(|count| *count += 1);
            handsel.toasts.say(copy::REVOKED);
            Ok(())
        });
    };
    let act = link.holds.then(|| {
        view! {
            <Button label kind=ButtonKind::Quiet size=ButtonSize::Small icon="trash" icon_only=true on_press=revoke />
        }
    });
    view! {
        <li data-ended=(!link.holds).then_some("")>
            <p><strong>{name}</strong><span>{about}</span>{forked}</p>
            {act}
        </li>
    }
}
