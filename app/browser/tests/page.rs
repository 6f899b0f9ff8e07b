//! The page's edges in a real browser.
#![allow(clippy::unwrap_used, reason = "tests may stop")]

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use browser::{
    clipboard::copy_text,
    clock, figures,
    files::{self, GivenFile, MARKDOWN_TYPE, ReadError},
    page,
    tabs::Tabs,
    timers::{after, idle, next_frame, sleep, spawn},
};
use futures_channel::oneshot;
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{DragEvent, Event};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen(module = "/tests/page.js")]
extern "C" {
    fn pick(name: &str, text: &str) -> Event;
    #[wasm_bindgen(js_name = filesLeft)]
    fn files_left(event: &Event) -> u32;
    fn drag(kind: &str, name: &str, text: &str) -> DragEvent;
    #[wasm_bindgen(js_name = dragText)]
    fn drag_text() -> DragEvent;
    async fn download(act: &Closure<dyn FnMut()>) -> JsValue;
    #[wasm_bindgen(js_name = launchWith)]
    async fn launch_with(name: &str, text: &str, open: &Closure<dyn FnMut()>);
    async fn copied(works: bool, act: &Closure<dyn FnMut() -> js_sys::Promise>) -> JsValue;
    fn happens(kind: &str, target: &str) -> bool;
    fn becomes(state: &str);
    fn babble(channel: &str);
    fn without(name: &str) -> js_sys::Function;
    fn speak(language: &str);
}

/// A list that callbacks add to.
fn notes<T: 'static>() -> (Rc<RefCell<Vec<T>>>, impl Fn(T) + Clone + 'static) {
    let notes = Rc::new(RefCell::new(Vec::new()));
    let added = notes.clone();
    (notes, move |note| added.borrow_mut().push(note))
}

#[wasm_bindgen_test]
fn times_and_sizes_read_well() {
    const MINUTE: u64 = 60_000;
    const DAY: u64 = 24 * 60 * MINUTE;
    let now = 1_772_539_500_000;
    for (passed, words) in [
        (0, "now"),
        (59_999, "now"),
        (MINUTE, "1 minute ago"),
        (5 * MINUTE + 30_000, "5 minutes ago"),
        (3 * 60 * MINUTE, "3 hours ago"),
        (DAY, "yesterday"),
        (6 * DAY, "6 days ago"),
    ] {
        assert_eq!(clock::ago(now - passed, now), words);
    }
    assert_eq!(clock::ago(now + DAY, now), "now", "a clock that was set back");
    assert_eq!(clock::ago(now - 7 * DAY, now), clock::date(now - 7 * DAY));
    assert!(clock::date(now).contains("2026"), "{}", clock::date(now));
    assert!(clock::date_time(now).contains(':'), "{}", clock::date_time(now));
    for (bytes, words) in [
        (0, "0 bytes"),
        (1, "1 byte"),
        (999, "999 bytes"),
        (1_234, "1.2 kB"),
        (48_600, "49 kB"),
        (3_400_000, "3.4 MB"),
        (12_000_000_000, "12 GB"),
    ] {
        assert_eq!(clock::size(bytes), words);
    }
    assert!(clock::now_ms() > 1_700_000_000_000);
}

#[wasm_bindgen_test]
fn amounts_are_exact_and_written_as_the_reader_does() {
    // A currency each, since formats are kept.
    for (language, amount, currency, digits, written) in [
        ("en-GB", "1234567.89", "GBP", 2, "£1,234,567.89"),
        ("de-DE", "1234567.89", "EUR", 2, "1.234.567,89\u{a0}€"),
        ("fr-FR", "1234567.89", "CAD", 2, "1\u{202f}234\u{202f}567,89\u{a0}$CA"),
        ("hi-IN-u-nu-deva", "1234567.89", "INR", 2, "₹१२,३४,५६७.८९"),
        ("ja-JP", "1234567", "JPY", 0, "￥1,234,567"),
        ("en-US", "1000000000000000.01", "USD", 2, "$1,000,000,000,000,000.01"),
        ("en-US", "9007199254740993.001", "KWD", 3, "KWD\u{a0}9,007,199,254,740,993.001"),
    ] {
        speak(language);
        assert_eq!(figures::money(amount, currency, digits, digits), written, "{language}");
    }
    speak("en-GB");
    assert_eq!(figures::money("0.0875", "EUR", 2, 6), "€0.0875");
    assert_eq!(figures::number("1250.5", 2), "1,250.50");
    assert_eq!(figures::percent("4.25"), "4.25%");
    assert_eq!(figures::separators(), ('.', ','));
    assert_eq!(figures::currency_name("GBP"), "British Pound");
    assert_eq!(figures::currency_name("no code"), "no code");
    speak("en-US");
}

