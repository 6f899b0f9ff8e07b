//! What the team writes of somebody who has a say.

use leptos::{ev::Event, prelude::*};
use terms::stakeholder::{Role, Say, Stakeholder};
use ui::{Button, ButtonKind, Dialog, DialogSize, Field, Segment, Segmented, effect, live};

use super::{Readers, copy};
use crate::{copy as words, handsel::use_handsel};

/// A dialog for the one in `editing`; a new one has no name among stakeholders.
#[component]
pub(super) fn StakeholderDialog(
    readers: Readers,
    all: Memo<Vec<Stakeholder>>,
    editing: RwSignal<Option<Stakeholder>>,
) -> impl IntoView {
    let handsel = use_handsel();
    let open = RwSignal::new(false);
    let field = || RwSignal::new(String::new());
    let (name, title, mail, note) = (field(), field(), field(), field());
    let (role, reports_to, device) = (field(), field(), field());
    let say = RwSignal::new("");
    let nobody = RwSignal::new(false);
    effect(move || {
        let Some(of) = editing.get() else { return };
        name.set(of.name);
        title.set(of.title);
        mail.set(of.mail);
        note.set(of.note);
        role.set(of.role.name().to_owned());
        reports_to.set(of.reports_to);
        device.set(of.device);
        say.set(of.say.name());
        nobody.set(false);
        open.set(true);
    });
    effect(move || {
        if !open.get() {
            editing.set(None);
        }
    });
    let is_known = move || editing.with(|of| of.as_ref().is_some_and(|it| !it.id.is_empty()));
    let keep = move |()| {
        let Some(old) = editing.get_untracked() else { return };
        let new = Stakeholder {
            id: old.id.clone(),
            name: name.get_untracked(),
            title: title.get_untracked(),
            mail: mail.get_untracked(),
            role: Role::parse(&role.get_untracked()),
            say: Say::parse(say.get_untracked()),
            reports_to: reports_to.get_untracked(),
            device: device.get_untracked(),
            note: note.get_untracked(),
        };
        nobody.set(new.called().trim().is_empty());
        if nobody.get_untracked() {
            return;
        }
        let room = readers.room.get();
        handsel.attempt(async move {
            let before = (!old.id.is_empty()).then_some(&old);
            room.write_stakeholder(before, &new).await?;
            let _ = open.try_set(false);
            Ok(())
        });
    };
    let remove = move |()| {
        let Some(old) = editing.get_untracked() else { return };
        open.set(false);
        let delete = move |gone| {
            // The person may be in another room by now.
            let Some(room) = readers.room.room.try_get_value() else { return };
            let id = old.id.clone();
            handsel.attempt(async move { room.delete_stakeholder(&id, gone).await });
        };
        delete(true);
        let back = move |()| delete(false);
        handsel.toasts.offer(copy::DECIDER_REMOVED.to_owned(), words::UNDO, back);
    };
    let footer = move || {
        view! {
            {live(move || is_known().then(|| view! { <Button label=copy::REMOVE kind=ButtonKind::Danger on_press=remove /> }))}
            <Button label=words::CANCEL on_press=move |()| open.set(false) />
            <Button label=copy::SAVE kind=ButtonKind::Primary on_press=keep />
        }
    };
    let error = Signal::derive(move || nobody.get().then(|| copy::NAMELESS.to_owned()));
    let segment = |it: Say| Segment { id: it.name(), label: copy::say(it).into(), icon: None };
    let roles = Role::ALL.map(|it| (it.name().to_owned(), copy::role_long(it).to_owned()));
    let others = move || {
        let own = editing.with_untracked(|of| of.as_ref().map(|of| of.id.clone()).unwrap_or_default());
        let all = all.get_untracked();
        let others =
            all.into_iter().filter(|it| it.id != own).map(|it| (it.id.clone(), it.called().to_owned()));
        [(String::new(), copy::NOT_SAID.to_owned())].into_iter().chain(others).collect::<Vec<_>>()
    };
    let devices = move || {
        let came = readers.with(|seen| {
            let known = seen.readers.iter().filter(|it| !it.is_unknown);
            known.map(|it| (it.device.clone(), it.name.clone())).collect::<Vec<_>>()
        });
        let none = (String::new(), copy::NOT_SEEN.to_owned());
        [none].into_iter().chain(came.unwrap_or_default()).collect::<Vec<_>>()
    };
    view! {
        <Dialog open title=copy::DECIDER_TITLE close_label=words::CLOSE size=DialogSize::Normal footer>
            <Field label=copy::NAME value=name max_length=100 error autofocus=true />
            <Field label=copy::TITLE_THERE value=title max_length=100 />
            <Field label=copy::MAIL value=mail kind="email" max_length=254 />
            {choice(copy::PART_IN_IT, role, roles.to_vec())}
            <Segmented label=copy::HOW_MUCH_SAY segments=Say::ALL.map(segment).to_vec() value=say on_pick=move |id| say.set(id) />
            {choice(copy::REPORTS_TO, reports_to, others())}
            {choice(copy::READS_AS, device, devices())}
            <Field label=copy::NOTE value=note multiline=true max_length=2000 />
            <p class="hint">{copy::DECIDER_HINT}</p>
        </Dialog>
    }
}

/// A list to choose one of.
fn choice(label: &'static str, value: RwSignal<String>, options: Vec<(String, String)>) -> AnyView {
    let option = |(id, words): (String, String)| {
        let is_chosen = value.with_untracked(|value| *value == id);
        view! { <option value=id selected=is_chosen>{words}</option> }
    };
    view! {
        <label class="field">
            <span class="label">{label}</span>
            <select class="input" on:change=move |event: Event| value.set(event_target_value(&event))>
                {options.into_iter().map(option).collect_view()}
            </select>
        </label>
    }
    .into_any()
}
