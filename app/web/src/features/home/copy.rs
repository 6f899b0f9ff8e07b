//! The words of the first page.

pub(crate) const WELCOME: &str = "One page where seller and buyer make the deal together";
pub(crate) const LEAD: &str = "Write the proposal in a room of its own, share it as one link, and read it anywhere, also without a connection. No account, nothing to install.";
pub(crate) const NEW_ROOM: &str = "New room";
pub(crate) const WAYS: &str = "Open a room file, drop a proposal here, or paste one";
pub(crate) const WAYS_MORE: &str =
    "Room files open as they are; Markdown, web pages and plain text become a room.";
pub(crate) const TEMPLATES: &str = "From a template";
pub(crate) const OWN_TEMPLATES: &str = "Templates";
pub(crate) const GIVEN_TEMPLATES: &str = "Texts to begin with";
pub(crate) const NO_TEMPLATES: &str = "You have no templates";
pub(crate) const NO_TEMPLATES_MORE: &str = "“Make a template”, in the menu of a room of yours, keeps what it says without what belongs to its buyer.";
pub(crate) const SERVICES: &str = "Services";
pub(crate) const SERVICES_MORE: &str = "Work that you do for somebody";
pub(crate) const SOFTWARE: &str = "Software";
pub(crate) const SOFTWARE_MORE: &str = "For many people, with needs and security";
pub(crate) const PILOT: &str = "Trial";
pub(crate) const PILOT_MORE: &str = "A few weeks that end in a yes or a no";
pub(crate) const OPEN_FILE: &str = "Open a file";
pub(crate) const PRIVACY: &str = "Everything stays in this browser. There is no account and no server; a room leaves it only when you share it.";

pub(crate) const SHEET_TITLE: &str = "Rollout in fourteen offices";
pub(crate) const SHEET_SELLER: &str = "The first three are live by Easter";
pub(crate) const SHEET_BUYER: &str = "Only if Bristol goes first";
pub(crate) const SHEET_SELLER_NAME: &str = "Ines, seller";
pub(crate) const SHEET_BUYER_NAME: &str = "Priya, buyer";

pub(crate) const ROOMS: &str = "Rooms";
pub(crate) const SEARCH: &str = "Search rooms";
pub(crate) const CLEAR_SEARCH: &str = "Clear search";
pub(crate) const SHOWN: &str = "Rooms shown";
pub(crate) const ACTIVE: &str = "Active";
pub(crate) const DRAFTS: &str = "Drafts";
pub(crate) const SHARED: &str = "Shared";
pub(crate) const ARCHIVED: &str = "Archived";
pub(crate) const NO_MATCH: &str = "No room matches this search";
pub(crate) const NO_MATCH_MORE: &str = "Try fewer words, or look among the archived ones.";
pub(crate) const NO_DRAFTS: &str = "No room is a draft";
pub(crate) const NO_DRAFTS_MORE: &str = "A room of yours is a draft until you make a link to it.";
pub(crate) const NONE_SHARED: &str = "You have shared no room";
pub(crate) const NONE_SHARED_MORE: &str = "Rooms of yours stand here once you have made a link to them.";
pub(crate) const NONE_ARCHIVED: &str = "Nothing is archived";
pub(crate) const NONE_ARCHIVED_MORE: &str = "Rooms you archive are kept here, out of the way.";
pub(crate) const ALL_ARCHIVED: &str = "All your rooms are archived";

pub(super) const TEAM: &str = "Your team";
pub(super) const TEAM_ABOUT: &str = "A workspace holds what your team has for all of its deals, such as the products you sell. Buyers never come to it.";
pub(super) const BEGIN_TEAM: &str = "Begin a workspace";
pub(super) const BEGIN_TEAM_NOW: &str = "Begin";
pub(super) const TEAM_NAME: &str = "What your team is called";
pub(super) const TEAM_NAME_HINT: &str = "Colleagues see this name.";
pub(super) const TEAM_NAME_NEEDED: &str = "Give your team a name.";
pub(super) const TEAM_MORE: &str = "Products";

pub(crate) const RENAME: &str = "Rename";
pub(crate) const RENAME_TITLE: &str = "Rename room";
pub(crate) const TITLE: &str = "Title";
pub(crate) const TITLE_NEEDED: &str = "Give the room a title.";
pub(crate) const ARCHIVE: &str = "Archive";
pub(crate) const UNARCHIVE: &str = "Back to the list";
pub(crate) const DELETE: &str = "Delete";

pub(crate) fn more_for(title: &str) -> String {
    format!("More for {title}")
}

pub(crate) fn changed(when: &str) -> String {
    format!("Changed {when}")
}

pub(crate) fn deleted(title: &str) -> String {
    format!("“{title}” is deleted")
}

pub(crate) fn archived(title: &str) -> String {
    format!("“{title}” is archived")
}
