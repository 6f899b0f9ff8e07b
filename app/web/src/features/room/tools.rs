//! The tools above the text. They show what is set at the caret.

use editor::CaretState;
use leptos::prelude::*;
use text::{Align, Block, Intent, Mark, TableAct, Within};
use ui::{Button, ButtonKind, Menu, MenuItem, MenuRule, Segment, Segmented, Toolbar, ToolbarRule, live};

use super::{OpenRoom, copy, image_tools::ImageTools, table};
use crate::copy as words;

const EDIT: &str = "edit";
const SUGGEST: &str = "suggest";

/// The row of tools.
#[component]
pub(super) fn Tools(
    room: OpenRoom,
    caret: RwSignal<CaretState>,
    asks_link: RwSignal<bool>,
    images: ImageTools,
) -> impl IntoView {
    let block =
        Memo::new(move |_| caret.with(|caret| caret.format.as_ref().map(|format| format.block.clone())));
    let within = Memo::new(move |_| caret.with(|caret| caret.format.as_ref().map(|format| format.within)));
    let quote = Memo::new(move |_| within.get() == Some(Within::Quote));
    let align = Memo::new(move |_| caret.with(align_at));
    let in_table = Memo::new(move |_| caret.with(|caret| caret.cell.is_some()));
    let has_link = Memo::new(move |_| caret.with(|caret| caret.marks.link.is_some()));
    let mark = move |mark: Mark, label: &'static str, icon: &'static str, keys: &'static str| {
        let pressed = Memo::new(move |_| caret.with(|caret| caret.marks.has(mark)));
        let press = move |()| room.act(Intent::ToggleMark(mark));
        tool(label, icon, keys, pressed.into(), press)
    };
    let kind = move |kind: Block, label: &'static str, icon: &'static str| {
        let like = kind.clone();
        let pressed =
            Memo::new(move |_| block.with(|block| block.as_ref().is_some_and(|block| same(block, &like))));
        let press = move |()| room.act(Intent::ToggleBlock(kind.clone()));
        tool(label, icon, "", pressed.into(), press)
    };
    let open = room.get();
    let (can_undo, can_redo) = (RwSignal::from(open.can_undo()), RwSignal::from(open.can_redo()));
    let can_step = RwSignal::from(open.can_step_suggesting());
    let suggesting = room.suggesting;
    let can_undo = move || if suggesting.get() { can_step.get().0 } else { can_undo.get() };
    let can_redo = move || if suggesting.get() { can_step.get().1 } else { can_redo.get() };
    let brings = Memo::new(move |_| !in_table.get() && !suggesting.get());
    let modes = [(EDIT, copy::EDITING, "pen"), (SUGGEST, copy::SUGGESTING, "swap")];
    let modes =
        modes.map(|(id, label, icon)| Segment { id, label: label.to_owned().into(), icon: Some(icon) });
    let mode = Signal::derive(move || if suggesting.get() { SUGGEST } else { EDIT });
    let switch = room.may_edit().then(|| {
        view! {
            <Segmented label=copy::HOW_YOU_WRITE segments=modes.to_vec() value=mode on_pick=move |id| room.suggest_from_now(id == SUGGEST) />
        }
    });
    let only_suggests =
        (!room.may_edit()).then(|| view! { <span class="toolbar-note">{copy::SUGGESTING}</span> });
    let back = move |()| step(room, false);
    let again = move |()| step(room, true);
    view! {
        <Toolbar label=copy::FORMATTING>
            {live(move || if in_table.get() {
                view! { <table::TableTools room caret /> }.into_any()
            } else {
                view! { <KindOfLine room block /> }.into_any()
            })}
            <ToolbarRule />
            {mark(Mark::Bold, copy::BOLD, "bold", "Ctrl+B")}
            {mark(Mark::Italic, copy::ITALIC, "italic", "Ctrl+I")}
            {mark(Mark::Underline, copy::UNDERLINE, "underline", "Ctrl+U")}
            {mark(Mark::Strike, copy::STRIKE, "strike", "")}
            {mark(Mark::Highlight, copy::HIGHLIGHT, "highlight", "Ctrl+Shift+H")}
            {mark(Mark::Code, copy::CODE, "code", "Ctrl+E")}
            {tool(copy::LINK, "link", "Ctrl+K", has_link.into(), move |()| asks_link.set(true))}
            <ToolbarRule />
            {live(move || (!in_table.get()).then(|| view! {
                {kind(Block::Bullet, copy::BULLETS, "list")}
                {kind(Block::Ordered, copy::NUMBERS, "ordered")}
                {kind(Block::Check { done: false }, copy::CHECKS, "list-check")}
                {tool(copy::QUOTE, "quote", "", quote.into(), move |()| room.act(Intent::ToggleWithin(Within::Quote)))}
                {(!suggesting.get()).then(|| view! { <Button label=copy::INSERT_TABLE icon="table" icon_only=true kind=ButtonKind::Quiet on_press=move |()| table::insert(room) /> })}
                <ToolbarRule />
            }))}
            <Alignment room caret align in_table />
            {live(move || brings.get().then(|| view! { <Insert room within images /> }))}
            {switch}
            {only_suggests}
            <span class="push"></span>
            <Button label=words::UNDO icon="undo" icon_only=true kind=ButtonKind::Quiet shortcut="Ctrl+Z"
                blocked=Signal::derive(move || (!can_undo()).then(|| copy::NOTHING_TO_UNDO.to_owned())) on_press=back />
            <Button label=copy::REDO icon="redo" icon_only=true kind=ButtonKind::Quiet shortcut="Ctrl+Shift+Z"
                blocked=Signal::derive(move || (!can_redo()).then(|| copy::NOTHING_TO_REDO.to_owned())) on_press=again />
        </Toolbar>
    }
}

