//! Files that people give to the page and take from it.

mod launch;

pub use launch::on_launched_with;

use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, DragEvent, Event, File, FileList, HtmlInputElement, Url};

use crate::{
    page::document,
    thrown::words,
    timers::{sleep, spawn},
};

/// A room file.
pub const ROOM_TYPE: &str = "application/vnd.handsel.room";
/// A Markdown text.
pub const MARKDOWN_TYPE: &str = "text/markdown;charset=utf-8";
/// A web page.
pub const HTML_TYPE: &str = "text/html;charset=utf-8";

/// A file that was picked, dropped or opened with the installed app, not yet read.
pub struct GivenFile(File);

/// Why a file was not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadError {
    /// It has this many bytes, more than the caller takes.
    TooLarge(u64),
    /// It is gone, a folder, or closed to the browser.
    Unreadable(String),
}

impl GivenFile {
    /// Its name without a folder.
    pub fn name(&self) -> String {
        self.0.name()
    }

    /// Its length in bytes.
    pub fn size(&self) -> u64 {
        self.0.size() as u64
    }

    /// Its first bytes, as many as `most`.
    ///
    /// # Errors
    /// [`ReadError::Unreadable`] when the browser cannot.
    pub async fn head(&self, most: usize) -> Result<Vec<u8>, ReadError> {
        let unreadable = |thrown| ReadError::Unreadable(words(&thrown));
        let head = self.0.slice_with_i32_and_i32(0, most as i32).map_err(unreadable)?;
        let bytes = JsFuture::from(head.array_buffer()).await.map_err(unreadable)?;
        Ok(Uint8Array::new(&bytes).to_vec())
    }

    /// All of it, when it has no more than `max` bytes.
    ///
    /// # Errors
    /// [`ReadError::TooLarge`] before anything is read; [`ReadError::Unreadable`] when the browser cannot.
    pub async fn read(&self, max: usize) -> Result<Vec<u8>, ReadError> {
        if self.size() > max as u64 {
            return Err(ReadError::TooLarge(self.size()));
        }
        let bytes = JsFuture::from(self.0.array_buffer()).await;
        let bytes = bytes.map_err(|thrown| ReadError::Unreadable(words(&thrown)))?;
        Ok(Uint8Array::new(&bytes).to_vec())
    }
}

/// The files of a `change` event on an `<input type=file>`. The input forgets them, so that the same file can be
/// picked again.
pub fn picked(event: &Event) -> Vec<GivenFile> {
    let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
    let Some(input) = input else { return Vec::new() };
    let files = listed(input.files());
    input.set_value("");
    files
}

/// The files of a `drop` event, which then does not replace the page.
pub fn dropped(event: &DragEvent) -> Vec<GivenFile> {
    event.prevent_default();
    listed(event.data_transfer().and_then(|data| data.files()))
}

/// Whether a drag brings files. Takes the event, so that the page may be dropped on.
pub fn drags_files(event: &DragEvent) -> bool {
    let types = event.data_transfer().map(|data| data.types());
    let brings = types.is_some_and(|types| types.iter().any(|kind| kind == "Files"));
    if brings {
        event.prevent_default();
    }
    brings
}

/// The files of a list, as a paste or a drop brings them.
pub fn listed(files: Option<FileList>) -> Vec<GivenFile> {
    let Some(files) = files else { return Vec::new() };
    (0..files.length()).filter_map(|idx| files.item(idx)).map(GivenFile).collect()
}

/// Gives the person a file of this name.
///
/// # Errors
/// In words, when the browser does not take it, as when memory runs out.
pub fn save(name: &str, media_type: &str, bytes: &[u8]) -> Result<(), String> {
    download(name, media_type, bytes).map_err(|thrown| words(&thrown))
}

fn download(name: &str, media_type: &str, bytes: &[u8]) -> Result<(), JsValue> {
    /// Safari reads the file only after the click has returned, so the address has to live on. In milliseconds.
    const ADDRESS_LIFE: u32 = 60_000;
    let options = BlobPropertyBag::new();
    options.set_type(media_type);
    let parts = Array::of1(&Uint8Array::from(bytes));
    let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &options)?;
    let address = Url::create_object_url_with_blob(&blob)?;
    let document = document().ok_or("no document")?;
    let link: web_sys::HtmlAnchorElement = document.create_element("a")?.dyn_into().map_err(JsValue::from)?;
    link.set_href(&address);
    link.set_download(name);
    link.click();
    spawn(async move {
        sleep(ADDRESS_LIFE).await;
        let _ = Url::revoke_object_url(&address);
    });
    Ok(())
}
