//! The price as a buyer sees it: packages to choose from, lines by how often they are paid, and what it all comes to.

use browser::figures;
use leptos::prelude::*;
use replica::Choice;
use session::Thing;
use terms::price::{Decimal, Detail, Discount, Line, LineTotal, PriceList, Recurrence};
use ui::{Icon, Switch, live};

use super::{Pricing, Shown, copy, quantity::Quantity, repricing, tiers, totals::YourTotal};
use crate::features::room::comments::ThingMark;

/// In which order a buyer reads them: what stays before what is paid once.
const ORDER: [Recurrence; 3] = [Recurrence::Yearly, Recurrence::Monthly, Recurrence::Once];

/// A row of the table.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Row {
    /// How often the lines below are paid.
    Recurrence(Recurrence),
    /// A heading among them.
    Section(Recurrence, String),
    /// A line, by its name.
    Line(String),
}

/// The columns that are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Columns {
    quantity: bool,
    each: bool,
    less: bool,
    amount: bool,
}

impl Columns {
    fn of(shown: &Shown, may_choose: bool) -> Self {
        let is = |detail| !shown.hides(detail);
        // What the buyer chooses has to be somewhere.
        let chooses = may_choose && visible(shown).any(|line| line.bounds().is_some());
        Self {
            quantity: is(Detail::Quantity) || chooses,
            each: is(Detail::Each),
            less: is(Detail::Less),
            amount: is(Detail::Amount),
        }
    }
}

/// The whole view.
#[component]
pub(super) fn BuyersView(pricing: Pricing) -> impl IntoView {
    let shown = pricing.shown;
    let groups = Memo::new(move |_| {
        shown.with(|shown| {
            let groups = shown.price.list.packages();
            groups.into_iter().map(|(group, _)| group.to_owned()).collect::<Vec<_>>()
        })
    });
    let rows = Memo::new(move |_| shown.with(rows));
    let columns = Memo::new(move |_| shown.with(|shown| Columns::of(shown, pricing.may_choose.get())));
    let table = live(move || lines(pricing, columns.get(), rows));
    view! {
        <For each=move || groups.get() key=String::clone let:group>
            <Packages pricing group />
        </For>
        <div class="with-rail price-columns">
            <section class="card price-card" data-flush="" aria-label=copy::LINES>
                {table}
            </section>
            <YourTotal pricing is_buyers=true />
        </div>
    }
}

fn lines(pricing: Pricing, columns: Columns, rows: Memo<Vec<Row>>) -> impl IntoView {
    let number = |is_shown: bool, words| is_shown.then(|| view! { <th data-num="">{words}</th> });
    view! {
        <table class="table price-lines">
            <thead>
                <tr>
                    <th><span class="visually-hidden">{copy::INCLUDED}</span></th>
                    <th>{copy::WHAT}</th>
                    {number(columns.quantity, copy::QUANTITY)}
                    {number(columns.each, copy::EACH)}
                    {number(columns.less, copy::LESS)}
                    {number(columns.amount, copy::AMOUNT)}
                </tr>
            </thead>
            <tbody>
                <For each=move || rows.get() key=Row::clone let:row>
                    {match row {
                        Row::Recurrence(recurrence) => head(pricing, columns, recurrence, None).into_any(),
                        Row::Section(recurrence, section) => {
                            head(pricing, columns, recurrence, Some(section)).into_any()
                        }
                        Row::Line(id) => view! { <LineRow pricing columns id /> }.into_any(),
                    }}
                </For>
            </tbody>
        </table>
    }
}

/// The lines that are to be seen: those of packages that are not chosen are not.
fn visible(shown: &Shown) -> impl Iterator<Item = &Line> {
    let (list, choices) = (&shown.price.list, &shown.price.choices);
    list.lines.iter().filter(move |line| {
        line.package.as_ref().is_none_or(|it| list.chosen(&it.group, choices) == Some(it.name.as_str()))
    })
}

fn rows(shown: &Shown) -> Vec<Row> {
    let mut rows = Vec::new();
    let lines: Vec<&Line> = visible(shown).collect();
    for recurrence in ORDER {
        let lines: Vec<&Line> = lines.iter().filter(|line| line.recurrence == recurrence).copied().collect();
        let mut sections: Vec<&str> = Vec::new();
        for line in &lines {
            if !sections.contains(&line.section.as_str()) {
                sections.push(&line.section);
            }
        }
        // What stands below no heading comes before those that do.
        stdx::sort_by_key(&mut sections, |section| !section.is_empty());
        if !lines.is_empty() {
            rows.push(Row::Recurrence(recurrence));
        }
        for section in sections {
            if !section.is_empty() {
                rows.push(Row::Section(recurrence, section.to_owned()));
            }
            let below = lines.iter().filter(|line| line.section == section);
            rows.extend(below.map(|line| Row::Line(line.id.clone())));
        }
    }
    rows
}

