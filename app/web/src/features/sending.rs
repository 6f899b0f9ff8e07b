//! Ways to hand over a link beside copying it: a draft of an e-mail, and a QR code.

mod copy;

use exchange::parcel;
use leptos::prelude::*;
use model::limits;
use ui::{Button, ButtonKind, LinkButton, live};

use crate::handsel::Handsel;

/// What a draft tells of.
#[derive(Debug, Clone, Default)]
pub(crate) struct Letter {
    /// The room's title; empty where it is not known.
    pub(crate) title: String,
    /// Whether it goes back to whom it came from.
    pub(crate) is_reply: bool,
    /// Whether a passphrase is needed.
    pub(crate) locked: bool,
}

/// The acts below a link. A draft has the link in it where that is short enough; else `save` gives its writer the file to be
/// attached, at the same moment.
#[component]
pub(crate) fn SendActs(link: Option<String>, letter: Letter, save: Option<Callback<()>>) -> impl IntoView {
    let short = link.clone().filter(|link| link.len() <= limits::LINK_DRAFT_MAX);
    let with_file = short.is_none();
    let draft = (short.is_some() || save.is_some()).then(|| {
        let (subject, body) = copy::draft(&letter, short.as_deref(), &browser::page::base_address());
        let address = browser::page::draft_address(&subject, &body);
        let attach = move |_| {
            if let Some(save) = save.filter(|_| with_file) {
                save.run(());
            }
        };
        let label = if with_file { copy::WRITE_MAIL_WITH_FILE } else { copy::WRITE_MAIL };
        view! { <span on:click=attach><LinkButton label href=address kind=ButtonKind::Quiet icon="mail" /></span> }
    });
    let shown = RwSignal::new(false);
    let has_link = link.is_some();
    let toggle = has_link.then(|| {
        let label = Signal::derive(move || if shown.get() { copy::HIDE_CODE } else { copy::SHOW_CODE }.to_owned());
        view! { <Button label kind=ButtonKind::Quiet icon="qr" on_press=move |()| shown.update(|it| *it = !*it) /> }
    });
    let code = live(move || {
        let text = link.clone().filter(|_| shown.get())?;
        Some(view! { <QrCode text alt=copy::CODE_OF_LINK /> })
    });
    view! {
        <div class="send-acts">{draft}{toggle}</div>
        {code}
    }
}

/// A text as a QR code, dark on light in every theme. Where it is too long for one, it says so.
#[component]
pub(crate) fn QrCode(
    text: String,
    /// What it is, for those who do not see it.
    alt: &'static str,
) -> impl IntoView {
    let address = RwSignal::new(None::<String>);
    let said = RwSignal::new(copy::DRAWING);
    if text.len() > limits::CODE_MAX {
        said.set(copy::TOO_LONG_FOR_CODE);
    } else {
        browser::timers::spawn(async move {
            let answer = browser::reader::ask(&parcel::code_question(&text)).await;
            match answer.ok().and_then(parcel::drawn) {
                Some(drawn) => drop(address.try_set(Some(drawn))),
                None => drop(said.try_set(copy::NOT_DRAWN)),
            }
        });
    }
    live(move || match address.get() {
        Some(address) => view! { <img class="qr" src=address alt=alt /> }.into_any(),
        None => view! { <p class="hint" role="status">{said.get()}</p> }.into_any(),
    })
}

/// Copies a text, and says whether the browser let it.
pub(crate) fn copy_text(handsel: Handsel, text: String, copied: &'static str, not_copied: &'static str) {
    browser::timers::spawn(async move {
        let is_copied = browser::clipboard::copy_text(&text).await;
        handsel.toasts.say(if is_copied { copied } else { not_copied });
    });
}

/// A text to be copied, in a line of its own, with the act that does so.
#[component]
pub(crate) fn CopyField(
    label: &'static str,
    act: &'static str,
    icon: &'static str,
    text: String,
    copy_it: Callback<()>,
) -> impl IntoView {
    view! {
        <div class="share-link">
            <input class="input" readonly aria-label=label value=text on:focus=|event| browser::view::select_all(&event) />
            <Button label=act kind=ButtonKind::Primary icon on_press=copy_it />
        </div>
    }
}
