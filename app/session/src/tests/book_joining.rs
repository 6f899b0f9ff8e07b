//! Tables from elsewhere on their way into the book, and out of it again.

use std::fmt::Debug;

use exchange::{
    csv::csv,
    sheet::{
        self, Checked, Choices, Forced, How, Mapping, Order, Sheet, Target, check, decode, guesses, stages,
        suggest,
    },
};
use terms::{
    book::{Field, Kind, Place},
    plan::Day,
    price::Decimal,
    process::Process,
};

use super::{
    book::{begun, text},
    world::World,
};
use crate::{
    Book, Columns, Count, Imported, Join, Joined, Joining, ListPrice, NewProducts, Rooms, Unfit, preset,
    stage_column,
};

const PIPELINE: &[u8] = include_bytes!("../../../exchange/tests/crm/sales_pipeline.csv");
const ACCOUNTS: &[u8] = include_bytes!("../../../exchange/tests/crm/accounts.csv");
const PRODUCTS: &[u8] = include_bytes!("../../../exchange/tests/crm/products.csv");
const SELLERS: &[u8] = include_bytes!("../../../exchange/tests/crm/sales_teams.csv");

/// A table as somebody who answers what is asked has it read: days first, decimals behind a point.
struct Table {
    sheet: Sheet,
    mapping: Mapping,
    checked: Checked,
}

fn read(bytes: &[u8]) -> Table {
    let sheet = Sheet::read(&decode(bytes, None).text, Forced::default()).unwrap();
    let guesses = guesses(&sheet);
    let mapping = suggest(sheet::suggest_table(sheet.header()), sheet.header(), &guesses);
    let how = How { order: Some(Order::Dmy), mark: Some(sheet::Mark::Point), ..How::default() };
    let choices = Choices { columns: vec![how; sheet.width()], ..Choices::default() };
    let checked = check(&sheet, &mapping, &guesses, &choices).unwrap();
    Table { sheet, mapping, checked }
}

fn joining(table: &Table, process: &Process, joined: Vec<Join>, prices: Vec<ListPrice>) -> Joining {
    let found = stage_column(&table.mapping).map(|column| stages(&table.sheet, column)).unwrap_or_default();
    let places = preset(process, &found);
    let stages =
        found.into_iter().zip(places).filter_map(|(stage, place)| Some((stage.words, place?))).collect();
    Joining {
        table: table.mapping.table,
        source: "table.csv".into(),
        process: process.id.clone(),
        stages,
        joined,
        prices,
        no_reason: "Imported without a reason".into(),
    }
}

fn import(world: &World, book: &Book, joined: Joined) -> Imported {
    let book = book.clone();
    world.run(async move { book.import(joined.import, &|_, _| true).await.unwrap() })
}

fn undo(world: &World, book: &Book, id: String) {
    let book = book.clone();
    world.run(async move { book.undo_import(&id).await.unwrap() });
}

fn products(
    world: &World,
    rooms: &Rooms,
    team: model::RoomId,
    table: &Table,
) -> (NewProducts, Vec<ListPrice>) {
    let (rooms, rows) = (rooms.clone(), table.checked.rows.clone());
    world.run(async move {
        let came = rooms.take_products(team, &rows, &|_, _| true).await.unwrap();
        (came, rooms.list_prices(team).await.unwrap())
    })
}

fn all_same(joined: &Joined) -> bool {
    joined.refused.is_empty() && joined.counts.iter().all(|it| (it.new, it.changed) == (0, 0))
}

fn same<T: PartialEq + Debug>(one: T, other: T) {
    assert_eq!(one, other);
}

fn gtx_pro() -> Join {
    Join { target: Target::Product, from: "GTXPro".into(), to: "GTX Pro".into() }
}

