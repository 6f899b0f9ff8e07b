//! What a selling team has for all of its deals: so far, the list of what it sells.
//!
//! To everything below the screen it is a room that owners share, so colleagues come to it by a link, and it meets its copies
//! over the same roads. Its price is the list of products: what one gets, and for how much. What the products cost is in its
//! workspace, as with any room.

use model::{RoomId, Standing};
use reactive_graph::traits::GetUntracked as _;
use terms::price::{Currency, Decimal, Line};

use crate::{Problem, Room, Rooms, rooms::blank, sharing::owns};

/// What a team sells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Products {
    /// What the team is called.
    pub team: String,
    /// What the prices are in.
    pub currency: Currency,
    /// The products, in order.
    pub products: Vec<Product>,
}

/// Something that a team sells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Product {
    /// The line that it becomes in a price.
    pub line: Line,
    /// What one costs the seller, where somebody said.
    pub cost: Option<Decimal>,
}

impl Rooms {
    /// Begins a team of this name.
    ///
    /// # Errors
    /// What the store says.
    pub async fn begin_team(&self, name: &str) -> Result<RoomId, Problem> {
        let id = RoomId(self.ports.random());
        self.begin(id, name, &blank(), false, true).await?;
        let room = self.open(id).await?;
        room.change_offer(|offer| offer.make_teams())?;
        room.flush().await?;
        self.set_standing(id, Standing::Team).await?;
        Ok(id)
    }

    /// What the teams sell that this device takes part in.
    ///
    /// # Errors
    /// What the store says.
    pub async fn products(&self) -> Result<Vec<Products>, Problem> {
        let mut all = Vec::new();
        for record in self.ports.store.rooms().await?.into_iter().filter(|it| it.standing == Standing::Team) {
            let room = self.open(record.id).await?;
            room.open_workspace().await?;
            let (list, costs) = (room.price().list, room.costs());
            let product = |line: Line| Product { cost: costs.get(&line.id).copied(), line };
            let products = list.lines.into_iter().map(product).collect();
            all.push(Products { team: room.title().get_untracked(), currency: list.currency, products });
        }
        Ok(all)
    }
}

impl Room {
    /// Whether this is what a team has for itself, in place of a room for a deal. Whoever is not of the team has a room, whatever
    /// it says of itself.
    pub fn is_teams(&self) -> bool {
        owns(self.keys().pass.as_ref()) && self.documents().offer.is_teams()
    }

    /// Puts products at the end of the price, or of its draft, and keeps for the team what they cost. They are copies: what the
    /// list says later changes nothing here.
    ///
    /// # Errors
    /// As [`Room::add_lines`] and [`Room::begin_workspace`].
    pub async fn add_products(&self, products: &[Product]) -> Result<(), Problem> {
        let lines: Vec<Line> = products.iter().map(|product| product.line.clone()).collect();
        let ids = self.add_lines(&lines, usize::MAX)?;
        for (id, product) in ids.iter().zip(products) {
            if product.cost.is_some() && self.may_keep_inside() {
                self.set_cost(id, product.cost).await?;
            }
        }
        Ok(())
    }
}
