//! Where a sealed room is read and signed, by the buyer and then by the seller.

mod copy;
mod first_page;
mod pad;
mod people;
mod sealing;
mod sign;

use std::{collections::BTreeSet, rc::Rc};

use browser::{Listener, clock};
use leptos::prelude::*;
use model::{ActHash, BlobHash, Later, Right};
use session::{
    Reached,
    deal::{Act, Deal, SealStanding, Signatory, Signature, State},
};
use stdx::Gather as _;
use ui::{Banner, Button, ButtonKind, EmptyState, Icon, Tone, effect, live};

use super::{OpenRoom, outgoing};
use crate::{
    features::{
        certificate::{self, CertificatePaper, Paper},
        room::price,
        sealed::{Sealed, SealedRoom},
    },
    handsel::{Handsel, use_handsel},
    route::Place,
};
pub(crate) use copy::not_signed;
pub(super) use first_page::DealCard;
use people::{Signers, signed_of};
use sealing::{ReasonDialog, SealDialog, withdraw};
use sign::SignForm;

/// What the parts of this place share. Copies are the same.
#[derive(Clone, Copy)]
struct Signing {
    room: OpenRoom,
    handsel: Handsel,
    deal: Memo<Deal>,
    /// What this device's person is known as.
    me: RwSignal<Signatory>,
    /// Whether the dialog is open by which a copy goes to the others.
    sharing: RwSignal<bool>,
}

/// What was sealed and signed, as it changes.
fn deal_of(room: OpenRoom) -> Memo<Deal> {
    let changed = RwSignal::from(room.get().deal_changed());
    Memo::new(move |_| {
        changed.track();
        room.get().deal()
    })
}

/// Whether there is something to be signed here, or somebody who could have it signed.
pub(super) fn is_shown(room: OpenRoom) -> Memo<bool> {
    let deal = deal_of(room);
    let open = room.get();
    let may_seal = open.has_rights() && room.may_own();
    Memo::new(move |_| may_seal || deal.with(|deal| !deal.is_empty()))
}

/// The seal that counts for people: the one that stands, else the last agreed one, else the last.
fn shown<'a>(seals: &'a [SealStanding<'a>]) -> Option<&'a SealStanding<'a>> {
    let stands = |it: &&SealStanding| matches!(it.state, State::Open | State::Declined | State::Signed);
    let agreed = |it: &&SealStanding| it.state == State::Agreed;
    seals.iter().find(stands).or_else(|| seals.iter().rev().find(agreed)).or(seals.last())
}

/// This device's own answer to a seal that stands.
fn own_answer(room: OpenRoom, deal: &Deal) -> Option<ActHash> {
    let (me, standing) = (room.get().author(), deal.standing()?);
    let mine = deal.acts().filter(|(_, signed)| signed.author == me);
    let answers = mine.filter(|(_, signed)| match &signed.act {
        Act::Accepted(it) => it.seal == standing.hash,
        Act::Declined(it) => it.seal == standing.hash,
        _ => false,
    });
    answers.max_by_key(|(_, signed)| matches!(signed.act, Act::Declined(_))).map(|(hash, _)| *hash)
}

/// How far this device's own answer has come; nothing without one.
fn reached_of(room: OpenRoom, deal: Memo<Deal>) -> RwSignal<Option<Reached>> {
    let reached = RwSignal::new(None);
    let changed = RwSignal::from(room.get().deal_changed());
    effect(move || {
        changed.track();
        let own = deal.with(|deal| own_answer(room, deal));
        let open = room.get();
        browser::timers::spawn(async move {
            // Where the store does not say, it is as if it had not left.
            let how_far = match own {
                Some(own) => Some(open.reached(own).await.unwrap_or(Reached::Kept)),
                None => None,
            };
            let _ = reached.try_set(how_far);
        });
    });
    reached
}

