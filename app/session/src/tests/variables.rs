//! Variables in a room's text, and what they stand for.

use reactive_graph::traits::GetUntracked as _;

use super::world::World;
use crate::{Export, Room, Rooms, Start};

fn open(world: &World, rooms: &Rooms, id: model::RoomId) -> Room {
    let rooms = rooms.clone();
    world.run(async move { rooms.open(id).await.unwrap() })
}

#[test]
fn values_are_the_same_in_every_tab_and_stay_and_go_out_with_the_text() {
    let world = World::default();
    let device = world.device();
    let (one, two) = (device.tab(), device.tab());
    let source = "For **{{account.name}}** by {{ rep }}, {{rep}}\n\n| a |\n| --- |\n| {{ date }} |\n";
    let id = world.run({
        let one = one.clone();
        async move {
            let start = Start::Markdown { name: "offer.md", bytes: source.as_bytes() };
            one.create(start, "Untitled").await.unwrap().0
        }
    });
    let (first, second) = (open(&world, &one, id), open(&world, &two, id));
    assert_eq!(first.used_variables().unwrap(), ["account.name", "rep", "date"]);
    first.set_variable("account.name", " Penhale & Osgood ").unwrap();
    first.set_variable("date", "3 March").unwrap();
    world.pass(500);
    let values = second.variables().get_untracked();
    assert_eq!(values.get("account.name").map(String::as_str), Some("Penhale & Osgood"));

    first.rename("For {{account.name}}").unwrap();
    let exported = |form| {
        let rooms = one.clone();
        world.run(async move { rooms.export(id, form, "en").await.unwrap() })
    };
    assert_eq!(exported(Export::Html).title, "For Penhale & Osgood");
    let export = |form| exported(form).text;
    let markdown = export(Export::Markdown);
    assert!(markdown.starts_with("For **Penhale & Osgood** by {{ rep }}, {{rep}}"), "{markdown}");
    assert!(markdown.contains("3 March"), "{markdown}");
    let page = export(Export::Html);
    assert!(page.contains("<strong>Penhale &amp; Osgood</strong>"), "{page}");
    assert!(page.contains("<mark>{{ rep }}</mark>"), "{page}");
    assert!(
        first.document(&first.section()).unwrap().text().contains("{{account.name}}"),
        "the text keeps its words"
    );

    second.set_variable("date", "").unwrap();
    world.pass(500);
    assert!(!first.variables().get_untracked().contains_key("date"));
    drop((first, second));
    let again = open(&world, &device.tab(), id);
    assert_eq!(again.variables().get_untracked().len(), 1);
}
