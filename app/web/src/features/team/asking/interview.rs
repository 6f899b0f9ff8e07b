//! The interview: one question at a time, and beside it what was heard so far.

use leptos::{ev::KeyboardEvent, prelude::*};
use terms::question::{Answer, Asks, Question};
use ui::{Button, ButtonKind, ButtonSize, EmptyState, LinkButton, live};

use super::{
    Asking, Contact,
    answering::Answering,
    copy, crumbs,
    heard::{Answers, Problems},
};
use crate::{later::focus_later, route::TeamPlace};

/// What has the keyboard when a question comes.
pub(super) const FIRST: &str = "[data-first]";

/// An interview on the screen. Copies are the same.
#[derive(Clone, Copy)]
pub(super) struct Held {
    pub(super) asking: Asking,
    /// The question that is asked, by its name; none where all are.
    pub(super) at: RwSignal<Option<String>>,
}

/// The page.
#[component]
pub(super) fn InterviewPage(asking: Asking) -> impl IntoView {
    let first = asking.interview.with_untracked(|it| it.next().map(|it| it.id.clone()));
    let held = Held { asking, at: RwSignal::new(first) };
    let question = Memo::new(move |_| held.question());
    let asked = Memo::new(move |_| asking.interview.with(|it| it.asked.len() + it.before.len()));
    let proposal = asking.href(TeamPlace::Proposal);
    let body = live(move || match question.get() {
        Some(question) => view! { <Ask held question /> }.into_any(),
        None if asked.get() > 0 => view! { <Ended held /> }.into_any(),
        None => none(asking),
    });
    let has_any = Memo::new(move |_| asked.get() > 0);
    let rail = live(move || {
        has_any.get().then(|| view! { <div class="stack"><Problems asking /><Answers held /></div> })
    });
    let make = live(move || {
        let is_ended = question.with(Option::is_none);
        let href = proposal.clone();
        (has_any.get() && !is_ended).then(|| view! { <LinkButton label=copy::TO_PROPOSAL icon="doc" href /> })
    });
    view! {
        <main class="page interview">
            <header class="page-head">
                <div>{crumbs(asking)}<h1>{copy::INTERVIEW}</h1></div>
                <div class="row" data-wrap=""><Contact asking label=copy::WHO_ANSWERS />{make}</div>
            </header>
            <div class="with-rail">{body}{rail}</div>
        </main>
    }
}

/// Nothing is asked of this deal.
fn none(asking: Asking) -> AnyView {
    let team = asking.team;
    let has_questions = team.look(|book| !book.questions().is_empty());
    let more = if has_questions { copy::NONE_FITS } else { copy::NO_QUESTIONS_MORE };
    view! {
        <EmptyState icon="question" line=copy::NO_QUESTIONS more>
            <LinkButton label=copy::TO_QUESTIONS kind=ButtonKind::Primary icon="list" href=team.href(TeamPlace::Questions) />
        </EmptyState>
    }
    .into_any()
}

/// A question, and the ways on from it.
#[component]
fn Ask(held: Held, question: Question) -> impl IntoView {
    let asking = held.asking;
    let id = StoredValue::new(question.id.clone());
    let place = Memo::new(move |_| {
        asking.interview.with(|it| {
            let at = id.with_value(|id| it.asked.iter().position(|asked| asked.question.id == *id));
            (at, it.progress())
        })
    });
    let where_it_is = move || {
        let (at, (_, count)) = place.get();
        at.map_or_else(|| copy::ASKED_BEFORE.to_owned(), |at| copy::question_of(at + 1, count))
    };
    let done = move || place.get().1.0;
    let count = move || place.get().1.1;
    let answered = move || {
        let (done, count) = place.get().1;
        copy::answered_of(done, count)
    };
    let has_before = Memo::new(move |_| place.get().0.is_none_or(|at| at > 0));
    let skip = move |()| held.answer(&id.get_value(), &Answer::Passed);
    let by_key = window_event_listener(leptos::ev::keydown, move |event: KeyboardEvent| {
        let is_plain = !(event.ctrl_key() || event.meta_key() || event.alt_key());
        if is_plain
            && event.key() == "ArrowLeft"
            && !browser::view::is_writing(&event)
            && has_before.get_untracked()
        {
            event.prevent_default();
            held.step_back();
        }
    });
    on_cleanup(move || by_key.remove());
    focus_later(FIRST);
    let ways = ViewFn::from(move || {
        let back = back_view(held, has_before);
        view! { {back}<Button label=copy::SKIP kind=ButtonKind::Quiet icon="right" on_press=skip /> }
    });
    // Where something is chosen no answer has the keyboard by itself, so that none is given by a key too many.
    let is_chosen = matches!(question.asks, Asks::YesNo | Asks::One | Asks::Several);
    let first = is_chosen.then_some("");
    let hint = question.hint.clone();
    let words = question.words.clone();
    view! {
        <section class="card ask" aria-labelledby="ask">
            <div class="progress"><span>{where_it_is}</span><progress value=done max=count aria-label=copy::PROGRESS></progress><span>{answered}</span></div>
            <div>
                <h2 id="ask" tabindex="-1" data-first=first>{words}</h2>
                {(!hint.is_empty()).then(|| view! { <p class="hint">{hint}</p> })}
            </div>
            <Answering held question ways />
        </section>
    }
}