/// Tells of what others sign while the room is open.
fn tell(room: OpenRoom) {
    let handsel = use_handsel();
    let deal = deal_of(room);
    let known = StoredValue::new(None::<BTreeSet<ActHash>>);
    effect(move || {
        let all: BTreeSet<ActHash> = deal.with(|deal| deal.acts().map(|(hash, _)| *hash).gather());
        let Some(before) = known.try_update_value(|known| known.replace(all)).flatten() else { return };
        let me = room.get().author();
        let said = deal.with(|deal| {
            let new = deal.acts().filter(|(hash, signed)| !before.contains(hash) && signed.author != me);
            new.filter_map(|(_, signed)| copy::act_of_others(&signed.act)).last()
        });
        let is_there = handsel.route.get_untracked() == room.way(Place::Acceptance);
        match said {
            Some(said) if is_there => handsel.toasts.say(said),
            Some(said) => {
                let way = room.way(Place::Acceptance);
                let show = move |()| handsel.go(way);
                handsel.toasts.offer(said, copy::SEE, show);
            }
            None => {}
        }
    });
}

/// Tells of what others sign, and has the browser ask before the page is closed while an answer has not left this device.
pub(super) fn follow(room: OpenRoom) {
    tell(room);
    let reached = reached_of(room, deal_of(room));
    let asking = StoredValue::new_local(None::<Listener>);
    effect(move || {
        let is_unsent = !room.is_preview() && reached.get() == Some(Reached::Kept);
        asking.set_value(is_unsent.then(browser::page::ask_before_leaving));
    });
    on_cleanup(move || drop(asking.try_update_value(Option::take)));
}

/// The place.
#[component]
pub(super) fn AcceptancePlace(room: OpenRoom, sharing: RwSignal<bool>) -> impl IntoView {
    let handsel = use_handsel();
    let me = RwSignal::new(Signatory::default());
    let signing = Signing { room, handsel, deal: deal_of(room), me, sharing };
    let known = RwSignal::new(false);
    browser::timers::spawn(async move {
        let name = handsel.rooms().my_name().await;
        let _ = me.try_update(|me| me.name = name);
        let _ = known.try_set(true);
    });
    if browser::page::is_framed() {
        // A page around this one could show something else over what is signed.
        return view! { <main class="page acceptance"><Banner tone=Tone::Danger words=copy::FRAMED /></main> }.into_any();
    }
    let sealing = RwSignal::new(false);
    let may_seal = room.get().has_rights() && room.may_own();
    // Which seal is shown, and in which state: what is written in a form stays while neither changes.
    let which = Memo::new(move |_| {
        signing.deal.with(|deal| {
            let seals = deal.seals();
            shown(&seals).map(|it| (it.hash, it.state, it.waits_for()))
        })
    });
    let body = live(move || match which.get() {
        _ if !known.get() => view! { <p class="hint" role="status"></p> }.into_any(),
        None => {
            let more = if may_seal { copy::NOTHING_OWN } else { copy::NOTHING_OTHER };
            view! { <EmptyState icon="seal" line=copy::NOTHING more /> }.into_any()
        }
        Some((seal, state, _)) => view! { <AtSeal signing seal state /> }.into_any(),
    });
    let seal = may_seal.then(|| {
        let label = Signal::derive(move || {
            if which.with(Option::is_some) { copy::SEAL_ANEW } else { copy::SEAL }.to_owned()
        });
        let kind =
            if which.with_untracked(Option::is_some) { ButtonKind::Default } else { ButtonKind::Primary };
        view! { <Button label kind icon="seal" on_press=move |()| sealing.set(true) /> }
    });
    view! {
        <main class="page acceptance">
            <header class="page-head">
                <h2>{copy::TITLE}</h2>
                <div class="row" data-wrap="">{seal}</div>
            </header>
            {body}
        </main>
        {may_seal.then(|| view! { <SealDialog room open=sealing /> })}
    }
    .into_any()
}

