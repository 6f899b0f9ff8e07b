//! Where somebody signs: who they are, what they want, and how their signature looks.

use leptos::{ev, prelude::*};
use model::limits;
use session::deal::{Drawing, Signatory, Signature};
use ui::{Button, ButtonKind, ButtonSize, Field, Segment, Segmented, live};

use super::{copy, pad::Pad};

const TYPE: &str = "type";
const DRAW: &str = "draw";

/// What came of a form: who signs, and how.
pub(super) type Sign = Callback<(Signatory, Signature)>;

/// The form. It is sent only with a name, a signature and the sentence ticked.
#[component]
pub(super) fn SignForm(
    /// What is known of who signs.
    known: Signatory,
    /// The sentence that says what they want.
    intent: String,
    /// The act.
    #[prop(into)]
    label: Signal<String>,
    /// What stands below the act.
    more: &'static str,
    on_sign: Sign,
    /// Other acts beside it.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let (name, mail, role) =
        (RwSignal::new(known.name), RwSignal::new(known.mail), RwSignal::new(known.role));
    let typed = RwSignal::new(name.get_untracked());
    let follows = RwSignal::new(true);
    ui::effect(move || {
        let name = name.get();
        if follows.get_untracked() {
            typed.set(name);
        }
    });
    let way = RwSignal::new(TYPE);
    let drawing = RwSignal::new(Drawing::default());
    let wants = RwSignal::new(false);
    let missing = RwSignal::new(None::<&'static str>);
    let is_missing = move |which: &'static str| {
        Signal::derive(move || (missing.get() == Some(which)).then(|| which.to_owned()))
    };
    let sign = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let signature = match way.get_untracked() {
            DRAW => Signature::Drawn(drawing.get_untracked()),
            _ => Signature::Typed(typed.get_untracked().trim().to_owned()),
        };
        let who =
            Signatory { name: name.get_untracked(), mail: mail.get_untracked(), role: role.get_untracked() };
        missing.set(if who.name.trim().is_empty() {
            Some(copy::NAME_NEEDED)
        } else if signature.is_empty() {
            Some(copy::SIGNATURE_NEEDED)
        } else if !wants.get_untracked() {
            Some(copy::INTENT_NEEDED)
        } else {
            None
        });
        if missing.get_untracked().is_none() {
            on_sign.run((who, signature));
        }
    };
    let segments = [(TYPE, copy::TYPE, "text"), (DRAW, copy::DRAW, "pen")];
    let segments = segments.map(|(id, label, icon)| Segment {
        id,
        label: Signal::stored(label.to_owned()),
        icon: Some(icon),
    });
    let field = live(move || match way.get() {
        DRAW => view! { <Pad drawing /> }.into_any(),
        _ => {
            let write = move |event: ev::Event| {
                follows.set(false);
                typed.set(event_target_value(&event));
            };
            view! {
                <input class="input hand" aria-label=copy::TYPED maxlength=limits::NAME_MAX.to_string() autocomplete="off" prop:value=typed on:input=write />
            }
            .into_any()
        }
    });
    let tick = move |event: ev::Event| wants.set(event_target_checked(&event));
    let problem = live(move || {
        let words = missing.get().filter(|it| *it != copy::NAME_NEEDED)?;
        Some(view! { <p class="sign-missing" role="alert">{words}</p> })
    });
    view! {
        <form class="sign" novalidate=true on:submit=sign>
            <div class="pairs">
                <Field label=copy::YOUR_NAME value=name error=is_missing(copy::NAME_NEEDED) autocomplete="name" max_length=limits::NAME_MAX as u32 />
                <Field label=copy::MAIL value=mail kind="email" autocomplete="email" max_length=limits::MAIL_MAX as u32 />
            </div>
            <Field label=copy::ROLE optional=copy::OPTIONAL value=role autocomplete="organization-title" max_length=limits::NAME_MAX as u32 />
            <div class="sign-field">
                <div class="row between">
                    <span class="sign-label">{copy::SIGNATURE}</span>
                    <Segmented label=copy::SIGNATURE segments=segments.to_vec() value=way on_pick=move |to| way.set(to) />
                </div>
                {field}
            </div>
            <label class="sign-intent"><input type="checkbox" on:change=tick /><span>{intent}</span></label>
            {problem}
            <div class="row" data-wrap="">
                <Button label kind=ButtonKind::Primary size=ButtonSize::Large icon="pen" submit=true />
                {children.map(|children| children())}
            </div>
            <p class="hint">{more}</p>
        </form>
    }
}
