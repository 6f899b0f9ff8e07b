//! The menu that `/` opens in the text: what else than words may come here, found by its first letters.

use editor::Surface;
use leptos::{ev, prelude::*};
use text::{Block, Document, Intent, Within};
use ui::{Float, Icon, Spot, live};

use super::{OpenRoom, beside::spot, copy, image_tools::ImageTools, table};

/// As many characters behind `/` still look for something.
const LONGEST: usize = 20;

/// One thing to put in.
#[derive(Clone)]
struct Entry {
    label: &'static str,
    icon: &'static str,
    /// Other words by which it is found.
    also: &'static str,
    /// What it does to the text; an image is first asked for.
    intent: Option<Intent>,
}

/// What is being looked for, and where.
#[derive(Debug, Clone, PartialEq)]
struct Asked {
    /// Where `/` stands in the text.
    from: usize,
    /// What stands behind it, in small letters.
    words: String,
    spot: Spot,
}

/// The state of the menu.
#[derive(Clone, Copy)]
pub(super) struct SlashMenu {
    asked: RwSignal<Option<Asked>>,
    active: RwSignal<usize>,
    images: ImageTools,
}

impl SlashMenu {
    pub(super) fn new(images: ImageTools) -> Self {
        Self { asked: RwSignal::new(None), active: RwSignal::new(0), images }
    }

    /// Something was `typed`, or the caret went elsewhere.
    pub(super) fn follow(self, surface: &Surface, typed: bool) {
        let open = self.asked.with_untracked(|asked| asked.as_ref().map(|asked| asked.from));
        if open.is_none() && !typed {
            return;
        }
        let caret = surface.selection();
        let found = caret.is_caret().then(|| words_at(&surface.document(), caret.head)).flatten();
        let found = found.filter(|(from, words)| open == Some(*from) || typed && words.is_empty());
        let asked = found.and_then(|(from, words)| {
            let spot = spot(&surface.bounds(from..from + 1)?);
            Some(Asked { from, words, spot })
        });
        let asked = asked.filter(|asked| !entries(&asked.words).is_empty());
        if self.asked.with_untracked(|old| *old != asked) {
            self.active.set(0);
            self.asked.set(asked);
        }
    }

    /// Nothing is looked for any more.
    pub(super) fn close(self) {
        if self.asked.with_untracked(Option::is_some) {
            self.asked.set(None);
        }
    }

    /// A key in the text. Answers whether it was for the menu.
    pub(super) fn key(self, room: OpenRoom, key: &str) -> bool {
        let Some(asked) = self.asked.get_untracked() else { return false };
        let count = entries(&asked.words).len();
        let active = self.active.get_untracked();
        match key {
            "ArrowDown" => self.active.set((active + 1) % count.max(1)),
            "ArrowUp" => self.active.set((active + count.max(1) - 1) % count.max(1)),
            "Enter" | "Tab" => self.pick(room, active),
            "Escape" => self.asked.set(None),
            _ => return false,
        }
        true
    }

    fn pick(self, room: OpenRoom, index: usize) {
        let Some(asked) = self.asked.get_untracked() else { return };
        self.asked.set(None);
        let (Some(entry), Some(surface)) = (entries(&asked.words).into_iter().nth(index), room.surface())
        else {
            return;
        };
        let to = surface.selection().head;
        surface.act(Intent::Replace { range: asked.from..to.max(asked.from), text: String::new() });
        match entry.intent {
            Some(Intent::Block(Block::Table(_))) => table::insert(room),
            Some(intent) => room.act(intent),
            None => self.images.pick(false),
        }
    }
}

/// Where a `/` stands before the caret, at the start of a line or after a space, and the words behind it.
fn words_at(document: &Document, caret: usize) -> Option<(usize, String)> {
    let place = document.place(caret);
    let line = document.lines().get(place.line)?;
    if line.format.block.is_code() || line.format.block.is_void() {
        return None;
    }
    let before: String = line.parts(0..place.offset).map(|(text, _)| text).collect();
    let at = before.rfind('/')?;
    let words = &before[at + 1..];
    let stands_alone = before[..at].chars().next_back().is_none_or(char::is_whitespace);
    let fits = words.len() <= LONGEST && words.chars().all(|char| char.is_alphanumeric() || char == ' ');
    let from = document.line_start(place.line) + text::utf16_len(&before[..at]);
    (stands_alone && fits && !words.starts_with(' ')).then(|| (from, words.to_lowercase()))
}

/// What is found by `words`.
fn entries(words: &str) -> Vec<Entry> {
    let block = |label, icon, also, block| Entry { label, icon, also, intent: Some(Intent::Block(block)) };
    let within =
        |label, icon, within| Entry { label, icon, also: "", intent: Some(Intent::ToggleWithin(within)) };
    let heading = |level: u8| {
        block(copy::HEADINGS[usize::from(level) - 1], "heading", copy::ALSO_TITLE, Block::Heading(level))
    };
    let mut all = vec![
        block(copy::PLAIN_TEXT, "text", "", Block::Paragraph),
        heading(1),
        heading(2),
        heading(3),
        block(copy::BULLETS, "list", "", Block::Bullet),
        block(copy::NUMBERS, "ordered", "", Block::Ordered),
        block(copy::CHECKS, "list-check", copy::ALSO_CHECKS, Block::Check { done: false }),
        within(copy::QUOTE, "quote", Within::Quote),
        within(copy::CALLOUT, "info", Within::Callout),
        block(copy::CODE_BLOCK, "code-block", "", Block::Code { language: String::new() }),
        // It gets its name when it is put in.
        block(copy::TABLE, "table", "", Block::Table(String::new())),
        Entry {
            label: copy::DIVIDER,
            icon: "divider",
            also: copy::ALSO_DIVIDER,
            intent: Some(Intent::Divider),
        },
        Entry { label: copy::IMAGE, icon: "image", also: copy::ALSO_IMAGE, intent: None },
    ];
    let begins = |text: &str| text.split(' ').any(|word| word.to_lowercase().starts_with(words));
    all.retain(|entry| {
        begins(entry.label) || begins(entry.also) || entry.label.to_lowercase().starts_with(words)
    });
    all
}

/// The menu. The keyboard stays in the text: arrows and Enter come by [`SlashMenu::key`].
#[component]
pub(super) fn SlashList(room: OpenRoom, menu: SlashMenu) -> impl IntoView {
    let at = Signal::derive(move || menu.asked.with(|asked| asked.as_ref().map(|asked| asked.spot)));
    let found = Memo::new(move |_| menu.asked.with(|asked| asked.as_ref().map(|asked| asked.words.clone())));
    let rows = live(move || {
        let found = found.get().map(|words| entries(&words)).unwrap_or_default();
        let row = move |(index, entry): (usize, Entry)| {
            let pick = move |event: ev::MouseEvent| {
                event.prevent_default();
                menu.pick(room, index);
            };
            let is_active = move || if menu.active.get() == index { "true" } else { "false" };
            view! {
                <div class="menu-item" role="option" aria-selected=is_active on:mousedown=pick>
                    <Icon name=entry.icon />
                    <span class="label">{entry.label}</span>
                </div>
            }
        };
        found.into_iter().enumerate().map(row).collect_view()
    });
    let spoken = move || {
        let words = found.get()?;
        entries(&words).get(menu.active.get()).map(|entry| entry.label)
    };
    view! {
        <Float at>
            <div class="menu-list" role="listbox" aria-label=copy::INSERT>{rows}</div>
        </Float>
        <p class="visually-hidden" aria-live="polite">{spoken}</p>
    }
}
