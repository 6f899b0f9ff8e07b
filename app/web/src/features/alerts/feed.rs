//! What happened, as lines: in all rooms on the first page, in one of them in the room.

use insight::alerts::{Kind, Line};
use leptos::prelude::*;
use model::RoomId;
use ui::{Badge, Button, ButtonKind, ButtonSize, Icon, Tone, live};

use super::{Alerts, copy, see};
use crate::route::{Place, Route};

/// So many lines are shown before somebody asks for more.
const SHOWN: usize = 6;
/// And so many more each time.
const MORE: usize = 20;

/// A line with what its room is called, and whether nobody has seen it.
type Row = (Line<RoomId>, String, bool);

/// The lines, newest first.
#[component]
pub(super) fn Feed(alerts: Alerts, room: Option<RoomId>) -> impl IntoView {
    let shown = RwSignal::new(SHOWN);
    // In a room one sees nothing of the others.
    if room.is_none() {
        see(alerts);
    }
    // What was new when it came into sight stays marked as long as it is in sight.
    let seen = StoredValue::new(alerts.told.with_untracked(|told| told.as_ref().map_or(0, |told| told.seen)));
    let rows = Memo::new(move |_| {
        alerts.told.with(|told| {
            let Some(told) = told else { return Vec::new() };
            let mine = told.lines.iter().filter(|line| room.is_none_or(|room| line.key == room));
            let row = |line: &Line<RoomId>| -> Row {
                let of = told.rooms.iter().find(|of| of.room == line.key);
                let title = of.map_or_else(String::new, |of| of.title.clone());
                let came = of.into_iter().flat_map(|of| &of.alerts).filter(|notice| {
                    notice.alert.kind == line.kind && (line.first..=line.last).contains(&notice.alert.at)
                });
                let is_new = came.map(|notice| notice.came).max().unwrap_or_default() > seen.get_value();
                (line.clone(), title, is_new)
            };
            mine.map(row).collect::<Vec<_>>()
        })
    });
    let list = live(move || {
        let now = browser::clock::now_ms();
        let row = |(line, title, is_new): Row| {
            let to = match (room, line.kind) {
                (_, Kind::Question | Kind::Commented) => Place::Document,
                (_, Kind::StepConfirmed) => Place::Plan,
                (_, Kind::Accepted | Kind::Declined) => Place::Acceptance,
                _ => Place::Readers,
            };
            let words = copy::line(line.kind, &line.people, line.count);
            view! {
                <li class="alert-row" data-new=is_new.then_some("")>
                    <span class="tile" data-tone=copy::tile(line.kind)><Icon name=copy::icon(line.kind) /></span>
                    <a href=Route::Room(line.key, to).href()>
                        <span class="alert-words">{words}</span>
                        {room.is_none().then(|| view! { <span class="alert-room">{title}</span> })}
                    </a>
                    {is_new.then(|| view! { <Badge label=copy::NEW tone=Tone::Accent /> })}
                    <time class="alert-when">{browser::clock::ago(line.last, now)}</time>
                </li>
            }
        };
        rows.with(|rows| rows.iter().take(shown.get()).cloned().map(row).collect_view())
    });
    let more = live(move || {
        (rows.with(Vec::len) > shown.get()).then(|| {
            view! { <Button label=copy::MORE kind=ButtonKind::Quiet size=ButtonSize::Small on_press=move |()| shown.update(|count| *count += MORE) /> }
        })
    });
    view! {
        <section class="card alert-feed">
            <div class="card-head">
                <h2>{if room.is_some() { copy::HAPPENED_HERE } else { copy::HAPPENED }}</h2>
                <Button label=copy::SETTINGS icon="bell" icon_only=true kind=ButtonKind::Quiet size=ButtonSize::Small on_press=move |()| alerts.settings.set(true) />
            </div>
            <ul>{list}</ul>
            {more}
        </section>
    }
}
