//! The first page of a room: a greeting, what is next, what there is to read, who is who.

mod copy;
mod forms;

use browser::clock::Days;
use leptos::prelude::*;
use session::{RoomPlan, Since};
use terms::{
    plan::{Progress, Schedule, Side, Step},
    portal::{Contact, Portal},
};
use text::Document;
use ui::{Avatar, Button, ButtonKind, ButtonSize, LinkButton, Party, live};

use super::{
    OpenRoom,
    acceptance::DealCard,
    comments::Comments,
    copy as room_words,
    logo::{LogoImage, RoomLogo},
    plan::Seen,
    price::PriceCard,
    summary::{Part, label, minutes_for},
};
use crate::{
    later::{dialog_later, part},
    route::Place,
};
use forms::{PersonDialog, PortalDialog};

/// So many steps are shown of what is next.
const NEXT: usize = 4;
/// So many sections are named.
const NAMED: usize = 6;

/// The first page.
#[component]
pub(super) fn Overview(
    room: OpenRoom,
    comments: Comments,
    since: RwSignal<Option<Since>>,
    logo: RoomLogo,
) -> impl IntoView {
    let open = room.get();
    let changed = RwSignal::from(open.offer_changed());
    let answered = RwSignal::from(open.responses_changed());
    let portal = Memo::new(move |_| {
        changed.track();
        room.get().portal()
    });
    let contacts = Memo::new(move |_| {
        changed.track();
        room.get().contacts()
    });
    let plan = Memo::new(move |_| {
        changed.track();
        answered.track();
        Seen::of(&room.get())
    });
    let editing = RwSignal::new(false);
    let person: RwSignal<Option<Contact>> = RwSignal::new(None);
    let may_own = room.may_own();
    view! {
        <main class="overview" data-empty=Signal::derive(move || portal.with(Portal::is_empty).then_some(""))>
            <Greeting room portal contacts editing logo />
            <div class="overview-main">
                <DealCard room />
                <Next room plan />
                <Reading room />
            </div>
            <div class="overview-rail">
                <SinceCard room since />
                <PlanCard room plan />
                <PriceCard room />
                <CommentsCard room comments />
                <PeopleCard contacts person may_own />
            </div>
        </main>
        {may_own.then(|| view! {
            {dialog_later(first_page_dialog, (room, editing, logo), editing)}
            <PersonDialog room person />
        })}
    }
}

part!(first_page_dialog((OpenRoom, RwSignal<bool>, RoomLogo)) => |given| view! { <PortalDialog room=given.0 open=given.1 logo=given.2 /> });

#[component]
fn Greeting(
    room: OpenRoom,
    portal: Memo<Portal>,
    contacts: Memo<Vec<Contact>>,
    editing: RwSignal<bool>,
    logo: RoomLogo,
) -> impl IntoView {
    let title = RwSignal::from(room.get().title());
    let between = move || portal.with(|portal| copy::between(&portal.seller, &portal.buyer));
    let welcome = move || {
        portal.with(|portal| if portal.welcome.is_empty() { None } else { Some(portal.welcome.clone()) })
    };
    let host = live(move || {
        let host = contacts.with(|all| {
            all.iter().find(|contact| contact.side == Side::Seller && !contact.name.is_empty()).cloned()
        });
        host.map(|host| {
            view! {
                <div class="greeting-host">
                    <Avatar name=host.name.clone() party=Party::Seller />
                    <p>
                        <strong>{host.name.clone()}</strong>
                        <Reach contact=host />
                    </p>
                </div>
            }
        })
    });
    view! {
        <header class="greeting">
            <div class="greeting-words">
                <LogoImage logo />
                <p>{between}</p>
                <h2>{move || welcome().unwrap_or_else(|| title.get())}</h2>
                {live(move || portal.with(Portal::is_empty).then(|| view! { <p>{copy::WELCOME_EMPTY}</p> }))}
            </div>
            {host}
            {room.may_own().then(|| view! {
                <Button label=copy::EDIT icon="pen" on_press=move |()| editing.set(true) />
            })}
        </header>
    }
}

/// How somebody is reached.
#[component]
fn Reach(contact: Contact) -> impl IntoView {
    let mail = (!contact.mail.is_empty()).then(|| {
        let href = format!("mailto:{}", contact.mail);
        view! { <a href=href>{contact.mail.clone()}</a> }
    });
    let phone = (!contact.phone.is_empty()).then(|| {
        let digits: String = contact.phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
        view! { <a href=format!("tel:{digits}")>{contact.phone.clone()}</a> }
    });
    view! { <span class="reach">{mail}{phone}</span> }
}

fn party(side: Side) -> Party {
    match side {
        Side::Seller => Party::Seller,
        Side::Buyer => Party::Buyer,
    }
}

