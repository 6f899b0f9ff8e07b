//! The presenter's side: what they have before them goes to the others, and who attends is listed.

use browser::{Listener, showing, view};
use leptos::prelude::*;
use session::{Attendee, Pointer, Reach, Spot, Stage};
use ui::{Avatar, Button, ButtonKind, ButtonSize, Party, effect, live};

use super::{Presenting, boxes, copy, part_in};
use crate::handsel::use_handsel;

/// The bar, while this tab presents.
#[component]
pub(super) fn Showing(presenting: Presenting) -> impl IntoView {
    let Presenting { room, wanted, own, place, connecting, .. } = presenting;
    let handsel = use_handsel();
    let pointer = StoredValue::new(None::<(f64, f64)>);
    let presents = Memo::new(move |_| own.with(|own| matches!(own, Some(Stage::Showing(_)))));
    effect(move || {
        if !wanted.get() {
            return;
        }
        wanted.set(false);
        // Where others have no place, such as how they read it, they are shown the first page.
        let begun = room.get().present(spot(presenting, None).unwrap_or(Spot {
            part: insight::record::Part::Overview,
            offset: 0,
            pointer: None,
        }));
        match begun {
            Ok(()) => room.say(copy::PRESENTING),
            Err(problem) => handsel.tell(&problem),
        }
    });
    let show = move || {
        let Some(at) = pointer.try_get_value() else { return };
        if let (Some(spot), Some(room)) = (spot(presenting, at), room.room.try_get_value()) {
            room.show(spot);
        }
    };
    let heard = StoredValue::new_local(None::<(Listener, Listener)>);
    effect(move || {
        let moved = move |at| {
            if pointer.try_set_value(at).is_none() {
                show();
            }
        };
        heard.set_value(presents.get().then(|| (view::on_any_scroll(show), showing::on_pointer(moved))));
    });
    on_cleanup(move || {
        heard.try_update_value(Option::take);
    });
    effect(move || {
        place.track();
        if presents.get() {
            // Where the person came to is in the page by then.
            browser::timers::spawn(async move {
                browser::timers::frame().await;
                show();
            });
        }
    });
    let attendees = RwSignal::from(room.get().attendees());
    let up = StoredValue::new(Vec::new());
    effect(move || {
        let now: Vec<Attendee> = attendees.get().into_iter().filter(|it| it.hand.is_some()).collect();
        let before =
            up.try_update_value(|up| std::mem::replace(up, now.iter().map(|it| it.author).collect()));
        let is_new = |it: &&Attendee| before.as_ref().is_some_and(|before| !before.contains(&it.author));
        if let Some(it) = now.iter().find(is_new) {
            room.say(&copy::hand_up(&copy::called(&it.name)));
        }
    });
    let reach = RwSignal::from(room.get().live());
    let is_alone = Memo::new(move |_| reach.with(|live| live.reach != Reach::InStep));
    let stop = move |()| {
        room.get().stop_presenting();
        room.say(copy::NO_LONGER_PRESENTING);
    };
    let row = |it: Attendee| {
        let name = copy::called(&it.name);
        view! {
            <li data-hand=it.hand.map(|_| "") data-away=(it.hidden || !it.follows).then_some("")>
                <Avatar name=name.clone() party=Party::Buyer small=true />
                <span>{name}</span>
                <span class="hint">{copy::does(&it)}</span>
            </li>
        }
    };
    live(move || {
        presents.get().then(|| {
            let list = live(move || {
                let all = attendees.get();
                if all.is_empty() {
                    let words = if is_alone.get() { copy::NOBODY_CONNECTED } else { copy::NOBODY_YET };
                    return view! { <p>{words}</p> }.into_any();
                }
                view! { <ul class="attendees" aria-label=copy::WHO_ATTENDS>{all.into_iter().map(row).collect_view()}</ul> }.into_any()
            });
            let connect = live(move || {
                is_alone.get().then(|| view! {
                    <Button label=copy::CONNECT size=ButtonSize::Small on_press=move |()| connecting.set(true) />
                })
            });
            view! {
                <div class="stage-bar" data-party="seller" role="region" aria-label=copy::PRESENTING>
                    <strong aria-hidden="true">{copy::PRESENTING}</strong>
                    {list}
                    {connect}
                    <Button label=copy::STOP_PRESENTING kind=ButtonKind::Primary size=ButtonSize::Small on_press=stop />
                </div>
            }
        })
    })
}

/// What this tab has before it; none where nothing of that is shown to others.
fn spot(presenting: Presenting, pointer: Option<(f64, f64)>) -> Option<Spot> {
    let place = presenting.place.try_get_untracked()?;
    let (attribute, whole) = boxes(place)?;
    let sight = showing::sight(attribute, &whole.name(), pointer)?;
    let part = |name: &str| if name == whole.name() { Some(whole.clone()) } else { part_in(place, name) };
    let pointer = sight.pointer.and_then(|(name, x, y)| Some(Pointer { part: part(&name)?, x, y }));
    Some(Spot { part: part(&sight.name)?, offset: sight.offset, pointer })
}