/// One seal with everything about it.
#[component]
fn AtSeal(signing: Signing, seal: ActHash, state: State) -> impl IntoView {
    let Signing { room, handsel, deal, .. } = signing;
    let open = room.get();
    let found = deal.with_untracked(|deal| {
        deal.seals()
            .into_iter()
            .find(|it| it.hash == seal)
            .map(|it| (it.seal.clone(), it.author, it.is_past(open.now())))
    });
    let Some((sealed_as, sealer, is_past)) = found else { return ().into_any() };
    let read: RwSignal<Option<Option<Sealed>>, LocalStorage> = RwSignal::new_local(None);
    let (reader, wanted) = (open.clone(), sealed_as.clone());
    let blobs = RwSignal::from(open.deal_changed());
    effect(move || {
        blobs.track();
        if read.with_untracked(|read| matches!(read, Some(Some(_)))) {
            return;
        }
        let (reader, wanted) = (reader.clone(), wanted.clone());
        browser::timers::spawn(async move {
            let frozen = match reader.sealed(&wanted).await {
                Ok(frozen) => frozen,
                Err(problem) => {
                    handsel.tell(&problem);
                    None
                }
            };
            let pictures = move |blob: BlobHash| -> Later<Option<Vec<u8>>> {
                let room = reader.clone();
                Box::pin(async move { room.blob(blob).await.ok().flatten() })
            };
            let _ = read.try_set(Some(frozen.map(|frozen| Sealed::new(frozen, Rc::new(pictures)))));
        });
    });
    let sealed_by = open.name_of_author(&sealer);
    let strip = strip(&sealed_as, &copy::sealed_by(&sealed_by, &clock::date_time(sealed_as.at)));
    let moved = draft_moved(room, sealed_as.clone(), state);
    let reached = reached_of(room, deal);
    let standing_words = live(move || {
        let words = reached.get()?;
        let tone = if words == Reached::Kept { Tone::Warn } else { Tone::Ok };
        let send = (words != Reached::Received && room.replies()).then(|| {
            view! { <Button label=copy::SEND kind=ButtonKind::Primary icon="sent" on_press=move |()| signing.sharing.set(true) /> }
        });
        Some(view! { <div role="status"><Banner tone words=copy::reached(words)>{send}</Banner></div> })
    });
    let hash = sealed_as.frozen;
    let (sealed_at, sealer_name) = (sealed_as.at, sealed_by.clone());
    let content = live(move || match read.get() {
        None => None,
        Some(None) => Some(view! { <Banner tone=Tone::Warn words=copy::GONE /> }.into_any()),
        Some(Some(sealed)) => Some(view! { <Acts signing seal state is_past sealed /> }.into_any()),
    });
    let text = live(move || match read.get() {
        Some(Some(sealed)) => Some(view! { <SealedRoom sealed /> }),
        _ => None,
    });
    let paper = live(move || {
        let Some(Some(sealed)) = read.get() else { return None };
        let signed = deal.with(|deal| signed_of(deal, seal));
        let paper = Paper::of(&sealed.get(), &hash, sealed_at, sealer_name.clone(), signed);
        let preview = (state != State::Agreed).then(|| view! { <p class="hint">{copy::PREVIEW}</p> });
        Some(view! { <CertificatePaper paper /> {preview} })
    });
    // What is to be signed is read first; what is agreed is to be found at once.
    let mut parts = vec![text, content];
    if state == State::Agreed {
        parts.reverse();
    }
    view! {
        <div class="acceptance-columns">
            <div class="acceptance-main">
                {strip}
                {moved}
                {standing_words}
                {parts}
            </div>
            <aside class="acceptance-rail">
                {paper}
                <Signers room deal seal />
            </aside>
        </div>
    }
    .into_any()
}

fn strip(seal: &session::deal::Seal, words: &str) -> impl IntoView + use<> {
    let until = seal.until.map(|until| copy::valid_until(&clock::date_time(until)));
    let message =
        (!seal.message.is_empty()).then(|| view! { <p class="seal-message">{seal.message.clone()}</p> });
    view! {
        <section class="card seal-card">
            <p class="seal-strip"><Icon name="seal" /><strong>{words.to_owned()}</strong></p>
            <p>{copy::CANNOT_CHANGE} " " {until}</p>
            {message}
        </section>
    }
}

