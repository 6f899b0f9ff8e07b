//! A nugget while it is read or written: its words, what it is for, how far it is, and what it said before.

use leptos::{ev::Event, prelude::*};
use terms::{
    book::{Field, LONG_MAX},
    nugget::{Facet, Nugget, NuggetKind, State, Version},
    plan::Day,
};
use ui::{
    Button, ButtonKind, ButtonSize, Dialog, DialogSize, Field as TextField, Menu, MenuItem, Segment,
    Segmented, effect, live,
};

use super::{Team, copy, preview::Preview};

const WRITE: &str = "write";
const LOOK: &str = "look";

/// What is in the fields.
#[derive(Clone, Copy)]
struct Fields {
    title: RwSignal<String>,
    text: RwSignal<String>,
    owner: RwSignal<String>,
    review: RwSignal<String>,
    kind: RwSignal<NuggetKind>,
    /// In the order of [`Facet::ALL`], with commas.
    tags: [RwSignal<String>; 6],
}

impl Fields {
    fn new() -> Self {
        let field = || RwSignal::new(String::new());
        Self {
            title: field(),
            text: field(),
            owner: field(),
            review: field(),
            kind: RwSignal::new(NuggetKind::default()),
            tags: std::array::from_fn(|_| field()),
        }
    }

    fn show(self, nugget: &Nugget) {
        self.title.set(nugget.title.clone());
        self.text.set(nugget.text.clone());
        self.owner.set(nugget.owner.clone());
        self.review.set(nugget.review_by.map(|day| day.to_string()).unwrap_or_default());
        self.kind.set(nugget.kind);
        for (field, tags) in self.tags.iter().zip(&nugget.tags) {
            field.set(tags.join(", "));
        }
    }

    /// The nugget `before` with what is in the fields.
    fn read(self, before: Nugget) -> Nugget {
        let split = |text: String| {
            text.split(',').map(str::trim).filter(|it| !it.is_empty()).map(str::to_owned).collect()
        };
        Nugget {
            title: self.title.get_untracked().trim().to_owned(),
            text: self.text.get_untracked(),
            owner: self.owner.get_untracked().trim().to_owned(),
            review_by: Day::parse(&self.review.get_untracked()),
            kind: self.kind.get_untracked(),
            tags: self.tags.map(|tags| split(tags.get_untracked())),
            ..before
        }
    }
}

