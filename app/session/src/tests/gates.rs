//! A team's rules at every way by which something is shared, published, moved, sealed or exported.

use model::{Right, RoomId, Watch};
use reactive_graph::traits::GetUntracked as _;
use sync::deal::{Signatory, Signature};
use terms::{
    approval::{Requested, Verdict},
    book::{Field, Kind, Move, Place},
    price::{Decimal, Discount, Line},
    process::Process,
    rule::{
        Approvers, Ask, Comparison, Condition, Effect, Fact, Gate, Known, Rule, Starter, StarterWords, Test,
    },
};

use super::{
    book::{begun, deal, move_deals, number, step, text},
    rights::{begin, share, take},
    world::World,
};
use crate::{Book, Export, Import, Problem, Room, Rooms, Row, SealTerms, Terms};

/// A rule on the discount at all gates.
pub(super) fn over(limit: &str, effect: Effect) -> Rule {
    let test = Test::More(Known::Number(Decimal::parse(limit).unwrap()));
    let condition = Condition::All(vec![Condition::Where(Comparison { fact: Fact::Discount, test })]);
    let (id, name) = (String::new(), "Discount".to_owned());
    Rule { id, name, gates: Gate::ALL.to_vec(), condition, effect, is_off: false }
}

pub(super) fn asks(role: &str, stand_in: Option<&str>) -> Effect {
    let ask = Ask { role: role.into(), stand_in: stand_in.map(str::to_owned) };
    Effect::Approve(Approvers { asks: vec![ask], in_order: false })
}

/// What rules said of an act that was held back.
pub(super) fn held<T: std::fmt::Debug>(done: Result<T, Problem>, gate: Gate) -> Verdict {
    match done {
        Err(Problem::Held(held)) if held.gate == gate => held.verdict,
        other => panic!("it is not held at {gate:?}: {other:?}"),
    }
}

/// Sells at a percentage off, or at the list price.
pub(super) fn sell_at(room: &Room, off: &str) {
    let mut line = room.team_price().list.lines[0].clone();
    line.discount = Some(Discount::Percent(Decimal::parse(off).unwrap()));
    room.set_line(&line).unwrap();
}

/// A team with a product, a deal at its first step, and its room.
pub(super) struct Selling {
    pub(super) team: RoomId,
    pub(super) book: Book,
    pub(super) process: Process,
    pub(super) deal: String,
    pub(super) id: RoomId,
    pub(super) room: Room,
}

pub(super) fn selling(world: &World, rooms: &Rooms) -> Selling {
    let (team, book, process) = begun(world, rooms);
    let (id, room) = begin(world, rooms);
    let line = || Line {
        name: "Ledger".into(),
        price: Decimal::whole(1_000),
        quantity: Decimal::ONE,
        ..Line::default()
    };
    book.team().add_lines(&[line()], 0).unwrap();
    room.add_lines(&[line()], 0).unwrap();
    let deal = book.add(&[deal("Ledger", 1_000, &process)]).unwrap().remove(0);
    book.edit(Kind::Deal, std::slice::from_ref(&deal), &[(Field::Room, Some(text(&id.to_string())))])
        .unwrap();
    world.pass(1_000);
    Selling { team, book, process, deal, id, room }
}

pub(super) fn try_share(
    world: &World,
    rooms: &Rooms,
    id: RoomId,
    terms: Option<Terms>,
) -> Result<(), Problem> {
    let rooms = rooms.clone();
    world.run(async move { rooms.share_locked(id, terms.as_ref(), "").await.map(drop) })
}

pub(super) fn try_publish(world: &World, rooms: &Rooms, room: &Room) -> Result<(), Problem> {
    let pass = room.pass_for_oneself(&Terms::of(Right::View)).unwrap();
    let (rooms, id) = (rooms.clone(), room.id());
    world.run(async move {
        let publication = rooms.new_publication(Some(pass));
        rooms.publish(id, publication, &Watch::unseen()).await.map(drop)
    })
}

