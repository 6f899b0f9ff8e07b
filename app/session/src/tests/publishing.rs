//! Rooms at addresses: what two people see who have the link, over servers that behave and ones that do not.

use std::{cell::Cell, rc::Rc};

use exchange::kept::{Address, KeptFile, KeptLink};
use model::{Right, RoomId, Unanswered, Watch};

use super::{
    hosts::Fault,
    type_at, words,
    world::{Device, World},
};
use crate::{Problem, Publication, Published, Received, Room, Rooms, Start, Target, Terms, Why};

const AT: &str = "https://files.example/rooms/7.handsel";

fn begin(world: &World, rooms: &Rooms) -> (RoomId, Room) {
    let rooms = rooms.clone();
    world.run(async move {
        let start = Start::Markdown { name: "p.md", bytes: b"# Month-end\n\nWe close your books.\n" };
        let id = rooms.create(start, "Untitled").await.unwrap().0;
        (id, rooms.open(id).await.unwrap())
    })
}

/// A place for the room whose link allows to edit.
fn place(world: &World, rooms: &Rooms, id: RoomId) -> Publication {
    let owner = rooms.clone();
    let terms = Terms { name: "Priya".into(), ..Terms::of(Right::Edit) };
    let share = world.run(async move { owner.share(id, Some(&terms)).await.unwrap() });
    rooms.new_publication(share.pass)
}

fn target() -> Target {
    Target { address: format!("{AT}?signature=x"), ..Target::default() }
}

fn at(publication: Publication) -> Publication {
    publication.sent_to(target(), Address::parse(AT).unwrap())
}

fn publish(
    world: &World,
    rooms: &Rooms,
    id: RoomId,
    publication: &Publication,
) -> Result<Published, Problem> {
    let (rooms, publication) = (rooms.clone(), publication.clone());
    world.run(async move { rooms.publish(id, publication, &Watch::unseen()).await })
}

fn open(world: &World, rooms: &Rooms, link: &KeptLink) -> Result<Received, Problem> {
    // As it travels.
    let link = KeptLink::from_fragment(&link.to_fragment()).unwrap();
    let rooms = rooms.clone();
    world.run(async move { rooms.open_kept(&link, &Watch::unseen()).await })
}

fn look(world: &World, rooms: &Rooms, id: RoomId) -> Result<usize, Problem> {
    let rooms = rooms.clone();
    world.run(async move { rooms.look(id, &Watch::unseen()).await })
}

fn known(world: &World, rooms: &Rooms, id: RoomId) -> Vec<Publication> {
    let rooms = rooms.clone();
    world.run(async move { rooms.publications(id).await.unwrap() })
}

fn room(world: &World, rooms: &Rooms, id: RoomId) -> Room {
    let rooms = rooms.clone();
    world.run(async move { rooms.open(id).await.unwrap() })
}

/// A room at an address, and a second device that opened it there.
struct Deal {
    world: World,
    ines: Rooms,
    priya: Rooms,
    device: Device,
    id: RoomId,
    hers: Room,
    his: Room,
    publication: Publication,
}

fn deal() -> Deal {
    let world = World::default();
    let device = world.device();
    let (ines, priya) = (device.tab(), world.device().tab());
    let (id, hers) = begin(&world, &ines);
    let published = publish(&world, &ines, id, &at(place(&world, &ines, id))).unwrap();
    assert_eq!((published.unread, published.file), (None, None));
    open(&world, &priya, &published.publication.link).unwrap();
    let his = room(&world, &priya, id);
    Deal { world, ines, priya, device, id, hers, his, publication: published.publication }
}

#[test]
fn b1_a_short_link_opens_what_lies_at_its_address_and_the_file_alone_opens_nothing() {
    let deal = deal();
    let link = deal.publication.link.to_fragment();
    assert!(link.len() < 120, "{link}");
    assert!(words(&deal.his).starts_with("Month-end"));
    assert_eq!(deal.his.right(), Some(Right::Edit));
    let file = deal.world.hosts().files.borrow()[AT].0.clone();
    let shows = |words: &[u8]| file.windows(words.len()).any(|part| part == words);
    assert!(!shows(&deal.id.0) && !shows(&deal.publication.link.key));
    let rooms = deal.priya.clone();
    let alone = deal.world.run(async move { rooms.receive_file(&file).await });
    assert_eq!(alone, Err(Problem::Open(exchange::bundle::OpenError::NeedsLink)));
}

