//! Files in the room: those of all authors as one list, with their versions, and how they come in and go out in pieces.

use std::collections::{BTreeMap, BTreeSet};

use exchange::file::clean_name;
use model::{Author, BlobHash, Right, limits};
use replica::{Responses, SharedFile, Word};
use stdx::Gather as _;
use sync::{blob, tabs::TabMessage};

use super::{Room, RoomEvent, blobs::keep};
use crate::Problem;

/// What a file is called whose name says nothing.
const NAMELESS: &str = "file";

/// One version of a file, as somebody put it into the room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileVersion {
    /// Its name among all versions of all files in the room.
    pub id: String,
    /// Who put it there.
    pub author: Author,
    /// What they call themselves, or for whom their link was made; empty where nobody has said.
    pub by: String,
    /// Whether they are of the selling side.
    pub owns: bool,
    /// Whether it came from this device.
    pub mine: bool,
    /// When, by the author's clock, milliseconds since 1970.
    pub at: u64,
    /// How many bytes it has.
    pub size: u64,
    /// What its author's system took it for; may be empty or wrong.
    pub media_type: String,
    /// SHA-256 of all its bytes, as its author said. [`Room::read_file`] checks it.
    pub hash: [u8; 32],
    /// The blobs of which it consists, in order.
    pub pieces: Vec<BlobHash>,
}

/// A file with all its versions: what has one name in one folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoomFile {
    /// The folder; empty for none.
    pub folder: String,
    /// Its name, fit to be shown.
    pub name: String,
    /// The newest first; never empty.
    pub versions: Vec<FileVersion>,
}

/// Files that were taken out of the room, to be brought back.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TakenOut {
    own: Vec<String>,
    hidden: Vec<String>,
}

/// A file on its way into the room, a piece after the other.
pub struct Upload {
    room: Room,
    size: u64,
    came: u64,
    pieces: Vec<BlobHash>,
    hash: blob::Fingerprint,
}

impl FileVersion {
    /// Whether it travels in links, room files and over relays.
    pub fn is_carried(&self) -> bool {
        self.size <= limits::CARRIED_FILE_MAX
    }
}

impl RoomFile {
    /// The version that counts.
    pub fn newest(&self) -> &FileVersion {
        &self.versions[0]
    }
}

impl Room {
    /// All files, by folder and name.
    pub fn files(&self) -> Vec<RoomFile> {
        let hidden = self.hidden();
        let documents = self.documents();
        let mut files: BTreeMap<(String, String), Vec<(u64, FileVersion)>> = BTreeMap::new();
        for (author, responses) in &documents.responses {
            let shared = responses.files();
            if shared.is_empty() {
                continue;
            }
            let by = self.name_of_author(author);
            let owns = documents.right(author) == Some(Right::Own);
            for file in shared {
                let id = file_name(author, &file.id);
                if file.is_gone || hidden.contains(&id) {
                    continue;
                }
                let version = FileVersion {
                    id,
                    author: *author,
                    by: by.clone(),
                    owns,
                    mine: *author == self.author(),
                    at: file.at,
                    size: file.size,
                    media_type: media_type(&file.media_type),
                    hash: file.hash,
                    pieces: file.pieces,
                };
                let place = (clean_name(&file.folder), shown_name(&file.name));
                files.entry(place).or_default().push((file.turn, version));
            }
        }
        let files = files.into_iter().map(|((folder, name), mut versions)| {
            stdx::sort_by_key(&mut versions, |(turn, version)| {
                std::cmp::Reverse((*turn, version.at, version.author, version.id.clone()))
            });
            RoomFile { folder, name, versions: versions.into_iter().map(|(_, version)| version).collect() }
        });
        let order = |file: &RoomFile| (file.folder.to_lowercase(), file.name.to_lowercase());
        stdx::in_order(files, |one, other| order(one) < order(other))
    }

    /// The file of this name in this folder.
    fn file(&self, folder: &str, name: &str) -> Option<RoomFile> {
        self.files().into_iter().find(|file| file.folder == folder && file.name == name)
    }

