//! The place: what waits first, then the rules, who holds which role, and the log.

use leptos::prelude::*;
use terms::rule::Starter;
use ui::{Button, ButtonKind, EmptyState, Menu, MenuItem, MenuRule, live};

use super::{Team, copy, editor::RuleDialog, inbox::Inbox, list::RuleList, log::Log, people::People};

/// The place.
#[component]
pub(super) fn RulesPage(team: Team) -> impl IntoView {
    // The rule that is written: its name among rules, empty for a new one.
    let open = RwSignal::new(None::<String>);
    let is_empty = Memo::new(move |_| team.look(|book| book.rules().is_empty()));
    let is_admin = Memo::new(move |_| team.look(session::Book::is_admin));
    let begin = move |starter: Starter| {
        let (name, roles) = copy::starter(starter);
        let words = terms::rule::StarterWords { name, roles };
        team.write_saying(copy::kept(name), |book| book.add_starter_rule(starter, &words).map(drop));
    };
    let item = move |it: Starter| {
        view! { <MenuItem label=copy::starter_label(it) icon="shield" on_pick=move |()| begin(it) /> }
    };
    let add = live(move || {
        (is_admin.get() && !is_empty.get()).then(|| {
            view! {
                <Menu label=copy::ADD icon="plus" kind=ButtonKind::Primary>
                    <MenuItem label=copy::NEW icon="pen" on_pick=move |()| open.set(Some(String::new())) />
                    <MenuRule />
                    {Starter::ALL.map(item).collect_view()}
                </Menu>
            }
        })
    });
    let first = move |it: Starter| view! { <Button label=copy::starter_label(it) icon="plus" on_press=move |()| begin(it) /> };
    let rules = live(move || {
        if !is_empty.get() {
            return view! { <RuleList team open is_admin /> }.into_any();
        }
        let acts = is_admin.get().then(|| {
            view! {
                {Starter::ALL.map(first).collect_view()}
                <Button label=copy::NEW kind=ButtonKind::Primary icon="pen" on_press=move |()| open.set(Some(String::new())) />
            }
        });
        view! { <EmptyState icon="shield" line=copy::EMPTY more=copy::EMPTY_MORE>{acts}</EmptyState> }
            .into_any()
    });
    let limit = live(move || (!is_admin.get()).then(|| view! { <p class="hint">{copy::ADMINS_ONLY}</p> }));
    view! {
        <main class="page rules-page">
            <header class="page-head">
                <div><h1>{copy::RULES}</h1><p class="hint">{copy::ABOUT}</p></div>
                <div class="row">{add}</div>
            </header>
            <Inbox team />
            {rules}
            {limit}
            <People team is_admin />
            <Log team />
        </main>
        <RuleDialog team open />
    }
}
