//! What intents mean in the cell of a table: a text of one line.

use super::Intent;
use crate::{Attrs, Delta, Document, Op};

/// A row's end within a line.
const BREAK: &str = "\u{2028}";

impl Intent {
    /// This intent in a text that is one line for ever: lines become rows of it, and what formats lines is nothing.
    pub fn in_one_line(self) -> Option<Self> {
        Some(match self {
            Self::Insert(text) => Self::Insert(one_line(&text)),
            Self::Replace { range, text } => Self::Replace { range, text: one_line(&text) },
            Self::ReplaceAll { ranges, text } => Self::ReplaceAll { ranges, text: one_line(&text) },
            Self::Break => Self::SoftBreak,
            Self::Paste(delta) => Self::Paste(joined(&delta)),
            Self::SoftBreak
            | Self::Delete { .. }
            | Self::DeleteSelection
            | Self::Mark(..)
            | Self::ToggleMark(_)
            | Self::Link(_)
            | Self::ClearMarks => self,
            _ => return None,
        })
    }
}

fn one_line(text: &str) -> String {
    text.replace("\r\n", BREAK).replace(['\n', '\r', '\u{2029}', '\u{85}'], BREAK)
}

/// The lines of a text as rows of one line.
fn joined(delta: &Delta) -> Delta {
    let doc = Document::from_delta(delta);
    let mut line = Delta::new();
    for (at, part) in doc.lines().iter().filter(|line| !line.format.block.is_void()).enumerate() {
        if at > 0 {
            line.push(Op::Insert { text: BREAK.to_owned(), attrs: Attrs::none() });
        }
        let code = part.format.block.is_code();
        for run in &part.runs {
            let attrs = if code { Attrs::none() } else { run.marks.to_attrs() };
            line.push(Op::Insert { text: one_line(&run.text), attrs });
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Block, Value};

    #[test]
    fn lines_become_rows() {
        let bold = Attrs::none().with("bold", Value::True);
        let heading = Attrs::none().with("header", Value::Int(1));
        let pasted = Delta::new().insert_with("a", bold.clone()).insert_with("\n", heading).insert("b\n");
        let wanted = Delta::new().insert_with("a", bold).insert("\u{2028}b");
        assert_eq!(Intent::Paste(pasted).in_one_line(), Some(Intent::Paste(wanted)));
        assert_eq!(Intent::Break.in_one_line(), Some(Intent::SoftBreak));
        let typed = Intent::Insert("a\r\nb\nc".into()).in_one_line();
        assert_eq!(typed, Some(Intent::Insert("a\u{2028}b\u{2028}c".into())));
    }

    #[test]
    fn formats_of_lines_are_nothing() {
        for intent in [Intent::Block(Block::Heading(1)), Intent::Indent(1), Intent::Divider] {
            assert_eq!(intent.in_one_line(), None);
        }
    }
}
