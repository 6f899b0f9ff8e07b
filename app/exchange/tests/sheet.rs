//! Tables from elsewhere: a real pipeline, tables that come back as they were written, and bytes that are no tables.

#![allow(clippy::unwrap_used, reason = "tests may stop")]

use std::time::{Duration, Instant};

use exchange::{
    csv::csv,
    sheet::{
        Alike, Choices, Encoding, Forced, Guess, How, Kind, Mapping, Order, Pair, Place, Sheet, Table,
        Target, Trouble, Unclear, Unreadable, Value, check, decode, guesses, near, near_within, questions,
        stages, suggest, suggest_table,
    },
};

const PIPELINE: &[u8] = include_bytes!("crm/sales_pipeline.csv");
const ACCOUNTS: &[u8] = include_bytes!("crm/accounts.csv");
const PRODUCTS: &[u8] = include_bytes!("crm/products.csv");
const TEAMS: &[u8] = include_bytes!("crm/sales_teams.csv");

fn read(bytes: &[u8]) -> (Sheet, Mapping, Vec<Guess>) {
    let decoded = decode(bytes, None);
    assert_eq!((decoded.encoding, decoded.doubtful), (Encoding::Utf8, 0));
    let sheet = Sheet::read(&decoded.text, Forced::default()).unwrap();
    assert_eq!((sheet.troubles(), sheet.delimiter(), sheet.has_header()), ([].as_slice(), b',', true));
    let guesses = guesses(&sheet);
    let mapping = suggest(suggest_table(sheet.header()), sheet.header(), &guesses);
    (sheet, mapping, guesses)
}

// TE-6, TE-8, TE-10 to TE-12
#[test]
fn a_real_pipeline_is_read_fully() {
    let (sheet, mapping, guesses) = read(PIPELINE);
    assert_eq!((sheet.rows(), sheet.width()), (8_800, 10));
    assert_eq!(mapping.table, Table::Deals);
    let wanted = [
        Some(Target::Id),
        Some(Target::Owner),
        Some(Target::Product),
        Some(Target::Account),
        Some(Target::Step),
        Some(Target::Engaged),
        Some(Target::Closed),
        Some(Target::ClosedAmount),
        None,
        None,
    ];
    assert_eq!(mapping.columns, wanted);
    let kinds: Vec<Kind> = guesses.iter().map(|guess| guess.kind).collect();
    use Kind::{Day, Number, Text};
    assert_eq!(kinds, [Text, Text, Text, Text, Text, Day, Day, Number, Text, Text]);
    let filled: Vec<usize> = guesses.iter().map(|guess| guess.filled).collect();
    assert_eq!(filled, [8_800, 8_800, 8_800, 7_375, 8_800, 8_300, 6_711, 6_711, 8_300, 6_711]);

    // Every day of 2016 and 2017 written with two figures could be one of 2001 to 2031, its year in front.
    let open = questions(&mapping, &guesses, &Choices::default());
    let orders = || Unclear::Order(vec![Order::Dmy, Order::Ymd]);
    assert_eq!(
        open.iter().map(|it| (it.column, it.unclear.clone())).collect::<Vec<_>>(),
        [(5, orders()), (6, orders())]
    );
    let choices = Choices {
        columns: vec![How { order: Some(Order::Dmy), ..How::default() }; 10],
        ..Choices::default()
    };
    let checked = check(&sheet, &mapping, &guesses, &choices).unwrap();
    assert_eq!(
        (checked.rows.len(), checked.bad.len(), checked.lacking.len(), checked.blank),
        (8_800, 0, 0, 0)
    );
    assert_eq!(checked.rows.len() - checked.count(Target::Account), 1_425, "without an account");
    assert_eq!(checked.count(Target::Closed), 6_711);

    // Both quarters stand in the file in words of their own.
    for (row, read) in checked.rows.iter().enumerate() {
        for (target, column) in [(Target::Engaged, 8), (Target::Closed, 9)] {
            let quarter = match read.get(target) {
                Some(Value::Day(moment)) => {
                    let (year, month, _) = moment.day.figures();
                    format!("Q{} {year}", (month - 1) / 3 + 1)
                }
                None => String::new(),
                other => panic!("{other:?} is no day"),
            };
            assert_eq!(quarter, sheet.cell(row, column), "line {}", read.line);
        }
    }
    let day = |row: usize, target: Target| match checked.rows[row].get(target) {
        Some(Value::Day(moment)) => moment.day.to_string(),
        _ => String::new(),
    };
    let both = |row: usize| [day(row, Target::Engaged), day(row, Target::Closed)];
    assert_eq!(both(0), ["2016-10-20", "2017-03-01"]);
    assert_eq!(both(4_998), ["2017-07-20", "2017-11-14"]);
    assert_eq!(both(8_799), ["", ""]);
    let mut closed: Vec<String> =
        (0..8_800).map(|row| day(row, Target::Closed)).filter(|it| !it.is_empty()).collect();
    closed.sort();
    assert_eq!((closed[0].as_str(), closed[6_710].as_str()), ("2017-03-01", "2017-12-31"));
    let quarters = sheet.distinct(9);
    assert_eq!(quarters, [("Q3 2017", 2_047), ("Q2 2017", 2_032), ("Q4 2017", 1_985), ("Q1 2017", 647)]);

    let found: Vec<(String, usize, Option<Place>)> =
        stages(&sheet, 4).into_iter().map(|it| (it.words, it.count, it.place)).collect();
    let wanted = [
        ("Won".to_owned(), 4_238, Some(Place::Won)),
        ("Lost".to_owned(), 2_473, Some(Place::Lost)),
        ("Engaging".to_owned(), 1_589, Some(Place::Open)),
        ("Prospecting".to_owned(), 500, Some(Place::Open)),
    ];
    assert_eq!(found, wanted);
    // What a deal closed with tells how it ended, and not what it was worth.
    for row in &checked.rows {
        let amount = match row.get(Target::ClosedAmount) {
            Some(Value::Money(amount, None)) => Some(*amount > terms::price::Decimal::ZERO),
            _ => None,
        };
        let ended = match row.text(Target::Step) {
            Some("Won") => Some(true),
            Some("Lost") => Some(false),
            _ => None,
        };
        assert_eq!(amount, ended, "line {}", row.line);
    }
}

