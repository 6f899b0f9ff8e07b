//! Files: what two sides see of those of both, and how they travel.

use std::rc::Rc;

use model::{MemoryStore, Right, RoomId, RoomStore, StoreError, limits};

use reactive_graph::traits::GetUntracked as _;

use super::{live::two, saving::Moody, world::World};
use crate::{Fetching, Problem, Room, RoomFile, Rooms, Start, Terms};

/// Bytes of a file that is like no other.
fn bytes(len: usize, seed: u8) -> Vec<u8> {
    (0..len).map(|at| (at / 251) as u8 ^ at as u8 ^ seed).collect()
}

/// Puts a file in, in pieces.
pub(super) async fn put(room: &Room, folder: &str, name: &str, bytes: &[u8]) -> Result<(), Problem> {
    let mut upload = room.begin_file(bytes.len() as u64).await?;
    for piece in bytes.chunks(limits::FILE_PIECE) {
        upload.take(piece.to_vec()).await?;
    }
    upload.finish(folder, name, "application/pdf; charset=x").await
}

async fn read(room: &Room, file: &RoomFile, version: usize) -> Result<Vec<u8>, Problem> {
    let mut all = Vec::new();
    room.read_file(&file.versions[version], |piece| all.extend(piece)).await?;
    Ok(all)
}

/// What the list shows: folder, name, and by whom each version is.
fn listed(room: &Room) -> Vec<String> {
    let line = |file: RoomFile| {
        let by: Vec<_> = file.versions.iter().map(|it| if it.owns { "seller" } else { "buyer" }).collect();
        format!("{}/{}: {}", file.folder, file.name, by.join(", "))
    };
    room.files().into_iter().map(line).collect()
}

async fn begin(ines: &Rooms, priya: &Rooms, right: Right) -> (RoomId, Room, Room) {
    let id = ines.create(Start::Blank, "Untitled").await.unwrap().0;
    let own = ines.open(id).await.unwrap();
    let link = ines.share(id, Some(&Terms::of(right))).await.unwrap().fragment.unwrap();
    priya.receive_link(&link).await.unwrap();
    (id, own, priya.open(id).await.unwrap())
}

/// Sends the room on; `right` is what the owner's link allows.
async fn pass_on(from: &Rooms, to: &Rooms, room: RoomId, right: Option<Right>) {
    let terms = right.map(Terms::of);
    let file = from.share(room, terms.as_ref()).await.unwrap().file;
    to.receive_file(&file).await.unwrap();
}

#[test]
fn a5_two_put_the_same_name_in_at_once_and_both_are_kept() {
    let world = World::default();
    let (ines, priya) = (world.device().tab(), world.device().tab());
    world.run(async move {
        let (id, own, hers) = begin(&ines, &priya, Right::Comment).await;
        let (one, two) = (bytes(3_000_000, 1), bytes(100, 2));
        put(&own, "Contracts", "Offer.pdf", &one).await.unwrap();
        put(&hers, "Contracts", "Offer.pdf", &two).await.unwrap();
        put(&hers, "", "../Answer\u{202e}.txt", b"Yes.").await.unwrap();
        own.note_visit().await.unwrap();
        pass_on(&ines, &priya, id, Some(Right::Comment)).await;
        let back = priya.share(id, None).await.unwrap().file;
        let came = ines.receive_file(&back).await.unwrap().news;
        assert_eq!((came.files, came.authors), (2, 1), "it is said that files came");
        assert_eq!(own.since_last_visit().await.unwrap().unwrap().files, 2);
        assert_eq!(own.files().len(), 2);
        assert_eq!(own.files().iter().map(|it| &it.name).collect::<Vec<_>>(), [".._Answer.txt", "Offer.pdf"]);
        let (seller, buyer) = (own.files(), hers.files());
        for (at, file) in seller.iter().enumerate() {
            let order = |file: &RoomFile| file.versions.iter().map(|it| it.id.clone()).collect::<Vec<_>>();
            assert_eq!(order(file), order(&buyer[at]), "both see the same versions in the same order");
        }
        let frozen = own.freeze().unwrap().files;
        assert!(frozen.len() == 2 && frozen.is_sorted() && frozen == hers.freeze().unwrap().files);
        let offer = &seller[1];
        assert_eq!(offer.versions.len(), 2);
        let mut both = [read(&own, offer, 0).await.unwrap(), read(&own, offer, 1).await.unwrap()];
        both.sort_by_key(Vec::len);
        assert!(both == [two, one], "nothing is lost");
        assert_eq!(offer.newest().media_type, "application/pdf");

        // A newer version, and the same again, which is none.
        let newer = bytes(200, 3);
        for _ in 0..2 {
            put(&own, "Contracts", "Offer.pdf", &newer).await.unwrap();
        }
        assert_eq!(listed(&own)[1].matches("seller").count(), 2, "{:?}", listed(&own));
        assert!(own.files()[1].newest().mine);
        assert_eq!(read(&own, &own.files()[1], 0).await.unwrap(), newer);
    });
}

