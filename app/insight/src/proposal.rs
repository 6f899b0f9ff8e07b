//! The draft of a proposal for a deal: what of the library goes into it and why, what its variables stand for, what it costs, and what it
//! is worth. It follows from what is known; whoever sends it changes it first.
//!
//! Nuggets are taken in the order in which [`serve`] ranks them, each once. None goes in that is for other problems, industries, products
//! or roles, nor what is the team's own: notes on competitors, and what to ask.

#[cfg(test)]
mod tests;
mod values;

use std::collections::BTreeMap;

use terms::{
    book::{Field, Record},
    nugget::{Facet, Nugget, NuggetKind},
    price::{Choices, Currency, Decimal, Line, Money, PriceList},
    question::{Facts, Given, Interview, Revealed},
    roi::{Calculator, PRICE_ONCE, PRICE_YEARLY, Unit},
    words::{is_alike, is_in, words},
};
use text::{Delta, Document, variables};

use crate::serve::{Beside, Reason, Served, serve};
pub use values::{Filled, Source};

/// What a section of a proposal is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// What stands first.
    Opening,
    /// A problem of the buyer, and what helps.
    Problem(String),
    /// What else they gain.
    Benefits,
    /// What it is worth.
    Worth,
    /// Who has done it before.
    Cases,
    /// What they may object.
    Answers,
    /// Whom they will have to do with.
    People,
}

/// A nugget that goes into a proposal, with its words as they were then.
#[derive(Debug, Clone, PartialEq)]
pub struct Picked {
    /// Its name among nuggets.
    pub nugget: String,
    /// Its title.
    pub title: String,
    /// What it says, in Markdown.
    pub text: String,
    /// Why it was picked; nothing where somebody put it in.
    pub reasons: Vec<Reason>,
}

/// A section of a proposal.
#[derive(Debug, Clone, PartialEq)]
pub struct Section {
    /// Its name in the room.
    pub heading: String,
    /// What is in it, in order.
    pub picked: Vec<Picked>,
}

/// A proposal before it is a room. All of it may be changed by hand.
#[derive(Debug, Clone, PartialEq)]
pub struct Proposal {
    /// The deal, by its name among deals.
    pub deal: String,
    /// What the room is to be called.
    pub title: String,
    /// The sections, in order.
    pub sections: Vec<Section>,
    /// What variables may stand for, by their names; see [`Proposal::variables`].
    pub values: BTreeMap<String, Filled>,
    /// What the price is in.
    pub currency: Currency,
    /// The lines of the price; each has the name of the product that it is a copy of.
    pub lines: Vec<Line>,
    /// What it is worth, with what answers and the price say.
    pub calculator: Option<Calculator>,
    /// Which answers went into the calculator.
    pub figures: Vec<Given<Decimal>>,
    /// The problems that answers reveal, with the questions.
    pub problems: Vec<Revealed>,
    /// Of these problems those for which nothing was found.
    pub unmet: Vec<String>,
    /// Products of the deal that are not in the team's list.
    pub unlisted: Vec<String>,
}

/// What a team has to make a proposal of.
pub struct Material<'a> {
    /// The library.
    pub nuggets: &'a [Nugget],
    /// The calculators.
    pub calculators: &'a [Calculator],
    /// What it sells.
    pub products: &'a PriceList,
    /// Whom the proposal is for.
    pub contact: Option<&'a Record>,
    /// What is known of the deal.
    pub facts: &'a Facts,
}

/// Drafts a proposal. `heading` tells what a section about something is called.
pub fn propose(
    deal: &Record,
    interview: &Interview,
    beside: &Beside<'_>,
    material: &Material<'_>,
    heading: &dyn Fn(&Part) -> String,
) -> Proposal {
    let problems = interview.problems();
    let known: Vec<String> = problems.iter().map(|it| it.problem.clone()).collect();
    let served = serve(material.nuggets, deal, beside);
    let (sections, unmet) = pick(&served, &known, heading);
    let (lines, unlisted) = lines(deal, interview, material.products);
    let currency = material.products.currency;
    let price = PriceList { lines: lines.clone(), ..material.products.clone() };
    let (calculator, figures) = match calculator(material, known) {
        Some(calculator) => prefilled(calculator, interview, &price, deal.currency()),
        None => Default::default(),
    };
    let values = values::of(deal, beside.account, material.contact, interview);
    let title = deal.text(Field::Name).to_owned();
    let deal = deal.id.clone();
    Proposal {
        deal,
        title,
        sections,
        values,
        currency,
        lines,
        calculator,
        figures,
        problems,
        unmet,
        unlisted,
    }
}

