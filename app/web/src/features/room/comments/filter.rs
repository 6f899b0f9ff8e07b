//! Which threads are shown: whose, and where in the room.

use leptos::prelude::*;
use session::{Standpoint, Thing, Thread};

use super::{Comments, copy};

/// Which threads are shown, of those that are open or settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Filter {
    whose: Whose,
    part: Part,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Whose {
    #[default]
    All,
    /// In which this device's person said something.
    Mine,
    /// Which name this device's person.
    NamingMe,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Part {
    #[default]
    All,
    Text,
    Price,
    Plan,
    Files,
}

const WHOSE: [(Whose, &str); 3] =
    [(Whose::All, copy::OF_ALL), (Whose::Mine, copy::MINE), (Whose::NamingMe, copy::NAMING_ME)];
const PARTS: [(Part, &str); 5] = [
    (Part::All, copy::EVERYWHERE),
    (Part::Text, copy::IN_TEXT),
    (Part::Price, copy::IN_PRICE),
    (Part::Plan, copy::IN_PLAN),
    (Part::Files, copy::IN_FILES),
];

impl Filter {
    pub(super) fn lets_through(self, thread: &Thread) -> bool {
        let is_theirs = match self.whose {
            Whose::All => true,
            Whose::Mine => thread.remarks.iter().any(|remark| remark.mine),
            Whose::NamingMe => thread.mentions_me(),
        };
        is_theirs && (self.part == Part::All || self.part == Part::of(&thread.at))
    }

    pub(super) fn is_off(self) -> bool {
        self == Self::default()
    }
}

impl Part {
    fn of(at: &Standpoint) -> Self {
        match at.thing() {
            None => Self::Text,
            Some(Thing::Line(_)) => Self::Price,
            Some(Thing::Step(_)) => Self::Plan,
            Some(Thing::File { .. }) => Self::Files,
        }
    }
}

/// The two choices.
#[component]
pub(super) fn FilterBar(comments: Comments) -> impl IntoView {
    let filter = comments.filter;
    let whose = Signal::derive(move || filter.with(|filter| place_of(&WHOSE, filter.whose)));
    let part = Signal::derive(move || filter.with(|filter| place_of(&PARTS, filter.part)));
    view! {
        <div class="comments-filter">
            {choice(copy::WHOSE, WHOSE.map(|it| it.1).into(), whose, move |at| filter.update(|it| it.whose = WHOSE[at].0))}
            {choice(copy::WHERE, PARTS.map(|it| it.1).into(), part, move |at| filter.update(|it| it.part = PARTS[at].0))}
        </div>
    }
}

fn place_of<T: PartialEq>(all: &[(T, &str)], value: T) -> usize {
    all.iter().position(|it| it.0 == value).unwrap_or_default()
}

/// A choice among words, by their places.
fn choice(
    label: &'static str,
    words: Vec<&'static str>,
    value: Signal<usize>,
    pick: impl Fn(usize) + 'static,
) -> AnyView {
    let count = words.len();
    let picked = move |event| {
        let at = event_target_value(&event).parse::<usize>().unwrap_or_default();
        pick(at.min(count - 1));
    };
    let options = words.into_iter().enumerate().map(|(at, words)| {
        view! { <option value=at.to_string() selected=move || value.get() == at>{words}</option> }
    });
    view! {
        <select class="input" aria-label=label prop:value=move || value.get().to_string() on:change=picked>
            {options.collect_view()}
        </select>
    }
    .into_any()
}
