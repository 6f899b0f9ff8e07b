//! A new deal, with an account that is there already or is made along with it.

use leptos::{ev, prelude::*};
use session::Draft;
use terms::{
    book::{Field, Kind, Place, Value},
    plan::Day,
    price::Decimal,
    process::Process,
};
use ui::{Button, ButtonKind, Dialog, Field as TextField, effect};

use super::{Team, copy};
use crate::{
    copy as words,
    route::{RecordName, TeamPlace},
};

/// Asks for as little as a deal needs; all else is written on its own page.
#[component]
pub(super) fn NewDealDialog(
    team: Team,
    open: RwSignal<bool>,
    process: Memo<Option<Process>>,
    /// The step that it begins at; the first where none is named.
    at: RwSignal<Option<String>>,
) -> impl IntoView {
    let field = || RwSignal::new(String::new());
    let (name, account, amount, close, owner) = (field(), field(), field(), field(), field());
    let is_nameless = RwSignal::new(false);
    let is_odd = RwSignal::new(false);
    effect(move || {
        if open.get() {
            [name, account, amount, close].iter().for_each(|field| field.set(String::new()));
            is_nameless.set(false);
            is_odd.set(false);
            // Whoever wrote it last is who writes it.
            let last = team.book.with_value(|book| {
                book.deals()
                    .values()
                    .max_by_key(|deal| deal.moves.last().map(|it| it.at))
                    .map(|deal| deal.text(Field::Owner).to_owned())
            });
            if owner.with_untracked(String::is_empty) {
                owner.set(last.unwrap_or_default());
            }
            browser::timers::spawn(async move {
                let own = team.handsel.rooms().my_name().await;
                let _ = owner.try_update(|owner| {
                    if owner.is_empty() {
                        *owner = own
                    }
                });
            });
        }
    });
    let make = move || {
        let called = name.get_untracked().trim().to_owned();
        let with = account.get_untracked().trim().to_owned();
        is_nameless.set(called.is_empty() && with.is_empty());
        let typed = amount.get_untracked();
        let worth = if typed.trim().is_empty() {
            Ok(None)
        } else {
            Decimal::typed(&typed, Team::separators()).map(Some)
        };
        is_odd.set(worth.is_err());
        let (false, Ok(worth)) = (is_nameless.get_untracked(), worth) else { return };
        let Some(process) = process.get_untracked() else { return };
        let step = at.get_untracked().or_else(|| process.live().next().map(|step| step.id.clone()));
        let made = team.account_or_new(&with).and_then(|account| {
            let text = |field, text: &str| {
                (!text.trim().is_empty()).then(|| (field, Value::Text(text.trim().to_owned())))
            };
            let called = if called.is_empty() { &with } else { &called };
            let fields = [
                text(Field::Name, called),
                account.map(|id| (Field::Account, Value::Text(id))),
                worth.map(|it| (Field::Amount, Value::Number(it))),
                Day::parse(&close.get_untracked()).map(|day| (Field::Close, Value::Day(day))),
                text(Field::Owner, &owner.get_untracked()),
                Some((Field::Created, Value::Day(team.today()))),
                Some((Field::Process, Value::Text(process.id.clone()))),
            ];
            let fields = fields.into_iter().flatten().collect();
            let place = step.map(Place::Step);
            team.book.with_value(|book| book.add(&[Draft { kind: Kind::Deal, fields, place }]))
        });
        match made {
            Ok(made) => {
                open.set(false);
                if let Some(deal) = made.first().and_then(|id| RecordName::parse(id)) {
                    team.go(TeamPlace::Deal(deal));
                }
            }
            Err(problem) => team.handsel.tell(&problem),
        }
    };
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        make();
    };
    let footer = move || {
        view! {
            <Button label=words::CANCEL on_press=move |()| open.set(false) />
            <Button label=copy::MAKE_DEAL kind=ButtonKind::Primary on_press=move |()| make() />
        }
    };
    let nameless = Signal::derive(move || is_nameless.get().then(|| copy::NAME_NEEDED.to_owned()));
    let odd = Signal::derive(move || is_odd.get().then(|| copy::AMOUNT_ODD.to_owned()));
    view! {
        <Dialog open title=copy::NEW_DEAL close_label=words::CLOSE footer>
            <form on:submit=submit class="stack">
                <label class="field">
                    <span class="label">{copy::ACCOUNT}</span>
                    <input class="input" list="accounts" aria-label=copy::ACCOUNT maxlength="2000" autofocus=true prop:value=account on:input=move |event| account.set(event_target_value(&event)) />
                    <span class="hint">{copy::ACCOUNT_HINT}</span>
                </label>
                <datalist id="accounts">{move || account_names(team).into_iter().map(|it| view! { <option value=it></option> }).collect_view()}</datalist>
                <TextField label=copy::DEAL_NAME hint=copy::DEAL_NAME_HINT value=name error=nameless max_length=2000 />
                <div class="pairs">
                    <TextField label=copy::AMOUNT value=amount error=odd max_length=40 />
                    <TextField label=copy::CLOSES value=close kind="date" />
                </div>
                <TextField label=copy::OWNER value=owner max_length=200 />
                <button type="submit" hidden=true></button>
            </form>
        </Dialog>
    }
}

/// What all accounts are called.
pub(super) fn account_names(team: Team) -> Vec<String> {
    team.look(|book| {
        let mut names: Vec<String> = book
            .accounts()
            .values()
            .map(|it| it.text(Field::Name).to_owned())
            .filter(|it| !it.is_empty())
            .collect();
        stdx::sort(&mut names);
        names
    })
}
