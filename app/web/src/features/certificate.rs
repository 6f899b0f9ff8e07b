//! Certificates: how they look, and the place where anybody verifies one.

mod copy;
mod paper;

use std::rc::Rc;

use browser::files::{GivenFile, ReadError};
use exchange::frozen::Frozen;
use leptos::{ev, prelude::*};
use model::{Author, BlobHash};
use session::{
    Checked,
    deal::{Finding, Verified},
    verify_certificate,
};
use ui::{Banner, DropZone, FilePickerButton, Icon, Tone, live};

use super::sealed::{self, Sealed, SealedRoom};
use crate::{
    copy as words,
    handsel::{Handsel, use_handsel},
    route::Route,
};
pub(crate) use paper::{CertificatePaper, Paper, Signed};

/// The end of a certificate's name, without the dot.
pub(crate) const ENDING: &str = "handsel-certificate";
pub(crate) const TITLE: &str = copy::TITLE;
/// Its kind, as browsers name kinds of files.
pub(crate) const MEDIA_TYPE: &str = "application/vnd.handsel.certificate";
/// No certificate is larger, in bytes.
const FILE_MAX: usize = 64 * 1024 * 1024;

/// The place.
#[component]
pub(crate) fn Verify() -> impl IntoView {
    let handsel = use_handsel();
    browser::page::set_title(copy::TITLE);
    let refused = RwSignal::new(None::<&'static str>);
    let take = move |files: Vec<GivenFile>| {
        let Some(file) = files.into_iter().next() else { return };
        browser::timers::spawn(async move {
            match file.read(FILE_MAX).await {
                Ok(bytes) => {
                    let _ = refused.try_set(None);
                    handsel.certificate.set(Some(Rc::new(bytes)));
                }
                Err(ReadError::TooLarge(_)) => drop(refused.try_set(Some(copy::TOO_LARGE))),
                Err(ReadError::Unreadable(_)) => drop(refused.try_set(Some(copy::UNREAD))),
            }
        });
    };
    let drop_it = move |event: ev::DragEvent| take(browser::files::dropped(&event));
    let pick = move |event: ev::Event| take(browser::files::picked(&event));
    let picker = move |label: &'static str| {
        view! { <FilePickerButton label icon="file" accept="" on_pick=pick /> }
    };
    let body = live(move || {
        if let Some(why) = refused.get() {
            return view! { <Banner tone=Tone::Danger words=why>{picker(copy::ANOTHER)}</Banner> }.into_any();
        }
        match handsel.certificate.get() {
            None => view! {
                <div class="drop-zone verify-drop">
                    <span class="tile" data-size="large"><Icon name="shield" /></span>
                    <p class="drop-words"><strong>{copy::DROP}</strong>{copy::DROP_MORE}</p>
                    {picker(copy::PICK)}
                </div>
            }
            .into_any(),
            Some(bytes) => match verify_certificate(&bytes) {
                Ok(checked) => view! { <Found checked handsel /> <div class="row">{picker(copy::ANOTHER)}</div> }.into_any(),
                Err(why) => {
                    view! { <Banner tone=Tone::Danger words=copy::unreadable(why)>{picker(copy::ANOTHER)}</Banner> }
                        .into_any()
                }
            },
        }
    });
    view! {
        <div class="home">
            <header class="bar">
                <a class="button" href=Route::Home.href() data-kind="quiet" data-icon-only="" aria-label=words::ALL_ROOMS title=words::ALL_ROOMS><Icon name="back" /></a>
                <h1 class="verify-title">{copy::TITLE}</h1>
            </header>
            <DropZone on_drop=drop_it veil=copy::DROP>
                <main class="page verify">
                    <p class="hint">{copy::ABOUT}</p>
                    {body}
                </main>
            </DropZone>
        </div>
    }
}

/// What a section was called, from what was sealed.
pub(crate) fn part_words(frozen: Option<&Frozen>, name: &str) -> String {
    let section = |id: &str| {
        let section = frozen?.sections.iter().find(|section| section.id.as_str() == id)?;
        let first = section.text.headings().into_iter().map(|it| it.text).next();
        Some(if section.name.is_empty() { first.unwrap_or_default() } else { section.name.clone() })
    };
    sealed::part(name, section)
}