#[test]
fn b1_publishing_again_keeps_the_link_and_brings_what_is_new() {
    let deal = deal();
    let before = KeptFile::from_bytes(&deal.world.hosts().files.borrow()[AT].0).unwrap();
    type_at(&deal.hers, 0, "Our ");
    deal.world.pass(1_000);
    let again = publish(&deal.world, &deal.ines, deal.id, &deal.publication).unwrap();
    assert_eq!(again.publication.link, deal.publication.link);
    let after = KeptFile::from_bytes(&deal.world.hosts().files.borrow()[AT].0).unwrap();
    assert_ne!(before.nonce, after.nonce);
    assert_eq!(look(&deal.world, &deal.priya, deal.id), Ok(1));
    assert!(words(&deal.his).starts_with("Our Month-end"), "{}", words(&deal.his));
    assert_eq!(look(&deal.world, &deal.priya, deal.id), Ok(0), "once");
}

#[test]
fn b1_who_opened_it_publishes_to_the_same_place_and_nothing_is_lost() {
    let deal = deal();
    type_at(&deal.his, 0, "Priya says: ");
    deal.world.pass(1_000);
    let his = known(&deal.world, &deal.priya, deal.id).remove(0);
    assert!(!his.is_own && his.target.is_none());
    let his = Publication { target: Some(target()), ..his };
    publish(&deal.world, &deal.priya, deal.id, &his).unwrap();
    // She writes too, and publishes without having looked.
    type_at(&deal.hers, 0, "Ines says: ");
    deal.world.pass(1_000);
    let again = publish(&deal.world, &deal.ines, deal.id, &deal.publication).unwrap();
    assert_eq!(again.news, 1);
    look(&deal.world, &deal.priya, deal.id).unwrap();
    for text in [words(&deal.hers), words(&deal.his)] {
        assert!(text.contains("Priya says: ") && text.contains("Ines says: "), "{text}");
    }
    // His link still allows what it did, whoever published last.
    let devi = deal.world.device().tab();
    open(&deal.world, &devi, &deal.publication.link).unwrap();
    assert_eq!(room(&deal.world, &devi, deal.id).right(), Some(Right::Edit));
}

#[test]
fn b1_two_who_publish_at_once_do_not_overwrite_each_other() {
    let deal = deal();
    type_at(&deal.his, 0, "Priya says: ");
    type_at(&deal.hers, 0, "Ines says: ");
    deal.world.pass(1_000);
    let his = Publication { target: Some(target()), ..known(&deal.world, &deal.priya, deal.id).remove(0) };
    // His file as it would be, sealed while nothing else happens, arrives between her look and her PUT.
    let before = deal.world.hosts().files.borrow()[AT].clone();
    publish(&deal.world, &deal.priya, deal.id, &his).unwrap();
    let theirs = deal.world.hosts().files.borrow()[AT].0.clone();
    deal.world.hosts().files.borrow_mut().insert(AT.to_owned(), before);
    let world = deal.world.clone();
    *deal.world.hosts().meanwhile.borrow_mut() = Some(Box::new(move || world.hosts().put(AT, theirs)));
    deal.world.hosts().asked();
    let again = publish(&deal.world, &deal.ines, deal.id, &deal.publication).unwrap();
    assert_eq!(again.news, 1);
    let asked = deal.world.hosts().asked();
    let puts: Vec<&String> = asked.iter().filter(|asked| asked.starts_with("PUT")).collect();
    assert_eq!(puts.len(), 2, "refused, then sent on top: {asked:?}");
    assert!(puts.iter().all(|put| put.contains("; If-Match: \"")), "{puts:?}");
    look(&deal.world, &deal.priya, deal.id).unwrap();
    assert!(words(&deal.his).contains("Ines says: ") && words(&deal.hers).contains("Priya says: "));
}

#[test]
fn b1_a_fetch_goes_on_after_a_cut_and_begins_anew_where_the_file_changed() {
    let deal = deal();
    let hosts = deal.world.hosts();
    let length = hosts.files.borrow()[AT].0.len();
    let told = Rc::new(Cell::new((0, None)));
    let seen = told.clone();
    let watch = Watch::new(move |done, of| seen.set((done, of)));
    hosts.befall([Fault::Cut(100), Fault::Cut(50)]);
    hosts.asked();
    let (devi, link) = (deal.world.device().tab(), deal.publication.link.clone());
    deal.world.run(async move { devi.open_kept(&link, &watch).await.unwrap() });
    let get = format!("GET {AT}");
    let rest = |from| format!("{get}; Range: bytes={from}-; If-Range: \"1\"");
    assert_eq!(hosts.asked(), [get.clone(), rest(100), rest(150)]);
    assert_eq!(told.get(), (length, Some(length)));

    // Another version lies there when the rest is asked for.
    hosts.befall([Fault::Cut(100)]);
    type_at(&deal.hers, 0, "Our ");
    deal.world.pass(1_000);
    let noor = deal.world.device().tab();
    hosts.befall([Fault::Unanswered(Unanswered::Offline)]);
    assert_eq!(open(&deal.world, &noor, &deal.publication.link), Err(Problem::Fetch(Why::Cut)));
    publish(&deal.world, &deal.ines, deal.id, &deal.publication).unwrap();
    hosts.asked();
    open(&deal.world, &noor, &deal.publication.link).unwrap();
    assert_eq!(hosts.asked(), [rest(100)], "answered by the whole new file");
    assert!(words(&room(&deal.world, &noor, deal.id)).starts_with("Our Month-end"));
}

