//! The pipeline as a table: put in order by any column, written in at once, and many deals changed together.

use std::{collections::BTreeSet, sync::Arc};

use browser::view;
use insight::pipeline::{Column, Sort};
use leptos::{ev::Event, prelude::*};
use terms::{
    book::{Field, Kind, Place, Value},
    plan::Day,
    price::Decimal,
};
use ui::{Button, ButtonKind, ButtonSize, Icon, Menu, MenuItem, MenuTitle, live};

use super::{
    Team,
    card::{Shown, gap_mark, move_menu},
    closing::Closing,
    copy,
    pipeline::{Pipe, owners},
    place_name,
};
use crate::copy as words;

/// How high a row is, in pixels, so that those out of sight need not be there.
const ROW: usize = 44;
/// So many rows stand ready above and below what is in sight.
const BEYOND: usize = 12;

const COLUMNS: [(Column, &str, &str); 8] = [
    (Column::Name, copy::DEAL, "name"),
    (Column::Account, copy::ACCOUNT, "account"),
    (Column::Step, copy::STEP, "step"),
    (Column::Gap, copy::GAP, "gap"),
    (Column::Amount, copy::AMOUNT, "amount"),
    (Column::Owner, copy::OWNER, "owner"),
    (Column::Close, copy::CLOSES, "close"),
    (Column::Next, copy::NEXT, "next"),
];

/// The table. Only the rows that are in sight, and some beyond, are in the page.
#[component]
pub(super) fn Table(pipe: Pipe) -> impl IntoView {
    let body = NodeRef::<leptos::html::Tbody>::new();
    let first = RwSignal::new(0usize);
    let window = move || (view::height() as usize) / ROW + 2 * BEYOND;
    let look = move || {
        let Some(body) = body.try_get_untracked().flatten() else { return };
        let above = -view::top_of(&body);
        first.set((above.max(0.0) as usize / ROW).saturating_sub(BEYOND));
    };
    let scrolled = StoredValue::new_local(Some(view::on_scroll(look)));
    on_cleanup(move || {
        scrolled.try_update_value(Option::take);
    });
    let picked = RwSignal::new(BTreeSet::<String>::new());
    // What is not shown any more is not changed along with the rest.
    ui::effect(move || {
        let shown = pipe.shown.get();
        let is_gone = |id: &String| !shown.contains(id);
        if picked.with_untracked(|picked| picked.iter().any(is_gone)) {
            picked.update(|picked| picked.retain(|id| !is_gone(id)));
        }
    });
    let count = Memo::new(move |_| pipe.shown.with(|shown| shown.len()));
    let span = Memo::new(move |_| {
        let count = count.get();
        let first = first.get().min(count.saturating_sub(1));
        (first, (first + window()).min(count))
    });
    let rows = move || {
        let (from, until) = span.get();
        let shown: Arc<Vec<String>> = pipe.shown.get();
        shown.get(from..until).unwrap_or_default().to_vec()
    };
    let space = |rows: usize| format!("{}px", rows * ROW);
    let sort = pipe.sort;
    let head = move |(column, label, class): (Column, &'static str, &'static str)| {
        let order = move || {
            let sort = sort.get();
            (sort.by == column).then_some(if sort.down { "descending" } else { "ascending" })
        };
        let press = move |_| {
            sort.update(|sort| {
                // Names are looked for from the beginning of the alphabet, amounts from the largest.
                let down = matches!(column, Column::Amount | Column::Gap);
                *sort = if sort.by == column {
                    Sort { by: column, down: !sort.down }
                } else {
                    Sort { by: column, down }
                };
            })
        };
        let icon = move || if sort.get().down { "down" } else { "up" };
        view! {
            <th scope="col" class=class aria-sort=order>
                <button type="button" on:click=press>{label}{live(move || order().map(|_| view! { <Icon name=icon() /> }))}</button>
            </th>
        }
    };
    let all = move || {
        let picked = picked.with(BTreeSet::len);
        picked > 0 && picked == count.get()
    };
    let pick_all = move |_| {
        let is_all = all();
        let shown = pipe.shown.get_untracked();
        picked.update(|picked| if is_all { picked.clear() } else { picked.extend(shown.iter().cloned()) });
    };
    view! {
        <Picked pipe picked />
        <div class="card deals-card" data-flush="">
            <table class="deals" aria-rowcount=move || count.get() + 1>
                <thead>
                    <tr>
                        <td class="pick"><input type="checkbox" class="tick" aria-label=copy::PICK_ALL prop:checked=all on:change=pick_all /></td>
                        {COLUMNS.map(head).collect_view()}
                        <td></td>
                    </tr>
                </thead>
                <tbody node_ref=body>
                    <tr class="space" aria-hidden="true" style=("--space", move || space(span.get().0))><td></td></tr>
                    <For each=rows key=|id: &String| id.clone() let:id><DealRow pipe id picked /></For>
                    <tr class="space" aria-hidden="true" style=("--space", move || space(count.get() - span.get().1))><td></td></tr>
                </tbody>
            </table>
        </div>
    }
}