/// The open steps that are due first, with what stands on them.
#[component]
fn Next(room: OpenRoom, plan: Memo<Seen>) -> impl IntoView {
    let rows = live(move || {
        let Seen { room: RoomPlan { plan, .. }, schedule, today, .. } = plan.get();
        let days = Days::new(today.figures().0);
        let mut open: Vec<(usize, &Step)> =
            plan.steps.iter().enumerate().filter(|(_, step)| step.is_open()).collect();
        stdx::sort_by_key(&mut open, |(at, _)| {
            let standing = &schedule.standings[*at];
            (!standing.waits_for.is_empty(), standing.due.is_none(), standing.due)
        });
        if open.is_empty() {
            let words = if plan.steps.is_empty() { copy::NO_PLAN } else { copy::NOTHING_NEXT };
            let make = (plan.steps.is_empty() && room.may_own()).then(|| {
                view! { <LinkButton label=copy::MAKE_PLAN href=room.way(Place::Plan).href() /> }
            });
            return view! { <p class="hint">{words}</p> {make} }.into_any();
        }
        let row = |(at, step): &(usize, &Step)| {
            let standing = &schedule.standings[*at];
            let who = step.who.words().to_owned();
            let side = if step.side == Side::Seller { copy::SELLER_SIDE } else { copy::BUYER_SIDE };
            let who = if who.is_empty() { side.to_owned() } else { who };
            let due = standing.due.map(|due| days.write(due.number(), due.figures().0));
            let (tone, when) = match (standing.late, due) {
                (0, Some(due)) => (None, copy::by(&due)),
                (0, None) => (None, String::new()),
                (late, _) => (Some("danger"), copy::days_late(late)),
            };
            view! {
                <li>
                    <Avatar name=who.clone() party=party(step.side) />
                    <span class="next-step"><strong>{step.name.clone()}</strong><span>{who}</span></span>
                    <span class="next-when" data-tone=tone>{when}</span>
                </li>
            }
        };
        view! { <ul class="rows">{open.iter().take(NEXT).map(row).collect_view()}</ul> }.into_any()
    });
    view! {
        <section class="card">
            <div class="card-head">
                <h3>{copy::NEXT}</h3>
            </div>
            {rows}
        </section>
    }
}

/// The document: what is in it and how long it takes to read.
#[component]
fn Reading(room: OpenRoom) -> impl IntoView {
    let list = RwSignal::from(room.get().sections());
    // What a section is called: by its name, else by its first heading or words.
    let parts = Memo::new(move |_| {
        let open = room.get();
        let read = |section: session::Section| {
            let document = open.document(&section.id).unwrap_or_else(|_| Document::new());
            let part = Part::of(&document);
            (label(&section, Some(&part)), part.words)
        };
        list.get().into_iter().map(read).collect::<Vec<_>>()
    });
    let facts = move || {
        parts.with(|parts| {
            let words: usize = parts.iter().map(|(_, words)| words).sum();
            [copy::sections(parts.len()), room_words::words(words), room_words::minutes(minutes_for(words))]
                .join(" · ")
        })
    };
    let named = live(move || {
        parts.with(|parts| {
            let names = parts.iter().take(NAMED).map(|(name, _)| view! { <li>{name.clone()}</li> });
            parts
                .iter()
                .any(|(_, words)| *words > 0)
                .then(|| view! { <ol class="contents">{names.collect_view()}</ol> })
        })
    });
    view! {
        <section class="card">
            <div class="card-head">
                <h3>{copy::PROPOSAL}</h3>
                <LinkButton label=copy::READ href=room.way(Place::Document).href() />
            </div>
            <p class="hint">{facts}</p>
            {named}
        </section>
    }
}

/// What changed since this device's person was last here.
#[component]
fn SinceCard(room: OpenRoom, since: RwSignal<Option<Since>>) -> impl IntoView {
    live(move || {
        since.get().filter(|since| !since.is_empty()).map(|since| {
            let open = room.get();
            let called = |id: &model::SectionId| {
                let section = open.sections().get_untracked().into_iter().find(|it| it.id == *id)?;
                let document = open.document(id).ok()?;
                Some(copy::section_changed(&label(&section, Some(&Part::of(&document)))))
            };
            let mut lines: Vec<String> = since.sections.iter().take(NAMED).filter_map(called).collect();
            lines
                .extend(since.sections.len().checked_sub(NAMED + 1).map(|more| copy::more_changed(more + 1)));
            lines.extend(since.steps_done.iter().take(NAMED).map(|step| copy::step_done(step)));
            lines.extend((since.remarks > 0).then(|| copy::new_comments(since.remarks)));
            lines.extend((since.files > 0).then(|| copy::new_files(since.files)));
            lines.extend(since.price.then(|| copy::PRICE_CHANGED.to_owned()));
            lines.extend(since.plan.then(|| copy::PLAN_CHANGED.to_owned()));
            let lines = lines.into_iter().map(
                |line| view! { <li><span class="dot" data-tone="accent"></span><span>{line}</span></li> },
            );
            view! {
                <section class="card">
                    <h3>{copy::since(&browser::clock::ago(since.at, open.now()))}</h3>
                    <ul class="news">{lines.collect_view()}</ul>
                    <LinkButton label=copy::SEE_CHANGES href=room.way(Place::Versions).href() />
                </section>
            }
        })
    })
}