#[test]
fn b1_a_host_that_tells_no_versions_is_asked_for_the_whole_again_and_in_the_end_given_up() {
    let deal = deal();
    let hosts = deal.world.hosts();
    hosts.untagged.set(true);
    let devi = deal.world.device().tab();
    hosts.befall([Fault::Cut(100), Fault::Cut(100), Fault::Cut(100)]);
    assert_eq!(open(&deal.world, &devi, &deal.publication.link), Err(Problem::Fetch(Why::Cut)));
    hosts.befall([Fault::Cut(100)]);
    open(&deal.world, &devi, &deal.publication.link).unwrap();
    // Publishing goes on without the check.
    publish(&deal.world, &deal.ines, deal.id, &deal.publication).unwrap();
}

#[test]
fn b1_a_host_that_lets_nobody_go_on_from_elsewhere_is_asked_anew_at_the_second_try() {
    let deal = deal();
    let refused = || Fault::Unanswered(Unanswered::Refused);
    deal.world.hosts().befall([Fault::Cut(100), refused(), refused()]);
    let devi = deal.world.device().tab();
    assert_eq!(open(&deal.world, &devi, &deal.publication.link), Err(Problem::Fetch(Why::Cut)));
    open(&deal.world, &devi, &deal.publication.link).unwrap();
}

#[test]
fn b1_what_a_host_says_no_to_is_told_and_leaves_everything_as_it_was() {
    let deal = deal();
    for status in [401, 403, 405, 409, 413, 500] {
        deal.world.hosts().befall([Fault::Nothing, Fault::Status(status)]);
        let refused = publish(&deal.world, &deal.ines, deal.id, &deal.publication).err();
        assert_eq!(refused, Some(Problem::Send(Why::Status(status))));
    }
    deal.world.hosts().befall([Fault::Unanswered(Unanswered::Offline)]);
    assert_eq!(look(&deal.world, &deal.priya, deal.id), Err(Problem::Fetch(Why::Offline)));
    deal.world.hosts().befall([Fault::Status(503)]);
    let unseen = publish(&deal.world, &deal.ines, deal.id, &deal.publication).err();
    assert_eq!(unseen, Some(Problem::Fetch(Why::Status(503))), "what is there might be lost");
    publish(&deal.world, &deal.ines, deal.id, &deal.publication).unwrap();
}

#[test]
fn b1_what_is_something_else_is_neither_opened_nor_overwritten() {
    let deal = deal();
    let hosts = deal.world.hosts();
    let mine = hosts.files.borrow()[AT].clone();
    hosts.put(AT, b"<!doctype html>".to_vec());
    let something_else = Problem::Fetch(Why::SomethingElse);
    assert_eq!(open(&deal.world, &deal.priya, &deal.publication.link), Err(something_else));
    let not_sent = Err(Problem::Send(Why::SomethingElse));
    assert_eq!(publish(&deal.world, &deal.ines, deal.id, &deal.publication), not_sent);
    // Another room of hers at the same address.
    hosts.files.borrow_mut().insert(AT.to_owned(), mine);
    let (other, _) = begin(&deal.world, &deal.ines);
    let refused = publish(&deal.world, &deal.ines, other, &at(place(&deal.world, &deal.ines, other)));
    assert_eq!(refused, not_sent);
}

#[test]
fn b1_a_file_whose_arrival_was_not_told_is_known_again() {
    let world = World::default();
    let (ines, priya) = (world.device().tab(), world.device().tab());
    let (id, _) = begin(&world, &ines);
    world.hosts().befall([Fault::Nothing, Fault::Lost]);
    let lost = publish(&world, &ines, id, &at(place(&world, &ines, id)));
    assert_eq!(lost, Err(Problem::Send(Why::Refused)));
    let listed = known(&world, &ines, id).remove(0);
    assert_eq!(listed.published, 0);
    publish(&world, &ines, id, &listed).unwrap();
    assert_eq!(known(&world, &ines, id).len(), 1);
    open(&world, &priya, &listed.link).unwrap();
}

