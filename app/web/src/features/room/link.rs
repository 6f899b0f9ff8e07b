//! Setting a link on words.

use leptos::{ev, prelude::*};
use ui::{Button, ButtonKind, Dialog, DialogSize, Field, effect};

use super::copy;
use crate::copy as words;

/// The dialog for an address. `set` gets the address, or nothing to take the link away; `has` says whether there is one
/// to take away.
#[component]
pub(super) fn LinkDialog(
    open: RwSignal<bool>,
    address: RwSignal<String>,
    has: RwSignal<bool>,
    #[prop(into)] set: Callback<Option<String>>,
) -> impl IntoView {
    let wrong = RwSignal::new(None::<String>);
    effect(move || {
        address.track();
        wrong.set(None);
    });
    let accept = move || match complete(&address.get_untracked()) {
        Some(address) => {
            open.set(false);
            set.run(Some(address));
        }
        None => wrong.set(Some(copy::ADDRESS_WRONG.to_owned())),
    };
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        accept();
    };
    let remove = move |()| {
        open.set(false);
        set.run(None);
    };
    let footer = move || {
        let go = move |()| {
            if let Some(address) = complete(&address.get_untracked()) {
                browser::view::open_elsewhere(&address);
            }
        };
        let remove = has.get_untracked().then(|| {
            view! {
                <Button label=copy::OPEN_LINK on_press=go />
                <Button label=copy::REMOVE_LINK on_press=remove />
            }
        });
        view! {
            {remove}
            <Button label=copy::SET_LINK kind=ButtonKind::Primary on_press=move |()| accept() />
        }
    };
    view! {
        <Dialog open title=copy::LINK close_label=words::CLOSE size=DialogSize::Small footer>
            <form on:submit=submit novalidate>
                <Field
                    label=copy::ADDRESS
                    value=address
                    kind="url"
                    hint=copy::ADDRESS_HINT
                    error=wrong
                    autofocus=true
                />
            </form>
        </Dialog>
    }
}

/// What a person wrote as a whole address: a bare name is a web page, something with an `@` a mailbox.
fn complete(written: &str) -> Option<String> {
    let written = written.trim();
    if written.is_empty() || written.contains(char::is_whitespace) {
        return None;
    }
    if editor::followable(written) {
        return Some(written.to_owned());
    }
    let has_scheme = written.split(['/', '.', '@']).next().is_some_and(|head| head.contains(':'));
    let whole = match (has_scheme, written.contains('@')) {
        (true, _) => return None,
        (false, true) => format!("mailto:{written}"),
        (false, false) => format!("https://{written}"),
    };
    editor::followable(&whole).then_some(whole)
}
