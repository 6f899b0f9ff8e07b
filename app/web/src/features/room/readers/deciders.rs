//! Who decides: the people on the buying side by how much say they have and how much they read, and what is missing.

use insight::stakeholders::{Gap, by_reports, gaps, person_of};
use leptos::prelude::*;
use terms::{
    plan::Side,
    stakeholder::{Role, Say, Stakeholder},
};
use ui::{Avatar, Badge, Button, ButtonKind, ButtonSize, Party, Tone, live};

use super::{Readers, copy, deciding::StakeholderDialog, seen::Seen};

/// Whoever stands nearer to another than this part of the width gives way upwards or downwards.
const NEAR: f64 = 0.24;

/// Somebody in the picture and in the list.
#[derive(Clone, PartialEq)]
struct Placed {
    of: Stakeholder,
    /// How far down by whom they report to.
    depth: usize,
    /// From 0, the left, to 1.
    across: f64,
    /// From 0, the top, to 1.
    down: f64,
    is_seen: bool,
    /// What they did, in words.
    did: String,
}

/// The picture, the list, and who might be missing on both.
#[component]
pub(super) fn Deciders(readers: Readers) -> impl IntoView {
    let changed = RwSignal::from(readers.room.get().offer_changed());
    let all = Memo::new(move |_| {
        changed.track();
        readers.room.get().stakeholders()
    });
    let editing = RwSignal::new(None::<Stakeholder>);
    let placed =
        Memo::new(move |_| all.with(|all| readers.with(|seen| place(all, seen))).unwrap_or_default());
    let missing = Memo::new(move |_| {
        changed.track();
        all.with(|all| readers.with(|seen| others(readers, all, seen))).unwrap_or_default()
    });
    let told = Memo::new(move |_| {
        all.with(|all| {
            let is_begun = !all.is_empty();
            let gaps = readers.with(|seen| gaps(all, &seen.people, seen.now)).unwrap_or_default();
            let gaps = gaps.into_iter().filter(|gap| is_begun || *gap == Gap::OneContact);
            gaps.map(|gap| copy::gap(&gap, all)).collect::<Vec<_>>()
        })
    });
    let gaps = live(move || {
        let gap = |words: String| view! { <li><Badge label=words tone=Tone::Warn icon="alert" /></li> };
        told.with(|told| {
            (!told.is_empty()).then(
                || view! { <ul class="decider-gaps">{told.iter().cloned().map(gap).collect_view()}</ul> },
            )
        })
    });
    let picture = live(move || {
        let placed = placed.get();
        if placed.is_empty() {
            return view! { <p class="hint">{copy::NOBODY_YET}</p> }.into_any();
        }
        // The list beside it says all of this in words.
        let dot = |it: &Placed| {
            let at = (format!("{:.1}%", 100.0 * it.across), format!("{:.1}%", 100.0 * it.down));
            let party = if it.is_seen { Party::Buyer } else { Party::Unknown };
            view! {
                <div class="decider-dot" style=("--across", at.0) style=("--down", at.1) data-unseen=(!it.is_seen).then_some("")>
                    <Avatar name=it.of.called().to_owned() party />
                    <strong>{short(it.of.called())}</strong>
                    <span>{copy::role(it.of.role)}</span>
                </div>
            }
        };
        let row = |it: Placed| {
            let whose = it.of.clone();
            let about = copy::about_decider(&it.of);
            let note = (!it.of.note.is_empty()).then(|| view! { <p class="hint">{it.of.note.clone()}</p> });
            view! {
                <li style=("--depth", it.depth.min(4).to_string())>
                    <button type="button" class="reader-name" on:click=move |_| editing.set(Some(whose.clone()))>{it.of.called().to_owned()}</button>
                    <p>{about}</p>
                    <p class="hint">{it.did}</p>
                    {note}
                </li>
            }
        };
        view! {
            <div class="decider-map" aria-hidden="true">
                <span class="decider-more">{copy::MORE_SAY}</span>
                <span class="decider-reads">{copy::READS_MORE}</span>
                {placed.iter().map(dot).collect_view()}
            </div>
            <ul class="decider-list" aria-label=copy::WHO_DECIDES>{placed.into_iter().map(row).collect_view()}</ul>
        }
        .into_any()
    });
    let suggested = live(move || {
        let add = |it: Stakeholder| {
            let label = copy::add_to_map(it.called());
            view! { <li><Button label size=ButtonSize::Small icon="plus" on_press=move |()| editing.set(Some(it.clone())) /></li> }
        };
        let missing = missing.get();
        (!missing.is_empty())
            .then(|| view! { <ul class="decider-missing">{missing.into_iter().map(add).collect_view()}</ul> })
    });
    view! {
        <section class="card deciders">
            <div class="card-head">
                <h3>{copy::WHO_DECIDES}</h3>
                <Button label=copy::ADD_SOMEBODY kind=ButtonKind::Quiet size=ButtonSize::Small icon="plus" on_press=move |()| editing.set(Some(Stakeholder::default())) />
            </div>
            {gaps}
            {picture}
            {suggested}
            <p class="hint">{copy::DECIDERS_ABOUT}</p>
        </section>
        <StakeholderDialog readers all editing />
    }
}

