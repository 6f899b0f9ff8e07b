//! All that is known of a deal, each field written in where it stands; and how it is qualified.

use leptos::{ev::Event, prelude::*};
use terms::book::{Field, Holds, Kind, Letter, Proof, SCORE_MAX, Score, Value};
use ui::live;

use super::{OpenDeal, copy};
use crate::features::team::{Team, new_deal::account_names, pipeline::distinct, table::read};

/// Those that stand elsewhere on the page.
const ELSEWHERE: [Field; 6] =
    [Field::Name, Field::Contacts, Field::NextStep, Field::NextDay, Field::Process, Field::Room];
/// Those whose values are offered again.
const REPEATED: [Field; 8] = [
    Field::Owner,
    Field::Products,
    Field::Segment,
    Field::Industry,
    Field::Application,
    Field::Region,
    Field::Competitors,
    Field::Source,
];

/// The card with them.
#[component]
pub(super) fn Fields(open: OpenDeal) -> impl IntoView {
    let fields = Field::of(Kind::Deal).filter(|field| !ELSEWHERE.contains(field));
    view! {
        <section class="card">
            <div class="card-head"><h2>{copy::ABOUT_DEAL}</h2></div>
            <div class="fields">{fields.map(|field| view! { <FieldOf open field /> }).collect_view()}</div>
        </section>
    }
}

/// A field as the reader's language writes it, for writing in.
fn written(team: Team, value: Option<&Value>, field: Field) -> String {
    match value {
        None | Some(Value::Contacts(_)) => String::new(),
        Some(Value::Text(text)) if field.holds() == Holds::Account => team.book.with_value(|book| {
            book.accounts().get(text).map(|it| it.text(Field::Name).to_owned()).unwrap_or_default()
        }),
        Some(Value::Text(text)) => text.clone(),
        Some(Value::Number(number)) => browser::figures::number(&number.to_string(), 0),
        Some(Value::Currency(currency)) => currency.code().to_owned(),
        Some(Value::Day(day)) => day.to_string(),
        Some(Value::List(texts)) => texts.join(", "),
    }
}

#[component]
fn FieldOf(open: OpenDeal, field: Field) -> impl IntoView {
    let OpenDeal { team, deal, id, .. } = open;
    let text = Memo::new(move |_| {
        team.changed.track();
        deal.with(|deal| written(team, deal.as_ref().and_then(|it| it.get(field)), field))
    });
    let is_wrong = RwSignal::new(false);
    let keep = move |event: Event| {
        let typed = event_target_value(&event).trim().to_owned();
        is_wrong.set(false);
        if typed == text.get_untracked() {
            return;
        }
        let value = match (typed.is_empty(), field.holds()) {
            (true, _) => Some(None),
            (false, Holds::Account) => {
                return super::super::accounts::give_account(team, &id.get_value(), &typed);
            }
            (false, _) => read(field, typed).map(Some),
        };
        match value {
            Some(value) => {
                team.write(|book| book.edit(Kind::Deal, &[id.get_value()], &[(field, value)]));
            }
            None => is_wrong.set(true),
        }
    };
    let label = copy::field(field);
    let kind = if field.holds() == Holds::Day { "date" } else { "text" };
    let list = REPEATED.contains(&field) || field.holds() == Holds::Account;
    let list_id = format!("known-{}", field.name());
    let known = {
        let list_id = list_id.clone();
        move || {
            list.then(|| {
                let all = if field.holds() == Holds::Account { account_names(team) } else { distinct(team, field) };
                view! { <datalist id=list_id.clone()>{all.into_iter().map(|it| view! { <option value=it></option> }).collect_view()}</datalist> }
            })
        }
    };
    let wrong = live(move || {
        is_wrong.get().then(|| view! { <span class="field-error">{copy::wrong_value(field.holds())}</span> })
    });
    let hint = copy::field_hint(field).map(|hint| view! { <span class="hint">{hint}</span> });
    let input = if field.holds() == Holds::Long {
        view! { <textarea class="input" rows="3" aria-label=label prop:value=text on:change=keep></textarea> }
            .into_any()
    } else {
        let list = list.then_some(list_id);
        view! { <input class="input" type=kind list=list aria-label=label aria-invalid=move || is_wrong.get().then_some("true") maxlength="2000" prop:value=text on:change=keep /> }.into_any()
    };
    view! {
        <label class="field" data-wide=(field.holds() == Holds::Long).then_some("")>
            <span class="label" aria-hidden="true">{label}</span>
            {input}
            {hint}
            {wrong}
        </label>
        {live(known)}
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