#[test]
fn a5_files_are_moved_by_who_put_them_there_and_taken_out_with_a_way_back() {
    let world = World::default();
    let (ines, priya) = (world.device().tab(), world.device().tab());
    world.run(async move {
        let (id, own, hers) = begin(&ines, &priya, Right::Comment).await;
        put(&own, "", "Offer.pdf", &bytes(10, 1)).await.unwrap();
        put(&own, "", "Terms.pdf", &bytes(10, 2)).await.unwrap();
        put(&hers, "", "Answer.pdf", &bytes(10, 3)).await.unwrap();
        pass_on(&ines, &priya, id, Some(Right::Comment)).await;
        pass_on(&priya, &ines, id, None).await;
        let [answer, offer, _terms] = own.files().try_into().unwrap();
        assert_eq!(own.move_file(&answer, "", "Mine.pdf"), Err(Problem::NoRight));
        assert_eq!(own.move_file(&offer, "", "Terms.pdf"), Err(Problem::NameTaken));
        own.move_file(&offer, "Contracts", "Our offer.pdf").unwrap();
        assert_eq!(
            listed(&own),
            ["/Answer.pdf: buyer", "/Terms.pdf: seller", "Contracts/Our offer.pdf: seller"]
        );

        // The buyer takes out her own only; the seller hides hers.
        assert_eq!(hers.take_out(&hers.files()[1]), Err(Problem::NoRight));
        let taken = hers.take_out(&hers.files()[0]).unwrap();
        assert_eq!(hers.files().len(), 2);
        hers.put_back(&taken).unwrap();
        assert_eq!(hers.files().len(), 3);
        let hidden = own.take_out(&own.files()[0]).unwrap();
        pass_on(&ines, &priya, id, Some(Right::Comment)).await;
        assert_eq!(listed(&hers), ["/Terms.pdf: seller", "Contracts/Our offer.pdf: seller"]);
        own.put_back(&hidden).unwrap();
        pass_on(&ines, &priya, id, Some(Right::Comment)).await;
        assert_eq!(listed(&hers).len(), 3);
    });
}