/// What a section takes: about what, of which kinds, at most how many.
type Wanted<'a> = (Part, &'a [NuggetKind], usize);

/// The sections that have anything in them, and the problems for which there is nothing.
fn pick(
    served: &[Served<'_>],
    problems: &[String],
    heading: &dyn Fn(&Part) -> String,
) -> (Vec<Section>, Vec<String>) {
    use NuggetKind::{Answer, Benefit, Case, Person, Reference, Template};
    let mut wanted: Vec<Wanted<'_>> = vec![(Part::Opening, &[Template], 1)];
    wanted.extend(problems.iter().map(|it| (Part::Problem(it.clone()), &[Benefit, Answer][..], 3)));
    wanted.extend([
        (Part::Benefits, &[Benefit][..], 3),
        (Part::Worth, &[NuggetKind::Calculator], 1),
        (Part::Cases, &[Case, Reference], 3),
        (Part::Answers, &[Answer], 3),
        (Part::People, &[Person], 2),
    ]);
    let is_for_others = |it: &Served<'_>| {
        let telling = [Facet::Problem, Facet::Industry, Facet::Product, Facet::Role];
        it.misses.iter().any(|facet| telling.contains(facet))
    };
    let mut left: Vec<&Served<'_>> = served.iter().filter(|it| !is_for_others(it)).collect();
    let (mut sections, mut unmet) = (Vec::new(), Vec::new());
    for (part, kinds, most) in wanted {
        let fits = |it: &Served<'_>| match &part {
            Part::Problem(problem) => {
                it.nugget.tagged(Facet::Problem).iter().any(|tag| is_in(&words(tag), &words(problem)))
            }
            _ => true,
        };
        let mut picked = Vec::new();
        left.retain(|it| {
            let is_taken = picked.len() < most && kinds.contains(&it.nugget.kind) && fits(it);
            if is_taken {
                picked.push(Picked { reasons: it.reasons.clone(), ..Picked::of(it.nugget) });
            }
            !is_taken
        });
        match (picked.is_empty(), part) {
            (false, part) => sections.push(Section { heading: heading(&part), picked }),
            (true, Part::Problem(problem)) => unmet.push(problem),
            (true, _) => {}
        }
    }
    (sections, unmet)
}

/// The lines of the deal's products with as many as answers say, and the products that are not in the list.
fn lines(deal: &Record, interview: &Interview, list: &PriceList) -> (Vec<Line>, Vec<String>) {
    let quantities = interview.quantities();
    let (mut lines, mut unlisted) = (Vec::<Line>::new(), Vec::new());
    for product in deal.list(Field::Products) {
        let is_new = |line: &&Line| is_alike(&line.name, product) && lines.iter().all(|it| it.id != line.id);
        let found: Vec<Line> = list.lines.iter().filter(is_new).cloned().collect();
        if !list.lines.iter().any(|line| is_alike(&line.name, product)) {
            unlisted.push(product.clone());
        }
        let said = quantities.iter().find(|it| is_alike(&it.name, product)).map(|it| it.value);
        lines.extend(found.into_iter().map(|line| match said {
            Some(quantity) => {
                let (least, most) = (line.least.unwrap_or_default(), line.most.unwrap_or(Decimal::MAX));
                Line { quantity: quantity.max(least).min(most), ..line }
            }
            None => line,
        }));
    }
    (lines, unlisted)
}

/// The calculator that fits in most ways; of several the one whose title comes first.
fn calculator(material: &Material<'_>, problems: Vec<String>) -> Option<Calculator> {
    let mut facts = material.facts.clone();
    facts.known[Facet::Problem as usize] = problems;
    let fitting = material.calculators.iter().filter(|it| facts.fit(&it.tags));
    let best = fitting.min_by_key(|it| (usize::MAX - facts.fitting_sorts(&it.tags), &it.title, &it.id));
    best.cloned()
}