/// The first word of a name, where there is not room for more.
fn short(name: &str) -> String {
    name.split_whitespace().next().unwrap_or(name).to_owned()
}

fn place(all: &[Stakeholder], seen: &Seen) -> Vec<Placed> {
    let place = |(depth, of): (usize, &Stakeholder)| {
        let person = person_of(of, &seen.people);
        let index = person.map_or(0.0, |person| seen.index(&person.who));
        let down = match of.say {
            Say::Much => 0.16,
            Say::Some => 0.44,
            Say::Unknown | Say::Little => 0.72,
        };
        let did = match person {
            Some(person) => copy::decider_did(index.round() as u64, &browser::clock::date_time(person.last)),
            None => copy::NEVER_CAME.to_owned(),
        };
        Placed {
            of: of.clone(),
            depth,
            across: if person.is_some() { 0.3 + 0.56 * index / 100.0 } else { 0.14 },
            down,
            is_seen: person.is_some(),
            did,
        }
    };
    let mut placed: Vec<Placed> = by_reports(all).into_iter().map(place).collect();
    for at in 1..placed.len() {
        let (before, it) = placed.split_at_mut(at);
        let it = &mut it[0];
        let is_taken = |down: f64| {
            before
                .iter()
                .any(|other| (other.across - it.across).abs() < NEAR && (other.down - down).abs() < 0.1)
        };
        let free = [0.0, 0.13, -0.09, 0.2].map(|by| it.down + by).into_iter().find(|down| !is_taken(*down));
        it.down = free.unwrap_or(it.down);
    }
    placed
}

/// Those who came, or stand on the first page, and are not among those who have a say.
fn others(readers: Readers, all: &[Stakeholder], seen: &Seen) -> Vec<Stakeholder> {
    let known: Vec<&str> =
        all.iter().filter_map(|it| person_of(it, &seen.people)).map(|person| person.who.as_str()).collect();
    let came = seen.readers.iter().filter(|it| !it.is_unknown && !known.contains(&it.who.as_str()));
    let came = came.map(|it| Stakeholder {
        name: it.name.clone(),
        mail: if it.who.contains('@') { it.who.clone() } else { String::new() },
        device: it.device.clone(),
        ..Stakeholder::default()
    });
    let came: Vec<Stakeholder> = came.collect();
    let is_there = |name: &str, mail: &str| {
        all.iter().chain(&came).any(|it| {
            it.called().eq_ignore_ascii_case(name) || (!mail.is_empty() && it.mail.eq_ignore_ascii_case(mail))
        })
    };
    let contacts = readers.room.get().contacts();
    let named = contacts
        .into_iter()
        .filter(|it| it.side == Side::Buyer && !is_there(it.called(), &it.mail))
        .map(|it| Stakeholder {
            name: it.name,
            title: it.role,
            mail: it.mail,
            role: Role::Unknown,
            ..Stakeholder::default()
        });
    let named: Vec<Stakeholder> = named.collect();
    came.into_iter().chain(named).collect()
}
