//! Keeping a room at an address: where, sending it there, and the link.

use exchange::kept::Address;
use leptos::prelude::*;
use model::{Pass, RoomId, Watch};
use session::{Publication, Published, Target};
use ui::{Banner, Button, ButtonKind, Field, Icon, Tone, live};

use super::{Progress, UnderWay, address_of, copy};
use crate::{
    copy as words,
    features::{room::share::ByLink, sending::Letter},
    handsel::use_handsel,
};

/// A room file has a type of its own; this one opens nowhere by itself.
const FILE_TYPE: &str = "application/octet-stream";

/// The way to an address, among the ways to share. `pass` is what the link is to allow.
#[component]
pub(crate) fn KeptWay(pass: Option<Pass>, chosen: RwSignal<Option<Publication>>) -> impl IntoView {
    let handsel = use_handsel();
    let choose = move |()| chosen.set(Some(handsel.rooms().new_publication(pass.clone())));
    view! {
        <li>
            <span class="tile"><Icon name="upload" /></span>
            <p class="share-way-words"><strong>{copy::WAY}</strong><span>{copy::WAY_MORE}</span></p>
            <Button label=copy::SET_UP icon="settings" on_press=choose />
        </li>
    }
}

/// Hands over the file of a place beside the program.
pub(super) fn save_file(publication: &Publication, file: &[u8]) -> bool {
    browser::files::save(publication.link.address.as_str(), FILE_TYPE, file).is_ok()
}

/// Asks where the room is to be kept, and takes it there. `chosen` is emptied to go back.
#[component]
pub(crate) fn PublishForm(
    room: RoomId,
    publication: Publication,
    chosen: RwSignal<Option<Publication>>,
) -> impl IntoView {
    let done: RwSignal<Option<Published>> = RwSignal::new(None);
    let back = move |()| chosen.set(None);
    view! {
        <section class="kept-form">
            <h3>{copy::FORM}</h3>
            {live(move || match done.get() {
                Some(published) => view! { <Kept published /> }.into_any(),
                None => view! { <Place room publication=publication.clone() done /> }.into_any(),
            })}
            <Button label=copy::BACK kind=ButtonKind::Quiet icon="back" on_press=back />
        </section>
    }
}

#[component]
fn Place(room: RoomId, publication: Publication, done: RwSignal<Option<Published>>) -> impl IntoView {
    let handsel = use_handsel();
    let under_way = UnderWay::new();
    let wrong = RwSignal::new(None::<String>);
    // Where others read it is settled once somebody may have the link.
    let is_new = publication.is_own && publication.published == 0;
    let elsewhere = RwSignal::new(!is_new);
    let before = publication.target.clone().unwrap_or_default();
    let read = if is_new { String::new() } else { publication.link.address.as_str().to_owned() };
    let send_to = if before.address.is_empty() { read.clone() } else { before.address };
    let (send_to, read_at) = (RwSignal::new(send_to), RwSignal::new(read));
    let (user, password) = (RwSignal::new(before.user), RwSignal::new(before.password));
    let publication = StoredValue::new(publication);
    let placed = move || {
        let publication = publication.get_value();
        if !elsewhere.get_untracked() {
            return Some(publication);
        }
        let address =
            browser::transfer::whole(send_to.get_untracked().trim()).filter(|whole| is_web(whole))?;
        let target = Target { address, user: user.get_untracked(), password: password.get_untracked() };
        let read = match read_at.get_untracked().trim() {
            _ if !is_new => publication.link.address.clone(),
            "" => Address::parse(target.file())?,
            read => Address::parse(&browser::transfer::whole(read)?)?,
        };
        Some(publication.sent_to(target, read))
    };
    let go = move |()| {
        wrong.set(None);
        let Some(placed) = placed() else { return wrong.set(Some(copy::ADDRESS_WRONG.to_owned())) };
        let publish = async move |watch: Watch| handsel.rooms().publish(room, placed, &watch).await;
        under_way.run(publish, move |published| {
            let saved = published.file.as_ref().is_none_or(|file| save_file(&published.publication, file));
            if saved {
                done.set(Some(published));
            } else {
                handsel.toasts.say(words::FILE_NOT_SAVED);
            }
        });
    };
    let choice = move |is_elsewhere: bool, name: &'static str, more: &'static str| {
        view! {
            <label class="choice">
                <input
                    type="radio"
                    name="kept-where"
                    aria-label=name
                    aria-description=more
                    checked=is_elsewhere == elsewhere.get_untracked()
                    on:change=move |_| elsewhere.set(is_elsewhere)
                />
                <span class="choice-name">{name}</span>
                <span class="choice-more">{more}</span>
            </label>
        }
        .into_any()
    };
    let choices = is_new.then(|| {
        view! {
            <fieldset class="choices">
                <legend>{copy::WHERE}</legend>
                {choice(false, copy::BESIDE, copy::BESIDE_MORE)}
                {choice(true, copy::ELSEWHERE, copy::ELSEWHERE_MORE)}
            </fieldset>
        }
    });
    let fields = live(move || {
        let read = || view! { <Field label=copy::READ_AT optional=copy::OPTIONAL hint=copy::READ_AT_HINT value=read_at kind="url" /> };
        elsewhere.get().then(|| {
            view! {
                <Field label=copy::SEND_TO hint=copy::SEND_TO_HINT error=wrong value=send_to kind="url" />
                {is_new.then(read)}
                <div class="kept-who">
                    <Field label=copy::USER optional=copy::OPTIONAL value=user />
                    <Field label=copy::PASSWORD optional=copy::OPTIONAL value=password kind="password" autocomplete="new-password" />
                </div>
                <p class="hint">{copy::KEPT_HERE}</p>
            }
        })
    });
    let label = Signal::derive(move || if elsewhere.get() { copy::SEND } else { copy::SAVE_FILE }.to_owned());
    let act = live(move || {
        under_way
            .done
            .with(Option::is_none)
            .then(|| view! { <Button label kind=ButtonKind::Primary on_press=go /> })
    });
    view! {
        <p class="hint">{copy::FORM_MORE}</p>
        {choices}
        {fields}
        <Progress under_way />
        {act}
    }
}

fn is_web(address: &str) -> bool {
    // Without a user in it, who would be sent along unasked.
    Address::parse(address.split('#').next().unwrap_or_default()).is_some()
}

/// The link to what was just published.
#[component]
fn Kept(published: Published) -> impl IntoView {
    let Published { publication, file, unread, .. } = published;
    let todo = file.map(|_| view! { <p>{copy::put_it_there(&publication.link)}</p> });
    let unread = unread.map(|problem| {
        let why = words::problem(&problem);
        view! { <Banner tone=Tone::Warn words=copy::unread(&why) /> }
    });
    let link = address_of(&publication.link);
    view! {
        {todo}
        {unread}
        <ByLink link hint=copy::LINK_HINT.to_owned() letter=Letter::default() />
    }
}
