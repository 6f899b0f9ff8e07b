//! The price on its way to spreadsheets.

use exchange::csv::csv;
use leptos::prelude::*;
use terms::price::{Detail, Discount, Line, PriceList};

use super::{Pricing, copy};
use crate::features::room::outgoing;

/// Hands over a table of all lines as they were chosen. Numbers are plain, as every spreadsheet reads them. Columns that
/// are hidden from buyers are in it for whoever owns the room only.
pub(super) fn table(pricing: Pricing) {
    let owns = pricing.room.may_own();
    let rows = pricing.shown.with_untracked(|shown| {
        let list = &shown.price.list;
        let counts = list.counting(&shown.price.choices);
        let mut rows = vec![copy::TABLE.map(str::to_owned)];
        for (line, counts) in list.lines.iter().zip(counts) {
            let quantity = PriceList::quantity(line, &shown.price.choices);
            let net = shown.line(&line.id).map(|(_, total)| list.currency.write(total.net));
            let each = line.each(quantity);
            rows.push([
                line.section.clone(),
                line.name.clone(),
                line.note.clone(),
                package(line),
                if counts { copy::INCLUDED } else { copy::NOT_INCLUDED }.to_owned(),
                quantity.to_string(),
                line.unit.clone(),
                each.to_string(),
                tiers(line),
                copy::paid(line.recurrence).to_owned(),
                less(line),
                line.tax.to_string(),
                net.unwrap_or_default(),
                list.currency.code().to_owned(),
            ]);
        }
        let is_shown = |at: usize| owns || DETAILS[at].is_none_or(|detail| !list.hidden.contains(&detail));
        let shown = |row: [String; 14]| -> Vec<String> {
            row.into_iter().enumerate().filter(|(at, _)| is_shown(*at)).map(|(_, cell)| cell).collect()
        };
        rows.into_iter().map(shown).collect::<Vec<_>>()
    });
    let title = copy::file_title(&pricing.room.get().title().get_untracked());
    outgoing::save(pricing.handsel, &title, "csv", "text/csv;charset=utf-8", csv(rows).as_bytes());
}

/// Which columns of the table can be hidden, in the order of [`copy::TABLE`].
const DETAILS: [Option<Detail>; 14] = [
    None,
    None,
    None,
    None,
    None,
    Some(Detail::Quantity),
    None,
    Some(Detail::Each),
    Some(Detail::Each),
    None,
    Some(Detail::Less),
    Some(Detail::Tax),
    Some(Detail::Amount),
    None,
];

fn tiers(line: &Line) -> String {
    let tiers = line.tiers.iter().map(|(from, price)| format!("{from}: {price}"));
    tiers.collect::<Vec<_>>().join("; ")
}

fn package(line: &Line) -> String {
    let named = line.package.as_ref().map(|it| format!("{} {}", it.group, it.name));
    named.unwrap_or_default().trim().to_owned()
}

fn less(line: &Line) -> String {
    match line.discount {
        None => String::new(),
        Some(Discount::Percent(off)) => format!("{off}%"),
        Some(Discount::Amount(off)) => off.to_string(),
    }
}
