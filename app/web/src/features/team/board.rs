//! The pipeline as a board: a column for each step, with what its deals come to and what the buyer does in it.

use std::sync::Arc;

use leptos::{ev::DragEvent, prelude::*};
use terms::{book::Place, process::Step};
use ui::{Button, ButtonKind, ButtonSize, live};

use super::{Team, card::Card, closing::Closing, copy, pipeline::Pipe};

/// So many cards of a column are shown at first, and so many more each time.
const CARDS: usize = 40;

/// The columns, and while a card is dragged where it can be closed.
#[component]
pub(super) fn Board(pipe: Pipe) -> impl IntoView {
    let dragged = RwSignal::new(None::<String>);
    let steps = Memo::new(move |_| {
        pipe.process.with(|process| process.iter().flat_map(|it| it.live().cloned()).collect::<Vec<Step>>())
    });
    let column = move |(at, step): (usize, Step)| view! { <Column pipe step at dragged /> };
    let columns = live(move || steps.get().into_iter().enumerate().map(column).collect_view());
    let end = move |to: Place, words: &'static str| {
        let over = RwSignal::new(false);
        let is_over = to.clone();
        let drop = move |event: DragEvent| {
            event.prevent_default();
            over.set(false);
            if let Some(id) = dragged.get_untracked() {
                dragged.set(None);
                pipe.closing.set(Some(Closing { ids: vec![id], to: is_over.clone() }));
            }
        };
        view! {
            <li
                data-over=move || over.get().then_some("")
                on:dragover=move |event: DragEvent| { event.prevent_default(); over.set(true); }
                on:dragleave=move |_| over.set(false)
                on:drop=drop
            >
                {words}
            </li>
        }
    };
    let ends = live(move || {
        dragged.with(Option::is_some).then(|| {
            view! {
                <ul class="board-ends" aria-hidden="true">
                    {end(Place::Won, copy::WON)}
                    {end(Place::Lost, copy::LOST)}
                    {end(Place::NoDecision, copy::NO_DECISION)}
                </ul>
            }
        })
    });
    view! {
        <div class="board" on:dragend=move |_| dragged.set(None)>{columns}</div>
        {ends}
    }
}

#[component]
fn Column(pipe: Pipe, step: Step, at: usize, dragged: RwSignal<Option<String>>) -> impl IntoView {
    let team = pipe.team;
    let Step { id, name, evidence, .. } = step;
    let here = {
        let place = Place::Step(id.clone());
        Memo::new(move |_| {
            let shown = pipe.shown.get();
            team.look(|book| {
                let deals = book.deals();
                let is_here = |it: &&String| deals.get(*it).is_some_and(|deal| deal.place() == Some(&place));
                Arc::new(shown.iter().filter(is_here).cloned().collect::<Vec<String>>())
            })
        })
    };
    let sum = move || {
        team.look(|book| {
            let (deals, rates) = (book.deals(), book.rates());
            let sums = here.with(|ids| rates.sum(ids.iter().filter_map(|id| deals.get(id)), team.today()));
            (sums.count > sums.not_summed).then(|| Team::sum(sums.total, rates.own))
        })
    };
    let limit = RwSignal::new(CARDS);
    let cards = move || here.with(|ids| ids.iter().take(limit.get()).cloned().collect::<Vec<_>>());
    let more = live(move || {
        let left = here.with(|ids| ids.len()).saturating_sub(limit.get());
        (left > 0).then(|| {
            view! { <Button label=copy::more(left) kind=ButtonKind::Quiet size=ButtonSize::Small on_press=move |()| limit.update(|limit| *limit += CARDS) /> }
        })
    });
    let buyer = evidence.iter().find(|it| it.is_required).or(evidence.first()).map(|it| it.name.clone());
    let over = RwSignal::new(false);
    let to = StoredValue::new(id);
    let drop = move |event: DragEvent| {
        event.prevent_default();
        over.set(false);
        if let Some(id) = dragged.get_untracked() {
            dragged.set(None);
            pipe.move_to(vec![id], &to.get_value());
        }
    };
    let heading = format!("step-{at}");
    view! {
        <section
            class="board-column"
            aria-labelledby=heading.clone()
            data-over=move || (over.get() && dragged.with(Option::is_some)).then_some("")
            on:dragover=move |event: DragEvent| { event.prevent_default(); over.set(true); }
            on:dragleave=move |_| over.set(false)
            on:drop=drop
        >
            <div class="board-head">
                <h2 id=heading.clone()>{name.clone()} <span class="count">{move || here.with(|ids| ids.len())}</span></h2>
                <strong>{sum}</strong>
                {buyer.map(|it| view! { <p class="board-buyer">{it}</p> })}
            </div>
            <ul class="board-cards">
                <For each=cards key=|id: &String| id.clone() let:id><Card pipe id dragged /></For>
            </ul>
            {more}
            <Button label=copy::add_to(&name) icon="plus" icon_only=true kind=ButtonKind::Quiet size=ButtonSize::Small on_press=move |()| pipe.begin.run(Some(to.get_value())) />
        </section>
    }
}
