//! The room's first page in the shared document `offer`: fields of map `about`, and the map `people`, by names of contacts,
//! of maps. All values are strings, one field a key.

use model::BlobHash;
use terms::{
    plan::Side,
    portal::{Contact, Logo, Portal},
};
use yrs::{MapRef, ReadTxn};

use super::{
    Offer,
    plan::{last_order, ordered, part, part_or_new, set, value},
};
use crate::{guard::Refused, shared::SYSTEM};

impl Offer {
    /// What was said on the first page.
    pub fn portal(&self) -> Portal {
        let read = self.shared.read(|txn| {
            let value = |key| value(txn, &self.about, key);
            Portal {
                seller: value("seller"),
                buyer: value("buyer"),
                welcome: value("welcome"),
                hue: Portal::hue(&value("hue")),
                logo: BlobHash::parse(&value("logo")).map(|blob| Logo { blob, alt: value("logo alt") }),
            }
        });
        read.unwrap_or_default()
    }

    /// Writes what of the first page is other than before.
    pub fn set_portal(&mut self, old: &Portal, new: &Portal) -> Result<(), Refused> {
        let hue = |portal: &Portal| portal.hue.map(|hue| hue.to_string()).unwrap_or_default();
        let blob = |portal: &Portal| portal.logo.as_ref().map(|it| it.blob.to_string()).unwrap_or_default();
        let alt = |portal: &Portal| portal.logo.as_ref().map(|it| it.alt.clone()).unwrap_or_default();
        let fields = [
            ("seller", old.seller.clone(), new.seller.clone()),
            ("buyer", old.buyer.clone(), new.buyer.clone()),
            ("welcome", old.welcome.clone(), new.welcome.clone()),
            ("hue", hue(old), hue(new)),
            ("logo", blob(old), blob(new)),
            ("logo alt", alt(old), alt(new)),
        ];
        self.shared.write(SYSTEM, |txn| {
            for (key, _, after) in fields.iter().filter(|(_, before, after)| before != after) {
                set(txn, &self.about, key, after);
            }
        })
    }

    /// The people on both sides, in the order in which they were named.
    pub fn contacts(&self) -> Vec<Contact> {
        let read = self.shared.read(|txn| ordered(txn, &self.people, contact));
        read.unwrap_or_default().into_iter().map(|(_, contact)| contact).collect()
    }

    /// Writes the fields of a contact in which `new` is other than what it was, or a new contact.
    pub fn write_contact(&mut self, old: Option<&Contact>, new: &Contact) -> Result<(), Refused> {
        let last = last_order(&self.shared, &self.people)?;
        self.shared.write(SYSTEM, |txn| {
            let map = part_or_new(txn, &self.people, &new.id, &last);
            let blank = Contact::default();
            for ((key, before), (_, after)) in fields(old.unwrap_or(&blank)).into_iter().zip(fields(new)) {
                if before != after {
                    set(txn, &map, key, after);
                }
            }
        })
    }

    /// Takes a contact away, or brings it back.
    pub fn delete_contact(&mut self, id: &str, gone: bool) -> Result<(), Refused> {
        self.shared.write(SYSTEM, |txn| {
            if let Some(map) = part(txn, &self.people, id) {
                set(txn, &map, "gone", if gone { "1" } else { "" });
            }
        })
    }
}

fn fields(contact: &Contact) -> [(&'static str, &str); 5] {
    let side = if contact.side == Side::Buyer { "buyer" } else { "" };
    [
        ("name", &contact.name),
        ("role", &contact.role),
        ("side", side),
        ("mail", &contact.mail),
        ("phone", &contact.phone),
    ]
}

fn contact<T: ReadTxn>(txn: &T, id: &str, map: &MapRef) -> Contact {
    let value = |key| value(txn, map, key);
    Contact {
        id: id.to_owned(),
        name: value("name"),
        role: value("role"),
        side: if value("side") == "buyer" { Side::Buyer } else { Side::Seller },
        mail: value("mail"),
        phone: value("phone"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_who_change_the_first_page_both_keep_their_fields() {
        let (mut one, mut other) = (Offer::new(1), Offer::new(2));
        let begun = Portal { seller: "Quillhaven".into(), ..Portal::default() };
        one.set_portal(&Portal::default(), &begun).unwrap();
        let legal = Contact {
            id: "l".into(),
            role: "Legal reviewer".into(),
            side: Side::Buyer,
            ..Contact::default()
        };
        one.write_contact(None, &legal).unwrap();
        for update in one.take_updates() {
            other.receive(&update).unwrap();
        }
        one.set_portal(&begun, &Portal { welcome: "Good day.".into(), ..begun.clone() }).unwrap();
        let logo = Some(Logo { blob: BlobHash([7; 32]), alt: "A quill".into() });
        other.set_portal(&begun, &Portal { hue: Some(165), logo: logo.clone(), ..begun.clone() }).unwrap();
        one.write_contact(Some(&legal), &Contact { name: "Anneke Vos".into(), ..legal.clone() }).unwrap();
        other.write_contact(Some(&legal), &Contact { phone: "+31 20".into(), ..legal.clone() }).unwrap();
        let (ones, others) = (one.take_updates(), other.take_updates());
        ones.iter().for_each(|update| other.receive(update).unwrap());
        others.iter().for_each(|update| one.receive(update).unwrap());
        assert_eq!((one.portal(), one.contacts()), (other.portal(), other.contacts()));
        assert_eq!(one.portal(), Portal { welcome: "Good day.".into(), hue: Some(165), logo, ..begun });
        assert_eq!(one.contacts()[0].called(), "Anneke Vos");
        assert_eq!((legal.called(), one.contacts()[0].phone.as_str()), ("Legal reviewer", "+31 20"));
        one.delete_contact("l", true).unwrap();
        assert_eq!(one.contacts(), []);
        one.delete_contact("l", false).unwrap();
        assert_eq!(one.contacts().len(), 1);
    }
}
