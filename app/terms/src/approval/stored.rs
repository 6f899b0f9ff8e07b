//! Statements as bytes, without who signed them and their signature. docs/formats.md gives them.

use model::{Author, RoomId, StatementHash};
use stdx::{Cut, Reader, Writer};

use super::{Decision, End, NOTE_MAX, ROLES_MAX, Request, RoleCertificate, Scope, Statement};
use crate::{
    book::TEXT_MAX,
    rule::{Facts, NAME_MAX, Rule, several},
};

/// What stands where a statement names no certificate, since who began the team signed it.
const NONE: [u8; 32] = [0; 32];

impl Statement {
    /// What it is: a byte that stands in front of it, so that none stands for another.
    pub fn kind(&self) -> u8 {
        match self {
            Self::Certified(_) => 1,
            Self::Ended(_) => 2,
            Self::Asked(_) => 3,
            Self::Decided(_) => 4,
        }
    }

    /// As bytes, without its kind.
    pub fn write(&self, out: &mut Writer) {
        match self {
            Self::Certified(it) => {
                out.raw(&it.author.0).text(&it.name).uint(it.roles.len() as u64);
                for role in &it.roles {
                    out.text(role);
                }
                out.text(&it.region).uint(it.from).uint(it.until.unwrap_or(0));
                out.raw(&under(it.under)).uint(it.at);
            }
            Self::Ended(it) => {
                out.raw(&it.certificate.0);
                hashes(out, &it.counted);
                out.raw(&under(it.under)).uint(it.at);
            }
            Self::Asked(it) => {
                match &it.scope {
                    Scope::Deal(deal) => out.u8(0).text(deal),
                    Scope::Room(room) => out.u8(1).raw(&room.0),
                };
                it.rule.write(out);
                it.facts.write(out);
                out.raw(&it.terms).text(&it.note).text(&it.by).uint(it.at);
            }
            Self::Decided(it) => {
                out.raw(&it.request.0)
                    .text(&it.role)
                    .raw(&under(it.under))
                    .u8(u8::from(it.is_yes))
                    .text(&it.reason);
                hashes(out, &it.follows);
                out.uint(it.at);
            }
        }
    }

    /// Reads what [`Statement::write`] writes.
    ///
    /// # Errors
    /// [`Cut`] where it is not understood, or something in it is too long.
    pub fn read(kind: u8, from: &mut Reader) -> Result<Self, Cut> {
        Ok(match kind {
            1 => Self::Certified(RoleCertificate {
                author: Author(from.array()?),
                name: words(from, NAME_MAX)?,
                roles: several(from, |from| words(from, NAME_MAX)).and_then(few)?,
                region: words(from, NAME_MAX)?,
                from: from.uint()?,
                until: Some(from.uint()?).filter(|until| *until > 0),
                under: read_under(from)?,
                at: from.uint()?,
            }),
            2 => Self::Ended(End {
                certificate: StatementHash(from.array()?),
                counted: read_hashes(from)?,
                under: read_under(from)?,
                at: from.uint()?,
            }),
            3 => Self::Asked(Request {
                scope: match from.u8()? {
                    0 => Scope::Deal(words(from, NAME_MAX)?),
                    1 => Scope::Room(RoomId(from.array()?)),
                    _ => return Err(Cut),
                },
                rule: Rule::read(from)?,
                facts: Facts::read(from)?,
                terms: from.array()?,
                note: words(from, NOTE_MAX)?,
                by: words(from, TEXT_MAX)?,
                at: from.uint()?,
            }),
            4 => Self::Decided(Decision {
                request: StatementHash(from.array()?),
                role: words(from, NAME_MAX)?,
                under: read_under(from)?,
                is_yes: match from.u8()? {
                    0 => false,
                    1 => true,
                    _ => return Err(Cut),
                },
                reason: words(from, NOTE_MAX)?,
                follows: read_hashes(from)?,
                at: from.uint()?,
            }),
            _ => return Err(Cut),
        })
    }
}

fn under(certificate: Option<StatementHash>) -> [u8; 32] {
    certificate.map_or(NONE, |hash| hash.0)
}

fn read_under(from: &mut Reader) -> Result<Option<StatementHash>, Cut> {
    Ok(Some(from.array()?).filter(|hash| *hash != NONE).map(StatementHash))
}

fn hashes(out: &mut Writer, all: &[StatementHash]) {
    out.uint(all.len() as u64);
    for hash in all {
        out.raw(&hash.0);
    }
}

fn read_hashes(from: &mut Reader) -> Result<Vec<StatementHash>, Cut> {
    several(from, |from| Ok(StatementHash(from.array()?)))
}

fn words(from: &mut Reader, most: usize) -> Result<String, Cut> {
    let words = from.text()?;
    if words.chars().count() > most { Err(Cut) } else { Ok(words.to_owned()) }
}

fn few(roles: Vec<String>) -> Result<Vec<String>, Cut> {
    if roles.len() > ROLES_MAX { Err(Cut) } else { Ok(roles) }
}
