//! Closing deals: won, lost for a reason, or without a decision.

use leptos::prelude::*;
use terms::book::{Field, Place};
use ui::{Button, ButtonKind, Dialog, DialogSize, Field as TextField, effect};

use super::{Team, called, copy, pipeline::distinct};
use crate::copy as words;

/// Deals that are to be closed, and how.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Closing {
    pub(super) ids: Vec<String>,
    pub(super) to: Place,
}

/// Asks why, and of a lost deal to whom. No decision is an outcome of its own, and never counts as lost.
#[component]
pub(super) fn ClosingDialog(team: Team, closing: RwSignal<Option<Closing>>) -> impl IntoView {
    let open = RwSignal::new(false);
    let (reason, competitor) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let is_missing = RwSignal::new(false);
    effect(move || {
        if closing.with(Option::is_some) {
            reason.set(String::new());
            competitor.set(String::new());
            is_missing.set(false);
            open.set(true);
        }
    });
    effect(move || {
        if !open.get() {
            closing.set(None);
        }
    });
    let to = move || closing.with(|it| it.as_ref().map_or(Place::Won, |it| it.to.clone()));
    let title = Signal::derive(move || copy::close_title(&to()).to_owned());
    let what = move || {
        closing.with(|it| {
            let it = it.as_ref()?;
            match it.ids.as_slice() {
                [id] => team.look(|book| book.deals().get(id).map(|deal| called(deal).to_owned())),
                all => Some(copy::deals(all.len())),
            }
        })
    };
    let close = move |()| {
        let Some(Closing { ids, to }) = closing.get_untracked() else { return };
        let (reason, competitor) = (reason.get_untracked(), competitor.get_untracked());
        if to == Place::Lost && reason.trim().is_empty() {
            return is_missing.set(true);
        }
        let said = copy::closed(&what().unwrap_or_default(), &to);
        let competitor = if to == Place::Lost { competitor } else { String::new() };
        team.handsel.attempt(async move {
            let Some(book) = team.book.try_get_value() else { return Ok(()) };
            book.move_deals(&ids, &to, &reason, &competitor).await?;
            if team.book.try_get_value().is_some() {
                team.say_with_undo(said);
                open.set(false);
            }
            Ok(())
        });
    };
    let footer = move || {
        view! {
            <Button label=words::CANCEL on_press=move |()| open.set(false) />
            <Button label=Signal::derive(move || copy::close_act(&to()).to_owned()) kind=ButtonKind::Primary on_press=close />
        }
    };
    let error = Signal::derive(move || is_missing.get().then(|| copy::REASON_NEEDED.to_owned()));
    view! {
        <Dialog open title close_label=words::CLOSE size=DialogSize::Small footer>
            <p><strong>{what}</strong></p>
            {move || {
                let is_lost = to() == Place::Lost;
                let label = if is_lost { copy::REASON } else { copy::REASON_OPTIONAL };
                let competitors = is_lost.then(|| {
                    let known = distinct(team, Field::Competitors).into_iter().map(|it| view! { <option value=it></option> });
                    view! {
                        <label class="field">
                            <span class="label">{copy::COMPETITOR}</span>
                            <input class="input" list="competitors" aria-label=copy::COMPETITOR maxlength="2000" prop:value=competitor on:input=move |event| competitor.set(event_target_value(&event)) />
                            <span class="hint">{copy::COMPETITOR_HINT}</span>
                        </label>
                        <datalist id="competitors">{known.collect_view()}</datalist>
                    }
                });
                view! {
                    <TextField label value=reason error multiline=true max_length=2000 autofocus=true />
                    {competitors}
                }
            }}
        </Dialog>
    }
}
