//! The editing grid: a row a line, written in like a spreadsheet, with keys for everything.

use browser::{clipboard, timers, view};
use leptos::{ev, html, prelude::*, wasm_bindgen::JsCast, web_sys};
use session::{Problem, Room, Thing};
use terms::price::{Decimal, Line, LineTotal, Recurrence};
use ui::{Banner, Button, ButtonKind, Icon, Tone, Toolbar, live};

use super::{
    Pricing,
    buyer::written,
    column::Column,
    copy,
    details::LineDialog,
    margin::MarginCard,
    pasting,
    products::{SaveProduct, has_team},
    repricing::{Asked, RepricingDialog, is_other_tier},
    terms_form::TermsForm,
    totals::YourTotal,
};
use crate::features::room::comments::ThingMark;

/// The row in which new lines are written has no line's name.
const NEW: &str = "";

/// What the rows share. Copies are the same.
#[derive(Clone, Copy)]
struct Grid {
    pricing: Pricing,
    /// The line that has the keyboard, or had it last.
    current: RwSignal<Option<String>>,
    /// The line whose details are open.
    details: RwSignal<Option<String>>,
    is_detailed: RwSignal<bool>,
    /// The line that goes into the team's products, and whether that is being asked.
    saved: RwSignal<Option<String>>,
    is_saving: RwSignal<bool>,
    /// What is asked before lines cost something else.
    asked: RwSignal<Option<Asked>>,
    is_asked: RwSignal<bool>,
    /// What was not as it looked in what was pasted.
    notice: RwSignal<Option<String>>,
    /// The line that is being dragged.
    dragged: RwSignal<Option<String>>,
}

/// Everything that the owner edits.
#[component]
pub(super) fn Editing(pricing: Pricing) -> impl IntoView {
    let grid = Grid {
        pricing,
        current: RwSignal::new(None),
        details: RwSignal::new(None),
        is_detailed: RwSignal::new(false),
        saved: RwSignal::new(None),
        is_saving: RwSignal::new(false),
        asked: RwSignal::new(None),
        is_asked: RwSignal::new(false),
        notice: RwSignal::new(None),
        dragged: RwSignal::new(None),
    };
    let ids = Memo::new(move |_| grid.ids());
    let has_margin = pricing.room.get().may_keep_inside();
    let notice = live(move || {
        grid.notice.get().map(|words| {
            view! {
                <Banner tone=Tone::Warn words>
                    <Button label=copy::UNDERSTOOD on_press=move |()| grid.notice.set(None) />
                </Banner>
            }
        })
    });
    let heads = Column::ALL.map(|column| {
        let is_number = !matches!(column, Column::Name | Column::Paid);
        view! { <th data-num=is_number.then_some("")>{column.head()}</th> }
    });
    view! {
        <TermsForm pricing />
        {notice}
        <div class="with-rail price-columns">
            <section class="card price-card" data-flush="" aria-label=copy::GRID>
                <LineTools grid />
                <table
                    class="table price-grid"
                    on:keydown=move |event| grid.on_key(&event)
                    on:paste=move |event| grid.on_paste(&event)
                    on:focusin=move |event| {
                        if let Some((line, _)) = cell_of(&event) {
                            grid.current.set(Some(line).filter(|line| line != NEW));
                        }
                    }
                >
                    <thead>
                        <tr>
                            <td></td>
                            {heads.collect_view()}
                            <th data-num="">{copy::AMOUNT}</th>
                            <td></td>
                        </tr>
                    </thead>
                    <tbody>
                        <For each=move || ids.get() key=String::clone let:id>
                            <LineRow grid id />
                        </For>
                        <NewRow grid />
                    </tbody>
                </table>
                <p class="price-hint">{copy::GRID_HINT}</p>
            </section>
            <div class="price-beside">
                {(!pricing.is_list).then(|| view! { <YourTotal pricing is_buyers=false /> })}
                {has_margin.then(|| view! { <MarginCard pricing /> })}
            </div>
        </div>
        <RepricingDialog pricing asked=grid.asked open=grid.is_asked />
        <LineDialog pricing of=grid.details open=grid.is_detailed />
        <SaveProduct pricing of=grid.saved open=grid.is_saving />
    }
}

impl Grid {
    fn ids(self) -> Vec<String> {
        self.pricing.shown.with(|shown| shown.price.list.lines.iter().map(|line| line.id.clone()).collect())
    }

