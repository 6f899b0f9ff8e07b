//! A quantity that a buyer chooses.

use leptos::{html, prelude::*};
use terms::price::Decimal;

use super::{Pricing, buyer::written, copy, separators};

/// A quantity to choose within bounds.
#[component]
pub(super) fn Quantity(
    pricing: Pricing,
    name: Memo<String>,
    quantity: Memo<Decimal>,
    bounds: (Decimal, Decimal),
    choose: impl Fn(Decimal) + Clone + Send + Sync + 'static,
    /// What so many would cost, where that is not as now.
    cost: impl Fn(Decimal) -> Option<String> + Clone + Send + Sync + 'static,
) -> impl IntoView {
    let (least, most) = bounds;
    let field = NodeRef::<html::Input>::new();
    let choose = StoredValue::new(choose);
    let preview = RwSignal::new(None::<String>);
    let step = move |by: i64| {
        let wanted = quantity.get_untracked().plus(Decimal::whole(by)).clamp(least, most);
        choose.with_value(|choose| choose(wanted));
    };
    let type_in = move |event| {
        preview.set(None);
        let typed = Decimal::typed(&event_target_value(&event), separators());
        match typed {
            Ok(wanted) if (least..=most).contains(&wanted) => choose.with_value(|choose| choose(wanted)),
            _ => pricing.handsel.toasts.say(copy::only_between(&written(least), &written(most))),
        }
        if let Some(field) = field.get_untracked() {
            field.set_value(&written(quantity.get_untracked()));
        }
    };
    let look_ahead = move |event| {
        let typed = Decimal::typed(&event_target_value(&event), separators()).ok();
        preview.set(typed.filter(|wanted| (least..=most).contains(wanted)).and_then(&cost));
    };
    let at_least = Signal::derive(move || quantity.get() <= least);
    let at_most = Signal::derive(move || quantity.get() >= most);
    view! {
        <span class="quantity" role="group" aria-label=move || copy::how_many(&name.get())>
            <button type="button" aria-label=copy::FEWER disabled=at_least on:click=move |_| step(-1)>"−"</button>
            <input
                node_ref=field
                inputmode="decimal"
                autocomplete="off"
                aria-label=move || copy::how_many(&name.get())
                prop:value=move || written(quantity.get())
                on:input=look_ahead
                on:change=type_in
            />
            <button type="button" aria-label=copy::ONE_MORE disabled=at_most on:click=move |_| step(1)>"+"</button>
        </span>
        <span class="price-preview" role="status">{preview}</span>
    }
}
