//! Who is to sign a seal, who has, and what was said to it.

use browser::clock;
use leptos::prelude::*;
use model::ActHash;
use session::deal::{Deal, SealStanding, Signatory, State};
use ui::{Avatar, Icon, Party, live};

use super::copy;
use crate::features::{certificate::Signed, room::OpenRoom};

/// What a signer is called.
fn called(it: &SealStanding, signer: usize) -> String {
    let name = &it.seal.signers[signer].name;
    if name.is_empty() { copy::ANY_SIGNER.to_owned() } else { name.clone() }
}

/// How it stands with a seal, in a sentence.
pub(super) fn said(deal: &Deal, seal: ActHash) -> String {
    let seals = deal.seals();
    let Some(it) = seals.iter().find(|it| it.hash == seal) else { return String::new() };
    match it.state {
        State::Withdrawn => copy::withdrawn(it.withdrawn.map_or("", |(_, withdrawal)| &withdrawal.reason)),
        State::Superseded => copy::SUPERSEDED.to_owned(),
        State::Declined => {
            let decline = it.declines.iter().flatten().next();
            decline
                .map_or_else(String::new, |(_, _, decline)| copy::declined_by(&decline.name, &decline.reason))
        }
        State::Signed => copy::SIGNED_OWN.to_owned(),
        State::Agreed => copy::AGREED.to_owned(),
        State::Open => {
            let names = it.waits_for().into_iter().map(|at| it.seal.signers[at].name.clone());
            copy::waiting_for(&names.filter(|name| !name.is_empty()).collect::<Vec<_>>())
        }
    }
}

/// Whether an agreed seal was taken back by one side as well.
pub(super) fn is_disputed(deal: &Deal, seal: ActHash) -> bool {
    deal.seals().iter().filter(|it| it.hash == seal).any(|it| {
        let taken_back = it.answers.iter().all(|all| all.iter().all(|answer| answer.taken_back));
        it.withdrawn.is_some() || it.superseded_by.is_some() || taken_back
    })
}

/// The signatures to a seal, with places for those that are to come.
pub(super) fn signed_of(deal: &Deal, seal: ActHash) -> Vec<Signed> {
    let seals = deal.seals();
    let Some(it) = seals.iter().find(|it| it.hash == seal) else { return Vec::new() };
    let mut signed = Vec::new();
    for (at, all) in it.answers.iter().enumerate() {
        match all.iter().find(|answer| !answer.taken_back || it.state == State::Agreed) {
            Some(answer) => signed.push(Signed {
                who: answer.accepted.who.clone(),
                signature: Some(answer.accepted.signature.clone()),
                at: answer.accepted.at,
                sells: false,
            }),
            None => {
                let who = Signatory { name: called(it, at), ..Signatory::default() };
                signed.push(Signed { who, signature: None, at: 0, sells: false });
            }
        }
    }
    signed.push(match it.countersigned {
        Some((_, _, by)) => {
            Signed { who: by.who.clone(), signature: Some(by.signature.clone()), at: by.at, sells: true }
        }
        None => {
            let who = Signatory { name: copy::SELLER.to_owned(), ..Signatory::default() };
            Signed { who, signature: None, at: 0, sells: true }
        }
    });
    signed
}

/// Who signs, by which link, and the seals from before.
#[component]
pub(super) fn Signers(room: OpenRoom, deal: Memo<Deal>, seal: ActHash) -> impl IntoView {
    let rows = live(move || {
        deal.with(|deal| {
            let open = room.get();
            let seals = deal.seals();
            let it = seals.iter().find(|it| it.hash == seal)?;
            let row = |(name, words, is_done): (String, String, bool)| {
                let done = is_done.then(|| view! { <Icon name="check" /> });
                view! {
                    <li>
                        <Avatar name=name.clone() party=Party::Buyer />
                        <span class="next-step"><strong>{name.clone()}</strong><span>{words}</span></span>
                        {done}
                    </li>
                }
            };
            let mut people: Vec<(String, String, bool)> = Vec::new();
            for (at, all) in it.answers.iter().enumerate() {
                if all.is_empty() {
                    people.push((called(it, at), copy::NOT_SIGNED_YET.to_owned(), false));
                }
                for answer in all {
                    let (name, when) =
                        (answer.accepted.who.name.clone(), clock::date_time(answer.accepted.at));
                    let words = if answer.taken_back {
                        copy::TOOK_BACK.to_owned()
                    } else {
                        copy::signed_on(&when, &open.link_name(&answer.author), &name)
                    };
                    people.push((name, words, !answer.taken_back));
                }
                for (_, _, decline) in &it.declines[at] {
                    people.push((
                        decline.name.clone(),
                        copy::declined_by(&decline.name, &decline.reason),
                        false,
                    ));
                }
            }
            let earlier: Vec<String> = seals
                .iter()
                .filter(|other| other.hash != seal)
                .map(|other| format!("{}: {}", clock::date_time(other.seal.at), said(deal, other.hash)))
                .collect();
            let earlier = (!earlier.is_empty()).then(|| {
                let rows = earlier.into_iter().map(|words| view! { <li>{words}</li> });
                view! { <h4>{copy::EARLIER}</h4> <ul class="news">{rows.collect_view()}</ul> }
            });
            Some(view! { <ul class="rows">{people.into_iter().map(row).collect_view()}</ul> {earlier} })
        })
    });
    view! {
        <section class="card signers">
            <h3>{copy::SIGNERS}</h3>
            {rows}
        </section>
    }
}
