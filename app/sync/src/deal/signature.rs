//! What somebody's signature looks like: their name as they typed it, or strokes as they drew them.

use model::limits;
use stdx::{Reader, Writer};

use crate::ledger::EntryError;

/// How a signature looks. It proves nothing by itself: what holds is the key that signs the act around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Signature {
    /// A name, as its person typed it.
    Typed(String),
    /// Strokes of a pen.
    Drawn(Drawing),
}

/// Strokes on a field that is [`Drawing::WIDTH`] wide and [`Drawing::HEIGHT`] high, whatever the size of the screen that they
/// were drawn on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Drawing {
    strokes: Vec<Vec<Point>>,
}

/// A place on the field: from the left, from the top.
pub type Point = [u16; 2];

impl Drawing {
    /// How wide the field is, in its own units.
    pub const WIDTH: u16 = 3_000;
    /// How high it is, in the same units.
    pub const HEIGHT: u16 = 1_000;
    /// The most points of all strokes together.
    pub const POINTS_MAX: usize = 3_000;
    /// A point this near to the one before adds nothing that is seen.
    const NEAR: u16 = 8;

    /// The strokes, in the order in which they were drawn.
    pub fn strokes(&self) -> &[Vec<Point>] {
        &self.strokes
    }

    /// Whether nothing is drawn.
    pub fn is_empty(&self) -> bool {
        self.strokes.is_empty()
    }

    /// The pen goes down.
    pub fn begin(&mut self, point: Point) {
        if self.has_room() {
            self.strokes.push(vec![within(point)]);
        }
    }

    /// The pen moves on; answers whether that is to be seen.
    pub fn draw_to(&mut self, point: Point) -> bool {
        let (point, has_room) = (within(point), self.has_room());
        let Some(stroke) = self.strokes.last_mut().filter(|_| has_room) else { return false };
        let is_far = stroke.last().is_none_or(|last| {
            last[0].abs_diff(point[0]) >= Self::NEAR || last[1].abs_diff(point[1]) >= Self::NEAR
        });
        if is_far {
            stroke.push(point);
        }
        is_far
    }

    /// Takes the last stroke back.
    pub fn undo(&mut self) {
        self.strokes.pop();
    }

    /// The strokes as the path of an SVG whose view box is the field.
    pub fn path(&self) -> String {
        let mut path = String::new();
        for stroke in &self.strokes {
            for (at, [x, y]) in stroke.iter().enumerate() {
                path.push_str(&format!("{}{x} {y}", if at == 0 { 'M' } else { 'L' }));
            }
            // A stroke of one point is a dot, which a path shows only where it goes somewhere.
            if let [[x, y]] = stroke[..] {
                path.push_str(&format!("L{x} {y}"));
            }
        }
        path
    }

    fn has_room(&self) -> bool {
        self.strokes.iter().map(Vec::len).sum::<usize>() < Self::POINTS_MAX
    }
}

fn within([x, y]: Point) -> Point {
    [x.min(Drawing::WIDTH), y.min(Drawing::HEIGHT)]
}

impl Signature {
    /// Whether anything of it is to be seen.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Typed(name) => name.trim().is_empty(),
            Self::Drawn(drawing) => drawing.is_empty(),
        }
    }

    pub(super) fn write(&self, out: &mut Writer) {
        match self {
            Self::Typed(name) => {
                out.u8(1).text(name);
            }
            Self::Drawn(drawing) => {
                out.u8(2).uint(drawing.strokes.len() as u64);
                for stroke in &drawing.strokes {
                    out.uint(stroke.len() as u64);
                    for [x, y] in stroke {
                        out.uint((*x).into()).uint((*y).into());
                    }
                }
            }
        }
    }

    pub(super) fn read(from: &mut Reader) -> Result<Self, EntryError> {
        let signature = match from.u8()? {
            1 => Self::Typed(super::words(from, limits::NAME_MAX)?),
            2 => {
                let (mut strokes, mut points) = (Vec::new(), 0);
                for _ in 0..from.uint()? {
                    let mut stroke = Vec::new();
                    for _ in 0..from.uint()? {
                        points += 1;
                        let (x, y) = (from.uint()?, from.uint()?);
                        if points > Drawing::POINTS_MAX
                            || x > Drawing::WIDTH.into()
                            || y > Drawing::HEIGHT.into()
                        {
                            return Err(EntryError::Damaged);
                        }
                        stroke.push([x as u16, y as u16]);
                    }
                    if stroke.is_empty() {
                        return Err(EntryError::Damaged);
                    }
                    strokes.push(stroke);
                }
                Self::Drawn(Drawing { strokes })
            }
            _ => return Err(EntryError::Damaged),
        };
        if signature.is_empty() { Err(EntryError::Damaged) } else { Ok(signature) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn back(signature: &Signature) -> Result<Signature, EntryError> {
        let mut out = Writer::new();
        signature.write(&mut out);
        Signature::read(&mut Reader::new(&out.finish()))
    }

    #[test]
    fn strokes_stay_on_the_field_and_leave_out_what_is_not_seen() {
        let mut drawing = Drawing::default();
        assert!(!drawing.draw_to([1, 1]), "the pen is not down");
        drawing.begin([10, 10]);
        assert!(!drawing.draw_to([12, 12]));
        assert!(drawing.draw_to([40, 20]));
        drawing.begin([9_000, 9_000]);
        assert_eq!(drawing.strokes(), [vec![[10, 10], [40, 20]], vec![[3_000, 1_000]]]);
        assert_eq!(drawing.path(), "M10 10L40 20M3000 1000L3000 1000");
        assert_eq!(back(&Signature::Drawn(drawing.clone())), Ok(Signature::Drawn(drawing.clone())));
        drawing.undo();
        assert_eq!(drawing.strokes().len(), 1);
        for x in 0..9_000 {
            drawing.begin([x % 3_000, 0]);
        }
        assert_eq!(drawing.strokes().iter().map(Vec::len).sum::<usize>(), Drawing::POINTS_MAX);
        assert!(back(&Signature::Drawn(drawing)).is_ok());
    }

    #[test]
    fn nothing_is_no_signature() {
        for empty in [Signature::Typed("  ".into()), Signature::Drawn(Drawing::default())] {
            assert_eq!(back(&empty), Err(EntryError::Damaged));
        }
        let outside = Signature::Drawn(Drawing { strokes: vec![vec![[3_001, 0]]] });
        assert_eq!(back(&outside), Err(EntryError::Damaged));
        assert_eq!(back(&Signature::Typed("Zoë".into())), Ok(Signature::Typed("Zoë".into())));
    }
}
