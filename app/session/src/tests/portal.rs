//! The first page and its logo.

use model::{BlobHash, Right};
use terms::portal::{LOGO_MAX, Logo, Portal};

use super::{
    images::bytes_of,
    rights::{begin, share, take},
    world::World,
};
use crate::{Problem, Room, Terms};

const GIF: &[u8] = b"GIF89a a logo";

fn put(world: &World, room: &Room, bytes: &[u8]) -> Result<BlobHash, Problem> {
    let (room, bytes) = (room.clone(), bytes.to_vec());
    world.run(async move { room.put_logo(bytes).await })
}

fn carry(room: &Room, logo: Option<Logo>) {
    room.set_portal(&Portal { logo, ..room.portal() }).unwrap();
}

#[test]
fn a1_a_logo_travels_with_the_room_and_is_the_owners_alone() {
    let world = World::default();
    let (ines, priya) = (world.device().tab(), world.device().tab());
    let (id, own) = begin(&world, &ines);
    let blob = put(&world, &own, GIF).unwrap();
    let logo = Logo { blob, alt: "Quillhaven".into() };
    carry(&own, Some(logo.clone()));
    let room = take(&world, &priya, &share(&world, &ines, id, Terms::of(Right::Edit))).unwrap();
    assert_eq!(room.portal().logo, Some(logo.clone()));
    assert_eq!(bytes_of(&world, &room, blob).as_deref(), Some(GIF));
    assert_eq!(put(&world, &room, b"GIF89a another"), Err(Problem::NoRight));
    assert_eq!(room.set_portal(&Portal::default()), Err(Problem::NoRight));
    // A seal and a version have it too.
    assert_eq!(own.freeze().unwrap().portal.logo, Some(logo));
    assert_eq!(own.freeze().unwrap().images(), [blob]);
    // What took its place is what travels next.
    let other = put(&world, &own, b"GIF89a newer").unwrap();
    carry(&own, Some(Logo { blob: other, alt: String::new() }));
    let dana = world.device().tab();
    let room = take(&world, &dana, &share(&world, &ines, id, Terms::of(Right::View))).unwrap();
    assert_eq!((bytes_of(&world, &room, blob), bytes_of(&world, &room, other).is_some()), (None, true));
    carry(&own, None);
    assert_eq!(own.portal().logo, None);
}

#[test]
fn a1_a_logo_has_bounds_at_both_ends() {
    let world = World::default();
    let (ines, priya) = (world.device().tab(), world.device().tab());
    let (id, own) = begin(&world, &ines);
    assert_eq!(put(&world, &own, &vec![0; LOGO_MAX + 1]), Err(Problem::BlobTooLarge));
    // A patched program may name any blob; whoever opens the room shows none that is larger.
    let large = own.clone();
    let blob = world.run(async move { large.put_blob(vec![7; LOGO_MAX + 1]).await }).unwrap();
    carry(&own, Some(Logo { blob, alt: "x".repeat(10_000) }));
    let room = take(&world, &priya, &share(&world, &ines, id, Terms::of(Right::View))).unwrap();
    assert!(room.portal().logo.unwrap().alt.len() <= model::limits::TITLE_MAX);
    assert_eq!(world.run(async move { room.logo(blob).await }), None);
}
