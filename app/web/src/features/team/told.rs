//! What a deal's room tells of its buyers, as it comes.

use insight::engagement::Deed;
use leptos::prelude::*;
use model::RoomId;
use session::Room;

use super::Team;

/// What it tells.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Told {
    /// What buyers did, by when they did, each with what its person is called.
    pub(super) deeds: Vec<(Deed, String)>,
    /// What buyers asked and nobody has settled, with who asked.
    pub(super) questions: Vec<(String, String)>,
}

/// What the room tells, looked at again whenever something comes; none where there is no room, or it is not this device's to read.
pub(super) fn follow(team: Team, room: Memo<Option<RoomId>>) -> RwSignal<Option<Told>> {
    let told = RwSignal::new(None);
    let open: RwSignal<Option<Room>, LocalStorage> = RwSignal::new_local(None);
    ui::effect(move || {
        told.set(None);
        open.set(None);
        let Some(id) = room.get() else { return };
        browser::timers::spawn(async move {
            if let Ok(opened) = team.handsel.rooms().open(id).await {
                let _ = open.try_set(Some(opened));
            }
        });
    });
    ui::effect(move || {
        let Some(room) = open.get() else { return };
        RwSignal::from(room.readings_changed()).track();
        RwSignal::from(room.responses_changed()).track();
        RwSignal::from(room.deal_changed()).track();
        browser::timers::spawn(async move {
            if let Ok(deeds) = room.deeds_told().await {
                let _ = told.try_set(Some(Told { deeds, questions: questions(&room) }));
            }
        });
    });
    told
}

/// What buyers asked in the room and is open.
fn questions(room: &Room) -> Vec<(String, String)> {
    let open = room.threads().into_iter().filter(|thread| !thread.settled && !thread.inside);
    let asks = |text: &str| text.trim_end().ends_with('?');
    let asked = open
        .filter_map(|thread| thread.remarks.into_iter().find(|remark| !remark.owns && asks(&remark.text)));
    asked.map(|remark| (remark.text, remark.name)).collect()
}
