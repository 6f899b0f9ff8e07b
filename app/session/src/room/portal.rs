//! The first page of a room.

use model::{BlobHash, Right, limits};
use terms::portal::{Contact, LOGO_MAX, Logo, Portal};

use super::{Room, bounded};
use crate::Problem;

/// The longest greeting, in characters.
const WELCOME_MAX: usize = 600;

impl Room {
    /// What the selling side says on the first page. Look again when [`Room::offer_changed`] moves.
    pub fn portal(&self) -> Portal {
        self.documents().offer.portal()
    }

    /// The people on both sides whom the selling side named. Look again when [`Room::offer_changed`] moves.
    pub fn contacts(&self) -> Vec<Contact> {
        self.documents().offer.contacts()
    }

    /// Says something else on the first page than it said before.
    ///
    /// # Errors
    /// [`Problem::NoRight`] for whoever does not own the room, or what the document says. So for all below.
    pub fn set_portal(&self, new: &Portal) -> Result<(), Problem> {
        let old = self.portal();
        let new = Portal {
            seller: bounded(&new.seller, limits::NAME_MAX),
            buyer: bounded(&new.buyer, limits::NAME_MAX),
            welcome: bounded(&new.welcome, WELCOME_MAX),
            hue: new.hue,
            logo: new.logo.clone().map(|logo| Logo { alt: bounded(&logo.alt, limits::TITLE_MAX), ..logo }),
        };
        self.change_offer(|offer| offer.set_portal(&old, &new))
    }

    /// Keeps the bytes of a logo for [`Room::set_portal`] to refer to.
    ///
    /// # Errors
    /// [`Problem::NoRight`] for whoever does not own the room, [`Problem::BlobTooLarge`] beyond [`LOGO_MAX`], and as
    /// [`Room::put_blob`].
    pub async fn put_logo(&self, bytes: Vec<u8>) -> Result<BlobHash, Problem> {
        self.may(Right::Own)?;
        if bytes.len() > LOGO_MAX {
            return Err(Problem::BlobTooLarge);
        }
        self.put_blob(bytes).await
    }

    /// The bytes of the logo that others may have chosen; none where they are not here, or are more than a logo has.
    pub async fn logo(&self, blob: BlobHash) -> Option<Vec<u8>> {
        self.blob(blob).await.ok().flatten().filter(|bytes| bytes.len() <= LOGO_MAX)
    }

    /// Writes a contact, as it was and as it is to be; a new one has no name among contacts yet.
    ///
    /// # Errors
    /// As [`Room::set_portal`].
    pub fn write_contact(&self, old: Option<&Contact>, new: &Contact) -> Result<(), Problem> {
        let id = if new.id.is_empty() { model::hex(&self.ports().random::<8>()) } else { new.id.clone() };
        let new = Contact {
            id,
            name: bounded(&new.name, limits::NAME_MAX),
            role: bounded(&new.role, limits::NAME_MAX),
            side: new.side,
            mail: bounded(&new.mail, limits::TITLE_MAX),
            phone: bounded(&new.phone, limits::NAME_MAX),
        };
        self.change_offer(|offer| offer.write_contact(old, &new))
    }

    /// Takes a contact away, or brings it back.
    ///
    /// # Errors
    /// As [`Room::set_portal`].
    pub fn delete_contact(&self, id: &str, gone: bool) -> Result<(), Problem> {
        self.change_offer(|offer| offer.delete_contact(id, gone))
    }
}