    /// What whoever may edit hid.
    fn hidden(&self) -> BTreeSet<String> {
        let documents = self.documents();
        let words =
            self.last_words(Responses::hidings, |author| documents.right(author) >= Some(Right::Edit));
        words.into_iter().filter(|(_, (_, word))| word.says).map(|(file, _)| file).gather()
    }

    /// Begins to take in a file of so many bytes.
    ///
    /// # Errors
    /// [`Problem::NoRight`], [`Problem::SharedFileTooLarge`], and [`Problem::RoomFull`] where what travels with the room would
    /// be more than [`limits::ROOM_MAX`].
    pub async fn begin_file(&self, size: u64) -> Result<Upload, Problem> {
        self.may(Right::Comment)?;
        if size > limits::SHARED_FILE_MAX {
            return Err(Problem::SharedFileTooLarge);
        }
        if size <= limits::CARRIED_FILE_MAX {
            self.has_space(size).await?;
        }
        Ok(Upload {
            room: self.clone(),
            size,
            came: 0,
            pieces: Vec::new(),
            hash: blob::Fingerprint::default(),
        })
    }

    /// Whether so much more fits into what travels with the room.
    pub(crate) async fn has_space(&self, more: u64) -> Result<(), Problem> {
        let record = self.ports().store.room(self.id()).await?.ok_or(Problem::NoSuchRoom)?;
        let is_full = |bytes: u64| bytes.saturating_add(more) > limits::ROOM_MAX as u64;
        // Only where it looks full is it worth the while to look which of it stays here.
        if is_full(record.bytes) && is_full(record.bytes.saturating_sub(self.staying_bytes().await?)) {
            return Err(Problem::RoomFull);
        }
        Ok(())
    }

    /// How many bytes of large files are here.
    async fn staying_bytes(&self) -> Result<u64, Problem> {
        let (here, staying) = (self.held_blobs().await?, self.staying_blobs());
        let mut sizes: BTreeMap<BlobHash, u64> = BTreeMap::new();
        for file in self.all_shared() {
            let mut left = file.size;
            for piece in file.pieces {
                let size = left.min(limits::FILE_PIECE as u64);
                sizes.insert(piece, size);
                left -= size;
            }
        }
        let size = |piece| sizes.get(piece).copied().unwrap_or(limits::FILE_PIECE as u64);
        Ok(here.intersection(&staying).map(size).sum())
    }

    /// The names of all blobs that are here.
    ///
    /// # Errors
    /// What the store says.
    pub async fn held_blobs(&self) -> Result<BTreeSet<BlobHash>, Problem> {
        Ok(self.ports().store.blobs(self.id()).await?.into_iter().gather())
    }

    /// The pieces of files that are not carried, also while they come.
    pub(crate) fn staying_blobs(&self) -> BTreeSet<BlobHash> {
        let all = self.all_shared();
        let (small, large): (Vec<_>, Vec<_>) =
            all.into_iter().partition(|file| file.size <= limits::CARRIED_FILE_MAX);
        let mut staying: BTreeSet<_> = large.into_iter().flat_map(|file| file.pieces).gather();
        staying.extend(self.0.coming.borrow().iter());
        for piece in small.into_iter().flat_map(|file| file.pieces) {
            staying.remove(&piece);
        }
        staying
    }

    /// The pieces of all files that nobody took back; `carried` ones only, or all.
    pub(crate) fn file_blobs(&self, carried: bool) -> Vec<BlobHash> {
        let files = self.all_shared().into_iter();
        files
            .filter(|file| !carried || file.size <= limits::CARRIED_FILE_MAX)
            .flat_map(|file| file.pieces)
            .collect()
    }

    /// What is hidden is kept too: it may be shown again.
    fn all_shared(&self) -> Vec<SharedFile> {
        let documents = self.documents();
        let files = documents.responses.values().flat_map(Responses::files);
        files.filter(|file| !file.is_gone).collect()
    }

