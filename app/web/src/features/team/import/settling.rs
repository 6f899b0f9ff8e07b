//! What a person settles before a table is taken in: days and numbers that can be read in two ways, stages, and names.

use exchange::sheet::{self, Mark, Order, Table, Takes, Unclear};
use leptos::{ev::Event, prelude::*};
use terms::{book::Place, process::Process};
use ui::{Banner, Button, ButtonSize, Icon, Tone, live};

use super::{Intake, copy};

/// The questions that only a person can answer; they stay when they were answered, so that an answer can be changed.
#[component]
pub(super) fn Questions(intake: Intake) -> impl IntoView {
    let asked = Memo::new(move |_| {
        let found = intake.sheet();
        intake.mapping.with(|mapping| {
            let guesses = found.iter().flat_map(|found| &found.guesses);
            let columns = mapping.columns.iter().zip(guesses).enumerate();
            let asked = columns.filter_map(|(column, (target, guess))| match target.as_ref()?.takes() {
                Takes::Day if guess.orders.len() > 1 => Some((column, true)),
                Takes::Number | Takes::Money if guess.marks.len() > 1 => Some((column, false)),
                _ => None,
            });
            asked.collect::<Vec<_>>()
        })
    });
    let doubled = move || {
        let name = |column: usize| {
            intake.sheet().and_then(|it| it.sheet.header().get(column).cloned()).unwrap_or_default()
        };
        let doubled = intake.questions().into_iter().filter_map(move |it| match it.unclear {
            Unclear::Doubled(target) => Some(copy::doubled(target, &name(it.column))),
            _ => None,
        });
        doubled.map(|words| view! { <Banner tone=Tone::Warn words /> }).collect_view()
    };
    let has_any = Memo::new(move |_| asked.with(|it| !it.is_empty()));
    view! {
        {live(doubled)}
        {live(move || has_any.get().then(|| view! {
            <section class="card import-asked">
                <h2><Icon name="question" />{copy::ASKED}</h2>
                {live(move || asked.get().into_iter().map(|(column, is_day)| ask(intake, column, is_day)).collect_view())}
            </section>
        }))}
    }
}

/// The question about a column.
fn ask(intake: Intake, column: usize, is_day: bool) -> Option<AnyView> {
    let found = intake.sheet()?;
    let guess = found.guesses.get(column)?;
    let name = found.sheet.header().get(column)?;
    let values = found.sheet.distinct(column);
    let group = format!("asked-{column}");
    if is_day {
        // A value that each order reads otherwise shows best what is asked.
        let orders = guess.orders.clone();
        let ways = |text: &str| {
            orders.iter().filter_map(|order| Some(sheet::moment(text, *order)?.day)).collect::<Vec<_>>()
        };
        let differs = |text: &str| {
            let ways = ways(text);
            ways.len() == orders.len() && ways.windows(2).all(|it| it[0] != it[1])
        };
        let sample =
            values.iter().map(|it| it.0).find(|it| differs(it)).or(values.first().map(|it| it.0))?.to_owned();
        let choice = |order: Order| {
            let reading = sheet::moment(&sample, order).map(|it| browser::clock::day(&it.day.to_string()));
            let is_chosen = move || {
                intake.choices.with(|it| it.columns.get(column).is_some_and(|how| how.order == Some(order)))
            };
            choice(&group, reading.unwrap_or_default(), copy::order(order), is_chosen, move || {
                answer_day(intake, column, order)
            })
        };
        let choices = guess.orders.iter().map(|order| choice(*order)).collect_view();
        return Some(
            view! { <fieldset><legend>{copy::unclear_days(&sample, name)}</legend>{choices}</fieldset> }
                .into_any(),
        );
    }
    let differs = |text: &str| sheet::plain(text, Mark::Point) != sheet::plain(text, Mark::Comma);
    let sample =
        values.iter().map(|it| it.0).find(|it| differs(it)).or(values.first().map(|it| it.0))?.to_owned();
    let choice = |mark: Mark| {
        let reading = sheet::plain(&sample, mark).map(|it| browser::figures::number(&it.to_string(), 0));
        let is_chosen = move || {
            intake.choices.with(|it| it.columns.get(column).is_some_and(|how| how.mark == Some(mark)))
        };
        choice(&group, reading.unwrap_or_default(), copy::mark(mark), is_chosen, move || {
            intake.say(column, |how| how.mark = Some(mark))
        })
    };
    let choices = guess.marks.iter().map(|mark| choice(*mark)).collect_view();
    Some(
        view! { <fieldset><legend>{copy::unclear_numbers(&sample, name)}</legend>{choices}</fieldset> }
            .into_any(),
    )
}

