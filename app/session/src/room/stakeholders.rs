//! Who on the buying side has a say, kept by the selling team for itself.

use model::limits;
use terms::stakeholder::Stakeholder;

use super::{Room, bounded};
use crate::Problem;

impl Room {
    /// Everybody who has a say, in the order in which they were named; nobody where this device is none of the owner's. Look again
    /// when [`Room::offer_changed`] moves.
    pub fn stakeholders(&self) -> Vec<Stakeholder> {
        self.workspace().map(|workspace| workspace.documents().offer.stakeholders()).unwrap_or_default()
    }

    /// Writes somebody who has a say, as they were and as they are to be; a new one has no name among stakeholders yet. Answers that
    /// name.
    ///
    /// # Errors
    /// As [`Room::begin_workspace`].
    pub async fn write_stakeholder(
        &self,
        old: Option<&Stakeholder>,
        new: &Stakeholder,
    ) -> Result<String, Problem> {
        let id = if new.id.is_empty() { model::hex(&self.ports().random::<8>()) } else { new.id.clone() };
        let new = Stakeholder {
            id: id.clone(),
            name: bounded(&new.name, limits::NAME_MAX),
            title: bounded(&new.title, limits::NAME_MAX),
            mail: bounded(&new.mail, limits::MAIL_MAX),
            // Nobody reports to themselves.
            reports_to: if new.reports_to == id { String::new() } else { new.reports_to.clone() },
            note: bounded(&new.note, limits::REASON_MAX),
            ..new.clone()
        };
        let workspace = self.begin_workspace().await?;
        workspace.change_offer(|offer| offer.write_stakeholder(old, &new))?;
        Ok(id)
    }

    /// Takes a stakeholder away, or brings them back.
    ///
    /// # Errors
    /// As [`Room::begin_workspace`].
    pub async fn delete_stakeholder(&self, id: &str, gone: bool) -> Result<(), Problem> {
        let workspace = self.begin_workspace().await?;
        workspace.change_offer(|offer| offer.delete_stakeholder(id, gone))
    }
}
