//! The rules, each as a sentence.

use leptos::prelude::*;
use terms::rule::{KeptRule, Rule};
use ui::{Badge, ButtonKind, ButtonSize, Menu, MenuItem, Tone, live};

use super::{
    Team, copy,
    said::{self, Writing},
};

/// The list.
#[component]
pub(super) fn RuleList(team: Team, open: RwSignal<Option<String>>, is_admin: Memo<bool>) -> impl IntoView {
    let all = Memo::new(move |_| team.look(|book| book.rules().to_vec()));
    let row = move |kept: KeptRule| view! { <RuleRow team kept open is_admin /> };
    view! { <ul class="nugget-list card" data-flush="">{live(move || all.get().into_iter().map(row).collect_view())}</ul> }
}

#[component]
fn RuleRow(
    team: Team,
    kept: KeptRule,
    open: RwSignal<Option<String>>,
    is_admin: Memo<bool>,
) -> impl IntoView {
    let rule = kept.rule.clone();
    let is_strange = rule.name.is_empty();
    let name = if is_strange { copy::STRANGE.to_owned() } else { rule.name.clone() };
    let writing = team.book.with_value(Writing::of);
    let (when, then) = match is_strange {
        true => (copy::STRANGE_MORE.to_owned(), String::new()),
        false => (writing.when(&rule.condition), said::then(&rule)),
    };
    let about = kept
        .versions
        .last()
        .map(|last| copy::version(kept.versions.len(), &last.by, &browser::clock::date(last.at)));
    let badge = match rule.is_off {
        true => view! { <Badge label=copy::OFF /> }.into_any(),
        false => {
            let tone = match rule.effect {
                terms::rule::Effect::Block(_) => Tone::Danger,
                terms::rule::Effect::Approve(_) => Tone::Warn,
                _ => Tone::Plain,
            };
            view! { <Badge label=copy::effect(&rule.effect) tone /> }.into_any()
        }
    };
    let gates = copy::held_at(&rule.gates);
    let title = name.clone();
    let of = StoredValue::new(rule);
    let edit = move |()| open.set(Some(of.with_value(|rule| rule.id.clone())));
    let turn = move |()| {
        let rule = of.get_value();
        let rule = Rule { is_off: !rule.is_off, ..rule };
        team.write_saying(copy::kept(&rule.name), |book| book.write_rule(&rule).map(drop));
    };
    let said = name.clone();
    let remove = move |()| {
        let id = of.with_value(|rule| rule.id.clone());
        team.write_saying(copy::removed(&said), |book| book.remove_rules(&[id]));
    };
    let remove = StoredValue::new(remove);
    let menu = live(move || {
        is_admin.get().then(|| {
            let turned = if of.with_value(|rule| rule.is_off) { copy::TURN_ON } else { copy::TURN_OFF };
            view! {
                <Menu label=copy::more_for(&name) icon="more" icon_only=true kind=ButtonKind::Quiet size=ButtonSize::Small>
                    {(!is_strange).then(|| view! {
                        <MenuItem label=copy::EDIT icon="pen" on_pick=edit />
                        <MenuItem label=turned icon="bell" on_pick=turn />
                    })}
                    <MenuItem label=copy::REMOVE icon="trash" danger=true on_pick=move |()| remove.with_value(|remove| remove(())) />
                </Menu>
            }
        })
    });
    view! {
        <li class="nugget-row rule-row">
            <div class="nugget-name">
                <strong>{title}</strong>
                <p>{when}</p>
                <p>{then}</p>
            </div>
            <p class="nugget-about hint">{gates}<br />{about}</p>
            <span class="nugget-badges">{badge}{menu}</span>
        </li>
    }
}
