//! A price that is being prepared. Written in the offer of a workspace only, never in that of a room.

use terms::price::PriceList;
use yrs::Map as _;

use super::Offer;
use crate::{attrs::text_of, guard::Refused, shared::SYSTEM};

const DRAFTING: &str = "drafting";

impl Offer {
    /// The price that is being prepared; nothing where none is.
    pub fn drafted_price(&self) -> Option<PriceList> {
        let drafting = self.shared.read(|txn| text_of(&self.about.get(txn, DRAFTING)?)).ok().flatten();
        drafting.map(|_| self.price())
    }

    /// Begins to prepare a price, with one that is there.
    pub fn begin_draft(&mut self, price: &PriceList) -> Result<(), Refused> {
        self.restore_price(price)?;
        self.go_on_drafting()
    }

    /// Goes on with the one that was prepared last, as it was.
    pub fn go_on_drafting(&mut self) -> Result<(), Refused> {
        self.shared.write(SYSTEM, |txn| {
            self.about.insert(txn, DRAFTING, "1");
        })
    }

    /// Ends it. What was prepared stays in the document, and counts no more.
    pub fn end_draft(&mut self) -> Result<(), Refused> {
        self.shared.write(SYSTEM, |txn| {
            self.about.remove(txn, DRAFTING);
        })
    }
}
