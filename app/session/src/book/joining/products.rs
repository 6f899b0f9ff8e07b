//! Tables of products: they go into the team's list of what it sells.

use exchange::sheet::{self, Target};
use model::RoomId;
use terms::price::{Currency, Decimal, Line};

use super::Price;
use crate::{Problem, Product, Rooms};

/// What became of a table of products.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct NewProducts {
    /// How many were not in the list.
    pub made: usize,
    /// How many have another price now.
    pub changed: usize,
    /// How many were there just so.
    pub same: usize,
}

impl Rooms {
    /// What the list of a team says that its products cost.
    ///
    /// # Errors
    /// What the store says.
    pub async fn list_prices(&self, team: RoomId) -> Result<Vec<Price>, Problem> {
        let all = self.products().await?;
        let list = all.into_iter().find(|it| it.room == team);
        Ok(list.map_or_else(Vec::new, |list| {
            let price =
                |it: Product| Price { name: it.line.name, price: it.line.price, currency: list.currency };
            list.products.into_iter().map(price).collect()
        }))
    }

    /// Puts the rows of a table into the list of what a team sells. One that has the name of a product gives it another price. Prices
    /// that name no currency are in that of the list. `progress` is as in [`crate::Book::import`]; what is done by then stays.
    ///
    /// # Errors
    /// [`Problem::Price`] where the list has prices in another currency, and what the store says; what is done by then stays.
    pub async fn take_products(
        &self,
        team: RoomId,
        rows: &[sheet::Row],
        progress: &dyn Fn(usize, usize) -> bool,
    ) -> Result<NewProducts, Problem> {
        let list =
            self.products().await?.into_iter().find(|it| it.room == team).ok_or(Problem::NoSuchRoom)?;
        let (mut lines, mut came) = (list.products, NewProducts::default());
        for (at, row) in rows.iter().enumerate() {
            if !progress(at, rows.len()) {
                break;
            }
            let Some(name) = row.text(Target::Name) else { continue };
            let (price, currency) = price_of(row, list.currency);
            let known = lines.iter_mut().find(|it| it.line.name.trim() == name);
            let price = price.or(known.as_ref().map(|it| it.line.price)).unwrap_or_default();
            let (line, instead) = match known {
                Some(known) if known.line.price == price => {
                    came.same += 1;
                    continue;
                }
                Some(known) => {
                    came.changed += 1;
                    known.line.price = price;
                    (known.line.clone(), Some(known.line.id.clone()))
                }
                None => {
                    came.made += 1;
                    let section = row.text(Target::Family).unwrap_or_default().to_owned();
                    let note = row.text(Target::Note).unwrap_or_default().to_owned();
                    (Line { name: name.to_owned(), price, section, note, ..Line::default() }, None)
                }
            };
            let product = Product { line, cost: None };
            self.keep_product(team, &product, currency, instead.as_deref()).await?;
            if instead.is_none() {
                lines.push(product);
            }
        }
        progress(rows.len(), rows.len());
        Ok(came)
    }
}

fn price_of(row: &sheet::Row, own: Currency) -> (Option<Decimal>, Currency) {
    match row.get(Target::Price) {
        Some(sheet::Value::Money(price, currency)) => (Some(*price), currency.unwrap_or(own)),
        _ => (None, own),
    }
}