/// A heading with what the lines below it come to.
fn head(
    pricing: Pricing,
    columns: Columns,
    recurrence: Recurrence,
    section: Option<String>,
) -> impl IntoView {
    let between = [columns.quantity, columns.each, columns.less].into_iter().filter(|it| *it).count();
    let of = section.clone();
    let sum = Memo::new(move |_| {
        pricing.shown.with(|shown| {
            let Ok(totals) = &shown.totals else { return String::new() };
            let is_below = |line: &Line| {
                line.recurrence == recurrence && of.as_ref().is_none_or(|section| *section == line.section)
            };
            let lines = shown.price.list.lines.iter().zip(&totals.lines);
            let counted = lines.filter(|(line, total)| total.counts && is_below(line));
            shown.money(counted.fold(Default::default(), |sum, (_, total)| total.net.plus(sum)))
        })
    });
    let kind = if section.is_some() { "section" } else { "recurrence" };
    let words = section.unwrap_or_else(|| copy::paid(recurrence).to_owned());
    view! {
        <tr class="group" data-kind=kind>
            <th colspan=between + 2 scope="rowgroup">{words}</th>
            {columns.amount.then(|| view! { <td data-num="">{sum}</td> })}
        </tr>
    }
}

#[component]
fn LineRow(pricing: Pricing, columns: Columns, id: String) -> impl IntoView {
    let state: Memo<(Line, LineTotal)> = {
        let id = id.clone();
        Memo::new(move |_| {
            let found =
                pricing.shown.with(|shown| shown.line(&id).map(|(line, total)| (line.clone(), total)));
            found.unwrap_or_default()
        })
    };
    let line = move |part: fn(&Line) -> String| Memo::new(move |_| state.with(|(line, _)| part(line)));
    let name = line(|line| line.name.clone());
    let counts = Memo::new(move |_| state.with(|(_, total)| total.counts));
    let quantity = Memo::new(move |_| state.with(|(_, total)| total.quantity));
    let is_optional = Memo::new(move |_| state.with(|(line, _)| line.optional.is_some()));
    let bounds = Memo::new(move |_| state.with(|(line, _)| line.bounds()));
    let more = Memo::new(move |_| state.with(|(line, _)| more(line)));
    let each = Memo::new(move |_| {
        pricing.shown.with(|shown| state.with(|(line, total)| shown.each(line.each(total.quantity))))
    });
    let less = Memo::new(move |_| {
        pricing.shown.with(|shown| state.with(|(line, _)| line.discount.map(|off| taken_off(shown, off))))
    });
    let amount =
        Memo::new(move |_| pricing.shown.with(|shown| state.with(|(_, total)| shown.money(total.net))));
    let thing = Thing::Line(id.clone());
    let (turned, set) = (id.clone(), id);
    let included = live(move || {
        let turned = turned.clone();
        if is_optional.get() && pricing.may_choose.get() {
            let turn = move |is_in| pricing.choose(&Choice::Include { line: turned.clone(), is_in });
            view! { <Switch label=name on=counts on_turn=turn /> }.into_any()
        } else {
            live(move || {
                let (icon, words) =
                    if counts.get() { ("check", copy::INCLUDED) } else { ("x", copy::NOT_INCLUDED) };
                view! { <span class="price-check" title=words><Icon name=icon /><span class="visually-hidden">{words}</span></span> }
            })
        }
    });
    let quantity_shown = pricing.shown.with_untracked(|shown| !shown.hides(Detail::Quantity));
    let by_quantity = live(move || {
        let list = || {
            pricing.shown.with(|shown| state.with(|(line, total)| tiers::list(shown, line, total.quantity)))
        };
        if columns.each { list() } else { None }
    });
    let how_many = live(move || match bounds.get().filter(|_| pricing.may_choose.get()) {
        Some(bounds) => {
            let set = set.clone();
            let choose = move |quantity| pricing.choose(&Choice::Quantity { line: set.clone(), quantity });
            let cost = move |wanted| cost(pricing, columns, state, wanted);
            view! { <Quantity pricing name quantity bounds choose cost /> }.into_any()
        }
        None if !quantity_shown => ().into_any(),
        None => {
            view! { <span class="quantity" data-fixed="">{move || written(quantity.get())}</span> }.into_any()
        }
    });
    view! {
        <tr data-off=move || (!counts.get()).then_some("")>
            <td class="price-in">{included}</td>
            <td class="price-what">
                <div class="price-head"><p class="price-name">{name}</p><ThingMark thing called=name /></div>
                {live(move || more.get().map(|words| view! { <p class="price-more">{words}</p> }))}
                {by_quantity}
            </td>
            {columns.quantity.then(|| view! { <td class="price-quantity" data-num="">{how_many}</td> })}
            {columns.each.then(|| view! { <td class="price-each" data-num="">{each}</td> })}
            {columns.less.then(|| view! { <td class="price-less" data-num="">{less}</td> })}
            {columns.amount.then(|| view! { <td class="price-amount" data-num="">{amount}</td> })}
        </tr>
    }
}

