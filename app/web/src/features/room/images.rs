//! Images on their way into the text, and from the store to the screen.

use std::{cell::RefCell, rc::Rc};

use browser::{
    files::{GivenFile, ReadError},
    images::{Drawn, Shown, measure, redraw},
};
use exchange::image::{self, Kind};
use leptos::prelude::*;
use model::{BlobHash, limits};
use session::Problem;
use text::{Block, Document, Image, Intent};
use web_sys::Element;

use super::{OpenRoom, copy};
use crate::{copy as words, handsel::Handsel};

/// What the system's file dialog offers for images.
pub(super) const ACCEPT: &str = "image/png,image/jpeg,image/gif,image/webp,image/avif,image/svg+xml";

/// No side of a photograph is kept longer, in pixels: enough for a page on a large screen, and for paper.
const LONGEST: u32 = 2_560;

/// So much of images goes to a clipboard, in bytes: as letters it is a third more, and the editor takes in 8 MiB at once.
const CARRIED_MAX: usize = 4 * 1024 * 1024;

/// The images of a room that were shown, for as long as the room is on the screen: what an undo brings back is there at
/// once, and what is copied need not wait for the store.
#[derive(Clone, Copy)]
pub(super) struct Gallery(StoredValue<Rc<RefCell<Vec<Hung>>>, LocalStorage>);

struct Hung {
    blob: BlobHash,
    shown: Shown,
    /// An SVG opened by itself from an address of this page could act as the page. An address that holds it cannot be
    /// opened by itself.
    address: Option<String>,
}

impl Gallery {
    pub(super) fn new() -> Self {
        Self(StoredValue::new_local(Rc::default()))
    }

    /// The bytes of an image that was shown.
    pub(super) fn bytes(self, blob: BlobHash) -> Option<Vec<u8>> {
        self.with(blob, |hung| hung.shown.bytes())
    }

    /// The images of a text that were shown, each once, as far as a clipboard takes them.
    pub(super) fn carried(self, document: &Document) -> Vec<(BlobHash, Vec<u8>)> {
        let mut carried: Vec<(BlobHash, Vec<u8>)> = Vec::new();
        let mut left = CARRIED_MAX;
        for line in document.lines() {
            let Block::Image(Image { blob, .. }) = &line.format.block else { continue };
            let bytes = self.bytes(*blob).filter(|bytes| bytes.len() <= left);
            if let Some(bytes) = bytes.filter(|_| carried.iter().all(|(name, _)| name != blob)) {
                left -= bytes.len();
                carried.push((*blob, bytes));
            }
        }
        carried
    }

    /// Shows an image of the room in its figure, or says that it is not there.
    pub(super) fn fill(self, room: OpenRoom, blob: BlobHash, figure: &Element) {
        if self.show(blob, figure) {
            return;
        }
        let figure = figure.clone();
        let Some(open) = room.room.try_get_value() else { return };
        browser::timers::spawn(async move {
            let bytes = open.blob(blob).await.ok().flatten();
            room.hold_place(false);
            let is_there = bytes.is_some_and(|bytes| self.hang(blob, &bytes));
            if !is_there || !self.show(blob, &figure) {
                editor::miss_image(&figure, copy::IMAGE_MISSING);
            }
        });
    }

    fn show(self, blob: BlobHash, figure: &Element) -> bool {
        let show = |hung: &Hung| {
            editor::show_image(figure, hung.address.as_deref().unwrap_or(hung.shown.address()));
        };
        self.with(blob, show).is_some()
    }

    /// Takes an image in. What is no image that is shown, whatever a file says of it, is left out.
    fn hang(self, blob: BlobHash, bytes: &[u8]) -> bool {
        let Some(kind) = Kind::of(bytes) else { return false };
        let Ok(shown) = Shown::new(bytes, kind.media_type()) else { return false };
        let address = (kind == Kind::Svg).then(|| image::data_address(bytes)).flatten();
        let Some(hung) = self.0.try_get_value() else { return false };
        hung.borrow_mut().push(Hung { blob, shown, address });
        true
    }

    fn with<T>(self, blob: BlobHash, look: impl FnOnce(&Hung) -> T) -> Option<T> {
        let hung = self.0.try_get_value()?;
        let hung = hung.borrow();
        hung.iter().find(|hung| hung.blob == blob).map(look)
    }
}

