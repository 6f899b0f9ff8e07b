//! The terms of a frozen room: first page, price, plan.

use std::collections::BTreeSet;

use model::BlobHash;
use stdx::{Cut, Reader, Writer};
use terms::{
    plan::{Day, Due, Plan, Side, Stage, Status, Step, Who},
    portal::{Contact, Logo, Portal},
    price::{
        Choices, Currency, DealDiscount, Decimal, Detail, Discount, Kept, Line, Package, PriceList,
        Recurrence,
    },
};

use super::{Frozen, document::read_bool};

pub(super) fn write_page(out: &mut Writer, frozen: &Frozen) {
    let Portal { seller, buyer, welcome, hue, logo: _ } = &frozen.portal;
    out.text(&frozen.title).text(seller).text(buyer).text(welcome);
    out.uint(hue.map_or(0, |hue| u64::from(hue) + 1));
    out.uint(frozen.contacts.len() as u64);
    for Contact { id, name, role, side, mail, phone } in &frozen.contacts {
        out.text(id).text(name).text(role).u8(side_byte(*side)).text(mail).text(phone);
    }
}

pub(super) fn read_page(from: &mut Reader<'_>, frozen: &mut Frozen) -> Result<(), Cut> {
    frozen.title = words(from)?;
    let (seller, buyer, welcome) = (words(from)?, words(from)?, words(from)?);
    let hue = from.uint()?.checked_sub(1).map(u16::try_from).transpose().or(Err(Cut))?;
    frozen.portal = Portal { seller, buyer, welcome, hue, logo: None };
    for _ in 0..from.uint()? {
        let (id, name, role) = (words(from)?, words(from)?, words(from)?);
        let (side, mail, phone) = (read_side(from)?, words(from)?, words(from)?);
        frozen.contacts.push(Contact { id, name, role, side, mail, phone });
    }
    Ok(())
}

/// What the second version has behind the first page: the logo.
pub(super) fn write_logo(out: &mut Writer, portal: &Portal) {
    out.u8(portal.logo.is_some().into());
    if let Some(Logo { blob, alt }) = &portal.logo {
        out.raw(&blob.0).text(alt);
    }
}

/// Reads what [`write_logo`] wrote into the first page that stands before it.
pub(super) fn read_logo(from: &mut Reader<'_>, portal: &mut Portal) -> Result<(), Cut> {
    if read_bool(from)? {
        portal.logo = Some(Logo { blob: BlobHash(from.array()?), alt: words(from)? });
    }
    Ok(())
}

pub(super) fn write_price(out: &mut Writer, list: &PriceList, choices: &Choices) {
    out.text(list.currency.code()).uint(list.months.into()).text(&list.valid_until);
    let DealDiscount { percent, once, monthly, yearly } = list.discount;
    for number in [percent, once, monthly, yearly] {
        write_decimal(out, number);
    }
    out.uint(list.lines.len() as u64);
    for line in &list.lines {
        write_line(out, line);
    }
    out.uint(choices.included.len() as u64);
    for (line, is_in) in &choices.included {
        out.text(line).u8((*is_in).into());
    }
    out.uint(choices.quantities.len() as u64);
    for (line, quantity) in &choices.quantities {
        out.text(line);
        write_decimal(out, *quantity);
    }
    out.uint(choices.packages.len() as u64);
    for (group, name) in &choices.packages {
        out.text(group).text(name);
    }
}

pub(super) fn read_price(from: &mut Reader<'_>) -> Result<(PriceList, Choices), Cut> {
    let currency = Currency::parse(from.text()?).ok_or(Cut)?;
    let months = u32::try_from(from.uint()?).or(Err(Cut))?;
    let valid_until = words(from)?;
    let (percent, once) = (read_decimal(from)?, read_decimal(from)?);
    let (monthly, yearly) = (read_decimal(from)?, read_decimal(from)?);
    let discount = DealDiscount { percent, once, monthly, yearly };
    let mut lines = Vec::new();
    for _ in 0..from.uint()? {
        lines.push(read_line(from)?);
    }
    let mut choices = Choices::default();
    for _ in 0..from.uint()? {
        choices.included.insert(words(from)?, read_bool(from)?);
    }
    for _ in 0..from.uint()? {
        choices.quantities.insert(words(from)?, read_decimal(from)?);
    }
    for _ in 0..from.uint()? {
        choices.packages.insert(words(from)?, words(from)?);
    }
    Ok((PriceList { currency, lines, discount, months, valid_until, ..PriceList::default() }, choices))
}

/// Whether there is something that the first version of the bytes had no place for.
pub(super) fn is_newer(frozen: &Frozen) -> bool {
    let list = &frozen.price;
    frozen.portal.logo.is_some()
        || !list.hidden.is_empty()
        || list.lines.iter().any(|line| !line.tiers.is_empty() || line.kept.is_some())
}

/// What the second version has behind a price: what is hidden, and the tiers of each line.
pub(super) fn write_tiers(out: &mut Writer, list: &PriceList) {
    out.uint(list.hidden.len() as u64);
    for detail in &list.hidden {
        out.text(detail.name());
    }
    for line in &list.lines {
        out.uint(line.tiers.len() as u64);
        for (from, price) in &line.tiers {
            write_decimal(out, *from);
            write_decimal(out, *price);
        }
        out.u8(line.kept.is_some().into());
        if let Some(Kept { quantity, price }) = line.kept {
            write_decimal(out, quantity);
            write_decimal(out, price);
        }
    }
}

