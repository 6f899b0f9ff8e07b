//! Tables from elsewhere: what was found in them, what becomes of it, and taking it back.

mod copy;
mod ending;
mod found;
mod leaving;
mod settling;

use std::sync::Arc;

use browser::files::{self, GivenFile, ReadError};
use exchange::sheet::{
    self, Checked, Choices, Encoding, Forced, Guess, How, Mapping, Question, Sheet, Stage, Table, Unreadable,
};
use leptos::prelude::*;
use session::{Book, Join, Joined, Joining, ListPrice, Offer, preset, process_of_stages, stage_column};
use terms::{book::Place, process::Process};
use ui::{Banner, Button, ButtonKind, DropZone, FilePickerButton, Icon, Tone, effect, live};

use super::Team;
use ending::{Ending, Past, State};
use found::FoundCard;
use settling::{Names, Questions, Stages};

pub(super) use leaving::save;

/// A table as it came.
#[derive(Debug, Clone)]
struct Source {
    name: String,
    bytes: Arc<Vec<u8>>,
}

/// A table as it was read.
#[derive(Debug, Clone)]
struct Found {
    sheet: Sheet,
    guesses: Vec<Guess>,
    encoding: Encoding,
    doubtful: usize,
}

/// What would be taken in.
#[derive(Debug)]
struct Ready {
    checked: Checked,
    joined: Joined,
}

/// What was found in a table, worked out anew: never the same as before.
#[derive(Debug, Clone)]
struct FoundAnew(Arc<Found>);

