//! Putting something else of the library into a draft.

use insight::proposal::{Proposal, Section};
use leptos::prelude::*;
use terms::nugget::{Nugget, NuggetKind, State};
use ui::{Dialog, SearchField, effect, live};

use super::{super::library::kind_name, copy, proposal::Drafting};

/// So many are shown at once.
const SHOWN: usize = 30;

/// The dialog.
#[component]
pub(super) fn Putting(drafting: Drafting) -> impl IntoView {
    let open = RwSignal::new(false);
    let query = RwSignal::new(String::new());
    effect(move || {
        if drafting.putting.get().is_some() {
            query.set(String::new());
            open.set(true);
        }
    });
    effect(move || {
        if !open.get() {
            drafting.putting.set(None);
        }
    });
    view! {
        <Dialog open title=copy::PUT_IN close_label=copy::CLOSE>
            <SearchField label=copy::SEARCH clear_label=copy::CLEAR value=query />
            {live(move || list(drafting, &query.get(), open))}
        </Dialog>
    }
}

fn list(drafting: Drafting, query: &str, open: RwSignal<bool>) -> AnyView {
    let found = drafting.asking.team.look(|book| {
        let nuggets = book.nuggets();
        let may_be_in = |it: &&Nugget| {
            it.state == State::Approved
                && !matches!(it.kind, NuggetKind::Competitor | NuggetKind::Questions)
                && drafting.draft.with(|draft| draft.nuggets().all(|picked| picked.nugget != it.id))
        };
        let found = insight::serve::search(&nuggets, query).into_iter().map(|at| &nuggets[at]);
        found.filter(may_be_in).take(SHOWN).cloned().collect::<Vec<_>>()
    });
    if found.is_empty() {
        return view! { <p class="hint">{copy::NOTHING_LEFT}</p> }.into_any();
    }
    let row = |nugget: Nugget| {
        let (title, kind) = (nugget.title.clone(), kind_name(nugget.kind));
        let put = move |_| {
            if let Some(at) = drafting.putting.get_untracked() {
                drafting.draft.update(|draft| put_in(draft, at, &nugget));
            }
            open.set(false);
        };
        view! { <li><button type="button" class="answer" on:click=put><span>{title}</span></button><span class="nugget-kind">{kind}</span></li> }
    };
    view! { <ul class="rows">{found.into_iter().map(row).collect_view()}</ul> }.into_any()
}

/// Into a section, or one of its own where there is none at this place.
fn put_in(draft: &mut Proposal, at: usize, nugget: &Nugget) {
    if at == draft.sections.len() {
        draft.sections.push(Section { heading: nugget.title.clone(), picked: Vec::new() });
    }
    draft.put_in(at, nugget);
}
