//! What one of each price line costs the seller. Written in the offer of a workspace only, never in that of a room.

use std::collections::BTreeMap;

use stdx::Gather as _;
use terms::price::Decimal;
use yrs::Map as _;

use super::Offer;
use crate::{attrs::text_of, guard::Refused, shared::SYSTEM};

impl Offer {
    /// What one of each line costs, by the lines' names.
    pub fn costs(&self) -> BTreeMap<String, Decimal> {
        let read = self.shared.read(|txn| {
            let costs = self.costs.iter(txn);
            let costs = costs.filter_map(|(line, cost)| Some((line.to_owned(), text_of(&cost)?)));
            costs.filter_map(|(line, cost)| Some((line, Decimal::parse(&cost)?))).gather()
        });
        read.unwrap_or_default()
    }

    /// Says what one of a line costs; none takes it back.
    pub fn set_cost(&mut self, line: &str, cost: Option<Decimal>) -> Result<(), Refused> {
        self.shared.write(SYSTEM, |txn| match cost {
            Some(cost) => {
                self.costs.insert(txn, line, cost.to_string());
            }
            None => {
                self.costs.remove(txn, line);
            }
        })
    }
}