    fn line(self, id: &str) -> Option<Line> {
        self.pricing.shown.with_untracked(|shown| Some(shown.line(id)?.0.clone()))
    }

    fn place(self, id: &str) -> Option<usize> {
        self.pricing
            .shown
            .with_untracked(|shown| shown.price.list.lines.iter().position(|line| line.id == id))
    }

    fn count(self) -> usize {
        self.pricing.shown.with_untracked(|shown| shown.price.list.lines.len())
    }

    /// Puts the keyboard into a cell.
    fn focus(self, line: &str, column: Column) {
        view::focus_on(&selector(line, column));
    }

    /// Puts the keyboard into a cell that is about to come into the page, or to be moved in it.
    fn focus_soon(self, line: &str, column: Column) {
        let selector = selector(line, column);
        timers::spawn(async move {
            // The next letter belongs there already.
            timers::settled().await;
            view::focus_on(&selector);
        });
    }

    /// Puts the keyboard so many rows further down, or up where `by` is below 0.
    fn step(self, line: &str, column: Column, by: isize) {
        let at = if line == NEW { Some(self.count()) } else { self.place(line) };
        let Some(to) = at.and_then(|at| at.checked_add_signed(by)) else { return };
        let next = self
            .pricing
            .shown
            .with_untracked(|shown| shown.price.list.lines.get(to).map(|line| line.id.clone()));
        match next {
            Some(next) => self.focus(&next, column),
            None => self.focus(NEW, Column::Name),
        }
    }

    fn move_by(self, line: &str, by: isize) {
        let to = self.place(line).and_then(|at| at.checked_add_signed(by));
        if let Some(to) = to.filter(|to| *to < self.count()) {
            self.pricing.attempt(self.pricing.room.get().move_line(line, to));
        }
    }

    fn duplicate(self, line: &str) {
        if let (Some(line), Some(at)) = (self.line(line), self.place(line)) {
            let added = self.pricing.attempt(self.pricing.room.get().add_lines(&[line], at + 1));
            if let Some([id]) = added.as_deref() {
                self.focus_soon(id, Column::Name);
            }
        }
    }

    fn delete(self, id: &str) {
        let Some(line) = self.line(id) else { return };
        self.step(id, Column::Name, 1);
        let room = self.pricing.room.get();
        if let Some(deleted) = self.pricing.attempt(room.delete_lines(&[id.to_owned()])) {
            self.offer_undo(copy::deleted(&line.name), move |room| room.restore_lines(&deleted));
        }
    }

    /// Adds a line with this name at the end.
    fn add(self, name: &str) -> Option<String> {
        let line = Line { name: name.to_owned(), quantity: Decimal::ONE, ..Line::default() };
        // The next one is mostly like the one before.
        let before = self.pricing.shown.with_untracked(|shown| shown.price.list.lines.last().cloned());
        let line = match before {
            Some(before) => {
                Line { tax: before.tax, recurrence: before.recurrence, section: before.section, ..line }
            }
            None => line,
        };
        let added = self.pricing.attempt(self.pricing.room.get().add_lines(&[line], usize::MAX));
        added.and_then(|ids| ids.into_iter().next())
    }

    fn on_key(self, event: &ev::KeyboardEvent) {
        let Some((line, column)) = cell_of(event) else { return };
        let is_choice = column == Column::Paid;
        let command = event.ctrl_key() || event.meta_key();
        match event.key().as_str() {
            "ArrowUp" | "ArrowDown" if event.alt_key() && line != NEW => {
                self.move_by(&line, if event.key() == "ArrowUp" { -1 } else { 1 });
                self.focus_soon(&line, column);
            }
            "Backspace" if command && event.shift_key() && line != NEW => self.delete(&line),
            _ if event.alt_key() || command => return,
            "Enter" if event.shift_key() => self.step(&line, column, -1),
            // Where a new line is written, Enter is its own.
            "Enter" if line == NEW => return,
            "Enter" => self.step(&line, column, 1),
            "ArrowUp" if !is_choice => self.step(&line, column, -1),
            "ArrowDown" if !is_choice && line != NEW => self.step(&line, column, 1),
            "ArrowLeft" | "ArrowRight" if !is_choice && !event.shift_key() && line != NEW => {
                let by = if event.key() == "ArrowLeft" { -1 } else { 1 };
                if !is_at_edge(event, by) {
                    return;
                }
                let at = Column::ALL.iter().position(|it| *it == column).unwrap_or_default();
                let Some(next) = at.checked_add_signed(by).and_then(|at| Column::ALL.get(at)) else { return };
                self.focus(&line, *next);
            }
            _ => return,
        }
        event.prevent_default();
    }

