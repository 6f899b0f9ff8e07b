//! What is known of a deal, an account or a contact, each field written in where it stands.

use leptos::{ev::Event, prelude::*};
use terms::book::{Field, Holds, Kind, Record, Value};
use ui::{live, unique_id};

use super::{Team, copy, new_deal::account_names, pipeline::distinct, table::read};

/// Those of deals whose values are offered again.
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

/// A field of a record.
#[component]
pub(super) fn RecordField(
    team: Team,
    kind: Kind,
    id: StoredValue<String>,
    field: Field,
    record: Memo<Option<Record>>,
) -> impl IntoView {
    let holds = field.holds();
    let text = Memo::new(move |_| {
        // An account may get another name.
        team.changed.track();
        record.with(|record| written(team, record.as_ref().and_then(|it| it.get(field)), field))
    });
    let is_wrong = RwSignal::new(false);
    let keep = move |event: Event| {
        let typed = event_target_value(&event).trim().to_owned();
        is_wrong.set(false);
        if text.with_untracked(|text| *text == typed) {
            return;
        }
        let value = match (typed.is_empty(), holds) {
            (true, _) => Some(None),
            // A deal is often the first that is heard of a company.
            (false, Holds::Account) if kind == Kind::Deal => match team.account_or_new(&typed) {
                Ok(id) => Some(id.map(Value::Text)),
                Err(problem) => return team.handsel.tell(&problem),
            },
            (false, Holds::Account) => team.account_named(&typed).map(|id| Some(Value::Text(id))),
            (false, _) => read(field, typed).map(Some),
        };
        match value {
            Some(value) => {
                team.write(|book| book.edit(kind, &[id.get_value()], &[(field, value)]));
            }
            None => is_wrong.set(true),
        }
    };
    let is_account = holds == Holds::Account;
    let list = (is_account || (kind == Kind::Deal && REPEATED.contains(&field))).then(|| unique_id("known"));
    let known = list.clone().map(|id| {
        live(move || {
            let all = if is_account { account_names(team) } else { distinct(team, field) };
            let all = all.into_iter().map(|it| view! { <option value=it></option> });
            view! { <datalist id=id.clone()>{all.collect_view()}</datalist> }
        })
    });
    let label = copy::field(field);
    let invalid = move || is_wrong.get().then_some("true");
    let input = match holds {
        Holds::Long => view! { <textarea class="input" rows="4" aria-label=label prop:value=text on:change=keep></textarea> }.into_any(),
        _ => {
            let kind = if holds == Holds::Day { "date" } else { "text" };
            view! { <input class="input" type=kind list=list aria-label=label aria-invalid=invalid maxlength="2000" prop:value=text on:change=keep /> }.into_any()
        }
    };
    view! {
        <label class="field" data-wide=(holds == Holds::Long).then_some("")>
            <span class="label" aria-hidden="true">{label}</span>
            {input}
            {copy::field_hint(field).map(|hint| view! { <span class="hint">{hint}</span> })}
            {live(move || is_wrong.get().then(|| view! { <span class="field-error" role="alert">{copy::wrong_value(holds)}</span> }))}
        </label>
        {known}
    }
}

/// A value as the reader's language writes it, for writing in.
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
