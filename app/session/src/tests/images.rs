//! Images: bytes beside the text, on this device and on their way to others.

use std::{cell::RefCell, rc::Rc};

use model::Right;
use model::{BlobHash, RoomId, RoomStore, StoreError, limits};
use replica::EditKind;
use text::{Block, Image, Intent, Selection, intend, marked};

use super::{saving::Moody, world::World};
use crate::{Export, Problem, Room, RoomEvent, Rooms, Share, Start, Terms};

/// A GIF of one by two points.
pub(super) const GIF: &[u8] = b"GIF89a\x01\x00\x02\x00\x80\x00\x00;";
const DAY: u64 = 24 * 60 * 60 * 1_000;

fn blank(world: &World, rooms: &Rooms) -> RoomId {
    let rooms = rooms.clone();
    world.run(async move { rooms.create(Start::Blank, "Untitled").await.unwrap().0 })
}

fn open(world: &World, rooms: &Rooms, id: RoomId) -> Room {
    let rooms = rooms.clone();
    world.run(async move { rooms.open(id).await.unwrap() })
}

fn share(world: &World, rooms: &Rooms, id: RoomId) -> Share {
    let rooms = rooms.clone();
    world.run(async move { rooms.share(id, Some(&Terms::of(Right::Own))).await.unwrap() })
}

fn receive(world: &World, rooms: &Rooms, file: &[u8]) -> usize {
    let (rooms, file) = (rooms.clone(), file.to_vec());
    world.run(async move { rooms.receive_file(&file).await.unwrap().new })
}

fn put(world: &World, room: &Room, bytes: &[u8]) -> Result<BlobHash, Problem> {
    let (room, bytes) = (room.clone(), bytes.to_vec());
    world.run(async move { room.put_blob(bytes).await })
}

pub(super) fn bytes_of(world: &World, room: &Room, hash: BlobHash) -> Option<Vec<u8>> {
    let room = room.clone();
    world.run(async move { room.blob(hash).await.unwrap() })
}

fn act(room: &Room, at: usize, intent: Intent) {
    let document = room.document(&room.section()).unwrap();
    let caret = Selection::caret(at);
    let change = intend(&document, caret, None, intent).unwrap();
    room.edit(&room.section(), &change, EditKind::Other, caret).unwrap();
}

/// Puts an image at the start of the text, the bytes first.
pub(super) fn insert(world: &World, room: &Room, bytes: &[u8]) -> BlobHash {
    let hash = put(world, room, bytes).unwrap();
    act(room, 0, Intent::Block(Block::Image(Image::new(hash))));
    world.pass(500);
    hash
}

/// The text in the notation of tests, with the names of images cut short.
fn shown(room: &Room) -> String {
    let document = room.document(&room.section()).unwrap();
    let mut shown = marked::write(&document, Selection::caret(document.last_offset()));
    for line in document.lines() {
        if let Block::Image(image) = &line.format.block {
            let name = image.blob.to_string();
            shown = shown.replace(&name, &name[..4]);
        }
    }
    shown
}

#[test]
fn an_image_is_kept_sealed_and_counted_and_comes_back() {
    let world = World::default();
    let device = world.device();
    let rooms = device.tab();
    let id = blank(&world, &rooms);
    let room = open(&world, &rooms, id);
    let before = world.run(device.store.room(id)).unwrap().unwrap().bytes;
    let hash = put(&world, &room, GIF).unwrap();
    assert_eq!(put(&world, &room, GIF), Ok(hash), "the same bytes have the same name");
    let stored = world.run(device.store.blob(id, hash)).unwrap().unwrap();
    assert!(!stored.windows(6).any(|window| window == b"GIF89a"), "it is sealed");
    let record = world.run(device.store.room(id)).unwrap().unwrap();
    assert_eq!(record.bytes, before + stored.len() as u64, "the room's size counts it once");
    assert_eq!(bytes_of(&world, &room, hash), Some(GIF.to_vec()));
    assert_eq!(
        bytes_of(&world, &open(&world, &device.tab(), id), hash),
        Some(GIF.to_vec()),
        "another tab has it"
    );
    assert_eq!(bytes_of(&world, &room, BlobHash([9; 32])), None);
}

