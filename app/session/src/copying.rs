//! Making a new room of one that is there: what its owners said in it, for somebody else.
//!
//! What belongs to the people of one deal stays behind: what buyers answered, chose, confirmed and signed, their names and files,
//! comments, suggestions, versions, links, and days of the calendar. What the owners keep for themselves comes along.

use exchange::frozen::Frozen;
use model::{Right, RoomId, Standing};
use terms::{
    plan::{Due, Plan, Side, Status, Step, Who},
    portal::Contact,
};

use crate::{Problem, Room, RoomFile, Rooms, rooms::blank};

impl Rooms {
    /// Makes a new room of one that this device owns, under another title. `standing` is that of the new room.
    ///
    /// # Errors
    /// [`Problem::NoRight`] for whoever does not own the room, [`Problem::Preview`], and what the store says; no room is left
    /// behind then.
    pub async fn copy(&self, id: RoomId, title: &str, standing: Standing) -> Result<RoomId, Problem> {
        if self.is_preview {
            return Err(Problem::Preview);
        }
        let room = self.open(id).await?;
        room.may(Right::Own)?;
        room.open_workspace().await?;
        let new = RoomId(self.ports.random());
        if let Err(problem) = self.fill(&room, new, title, standing).await {
            // One that cannot be let go of now is in no list, and goes when the program next starts.
            let _ = self.set_standing(new, Standing::Deleted(0)).await;
            let _ = self.erase_deleted(0).await;
            self.changed().await?;
            return Err(problem);
        }
        self.changed().await?;
        Ok(new)
    }

    async fn fill(&self, from: &Room, new: RoomId, title: &str, standing: Standing) -> Result<(), Problem> {
        self.begin(new, title, &blank(), false, true).await?;
        let to = self.open(new).await?;
        let mut frozen = from.freeze()?;
        forget(&mut frozen);
        frozen.title = title.to_owned();
        // Blobs first, so that nothing refers to what is not there.
        for image in frozen.images() {
            // One that never arrived is missing in both.
            if let Some(bytes) = from.blob(image).await? {
                to.put_blob(bytes).await?;
            }
        }
        to.become_as(&frozen)?;
        let calculator = from.documents().offer.calculator();
        if let Some(calculator) = calculator {
            to.change_offer(|offer| offer.set_calculator(None, Some(&calculator)))?;
        }
        for file in from.files().iter().filter(|file| file.newest().owns) {
            copy_file(from, &to, file).await?;
        }
        copy_workspace(from, &to, &frozen.plan).await?;
        to.flush().await?;
        self.set_standing(new, standing).await
    }
}

/// Takes out what belongs to one deal.
fn forget(frozen: &mut Frozen) {
    frozen.portal.buyer.clear();
    frozen.contacts.retain(|contact| contact.side == Side::Seller || !contact.role.is_empty());
    for contact in frozen.contacts.iter_mut().filter(|contact| contact.side == Side::Buyer) {
        // What somebody does is known before who they are.
        *contact =
            Contact { name: String::new(), mail: String::new(), phone: String::new(), ..contact.clone() };
    }
    frozen.price.valid_until.clear();
    frozen.plan.target = None;
    frozen.plan.steps.iter_mut().for_each(forget_progress);
}

fn forget_progress(step: &mut Step) {
    step.pinned = None;
    step.answered = 0;
    if matches!(step.due, Due::On(_)) {
        step.due = Due::Open;
    }
    if step.status != Status::Dropped {
        step.status = Status::Open;
    }
    if step.side == Side::Buyer && matches!(step.who, Who::Person(_)) {
        step.who = Who::Company;
    }
}

/// Puts the newest version of a file into another room. One of which a piece is not here is left out.
async fn copy_file(from: &Room, to: &Room, file: &RoomFile) -> Result<(), Problem> {
    let newest = file.newest();
    let held = from.held_blobs().await?;
    if newest.pieces.iter().any(|piece| !held.contains(piece)) {
        return Ok(());
    }
    let mut upload = to.begin_file(newest.size).await?;
    for piece in &newest.pieces {
        let bytes = from.piece(*piece).await?.ok_or(Problem::FileMissing)?;
        upload.take(bytes).await?;
    }
    upload.finish(&file.folder, &file.name, &newest.media_type).await
}

/// Steps and costs that only the owners have. The names of lines are those of the room that was copied.
async fn copy_workspace(from: &Room, to: &Room, plan: &Plan) -> Result<(), Problem> {
    let Some(workspace) = from.workspace() else { return Ok(()) };
    let (inside, costs) = (workspace.documents().offer.plan().steps, from.costs());
    for mut step in inside.into_iter().filter(|step| plan.find(&step.id).is_none()) {
        forget_progress(&mut step);
        to.write_step_inside(&step).await?;
    }
    for (line, cost) in costs {
        to.set_cost(&line, Some(cost)).await?;
    }
    Ok(())
}
