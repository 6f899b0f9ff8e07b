//! The side of whoever attends: they see what the presenter sees, look around, come back, and raise a hand.

use browser::{Listener, attending::Kind, page, showing, timers, view};
use insight::record::{Device, Part};
use leptos::prelude::*;
use session::{Presentation, Stage};
use ui::{Banner, Button, ButtonKind, ButtonSize, Tone, effect, live};

use super::{Presenting, boxes, copy, name_in, place_of};
use crate::{handsel::use_handsel, route::Place};

/// So many frames a place, and what stands above a section in it, has to find its height.
const FRAMES: usize = 90;

/// The question whether to follow, the bar, and the presenter's pointer.
#[component]
pub(super) fn Attending(presenting: Presenting) -> impl IntoView {
    let Presenting { room, own, others, .. } = presenting;
    let attending = Memo::new(move |_| match own.get() {
        Some(Stage::Attending(attending)) => Some(attending),
        _ => None,
    });
    let presents = Memo::new(move |_| own.with(|own| matches!(own, Some(Stage::Showing(_)))));
    let followed = Memo::new(move |_| {
        let attending = attending.get()?;
        others.with(|all| all.iter().find(|it| it.author == attending.of).cloned())
    });
    let follows = Memo::new(move |_| attending.with(|it| it.as_ref().is_some_and(|it| it.follows)));
    let declined = RwSignal::new(Vec::new());
    // Whatever the reader does by hand lets them look around, so nobody's own scrolling is ever fought.
    let hands = StoredValue::new_local(None::<Listener>);
    effect(move || {
        let look_around = move || {
            if let Some(room) = room.room.try_get_value() {
                room.look_around();
            }
        };
        hands.set_value(follows.get().then(|| view::on_hands_but(".stage-bar", look_around)));
    });
    let seen = page::on_visibility_change(move |is_visible| {
        if let Some(room) = room.room.try_get_value() {
            room.set_hidden(!is_visible);
        }
    });
    let seen = StoredValue::new_local(Some(seen));
    on_cleanup(move || {
        hands.try_update_value(Option::take);
        seen.try_update_value(Option::take);
    });
    let was = StoredValue::new(None::<String>);
    effect(move || {
        // The name is not there any more when it is over.
        if let Some(shown) = followed.get() {
            was.set_value(Some(copy::called(&shown.name)));
        }
        if attending.with(Option::is_none)
            && let Some(name) = was.try_update_value(Option::take).flatten()
        {
            room.say(&copy::is_over(&name));
        }
    });
    let follow = move |of: Presentation| {
        let on = match browser::attending::kind() {
            Kind::Desktop => Device::Desktop,
            Kind::Phone => Device::Phone,
            Kind::Tablet => Device::Tablet,
        };
        room.get().attend(&of.author, on);
        room.say(&copy::following(&copy::called(&of.name)));
    };
    let asked = live(move || {
        let attends = attending.with(|it| it.as_ref().map(|it| it.of));
        let waits = others.with(|all| {
            let is_new = |it: &&Presentation| {
                Some(it.author) != attends
                    && declined.with(|declined| !declined.contains(&(it.author, it.showing.since)))
            };
            all.iter().find(is_new).cloned()
        })?;
        if presents.get() || attends.is_some() {
            return None;
        }
        let key = (waits.author, waits.showing.since);
        let words = copy::presents(&copy::called(&waits.name));
        Some(view! {
            <Banner tone=Tone::Accent words>
                <Button label=copy::FOLLOW kind=ButtonKind::Primary size=ButtonSize::Small on_press=move |()| follow(waits.clone()) />
                <Button label=copy::NOT_NOW size=ButtonSize::Small on_press=move |()| declined.update(|all| all.push(key)) />
            </Banner>
        })
    });
    let name = Memo::new(move |_| followed.with(|it| it.as_ref().map(|it| copy::called(&it.name))));
    let is_up = Memo::new(move |_| attending.with(|it| it.as_ref().is_some_and(|it| it.hand.is_some())));
    let attends = Memo::new(move |_| attending.with(Option::is_some));
    let bar = live(move || {
        attends.get().then(|| {
            let words = move || match (name.get(), follows.get()) {
                (Some(name), true) => copy::following(&name),
                (Some(name), false) => copy::looking_around(&name),
                (None, _) => copy::OUT_OF_REACH.to_owned(),
            };
            let turn = live(move || match follows.get() {
                true => view! { <Button label=copy::LOOK_AROUND size=ButtonSize::Small on_press=move |()| room.get().look_around() /> }.into_any(),
                false => view! { <Button label=copy::COME_BACK kind=ButtonKind::Primary size=ButtonSize::Small on_press=move |()| room.get().follow_again() /> }.into_any(),
            });
            let hand = live(move || {
                let up = is_up.get();
                let label = if up { copy::HAND_DOWN } else { copy::RAISE_HAND };
                view! { <Button label icon="hand" size=ButtonSize::Small on_press=move |()| room.get().raise_hand(!up) /> }
            });
            view! {
                <div class="stage-bar" data-party="buyer" data-framed=move || follows.get().then_some("") role="region" aria-label=copy::PRESENTATION>
                    <strong role="status">{words}</strong>
                    {turn}
                    {hand}
                    <Button label=copy::LEAVE size=ButtonSize::Small on_press=move |()| room.get().stop_attending() />
                </div>
            }
        })
    });
    let at = pointer(presenting, followed, follows);
    let dot = live(move || {
        let (x, y) = at.get()?;
        let (x, y) = (format!("{x:.0}px"), format!("{y:.0}px"));
        Some(
            view! { <div class="stage-pointer" aria-hidden="true" style=("--x", x) style=("--y", y)><span>{move || name.get()}</span></div> },
        )
    });
    view! {
        {asked}
        {bar}
        {dot}
    }
}

