//! The sections of a draft, with what was picked for each and why.

use insight::proposal::{Picked, Section};
use leptos::{ev::Event, prelude::*};
use ui::{Button, ButtonKind, ButtonSize, live};

use super::{
    super::library::{fits, reason},
    copy,
    proposal::Drafting,
};
use crate::copy as words;

/// The sections, in order.
#[component]
pub(super) fn Sections(drafting: Drafting) -> impl IntoView {
    let count = Memo::new(move |_| drafting.draft.with(|it| it.sections.len()));
    let card = move |at: usize| {
        let section = Memo::new(move |_| drafting.draft.with(|it| it.sections.get(at).cloned()));
        live(move || section.get().map(|section| view! { <SectionCard drafting at section /> }))
    };
    let cards = live(move || (0..count.get()).map(card).collect_view());
    let add = move |()| {
        drafting.putting.set(Some(drafting.draft.with_untracked(|it| it.sections.len())));
    };
    view! {
        {cards}
        <div><Button label=copy::NEW_SECTION icon="plus" kind=ButtonKind::Quiet on_press=add /></div>
    }
}

#[component]
fn SectionCard(drafting: Drafting, at: usize, section: Section) -> impl IntoView {
    let (heading, label, value) = (section.heading.clone(), section.heading.clone(), section.heading.clone());
    let rename = move |event: Event| {
        let to = event_target_value(&event).trim().to_owned();
        drafting.draft.update(|draft| {
            if let Some(section) = draft.sections.get_mut(at) {
                section.heading = to;
            }
        });
    };
    let put = copy::put_into(&section.heading);
    view! {
        <section class="card" aria-label=label>
            <h2 class="visually-hidden">{heading}</h2>
            <input class="input draft-heading" aria-label=copy::HEADING maxlength="200" prop:value=value on:change=rename />
            <ul class="worth">{section.picked.into_iter().map(|picked| row(drafting, picked)).collect_view()}</ul>
            <div>
                <button type="button" class="button" data-kind="quiet" data-size="small" aria-label=put on:click=move |_| drafting.putting.set(Some(at))>
                    <ui::Icon name="plus" /><span class="label">{copy::PUT_IN}</span>
                </button>
            </div>
        </section>
    }
}

fn row(drafting: Drafting, picked: Picked) -> AnyView {
    let Picked { nugget, title, text, reasons } = picked;
    let fitting = fits(&reasons).map(|fits| view! { <li>{fits}</li> });
    let told = reasons.iter().filter_map(|it| reason(it, browser::clock::day));
    let told = told.map(|told| view! { <li>{told}</li> }).collect_view();
    let by_hand = reasons.is_empty().then(|| view! { <li>{copy::BY_HAND}</li> });
    let label = copy::take_out_of(&title);
    let said = copy::taken_out(&title);
    let take = move |()| {
        let before = drafting.draft.get_untracked();
        drafting.draft.update(|draft| draft.take_out(&nugget));
        let back = move |()| drop(drafting.draft.try_set(before.clone()));
        drafting.asking.team.handsel.toasts.offer(said.clone(), words::UNDO, back);
    };
    view! {
        <li>
            <div class="worth-head"><strong>{title}</strong></div>
            <div>
                <ul class="worth-why">{fitting}{told}{by_hand}</ul>
                <p class="draft-text">{text}</p>
            </div>
            <Button label size=ButtonSize::Small kind=ButtonKind::Quiet icon="x" icon_only=true on_press=take />
        </li>
    }
    .into_any()
}