#[wasm_bindgen_test]
async fn tabs_hear_each_other_and_not_themselves() {
    let (first, note_first) = notes();
    let (second, note_second) = notes();
    let (elsewhere, note_elsewhere) = notes();
    let (heard, is_heard) = oneshot::channel();
    let heard = Cell::new(Some(heard));
    let one = Tabs::open("room 1", note_first);
    let other = Tabs::open("room 1", move |bytes: Vec<u8>| {
        if bytes.is_empty()
            && let Some(heard) = heard.take()
        {
            let _ = heard.send(());
        }
        note_second(bytes);
    });
    let _third = Tabs::open("room 2", note_elsewhere);
    babble("room 1");
    one.post(&[1, 2, 3]);
    one.post(&[]);
    is_heard.await.unwrap();
    assert_eq!(*second.borrow(), [vec![1, 2, 3], vec![]]);
    assert!(first.borrow().is_empty());
    assert!(elsewhere.borrow().is_empty());
    let (last, is_last) = oneshot::channel();
    let last = Cell::new(Some(last));
    let _witness = Tabs::open("room 1", move |_| {
        if let Some(last) = last.take() {
            let _ = last.send(());
        }
    });
    drop(other);
    one.post(&[4]);
    is_last.await.unwrap();
    assert_eq!(second.borrow().len(), 2, "a closed tab hears nothing");
}

#[wasm_bindgen_test]
fn without_channels_tabs_are_silent() {
    let restore = without("BroadcastChannel");
    let tabs = Tabs::open("room 1", |_| {});
    tabs.post(&[1]);
    restore.call0(&JsValue::UNDEFINED).unwrap();
}

#[wasm_bindgen_test]
async fn what_is_dropped_is_not_called() {
    let (called, note) = notes();
    let noted = |name: &'static str| {
        let note = note.clone();
        move || note(name)
    };
    drop((after(1, noted("time")), next_frame(noted("frame")), idle(noted("idle"))));
    let kept = (after(1, noted("kept time")), next_frame(noted("kept frame")), idle(noted("kept idle")));
    spawn({
        let note = note.clone();
        async move { note("future") }
    });
    sleep(500).await;
    drop(kept);
    let mut called = called.borrow().clone();
    called.sort_unstable();
    assert_eq!(called, ["future", "kept frame", "kept idle", "kept time"]);
}

#[wasm_bindgen_test]
async fn browsers_without_idle_time_call_soon() {
    let restore = without("requestIdleCallback");
    let (sender, called) = oneshot::channel();
    let _timer = idle(move || sender.send(()).unwrap());
    called.await.unwrap();
    restore.call0(&JsValue::UNDEFINED).unwrap();
}

#[wasm_bindgen_test]
async fn the_fragment_is_read_replaced_and_watched() {
    let (sender, changed) = oneshot::channel();
    let sender = Rc::new(Cell::new(Some(sender)));
    page::replace_fragment("1.secret");
    assert_eq!(page::fragment(), "1.secret");
    assert!(!page::base_address().contains('#'));
    assert!(page::base_address().ends_with('/'), "{}", page::base_address());
    let window = web_sys::window().unwrap();
    let steps = window.history().unwrap().length().unwrap();
    let _listener = page::on_fragment_change(move || {
        if let Some(sender) = sender.take() {
            sender.send(page::fragment()).unwrap();
        }
    });
    page::replace_fragment("/room/1");
    assert_eq!(window.history().unwrap().length().unwrap(), steps, "nothing to go back to");
    page::go_to("/room/2");
    assert_eq!(changed.await.unwrap(), "/room/2", "replacing tells nobody, going does");
    page::replace_fragment("");
    assert_eq!(page::fragment(), "");
}

