//! One comparison of a rule: what is looked at, how, and with what.

use leptos::{ev::Event, prelude::*};
use terms::{
    plan::Day,
    price::Decimal,
    rule::{Comparison, Fact, Known, Sort, Source, Test},
};
use ui::{Field as TextField, live};

use super::super::super::Team;
use super::copy;

/// How a fact is compared, without with what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum How {
    More,
    Less,
    Is,
    IsNot,
    Between,
    OneOf,
    Known,
    Unknown,
}

impl How {
    /// What makes sense for what a fact holds; the first is offered first.
    fn all(sort: Sort) -> &'static [Self] {
        match sort {
            Sort::Number => {
                &[Self::More, Self::Less, Self::Between, Self::Is, Self::IsNot, Self::Known, Self::Unknown]
            }
            Sort::Day => &[Self::More, Self::Less, Self::Between, Self::Is, Self::Known, Self::Unknown],
            Sort::Words => &[Self::Is, Self::IsNot, Self::OneOf, Self::Known, Self::Unknown],
            Sort::Truth => &[Self::Is, Self::Known, Self::Unknown],
        }
    }

    fn of(test: &Test) -> Self {
        match test {
            Test::Is(_) => Self::Is,
            Test::IsNot(_) => Self::IsNot,
            Test::More(_) => Self::More,
            Test::Less(_) => Self::Less,
            Test::Between(..) => Self::Between,
            Test::OneOf(_) => Self::OneOf,
            Test::IsKnown => Self::Known,
            Test::IsUnknown => Self::Unknown,
        }
    }

    fn words(self, sort: Sort) -> &'static str {
        match (self, sort) {
            (Self::More, Sort::Day) => copy::AFTER,
            (Self::Less, Sort::Day) => copy::BEFORE,
            (Self::More, _) => copy::MORE_THAN,
            (Self::Less, _) => copy::LESS_THAN,
            (Self::Is, _) => copy::IS,
            (Self::IsNot, _) => copy::IS_NOT,
            (Self::Between, _) => copy::BETWEEN,
            (Self::OneOf, _) => copy::ONE_OF,
            (Self::Known, _) => copy::IS_KNOWN,
            (Self::Unknown, _) => copy::IS_UNKNOWN,
        }
    }

    fn has_value(self) -> bool {
        !matches!(self, Self::Known | Self::Unknown)
    }
}

/// A comparison while it is written. Copies are the same.
#[derive(Clone, Copy)]
pub(super) struct Row {
    fact: RwSignal<Fact>,
    how: RwSignal<How>,
    value: RwSignal<String>,
    most: RwSignal<String>,
}

impl Row {
    /// One that has no value yet.
    pub(super) fn new(fact: Fact) -> Self {
        let how = How::all(fact.sort()).first().copied().unwrap_or(How::Known);
        let value = if fact.sort() == Sort::Truth { copy::YES } else { "" };
        Self {
            fact: RwSignal::new(fact),
            how: RwSignal::new(how),
            value: RwSignal::new(value.to_owned()),
            most: RwSignal::default(),
        }
    }

    /// One as it is kept.
    pub(super) fn of(comparison: &Comparison) -> Self {
        let (value, most) = match &comparison.test {
            Test::Is(known) | Test::IsNot(known) | Test::More(known) | Test::Less(known) => {
                (written(known), String::new())
            }
            Test::Between(least, most) => (written(least), written(most)),
            Test::OneOf(words) => (words.join(", "), String::new()),
            Test::IsKnown | Test::IsUnknown => (String::new(), String::new()),
        };
        Self {
            fact: RwSignal::new(comparison.fact),
            how: RwSignal::new(How::of(&comparison.test)),
            value: RwSignal::new(value),
            most: RwSignal::new(most),
        }
    }

