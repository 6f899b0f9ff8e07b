//! A range of cells as spreadsheets put it on the clipboard: rows of words with tabs between them.

/// Reads a range of cells; nothing when `plain` has neither a tab nor more than one row. A cell that holds tabs, line
/// ends or quotation marks stands in quotation marks, with its own doubled.
pub fn sheet(plain: &str) -> Option<Vec<Vec<String>>> {
    let mut rows = vec![vec![String::new()]];
    let mut chars = plain.chars().peekable();
    // Quotation marks count only where a cell begins with them and the mark that ends them ends the cell.
    let mut fresh = true;
    while let Some(char) = chars.next() {
        let starts = std::mem::replace(&mut fresh, false);
        let row = rows.len() - 1;
        match char {
            '\t' => {
                rows[row].push(String::new());
                fresh = true;
            }
            '\n' | '\r' => {
                if char == '\r' {
                    chars.next_if_eq(&'\n');
                }
                rows.push(vec![String::new()]);
                fresh = true;
            }
            '"' if starts && let Some((words, rest)) = quoted(chars.clone()) => {
                put(&mut rows, &words);
                chars = rest;
            }
            char => put(&mut rows, char.encode_utf8(&mut [0; 4])),
        }
    }
    // The last row ends with a line end of its own.
    if rows.len() > 1 && rows.last().is_some_and(|row| row.iter().all(String::is_empty) && row.len() == 1) {
        rows.pop();
    }
    (rows.len() > 1 || rows[0].len() > 1).then_some(rows)
}

fn put(rows: &mut [Vec<String>], words: &str) {
    if let Some(cell) = rows.last_mut().and_then(|row| row.last_mut()) {
        cell.push_str(words);
    }
}

type Chars<'a> = std::iter::Peekable<std::str::Chars<'a>>;

/// What stands in quotation marks of which the first was just read, if the last one ends the cell.
fn quoted(mut chars: Chars<'_>) -> Option<(String, Chars<'_>)> {
    let mut words = String::new();
    loop {
        match chars.next()? {
            '"' if chars.next_if_eq(&'"').is_some() => words.push('"'),
            '"' => break,
            char => words.push(char),
        }
    }
    matches!(chars.peek(), None | Some('\t' | '\n' | '\r')).then_some((words, chars))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(plain: &str) -> Option<Vec<Vec<String>>> {
        sheet(plain)
    }

    fn cells(rows: &[&[&str]]) -> Option<Vec<Vec<String>>> {
        Some(rows.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect()).collect())
    }

    #[test]
    fn a_range_is_rows_of_cells_and_its_last_line_end_is_none() {
        assert_eq!(read("Step\tWeeks\r\nPilot\t2\r\n"), cells(&[&["Step", "Weeks"], &["Pilot", "2"]]));
        assert_eq!(read("a\t\tb"), cells(&[&["a", "", "b"]]));
        assert_eq!(read("a\nb"), cells(&[&["a"], &["b"]]));
        assert_eq!(read("a\tb\n\t\n"), cells(&[&["a", "b"], &["", ""]]));
        assert_eq!(read("a\rb\r"), cells(&[&["a"], &["b"]]));
    }

    #[test]
    fn words_alone_are_no_range() {
        for plain in ["", "word", "word\n", "\"word\""] {
            assert_eq!(read(plain), None, "{plain:?}");
        }
    }

    #[test]
    fn marks_around_a_cell_hold_its_tabs_and_line_ends() {
        assert_eq!(read("\"one\ntwo\"\tx"), cells(&[&["one\ntwo", "x"]]));
        assert_eq!(read("\"say \"\"yes\"\"\"\tx"), cells(&[&["say \"yes\"", "x"]]));
        assert_eq!(read("\"open\tx"), cells(&[&["\"open", "x"]]));
        assert_eq!(read("5\" tube\t\"a\"b"), cells(&[&["5\" tube", "\"a\"b"]]));
    }
}