#[wasm_bindgen_test]
fn listeners_hear_until_dropped() {
    let (seen, note) = notes();
    let visibility = page::on_visibility_change(note);
    becomes("hidden");
    becomes("visible");
    drop(visibility);
    becomes("hidden");
    assert_eq!(*seen.borrow(), [false, true]);

    let (left, note) = notes();
    let leaving = page::on_leaving(move || note(()));
    becomes("visible");
    assert_eq!(left.borrow().len(), 0);
    becomes("hidden");
    happens("pagehide", "window");
    assert_eq!(left.borrow().len(), 2);
    drop(leaving);
    happens("pagehide", "window");
    assert_eq!(left.borrow().len(), 2);

    let (network, note) = notes();
    let listener = page::on_network_change(note);
    happens("online", "window");
    drop(listener);
    happens("offline", "window");
    assert_eq!(*network.borrow(), [page::is_online()]);

    let asking = page::ask_before_leaving();
    assert!(happens("beforeunload", "window"));
    drop(asking);
    assert!(!happens("beforeunload", "window"));
}

#[wasm_bindgen_test]
async fn storage_can_be_asked_about() {
    page::set_title("Pilot");
    assert_eq!(web_sys::window().unwrap().document().unwrap().title(), "Pilot");
    let space = page::storage_space().await.unwrap();
    assert!(space.allowed > space.used);
    // Headless browsers say no; what counts is that there is an answer.
    page::persist_storage().await;
}

#[wasm_bindgen_test]
async fn files_are_read_up_to_a_size() {
    let event = pick("angebot.md", "# Größe");
    let [file] = <[GivenFile; 1]>::try_from(files::picked(&event)).ok().unwrap();
    assert_eq!(files_left(&event), 0, "the same file can be picked again");
    assert_eq!((file.name().as_str(), file.size()), ("angebot.md", 9));
    assert_eq!(file.read(9).await, Ok("# Größe".into()));
    assert_eq!(file.read(8).await, Err(ReadError::TooLarge(9)));

    let over = drag("dragover", "a.handsel", "room");
    assert!(files::drags_files(&over));
    assert!(over.default_prevented(), "the page may be dropped on");
    let words = drag_text();
    assert!(!files::drags_files(&words));
    assert!(!words.default_prevented(), "dragging words is the editor's");
    let drop = drag("drop", "a.handsel", "room");
    let dropped = files::dropped(&drop);
    assert!(drop.default_prevented());
    assert_eq!(dropped[0].read(100).await, Ok(b"room".to_vec()));
}

#[wasm_bindgen_test]
async fn a_saved_file_has_its_name_type_and_content() {
    let act = Closure::<dyn FnMut()>::new(|| {
        files::save("Angebot 1.md", MARKDOWN_TYPE, "Größe".as_bytes()).unwrap();
    });
    let downloaded = download(&act).await;
    assert_eq!(downloaded.as_string().unwrap(), "Angebot 1.md | text/markdown;charset=utf-8 | Größe");
}

#[wasm_bindgen_test]
async fn the_installed_app_is_opened_with_a_file() {
    let (sender, opened) = oneshot::channel();
    let sender = Rc::new(Cell::new(Some(sender)));
    let open = Closure::<dyn FnMut()>::new(move || {
        let sender = sender.clone();
        files::on_launched_with(move |file| {
            if let Some(sender) = sender.take() {
                assert!(sender.send(file).is_ok());
            }
        });
    });
    launch_with("a.handsel", "room", &open).await;
    let file = opened.await.unwrap();
    assert_eq!((file.name().as_str(), file.read(10).await), ("a.handsel", Ok(b"room".to_vec())));
}

#[wasm_bindgen_test]
async fn text_is_copied_one_way_or_the_other() {
    let act = Closure::<dyn FnMut() -> js_sys::Promise>::new(|| {
        wasm_bindgen_futures::future_to_promise(async { Ok(copy_text("a link").await.into()) })
    });
    assert_eq!(copied(true, &act).await.as_string().unwrap(), "true true clipboard: a link");
    assert_eq!(copied(false, &act).await.as_string().unwrap(), "true true copy: a link");
}

#[wasm_bindgen_test]
fn a_search_looks_past_case_and_accents() {
    for (written, folded) in
        [("Café Müller", "cafe muller"), ("ÅNGSTRÖM", "angstrom"), ("株式会社", "株式会社")]
    {
        assert_eq!(browser::view::folded(written), folded);
    }
}