#[test]
fn bytes_that_were_changed_in_the_store_are_missing() {
    let world = World::default();
    let device = world.device();
    let rooms = device.tab();
    let id = blank(&world, &rooms);
    let room = open(&world, &rooms, id);
    let (one, other) = (put(&world, &room, GIF).unwrap(), put(&world, &room, b"GIF89a other").unwrap());
    let sealed = world.run(device.store.blob(id, other)).unwrap().unwrap();
    world.run(device.store.drop_blobs(id, vec![one], u64::MAX)).unwrap();
    let swapped = model::StoredBlob { hash: one, sealed };
    world.run(device.store.put_blobs(id, vec![swapped], 1)).unwrap();
    assert_eq!(bytes_of(&world, &room, one), None, "a blob opens under its own name only");
    assert_eq!(bytes_of(&world, &room, other), Some(b"GIF89a other".to_vec()));
}

#[test]
fn what_is_too_large_or_refused_leaves_the_room_as_it_was() {
    let world = World::default();
    let store = Moody::default();
    let rooms = world.device_with(Rc::new(store.clone())).tab();
    let id = blank(&world, &rooms);
    let room = open(&world, &rooms, id);
    assert_eq!(put(&world, &room, &vec![0; limits::BLOB_MAX + 1]), Err(Problem::BlobTooLarge));
    let full = StoreError::Full("no space".into());
    *store.refuses.borrow_mut() = Some(full.clone());
    assert_eq!(put(&world, &room, GIF), Err(Problem::Store(full)));
    *store.refuses.borrow_mut() = None;
    let most = model::StoredBlob { hash: BlobHash([1; 32]), sealed: vec![0; limits::ROOM_MAX - 1_000] };
    world.run(store.put_blobs(id, vec![most], 1)).unwrap();
    assert_eq!(put(&world, &room, &[9; 1_000]), Err(Problem::RoomFull));
    assert_eq!(world.run(store.blobs(id)).unwrap(), [BlobHash([1; 32])]);
}

#[test]
fn a_room_file_brings_its_images_and_nothing_that_was_deleted() {
    let world = World::default();
    let (ines, device) = (world.device().tab(), world.device());
    let priya = device.tab();
    let id = blank(&world, &ines);
    let at_ines = open(&world, &ines, id);
    let gone = insert(&world, &at_ines, b"GIF89a gone");
    let hash = insert(&world, &at_ines, GIF);
    act(&at_ines, 0, Intent::Delete { unit: text::Unit::Grapheme, forward: true });
    world.pass(500);
    let file = share(&world, &ines, id).file;
    receive(&world, &priya, &file);
    let at_priya = open(&world, &priya, id);
    assert_eq!(shown(&at_priya), format!("{{image {}}}\n\n|", &hash.to_string()[..4]));
    assert_eq!(bytes_of(&world, &at_priya, hash), Some(GIF.to_vec()));
    assert_eq!(bytes_of(&world, &at_priya, gone), None, "what the text does not show does not travel");
    assert_eq!(receive(&world, &priya, &file), 0, "opening the same again brings nothing");
}

#[test]
fn an_image_that_is_missing_arrives_with_a_later_file() {
    let world = World::default();
    let device = world.device();
    let (ines, priya) = (device.tab(), world.device().tab());
    let id = blank(&world, &ines);
    let at_ines = open(&world, &ines, id);
    let hash = insert(&world, &at_ines, GIF);
    let sealed = world.run(device.store.blob(id, hash)).unwrap().unwrap();
    world.run(device.store.drop_blobs(id, vec![hash], u64::MAX)).unwrap();
    receive(&world, &priya, &share(&world, &ines, id).file);
    let at_priya = open(&world, &priya, id);
    assert_eq!(bytes_of(&world, &at_priya, hash), None, "the text came without it");
    assert!(shown(&at_priya).contains("{image "), "and says where it stands");

    let told: Rc<RefCell<Vec<RoomEvent>>> = Rc::default();
    let heard = told.clone();
    at_priya.listen(Rc::new(move |event| heard.borrow_mut().push(event)));
    world.run(device.store.put_blobs(id, vec![model::StoredBlob { hash, sealed }], 1)).unwrap();
    assert_eq!(receive(&world, &priya, &share(&world, &ines, id).file), 1, "the image alone is new");
    assert!(told.borrow().contains(&RoomEvent::Blobs), "the open room hears of it");
    assert_eq!(bytes_of(&world, &at_priya, hash), Some(GIF.to_vec()));
}