// TE-15
#[test]
fn the_names_of_a_real_pipeline_meet() {
    let (sheet, ..) = read(PIPELINE);
    let (products, mapping, figures) = read(PRODUCTS);
    let wanted = [Some(Target::Name), Some(Target::Family), Some(Target::Price)];
    assert_eq!((mapping.table, mapping.columns.as_slice()), (Table::Products, wanted.as_slice()));
    let checked = check(&products, &mapping, &figures, &Choices::default()).unwrap();
    assert_eq!((checked.rows.len(), checked.bad.len(), checked.count(Target::Price)), (7, 0, 7));
    let sold: Vec<&str> = sheet.distinct(2).into_iter().map(|(name, _)| name).collect();
    let listed: Vec<&str> = (0..products.rows()).map(|row| products.cell(row, 0)).collect();
    let found = near(&sold, &listed, false).pairs;
    let place = |list: &[&str], name: &str| list.iter().position(|it| *it == name).unwrap();
    let pair = Pair { from: place(&sold, "GTXPro"), to: place(&listed, "GTX Pro"), how: Alike::Form };
    assert_eq!(found, [pair], "and none of the six others");

    let (accounts, mapping, figures) = read(ACCOUNTS);
    use Target::{Employees, Founded, Industry, Name, Parent, Place, Revenue};
    let wanted = [Name, Industry, Founded, Revenue, Employees, Place, Parent].map(Some);
    assert_eq!((mapping.table, mapping.columns.as_slice()), (Table::Accounts, wanted.as_slice()));
    let checked = check(&accounts, &mapping, &figures, &Choices::default()).unwrap();
    assert_eq!((checked.rows.len(), checked.bad.len(), checked.count(Target::Parent)), (85, 0, 15));
    let named: Vec<&str> = sheet.distinct(3).into_iter().map(|(name, _)| name).collect();
    let known: Vec<&str> = (0..accounts.rows()).map(|row| accounts.cell(row, 0)).collect();
    assert_eq!(near(&named, &known, true).pairs, [], "each account of a deal is one of the accounts");
    assert!(named.iter().all(|name| known.contains(name)));
    assert_eq!(
        near_within(&accounts.distinct(1), false).pairs,
        [],
        "the only spelling there is is not doubted"
    );

    let (teams, mapping, figures) = read(TEAMS);
    let wanted = [Target::Name, Target::Manager, Target::Region].map(Some);
    assert_eq!((mapping.table, mapping.columns.as_slice()), (Table::Sellers, wanted.as_slice()));
    assert_eq!(check(&teams, &mapping, &figures, &Choices::default()).unwrap().rows.len(), 35);
}

