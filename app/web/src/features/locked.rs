//! The page for a link or a file that a passphrase opens. It names nothing of the room, since nothing of it is known yet.

mod copy;

use exchange::bundle::{Envelope, OpenError};
use leptos::{ev, prelude::*};
use model::limits;
use session::Problem;
use ui::{Button, ButtonKind, EmptyState, Field};

use super::home::incoming;
use crate::{copy as words, handsel::use_handsel};

/// Asks for the passphrase of an envelope, which came as `what`: "link" or "file".
#[component]
pub(crate) fn Locked(envelope: Envelope, what: &'static str) -> impl IntoView {
    let handsel = use_handsel();
    let envelope = StoredValue::new(envelope);
    let passphrase = RwSignal::new(String::new());
    let wrong = RwSignal::new(None::<&'static str>);
    let opening = RwSignal::new(false);
    let open = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if opening.get_untracked() {
            return;
        }
        wrong.set(None);
        opening.set(true);
        let typed = passphrase.get_untracked();
        browser::timers::spawn(async move {
            let Some(envelope) = envelope.try_get_value() else { return };
            let opened = handsel.rooms().receive(envelope, &typed).await;
            let _ = opening.try_set(false);
            let said = match &opened {
                Err(Problem::Open(OpenError::WrongPassphrase)) => Some(copy::WRONG),
                Err(Problem::Open(OpenError::NeedsPassphrase)) => Some(copy::EMPTY),
                _ => None,
            };
            match (opened, said) {
                (_, Some(_)) => {
                    let _ = wrong.try_set(said);
                }
                (Ok(received), None) => incoming::arrive(handsel, received, what),
                (Err(problem), None) => handsel.refused.set(Some((problem, what))),
            }
        });
    };
    let error = Signal::derive(move || wrong.get().map(str::to_owned));
    let blocked = Signal::derive(move || opening.get().then(|| copy::OPENING.to_owned()));
    let leave = move |()| handsel.locked.set(None);
    view! {
        <main class="page trouble">
            <h1>{copy::locked(what)}</h1>
            <EmptyState icon="lock" line=copy::ASK more=copy::ASK_MORE>
                <form class="unlock" on:submit=open>
                    <Field
                        label=copy::PASSPHRASE
                        value=passphrase
                        kind="password"
                        error
                        autofocus=true
                        max_length=limits::PASSPHRASE_MAX as u32
                    />
                    <div class="unlock-acts">
                        <Button label=copy::OPEN kind=ButtonKind::Primary icon="lock" submit=true blocked />
                        <Button label=words::CANCEL on_press=leave />
                    </div>
                </form>
            </EmptyState>
        </main>
    }
}
