//! What the selling side does to a seal: make one, take one back; and how a buyer declines.

use browser::clock;
use leptos::prelude::*;
use model::{ActHash, limits};
use session::{SealTerms, deal::Signer};
use terms::{plan::Day, rule::Gate};
use ui::{Button, ButtonKind, ButtonSize, Dialog, DialogSize, Field, Icon, live};

use super::copy;
use crate::{
    copy as words,
    features::{
        room::{OpenRoom, price, suggestions::use_suggestions},
        team::rules::RuleNotice,
    },
    handsel::use_handsel,
};

/// A signer who is being written: a number among them, name and address. Whatever view adds one, it stays when that view is made anew.
type Row = (usize, ArcRwSignal<String>, ArcRwSignal<String>);

/// Asks who signs, until when, and shows what is sealed and what should be looked at before.
#[component]
pub(super) fn SealDialog(room: OpenRoom, open: RwSignal<bool>) -> impl IntoView {
    let handsel = use_handsel();
    let signers = RwSignal::new(Vec::<Row>::new());
    let next = StoredValue::new(0);
    let (in_order, until, message) =
        (RwSignal::new(false), RwSignal::new(String::new()), RwSignal::new(String::new()));
    let is_over = RwSignal::new(false);
    let add = move || {
        next.update_value(|next| *next += 1);
        signers.update(|all| {
            all.push((next.get_value(), ArcRwSignal::new(String::new()), ArcRwSignal::new(String::new())));
        });
    };
    ui::effect(move || {
        if open.get() {
            signers.set(Vec::new());
            add();
            in_order.set(false);
            until.set(String::new());
            message.set(String::new());
            is_over.set(false);
        }
    });
    let seal = move |()| {
        let end = end_of(&until.get_untracked());
        is_over.set(end.is_some_and(|end| end <= clock::now_ms()));
        if is_over.get_untracked() {
            return;
        }
        let signer =
            |(_, name, mail): &Row| Signer { name: name.get_untracked(), mail: mail.get_untracked() };
        let terms = SealTerms {
            signers: signers.with_untracked(|all| all.iter().map(signer).collect()),
            in_order: in_order.get_untracked(),
            until: end,
            message: message.get_untracked(),
        };
        let room = room.get();
        handsel.attempt(async move {
            room.seal(terms).await?;
            handsel.toasts.say(copy::SEALED);
            let _ = open.try_set(false);
            Ok(())
        });
    };
    let footer = move || {
        view! {
            <Button label=words::CANCEL on_press=move |()| open.set(false) />
            <Button label=copy::SEAL kind=ButtonKind::Primary icon="seal" on_press=seal />
        }
    };
    let rows = move || {
        live(move || {
            let all = signers.get();
            let is_one = all.len() == 1;
            let row = |(id, name, mail): Row| {
                let (name, mail) = (RwSignal::from(name), RwSignal::from(mail));
                let remove = move |()| signers.update(|all| all.retain(|(it, ..)| *it != id));
                view! {
                    <div class="signer-row">
                        <Field label=copy::SIGNER value=name max_length=limits::NAME_MAX as u32 />
                        <Field label=copy::SIGNER_MAIL value=mail kind="email" max_length=limits::MAIL_MAX as u32 />
                        {(!is_one).then(|| view! { <Button label=copy::REMOVE_SIGNER icon="x" icon_only=true kind=ButtonKind::Quiet on_press=remove /> })}
                    </div>
                }
            };
            all.into_iter().map(row).collect_view()
        })
    };
    let order = move || {
        live(move || {
            signers.with(|all| all.len() > 1).then(|| {
            let turn = move |event: leptos::ev::Event| in_order.set(event_target_checked(&event));
            view! { <label class="sign-intent"><input type="checkbox" prop:checked=in_order on:change=turn /><span>{copy::IN_ORDER}</span></label> }
        })
        })
    };
    let error = Signal::derive(move || is_over.get().then(|| copy::UNTIL_OVER.to_owned()));
    view! {
        <Dialog open title=copy::SEAL close_label=words::CLOSE size=DialogSize::Wide limit=copy::SEAL_LIMIT footer>
            <RuleNotice handsel room=room.get().id() gate=Gate::Seal />
            {summary(room, open)}
            <fieldset class="signer-rows">
                <legend>{copy::WHO_SIGNS}</legend>
                <p class="hint">{copy::ANYBODY}</p>
                {rows()}
                {order()}
                {live(move || (signers.with(Vec::len) < limits::SIGNERS_MAX).then(|| view! { <Button label=copy::ADD_SIGNER icon="person-add" kind=ButtonKind::Quiet size=ButtonSize::Small on_press=move |()| add() /> }))}
            </fieldset>
            <Field label=copy::UNTIL optional=copy::OPTIONAL hint=copy::UNTIL_HINT value=until kind="date" error />
            <Field label=copy::MESSAGE optional=copy::OPTIONAL value=message multiline=true max_length=limits::REASON_MAX as u32 />
        </Dialog>
    }
}

