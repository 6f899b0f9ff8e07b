//! The price in the offer: what holds for all lines in one map, and each line as a map of its own in another, with a key
//! for each field, so that two people who change different fields of one line both have their way.
//!
//! All values are strings; a key that is not there is an empty string. A line that is deleted loses its place only, and
//! comes back with what others wrote in it meanwhile.

use std::collections::BTreeMap;

use stdx::Gather as _;
use terms::price::{
    Currency, DealDiscount, Decimal, Detail, Discount, Kept, Line, Package, PriceList, Recurrence,
};
use yrs::{Map as _, MapPrelim, MapRef, Out, ReadTxn, TransactionMut};

use super::Offer;
use crate::{attrs::text_of, guard::Refused, order, shared::SYSTEM};

/// The key of a line's place among the others.
const ORDER: &str = "order";
/// What the key of a tier begins with, before the quantity it begins at.
const TIER: &str = "tier ";

impl Offer {
    /// The price, lines in order.
    pub fn price(&self) -> PriceList {
        let read = self.shared.read(|txn| {
            let head = |key: &str| field(txn, &self.price, key);
            let lines = self.ordered(txn).into_iter().filter_map(|(_, id)| {
                let Some(Out::YMap(map)) = self.lines.get(txn, &id) else { return None };
                Some(Line { tiers: read_tiers(txn, &map), ..read_line(id, |key| field(txn, &map, key)) })
            });
            PriceList { lines: lines.collect(), ..read_head(head) }
        });
        read.unwrap_or_default()
    }

    /// Writes where `to` differs from `from` in what holds for all lines.
    pub fn set_price(&mut self, from: &PriceList, to: &PriceList) -> Result<(), Refused> {
        self.shared.write(SYSTEM, |txn| write(txn, &self.price, &head_fields(from), &head_fields(to)))
    }

    /// Adds lines at place `at` of the list. Their names must be new.
    pub fn insert_lines(&mut self, lines: &[Line], at: usize) -> Result<(), Refused> {
        self.shared.write(SYSTEM, |txn| {
            let mut ordered = self.ordered(txn);
            let at = at.min(ordered.len());
            for (line, at) in lines.iter().zip(at..) {
                let order = self.make_room(txn, &mut ordered, &line.id, at);
                let map = self.lines.insert(txn, line.id.as_str(), MapPrelim::default());
                map.insert(txn, ORDER, order);
                write_line(txn, &map, &Line::default(), line);
            }
        })
    }

    /// Writes the fields in which a line differs from what it was.
    pub fn set_line(&mut self, from: &Line, to: &Line) -> Result<(), Refused> {
        self.shared.write(SYSTEM, |txn| {
            if let Some(Out::YMap(map)) = self.lines.get(txn, &to.id) {
                write_line(txn, &map, from, to);
            }
        })
    }

    /// Puts a line at place `at` among the others.
    pub fn move_line(&mut self, line: &str, at: usize) -> Result<(), Refused> {
        self.shared.write(SYSTEM, |txn| {
            if let Some(Out::YMap(map)) = self.lines.get(txn, line) {
                // Without its old place, it is not counted among the others.
                map.remove(txn, ORDER);
                let mut ordered = self.ordered(txn);
                let at = at.min(ordered.len());
                let order = self.make_room(txn, &mut ordered, line, at);
                map.insert(txn, ORDER, order);
            }
        })
    }

    /// Takes lines out of the list. Answers their places, for [`Self::restore_lines`].
    pub fn delete_lines(&mut self, lines: &[String]) -> Result<Vec<(String, String)>, Refused> {
        self.shared.write(SYSTEM, |txn| {
            let mut places = Vec::new();
            for line in lines {
                if let Some(Out::YMap(map)) = self.lines.get(txn, line)
                    && let Some(order) = map.remove(txn, ORDER).and_then(|order| text_of(&order))
                {
                    places.push((line.clone(), order));
                }
            }
            places
        })
    }

    /// Puts lines back where they were.
    pub fn restore_lines(&mut self, places: &[(String, String)]) -> Result<(), Refused> {
        self.shared.write(SYSTEM, |txn| {
            for (line, order) in places {
                if let Some(Out::YMap(map)) = self.lines.get(txn, line)
                    && !map.contains_key(txn, ORDER)
                {
                    map.insert(txn, ORDER, order.as_str());
                }
            }
        })
    }

