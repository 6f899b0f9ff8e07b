//! Rich text that comes in by the clipboard or a drag.

use editor::{Clip, Pasted};
use exchange::{Imported, clip::Piece, markdown, parcel::Source};
use model::SectionId;
use session::{Problem, Rooms};
use text::{Block, Delta, Document, Intent, Table};

use super::OpenRoom;
use crate::{copy as words, handsel::Handsel};

/// What to make of a clipboard: the program's own pieces come in at once, what has to be read a moment later.
pub(super) fn pasted(handsel: Handsel, room: OpenRoom, clip: Clip) -> Pasted {
    if let Some(Piece { text, tables, blobs }) = room.get().take_clip(&clip.own) {
        if blobs.is_empty() {
            room.get().bring_tables(tables);
            return into_cells(room, text).map_or(Pasted::Later, Pasted::Text);
        }
        browser::timers::spawn(bring(handsel, room, room.current(), text, tables, blobs));
        return Pasted::Later;
    }
    if clip.html.is_empty() && !markdown::is_clear(&clip.plain) {
        return Pasted::Words;
    }
    let section = room.current();
    browser::timers::spawn(async move {
        let page = (!clip.html.is_empty()).then(|| browser::html::tokens(&clip.html));
        if page == Some(None) {
            handsel.toasts.say(words::PASTE_WORDS_ONLY);
        }
        let read = read(&handsel.rooms(), page.flatten(), &clip.plain).await;
        let (text, tables, blobs) = match read {
            Ok(Some(Imported { text, tables, blobs, notes, .. })) => {
                if !notes.is_empty() {
                    handsel.toasts.say(words::notes_of_paste(&notes));
                }
                (text, tables, blobs)
            }
            // What cannot be read still has its words.
            Ok(None) | Err(_) => (editor::plain_lines(&clip.plain), Vec::new(), Vec::new()),
        };
        bring(handsel, room, section, text, tables, blobs).await;
    });
    Pasted::Later
}

/// Puts a text in once the blobs that it refers to are kept.
async fn bring(
    handsel: Handsel,
    room: OpenRoom,
    section: Option<SectionId>,
    text: Delta,
    tables: Vec<Table>,
    blobs: Vec<Vec<u8>>,
) {
    for blob in blobs {
        if let Err(problem) = room.get().put_blob(blob).await {
            return handsel.tell(&problem);
        }
    }
    // The caret may be in another section by now.
    let Some(surface) = section.and_then(|section| room.surface_of(&section)) else { return };
    room.get().bring_tables(tables);
    if let Some(text) = into_cells(room, text) {
        surface.act(Intent::Paste(text));
    }
}

/// In a cell a table that is brought becomes cells of the table there. Answers what is left to come in as text.
fn into_cells(room: OpenRoom, text: Delta) -> Option<Delta> {
    let surface = room.surface()?;
    if surface.caret().cell.is_none() {
        return Some(text);
    }
    match room.get().take_brought().into_iter().next() {
        Some(table) => {
            surface.fill_cells(table.rows);
            None
        }
        None => Some(text),
    }
}

/// Reads what is on a clipboard: its page, or what its plain words say. Nothing where these are to come as they are.
async fn read(rooms: &Rooms, page: Option<Vec<u8>>, plain: &str) -> Result<Option<Imported>, Problem> {
    let is_markdown = markdown::is_clear(plain);
    if let Some(page) = page {
        let imported = rooms.read_text(Source::Html(&page)).await?;
        let document = Document::from_delta(&imported.text);
        // Editors of code paint Markdown's signs, and say nothing of what these stand for.
        if !(is_flat(&document) && is_markdown) {
            return Ok(Some(imported).filter(|_| !document.is_blank() || plain.trim().is_empty()));
        }
    }
    if is_markdown { rooms.read_text(Source::Markdown(plain)).await.map(Some) } else { Ok(None) }
}

/// Whether a text has lines of words or code, and nothing else.
fn is_flat(document: &Document) -> bool {
    document.lines().iter().all(|line| {
        matches!(line.format.block, Block::Paragraph | Block::Code { .. })
            && line.runs.iter().all(|run| run.marks.is_plain())
    })
}
