//! Files on their way out: one by one, or all in one archive.

use browser::files::Growing;
use exchange::{
    file::{HEAD, Look},
    zip::{Archive, Check, Stamp},
};
use session::{FileVersion, Problem, Room, RoomFile};

use super::copy;
use crate::{copy as words, features::room::outgoing, handsel::Handsel};

/// What a file is handed over as whose kind is not known, or which a browser would run.
const ANY_TYPE: &str = "application/octet-stream";

/// The bytes of a version in the browser's hands, and how it can be looked at.
pub(super) async fn gather(room: &Room, version: &FileVersion) -> Result<(Growing, Look, Check), Problem> {
    let (parts, mut check, mut look) = (Growing::default(), Check::default(), None);
    let mut refused = false;
    let take = |piece: Vec<u8>| {
        look.get_or_insert_with(|| Look::of(&piece[..piece.len().min(HEAD)]));
        check.take(&piece);
        refused |= parts.push(&piece).is_err();
    };
    room.read_file(version, take).await?;
    // What the browser did not take is not whole.
    if refused { Err(Problem::FileMissing) } else { Ok((parts, look.unwrap_or(Look::Words), check)) }
}

/// The media type under which the browser saves a file: never one that it would run.
fn saved_as(look: Look) -> &'static str {
    match look {
        Look::Image(kind) if kind != exchange::image::Kind::Svg => kind.media_type(),
        Look::Pages => "application/pdf",
        Look::Film(named) | Look::Sound(named) => named,
        _ => ANY_TYPE,
    }
}

/// Hands a version over as a file.
pub(super) fn take(handsel: Handsel, room: Room, name: String, version: FileVersion) {
    handsel.attempt(async move {
        let (parts, look, _) = gather(&room, &version).await?;
        let said = match parts.save(&name, saved_as(look)) {
            Ok(()) => words::FILE_SAVED,
            Err(_) => words::FILE_NOT_SAVED,
        };
        handsel.toasts.say(said);
        Ok(())
    });
}

/// Hands all files over that are here, in one archive: the newest version of each.
pub(super) fn take_all(handsel: Handsel, room: Room, title: String, files: Vec<RoomFile>) {
    handsel.attempt(async move {
        let (all, mut archive, mut missing, mut count) = (Growing::default(), Archive::default(), 0, 0);
        for file in &files {
            let version = file.newest();
            let (parts, _, check) = match gather(&room, version).await {
                Err(Problem::FileMissing | Problem::FileDiffers) => {
                    missing += 1;
                    continue;
                }
                gathered => gathered?,
            };
            let name = if file.folder.is_empty() {
                file.name.clone()
            } else {
                [&*file.folder, "/", &file.name].concat()
            };
            let [year, month, day, hour, minute] = browser::clock::local_minute(version.at);
            let Some(head) =
                archive.file(&name, version.size, check, Stamp { year, month, day, hour, minute })
            else {
                handsel.toasts.say(copy::ARCHIVE_TOO_LARGE);
                return Ok(());
            };
            if all.push(&head).is_err() {
                handsel.toasts.say(words::FILE_NOT_SAVED);
                return Ok(());
            }
            all.append(&parts);
            count += 1;
        }
        if count == 0 {
            handsel.toasts.say(copy::NOTHING_TO_TAKE);
            return Ok(());
        }
        let name = format!("{}.zip", outgoing::file_name(&copy::archive(&title)));
        let saved = all.push(&archive.end()).and_then(|()| all.save(&name, "application/zip"));
        handsel.toasts.say(match saved {
            Err(_) => words::FILE_NOT_SAVED.to_owned(),
            Ok(()) if missing > 0 => copy::left_out(missing),
            Ok(()) => words::FILE_SAVED.to_owned(),
        });
        Ok(())
    });
}
