//! Asking a buyer, and the proposal that follows: an interview of a deal, and the draft of its room. A part of the program of its own.

mod answering;
mod beside;
mod copy;
mod heard;
mod interview;
mod proposal;
mod putting;
mod sections;

use insight::proposal::{Part, Proposal};
use leptos::prelude::*;
use terms::{
    book::{Field, Record, Value},
    price::Currency,
    question::{Answer, Asks, Interview, Question},
};
use ui::{Icon, live};

use super::{Team, called};
use crate::{
    later::part,
    route::{RecordName, TeamPlace},
};
use interview::InterviewPage;
use proposal::ProposalPage;

/// A draft as it follows from what is known, and what became of it by hand.
pub(super) type Drafted = (Proposal, Proposal);

/// What the part is to show.
#[derive(Clone, Copy)]
pub(super) enum Given {
    /// The interview of a deal.
    Interview(Team, RecordName),
    /// The proposal for it.
    Proposal(Team, RecordName),
}

part!(asking(Given) => |given| match given {
    Given::Interview(team, deal) => view! { <OfDeal team deal page=Page::Interview /> },
    Given::Proposal(team, deal) => view! { <OfDeal team deal page=Page::Proposal /> },
});

#[derive(Clone, Copy)]
enum Page {
    Interview,
    Proposal,
}

/// A deal that is being asked about. Copies are the same.
#[derive(Clone, Copy)]
struct Asking {
    team: Team,
    id: StoredValue<String>,
    deal: Memo<Option<Record>>,
    /// Who on the buying side answers, by their name among contacts; empty for nobody in particular.
    contact: RwSignal<String>,
    interview: Memo<Interview>,
}

/// The page, where the deal is there.
#[component]
fn OfDeal(team: Team, deal: RecordName, page: Page) -> impl IntoView {
    let id = StoredValue::new(deal.to_string());
    let deal = Memo::new(move |_| team.look(|book| id.with_value(|id| book.deals().get(id).cloned())));
    let contact =
        RwSignal::new(deal.with_untracked(|deal| deal.as_ref().map(answers_first).unwrap_or_default()));
    let interview = Memo::new(move |_| {
        let contact = contact.get();
        let contact = Some(contact.as_str()).filter(|it| !it.is_empty());
        team.look(|book| id.with_value(|id| book.interview(id, contact)).unwrap_or_default())
    });
    let asking = Asking { team, id, deal, contact, interview };
    let is_there = Memo::new(move |_| deal.with(Option::is_some));
    live(move || match (is_there.get(), page) {
        (true, Page::Interview) => view! { <InterviewPage asking /> }.into_any(),
        (true, Page::Proposal) => view! { <ProposalPage asking /> }.into_any(),
        (false, _) => {
            let back = team.href(TeamPlace::Pipeline);
            view! { <main class="page"><p>{super::copy::NO_SUCH_DEAL} <a class="text-link" href=back>{super::copy::ALL_DEALS}</a></p></main> }.into_any()
        }
    })
}

/// Whoever answered last; else whoever is named first in the deal.
fn answers_first(deal: &Record) -> String {
    let last = deal.answers.iter().filter(|it| !it.who.is_empty()).max_by_key(|it| it.written.at);
    let first = || match deal.get(Field::Contacts) {
        Some(Value::Contacts(all)) => all.first().map(|it| it.contact.clone()),
        _ => None,
    };
    last.map(|it| it.who.clone()).or_else(first).unwrap_or_default()
}

/// The way back to the deal, above the title.
fn crumbs(asking: Asking) -> AnyView {
    let team = asking.team;
    let name = move || asking.name();
    let deal = asking.id.with_value(|id| team.deal_href(id));
    view! {
        <p class="crumbs">
            <a class="text-link" href=team.href(TeamPlace::Pipeline)>{super::copy::ALL_DEALS}</a>
            <Icon name="right" />
            <a class="text-link" href=deal>{name}</a>
        </p>
    }
    .into_any()
}

/// Who on the buying side it is for, where people are known there.
#[component]
fn Contact(asking: Asking, label: &'static str) -> impl IntoView {
    let people = Memo::new(move |_| asking.people());
    let pick = move |event| asking.contact.set(event_target_value(&event));
    live(move || {
        let people = people.get();
        let option = |(id, name): (String, String)| {
            let own = id.clone();
            view! { <option value=id selected=move || asking.contact.with(|it| *it == own)>{name}</option> }
        };
        let nobody = move || asking.contact.with(String::is_empty);
        (!people.is_empty()).then(|| {
            view! {
                <select class="input filter" aria-label=label on:change=pick>
                    <option value="" selected=nobody>{copy::NOBODY}</option>
                    {people.into_iter().map(option).collect_view()}
                </select>
            }
        })
    })
}

impl Asking {
    fn name(self) -> String {
        self.deal.with(|deal| deal.as_ref().map(|it| called(it).to_owned()).unwrap_or_default())
    }

    /// The people of the deal's account, and those who are named in it.
    fn people(self) -> Vec<(String, String)> {
        self.team.look(|book| {
            let contacts = book.contacts();
            self.deal.with(|deal| {
                let Some(deal) = deal else { return Vec::new() };
                let account = deal.text(Field::Account);
                let named: Vec<&str> = match deal.get(Field::Contacts) {
                    Some(Value::Contacts(all)) => all.iter().map(|it| it.contact.as_str()).collect(),
                    _ => Vec::new(),
                };
                let is_theirs = |it: &&Record| {
                    named.contains(&it.id.as_str())
                        || (!account.is_empty() && it.text(Field::Account) == account)
                };
                let person = |it: &Record| {
                    let (name, role) = (called(it), it.text(Field::Role));
                    (it.id.clone(), copy::person(name, role))
                };
                contacts.values().filter(is_theirs).map(person).collect()
            })
        })
    }

    /// What an answer says, in the reader's way of writing.
    fn said(self, question: &Question, answer: &Answer) -> String {
        match answer {
            Answer::Yes => copy::YES.to_owned(),
            Answer::No => copy::NO.to_owned(),
            Answer::Passed => copy::PASSED.to_owned(),
            Answer::Number(number) if question.asks == Asks::Money => Team::money(*number, self.currency()),
            Answer::Number(number) => {
                copy::number_of(&crate::features::worth::number(*number), &question.unit)
            }
            Answer::Chosen(_) | Answer::Text(_) => {
                self.interview.with(|it| it.words_of(question, answer)).unwrap_or_default()
            }
        }
    }

    /// What amounts are in: as the deal says, else as the team counts.
    fn currency(self) -> Currency {
        let own = self.deal.with(|deal| deal.as_ref().and_then(Record::currency));
        own.unwrap_or_else(|| self.team.look(|book| book.rates().own))
    }

    /// The deal's name in addresses.
    fn record(self) -> Option<RecordName> {
        self.id.with_value(|id| RecordName::parse(id))
    }

    fn href(self, place: fn(RecordName) -> TeamPlace) -> String {
        self.team.href(self.record().map_or(TeamPlace::Pipeline, place))
    }
}

/// What a section of a proposal is called.
fn heading(part: &Part) -> String {
    copy::heading(part)
}
