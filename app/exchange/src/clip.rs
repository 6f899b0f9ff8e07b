//! A piece of a text as the program's own pages put it on the clipboard, for their own like: it comes back exactly, with
//! its tables. It is as little trusted as anything else on a clipboard.

use stdx::base64;
use text::{Attrs, Delta, Op, Table, Value};

use crate::{Imported, address, parcel};

/// The sign in front; a piece that begins otherwise is of another version.
const VERSION: char = '1';
const LINK: &str = "link";
const TABLE: &str = "x-table";

/// Writes `text`, insertions only, with the tables that its lines stand for and the blobs that they refer to.
pub fn write(text: &Delta, tables: &[Table], blobs: Vec<Vec<u8>>) -> String {
    let piece =
        Imported { title: None, text: text.clone(), tables: tables.to_vec(), blobs, notes: Vec::new() };
    format!("{VERSION}{}", base64::to_url(&parcel::write(&piece)))
}

/// A piece that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The text, insertions only.
    pub text: Delta,
    /// The tables that came along.
    pub tables: Vec<Table>,
    /// The blobs that came along. Those that were too large did not, and may be where the piece comes in all the same.
    pub blobs: Vec<Vec<u8>>,
}

/// Reads a piece; `next_id` names its tables anew, since the same piece may come in twice. Nothing where it is none of
/// ours or of another version.
pub fn read(piece: &str, next_id: &mut dyn FnMut() -> String) -> Option<Piece> {
    let bytes = base64::from_url(piece.strip_prefix(VERSION)?)?;
    let Imported { text, mut tables, blobs, .. } = parcel::imported(&bytes).ok()?;
    let mut names = Vec::with_capacity(tables.len());
    for table in &mut tables {
        let name = next_id();
        names.push((std::mem::replace(&mut table.id, name.clone()), name));
        for cell in table.rows.iter_mut().flatten() {
            *cell = taken(cell, &[]);
        }
    }
    Some(Piece { text: taken(&text, &names), tables, blobs })
}

/// `text` as it may come in: only links that are followed, only tables that came along, by their new names.
fn taken(text: &Delta, names: &[(String, String)]) -> Delta {
    let mut taken = Delta::new();
    for op in text.ops() {
        let Op::Insert { text, attrs } = op else { continue };
        let kept = |(name, value): (&str, &Value)| {
            let value = match (name, value.text()) {
                (LINK, Some(link)) => Value::Text(address::kept(link)?),
                (TABLE, Some(id)) => Value::Text(names.iter().find(|(old, _)| old == id)?.1.clone()),
                _ => value.clone(),
            };
            Some((name.to_owned(), value))
        };
        taken
            .push(Op::Insert { text: text.clone(), attrs: attrs.iter().filter_map(kept).collect::<Attrs>() });
    }
    taken
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(id: &str) -> Table {
        let cell = Delta::new().insert_with("a", Attrs::none().with("bold", Value::True));
        Table { id: id.to_owned(), header: true, aligns: Vec::new(), rows: vec![vec![cell]] }
    }

    fn at(id: &str) -> Attrs {
        Attrs::none().with(TABLE, Value::Text(id.to_owned()))
    }

    #[test]
    fn a_piece_comes_back_with_tables_of_its_own() {
        let text = Delta::new().insert("x\n\n").insert_with("\n", at("t1")).insert_with("\n", at("t2"));
        let piece = write(&text, &[table("t1")], vec![b"GIF89a".to_vec()]);
        let Piece { text: back, tables, blobs } = read(&piece, &mut || "new".to_owned()).unwrap();
        // The second table did not come along, so no line stands for it.
        assert_eq!(back, Delta::new().insert("x\n\n").insert_with("\n", at("new")).insert("\n"));
        assert_eq!((tables, blobs), (vec![table("new")], vec![b"GIF89a".to_vec()]));
    }

    #[test]
    fn what_is_not_ours_is_not_read() {
        let piece = write(&Delta::new().insert("x"), &[], Vec::new());
        for other in ["", "1", "2", "words", &piece[..piece.len() - 2], &format!("2{}", &piece[1..])] {
            assert_eq!(read(other, &mut String::new), None, "{other}");
        }
        let link = |to: &str| Attrs::none().with(LINK, Value::Text(to.to_owned()));
        let piece = write(&Delta::new().insert_with("x", link("javascript:alert(1)")), &[], Vec::new());
        assert_eq!(read(&piece, &mut String::new).unwrap().text, Delta::new().insert("x"));
    }
}