/// The dialog; `open` names the nugget, by nothing where it is new.
#[component]
pub(super) fn NuggetDialog(team: Team, open: RwSignal<Option<String>>) -> impl IntoView {
    let is_open = RwSignal::new(false);
    let fields = Fields::new();
    let is_untitled = RwSignal::new(false);
    let view = RwSignal::new(WRITE);
    let shown = RwSignal::new(Nugget::default());
    effect(move || {
        let Some(id) = open.get() else { return };
        let nugget = team.book.with_value(|book| book.nuggets().iter().find(|it| it.id == id).cloned());
        let nugget = nugget.unwrap_or_default();
        fields.show(&nugget);
        shown.set(nugget);
        is_untitled.set(false);
        view.set(WRITE);
        is_open.set(true);
        if id.is_empty() {
            browser::timers::spawn(async move {
                let own = team.handsel.rooms().my_name().await;
                let _ = fields.owner.try_update(|owner| {
                    if owner.is_empty() {
                        *owner = own;
                    }
                });
            });
        }
    });
    effect(move || {
        if !is_open.get() {
            open.set(None);
        }
    });
    // Keeps what is in the fields, and says how far it is then.
    let keep = move |state: Option<State>| {
        let nugget = fields.read(shown.get_untracked());
        is_untitled.set(nugget.title.is_empty());
        if nugget.title.is_empty() {
            return;
        }
        let said = match state {
            Some(State::Approved) => copy::APPROVED,
            Some(State::Submitted) => copy::SUBMITTED,
            Some(State::Draft) => copy::DRAFTED,
            None => copy::SAVED,
        };
        let is_kept = team.write_saying(said.to_owned(), |book| {
            let id = book.write_nugget(&nugget)?;
            state.map_or(Ok(()), |state| book.state_nuggets(&[id], state))
        });
        if is_kept {
            is_open.set(false);
        }
    };
    let remove = move |()| {
        let id = shown.with_untracked(|it| it.id.clone());
        if team.write_saying(copy::REMOVED.to_owned(), |book| book.remove_nuggets(&[id])) {
            is_open.set(false);
        }
    };
    let state = Memo::new(move |_| shown.with(|it| it.state));
    let is_new = Memo::new(move |_| shown.with(|it| it.id.is_empty()));
    let footer = move || {
        let acts = live(move || {
            let state = state.get();
            let submit = (state == State::Draft).then(
                || view! { <Button label=copy::SUBMIT on_press=move |()| keep(Some(State::Submitted)) /> },
            );
            let approve = (state != State::Approved).then(|| view! { <Button label=copy::APPROVE icon="check" on_press=move |()| keep(Some(State::Approved)) /> });
            view! { {submit}{approve} }
        });
        let more = live(move || {
            (!is_new.get()).then(|| {
                view! {
                    <Menu label=copy::MORE icon="more" icon_only=true>
                        <MenuItem label=copy::BACK_TO_DRAFT icon="pen" on_pick=move |()| keep(Some(State::Draft)) />
                        <MenuItem label=copy::REMOVE icon="trash" danger=true on_pick=remove />
                    </Menu>
                }
            })
        });
        let about = move || {
            shown.with(|it| {
                let when = (it.stated.at > 0).then(|| browser::clock::date(it.stated.at));
                copy::stated(it.state, when.as_deref(), &it.stated.by)
            })
        };
        view! {
            <p class="dialog-limit">{about}</p>
            {more}
            {acts}
            <Button label=copy::SAVE kind=ButtonKind::Primary on_press=move |()| keep(None) />
        }
    };
    let take_version = Callback::new(move |version: Version| {
        fields.title.set(version.title);
        fields.text.set(version.text);
        view.set(WRITE);
        team.handsel.toasts.say(copy::RESTORED);
    });
    view! {
        <Dialog open=is_open title=copy::EDIT close_label=copy::CLOSE size=DialogSize::Wide footer>
            <Inside team fields shown view is_untitled take_version />
        </Dialog>
    }
}

