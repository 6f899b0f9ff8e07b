//! The screens, one folder each.

pub(crate) mod alerts;
pub(crate) mod certificate;
pub(crate) mod copies;
pub(crate) mod home;
pub(crate) mod kept;
pub(crate) mod locked;
pub(crate) mod room;
pub(crate) mod sealed;
pub(crate) mod sending;
pub(crate) mod stage;
pub(crate) mod team;
pub(crate) mod trouble;
pub(crate) mod worth;