/// Reads what [`write_tiers`] wrote into the price that stands before it.
pub(super) fn read_tiers(from: &mut Reader<'_>, list: &mut PriceList) -> Result<(), Cut> {
    for _ in 0..from.uint()? {
        list.hidden.insert(Detail::parse(from.text()?).ok_or(Cut)?);
    }
    for line in &mut list.lines {
        for _ in 0..from.uint()? {
            line.tiers.insert(read_decimal(from)?, read_decimal(from)?);
        }
        if read_bool(from)? {
            line.kept = Some(Kept { quantity: read_decimal(from)?, price: read_decimal(from)? });
        }
    }
    Ok(())
}

fn write_line(out: &mut Writer, line: &Line) {
    out.text(&line.id).text(&line.name).text(&line.note).text(&line.unit).text(&line.section);
    write_decimal(out, line.quantity);
    for bound in [line.least, line.most] {
        out.u8(bound.is_some().into());
        if let Some(bound) = bound {
            write_decimal(out, bound);
        }
    }
    write_decimal(out, line.price);
    let recurrence = Recurrence::ALL.iter().position(|it| *it == line.recurrence).unwrap_or_default();
    out.u8(recurrence as u8);
    match line.discount {
        None => drop(out.u8(0)),
        Some(Discount::Percent(off)) => write_decimal(out.u8(1), off),
        Some(Discount::Amount(off)) => write_decimal(out.u8(2), off),
    }
    write_decimal(out, line.tax);
    out.u8(match line.optional {
        None => 0,
        Some(true) => 1,
        Some(false) => 2,
    });
    out.u8(line.package.is_some().into());
    if let Some(Package { group, name }) = &line.package {
        out.text(group).text(name);
    }
}

fn read_line(from: &mut Reader<'_>) -> Result<Line, Cut> {
    fn bound(from: &mut Reader<'_>) -> Result<Option<Decimal>, Cut> {
        Ok(if read_bool(from)? { Some(read_decimal(from)?) } else { None })
    }
    Ok(Line {
        id: words(from)?,
        name: words(from)?,
        note: words(from)?,
        unit: words(from)?,
        section: words(from)?,
        quantity: read_decimal(from)?,
        least: bound(from)?,
        most: bound(from)?,
        price: read_decimal(from)?,
        recurrence: *Recurrence::ALL.get(usize::from(from.u8()?)).ok_or(Cut)?,
        discount: match from.u8()? {
            0 => None,
            1 => Some(Discount::Percent(read_decimal(from)?)),
            2 => Some(Discount::Amount(read_decimal(from)?)),
            _ => return Err(Cut),
        },
        tax: read_decimal(from)?,
        optional: match from.u8()? {
            0 => None,
            1 => Some(true),
            2 => Some(false),
            _ => return Err(Cut),
        },
        package: if read_bool(from)? {
            Some(Package { group: words(from)?, name: words(from)? })
        } else {
            None
        },
        ..Line::default()
    })
}

pub(super) fn write_plan(out: &mut Writer, plan: &Plan, confirmed: &BTreeSet<String>) {
    out.text(&plan.goal);
    write_day(out, plan.target);
    out.uint(plan.stages.len() as u64);
    for Stage { id, name } in &plan.stages {
        out.text(id).text(name);
    }
    out.uint(plan.steps.len() as u64);
    for step in &plan.steps {
        out.text(&step.id).text(&step.stage).text(&step.name).u8(side_byte(step.side));
        out.text(&step.who.to_string()).text(&step.due.to_string());
        write_day(out, step.pinned);
        out.uint(step.takes.into()).text(step.status.name());
        // What a step waits for has no order of its own.
        write_names(out, &step.after.iter().cloned().collect());
        out.text(&step.comment);
    }
    write_names(out, confirmed);
}

pub(super) fn read_plan(from: &mut Reader<'_>) -> Result<(Plan, BTreeSet<String>), Cut> {
    let (goal, target) = (words(from)?, Day::parse(from.text()?));
    let mut plan = Plan { goal, target, ..Plan::default() };
    for _ in 0..from.uint()? {
        plan.stages.push(Stage { id: words(from)?, name: words(from)? });
    }
    for _ in 0..from.uint()? {
        plan.steps.push(Step {
            id: words(from)?,
            stage: words(from)?,
            name: words(from)?,
            side: read_side(from)?,
            who: Who::parse(from.text()?),
            due: Due::parse(from.text()?),
            pinned: Day::parse(from.text()?),
            takes: u16::try_from(from.uint()?).or(Err(Cut))?,
            status: Status::parse(from.text()?),
            after: read_names(from)?.into_iter().collect(),
            comment: words(from)?,
            answered: 0,
        });
    }
    Ok((plan, read_names(from)?))
}

fn write_names(out: &mut Writer, names: &BTreeSet<String>) {
    out.uint(names.len() as u64);
    for name in names {
        out.text(name);
    }
}

fn read_names(from: &mut Reader<'_>) -> Result<BTreeSet<String>, Cut> {
    let mut all = BTreeSet::new();
    for _ in 0..from.uint()? {
        all.insert(words(from)?);
    }
    Ok(all)
}

fn write_day(out: &mut Writer, day: Option<Day>) {
    out.text(&day.map(|day| day.to_string()).unwrap_or_default());
}

fn write_decimal(out: &mut Writer, number: Decimal) {
    out.text(&number.to_string());
}

fn read_decimal(from: &mut Reader<'_>) -> Result<Decimal, Cut> {
    Decimal::parse(from.text()?).ok_or(Cut)
}

fn side_byte(side: Side) -> u8 {
    (side == Side::Buyer).into()
}

fn read_side(from: &mut Reader<'_>) -> Result<Side, Cut> {
    Ok(if read_bool(from)? { Side::Buyer } else { Side::Seller })
}

fn words(from: &mut Reader<'_>) -> Result<String, Cut> {
    Ok(from.text()?.to_owned())
}
