//! Shortcuts: characters that, once typed, ask for a format.

use crate::bounds;
use crate::intent::{become_block, close, divider_at, fence_language, remark, rewrite};
use crate::{
    Block, Change, Delta, Document, Line, LineFormat, Mark, Marks, Place, Selection, Within, utf16_len,
};

/// The change that the characters before the caret ask for; to be tried after each typed character, and to be undone
/// on its own, so that the characters themselves can be had back.
///
/// At a line's start: `# ` to `###### `, `- ` or `* `, `1. `, `[] ` or `[x] `, `> `, three backticks with a language or
/// none and a space, `---`. Anywhere: `**bold**`, `*italic*`, `_italic_`, `~~struck~~` and code between backticks.
pub fn shortcut(doc: &Document, selection: Selection) -> Option<Change> {
    if !selection.is_caret() {
        return None;
    }
    let place = doc.place(selection.head);
    let line = &doc.lines()[place.line];
    if line.format.block.is_code() || line.format.block.is_void() {
        return None;
    }
    let text = line.as_text();
    let (head, tail) = (bounds::before(&text, place.offset), bounds::after(&text, place.offset));
    let start = doc.line_start(place.line);
    // iOS and macOS turn the first two of three hyphens into a dash while they are typed.
    if matches!(head, "---" | "—-") && tail.is_empty() && line.format.block == Block::Paragraph {
        return divider_at(doc, start..start + place.offset);
    }
    if let Some(format) = line_format(&line.format, head, tail) {
        return rewrite(doc, start..start + place.offset, Vec::new(), &format);
    }
    inline(doc, place, line, head, tail)
}

/// As [`shortcut`], without formats of lines: for a text that is one line for ever.
pub fn mark_shortcut(doc: &Document, selection: Selection) -> Option<Change> {
    let place = doc.place(selection.head);
    let line = doc.lines().get(place.line).filter(|_| selection.is_caret())?;
    let text = line.as_text();
    inline(doc, place, line, bounds::before(&text, place.offset), bounds::after(&text, place.offset))
}

/// The format that a line gets which starts with `head`.
fn line_format(now: &LineFormat, head: &str, tail: &str) -> Option<LineFormat> {
    // Browsers write a space at a line's end as a no-break space at times.
    let word = head.strip_suffix([' ', '\u{A0}'])?;
    let block = match word {
        "-" | "*" => Block::Bullet,
        "1." | "1)" => Block::Ordered,
        "[]" | "[ ]" | "[\u{A0}]" => Block::Check { done: false },
        "[x]" | "[X]" => Block::Check { done: true },
        ">" => {
            let fits =
                now.within == Within::Text && matches!(now.block, Block::Paragraph | Block::Heading(_));
            return fits.then(|| LineFormat { within: Within::Quote, ..now.clone() });
        }
        _ if (1..=6).contains(&word.len()) && word.bytes().all(|byte| byte == b'#') => {
            Block::Heading(word.len() as u8)
        }
        _ if tail.is_empty() => Block::Code { language: fence_language(word)? },
        _ => return None,
    };
    let fits = match (&now.block, &block) {
        (Block::Paragraph, _) | (Block::Heading(_), Block::Heading(_)) => true,
        (now, Block::Check { .. }) => now.is_list(),
        _ => false,
    };
    let mut format = now.clone();
    become_block(&mut format, &block);
    (fits && format != *now).then_some(format)
}

const PAIRS: [(&str, Mark); 5] =
    [("**", Mark::Bold), ("~~", Mark::Strike), ("`", Mark::Code), ("*", Mark::Italic), ("_", Mark::Italic)];

fn inline(doc: &Document, place: Place, line: &Line, head: &str, tail: &str) -> Option<Change> {
    let (sign, mark, open) =
        PAIRS.iter().find_map(|(sign, mark)| Some((*sign, *mark, opening(head, sign)?)))?;
    let content = &head[open + sign.len()..head.len() - sign.len()];
    let from = utf16_len(&head[..open]);
    if line.parts(from..place.offset).any(|(_, marks)| marks.code) {
        return None;
    }
    let start = doc.line_start(place.line);
    let (inner, width) = (from + sign.len(), utf16_len(content));
    let mut delta = Delta::new().retain(start + from).delete(sign.len());
    let mut at = start + inner;
    let set = |marks: &Marks| (!marks.has(mark)).then(|| marks.clone().with(mark, true));
    remark(doc, &mut delta, &mut at, place.line, inner..inner + width, set);
    let delta = delta.retain(start + inner + width - at).delete(sign.len());
    let delta = close(doc, delta, start + place.offset, &LineFormat::default());

    let text = [&head[..open], content, tail].concat();
    let caret = start + bounds::snap(&text, from + width);
    let typed = line.around(place.offset).0.cloned().unwrap_or_default();
    Some(Change { delta, selection: Selection::caret(caret), pending: Some(typed.with(mark, false)) })
}

/// Where the opening sign stands that the sign at the end of `head` closes.
fn opening(head: &str, sign: &str) -> Option<usize> {
    let body = head.strip_suffix(sign)?;
    let row = body.rfind('\u{2028}').map_or(0, |at| at + '\u{2028}'.len_utf8());
    let open = row + body[row..].rfind(sign)?;
    let content = &body[open + sign.len()..];
    let letter = sign.chars().next()?;
    let before = body[..open].chars().next_back();
    let padded = content.starts_with(char::is_whitespace) || content.ends_with(char::is_whitespace);
    if content.is_empty() || padded || before == Some(letter) || content.ends_with(letter) {
        return None;
    }
    // Within a word a lone sign is itself, as in `snake_case_` or 2*3*4; scripts without spaces have no such words.
    let in_word = before.is_some_and(|char| char.is_alphanumeric() && char < '\u{2E80}');
    (sign.len() > 1 || !in_word).then_some(open)
}
