//! Preparing a price apart from the one that everybody sees, and publishing it.

mod copy;

use leptos::prelude::*;
use ui::{Banner, Button, ButtonKind, Tone, live};

use super::Pricing;
use crate::copy as words;

pub(super) use copy::ABOUT;

/// The way to a draft, while there is none.
#[component]
pub(super) fn BeginDraft(pricing: Pricing) -> impl IntoView {
    let may = pricing.room.get().may_keep_inside();
    let begin = move |()| {
        pricing.handsel.attempt(async move {
            let Some(room) = pricing.room.room.try_get_value() else { return Ok(()) };
            room.begin_draft().await
        });
    };
    let is_there = Memo::new(move |_| may && !pricing.is_drafting());
    live(move || {
        is_there
            .get()
            .then(|| view! { <Button label=copy::BEGIN icon="lock" kind=ButtonKind::Quiet on_press=begin /> })
    })
}

/// What the draft changes, and what becomes of it. Beside the price that everybody sees it says that there is one.
#[component]
pub(super) fn DraftBanner(pricing: Pricing, is_editing: Signal<bool>) -> impl IntoView {
    let changes = Memo::new(move |_| {
        pricing.changed.track();
        pricing.room.get().draft_changes()
    });
    let waits = Memo::new(move |_| {
        pricing.changed.track();
        pricing.room.get().price_waits()
    });
    let publish = move |()| {
        pricing.handsel.attempt(async move {
            let Some(room) = pricing.room.room.try_get_value() else { return Ok(()) };
            room.publish_draft().await?;
            pricing.handsel.toasts.say(copy::PUBLISHED);
            Ok(())
        });
    };
    let discard = move |()| {
        if pricing.attempt(pricing.room.get().end_draft()).is_none() {
            return;
        }
        // What is made within the banner goes away with it.
        pricing.handsel.attempt(async move {
            let bring_back = move |()| {
                if let Some(room) = pricing.room.room.try_get_value() {
                    pricing.attempt(room.go_on_drafting());
                }
            };
            pricing.handsel.toasts.offer(copy::DISCARDED, words::UNDO, bring_back);
            Ok(())
        });
    };
    live(move || {
        let Some(changes) = changes.get() else {
            let says = waits.get() && is_editing.get();
            return says.then(|| view! { <Banner icon="shield" words=copy::WAITS /> }.into_any());
        };
        if !is_editing.get() {
            return Some(view! { <Banner icon="lock" words=copy::NOT_IN_IT /> }.into_any());
        }
        let publish = (!changes.is_empty()).then(|| {
            view! { <Button label=copy::PUBLISH kind=ButtonKind::Primary on_press=publish /> }
        });
        let banner = view! {
            <Banner tone=Tone::Accent icon="lock" title=copy::TITLE words=copy::changes(changes)>
                {publish}
                <Button label=copy::DISCARD on_press=discard />
            </Banner>
        };
        Some(banner.into_any())
    })
}