    fn on_paste(self, event: &ev::ClipboardEvent) {
        let Some((line, column)) = cell_of(event) else { return };
        let Some(rows) = clipboard::pasted_text(event).and_then(|plain| text::sheet(&plain)) else { return };
        event.prevent_default();
        if line == NEW {
            self.add_rows(&rows);
        } else {
            self.fill(&rows, &line, column);
        }
    }

    /// Adds rows of a spreadsheet at the end.
    fn add_rows(self, rows: &[Vec<String>]) {
        let list = self.pricing.shown.with_untracked(|shown| shown.price.list.clone());
        let read = pasting::read(rows, &list);
        match self.pricing.room.get().add_lines(&read.lines, usize::MAX) {
            Ok(ids) => {
                self.offer_undo(copy::added(ids.len()), move |room| room.delete_lines(&ids).map(drop));
                self.notice.set((!read.notes.is_empty()).then(|| copy::notes(&read.notes)));
            }
            Err(problem) => self.notice.set(Some(crate::copy::problem(&problem))),
        }
        self.focus(NEW, Column::Name);
    }

    /// Fills the cells from one on; rows that reach past the end become lines.
    fn fill(self, rows: &[Vec<String>], line: &str, column: Column) {
        let Some(at) = self.place(line) else { return };
        let lines = self.pricing.shown.with_untracked(|shown| shown.price.list.lines[at..].to_vec());
        let (filled, unread) = pasting::fill(rows, column, &lines);
        let changes: Vec<(Line, Line)> = lines.iter().cloned().zip(filled).collect();
        let before = lines.get(..changes.len()).unwrap_or_default().to_vec();
        let write = Callback::new(move |filled: Vec<Line>| {
            if self.pricing.attempt(self.pricing.room.get().set_lines(&filled)).is_some() {
                let before = before.clone();
                self.offer_undo(copy::filled(filled.len()), move |room| room.set_lines(&before));
            }
        });
        self.write(changes, write);
        self.notice.set((!unread.is_empty()).then(|| copy::unread(&unread)));
        if column == Column::Name
            && let Some(rest) = rows.get(lines.len()..).filter(|rest| !rest.is_empty())
        {
            self.add_rows(rest);
        }
    }

    /// Writes lines as they have become; asks first where one of them costs something else by its quantity alone.
    fn write(self, lines: Vec<(Line, Line)>, write: Callback<Vec<Line>>) {
        if lines.iter().any(|(before, after)| is_other_tier(before, after)) {
            self.asked.set(Some(Asked { lines, write }));
            self.is_asked.set(true);
        } else {
            write.run(lines.into_iter().map(|(_, after)| after).collect());
        }
    }

    /// Says what was done, with a way back.
    fn offer_undo(self, words: String, undo: impl Fn(&Room) -> Result<(), Problem> + Send + Sync + 'static) {
        let room = self.pricing.room;
        let undo = move || {
            // The room may have been left meanwhile.
            if let Some(room) = room.room.try_get_value()
                && let Err(problem) = undo(&room)
            {
                self.pricing.handsel.tell(&problem);
            }
        };
        self.pricing.handsel.toasts.offer(words, copy::UNDO, move |()| undo());
    }
}

fn selector(line: &str, column: Column) -> String {
    format!("[data-cell=\"{}\"]", cell_name(line, column))
}

fn cell_name(line: &str, column: Column) -> String {
    format!("{line}/{}", Column::ALL.iter().position(|it| *it == column).unwrap_or_default())
}

/// The cell that an event comes from.
fn cell_of(event: &web_sys::Event) -> Option<(String, Column)> {
    let element = event.target()?.dyn_into::<web_sys::Element>().ok()?;
    let name = element.get_attribute("data-cell")?;
    let (line, column) = name.rsplit_once('/')?;
    Some((line.to_owned(), *Column::ALL.get(column.parse::<usize>().ok()?)?))
}