pub(super) fn try_draft(world: &World, room: &Room, off: &str) -> Result<(), Problem> {
    let (room, off) = (room.clone(), off.to_owned());
    world.run(async move {
        room.begin_draft().await.unwrap();
        sell_at(&room, &off);
        room.publish_draft().await
    })
}

pub(super) fn try_seal(world: &World, room: &Room) -> Result<(), Problem> {
    let room = room.clone();
    world.run(async move { room.seal(SealTerms::default()).await.map(drop) })
}

pub(super) fn try_export(world: &World, rooms: &Rooms, id: RoomId) -> Result<(), Problem> {
    let rooms = rooms.clone();
    world.run(async move { rooms.export(id, Export::Markdown, "en").await.map(drop) })
}

fn import(world: &World, book: &Book, row: Row) -> crate::Imported {
    let book = book.clone();
    let import = Import { source: "deals.csv".into(), rows: vec![row] };
    world.run(async move { book.import(import, &|_, _| true).await.unwrap() })
}

fn row(deal: &str, to: Place) -> Row {
    let moved = Move {
        id: String::new(),
        to,
        at: 9_000_000,
        by: String::new(),
        reason: String::new(),
        competitor: String::new(),
    };
    Row {
        kind: Kind::Deal,
        record: Some(deal.to_owned()),
        name: String::new(),
        fields: vec![(Field::Note, text("It came by a table"))],
        moves: vec![moved],
        log: Vec::new(),
    }
}

#[test]
fn ru_every_way_is_held_back_and_nothing_of_it_happens() {
    let world = World::default();
    let device = world.device();
    let ines = device.tab();
    let Selling { book, process, deal: id_of_deal, id, room, .. } = selling(&world, &ines);
    let ids = [id_of_deal.clone()];
    sell_at(&room, "8");
    move_deals(&world, &book, &ids, &step(&process, 2), ("", "")).unwrap();
    move_deals(&world, &book, &ids, &step(&process, 1), ("", "")).unwrap();
    let undo_back = book.last_step().unwrap();
    let before = room.links().len();
    book.write_rule(&over("5", Effect::Block("Not below the list".into()))).unwrap();
    for right in [Right::View, Right::Comment, Right::Suggest, Right::Edit] {
        let verdict = held(try_share(&world, &ines, id, Some(Terms::of(right))), Gate::Share);
        assert_eq!((verdict.blocks[0].words.as_str(), verdict.missing.len()), ("Not below the list", 0));
        assert_eq!(verdict.blocks[0].reasons[0].value, Some(Known::Number(Decimal::whole(8))));
    }
    assert_eq!(room.links().len(), before, "no link was made");
    held(try_publish(&world, &ines, &room), Gate::Publish);
    held(try_draft(&world, &room, "9"), Gate::Publish);
    assert!(
        room.is_drafting()
            && room.price().list.lines[0].discount == Some(Discount::Percent(Decimal::whole(8)))
    );
    room.end_draft().unwrap();
    held(try_seal(&world, &room), Gate::Seal);
    assert!(room.deal().is_empty());
    held(try_export(&world, &ines, id), Gate::Export);
    for to in [step(&process, 2), Place::Won] {
        held(move_deals(&world, &book, &ids, &to, ("", "")), Gate::Advance);
    }
    held(book.undo_step(undo_back), Gate::Advance);
    let another = |place: Place| {
        let fields = vec![(Field::Process, text(&process.id)), (Field::Room, text(&id.to_string()))];
        book.add(&[crate::Draft { kind: Kind::Deal, fields, place: Some(place) }])
    };
    held(another(step(&process, 3)), Gate::Advance);
    let came = import(&world, &book, row(&id_of_deal, step(&process, 4)));
    assert_eq!((came.changed, came.held, came.verdict.blocks.len()), (1, 1, 1));
    {
        let deals = book.deals();
        assert_eq!((deals.len(), deals[&id_of_deal].place()), (1, Some(&step(&process, 1))));
        assert_eq!(deals[&id_of_deal].text(Field::Note), "It came by a table");
    }
    // Another tab is the same device.
    let tab = device.tab();
    world.pass(1_000);
    held(try_share(&world, &tab, id, Some(Terms::of(Right::View))), Gate::Share);
    let other = tab.clone();
    let theirs = world.run(async move { other.book(book.team().id()).await.unwrap() });
    held(move_deals(&world, &theirs, &ids, &step(&process, 2), ("", "")), Gate::Advance);
    // What is no act of selling goes on: a copy of one's own, a colleague, going back, losing.
    try_share(&world, &ines, id, None).unwrap();
    try_share(&world, &ines, id, Some(Terms::of(Right::Own))).unwrap();
    move_deals(&world, &theirs, &ids, &step(&process, 0), ("", "")).unwrap();
    move_deals(&world, &theirs, &ids, &Place::Lost, ("Too dear", "")).unwrap();
    held(move_deals(&world, &theirs, &ids, &step(&process, 1), ("", "")), Gate::Advance);
    sell_at(&room, "5");
    world.pass(1_000);
    try_share(&world, &ines, id, Some(Terms::of(Right::View))).unwrap();
    try_publish(&world, &ines, &room).unwrap();
    try_draft(&world, &room, "4").unwrap();
    try_seal(&world, &room).unwrap();
    try_export(&world, &ines, id).unwrap();
    move_deals(&world, &theirs, &ids, &step(&process, 2), ("", "")).unwrap();
}

