//! What of the library is worth using for a deal at the step where it is, each with its reasons; and the library's search.
//!
//! Rank = 3 · Σ weight · match / Σ weight + 3 · BM25 / the best BM25 + lift, where ten times the shrunk lift is cut to −2 … 2, + the share of
//! readers who read it to the end − 1 where it is past its day. A tag counts 1 where it fits, 0 where it does not, and ½ where the nugget
//! has none or nothing is known of the deal.

mod effect;
mod size;
#[cfg(test)]
mod tests;
mod words;

use terms::{
    book::{DidKind, Field, Rates, Record, Value},
    nugget::{Facet, Nugget, NuggetKind, State},
    plan::Day,
    process::{Process, Step},
    question::Answer,
    words::{is_in, words},
};

use effect::Past;
pub use effect::{Effect, Group, TELLING};
use size::Sizes;
use words::Index;

/// So many words of a deal are named as a reason.
const WORDS_NAMED: usize = 3;
/// The shortest word that is named as a reason, in bytes.
const WORD_NAMED: usize = 4;
/// The shortest word of a deal that texts are ranked by, in bytes. In a small library `on` and `of` are rare, and would lead; a sign of a
/// script without spaces has three bytes.
const WORD_RANKED: usize = 3;

/// How much a sort of tag weighs.
fn weight(facet: Facet) -> f64 {
    match facet {
        Facet::Step | Facet::Problem => 3.0,
        Facet::Industry | Facet::Product | Facet::Role => 2.0,
        Facet::Size => 1.0,
    }
}

/// How much it weighs that a nugget is of a kind that helps at the step.
const KIND_WEIGHT: f64 = 1.0;

/// What the book has beside the deal.
pub struct Beside<'a> {
    /// The account that the deal is with.
    pub account: Option<&'a Record>,
    /// What parts people play on the buying side, as far as is known.
    pub roles: Vec<String>,
    /// The problems that the buyer's answers reveal.
    pub problems: Vec<String>,
    /// The process that the deal goes through.
    pub process: Option<&'a Process>,
    /// All deals.
    pub deals: Vec<&'a Record>,
    /// What currencies are worth.
    pub rates: &'a Rates,
    /// The day by which nuggets are past their review, and by whose rates amounts are compared.
    pub today: Day,
    /// The share of readers who read a nugget to the end, 0 to 1, by its name; 0 where that is not known.
    pub read: &'a dyn Fn(&str) -> f64,
}

/// What a nugget's rank is made of.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Parts {
    /// Of its tags, 0 to 3.
    pub tags: f64,
    /// Of the deal's words, 0 to 3.
    pub words: f64,
    /// Of how deals with it went, −2 to 2.
    pub lift: f64,
    /// Of how it was read, 0 to 1.
    pub reading: f64,
    /// 1 where it is past its day, which is taken off.
    pub stale: f64,
}

impl Parts {
    /// The rank.
    pub fn sum(&self) -> f64 {
        self.tags + self.words + self.lift + self.reading - self.stale
    }
}

/// Why a nugget is worth using, or how far that can be told.
#[derive(Debug, Clone, PartialEq)]
pub enum Reason {
    /// These of its tags fit.
    Tags(Facet, Vec<String>),
    /// It is of a kind that helps at the step.
    Kind,
    /// It has these words of the deal; the rarest first, folded.
    Words(Vec<String>),
    /// How deals like this one went with it and without it.
    Went(Effect),
    /// Too few deals like this one used it at this step and ended, or too few did not.
    TooFew(Effect),
    /// It is past the day by which somebody was to look at it.
    Stale(Day),
}

/// A nugget that is worth using.
#[derive(Debug, Clone, PartialEq)]
pub struct Served<'a> {
    /// Which.
    pub nugget: &'a Nugget,
    /// What its rank is made of.
    pub parts: Parts,
    /// Why, the weightiest first.
    pub reasons: Vec<Reason>,
    /// The sorts of its tags of which none fits, though something is known.
    pub misses: Vec<Facet>,
}