/// Whether the caret is where an arrow leads out of the field.
fn is_at_edge(event: &ev::KeyboardEvent, by: isize) -> bool {
    let field = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok());
    field.is_some_and(|field| {
        let start = field.selection_start().ok().flatten().unwrap_or_default();
        let end = field.selection_end().ok().flatten().unwrap_or_default();
        let len = field.value().encode_utf16().count() as u32;
        start == end && if by < 0 { start == 0 } else { end == len }
    })
}

/// What can be done with the line that has the keyboard.
#[component]
fn LineTools(grid: Grid) -> impl IntoView {
    let tool = move |label: &'static str, icon: &'static str, act: fn(Grid, &str)| {
        let press = move |()| {
            if let Some(line) = grid.current.get_untracked() {
                act(grid, &line);
            }
        };
        let blocked =
            Signal::derive(move || grid.current.with(Option::is_none).then(|| copy::NO_LINE.to_owned()));
        view! { <Button label icon icon_only=true kind=ButtonKind::Quiet blocked on_press=press /> }
    };
    let has_team = has_team(grid.pricing);
    let to_products = live(move || {
        let sells = has_team.get() && !grid.pricing.is_list;
        sells.then(|| tool(copy::TO_PRODUCTS, "box", |grid, line| grid.save_product(line)))
    });
    view! {
        <div class="price-tools">
            <Toolbar label=copy::LINE_TOOLS>
                {tool(copy::MOVE_UP, "up", |grid, line| grid.move_by(line, -1))}
                {tool(copy::MOVE_DOWN, "down", |grid, line| grid.move_by(line, 1))}
                {tool(copy::DUPLICATE, "copy", |grid, line| grid.duplicate(line))}
                {tool(copy::DETAILS, "settings", |grid, line| grid.show_details(line))}
                {to_products}
                {tool(copy::DELETE, "trash", |grid, line| grid.delete(line))}
            </Toolbar>
        </div>
    }
}

impl Grid {
    fn show_details(self, line: &str) {
        self.details.set(Some(line.to_owned()));
        self.is_detailed.set(true);
    }

    fn save_product(self, line: &str) {
        self.saved.set(Some(line.to_owned()));
        self.is_saving.set(true);
    }
}

#[component]
fn LineRow(grid: Grid, id: String) -> impl IntoView {
    let shown = grid.pricing.shown;
    let state: Memo<(Line, LineTotal)> = {
        let id = id.clone();
        Memo::new(move |_| {
            let found = shown.with(|shown| shown.line(&id).map(|(line, total)| (line.clone(), total)));
            found.unwrap_or_default()
        })
    };
    let amount = Memo::new(move |_| {
        shown.with(|shown| {
            let is_faulty = shown.totals.as_ref().is_err();
            if is_faulty { String::new() } else { state.with(|(_, total)| shown.money(total.net)) }
        })
    });
    let name = Memo::new(move |_| state.with(|(line, _)| line.name.clone()));
    let cells = Column::ALL.map(|column| view! { <Cell grid id=id.clone() column state name /> });
    let (start, drop_on, over) = (id.clone(), id.clone(), id.clone());
    let dragged = move |event: ev::DragEvent| {
        view::carry(&event);
        grid.dragged.set(Some(start.clone()));
    };
    let dropped = move |event: ev::DragEvent| {
        if let (Some(line), Some(to)) = (grid.dragged.get_untracked(), grid.place(&drop_on)) {
            event.prevent_default();
            event.stop_propagation();
            grid.dragged.set(None);
            grid.pricing.attempt(grid.pricing.room.get().move_line(&line, to));
        }
    };
    let is_over = move |event: ev::DragEvent| {
        if grid.dragged.with_untracked(|dragged| dragged.as_ref().is_some_and(|line| *line != over)) {
            event.prevent_default();
        }
    };
    let thing = Thing::Line(id.clone());
    let details = move |()| grid.show_details(&id);
    view! {
        <tr on:dragover=is_over on:drop=dropped>
            <td class="price-grip" draggable="true" aria-hidden="true" on:dragstart=dragged on:dragend=move |_| grid.dragged.set(None)>
                <Icon name="grip" />
            </td>
            {cells.collect_view()}
            <td class="price-amount" data-num="" data-head=copy::AMOUNT>{amount}</td>
            <td class="price-act">
                <ThingMark thing called=name />
                <Button
                    label=Signal::derive(move || copy::of_line(copy::DETAILS, &name.get()))
                    icon="more"
                    icon_only=true
                    kind=ButtonKind::Quiet
                    on_press=details
                />
            </td>
        </tr>
    }
}