#[test]
fn ru_a_countersignature_is_asked_about_what_was_sealed() {
    let world = World::default();
    let (ines, dana) = (world.device().tab(), world.device().tab());
    let Selling { book, id, room, .. } = selling(&world, &ines);
    sell_at(&room, "8");
    let sealing = room.clone();
    let seal = world.run(async move { sealing.seal(SealTerms::default()).await.unwrap() });
    let hers = take(&world, &dana, &share(&world, &ines, id, Terms::of(Right::Comment))).unwrap();
    let signed = |name: &str| {
        let who = Signatory { name: name.into(), ..Signatory::default() };
        (who, Signature::Typed(name.into()))
    };
    let (who, signature) = signed("Dana Whitfield");
    world.run(async move { hers.accept(seal, 0, who, signature).await.unwrap() });
    take(&world, &ines, &share(&world, &dana, id, Terms::of(Right::View))).unwrap();
    sell_at(&room, "0");
    let rule = book.write_rule(&over("5", Effect::Block("Not below the list".into()))).unwrap();
    let countersign = |room: &Room| {
        let (room, (who, signature)) = (room.clone(), signed("Helena Sato"));
        world.run(async move { room.countersign(seal, who, signature).await })
    };
    held(countersign(&room), Gate::Countersign);
    book.remove_rules(&[rule]).unwrap();
    countersign(&room).unwrap();
}

#[test]
fn ru_rooms_are_found_by_their_deals_and_buyers_are_let_alone() {
    let world = World::default();
    let (ines, priya) = (world.device().tab(), world.device().tab());
    let Selling { book, deal, id, room, .. } = selling(&world, &ines);
    sell_at(&room, "8");
    let hers = take(&world, &priya, &share(&world, &ines, id, Terms::of(Right::Edit))).unwrap();
    let amount = Test::More(Known::Number(Decimal::whole(100_000)));
    let condition = Condition::Where(Comparison { fact: Fact::Amount, test: amount });
    book.write_rule(&Rule { condition, ..over("5", Effect::Block("Too large".into())) }).unwrap();
    try_share(&world, &ines, id, Some(Terms::of(Right::View))).unwrap();
    book.edit(Kind::Deal, std::slice::from_ref(&deal), &[(Field::Amount, Some(number(100_001)))]).unwrap();
    held(try_share(&world, &ines, id, Some(Terms::of(Right::View))), Gate::Share);
    // Whoever was sold to sends their answer, also where they have a team and rules of their own.
    try_share(&world, &priya, id, Some(Terms::of(Right::View))).unwrap();
    let theirs = selling(&world, &priya);
    theirs.book.write_rule(&over("-1", Effect::Block("No".into()))).unwrap();
    try_share(&world, &priya, hers.id(), Some(Terms::of(Right::View))).unwrap();
    try_export(&world, &priya, hers.id()).unwrap();
    held(try_share(&world, &priya, theirs.id, Some(Terms::of(Right::View))), Gate::Share);
    // A room that is no deal's has no amount but what its price comes to.
    let (other, apart) = begin(&world, &ines);
    let verdict = held(try_share(&world, &ines, other, Some(Terms::of(Right::View))), Gate::Share);
    assert_eq!(verdict.blocks[0].reasons[0].value, None, "it is not known");
    let line = Line { price: Decimal::whole(100_000), quantity: Decimal::ONE, ..Line::default() };
    apart.add_lines(&[line], 0).unwrap();
    try_share(&world, &ines, other, Some(Terms::of(Right::View))).unwrap();
}

