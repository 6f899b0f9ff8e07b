//! Comments of the selling team among itself. They stand where others do, and are kept in the workspace.

use std::ops::Range;

use model::{Author, SectionId};
use replica::Thing;
use text::CellName;

use crate::{Problem, Room};

impl Room {
    /// Begins a thread as [`Room::comment`] does, which only the selling team has.
    ///
    /// # Errors
    /// As [`Room::comment`] and [`Room::begin_workspace`].
    pub async fn comment_inside(
        &self,
        section: &SectionId,
        part: Option<(Option<CellName>, Range<usize>)>,
        text: &str,
    ) -> Result<String, Problem> {
        let workspace = self.begin_workspace().await?;
        let ground = self.ground_in_text(section, part)?;
        self.begin_thread(&workspace, ground, text)
    }

    /// Begins a thread as [`Room::comment_on`] does, which only the selling team has.
    ///
    /// # Errors
    /// As [`Room::comment_on`] and [`Room::begin_workspace`].
    pub async fn comment_on_inside(&self, thing: &Thing, text: &str) -> Result<String, Problem> {
        let workspace = self.begin_workspace().await?;
        let ground = self.ground_on(thing)?;
        self.begin_thread(&workspace, ground, text)
    }

    /// Where a thread is kept: with whom it was begun by.
    pub(super) fn home_of_thread(&self, thread: &str) -> Self {
        let author = thread.split_once('/').and_then(|(author, _)| Author::parse(author));
        let inside = self.workspace().filter(|workspace| {
            author.is_some_and(|author| workspace.documents().responses.contains_key(&author))
        });
        inside.unwrap_or_else(|| self.clone())
    }

    /// Where a comment of this device is kept.
    pub(super) fn home_of_remark(&self, id: &str) -> Self {
        let inside = self.workspace().filter(|workspace| {
            let own = workspace.documents();
            let comments = own.responses.get(&workspace.author()).map(|responses| responses.comments());
            comments.is_some_and(|comments| comments.iter().any(|comment| comment.id == id))
        });
        inside.unwrap_or_else(|| self.clone())
    }
}
