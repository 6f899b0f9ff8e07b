//! The words of a line as they come, with white space folded as a browser shows it.

use text::{Marks, Run};

use crate::tree;

/// The sign of a break within a line.
const BREAK: char = '\u{2028}';

/// The words collected since the last line ended.
#[derive(Debug, Default)]
pub(super) struct Words {
    runs: Vec<Run>,
}

impl Words {
    /// Adds words; `spaced` where spaces and line ends count.
    pub(super) fn push(&mut self, words: &str, marks: &Marks, spaced: bool) {
        let mut text = String::with_capacity(words.len());
        let mut last = self.last();
        for ch in words.chars().filter(|ch| !tree::is_dropped(*ch) || ch.is_ascii_whitespace()) {
            let ch = match ch {
                '\n' if spaced => BREAK,
                '\r' if spaced => continue,
                '\t' if spaced => '\t',
                '\u{2029}' => ' ',
                ch if ch.is_ascii_whitespace() => ' ',
                ch => ch,
            };
            let folds = last.is_none_or(|last| last == ' ' || last == BREAK);
            if ch == ' ' && folds && !(spaced && last.is_some()) {
                continue;
            }
            text.push(ch);
            last = Some(ch);
        }
        self.add(text, marks);
    }

    /// Adds a break within the line; none at its start. Answers whether there was one already.
    pub(super) fn push_break(&mut self) -> bool {
        while let Some(run) = self.runs.last_mut() {
            run.text.truncate(run.text.trim_end_matches(|ch| is_blank(ch) && ch != BREAK).len());
            if !run.text.is_empty() {
                break;
            }
            self.runs.pop();
        }
        match self.last() {
            None => false,
            Some(BREAK) => true,
            Some(_) => {
                self.add(BREAK.into(), &Marks::default());
                false
            }
        }
    }

    /// Whether nothing is to be seen of them.
    pub(super) fn is_blank(&self) -> bool {
        self.runs.iter().all(|run| run.text.chars().all(is_blank))
    }

    /// The words of the line, without white space at its ends, and a new line begins.
    pub(super) fn take(&mut self) -> Vec<Run> {
        trimmed(std::mem::take(&mut self.runs))
    }

    fn last(&self) -> Option<char> {
        self.runs.last()?.text.chars().next_back()
    }

    fn add(&mut self, text: String, marks: &Marks) {
        match self.runs.last_mut() {
            _ if text.is_empty() => {}
            Some(run) if run.marks == *marks => run.text.push_str(&text),
            _ => self.runs.push(Run { text, marks: marks.clone() }),
        }
    }
}

/// `runs` without white space at both ends.
pub(super) fn trimmed(mut runs: Vec<Run>) -> Vec<Run> {
    while let Some(run) = runs.last_mut() {
        run.text.truncate(run.text.trim_end_matches(is_blank).len());
        if !run.text.is_empty() {
            break;
        }
        runs.pop();
    }
    let blank = runs.iter().take_while(|run| run.text.chars().all(is_blank)).count();
    runs.drain(..blank);
    if let Some(run) = runs.first_mut() {
        run.text.drain(..run.text.len() - run.text.trim_start_matches(is_blank).len());
    }
    runs
}

/// White space, and what takes no space at all.
fn is_blank(ch: char) -> bool {
    ch.is_whitespace() || ch == '\u{200b}'
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(words: &mut Words) -> String {
        words.take().into_iter().map(|run| run.text).collect()
    }

    #[test]
    fn white_space_folds_as_a_browser_shows_it() {
        let (plain, bold) = (Marks::default(), Marks { bold: true, ..Marks::default() });
        let mut words = Words::default();
        words.push("\n  a \t", &plain, false);
        words.push(" b\u{feff}", &bold, false);
        words.push(" \n", &plain, false);
        assert_eq!(shown(&mut words), "a b");
        words.push("a  ", &plain, true);
        words.push(" b\nc\u{a0}", &plain, true);
        assert_eq!(shown(&mut words), "a   b\u{2028}c");
    }

    #[test]
    fn breaks_stand_between_words_only() {
        let plain = Marks::default();
        let mut words = Words::default();
        assert!(!words.push_break());
        words.push("a ", &plain, false);
        assert!(!words.push_break());
        words.push("  ", &plain, false);
        assert!(words.push_break());
        words.push(" b", &plain, false);
        words.push_break();
        assert_eq!(shown(&mut words), "a\u{2028}b");
        words.push(" \u{a0}\u{200b} ", &plain, false);
        assert!(words.is_blank());
        assert_eq!(shown(&mut words), "");
    }
}
