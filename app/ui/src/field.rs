use leptos::{html, prelude::*};

use crate::{
    button::{Button, ButtonKind},
    focus::{focus, unique_id},
    icon::Icon,
    live::live,
};

/// A labelled line of text, or several lines, with a hint below that gives way to an error.
#[component]
pub fn Field(
    /// What to write here.
    #[prop(into)]
    label: Signal<String>,
    /// The text. It follows each keystroke.
    value: RwSignal<String>,
    /// A quiet word after the label, such as "(optional)".
    #[prop(optional, into)]
    optional: MaybeProp<String>,
    /// A sentence of help.
    #[prop(optional, into)]
    hint: MaybeProp<String>,
    /// How to mend what is wrong. It takes the hint's place and is read aloud.
    #[prop(optional, into)]
    error: MaybeProp<String>,
    /// The browser's type of field, such as `email`.
    #[prop(default = "text")]
    kind: &'static str,
    /// What the browser may fill in, such as `name`.
    #[prop(default = "off")]
    autocomplete: &'static str,
    /// An example inside the empty field. Never the only label.
    #[prop(optional, into)]
    placeholder: MaybeProp<String>,
    /// Several lines.
    #[prop(optional)]
    multiline: bool,
    /// Keeps the label for screen readers only.
    #[prop(optional)]
    plain: bool,
    /// Can be read and copied, not changed.
    #[prop(optional)]
    readonly: bool,
    /// Longest text in UTF-16 units; none means no end.
    #[prop(optional)]
    max_length: Option<u32>,
    /// Gets the focus when its dialog opens.
    #[prop(optional)]
    autofocus: bool,
    /// Runs when the person has finished: on Enter in one line, or on leaving a changed field.
    #[prop(optional, into)]
    on_commit: Option<Callback<()>>,
) -> impl IntoView {
    let id = unique_id("field");
    let note_id = id.clone() + "-note";
    let has_note = move || hint.get().is_some() || error.get().is_some();
    let described = {
        let note_id = note_id.clone();
        Signal::derive(move || has_note().then(|| note_id.clone()))
    };
    let invalid = Signal::derive(move || error.get().map(|_| "true"));
    let commit = move |_| {
        if let Some(on_commit) = on_commit {
            on_commit.run(());
        }
    };
    let max = max_length.map(|it| it.to_string());
    let input = if multiline {
        view! {
            <textarea
                class="input"
                id=id.clone()
                rows="3"
                prop:value=value
                on:input=move |event| value.set(event_target_value(&event))
                on:change=commit
                placeholder=placeholder
                aria-describedby=described
                aria-invalid=invalid
                maxlength=max
                readonly=readonly
                autofocus=autofocus
            ></textarea>
        }
        .into_any()
    } else {
        view! {
            <input
                class="input"
                id=id.clone()
                type=kind
                spellcheck="false"
                autocomplete=autocomplete
                prop:value=value
                on:input=move |event| value.set(event_target_value(&event))
                on:change=commit
                placeholder=placeholder
                aria-describedby=described
                aria-invalid=invalid
                maxlength=max
                readonly=readonly
                autofocus=autofocus
            />
        }
        .into_any()
    };
    let note = live(move || match (error.get(), hint.get()) {
        (Some(words), _) => {
            let words = view! { <span>{words}</span> };
            view! { <span class="error" role="alert"><Icon name="alert" />{words}</span> }.into_any()
        }
        (None, Some(words)) => view! { <span class="hint">{words}</span> }.into_any(),
        (None, None) => ().into_any(),
    });
    view! {
        <div class="field" data-plain=plain.then_some("")>
            <label class="label" for=id>
                {label}
                {live(move || optional.get().map(|words| view! { " " <span class="optional">{words}</span> }))}
            </label>
            {input}
            <div class="note" id=note_id>{note}</div>
        </div>
    }
}

/// A field that narrows a list while one types. Escape empties it.
#[component]
pub fn SearchField(
    /// Its name for screen readers, and the quiet words inside while it is empty.
    #[prop(into)]
    label: Signal<String>,
    /// The name of the button that empties it.
    #[prop(into)]
    clear_label: Signal<String>,
    /// What is looked for.
    value: RwSignal<String>,
) -> impl IntoView {
    let input = NodeRef::<html::Input>::new();
    let clear = move |()| {
        value.set(String::new());
        if let Some(input) = input.get_untracked() {
            focus(&input);
        }
    };
    let is_filled = Memo::new(move |_| value.with(|it| !it.is_empty()));
    let clear_button = live(move || {
        is_filled.get().then(|| {
            view! {
                <span class="search-clear">
                    <Button label=clear_label kind=ButtonKind::Quiet icon="x" icon_only=true on_press=clear />
                </span>
            }
        })
    });
    view! {
        <div class="search" role="search">
            <Icon name="search" />
            <input
                class="input"
                type="search"
                autocomplete="off"
                node_ref=input
                aria-label=label
                placeholder=label
                prop:value=value
                on:input=move |event| value.set(event_target_value(&event))
                on:keydown=move |event| {
                    if event.key() == "Escape" && is_filled.get_untracked() {
                        event.prevent_default();
                        clear(());
                    }
                }
            />
            {clear_button}
        </div>
    }
}
