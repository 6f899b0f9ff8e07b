//! Which screen the address names. Addresses live behind the `#`, so that any static host in any folder serves them all.

use std::fmt;

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
    /// A place in what a team has for all of its deals.
    Team(RoomId, TeamPlace),
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

/// A record of a team's book, as addresses name it: eight bytes in hexadecimal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct RecordName(u64);

impl RecordName {
    /// Reads what [`fmt::Display`] writes.
    pub(crate) fn parse(name: &str) -> Option<Self> {
        let number = u64::from_str_radix(name, 16).ok()?;
        Some(Self(number)).filter(|it| it.to_string() == name)
    }
}

impl fmt::Display for RecordName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

/// A place in what a team has for all of its deals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum TeamPlace {
    /// All deals.
    #[default]
    Pipeline,
    /// One of them.
    Deal(RecordName),
    /// What to know of it before a call.
    Brief(RecordName),
    /// Asking its buyers.
    Interview(RecordName),
    /// The draft of its proposal.
    Proposal(RecordName),
    /// All accounts.
    Accounts,
    /// One of them.
    Account(RecordName),
    /// How the team sells.
    Process,
    /// What the team has to show and to say.
    Library,
    /// What must hold before something reaches a buyer.
    Rules,
    /// What the team asks buyers.
    Questions,
    /// By what the team reckons what something is worth.
    Calculators,
    /// Where tables from elsewhere are taken in.
    Import,
}

impl TeamPlace {
    /// Its name in addresses.
    fn name(self) -> String {
        match self {
            Self::Pipeline => String::new(),
            Self::Deal(name) => format!("/deal/{name}"),
            Self::Brief(name) => format!("/brief/{name}"),
            Self::Interview(name) => format!("/interview/{name}"),
            Self::Proposal(name) => format!("/proposal/{name}"),
            Self::Accounts => "/accounts".to_owned(),
            Self::Account(name) => format!("/account/{name}"),
            Self::Process => "/process".to_owned(),
            Self::Library => "/library".to_owned(),
            Self::Rules => "/rules".to_owned(),
            Self::Questions => "/questions".to_owned(),
            Self::Calculators => "/calculators".to_owned(),
            Self::Import => "/import".to_owned(),
        }
    }

    /// Reads what [`TeamPlace::name`] writes. A place that another version knows is no reason to show nothing.
    fn read(name: &str) -> Self {
        let record = |kind: &str| RecordName::parse(name.strip_prefix(kind)?);
        match name {
            "/accounts" => Self::Accounts,
            "/process" => Self::Process,
            "/library" => Self::Library,
            "/rules" => Self::Rules,
            "/questions" => Self::Questions,
            "/calculators" => Self::Calculators,
            "/import" => Self::Import,
            _ => record("/deal/")
                .map(Self::Deal)
                .or_else(|| record("/brief/").map(Self::Brief))
                .or_else(|| record("/interview/").map(Self::Interview))
                .or_else(|| record("/proposal/").map(Self::Proposal))
                .or_else(|| record("/account/").map(Self::Account))
                .unwrap_or_default(),
        }
    }
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
                let team = path.strip_prefix("team/").and_then(read_team);
                let preview = preview.map(|(id, place)| Self::AsBuyer(id, place));
                room.or(preview).or(team).unwrap_or(Self::Nowhere)
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
            Self::Team(id, place) => format!("#/team/{id}{}", place.name()),
            Self::Verify => "#/verify".to_owned(),
            Self::Home | Self::Nowhere => "#/".to_owned(),
        }
    }
}

fn read_team(path: &str) -> Option<Route> {
    let (id, place) = path.split_at_checked(path.find('/').unwrap_or(path.len()))?;
    Some(Route::Team(RoomId::parse(id)?, TeamPlace::read(place)))
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
