//! A price that was sealed: what was in it, and what it came to.

use leptos::prelude::*;
use session::Price;
use terms::price::{Choices, Detail, PriceList};

use super::{Shown, copy, totals};

fn shown(list: PriceList, choices: Choices) -> Shown {
    let totals = list.total(&choices);
    Shown { price: Price { list, choices, last: None }, totals }
}

/// The lines that counted, and the sums.
#[component]
pub(crate) fn SealedPrice(list: PriceList, choices: Choices) -> impl IntoView {
    let shown = shown(list, choices);
    let list = &shown.price.list;
    let (has_quantity, has_amount) = (!shown.hides(Detail::Quantity), !shown.hides(Detail::Amount));
    let counts = list.counting(&shown.price.choices);
    let rows = list.lines.iter().zip(counts).filter(|(_, counts)| *counts).map(|(line, _)| {
        let total = shown.line(&line.id).map(|(_, total)| total).unwrap_or_default();
        let quantity = [total.quantity.to_string(), line.unit.clone()].join(" ");
        let each = (!line.tiers.is_empty() && !shown.hides(Detail::Each)).then(|| {
            view! { <p class="price-more">{copy::each(&shown.each(total.each))}</p> }
        });
        view! {
            <tr>
                <td>
                    <span class="price-name">{line.name.clone()}</span>
                    {(!line.note.is_empty()).then(|| view! { <p class="price-more">{line.note.clone()}</p> })}
                    {each}
                </td>
                {has_quantity.then(|| view! { <td data-num="">{quantity}</td> })}
                <td data-num="">{copy::paid(line.recurrence)}</td>
                {has_amount.then(|| view! { <td data-num="" class="price-amount">{shown.money(total.net)}</td> })}
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <div class="sealed-price">
            <table class="table">
                <thead><tr><th>{copy::WHAT}</th>{has_quantity.then(|| view! { <th data-num="">{copy::QUANTITY}</th> })}<th data-num="">{copy::PAID}</th>{has_amount.then(|| view! { <th data-num="">{copy::AMOUNT}</th> })}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
            <div class="price-total">{totals::sums(&shown, true)}</div>
            {(!list.hidden.is_empty()).then(|| view! { <p class="price-more">{copy::SOME_HIDDEN}</p> })}
        </div>
    }
}

/// What a price comes to in the first year, before tax; none without lines, or where they make no sum.
pub(crate) fn first_year(list: &PriceList, choices: &Choices) -> Option<String> {
    if list.lines.is_empty() {
        return None;
    }
    let shown = shown(list.clone(), choices.clone());
    let first = shown.totals.as_ref().ok()?.first_year();
    Some(shown.money(first.before_tax))
}
