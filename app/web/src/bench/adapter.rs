//! The members of `window.bench`.

use std::rc::Rc;

use editor::Surface;
use exchange::bundle::Envelope;
use js_sys::{Array, Object, Promise, Reflect, Uint8Array};
use session::{Room, Rooms};
use text::{Delta, Intent, Selection};
use wasm_bindgen::{
    JsCast, JsValue,
    closure::{Closure, WasmClosure},
};
use wasm_bindgen_futures::future_to_promise;
use web_sys::{Element, ScrollIntoViewOptions, ScrollLogicalPosition};

use super::{beside, elsewhere, replay, team};

/// What a member that can fail answers; the error is thrown in the page.
pub(super) type Answer<T> = Result<T, JsValue>;

/// An error in the page's terms.
pub(super) fn thrown(error: impl ToString) -> JsValue {
    js_sys::Error::new(&error.to_string()).into()
}

/// Sets `window.bench`.
pub(super) fn expose(rooms: Option<Rooms>, room: Room, surface: Surface) -> Answer<()> {
    let bench = Bench(Rc::new((room, surface)));
    let members = Object::new();
    set(&members, "ready", &Promise::resolve(&JsValue::UNDEFINED))?;
    add::<dyn Fn() -> JsValue>(&members, "root", Box::new(root))?;
    let b = bench.clone();
    add::<dyn Fn(Array)>(&members, "load", Box::new(move |paragraphs| b.load(&paragraphs)))?;
    let b = bench.clone();
    add::<dyn Fn(f64)>(&members, "focusAt", Box::new(move |fraction| b.focus_at(fraction)))?;
    let b = bench.clone();
    add::<dyn Fn() -> Answer<String>>(&members, "getText", Box::new(move || b.text()))?;
    let b = bench.clone();
    let apply = move |update: Uint8Array| b.room().adopt(&update.to_vec()).map_err(thrown);
    add::<dyn Fn(Uint8Array) -> Answer<()>>(&members, "applyRemote", Box::new(apply))?;
    let b = bench.clone();
    let encode = move |known: JsValue| b.encode(&known).map(|update| Uint8Array::from(update.as_slice()));
    add::<dyn Fn(JsValue) -> Answer<Uint8Array>>(&members, "encode", Box::new(encode))?;
    let b = bench.clone();
    add::<dyn Fn() -> Promise>(&members, "flush", Box::new(move || b.flush()))?;
    let b = bench.clone();
    let make = move |count: u32, seed: u32| elsewhere::make(&b.state()?, &b.room().section(), count, seed);
    add::<dyn Fn(u32, u32) -> Answer<Object>>(&members, "makeRemote", Box::new(make))?;
    let of = rooms.clone();
    add::<dyn Fn(u32) -> Promise>(
        &members,
        "makeTeam",
        Box::new(move |count| team::make(of.clone(), count)),
    )?;
    let of = rooms.clone();
    let open = move |name: String| team::open(of.clone(), name);
    add::<dyn Fn(String) -> Promise>(&members, "openTeam", Box::new(open))?;
    add::<dyn Fn(u32) -> Answer<Object>>(&members, "told", Box::new(team::told))?;
    let b = bench.clone();
    let link = move || b.link(rooms.clone());
    add::<dyn Fn() -> Promise>(&members, "link", Box::new(link))?;
    type Beside = fn(&Room, u32) -> Answer<Object>;
    let parts: [(&str, Beside); 4] = [
        ("price", beside::price),
        ("plan", beside::plan),
        ("comment", beside::comment),
        ("seal", beside::seal),
    ];
    for (name, make) in parts {
        let b = bench.clone();
        add::<dyn Fn(u32) -> Answer<Object>>(&members, name, Box::new(move |count| make(b.room(), count)))?;
    }
    let replay = move |edits: Array, options: JsValue| bench.replay(&edits, &options);
    add::<dyn Fn(Array, JsValue) -> Answer<Object>>(&members, "replay", Box::new(replay))?;
    set(&js_sys::global(), "bench", &members)
}

