//! What the two sides agree on, as exact values: no float, no clock, no page.

pub mod plan;
pub mod portal;
pub mod price;
pub mod stakeholder;
