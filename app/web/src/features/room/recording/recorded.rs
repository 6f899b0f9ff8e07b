//! All that was noted of reading in this browser, as it is sent.

use insight::record::{Attended, Record};
use leptos::prelude::*;
use session::{Recorded as Noted, Recording};
use ui::{Button, ButtonKind, Dialog, DialogSize, EmptyState, Switch, live};

use super::copy;
use crate::{
    copy as words,
    features::room::{OpenRoom, copy as room_words, part_names::PartNames},
    handsel::use_handsel,
};

/// The page, as a dialog over wherever its person is. `end_stretch` ends what goes on, and keeps it where it is told to.
#[component]
pub(crate) fn Recorded(
    room: OpenRoom,
    looking: RwSignal<bool>,
    end_stretch: Callback<bool>,
) -> impl IntoView {
    let handsel = use_handsel();
    let noted = RwSignal::new(None::<Vec<Noted>>);
    let changed = RwSignal::from(room.get().recorded_changed());
    ui::effect(move || {
        if !looking.get() {
            return;
        }
        changed.track();
        let room = room.get();
        browser::timers::spawn(async move {
            match room.recorded().await {
                Ok(all) => drop(noted.try_set(Some(all))),
                Err(problem) => handsel.tell(&problem),
            }
        });
    });
    // What goes on belongs to it as well.
    ui::effect(move || {
        if looking.get() {
            end_stretch.run(true);
        }
    });
    let recording = RwSignal::from(room.get().recording_signal());
    let turn = move |on: bool| {
        // Neither what led here is wanted by whoever stops it, nor what passed meanwhile.
        end_stretch.run(false);
        let open = room.get();
        handsel.attempt(async move { open.pause_recording(!on).await });
    };
    let forget = move |()| {
        end_stretch.run(false);
        let open = room.get();
        handsel.attempt(async move {
            open.forget_unsent().await?;
            handsel.toasts.say(copy::FORGOTTEN);
            Ok(())
        });
    };
    let list = move || {
        live(move || {
            let all = noted.get()?;
            if all.is_empty() {
                return Some(
                    view! { <EmptyState icon="eye" line=copy::NONE more=copy::NONE_MORE /> }.into_any(),
                );
            }
            let names = PartNames::of(room);
            let rows =
                visits(all).into_iter().rev().map(|noted| view! { <Stretch noted names=names.clone() /> });
            Some(view! { <ol class="recorded">{rows.collect_view()}</ol> }.into_any())
        })
    };
    let waits = Memo::new(move |_| noted.with(|all| all.iter().flatten().any(|noted| noted.sent.is_none())));
    let footer = move || {
        view! {
            {live(move || waits.get().then(|| view! { <Button label=copy::FORGET icon="trash" on_press=forget /> }))}
            <Button label=words::CLOSE kind=ButtonKind::Primary on_press=move |()| looking.set(false) />
        }
    };
    view! {
        <Dialog open=looking title=copy::WHAT_IS_RECORDED close_label=words::CLOSE size=DialogSize::Wide footer>
            <p>{copy::ABOUT}</p>
            <p class="hint">{copy::NOT_NOTED}</p>
            <Switch
                label=copy::RECORD
                hint=copy::RECORD_HINT
                on=Signal::derive(move || recording.get() == Recording::On)
                on_turn=turn
            />
            {list()}
        </Dialog>
    }
}

/// What was sent of a visit together, and what of it waits, as one each.
fn visits(all: Vec<Noted>) -> Vec<Noted> {
    let mut visits: Vec<Noted> = Vec::new();
    for Noted { record, sent } in all {
        match visits.last_mut() {
            Some(last) if last.record.visit == record.visit && last.sent == sent => {
                last.record = last.record.clone().with(&record);
            }
            _ => visits.push(Noted { record, sent }),
        }
    }
    visits
}

/// A visit, or a part of it: when, on what, which parts, what was done, and whether it was sent.
#[component]
fn Stretch(noted: Noted, names: PartNames) -> impl IntoView {
    let Noted { record, sent } = noted;
    let Record { device, from, active, ref parts, ref acts, ref attended, .. } = record;
    let counted: u64 = parts.iter().map(|part| part.active).sum();
    let part = |part: &insight::record::Glance| {
        let depth = part.depth.map(|depth| view! { <span class="hint">{copy::depth(depth)}</span> });
        view! { <tr><th scope="row">{names.name(&part.part)} {depth}</th><td>{room_words::spent(part.active)}</td></tr> }
    };
    let rest = active.saturating_sub(counted);
    let elsewhere = (rest >= 1_000)
        .then(|| view! { <tr><th scope="row">{copy::ELSEWHERE}</th><td>{room_words::spent(rest)}</td></tr> });
    let act = |did: &insight::record::Did| {
        view! { <tr><th scope="row">{names.name(&did.part)}</th><td>{copy::did(did.what)}</td></tr> }
    };
    let shown = |it: &Attended| {
        let how = copy::attended(&room_words::spent(it.shown), &room_words::spent(it.followed));
        view! { <tr><th scope="row">{names.name(&it.part)} <span class="hint">{copy::PRESENTED}</span></th><td>{how}</td></tr> }
    };
    let state = match sent {
        Some(at) => {
            view! { <span class="hint">{copy::sent(&browser::clock::date_time(at))}</span> }.into_any()
        }
        None => view! { <span class="recorded-waits">{copy::WAITING}</span> }.into_any(),
    };
    view! {
        <li>
            <p class="recorded-head">
                <strong>{copy::visit(&browser::clock::date_time(from), &room_words::spent(active))}</strong>
                <span class="hint">{copy::device(device)}</span>
                {state}
            </p>
            <table>
                <thead class="visually-hidden"><tr><th scope="col">{copy::PART}</th><th scope="col">{copy::TIME}</th></tr></thead>
                <tbody>
                    {parts.iter().map(part).collect_view()}
                    {elsewhere}
                    {acts.iter().map(act).collect_view()}
                    {attended.iter().map(shown).collect_view()}
                </tbody>
            </table>
        </li>
    }
}