fn table(text: &str) -> Sheet {
    Sheet::read(text, Forced::default()).unwrap()
}

// TE-2
#[test]
fn what_stands_between_cells_is_found() {
    for (text, delimiter) in [
        ("a,b\n1,2\n", b','),
        ("a;b\n1,5;2\n2,5;3\n", b';'),
        ("a\tb,c\n1\t2,5\n", b'\t'),
        ("a|b\n1|2\n", b'|'),
        ("name,note\nx,\"a;b;c\"\ny,\"a;b;c\"\n", b','),
        ("1,5;2,5\n3,5;4,5\n", b';'),
        ("a\nb\n", b','),
        ("a\nb;c\nd\ne\n", b','),
        ("sep=#\na#b\n", b'#'),
    ] {
        assert_eq!(char::from(table(text).delimiter()), char::from(delimiter), "{text:?}");
    }
}

// TE-2
#[test]
fn lines_are_counted_as_in_the_file() {
    let sheet = table("sep=;\r\na;b\r\n\r\n1;\"x\ny\r\nz\"\n2;3\r4;5");
    let lines: Vec<u32> = (0..sheet.rows()).map(|row| sheet.line(row)).collect();
    assert_eq!((sheet.header(), lines), (["a".to_owned(), "b".to_owned()].as_slice(), vec![4, 7, 8]));
    assert_eq!(sheet.cell(0, 1), "x\ny\r\nz");
}

// TE-3
#[test]
fn what_is_not_as_it_should_be_is_told() {
    let sheet = table("a,a,\n1,2,3\n1,2\n1\n1,2,3,4\n1,2,3,\n\"x\"y,2,3\n");
    assert_eq!(sheet.header(), ["a", "a 2", "#3"]);
    assert_eq!((sheet.cell(5, 0), sheet.cell(1, 2)), ("xy", ""));
    let wanted = [
        Trouble::BehindQuote { line: 7 },
        Trouble::Short { line: 3, cells: 2 },
        Trouble::Short { line: 4, cells: 1 },
        Trouble::Long { line: 5, cells: 4 },
    ];
    assert_eq!(sheet.troubles(), wanted);
    let unclosed = table("a,b\n1,\"2\n1,2\n");
    assert_eq!(unclosed.troubles(), [Trouble::Unclosed { line: 2 }]);
    assert_eq!((unclosed.rows(), unclosed.cell(0, 1)), (2, "\"2"));
    // Nobody can know that a quote was not meant where another one closes it.
    let swallowed = table("a,b,c\n1,\"2,3\n1,2,3\n1,2\",3\n");
    assert_eq!((swallowed.rows(), swallowed.cell(0, 1)), (1, "2,3\n1,2,3\n1,2"));
}

// TE-4
#[test]
fn a_header_is_told_from_a_row() {
    for text in ["name,amount\nx,5\n", "name,place\nx,y\nz,y\n", "a,b\n", "stage,n\nWon,3\nWon,4\n"] {
        assert!(table(text).has_header(), "{text:?}");
    }
    for text in
        ["x,5\ny,6\n", "Won,x\nWon,y\n", "a@b.example,x\nc@d.example,y\n", "2017-03-01,x\n2017-03-02,y\n"]
    {
        assert!(!table(text).has_header(), "{text:?}");
    }
    let forced = Forced { has_header: Some(false), ..Forced::default() };
    assert_eq!(Sheet::read("a,b\n", forced).unwrap().rows(), 1);
}

