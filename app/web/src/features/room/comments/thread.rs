//! One thread: what was said, and the way to answer.

use leptos::{ev, prelude::*};
use model::SectionId;
use session::{Remark, Spoken, Standpoint, Thread};
use ui::{Avatar, Button, ButtonKind, ButtonSize, Field, Icon, Menu, MenuItem, Party, live};

use super::{
    Comments, copy,
    naming::{Naming, NamingList},
};
use crate::copy as words;

/// A section as a whole, by its name.
pub(super) fn section_words(comments: Comments, section: &SectionId) -> String {
    let all = RwSignal::from(comments.room.get().sections());
    let name = all.with(|all| all.iter().find(|it| it.id == *section).map(|it| it.name.clone()));
    copy::whole_section(&name.unwrap_or_default())
}

/// A thread with its remarks; the chosen one has the field to answer in.
#[component]
pub(super) fn ThreadCard(comments: Comments, id: String) -> impl IntoView {
    let id = StoredValue::new(id);
    let thread: Memo<Option<Thread>> =
        Memo::new(move |_| comments.threads.with(|threads| threads.get(&id.get_value()).cloned()));
    let chosen =
        Memo::new(move |_| comments.chosen.with(|chosen| chosen.as_deref() == Some(id.get_value().as_str())));
    let remarks = live(move || {
        let remarks = thread.get().map(|thread| thread.remarks).unwrap_or_default();
        remarks.into_iter().map(|remark| view! { <RemarkView comments remark /> }).collect_view()
    });
    let again = move |_| comments.choose(&id.get_value());
    let about = live(move || {
        thread
            .with(|thread| match &thread.as_ref()?.at {
                Standpoint::Text { section, range, quote, .. } => {
                    let gone = (!quote.is_empty() && range.is_none()).then_some(copy::WORDS_GONE);
                    let words =
                        if quote.is_empty() { section_words(comments, section) } else { quote.clone() };
                    Some((words, gone, false))
                }
                Standpoint::Thing { thing, called, is_gone } => {
                    Some((copy::on_thing(thing, called), is_gone.then_some(copy::THING_GONE), !is_gone))
                }
            })
            .map(|(words, gone, leads)| {
                let words = if leads {
                    view! { <button type="button" class="thread-place" on:click=again>{words}</button> }
                        .into_any()
                } else {
                    words.into_any()
                };
                view! {
                    <p class="thread-quote" data-gone=gone.map(|_| "")>{words}</p>
                    {gone.map(|gone| view! { <p class="hint">{gone}</p> })}
                }
            })
    });
    let label = Signal::derive(move || {
        thread.with(|thread| {
            let thread = thread.as_ref()?;
            Some(copy::thread(&name_of(thread.remarks.first()?), &thread.at))
        })
    });
    let settled = Memo::new(move |_| thread.with(|thread| thread.as_ref().is_some_and(|it| it.settled)));
    let settle = move |()| {
        let (thread, now) = (id.get_value(), !settled.get_untracked());
        if let Err(problem) = comments.room.get().settle_thread(&thread, now) {
            comments.handsel.tell(&problem);
        }
    };
    let foot = live(move || {
        (chosen.get() && comments.may_comment()).then(|| {
            let say = move |text: String| {
                let said = comments.room.get().answer(&id.get_value(), &text);
                said.map_err(|problem| comments.handsel.tell(&problem)).is_ok()
            };
            let label = if settled.get() { copy::OPEN_AGAIN } else { copy::SETTLE };
            view! {
                <Composer comments label=copy::YOUR_ANSWER act=copy::ANSWER say>
                    <Button label icon="check" kind=ButtonKind::Quiet size=ButtonSize::Small on_press=settle />
                </Composer>
            }
        })
    });
    let inside = live(move || {
        let is_inside = thread.with(|thread| thread.as_ref().is_some_and(|it| it.inside));
        is_inside.then(
            || view! { <p class="thread-inside"><Icon name="lock" /><span>{copy::IS_INSIDE}</span></p> },
        )
    });
    let choose = move || {
        if !chosen.get_untracked() {
            comments.choose(&id.get_value());
        }
    };
    let key = move |event: ev::KeyboardEvent| {
        if event.key() == "Enter" && event.target() == event.current_target() {
            event.prevent_default();
            choose();
        }
    };
    view! {
        <li><article
            class="thread card"
            tabindex="0"
            aria-label=label
            data-chosen=Signal::derive(move || chosen.get().then_some(""))
            on:click=move |_| choose()
            on:keydown=key
        >
            {inside}
            {about}
            {remarks}
            {foot}
        </article></li>
    }
}

/// What somebody is called within a thread.
fn name_of(remark: &Remark) -> String {
    match (remark.mine, remark.name.as_str(), remark.owns) {
        (_, name, _) if !name.is_empty() => name.to_owned(),
        (true, ..) => copy::YOU.to_owned(),
        (false, _, true) => copy::SOMEBODY_SELLER.to_owned(),
        (false, _, false) => copy::SOMEBODY_BUYER.to_owned(),
    }
}

