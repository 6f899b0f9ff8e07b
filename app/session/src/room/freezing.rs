//! The state of a room at one moment, as a value that can be kept, hashed and compared.

use exchange::frozen::{self, Attachment, Frozen, FrozenSection};
use model::{BlobHash, limits};
use text::{Block, Document, Grid};

use super::{Room, RoomFile};
use crate::Problem;

impl Room {
    /// The room as it stands now. Copies that have the same entries get the same one.
    ///
    /// # Errors
    /// What the documents say.
    pub fn freeze(&self) -> Result<Frozen, Problem> {
        let mut sections = Vec::new();
        for section in self.list() {
            let text = self.document(&section.id)?;
            let tables = self.grids_of(&text);
            sections.push(FrozenSection { id: section.id, name: section.name, text, tables });
        }
        let (price, mut confirmed) = (self.price(), self.confirmed_steps());
        let documents = self.documents();
        let offer = &documents.offer;
        let plan = offer.plan();
        confirmed.retain(|step| plan.find(step).is_some());
        Ok(Frozen {
            title: offer.title(),
            portal: offer.portal(),
            contacts: offer.contacts(),
            variables: offer.variables(),
            sections,
            choices: price.list.settled(&price.choices),
            price: price.list,
            plan,
            confirmed,
            files: stdx::in_order(self.files().iter().map(attached), |one, other| one < other),
        })
    }

    /// The tables that stand in a text, each once, as people see them.
    fn grids_of(&self, text: &Document) -> Vec<Grid> {
        let documents = self.documents();
        let mut grids: Vec<Grid> = Vec::new();
        for line in text.lines() {
            let Block::Table(id) = &line.format.block else { continue };
            let known = grids.iter().any(|grid| grid.table.id == *id);
            if let Some(mut grid) = documents.content.read_grid(id).filter(|_| !known) {
                for cell in grid.table.rows.iter_mut().flatten() {
                    *cell = Document::from_delta(cell).to_delta();
                }
                grids.push(grid);
            }
        }
        grids
    }

    /// Keeps the canonical bytes of a frozen room as a blob, and answers its name. They are durably stored by then. Whoever
    /// writes that name somewhere has it counted among [`Room::needed_blobs`], so that it stays and travels.
    ///
    /// # Errors
    /// As [`Room::put_blob`], and [`Problem::BlobTooLarge`] beyond [`limits::FROZEN_MAX`].
    pub async fn put_frozen(&self, bytes: &[u8]) -> Result<BlobHash, Problem> {
        if bytes.len() > limits::FROZEN_MAX {
            return Err(Problem::BlobTooLarge);
        }
        self.put_blob(frozen::pack(bytes)).await
    }

    /// The canonical bytes of a frozen room that is kept as a blob; none where the blob is not here. What they say is not
    /// looked at.
    ///
    /// # Errors
    /// What the store says, and [`Problem::Frozen`] where the blob is no frozen room.
    pub async fn frozen(&self, blob: BlobHash) -> Result<Option<Vec<u8>>, Problem> {
        let Some(blob) = self.blob(blob).await? else { return Ok(None) };
        Ok(Some(frozen::unpack(&blob)?))
    }
}

/// A file as it is attached: its newest version.
fn attached(file: &RoomFile) -> Attachment {
    let newest = file.newest();
    Attachment {
        folder: file.folder.clone(),
        name: file.name.clone(),
        size: newest.size,
        hash: BlobHash(newest.hash),
    }
}
