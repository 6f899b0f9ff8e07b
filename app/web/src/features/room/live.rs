//! How it stands with the other copies of the room: a chip in the bar, the question before servers are spoken with, and the
//! dialog that says over which.

mod codes;
mod copy;
mod form;

use browser::{clock, timers};
use leptos::prelude::*;
use session::{Live, Reach};
use ui::{Banner, Button, ButtonKind, ButtonSize, Dialog, Icon, Tone, live};

use super::OpenRoom;
use crate::{copy as words, handsel::use_handsel};

/// What the bar says, where there is something to say. Pressing it tells more.
#[component]
pub(super) fn LiveChip(room: OpenRoom, open: RwSignal<bool>) -> impl IntoView {
    let state = RwSignal::from(room.get().live());
    let shown = Memo::new(move |_| state.with(|live| (tone(&live.reach), copy::chip(live))));
    live(move || {
        let (tone, words) = shown.get();
        let words = words?;
        Some(view! {
            <button class="live-chip" type="button" data-tone=tone_name(tone) title=copy::LIVE_MORE on:click=move |_| open.set(true)>
                <span class="live-dot" aria-hidden="true"></span>
                <span role="status">{words}</span>
            </button>
        })
    })
}

fn tone(reach: &Reach) -> Tone {
    match reach {
        Reach::InStep => Tone::Ok,
        Reach::Off | Reach::Asks | Reach::Connecting | Reach::Alone => Tone::Plain,
        Reach::ReadOnly | Reach::Waiting(_) | Reach::Blocked => Tone::Warn,
        Reach::Refused(_) | Reach::Flooded | Reach::NoProgram(_) => Tone::Danger,
    }
}

fn tone_name(tone: Tone) -> &'static str {
    match tone {
        Tone::Ok => "ok",
        Tone::Warn => "warn",
        Tone::Danger => "danger",
        _ => "plain",
    }
}

/// Asks before the servers of somebody else's room are spoken with.
#[component]
pub(super) fn LiveQuestion(room: OpenRoom) -> impl IntoView {
    let handsel = use_handsel();
    let state = RwSignal::from(room.get().live());
    let asks = Memo::new(move |_| state.with(|live| live.reach == Reach::Asks));
    live(move || {
        asks.get().then(|| {
            let places = room.get().places().get_untracked();
            let hosts: Vec<&str> = places.addresses().into_iter().map(host).collect();
            let connect = move |()| handsel.attempt(async move { room.get().agree().await });
            view! {
                <Banner tone=Tone::Accent words=copy::question(&hosts)>
                    <Button label=copy::CONNECT size=ButtonSize::Small on_press=connect />
                </Banner>
            }
        })
    })
}

/// The part of an address that names a machine.
fn host(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let rest = rest.trim_start_matches(|c: char| c.is_ascii_lowercase()).strip_prefix(':').unwrap_or(rest);
    rest.split(['/', '?', '#']).next().unwrap_or(rest)
}

/// Tells how it stands, and lets the owner say over which servers the copies meet.
#[component]
pub(super) fn LiveDialog(room: OpenRoom, open: RwSignal<bool>) -> impl IntoView {
    let done = move || view! { <Button label=copy::DONE on_press=move |()| open.set(false) /> };
    view! {
        <Dialog open title=copy::TITLE close_label=words::CLOSE limit=copy::LIMIT footer=done>
            <Standing room />
            <MyName />
            {room.may_own().then(|| view! { <form::Servers room /> })}
            {(!room.is_preview()).then(|| view! { <codes::Codes room /> })}
        </Dialog>
    }
}

/// What is known of the connection, in sentences.
#[component]
fn Standing(room: OpenRoom) -> impl IntoView {
    let handsel = use_handsel();
    let state = RwSignal::from(room.get().live());
    let facts = move |live: &Live| {
        let heard = live.heard_at.map(|at| copy::heard(&clock::date_time(at)));
        let unsent = (live.unsent > 0).then(|| copy::unsent(live.unsent));
        let peers = (live.peers > 0).then(|| copy::peers(live.peers));
        [peers, unsent, heard].into_iter().flatten().map(|words| view! { <li>{words}</li> }).collect_view()
    };
    let act = move |live: &Live| match live.reach {
        Reach::Asks => {
            let connect = move |()| handsel.attempt(async move { room.get().agree().await });
            Some(view! { <Button label=copy::CONNECT size=ButtonSize::Small on_press=connect /> }.into_any())
        }
        Reach::Waiting(_) | Reach::Blocked => {
            let now = move |()| room.get().wake();
            Some(view! { <Button label=copy::TRY_NOW size=ButtonSize::Small on_press=now /> }.into_any())
        }
        _ => None,
    };
    live(move || {
        let live = state.get();
        view! {
            <section class="live-standing" data-tone=tone_name(tone(&live.reach)) aria-live="polite">
                <span class="tile"><Icon name=copy::icon(&live.reach) /></span>
                <div>
                    <p>{copy::sentence(&live)}</p>
                    <ul>{facts(&live)}</ul>
                </div>
                {act(&live)}
            </section>
        }
    })
}

/// What the others see this person called.
#[component]
fn MyName() -> impl IntoView {
    let handsel = use_handsel();
    let name = RwSignal::new(String::new());
    timers::spawn(async move {
        let kept = handsel.rooms().my_name().await;
        let _ = name.try_update(|name| {
            if name.is_empty() {
                *name = kept
            }
        });
    });
    let keep = move |()| {
        handsel.attempt(async move { handsel.rooms().set_my_name(&name.get_untracked()).await });
    };
    view! {
        <ui::Field
            label=copy::MY_NAME
            hint=copy::MY_NAME_HINT
            value=name
            autocomplete="name"
            max_length=80
            on_commit=keep
        />
    }
}

/// A folded part of the dialog.
fn folded(title: &'static str, more: &'static str, is_open: bool, inside: AnyView) -> AnyView {
    view! {
        <details class="live-part" open=is_open>
            <summary><strong>{title}</strong><span>{more}</span></summary>
            <div class="live-part-body">{inside}</div>
        </details>
    }
    .into_any()
}

/// The button that most dialogs of this kind end a part with.
fn act(label: &'static str, icon: &'static str, on_press: impl Fn(()) + Send + Sync + 'static) -> AnyView {
    view! { <Button label kind=ButtonKind::Primary icon on_press=on_press /> }.into_any()
}
