//! What somebody does to a text in which suggestions are shown, as what they may do there.

use super::project::joined;
use super::segments::{Segment, Segments};
use super::wording::known;
use crate::{Attrs, Change, Delta, Document, Op, Proposed, Selection, Who, utf16_len};

/// How somebody works in a text in which suggestions are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// They change the text. Words that others propose stay as they are.
    Edit,
    /// They suggest: words stay and are marked as deleted, and those that come in are only proposed.
    Suggest,
}

/// Turns a change of `shown`, made with `before` selected, into the one that this mode allows.
///
/// Words of one's own suggestions are changed in both modes; words typed among those that somebody else proposes go
/// behind them.
pub fn propose(shown: &Document, before: Selection, change: Change, mode: Mode) -> Change {
    let mut weaver = Weaver {
        segments: Segments::of(shown),
        mode,
        delta: Delta::new(),
        wanted: 0,
        got: 0,
        queue: Vec::new(),
        places: Vec::new(),
    };
    let Change { delta, selection, pending } = change;
    let (mut old, mut forward) = (0, !before.is_caret());
    for (at, op) in delta.ops().iter().enumerate() {
        match op {
            Op::Retain { len, attrs } => {
                weaver.keep(*len, &Proposed::without(attrs));
                old += len;
            }
            Op::Insert { text, attrs } => {
                let goes_next = matches!(delta.ops().get(at + 1), Some(Op::Delete(_)));
                weaver.put(text, Proposed::without(attrs), goes_next);
            }
            Op::Delete(len) => {
                forward |= old == before.head;
                weaver.take_away(*len);
                old += len;
            }
        }
    }
    weaver.finish();
    let place = |at| weaver.place(at, forward);
    let selection = Selection::new(place(selection.anchor), place(selection.head));
    let delta = if weaver.delta.is_empty() { Delta::new() } else { weaver.delta };
    Change { delta, selection, pending }
}

/// A stretch of the text that was wanted, and where it is in the one that comes of it.
struct Place {
    wanted: usize,
    got: usize,
    len: usize,
    kind: Kind,
}

#[derive(PartialEq, Eq)]
enum Kind {
    Kept,
    Inserted,
    /// It was to go, and stays.
    Stays,
}

struct Weaver<'a> {
    segments: Segments<'a>,
    mode: Mode,
    delta: Delta,
    /// How far it is in the text that was wanted, and in the one that comes of it.
    wanted: usize,
    got: usize,
    /// Words that wait for their place.
    queue: Vec<(usize, String, Attrs)>,
    places: Vec<Place>,
}

impl Weaver<'_> {
    fn keep(&mut self, mut len: usize, attrs: &Attrs) {
        while len > 0 {
            self.flush_if_free();
            let Some((segment, step)) = self.segments.take(len) else { break };
            let attrs = self.look(&segment, attrs);
            self.retain(step, attrs, Kind::Kept);
            self.wanted += step;
            len -= step;
        }
    }

    /// What of `attrs` may be set on a stretch.
    fn look(&self, segment: &Segment<'_>, attrs: &Attrs) -> Attrs {
        let proposed = segment.proposed;
        match (proposed.inserted, self.mode) {
            _ if attrs.is_empty() => Attrs::none(),
            (Some(Who::ME), _) | (None, Mode::Edit) => attrs.clone(),
            (Some(_), _) => Attrs::none(),
            (None, Mode::Suggest) if proposed.deleted.has(Who::ME) || !segment.is_changed_by(attrs) => {
                Attrs::none()
            }
            (None, Mode::Suggest) => {
                // Said also where it was so before: what says nothing of it is a change of the text itself.
                joined(attrs, &proposed.formatted.and(Who::ME).as_look())
            }
        }
    }

    fn put(&mut self, text: &str, attrs: Attrs, goes_next: bool) {
        let is_own =
            |segment: Option<Segment<'_>>| segment.is_some_and(|it| it.proposed.inserted == Some(Who::ME));
        let within_own = is_own(self.segments.before()) && is_own(self.segments.peek());
        let attrs = if self.mode == Mode::Suggest || within_own {
            let proposed = Proposed { inserted: Some(Who::ME), ..Proposed::default() };
            joined(&known(&attrs), &proposed.to_attrs())
        } else {
            attrs
        };
        self.queue.push((self.wanted, text.to_owned(), attrs));
        self.wanted += utf16_len(text);
        if !goes_next {
            self.flush_if_free();
        }
    }

    fn take_away(&mut self, mut len: usize) {
        while len > 0 {
            let Some((segment, step)) = self.segments.take(len) else { break };
            len -= step;
            let proposed = segment.proposed;
            match (proposed.inserted, self.mode) {
                // The section keeps its last line end.
                (None, Mode::Edit) if segment.text == "\n" && self.segments.is_past_section() => {
                    self.retain(step, Attrs::none(), Kind::Stays);
                }
                (Some(Who::ME), _) | (None, Mode::Edit) => self.delta.push(Op::Delete(step)),
                (Some(_), _) => self.retain(step, Attrs::none(), Kind::Stays),
                (None, Mode::Suggest) => {
                    let deleted = proposed.deleted.and(Who::ME);
                    let attrs = proposed.change_to(&Proposed { deleted, ..proposed });
                    self.retain(step, attrs, Kind::Stays);
                }
            }
        }
        self.flush_if_free();
    }

    fn retain(&mut self, len: usize, attrs: Attrs, kind: Kind) {
        self.delta.push(Op::Retain { len, attrs });
        self.places.push(Place { wanted: self.wanted, got: self.got, len, kind });
        self.got += len;
    }

    /// Words wait until what somebody else proposes is passed.
    fn flush_if_free(&mut self) {
        if !self.segments.peek().is_some_and(|next| next.proposed.is_others_words()) {
            self.flush();
        }
    }

    /// Words that still wait go behind what somebody else proposes there.
    fn finish(&mut self) {
        while !self.queue.is_empty()
            && self.segments.peek().is_some_and(|next| next.proposed.is_others_words())
            && let Some((_, step)) = self.segments.take(usize::MAX)
        {
            self.retain(step, Attrs::none(), Kind::Kept);
            self.wanted += step;
        }
        self.flush();
    }

    fn flush(&mut self) {
        for (wanted, text, attrs) in std::mem::take(&mut self.queue) {
            let len = utf16_len(&text);
            self.places.push(Place { wanted, got: self.got, len, kind: Kind::Inserted });
            self.got += len;
            self.delta.push(Op::Insert { text, attrs });
        }
    }

    /// Where a place of the text that was wanted is in the one that comes of it. At what stays although it was to go,
    /// it is behind that if `forward`.
    fn place(&self, at: usize, forward: bool) -> usize {
        let behind_words =
            |it: &&Place| it.kind == Kind::Inserted && it.wanted < at && at <= it.wanted + it.len;
        if let Some(it) = self.places.iter().find(behind_words) {
            return it.got + at - it.wanted;
        }
        let mut stays = self.places.iter().filter(|it| it.kind == Kind::Stays && it.wanted == at);
        if let Some(first) = stays.next() {
            return if forward {
                stays.next_back().map_or(first.got + first.len, |it| it.got + it.len)
            } else {
                first.got
            };
        }
        let kept = |it: &&Place| it.kind == Kind::Kept && it.wanted <= at && at <= it.wanted + it.len;
        match self.places.iter().find(kept) {
            Some(it) => it.got + at - it.wanted,
            None => (self.got + at).saturating_sub(self.wanted),
        }
    }
}
