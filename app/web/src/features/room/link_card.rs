//! Where a link leads, beside the link that the caret is in. For the hand on the mouse: keyboards have the dialog.

use std::sync::Arc;

use editor::{CaretState, Surface};
use leptos::prelude::*;
use text::Intent;
use ui::{Float, Icon, Spot};

use super::{OpenRoom, beside::spot, copy};

/// The link that the caret is in, and where it stands.
#[derive(Clone, Copy)]
pub(super) struct LinkCard(RwSignal<Option<(Spot, Arc<str>)>>);

impl LinkCard {
    pub(super) fn new() -> Self {
        Self(RwSignal::new(None))
    }

    /// Follows the caret.
    pub(super) fn follow(self, surface: &Surface, caret: &CaretState) {
        let link = caret.marks.link.clone().filter(|_| caret.focused && caret.selection.is_caret());
        let shown = link.and_then(|link| {
            let head = caret.selection.head;
            Some((spot(&surface.bounds(head..head)?), link))
        });
        // While one types in a link the card stays where it is.
        let same = |old: &Option<(Spot, Arc<str>)>| match (old, &shown) {
            (Some((_, old)), Some((_, new))) => old == new,
            (old, new) => old.is_none() && new.is_none(),
        };
        if !self.0.with_untracked(same) {
            self.0.set(shown);
        }
    }
}

/// The card itself.
#[component]
pub(super) fn LinkAtHand(room: OpenRoom, card: LinkCard, asks_link: RwSignal<bool>) -> impl IntoView {
    let at = Signal::derive(move || card.0.with(|shown| shown.as_ref().map(|(spot, _)| *spot)));
    let address = move || card.0.with(|shown| shown.as_ref().map(|(_, link)| link.to_string()));
    let button = move |label: &'static str, icon: &'static str, press: Box<dyn Fn()>| {
        view! {
            <button class="button" type="button" tabindex="-1" data-kind="quiet" data-size="small" data-icon-only="" title=label on:click=move |_| press()>
                <Icon name=icon />
            </button>
        }
        .into_any()
    };
    let open = move || {
        if let Some(address) = address().filter(|address| editor::followable(address)) {
            browser::view::open_elsewhere(&address);
        }
    };
    view! {
        <Float at>
            <div class="link-card" aria-hidden="true" on:mousedown=move |event| event.prevent_default()>
                <span class="address">{address}</span>
                {button(copy::OPEN_LINK, "up-right", Box::new(open))}
                {button(copy::EDIT_LINK, "pen", Box::new(move || asks_link.set(true)))}
                {button(copy::REMOVE_LINK, "trash", Box::new(move || room.act(Intent::Link(None))))}
            </div>
        </Float>
    }
}
