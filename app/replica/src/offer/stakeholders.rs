//! Who on the buying side has a say: the map `stakeholders`, by their names, of maps of strings, one field a key. Written in the
//! offer of a workspace only, never in that of a room.

use terms::stakeholder::{Role, Say, Stakeholder};
use yrs::{MapRef, ReadTxn};

use super::{
    Offer,
    plan::{last_order, ordered, part, part_or_new, set, value},
};
use crate::{guard::Refused, shared::SYSTEM};

impl Offer {
    /// Everybody who has a say, in the order in which they were named.
    pub fn stakeholders(&self) -> Vec<Stakeholder> {
        let read = self.shared.read(|txn| ordered(txn, &self.stakeholders, stakeholder));
        read.unwrap_or_default().into_iter().map(|(_, stakeholder)| stakeholder).collect()
    }

    /// Writes the fields of a stakeholder in which `new` is other than what it was, or a new one.
    pub fn write_stakeholder(&mut self, old: Option<&Stakeholder>, new: &Stakeholder) -> Result<(), Refused> {
        let last = last_order(&self.shared, &self.stakeholders)?;
        self.shared.write(SYSTEM, |txn| {
            let map = part_or_new(txn, &self.stakeholders, &new.id, &last);
            let blank = Stakeholder::default();
            for ((key, before), (_, after)) in fields(old.unwrap_or(&blank)).into_iter().zip(fields(new)) {
                if before != after {
                    set(txn, &map, key, after);
                }
            }
        })
    }

    /// Takes a stakeholder away, or brings them back.
    pub fn delete_stakeholder(&mut self, id: &str, gone: bool) -> Result<(), Refused> {
        self.shared.write(SYSTEM, |txn| {
            if let Some(map) = part(txn, &self.stakeholders, id) {
                set(txn, &map, "gone", if gone { "1" } else { "" });
            }
        })
    }
}

fn fields(of: &Stakeholder) -> [(&'static str, &str); 8] {
    [
        ("name", &of.name),
        ("title", &of.title),
        ("mail", &of.mail),
        ("role", of.role.name()),
        ("say", of.say.name()),
        ("reports to", &of.reports_to),
        ("device", &of.device),
        ("note", &of.note),
    ]
}

fn stakeholder<T: ReadTxn>(txn: &T, id: &str, map: &MapRef) -> Stakeholder {
    let value = |key| value(txn, map, key);
    Stakeholder {
        id: id.to_owned(),
        name: value("name"),
        title: value("title"),
        mail: value("mail"),
        role: Role::parse(&value("role")),
        say: Say::parse(&value("say")),
        reports_to: value("reports to"),
        device: value("device"),
        note: value("note"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_colleagues_who_know_different_things_of_one_both_keep_them() {
        let (mut one, mut other) = (Offer::new(1), Offer::new(2));
        let finance = Stakeholder { id: "f".into(), title: "Finance".into(), ..Stakeholder::default() };
        one.write_stakeholder(None, &finance).unwrap();
        one.take_updates().iter().for_each(|update| other.receive(update).unwrap());
        let decides = Stakeholder { role: Role::Decides, say: Say::Much, ..finance.clone() };
        one.write_stakeholder(Some(&finance), &decides).unwrap();
        let named = Stakeholder { name: "Eleanor Finch".into(), reports_to: "x".into(), ..finance.clone() };
        other.write_stakeholder(Some(&finance), &named).unwrap();
        let (ones, others) = (one.take_updates(), other.take_updates());
        ones.iter().for_each(|update| other.receive(update).unwrap());
        others.iter().for_each(|update| one.receive(update).unwrap());
        let both = Stakeholder { role: Role::Decides, say: Say::Much, ..named };
        assert_eq!(one.stakeholders(), [both]);
        assert_eq!(one.stakeholders(), other.stakeholders());
        one.delete_stakeholder("f", true).unwrap();
        assert_eq!(one.stakeholders(), []);
        one.delete_stakeholder("f", false).unwrap();
        assert_eq!(one.stakeholders().len(), 1);
    }
}
