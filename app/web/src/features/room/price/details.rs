//! What of a line has no column: more about it, and what the buyer may do with it.

use leptos::prelude::*;
use terms::price::{Decimal, Line, Package};
use ui::{Banner, Button, ButtonKind, Dialog, Field, Tone, live};

use super::{
    Pricing,
    buyer::written,
    copy, separators,
    tiers::{Drafts, TierFields},
};
use crate::copy as words;

/// The dialog for the line `of`.
#[component]
pub(super) fn LineDialog(
    pricing: Pricing,
    of: RwSignal<Option<String>>,
    open: RwSignal<bool>,
) -> impl IntoView {
    let title = Signal::derive(move || {
        let line = of.get().and_then(|id| pricing.shown.with(|shown| Some(shown.line(&id)?.0.name.clone())));
        line.filter(|name| !name.is_empty()).unwrap_or_else(|| copy::DETAILS.to_owned())
    });
    let fields = move || {
        let line = of
            .get_untracked()
            .and_then(|id| pricing.shown.with_untracked(|shown| Some(shown.line(&id)?.0.clone())));
        line.map(|line| view! { <Fields pricing line open /> })
    };
    view! { <Dialog open title close_label=words::CLOSE>{fields()}</Dialog> }
}

#[component]
fn Fields(pricing: Pricing, line: Line, open: RwSignal<bool>) -> impl IntoView {
    let text = |text: &str| RwSignal::new(text.to_owned());
    let number = |number: Option<Decimal>| RwSignal::new(number.map(written).unwrap_or_default());
    let (note, unit, section) = (text(&line.note), text(&line.unit), text(&line.section));
    let (least, most) = (number(line.least), number(line.most));
    let (group, package) = match &line.package {
        Some(package) => (text(&package.group), text(&package.name)),
        None => (text(""), text("")),
    };
    let choice = RwSignal::new(match line.optional {
        None => "",
        Some(true) => "in",
        Some(false) => "out",
    });
    let digits = pricing.shown.with_untracked(|shown| shown.price.list.currency.digits());
    let tiers = Drafts::of(&line, digits);
    let wrong = RwSignal::new(None::<String>);
    let line = StoredValue::new(line);
    let read = move || -> Result<Line, String> {
        let number = |typed: RwSignal<String>| match typed.get_untracked().trim() {
            "" => Ok(None),
            typed => Decimal::typed(typed, separators()).map(Some).map_err(copy::untypable),
        };
        let (group, name) = (group.get_untracked(), package.get_untracked());
        let package = |name: &str| Package { group: group.trim().to_owned(), name: name.to_owned() };
        let read = Line {
            note: note.get_untracked(),
            unit: unit.get_untracked(),
            section: section.get_untracked(),
            least: number(least)?,
            most: number(most)?,
            optional: match choice.get_untracked() {
                "in" => Some(true),
                "out" => Some(false),
                _ => None,
            },
            package: Some(name.trim()).filter(|name| !name.is_empty()).map(package),
            ..line.get_value()
        };
        let read = tiers.write(read)?;
        read.check().map_err(super::fault)?;
        Ok(read)
    };
    let keep = move |()| match read() {
        Ok(line) => {
            if pricing.attempt(pricing.room.get().set_line(&line)).is_some() {
                open.set(false);
            }
        }
        Err(words) => wrong.set(Some(words)),
    };
    let choices = [("", copy::ALWAYS), ("in", copy::MAY_LEAVE), ("out", copy::MAY_ADD)];
    let pick = move |event| {
        let picked = event_target_value(&event);
        choice.set(choices.iter().map(|(id, _)| *id).find(|id| *id == picked).unwrap_or_default());
    };
    let options = choices.map(|(id, label)| {
        view! { <option value=id selected=choice.get_untracked() == id>{label}</option> }
    });
    view! {
        <Field label=copy::NOTE value=note max_length=1000 multiline=true />
        <div class="price-pair">
            <Field label=copy::UNIT hint=copy::UNIT_HINT optional=copy::OPTIONAL value=unit max_length=200 />
            <Field label=copy::SECTION hint=copy::SECTION_HINT optional=copy::OPTIONAL value=section max_length=200 />
        </div>
        <label class="field">
            <span class="label">{copy::CHOICE}</span>
            <select class="input" on:change=pick>{options.collect_view()}</select>
        </label>
        <div class="price-pair">
            <Field label=copy::LEAST hint=copy::BOUNDS_HINT value=least max_length=30 />
            <Field label=copy::MOST value=most max_length=30 />
        </div>
        <TierFields pricing drafts=tiers />
        <div class="price-pair">
            <Field label=copy::PACKAGE hint=copy::PACKAGE_HINT optional=copy::OPTIONAL value=package max_length=200 />
            <Field label=copy::GROUP hint=copy::GROUP_HINT optional=copy::OPTIONAL value=group max_length=200 />
        </div>
        {live(move || wrong.get().map(|words| view! { <Banner tone=Tone::Danger words /> }))}
        <div class="row"><Button label=copy::DONE kind=ButtonKind::Primary on_press=keep /></div>
    }
}