#[component]
fn DealRow(pipe: Pipe, id: String, picked: RwSignal<BTreeSet<String>>) -> impl IntoView {
    let team = pipe.team;
    let shown = {
        let id = id.clone();
        Memo::new(move |_| Shown::of(team, &id))
    };
    let step = {
        let id = id.clone();
        Memo::new(move |_| {
            team.look(|book| {
                let deals = book.deals();
                let place = deals.get(&id).and_then(|deal| deal.place());
                pipe.process.with(|process| place_name(place, process.as_ref()))
            })
        })
    };
    let text =
        move |pick: fn(&Shown) -> &String| move || shown.with(|it| it.as_ref().map(|it| pick(it).clone()));
    let href = team.deal_href(&id);
    let name = StoredValue::new(id);
    let is_picked = move || picked.with(|picked| name.with_value(|id| picked.contains(id)));
    let pick = move |_| {
        picked.update(|picked| {
            let id = name.get_value();
            if !picked.remove(&id) {
                picked.insert(id);
            }
        })
    };
    let called = move || shown.with(|it| it.as_ref().map(|it| it.name.clone()).unwrap_or_default());
    let edit = move |field: Field| view! { <Cell pipe id=name.get_value() field /> };
    let menu =
        live(move || shown.with(Option::is_some).then(|| move_menu(pipe, name.get_value(), &called())));
    view! {
        <tr data-picked=move || is_picked().then_some("")>
            <td class="pick"><input type="checkbox" class="tick" aria-label=move || copy::pick(&called()) prop:checked=is_picked on:change=pick /></td>
            <th scope="row" class="name"><a href=href>{called}</a></th>
            <td class="account">{text(|it| &it.account)}</td>
            <td class="step">{move || step.get()}</td>
            <td class="gap">{live(move || shown.with(|it| it.as_ref()?.position).map(|at| gap_mark(&at)))}</td>
            <td class="amount">{edit(Field::Amount)}</td>
            <td class="owner">{edit(Field::Owner)}</td>
            <td class="close">{edit(Field::Close)}</td>
            <td class="next">{edit(Field::NextStep)}</td>
            <td class="acts">{menu}</td>
        </tr>
    }
}

/// A cell that is written in where it stands: Enter keeps, Escape lets go.
#[component]
fn Cell(pipe: Pipe, id: String, field: Field) -> impl IntoView {
    let team = pipe.team;
    let id = StoredValue::new(id);
    let shown = Memo::new(move |_| {
        let shown = Shown::of(team, &id.get_value());
        shown.map(|it| match field {
            Field::Amount => it.amount,
            Field::Owner => it.owner,
            Field::Close => it.close,
            _ => it.next,
        })
    });
    let writing = RwSignal::new(None::<String>);
    let begin = move |_| {
        let text = team.book.with_value(|book| {
            book.deals().get(&id.get_value()).map(|deal| match field {
                Field::Amount => deal.number(field).map(|it| browser::figures::number(&it.to_string(), 0)),
                Field::Close => deal.day(field).map(|day| day.to_string()),
                _ => Some(deal.text(field).to_owned()),
            })
        });
        writing.set(Some(text.flatten().unwrap_or_default()));
        crate::later::focus_later(".cell-input");
    };
    let keep = move || {
        let Some(text) = writing.try_update(Option::take).flatten() else { return };
        let text = text.trim().to_owned();
        let value = if text.is_empty() { Ok(None) } else { read(field, text).map(Some).ok_or(()) };
        match value {
            Ok(value) => {
                team.write(|book| book.edit(Kind::Deal, &[id.get_value()], &[(field, value)]));
            }
            Err(()) => team.handsel.toasts.say(copy::NOT_UNDERSTOOD),
        }
    };
    let key = move |event: leptos::ev::KeyboardEvent| match event.key().as_str() {
        "Enter" => keep(),
        "Escape" => {
            event.stop_propagation();
            writing.set(None);
        }
        _ => {}
    };
    let kind = if field == Field::Close { "date" } else { "text" };
    let label = copy::field(field);
    live(move || match writing.with(Option::is_some) {
        true => {
            let value = writing.get_untracked().unwrap_or_default();
            view! {
                <input
                    class="input cell-input"
                    type=kind
                    aria-label=label
                    prop:value=value
                    on:input=move |event: Event| writing.update(|text| *text = Some(event_target_value(&event)))
                    on:keydown=key
                    on:blur=move |_| keep()
                />
            }
            .into_any()
        }
        false => {
            let text = move || shown.get().filter(|it| !it.is_empty()).unwrap_or_else(|| "–".to_owned());
            view! { <button type="button" class="cell-button" aria-label=move || copy::change(label, &text()) on:click=begin>{text}</button> }.into_any()
        }
    })
}