#[component]
fn RemarkView(comments: Comments, remark: Remark) -> impl IntoView {
    let editing = RwSignal::new(false);
    let name = name_of(&remark);
    let party = if remark.owns { Party::Seller } else { Party::Buyer };
    let when = browser::clock::ago(remark.at, browser::clock::now_ms());
    let when = if remark.edited { format!("{when}, {}", copy::EDITED) } else { when };
    let rewrite = move |id: &str, text: &str| {
        let done = comments.room.get().rewrite(id, text);
        done.map_err(|problem| comments.handsel.tell(&problem)).is_ok()
    };
    let acts = remark.mine.then(|| {
        let (id, before) = (remark.id.clone(), remark.text.clone());
        let take_back = move |()| {
            if rewrite(&id, "") {
                let (id, before) = (id.clone(), before.clone());
                let undo = move |()| {
                    rewrite(&id, &before);
                };
                comments.handsel.toasts.offer(copy::TAKEN_BACK.to_owned(), words::UNDO, undo);
            }
        };
        view! {
            <Menu label=copy::MORE icon="more" icon_only=true kind=ButtonKind::Quiet size=ButtonSize::Small>
                <MenuItem label=copy::EDIT icon="pen" on_pick=move |()| editing.set(true) />
                <MenuItem label=copy::TAKE_BACK icon="trash" danger=true on_pick=take_back />
            </Menu>
        }
    });
    let names_me = remark.mentions_me();
    let spoken = StoredValue::new(remark.spoken);
    let (id, text) = (StoredValue::new(remark.id), StoredValue::new(remark.text));
    let body = live(move || {
        if editing.get() {
            let say = move |text: String| {
                let done = rewrite(&id.get_value(), &text);
                if done {
                    editing.set(false);
                }
                done
            };
            view! {
                <Composer comments label=copy::YOUR_WORDS act=copy::KEEP before=text.get_value() say cancel=move |()| editing.set(false) />
            }
            .into_any()
        } else {
            view! { <p class="remark-text">{said(spoken.get_value())}</p> }.into_any()
        }
    });
    view! {
        <div class="remark" data-me=names_me.then_some("")>
            <div class="remark-head">
                <Avatar name=name.clone() party small=true />
                <strong>{name}</strong>
                <span>{when}</span>
                {names_me.then(|| view! { <span class="visually-hidden">{copy::MENTIONS_YOU}</span> })}
                {acts}
            </div>
            {body}
        </div>
    }
}

/// What a remark says, with those whom it names set off.
fn said(parts: Vec<Spoken>) -> Vec<AnyView> {
    let part = |part| match part {
        Spoken::Words(words) => words.into_any(),
        Spoken::Person { name, is_me } => {
            view! { <span class="mention" data-me=is_me.then_some("")>"@"{name}</span> }.into_any()
        }
    };
    parts.into_iter().map(part).collect()
}

/// Where something is written, with the name of whoever has not said theirs. Ctrl or Cmd with Enter says it.
#[component]
pub(super) fn Composer(
    comments: Comments,
    label: &'static str,
    act: &'static str,
    #[prop(optional, into)] before: String,
    /// Says it; answers whether that was done.
    say: impl Fn(String) -> bool + Clone + Send + Sync + 'static,
    #[prop(optional, into)] cancel: Option<Callback<()>>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let text = RwSignal::new(before);
    let naming = Naming::new(comments, text);
    let asks_name = comments.name.with_untracked(String::is_empty);
    let name = RwSignal::new(String::new());
    let (no_name, no_words) = (RwSignal::new(false), RwSignal::new(false));
    let send = move || {
        let lacks_name = asks_name && name.with_untracked(|name| name.trim().is_empty());
        let lacks_words = text.with_untracked(|text| text.trim().is_empty());
        no_name.set(lacks_name);
        no_words.set(lacks_words);
        if lacks_name || lacks_words {
            return;
        }
        comments.introduce(&if asks_name { name.get_untracked() } else { comments.name.get_untracked() });
        if say(text.get_untracked()) {
            let _ = text.try_set(String::new());
        }
    };
    let by_key = {
        let send = send.clone();
        move |event: ev::KeyboardEvent| {
            if naming.key(&event) {
                return;
            }
            if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
                event.prevent_default();
                send();
            }
        }
    };
    let name_error = Signal::derive(move || no_name.get().then(|| copy::NAME_NEEDED.to_owned()));
    let words_error = Signal::derive(move || no_words.get().then(|| copy::WORDS_NEEDED.to_owned()));
    view! {
        <div class="composer" on:keydown=by_key on:input=move |event| naming.written(&event) on:focusout=move |_| naming.close()>
            <Field label=label plain=true value=text multiline=true placeholder=label error=words_error max_length=10_000 />
            <NamingList naming />
            {asks_name.then(|| view! {
                <Field label=copy::YOUR_NAME hint=copy::NAME_HINT value=name error=name_error autocomplete="name" max_length=100 />
            })}
            <div class="row">
                <Button label=act kind=ButtonKind::Primary size=ButtonSize::Small on_press=move |()| send() />
                {cancel.map(|cancel| view! {
                    <Button label=words::CANCEL kind=ButtonKind::Quiet size=ButtonSize::Small on_press=move |()| cancel.run(()) />
                })}
                {children.map(|children| children())}
            </div>
        </div>
    }
}