impl PartialEq for FoundAnew {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

/// What would be taken in, likewise.
#[derive(Debug, Clone)]
struct ReadyAnew(Arc<Ready>);

impl PartialEq for ReadyAnew {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

/// What is known so far of what a table comes to.
#[derive(Debug, Clone, PartialEq)]
enum Outlook {
    /// Nothing can be said: there is no table, or something is to be answered first.
    Open,
    /// This would be taken in.
    Ready(ReadyAnew),
}

/// A table on its way in, for the parts of the screen. Copies are the same.
#[derive(Clone, Copy)]
struct Intake {
    team: Team,
    /// Tables that come after this one.
    queue: RwSignal<Vec<Source>>,
    source: RwSignal<Option<Source>>,
    encoding: RwSignal<Option<Encoding>>,
    forced: RwSignal<Forced>,
    found: RwSignal<Option<Result<FoundAnew, Unreadable>>>,
    mapping: RwSignal<Mapping>,
    choices: RwSignal<Choices>,
    /// The process that deals go through; empty for one that is made of the table's stages.
    process: RwSignal<String>,
    stages: RwSignal<Vec<(Stage, Option<Place>)>>,
    /// Names that are almost others, each with whether they are joined once somebody said so.
    names: RwSignal<Vec<(Offer, Option<bool>)>>,
    prices: RwSignal<Vec<ListPrice>>,
    state: RwSignal<State>,
    outlook: Memo<Outlook>,
    trouble: RwSignal<Option<String>>,
}

/// The place.
#[component]
pub(super) fn Import(team: Team) -> impl IntoView {
    let intake = Intake::new(team);
    intake.look_up_prices();
    let take = move |given: Vec<GivenFile>| intake.take_files(given);
    let pasted = RwSignal::new(String::new());
    let read_pasted = move |()| {
        let text = pasted.get_untracked();
        if !text.trim().is_empty() {
            pasted.set(String::new());
            intake.take(vec![Source { name: copy::PASTED.to_owned(), bytes: Arc::new(text.into_bytes()) }]);
        }
    };
    let has_source = Memo::new(move |_| intake.source.with(Option::is_some));
    let is_choosing = Memo::new(move |_| intake.state.with(|it| matches!(it, State::Choosing)));
    let picker = move |label: &'static str, kind: ButtonKind| {
        view! { <FilePickerButton label kind icon="upload" accept=".csv,.tsv,.txt,text/csv" multiple=true on_pick=move |event| take(files::picked(&event)) /> }
    };
    let begin = live(move || {
        (!has_source.get()).then(|| {
            view! {
                <section class="card import-begin" aria-label=copy::PICK>
                    <div class="drop-zone">
                        <span class="tile" data-size="large" data-tone="accent"><Icon name="table" /></span>
                        <p class="drop-words"><strong>{copy::DROP}</strong>{copy::DROP_MORE}</p>
                        {picker(copy::PICK, ButtonKind::Primary)}
                    </div>
                    <details>
                        <summary>{copy::PASTE}</summary>
                        <textarea class="input" rows="5" spellcheck="false" aria-label=copy::PASTED prop:value=pasted on:input=move |event| pasted.set(event_target_value(&event))></textarea>
                        <Button label=copy::READ_PASTED on_press=read_pasted />
                    </details>
                </section>
            }
        })
    });
    let refused = live(move || {
        let unreadable = intake.found.with(|it| match it {
            Some(Err(why)) => Some(copy::unreadable(*why)),
            _ => None,
        });
        intake.trouble.get().or(unreadable).map(|words| view! { <Banner tone=Tone::Danger words>{picker(copy::ANOTHER, ButtonKind::default())}</Banner> })
    });
    let is_read = Memo::new(move |_| intake.found.with(|it| matches!(it, Some(Ok(_)))));
    let steps = live(move || {
        (is_read.get() && is_choosing.get()).then(|| {
            view! {
                <FoundCard intake />
                <Questions intake />
                <Stages intake />
                <Names intake />
            }
        })
    });
    view! {
        <DropZone on_drop=move |event| take(files::dropped(&event)) veil=copy::DROP>
            <main class="page import">
                <header class="page-head">
                    <div class="stack snug"><h1>{copy::TITLE}</h1><p class="hint">{copy::ABOUT}</p></div>
                    {live(move || (has_source.get() && is_choosing.get()).then(|| picker(copy::ANOTHER, ButtonKind::default())))}
                </header>
                {begin}
                {refused}
                {steps}
                {live(move || is_read.get().then(|| view! { <Ending intake /> }))}
                <Past intake />
            </main>
        </DropZone>
    }
}

impl Intake {
    fn new(team: Team) -> Self {
        let source = RwSignal::new(None);
        let found: RwSignal<Option<Result<FoundAnew, Unreadable>>> = RwSignal::new(None);
        let mapping = RwSignal::new(Mapping { table: Table::Deals, columns: Vec::new() });
        let choices = RwSignal::new(Choices::default());
        let process = RwSignal::new(String::new());
        let stages = RwSignal::new(Vec::new());
        let names = RwSignal::new(Vec::new());
        let prices = RwSignal::new(Vec::new());
        let state = RwSignal::new(State::Choosing);
        let outlook = Memo::new(move |before: Option<&Outlook>| {
            // While it is written all is as it was.
            if state.with(|it| !matches!(it, State::Choosing)) {
                return before.cloned().unwrap_or(Outlook::Open);
            }
            let Some(Ok(FoundAnew(found))) = found.get() else { return Outlook::Open };
            let (mapping, choices) = (mapping.get(), choices.get());
            if !mapping.missing().is_empty() {
                return Outlook::Open;
            }
            let Ok(checked) = sheet::check(&found.sheet, &mapping, &found.guesses, &choices) else {
                return Outlook::Open;
            };
            let joining = joining(
                mapping.table,
                String::new(),
                process.get(),
                &stages.get(),
                &names.get(),
                prices.get(),
            );
            let joined = team.look(|book| book.join(&checked.rows, &joining));
            Outlook::Ready(ReadyAnew(Arc::new(Ready { checked, joined })))
        });
        let (queue, encoding, forced, trouble) = (
            RwSignal::new(Vec::new()),
            RwSignal::new(None),
            RwSignal::new(Forced::default()),
            RwSignal::new(None),
        );
        let intake = Self {
            team,
            queue,
            source,
            encoding,
            forced,
            found,
            mapping,
            choices,
            process,
            stages,
            names,
            prices,
            state,
            outlook,
            trouble,
        };
        // What the columns mean decides about stages and names.
        effect(move || {
            mapping.track();
            prices.track();
            untrack(|| intake.settle());
        });
        intake
    }

