//! The screens, one folder each.

pub(crate) mod home;
pub(crate) mod room;
pub(crate) mod trouble;
