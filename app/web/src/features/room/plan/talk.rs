//! A step for those who do not own the plan: what there is to know, and for buyers the ways to confirm it or to propose
//! another day.

use leptos::prelude::*;
use session::Room;
use terms::plan::{Day, Due, Status};
use ui::{Banner, Button, ButtonKind, ButtonSize, Field, Tone, live};

use super::{
    board::{Board, Seen},
    copy, leaving,
};

/// What is known of a step, and what buyers may say of it.
#[component]
pub(super) fn StepTalk(board: Board, id: String) -> impl IntoView {
    let shown = id.clone();
    let facts = live(move || board.seen.with(|seen| Some(facts(seen, seen.step(&shown)?.0))));
    let known = id.clone();
    let say = board.may_confirm().then(|| view! { <Saying board id /> });
    view! {
        {facts}
        <Evidences board id=known />
        {say}
    }
}

fn facts(seen: &Seen, at: usize) -> AnyView {
    let (step, standing) = (&seen.room.plan.steps[at], &seen.schedule.standings[at]);
    let write = seen.days();
    let names: Vec<&str> =
        standing.waits_for.iter().map(|at| seen.room.plan.steps[*at].name.as_str()).collect();
    let due = standing.due.map_or_else(|| copy::NO_DAY.to_owned(), &write);
    let due = match standing.late {
        0 => due,
        late => [due, copy::late_by(late)].join(" · "),
    };
    let rule = match &step.due {
        Due::Target(offset) => Some(copy::rule(*offset, copy::THE_TARGET)),
        Due::Step(from, offset) => {
            seen.step(from).map(|(_, from)| copy::rule(*offset, &copy::the_step(&from.name)))
        }
        Due::Open | Due::On(_) => None,
    };
    let rows = [
        (copy::WHO, Some(copy::owner(&step.who, seen.company(step.side)))),
        (copy::BY, Some(rule.map_or(due.clone(), |rule| [due, rule].join(" · ")))),
        (copy::STATUS, Some(copy::status(step.status).to_owned())),
        (copy::WAITS_FOR, (!names.is_empty()).then(|| names.join(", "))),
        (copy::COMMENT, (!step.comment.is_empty()).then(|| step.comment.clone())),
    ];
    let row = |(name, words): (&'static str, Option<String>)| {
        words.map(|words| view! { <div><dt>{name}</dt><dd>{words}</dd></div> }.into_any())
    };
    let rows: Vec<AnyView> = rows.into_iter().filter_map(row).collect();
    view! { <dl class="plan-facts">{rows}</dl> }.into_any()
}

/// What was said of a step by the buyers, what of it does not hold, and for owners the answer to a proposal.
#[component]
pub(super) fn Evidences(board: Board, id: String) -> impl IntoView {
    live(move || {
        let seen = board.seen.get();
        let (at, step) = seen.step(&id)?;
        let (step, evidence) = (step.clone(), seen.room.evidence[at].clone());
        let confirmed = copy::evidence(&evidence, browser::clock::date_time);
        let confirmed = confirmed.map(|words| view! { <Banner tone=Tone::Ok words /> });
        let troubles: Vec<String> = seen.schedule.standings[at]
            .troubles
            .iter()
            .map(|it| copy::trouble(it, &seen.room.plan))
            .collect();
        let troubles =
            (!troubles.is_empty()).then(|| view! { <Banner tone=Tone::Warn words=troubles.join(" ") /> });
        let proposed = evidence.proposed.map(|said| {
            let words = copy::proposed_by(&said, &seen.days()(said.says));
            let answer = move |take: bool| {
                if board.told(board.room.get().answer_proposal(&step, &said, take)).is_some() {
                    // The form holds the day as it was.
                    board.asked.set(None);
                }
            };
            let (take, keep) = (answer.clone(), answer);
            let acts = board.may_own().then(|| {
                view! {
                    <Button label=copy::TAKE_DAY size=ButtonSize::Small on_press=move |()| take(true) />
                    <Button label=copy::KEEP_DAY size=ButtonSize::Small kind=ButtonKind::Quiet on_press=move |()| keep(false) />
                }
            });
            view! { <Banner tone=Tone::Accent words>{acts}</Banner> }
        });
        Some(view! { {confirmed} {proposed} {troubles} })
    })
}

/// The ways for buyers to say something of a step.
#[component]
fn Saying(board: Board, id: String) -> impl IntoView {
    let name = RwSignal::new(String::new());
    browser::timers::spawn(async move {
        let mine = board.handsel.rooms().my_name().await;
        let _ = name.try_set(mine);
    });
    let keep_name = move |()| {
        board.handsel.attempt(async move { board.handsel.rooms().set_my_name(&name.get_untracked()).await });
    };
    let day = RwSignal::new(String::new());
    let wrong = RwSignal::new(None::<String>);
    let id = StoredValue::new(id);
    let propose = move |()| match Day::parse(&day.get_untracked()) {
        Some(wanted) => {
            wrong.set(None);
            board.speak(move |room: &Room| room.propose_day(&id.get_value(), Some(wanted)));
        }
        None => wrong.set(Some(copy::DAY_MISSING.to_owned())),
    };
    let evidence = move || {
        board.seen.with(|seen| seen.step(&id.get_value()).map(|(at, _)| seen.room.evidence[at].clone()))
    };
    let confirm = live(move || {
        let is_on = evidence().is_some_and(|it| it.confirmed.is_some());
        let (label, kind) =
            if is_on { (copy::TAKE_BACK, ButtonKind::Default) } else { (copy::CONFIRM, ButtonKind::Primary) };
        view! { <Button label kind icon="check" on_press=move |()| board.confirm(id.get_value(), !is_on) /> }
    });
    let take_back = live(move || {
        let mine = evidence().and_then(|it| it.proposed).is_some_and(|said| said.mine);
        let back = move |()| board.speak(move |room: &Room| room.propose_day(&id.get_value(), None));
        mine.then(|| view! { <Button label=copy::TAKE_BACK_DAY kind=ButtonKind::Quiet on_press=back /> })
    });
    let is_dropped = board
        .seen
        .with_untracked(|seen| seen.step(&id.get_value()).is_some_and(|it| it.1.status == Status::Dropped));
    (!is_dropped).then(|| {
        view! {
            <Field label=copy::YOUR_NAME optional=copy::OPTIONAL hint=copy::YOUR_NAME_HINT autocomplete="name" value=name max_length=100 on_commit=keep_name />
            <div class="plan-say">{confirm}</div>
            <div class="plan-say">
                <Field label=copy::OTHER_DAY kind="date" value=day error=Signal::derive(move || wrong.get()) />
                <Button label=copy::PROPOSE on_press=propose />
                {take_back}
            </div>
        }
    })
}

/// The act below what is known of a step.
#[component]
pub(super) fn TalkActs(board: Board, id: String) -> impl IntoView {
    view! { <Button label=copy::STEP_TO_CALENDAR icon="calendar" on_press=move |()| leaving::calendar(board, Some(&id)) /> }
}
