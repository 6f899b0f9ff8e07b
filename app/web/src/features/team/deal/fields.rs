//! All that is known of a deal; and how it is qualified.

use leptos::{ev::Event, prelude::*};
use terms::book::{Field, Kind, Letter, Proof, SCORE_MAX, Score};
use ui::live;

use super::{OpenDeal, copy};
use crate::features::team::fields::RecordField;

/// Those that stand elsewhere on the page.
const ELSEWHERE: [Field; 6] =
    [Field::Name, Field::Contacts, Field::NextStep, Field::NextDay, Field::Process, Field::Room];
/// The card with them.
#[component]
pub(super) fn Fields(open: OpenDeal) -> impl IntoView {
    let fields = Field::of(Kind::Deal).filter(|field| !ELSEWHERE.contains(field));
    view! {
        <section class="card">
            <div class="card-head"><h2>{copy::ABOUT_DEAL}</h2></div>
            <div class="fields">{fields.map(|field| view! { <RecordField team=open.team kind=Kind::Deal id=open.id field record=open.deal /> }).collect_view()}</div>
        </section>
    }
}

/// How the deal is qualified, letter by letter; a score rests on something.
#[component]
pub(super) fn Said(open: OpenDeal) -> impl IntoView {
    let OpenDeal { team, deal, id, .. } = open;
    let row = move |letter: Letter| {
        let score = Memo::new(move |_| {
            deal.with(|deal| {
                deal.iter().flat_map(|deal| &deal.scores).find(|it| it.letter == letter).cloned()
            })
        });
        let words = RwSignal::new(String::new());
        let wanted = RwSignal::new(0u8);
        ui::effect(move || {
            let known = score.get();
            words.set(known.as_ref().map(|it| it.words.clone()).unwrap_or_default());
            wanted.set(known.map_or(0, |it| it.score));
        });
        let lacks = RwSignal::new(false);
        let keep = move || {
            let (value, words) = (wanted.get_untracked(), words.get_untracked().trim().to_owned());
            let known = score.with_untracked(|it| it.as_ref().map(|it| (it.score, it.words.clone())));
            lacks.set(value > 0 && words.is_empty());
            if known.unwrap_or_default() == (value, words.clone()) || lacks.get_untracked() {
                return;
            }
            let score = Score { letter, score: value, proof: Proof::Quote, words };
            team.write(|book| book.score(&id.get_value(), &score));
        };
        let pick = move |event: Event| {
            wanted.set(event_target_value(&event).parse().unwrap_or_default());
            keep();
        };
        let option = move |value: u8| view! { <option value=value.to_string() selected=move || wanted.get() == value>{value}</option> };
        let name = copy::letter(letter);
        view! {
            <li>
                <label><span>{name}</span><select class="input filter" aria-label=name on:change=pick>{(0..=SCORE_MAX).map(option).collect_view()}</select></label>
                {live(move || (wanted.get() > 0).then(|| view! {
                    <input class="input" aria-label=copy::ground_of(name) placeholder=copy::GROUND maxlength="2000" prop:value=words
                        on:input=move |event| words.set(event_target_value(&event)) on:change=move |_| keep() />
                }))}
                {live(move || lacks.get().then(|| view! { <span class="field-error">{copy::GROUND_NEEDED}</span> }))}
            </li>
        }
    };
    let sum = move || {
        let sum: u32 =
            deal.with(|deal| deal.iter().flat_map(|deal| &deal.scores).map(|it| u32::from(it.score)).sum());
        copy::qualified(sum, Letter::ALL.len() as u32 * u32::from(SCORE_MAX))
    };
    view! {
        <details class="card qualification">
            <summary><h2>{copy::QUALIFICATION}</h2><span class="hint">{sum}</span></summary>
            <ul>{Letter::ALL.map(row).collect_view()}</ul>
        </details>
    }
}