// TE-3
#[test]
fn what_is_no_table_is_refused() {
    let refused = |text: &str| Sheet::read(text, Forced::default()).unwrap_err();
    assert_eq!(refused(""), Unreadable::Empty);
    assert_eq!(refused("\r\n\n"), Unreadable::Empty);
    assert_eq!(refused("PK\u{3}\u{4}\0\0"), Unreadable::NotText);
    assert_eq!(refused(&("a,b\n".to_owned() + &",".repeat(600))), Unreadable::TooManyColumns { line: 2 });
    assert_eq!(refused(&"a\n".repeat(250_001)), Unreadable::TooManyRows);
    assert_eq!(table(&"a\n".repeat(250_000)).rows(), 250_000);
}

/// Bytes of a text in an encoding.
fn encoded(text: &str, encoding: Encoding, has_mark: bool) -> Vec<u8> {
    let text = if has_mark { format!("\u{feff}{text}") } else { text.to_owned() };
    match encoding {
        Encoding::Utf8 => text.into_bytes(),
        Encoding::Utf16Le => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        Encoding::Utf16Be => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        // The letters of the test are the same in Windows-1252 as their code points.
        Encoding::Windows1252 => text.chars().map(|it| u8::try_from(u32::from(it)).unwrap()).collect(),
    }
}

fn random_rows(random: &mut fastrand::Rng, signs: &[char]) -> Vec<Vec<String>> {
    let width = random.usize(1..6);
    let mut cell = || (0..random.usize(0..8)).map(|_| signs[random.usize(..signs.len())]).collect::<String>();
    (0..6).map(|_| (0..width).map(|_| cell()).collect()).collect()
}

fn cells(sheet: &Sheet) -> Vec<Vec<String>> {
    (0..sheet.rows()).map(|row| sheet.row(row)).collect()
}

const NO_HEADER: Forced = Forced { delimiter: None, has_header: Some(false) };

// TE-5
#[test]
fn what_the_program_writes_comes_back() {
    let seed = 17;
    let mut random = fastrand::Rng::with_seed(seed);
    let signs: Vec<char> = "ab1é漢🤝 ,;|\t\"'\r\n=+-@＝".chars().collect();
    for round in 0..4_000 {
        let rows = random_rows(&mut random, &signs);
        let decoded = decode(csv(&rows).as_bytes(), None);
        // Which of its signs stands between cells a table of few cells cannot always tell.
        let forced = Forced { delimiter: Some(b','), ..NO_HEADER };
        let sheet = Sheet::read(&decoded.text, forced).unwrap();
        assert_eq!(cells(&sheet), rows, "seed {seed} round {round}");
        assert_eq!(sheet.troubles(), [], "seed {seed} round {round}");
        if rows[0].len() > 1 {
            let found = Sheet::read(&decoded.text, NO_HEADER).unwrap();
            assert_eq!(found, sheet, "seed {seed} round {round}");
        }
    }
}

// TE-1, TE-2
#[test]
fn tables_of_other_programs_come_back() {
    let seed = 23;
    let mut random = fastrand::Rng::with_seed(seed);
    let signs: Vec<char> = "abcé ü1.\"\r\n".chars().collect();
    let encodings = [Encoding::Utf8, Encoding::Utf16Le, Encoding::Utf16Be, Encoding::Windows1252];
    for round in 0..4_000 {
        let rows: Vec<Vec<String>> = random_rows(&mut random, &signs)
            .into_iter()
            .map(|row| [row, vec!["x".into()]].concat())
            .collect();
        let (delimiter, end) =
            (random.choice([',', ';', '\t', '|']).unwrap(), random.choice(["\n", "\r\n", "\r"]).unwrap());
        let mut text = String::new();
        for row in &rows {
            let mut write = |cell: &String| {
                let must = cell.contains(['"', '\r', '\n']);
                if must || random.bool() {
                    format!("\"{}\"", cell.replace('"', "\"\""))
                } else {
                    cell.clone()
                }
            };
            let row: Vec<String> = row.iter().map(&mut write).collect();
            text.push_str(&row.join(&delimiter.to_string()));
            text.push_str(end);
        }
        let encoding = random.choice(encodings).unwrap();
        let has_mark = encoding != Encoding::Windows1252 && random.bool();
        let forced = (!has_mark).then_some(encoding);
        let decoded = decode(&encoded(&text, encoding, has_mark), forced);
        assert_eq!(
            (decoded.text.as_str(), decoded.encoding),
            (text.as_str(), encoding),
            "seed {seed} round {round}"
        );
        let sheet = Sheet::read(&decoded.text, NO_HEADER).unwrap();
        assert_eq!(cells(&sheet), rows, "seed {seed} round {round} {text:?}");
    }
}