// TT-1 to TT-6
#[test]
fn tt_a_real_pipeline_comes_into_the_book_and_goes_again() {
    let world = World::default();
    let rooms = world.device().tab();
    let (team, book, process) = begun(&world, &rooms);
    let list = read(PRODUCTS);
    let (came, prices) = products(&world, &rooms, team, &list);
    same(came, NewProducts { made: 7, changed: 0, same: 0 });
    let again = products(&world, &rooms, team, &list);
    same((again.0.same, again.1.len()), (7, 7));

    let table = read(PIPELINE);
    let offers = book.offers(&table.sheet, &table.mapping, &prices);
    let told: Vec<_> = offers.iter().map(|it| (it.target, &*it.from, it.from_count, &*it.to)).collect();
    assert!(told.contains(&(Target::Product, "GTXPro", 1_480, "GTX Pro")), "{told:?}");
    assert!(told.iter().all(|it| it.0 != Target::Account), "{told:?}");

    let apart = book.join(&table.checked.rows, &joining(&table, &process, Vec::new(), prices.clone()));
    same((apart.priced, apart.refused.len()), (8_800 - 1_480, 0));
    let decided = joining(&table, &process, vec![gtx_pro()], prices.clone());
    let joined = book.join(&table.checked.rows, &decided);
    same(joined.count(Kind::Deal), Count { new: 8_800, ..Count::default() });
    same(joined.count(Kind::Account), Count { new: 85, ..Count::default() });
    same((joined.priced, joined.refused.len()), (8_800, 0));
    let first = import(&world, &book, joined);
    same((first.made, first.changed), (8_885, 0));
    {
        let deals = book.deals();
        let at = |place: &Place| deals.values().filter(|it| it.place() == Some(place)).count();
        let step = |nth: usize| at(&Place::Step(process.steps[nth].id.clone()));
        same((at(&Place::Won), at(&Place::Lost), step(0), step(1)), (4_238, 2_473, 500, 1_589));
        let priced = |name: &str, price: i64| {
            let of_it = deals.values().filter(|it| it.list(Field::Products) == [name.to_owned()]);
            of_it.filter(|it| it.number(Field::Amount) == Some(Decimal::whole(price))).count()
        };
        let all = [
            ("GTX Basic", 550),
            ("GTX Pro", 4_821),
            ("MG Special", 55),
            ("MG Advanced", 3_393),
            ("GTX Plus Pro", 5_482),
            ("GTX Plus Basic", 1_096),
            ("GTK 500", 26_768),
        ];
        same(all.iter().map(|(name, price)| priced(name, *price)).sum(), 8_800);
        same(priced("GTX Pro", 4_821), 1_480);
        same(deals.values().filter(|it| it.text(Field::Account).is_empty()).count(), 1_425);
        let of = |owner: &str| deals.values().filter(|it| it.text(Field::Owner) == owner).count();
        same((of("Darcel Schlecht"), of("Moses Frase"), of("Anna Snelling")), (747, 260, 448));
        let won = deals.values().find(|it| it.text(Field::External) == "1C1I7A6R").unwrap();
        let accounts = book.accounts();
        same(accounts[won.text(Field::Account)].text(Field::Name), "Cancity");
        same((won.text(Field::Name), won.day(Field::Created)), ("GTX Plus Basic", Day::parse("2016-10-20")));
        let days: Vec<_> = won.moves.iter().map(|it| Day::from_number((it.at / 86_400_000) as i64)).collect();
        same(days, vec![Day::parse("2016-10-20"), Day::parse("2017-03-01")]);
        let mut lost = deals.values().filter(|it| it.place() == Some(&Place::Lost));
        assert!(
            lost.all(
                |it| it.moves[1].reason == "Imported without a reason" && it.moves[0].at < it.moves[1].at
            )
        );
    }

    let joined = book.join(&table.checked.rows, &decided);
    assert!(all_same(&joined), "{:?}", joined.counts);
    let before = book.deals().clone();
    let second = import(&world, &book, joined);
    same((second.made, second.changed), (0, 0));
    same(&before, &*book.deals());

    let companies = read(ACCOUNTS);
    let offers = book.offers(&companies.sheet, &companies.mapping, &prices);
    let technology = offers.iter().find(|it| it.target == Target::Industry);
    assert!(technology.is_none(), "all of them are misspelt the same");
    let decided = joining(&companies, &process, Vec::new(), Vec::new());
    let joined = book.join(&companies.checked.rows, &decided);
    same(joined.count(Kind::Account), Count { new: 0, changed: 85, same: 0 });
    let third = import(&world, &book, joined);
    same((third.made, book.accounts().len()), (0, 85));
    {
        let accounts = book.accounts();
        let acme = accounts.values().find(|it| it.text(Field::Name) == "Acme Corporation").unwrap();
        let region = acme.text(Field::Region);
        same((acme.number(Field::Employees), region), (Some(Decimal::whole(2_822)), "United States"));
        let parents = accounts.values().filter(|it| accounts.contains_key(it.text(Field::Parent))).count();
        same(parents, 15);
    }
    assert!(all_same(&book.join(&companies.checked.rows, &decided)));
    let sellers = read(SELLERS);
    let nothing = book.join(&sellers.checked.rows, &joining(&sellers, &process, Vec::new(), Vec::new()));
    assert!(nothing.import.rows.is_empty());

    // What leaves as tables is taken in as it is.
    for kind in Kind::ALL {
        leaves_and_comes_back(&book, kind, &process);
    }
    for id in [third.id, second.id, first.id] {
        undo(&world, &book, id);
    }
    same(Kind::ALL.map(|kind| book.records(kind).len()), [0, 0, 0]);
}

fn leaves_and_comes_back(book: &Book, kind: Kind, process: &Process) {
    let heading = |target: Target| match target {
        Target::JobTitle => "Job title".to_owned(),
        Target::NextStep => "Next step".to_owned(),
        Target::Expected => "Expected close date".to_owned(),
        Target::Parent => "Parent account".to_owned(),
        target => format!("{target:?}"),
    };
    let place = |place: &Place, process: Option<&Process>| match place {
        Place::Step(id) => process.and_then(|it| it.step(id)).map(|it| it.name.clone()).unwrap_or_default(),
        Place::NoDecision => "No decision".to_owned(),
        over => format!("{over:?}"),
    };
    let rows = book.table(kind, &Columns { heading: &heading, place: &place });
    assert_eq!(rows.len(), book.records(kind).len() + 1);
    if rows.len() == 1 {
        return;
    }
    let table = read(csv(rows).as_bytes());
    assert_eq!(
        (table.checked.bad.len(), table.mapping.columns.contains(&None)),
        (0, false),
        "{:?}",
        table.mapping
    );
    let joined = book.join(&table.checked.rows, &joining(&table, process, Vec::new(), Vec::new()));
    assert!(all_same(&joined), "{kind:?}: {:?} {:?}", joined.counts, joined.refused.first());
}