#[test]
fn two_people_describe_and_narrow_one_image_at_once() {
    let world = World::default();
    let (ines, priya) = (world.device().tab(), world.device().tab());
    let id = blank(&world, &ines);
    let at_ines = open(&world, &ines, id);
    let hash = insert(&world, &at_ines, GIF);
    receive(&world, &priya, &share(&world, &ines, id).file);
    let at_priya = open(&world, &priya, id);
    let image = Image::new(hash);
    let half = Image { width: text::Width::Half, ..image.clone() };
    act(&at_ines, 0, Intent::SetImage { line: 0, image: image.clone().described("A map") });
    act(&at_priya, 0, Intent::SetImage { line: 0, image: half.described("Our offices") });
    world.pass(500);
    let (from_ines, from_priya) = (share(&world, &ines, id).file, share(&world, &priya, id).file);
    receive(&world, &ines, &from_priya);
    receive(&world, &priya, &from_ines);
    assert_eq!(shown(&at_ines), shown(&at_priya), "all copies show the same");
    assert!(
        shown(&at_ines).contains(" half: "),
        "{}: the width is kept whoever's words won",
        shown(&at_ines)
    );
}

#[test]
fn undo_brings_an_image_back_and_what_is_loose_goes_a_day_later() {
    let world = World::default();
    let device = world.device();
    let rooms = device.tab();
    let id = blank(&world, &rooms);
    let room = open(&world, &rooms, id);
    let (gone, kept) = (insert(&world, &room, b"GIF89a gone"), insert(&world, &room, GIF));
    act(&room, 0, Intent::Delete { unit: text::Unit::Grapheme, forward: true });
    room.undo().unwrap();
    assert_eq!(shown(&room).matches("{image").count(), 2);
    room.redo().unwrap();
    world.pass(DAY - 1_000);
    drop(room);
    open(&world, &rooms, id);
    world.pass(1);
    assert_eq!(world.run(device.store.blobs(id)).unwrap().len(), 2, "not yet");
    world.pass(2_000);
    let room = open(&world, &rooms, id);
    world.pass(1);
    assert_eq!(world.run(device.store.blobs(id)).unwrap(), [kept]);
    assert_eq!(bytes_of(&world, &room, gone), None);
}

#[test]
fn exports_hold_the_images_they_can() {
    let world = World::default();
    let rooms = world.device().tab();
    let id = blank(&world, &rooms);
    let room = open(&world, &rooms, id);
    let large = [GIF, &[0; 40_000]].concat();
    insert(&world, &room, GIF);
    insert(&world, &room, &large);
    let export = |form| {
        let rooms = rooms.clone();
        world.run(async move { rooms.export(id, form, "en").await.unwrap() })
    };
    let page = export(Export::Html);
    assert_eq!((page.text.matches("src=\"data:image/gif;base64,").count(), page.images_left_out), (2, 0));
    let markdown = export(Export::Markdown);
    assert_eq!((markdown.text.matches("](data:image/gif").count(), markdown.images_left_out), (1, 1));

    // What was inside comes in again.
    let bytes = markdown.text.into_bytes();
    let again =
        world.run({
            let rooms = rooms.clone();
            async move {
                rooms.create(Start::Markdown { name: "a.md", bytes: &bytes }, "Untitled").await.unwrap().0
            }
        });
    let room = open(&world, &rooms, again);
    assert_eq!(bytes_of(&world, &room, sync::blob::name(GIF)), Some(GIF.to_vec()));
}

#[test]
fn a_store_that_takes_no_image_leaves_no_room_behind() {
    let world = World::default();
    let ines = world.device().tab();
    let id = blank(&world, &ines);
    insert(&world, &open(&world, &ines, id), GIF);
    let file = share(&world, &ines, id).file;
    let store = Moody::default();
    let priya = world.device_with(Rc::new(store.clone())).tab();
    *store.refuses.borrow_mut() = Some(StoreError::Full("no space".into()));
    let refused = world.run({
        let priya = priya.clone();
        async move { priya.receive_file(&file).await.unwrap_err() }
    });
    assert!(matches!(refused, Problem::Store(StoreError::Full(_))), "{refused:?}");
    assert_eq!(world.run(store.rooms()).unwrap(), []);
}