fn choice(
    group: &str,
    reading: String,
    how: &'static str,
    is_chosen: impl Fn() -> bool + Send + 'static,
    choose: impl Fn() + 'static,
) -> AnyView {
    view! {
        <label class="import-choice">
            <input type="radio" class="tick" name=group.to_owned() prop:checked=is_chosen on:change=move |_| choose() />
            <strong>{reading}</strong><span class="hint">{how}</span>
        </label>
    }
    .into_any()
}

/// Days of one table are nearly always written alike: an answer is taken for all that nobody answered otherwise.
fn answer_day(intake: Intake, column: usize, order: Order) {
    let Some(found) = intake.sheet() else { return };
    intake.choices.update(|choices| {
        for (at, (how, guess)) in choices.columns.iter_mut().zip(&found.guesses).enumerate() {
            if at == column || (how.order.is_none() && guess.orders.contains(&order)) {
                how.order = Some(order);
            }
        }
    });
}

/// Where deals in each stage are.
#[component]
pub(super) fn Stages(intake: Intake) -> impl IntoView {
    let is_of_deals =
        Memo::new(move |_| intake.mapping.with(|it| matches!(it.table, Table::Deals | Table::History)));
    let has_any = Memo::new(move |_| intake.stages.with(|it| !it.is_empty()));
    live(move || {
        if !is_of_deals.get() {
            return None;
        }
        let has_process = intake.process_now().is_some();
        if !has_process {
            return Some(view! { <Banner tone=Tone::Warn words=copy::NO_PROCESS /> }.into_any());
        }
        has_any.get().then(|| view! { <StageCard intake /> }.into_any())
    })
}

#[component]
fn StageCard(intake: Intake) -> impl IntoView {
    let rows = Memo::new(move |_| {
        intake
            .stages
            .with(|all| all.iter().map(|(stage, _)| (stage.words.clone(), stage.count)).collect::<Vec<_>>())
    });
    let processes = live(move || {
        let all = intake.team.look(|book| {
            book.processes().iter().map(|it| (it.id.clone(), it.name.clone())).collect::<Vec<_>>()
        });
        let option = move |(id, name): (String, String)| {
            let chosen = id.clone();
            view! { <option value=id selected=move || intake.process.with(|it| *it == chosen)>{name}</option> }
        };
        let own = (String::new(), copy::NEW_STEPS.to_owned());
        view! {
            <label class="field import-process"><span class="label">{copy::PROCESS}</span>
                <select class="input filter" on:change=move |event: Event| intake.choose(event_target_value(&event))>
                    {all.into_iter().chain([own]).map(option).collect_view()}
                </select>
            </label>
        }
    });
    let list = live(move || {
        let process = intake.process_now()?;
        let row = |(at, (words, count)): (usize, (String, usize))| {
            view! {
                <li>
                    <span class="import-name"><strong>{words.clone()}</strong><span class="hint">{copy::times(count)}</span></span>
                    <Icon name="arrow" />
                    {places(intake, at, &words, &process)}
                </li>
            }
        };
        Some(
            view! { <ul class="rows import-rows">{rows.get().into_iter().enumerate().map(row).collect_view()}</ul> },
        )
    });
    view! {
        <section class="card">
            <div class="card-head"><div class="stack tight"><h2>{copy::STAGES}</h2><p class="hint">{copy::STAGES_ABOUT}</p></div>{processes}</div>
            {list}
        </section>
    }
}

