//! What the first page says of sealing and signing.

use leptos::prelude::*;
use model::Right;
use session::deal::State;
use ui::{ButtonKind, LinkButton, live};

use super::{copy, deal_of, own_answer, people, shown};
use crate::{features::room::OpenRoom, route::Place};

/// How it stands, and the way to whoever's turn it is; nothing while nothing was sealed.
#[component]
pub(crate) fn DealCard(room: OpenRoom) -> impl IntoView {
    let deal = deal_of(room);
    let href = room.way(Place::Acceptance).href();
    live(move || {
        deal.with(|deal| {
            let seals = deal.seals();
            let it = shown(&seals)?;
            let (owns, mine) = (room.may_own(), own_answer(room, deal).is_some());
            let may_sign = !owns && !mine && room.get().right() >= Some(Right::Comment);
            let said = people::said(deal, it.hash);
            let (words, act, is_first) = match it.state {
                State::Agreed => (copy::AGREED_MORE.to_owned(), copy::CERTIFICATE, false),
                State::Open if may_sign => (copy::READY.to_owned(), copy::GO_SIGN, true),
                State::Signed if owns => (said, copy::COUNTERSIGN, true),
                State::Signed => (copy::SIGNED_OTHER.to_owned(), copy::SEE, false),
                _ => (said, copy::SEE, false),
            };
            let kind = if is_first { ButtonKind::Primary } else { ButtonKind::Default };
            Some(view! {
                <section class="card deal-card">
                    <div class="card-head">
                        <h3>{copy::TITLE}</h3>
                        <LinkButton label=act href=href.clone() kind />
                    </div>
                    <p role="status">{words}</p>
                </section>
            })
        })
    })
}