#[test]
fn a5_a_transfer_that_was_cut_goes_on_with_what_is_missing() {
    let world = World::default();
    let store = Moody::default();
    let device = world.device_with(Rc::new(store.clone()));
    let (ines, priya) = (device.tab(), world.device().tab());
    world.run(async move {
        let (id, own, _hers) = begin(&ines, &priya, Right::View).await;
        let file = bytes(3 * limits::FILE_PIECE + 5, 1);
        let pieces: Vec<_> = file.chunks(limits::FILE_PIECE).collect();
        let mut upload = own.begin_file(file.len() as u64).await.unwrap();
        upload.take(pieces[0].to_vec()).await.unwrap();
        let full = StoreError::Full("no space".into());
        *store.refuses.borrow_mut() = Some(full.clone());
        assert_eq!(upload.take(pieces[1].to_vec()).await, Err(Problem::Store(full)));
        *store.refuses.borrow_mut() = None;
        // The same piece again, and the rest.
        for piece in &pieces[1..] {
            upload.take(piece.to_vec()).await.unwrap();
        }
        upload.finish("", "Plan.pdf", "").await.unwrap();
        assert!(read(&own, &own.files()[0], 0).await.unwrap() == file);

        // One that ended before its end leaves what came, and the next one goes on from there.
        let other = bytes(2 * limits::FILE_PIECE, 9);
        let mut upload = own.begin_file(other.len() as u64).await.unwrap();
        upload.take(other[..limits::FILE_PIECE].to_vec()).await.unwrap();
        let before = own.held_blobs().await.unwrap().len();
        drop(upload);
        put(&own, "", "Other.pdf", &other).await.unwrap();
        assert_eq!(own.held_blobs().await.unwrap().len(), before + 1);
        // One that is called off leaves nothing, but for what another file consists of.
        let mut upload = own.begin_file(other.len() as u64).await.unwrap();
        upload.take(other[..limits::FILE_PIECE].to_vec()).await.unwrap();
        upload.take(bytes(limits::FILE_PIECE, 77)).await.unwrap();
        upload.cancel().await;
        assert_eq!(own.held_blobs().await.unwrap().len(), before + 1);

        // A piece that is gone from a device comes with the next room file.
        let gone = own.files()[1].newest().pieces[1];
        let sent = ines.share(id, None).await.unwrap().file;
        store.drop_blobs(id, vec![gone], u64::MAX).await.unwrap();
        assert_eq!(read(&own, &own.files()[1], 0).await, Err(Problem::FileMissing));
        ines.receive_file(&sent).await.unwrap();
        assert!(read(&own, &own.files()[1], 0).await.unwrap() == file);
    });
}

#[test]
fn a5_what_may_not_come_in_says_why() {
    let world = World::default();
    let (ines, priya) = (world.device().tab(), world.device().tab());
    world.run(async move {
        let (_, own, hers) = begin(&ines, &priya, Right::View).await;
        assert_eq!(put(&hers, "", "a", b"a").await, Err(Problem::NoRight));
        let too_large = own.begin_file(limits::SHARED_FILE_MAX + 1).await.err();
        assert_eq!(too_large, Some(Problem::SharedFileTooLarge));
        // Nothing at all is a file too, and one that shrank while it was read is none.
        put(&own, "", "\u{202e}", b"").await.unwrap();
        assert_eq!(listed(&own), ["/file: seller"]);
        assert_eq!(read(&own, &own.files()[0], 0).await.unwrap(), b"");
        let upload = own.begin_file(7).await.unwrap();
        assert_eq!(upload.finish("", "b", "").await, Err(Problem::FileDiffers));
        assert_eq!(own.files().len(), 1);
    });
}

#[test]
fn a5_large_files_stay_out_of_room_files_and_links_and_do_not_fill_the_room() {
    let world = World::default();
    let store = Rc::new(MemoryStore::default());
    let (ines, priya) = (world.device_with(store.clone()).tab(), world.device().tab());
    world.run(async move {
        let (id, own, hers) = begin(&ines, &priya, Right::View).await;
        // Of three pieces that come again and again, so that this takes no time.
        let three = bytes(3 * limits::FILE_PIECE, 1);
        let large = [three.repeat(11), vec![7; 9]].concat();
        put(&own, "", "Film.mp4", &large).await.unwrap();
        put(&own, "", "Offer.pdf", &bytes(40_000, 2)).await.unwrap();
        let share = ines.share(id, Some(&Terms::of(Right::View))).await.unwrap();
        assert!(share.file.len() < 100_000, "{}", share.file.len());
        assert!(share.without_files && share.fragment.is_some(), "the link has the words");
        priya.receive_file(&share.file).await.unwrap();
        let [film, offer] = hers.files().try_into().unwrap();
        assert_eq!(film.newest().size, large.len() as u64);
        assert_eq!(read(&hers, &film, 0).await, Err(Problem::FileMissing));
        assert_eq!(read(&hers, &offer, 0).await.unwrap(), bytes(40_000, 2));
        // The room has as much space as without it.
        let most = limits::ROOM_MAX as u64 - 1_000_000;
        assert!(own.has_space(most).await.is_ok());
        assert_eq!(own.has_space(most + 1_000_000).await, Err(Problem::RoomFull));
    });
}

