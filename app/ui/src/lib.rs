//! The design system: small accessible components which know nothing of deals.
//!
//! Every word a person reads comes in as a prop, every look lives in `style/ui/<component>.css`, and state is shown
//! as attributes (`data-*`, `aria-*`), never by toggling classes. Start with [`Button`] and [`Dialog`]; call
//! [`provide_toasts`] once at the root and put one [`ToastRegion`] there.

// `#[component]` makes items public beside the function, which are reached through it and never by name.
#![allow(unreachable_pub)]

mod avatar;
mod badge;
mod banner;
mod button;
mod dialog;
mod drop_zone;
mod empty_state;
mod field;
mod float;
mod focus;
mod icon;
mod live;
mod menu;
mod segmented;
mod skeleton;
mod status_chip;
mod switch;
mod toast;
mod tone;
mod toolbar;

pub use avatar::{Avatar, Party};
pub use badge::Badge;
pub use banner::Banner;
pub use button::{Button, ButtonKind, ButtonSize, LinkButton};
pub use dialog::{ConfirmDialog, Dialog, DialogSize};
pub use drop_zone::{DropZone, FilePickerButton};
pub use empty_state::EmptyState;
pub use field::{Field, SearchField};
pub use float::{Float, Spot};
pub use focus::unique_id;
pub use icon::Icon;
pub use live::{effect, live};
pub use menu::{Menu, MenuItem, MenuRule, MenuTitle};
pub use segmented::{Segment, Segmented};
pub use skeleton::{Skeleton, SkeletonShape};
pub use status_chip::StatusChip;
pub use switch::Switch;
pub use toast::{ToastRegion, Toasts, provide_toasts, use_toasts};
pub use tone::Tone;
pub use toolbar::{Toolbar, ToolbarRule};
