//! The list of what a team sells: a price whose lines feed the prices of rooms.

mod copy;
mod saving;

use std::collections::BTreeSet;

use leptos::{ev::Event, prelude::*};
use model::Standing;
use session::{Product, Products};
use terms::price::{Currency, PriceList};
use ui::{Banner, Button, ButtonKind, Dialog, EmptyState, Icon, SearchField, live};

use super::{Pricing, Shown, grid, leaving};
use crate::copy as words;
pub(super) use saving::SaveProduct;

/// Whether this device takes part in a team, which can have products.
pub(super) fn has_team(pricing: Pricing) -> Memo<bool> {
    let rooms = RwSignal::from(pricing.handsel.rooms().list());
    Memo::new(move |_| rooms.with(|rooms| rooms.iter().flatten().any(|room| room.standing == Standing::Team)))
}

/// The place of a team's workspace where the list is.
#[component]
pub(super) fn ProductsPlace(pricing: Pricing) -> impl IntoView {
    let is_empty = Memo::new(move |_| pricing.shown.with(|shown| shown.price.list.lines.is_empty()));
    let to_table = move || {
        view! { <Button label=copy::TO_TABLE icon="download" kind=ButtonKind::Quiet on_press=move |()| leaving::table(pricing) /> }
    };
    view! {
        <main class="page price">
            <header class="page-head">
                <div>
                    <h2>{copy::PRODUCTS}</h2>
                    <p class="price-about">{copy::ABOUT}</p>
                </div>
                <div class="row" data-wrap="">{live(move || (!is_empty.get()).then(to_table))}</div>
            </header>
            <grid::Editing pricing />
        </main>
    }
}

/// The way from the price of a room to the products, where this device has any.
#[component]
pub(super) fn AddProducts(pricing: Pricing) -> impl IntoView {
    let open = RwSignal::new(false);
    let all = RwSignal::new(None::<Vec<Products>>);
    let has_team = has_team(pricing);
    let show = move |()| {
        all.set(None);
        open.set(true);
        pricing.handsel.attempt(async move {
            let found = pricing.handsel.rooms().products().await?;
            let _ = all.try_set(Some(found));
            Ok(())
        });
    };
    let body = move || {
        live(move || match all.get() {
            None => view! { <p class="hint" role="status">{copy::LOOKING}</p> }.into_any(),
            Some(all) if all.iter().all(|list| list.products.is_empty()) => {
                view! { <EmptyState icon="price" line=copy::NONE more=copy::NONE_MORE /> }.into_any()
            }
            Some(all) => view! { <Picking pricing all open /> }.into_any(),
        })
    };
    view! {
        {live(move || has_team.get().then(|| view! { <Button label=copy::ADD icon="plus" on_press=show /> }))}
        <Dialog open title=copy::ADD_TITLE close_label=words::CLOSE>{body()}</Dialog>
    }
}

#[component]
fn Picking(pricing: Pricing, all: Vec<Products>, open: RwSignal<bool>) -> impl IntoView {
    let search = RwSignal::new(String::new());
    let picked = RwSignal::new(BTreeSet::<(usize, usize)>::new());
    let (currency, has_lines) = pricing.shown.with_untracked(|shown| {
        let list = &shown.price.list;
        (list.currency, !list.lines.is_empty())
    });
    let lists = all.iter().enumerate().map(|(at, list)| {
        let fits = !has_lines || list.currency == currency;
        let rows = list.products.iter().enumerate().map(|(number, product)| {
            Row { key: (at, number), product, currency: list.currency, fits, search, picked }.view()
        });
        let rows = rows.collect_view();
        let other = (!fits && !list.products.is_empty()).then(|| {
            view! { <Banner words=copy::other_currency(list.currency.code(), currency.code()) /> }
        });
        view! {
            <fieldset class="product-list">
                <legend>{list.team.clone()}</legend>
                {other}
                {rows}
            </fieldset>
        }
    });
    let lists = lists.collect_view();
    let all = StoredValue::new(all);
    let add = move |()| {
        let picked = picked.get_untracked();
        let chosen: Vec<(Currency, Product)> = all.with_value(|all| {
            let find = |(at, number): &(usize, usize)| {
                let list = all.get(*at)?;
                Some((list.currency, list.products.get(*number)?.clone()))
            };
            picked.iter().filter_map(find).collect()
        });
        let Some(first) = chosen.first().map(|(currency, _)| *currency) else { return };
        if chosen.iter().any(|(currency, _)| *currency != first) {
            return pricing.handsel.toasts.say(copy::TWO_CURRENCIES);
        }
        open.set(false);
        pricing.handsel.attempt(async move {
            let Some(room) = pricing.room.room.try_get_value() else { return Ok(()) };
            let list = room.team_price().list;
            if list.lines.is_empty() && list.currency != first {
                room.set_price(&PriceList { currency: first, ..list })?;
            }
            let products: Vec<Product> = chosen.into_iter().map(|(_, product)| product).collect();
            room.add_products(&products).await?;
            pricing.handsel.toasts.say(copy::added(products.len()));
            Ok(())
        });
    };
    let count = Memo::new(move |_| picked.with(BTreeSet::len));
    view! {
        <SearchField label=copy::SEARCH clear_label=copy::CLEAR value=search />
        {lists}
        <div class="row">
            {live(move || {
                let count = count.get();
                if count == 0 {
                    return view! { <p class="hint">{copy::PICK}</p> }.into_any();
                }
                view! { <Button label=copy::add_count(count) kind=ButtonKind::Primary on_press=add /> }.into_any()
            })}
        </div>
    }
}

/// A product to pick.
struct Row<'a> {
    key: (usize, usize),
    product: &'a Product,
    currency: Currency,
    fits: bool,
    search: RwSignal<String>,
    picked: RwSignal<BTreeSet<(usize, usize)>>,
}

impl Row<'_> {
    fn view(self) -> AnyView {
        let Self { key, product, currency, fits, search, picked } = self;
        let line = &product.line;
        let shown = Shown::of_list(&PriceList { currency, ..PriceList::default() });
        let (name, note) = (copy::named(&line.name), line.note.clone());
        let each = copy::each(&shown.each(line.price), line.recurrence, &line.unit);
        let folded = browser::view::folded(&format!("{} {} {}", line.name, line.note, line.section));
        let is_found = Memo::new(move |_| {
            let query = browser::view::folded(&search.get());
            query.split_whitespace().all(|word| folded.contains(word))
        });
        let turn = move |event: Event| {
            let on = event_target_checked(&event);
            picked.update(|picked| {
                picked.remove(&key);
                picked.extend(on.then_some(key));
            });
        };
        let inside = product
            .cost
            .is_some()
            .then(|| view! { <span title=copy::WITH_COST><Icon name="lock" /><span class="visually-hidden">{copy::WITH_COST}</span></span> });
        view! {
            <label class="product" hidden=move || !is_found.get()>
                <input type="checkbox" aria-label=copy::priced(&name, &each) disabled=!fits on:change=turn />
                <span class="product-name"><strong>{name}</strong><span>{note}</span></span>
                <span class="product-each">{inside}{each}</span>
            </label>
        }
        .into_any()
    }
}