    /// What the list of products says now.
    fn look_up_prices(self) {
        let Team { handsel, id, .. } = self.team;
        handsel.attempt(async move {
            let prices = handsel.rooms().list_prices(id).await?;
            let _ = self.prices.try_set(prices);
            Ok(())
        });
    }

    fn take_files(self, given: Vec<GivenFile>) {
        if self.state.with_untracked(|it| matches!(it, State::Working(..))) {
            self.team.handsel.toasts.say(copy::ONE_AT_A_TIME);
            return;
        }
        browser::timers::spawn(async move {
            let mut sources = Vec::new();
            for file in given {
                match file.read(sheet::TEXT_MAX).await {
                    Ok(bytes) => sources.push(Source { name: file.name(), bytes: Arc::new(bytes) }),
                    Err(why) => {
                        let words = if matches!(why, ReadError::TooLarge(_)) {
                            copy::TOO_LARGE
                        } else {
                            copy::UNREADABLE_FILE
                        };
                        let _ = self.trouble.try_set(Some(words.to_owned()));
                        return;
                    }
                }
            }
            self.take(sources);
        });
    }

    /// Takes tables: what others refer to comes first.
    fn take(self, mut sources: Vec<Source>) {
        if sources.len() > 1 {
            const ORDER: [Table; 6] = [
                Table::Products,
                Table::Accounts,
                Table::Contacts,
                Table::Deals,
                Table::History,
                Table::Sellers,
            ];
            let rank = |source: &Source| {
                let text = sheet::decode(&source.bytes, None).text;
                // Its first lines tell.
                let head: String = text.lines().take(20).flat_map(|line| [line, "\n"]).collect();
                let table =
                    Sheet::read(&head, Forced::default()).ok().map(|it| sheet::suggest_table(it.header()));
                table.and_then(|table| ORDER.iter().position(|it| *it == table)).unwrap_or(ORDER.len())
            };
            stdx::sort_by_key(&mut sources, rank);
        }
        sources.reverse();
        let Some(first) = sources.pop() else { return };
        sources.reverse();
        self.queue.set(sources);
        self.begin(first);
    }

    /// Goes on with the table that waits.
    fn go_on(self) {
        let next = self.queue.try_update(|queue| (!queue.is_empty()).then(|| queue.remove(0))).flatten();
        match next {
            Some(next) => self.begin(next),
            None => {
                self.state.set(State::Choosing);
                self.found.set(None);
                self.source.set(None);
            }
        }
    }

    fn begin(self, source: Source) {
        self.trouble.set(None);
        self.encoding.set(None);
        self.forced.set(Forced::default());
        self.source.set(Some(source));
        self.state.set(State::Choosing);
        self.read(None);
    }

    /// Reads the table anew, its rows as these or as is likely.
    fn read(self, table: Option<Table>) {
        let Some(source) = self.source.get_untracked() else { return };
        let decoded = sheet::decode(&source.bytes, self.encoding.get_untracked());
        match Sheet::read(&decoded.text, self.forced.get_untracked()) {
            Ok(sheet) => {
                let guesses = sheet::guesses(&sheet);
                let table = table.unwrap_or_else(|| sheet::suggest_table(sheet.header()));
                let mapping = sheet::suggest(table, sheet.header(), &guesses);
                self.choices
                    .set(Choices { columns: vec![How::default(); sheet.width()], ..Choices::default() });
                let found = Found { sheet, guesses, encoding: decoded.encoding, doubtful: decoded.doubtful };
                self.found.set(Some(Ok(FoundAnew(Arc::new(found)))));
                self.mapping.set(mapping);
            }
            Err(why) => self.found.set(Some(Err(why))),
        }
    }

    fn sheet(self) -> Option<Arc<Found>> {
        self.found.with(|it| match it {
            Some(Ok(found)) => Some(found.0.clone()),
            _ => None,
        })
    }