#[test]
fn ru_documents_are_looked_at_and_words_are_only_said() {
    let world = World::default();
    let ines = world.device().tab();
    let Selling { book, deal, id, room, .. } = selling(&world, &ines);
    let is = |fact, is| Condition::Where(Comparison { fact, test: Test::Is(Known::Truth(is)) });
    let with = |name: &str, condition, effect| {
        let rule = Rule { name: name.into(), condition, ..over("5", effect) };
        book.write_rule(&rule).unwrap();
    };
    with("Competitor", is(Fact::NamesCompetitor, true), Effect::Warn("It names a competitor".into()));
    with("Plan", is(Fact::Plan, false), Effect::Suggest("Add a plan".into()));
    let say = || {
        let ines = ines.clone();
        let verdict = world.run(async move { ines.verdict(Gate::Share, id).await.unwrap() });
        (verdict.warnings.len(), verdict.suggestions.len(), verdict.passes())
    };
    assert_eq!(say(), (0, 1, true));
    let competitors = terms::book::Value::List(vec!["Month".into()]);
    book.edit(Kind::Deal, std::slice::from_ref(&deal), &[(Field::Competitors, Some(competitors))]).unwrap();
    assert_eq!(say(), (1, 1, true), "the text begins with Month-end");
    let competitors = terms::book::Value::List(vec!["Mon".into()]);
    book.edit(Kind::Deal, std::slice::from_ref(&deal), &[(Field::Competitors, Some(competitors))]).unwrap();
    room.write_step(None, &terms::plan::Step { name: "Sign".into(), ..terms::plan::Step::default() })
        .unwrap();
    assert_eq!(say(), (0, 0, true));
    try_share(&world, &ines, id, Some(Terms::of(Right::View))).unwrap();
}

#[test]
fn ru_both_rules_to_begin_with_hold_a_proposal_back() {
    let world = World::default();
    let ines = world.device().tab();
    let Selling { book, deal, id, room, .. } = selling(&world, &ines);
    let large = StarterWords { name: "Large deals", roles: &["finance", "legal"] };
    let discount = StarterWords { name: "Discounts", roles: &["regional director"] };
    book.add_starter_rule(Starter::LargeAmount, &large).unwrap();
    book.add_starter_rule(Starter::Discount, &discount).unwrap();
    try_export(&world, &ines, id).unwrap();
    sell_at(&room, "5.001");
    book.edit(Kind::Deal, &[deal], &[(Field::Amount, Some(number(100_001)))]).unwrap();
    let verdict = held(try_share(&world, &ines, id, Some(Terms::of(Right::View))), Gate::Share);
    let mut told: Vec<_> = verdict
        .missing
        .iter()
        .map(|it| {
            (it.found.name.as_str(), it.asks.iter().map(|ask| ask.ask.role.as_str()).collect::<Vec<_>>())
        })
        .collect();
    told.sort();
    assert_eq!(told, [("Discounts", vec!["regional director"]), ("Large deals", vec!["finance", "legal"])]);
    assert!(verdict.missing.iter().all(|it| it.requested == Requested::Never));
    assert_eq!(room.title().get_untracked(), "Month-end");
}