/// Says that the room is another one by now than what was sealed.
fn draft_moved(room: OpenRoom, seal: session::deal::Seal, state: State) -> impl IntoView {
    let open = room.get();
    let (offer, answers) = (RwSignal::from(open.offer_changed()), RwSignal::from(open.responses_changed()));
    let moved = RwSignal::new(false);
    effect(move || {
        offer.track();
        answers.track();
        // What cannot be read now is looked at when something changes next.
        moved.set(room.get().changed_since(&seal).is_ok_and(|parts| !parts.is_empty()));
    });
    live(move || {
        let is_current = matches!(state, State::Open | State::Declined | State::Signed);
        (is_current && moved.get()).then(
            || view! { <p class="draft-moved" role="status"><Icon name="info" />{copy::DRAFT_MOVED}</p> },
        )
    })
}

/// What this device's person can do with the seal.
#[component]
fn Acts(signing: Signing, seal: ActHash, state: State, is_past: bool, sealed: Sealed) -> impl IntoView {
    let Signing { room, handsel, deal, me, .. } = signing;
    let open = room.get();
    let owns = room.may_own();
    let (mine, declined, waits) = deal.with_untracked(|deal| {
        let seals = deal.seals();
        let it = seals.iter().find(|it| it.hash == seal);
        let author = open.author();
        let mine = it.and_then(|it| {
            it.answers
                .iter()
                .position(|all| all.iter().any(|answer| answer.author == author && !answer.taken_back))
        });
        let declined = it.is_some_and(|it| it.declines.iter().flatten().any(|(_, by, _)| *by == author));
        let names = |it: &SealStanding| {
            let named = it.waits_for().into_iter().map(|at| (at, it.seal.signers[at].name.clone()));
            named.collect::<Vec<(usize, String)>>()
        };
        (mine, declined, it.map(names).unwrap_or_default())
    });
    let said = deal.with_untracked(|deal| people::said(deal, seal));
    let withdrawing = RwSignal::new(false);
    let take_back = (owns && matches!(state, State::Open | State::Declined | State::Signed)).then(|| {
        view! {
            <Button label=copy::WITHDRAW kind=ButtonKind::Danger on_press=move |()| withdrawing.set(true) />
            <ReasonDialog open=withdrawing title=copy::WITHDRAW more=copy::WITHDRAW_MORE on_reason=withdraw(room, seal) />
        }
    });
    let banner = |tone: Tone, words: String| view! { <Banner tone words /> };
    match state {
        State::Agreed => view! { <Agreed signing seal sealed /> }.into_any(),
        State::Withdrawn | State::Superseded => banner(Tone::Warn, said).into_any(),
        _ if is_past => view! { {banner(Tone::Warn, copy::PAST.to_owned())} {take_back} }.into_any(),
        State::Signed if owns => {
            let on_sign = Callback::new(move |(who, signature): (Signatory, Signature)| {
                let room = room.get();
                handsel.attempt(async move {
                    room.countersign(seal, who, signature).await?;
                    Ok(())
                });
            });
            view! {
                <section class="card sign-card" aria-label=copy::COUNTERSIGN>
                    <h3>{copy::SIGNED_OWN}</h3>
                    <SignForm known=me.get_untracked() intent=copy::COUNTERSIGN_INTENT.to_owned() label=copy::COUNTERSIGN more=copy::COUNTERSIGN_MORE on_sign>{take_back}</SignForm>
                </section>
            }
            .into_any()
        }
        _ if owns => view! { {banner(Tone::Accent, said)} <div class="row">{take_back}</div> }.into_any(),
        _ if mine.is_some() || state == State::Signed => {
            let back =
                mine.map(|signer| view! { <DeclineButton signing seal signer label=copy::TAKE_BACK /> });
            view! { {banner(Tone::Accent, copy::SIGNED_OTHER.to_owned())} <div class="row">{back}</div> }
                .into_any()
        }
        _ if declined => banner(Tone::Warn, said).into_any(),
        _ if open.right() < Some(Right::Comment) => banner(Tone::Warn, copy::MAY_NOT.to_owned()).into_any(),
        _ => view! { <Buyer signing seal sealed waits /> }.into_any(),
    }
}