#[component]
fn PlanCard(room: OpenRoom, plan: Memo<Seen>) -> impl IntoView {
    let bar = |label: &'static str, side: &'static str, Progress { done, of }: Progress| {
        (of > 0).then(|| {
            view! {
                <label class="progress" data-party=side>
                    <span>{label}</span>
                    <progress max=of.to_string() value=done.to_string()></progress>
                    <span>{format!("{done}/{of}")}</span>
                </label>
            }
        })
    };
    live(move || {
        let Seen { room: RoomPlan { plan, .. }, schedule, today, .. } = plan.get();
        (!plan.steps.is_empty()).then(|| {
            let days = Days::new(today.figures().0);
            let Schedule { seller, buyer, late, .. } = schedule;
            let target = plan.target.map(|target| copy::by(&days.write(target.number(), target.figures().0)));
            let goal = [plan.goal, target.unwrap_or_default()].into_iter().filter(|it| !it.is_empty());
            let goal = goal.collect::<Vec<_>>().join(", ");
            view! {
                <section class="card">
                    <div class="card-head"><h3>{copy::PLAN}</h3><a href=room.way(Place::Plan).href()>{copy::OPEN}</a></div>
                    <p>
                        <strong>{copy::steps_done(seller.done + buyer.done, seller.of + buyer.of)}</strong>
                        {(late > 0).then(|| view! { <span class="late">{copy::late(late)}</span> })}
                    </p>
                    {(!goal.is_empty()).then(|| view! { <p class="hint">{goal}</p> })}
                    {bar(copy::BUYER_SIDE, "buyer", buyer)}
                    {bar(copy::SELLER_SIDE, "seller", seller)}
                </section>
            }
        })
    })
}

#[component]
fn CommentsCard(room: OpenRoom, comments: Comments) -> impl IntoView {
    let count = Memo::new(move |_| comments.count());
    let show = move |_| comments.open.set(true);
    live(move || {
        (count.get() > 0).then(|| {
            view! {
                <section class="card">
                    <div class="card-head">
                        <h3>{copy::COMMENTS}</h3>
                        <a href=room.way(Place::Document).href() on:click=show>{copy::SEE_COMMENTS}</a>
                    </div>
                    <p>{copy::open_comments(count.get())}</p>
                </section>
            }
        })
    })
}

#[component]
fn PeopleCard(
    contacts: Memo<Vec<Contact>>,
    person: RwSignal<Option<Contact>>,
    may_own: bool,
) -> impl IntoView {
    let row = move |contact: Contact| {
        let called = contact.called().to_owned();
        let known = !contact.name.is_empty();
        let party = if known { party(contact.side) } else { Party::Unknown };
        let role = if known { contact.role.clone() } else { copy::NOT_KNOWN.to_owned() };
        let change = may_own.then(|| {
            let contact = contact.clone();
            let press = move |()| person.set(Some(contact.clone()));
            view! { <Button label=copy::change(&called) icon="pen" icon_only=true kind=ButtonKind::Quiet size=ButtonSize::Small on_press=press /> }
        });
        view! {
            <li>
                <Avatar name=called.clone() party />
                <span class="next-step"><strong>{called.clone()}</strong><span>{role}</span><Reach contact=contact.clone() /></span>
                {change}
            </li>
        }
    };
    let sides = live(move || {
        let side = |side: Side| {
            let there: Vec<Contact> =
                contacts.with(|all| all.iter().filter(|contact| contact.side == side).cloned().collect());
            let label = if side == Side::Seller { copy::SELLER_SIDE } else { copy::BUYER_SIDE };
            (!there.is_empty()).then(|| {
                view! {
                    <h4>{label}</h4>
                    <ul class="rows">{there.into_iter().map(row).collect_view()}</ul>
                }
            })
        };
        [side(Side::Buyer), side(Side::Seller)].collect_view()
    });
    let empty = live(move || {
        (may_own && contacts.with(Vec::is_empty)).then(|| view! { <p class="hint">{copy::NO_PEOPLE}</p> })
    });
    let is_shown = move || may_own || !contacts.with(Vec::is_empty);
    let add = may_own.then(|| {
        let press = move |()| person.set(Some(Contact::default()));
        view! { <Button label=copy::ADD_PERSON icon="person-add" on_press=press /> }
    });
    view! {
        <section class="card" hidden=move || !is_shown()>
            <h3>{copy::PEOPLE}</h3>
            {empty}
            {sides}
            {add}
        </section>
    }
}