fn tool(
    label: &'static str,
    icon: &'static str,
    keys: &'static str,
    pressed: Signal<bool>,
    press: impl Fn(()) + Send + Sync + 'static,
) -> AnyView {
    let shortcut = (!keys.is_empty()).then(|| keys.to_owned());
    view! { <Button label icon icon_only=true kind=ButtonKind::Quiet pressed shortcut on_press=press /> }
        .into_any()
}

fn step(room: OpenRoom, again: bool) {
    room.step(again);
    if let Some(surface) = room.surface() {
        surface.focus();
    }
}

/// Whether two lines are of one kind; a ticked box is as good as an empty one.
fn same(a: &Block, b: &Block) -> bool {
    matches!((a, b), (Block::Check { .. }, Block::Check { .. }) | (Block::Code { .. }, Block::Code { .. }))
        || a == b
}

#[component]
fn KindOfLine(room: OpenRoom, block: Memo<Option<Block>>) -> impl IntoView {
    let name = move || {
        block.with(|block| match block {
            Some(Block::Heading(level @ 1..=4)) => copy::HEADINGS[usize::from(*level) - 1],
            Some(Block::Code { .. }) => copy::CODE_BLOCK,
            Some(Block::Image(_)) => copy::IMAGE,
            _ => copy::PLAIN_TEXT,
        })
    };
    let item = move |kind: Block, label: &'static str, icon: &'static str, keys: &'static str| {
        let like = kind.clone();
        let checked = Signal::derive(move || {
            block.with(|block| block.as_ref().is_some_and(|block| same(block, &like)))
        });
        let pick = move |()| room.act(Intent::Block(kind.clone()));
        let shortcut = (!keys.is_empty()).then(|| keys.to_owned());
        view! { <MenuItem label icon shortcut checked on_pick=pick /> }
    };
    let heading = move |level: u8, keys: &'static str| {
        item(Block::Heading(level), copy::HEADINGS[usize::from(level) - 1], "heading", keys)
    };
    view! {
        <Menu label=Signal::derive(move || name().to_owned()) about=copy::KIND_OF_LINE kind=ButtonKind::Quiet>
            {item(Block::Paragraph, copy::PLAIN_TEXT, "text", "Ctrl+Alt+0")}
            {heading(1, "Ctrl+Alt+1")}
            {heading(2, "Ctrl+Alt+2")}
            {heading(3, "Ctrl+Alt+3")}
            {heading(4, "Ctrl+Alt+4")}
            <MenuRule />
            {item(Block::Code { language: String::new() }, copy::CODE_BLOCK, "code", "")}
        </Menu>
    }
}

/// How the line, or in a table the column, with the caret is set.
fn align_at(caret: &CaretState) -> Option<Align> {
    match &caret.cell {
        Some(place) => Some(place.align),
        None => caret.format.as_ref().map(|format| format.align),
    }
}

#[component]
fn Alignment(
    room: OpenRoom,
    caret: RwSignal<CaretState>,
    align: Memo<Option<Align>>,
    in_table: Memo<bool>,
) -> impl IntoView {
    let item = move |wanted: Align, label: &'static str, icon: &'static str| {
        let checked = Signal::derive(move || align.get() == Some(wanted));
        let pick = move |()| match caret.with_untracked(|caret| caret.cell.as_ref().map(|at| at.column)) {
            Some(column) => table::act(room, &TableAct::Align { column, align: wanted }),
            None => room.act(Intent::Align(wanted)),
        };
        view! { <MenuItem label icon checked on_pick=pick /> }
    };
    let justify =
        move || (!in_table.get()).then(|| item(Align::Justify, copy::ALIGN_JUSTIFY, "align-justify"));
    view! {
        <Menu label=copy::ALIGNMENT icon="align" icon_only=true kind=ButtonKind::Quiet>
            {item(Align::Start, copy::ALIGN_START, "align")}
            {item(Align::Center, copy::ALIGN_CENTER, "align-center")}
            {item(Align::End, copy::ALIGN_END, "align-end")}
            {live(justify)}
        </Menu>
    }
}

/// What is more than a line of words.
#[component]
fn Insert(room: OpenRoom, within: Memo<Option<Within>>, images: ImageTools) -> impl IntoView {
    let is_callout = Signal::derive(move || within.get() == Some(Within::Callout));
    let callout = move |()| room.act(Intent::ToggleWithin(Within::Callout));
    view! {
        <Menu label=copy::INSERT icon="plus" icon_only=true kind=ButtonKind::Quiet>
            <MenuItem label=copy::IMAGE icon="image" on_pick=move |()| images.pick(false) />
            <MenuItem label=copy::CALLOUT icon="info" checked=is_callout on_pick=callout />
            <MenuItem label=copy::DIVIDER icon="divider" on_pick=move |()| room.act(Intent::Divider) />
        </Menu>
    }
}