/// The form by which a buyer accepts.
#[component]
fn Buyer(signing: Signing, seal: ActHash, sealed: Sealed, waits: Vec<(usize, String)>) -> impl IntoView {
    let Signing { room, handsel, me, deal, .. } = signing;
    let frozen = sealed.get();
    let money = price::first_year(&frozen.price, &frozen.choices);
    let label = money.map_or_else(|| copy::ACCEPT.to_owned(), |money| copy::accept_for(&money));
    let intent = copy::intent(&frozen.portal.buyer);
    let signer = RwSignal::new(waits.first().map_or(0, |(at, _)| *at));
    let is_one = waits.len() == 1;
    let mut known = me.get_untracked();
    if is_one {
        let named = deal.with_untracked(|deal| {
            deal.standing().and_then(|it| it.seal.signers.get(signer.get_untracked()).cloned())
        });
        let named = named.unwrap_or_default();
        known.mail = named.mail;
        if known.name.is_empty() {
            known.name = named.name;
        }
    }
    let on_sign = Callback::new(move |(who, signature): (Signatory, Signature)| {
        let (room, signer) = (room.get(), signer.get_untracked());
        me.set(who.clone());
        handsel.attempt(async move {
            room.introduce(&who.name)?;
            handsel.rooms().set_my_name(&who.name).await?;
            room.accept(seal, signer, who, signature).await?;
            Ok(())
        });
    });
    let pick =
        move |event: leptos::ev::Event| signer.set(event_target_value(&event).parse().unwrap_or_default());
    let choose = (!is_one).then(|| {
        let option = |(at, name): &(usize, String)| {
            let name = if name.is_empty() { copy::ANY_SIGNER.to_owned() } else { name.clone() };
            view! { <option value=at.to_string()>{name}</option> }
        };
        view! {
            <label class="share-end"><span>{copy::SIGN_AS}</span><select class="input" on:change=pick>{waits.iter().map(option).collect_view()}</select></label>
        }
    });
    view! {
        <section class="card sign-card" aria-label=copy::TITLE>
            <h3>{copy::READY}</h3>
            {choose}
            <SignForm known intent label more=copy::BINDS on_sign>
                <DeclineButton signing seal signer label=copy::DECLINE />
            </SignForm>
        </section>
    }
}

/// Declines, or takes back what this device signed, for a reason.
#[component]
fn DeclineButton(
    signing: Signing,
    seal: ActHash,
    #[prop(into)] signer: Signal<usize>,
    label: &'static str,
) -> impl IntoView {
    let Signing { room, handsel, me, .. } = signing;
    let open = RwSignal::new(false);
    let on_reason = Callback::new(move |reason: String| {
        let (room, name, signer) = (room.get(), me.get_untracked().name, signer.get_untracked());
        handsel.attempt(async move {
            room.decline(seal, signer, &name, &reason).await?;
            Ok(())
        });
    });
    view! {
        <Button label kind=ButtonKind::Quiet on_press=move |()| open.set(true) />
        <ReasonDialog open title=copy::DECLINE_TITLE more=copy::DECLINE_MORE on_reason />
    }
}

/// Both sides have signed.
#[component]
fn Agreed(signing: Signing, seal: ActHash, sealed: Sealed) -> impl IntoView {
    let Signing { room, handsel, deal, .. } = signing;
    let despite = deal.with_untracked(|deal| people::is_disputed(deal, seal));
    let title = crate::features::sealed::filled(&sealed.get(), &sealed.get().title);
    let save = move |()| {
        let (room, title) = (room.get(), title.clone());
        handsel.attempt(async move {
            let file = room.certificate(seal).await?;
            outgoing::save(handsel, &title, certificate::ENDING, certificate::MEDIA_TYPE, &file);
            Ok(())
        });
    };
    let warning = despite.then(|| view! { <Banner tone=Tone::Warn words=copy::DESPITE /> });
    view! {
        <section class="card sign-card" aria-label=copy::AGREED>
            <h3><Icon name="check" />{copy::AGREED}</h3>
            <p>{copy::AGREED_MORE}</p>
            <div class="row" data-wrap="">
                <Button label=copy::SAVE kind=ButtonKind::Primary icon="download" on_press=save />
                <Button label=copy::PRINT icon="print" on_press=move |()| browser::page::print() />
            </div>
        </section>
        {warning}
    }
}
