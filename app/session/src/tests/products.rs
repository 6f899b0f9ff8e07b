//! Lines that go back into the list of what a team sells.

use terms::price::{Currency, Decimal, Fault, Line, PriceList};

use super::{rights::begin, world::World};
use crate::{Problem, Product, Room, Rooms};

fn decimal(text: &str) -> Decimal {
    Decimal::parse(text).unwrap()
}

fn line(name: &str, price: &str) -> Line {
    Line { name: name.into(), price: decimal(price), quantity: Decimal::ONE, ..Line::default() }
}

fn keep(
    world: &World,
    rooms: &Rooms,
    team: &Room,
    sold: Product,
    currency: Currency,
    instead: Option<String>,
) -> Result<(), Problem> {
    let (rooms, team) = (rooms.clone(), team.id());
    world.run(async move { rooms.keep_product(team, &sold, currency, instead.as_deref()).await })
}

#[test]
fn a7_a_line_goes_back_into_the_list_without_what_holds_for_one_deal() {
    let world = World::default();
    let ines = world.device().tab();
    let begun = ines.clone();
    let team = world.run(async move {
        let id = begun.begin_team("Northwind Sales").await.unwrap();
        begun.open(id).await.unwrap()
    });
    let (_, own) = begin(&world, &ines);
    let dollars = Currency::parse("USD").unwrap();
    own.set_price(&PriceList { currency: dollars, ..own.price().list }).unwrap();
    let deal = Line {
        quantity: decimal("400"),
        most: Some(decimal("600")),
        optional: Some(true),
        unit: "person".into(),
        tax: decimal("20"),
        ..line("Licence", "100")
    };
    own.add_lines(&[deal], 0).unwrap();
    let sold = Product { line: own.price().list.lines[0].clone(), cost: Some(decimal("40")) };
    // Into an empty list, which takes the currency of the price.
    keep(&world, &ines, &team, sold.clone(), dollars, None).unwrap();
    let list = team.price().list;
    let id = list.lines[0].id.clone();
    assert_eq!(list.currency, dollars);
    let product =
        Line { id: id.clone(), unit: "person".into(), tax: decimal("20"), ..line("Licence", "100") };
    assert_eq!(list.lines, [product]);
    assert_eq!(team.costs(), [(id.clone(), decimal("40"))].into());
    // Once more in its place, and without a cost that one stays.
    let dearer = Product { line: Line { price: decimal("110"), ..sold.line.clone() }, cost: None };
    keep(&world, &ines, &team, dearer.clone(), dollars, Some(id.clone())).unwrap();
    let list = team.price().list;
    assert_eq!((list.lines.len(), list.lines[0].price, &list.lines[0].id), (1, decimal("110"), &id));
    assert_eq!(team.costs(), [(id, decimal("40"))].into());
    // What was to give way is gone: it is one more.
    keep(&world, &ines, &team, dearer.clone(), dollars, Some("gone".into())).unwrap();
    assert_eq!(team.price().list.lines.len(), 2);
    let refused = keep(&world, &ines, &team, dearer, Currency::default(), None);
    assert_eq!(refused, Err(Problem::Price(Fault::CurrencyLocked)));
    assert_eq!(team.price().list.lines.len(), 2);
}