#[component]
fn Found(checked: Checked, handsel: Handsel) -> impl IntoView {
    let Checked { certificate, verified, frozen } = checked;
    let who = |at: usize| {
        let accepted = verified.acceptances.get(at).and_then(|it| it.as_ref());
        accepted.map_or_else(|| copy::signer(at), |(_, accepted)| accepted.who.name.clone())
    };
    let part = |name: &str| part_words(frozen.as_ref(), name);
    let verdict = if verified.holds() {
        view! { <Banner tone=Tone::Ok icon="shield" title=copy::HOLDS words=copy::HOLDS_MORE /> }.into_any()
    } else {
        // That the file's checksum does not fit says nothing beside what was found.
        let alone = verified.findings.len() == 1;
        let named = verified.findings.iter().filter(|it| alone || **it != Finding::File);
        let named = named.map(|it| view! { <li>{copy::finding(it, who, part)}</li> }).collect_view();
        view! {
            <section class="verify-changed" role="alert">
                <Banner tone=Tone::Danger title=copy::CHANGED words=copy::CHANGED_MORE />
                <ul>{named}</ul>
            </section>
        }
        .into_any()
    };
    let tick = |words: String| view! { <li><Icon name="check" /><span>{words}</span></li> };
    let mut checked: Vec<String> =
        verified.parts.iter().map(|it| copy::part_holds(&part(&it.name))).collect();
    let accepted = verified.acceptances.iter().flatten();
    checked.extend(accepted.map(|(_, accepted)| copy::accepted_by(&accepted.who.name)));
    checked.extend(verified.countersignature.iter().map(|(_, by)| copy::countersigned_by(&by.who.name)));
    checked.extend(verified.keys.iter().map(|key| copy::let_in(copy::whose(key.whose), &key.link_name)));
    let open = [copy::CLAIMED, copy::CLOCKS, copy::LATER].map(|words| view! { <li>{words}</li> });
    let paper = frozen.as_ref().and_then(|frozen| paper_of(&verified, frozen));
    let images: Vec<(BlobHash, Vec<u8>)> =
        certificate.images.iter().map(|bytes| (session::blob_name(bytes), bytes.clone())).collect();
    let sealed = frozen.map(|frozen| {
        let pictures = move |wanted: BlobHash| -> model::Later<Option<Vec<u8>>> {
            let found = images.iter().find(|(name, _)| *name == wanted).map(|(_, bytes)| bytes.clone());
            Box::pin(std::future::ready(found))
        };
        Sealed::new(frozen, Rc::new(pictures))
    });
    view! {
        {verdict}
        <div class="verify-columns">
            <div class="stack">
                {paper.map(|paper| view! { <CertificatePaper paper /> })}
                {sealed.map(|sealed| view! { <SealedRoom sealed /> })}
            </div>
            <aside class="stack">
                <section class="card">
                    <h2>{copy::CHECKED}</h2>
                    <ul class="checked">{checked.into_iter().map(tick).collect_view()}</ul>
                </section>
                <section class="card">
                    <h2>{copy::NOT_CHECKED}</h2>
                    <ul class="checked" data-open="">{open.into_iter().collect_view()}</ul>
                </section>
                <Owner handsel room=certificate.room owner=certificate.owner />
            </aside>
        </div>
    }
}

/// Whose room it was, and whether this device knows it.
#[component]
fn Owner(handsel: Handsel, room: model::RoomId, owner: Author) -> impl IntoView {
    let known = RwSignal::new(None::<(String, bool)>);
    browser::timers::spawn(async move {
        // Where the store does not say, no room is known.
        let found = handsel.rooms().known(room).await.ok().flatten();
        let _ = known.try_set(found.map(|(title, of)| (title, of == owner)));
    });
    let words = live(move || match known.get() {
        Some((title, true)) => view! {
            <p>{copy::KNOWN} " " <a href=Route::room(room).href()>{title}</a></p>
        }
        .into_any(),
        Some((_, false)) => view! { <p>{copy::OTHER_OWNER}</p> }.into_any(),
        None => view! { <p>{copy::UNKNOWN}</p> }.into_any(),
    });
    view! {
        <section class="card">
            <h2>{copy::OWNER}</h2>
            <p class="fingerprint">{sealed::fingerprint(&owner.0)}</p>
            {words}
        </section>
    }
}

fn paper_of(verified: &Verified, frozen: &Frozen) -> Option<Paper> {
    let (_, seal) = verified.seal.as_ref()?;
    let mut signed: Vec<Signed> = verified
        .acceptances
        .iter()
        .flatten()
        .map(|(_, it)| Signed {
            who: it.who.clone(),
            signature: Some(it.signature.clone()),
            at: it.at,
            sells: false,
        })
        .collect();
    signed.extend(verified.countersignature.iter().map(|(_, by)| Signed {
        who: by.who.clone(),
        signature: Some(by.signature.clone()),
        at: by.at,
        sells: true,
    }));
    Some(Paper::of(frozen, &seal.frozen, seal.at, String::new(), signed))
}