/// The approved nuggets in the order of what they are worth for a deal; those that are worth the same stand by their titles.
pub fn serve<'a>(nuggets: &'a [Nugget], deal: &Record, beside: &Beside<'_>) -> Vec<Served<'a>> {
    let approved: Vec<&Nugget> = nuggets.iter().filter(|it| it.state == State::Approved).collect();
    let index = Index::new(approved.iter().copied());
    let wanted = Wanted::of(deal, beside);
    let scores = index.scores(&wanted.words);
    let best = scores.iter().copied().fold(0.0, f64::max);
    let process = deal.text(Field::Process);
    let is_alike = |it: &Record| it.id != deal.id && it.text(Field::Process) == process;
    let past = wanted.step.map(|step| Past::of(beside.deals.iter().copied(), is_alike, &step.id));
    let one = |(at, nugget): (usize, &&'a Nugget)| {
        let (tags, mut reasons, misses) = wanted.tags(nugget);
        let words = if best > 0.0 { 3.0 * scores[at] / best } else { 0.0 };
        let named = wanted.named(&index, at);
        if !named.is_empty() {
            reasons.push(Reason::Words(named));
        }
        let effect = past.as_ref().map(|past| past.effect(&nugget.id)).unwrap_or_default();
        if effect.with.of > 0 {
            reasons.push(if effect.is_telling() { Reason::Went(effect) } else { Reason::TooFew(effect) });
        }
        let stale = nugget.review_by.filter(|_| nugget.is_stale(beside.today));
        reasons.extend(stale.map(Reason::Stale));
        let parts = Parts {
            tags,
            words,
            lift: (10.0 * effect.shrunk()).clamp(-2.0, 2.0),
            reading: (beside.read)(&nugget.id).clamp(0.0, 1.0),
            stale: f64::from(u8::from(stale.is_some())),
        };
        Served { nugget, parts, reasons, misses }
    };
    let mut served: Vec<Served> = approved.iter().enumerate().map(one).collect();
    stdx::sort_by(&mut served, |one, other| {
        let by_rank = other.parts.sum().total_cmp(&one.parts.sum());
        by_rank.then_with(|| one.nugget.title.cmp(&other.nugget.title))
    });
    served
}

/// The places of nuggets that have all of these words, the best answer first; all of them, by their titles, where there are no words. A word
/// may be the beginning of one there, and one of five letters or more may have a typing error.
pub fn search(nuggets: &[Nugget], query: &str) -> Vec<usize> {
    let query = words(query);
    let mut found = Index::new(nuggets.iter()).search(&query);
    if query.is_empty() {
        stdx::sort_by_key(&mut found, |at| nuggets[*at].title.to_lowercase());
    }
    found
}

/// What is known of a deal, for what nuggets are for.
struct Wanted<'a> {
    step: Option<&'a Step>,
    /// The words of each thing that is known, in the order of [`Facet::ALL`].
    known: [Vec<Vec<String>>; 6],
    sizes: Sizes,
    kinds: Vec<NuggetKind>,
    /// All that is said of the deal, each word once.
    words: Vec<String>,
}

impl<'a> Wanted<'a> {
    fn of(deal: &Record, beside: &Beside<'a>) -> Self {
        let step = deal.place().and_then(|place| beside.process?.step(place.step()?));
        let both =
            |field: Field| [Some(deal), beside.account].into_iter().flatten().map(move |it| it.text(field));
        // What a deal is about, in words: there is no list of problems, so they are looked for in all that is said of it.
        let mut said: Vec<&str> = Vec::new();
        for field in [Field::Name, Field::Application, Field::NextStep, Field::Segment] {
            said.push(deal.text(field));
        }
        said.extend(deal.list(Field::Competitors).iter().map(String::as_str));
        said.extend(both(Field::Note).chain(beside.account.map(|it| it.text(Field::Plan))));
        said.extend(deal.scores.iter().map(|score| score.words.as_str()));
        let in_words = deal.log.iter().filter(|did| did.kind != DidKind::Activity);
        said.extend(in_words.map(|did| did.what.as_str()));
        said.extend(deal.answers.iter().filter_map(|it| match &it.says {
            Answer::Text(text) => Some(text.as_str()),
            _ => None,
        }));
        let problem: Vec<String> = said.iter().flat_map(|text| words(text)).collect();
        let industries: Vec<&str> = both(Field::Industry).collect();
        let products = deal.list(Field::Products);
        let revealed: Vec<Vec<String>> = beside.problems.iter().map(|it| words(it)).collect();
        let mut all = problem.clone();
        all.extend(revealed.iter().flatten().cloned());
        all.extend(industries.iter().flat_map(|text| words(text)));
        all.extend(products.iter().flat_map(|text| words(text)));
        all.retain(|word| word.len() >= WORD_RANKED);
        stdx::sort(&mut all);
        all.dedup();
        let of = |texts: &[&str]| {
            texts.iter().map(|text| words(text)).filter(|it| !it.is_empty()).collect::<Vec<_>>()
        };
        let owned = |texts: &[String]| of(&texts.iter().map(String::as_str).collect::<Vec<_>>());
        let steps = step.map(|step| vec![words(&step.name), words(&step.id)]).unwrap_or_default();
        let helps: Vec<Vec<String>> = step.map(|step| owned(&step.tools)).unwrap_or_default();
        let kinds = NuggetKind::ALL.into_iter();
        let kinds = kinds.filter(|kind| helps.iter().any(|help| is_in(&words(kind.name()), help))).collect();
        // One text: a problem may be told in several places.
        let mut problems = if problem.is_empty() { Vec::new() } else { vec![problem] };
        problems.extend(revealed);
        Self {
            step,
            known: [steps, problems, of(&industries), owned(products), owned(&beside.roles), Vec::new()],
            sizes: Sizes::of(deal, beside),
            kinds,
            words: all,
        }
    }

