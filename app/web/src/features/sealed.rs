//! A sealed room as it is read before it is signed, and from a certificate: from its bytes alone, never from the draft.

mod copy;
mod text;

use std::rc::Rc;

use browser::clock::{self, Days};
use exchange::frozen::Frozen;
use leptos::prelude::*;
use model::{BlobHash, Later};
use terms::{
    plan::{Day, Side},
    portal::Logo,
};
use ui::live;

use crate::features::room::{logo::Hung, price::SealedPrice};
pub(crate) use copy::part;
use text::SealedText;

/// Gives the bytes of an image; none where it is not there.
type Pictures = Rc<dyn Fn(BlobHash) -> Later<Option<Vec<u8>>>>;

/// A sealed room, with the way to its images. Copies are the same.
#[derive(Clone, Copy)]
pub(crate) struct Sealed {
    frozen: StoredValue<Rc<Frozen>, LocalStorage>,
    pictures: StoredValue<Pictures, LocalStorage>,
}

impl Sealed {
    pub(crate) fn new(frozen: Frozen, pictures: Pictures) -> Self {
        Self { frozen: StoredValue::new_local(Rc::new(frozen)), pictures: StoredValue::new_local(pictures) }
    }

    pub(crate) fn get(self) -> Rc<Frozen> {
        self.frozen.get_value()
    }
}

/// All of it, to be read.
#[component]
pub(crate) fn SealedRoom(sealed: Sealed) -> impl IntoView {
    let frozen = sealed.get();
    let filled = |words: &str| text::filled_words(&frozen, words);
    let portal = &frozen.portal;
    let between = [copy::from(&portal.seller), copy::to(&portal.buyer)].concat();
    let texts = (0..frozen.sections.len()).map(|at| view! { <SealedText sealed at /> }).collect_view();
    let price = (!frozen.price.lines.is_empty()).then(|| {
        view! {
            <section class="sealed-part" aria-label=copy::PRICE>
                <h3>{copy::PRICE}</h3>
                <SealedPrice list=frozen.price.clone() choices=frozen.choices.clone() />
            </section>
        }
    });
    view! {
        <article class="sealed" aria-label=copy::SEALED>
            <header>
                {frozen.portal.logo.clone().map(|logo| view! { <SealedLogo sealed logo /> })}
                {(!between.is_empty()).then(|| view! { <p>{between.clone()}</p> })}
                <h2>{filled(&frozen.title)}</h2>
            </header>
            {texts}
            {price}
            {plan(&frozen)}
            {files(&frozen)}
        </article>
    }
}

/// The logo, once its bytes are here.
#[component]
fn SealedLogo(sealed: Sealed, logo: Logo) -> impl IntoView {
    let hung = StoredValue::new_local(None::<Hung>);
    let address = RwSignal::new(None::<String>);
    let pictures = sealed.pictures.get_value();
    browser::timers::spawn(async move {
        let bytes = pictures(logo.blob).await.unwrap_or_default();
        if let Some(picture) = Hung::new(&bytes) {
            let _ = address.try_set(Some(picture.address()));
            hung.try_set_value(Some(picture));
        }
    });
    live(move || address.get().map(|address| view! { <img class="logo" src=address alt=logo.alt.clone() /> }))
}

fn plan(frozen: &Frozen) -> Option<impl IntoView + use<>> {
    let plan = &frozen.plan;
    if plan.steps.is_empty() {
        return None;
    }
    let (year, month, day) = clock::local_day(clock::now_ms());
    let days = Days::new(year);
    let today = Day::new(year, month, day).unwrap_or(Day::LAST);
    let schedule = plan.schedule(today);
    let write = |day: Day| days.write(day.number(), day.figures().0);
    let rows = plan.steps.iter().zip(&schedule.standings).map(|(step, standing)| {
        let who = step.who.words().to_owned();
        let side = if step.side == Side::Seller { copy::SELLER } else { copy::BUYER };
        let who = if who.is_empty() { side.to_owned() } else { format!("{who}, {side}") };
        let due = standing.due.map(write).unwrap_or_default();
        view! { <tr><td>{step.name.clone()}</td><td>{who}</td><td data-num="">{due}</td></tr> }
    });
    let goal = [plan.goal.clone(), plan.target.map(write).unwrap_or_default()];
    let goal = goal.into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join(", ");
    let rows = rows.collect_view();
    Some(view! {
        <section class="sealed-part" aria-label=copy::PLAN>
            <h3>{copy::PLAN}</h3>
            {(!goal.is_empty()).then(|| view! { <p class="hint">{goal}</p> })}
            <table class="table">
                <thead><tr><th>{copy::STEP}</th><th>{copy::WHO}</th><th data-num="">{copy::BY}</th></tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </section>
    })
}

fn files(frozen: &Frozen) -> Option<impl IntoView + use<>> {
    let rows = frozen.files.iter().map(|file| {
        let name = if file.folder.is_empty() { file.name.clone() } else { format!("{}/{}", file.folder, file.name) };
        let more = [clock::size(file.size), copy::fingerprint(&file.hash.0)].join(" · ");
        view! { <li><span class="sealed-file"><strong>{name}</strong><span class="fingerprint">{more}</span></span></li> }
    });
    (!frozen.files.is_empty()).then(|| {
        view! {
            <section class="sealed-part" aria-label=copy::FILES>
                <h3>{copy::FILES}</h3>
                <ul class="rows">{rows.collect_view()}</ul>
            </section>
        }
    })
}

/// Words with what variables stood for when it was sealed.
pub(crate) fn filled(frozen: &Frozen, words: &str) -> String {
    text::filled_words(frozen, words)
}

/// A hash as people compare it.
pub(crate) fn fingerprint(hash: &[u8; 32]) -> String {
    copy::fingerprint(hash)
}