    /// The bytes of one piece of a file; none where it is not here.
    ///
    /// # Errors
    /// What the store says.
    pub async fn piece(&self, piece: BlobHash) -> Result<Option<Vec<u8>>, Problem> {
        self.blob(piece).await
    }

    /// Hands over a file's bytes, piece by piece, and says whether they are what the author said. Ends at the first piece that
    /// is not here.
    ///
    /// # Errors
    /// [`Problem::FileMissing`], [`Problem::FileDiffers`], and what the store says.
    pub async fn read_file(&self, file: &FileVersion, mut take: impl FnMut(Vec<u8>)) -> Result<(), Problem> {
        let (mut hash, mut size) = (blob::Fingerprint::default(), 0);
        for piece in &file.pieces {
            let bytes = self.piece(*piece).await?.ok_or(Problem::FileMissing)?;
            hash.take(&bytes);
            size += bytes.len() as u64;
            take(bytes);
        }
        if size != file.size || hash.value() != file.hash { Err(Problem::FileDiffers) } else { Ok(()) }
    }

    /// Gives a file another name or folder. All its versions have to be this device's own.
    ///
    /// # Errors
    /// [`Problem::NoRight`], [`Problem::NameTaken`] where another file has this name there.
    pub fn move_file(&self, file: &RoomFile, folder: &str, name: &str) -> Result<(), Problem> {
        let (folder, name) = (clean_name(folder), shown_name(name));
        if (&folder, &name) == (&file.folder, &file.name) {
            return Ok(());
        }
        if file.versions.iter().any(|version| !version.mine) {
            return Err(Problem::NoRight);
        }
        if self.file(&folder, &name).is_some() {
            return Err(Problem::NameTaken);
        }
        self.change_own(&file.versions.iter().map(|it| it.id.clone()).collect::<Vec<_>>(), |own| {
            own.folder.clone_from(&folder);
            own.name.clone_from(&name);
        })
    }

    /// Takes a file out of the room with all its versions: this device's own are taken back, others are hidden by whoever may
    /// edit. Answers what brings it back.
    ///
    /// # Errors
    /// [`Problem::NoRight`] where this device may do nothing of that.
    pub fn take_out(&self, file: &RoomFile) -> Result<TakenOut, Problem> {
        let may_hide = self.right() >= Some(Right::Edit);
        let (own, others): (Vec<_>, Vec<_>) = file.versions.iter().partition(|version| version.mine);
        let names = |versions: Vec<&FileVersion>| versions.into_iter().map(|it| it.id.clone()).collect();
        let hidden = if may_hide { names(others) } else { Vec::new() };
        let taken = TakenOut { own: names(own), hidden };
        if taken == TakenOut::default() {
            return Err(Problem::NoRight);
        }
        self.set_out(&taken, true)?;
        Ok(taken)
    }

    /// Brings back what was taken out.
    ///
    /// # Errors
    /// As [`Room::take_out`].
    pub fn put_back(&self, taken: &TakenOut) -> Result<(), Problem> {
        self.set_out(taken, false)
    }

    fn set_out(&self, taken: &TakenOut, out: bool) -> Result<(), Problem> {
        self.change_own(&taken.own, |own| own.is_gone = out)?;
        for file in &taken.hidden {
            let turn = self.next_turn(Responses::hidings, file);
            let word = Word { says: out, turn, at: self.now() };
            self.respond(|responses| responses.hide(file, word))?;
        }
        Ok(())
    }

    /// Changes what this device said of its own files.
    fn change_own(&self, ids: &[String], change: impl Fn(&mut SharedFile)) -> Result<(), Problem> {
        let author = self.author();
        self.respond(|responses| {
            for mut own in responses.files() {
                if ids.contains(&file_name(&author, &own.id)) {
                    change(&mut own);
                    responses.put_file(&own)?;
                }
            }
            Ok(())
        })
    }
}

impl Upload {
    /// How many bytes came so far.
    pub fn came(&self) -> u64 {
        self.came
    }

