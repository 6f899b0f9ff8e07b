//! Which screen the address names. Addresses live behind the `#`, so that any static host in any folder serves them all.

use model::RoomId;

/// A screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Route {
    /// The first page, with the rooms of this device.
    Home,
    /// A room.
    Room(RoomId),
    /// An address that names nothing.
    Nowhere,
}

impl Route {
    /// Reads what stands behind the `#`.
    pub(crate) fn read(fragment: &str) -> Self {
        match fragment.trim_start_matches('/') {
            "" => Self::Home,
            path => path.strip_prefix("room/").and_then(RoomId::parse).map_or(Self::Nowhere, Self::Room),
        }
    }

    /// What stands behind the `#` for this screen, the `#` included.
    pub(crate) fn href(self) -> String {
        match self {
            Self::Room(id) => format!("#/room/{id}"),
            Self::Home | Self::Nowhere => "#/".to_owned(),
        }
    }
}
