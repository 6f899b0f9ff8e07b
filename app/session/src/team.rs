//! What a selling team has for all of its deals: so far, the list of what it sells.
//!
//! To everything below the screen it is a room that owners share, so colleagues come to it by a link, and it meets its copies
//! over the same roads. Its price is the list of products: what one gets, and for how much. What the products cost is in its
//! workspace, as with any room.

use model::{RoomId, Standing};
use reactive_graph::traits::GetUntracked as _;
use sync::{approval::team_of, ledger::Pen};
use terms::price::{Currency, Decimal, Line, PriceList};

use crate::{Problem, Room, Rooms, rooms::blank, sharing::owns};

/// What a team sells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Products {
    /// Where the list is.
    pub room: RoomId,
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
        // The team's name says who began it, so that its first admin is known to everybody.
        let author_seed = self.ports.random();
        let id = team_of(&Pen::new(&author_seed).author());
        self.begin_as(author_seed, id, name, &blank(), false, true).await?;
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
            let (team, currency) = (room.title().get_untracked(), list.currency);
            all.push(Products { room: record.id, team, currency, products });
        }
        Ok(all)
    }

    /// Puts something that was sold into the list of the team whose room is `team`: what one gets, for how much, and what it
    /// costs where that is known. It takes the place of the product `instead`, as long as that is there, else it is a new one at
    /// the end. What holds for one deal alone, such as a discount or what the buyer may choose, stays out.
    ///
    /// # Errors
    /// [`Problem::Price`] where the list has prices in another currency, and as [`Room::add_lines`]. The list is stored
    /// where there is none.
    pub async fn keep_product(
        &self,
        team: RoomId,
        sold: &Product,
        currency: Currency,
        instead: Option<&str>,
    ) -> Result<(), Problem> {
        let room = self.open(team).await?;
        room.open_workspace().await?;
        let list = room.price().list;
        if list.currency != currency {
            // Where there are products already, this is refused.
            room.set_price(&PriceList { currency, lines: Vec::new(), ..list.clone() })?;
        }
        let before = instead.and_then(|id| list.lines.iter().find(|line| line.id == id));
        let id = match before {
            Some(before) => {
                let line = sold_as(&sold.line, before.clone());
                room.set_line(&line)?;
                Some(line.id)
            }
            None => {
                let new =
                    Line { quantity: Decimal::ONE, section: sold.line.section.clone(), ..Line::default() };
                room.add_lines(&[sold_as(&sold.line, new)], usize::MAX)?.pop()
            }
        };
        if let Some(id) = id.filter(|_| sold.cost.is_some()) {
            room.set_cost(&id, sold.cost).await?;
        }
        room.flush().await?;
        self.changed().await
    }
}

/// A product with what one gets and for how much as it was sold.
fn sold_as(sold: &Line, product: Line) -> Line {
    Line {
        name: sold.name.clone(),
        note: sold.note.clone(),
        unit: sold.unit.clone(),
        price: sold.price,
        tiers: sold.tiers.clone(),
        recurrence: sold.recurrence,
        tax: sold.tax,
        ..product
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