fn back_view(held: Held, has_before: Memo<bool>) -> AnyView {
    live(move || {
        has_before.get().then(|| {
            view! { <Button label=copy::BACK kind=ButtonKind::Quiet icon="left" on_press=move |()| held.step_back() /> }
        })
    })
}

/// All is asked.
#[component]
fn Ended(held: Held) -> impl IntoView {
    let asking = held.asking;
    let left = Memo::new(move |_| asking.interview.with(|it| it.next().map(|it| it.id.clone())));
    let found = move || asking.interview.with(|it| copy::found(it.problems().len()));
    let href = asking.href(TeamPlace::Proposal);
    let go_on = live(move || {
        left.get().map(|id| {
            let go = move |()| held.at.set(Some(id.clone()));
            view! { <Button label=copy::ASK_ON size=ButtonSize::Large on_press=go /> }
        })
    });
    focus_later(".ask .button[data-kind=primary]");
    view! {
        <section class="card ask" aria-labelledby="ask">
            <div><h2 id="ask">{copy::ALL_ASKED}</h2><p class="hint">{found}</p></div>
            <div class="row" data-wrap="">
                <LinkButton label=copy::TO_PROPOSAL kind=ButtonKind::Primary size=ButtonSize::Large icon="doc" href />
                {go_on}
                <Button label=copy::BACK kind=ButtonKind::Quiet icon="left" on_press=move |()| held.step_back() />
            </div>
        </section>
    }
}

impl Held {
    /// The question that is asked.
    fn question(self) -> Option<Question> {
        let at = self.at.get()?;
        self.asking.interview.with(|it| {
            let asked = it.asked.iter().chain(&it.before).find(|asked| asked.question.id == at);
            // Where a colleague's answer hides it, it goes on with what is left.
            asked.map(|asked| asked.question.clone()).or_else(|| it.next().cloned())
        })
    }

    /// Notes an answer, and goes on with what comes next.
    pub(super) fn answer(self, question: &str, says: &Answer) {
        let asking = self.asking;
        let who = asking.contact.get_untracked();
        let is_written = asking
            .team
            .write(|book| asking.id.with_value(|deal| book.answer(deal, question, Some(says), &who)));
        if is_written {
            let next = asking.interview.with_untracked(|it| {
                let at = it.asked.iter().position(|asked| asked.question.id == question);
                let behind = it.asked.iter().skip(at.map_or(0, |at| at + 1));
                let open = behind.map(|asked| asked.answered.is_none().then_some(&asked.question));
                open.flatten().next().or_else(|| it.next()).map(|it| it.id.clone())
            });
            self.at.set(next);
        }
    }

    fn step_back(self) {
        let at = self.at.get_untracked();
        let before = self.asking.interview.with_untracked(|it| {
            let place = it.asked.iter().position(|asked| Some(&asked.question.id) == at.as_ref());
            let place = place.unwrap_or(it.asked.len()).checked_sub(1)?;
            Some(it.asked.get(place)?.question.id.clone())
        });
        if before.is_some() {
            self.at.set(before);
        }
    }
}