/// Puts files that are images into the text at the caret; hands the others on.
pub(super) fn insert(
    handsel: Handsel,
    room: OpenRoom,
    gallery: Gallery,
    files: Vec<GivenFile>,
    others: fn(Handsel, Vec<GivenFile>),
) {
    browser::timers::spawn(async move {
        let mut rest = Vec::new();
        for file in files {
            if !is_image(&file).await {
                rest.push(file);
                continue;
            }
            if room.surface().is_some_and(|surface| surface.caret().cell.is_some()) {
                handsel.toasts.say(copy::NO_IMAGE_IN_CELL);
                break;
            }
            match bring_in(room, gallery, &file).await {
                Ok(image) => room.act(Intent::Block(Block::Image(image))),
                Err(words) => handsel.toasts.say(words),
            }
        }
        if !rest.is_empty() {
            others(handsel, rest);
        }
    });
}

/// Puts the bytes of a file in the place of those of the chosen image.
pub(super) fn replace(handsel: Handsel, room: OpenRoom, gallery: Gallery, file: GivenFile) {
    browser::timers::spawn(async move {
        match bring_in(room, gallery, &file).await {
            Ok(new) => change(room, |old| Image { blob: new.blob, size: new.size, ..old }),
            Err(words) => handsel.toasts.say(words),
        }
    });
}

/// For files that are no images where only images are wanted.
pub(super) fn refuse(handsel: Handsel, files: Vec<GivenFile>) {
    for file in files {
        handsel.toasts.say(copy::no_image(&file.name()));
    }
}

/// The image that is chosen, and its line.
pub(super) fn chosen(room: OpenRoom) -> Option<(usize, Image)> {
    let surface = room.surface()?;
    let (document, caret) = (surface.document(), surface.selection());
    let line = document.place(caret.head).line;
    match &document.lines().get(line)?.format.block {
        Block::Image(image) if caret.is_caret() => Some((line, image.clone())),
        _ => None,
    }
}

/// Makes another image of the chosen one.
pub(super) fn change(room: OpenRoom, make: impl FnOnce(Image) -> Image) {
    if let (Some((line, image)), Some(surface)) = (chosen(room), room.surface()) {
        surface.act(Intent::SetImage { line, image: make(image) });
    }
}

async fn is_image(file: &GivenFile) -> bool {
    /// More than any sign by which an image is known.
    const HEAD: usize = 4_096;
    file.head(HEAD).await.is_ok_and(|head| Kind::of(&head).is_some())
}

/// Keeps a file as an image, the bytes in the store and on the wall before the text may refer to them.
async fn bring_in(room: OpenRoom, gallery: Gallery, file: &GivenFile) -> Result<Image, String> {
    let bytes = file.read(limits::BLOB_MAX).await.map_err(|error| match error {
        ReadError::TooLarge(_) => words::problem(&Problem::BlobTooLarge),
        ReadError::Unreadable(_) => copy::image_unreadable(&file.name()),
    })?;
    let kind = Kind::of(&bytes).ok_or_else(|| copy::no_image(&file.name()))?;
    let (bytes, size) =
        ready(bytes, kind, LONGEST).await.map_err(|_words| copy::image_unreadable(&file.name()))?;
    let Some(open) = room.room.try_get_value() else { return Err(words::problem(&Problem::NoSuchRoom)) };
    let blob = open.put_blob(bytes.clone()).await.map_err(|problem| words::problem(&problem))?;
    if gallery.bytes(blob).is_none() {
        gallery.hang(blob, &bytes);
    }
    Ok(Image { size, ..Image::new(blob) })
}

/// What is kept of an image: a small PNG, and what moves or is drawn by words, as it is but for what stands beside the
/// picture; everything else drawn anew, no side longer than `longest` pixels. So no place or name that a camera wrote stays in it.
pub(super) async fn ready(
    bytes: Vec<u8>,
    kind: Kind,
    longest: u32,
) -> Result<(Vec<u8>, Option<(u32, u32)>), String> {
    let is_small = |(width, height): (u32, u32)| width.max(height) <= longest;
    if kind.is_kept_as_it_is(&bytes) || kind == Kind::Png && image::size(&bytes).is_some_and(is_small) {
        let bytes = image::bare(&bytes);
        let size = measure(&bytes, kind.media_type()).await?;
        return Ok((bytes, size));
    }
    let wanted = match kind {
        Kind::Jpeg | Kind::Png => kind,
        _ => Kind::WebP,
    };
    let Drawn { bytes, size } = redraw(&bytes, kind.media_type(), wanted.media_type(), longest).await?;
    Ok((bytes, Some(size)))
}
