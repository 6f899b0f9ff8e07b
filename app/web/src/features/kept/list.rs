//! The places at which a room is, and bringing them up to date.

use leptos::prelude::*;
use model::{Right, Watch};
use session::{Publication, Room};
use ui::{Button, ButtonKind, ButtonSize, effect, live};

use super::{Progress, UnderWay, address_of, copy, host_of, publish::save_file};
use crate::{copy as words, features::room::share::copy_link, handsel::use_handsel};

/// All places at which a room is known to be. `chosen` gets the one whose address is to be changed.
#[component]
pub(crate) fn Publications(
    room: StoredValue<Room, LocalStorage>,
    chosen: RwSignal<Option<Publication>>,
) -> impl IntoView {
    let handsel = use_handsel();
    let all = RwSignal::new(Vec::new());
    let changes = RwSignal::new(0);
    effect(move || {
        chosen.track();
        changes.track();
        let id = room.get_value().id();
        browser::timers::spawn(async move {
            let known = handsel.rooms().publications(id).await.unwrap_or_default();
            let _ = all.try_set(known);
        });
    });
    let row = move |publication: Publication| view! { <Row room publication chosen changes /> }.into_any();
    live(move || {
        let all = all.get();
        (!all.is_empty()).then(|| {
            view! {
                <section class="given-links publications">
                    <h3>{copy::PUBLICATIONS}</h3>
                    <ul>{all.into_iter().map(row).collect::<Vec<_>>()}</ul>
                </section>
            }
        })
    })
}

#[component]
fn Row(
    room: StoredValue<Room, LocalStorage>,
    publication: Publication,
    chosen: RwSignal<Option<Publication>>,
    /// Counts what was done to the list.
    changes: RwSignal<usize>,
) -> impl IntoView {
    let handsel = use_handsel();
    let under_way = UnderWay::new();
    let open = room.get_value();
    let id = open.id();
    let terms = open.terms_of(&publication);
    let name = copy::name(&publication, terms.as_ref());
    let about =
        copy::about(&publication, terms.as_ref(), &host_of(&publication.link), browser::clock::now_ms());
    let (goes_on, may_write) = (open.goes_on(&publication), open.right() >= Some(Right::Edit));
    let by_hand = publication.target.is_none();
    let may_publish = goes_on && may_write && (publication.is_own || !by_hand);
    let may_change = goes_on && may_write && !publication.link.address.is_beside();
    let publication = StoredValue::new(publication);
    let changed = move || {
        let _ = changes.try_update(|count| *count += 1);
    };
    let publish = move |()| {
        let publication = publication.get_value();
        let publish = async move |watch: Watch| handsel.rooms().publish(id, publication, &watch).await;
        under_way.run(publish, move |published| {
            let link = &published.publication.link;
            handsel.toasts.say(match &published.file {
                Some(file) if save_file(&published.publication, file) => copy::replace_it(link),
                Some(_) => words::FILE_NOT_SAVED.to_owned(),
                None if published.news > 0 => copy::PUBLISHED_WITH_NEWS.to_owned(),
                None => copy::PUBLISHED.to_owned(),
            });
            changed();
        });
    };
    let look = move |()| {
        let look = async move |watch: Watch| handsel.rooms().look(id, &watch).await;
        under_way.run(look, move |news| {
            handsel.toasts.say(if news > 0 { copy::NEWS } else { copy::NO_NEWS });
            changed();
        });
    };
    let copy_it = move |()| copy_link(handsel, address_of(&publication.get_value().link));
    let forget = move |()| {
        handsel.attempt(async move {
            handsel.rooms().forget_publication(id, &publication.get_value().link).await?;
            handsel.toasts.say(copy::FORGOTTEN);
            changed();
            Ok(())
        });
    };
    let acts = live(move || {
        let act = if may_publish {
            view! { <Button label=copy::PUBLISH_AGAIN size=ButtonSize::Small on_press=publish /> }
        } else {
            view! { <Button label=copy::LOOK size=ButtonSize::Small on_press=look /> }
        };
        let change = move |()| chosen.set(Some(publication.get_value()));
        under_way.done.with(Option::is_none).then(|| {
            view! {
                {act}
                <Button label=copy::COPY_LINK kind=ButtonKind::Quiet size=ButtonSize::Small icon="copy" icon_only=true on_press=copy_it />
                {may_change.then(|| view! { <Button label=copy::CHANGE kind=ButtonKind::Quiet size=ButtonSize::Small icon="settings" icon_only=true on_press=change /> })}
                <Button label=copy::FORGET kind=ButtonKind::Quiet size=ButtonSize::Small icon="x" icon_only=true on_press=forget />
            }
        })
    });
    let ended = (!goes_on).then(|| view! { <span>{copy::ENDED}</span> });
    view! {
        <li class="publication" data-ended=(!goes_on).then_some("")>
            <p><strong>{name}</strong><span>{about}</span>{ended}</p>
            <div class="publication-acts">{acts}</div>
            <Progress under_way />
        </li>
    }
}
