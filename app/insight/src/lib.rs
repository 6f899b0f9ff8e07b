//! What figures mean: how long a buyer really read, and what their acts add up to. Pure functions of plain data; what time it
//! is, is an argument.
//!
//! [`attention`] turns what a page meets, moment by moment, into the time that each part was read. [`engagement`] adds up what
//! people did to one figure, with its reasons. [`record`] is what a device notes of a visit, and
//! [`story`] what the records of all devices tell together. [`stakeholders`] holds
//! that against what the team knows of who decides, and says what is missing. [`alerts`] picks out of that what a seller is told.
//! [`serve`] picks out of the team's library what is worth using for a deal, and [`proposal`] drafts a proposal of it.

pub mod alerts;
pub mod attention;
pub mod engagement;
pub mod pipeline;
pub mod proposal;
pub mod record;
pub mod serve;
pub mod stakeholders;
pub mod story;
#[cfg(test)]
mod stretches;
