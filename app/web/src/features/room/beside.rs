//! What stands beside the caret: tools at a selection and at an image, the menu behind a slash, where a link leads.

use editor::{CaretState, Surface};
use leptos::prelude::*;
use ui::Spot;
use web_sys::DomRect;

use super::{
    OpenRoom,
    comments::Comments,
    image_tools::{ImageToolbar, ImageTools},
    link_card::{LinkAtHand, LinkCard},
    selection_tools::{SelectionToolbar, SelectionTools},
    slash::{SlashList, SlashMenu},
};

/// Where something in a text is, for what stands beside it.
pub(super) fn spot(bounds: &DomRect) -> Spot {
    Spot { left: bounds.left(), top: bounds.top(), bottom: bounds.bottom() }
}

/// All of it; copies are the same.
#[derive(Clone, Copy)]
pub(super) struct Beside {
    pub(super) slash: SlashMenu,
    tools: SelectionTools,
    link: LinkCard,
    pub(super) images: ImageTools,
    /// What a screen reader is to say of the caret and of others.
    pub(super) said: RwSignal<String>,
}

impl Beside {
    pub(super) fn new(said: RwSignal<String>) -> Self {
        let images = ImageTools::new();
        let (tools, link) = (SelectionTools::new(), LinkCard::new());
        Self { slash: SlashMenu::new(images), tools, link, images, said }
    }

    /// The caret moved, or what is set at it changed.
    pub(super) fn follow(self, surface: &Surface, caret: &CaretState) {
        self.slash.follow(surface, false);
        self.tools.follow(surface, caret);
        self.link.follow(surface, caret);
        self.images.follow(surface, caret);
    }

    /// A button of the mouse goes down on the paper.
    pub(super) fn press(self) {
        self.tools.press();
    }
}

/// The views of all of it.
#[component]
pub(super) fn BesideCaret(
    room: OpenRoom,
    beside: Beside,
    caret: RwSignal<CaretState>,
    asks_link: RwSignal<bool>,
    comments: Comments,
) -> impl IntoView {
    view! {
        <SelectionToolbar room tools=beside.tools caret asks_link comments />
        <LinkAtHand room card=beside.link asks_link />
        <ImageToolbar room tools=beside.images />
        <SlashList room menu=beside.slash />
        <p class="visually-hidden" role="status">{beside.said}</p>
    }
}
