//! Which screen the address names. Addresses live behind the `#`, so that any static host in any folder serves them all.

use model::RoomId;

/// A screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Route {
    /// The first page, with the rooms of this device.
    Home,
    /// A place in a room.
    Room(RoomId, Place),
    /// The same place as a buyer has it.
    AsBuyer(RoomId, Place),
    /// Where anybody verifies a certificate.
    Verify,
    /// An address that names nothing.
    Nowhere,
}

/// A place in a room.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Place {
    /// The first page.
    Overview,
    /// The text.
    #[default]
    Document,
    /// The plan of both sides.
    Plan,
    /// The price.
    Price,
    /// The files of both sides.
    Files,
    /// Where what was sealed is signed.
    Acceptance,
    /// What it was before. No tab leads there.
    Versions,
    /// How buyers read it. Owners come there.
    Readers,
}

impl Place {
    /// Those that everybody is shown the way to, in that order.
    pub(crate) const ALL: [Self; 6] =
        [Self::Overview, Self::Document, Self::Plan, Self::Price, Self::Files, Self::Acceptance];

    /// Its name in addresses.
    fn name(self) -> &'static str {
        match self {
            Self::Overview => "/overview",
            Self::Document => "",
            Self::Plan => "/plan",
            Self::Price => "/price",
            Self::Files => "/files",
            Self::Acceptance => "/sign",
            Self::Versions => "/versions",
            Self::Readers => "/readers",
        }
    }
}

impl Route {
    /// The room's text.
    pub(crate) fn room(id: RoomId) -> Self {
        Self::Room(id, Place::Document)
    }

    /// Reads what stands behind the `#`.
    pub(crate) fn read(fragment: &str) -> Self {
        match fragment.trim_start_matches('/') {
            "" => Self::Home,
            "verify" => Self::Verify,
            path => {
                let room =
                    path.strip_prefix("room/").and_then(read_place).map(|(id, place)| Self::Room(id, place));
                let preview = path.strip_prefix("as-buyer/").and_then(read_place);
                room.or(preview.map(|(id, place)| Self::AsBuyer(id, place))).unwrap_or(Self::Nowhere)
            }
        }
    }

    /// The screen that this address stands for when the program starts: a preview ends with the page that shows it.
    pub(crate) fn at_start(self) -> Self {
        match self {
            Self::AsBuyer(id, place) => Self::Room(id, place),
            route => route,
        }
    }

    /// What stands behind the `#` for this screen, the `#` included.
    pub(crate) fn href(self) -> String {
        match self {
            Self::Room(id, place) => format!("#/room/{id}{}", place.name()),
            Self::AsBuyer(id, place) => format!("#/as-buyer/{id}{}", place.name()),
            Self::Verify => "#/verify".to_owned(),
            Self::Home | Self::Nowhere => "#/".to_owned(),
        }
    }
}

fn read_place(path: &str) -> Option<(RoomId, Place)> {
    let (id, place) = path.split_at_checked(path.find('/').unwrap_or(path.len()))?;
    // A place that another version knows is no reason to show nothing.
    let place = Place::ALL
        .into_iter()
        .chain([Place::Versions, Place::Readers])
        .find(|known| known.name() == place)
        .unwrap_or_default();
    Some((RoomId::parse(id)?, place))
}
