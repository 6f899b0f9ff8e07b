//! What became of the terms: first page, price, plan, field by field.

use std::collections::BTreeMap;

use stdx::Gather as _;
use terms::{
    plan::{Due, Plan, Side, Step},
    portal::Contact,
    price::{Choices, Currency, Decimal, Detail, Discount, Line, PriceList, Recurrence},
};
use text::Fate;

use crate::frozen::Frozen;

/// What the change of a term is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Topic {
    /// The title and the first page.
    Page,
    /// A person, by what to call them.
    Person(String),
    /// A variable, by name.
    Variable(String),
    /// What holds for the whole price.
    Price,
    /// A line of the price, by what one gets.
    Line(String),
    /// What holds for the whole plan.
    Plan,
    /// A step of the plan, by what is to be done.
    Step(String),
}

/// Something of a term that can change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "but for the first two, each is a field of that name in the crate `terms`")]
pub enum What {
    /// All of it: it came or went.
    Whole,
    /// The order of its parts.
    Order,
    Title,
    Seller,
    Buyer,
    Welcome,
    Hue,
    Logo,
    Name,
    Role,
    Mail,
    Phone,
    Side,
    Value,
    Currency,
    Months,
    Until,
    Less,
    LessOnce,
    LessMonthly,
    LessYearly,
    Hidden,
    Note,
    Unit,
    Heading,
    Quantity,
    Bounds,
    Each,
    Tiers,
    Kept,
    Recurrence,
    Discount,
    Tax,
    Optional,
    Package,
    ChosenIn,
    ChosenQuantity,
    ChosenPackage,
    Goal,
    Target,
    Stages,
    Stage,
    Who,
    Due,
    Pinned,
    Takes,
    Status,
    After,
    Comment,
    Confirmed,
}

impl What {
    /// The column of the price that it stands in, where that can be hidden.
    pub fn detail(self) -> Option<Detail> {
        match self {
            Self::Quantity => Some(Detail::Quantity),
            Self::Each | Self::Tiers | Self::Kept => Some(Detail::Each),
            Self::Discount => Some(Detail::Less),
            Self::Tax => Some(Detail::Tax),
            _ => None,
        }
    }
}

/// A change of a term in words and figures as they are kept: `10` → `12`. Money has the code of its currency before it,
/// `EUR 12.5`; tiers are `10 EUR 9, 50 EUR 8`, a logo is the name of its bytes and what it shows. What was not there before, or is not there any more, is empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TermChange {
    /// What it is about.
    pub topic: Topic,
    /// What of that.
    pub what: What,
    /// Whether it changed, came or went.
    pub fate: Fate,
    /// As it was.
    pub before: String,
    /// As it is.
    pub after: String,
}

/// A field: what, and how it reads.
type Fields = Vec<(What, String)>;

/// A part with a name of its own: that, what to call it, its fields.
type Named = (String, Topic, Fields);

pub(super) fn between(old: &Frozen, new: &Frozen) -> Vec<TermChange> {
    let mut found = Vec::new();
    let named = |of: &Frozen| of.contacts.iter().map(person).collect::<Vec<_>>();
    fields(&mut found, &Topic::Page, page(old), page(new));
    parts(&mut found, named(old), named(new));
    let named = |of: &Frozen| of.variables.iter().map(variable).collect::<Vec<_>>();
    parts(&mut found, named(old), named(new));

    let named = |of: &Frozen| of.price.lines.iter().map(|it| line(it, of)).collect::<Vec<_>>();
    fields(&mut found, &Topic::Price, price(&old.price), price(&new.price));
    order(&mut found, &Topic::Price, &named(old), &named(new));
    parts(&mut found, named(old), named(new));
    for (group, after) in &new.choices.packages {
        if let Some(before) = old.choices.packages.get(group) {
            let one = |name: &String| vec![(What::ChosenPackage, name.clone())];
            fields(&mut found, &Topic::Price, one(before), one(after));
        }
    }

    let named = |of: &Frozen| of.plan.steps.iter().map(|it| step(it, of)).collect::<Vec<_>>();
    fields(&mut found, &Topic::Plan, plan(&old.plan), plan(&new.plan));
    order(&mut found, &Topic::Plan, &named(old), &named(new));
    parts(&mut found, named(old), named(new));
    found
}

