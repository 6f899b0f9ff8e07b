//! What a device says of presentations of the room: what it shows to the others, or whose presentation it attends.
//!
//! It travels in a device's presence and between the tabs of a browser. Whoever has the room's key may say anything here, so all of
//! it is bounded; whose showing counts is decided by whoever hears it.

use insight::record::Part;
use model::{Author, SectionId};
use stdx::{Cut, Reader, Writer};

/// Places in a part are in so many parts of its height and of its width.
pub const WHOLE: u16 = 10_000;
/// The longest name of a part, in bytes.
const PART_MAX: usize = 160;
/// Times and numbers of pages are below this, so that any program can hold them.
const NUMBER_END: u64 = 1 << 53;

/// What a device does in presentations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stage {
    /// It walks the others through the room.
    Showing(Showing),
    /// It attends somebody's presentation.
    Attending(Attending),
}

/// Where a presenter is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Showing {
    /// What they have before them.
    pub spot: Spot,
    /// When they began, by their device's clock, milliseconds since 1970.
    pub since: u64,
}

/// A place in the room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    /// The part: a section or a page of a file, or else one of the room's places as a whole.
    pub part: Part,
    /// How far down in the part the upper edge of the window is, of [`WHOLE`] for its height.
    pub offset: u16,
    /// Where the pointer is; none where it is in no part.
    pub pointer: Option<Pointer>,
}

/// A place in the box of a part, which may be another than the one at the upper edge of the window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pointer {
    /// The part.
    pub part: Part,
    /// How far from its left, of [`WHOLE`] for its width.
    pub x: u16,
    /// How far from its top, of [`WHOLE`] for its height.
    pub y: u16,
}

/// How somebody attends a presentation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attending {
    /// Whose.
    pub of: Author,
    /// Whether they see what the presenter sees; not while they look around.
    pub follows: bool,
    /// Whether their page is out of sight.
    pub hidden: bool,
    /// When they raised a hand, by their device's clock, milliseconds since 1970; none where it is down.
    pub hand: Option<u64>,
}

const FOLLOWS: u8 = 1;
const HIDDEN: u8 = 2;
const HAND: u8 = 4;

impl Spot {
    /// The place as it can be said: what lies beyond the part's edge is at its edge. None where the part's name is none.
    pub fn checked(self) -> Option<Self> {
        let pointer = self.pointer.and_then(|Pointer { part: within, x, y }| {
            Some(Pointer { part: named(&within.name())?, x: x.min(WHOLE), y: y.min(WHOLE) })
        });
        Some(Self { part: named(&self.part.name())?, offset: self.offset.min(WHOLE), pointer })
    }
}

impl Stage {
    pub(crate) fn write<'o>(&self, out: &'o mut Writer) -> &'o mut Writer {
        match self {
            Self::Showing(Showing { spot, since }) => {
                out.u8(1).text(&spot.part.name()).uint(spot.offset.into());
                match &spot.pointer {
                    None => out.u8(0),
                    Some(Pointer { part, x, y }) => {
                        out.u8(1).text(&part.name()).uint((*x).into()).uint((*y).into())
                    }
                };
                out.uint(*since)
            }
            Self::Attending(Attending { of, follows, hidden, hand }) => {
                let flag = |is_set, flag| if is_set { flag } else { 0 };
                let flags = flag(*follows, FOLLOWS) | flag(*hidden, HIDDEN) | flag(hand.is_some(), HAND);
                out.u8(2).raw(&of.0).u8(flags);
                match hand {
                    None => out,
                    Some(at) => out.uint(*at),
                }
            }
        }
    }

    pub(crate) fn read(from: &mut Reader) -> Result<Self, Cut> {
        Ok(match from.u8()? {
            1 => {
                let (part, offset) = (named(from.text()?).ok_or(Cut)?, place(from)?);
                let pointer = match from.u8()? {
                    0 => None,
                    1 => {
                        let part = named(from.text()?).ok_or(Cut)?;
                        Some(Pointer { part, x: place(from)?, y: place(from)? })
                    }
                    _ => return Err(Cut),
                };
                Self::Showing(Showing { spot: Spot { part, offset, pointer }, since: time(from)? })
            }
            2 => {
                let (of, flags) = (Author(from.array()?), from.u8()?);
                if flags > FOLLOWS | HIDDEN | HAND {
                    return Err(Cut);
                }
                let hand = if flags & HAND == 0 { None } else { Some(time(from)?) };
                Self::Attending(Attending {
                    of,
                    follows: flags & FOLLOWS > 0,
                    hidden: flags & HIDDEN > 0,
                    hand,
                })
            }
            _ => return Err(Cut),
        })
    }
}

