//! What stands beside the text, as large as rooms may have it, and what it costs: a price, a plan, comments. And what it costs
//! to seal a batch of what was written.

use js_sys::Object;
use model::{DocName, Head};
use session::Room;
use sync::ledger::{Entry, Pen, Session};
use terms::{
    plan::{Day, Due, Offset, Step},
    price::{Decimal, Line},
};

use super::adapter::{Answer, set, thrown};

/// So often is worked out what is measured; a figure is for one time.
const TIMES: u32 = 20;

/// A price of so many lines. Answers what reading it and adding it up takes, in milliseconds.
pub(super) fn price(room: &Room, lines: u32) -> Answer<Object> {
    let line = |number: u32| Line {
        name: format!("Line {number}"),
        quantity: Decimal::whole(i64::from(number % 40)),
        price: Decimal::parse(&format!("{}.99", number * 7)).unwrap_or_default(),
        tax: Decimal::whole(19),
        ..Line::default()
    };
    let lines: Vec<Line> = (1..=lines).map(line).collect();
    room.add_lines(&lines, 0).map_err(|problem| thrown(format!("{problem:?}")))?;
    let price = room.price();
    let added = timed(|| drop(price.list.total(&price.choices)));
    let read = timed(|| drop(room.price()));
    told(&[("added", added), ("read", read)])
}

/// A plan of so many steps, each counted from the one before and waiting for it. Answers what reading it and giving all steps
/// their days takes, in milliseconds.
pub(super) fn plan(room: &Room, steps: u32) -> Answer<Object> {
    let failed = |problem| thrown(format!("{problem:?}"));
    let day = Day::new(2099, 3, 2);
    room.set_target(day).map_err(failed)?;
    let mut before: Option<String> = None;
    for number in 1..=steps {
        let due = match &before {
            Some(before) if number % 10 > 0 => Due::Step(before.clone(), Offset { days: 1, working: true }),
            _ => Due::Target(Offset { days: -(number as i32), working: true }),
        };
        let after = before.iter().cloned().collect();
        let step = Step { name: format!("Step {number}"), due, after, ..Step::default() };
        before = Some(room.write_step(None, &step).map_err(failed)?);
    }
    let plan = room.plan().plan;
    let today = day.unwrap_or(Day::LAST);
    let dated = timed(|| drop(plan.schedule(today)));
    let read = timed(|| drop(room.plan()));
    told(&[("dated", dated), ("read", read)])
}

/// So many comments, spread over the text. Answers what reading all of them takes, in milliseconds.
pub(super) fn comment(room: &Room, count: u32) -> Answer<Object> {
    let failed = |problem| thrown(format!("{problem:?}"));
    let section = room.section();
    let last = room.document(&section).map_err(failed)?.last_offset();
    for number in 0..count {
        let at = last * number as usize / count as usize;
        let range = at..(at + 12).min(last);
        room.comment(&section, Some((None, range)), &format!("{number}: so?")).map_err(failed)?;
    }
    let read = timed(|| drop(room.threads()));
    told(&[("read", read)])
}

/// A batch of so many bytes. Answers what signing and sealing it takes, in milliseconds.
pub(super) fn seal(room: &Room, bytes: u32) -> Answer<Object> {
    let pen = Pen::new(&[7; 32]);
    let update = (0..bytes).map(|at| at.wrapping_mul(2_654_435_761).to_le_bytes()[3]).collect();
    let (author, prev) = (pen.author(), Head::START.hash);
    let sessions = vec![Session([1; 8])];
    let entry = Entry { author, first: 1, last: 1, prev, sessions, doc: DocName::Content, update };
    let sealed = timed(|| drop(pen.sign(room.id(), 0, entry.clone()).seal(room.id(), 0, &[3; 32], [5; 24])));
    told(&[("sealed", sealed)])
}

fn timed(work: impl Fn()) -> f64 {
    let start = js_sys::Date::now();
    for _ in 0..TIMES {
        work();
    }
    (js_sys::Date::now() - start) / f64::from(TIMES)
}

fn told(figures: &[(&str, f64)]) -> Answer<Object> {
    let object = Object::new();
    for (name, figure) in figures {
        set(&object, name, &(*figure).into())?;
    }
    Ok(object)
}
