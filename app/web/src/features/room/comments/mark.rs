//! The quiet mark beside something: how many threads are open there, and the way to them or to a new one.

use leptos::{html, prelude::*};
use model::SectionId;
use session::{FileVersion, Standpoint, Thing, Thread};
use ui::{Icon, effect, live};

use super::{Comments, copy, use_comments};

/// The mark of a line, a step, or a page of a file.
#[component]
pub(crate) fn ThingMark(
    thing: Thing,
    /// What it is called.
    #[prop(into)]
    called: Signal<String>,
) -> impl IntoView {
    let comments = use_comments();
    let own = StoredValue::new(thing);
    let is_shared = Memo::new(move |_| own.with_value(|own| comments.is_shared(own)));
    let there = Memo::new(move |_| {
        own.with_value(|own| comments.open_on(|thread| thread.at.thing().is_some_and(|thing| thing == own)))
    });
    let begin = move || comments.begin_on(own.get_value(), called.get_untracked());
    let is_gone_to = move || comments.going.with(|going| going.as_ref() == Some(&own.get_value()));
    let called = Signal::derive(move || copy::thing(&own.get_value(), &called.get()));
    let mark = StoredValue::new((there, called));
    live(move || {
        let (there, called) = mark.get_value();
        is_shared.get().then(|| self::mark(comments, there, called, begin, is_gone_to))
    })
}

/// The mark of a file: of all its versions and their pages. `newest` is the one that a new comment is about.
#[component]
pub(crate) fn FileMark(
    #[prop(into)] versions: Signal<Vec<FileVersion>>,
    #[prop(into)] called: Signal<String>,
) -> impl IntoView {
    let comments = use_comments();
    let names =
        Memo::new(move |_| versions.with(|all| all.iter().map(|it| it.id.clone()).collect::<Vec<_>>()));
    let there = Memo::new(move |_| {
        let is_of = |thread: &Thread| match thread.at.thing() {
            Some(Thing::File { version, .. }) => names.with(|names| names.contains(version)),
            _ => false,
        };
        comments.open_on(is_of)
    });
    let begin = move || {
        if let Some(version) = names.with_untracked(|names| names.first().cloned()) {
            comments.begin_on(Thing::File { version, page: None }, called.get_untracked());
        }
    };
    let is_gone_to = move || {
        comments.going.with(|going| match going {
            Some(Thing::File { version, page: None }) => names.with(|names| names.contains(version)),
            _ => false,
        })
    };
    mark(comments, there, called, begin, is_gone_to)
}

/// The mark of a section, for what is said of it as a whole.
#[component]
pub(crate) fn SectionMark(section: SectionId, #[prop(into)] called: Signal<String>) -> impl IntoView {
    let comments = use_comments();
    let own = StoredValue::new(section);
    let there = Memo::new(move |_| {
        comments.open_on(|thread| match &thread.at {
            Standpoint::Text { section, range: None, quote, .. } => {
                quote.is_empty() && own.with_value(|own| own == section)
            }
            _ => false,
        })
    });
    mark(comments, there, called, move || comments.begin_on_section(own.get_value()), || false)
}

/// The mark itself. Where nobody said anything and this person may not, there is none.
fn mark(
    comments: Comments,
    there: Memo<Vec<String>>,
    called: Signal<String>,
    begin: impl Fn() + Copy + Send + Sync + 'static,
    is_gone_to: impl Fn() -> bool + Copy + Send + Sync + 'static,
) -> AnyView {
    let count = Memo::new(move |_| there.with(Vec::len));
    let is_shown = Memo::new(move |_| count.get() > 0 || comments.may_comment());
    let label = Signal::derive(move || copy::mark(&called.get(), count.get()));
    let element = NodeRef::<html::Button>::new();
    effect(move || {
        let Some(element) = element.get().filter(|_| is_gone_to()) else { return };
        // Once what stands around it has its size.
        browser::timers::spawn(async move {
            browser::timers::frame().await;
            browser::view::show_at_top(&element);
            let _ = comments.going.try_set(None);
        });
    });
    let is_here = move || {
        let is_one = comments
            .chosen
            .with(|chosen| chosen.as_ref().is_some_and(|id| there.with(|all| all.contains(id))));
        (is_one && comments.open.get()).then_some("")
    };
    live(move || {
        is_shown.get().then(|| {
            view! {
                <button
                    class="thing-mark"
                    type="button"
                    node_ref=element
                    aria-label=label
                    title=label
                    data-count=move || (count.get() > 0).then(|| count.get().to_string())
                    data-here=is_here
                    on:click=move |event| {
                        event.stop_propagation();
                        comments.press(&there.get_untracked(), begin);
                    }
                >
                    <Icon name="comment" />
                    {live(move || (count.get() > 0).then(|| view! { <span aria-hidden="true">{count}</span> }))}
                </button>
            }
        })
    })
    .into_any()
}
