//! Rooms that are kept at an address: putting one there, opening one from there, and what is new there.

mod copy;
mod list;
mod opening;
mod publish;

use exchange::kept::KeptLink;
use leptos::prelude::*;
use model::{RoomId, Watch};
use session::Problem;
use ui::{Banner, Button, Tone, live};

use crate::{
    copy as words,
    handsel::{Handsel, use_handsel},
};

pub(crate) use copy::{fetch, send};
pub(crate) use list::Publications;
pub(crate) use opening::{OpeningKept, open_link};
pub(crate) use publish::{KeptWay, PublishForm};

pub(crate) use copy::LOOK;

/// The whole link to a kept room.
fn address_of(link: &KeptLink) -> String {
    format!("{}#{}", browser::page::base_address(), link.to_fragment())
}

/// The host of a kept room in the words of its address bar; where it is beside the program, the program's own.
fn host_of(link: &KeptLink) -> String {
    let address = browser::transfer::whole(link.address.as_str()).unwrap_or_default();
    address.split('/').nth(2).unwrap_or_default().to_owned()
}

/// Looks for what is new at the addresses of a room that was opened. Answers whether it has any.
pub(crate) fn look_at_opening(room: RoomId) -> RwSignal<bool> {
    let handsel = use_handsel();
    let is_kept = RwSignal::new(false);
    browser::timers::spawn(async move {
        let known = handsel.rooms().publications(room).await.unwrap_or_default();
        let _ = is_kept.try_set(!known.is_empty());
        if handsel.rooms().look_unasked(room).await > 0 {
            handsel.toasts.say(copy::NEWS);
        }
    });
    is_kept
}

/// Looks when somebody asks for it, and says what came of that.
pub(crate) fn look(handsel: Handsel, room: RoomId) {
    handsel.attempt(async move {
        let news = handsel.rooms().look(room, &Watch::unseen()).await?;
        handsel.toasts.say(if news > 0 { copy::NEWS } else { copy::NO_NEWS });
        Ok(())
    });
}

/// A transfer that is under way, as the screen shows it. Copies are the same.
#[derive(Clone, Copy)]
struct UnderWay {
    watch: StoredValue<Option<Watch>, LocalStorage>,
    /// How many bytes are through, and of how many; nothing while none is under way.
    done: RwSignal<Option<(usize, Option<usize>)>>,
    /// Why the last one failed.
    problem: RwSignal<Option<Problem>>,
}

impl UnderWay {
    fn new() -> Self {
        let watch = StoredValue::new_local(None::<Watch>);
        // Whoever leaves the screen no longer waits for it.
        on_cleanup(move || {
            if let Some(Some(watch)) = watch.try_update_value(Option::take) {
                watch.cancel();
            }
        });
        Self { watch, done: RwSignal::new(None), problem: RwSignal::new(None) }
    }

    /// Does a transfer, unless one is under way.
    fn run<T: 'static>(
        self,
        transfer: impl AsyncFnOnce(Watch) -> Result<T, Problem> + 'static,
        then: impl FnOnce(T) + 'static,
    ) {
        if self.done.get_untracked().is_some() {
            return;
        }
        let done = self.done;
        let watch = Watch::new(move |through, of| {
            let _ = done.try_set(Some((through, of)));
        });
        self.watch.set_value(Some(watch.clone()));
        self.problem.set(None);
        done.set(Some((0, None)));
        browser::timers::spawn(async move {
            let ended = transfer(watch).await;
            let is_shown = done.try_set(None).is_none();
            match ended {
                Ok(came) if is_shown => then(came),
                Err(problem) if is_shown => self.problem.set(Some(problem)),
                _ => {}
            }
        });
    }

    fn cancel(self) {
        self.watch.with_value(|watch| watch.iter().for_each(Watch::cancel));
    }
}

/// How far a transfer is, with the way to end it, or why it failed.
#[component]
fn Progress(under_way: UnderWay) -> impl IntoView {
    let UnderWay { done, problem, .. } = under_way;
    let is_running = Memo::new(move |_| done.with(Option::is_some));
    // The browser draws one without a value as going on without an end in sight.
    let through = move || done.get().and_then(|(through, of)| of.map(|_| through));
    let of = move || done.get().and_then(|(_, of)| of);
    let words_of = move || done.get().map(|(through, of)| copy::progress(through, of));
    live(move || {
        if is_running.get() {
            view! {
                <div class="transfer">
                    <progress aria-label=copy::PROGRESS max=of value=through></progress>
                    <span>{words_of}</span>
                    <Button label=words::CANCEL on_press=move |()| under_way.cancel() />
                </div>
            }
            .into_any()
        } else {
            let why = problem.get().map(|problem| words::problem(&problem));
            why.map(|words| view! { <Banner tone=Tone::Danger words /> }).into_any()
        }
    })
}
