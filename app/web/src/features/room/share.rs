//! Sharing a room: for whom and what they may do, then one link that carries it whole, or a file.

use leptos::{ev, prelude::*};
use model::{Right, limits};
use session::{Publication, Share, Terms};
use terms::rule::Gate;
use ui::{Banner, Button, ButtonKind, Dialog, DialogSize, Field, Icon, LinkButton, Tone, effect, live};

use super::{
    OpenRoom, copy, given_links::GivenLinks, outgoing, places::use_place, preview, variables::EmptyVariables,
};
use crate::{
    copy as words,
    features::team::rules::RuleNotice,
    features::{
        kept::{KeptWay, Publications, PublishForm},
        sending::{CopyField, Letter, SendActs, copy_text},
    },
    handsel::{Handsel, use_handsel},
    route::Route,
};

/// What a link may allow.
const RIGHTS: [Right; 5] = Right::ALL;

/// After how many days a link may end; 0 is never.
const ENDS: [u64; 4] = [0, 7, 30, 90];

const DAY_MS: u64 = 24 * 60 * 60 * 1_000;

/// The dialog that makes a link. Whoever owns the room says on which terms; others pass on the link by which they came.
#[component]
pub(super) fn ShareDialog(room: OpenRoom, open: RwSignal<bool>) -> impl IntoView {
    let handsel = use_handsel();
    let share: RwSignal<Option<Share>> = RwSignal::new(None);
    let chosen: RwSignal<Option<Publication>> = RwSignal::new(None);
    let place = use_place();
    let gives = move || room.get().has_rights() && room.get().is_owner();
    effect(move || {
        if !open.get() {
            share.set(None);
            chosen.set(None);
        } else if !gives() && !room.is_preview() {
            make(handsel, room, share, Terms::of(Right::Edit), String::new());
        }
    });
    // Who has just made a link came for that.
    let lists_places = move || {
        open.get()
            && !room.is_preview()
            && chosen.with(Option::is_none)
            && (share.with(Option::is_none) || !gives())
    };
    let done = move || view! { <Button label=copy::DONE on_press=move |()| open.set(false) /> };
    view! {
        <Dialog
            open
            title=if room.get().is_teams() { copy::INVITE } else if room.replies() { copy::REPLY_TITLE } else { copy::SHARE_TITLE }
            close_label=words::CLOSE
            size=DialogSize::Wide
            limit=copy::LIMIT
            footer=done
        >
            <EmptyVariables room open />
            {live(move || lists_places().then(|| view! { <Publications room=room.room chosen /> }))}
            {live(move || match (chosen.get(), share.get()) {
                (Some(publication), _) => {
                    view! { <PublishForm room=room.get().id() publication chosen /> }.into_any()
                }
                (None, Some(made)) => {
                    let lock = (!gives()).then(|| view! { <LockForm room share /> });
                    view! { <Ways room share=made is_reply=room.replies() chosen /> {lock} }.into_any()
                }
                (None, None) if room.is_preview() => view! { <Banner tone=Tone::Accent words=preview::NOTHING_SENT /> }.into_any(),
                (None, None) if open.get() && gives() => view! { <TermsForm room share /> }.into_any(),
                _ => view! { <p class="hint" role="status">{copy::PREPARING}</p> }.into_any(),
            })}
            {live(move || (open.get() && preview::is_offered(room) && chosen.with(Option::is_none) && share.with(Option::is_none)).then(|| {
                let href = Route::AsBuyer(room.get().id(), place.get_untracked()).href();
                view! { <LinkButton label=copy::AS_BUYER icon="eye" kind=ButtonKind::Quiet href /> }
            }))}
            {live(move || (open.get() && gives() && chosen.with(Option::is_none)).then(|| view! { <GivenLinks room share /> }))}
        </Dialog>
    }
}

/// Makes a link on these terms, which opens with this passphrase, unless that is empty.
fn make(handsel: Handsel, room: OpenRoom, share: RwSignal<Option<Share>>, terms: Terms, passphrase: String) {
    let id = room.get().id();
    browser::timers::spawn(async move {
        match handsel.rooms().share_locked(id, Some(&terms), &passphrase).await {
            Ok(made) => {
                let _ = share.try_set(Some(made));
            }
            Err(problem) => handsel.tell(&problem),
        }
    });
}

/// For whom the link is, what it allows, and until when.
#[component]
fn TermsForm(room: OpenRoom, share: RwSignal<Option<Share>>) -> impl IntoView {
    let handsel = use_handsel();
    let name = RwSignal::new(String::new());
    // Whoever comes to a team's workspace is of the team.
    let (id, is_team) = (room.get().id(), room.get().is_teams());
    let usual = if is_team { Right::Own } else { Right::Edit };
    let right = RwSignal::new(usual);
    let ends = RwSignal::new(0);
    let passphrase = RwSignal::new(String::new());
    let choice = |of: Right| {
        view! {
            <label class="choice">
                <input
                    type="radio"
                    name="share-right"
                    aria-label=copy::right(of)
                    aria-description=copy::right_more(of)
                    checked=of == usual
                    on:change=move |_| right.set(of)
                />
                <span class="choice-name">{copy::right(of)}</span>
                <span class="choice-more">{copy::right_more(of)}</span>
            </label>
        }
        .into_any()
    };
    let end =
        |days: &u64| view! { <option value=days.to_string()>{copy::ends_after(*days)}</option> }.into_any();
    let pick_end = move |event: ev::Event| ends.set(event_target_value(&event).parse().unwrap_or_default());
    let make_it = move |()| {
        let days: u64 = ends.get_untracked();
        let expires = (days > 0).then(|| browser::clock::now_ms() + days * DAY_MS);
        make(
            handsel,
            room,
            share,
            Terms { right: right.get_untracked(), name: name.get_untracked(), expires },
            passphrase.get_untracked(),
        );
    };
    view! {
        <div class="share-terms">
            <RuleNotice handsel room=id gate=Gate::Share />
            <Field label=copy::FOR_WHOM optional=copy::OPTIONAL value=name max_length=limits::NAME_MAX as u32 />
            {if is_team {
                view! { <p class="hint">{copy::INVITE_ABOUT}</p> }.into_any()
            } else {
                view! {
                    <fieldset class="choices">
                        <legend>{copy::MAY}</legend>
                        {RIGHTS.into_iter().map(choice).collect::<Vec<_>>()}
                    </fieldset>
                }
                .into_any()
            }}
            <details class="share-more">
                <summary>{copy::MORE_TERMS}</summary>
                <label class="share-end">
                    <span>{copy::ENDS}</span>
                    <select class="input" on:change=pick_end>{ENDS.iter().map(end).collect::<Vec<_>>()}</select>
                </label>
                <PassphraseField passphrase />
            </details>
            <Button label=copy::MAKE_LINK kind=ButtonKind::Primary icon="link" on_press=make_it />
        </div>
    }
}