    /// The places and names of the lines, in order.
    fn ordered<T: ReadTxn>(&self, txn: &T) -> Vec<(String, String)> {
        let lines = self.lines.iter(txn).filter_map(|(id, map)| match map {
            Out::YMap(map) => Some((text_of(&map.get(txn, ORDER)?)?, id.to_owned())),
            _ => None,
        });
        let mut lines: Vec<_> = lines.collect();
        stdx::sort(&mut lines);
        lines
    }

    /// The order for the line `id` at place `at`, which it gets in `ordered` too; the others move where there is no room.
    fn make_room(
        &self,
        txn: &mut TransactionMut,
        ordered: &mut Vec<(String, String)>,
        id: &str,
        at: usize,
    ) -> String {
        let orders: Vec<&str> = ordered.iter().map(|(order, _)| order.as_str()).collect();
        let (own, others) = order::make_room(&orders, at);
        for ((old, id), order) in ordered.iter_mut().skip(at).zip(others) {
            old.clone_from(&order);
            if let Some(Out::YMap(map)) = self.lines.get(txn, id) {
                map.insert(txn, ORDER, order);
            }
        }
        ordered.insert(at, (own.clone(), id.to_owned()));
        own
    }
}

fn field<T: ReadTxn>(txn: &T, map: &MapRef, key: &str) -> String {
    map.get(txn, key).and_then(|value| text_of(&value)).unwrap_or_default()
}

/// Writes the fields that differ; an empty one takes its key away.
fn write(txn: &mut TransactionMut, map: &MapRef, from: &[(&str, String)], to: &[(&str, String)]) {
    for ((key, before), (_, after)) in from.iter().zip(to) {
        if before == after {
            continue;
        }
        if after.is_empty() {
            map.remove(txn, key);
        } else {
            map.insert(txn, *key, after.as_str());
        }
    }
}

/// Writes what differs. Each tier has a key of its own, so that two people who write different ones both have their way.
fn write_line(txn: &mut TransactionMut, map: &MapRef, from: &Line, to: &Line) {
    write(txn, map, &line_fields(from), &line_fields(to));
    for start in from.tiers.keys().filter(|start| !to.tiers.contains_key(start)) {
        map.remove(txn, &format!("{TIER}{start}"));
    }
    for (start, price) in &to.tiers {
        if from.tiers.get(start) != Some(price) {
            map.insert(txn, format!("{TIER}{start}"), price.to_string());
        }
    }
}

/// The tiers of a line. A key that is not written in the one way there is means nothing, so no two are of one quantity.
fn read_tiers<T: ReadTxn>(txn: &T, map: &MapRef) -> BTreeMap<Decimal, Decimal> {
    let tiers = map.iter(txn).filter_map(|(key, value)| {
        let start = key.strip_prefix(TIER)?;
        let from = Decimal::parse(start).filter(|from| from.to_string() == start)?;
        Some((from, Decimal::parse(&text_of(&value)?)?))
    });
    tiers.gather()
}

/// A number that is not worth a key where it is `usual`.
fn number(value: Decimal, usual: Decimal) -> String {
    if value == usual { String::new() } else { value.to_string() }
}

