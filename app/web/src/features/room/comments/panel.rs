//! The comments beside the text, and the ways to begin one.

use browser::view;
use leptos::{ev, prelude::*};
use ui::{Button, ButtonKind, ButtonSize, EmptyState, Float, Icon, Segment, Segmented, Spot, live};

use super::{
    Comments, copy,
    thread::{Composer, ThreadCard},
};
use crate::features::room::{OpenRoom, beside::spot};

const OPEN: &str = "open";
const SETTLED: &str = "settled";

/// Shows the comments or puts them away, and says how many are open.
#[component]
pub(crate) fn CommentsButton(comments: Comments) -> impl IntoView {
    let count = Memo::new(move |_| comments.count());
    let label = Signal::derive(move || copy::open_count(count.get()));
    view! {
        <button
            class="button comments-button"
            type="button"
            data-kind="quiet"
            aria-label=label
            title=label
            aria-expanded=Signal::derive(move || if comments.open.get() { "true" } else { "false" })
            on:click=move |_| comments.open.update(|open| *open = !*open)
        >
            <Icon name="comment" />
            {live(move || (count.get() > 0).then(|| view! { <span aria-hidden="true">{count.get()}</span> }))}
        </button>
    }
}

/// The panel with all threads.
#[component]
pub(crate) fn CommentsPanel(comments: Comments) -> impl IntoView {
    let close = move || {
        comments.draft.set(None);
        comments.open.set(false);
        view::focus_on(".comments-button");
    };
    let key = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" && !event.default_prevented() {
            event.prevent_default();
            close();
        }
    };
    let visible = Memo::new(move |_| comments.visible());
    let shown = Signal::derive(move || if comments.settled.get() { SETTLED } else { OPEN });
    let segment = |id, label: &'static str| Segment { id, label: label.to_owned().into(), icon: None };
    let may_comment = comments.may_comment();
    let empty = live(move || {
        let is_empty = visible.with(Vec::is_empty) && comments.draft.with(Option::is_none);
        is_empty.then(|| {
            let (line, more) = match (comments.settled.get(), may_comment) {
                (true, _) => (copy::NONE_SETTLED, None),
                (false, true) => (copy::NONE_OPEN, Some(copy::NONE_OPEN_MORE.to_owned())),
                (false, false) => (copy::NONE_OPEN, Some(copy::NONE_TO_READ_MORE.to_owned())),
            };
            view! { <EmptyState icon="comment" line more=more /> }
        })
    });
    let draft = live(move || {
        comments.draft.get().map(|draft| {
            let quote = draft.quote.clone();
            let about = if quote.is_empty() { copy::WHOLE_SECTION.to_owned() } else { quote };
            let say = move |text: String| comments.say(&draft, &text);
            view! {
                <div class="thread card" data-chosen="">
                    <p class="thread-quote">{about}</p>
                    <Composer comments label=copy::YOUR_WORDS act=copy::COMMENT say cancel=move |()| comments.draft.set(None) />
                </div>
            }
        })
    });
    view! {
        <aside class="panel comments" aria-label=copy::COMMENTS on:keydown=key>
            <div class="panel-head">
                <h2>{copy::COMMENTS}</h2>
                <span class="row">
                    {may_comment.then(|| view! {
                        <Button label=copy::COMMENT_HERE icon="plus" icon_only=true kind=ButtonKind::Quiet size=ButtonSize::Small on_press=move |()| comments.begin() />
                    })}
                    <Button label=copy::NEXT icon="down" icon_only=true kind=ButtonKind::Quiet size=ButtonSize::Small on_press=move |()| comments.next() />
                    <Button label=copy::CLOSE icon="x" icon_only=true kind=ButtonKind::Quiet size=ButtonSize::Small on_press=move |()| close() />
                </span>
            </div>
            <Segmented
                label=copy::SHOWN
                segments=vec![segment(OPEN, copy::OPEN), segment(SETTLED, copy::SETTLED)]
                value=shown
                on_pick=move |id| comments.settled.set(id == SETTLED)
            />
            {draft}
            {empty}
            <ul class="threads">
                <For each=move || visible.get() key=String::clone let:id>
                    <ThreadCard comments id />
                </For>
            </ul>
        </aside>
    }
}

/// For those who may comment but not write: the way to a comment beside what they select.
#[component]
pub(crate) fn CommentAtSelection(room: OpenRoom, comments: Comments) -> impl IntoView {
    let at: RwSignal<Option<Spot>> = RwSignal::new(None);
    let look = move || {
        let selected = room.surfaces().into_iter().find_map(|(_, surface)| {
            let found = surface.selected_in_page()?;
            surface.bounds(found.range).map(|bounds| spot(&bounds))
        });
        if at.try_get_untracked().is_some_and(|at| at != selected) {
            at.set(selected);
        }
    };
    let listener = StoredValue::new_local(Some(view::on_selection(look)));
    on_cleanup(move || {
        listener.try_update_value(Option::take);
    });
    let begin = move |_| {
        comments.begin();
        at.set(None);
    };
    view! {
        <Float at above=true>
            <div class="toolbar" data-small="" on:mousedown=move |event| event.prevent_default()>
                <button class="button" type="button" data-kind="quiet" on:click=begin>
                    <Icon name="comment" />
                    <span class="label">{copy::COMMENT}</span>
                </button>
            </div>
        </Float>
    }
}