#[test]
fn a5_files_reach_whoever_is_live() {
    let world = World::default();
    let (_ines, own, _priya, hers) = two(&world, Right::Comment);
    let file = bytes(limits::FILE_PIECE + 7, 5);
    let (putting, put_in) = (own.clone(), file.clone());
    world.run(async move { put(&putting, "", "Offer.pdf", &put_in).await.unwrap() });
    let answering = hers.clone();
    world.pass(500);
    world.run(async move { put(&answering, "", "Answer.pdf", b"Yes").await.unwrap() });
    world.pass(500);
    for room in [own, hers] {
        assert_eq!(listed(&room), ["/Answer.pdf: buyer", "/Offer.pdf: seller"]);
        let expected = file.clone();
        world.run(async move { assert!(read(&room, &room.files()[1], 0).await.unwrap() == expected) });
    }
}

#[test]
fn a5_files_outlive_the_days_after_which_loose_bytes_go() {
    let world = World::default();
    let device = world.device();
    let ines = device.tab();
    let rooms = ines.clone();
    let id = world.run(async move {
        let id = rooms.create(Start::Blank, "Untitled").await.unwrap().0;
        let own = rooms.open(id).await.unwrap();
        put(&own, "", "Keep.pdf", b"keep").await.unwrap();
        put(&own, "", "Gone.pdf", b"gone").await.unwrap();
        own.take_out(&own.files()[0]).unwrap();
        own.flush().await.unwrap();
        id
    });
    world.pass(2 * 24 * 60 * 60 * 1_000);
    let rooms = device.tab();
    let opened = world.run(async move { rooms.open(id).await.unwrap() });
    world.pass(10);
    world.run(async move {
        let held = opened.held_blobs().await.unwrap();
        assert_eq!(held.into_iter().collect::<Vec<_>>(), opened.files()[0].newest().pieces);
    });
}

#[test]
fn a5_a_large_file_comes_from_whoever_has_it_when_it_is_asked_for() {
    let world = World::default();
    let (_ines, own, _priya, hers) = two(&world, Right::Comment);
    let three = bytes(3 * limits::FILE_PIECE, 1);
    let large = [three.repeat(11), vec![7; 9]].concat();
    let (putting, put_in) = (own.clone(), large.clone());
    world.run(async move { put(&putting, "", "Film.mp4", &put_in).await.unwrap() });
    world.pass(500);
    let film = hers.files().remove(0);
    let held = |room: &Room| {
        let room = room.clone();
        world.run(async move { room.held_blobs().await.unwrap().len() })
    };
    assert_eq!(held(&hers), 0, "it does not come by itself");
    assert!(world.net().blobs.is_empty(), "and burdens no road");

    // Cut off, it ends where it is, and goes on from there.
    let (asking, version) = (hers.clone(), film.newest().clone());
    world.net().is_cut = true;
    world.run(async move { asking.fetch_file(&version).await.unwrap() });
    assert_eq!(hers.fetching().get_untracked().left, 4);
    world.pass(200_000);
    assert!(hers.fetching().get_untracked().is_lacking);
    world.net().is_cut = false;
    let (asking, version) = (hers.clone(), film.newest().clone());
    world.run(async move { asking.fetch_file(&version).await.unwrap() });
    world.pass(500);
    assert_eq!(hers.fetching().get_untracked(), Fetching::default());
    assert_eq!(held(&hers), 4);
    let read_by = hers.clone();
    world.run(async move { assert!(read(&read_by, &film, 0).await.unwrap() == large) });
    assert!(world.net().blobs.is_empty());
}
