//! What the list of rooms says of to whom a room was given.

use model::{Right, RoomId, RoomRecord};

use super::{
    rights::{begin, share, take},
    world::World,
};
use crate::{Rooms, Terms};

fn record(world: &World, rooms: &Rooms, id: RoomId) -> RoomRecord {
    let rooms = rooms.clone();
    world.run(async move { rooms.ports.store.room(id).await.unwrap().unwrap() })
}

fn given(world: &World, rooms: &Rooms, id: RoomId) -> Option<Vec<String>> {
    record(world, rooms, id).given
}

fn named(name: &str, right: Right) -> Terms {
    Terms { name: name.to_owned(), ..Terms::of(right) }
}

#[test]
fn rm_14_a_room_is_given_to_nobody_until_a_link_is_made() {
    let world = World::default();
    let (ines, priya) = (world.device().tab(), world.device().tab());
    let (id, own) = begin(&world, &ines);
    assert_eq!(given(&world, &ines, id), Some(Vec::new()));
    // A copy for oneself is no link.
    world.run({
        let ines = ines.clone();
        async move { ines.share(id, None).await.unwrap() }
    });
    assert_eq!(given(&world, &ines, id), Some(Vec::new()));
    let to_priya = share(&world, &ines, id, named("Priya", Right::Edit));
    share(&world, &ines, id, Terms::of(Right::View));
    let both = Some(vec![String::new(), "Priya".to_owned()]);
    assert_eq!(given(&world, &ines, id), both);
    take(&world, &priya, &to_priya).unwrap();
    assert_eq!(given(&world, &priya, id), None, "whoever came by a link is told nothing");
    // What was sent was sent.
    for link in own.links() {
        let own = own.clone();
        world.run(async move { own.revoke(link.link).await.unwrap() });
    }
    assert_eq!(given(&world, &ines, id), both);
}

#[test]
fn rm_14_colleagues_know_it_too_and_so_does_a_device_that_had_not_looked() {
    let world = World::default();
    let (ines, noor) = (world.device().tab(), world.device().tab());
    let (id, own) = begin(&world, &ines);
    take(&world, &noor, &share(&world, &ines, id, named("Noor", Right::Own))).unwrap();
    let to_priya = share(&world, &noor, id, named("Priya", Right::Edit));
    let both = Some(vec!["Noor".to_owned(), "Priya".to_owned()]);
    assert_eq!(given(&world, &noor, id), both);
    take(&world, &ines, &to_priya).unwrap();
    assert_eq!(given(&world, &ines, id), both);
    // As an earlier program would have left it.
    drop(own);
    let before = RoomRecord { given: None, ..record(&world, &ines, id) };
    world.run({
        let ines = ines.clone();
        async move {
            ines.ports.store.put_room(before).await.unwrap();
            ines.open(id).await.unwrap();
        }
    });
    assert_eq!(given(&world, &ines, id), both);
}
