//! What the selling side writes on the first page.

use leptos::prelude::*;
use terms::{
    plan::Side,
    portal::{Contact, Portal},
};
use ui::{Button, ButtonKind, Dialog, DialogSize, Field, Segment, Segmented, effect, live};

use super::copy;
use crate::{
    copy as words,
    features::room::{
        OpenRoom,
        logo::{LogoDraft, LogoField, RoomLogo},
    },
    handsel::use_handsel,
};

const SELLER: &str = "seller";
const BUYER: &str = "buyer";

/// Companies, greeting, colour, logo.
#[component]
pub(super) fn PortalDialog(room: OpenRoom, open: RwSignal<bool>, logo: RoomLogo) -> impl IntoView {
    let handsel = use_handsel();
    let field = || RwSignal::new(String::new());
    let (seller, buyer, welcome) = (field(), field(), field());
    let hue = RwSignal::new("");
    let draft = LogoDraft::new();
    effect(move || {
        if open.get() {
            let portal = room.get().portal();
            seller.set(portal.seller);
            buyer.set(portal.buyer);
            welcome.set(portal.welcome);
            let known = copy::HUES.iter().find(|(known, _)| Portal::hue(known) == portal.hue);
            draft.begin(room, logo);
            hue.set(known.map_or("", |(known, _)| known));
        }
    });
    let keep = move |()| {
        let said = Portal {
            seller: seller.get_untracked(),
            buyer: buyer.get_untracked(),
            welcome: welcome.get_untracked(),
            hue: Portal::hue(hue.get_untracked()),
            logo: None,
        };
        let room = room.get();
        handsel.attempt(async move {
            let logo = draft.keep(room.clone()).await?;
            room.set_portal(&Portal { logo, ..said })?;
            let _ = open.try_set(false);
            Ok(())
        });
    };
    let segments = copy::HUES.map(|(id, label)| Segment { id, label: label.to_owned().into(), icon: None });
    let footer = move || {
        view! {
            <Button label=words::CANCEL on_press=move |()| open.set(false) />
            <Button label=copy::SAVE kind=ButtonKind::Primary on_press=keep />
        }
    };
    view! {
        <Dialog open title=copy::EDIT_TITLE close_label=words::CLOSE size=DialogSize::Normal footer>
            <Field label=copy::SELLER value=seller max_length=100 autocomplete="organization" autofocus=true />
            <Field label=copy::BUYER value=buyer max_length=100 />
            <Field label=copy::WELCOME hint=copy::WELCOME_HINT value=welcome multiline=true max_length=600 />
            <LogoField draft />
            <div class="hues">
                <Segmented label=copy::COLOUR segments=segments.to_vec() value=hue on_pick=move |id| hue.set(id) />
            </div>
        </Dialog>
    }
}

/// Somebody on either side.
#[component]
pub(super) fn PersonDialog(room: OpenRoom, person: RwSignal<Option<Contact>>) -> impl IntoView {
    let handsel = use_handsel();
    let open = RwSignal::new(false);
    let field = || RwSignal::new(String::new());
    let (name, role, mail, phone) = (field(), field(), field(), field());
    let side = RwSignal::new(BUYER);
    let nobody = RwSignal::new(false);
    effect(move || {
        let Some(contact) = person.get() else { return };
        name.set(contact.name);
        role.set(contact.role);
        mail.set(contact.mail);
        phone.set(contact.phone);
        let is_new = contact.id.is_empty();
        side.set(if contact.side == Side::Buyer || is_new { BUYER } else { SELLER });
        nobody.set(false);
        open.set(true);
    });
    effect(move || {
        if !open.get() {
            person.set(None);
        }
    });
    let is_known = move || person.with(|person| person.as_ref().is_some_and(|it| !it.id.is_empty()));
    let keep = move |()| {
        let Some(old) = person.get_untracked() else { return };
        let new = Contact {
            id: old.id.clone(),
            name: name.get_untracked(),
            role: role.get_untracked(),
            side: if side.get_untracked() == BUYER { Side::Buyer } else { Side::Seller },
            mail: mail.get_untracked(),
            phone: phone.get_untracked(),
        };
        nobody.set(new.called().trim().is_empty());
        if nobody.get_untracked() {
            return;
        }
        let before = (!old.id.is_empty()).then_some(&old);
        match room.get().write_contact(before, &new) {
            Ok(()) => open.set(false),
            Err(problem) => handsel.tell(&problem),
        }
    };
    let remove = move |()| {
        let Some(old) = person.get_untracked() else { return };
        open.set(false);
        let delete = move |gone| {
            // The person may be in another room by now.
            let Some(room) = room.room.try_get_value() else { return };
            if let Err(problem) = room.delete_contact(&old.id, gone) {
                handsel.tell(&problem);
            }
        };
        delete(true);
        handsel.toasts.offer(copy::REMOVED.to_owned(), words::UNDO, move |()| delete(false));
    };
    let footer = move || {
        view! {
            {live(move || is_known().then(|| view! { <Button label=copy::REMOVE kind=ButtonKind::Danger on_press=remove /> }))}
            <Button label=words::CANCEL on_press=move |()| open.set(false) />
            <Button label=copy::SAVE kind=ButtonKind::Primary on_press=keep />
        }
    };
    let error = Signal::derive(move || nobody.get().then(|| copy::NOBODY.to_owned()));
    let segment = |id, label: &'static str| Segment { id, label: label.to_owned().into(), icon: None };
    view! {
        <Dialog open title=copy::PERSON_TITLE close_label=words::CLOSE size=DialogSize::Normal footer>
            <Segmented
                label=copy::SIDE
                segments=vec![segment(BUYER, copy::BUYER_SIDE), segment(SELLER, copy::SELLER_SIDE)]
                value=side
                on_pick=move |id| side.set(id)
            />
            <Field label=copy::NAME hint=copy::NAME_HINT value=name error max_length=100 autofocus=true />
            <Field label=copy::ROLE value=role max_length=100 />
            <Field label=copy::MAIL value=mail kind="email" max_length=200 />
            <Field label=copy::PHONE value=phone kind="tel" max_length=100 />
        </Dialog>
    }
}