/// The places that a stage may be.
fn places(intake: Intake, at: usize, words: &str, process: &Process) -> AnyView {
    const OVER: [Place; 3] = [Place::Won, Place::Lost, Place::NoDecision];
    let here = Memo::new(move |_| intake.stages.with(|all| all.get(at).and_then(|it| it.1.clone())));
    let steps: Vec<(String, String)> =
        process.live().map(|step| (step.id.clone(), step.name.clone())).collect();
    let step = move |(id, name): (String, String)| {
        let place = Place::Step(id.clone());
        view! { <option value=format!("step {id}") selected=move || here.get().as_ref() == Some(&place)>{name}</option> }
    };
    let over = move |(nth, place): (usize, Place)| {
        let label = copy::place(&place);
        view! { <option value=nth.to_string() selected=move || here.get().as_ref() == Some(&place)>{label}</option> }
    };
    let change = move |event: Event| {
        let value = event_target_value(&event);
        let place = match value.strip_prefix("step ") {
            Some(step) => Some(Place::Step(step.to_owned())),
            None => value.parse::<usize>().ok().and_then(|nth| OVER.get(nth).cloned()),
        };
        intake.stages.update(|all| {
            if let Some(stage) = all.get_mut(at) {
                stage.1 = place;
            }
        });
    };
    view! {
        <select class="input filter" aria-label=copy::stage(words) on:change=change>
            <option value="" selected=move || here.get().is_none()>{copy::NOT_PLACED}</option>
            <optgroup label=copy::STEPS>{steps.into_iter().map(step).collect_view()}</optgroup>
            <optgroup label=copy::OVER>{OVER.into_iter().enumerate().map(over).collect_view()}</optgroup>
        </select>
    }
    .into_any()
}

/// Names that are almost others.
#[component]
pub(super) fn Names(intake: Intake) -> impl IntoView {
    let offers =
        Memo::new(move |_| intake.names.with(|all| all.iter().map(|it| it.0.clone()).collect::<Vec<_>>()));
    let decide = move |at: usize, joined: bool| {
        intake.names.update(|all| {
            if let Some(it) = all.get_mut(at) {
                it.1 = Some(joined);
            }
        })
    };
    let join_all = move |()| intake.names.update(|all| all.iter_mut().for_each(|it| it.1 = Some(true)));
    let row = move |(at, offer): (usize, session::Offer)| {
        let said = move || intake.names.with(|all| all.get(at).and_then(|it| it.1));
        let label = copy::decide(&offer.from, &offer.to);
        let radio = move |joined: bool, words: &'static str| {
            view! {
                <label><input type="radio" name=format!("name-{at}") prop:checked=move || said() == Some(joined) || (!joined && said().is_none()) on:change=move |_| decide(at, joined) /><span>{words}</span></label>
            }
        };
        view! {
            <li>
                <span class="import-name"><strong>{offer.from}</strong><span class="hint">{copy::times(offer.from_count)}</span></span>
                <Icon name="arrow" />
                <span class="import-name"><strong>{offer.to}</strong><span class="hint">{copy::here(offer.to_count)}</span></span>
                <span class="hint import-how">{copy::names_of(offer.target)}": "{copy::alike(offer.how)}</span>
                <div class="segmented" role="radiogroup" aria-label=label>{radio(true, copy::JOIN)}{radio(false, copy::APART)}</div>
            </li>
        }
    };
    live(move || {
        let offers = offers.get();
        (!offers.is_empty()).then(|| {
            view! {
                <section class="card">
                    <div class="card-head"><div class="stack tight"><h2>{copy::NAMES}</h2><p class="hint">{copy::NAMES_ABOUT}</p></div><Button label=copy::JOIN_ALL size=ButtonSize::Small on_press=join_all /></div>
                    <ul class="rows import-rows import-names">{offers.into_iter().enumerate().map(row).collect_view()}</ul>
                </section>
            }
        })
    })
}
