//! The suggestions beside the text.

use browser::{clock, view};
use leptos::{ev, prelude::*};
use model::Right;
use session::{Fate, Suggested};
use ui::{
    Avatar, Button, ButtonKind, ButtonSize, EmptyState, Icon, Menu, MenuItem, Party, Segment, Segmented, live,
};

use super::{Suggestions, copy};
use crate::later::part;

const OPEN: &str = "open";
const DECIDED: &str = "decided";

/// Shows the suggestions or puts them away, and says how many are open. There is none where nobody ever suggested anything
/// and nobody does.
#[component]
pub(crate) fn SuggestionsButton(suggestions: Suggestions) -> impl IntoView {
    let count = Memo::new(move |_| suggestions.count());
    let label = Signal::derive(move || copy::open_count(count.get()));
    let any = Memo::new(move |_| {
        suggestions.order.with(|order| !order.is_empty()) || suggestions.room.suggesting.get()
    });
    live(move || {
        any.get().then(|| {
            view! {
                <button
                    class="button comments-button suggestions-button"
                    type="button"
                    data-kind="quiet"
                    aria-label=label
                    title=label
                    aria-expanded=Signal::derive(move || if suggestions.open.get() { "true" } else { "false" })
                    on:click=move |_| suggestions.open.update(|open| *open = !*open)
                >
                    <Icon name="pen" />
                    {live(move || (count.get() > 0).then(|| view! { <span aria-hidden="true">{count.get()}</span> }))}
                </button>
            }
        })
    })
}

part!(suggestions_panel(Suggestions) => |suggestions| {
    live(move || suggestions.open.get().then(|| view! { <SuggestionsPanel suggestions /> }))
});

/// The panel with all suggestions.
#[component]
fn SuggestionsPanel(suggestions: Suggestions) -> impl IntoView {
    let close = move || {
        suggestions.open.set(false);
        view::focus_on(".suggestions-button");
    };
    let key = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" && !event.default_prevented() {
            event.prevent_default();
            close();
        }
    };
    let visible = Memo::new(move |_| suggestions.visible());
    let shown = Signal::derive(move || if suggestions.decided.get() { DECIDED } else { OPEN });
    let segment = |id, label: &'static str| Segment { id, label: label.to_owned().into(), icon: None };
    let may_edit = suggestions.room.get().right() >= Some(Right::Edit);
    let empty = live(move || {
        visible.with(Vec::is_empty).then(|| {
            let (line, more) = match suggestions.decided.get() {
                true => (copy::NONE_DECIDED, None),
                false => (copy::NONE_OPEN, Some(copy::NONE_OPEN_MORE.to_owned())),
            };
            view! { <EmptyState icon="pen" line more=more /> }
        })
    });
    let whose = live(move || {
        let authors = suggestions.authors();
        (authors.len() > 1).then(|| {
            let name = Signal::derive(move || {
                let of = suggestions.of.get();
                let named = suggestions.authors().into_iter().find(|(author, _)| Some(*author) == of);
                named.map_or_else(|| copy::ALL.to_owned(), |(_, name)| name)
            });
            let item = |(author, name): (_, String)| {
                view! { <MenuItem label=name on_pick=move |()| suggestions.of.set(Some(author)) /> }
                    .into_any()
            };
            let items: Vec<AnyView> = authors.into_iter().map(item).collect();
            view! {
                <Menu label=name about=copy::WHOSE kind=ButtonKind::Quiet size=ButtonSize::Small>
                    <MenuItem label=copy::ALL on_pick=move |()| suggestions.of.set(None) />
                    {items}
                </Menu>
            }
        })
    });
    let all = live(move || {
        (may_edit && !suggestions.decided.get() && visible.with(|visible| visible.len() > 1)).then(|| {
            let ids = move || untrack(|| suggestions.visible());
            view! {
                <div class="row">
                    <Button label=copy::ACCEPT_ALL icon="check" size=ButtonSize::Small on_press=move |()| suggestions.accept(&ids()) />
                    <Button label=copy::DECLINE_ALL kind=ButtonKind::Quiet size=ButtonSize::Small on_press=move |()| suggestions.decline(&ids(), true) />
                </div>
            }
        })
    });
    view! {
        <aside class="panel comments" aria-label=copy::SUGGESTIONS on:keydown=key>
            <div class="panel-head">
                <h2>{copy::SUGGESTIONS}</h2>
                <span class="row">
                    {whose}
                    <Button label=copy::BEFORE icon="up" icon_only=true kind=ButtonKind::Quiet size=ButtonSize::Small on_press=move |()| suggestions.step(false) />
                    <Button label=copy::NEXT icon="down" icon_only=true kind=ButtonKind::Quiet size=ButtonSize::Small on_press=move |()| suggestions.step(true) />
                    <Button label=copy::CLOSE icon="x" icon_only=true kind=ButtonKind::Quiet size=ButtonSize::Small on_press=move |()| close() />
                </span>
            </div>
            <Segmented
                label=copy::SHOWN
                segments=vec![segment(OPEN, copy::OPEN), segment(DECIDED, copy::DECIDED)]
                value=shown
                on_pick=move |id| suggestions.decided.set(id == DECIDED)
            />
            {all}
            {empty}
            <ul class="threads">
                <For each=move || visible.get() key=String::clone let:id>
                    <Card suggestions id may_edit />
                </For>
            </ul>
        </aside>
    }
}