/// Reads bytes all the way; gives how many rows there were.
fn survive(bytes: &[u8]) -> usize {
    let decoded = decode(bytes, None);
    let Ok(sheet) = Sheet::read(&decoded.text, Forced::default()) else { return 0 };
    let guesses = guesses(&sheet);
    for table in Table::ALL {
        let mapping = suggest(table, sheet.header(), &guesses);
        let how = How {
            order: Some(Order::Ymd),
            mark: Some(exchange::sheet::Mark::Comma),
            currency: None,
            is_serial: true,
        };
        let choices = Choices { columns: vec![how; sheet.width()], ..Choices::default() };
        let checked = check(&sheet, &mapping, &guesses, &choices).unwrap();
        assert_eq!(checked.rows.len() + checked.bad.len() + checked.blank, sheet.rows());
    }
    for column in 0..sheet.width() {
        let values = sheet.distinct(column);
        near_within(&values, true);
        stages(&sheet, column);
    }
    sheet.rows()
}

#[test]
fn bytes_of_all_kinds_are_survived() {
    let rounds: usize = std::env::var("HANDSEL_MUTATIONS")
        .ok()
        .and_then(|it| it.parse().ok())
        .map_or(3_000, |it: usize| it / 10);
    let seed = 31;
    let mut random = fastrand::Rng::with_seed(seed);
    let pieces: Vec<&[u8]> = vec![
        b"\"",
        b"\"\"",
        b",",
        b";",
        b"\t",
        b"\r\n",
        b"\n",
        b"\r",
        b"'",
        b"=1",
        b"sep=;\n",
        b"id,name,amount,close date\n",
        b"20-10-16",
        b"1.234,56",
        b"\xE2\x82\xAC 1'200",
        b"2017-03-01T10:00:00Z",
        b"12 Mar 2017",
        b"\xFF\xFE",
        b"\xEF\xBB\xBF",
        b"\xC3",
        b"a@b.example",
        b"99999999999999999999",
        b"-",
        b"(5)",
        b"\xE5\xB9\xB4",
        b"1\xE5\xB9\xB42\xE6\x9C\x88",
        b" ",
        b"Acme",
        b"Acme Inc.",
        b"%",
        b"0.0000001",
        b"de ",
        b"60",
    ];
    let mut rows = 0;
    for round in 0..rounds {
        let mut bytes: Vec<u8> = Vec::new();
        if round % 3 == 0 {
            bytes.extend((0..random.usize(0..200)).map(|_| random.u8(..)));
        } else if round % 3 == 1 {
            (0..random.usize(0..60)).for_each(|_| bytes.extend(pieces[random.usize(..pieces.len())]));
        } else {
            let start = random.usize(..PIPELINE.len() - 2_000);
            bytes.extend(&PIPELINE[start..start + random.usize(..2_000)]);
            for _ in 0..random.usize(1..10) {
                let at = random.usize(..=bytes.len());
                bytes.splice(at..at, pieces[random.usize(..pieces.len())].iter().copied());
            }
        }
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let read = std::panic::catch_unwind(|| survive(&bytes));
        assert!(read.is_ok(), "seed {seed} round {round}: {text:?}");
        rows += read.unwrap_or(0);
    }
    assert!(rows > rounds, "hardly anything was a table");
}

#[test]
fn input_made_to_be_slow_is_not() {
    let start = Instant::now();
    survive("\"".repeat(200_001).as_bytes());
    survive("\"a\n".repeat(50_001).as_bytes());
    survive("\"a\"\"\n".repeat(50_001).as_bytes());
    survive(format!("a\n\"{}", "x\"\"\n".repeat(50_000)).as_bytes());
    survive(",\"\"x\n".repeat(50_000).as_bytes());
    // As many hours as seconds if a trap is fallen into.
    assert!(start.elapsed() < Duration::from_secs(300), "{:?}", start.elapsed());
}
