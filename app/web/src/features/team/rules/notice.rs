//! What a team's rules say of an act that somebody is about to do.

use leptos::prelude::*;
use model::RoomId;
use session::Held;
use terms::{approval::Match, rule::Gate};
use ui::{Banner, Button, ButtonSize, Tone, live};

use super::copy;
use crate::handsel::Handsel;

/// What the rules say before an act in a room: suggestions, warnings, and that it will be held back, with the way to why.
#[component]
pub(crate) fn RuleNotice(handsel: Handsel, room: RoomId, gate: Gate) -> impl IntoView {
    let said = RwSignal::new(None::<Held>);
    browser::timers::spawn(async move {
        // What cannot be asked now is asked at the act itself.
        if let Ok(verdict) = handsel.rooms().verdict(gate, room).await {
            let _ = said.try_set(Some(Held { gate, verdict }));
        }
    });
    let see = move |()| {
        handsel.held.set(said.get_untracked());
        handsel.is_held.set(true);
    };
    live(move || {
        let Held { verdict, .. } = said.get()?;
        let line =
            |tone: Tone| move |it: Match| view! { <Banner tone words=copy::says(&it.name, &it.words) /> };
        let held = (!verdict.passes()).then(|| {
            view! {
                <Banner tone=Tone::Warn icon="shield" words=copy::HELD>
                    <Button label=copy::SEE_WHY size=ButtonSize::Small on_press=see />
                </Banner>
            }
        });
        Some(view! {
            {held}
            {verdict.warnings.into_iter().map(line(Tone::Warn)).collect_view()}
            {verdict.suggestions.into_iter().map(line(Tone::Accent)).collect_view()}
        })
    })
}
