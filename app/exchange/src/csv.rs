//! Tables for spreadsheets: comma-separated values (RFC 4180), in UTF-8 with a mark in front, without which Excel reads something else.

/// Rows as a file. Words that a spreadsheet would take for a formula get an apostrophe in front, so that what others
/// wrote is shown there and never calculated. [`crate::sheet::Sheet`] reads the same cells again.
pub fn csv<R: AsRef<[String]>>(rows: impl IntoIterator<Item = R>) -> String {
    let mut out = String::from('\u{feff}');
    for row in rows {
        for (at, cell) in row.as_ref().iter().enumerate() {
            if at > 0 {
                out.push(',');
            }
            push(&mut out, cell, row.as_ref().len() == 1);
        }
        out.push_str("\r\n");
    }
    out
}

/// Whether a spreadsheet would take a cell for a formula, or would if apostrophes before it were not there. Writing puts an
/// apostrophe before such a cell, and reading takes one away.
pub(crate) fn calculates(cell: &str) -> bool {
    let bare = cell.trim_start_matches('\'');
    bare.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
        || bare.starts_with(['\t', '\r', '\n'])
}

fn push(out: &mut String, cell: &str, is_alone: bool) {
    // Whatever a reader could take for a sign between cells is quoted, and so is an empty cell that would make an empty line.
    let quoted = cell.contains(['"', ',', ';', '\t', '|', '\r', '\n'])
        || cell.starts_with(' ')
        || cell.ends_with(' ')
        || (is_alone && cell.is_empty());
    let mark = if calculates(cell) { "'" } else { "" };
    if quoted {
        out.extend(["\"", mark, &cell.replace('"', "\"\""), "\""]);
    } else {
        out.extend([mark, cell]);
    }
}

#[cfg(test)]
mod tests {
    use super::csv;

    #[test]
    fn rows_are_written_as_spreadsheets_read_them() {
        let rows = [
            vec!["Step", "By"],
            vec!["Sign, twice", "2026-12-18"],
            vec!["Say \"yes\"\nor no", " spaced "],
            vec!["", "Ünï"],
        ];
        let rows = rows.map(|row| row.into_iter().map(str::to_owned).collect::<Vec<_>>());
        let expected = "\u{feff}Step,By\r\n\"Sign, twice\",2026-12-18\r\n\"Say \"\"yes\"\"\nor no\",\" spaced \"\r\n,Ünï\r\n";
        assert_eq!(csv(rows), expected);
    }

    #[test]
    fn nothing_is_calculated() {
        for words in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "＝1", "=\"a\",1", "'=1", "''-1"] {
            let text = csv([[words.to_owned()]]);
            let cell = text.trim_start_matches('\u{feff}').trim_end_matches("\r\n").trim_start_matches('"');
            assert!(cell.starts_with('\''), "{words:?} became {text:?}");
        }
        assert_eq!(csv([["2 - 1".to_owned()]]), "\u{feff}2 - 1\r\n");
    }
}