fn line_fields(line: &Line) -> [(&'static str, String); 15] {
    let words = |option: Option<Decimal>| option.map(|value| value.to_string()).unwrap_or_default();
    let (group, package) = match &line.package {
        Some(package) => (package.group.clone(), package.name.clone()),
        None => Default::default(),
    };
    [
        ("name", line.name.clone()),
        ("note", line.note.clone()),
        ("unit", line.unit.clone()),
        ("section", line.section.clone()),
        ("quantity", number(line.quantity, Decimal::ZERO)),
        ("least", words(line.least)),
        ("most", words(line.most)),
        ("price", number(line.price, Decimal::ZERO)),
        ("kept", line.kept.map(|it| format!("{} {}", it.quantity, it.price)).unwrap_or_default()),
        ("recurrence", recurrence_name(line.recurrence).to_owned()),
        (
            "discount",
            match line.discount {
                None => String::new(),
                Some(Discount::Percent(off)) => format!("{off}%"),
                Some(Discount::Amount(off)) => off.to_string(),
            },
        ),
        ("tax", number(line.tax, Decimal::ZERO)),
        ("optional", line.optional.map_or("", |is_in| if is_in { "in" } else { "out" }).to_owned()),
        ("group", group),
        ("package", package),
    ]
}

fn read_line(id: String, field: impl Fn(&str) -> String) -> Line {
    let option = |key: &str| Decimal::parse(&field(key));
    let number = |key: &str| option(key).unwrap_or_default();
    let discount = field("discount");
    let package = field("package");
    Line {
        id,
        name: field("name"),
        note: field("note"),
        unit: field("unit"),
        section: field("section"),
        quantity: number("quantity"),
        least: option("least"),
        most: option("most"),
        price: number("price"),
        tiers: BTreeMap::new(),
        kept: field("kept").split_once(' ').and_then(|(quantity, price)| {
            Some(Kept { quantity: Decimal::parse(quantity)?, price: Decimal::parse(price)? })
        }),
        recurrence: match field("recurrence").as_str() {
            "monthly" => Recurrence::Monthly,
            "yearly" => Recurrence::Yearly,
            _ => Recurrence::Once,
        },
        discount: match discount.strip_suffix('%') {
            Some(percent) => Decimal::parse(percent).map(Discount::Percent),
            None => Decimal::parse(&discount).map(Discount::Amount),
        },
        tax: number("tax"),
        optional: match field("optional").as_str() {
            "in" => Some(true),
            "out" => Some(false),
            _ => None,
        },
        package: (!package.is_empty()).then(|| Package { group: field("group"), name: package }),
    }
}

fn recurrence_name(recurrence: Recurrence) -> &'static str {
    match recurrence {
        Recurrence::Once => "",
        Recurrence::Monthly => "monthly",
        Recurrence::Yearly => "yearly",
    }
}

fn head_fields(list: &PriceList) -> [(&'static str, String); 12] {
    let DealDiscount { percent, once, monthly, yearly } = list.discount;
    let off = |value| number(value, Decimal::ZERO);
    let hides = |detail| if list.hidden.contains(&detail) { "yes".to_owned() } else { String::new() };
    [
        ("currency", list.currency.code().to_owned()),
        ("months", list.months.to_string()),
        ("until", list.valid_until.clone()),
        ("less", off(percent)),
        ("less once", off(once)),
        ("less monthly", off(monthly)),
        ("less yearly", off(yearly)),
        (hide_key(Detail::Quantity), hides(Detail::Quantity)),
        (hide_key(Detail::Each), hides(Detail::Each)),
        (hide_key(Detail::Less), hides(Detail::Less)),
        (hide_key(Detail::Tax), hides(Detail::Tax)),
        (hide_key(Detail::Amount), hides(Detail::Amount)),
    ]
}

/// The key that says whether the buyer's view leaves a column out.
fn hide_key(detail: Detail) -> &'static str {
    match detail {
        Detail::Quantity => "hide quantity",
        Detail::Each => "hide each",
        Detail::Less => "hide less",
        Detail::Tax => "hide tax",
        Detail::Amount => "hide amount",
    }
}

fn read_head(field: impl Fn(&str) -> String) -> PriceList {
    let number = |key: &str| Decimal::parse(&field(key)).unwrap_or_default();
    let (currency, months) = (Currency::parse(&field("currency")), field("months").parse().ok());
    let usual = PriceList::default();
    PriceList {
        currency: currency.unwrap_or(usual.currency),
        months: months
            .filter(|months| (1..=terms::price::MONTHS_MAX).contains(months))
            .unwrap_or(usual.months),
        valid_until: field("until"),
        hidden: Detail::ALL.into_iter().filter(|detail| field(hide_key(*detail)) == "yes").gather(),
        discount: DealDiscount {
            percent: number("less"),
            once: number("less once"),
            monthly: number("less monthly"),
            yearly: number("less yearly"),
        },
        ..usual
    }
}
