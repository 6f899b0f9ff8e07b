//! A price that its owner makes and a buyer chooses from.

use model::Right;
use replica::Choice;
use terms::price::{Currency, Decimal, Fault, Line, Money, Package, PriceList, Recurrence};

use super::{
    rights::{begin, share, take},
    world::World,
};
use crate::{Problem, Room, Terms};

fn number(text: &str) -> Decimal {
    Decimal::parse(text).unwrap()
}

fn line(name: &str, quantity: &str, price: &str) -> Line {
    let (name, quantity, price) = (name.to_owned(), number(quantity), number(price));
    Line { name, quantity, price, ..Line::default() }
}

/// Two packages for people, a support that may be taken.
fn offer(room: &Room) -> Vec<String> {
    let package = |name: &str, price| Line {
        package: Some(Package { group: String::new(), name: name.to_owned() }),
        least: Some(number("380")),
        most: Some(number("620")),
        recurrence: Recurrence::Yearly,
        ..line(name, "420", price)
    };
    let support =
        Line { optional: Some(false), recurrence: Recurrence::Monthly, ..line("Support", "1", "620") };
    room.add_lines(&[package("Core", "132"), package("Complete", "168"), support], 0).unwrap()
}

fn first_year(room: &Room) -> Money {
    let price = room.price();
    price.list.total(&price.choices).unwrap().first_year().before_tax
}

fn package(name: &str) -> Choice {
    Choice::Package { group: String::new(), name: name.to_owned() }
}

#[test]
fn a7_what_a_buyer_chooses_everybody_reckons_with() {
    let world = World::default();
    let (ines, priya) = (world.device().tab(), world.device().tab());
    let (id, own) = begin(&world, &ines);
    let lines = offer(&own);
    let given = Terms { name: "Priya Raman".to_owned(), ..Terms::of(Right::Comment) };
    let room = take(&world, &priya, &share(&world, &ines, id, given)).unwrap();
    assert_eq!(first_year(&room), Money(420 * 13_200));
    assert_eq!(room.price().last, None);

    room.choose(&package("Complete")).unwrap();
    room.choose(&Choice::Quantity { line: lines[1].clone(), quantity: number("400") }).unwrap();
    room.choose(&Choice::Include { line: lines[2].clone(), is_in: true }).unwrap();
    let total = Money(400 * 16_800 + 12 * 62_000);
    assert_eq!(first_year(&room), total);
    assert!(room.price().last.unwrap().is_own);
    take(&world, &ines, &share(&world, &priya, id, Terms::of(Right::Own))).unwrap();
    assert_eq!(first_year(&own), total);
    let last = own.price().last.unwrap();
    assert_eq!((last.name.as_str(), last.is_own), ("Priya Raman", false));
    assert_eq!(last.choice, Choice::Include { line: lines[2].clone(), is_in: true });
}

#[test]
fn a7_of_two_who_choose_apart_the_one_who_knew_of_the_other_counts() {
    let world = World::default();
    let (ines, priya) = (world.device().tab(), world.device().tab());
    let (id, own) = begin(&world, &ines);
    offer(&own);
    let room = take(&world, &priya, &share(&world, &ines, id, Terms::of(Right::Edit))).unwrap();
    // The owner's clock stands still, and says nothing anyway.
    room.choose(&package("Complete")).unwrap();
    room.choose(&package("Core")).unwrap();
    own.choose(&package("Complete")).unwrap();
    take(&world, &ines, &share(&world, &priya, id, Terms::of(Right::Own))).unwrap();
    let room = take(&world, &priya, &share(&world, &ines, id, Terms::of(Right::Edit))).unwrap();
    for room in [&own, &room] {
        assert_eq!(first_year(room), Money(420 * 13_200), "her second choice has the higher turn");
    }
    own.choose(&package("Complete")).unwrap();
    let room = take(&world, &priya, &share(&world, &ines, id, Terms::of(Right::Edit))).unwrap();
    assert_eq!(first_year(&room), Money(420 * 16_800));
}

