//! Variables: words such as `{{account.name}}` that stand for others.
//!
//! In the text they are words like any other. What they stand for is kept beside it.

use std::{collections::BTreeMap, ops::Range};

use crate::{Attrs, Delta, Document, Line, Mark, Marks, Op, Run, Table, intent::clean, utf16_len};

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
    let mut all = Vec::new();
    let mut start = 0;
    for (at, line) in doc.lines().iter().enumerate() {
        all.extend(found(line).into_iter().map(|Found { units, name, .. }| Variable {
            range: start + units.start..start + units.end,
            name,
        }));
        start += doc.line_len(at) + 1;
    }
    all
}

/// Whether a variable stands in a line.
pub fn has_variables(line: &Line) -> bool {
    !found(line).is_empty()
}

/// A stretch of a line that is drawn by itself: a run, or a part of one where a variable begins or ends within it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece<'a> {
    /// The words.
    pub text: &'a str,
    /// What is set on them.
    pub marks: &'a Marks,
    /// The name of the variable of which this is all or a part.
    pub variable: Option<String>,
    /// Whether the variable begins here. Marks that change within a variable make several pieces of it.
    pub opens: bool,
}

/// The pieces of a line, in order. None is empty, and together they are the line's text.
pub fn pieces(line: &Line) -> Vec<Piece<'_>> {
    let mut pieces = Vec::with_capacity(line.runs.len());
    let mut variables = found(line).into_iter().peekable();
    let mut start = 0;
    for Run { text, marks } in &line.runs {
        let mut from = 0;
        while from < text.len() {
            let at = start + from;
            while variables.next_if(|it| it.bytes.end <= at).is_some() {}
            let (to, variable, opens) = match variables.peek() {
                Some(it) if it.bytes.start <= at => {
                    (it.bytes.end, Some(it.name.clone()), it.bytes.start == at)
                }
                Some(it) => (it.bytes.start, None, false),
                None => (usize::MAX, None, false),
            };
            let to = text.len().min(to - start);
            pieces.push(Piece { text: &text[from..to], marks, variable, opens });
            from = to;
        }
        start += text.len();
    }
    pieces
}

/// A variable in a line: where it stands in bytes and in UTF-16 units.
struct Found {
    bytes: Range<usize>,
    units: Range<usize>,
    name: String,
}

/// The variables of one line.
fn found(line: &Line) -> Vec<Found> {
    let block = &line.format.block;
    let may_hold = line.runs.iter().any(|run| run.text.contains('{')) && !block.is_code() && !block.is_void();
    if !may_hold {
        return Vec::new();
    }
    let mut found = in_words(&line.as_text());
    let ends = line.runs.iter().scan(0, |end, run| {
        *end += run.text.len();
        Some((*end, run))
    });
    let mut runs = ends.peekable();
    found.retain(|it| {
        while runs.next_if(|(end, _)| *end <= it.bytes.start).is_some() {}
        let mut within = runs.clone().take_while(|(end, run)| end - run.text.len() < it.bytes.end);
        !within.all(|(_, run)| run.marks.code)
    });
    found
}

/// The variables among the words of a line.
fn in_words(text: &str) -> Vec<Found> {
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
        found.push(Found { bytes: open..end, units: from..to, name: name.to_owned() });
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

    #[track_caller]
    fn check_pieces(notation: &str, wanted: &[(&str, bool, Option<&str>, bool)]) {
        let doc = marked::read(notation).0;
        let pieces = pieces(&doc.lines()[0]);
        let found: Vec<_> =
            pieces.iter().map(|it| (it.text, it.marks.bold, it.variable.as_deref(), it.opens)).collect();
        assert_eq!(found, wanted, "{notation}");
    }

    #[test]
    fn a_line_is_drawn_in_pieces_that_its_variables_cut() {
        check_pieces("", &[]);
        check_pieces(
            "a **b** {c",
            &[("a ", false, None, false), ("b", true, None, false), (" {c", false, None, false)],
        );
        check_pieces("{{a}}", &[("{{a}}", false, Some("a"), true)]);
        check_pieces(
            "😀{{a}}{{ b }}!",
            &[
                ("😀", false, None, false),
                ("{{a}}", false, Some("a"), true),
                ("{{ b }}", false, Some("b"), true),
                ("!", false, None, false),
            ],
        );
        check_pieces(
            "To {{a**b}} and**",
            &[
                ("To ", false, None, false),
                ("{{a", false, Some("ab"), true),
                ("b}}", true, Some("ab"), false),
                (" and", true, None, false),
            ],
        );
        check_pieces("``` {{a}}", &[("{{a}}", false, None, false)]);
        check_pieces("{{a`}}`", &[("{{a", false, Some("a"), true), ("}}", false, Some("a"), false)]);
    }

    #[test]
    fn pieces_are_the_runs_where_no_variable_is() {
        let doc = marked::read("Words **in** [several](https://a.example) _runs_ { of } text").0;
        let line = &doc.lines()[0];
        let runs: Vec<_> = line.runs.iter().map(|run| (run.text.as_str(), &run.marks)).collect();
        assert_eq!(pieces(line).iter().map(|it| (it.text, it.marks)).collect::<Vec<_>>(), runs);
    }

    #[test]
    fn braces_without_end_take_no_time() {
        check(&"{{".repeat(50_000), &[]);
        check(&("{{a b ".repeat(20_000) + "}}"), &[]);
    }

    #[test]
    fn many_variables_in_a_line_are_cut_out_in_one_walk() {
        let doc = marked::read(&"{{a}}**{{b}}**".repeat(20_000)).0;
        assert_eq!(pieces(&doc.lines()[0]).len(), 40_000);
        assert_eq!(variables(&doc).len(), 40_000);
    }
}