/// The open room and its surface.
#[derive(Clone)]
struct Bench(Rc<(Room, Surface)>);

impl Bench {
    fn room(&self) -> &Room {
        &self.0.0
    }

    fn surface(&self) -> &Surface {
        &self.0.1
    }

    /// Pastes the paragraphs over everything, as a person would.
    fn load(&self, paragraphs: &Array) {
        let lines: Vec<String> = paragraphs.iter().filter_map(|line| line.as_string()).collect();
        self.clear();
        self.surface().act(Intent::Paste(Delta::new().insert(&lines.join("\n"))));
    }

    fn clear(&self) {
        let all = Selection::new(0, self.surface().document().last_offset());
        self.surface().select(all);
        self.surface().act(Intent::DeleteSelection);
    }

    /// Puts the caret at that share of the text and its line into the middle of the window.
    fn focus_at(&self, fraction: f64) {
        let document = self.surface().document();
        let last = document.last_offset();
        let at = document.snap((last as f64 * fraction) as usize);
        drop(document);
        self.surface().focus();
        self.surface().select(Selection::caret(at));
        if let Some(line) = line_of_caret() {
            let options = ScrollIntoViewOptions::new();
            options.set_block(ScrollLogicalPosition::Center);
            line.scroll_into_view_with_scroll_into_view_options(&options);
        }
    }

    /// The text as the shared document has it, whatever the page shows.
    fn text(&self) -> Answer<String> {
        let document = self.room().document(&self.room().section()).map_err(thrown)?;
        Ok(document.text())
    }

    fn state(&self) -> Answer<Vec<u8>> {
        self.room().text_state().map_err(thrown)
    }

    /// The whole document, or what somebody lacks whose state vector is given.
    fn encode(&self, known: &JsValue) -> Answer<Vec<u8>> {
        match known.dyn_ref::<Uint8Array>() {
            Some(known) => self.room().text_since(&known.to_vec()).map_err(thrown),
            None => self.state(),
        }
    }

    fn flush(&self) -> Promise {
        let room = self.room().clone();
        future_to_promise(async move { room.flush().await.map(|()| JsValue::UNDEFINED).map_err(thrown) })
    }

    /// A promise of what goes behind the `#` of a link to the room as it is, however long that is.
    fn link(&self, rooms: Option<Rooms>) -> Promise {
        let id = self.room().id();
        future_to_promise(async move {
            let rooms = rooms.ok_or_else(|| thrown("the room was not asked for by name"))?;
            let share = rooms.share(id, None).await.map_err(thrown)?;
            let envelope = Envelope::from_file(&share.file).map_err(thrown)?;
            Ok(envelope.to_fragment().into())
        })
    }

    fn replay(&self, edits: &Array, options: &JsValue) -> Answer<Object> {
        let section = self.room().section();
        let (state, outcome) = replay::run(edits, &section)?;
        if options.is_object() && Reflect::get(options, &"keep".into())?.is_truthy() {
            self.clear();
            self.room().adopt(&state).map_err(thrown)?;
        }
        Ok(outcome)
    }
}

/// The element that holds the text.
fn root() -> JsValue {
    let page = web_sys::window().and_then(|window| window.document());
    let root = page.and_then(|page| page.query_selector("[contenteditable=true]").ok().flatten());
    root.map_or(JsValue::NULL, JsValue::from)
}

fn line_of_caret() -> Option<Element> {
    let node = web_sys::window()?.get_selection().ok()??.focus_node()?;
    node.dyn_ref::<Element>().cloned().or_else(|| node.parent_element())
}

/// Sets a property.
pub(super) fn set(object: &JsValue, name: &str, value: &JsValue) -> Answer<()> {
    Reflect::set(object, &name.into(), value).map(drop)
}

/// Adds a function that lasts as long as the page.
fn add<F: WasmClosure + ?Sized>(members: &Object, name: &str, function: Box<F>) -> Answer<()> {
    set(members, name, &Closure::wrap(function).into_js_value())
}
