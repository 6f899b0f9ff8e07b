//! The tools beside the image that is chosen, and the dialog for the words instead of it.

use browser::files;
use editor::{CaretState, Surface};
use leptos::{
    ev, html,
    prelude::*,
    wasm_bindgen::JsCast as _,
    web_sys::{FocusEvent, HtmlElement, Node},
};
use text::{Block, Image, Intent, Unit, Width};
use ui::{
    Button, ButtonKind, ButtonSize, Dialog, DialogSize, Field, Float, Spot, Toolbar, ToolbarRule, effect,
};

use super::{
    OpenRoom,
    beside::spot,
    copy,
    images::{self, Gallery},
};
use crate::{copy as words, handsel::use_handsel};

/// The state of these tools, and the way to bring images in.
#[derive(Clone, Copy)]
pub(super) struct ImageTools {
    pub(super) gallery: Gallery,
    /// Where the chosen image is, while the tools are wanted.
    at: RwSignal<Option<Spot>>,
    /// The chosen image.
    chosen: RwSignal<Option<Image>>,
    /// The keyboard is in the tools.
    entered: RwSignal<bool>,
    describing: RwSignal<bool>,
    /// Whether what is picked goes in the place of the chosen image.
    replacing: RwSignal<bool>,
    picker: NodeRef<html::Input>,
    bar: NodeRef<html::Div>,
}

impl ImageTools {
    pub(super) fn new() -> Self {
        Self {
            gallery: Gallery::new(),
            at: RwSignal::new(None),
            chosen: RwSignal::new(None),
            entered: RwSignal::new(false),
            describing: RwSignal::new(false),
            replacing: RwSignal::new(false),
            picker: NodeRef::new(),
            bar: NodeRef::new(),
        }
    }

    /// Follows the selection.
    pub(super) fn follow(self, surface: &Surface, caret: &CaretState) {
        let wanted = caret.focused || self.entered.get_untracked() || self.describing.get_untracked();
        let image = match &caret.format {
            Some(format) if wanted && caret.selection.is_caret() => match &format.block {
                Block::Image(image) => Some(image.clone()),
                _ => None,
            },
            _ => None,
        };
        let at = image.as_ref().and_then(|_| surface.bounds(caret.selection.range())).map(|it| spot(&it));
        if self.chosen.with_untracked(|old| *old != image) {
            self.chosen.set(image);
        }
        if self.at.get_untracked() != at {
            self.at.set(at);
        }
    }

    /// A key in the text. Answers whether it led into the tools.
    pub(super) fn key(self, key: &str) -> bool {
        let is_shown = self.at.get_untracked().is_some();
        key == "Tab" && is_shown && self.bar.get_untracked().is_some_and(|bar| focus_first(&bar))
    }

    /// Asks for files that become images at the caret, or for one in the place of the chosen image.
    pub(super) fn pick(self, replacing: bool) {
        self.replacing.set(replacing);
        if let Some(picker) = self.picker.get_untracked() {
            picker.set_multiple(!replacing);
            picker.click();
        }
    }

    fn refresh(self, room: OpenRoom) {
        if let Some(surface) = room.surface() {
            self.follow(&surface, &surface.caret());
        }
    }
}

fn focus_first(bar: &HtmlElement) -> bool {
    let stop = bar.query_selector("button[tabindex=\"0\"], button").ok().flatten();
    let stop = stop.and_then(|stop| stop.dyn_into::<HtmlElement>().ok());
    stop.is_some_and(|stop| stop.focus().is_ok())
}

