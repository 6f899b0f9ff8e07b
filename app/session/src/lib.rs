//! The state of the program over the shared documents: the list of rooms, an open room, its saving and its sharing.
//!
//! [`Rooms`] is what a device has; [`Room`] is one of them, open. Both reach the world only through [`Ports`], so that
//! everything here tests natively, and tell what the chrome needs through signals. Rich text never travels through a
//! signal: it goes to the editor as changes. No word here is shown to a person.

mod activity;
mod backup;
mod book;
mod copying;
mod fetching;
mod gate;
mod ledger;
mod live;
mod news;
mod ports;
mod preview;
mod problem;
mod publishing;
mod rights;
mod room;
mod rooms;
mod saving;
mod sharing;
mod team;
#[cfg(test)]
mod tests;

pub use activity::{Activity, Muted, Notice, lines, unseen};
pub use backup::{BackedUp, Backup, BackupAge, Contents, Here, Pieces, Restored};
pub use book::{
    Asked, Book, Columns, Count, Draft, Import, Imported, Join, Joined, Joining, NewProducts, Offer,
    PastImport, Price as ListPrice, Records, Refused, Roles, Row, Taken, Undone, Unfit, preset,
    process_of_stages, stage_column,
};
pub use gate::Held;
pub use live::{Fetching, Live, Reach};
pub use news::News;
pub use ports::{Journal, Lead, Ports, Reader, Roads, TabLine, Tabs, Tasks, Way};
pub use problem::{Problem, Why};
pub use publishing::{Publication, Published, Target};
pub use replica::{Section, Thing};
pub use rights::{GivenLink, Terms};
pub use room::{
    Addressee, Attendee, CaretPlace, Checked, Chosen, Deleted, DeletedLines, DraftChanges, Evidence, Fate,
    FileVersion, NotSigned, Other, Person, Presentation, Price, Reached, Reading, Readings, Reason, Recorded,
    Recording, Remark, Roi, RoiInput, Room, RoomEvent, RoomFile, RoomPlan, Said, SealTerms, Since, Spoken,
    Standpoint, Suggested, TakenOut, Thread, Upload, Version, VersionKind, verify_certificate,
};
pub use rooms::{Rooms, Start};
pub use saving::Saved;
pub use sharing::{Export, Exported, Received, Share};
pub use sync::{
    blob::name as blob_name,
    deal,
    places::{Places, is_socket_address},
    roads::{BadCode, Code, IceServer, RelayAt, RelayKind},
    stage::{Attending, Pointer, Showing, Spot, Stage, WHOLE},
};
pub use team::{Product, Products};