    /// What a nugget's tags and kind come to, 0 to 3; which of them fit, the weightiest first; and of which sorts none does.
    fn tags(&self, nugget: &Nugget) -> (f64, Vec<Reason>, Vec<Facet>) {
        let (mut sum, mut weights, mut fits, mut misses) = (0.0, 0.0, Vec::new(), Vec::new());
        for facet in Facet::ALL {
            let tags = nugget.tagged(facet);
            let fitting: Vec<String> = tags.iter().filter(|tag| self.fits(facet, tag)).cloned().collect();
            let is_known = match facet {
                Facet::Size => self.sizes.tells(tags),
                facet => !self.known[facet as usize].is_empty(),
            };
            let share = match (fitting.is_empty(), tags.is_empty() || !is_known) {
                (false, _) => 1.0,
                (true, true) => 0.5,
                (true, false) => {
                    misses.push(facet);
                    0.0
                }
            };
            weights += weight(facet);
            sum += weight(facet) * share;
            if !fitting.is_empty() {
                fits.push(Reason::Tags(facet, fitting));
            }
        }
        let of_kind = self.kinds.contains(&nugget.kind);
        let share = if self.kinds.is_empty() { 0.5 } else { f64::from(u8::from(of_kind)) };
        if of_kind {
            fits.push(Reason::Kind);
        }
        (3.0 * (sum + KIND_WEIGHT * share) / (weights + KIND_WEIGHT), fits, misses)
    }

    fn fits(&self, facet: Facet, tag: &str) -> bool {
        let tag_words = words(tag);
        match facet {
            Facet::Size => self.sizes.fits(tag),
            facet => self.known[facet as usize].iter().any(|known| is_in(&tag_words, known)),
        }
    }

    /// The words of the deal that a text has, the rarest first; none that most texts have.
    fn named(&self, index: &Index, at: usize) -> Vec<String> {
        let mut named: Vec<(usize, &String)> = Vec::new();
        for word in self.words.iter().filter(|word| word.len() >= WORD_NAMED && index.has(at, word)) {
            let holding = index.holding(word);
            if holding * 3 <= index.len() || holding == 1 {
                named.push((holding, word));
            }
        }
        stdx::sort(&mut named);
        named.into_iter().take(WORDS_NAMED).map(|(_, word)| word.clone()).collect()
    }
}

/// What parts people play in a deal: as the deal says, else as is known of them.
pub fn roles<'a>(deal: &Record, contact: impl Fn(&str) -> Option<&'a Record>) -> Vec<String> {
    let Some(Value::Contacts(all)) = deal.get(Field::Contacts) else { return Vec::new() };
    let mut roles: Vec<String> = Vec::new();
    for it in all {
        let known = contact(&it.contact).map(|contact| contact.text(Field::Role)).unwrap_or_default();
        roles
            .extend([it.role.as_str(), known].into_iter().filter(|role| !role.is_empty()).map(str::to_owned));
    }
    roles
}