/// The tools themselves.
#[component]
pub(super) fn ImageToolbar(room: OpenRoom, tools: ImageTools) -> impl IntoView {
    let handsel = use_handsel();
    let picked = move |event: ev::Event| {
        let mut files = files::picked(&event);
        match files.pop() {
            Some(file) if tools.replacing.get_untracked() => {
                images::replace(handsel, room, tools.gallery, file);
            }
            last => {
                files.extend(last);
                images::insert(handsel, room, tools.gallery, files, images::refuse);
            }
        }
    };
    let chosen = tools.chosen;
    let described =
        Memo::new(move |_| chosen.with(|image| image.as_ref().is_some_and(|image| !image.alt.is_empty())));
    let describe = Signal::derive(move || {
        if described.get() { copy::CHANGE_DESCRIPTION } else { copy::DESCRIBE }.to_owned()
    });
    let width = move |width: Width, label: &'static str| {
        let pressed = Signal::derive(move || {
            chosen.with(|image| image.as_ref().is_some_and(|image| image.width == width))
        });
        let press = move |()| {
            images::change(room, |image| Image { width, ..image });
            request_animation_frame(move || tools.refresh(room));
        };
        view! { <Button label kind=ButtonKind::Quiet size=ButtonSize::Small pressed on_press=press /> }
            .into_any()
    };
    let delete = move |()| {
        room.act(Intent::Delete { unit: Unit::Grapheme, forward: true });
    };
    let enter = move |_: FocusEvent| tools.entered.set(true);
    let leave = move |event: FocusEvent| {
        let goes_to = event.related_target().and_then(|target| target.dyn_into::<Node>().ok());
        let stays = tools.bar.get_untracked().is_some_and(|bar| bar.contains(goes_to.as_ref()));
        tools.entered.set(stays);
        if !stays {
            tools.refresh(room);
        }
    };
    let resized = window_event_listener(ev::resize, move |_| tools.refresh(room));
    on_cleanup(move || resized.remove());
    let escape = move |event: ev::KeyboardEvent| {
        if let ("Escape", Some(surface)) = (event.key().as_str(), room.surface()) {
            event.prevent_default();
            surface.focus();
        }
    };
    view! {
        <input
            type="file"
            hidden=""
            aria-label=copy::CHOOSE_IMAGE
            accept=images::ACCEPT
            node_ref=tools.picker
            on:change=picked
        />
        <Float at=tools.at above=true>
            <div class="image-tools" node_ref=tools.bar on:focusin=enter on:focusout=leave on:keydown=escape>
                <Toolbar label=copy::IMAGE>
                        <Button
                            label=describe
                            kind=ButtonKind::Quiet
                            size=ButtonSize::Small
                            icon="text"
                            on_press=move |()| tools.describing.set(true)
                        />
                    <ToolbarRule />
                    {width(Width::Small, copy::WIDTH_SMALL)}
                    {width(Width::Half, copy::WIDTH_HALF)}
                    {width(Width::Full, copy::WIDTH_FULL)}
                    <ToolbarRule />
                    <Button
                        label=copy::REPLACE_IMAGE
                        kind=ButtonKind::Quiet
                        size=ButtonSize::Small
                        icon="swap"
                        icon_only=true
                        on_press=move |()| tools.pick(true)
                    />
                    <Button
                        label=copy::DELETE_IMAGE
                        kind=ButtonKind::Quiet
                        size=ButtonSize::Small
                        icon="trash"
                        icon_only=true
                        on_press=delete
                    />
                </Toolbar>
            </div>
        </Float>
        <Description room tools />
    }
}

/// The dialog for the words instead of the chosen image.
#[component]
fn Description(room: OpenRoom, tools: ImageTools) -> impl IntoView {
    let open = tools.describing;
    let alt = RwSignal::new(String::new());
    effect(move || {
        if open.get() {
            let now = tools.chosen.with_untracked(|image| image.as_ref().map(|image| image.alt.clone()));
            alt.set(now.unwrap_or_default());
        }
    });
    let accept = move || {
        open.set(false);
        images::change(room, |image| image.described(&alt.get_untracked()));
        request_animation_frame(move || tools.refresh(room));
    };
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        accept();
    };
    let footer = move || {
        view! {
            <Button label=words::CANCEL on_press=move |()| open.set(false) />
            <Button label=copy::SET_DESCRIPTION kind=ButtonKind::Primary on_press=move |()| accept() />
        }
    };
    view! {
        <Dialog open title=copy::DESCRIPTION_TITLE close_label=words::CLOSE size=DialogSize::Small footer>
            <form on:submit=submit>
                <Field
                    label=copy::DESCRIPTION
                    value=alt
                    hint=copy::DESCRIPTION_HINT
                    max_length=model::limits::ALT_MAX as u32
                    autofocus=true
                />
            </form>
        </Dialog>
    }
}
