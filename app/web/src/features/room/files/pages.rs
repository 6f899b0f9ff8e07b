//! The pages of a PDF file, one below the other. Those that come near are drawn, one at a time, beside the page; those that are
//! far away let go of their drawings.

use std::{
    cell::{Cell, RefCell},
    collections::BTreeMap,
    rc::Rc,
};

use browser::{
    files::Growing,
    pages::{Drawing, Fault, Pages, Told},
    view::Near,
};
use insight::record::Part;
use leptos::{html, prelude::*, web_sys::HtmlCanvasElement};
use session::Thing;
use ui::{Skeleton, SkeletonShape, effect, live};

use super::copy;
use crate::features::room::comments::ThingMark;

/// After so long a page is taken to be too much for the program. In milliseconds.
const TOO_LONG: u32 = 30_000;
/// So often the program is started anew for one file.
const TRIES: usize = 5;
/// No page is drawn wider, in pixels of the screen.
const WIDEST: f64 = 2_400.0;

/// A page in the page.
struct Sheet {
    canvas: HtmlCanvasElement,
    is_near: bool,
    /// How wide it was drawn; 0 where it was not.
    drawn: u32,
    /// The program stopped at it.
    is_bad: RwSignal<bool>,
}

/// What is done with one file.
pub(super) struct Reading {
    file: Growing,
    program: RefCell<Option<Pages>>,
    sheets: RefCell<BTreeMap<usize, Sheet>>,
    asked: Cell<Option<usize>>,
    /// How many answers came, so that a clock that runs out knows whether its own did.
    answers: Cell<usize>,
    tries: Cell<usize>,
    sizes: RwSignal<Vec<(f32, f32)>>,
    fault: RwSignal<Option<Fault>>,
    /// The page in the middle of the window, from 0, and how many there are.
    at: RwSignal<Option<(usize, usize)>>,
}

impl Reading {
    pub(super) fn new(file: Growing, at: RwSignal<Option<(usize, usize)>>) -> Rc<Self> {
        let reading = Rc::new(Self {
            file,
            program: RefCell::default(),
            sheets: RefCell::default(),
            asked: Cell::default(),
            answers: Cell::default(),
            tries: Cell::default(),
            sizes: RwSignal::new(Vec::new()),
            fault: RwSignal::new(None),
            at,
        });
        reading.start();
        reading
    }

    fn start(self: &Rc<Self>) {
        let weak = Rc::downgrade(self);
        let hear = move |told| {
            if let Some(reading) = weak.upgrade() {
                reading.hear(told);
            }
        };
        let weak = Rc::downgrade(self);
        let open = async move {
            let Some(reading) = weak.upgrade() else { return };
            match Pages::open(&reading.file, hear).await {
                Ok(pages) => *reading.program.borrow_mut() = Some(pages),
                Err(_) => reading.stop(),
            }
        };
        browser::timers::spawn(open);
        self.set_clock();
    }

    /// Where no answer comes, the program is lost in the file.
    fn set_clock(self: &Rc<Self>) {
        let (weak, before) = (Rc::downgrade(self), self.answers.get());
        browser::timers::spawn(async move {
            browser::timers::sleep(TOO_LONG).await;
            if let Some(reading) = weak.upgrade().filter(|reading| reading.answers.get() == before) {
                reading.stop();
            }
        });
    }

    fn hear(self: &Rc<Self>, told: Told) {
        self.answers.set(self.answers.get() + 1);
        match told {
            Told::Opened(sizes) => {
                let count = sizes.len();
                if self.sizes.try_with_untracked(Vec::is_empty) == Some(true) {
                    let _ = self.sizes.try_set(sizes);
                    let _ = self.at.try_set(Some((0, count)));
                }
                self.ask();
            }
            Told::Drawn(page, drawing) => {
                self.asked.set(None);
                self.show(page, &drawing);
                self.ask();
            }
            Told::Fault(Fault::Stopped) => self.stop(),
            Told::Fault(fault) => drop(self.fault.try_set(Some(fault))),
        }
    }

    /// The program stopped: at a page, which is left out from now on, or at the whole file.
    fn stop(self: &Rc<Self>) {
        drop(self.program.take());
        self.answers.set(self.answers.get() + 1);
        self.tries.set(self.tries.get() + 1);
        let page = self.asked.take();
        if let Some(sheet) = page.and_then(|page| self.sheets.borrow().get(&page).map(|sheet| sheet.is_bad)) {
            let _ = sheet.try_set(true);
        }
        if page.is_none() || self.tries.get() > TRIES {
            let _ = self.fault.try_set(Some(Fault::Stopped));
        } else {
            self.start();
        }
    }

    fn show(&self, page: usize, drawing: &Drawing) {
        if let Some(sheet) = self.sheets.borrow().get(&page).filter(|sheet| sheet.is_near) {
            drawing.paint(&sheet.canvas);
        }
    }

