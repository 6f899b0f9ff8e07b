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

    /// Its name with the folders within the one that was picked, the outermost first; without folders where it was picked alone.
    pub fn path(&self) -> String {
        // A property that some browsers have: https://wicg.github.io/entries-api/#dom-file-webkitrelativepath
        let path = js_sys::Reflect::get(&self.0, &JsValue::from_str("webkitRelativePath"));
        let path = path.ok().and_then(|path| path.as_string()).unwrap_or_default();
        path.split_once('/').map_or_else(|| self.name(), |(_, inside)| inside.to_owned())
    }

    /// Its length in bytes.
    pub fn size(&self) -> u64 {
        self.0.size() as u64
    }

    /// What the system takes it for; may be empty.
    pub fn media_type(&self) -> String {
        self.0.type_()
    }

    /// The bytes from this place on, no more than `most`.
    ///
    /// # Errors
    /// [`ReadError::Unreadable`] when the browser cannot, as when it was changed since.
    pub async fn piece(&self, from: u64, most: usize) -> Result<Vec<u8>, ReadError> {
        let unreadable = |thrown| ReadError::Unreadable(words(&thrown));
        let (from, to) = (from as f64, from as f64 + most as f64);
        let piece = self.0.slice_with_f64_and_f64(from, to).map_err(unreadable)?;
        let bytes = JsFuture::from(piece.array_buffer()).await.map_err(unreadable)?;
        Ok(Uint8Array::new(&bytes).to_vec())
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

/// A file for the person that grows piece by piece. The browser holds the pieces where it likes, so that a large one does not
/// fill this program's memory.
#[derive(Default)]
pub struct Growing(Array);

impl Growing {
    /// Adds bytes at the end.
    ///
    /// # Errors
    /// In words, when the browser does not take them.
    pub fn push(&self, bytes: &[u8]) -> Result<(), String> {
        let piece = Blob::new_with_u8_array_sequence(&Array::of1(&Uint8Array::from(bytes)));
        self.0.push(&piece.map_err(|thrown| words(&thrown))?.into());
        Ok(())
    }

    /// Adds another one at the end.
    pub fn append(&self, other: &Self) {
        for piece in other.0.iter() {
            self.0.push(&piece);
        }
    }

    pub(crate) fn whole(&self, media_type: &str) -> Result<Blob, JsValue> {
        let options = BlobPropertyBag::new();
        options.set_type(media_type);
        Blob::new_with_blob_sequence_and_options(&self.0, &options)
    }

    /// Gives it to the person under this name.
    ///
    /// # Errors
    /// As [`save`].
    pub fn save(&self, name: &str, media_type: &str) -> Result<(), String> {
        self.whole(media_type).and_then(|whole| hand_over(name, &whole)).map_err(|thrown| words(&thrown))
    }

    /// Shows it on this page, for as long as what is answered lives.
    ///
    /// # Errors
    /// In words, when the browser does not take it.
    pub fn show(&self, media_type: &str) -> Result<Address, String> {
        let address = self.whole(media_type).and_then(|whole| Url::create_object_url_with_blob(&whole));
        address.map(Address).map_err(|thrown| words(&thrown))
    }
}

/// Where something can be shown from, on this page only, for as long as this lives.
pub struct Address(String);

impl Address {
    /// As what shows it takes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Drop for Address {
    fn drop(&mut self) {
        // An address that is gone already is no concern.
        let _ = Url::revoke_object_url(&self.0);
    }
}

fn download(name: &str, media_type: &str, bytes: &[u8]) -> Result<(), JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type(media_type);
    let parts = Array::of1(&Uint8Array::from(bytes));
    hand_over(name, &Blob::new_with_u8_array_sequence_and_options(&parts, &options)?)
}

fn hand_over(name: &str, blob: &Blob) -> Result<(), JsValue> {
    /// Safari reads the file only after the click has returned, so the address has to live on. In milliseconds.
    const ADDRESS_LIFE: u32 = 60_000;
    let address = Url::create_object_url_with_blob(blob)?;
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
