//! The comments beside the text, and the ways to begin one.

use browser::view;
use leptos::{ev, prelude::*, wasm_bindgen::JsCast, web_sys};
use ui::{Button, ButtonKind, ButtonSize, EmptyState, Float, Icon, Segment, Segmented, Spot, Switch, live};

use super::{
    Comments, Draft, copy,
    filter::FilterBar,
    thread::{Composer, ThreadCard, section_words},
};
use crate::{
    features::room::{OpenRoom, beside::spot},
    later::{dialog_later, part},
    route::Place,
};

const OPEN: &str = "open";
const SETTLED: &str = "settled";

/// Shows the comments or puts them away, and says how many are open.
#[component]
pub(crate) fn CommentsButton(comments: Comments) -> impl IntoView {
    let count = Memo::new(move |_| comments.count());
    let naming_me = Memo::new(move |_| comments.naming_me());
    let label = Signal::derive(move || copy::open_count(count.get(), naming_me.get()));
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
            {live(move || (naming_me.get() > 0).then(|| view! { <span class="mentions-me" aria-hidden="true" data-count=naming_me.get().to_string()></span> }))}
        </button>
    }
}

part!(comments_panel(Comments) => |comments| live(move || comments.open.get().then(|| view! { <CommentsPanel comments /> })));

/// The panel with all threads.
#[component]
fn CommentsPanel(comments: Comments) -> impl IntoView {
    let close = move || {
        comments.draft.set(None);
        comments.open.set(false);
        view::focus_on(".comments-button");
    };
    let key = move |event: ev::KeyboardEvent| match event.key().as_str() {
        _ if event.default_prevented() => {}
        "Escape" => {
            event.prevent_default();
            event.stop_propagation();
            close();
        }
        "ArrowDown" | "ArrowUp" if event.alt_key() => {
            event.prevent_default();
            comments.step(event.key() == "ArrowDown", true);
        }
        _ => {}
    };
    let visible = Memo::new(move |_| comments.visible());
    let shown = Signal::derive(move || if comments.settled.get() { SETTLED } else { OPEN });
    let segment = |id, label: &'static str| Segment { id, label: label.to_owned().into(), icon: None };
    let may_comment = comments.may_comment();
    let empty = live(move || {
        let is_empty = visible.with(Vec::is_empty) && comments.draft.with(Option::is_none);
        is_empty.then(|| {
            if !comments.filter.get().is_off() {
                let show_all = move |()| comments.filter.set(Default::default());
                return view! {
                    <EmptyState icon="comment" line=copy::NONE_OF_THESE>
                        <Button label=copy::SHOW_ALL on_press=show_all />
                    </EmptyState>
                }
                .into_any();
            }
            let (line, more) = match (comments.settled.get(), may_comment) {
                (true, _) => (copy::NONE_SETTLED, None),
                (false, true) => (copy::NONE_OPEN, Some(copy::NONE_OPEN_MORE.to_owned())),
                (false, false) => (copy::NONE_OPEN, Some(copy::NONE_TO_READ_MORE.to_owned())),
            };
            view! { <EmptyState icon="comment" line more=more /> }.into_any()
        })
    });
    let draft = live(move || {
        comments.draft.get().map(|draft| {
            let about = match &draft {
                Draft::Text { section, quote, .. } if quote.is_empty() => section_words(comments, section),
                Draft::Text { quote, .. } => quote.clone(),
                Draft::Thing { thing, called } => copy::on_thing(thing, called),
            };
            let say = move |text: String| comments.say(&draft, &text);
            comments.inside.set(false);
            let inside = comments.room.get().may_keep_inside().then(|| view! {
                <Switch label=copy::INSIDE on=comments.inside on_turn=move |on| comments.inside.set(on) />
            });
            view! {
                <div class="thread card" data-chosen="">
                    <p class="thread-quote">{about}</p>
                    {inside}
                    <Composer comments label=copy::YOUR_WORDS act=copy::COMMENT say cancel=move |()| comments.draft.set(None) />
                </div>
            }
        })
    });
    // Outside of the text there must be something that a new comment would be about.
    let target = Memo::new(move |_| match comments.place() {
        Some(Place::Document) => Some(copy::COMMENT_HERE),
        _ => comments.thing_at_hand().map(|_| copy::COMMENT_ON_IT),
    });
    let begin = live(move || {
        target.get().filter(|_| may_comment).map(|label| view! {
            <Button label icon="plus" icon_only=true kind=ButtonKind::Quiet size=ButtonSize::Small on_press=move |()| comments.begin() />
        })
    });
    view! {
        <aside class="panel comments" aria-label=copy::COMMENTS on:keydown=key>
            <div class="panel-head">
                <h2>{copy::COMMENTS}</h2>
                <span class="row">
                    {begin}
                    <Button label=copy::PREVIOUS icon="up" icon_only=true kind=ButtonKind::Quiet size=ButtonSize::Small on_press=move |()| comments.step(false, false) />
                    <Button label=copy::NEXT icon="down" icon_only=true kind=ButtonKind::Quiet size=ButtonSize::Small on_press=move |()| comments.step(true, false) />
                    <Button label=copy::CLOSE icon="x" icon_only=true kind=ButtonKind::Quiet size=ButtonSize::Small on_press=move |()| close() />
                </span>
            </div>
            <Segmented
                label=copy::SHOWN
                segments=vec![segment(OPEN, copy::OPEN), segment(SETTLED, copy::SETTLED)]
                value=shown
                on_pick=move |id| comments.settled.set(id == SETTLED)
            />
            <FilterBar comments />
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

/// The panel beside price, plan and files; the text has it on its desk, and a file over the window has it there.
#[component]
pub(crate) fn PanelBeside(comments: Comments) -> impl IntoView {
    let is_here = Memo::new(move |_| {
        let is_beside = comments.place().is_some_and(|place| place != Place::Document);
        is_beside && comments.open.get() && !comments.over_file.get()
    });
    live(move || is_here.get().then(|| dialog_later(comments_panel, comments, comments.open)))
}

/// Whether a key was pressed among the comments, where it has its own meaning.
pub(crate) fn is_in_panel(event: &ev::KeyboardEvent) -> bool {
    let element = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    element.is_some_and(|element| element.closest(".comments").ok().flatten().is_some())
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