    /// Asks for the next page that is near and not drawn as wide as it is shown; the one that is read first.
    fn ask(self: &Rc<Self>) {
        if self.asked.get().is_some() || self.program.borrow().is_none() {
            return;
        }
        let here = self.at.try_get_untracked().flatten().map_or(0, |(here, _)| here);
        let mut sheets = self.sheets.borrow_mut();
        let wanted = sheets.iter_mut().filter_map(|(page, sheet)| {
            let is_bad = sheet.is_bad.try_get_untracked().unwrap_or(true);
            let width = width_of(&sheet.canvas);
            let wants = sheet.is_near && !is_bad && width > 0 && width != sheet.drawn;
            wants.then_some((page.abs_diff(here), *page, width, sheet))
        });
        let Some((_, page, width, sheet)) = wanted.min_by_key(|(far, ..)| *far) else { return };
        sheet.drawn = width;
        self.asked.set(Some(page));
        if let Some(program) = &*self.program.borrow() {
            program.draw(page, width);
        }
        drop(sheets);
        self.set_clock();
    }

    fn come(self: &Rc<Self>, page: usize, is_near: bool) {
        if let Some(sheet) = self.sheets.borrow_mut().get_mut(&page) {
            sheet.is_near = is_near;
            if !is_near && sheet.drawn > 0 {
                sheet.drawn = 0;
                sheet.canvas.set_width(0);
            }
        }
        if is_near {
            self.ask();
        }
    }
}

/// How many pixels of the screen a page is wide.
fn width_of(canvas: &HtmlCanvasElement) -> u32 {
    let shown = canvas.parent_element().map_or(0, |page| page.client_width());
    (f64::from(shown) * browser::view::density()).min(WIDEST) as u32
}

/// The pages, or why there are none.
#[component]
pub(super) fn Sheets(
    reading: StoredValue<Rc<Reading>, LocalStorage>,
    version: StoredValue<String>,
    name: StoredValue<String>,
    zoom: Signal<usize>,
    fail: impl Fn(Fault) -> AnyView + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let (sizes, fault) = reading.with_value(|reading| (reading.sizes, reading.fault));
    effect(move || {
        zoom.track();
        browser::timers::spawn(async move {
            // Once the pages have their new size.
            browser::timers::frame().await;
            if let Some(reading) = reading.try_get_value() {
                reading.ask();
            }
        });
    });
    live(move || {
        if let Some(fault) = fault.get() {
            return fail(fault);
        }
        let sizes = sizes.get();
        if sizes.is_empty() {
            return view! { <Skeleton label=copy::LOADING shape=SkeletonShape::Page /> }.into_any();
        }
        let count = sizes.len();
        let sheet = |(page, (width, height)): (usize, (f32, f32))| {
            let ratio = f64::from(width.max(1.0)) / f64::from(height.max(1.0));
            view! { <SheetView reading version name page count ratio /> }
        };
        let sheets = sizes.into_iter().enumerate().map(sheet).collect::<Vec<_>>();
        view! { <div class="viewer-pages">{sheets}</div> }.into_any()
    })
}

#[component]
fn SheetView(
    reading: StoredValue<Rc<Reading>, LocalStorage>,
    version: StoredValue<String>,
    name: StoredValue<String>,
    page: usize,
    count: usize,
    ratio: f64,
) -> impl IntoView {
    let canvas = NodeRef::<html::Canvas>::new();
    let is_bad = RwSignal::new(false);
    let watched = StoredValue::new_local(None::<(Near, Near)>);
    effect(move || {
        let Some(canvas) = canvas.get() else { return };
        let Some(frame) = canvas.parent_element() else { return };
        let Some(all) = reading.try_get_value() else { return };
        let sheet = Sheet { canvas, is_near: false, drawn: 0, is_bad };
        all.sheets.borrow_mut().insert(page, sheet);
        let (near, middle) = (Rc::downgrade(&all), Rc::downgrade(&all));
        let near = Near::watch(&frame, "100%", move |is_near| {
            if let Some(all) = near.upgrade() {
                all.come(page, is_near);
            }
        });
        let middle = Near::watch(&frame, "-50% 0px", move |is_here| {
            if let Some(all) = middle.upgrade().filter(|_| is_here) {
                let _ = all.at.try_set(Some((page, count)));
            }
        });
        watched.set_value(Some((near, middle)));
    });
    on_cleanup(move || drop(watched.try_update_value(Option::take)));
    let thing = Thing::File { version: version.get_value(), page: u32::try_from(page + 1).ok() };
    let bad = live(move || is_bad.get().then(|| view! { <p class="hint">{copy::PAGE_BAD}</p> }));
    let part = Part::Page { file: version.get_value(), number: page as u64 + 1 }.name();
    view! {
        <div class="viewer-page" data-part=part style=("--ratio", ratio.to_string())>
            <canvas node_ref=canvas role="img" aria-label=copy::page_of(page + 1, count)></canvas>
            {bad}
            <ThingMark thing called=name.get_value() />
        </div>
    }
}