fn fields(found: &mut Vec<TermChange>, topic: &Topic, old: Fields, new: Fields) {
    for ((what, before), (_, after)) in old.into_iter().zip(new) {
        if before != after {
            found.push(TermChange { topic: topic.clone(), what, fate: Fate::Kept, before, after });
        }
    }
}

/// Those that came, went and changed.
fn parts(found: &mut Vec<TermChange>, old: Vec<Named>, new: Vec<Named>) {
    let whole = |topic, fate| TermChange {
        topic,
        what: What::Whole,
        fate,
        before: String::new(),
        after: String::new(),
    };
    let ids: Vec<String> = old.iter().map(|(id, ..)| id.clone()).collect();
    let mut before: BTreeMap<String, (Topic, Fields)> =
        old.into_iter().map(|(id, topic, fields)| (id, (topic, fields))).gather();
    for (id, topic, is) in new {
        match before.remove(&id) {
            Some((_, was)) => fields(found, &topic, was, is),
            None => found.push(whole(topic, Fate::Inserted)),
        }
    }
    for id in ids {
        if let Some((topic, _)) = before.remove(&id) {
            found.push(whole(topic, Fate::Deleted));
        }
    }
}

fn order(found: &mut Vec<TermChange>, topic: &Topic, old: &[Named], new: &[Named]) {
    let both = |of: &[Named], other: &[Named]| -> Vec<String> {
        let other: std::collections::BTreeSet<&String> = other.iter().map(|(id, ..)| id).gather();
        of.iter().map(|(id, ..)| id).filter(|id| other.contains(id)).cloned().gather()
    };
    if both(old, new) != both(new, old) {
        let (topic, what, fate) = (topic.clone(), What::Order, Fate::Kept);
        found.push(TermChange { topic, what, fate, before: String::new(), after: String::new() });
    }
}

fn yes(is: bool) -> String {
    if is { "yes" } else { "no" }.to_owned()
}

fn side(side: Side) -> String {
    if side == Side::Buyer { "buyer" } else { "seller" }.to_owned()
}

fn page(of: &Frozen) -> Fields {
    let portal = &of.portal;
    vec![
        (What::Title, of.title.clone()),
        (What::Seller, portal.seller.clone()),
        (What::Buyer, portal.buyer.clone()),
        (What::Welcome, portal.welcome.clone()),
        (
            What::Logo,
            portal.logo.as_ref().map(|logo| format!("{} {}", logo.blob, logo.alt)).unwrap_or_default(),
        ),
        (What::Hue, portal.hue.map(|hue| hue.to_string()).unwrap_or_default()),
    ]
}

fn person(contact: &Contact) -> Named {
    let fields = vec![
        (What::Name, contact.name.clone()),
        (What::Role, contact.role.clone()),
        (What::Side, side(contact.side)),
        (What::Mail, contact.mail.clone()),
        (What::Phone, contact.phone.clone()),
    ];
    (contact.id.clone(), Topic::Person(contact.called().to_owned()), fields)
}

fn variable((name, value): (&String, &String)) -> Named {
    (name.clone(), Topic::Variable(name.clone()), vec![(What::Value, value.clone())])
}

fn money(amount: Decimal, currency: Currency) -> String {
    format!("{} {amount}", currency.code())
}

fn price(list: &PriceList) -> Fields {
    let off = |amount| if amount == Decimal::ZERO { String::new() } else { money(amount, list.currency) };
    vec![
        (What::Currency, list.currency.code().to_owned()),
        (What::Months, list.months.to_string()),
        (What::Until, list.valid_until.clone()),
        (What::Less, format!("{}%", list.discount.percent)),
        (What::LessOnce, off(list.discount.once)),
        (What::LessMonthly, off(list.discount.monthly)),
        (What::LessYearly, off(list.discount.yearly)),
        (What::Hidden, list.hidden.iter().map(|it| it.name()).collect::<Vec<_>>().join(", ")),
    ]
}