    /// Keeps the next piece, which has [`limits::FILE_PIECE`] bytes unless it is the last. It is durably stored by then. One
    /// that is here already, from an earlier try, costs nothing.
    ///
    /// # Errors
    /// What the store says; the same piece may be given again then.
    pub async fn take(&mut self, piece: Vec<u8>) -> Result<(), Problem> {
        let room = &self.room;
        room.may(Right::Comment)?;
        let (hash, len) = (blob::name(&piece), piece.len() as u64);
        if self.size > limits::CARRIED_FILE_MAX {
            room.0.coming.borrow_mut().insert(hash);
        }
        let mut whole = self.hash.clone();
        whole.take(&piece);
        let content_key = room.keys().content;
        keep(room.ports(), room.id(), &content_key, vec![piece]).await?;
        self.hash = whole;
        self.pieces.push(hash);
        self.came += len;
        Ok(())
    }

    /// All pieces came: the file is in the room from now on, as the newest version of what has this name in this folder.
    /// Nothing is added where that is the same already. Stored, as far as the store takes it, when this ends.
    ///
    /// # Errors
    /// [`Problem::NoRight`], [`Problem::FileDiffers`] where it grew or shrank meanwhile, and what the store says.
    pub async fn finish(self, folder: &str, name: &str, media_type: &str) -> Result<(), Problem> {
        let Self { room, size, came, pieces, hash } = &self;
        let (folder, name, hash) = (clean_name(folder), shown_name(name), hash.clone().value());
        if came != size {
            return Err(Problem::FileDiffers);
        }
        let before = room.file(&folder, &name);
        if before.as_ref().is_some_and(|before| before.newest().hash == hash) {
            return Ok(());
        }
        let file = SharedFile {
            id: model::hex(&room.ports().random::<8>()),
            turn: room.newest_turn(&folder, &name).saturating_add(1),
            folder,
            name,
            media_type: self::media_type(media_type),
            size: *size,
            hash,
            pieces: pieces.clone(),
            at: room.now(),
            is_gone: false,
        };
        room.respond(|responses| responses.put_file(&file))?;
        room.flush().await?;
        // Others learn of the file before its pieces come, so that they know what these are.
        room.tell_tabs(&TabMessage::Blobs(pieces.clone()));
        room.tell(RoomEvent::Blobs);
        room.give_new_blobs(pieces.clone());
        Ok(())
    }

    /// Lets go of what came, where nothing else consists of it.
    pub async fn cancel(self) {
        let named: BTreeSet<BlobHash> = self.room.file_blobs(false).into_iter().gather();
        let loose = self.pieces.iter().filter(|piece| !named.contains(piece)).copied().collect();
        // What stays here nevertheless goes in a day.
        let _ = self.room.ports().store.drop_blobs(self.room.id(), loose, u64::MAX).await;
    }
}

impl Drop for Upload {
    fn drop(&mut self) {
        let mut coming = self.room.0.coming.borrow_mut();
        for piece in &self.pieces {
            coming.remove(piece);
        }
    }
}

impl Room {
    /// The highest turn of what has this name, also of what was taken out: it may come back.
    fn newest_turn(&self, folder: &str, name: &str) -> u64 {
        let documents = self.documents();
        let all = documents.responses.values().flat_map(Responses::files);
        let same = all.filter(|it| clean_name(&it.folder) == folder && shown_name(&it.name) == name);
        same.map(|it| it.turn).max().unwrap_or_default()
    }
}

/// Names of files are their authors' own; these are names among all.
fn file_name(author: &Author, id: &str) -> String {
    format!("{author}/{id}")
}

fn shown_name(name: &str) -> String {
    let clean = clean_name(name);
    if clean.is_empty() { NAMELESS.to_owned() } else { clean }
}

/// A media type without what stands behind it, if it is one.
fn media_type(named: &str) -> String {
    let named = named.split(';').next().unwrap_or_default().trim().to_lowercase();
    let is_part = |letter: u8| letter.is_ascii_alphanumeric() || b"/.+-".contains(&letter);
    if named.len() <= 100 && named.bytes().all(is_part) { named } else { String::new() }
}