// TT-2, TT-4, TT-7
#[test]
fn tt_what_is_known_is_changed_and_what_the_team_did_meanwhile_stays() {
    let world = World::default();
    let (_, book, process) = begun(&world, &world.device().tab());
    let take = |text: &str| {
        let table = read(text.as_bytes());
        let joined = book.join(&table.checked.rows, &joining(&table, &process, Vec::new(), Vec::new()));
        let told = joined.clone();
        import(&world, &book, joined);
        told
    };
    let head = "Opportunity name,Account name,Contact name,Stage,Amount,Currency,Engage date,Close date,Lost reason\n";
    take(&format!("{head}Ledger,Quillhaven Ltd,Priya; Tom,Prospecting,100,USD,2026-01-05,,\n"));
    assert_eq!(Kind::ALL.map(|kind| book.records(kind).len()), [1, 1, 2]);
    let id = book.deals().keys().next().unwrap().clone();
    book.edit(Kind::Deal, std::slice::from_ref(&id), &[(Field::Owner, Some(text("Ines")))]).unwrap();
    // The account is the same one, whatever it is by law; the deal is known by its name and its account.
    let told =
        take(&format!("{head}Ledger,QUILLHAVEN,Priya,Closed Lost,120,USD,2026-01-05,2026-03-01,Too dear\n"));
    assert_eq!(told.counts, [Count { changed: 1, ..Count::default() }, Count::default(), Count::default()]);
    {
        let deals = book.deals();
        let deal = &deals[&id];
        assert_eq!(
            (deals.len(), deal.text(Field::Owner), deal.number(Field::Amount)),
            (1, "Ines", Some(Decimal::whole(120)))
        );
        assert_eq!(
            (deal.moves.len(), &deal.moves[1].to, &*deal.moves[1].reason),
            (2, &Place::Lost, "Too dear")
        );
    }
    leaves_and_comes_back(&book, Kind::Deal, &process);
    leaves_and_comes_back(&book, Kind::Contact, &process);

    // Two rows of one name are not one deal; the second is listed. So is a value that no field takes.
    let told = take(&format!(
        "{head}Archive,Acme,,Prospecting,1,,,,\nArchive,ACME Inc.,,Prospecting,2,,,,\n,Acme,,,{},,,,\n",
        "5"
    ));
    assert_eq!(
        told.refused.iter().map(|it| (it.line, it.why)).collect::<Vec<_>>(),
        [(3, Unfit::SameNames { line: 2 })]
    );
    let told = take("Account name,Employees,Parent account\nBorealis,-5,\nNimbus,3,Borealis\n");
    assert_eq!(told.refused[0].why, Unfit::Field(Field::Employees));
    let accounts = book.accounts();
    let nimbus = accounts.values().find(|it| it.text(Field::Name) == "Nimbus").unwrap();
    assert_eq!(nimbus.get(Field::Parent), None, "it would lead to an account that stayed out");
}

// TT-3
#[test]
fn tt_history_becomes_moves_of_deals_that_are_there() {
    let world = World::default();
    let (_, book, process) = begun(&world, &world.device().tab());
    let (second, third) = (&process.steps[1].name, &process.steps[2].name);
    let deals = read(format!("Id,Name,Stage,Engage date\nD1,Ledger,{third},2026-02-01\n").as_bytes());
    import(&world, &book, book.join(&deals.checked.rows, &joining(&deals, &process, Vec::new(), Vec::new())));
    let history = format!(
        "Deal id,Stage,Entered,Changed by\nD1,{second},2026-02-03,Ines\nD1,{third},2026-02-09,Ines\nD2,{second},2026-02-03,\n"
    );
    let history = read(history.as_bytes());
    assert_eq!(history.mapping.table, sheet::Table::History);
    let decided = joining(&history, &process, Vec::new(), Vec::new());
    let joined = book.join(&history.checked.rows, &decided);
    assert_eq!(
        joined.refused.iter().map(|it| (it.line, it.why)).collect::<Vec<_>>(),
        [(4, Unfit::NoSuchDeal)]
    );
    import(&world, &book, joined);
    let again = book.join(&history.checked.rows, &decided);
    assert_eq!(again.count(Kind::Deal), Count { same: 2, ..Count::default() });
    let deals = book.deals();
    let deal = deals.values().next().unwrap();
    let steps: Vec<_> = deal.moves.iter().filter_map(|it| it.to.step()).collect();
    assert_eq!(steps, [&process.steps[2].id, &process.steps[1].id, &process.steps[2].id]);
}