fn line(line: &Line, of: &Frozen) -> Named {
    let Choices { included, quantities, .. } = &of.choices;
    let bound = |it: Option<Decimal>| it.map(|it| it.to_string()).unwrap_or_default();
    let bounds = match (line.least, line.most) {
        (None, None) => String::new(),
        (least, most) => format!("{}–{}", bound(least), bound(most)),
    };
    let recurrence = match line.recurrence {
        Recurrence::Once => "once",
        Recurrence::Monthly => "monthly",
        Recurrence::Yearly => "yearly",
    };
    let discount = match line.discount {
        None => String::new(),
        Some(Discount::Percent(off)) => format!("{off}%"),
        Some(Discount::Amount(off)) => money(off, of.price.currency),
    };
    let tier = |from: Decimal, price| format!("{from} {}", money(price, of.price.currency));
    let fields = vec![
        (What::Name, line.name.clone()),
        (What::Note, line.note.clone()),
        (What::Unit, line.unit.clone()),
        (What::Heading, line.section.clone()),
        (What::Quantity, line.quantity.to_string()),
        (What::Bounds, bounds),
        (What::Each, money(line.price, of.price.currency)),
        (
            What::Tiers,
            line.tiers.iter().map(|(from, price)| tier(*from, *price)).collect::<Vec<_>>().join(", "),
        ),
        (What::Kept, line.kept.map(|it| tier(it.quantity, it.price)).unwrap_or_default()),
        (What::Recurrence, recurrence.to_owned()),
        (What::Discount, discount),
        (What::Tax, format!("{}%", line.tax)),
        (What::Optional, yes(line.optional.is_some())),
        (What::Package, line.package.as_ref().map(|it| it.name.clone()).unwrap_or_default()),
        (What::ChosenIn, included.get(&line.id).map(|is_in| yes(*is_in)).unwrap_or_default()),
        (What::ChosenQuantity, quantities.get(&line.id).map(ToString::to_string).unwrap_or_default()),
    ];
    (line.id.clone(), Topic::Line(line.name.clone()), fields)
}

fn plan(plan: &Plan) -> Fields {
    let stages: Vec<&str> = plan.stages.iter().map(|stage| stage.name.as_str()).collect();
    vec![
        (What::Goal, plan.goal.clone()),
        (What::Target, plan.target.map(|day| day.to_string()).unwrap_or_default()),
        (What::Stages, stages.join(", ")),
    ]
}

fn step(step: &Step, of: &Frozen) -> Named {
    let name = |id: &str| of.plan.find(id).map(|at| of.plan.steps[at].name.clone()).unwrap_or_default();
    let stage = of.plan.stages.iter().find(|stage| stage.id == step.stage);
    let after: Vec<String> = step.after.iter().map(|id| name(id)).filter(|name| !name.is_empty()).collect();
    let due = match &step.due {
        // The name that people read, in the place of the step's own.
        Due::Step(from, offset) => format!("{} {offset}", name(from)),
        Due::Target(offset) => format!("target {offset}"),
        other => other.to_string(),
    };
    let fields = vec![
        (What::Name, step.name.clone()),
        (What::Stage, stage.map(|stage| stage.name.clone()).unwrap_or_default()),
        (What::Side, side(step.side)),
        (What::Who, step.who.words().to_owned()),
        (What::Due, due),
        (What::Pinned, step.pinned.map(|day| day.to_string()).unwrap_or_default()),
        (What::Takes, if step.takes == 0 { String::new() } else { step.takes.to_string() }),
        (What::Status, step.status.name().to_owned()),
        (What::After, after.join(", ")),
        (What::Comment, step.comment.clone()),
        (What::Confirmed, yes(of.confirmed.contains(&step.id))),
    ];
    (step.id.clone(), Topic::Step(step.name.clone()), fields)
}
