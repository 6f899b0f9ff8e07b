//! The served folder: reads a file when it is asked for and keeps it, compressed, until it changes on disk. What took long to
//! compress stays beside the build for the next server.

use std::collections::HashMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use anyhow::{Context, bail};

use crate::stage::digest;

/// Brotli's effort: near the best ratio, at a fraction of its time.
const EFFORT: i32 = 5;

/// Larger files are sent as they are. Only a debug build has one, and compressing it would take longer than any
/// wire on this machine.
const LARGEST_PACKED: usize = 4 << 20;

/// A folder to serve from.
pub(super) struct Files {
    /// The folder's true path, without links.
    folder: PathBuf,
    /// Where compressed files are kept.
    packed: PathBuf,
    kept: Mutex<HashMap<PathBuf, (Stamp, Arc<Body>)>>,
}

/// What tells that a file has changed.
#[derive(Clone, Copy, PartialEq)]
struct Stamp {
    modified: SystemTime,
    length: u64,
}

/// A file's content, ready to be sent.
pub(super) struct Body {
    /// As it is on disk.
    pub(super) plain: Vec<u8>,
    /// Compressed, where that gains anything.
    pub(super) brotli: Option<Vec<u8>>,
    /// Changes with the content.
    pub(super) tag: String,
}

impl Files {
    /// Fails when the folder holds no page.
    pub(super) fn open(folder: &Path, packed: PathBuf) -> anyhow::Result<Self> {
        let folder = folder.canonicalize().with_context(|| format!("{} is not there", folder.display()))?;
        if !folder.join("index.html").is_file() {
            bail!("{} has no index.html; `cargo xtask build` makes one in dist/", folder.display());
        }
        Ok(Self { folder, packed, kept: Mutex::default() })
    }

    /// The folder's true path.
    #[cfg(test)]
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// The file at a relative path, or none when there is no such file or a link leads out of the folder.
    pub(super) fn read(&self, relative: &str) -> Option<Arc<Body>> {
        let path = self.folder.join(relative).canonicalize().ok()?;
        if !path.starts_with(&self.folder) {
            return None;
        }
        let about = fs::metadata(&path).ok().filter(fs::Metadata::is_file)?;
        let stamp = Stamp { modified: about.modified().ok()?, length: about.len() };
        if let Some(body) = self.kept(&path, stamp) {
            return Some(body);
        }
        let body = Arc::new(Body::new(fs::read(&path).ok()?, is_packable(relative), &self.packed));
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.insert(path, (stamp, Arc::clone(&body)));
        Some(body)
    }

    fn kept(&self, path: &Path, stamp: Stamp) -> Option<Arc<Body>> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.get(path).filter(|(known, _)| *known == stamp).map(|(_, body)| Arc::clone(body))
    }
}

impl Body {
    fn new(plain: Vec<u8>, packable: bool, kept: &Path) -> Self {
        let digest = digest(&plain);
        let tag = format!("W/\"{}\"", &digest[..16]);
        let packable = packable && plain.len() <= LARGEST_PACKED;
        let brotli = packable.then(|| packed_once(&plain, &digest, kept));
        let brotli = brotli.filter(|packed| packed.len() < plain.len());
        Self { plain, brotli, tag }
    }
}

/// The same as [`packed`], from the folder where the server before put it, or put there for the next one.
fn packed_once(plain: &[u8], digest: &str, kept: &Path) -> Vec<u8> {
    let file = kept.join(format!("{digest}-{EFFORT}.br"));
    if let Ok(packed) = fs::read(&file) {
        return packed;
    }
    let packed = packed(plain, EFFORT);
    // Servers run side by side, so none may find half a file. Where it cannot be kept, it is made again.
    let part = file.with_extension(std::process::id().to_string());
    drop(
        fs::create_dir_all(kept)
            .and_then(|()| fs::write(&part, &packed))
            .and_then(|()| fs::rename(&part, &file)),
    );
    packed
}

/// Compresses with brotli; 11 is the greatest effort.
pub(crate) fn packed(plain: &[u8], effort: i32) -> Vec<u8> {
    const WINDOW: u32 = 22;
    let mut packed = brotli::CompressorWriter::new(Vec::new(), 1 << 16, effort.unsigned_abs(), WINDOW);
    // Writing into memory does not fail.
    drop(packed.write_all(plain));
    packed.into_inner()
}

fn extension(name: &str) -> &str {
    name.rsplit_once('.').map_or("", |(_, extension)| extension)
}

fn is_packable(name: &str) -> bool {
    matches!(extension(name), "html" | "js" | "css" | "wasm" | "svg" | "json" | "webmanifest" | "txt")
}

/// The media type of a file by its name.
pub(super) fn content_type(name: &str) -> &'static str {
    match extension(name) {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        // A browser compiles a program while it arrives only under this type.
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// How long a browser may keep a file: for good when its name holds its hash, else it must ask each time.
pub(super) fn cache_control(name: &str) -> &'static str {
    if has_hash(name) { "public, max-age=31536000, immutable" } else { "no-cache" }
}

/// Whether a name ends, before its extension, in a dash and the 16 hex digits that staging gives.
fn has_hash(name: &str) -> bool {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let Some((_, hash)) = stem.rsplit_once('-') else { return false };
    hash.len() == 16 && hash.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}