/// What so many of a line would cost, where that is another price of one than now; before anything is chosen.
fn cost(
    pricing: Pricing,
    columns: Columns,
    state: Memo<(Line, LineTotal)>,
    wanted: Decimal,
) -> Option<String> {
    pricing.shown.with_untracked(|shown| {
        state.with_untracked(|(line, total)| {
            let is_other = line.each(wanted) != line.each(total.quantity);
            (columns.each && is_other).then(|| {
                let line = Line { quantity: wanted, ..line.clone() };
                let amount = repricing::net(shown, &line).filter(|_| columns.amount);
                let amount = amount.map(|net| shown.money(net));
                copy::would_be(&written(wanted), &shown.each(line.each(wanted)), amount.as_deref())
            })
        })
    })
}

/// The note, and what the buyer may choose.
fn more(line: &Line) -> Option<String> {
    let bounds = line.bounds().map(|(least, most)| copy::between(&written(least), &written(most)));
    match (line.note.is_empty(), bounds) {
        (true, bounds) => bounds,
        (false, None) => Some(line.note.clone()),
        (false, Some(bounds)) => Some(format!("{} {bounds}", copy::sentence(&line.note))),
    }
}

fn taken_off(shown: &Shown, off: Discount) -> String {
    match off {
        Discount::Percent(percent) => figures::percent(&percent.to_string()),
        Discount::Amount(amount) => shown.each(amount),
    }
}

/// A quantity in the reader's figures.
pub(super) fn written(quantity: Decimal) -> String {
    figures::number(&quantity.to_string(), 0)
}

/// One choice between packages.
#[component]
fn Packages(pricing: Pricing, group: String) -> impl IntoView {
    let shown = pricing.shown;
    let of = group.clone();
    let names = Memo::new(move |_| {
        shown.with(|shown| {
            let groups = shown.price.list.packages();
            let names = groups.into_iter().find(|(name, _)| *name == of).map(|(_, names)| names);
            names.unwrap_or_default().into_iter().map(str::to_owned).collect::<Vec<_>>()
        })
    });
    let of = group.clone();
    let chosen = Memo::new(move |_| {
        shown.with(|shown| shown.price.list.chosen(&of, &shown.price.choices).map(str::to_owned))
    });
    let legend = copy::choose_one(&group);
    let card = move |name: String| {
        let (is_on, about) = (name.clone(), (group.clone(), name.clone()));
        let is_chosen = Memo::new(move |_| chosen.with(|chosen| chosen.as_ref() == Some(&is_on)));
        let about = Memo::new(move |_| shown.with(|shown| about_package(shown, &about.0, &about.1)));
        let called = name.clone();
        let label =
            Signal::derive(move || about.with(|(amount, rest, _)| format!("{called}, {amount} {rest}")));
        let (field, choice) = (format!("package {group}"), (group.clone(), name.clone()));
        let pick = move |_| {
            pricing.choose(&Choice::Package { group: choice.0.clone(), name: choice.1.clone() });
        };
        view! {
            <label class="package">
                <span class="package-name">
                    <input type="radio" name=field aria-label=label prop:checked=is_chosen disabled=move || !pricing.may_choose.get() on:change=pick />
                    <strong>{name}</strong>
                    {live(move || is_chosen.get().then(|| view! { <span class="badge" data-tone="accent">{copy::CHOSEN}</span> }))}
                </span>
                {live(move || {
                    let (amount, rest, note) = about.get();
                    view! {
                        <span><strong class="num">{amount}</strong>" "<span class="package-per">{rest}</span></span>
                        <span class="package-note">{note}</span>
                    }
                })}
            </label>
        }
    };
    view! {
        <fieldset class="packages">
            <legend>{legend}</legend>
            <For each=move || names.get() key=String::clone let:name>{card(name)}</For>
        </fieldset>
    }
}

/// What a package costs, for what, and what is in it.
fn about_package(shown: &Shown, group: &str, name: &str) -> (String, String, String) {
    let list = &shown.price.list;
    let is_in = |line: &&Line| line.package.as_ref().is_some_and(|it| it.group == group && it.name == name);
    let lines: Vec<&Line> = list.lines.iter().filter(is_in).collect();
    if let [line] = lines.as_slice()
        && !shown.hides(Detail::Each)
    {
        let rest = copy::for_each(&line.unit, line.recurrence);
        let quantity = PriceList::quantity(line, &shown.price.choices);
        return (shown.each(line.each(quantity)), rest, line.note.clone());
    }
    // Of several lines what they come to as they stand.
    let sums = ORDER.into_iter().filter_map(|recurrence| {
        let of = lines.iter().filter(|line| line.recurrence == recurrence);
        let mut nets = of.filter_map(|line| Some(shown.line(&line.id)?.1.net)).peekable();
        nets.peek()?;
        let sum = shown.money(nets.fold(Default::default(), |sum, net| net.plus(sum)));
        Some((sum, copy::for_each("", recurrence)))
    });
    let sums: Vec<(String, String)> = sums.collect();
    let mut rest = sums.iter().skip(1).map(|(sum, paid)| format!("{sum} {paid}"));
    let (first, mut paid) = sums.first().cloned().unwrap_or_default();
    if let Some(more) = rest.by_ref().reduce(|all, one| all + ", " + &one) {
        paid = format!("{paid}, {more}");
    }
    let names: Vec<&str> = lines.iter().map(|line| line.name.as_str()).collect();
    (first, paid, names.join(", "))
}
