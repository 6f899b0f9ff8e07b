//! Rooms that leave as files.

use leptos::prelude::*;
use model::RoomId;
use session::{Export, Problem, Share};
use ui::MenuItem;

use crate::{
    copy as words,
    handsel::{Handsel, use_handsel},
    later::{deed, do_later},
};

const ROOM_TYPE: &str = "application/vnd.handsel.room";

/// The ways out of a room, for a menu.
#[component]
pub(crate) fn ExportItems(room: RoomId) -> impl IntoView {
    let handsel = use_handsel();
    view! {
        <MenuItem
            label=words::EXPORT_MARKDOWN
            icon="download"
            on_pick=move |()| save_text(handsel, room, Export::Markdown, "md", "text/markdown;charset=utf-8")
        />
        <MenuItem
            label=words::EXPORT_HTML
            icon="download"
            on_pick=move |()| save_text(handsel, room, Export::Html, "html", "text/html;charset=utf-8")
        />
        <MenuItem label=words::SAVE_ROOM_FILE icon="box" on_pick=move |()| save_file(handsel, room) />
    }
}

fn save_text(handsel: Handsel, room: RoomId, form: Export, ending: &'static str, media_type: &'static str) {
    do_later(handsel, export, TextFile { handsel, room, form, ending, media_type });
}

/// A text that is to be saved.
struct TextFile {
    handsel: Handsel,
    room: RoomId,
    form: Export,
    ending: &'static str,
    media_type: &'static str,
}

deed!(export(TextFile) => |file| save_now(file));

fn save_now(TextFile { handsel, room, form, ending, media_type }: TextFile) {
    handsel.attempt(async move {
        let exported = handsel.rooms().export(room, form, &browser::view::language()).await?;
        save(handsel, &exported.title, ending, media_type, exported.text.as_bytes());
        if exported.images_left_out > 0 {
            handsel.toasts.say(words::images_left_out(exported.images_left_out));
        }
        Ok(())
    });
}

/// Seals a room and hands it over as a room file.
pub(crate) fn save_file(handsel: Handsel, room: RoomId) {
    handsel.attempt(async move {
        // A file for oneself: whoever has it may do what this device may.
        let share = handsel.rooms().share(room, None).await?;
        save_share(handsel, &share, false);
        Ok::<(), Problem>(())
    });
}

/// Hands over a room file that was sealed before. One that goes back to whom the room came from is named so.
pub(crate) fn save_share(handsel: Handsel, share: &Share, is_reply: bool) {
    let title = if is_reply { &words::reply(&share.title) } else { &share.title };
    save(handsel, title, "handsel", ROOM_TYPE, &share.file);
}

/// Hands over a file that is called as `title` says.
pub(crate) fn save(handsel: Handsel, title: &str, ending: &str, media_type: &str, bytes: &[u8]) {
    let name = format!("{}.{ending}", file_name(title));
    match browser::files::save(&name, media_type, bytes) {
        Ok(()) => handsel.toasts.say(words::FILE_SAVED),
        Err(_) => handsel.toasts.say(words::FILE_NOT_SAVED),
    }
}

/// A title as a file name that every system takes.
pub(super) fn file_name(title: &str) -> String {
    let safe: String = title
        .chars()
        .map(|c| if c.is_control() || "/\\:*?\"<>|".contains(c) { ' ' } else { c })
        .take(80)
        .collect();
    let name = safe.split_whitespace().collect::<Vec<_>>().join(" ");
    let name = name.trim_matches('.').trim();
    if name.is_empty() { words::UNTITLED.to_owned() } else { name.to_owned() }
}