#[test]
fn a7_a_buyer_who_reaches_another_tier_reckons_with_its_price_like_everybody() {
    let world = World::default();
    let (ines, priya) = (world.device().tab(), world.device().tab());
    let (id, own) = begin(&world, &ines);
    let tiers = [("10", "9"), ("50", "8")].map(|(from, price)| (number(from), number(price)));
    let (least, most) = (Some(number("1")), Some(number("80")));
    let licences = Line { tiers: tiers.into(), least, most, ..line("Licences", "5", "10") };
    let lines = own.add_lines(&[licences], 0).unwrap();
    let room = take(&world, &priya, &share(&world, &ines, id, Terms::of(Right::Comment))).unwrap();
    assert_eq!(first_year(&room), Money(5_000));
    room.choose(&Choice::Quantity { line: lines[0].clone(), quantity: number("50") }).unwrap();
    take(&world, &ines, &share(&world, &priya, id, Terms::of(Right::Own))).unwrap();
    assert_eq!((first_year(&room), first_year(&own)), (Money(40_000), Money(40_000)));
    let many = (1..=30).map(|from| (Decimal::whole(from), Decimal::ONE));
    let many = Line { tiers: many.collect(), ..own.price().list.lines[0].clone() };
    assert_eq!(own.set_line(&many), Err(Problem::Price(Fault::TooManyTiers)));
}

#[test]
fn a7_the_price_is_the_owners_and_choosing_needs_a_right() {
    let world = World::default();
    let (ines, priya, devi) = (world.device().tab(), world.device().tab(), world.device().tab());
    let (id, own) = begin(&world, &ines);
    let lines = offer(&own);
    let editor = take(&world, &priya, &share(&world, &ines, id, Terms::of(Right::Edit))).unwrap();
    let first = editor.price().list.lines[0].clone();
    assert_eq!(editor.set_line(&Line { price: number("1"), ..first }), Err(Problem::NoRight));
    assert_eq!(editor.add_lines(&[line("Free", "1", "0")], 0), Err(Problem::NoRight));
    assert_eq!(editor.move_line(&lines[0], 2), Err(Problem::NoRight));
    assert!(editor.delete_lines(&lines).is_err());
    let viewer = take(&world, &devi, &share(&world, &ines, id, Terms::of(Right::View))).unwrap();
    assert_eq!(viewer.choose(&package("Complete")), Err(Problem::NoRight));
    assert_eq!(viewer.price().list, own.price().list);
}

#[test]
fn a7_what_makes_no_sense_is_refused_and_changes_nothing() {
    let world = World::default();
    let ines = world.device().tab();
    let (_, own) = begin(&world, &ines);
    let lines = offer(&own);
    let before = own.price();
    let refused = |fault| Err(Problem::Price(fault));
    assert_eq!(own.add_lines(&[line("Back", "-1", "5")], 0).map(drop), refused(Fault::Negative));
    let first = before.list.lines[0].clone();
    assert_eq!(own.set_line(&Line { price: number("-1"), ..first }), refused(Fault::Negative));
    assert_eq!(own.add_lines(&vec![Line::default(); 10_000], 0).map(drop), refused(Fault::TooMany));
    let dollars = PriceList { currency: Currency::parse("USD").unwrap(), ..before.list.clone() };
    assert_eq!(own.set_price(&dollars), refused(Fault::CurrencyLocked));
    assert_eq!(own.set_price(&PriceList { months: 0, ..before.list.clone() }), refused(Fault::Bounds));
    let many = Choice::Quantity { line: lines[0].clone(), quantity: number("621") };
    assert_eq!(own.choose(&many), refused(Fault::Bounds));
    assert_eq!(own.choose(&Choice::Include { line: lines[0].clone(), is_in: false }), refused(Fault::Bounds));
    assert_eq!(own.choose(&package("Gone")), refused(Fault::Bounds));
    assert_eq!(own.price(), before);
}

#[test]
fn a7_the_price_is_there_again_after_closing_and_in_the_other_tab() {
    let world = World::default();
    let device = world.device();
    let (one, two) = (device.tab(), device.tab());
    let (id, own) = begin(&world, &one);
    let other = world.run(async move { two.open(id).await.unwrap() });
    let lines = offer(&own);
    own.set_price(&PriceList { months: 36, ..own.price().list }).unwrap();
    let deleted = own.delete_lines(&lines[..1]).unwrap();
    own.choose(&package("Complete")).unwrap();
    world.pass(500);
    assert_eq!(other.price(), own.price());
    own.restore_lines(&deleted).unwrap();
    world.pass(500);
    assert_eq!(other.price().list.lines.len(), 3);
    let price = own.price();
    drop((own, other));
    let tab = device.tab();
    let again = world.run(async move { tab.open(id).await.unwrap() });
    assert_eq!(again.price(), price);
}
