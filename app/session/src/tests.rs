//! Rooms over a world made for tests: what a person on one or two devices would see.

mod activity;
mod activity_kept;
mod approvals;
mod approvals_random;
mod backup;
mod backup_bad;
mod book;
mod book_apart;
mod book_imports;
mod book_joining;
mod comments;
mod comments_on_things;
mod copying;
mod deal;
mod files;
mod freezing;
mod gates;
mod given;
mod hosts;
mod images;
mod interview;
mod library;
mod live;
mod merging;
mod plan;
mod portal;
mod preview;
mod price;
mod price_waits;
mod products;
mod proposing;
mod publishing;
mod readings;
mod recording;
mod replies;
mod rights;
mod roi;
mod saving;
mod sections;
mod stage;
mod suggestions;
mod tables;
mod tabs;
mod variables;
mod versions;
mod visits;
mod workspace;
mod world;

use text::{Change, Delta, Selection};

use crate::Room;
use replica::EditKind;

/// The room's text.
fn words(room: &Room) -> String {
    room.document(&room.section()).unwrap().text()
}

/// Types `typed` at `offset`.
fn type_at(room: &Room, offset: usize, typed: &str) {
    let after = Selection::caret(offset + text::utf16_len(typed));
    let change = Change { delta: Delta::new().retain(offset).insert(typed), selection: after, pending: None };
    room.edit(&room.section(), &change, EditKind::Typing, Selection::caret(offset)).unwrap();
}