    /// The comparison; none where a value cannot be read.
    pub(super) fn read(self) -> Option<Comparison> {
        let fact = self.fact.get_untracked();
        let known = |text: RwSignal<String>| read(fact.sort(), &text.get_untracked());
        let test = match self.how.get_untracked() {
            How::Is => Test::Is(known(self.value)?),
            How::IsNot => Test::IsNot(known(self.value)?),
            How::More => Test::More(known(self.value)?),
            How::Less => Test::Less(known(self.value)?),
            How::Between => Test::Between(known(self.value)?, known(self.most)?),
            How::OneOf => match known(self.value)? {
                Known::Words(words) => Test::OneOf(words),
                _ => return None,
            },
            How::Known => Test::IsKnown,
            How::Unknown => Test::IsUnknown,
        };
        Some(Comparison { fact, test })
    }
}

/// A value as a field has it.
fn written(known: &Known) -> String {
    match known {
        Known::Words(words) => words.join(", "),
        Known::Number(number) => browser::figures::number(&number.to_string(), 0),
        Known::Day(day) => day.to_string(),
        Known::Truth(true) => copy::YES.to_owned(),
        Known::Truth(false) => copy::NO.to_owned(),
    }
}

fn read(sort: Sort, text: &str) -> Option<Known> {
    match sort {
        Sort::Words => Known::words(text.split(',').map(str::trim).filter(|it| !it.is_empty())),
        Sort::Number => {
            let text = text.trim().trim_end_matches('%').trim_end();
            Decimal::typed(text, Team::separators()).ok().map(Known::Number)
        }
        Sort::Day => Day::parse(text).map(Known::Day),
        Sort::Truth => Some(Known::Truth(text != copy::NO)),
    }
}

/// Its fields.
#[component]
pub(super) fn RowView(row: Row) -> impl IntoView {
    let Row { fact, how, value, most } = row;
    let pick_fact = move |event: Event| {
        let Some(picked) = Fact::parse(&event_target_value(&event)) else { return };
        if picked.sort() != fact.get_untracked().sort() {
            how.set(How::all(picked.sort()).first().copied().unwrap_or(How::Known));
            value.set(if picked.sort() == Sort::Truth { copy::YES.to_owned() } else { String::new() });
            most.set(String::new());
        }
        fact.set(picked);
    };
    let group = move |source: Source| {
        let option = move |it: Fact| {
            view! { <option value=it.name() selected=it == fact.get_untracked()>{copy::fact(it)}</option> }
        };
        let facts = Fact::all().filter(|it| it.source() == source).map(option).collect_view();
        view! { <optgroup label=copy::source(source)>{facts}</optgroup> }
    };
    let tests = live(move || {
        let sort = fact.get().sort();
        let pick = move |event: Event| {
            let at = event_target_value(&event).parse::<usize>().ok();
            if let Some(picked) = at.and_then(|at| How::all(sort).get(at)) {
                how.set(*picked);
            }
        };
        let option = |(at, it): (usize, &How)| {
            view! { <option value=at.to_string() selected=*it == how.get_untracked()>{it.words(sort)}</option> }
        };
        view! {
            <select class="input" aria-label=copy::TEST on:change=pick>
                {How::all(sort).iter().enumerate().map(option).collect_view()}
            </select>
        }
    });
    let values = live(move || {
        let (sort, how) = (fact.get().sort(), how.get());
        if !how.has_value() {
            return ().into_any();
        }
        if sort == Sort::Truth {
            let pick = move |event: Event| value.set(event_target_value(&event));
            let is_no = value.with_untracked(|it| it == copy::NO);
            return view! {
                <select class="input" aria-label=copy::VALUE on:change=pick>
                    <option value=copy::YES>{copy::YES}</option>
                    <option value=copy::NO selected=is_no>{copy::NO}</option>
                </select>
            }
            .into_any();
        }
        let kind = if sort == Sort::Day { "date" } else { "text" };
        let hint = (sort == Sort::Words).then_some(copy::SEVERAL);
        let second = (how == How::Between)
            .then(|| view! { <TextField label=copy::UP_TO plain=true value=most kind max_length=100 /> });
        view! { <TextField label=copy::VALUE plain=true value=value placeholder=hint.unwrap_or_default() kind max_length=2000 />{second} }
            .into_any()
    });
    view! {
        <select class="input" aria-label=copy::FACT on:change=pick_fact>
            {[Source::Deal, Source::Price, Source::Document].map(group).collect_view()}
        </select>
        {tests}
        {values}
    }
}