/// What a link or a file opens with, beside itself.
#[component]
fn PassphraseField(passphrase: RwSignal<String>) -> impl IntoView {
    view! {
        <Field
            label=copy::PASSPHRASE
            optional=copy::OPTIONAL
            hint=copy::PASSPHRASE_HINT
            value=passphrase
            max_length=limits::PASSPHRASE_MAX as u32
        />
    }
}

/// Makes what is passed on anew, so that it opens with a passphrase.
#[component]
fn LockForm(room: OpenRoom, share: RwSignal<Option<Share>>) -> impl IntoView {
    let handsel = use_handsel();
    let passphrase = RwSignal::new(String::new());
    let lock = move |()| {
        share.set(None);
        make(handsel, room, share, Terms::of(Right::Edit), passphrase.get_untracked());
    };
    view! {
        <details class="share-more">
            <summary>{copy::MORE_LOCK}</summary>
            <PassphraseField passphrase />
            <Button label=copy::LOCK icon="lock" on_press=lock />
        </details>
    }
}

#[component]
fn Ways(
    room: OpenRoom,
    share: Share,
    is_reply: bool,
    chosen: RwSignal<Option<Publication>>,
) -> impl IntoView {
    let handsel = use_handsel();
    let link =
        share.fragment.as_ref().map(|fragment| format!("{}#{fragment}", browser::page::base_address()));
    let (pass, is_locked, without_files) = (share.pass.clone(), share.locked, share.without_files);
    let letter = Letter { title: share.title.clone(), is_reply, locked: is_locked };
    // Whoever takes the link or the file passes it on, or does not: nobody can know more here.
    let on_take = Callback::new(move |()| {
        let room = room.get();
        handsel.attempt(async move { room.note_sent().await });
    });
    let save = Callback::new(move |()| {
        outgoing::save_share(handsel, &share, is_reply);
        on_take.run(());
    });
    let by_link = match link.filter(|link| link.len() <= limits::LINK_MAX) {
        None => view! { <p class="hint">{copy::TOO_LONG}</p> <SendActs link=None letter save=Some(save) /> }
            .into_any(),
        Some(link) => {
            let hint = if link.len() > limits::LINK_MAIL_MAX {
                format!("{} {}", copy::LINK_HINT, copy::LINK_LONG_FOR_MAIL)
            } else {
                if is_reply { copy::REPLY_HINT } else { copy::LINK_HINT }.to_owned()
            };
            let hint = if without_files { format!("{hint} {}", copy::WITHOUT_FILES) } else { hint };
            view! { <ByLink link hint letter save on_take /> }.into_any()
        }
    };
    // A kept room opens by its link alone, which is not what was asked for.
    let way = (!is_locked).then(|| view! { <KeptWay pass chosen /> });
    let locked =
        is_locked.then(|| view! { <p class="hint" role="status"><Icon name="lock" />{copy::LOCKED}</p> });
    view! {
        {by_link}
        {locked}
        <ul class="share-ways">
            {way}
            <li>
                <span class="tile"><Icon name="box" /></span>
                <p class="share-way-words"><strong>{copy::FILE_TITLE}</strong><span>{copy::FILE_MORE}</span></p>
                <Button label=words::SAVE_ROOM_FILE icon="download" on_press=save />
            </li>
        </ul>
    }
}

/// Copies a link, and says so.
pub(crate) fn copy_link(handsel: Handsel, link: String) {
    copy_text(handsel, link, copy::COPIED, copy::NOT_COPIED);
}

/// A link to be copied.
#[component]
pub(crate) fn ByLink(
    link: String,
    hint: String,
    letter: Letter,
    /// Gives the file, where the link is too long for a letter.
    #[prop(optional)]
    save: Option<Callback<()>>,
    /// Called when the link is copied, or a letter with it begun.
    #[prop(optional)]
    on_take: Option<Callback<()>>,
) -> impl IntoView {
    let handsel = use_handsel();
    let (shown, sent) = (link.clone(), Some(link.clone()));
    let take = move |_| on_take.into_iter().for_each(|taken| taken.run(()));
    let acts = view! { <div on:click=take><SendActs link=sent letter save /></div> };
    let copy_it = Callback::new(move |()| {
        copy_link(handsel, link.clone());
        on_take.into_iter().for_each(|taken| taken.run(()));
    });
    view! {
        <div class="share-box">
            <CopyField label=copy::LINK act=copy::COPY_LINK icon="link" text=shown copy_it />
            <p class="hint">{hint}</p>
            {acts}
        </div>
    }
}
