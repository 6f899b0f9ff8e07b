//! What a team's book costs that holds many deals, and what is told of reading where there is much of it.

use insight::{
    engagement::engagement,
    pipeline::{Beside, Filter, Sort, rows},
    record::{Device, Glance, Part, Record},
    story::{Told, story},
};
use js_sys::{Object, Promise};
use model::RoomId;
use session::{Book, Import, Rooms, Row};
use terms::{
    book::{Field, Kind, Move, Place, Value},
    plan::Day,
    price::Decimal,
    process::{Process, Starter},
};
use wasm_bindgen_futures::future_to_promise;

use super::adapter::{Answer, set, thrown};

const DAY_MS: u64 = 86_400_000;

/// A promise of the name of a team with so many deals, each of three moves, and what taking them in took, in milliseconds.
pub(super) fn make(rooms: Option<Rooms>, count: u32) -> Promise {
    future_to_promise(async move {
        let rooms = rooms.ok_or_else(|| thrown("the room was not asked for by name"))?;
        let failed = |problem| thrown(format!("{problem:?}"));
        let team = rooms.begin_team("Bench").await.map_err(failed)?;
        let book = rooms.book(team).await.map_err(failed)?;
        let process = Starter::Long.process("", &str::to_owned);
        let id = book.set_process(&process).map_err(failed)?;
        let process = Process { id, ..process };
        let rows = (0..count).map(|number| deal(number, &process)).collect();
        let begun = browser::clock::now_ms();
        let import = Import { source: "bench".into(), rows };
        book.import(import, &|_, _| true).await.map_err(failed)?;
        let told = Object::new();
        set(&told, "team", &team.to_string().into())?;
        set(&told, "taken", &((browser::clock::now_ms() - begun) as f64).into())?;
        Ok(told.into())
    })
}

fn deal(number: u32, process: &Process) -> Row {
    let steps = &process.steps;
    let begun = 1_700_000_000_000 + u64::from(number % 700) * DAY_MS;
    let at = number as usize % steps.len();
    let went = |(order, place): (usize, Place)| Move {
        id: String::new(),
        to: place,
        at: begun + order as u64 * 9 * DAY_MS,
        by: String::new(),
        reason: "dear".into(),
        competitor: String::new(),
    };
    let mut places: Vec<Place> = steps[..=at].iter().map(|step| Place::Step(step.id.clone())).collect();
    places.extend(match number % 5 {
        0 => Some(Place::Won),
        1 => Some(Place::Lost),
        _ => None,
    });
    let text = |field, text: String| (field, Value::Text(text));
    let fields = vec![
        text(Field::Name, format!("deal-{number}")),
        text(Field::Process, process.id.clone()),
        text(Field::External, format!("D-{number}")),
        text(Field::Owner, format!("Seller {}", number % 35)),
        text(Field::Industry, format!("Industry {}", number % 10)),
        text(Field::Region, format!("Region {}", number % 6)),
        text(Field::NextStep, "call".into()),
        (Field::Amount, Value::Number(Decimal::whole(i64::from(number % 5_000) * 7))),
        (Field::Products, Value::List(vec![format!("Product {}", number % 7)])),
    ];
    let moves = places.into_iter().enumerate().map(went).collect();
    Row { kind: Kind::Deal, record: None, name: String::new(), fields, moves, log: Vec::new() }
}

/// A promise of what opening that team's book takes in a page that has not, and putting all of its deals in order, and finding
/// some by words, in milliseconds.
pub(super) fn open(rooms: Option<Rooms>, team: String) -> Promise {
    future_to_promise(async move {
        let rooms = rooms.ok_or_else(|| thrown("the room was not asked for by name"))?;
        let team = RoomId::parse(&team).ok_or_else(|| thrown("no such team"))?;
        let failed = |problem| thrown(format!("{problem:?}"));
        let begun = now();
        let book = rooms.book(team).await.map_err(failed)?;
        let opened = now() - begun;
        let told = Object::new();
        set(&told, "opened", &opened.into())?;
        set(&told, "deals", &(book.deals().len() as f64).into())?;
        set(&told, "sorted", &timed(&book, &Filter::default()).into())?;
        let words = Filter { words: "deal-77 seller".into(), ..Filter::default() };
        set(&told, "found", &timed(&book, &words).into())?;
        Ok(told.into())
    })
}

fn timed(book: &Book, filter: &Filter) -> f64 {
    const TIMES: u32 = 5;
    let begun = now();
    for _ in 0..TIMES {
        let (deals, accounts, processes, rates) =
            (book.deals(), book.accounts(), book.processes(), book.rates());
        let account = |id: &str| accounts.get(id).map(|it| it.text(Field::Name)).unwrap_or_default();
        let beside = Beside { account: &account, processes: &processes, rates: &rates, today: Day::LAST };
        let _ = rows(deals.values(), &beside, filter, Sort::default()).len();
    }
    (now() - begun) / f64::from(TIMES)
}

/// What putting together takes what so many looks at parts tell, of 20 people over 40 parts, in milliseconds.
pub(super) fn told(count: u32) -> Answer<Object> {
    const LOOKS: u32 = 10;
    let record = |number: u32| {
        let from = 1_700_000_000_000 + u64::from(number) * 130_000;
        let glance = |at: u32| Glance {
            part: Part::Section(format!("s{}", (number + at) % 40)),
            active: 11_000 + u64::from(at) * 100,
            depth: Some(80),
        };
        Record {
            visit: u64::from(number / 8).to_be_bytes(),
            device: Device::Desktop,
            from,
            until: from + 120_000,
            active: 110_000,
            parts: (0..LOOKS).map(glance).collect(),
            acts: Vec::new(),
            attended: Vec::new(),
        }
    };
    let records: Vec<Record> = (0..count / LOOKS).map(record).collect();
    let people: Vec<String> = (0..20).map(|number| format!("person {number}")).collect();
    let begun = now();
    let told: Vec<Told<'_>> = records
        .iter()
        .enumerate()
        .map(|(at, record)| {
            let who = people[at / 16 % people.len()].as_str();
            Told { device: who, who, record }
        })
        .collect();
    let story = story(&told, &[], |_| 400);
    let index = engagement(&story.deeds, 1_800_000_000_000, 0).index;
    let took = now() - begun;
    let answer = Object::new();
    set(&answer, "took", &took.into())?;
    set(&answer, "index", &index.into())?;
    set(&answer, "visits", &(story.visits.len() as f64).into())?;
    Ok(answer)
}

fn now() -> f64 {
    let clock = web_sys::window().and_then(|window| window.performance());
    clock.map_or(0.0, |clock| clock.now())
}
