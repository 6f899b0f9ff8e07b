//! A deal's own page: both cycles, what the buyer has shown, what the team does, and all that is known.

mod evidence;
mod fields;
mod log;
mod room;

use insight::pipeline::process_of;
use leptos::prelude::*;
use terms::{
    book::{Field, Kind, Place, Record, Value},
    process::Process,
};
use ui::{
    Badge, Button, ButtonKind, Field as TextField, Icon, LinkButton, Menu, MenuItem, MenuRule, Tone, live,
};

use super::{
    Team,
    card::gap_mark,
    closing::{Closing, ClosingDialog},
    copy,
    library::worth_using,
    place_name,
};
use crate::route::{RecordName, TeamPlace};
use evidence::{Evidence, Ours};
use fields::{Fields, Said};
use log::Log;
pub(super) use room::room_of;
use room::{DealRoom, InTheRoom};

/// A deal on the screen, for the parts of its page. Copies are the same.
#[derive(Clone, Copy)]
pub(super) struct OpenDeal {
    pub(super) team: Team,
    pub(super) id: StoredValue<String>,
    pub(super) deal: Memo<Option<Record>>,
    pub(super) process: Memo<Option<Process>>,
}

/// The page.
#[component]
pub(super) fn DealPage(team: Team, deal: RecordName) -> impl IntoView {
    let id = StoredValue::new(deal.to_string());
    let deal = Memo::new(move |_| team.look(|book| id.with_value(|id| book.deals().get(id).cloned())));
    let process = Memo::new(move |_| {
        team.look(|book| deal.with(|deal| process_of(deal.as_ref()?, &book.processes()).cloned()))
    });
    let open = OpenDeal { team, id, deal, process };
    let is_there = Memo::new(move |_| deal.with(Option::is_some));
    live(move || {
        if is_there.get() {
            view! { <Page open /> }.into_any()
        } else {
            let back = team.href(TeamPlace::Pipeline);
            view! { <main class="page"><p>{copy::NO_SUCH_DEAL} <a class="text-link" href=back>{copy::ALL_DEALS}</a></p></main> }.into_any()
        }
    })
}