#[component]
fn Inside(
    team: Team,
    fields: Fields,
    shown: RwSignal<Nugget>,
    view: RwSignal<&'static str>,
    is_untitled: RwSignal<bool>,
    take_version: Callback<Version>,
) -> impl IntoView {
    let untitled = Signal::derive(move || is_untitled.get().then(|| copy::TITLE_NEEDED.to_owned()));
    let pick = move |event: Event| {
        if let Some(kind) = NuggetKind::parse(&event_target_value(&event)) {
            fields.kind.set(kind);
        }
    };
    let option = move |it: NuggetKind| view! { <option value=it.name() selected=move || fields.kind.get() == it>{copy::kind(it)}</option> };
    let words = live(move || {
        if view.get() == LOOK {
            return view! { <Preview team text=fields.text.get_untracked() /> }.into_any();
        }
        view! {
            <textarea class="input nugget-text" rows="10" aria-label=copy::TEXT maxlength=LONG_MAX.to_string()
                prop:value=move || fields.text.get() on:input=move |event| fields.text.set(event_target_value(&event))></textarea>
            <p class="hint">{copy::TEXT_HINT}</p>
        }
        .into_any()
    });
    let segment = |id, label: &'static str| Segment { id, label: label.into(), icon: None };
    let people = team.book.with_value(|book| {
        let mut people: Vec<String> = book.nuggets().iter().map(|it| it.owner.clone()).collect();
        people.extend(book.deals().values().map(|it| it.text(Field::Owner).to_owned()));
        known(people)
    });
    let people = people.into_iter().map(|it| view! { <option value=it></option> }).collect_view();
    let tags = move |facet: Facet| view! { <Tags team facet value=fields.tags[facet as usize] /> };
    let version = move |it: Version| {
        let about = copy::version(&browser::clock::date_time(it.written.at), &it.written.by);
        let title = it.title.clone();
        view! {
            <li>
                <div><p>{title}</p><p class="hint">{about}</p></div>
                <Button label=copy::RESTORE size=ButtonSize::Small on_press=move |()| take_version.run(it.clone()) />
            </li>
        }
    };
    let versions = live(move || {
        let versions = shown.with(|it| it.versions.clone());
        (!versions.is_empty()).then(|| {
            view! {
                <details class="nugget-versions">
                    <summary>{copy::versions(versions.len())}</summary>
                    <ul>{versions.into_iter().rev().map(version).collect_view()}</ul>
                </details>
            }
        })
    });
    view! {
        <TextField label=copy::TITLE value=fields.title error=untitled max_length=2000 autofocus=true />
        <div class="nugget-words">
            <Segmented label=copy::VIEW segments=vec![segment(WRITE, copy::WRITE), segment(LOOK, copy::LOOK)] value=view on_pick=move |id| view.set(id) />
            {words}
        </div>
        <div class="nugget-facts">
            <label class="field">
                <span class="label">{copy::KIND}</span>
                <select class="input filter" on:change=pick>{NuggetKind::ALL.map(option).collect_view()}</select>
            </label>
            <label class="field">
                <span class="label">{copy::OWNER}</span>
                <input class="input" list="library-people" maxlength="200" prop:value=move || fields.owner.get() on:input=move |event| fields.owner.set(event_target_value(&event)) />
            </label>
            <datalist id="library-people">{people}</datalist>
            <TextField label=copy::REVIEW_BY value=fields.review kind="date" />
        </div>
        <fieldset class="nugget-tags">
            <legend>{copy::WHAT_FOR}</legend>
            {Facet::ALL.map(tags).collect_view()}
        </fieldset>
        {versions}
    }
}

/// Tags with commas between them; those that others have are offered for the one that is being written.
#[component]
pub(in crate::features::team) fn Tags(team: Team, facet: Facet, value: RwSignal<String>) -> impl IntoView {
    let list = format!("library-{}", facet.name());
    let all = StoredValue::new(team.book.with_value(|book| {
        let mut all: Vec<String> = book.nuggets().iter().flat_map(|it| it.tagged(facet).to_vec()).collect();
        if facet == Facet::Step {
            all.extend(
                book.processes()
                    .iter()
                    .flat_map(|it| it.live().map(|step| step.name.clone()).collect::<Vec<_>>()),
            );
        }
        known(all)
    }));
    let options = move || {
        let written = value.get();
        let before = written.rfind(',').map_or("", |at| &written[..=at]);
        let before = if before.is_empty() { String::new() } else { format!("{before} ") };
        let offered =
            all.with_value(|all| all.iter().map(|tag| format!("{before}{tag}")).collect::<Vec<_>>());
        offered.into_iter().map(|it| view! { <option value=it></option> }).collect_view()
    };
    view! {
        <label class="field">
            <span class="label">{copy::facet(facet)}</span>
            <input class="input" list=list.clone() maxlength="2000" prop:value=move || value.get() on:input=move |event| value.set(event_target_value(&event)) />
            <span class="hint">{copy::facet_hint(facet)}</span>
        </label>
        <datalist id=list>{options}</datalist>
    }
}

/// Each once, in order, without empty ones.
fn known(mut all: Vec<String>) -> Vec<String> {
    all.retain(|it| !it.is_empty());
    stdx::sort(&mut all);
    all.dedup();
    all
}
