//! A price that the selling team prepares apart: it is in the workspace, and reaches the room when somebody publishes it.

use std::collections::BTreeMap;

use model::Right;
use replica::{Offer, Refused};
use stdx::Gather as _;
use terms::{
    price::{Line, PriceList},
    rule::Gate,
};

use super::{Price, Room};
use crate::{Problem, Why};

/// In what a draft of the price differs from the price in the room.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DraftChanges {
    /// How many lines are new.
    pub added: usize,
    /// How many lines are other.
    pub changed: usize,
    /// How many lines are gone.
    pub removed: usize,
    /// Whether the lines that both have stand in another order.
    pub reordered: bool,
    /// Whether what holds for all lines is other.
    pub terms: bool,
}

impl DraftChanges {
    /// Whether there are any.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    fn between(now: &PriceList, draft: &PriceList) -> Self {
        let before: BTreeMap<&str, &Line> = now.lines.iter().map(|line| (line.id.as_str(), line)).gather();
        let kept: Vec<&Line> =
            draft.lines.iter().filter(|line| before.contains_key(line.id.as_str())).collect();
        let changed = kept.iter().filter(|line| before.get(line.id.as_str()) != Some(line)).count();
        let still = now.lines.iter().filter(|line| kept.iter().any(|it| it.id == line.id));
        let reordered = !still.map(|line| &line.id).eq(kept.iter().map(|line| &line.id));
        let terms = |list: &PriceList| PriceList { lines: Vec::new(), ..list.clone() };
        Self {
            added: draft.lines.len() - kept.len(),
            changed,
            removed: now.lines.len() - kept.len(),
            reordered,
            terms: terms(now) != terms(draft),
        }
    }
}

impl Room {
    /// Whether the team prepares a price. Look again when [`Room::offer_changed`] moves, as for all of this.
    pub fn is_drafting(&self) -> bool {
        self.drafted_price().is_some()
    }

    /// The price that the team changes: the draft, or the room's own. What the buyers chose counts in both, as far as it is
    /// offered there.
    pub fn team_price(&self) -> Price {
        match self.drafted_price() {
            Some(list) => self.priced(list),
            None => self.price(),
        }
    }

    /// In what the draft differs from the price in the room; nothing where there is no draft.
    pub fn draft_changes(&self) -> Option<DraftChanges> {
        Some(DraftChanges::between(&self.documents().offer.price(), &self.drafted_price()?))
    }

    /// Begins a draft with the price as it is in the room. Where the team has one already, that goes on.
    ///
    /// # Errors
    /// As [`Room::begin_workspace`].
    pub async fn begin_draft(&self) -> Result<(), Problem> {
        let workspace = self.begin_workspace().await?;
        if self.is_drafting() {
            return Ok(());
        }
        let price = self.documents().offer.price();
        workspace.change_offer(|offer| offer.begin_draft(&price))
    }

    /// Makes the price in the room what the draft is, and ends the draft. Whoever publishes answers for it.
    ///
    /// # Errors
    /// [`Problem::NoRight`] for whoever does not own the room, [`Problem::Held`] where a rule of the team holds it back, and what the
    /// documents say. The draft is there as long as it is not published.
    pub async fn publish_draft(&self) -> Result<(), Problem> {
        let Some(draft) = self.drafted_price() else { return Ok(()) };
        let Price { list, choices, .. } = self.priced(draft.clone());
        self.pass_at(Gate::Publish, (list.clone(), choices.clone())).await?;
        if self.is_given_out() {
            // Those who have the room would be given another price.
            self.pass_at(Gate::Share, (list, choices)).await?;
        }
        // What somebody wrote meanwhile was not asked about.
        if self.drafted_price().as_ref() != Some(&draft) {
            return Err(Problem::Send(Why::Busy));
        }
        self.change_offer(|offer| offer.restore_price(&draft))?;
        self.end_draft()
    }

    /// Ends the draft without publishing it. [`Room::go_on_drafting`] brings it back.
    ///
    /// # Errors
    /// What the documents say.
    pub fn end_draft(&self) -> Result<(), Problem> {
        match self.workspace() {
            Some(workspace) => workspace.change_offer(|offer| offer.end_draft()),
            None => Ok(()),
        }
    }

    /// Goes on with the draft that was ended last, as it was.
    ///
    /// # Errors
    /// What the documents say.
    pub fn go_on_drafting(&self) -> Result<(), Problem> {
        match self.workspace() {
            Some(workspace) => workspace.change_offer(|offer| offer.go_on_drafting()),
            None => Ok(()),
        }
    }

    /// The price that the team changes, without what was chosen.
    pub(super) fn written_price(&self) -> PriceList {
        self.drafted_price().unwrap_or_else(|| self.documents().offer.price())
    }

    /// Changes the price that the team changes. Whatever changes a price comes through here, but for publishing the draft.
    ///
    /// # Errors
    /// [`Problem::NoRight`], [`Problem::RulesUnread`] where a draft would have to begin and cannot yet, and what the documents say.
    pub(super) fn change_price<T>(
        &self,
        change: impl FnOnce(&mut Offer) -> Result<T, Refused>,
    ) -> Result<T, Problem> {
        self.may(Right::Own)?;
        if !self.is_drafting() && !self.price_may_wait() {
            return self.change_offer(change);
        }
        let Some(workspace) = self.workspace().filter(|it| it.right() == Some(Right::Own)) else {
            self.learn_rules_later();
            return Err(Problem::RulesUnread);
        };
        let price = self.documents().offer.price();
        if !self.is_drafting() {
            workspace.change_offer(|offer| offer.begin_draft(&price))?;
        }
        workspace.change_offer(change)
    }

    fn drafted_price(&self) -> Option<PriceList> {
        let workspace = self.workspace().filter(|_| self.right() == Some(Right::Own))?;
        workspace.documents().offer.drafted_price()
    }
}