#[component]
fn Page(open: OpenDeal) -> impl IntoView {
    let OpenDeal { team, deal, process, .. } = open;
    let closing = RwSignal::new(None::<Closing>);
    let place = Memo::new(move |_| deal.with(|deal| deal.as_ref().and_then(|it| it.place().cloned())));
    let crumb = move || process.with(|process| place_name(place.get().as_ref(), process.as_ref()));
    let account = Memo::new(move |_| {
        team.look(|book| {
            deal.with(|deal| {
                let id = deal.as_ref()?.text(Field::Account).to_owned();
                let name = book.accounts().get(&id)?.text(Field::Name).to_owned();
                Some((RecordName::parse(&id)?, name))
            })
        })
    });
    let with = live(move || {
        account.get().map(
            |(id, name)| view! { <a class="text-link" href=team.href(TeamPlace::Account(id))>{name}</a> },
        )
    });
    let close = move |to: Place, label: &'static str, icon: &'static str| {
        let pick = move |()| closing.set(Some(Closing { ids: vec![open.id.get_value()], to: to.clone() }));
        view! { <MenuItem label icon on_pick=pick /> }
    };
    let remove = move |()| {
        let id = open.id.get_value();
        if team.write_saying(copy::removed(1), |book| book.remove(Kind::Deal, &[id])) {
            team.go(TeamPlace::Pipeline);
        }
    };
    let brief =
        team.href(RecordName::parse(&open.id.get_value()).map_or(TeamPlace::Pipeline, TeamPlace::Brief));
    let interview =
        team.href(RecordName::parse(&open.id.get_value()).map_or(TeamPlace::Pipeline, TeamPlace::Interview));
    let advance = live(move || {
        let (step, name) = open.next_step()?;
        let label = copy::move_on_to(&name);
        Some(
            view! { <Button label kind=ButtonKind::Primary icon="right" on_press=move |()| open.move_to(&step) /> },
        )
    });
    let outcome = live(move || {
        let last = deal.with(|deal| deal.as_ref()?.moves.last().cloned()).filter(|it| it.to.is_closed())?;
        let tone = match last.to {
            Place::Won => Tone::Ok,
            _ => Tone::Warn,
        };
        let words = copy::outcome(&last, &browser::clock::date(last.at));
        Some(view! { <ui::Banner tone words icon="flag" /> })
    });
    view! {
        <main class="page deal-page">
            <header class="page-head">
                <div>
                    <p class="crumbs">
                        <a class="text-link" href=team.href(TeamPlace::Pipeline)>{copy::ALL_DEALS}</a>
                        <Icon name="right" />
                        <span>{crumb}</span>
                        <Badge label=copy::PRIVATE tone=Tone::Accent icon="lock" />
                    </p>
                    <div class="row wide" data-base="" data-wrap=""><Title open />{with}</div>
                </div>
                <div class="row">
                    <LinkButton label=copy::INTERVIEW icon="question" href=interview />
                    <LinkButton label=copy::BRIEF icon="doc" href=brief />
                    {advance}
                    <DealRoom open />
                    <Menu label=copy::MORE_ACTS icon="more" icon_only=true>
                        {close(Place::Won, copy::CLOSE_WON, "check")}
                        {close(Place::Lost, copy::CLOSE_LOST, "x")}
                        {close(Place::NoDecision, copy::CLOSE_NONE, "minus")}
                        <MenuRule />
                        <MenuItem label=copy::REMOVE_DEAL icon="trash" danger=true on_pick=remove />
                    </Menu>
                </div>
            </header>
            {outcome}
            <Track open />
            <div class="with-rail">
                <div class="stack">
                    <div class="pairs"><Evidence open /><Ours open /></div>
                    {worth_using(open)}
                    <Fields open />
                </div>
                <div class="stack">
                    <Next open />
                    <InTheRoom open />
                    <Said open />
                    <Log open />
                </div>
            </div>
        </main>
        <ClosingDialog team closing />
    }
}

/// The title, written in where it stands.
#[component]
fn Title(open: OpenDeal) -> impl IntoView {
    let OpenDeal { team, deal, id, .. } = open;
    let name =
        move || deal.with(|deal| deal.as_ref().map(|it| it.text(Field::Name).to_owned()).unwrap_or_default());
    let keep = move |event: leptos::ev::Event| {
        let text = event_target_value(&event);
        if text.trim() != name() {
            let value = Some(Value::Text(text.trim().to_owned())).filter(|_| !text.trim().is_empty());
            team.write(|book| book.edit(Kind::Deal, &[id.get_value()], &[(Field::Name, value)]));
        }
    };
    view! {
        <h1 class="visually-hidden">{name}</h1>
        <input class="deal-title" aria-label=copy::DEAL_NAME placeholder=copy::UNNAMED maxlength="2000" prop:value=name on:change=keep />
    }
}

