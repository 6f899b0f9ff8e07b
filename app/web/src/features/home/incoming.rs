//! Rooms and proposals that come in: by link, picked, dropped, or handed over by the system.

use std::rc::Rc;

use browser::files::{GivenFile, ReadError};
use exchange::{
    bundle::{Envelope, OpenError},
    kept::KeptLink,
};
use leptos::{ev, prelude::*};
use model::{RoomId, limits};
use session::{Problem, Received, Start};

use crate::{
    copy as words,
    features::{certificate, kept, room::news, trouble},
    handsel::Handsel,
    route::{Place, Route},
};

/// The end of a room file's name.
const ROOM_FILE: &str = ".handsel";

/// What the system's file dialog offers first.
pub(crate) const ACCEPT: &str =
    ".handsel,.handsel-certificate,.md,.markdown,.txt,.html,.htm,text/markdown,text/plain,text/html";

/// The ends of the names of web pages.
const PAGES: [&str; 3] = [".html", ".htm", ".xhtml"];

/// Whether a fragment is a link to a room, which has to leave the address bar.
pub(crate) fn is_link(fragment: &str) -> bool {
    Envelope::is_fragment(fragment) || KeptLink::is_fragment(fragment)
}

/// Opens the room that a link's fragment holds, or leads to.
pub(crate) fn open_link(handsel: Handsel, fragment: String) {
    if KeptLink::is_fragment(&fragment) {
        return kept::open_link(handsel, &fragment);
    }
    browser::timers::spawn(async move {
        if let Err(problem) = open_envelope(handsel, Envelope::from_fragment(&fragment), "link").await {
            handsel.locked.set(None);
            handsel.refused.set(Some((problem, "link")));
        }
    });
}

/// Opens what came as a link or a file, or asks for its passphrase.
async fn open_envelope(
    handsel: Handsel,
    envelope: Result<Envelope, OpenError>,
    what: &'static str,
) -> Result<(), Problem> {
    let envelope = envelope?;
    if envelope.locked {
        handsel.refused.set(None);
        handsel.locked.set(Some((envelope, what)));
    } else {
        let received = handsel.rooms().receive(envelope, "").await?;
        arrive(handsel, received, what);
    }
    Ok(())
}

/// Opens room files, and makes rooms of proposals. The last one is shown.
pub(crate) fn open_files(handsel: Handsel, files: Vec<GivenFile>) {
    browser::timers::spawn(async move {
        for file in files {
            if let Err(problem) = open_file(handsel, &file).await {
                match handsel.route.get_untracked() {
                    // A room that is being read or written stays on the screen.
                    Route::Room(..) => trouble::say(handsel, &problem, "file"),
                    _ => handsel.refused.set(Some((problem, "file"))),
                }
                return;
            }
        }
    });
}

/// Makes a room of what is pasted on the first page, unless that goes into a field.
pub(crate) fn open_pasted(handsel: Handsel, event: &ev::ClipboardEvent) {
    let Some(given) = browser::clipboard::pasted(event) else { return };
    let files = browser::files::listed(given.files);
    if !files.is_empty() {
        return open_files(handsel, files);
    }
    // What nests too deep to be read still has its words.
    let page = if given.html.is_empty() { None } else { browser::html::tokens(&given.html) };
    handsel.attempt(async move {
        let start = match &page {
            Some(page) => Start::Html { name: "", page },
            None => Start::Markdown { name: "", bytes: given.plain.as_bytes() },
        };
        let (id, notes) = handsel.rooms().create(start, words::UNTITLED).await?;
        handsel.go(Route::room(id));
        if !notes.is_empty() {
            handsel.toasts.say(words::notes_of_paste(&notes));
        }
        Ok(())
    });
}

async fn open_file(handsel: Handsel, file: &GivenFile) -> Result<(), Problem> {
    let bytes = file.read(limits::FILE_MAX).await.map_err(|error| match error {
        ReadError::TooLarge(_) => Problem::FileTooLarge,
        ReadError::Unreadable(_) => Problem::NotText,
    })?;
    let is_certificate = file.name().to_lowercase().ends_with(&format!(".{}", certificate::ENDING));
    if is_certificate || session::deal::Certificate::is_file(&bytes) {
        handsel.refused.set(None);
        handsel.certificate.set(Some(Rc::new(bytes)));
        handsel.go(Route::Verify);
    } else if Envelope::is_file(&bytes) {
        open_envelope(handsel, Envelope::from_file(&bytes), "file").await?;
    } else {
        let name = file.name();
        if name.to_lowercase().ends_with(ROOM_FILE) {
            return Err(OpenError::NotARoom.into());
        }
        let page = match PAGES.iter().any(|end| name.to_lowercase().ends_with(end)) {
            true if bytes.len() > limits::IMPORT_MAX => return Err(Problem::FileTooLarge),
            true => Some(browser::html::tokens(&browser::html::decode(&bytes)).ok_or(Problem::NotText)?),
            false => None,
        };
        let start = match &page {
            Some(page) => Start::Html { name: &name, page },
            None => Start::Markdown { name: &name, bytes: &bytes },
        };
        let (id, notes) = handsel.rooms().create(start, words::UNTITLED).await?;
        handsel.refused.set(None);
        handsel.go(Route::room(id));
        if !notes.is_empty() {
            handsel.toasts.say(words::notes_of_file(&notes));
        }
    }
    Ok(())
}

/// Shows the room that came as a link or a file, and says what that brought.
pub(crate) fn arrive(handsel: Handsel, received: Received, what: &'static str) {
    handsel.refused.set(None);
    handsel.locked.set(None);
    if received.had {
        handsel.go(Route::room(received.room));
        match received.new {
            0 if received.receipts > 0 => tell_of_reading(handsel, received.room),
            0 => handsel.toasts.say(words::NOTHING_NEW),
            _ => news::tell(handsel, received, what),
        }
    } else {
        browser::timers::spawn(begin(handsel, received.room));
    }
}

/// Nothing came but what buyers read, which is shown to the selling side alone.
fn tell_of_reading(handsel: Handsel, id: RoomId) {
    handsel.attempt(async move {
        if handsel.rooms().open(id).await?.is_owner() {
            let show = move |()| handsel.go(Route::Room(id, Place::Readers));
            handsel.toasts.offer(words::READING_CAME, words::LOOK, show);
        } else {
            handsel.toasts.say(words::NOTHING_NEW);
        }
        Ok(())
    });
}

/// Shows a room to somebody who is in it for the first time: its first page, where the other side has made one.
async fn begin(handsel: Handsel, id: RoomId) {
    let opened = handsel.rooms().open(id).await;
    let greets = opened.as_ref().is_ok_and(|room| !room.portal().is_empty());
    handsel.go(if greets { Route::Room(id, Place::Overview) } else { Route::room(id) });
    // The screen takes the room over as it is, so it is not opened twice.
    browser::timers::frame().await;
    browser::timers::frame().await;
}