/// A calculator with what answers and the price say, and which answers those were. Amounts go in only where they are in its currency.
fn prefilled(
    calculator: Calculator,
    interview: &Interview,
    price: &PriceList,
    deals: Option<Currency>,
) -> (Option<Calculator>, Vec<Given<Decimal>>) {
    let own = calculator.currency.or(deals).unwrap_or(price.currency);
    let mut calculator = Calculator { currency: Some(own), ..calculator };
    let mut figures = Vec::new();
    for input in &mut calculator.inputs {
        let of_price = priced(&input.name, price).filter(|_| price.currency == own);
        let is_in_own = input.unit != Unit::Money || deals.is_none_or(|it| it == own);
        let given = interview.inputs().into_iter().find(|it| it.name == input.name && is_in_own);
        if let Some(given) = given {
            input.value = input.within(given.value);
            figures.push(given);
        } else if let Some(amount) = of_price {
            input.value = input.within(amount);
        }
    }
    (Some(calculator), figures)
}

/// What a price says for an input of this name, before tax; none where it has no lines, or comes to nothing that can be reckoned.
fn priced(name: &str, price: &PriceList) -> Option<Decimal> {
    if price.lines.is_empty() || ![PRICE_ONCE, PRICE_YEARLY].contains(&name) {
        return None;
    }
    let totals = price.total(&Choices::default()).ok()?;
    let amount = |money: Money| Decimal::parse(&price.currency.write(money));
    if name == PRICE_ONCE {
        return amount(totals.once.before_tax());
    }
    let monthly = amount(totals.monthly.before_tax())?.checked_times(Decimal::whole(12))?;
    monthly.checked_plus(amount(totals.yearly.before_tax())?)
}

impl Picked {
    /// A nugget that somebody puts in.
    pub fn of(nugget: &Nugget) -> Self {
        let (title, text) = (nugget.title.clone(), nugget.text.clone());
        Self { nugget: nugget.id.clone(), title, text, reasons: Vec::new() }
    }
}

impl Section {
    /// What it says, in Markdown. Where there are several nuggets, each has its title before it.
    pub fn markdown(&self) -> String {
        if let [one] = self.picked.as_slice() {
            return one.text.clone();
        }
        let text = |it: &Picked| format!("### {}\n\n{}", plain(&it.title), it.text.trim());
        self.picked.iter().map(text).collect::<Vec<_>>().join("\n\n")
    }
}

/// Words of one line that Markdown takes for no signs.
fn plain(words: &str) -> String {
    let mut plain = String::new();
    for char in words.chars() {
        if char.is_ascii_punctuation() {
            plain.push('\\');
        }
        plain.push(if char.is_control() { ' ' } else { char });
    }
    plain
}

impl Proposal {
    /// Takes a nugget out, wherever it is. A section with nothing left goes with it.
    pub fn take_out(&mut self, nugget: &str) {
        for section in &mut self.sections {
            section.picked.retain(|it| it.nugget != nugget);
        }
        self.sections.retain(|section| !section.picked.is_empty());
    }

    /// Puts a nugget at the end of the section at this place; nothing where there is no such section, or it is in the proposal.
    pub fn put_in(&mut self, section: usize, nugget: &Nugget) {
        if self.nuggets().any(|it| it.nugget == nugget.id) {
            return;
        }
        if let Some(section) = self.sections.get_mut(section) {
            section.picked.push(Picked::of(nugget));
        }
    }

    /// All nuggets in it, in order.
    pub fn nuggets(&self) -> impl Iterator<Item = &Picked> {
        self.sections.iter().flat_map(|section| &section.picked)
    }

    /// The variables that its title, headings and texts use, each once, in their order, with what they stand for where that is known.
    pub fn variables(&self) -> Vec<(String, Option<&Filled>)> {
        let mut names: Vec<String> = Vec::new();
        let mut note = |words: &str| {
            for variable in variables(&Document::from_delta(&Delta::new().insert(words))) {
                if !names.contains(&variable.name) {
                    names.push(variable.name);
                }
            }
        };
        note(&self.title);
        for section in &self.sections {
            note(&section.heading);
            section.picked.iter().for_each(|it| note(&it.text));
        }
        let filled = |name: String| {
            let value = self.values.get(&name);
            (name, value)
        };
        names.into_iter().map(filled).collect()
    }

    /// Has a variable stand for what somebody wrote; for nothing where that is empty.
    pub fn fill(&mut self, name: &str, value: &str) {
        let value = value.trim().to_owned();
        if value.is_empty() {
            self.values.remove(name);
        } else {
            self.values.insert(name.to_owned(), Filled { value, from: Source::Hand });
        }
    }

    /// Those of its variables that stand for nothing yet.
    pub fn unfilled(&self) -> Vec<String> {
        let open = self.variables().into_iter().filter(|(_, value)| value.is_none());
        open.map(|(name, _)| name).collect()
    }
}