/// Both cycles, step by step.
#[component]
fn Track(open: OpenDeal) -> impl IntoView {
    let OpenDeal { deal, process, .. } = open;
    let body = live(move || {
        let process = process.get()?;
        let deal = deal.get()?;
        let position = process.position(&deal);
        let count = process.live().count();
        let since =
            deal.moves.last().map(|it| copy::days_here(browser::clock::now_ms().saturating_sub(it.at)));
        let step = |(at, step): (usize, &terms::process::Step)| {
            let (id, name) = (step.id.clone(), step.name.clone());
            let is_here = position.is_some_and(|it| it.seller == at);
            let seller = match position {
                Some(position) if at < position.seller => "1",
                Some(position) if at == position.seller => "0.5",
                _ => "0",
            };
            let required = step.evidence.iter().filter(|it| it.is_required);
            let given =
                step.evidence.iter().filter(|it| it.is_required && deal.seen(&it.id).is_some()).count();
            let buyer = match (position, required.count()) {
                (Some(position), 0) => {
                    if at < position.buyer {
                        1.0
                    } else {
                        0.0
                    }
                }
                (Some(_), required) => given as f64 / required as f64,
                (None, _) => 0.0,
            };
            let act = step
                .evidence
                .iter()
                .find(|it| it.is_required)
                .or(step.evidence.first())
                .map(|it| it.name.clone());
            let age = is_here.then(|| since.clone()).flatten();
            let label = copy::move_on_to(&name);
            view! {
                <li data-here=is_here.then_some("")>
                    <button type="button" title=label disabled=is_here on:click=move |_| open.move_to(&id)>{name}{age}</button>
                    <i data-party="seller" style=("--part", seller)></i>
                    <i data-party="buyer" style=("--part", format!("{buyer:.2}"))></i>
                    <p>{act}</p>
                </li>
            }
        };
        let steps = process.live().enumerate().map(step).collect_view();
        let gap = position.map(|position| view! { <p class="track-gap">{gap_mark(&position)} <span class="hint">{copy::gap_more(&position, &process)}</span></p> });
        Some(view! {
            <ol class="track" aria-label=copy::BOTH_CYCLES style=("--steps", count.to_string())>{steps}</ol>
            {gap}
        })
    });
    view! { <section class="card track-card">{body}</section> }
}

/// What is to be done next, and by when.
#[component]
fn Next(open: OpenDeal) -> impl IntoView {
    let OpenDeal { team, deal, id, .. } = open;
    let (next, day) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let known = Memo::new(move |_| {
        deal.with(|deal| {
            let deal = deal.as_ref()?;
            Some((
                deal.text(Field::NextStep).to_owned(),
                deal.day(Field::NextDay),
                deal.is_overdue(team.today()),
            ))
        })
    });
    ui::effect(move || {
        if let Some((text, on, _)) = known.get() {
            next.set(text);
            day.set(on.map(|day| day.to_string()).unwrap_or_default());
        }
    });
    let keep = move |()| {
        let text = next.get_untracked().trim().to_owned();
        let on = terms::plan::Day::parse(&day.get_untracked());
        let now = known.get_untracked().map(|(text, on, _)| (text, on));
        if now.as_ref() == Some(&(text.clone(), on)) {
            return;
        }
        let text = (!text.is_empty()).then_some(Value::Text(text));
        let changes = [(Field::NextStep, text), (Field::NextDay, on.map(Value::Day))];
        team.write(|book| book.edit(Kind::Deal, &[id.get_value()], &changes));
    };
    let late = live(move || {
        known
            .with(|it| it.as_ref().is_some_and(|it| it.2))
            .then(|| view! { <Badge label=copy::OVERDUE tone=Tone::Danger icon="alert" /> })
    });
    view! {
        <section class="card">
            <div class="card-head"><h2>{copy::NEXT}</h2>{late}</div>
            <TextField label=copy::NEXT_STEP value=next max_length=2000 on_commit=Callback::new(keep) />
            <TextField label=copy::NEXT_DAY value=day kind="date" on_commit=Callback::new(keep) />
        </section>
    }
}

impl OpenDeal {
    /// The step after the one where it is; the first where it is nowhere, or was closed. None at the last.
    fn next_step(self) -> Option<(String, String)> {
        let process = self.process.get()?;
        let place = self.deal.with(|deal| deal.as_ref().and_then(|it| it.place().cloned()));
        let mut live = process.live();
        let step = match place {
            Some(Place::Step(here)) => {
                let at = process.steps.iter().position(|step| step.id == here)?;
                process.steps.iter().skip(at + 1).find(|step| !step.is_retired)
            }
            Some(_) => None,
            None => live.next(),
        };
        step.map(|step| (step.id.clone(), step.name.clone()))
    }

    fn move_to(self, step: &str) {
        if let Some(process) = self.process.get_untracked() {
            self.team.move_to(vec![self.id.get_value()], &process, step);
        }
    }
}
