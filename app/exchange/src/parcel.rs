//! Reading texts and drawing QR codes in a program of its own, which is fetched when somebody needs it: what goes over, and
//! what comes back. The two are built together, so these bytes are never kept and have no version.

use stdx::{Cut, Reader, Writer};
use text::{Align, Attrs, Delta, Op, Table, Value};

use crate::{Imported, Note, Template, code, html, markdown};

/// A text from elsewhere, as it goes to the other program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source<'a> {
    /// Markdown, or plain words.
    Markdown(&'a str),
    /// The bytes of a page's [`html::Tokens`].
    Html(&'a [u8]),
    /// A proposal that the other program has.
    Template(Template),
}

/// What the other program is asked: to read `source`, naming its tables after `seed`.
pub fn question(seed: u64, source: Source<'_>) -> Vec<u8> {
    let number;
    let (kind, bytes) = match source {
        Source::Markdown(source) => (0, source.as_bytes()),
        Source::Html(tokens) => (1, tokens),
        Source::Template(template) => {
            number = [template as u8];
            (2, number.as_slice())
        }
    };
    let mut out = Writer::new();
    out.raw(&seed.to_le_bytes()).u8(kind).raw(bytes);
    out.finish()
}

/// What the other program is asked: to draw a text as a QR code. The answer is the address of a picture, see [`drawn`].
pub fn code_question(text: &str) -> Vec<u8> {
    let mut out = Writer::new();
    out.raw(&[0; 8]).u8(3).raw(text.as_bytes());
    out.finish()
}

/// The address of a QR code's picture, from an answer; nothing where the text was too long.
pub fn drawn(answer: Vec<u8>) -> Option<String> {
    String::from_utf8(answer).ok().filter(|address| !address.is_empty())
}

/// What the other program answers; nothing where the question makes no sense.
pub fn answer(question: &[u8]) -> Vec<u8> {
    let mut from = Reader::new(question);
    let (Ok(seed), Ok(kind)) = (from.array(), from.u8()) else { return Vec::new() };
    let mut next_id = names(u64::from_le_bytes(seed));
    let rest = from.rest();
    if let (3, Ok(text)) = (kind, str::from_utf8(rest)) {
        return code::address(text).unwrap_or_default().into_bytes();
    }
    let imported = match (kind, str::from_utf8(rest), rest) {
        (0, Ok(source), _) => markdown::read(source, &mut next_id),
        (1, _, tokens) => html::read(tokens, &mut next_id),
        (2, _, [number]) => match Template::numbered(*number) {
            Some(template) => markdown::read(template.markdown(), &mut next_id),
            None => return Vec::new(),
        },
        _ => return Vec::new(),
    };
    write(&imported)
}

/// Names of tables, a row of its own for each `seed`.
fn names(mut seed: u64) -> impl FnMut() -> String {
    // Steps of an odd size come back to the same name only after all others.
    const STEP: u64 = 0x9e37_79b9_7f4a_7c15;
    move || {
        seed = seed.wrapping_add(STEP);
        format!("t{seed:016x}")
    }
}

pub(crate) fn write(imported: &Imported) -> Vec<u8> {
    let mut out = Writer::new();
    out.uint(imported.title.is_some().into()).text(imported.title.as_deref().unwrap_or_default());
    delta(&mut out, &imported.text);
    out.uint(imported.tables.len() as u64);
    for table in &imported.tables {
        out.text(&table.id).uint(table.header.into()).uint(table.aligns.len() as u64);
        for align in &table.aligns {
            out.u8(*align as u8);
        }
        out.uint(table.rows.len() as u64);
        for row in &table.rows {
            out.uint(row.len() as u64);
            row.iter().for_each(|cell| delta(&mut out, cell));
        }
    }
    out.uint(imported.blobs.len() as u64);
    for blob in &imported.blobs {
        out.bytes(blob);
    }
    for note in &imported.notes {
        let (kind, count) = match *note {
            Note::Images(count) => (0, count),
            Note::Html(count) => (1, count),
            Note::Footnotes(count) => (2, count),
            Note::Links(count) => (3, count),
            Note::Numbering(count) => (4, count),
            Note::Nesting(count) => (5, count),
            Note::Rest(count) => (6, count),
            Note::Fields(count) => (7, count),
        };
        out.u8(kind).uint(count as u64);
    }
    out.finish()
}

/// Only insertions are written: that is all a text that was read consists of.
fn delta(out: &mut Writer, delta: &Delta) {
    out.uint(delta.ops().len() as u64);
    for op in delta.ops() {
        let Op::Insert { text, attrs } = op else { continue };
        out.text(text).uint(attrs.iter().count() as u64);
        for (name, value) in attrs.iter() {
            out.text(name);
            match value {
                Value::Null => out.u8(0),
                Value::True => out.u8(1),
                Value::Int(number) => out.u8(2).raw(&number.to_le_bytes()),
                Value::Text(text) => out.u8(3).text(text),
            };
        }
    }
}

/// Reads an answer.
pub fn imported(answer: &[u8]) -> Result<Imported, Cut> {
    let from = &mut Reader::new(answer);
    let has_title = from.uint()? > 0;
    let title = from.text()?;
    let title = has_title.then(|| title.to_owned());
    let text = read_delta(from)?;
    let tables = read_list(from, read_table)?;
    let blobs = read_list(from, |from| from.bytes().map(<[u8]>::to_vec))?;
    let mut notes = Vec::new();
    while !from.is_empty() {
        let note = match from.u8()? {
            0 => Note::Images,
            1 => Note::Html,
            2 => Note::Footnotes,
            3 => Note::Links,
            4 => Note::Numbering,
            5 => Note::Nesting,
            6 => Note::Rest,
            7 => Note::Fields,
            _ => return Err(Cut),
        };
        notes.push(note(from.uint()? as usize));
    }
    Ok(Imported { title, text, tables, blobs, notes })
}

fn read_list<T>(from: &mut Reader, read: impl Fn(&mut Reader) -> Result<T, Cut>) -> Result<Vec<T>, Cut> {
    (0..from.uint()?).map(|_| read(from)).collect()
}

fn read_table(from: &mut Reader) -> Result<Table, Cut> {
    let id = from.text()?.to_owned();
    let header = from.uint()? > 0;
    let aligns = read_list(from, |from| {
        let code = from.u8()?;
        let all = [Align::Start, Align::Center, Align::End, Align::Justify];
        all.into_iter().find(|align| *align as u8 == code).ok_or(Cut)
    })?;
    let rows = read_list(from, |from| read_list(from, read_delta))?;
    Ok(Table { id, header, aligns, rows })
}

fn read_delta(from: &mut Reader) -> Result<Delta, Cut> {
    let mut delta = Delta::new();
    for _ in 0..from.uint()? {
        let text = from.text()?;
        let mut attrs = Attrs::none();
        for _ in 0..from.uint()? {
            let name = from.text()?;
            let value = match from.u8()? {
                0 => Value::Null,
                1 => Value::True,
                2 => Value::Int(i64::from_le_bytes(from.array()?)),
                3 => Value::Text(from.text()?.to_owned()),
                _ => return Err(Cut),
            };
            attrs.set(name, value);
        }
        delta = delta.insert_with(text, attrs);
    }
    Ok(delta)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = "# A *plan*\n\n- [x] one\n- two\n\n| a | b |\n|:-:|--:|\n| **c** | d |\n\n<b>x</b> \
                          ![p](https://example.org/p.png)\n\n```rust\nfn\n```\n\n| e |\n|---|\n| f |\n";

    #[test]
    fn an_answer_is_what_was_read() {
        let there = imported(&answer(&question(7, Source::Markdown(SOURCE)))).unwrap();
        let names = there.tables.iter().map(|table| table.id.clone()).collect::<Vec<_>>();
        let mut next = names.iter();
        let here = markdown::read(SOURCE, &mut || next.next().unwrap().clone());
        assert_eq!(there, here);
        assert_eq!(names.len(), 2);
        assert!(!there.notes.is_empty() && there.title.as_deref() == Some("A plan"), "{there:?}");
    }

    #[test]
    fn every_template_is_read_whole() {
        for template in Template::ALL {
            let there = imported(&answer(&question(7, Source::Template(template)))).unwrap();
            assert!(there.title.is_some() && there.notes.is_empty(), "{template:?}: {:?}", there.notes);
            assert!(!there.tables.is_empty(), "{template:?}");
        }
        assert!(answer(&[0, 0, 0, 0, 0, 0, 0, 0, 2, 99]).is_empty());
    }

    #[test]
    fn a_text_is_drawn_as_a_code() {
        let address = drawn(answer(&code_question("https://example.org/"))).unwrap();
        assert!(address.starts_with("data:image/svg+xml,<svg "), "{address}");
        assert_eq!(drawn(answer(&code_question(&"a".repeat(3_000)))), None);
    }

    #[test]
    fn tables_of_two_texts_have_different_names() {
        let names = |seed| {
            let there = imported(&answer(&question(seed, Source::Markdown(SOURCE)))).unwrap();
            there.tables.into_iter().map(|table| table.id).collect::<Vec<_>>()
        };
        assert!(names(1).iter().all(|name| !names(2).contains(name)));
    }

    #[test]
    fn a_cut_answer_is_an_error_or_has_fewer_notes() {
        let whole = answer(&question(7, Source::Markdown(SOURCE)));
        for end in 0..whole.len() {
            if let Ok(cut) = imported(&whole[..end]) {
                assert!(cut.notes.len() < imported(&whole).unwrap().notes.len(), "cut at {end}");
            }
        }
        assert_eq!(imported(&answer(&[1, 2])), Err(Cut));
    }
}
