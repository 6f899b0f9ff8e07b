//! Rooms and proposals that come in: by link, picked, dropped, or handed over by the system.

use browser::files::{GivenFile, ReadError};
use exchange::bundle::{Envelope, OpenError};
use leptos::{ev, prelude::*};
use model::limits;
use session::{Problem, Received, Start};

use crate::{copy as words, features::trouble, handsel::Handsel, route::Route};

/// The end of a room file's name.
const ROOM_FILE: &str = ".handsel";

/// What the system's file dialog offers first.
pub(crate) const ACCEPT: &str = ".handsel,.md,.markdown,.txt,.html,.htm,text/markdown,text/plain,text/html";

/// The ends of the names of web pages.
const PAGES: [&str; 3] = [".html", ".htm", ".xhtml"];

/// Opens the room that a link's fragment holds.
pub(crate) fn open_link(handsel: Handsel, fragment: String) {
    browser::timers::spawn(async move {
        match handsel.rooms().receive_link(&fragment).await {
            Ok(received) => arrive(handsel, received, words::MERGED_LINK),
            Err(problem) => handsel.refused.set(Some((problem, "link"))),
        }
    });
}

/// Opens room files, and makes rooms of proposals. The last one is shown.
pub(crate) fn open_files(handsel: Handsel, files: Vec<GivenFile>) {
    browser::timers::spawn(async move {
        for file in files {
            if let Err(problem) = open_file(handsel, &file).await {
                match handsel.route.get_untracked() {
                    // A room that is being read or written stays on the screen.
                    Route::Room(_) => trouble::say(handsel, &problem, "file"),
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
        handsel.go(Route::Room(id));
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
    if Envelope::is_file(&bytes) {
        let received = handsel.rooms().receive_file(&bytes).await?;
        arrive(handsel, received, words::MERGED_FILE);
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
        handsel.go(Route::Room(id));
        if !notes.is_empty() {
            handsel.toasts.say(words::notes_of_file(&notes));
        }
    }
    Ok(())
}

fn arrive(handsel: Handsel, received: Received, merged: &'static str) {
    handsel.refused.set(None);
    handsel.go(Route::Room(received.room));
    if received.had {
        handsel.toasts.say(if received.new > 0 { merged } else { words::NOTHING_NEW });
    }
}