/// The part of this name, if it can be one of a room.
fn named(name: &str) -> Option<Part> {
    let part = Part::parse(name).filter(|_| name.len() <= PART_MAX)?;
    let is_good = match &part {
        Part::Section(section) => SectionId::parse(section).is_some(),
        Part::Page { number, .. } => (1..NUMBER_END).contains(number),
        _ => true,
    };
    is_good.then_some(part)
}

fn place(from: &mut Reader) -> Result<u16, Cut> {
    u16::try_from(from.uint()?).ok().filter(|place| *place <= WHOLE).ok_or(Cut)
}

fn time(from: &mut Reader) -> Result<u64, Cut> {
    from.uint().and_then(|time| if time < NUMBER_END { Ok(time) } else { Err(Cut) })
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) fn stages() -> Vec<Stage> {
        let at = |(x, y)| Pointer { part: Part::Section("next".into()), x, y };
        let spot =
            |part, offset, pointer: Option<(u16, u16)>| Spot { part, offset, pointer: pointer.map(at) };
        let page = Part::Page { file: "f1".into(), number: 3 };
        let spots = [
            spot(Part::Section("main".into()), 2_500, Some((10_000, 0))),
            spot(page, 0, None),
            spot(Part::Price, 10_000, Some((1, 2))),
        ];
        let attending = |follows, hidden, hand| {
            Stage::Attending(Attending { of: Author([6; 32]), follows, hidden, hand })
        };
        let attending = [attending(true, false, None), attending(false, true, Some(1_798_000_000_000))];
        let showing = spots.map(|spot| Stage::Showing(Showing { spot, since: 1_798_000_000_000 }));
        showing.into_iter().chain(attending).collect()
    }

    fn bytes(stage: &Stage) -> Vec<u8> {
        stage.write(&mut Writer::new()).clone().finish()
    }

    #[test]
    fn stages_come_back() {
        for stage in stages() {
            let bytes = bytes(&stage);
            assert_eq!(Stage::read(&mut Reader::new(&bytes)), Ok(stage));
            for end in 0..bytes.len() {
                assert_eq!(Stage::read(&mut Reader::new(&bytes[..end])), Err(Cut), "{end}");
            }
        }
    }

    #[test]
    fn what_is_beyond_the_limits_is_refused_when_read_and_brought_within_before_it_is_said() {
        let at = |x| Some(Pointer { part: Part::Price, x, y: 7 });
        let spot = |part: Part| Spot { part, offset: 10_001, pointer: at(60_000) };
        let beyond = Stage::Showing(Showing { spot: spot(Part::Plan), since: 5 });
        assert_eq!(Stage::read(&mut Reader::new(&bytes(&beyond))), Err(Cut));
        let checked = spot(Part::Plan).checked();
        assert_eq!(checked, Some(Spot { part: Part::Plan, offset: 10_000, pointer: at(10_000) }));
        for odd in [
            Part::Section("Not a name".into()),
            Part::Page { file: "f".repeat(160), number: 1 },
            Part::Page { file: "f".into(), number: 0 },
        ] {
            let spot = Spot { part: odd, offset: 0, pointer: None };
            let said = Stage::Showing(Showing { spot: spot.clone(), since: 5 });
            assert_eq!(Stage::read(&mut Reader::new(&bytes(&said))), Err(Cut), "{spot:?}");
            assert_eq!(spot.checked(), None);
        }
        let late = Stage::Showing(Showing {
            spot: Spot { part: Part::Plan, offset: 0, pointer: None },
            since: NUMBER_END,
        });
        assert_eq!(Stage::read(&mut Reader::new(&bytes(&late))), Err(Cut));
    }
}
