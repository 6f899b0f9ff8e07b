//! Variables: words such as `{{account.name}}` that stand for others.
//!
//! In the text they are words like any other. What they stand for is kept beside it.

use std::{collections::BTreeMap, ops::Range};

use crate::{Attrs, Delta, Document, Mark, Marks, Op, Table, intent::clean, utf16_len};

/// The longest name, in characters. A longer one is no variable.
const NAME_MAX: usize = 64;
/// So many spaces and closing braces may stand behind a name.
const SPACES_MAX: usize = 8;

/// A place where a variable stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variable {
    /// Where, with its braces, in UTF-16 units.
    pub range: Range<usize>,
    /// Its name.
    pub name: String,
}

/// The variables in a text, in order: names of letters, digits, `_` and `.` between double braces, with or without
/// spaces around them. In code braces are only braces.
pub fn variables(doc: &Document) -> Vec<Variable> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, line) in doc.lines().iter().enumerate() {
        let block = &line.format.block;
        if !block.is_code() && !block.is_void() {
            let text = line.as_text();
            if text.contains("{{") {
                for (range, name) in in_line(&text) {
                    let range = start + range.start..start + range.end;
                    if !doc.marks_in(range.clone()).code {
                        found.push(Variable { range, name: name.to_owned() });
                    }
                }
            }
        }
        start += doc.line_len(at) + 1;
    }
    found
}

/// The variables of one line.
fn in_line(text: &str) -> Vec<(Range<usize>, &str)> {
    let mut found = Vec::new();
    // How far the text is read, in bytes and in UTF-16 units.
    let (mut byte, mut units) = (0, 0);
    while let Some(open) = text[byte..].find("{{") {
        let open = byte + open;
        let rest = &text[open + 2..];
        let reach = rest.char_indices().nth(NAME_MAX + SPACES_MAX).map_or(rest.len(), |(at, _)| at);
        let inside = rest[..reach].find("}}").map(|len| open + 2..open + 2 + len);
        let name = inside.clone().map_or("", |inside| text[inside].trim_matches(' '));
        let Some(inside) = inside.filter(|_| is_name(name)) else {
            // The innermost braces count: `{{{{a}}` has its variable at the end.
            units += utf16_len(&text[byte..=open]);
            byte = open + 1;
            continue;
        };
        let end = inside.end + 2;
        let from = units + utf16_len(&text[byte..open]);
        let to = from + utf16_len(&text[open..end]);
        found.push((from..to, name));
        (byte, units) = (end, to);
    }
    found
}

fn is_name(name: &str) -> bool {
    let is_part = |char: char| char.is_alphanumeric() || char == '_' || char == '.';
    !name.is_empty() && name.chars().nth(NAME_MAX).is_none() && name.chars().all(is_part)
}

/// The text with values in the place of its variables, in one line each and with the marks of what they replace. A
/// variable without a value stays as it is and is highlighted.
pub fn filled(doc: &Document, values: &BTreeMap<String, String>) -> Document {
    let mut delta = Delta::new();
    let mut at = 0;
    for Variable { range, name } in variables(doc) {
        delta.push(Op::Retain { len: range.start - at, attrs: Attrs::none() });
        at = range.end;
        match values.get(&name).filter(|value| !value.trim().is_empty()) {
            Some(value) => {
                let first = doc.slice(range.start..range.start + 1);
                let attrs = match first.ops().first() {
                    Some(Op::Insert { attrs, .. }) => attrs.clone(),
                    _ => Attrs::none(),
                };
                delta.push(Op::Insert { text: clean(value).replace('\n', " "), attrs });
                delta.push(Op::Delete(range.len()));
            }
            None => {
                let attrs = Marks::default().with(Mark::Highlight, true).to_attrs();
                delta.push(Op::Retain { len: range.len(), attrs });
            }
        }
    }
    let mut doc = doc.clone();
    doc.apply(&delta);
    doc
}

/// As [`filled`], in the cells of a table.
pub fn filled_table(table: &Table, values: &BTreeMap<String, String>) -> Table {
    let mut table = table.clone();
    for cell in table.rows.iter_mut().flatten() {
        let doc = Document::from_delta(cell);
        if !variables(&doc).is_empty() {
            *cell = filled(&doc, values).to_delta();
        }
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Selection, marked};

    /// The names of the variables in a text, each with where it stands.
    fn names(notation: &str) -> Vec<(usize, usize, String)> {
        let found = variables(&marked::read(notation).0);
        found.into_iter().map(|it| (it.range.start, it.range.end, it.name)).collect()
    }

    #[track_caller]
    fn check(notation: &str, wanted: &[(usize, usize, &str)]) {
        let wanted: Vec<_> =
            wanted.iter().map(|(start, end, name)| (*start, *end, (*name).to_owned())).collect();
        assert_eq!(names(notation), wanted, "{notation}");
    }

    #[test]
    fn names_stand_between_braces() {
        check("For {{account.name}}, {{ deal\\_2 }}", &[(4, 20, "account.name"), (22, 34, "deal_2")]);
        check("😀{{a}}\n# {{a}}", &[(2, 7, "a"), (8, 13, "a")]);
        check("{{a**b**}}", &[(0, 6, "ab")]);
        check("{{{{a}}}}", &[(2, 7, "a")]);
        check("{{größe}}", &[(0, 9, "größe")]);
    }

    #[test]
    fn other_braces_are_only_braces() {
        for text in
            ["{a}", "{{}}", "{{ }}", "{{a b}}", "{{a-b}}", "{{a\n}}", "{{a", "a}}", "``` {{a}}", "`{{a}}`"]
        {
            check(text, &[]);
        }
        check(&format!("{{{{{}}}}}", "a".repeat(65)), &[]);
    }

    #[test]
    fn values_take_the_place_with_the_marks() {
        let values = BTreeMap::from([
            ("a".to_owned(), "Penhale\nOsgood".to_owned()),
            ("b".to_owned(), " ".to_owned()),
        ]);
        let doc = marked::read("To **{{a}}**, {{ b }} and {{c}}{{a}}\n`{{a}}`").0;
        let found = marked::write(&filled(&doc, &values), Selection::caret(0)).replacen('|', "", 1);
        let wanted = "To **Penhale Osgood**, =={{ b }}== and =={{c}}==Penhale Osgood\n`{{a}}`";
        assert_eq!(found, wanted);
    }

    #[test]
    fn braces_without_end_take_no_time() {
        check(&"{{".repeat(50_000), &[]);
        check(&("{{a b ".repeat(20_000) + "}}"), &[]);
    }
}
