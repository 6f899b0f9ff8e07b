//! The library: what the team has to show and to say, and what of it is worth using for a deal. A part of the program of its own.

mod copy;
mod list;
mod nugget;
mod preview;
mod serving;
mod taking;

use leptos::prelude::*;
use session::Book;

use super::{Team, deal::OpenDeal, shelves::shelves};
use crate::later::{beside_later, part};
pub(super) use copy::{fits, kind as kind_name, reason};
use list::LibraryPage;
pub(super) use nugget::Tags;
use serving::WorthUsing;

/// What the part is to show.
#[derive(Clone, Copy)]
pub(super) enum Given {
    /// The place.
    Page(Team),
    /// The card on the page of a deal.
    Card(OpenDeal),
}

part!(library(Given) => |given| match given {
    Given::Page(team) => view! { <LibraryPage team /> }.into_any(),
    Given::Card(open) => view! { <WorthUsing open /> }.into_any(),
});

/// What of the library is worth using for a deal, where there is a library.
pub(super) fn worth_using(open: OpenDeal) -> AnyView {
    let has_any = move |book: &Book| !book.nuggets().is_empty();
    let wanted = Memo::new(move |_| open.team.look(has_any));
    beside_later(library, Given::Card(open), wanted)
}
