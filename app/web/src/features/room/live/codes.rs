//! Two browsers that connect without a server, by two codes that people pass to each other.

use browser::clock;
use leptos::prelude::*;
use session::Reach;
use ui::{Button, Field, effect, live};

use super::{act, copy, folded};
use crate::{
    features::{
        room::OpenRoom,
        sending::{CopyField, QrCode, copy_text},
    },
    handsel::use_handsel,
};

/// A code that asks counts for so long, in milliseconds; then there is a new one.
const CODE_MS: u64 = 10 * 60 * 1_000;

/// Makes codes and takes them.
#[component]
pub(super) fn Codes(room: OpenRoom) -> impl IntoView {
    let code = RwSignal::from(room.get().code());
    // One of an earlier time may have ended.
    code.set(None);
    let state = RwSignal::from(room.get().live());
    // What is said while there is no code to show.
    let wait: RwSignal<Option<&'static str>> = RwSignal::new(None);
    let theirs = RwSignal::new(String::new());
    let made_at = RwSignal::new(0);
    let now = RwSignal::new(clock::now_ms());
    effect(move || {
        if code.with(|code| matches!(code, Some(Ok(code)) if !code.is_answer)) {
            made_at.set(clock::now_ms());
        }
    });
    let ticking =
        set_interval_with_handle(move || now.set(clock::now_ms()), std::time::Duration::from_secs(1));
    on_cleanup(move || {
        if let Ok(ticking) = ticking {
            ticking.clear();
        }
    });
    let is_connected = move || state.with(|live| live.peers > 0 && live.reach == Reach::InStep);
    // A code that has ended gives way to a new one, while the dialog is open and nobody has come.
    effect(move || {
        let made = made_at.get();
        if wait.get_untracked().is_some() && made > 0 && now.get() >= made + CODE_MS && !is_connected() {
            made_at.set(0);
            room.get().invite();
        }
    });
    let make = move |()| {
        wait.set(Some(copy::MAKING));
        room.get().invite();
    };
    let use_it = move |()| {
        wait.set(Some(copy::CONNECTING));
        room.get().meet(&theirs.get_untracked());
    };
    let error = Signal::derive(move || {
        code.with(|code| Some(copy::bad_code((*code.as_ref()?).as_ref().err().copied()?).to_owned()))
    });
    let left = Memo::new(move |_| (made_at.get() + CODE_MS).saturating_sub(now.get()) / 1_000);
    let mine = live(move || {
        if is_connected() {
            return None;
        }
        match code.get() {
            Some(Ok(code)) => {
                let hint = if code.is_answer { copy::SEND_ANSWER } else { copy::SEND_CODE };
                let left = (!code.is_answer)
                    .then(|| view! { <p class="hint">{move || copy::minutes_left(left.get())}</p> });
                Some(view! { <Mine text=code.text hint />{left} }.into_any())
            }
            None if wait.get().is_some() => {
                Some(view! { <p class="hint" role="status">{wait.get()}</p> }.into_any())
            }
            _ => Some(act(copy::MAKE_CODE, "swap", make)),
        }
    });
    let inside = view! {
        {mine}
        <Field label=copy::THEIR_CODE value=theirs multiline=true error max_length=4000 />
        <Button label=copy::USE_CODE icon="check" on_press=use_it />
    };
    folded(copy::CODES, copy::CODES_MORE, false, inside.into_any())
}

/// A code to pass on.
#[component]
fn Mine(text: String, hint: &'static str) -> impl IntoView {
    let handsel = use_handsel();
    let (shown, drawn) = (text.clone(), text.clone());
    let copy_it = Callback::new(move |()| copy_text(handsel, text.clone(), copy::COPIED, copy::NOT_COPIED));
    view! {
        <div class="share-box">
            <CopyField label=copy::YOUR_CODE act=copy::COPY_CODE icon="copy" text=shown copy_it />
            <p class="hint">{hint}</p>
            <QrCode text=drawn alt=copy::CODE_DRAWN />
        </div>
    }
}