/// What would be sealed now, and what keeps it from being sealed.
fn summary(room: OpenRoom, is_shown: RwSignal<bool>) -> impl IntoView {
    let suggestions = use_suggestions();
    let open = room.get();
    let frozen = open.freeze().unwrap_or_default();
    let money = price::first_year(&frozen.price, &frozen.choices);
    let parts = [
        copy::sections(frozen.sections.len()),
        copy::price(money.as_deref()),
        copy::steps(frozen.plan.steps.len()),
        copy::files(frozen.files.len()),
    ];
    let unsettled = open.threads().iter().filter(|thread| !thread.settled && !thread.inside).count();
    let warning = (unsettled > 0).then(|| {
        view! { <li data-tone="warn"><Icon name="alert" /><span>{copy::comments_open(unsettled)}</span></li> }
    });
    let drafting = open.is_drafting().then(|| {
        view! { <li data-tone="warn"><Icon name="alert" /><span>{copy::NOT_PUBLISHED}</span></li> }
    });
    let changed = RwSignal::from(open.responses_changed());
    let waiting = Memo::new(move |_| {
        changed.track();
        room.get().open_suggestions().map(|(count, ..)| count)
    });
    let lead = move |()| {
        is_shown.set(false);
        suggestions.go_to_first_open();
    };
    let undecided = live(move || {
        waiting.get().map(|count| {
            view! {
                <li data-tone="warn">
                    <Icon name="alert" />
                    <span>{copy::undecided(count)}</span>
                    <Button label=copy::to_undecided(count) size=ButtonSize::Small on_press=lead />
                </li>
            }
        })
    });
    let row = |words: String| view! { <li><Icon name="check" /><span>{words}</span></li> };
    view! {
        <div class="seal-summary">
            <h3>{copy::IS_SEALED}</h3>
            <ul class="checked">{parts.map(row).collect_view()}{undecided}{drafting}{warning}</ul>
        </div>
    }
}

/// The last moment of a day where this device is; a text that is no day has none.
fn end_of(day: &str) -> Option<u64> {
    let (year, month, day) = Day::parse(day)?.figures();
    clock::end_of_day(year, month, day)
}

/// Asks for a reason, and does what was asked for.
#[component]
pub(super) fn ReasonDialog(
    open: RwSignal<bool>,
    #[prop(into)] title: Signal<String>,
    more: &'static str,
    on_reason: Callback<String>,
) -> impl IntoView {
    let reason = RwSignal::new(String::new());
    let act = move |()| {
        open.set(false);
        on_reason.run(reason.get_untracked());
    };
    let footer = move || {
        view! {
            <Button label=words::CANCEL on_press=move |()| open.set(false) />
            <Button label=title kind=ButtonKind::Danger on_press=act />
        }
    };
    view! {
        <Dialog open title close_label=words::CLOSE size=DialogSize::Small footer>
            <p>{more}</p>
            <Field label=copy::REASON optional=copy::OPTIONAL value=reason multiline=true max_length=limits::REASON_MAX as u32 />
        </Dialog>
    }
}

/// Takes a seal back, for a reason.
pub(super) fn withdraw(room: OpenRoom, seal: ActHash) -> Callback<String> {
    let handsel = use_handsel();
    Callback::new(move |reason: String| {
        let room = room.get();
        handsel.attempt(async move { room.withdraw(seal, &reason).await });
    })
}