/// Goes along with what is shown, and answers where the presenter's pointer is in this window.
fn pointer(
    presenting: Presenting,
    followed: Memo<Option<Presentation>>,
    follows: Memo<bool>,
) -> RwSignal<Option<(f64, f64)>> {
    let handsel = use_handsel();
    let Presenting { room, place, .. } = presenting;
    let at = RwSignal::new(None);
    let turn = StoredValue::new(0u64);
    let point = move |shown: &Presentation| {
        let here = place.try_get_untracked()?;
        let (attribute, whole) = boxes(here)?;
        let pointer = shown.showing.spot.pointer.as_ref()?;
        if place_of(&pointer.part) != here {
            return None;
        }
        showing::spot(attribute, &whole.name(), &name_in(here, &pointer.part), (pointer.x, pointer.y))
    };
    effect(move || {
        let Some(shown) = followed.get().filter(|_| follows.get()) else {
            turn.update_value(|turn| *turn += 1);
            at.set(None);
            return;
        };
        let part = shown.showing.spot.part.clone();
        let there = place_of(&part);
        if place.get() != there {
            handsel.go(room.way(there));
        }
        if let Part::Page { file, .. } = &part {
            room.file_wanted.set(Some(file.clone()));
        } else if there == Place::Files {
            room.file_wanted.set(Some(String::new()));
        }
        let mine = turn.try_update_value(|turn| {
            *turn += 1;
            *turn
        });
        let Some((attribute, whole)) = boxes(there) else { return };
        let name = name_in(there, &part);
        timers::spawn(async move {
            for _ in 0..FRAMES {
                timers::frame().await;
                // Something newer is shown, or nobody follows any more.
                if turn.try_get_value() != mine || !follows.try_get_untracked().unwrap_or_default() {
                    return;
                }
                showing::stand(attribute, &whole.name(), &name, shown.showing.spot.offset);
                let _ = at.try_set(point(&shown));
            }
        });
    });
    at
}
