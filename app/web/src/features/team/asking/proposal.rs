//! The draft of a proposal: what goes in and why, what is changed by hand, and the room that is made of it.

use insight::proposal::Proposal;
use leptos::prelude::*;
use terms::book::Field;
use ui::{Banner, Button, ButtonKind, EmptyState, Field as TextField, LinkButton, effect, live};

use super::{
    Asking, Contact, Drafted,
    beside::{Price, Told, Variables, Worth},
    copy, crumbs, heading,
    putting::Putting,
    sections::Sections,
};
use crate::route::{Route, TeamPlace};

/// A draft on the screen. Copies are the same.
#[derive(Clone, Copy)]
pub(super) struct Drafting {
    pub(super) asking: Asking,
    /// As it is on the screen.
    pub(super) draft: RwSignal<Proposal>,
    /// The section into which something is being put.
    pub(super) putting: RwSignal<Option<usize>>,
}

/// The page.
#[component]
pub(super) fn ProposalPage(asking: Asking) -> impl IntoView {
    let team = asking.team;
    let fresh = Memo::new(move |_| {
        let contact = asking.contact.get();
        let contact = Some(contact.as_str()).filter(|it| !it.is_empty());
        team.look(|book| asking.id.with_value(|id| book.propose(id, contact, team.today(), &heading)).ok())
    });
    let Some(first) = fresh.get_untracked() else { return ().into_any() };
    // Whoever was elsewhere meanwhile finds the draft as it was left, with what was changed by hand.
    let is_good = |(from, draft): &&Drafted| from.deal == first.deal && (*from == first || from != draft);
    let kept = team.drafted.with_value(|kept| kept.as_ref().filter(is_good).cloned());
    let (from, left) = kept.unwrap_or_else(|| (first.clone(), first.clone()));
    let ground = RwSignal::new(from);
    let drafting = Drafting { asking, draft: RwSignal::new(left), putting: RwSignal::new(None) };
    let draft = drafting.draft;
    effect(move || {
        let Some(fresh) = fresh.get() else { return };
        let is_untouched = ground.with_untracked(|ground| draft.with_untracked(|draft| ground == draft));
        if is_untouched && ground.with_untracked(|ground| *ground != fresh) {
            ground.set(fresh.clone());
            draft.set(fresh);
        }
    });
    effect(move || {
        let kept = (ground.get(), draft.get());
        team.drafted.set_value(Some(kept));
    });
    let is_old = Memo::new(move |_| {
        fresh.with(|fresh| ground.with(|ground| fresh.as_ref().is_some_and(|it| it != ground)))
    });
    let anew = move |()| {
        if let Some(fresh) = fresh.get_untracked() {
            ground.set(fresh.clone());
            draft.set(fresh);
        }
    };
    let changed = live(move || {
        is_old.get().then(|| view! { <Banner words=copy::CHANGED><Button label=copy::ANEW icon="redo" on_press=anew /></Banner> })
    });
    let has_room = Memo::new(move |_| {
        asking.deal.with(|deal| deal.as_ref().is_some_and(|it| !it.text(Field::Room).is_empty()))
    });
    let room = live(move || has_room.get().then(|| view! { <p class="hint">{copy::HAS_ROOM}</p> }));
    let is_making = RwSignal::new(false);
    let make = move |()| drafting.make(is_making);
    let blocked = Signal::derive(move || is_making.get().then(|| copy::MAKING.to_owned()));
    let title = RwSignal::new(draft.with_untracked(|it| it.title.clone()));
    effect(move || title.set(draft.with(|it| it.title.clone())));
    let retitle = move |()| {
        let to = title.get_untracked();
        if draft.with_untracked(|it| it.title != to) {
            draft.update(|it| it.title = to);
        }
    };
    let is_empty = Memo::new(move |_| draft.with(|it| it.sections.is_empty()));
    let nothing = live(move || {
        is_empty.get().then(|| {
            view! {
                <EmptyState icon="bulb" line=copy::NO_SECTIONS more=copy::NO_SECTIONS_MORE>
                    <LinkButton label=copy::TO_LIBRARY href=team.href(TeamPlace::Library) />
                </EmptyState>
            }
        })
    });
    view! {
        <main class="page proposal">
            <header class="page-head">
                <div>{crumbs(asking)}<h1>{copy::PROPOSAL}</h1><p class="hint">{copy::ABOUT}</p></div>
                <div class="row" data-wrap="">
                    <Contact asking label=copy::WHO_FOR />
                    <LinkButton label=copy::TO_INTERVIEW icon="question" href=asking.href(TeamPlace::Interview) />
                    <Button label=copy::MAKE_ROOM kind=ButtonKind::Primary icon="room" blocked on_press=make />
                </div>
            </header>
            {changed}
            <div class="with-rail">
                <div class="stack">
                    <section class="card"><TextField label=copy::TITLE value=title max_length=200 on_commit=Callback::new(retitle) />{room}</section>
                    {nothing}
                    <Sections drafting />
                </div>
                <div class="stack">
                    <Told drafting />
                    <Variables drafting />
                    <Price drafting />
                    <Worth drafting />
                </div>
            </div>
        </main>
        <Putting drafting />
    }
    .into_any()
}

impl Drafting {
    fn make(self, is_making: RwSignal<bool>) {
        let team = self.asking.team;
        let (handsel, book) = (team.handsel, team.book());
        let (draft, from) = (self.draft.get_untracked(), handsel.route.get_untracked());
        is_making.set(true);
        handsel.attempt(async move {
            let made = handsel.rooms().room_from(&book, &draft, copy::UNTITLED).await;
            let _ = is_making.try_set(false);
            let room = made?;
            team.drafted.set_value(None);
            handsel.toasts.say(copy::MADE);
            // Whoever went on meanwhile stays where they are.
            if handsel.route.get_untracked() == from {
                handsel.go(Route::room(room));
            }
            Ok(())
        });
    }
}