/// What somebody is called who suggests.
pub(super) fn name_of(it: &Suggested) -> String {
    match (it.mine, it.name.as_str(), it.owns) {
        (_, name, _) if !name.is_empty() => name.to_owned(),
        (true, ..) => copy::YOU.to_owned(),
        (false, _, true) => copy::SOMEBODY_SELLER.to_owned(),
        (false, _, false) => copy::SOMEBODY_BUYER.to_owned(),
    }
}

/// Words on one line, with signs for ends of lines.
fn one_line(words: &str) -> String {
    words.replace('\n', copy::LINE_END)
}

#[component]
fn Card(suggestions: Suggestions, id: String, may_edit: bool) -> impl IntoView {
    let id = StoredValue::new(id);
    let found: Memo<Option<Suggested>> =
        Memo::new(move |_| suggestions.all.with(|all| all.get(&id.get_value()).cloned()));
    let chosen = Memo::new(move |_| {
        suggestions.chosen.with(|chosen| chosen.as_deref() == Some(id.get_value().as_str()))
    });
    let choose = move || {
        if !chosen.get_untracked() {
            suggestions.choose(&id.get_value());
        }
    };
    let key = move |event: ev::KeyboardEvent| {
        if event.key() == "Enter" && event.target() == event.current_target() {
            event.prevent_default();
            choose();
        }
    };
    let label = Signal::derive(move || {
        found.with(|found| {
            let it = found.as_ref()?;
            let (old, new) = (one_line(&it.wording.deleted()), one_line(&it.wording.inserted()));
            Some(copy::suggestion(&name_of(it), &old, &new))
        })
    });
    let body = live(move || {
        let it = found.get()?;
        let party = if it.owns { Party::Seller } else { Party::Buyer };
        let when = clock::ago(it.at, clock::now_ms());
        let name = name_of(&it);
        let words = |words: String| (!words.is_empty()).then(|| one_line(&words));
        let old = words(it.wording.deleted()).map(|words| view! { <del>{words}</del> });
        let new = words(it.wording.inserted()).map(|words| view! { <ins>{words}</ins> });
        let look = words(it.wording.formatted())
            .map(|words| view! { <span class="hint">{copy::LOOK} " " {words}</span> });
        let changed = (it.is_open() && !it.intact).then(|| view! { <p class="hint">{copy::CHANGED}</p> });
        let one = move || vec![id.get_value()];
        let foot = match &it.fate {
            Fate::Open if may_edit || it.mine => {
                let yes_no = may_edit.then(|| {
                    view! {
                        <Button label=copy::ACCEPT icon="check" size=ButtonSize::Small on_press=move |()| suggestions.accept(&one()) />
                        <Button label=copy::DECLINE kind=ButtonKind::Quiet size=ButtonSize::Small on_press=move |()| suggestions.decline(&one(), true) />
                    }
                });
                let back = it.mine.then(|| {
                    view! {
                        <Button label=copy::TAKE_BACK kind=ButtonKind::Quiet size=ButtonSize::Small on_press=move |()| suggestions.take_back(&id.get_value()) />
                    }
                });
                view! { <div class="row">{yes_no}{back}</div> }.into_any()
            }
            Fate::Open => ().into_any(),
            Fate::Accepted { by, at } => {
                let words = copy::fate(true, by, &clock::ago(*at, clock::now_ms()));
                view! { <p class="hint">{words}</p> }.into_any()
            }
            Fate::Declined { by, at } => {
                let words = copy::fate(false, by, &clock::ago(*at, clock::now_ms()));
                let again = may_edit.then(|| {
                    view! {
                        <Button label=copy::OPEN_AGAIN kind=ButtonKind::Quiet size=ButtonSize::Small on_press=move |()| suggestions.decline(&one(), false) />
                    }
                });
                view! { <p class="hint">{words}</p>{again} }.into_any()
            }
        };
        Some(view! {
            <div class="remark">
                <div class="remark-head">
                    <Avatar name=name.clone() party small=true />
                    <strong>{name}</strong>
                    <span>{when}</span>
                </div>
                <p class="remark-text suggestion-words">{old} " " {new} {look}</p>
                {changed}
            </div>
            {foot}
        })
    });
    view! {
        <li><article
            class="thread card"
            tabindex="0"
            aria-label=label
            data-chosen=Signal::derive(move || chosen.get().then_some(""))
            on:click=move |_| choose()
            on:keydown=key
        >
            {body}
        </article></li>
    }
}