#[test]
fn b1_a_link_that_nobody_could_open_is_told_at_once() {
    let world = World::default();
    let ines = world.device().tab();
    let (id, _) = begin(&world, &ines);
    // A bucket that says 403 of what is not there, takes the file, and lets nobody read it.
    world.hosts().befall([Fault::Status(403), Fault::Nothing, Fault::Status(403)]);
    let published = publish(&world, &ines, id, &at(place(&world, &ines, id))).unwrap();
    assert_eq!(published.unread, Some(Problem::Fetch(Why::Status(403))));
    assert_eq!(known(&world, &ines, id).len(), 1);
}

#[test]
fn b1_nothing_newer_goes_to_the_place_of_a_revoked_link() {
    let deal = deal();
    let link = deal.hers.links().into_iter().find(|link| link.name == "Priya").unwrap().link;
    let hers = deal.hers.clone();
    deal.world.run(async move { hers.revoke(link).await.unwrap() });
    let refused = publish(&deal.world, &deal.ines, deal.id, &deal.publication).err();
    assert_eq!(refused, Some(Problem::LinkRevoked));
    assert!(!deal.hers.goes_on(&deal.publication));
}

#[test]
fn b1_a_file_beside_the_program_is_handed_out_and_brings_in_what_was_put_there() {
    let world = World::default();
    let (ines, priya) = (world.device().tab(), world.device().tab());
    let (id, hers) = begin(&world, &ines);
    let published = publish(&world, &ines, id, &place(&world, &ines, id)).unwrap();
    let address = published.publication.link.address.as_str().to_owned();
    assert!(published.publication.link.address.is_beside() && !address.contains(&id.to_string()));
    assert_eq!(open(&world, &priya, &published.publication.link), Err(Problem::Fetch(Why::Status(404))));
    world.hosts().put(&address, published.file.unwrap());
    open(&world, &priya, &published.publication.link).unwrap();
    type_at(&hers, 0, "Our ");
    world.pass(1_000);
    let again = publish(&world, &ines, id, &published.publication).unwrap();
    world.hosts().put(&address, again.file.unwrap());
    assert_eq!(look(&world, &priya, id), Ok(1));
    world.hosts().asked();
    assert_eq!(look(&world, &priya, id), Ok(0));
    assert_eq!(world.hosts().asked(), [format!("GET {address}; If-None-Match: \"2\"")]);
}

#[test]
fn b1_an_opened_room_looks_for_news_by_itself_and_not_all_the_time() {
    let deal = deal();
    type_at(&deal.hers, 0, "Our ");
    deal.world.pass(1_000);
    publish(&deal.world, &deal.ines, deal.id, &deal.publication).unwrap();
    deal.world.hosts().asked();
    let unasked = |deal: &Deal| {
        let (rooms, id) = (deal.priya.clone(), deal.id);
        deal.world.run(async move { rooms.look_unasked(id).await })
    };
    assert_eq!(unasked(&deal), 0, "it was opened a moment ago");
    assert!(deal.world.hosts().asked().is_empty());
    deal.world.pass(60_000);
    assert_eq!(unasked(&deal), 1);
    deal.world.pass(60_000);
    deal.world.hosts().befall([Fault::Unanswered(Unanswered::Offline)]);
    assert_eq!(unasked(&deal), 0, "without a network nothing is said");
}

#[test]
fn b1_passwords_and_agreements_stay_on_the_device_and_go_with_the_room() {
    let deal = deal();
    let target = Target { user: "ines".into(), password: "sécret".into(), ..target() };
    let known_here = Publication { target: Some(target), ..deal.publication.clone() };
    deal.world.hosts().asked();
    publish(&deal.world, &deal.ines, deal.id, &known_here).unwrap();
    let asked = deal.world.hosts().asked();
    assert!(asked[1].ends_with("; Authorization: Basic aW5lczpzw6ljcmV0"), "{asked:?}");
    assert!(!asked[0].contains("Authorization"), "who reads needs none");
    let address = deal.publication.link.address.clone();
    let (ines, priya, id) = (deal.ines.clone(), deal.priya.clone(), deal.id);
    let agreed = deal.world.run({
        let address = address.clone();
        async move { (ines.has_opened_from(&address).await, priya.has_opened_from(&address).await) }
    });
    assert_eq!(agreed, (false, true));
    let (ines, store) = (deal.ines.clone(), deal.device.store.clone());
    let kept = deal.world.run(async move {
        ines.set_standing(id, model::Standing::Deleted(0)).await.unwrap();
        ines.erase_deleted(1).await.unwrap();
        store.setting(&format!("published/{id}")).await.unwrap()
    });
    assert_eq!(kept.as_deref(), Some(""));
}
