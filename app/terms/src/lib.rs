//! What the two sides agree on, and what the selling team knows of its deals, as exact values: no float, no clock, no page.

pub mod approval;
pub mod book;
pub mod nugget;
pub mod plan;
pub mod portal;
pub mod price;
pub mod process;
pub mod question;
pub mod roi;
pub mod rule;
pub mod stakeholder;
pub mod words;