/// What somebody wrote as a value of a field; none where it is not one.
pub(super) fn read(field: Field, text: String) -> Option<Value> {
    use terms::book::Holds;
    match field.holds() {
        Holds::Money | Holds::Number | Holds::Percent => {
            Decimal::typed(&text, Team::separators()).ok().map(Value::Number)
        }
        Holds::Day => Day::parse(&text).map(Value::Day),
        Holds::List => {
            let items = text.split(',').map(str::trim).filter(|it| !it.is_empty()).map(str::to_owned);
            Some(Value::List(items.collect()))
        }
        Holds::Currency => terms::price::Currency::parse(text.trim()).map(Value::Currency),
        Holds::Contacts => None,
        _ => Some(Value::Text(text)),
    }
}

/// What is done with all that are picked.
#[component]
fn Picked(pipe: Pipe, picked: RwSignal<BTreeSet<String>>) -> impl IntoView {
    let team = pipe.team;
    let ids = move || picked.with_untracked(|picked| picked.iter().cloned().collect::<Vec<_>>());
    let steps = Memo::new(move |_| {
        pipe.process.with(|process| {
            let live = process.iter().flat_map(|it| it.live());
            live.map(|step| (step.id.clone(), step.name.clone())).collect::<Vec<_>>()
        })
    });
    let step = move |(id, name): (String, String)| {
        view! { <MenuItem label=name on_pick=move |()| pipe.move_to(ids(), &id) /> }
    };
    let owner = move |name: String| {
        let label = name.clone();
        let give = move |()| {
            let (ids, name) = (ids(), name.clone());
            let said = copy::given(ids.len(), &name);
            team.write_saying(said, |book| {
                book.edit(Kind::Deal, &ids, &[(Field::Owner, Some(Value::Text(name.clone())))])
            });
        };
        view! { <MenuItem label icon="people" on_pick=give /> }
    };
    let close = move |to: Place, label: &'static str| {
        view! { <MenuItem label on_pick=move |()| pipe.closing.set(Some(Closing { ids: ids(), to: to.clone() })) /> }
    };
    let remove = move |()| {
        let ids = ids();
        let said = copy::removed(ids.len());
        team.write_saying(said, |book| book.remove(Kind::Deal, &ids));
        picked.update(BTreeSet::clear);
    };
    live(move || {
        let count = picked.with(BTreeSet::len);
        (count > 0).then(|| {
            view! {
                <div class="picked card" role="group" aria-label=copy::PICKED>
                    <strong role="status">{copy::picked(count)}</strong>
                    <Menu label=copy::MOVE_TO size=ButtonSize::Small>
                        {steps.get().into_iter().map(step).collect_view()}
                        <MenuTitle label=copy::CLOSE_AS />
                        {close(Place::Won, copy::CLOSE_WON)}
                        {close(Place::Lost, copy::CLOSE_LOST)}
                        {close(Place::NoDecision, copy::CLOSE_NONE)}
                    </Menu>
                    <Menu label=copy::GIVE_TO size=ButtonSize::Small>{owners(team).into_iter().map(owner).collect_view()}</Menu>
                    <Button label=copy::REMOVE kind=ButtonKind::Danger size=ButtonSize::Small on_press=remove />
                    <Button label=words::CANCEL kind=ButtonKind::Quiet size=ButtonSize::Small on_press=move |()| picked.update(BTreeSet::clear) />
                </div>
            }
        })
    })
}