    /// Presets where stages are and which names may be joined, by what the columns mean.
    fn settle(self) {
        let Some(found) = self.sheet() else { return };
        let mapping = self.mapping.get_untracked();
        let column =
            stage_column(&mapping).filter(|_| matches!(mapping.table, Table::Deals | Table::History));
        let stages = column.map(|column| sheet::stages(&found.sheet, column)).unwrap_or_default();
        let is_other = self.stages.with_untracked(|before| !before.iter().map(|it| &it.0).eq(stages.iter()));
        if is_other || stages.is_empty() {
            let first = self.team.book.with_value(|book| book.processes().first().map(|it| it.id.clone()));
            self.stages.set(stages.into_iter().map(|stage| (stage, None)).collect());
            self.choose(first.unwrap_or_default());
        }
        let offers = self.team.book.with_value(|book| {
            self.prices.with_untracked(|prices| book.offers(&found.sheet, &mapping, prices))
        });
        self.names.update(|names| {
            let said = |offer: &Offer| names.iter().find(|it| it.0 == *offer).and_then(|it| it.1);
            *names = offers
                .into_iter()
                .map(|offer| (said(&offer), offer))
                .map(|(said, offer)| (offer, said))
                .collect();
        });
    }

    /// Deals are to go through this process; an empty name is one that is made of the table's stages.
    fn choose(self, id: String) {
        self.process.set(id);
        let Some(process) = self.process_now() else { return };
        self.stages.update(|stages| {
            let plain: Vec<Stage> = stages.iter().map(|it| it.0.clone()).collect();
            let places = preset(&process, &plain);
            for (stage, place) in stages.iter_mut().zip(places) {
                stage.1 = place;
            }
        });
    }

    /// The process that deals go through; none where there is none, and nothing to make one of.
    fn process_now(self) -> Option<Process> {
        let id = self.process.get();
        if !id.is_empty() {
            return self.team.look(|book| book.processes().iter().find(|it| it.id == id).cloned());
        }
        let stages: Vec<Stage> = self.stages.with(|all| all.iter().map(|it| it.0.clone()).collect());
        Some(process_of_stages(copy::NEW_PROCESS, &stages)).filter(|process| !process.steps.is_empty())
    }

    fn questions(self) -> Vec<Question> {
        let Some(found) = self.sheet() else { return Vec::new() };
        self.mapping
            .with(|mapping| self.choices.with(|choices| sheet::questions(mapping, &found.guesses, choices)))
    }

    /// Changes what was said of a column.
    fn say(self, column: usize, change: impl FnOnce(&mut How)) {
        self.choices.update(|choices| {
            if let Some(how) = choices.columns.get_mut(column) {
                change(how);
            }
        });
    }

    /// What was decided, with deals in this process.
    fn joining(self, process: String) -> Joining {
        let source =
            self.source.with_untracked(|it| it.as_ref().map(|it| it.name.clone()).unwrap_or_default());
        let (stages, names) = (self.stages.get_untracked(), self.names.get_untracked());
        let table = self.mapping.with_untracked(|it| it.table);
        joining(table, source, process, &stages, &names, self.prices.get_untracked())
    }

    /// The process as the book has it, made where there is none so far: with those steps that some stage has.
    fn made_process(self, book: &Book) -> Result<String, session::Problem> {
        let id = self.process.get_untracked();
        let process = untrack(|| self.process_now());
        match process.filter(|_| id.is_empty()) {
            Some(mut process) => {
                let used = |id: &str| {
                    self.stages.with_untracked(|all| {
                        all.iter().any(|it| matches!(&it.1, Some(Place::Step(step)) if step == id))
                    })
                };
                process.steps.retain(|step| used(&step.id));
                book.set_process(&process)
            }
            None => Ok(id),
        }
    }
}

fn joining(
    table: Table,
    source: String,
    process: String,
    stages: &[(Stage, Option<Place>)],
    names: &[(Offer, Option<bool>)],
    prices: Vec<ListPrice>,
) -> Joining {
    let stages =
        stages.iter().filter_map(|(stage, place)| Some((stage.words.clone(), place.clone()?))).collect();
    let joined = names.iter().filter(|(_, said)| *said == Some(true));
    let joined =
        joined.map(|(it, _)| Join { target: it.target, from: it.from.clone(), to: it.to.clone() }).collect();
    Joining { table, source, process, stages, joined, prices, no_reason: copy::NO_REASON.to_owned() }
}