#[component]
fn Cell(
    grid: Grid,
    id: String,
    column: Column,
    state: Memo<(Line, LineTotal)>,
    name: Memo<String>,
) -> impl IntoView {
    let field = NodeRef::<html::Input>::new();
    let wrong = RwSignal::new(None::<String>);
    let value = Memo::new(move |_| {
        grid.pricing.shown.with(|shown| state.with(|(line, _)| column.write(line, &shown.price.list)))
    });
    let commit = move |event: ev::Event| {
        let typed = event_target_value(&event);
        let read = state.with_untracked(|(line, _)| column.read(&typed, line));
        wrong.set(read.as_ref().err().cloned());
        if let Ok(line) = read {
            let before = state.with_untracked(|(line, _)| line.clone());
            let write = Callback::new(move |lines: Vec<Line>| {
                grid.pricing.attempt(grid.pricing.room.get().set_lines(&lines));
            });
            grid.write(vec![(before, line)], write);
            // As the reader's language writes it, also where it means what was there.
            if let Some(field) = field.get_untracked() {
                field.set_value(&value.get_untracked());
            }
        }
    };
    let label = Signal::derive(move || copy::of_line(column.head(), &name.get()));
    let cell = cell_name(&id, column);
    let is_number = !matches!(column, Column::Name | Column::Paid);
    let inside = if column == Column::Paid {
        let options = Recurrence::ALL.map(|recurrence| {
            let words = copy::paid(recurrence);
            view! { <option value=words selected=move || value.get() == words>{words}</option> }
        });
        view! {
            <select class="input" data-cell=cell aria-label=label prop:value=value on:change=commit>
                {options.collect_view()}
            </select>
        }
        .into_any()
    } else {
        view! {
            <input
                class="input"
                node_ref=field
                data-cell=cell
                aria-label=label
                aria-invalid=Signal::derive(move || wrong.with(Option::is_some).then_some("true"))
                autocomplete="off"
                inputmode=is_number.then_some("decimal")
                maxlength=if is_number { "40" } else { "200" }
                prop:value=value
                on:focus=move |event| view::select_all(&event)
                on:change=commit
            />
        }
        .into_any()
    };
    view! {
        <td data-num=is_number.then_some("") data-column=column.head() data-head=column.head()>
            {inside}
            {live(move || if column == Column::Each { state.with(|(line, _)| tier_of(line)) } else { None })}
            {live(move || wrong.get().map(|words| view! { <span class="price-wrong" role="alert">{words}</span> }))}
        </td>
    }
}

/// Below the price of one: which tier it is of.
fn tier_of(line: &Line) -> Option<AnyView> {
    let tier = line.tiers.range(..=line.quantity).next_back();
    let words = match (line.tiers.is_empty(), line.kept_for(line.quantity), tier) {
        (true, ..) => return None,
        (_, Some(_), _) => copy::IS_KEPT.to_owned(),
        (_, None, Some((from, _))) => copy::is_tier(&written(*from)),
        _ => copy::IS_BEFORE_TIERS.to_owned(),
    };
    Some(view! { <span class="price-tier-note">{words}</span> }.into_any())
}

/// The row at the end, which makes a line of what is written in it.
#[component]
fn NewRow(grid: Grid) -> impl IntoView {
    let field = NodeRef::<html::Input>::new();
    let add = move || {
        let field = field.get_untracked()?;
        let name = field.value().trim().to_owned();
        if name.is_empty() {
            return None;
        }
        field.set_value("");
        grid.add(&name)
    };
    let on_key = move |event: ev::KeyboardEvent| match event.key().as_str() {
        "Enter" if !event.shift_key() => {
            event.prevent_default();
            add();
        }
        "Tab" if !event.shift_key() => {
            if let Some(id) = add() {
                event.prevent_default();
                grid.focus_soon(&id, Column::Quantity);
            }
        }
        _ => {}
    };
    view! {
        <tr class="price-new">
            <td class="price-grip"><Icon name="plus" /></td>
            <td colspan="8">
                <input
                    class="input"
                    node_ref=field
                    data-cell=cell_name(NEW, Column::Name)
                    aria-label=copy::NEW_LINE
                    placeholder=copy::NEW_LINE_HINT
                    autocomplete="off"
                    maxlength="200"
                    on:keydown=on_key
                    on:change=move |_| {
                        add();
                    }
                />
            </td>
        </tr>
    }
}
