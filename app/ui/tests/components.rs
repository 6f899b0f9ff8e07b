//! What a person can do with the keyboard and the mouse in each component, in a real browser.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests may stop")]

#[path = "page/stage.rs"]
mod stage;

use leptos::{ev::DragEvent, prelude::*};
use stage::Stage;
use ui::{
    Banner, Button, ButtonKind, ConfirmDialog, Dialog, DropZone, Field, Menu, MenuItem, SearchField, Segment,
    Segmented, Switch, ToastRegion, Tone, Toolbar, provide_toasts,
};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// What happened, in order, for closures that must be `Send`.
#[derive(Clone, Copy)]
struct Log(RwSignal<Vec<String>>);

impl Log {
    fn new() -> Self {
        Self(RwSignal::new(Vec::new()))
    }

    fn note(self, what: impl Into<String>) {
        self.0.update(|log| log.push(what.into()));
    }

    #[track_caller]
    fn check(self, wanted: &[&str]) {
        assert_eq!(self.0.get_untracked(), wanted);
    }
}

#[wasm_bindgen_test]
async fn a_blocked_button_keeps_its_focus_and_tells_why() {
    let log = Log::new();
    let reason = RwSignal::new(Some("Choose a file first".to_owned()));
    let stage = Stage::set(move || {
        view! { <Button label="Open" kind=ButtonKind::Primary blocked=reason on_press=move |()| log.note("pressed") /> }
    });
    let button = stage.find("button");
    button.click();
    button.focus().unwrap();
    log.check(&[]);
    assert_eq!(stage.focused(), "Open");
    assert_eq!(button.get_attribute("aria-disabled").as_deref(), Some("true"));
    assert_eq!(button.get_attribute("title").as_deref(), Some("Choose a file first"));

    reason.set(None);
    stage.until(|| !button.has_attribute("aria-disabled")).await;
    button.click();
    log.check(&["pressed"]);
}

#[wasm_bindgen_test]
async fn a_dialog_starts_in_its_first_field_and_gives_the_focus_back() {
    let open = RwSignal::new(false);
    let name = RwSignal::new(String::new());
    let stage = Stage::set(move || {
        view! {
            <Button label="Rename" on_press=move |()| open.set(true) />
            <Dialog open title="Rename the room" close_label="Close" limit="Both sides see the new name.">
                <Field label="Name" value=name />
            </Dialog>
        }
    });
    stage.find("button").focus().unwrap();
    stage.find("button").click();
    stage.until(|| stage.active().matches("dialog .dialog-body input").unwrap()).await;
    let dialog = stage.find("dialog");
    assert!(dialog.matches(":modal").unwrap(), "the page behind must be out of reach");
    let title = dialog.get_attribute("aria-labelledby").unwrap();
    assert_eq!(stage.find(&format!("#{title}")).inner_text(), "Rename the room");
    assert_eq!(stage.find(".dialog-limit").inner_text(), "Both sides see the new name.");

    stage.find("dialog button[aria-label=Close]").click();
    stage.until(|| !dialog.has_attribute("open")).await;
    assert_eq!(stage.focused(), "Rename");
    assert!(!open.get_untracked());
    stage.until(|| stage.count("dialog *") == 0).await;
}

#[wasm_bindgen_test]
async fn a_dialog_without_a_field_does_not_start_on_its_close_button() {
    let open = RwSignal::new(true);
    let stage = Stage::set(move || {
        view! { <Dialog open title="Share" close_label="Close">"words"</Dialog> }
    });
    stage.until(|| stage.active().matches("dialog").unwrap()).await;
}

#[wasm_bindgen_test]
async fn a_menu_of_choices_starts_on_the_one_in_force() {
    let stage = Stage::set(move || {
        view! {
            <Menu label="Kind">
                <MenuItem label="Text" checked=false on_pick=|()| () />
                <MenuItem label="Heading" checked=true on_pick=|()| () />
            </Menu>
        }
    });
    stage.find("button").click();
    stage.until(|| stage.focused() == "Heading").await;
}

#[wasm_bindgen_test]
async fn closing_by_the_browser_is_noticed_and_the_dialog_opens_again() {
    let open = RwSignal::new(true);
    let stage = Stage::set(move || {
        view! { <Dialog open title="Share" close_label="Close">"words"</Dialog> }
    });
    for _ in 0..3 {
        open.set(true);
        stage.until(|| stage.find("dialog").matches(":modal").unwrap()).await;
        stage.dialog("dialog").close();
        stage.until(|| !open.get_untracked() && stage.count("dialog *") == 0).await;
    }
}

#[wasm_bindgen_test]
async fn a_press_outside_closes_a_dialog_but_a_drag_out_of_it_does_not() {
    let open = RwSignal::new(true);
    let stage = Stage::set(move || {
        view! { <Dialog open title="Share" close_label="Close">"words"</Dialog> }
    });
    stage.until(|| stage.find("dialog").matches(":modal").unwrap()).await;
    stage.mouse(".dialog-body", "mousedown");
    stage.mouse("dialog", "click");
    assert!(open.get_untracked());
    stage.mouse("dialog", "mousedown");
    stage.mouse("dialog", "click");
    assert!(!open.get_untracked());
}

#[wasm_bindgen_test]
async fn a_question_starts_on_the_safe_answer() {
    let log = Log::new();
    let open = RwSignal::new(true);
    let stage = Stage::set(move || {
        view! {
            <ConfirmDialog
                open
                title="Delete this room?"
                body="It is on this device only."
                confirm="Delete room"
                cancel="Keep it"
                danger=true
                on_confirm=move |()| log.note("deleted")
            />
        }
    });
    stage.until(|| stage.focused() == "Keep it").await;
    stage.active().click();
    stage.until(|| !stage.find("dialog").has_attribute("open")).await;
    log.check(&[]);

    open.set(true);
    stage.until(|| stage.focused() == "Keep it").await;
    stage.find("dialog [data-kind=danger]").click();
    log.check(&["deleted"]);
    assert!(!open.get_untracked());
}

fn menu(log: Log) -> impl IntoView {
    view! {
        <Menu label="Acts" icon="more" icon_only=true>
            <MenuItem label="Archive" on_pick=move || log.note("archive") />
            <MenuItem label="Copy" on_pick=move |()| log.note("copy") />
            <MenuItem label="Close" blocked=true on_pick=move |()| log.note("close") />
            <MenuItem label="Delete" danger=true on_pick=move |()| log.note("delete") />
        </Menu>
    }
}

#[wasm_bindgen_test]
async fn a_menu_is_walked_with_the_keyboard() {
    let log = Log::new();
    let stage = Stage::set(move || menu(log));
    let button = stage.find("button[aria-haspopup=menu]");
    button.focus().unwrap();
    stage.key("ArrowDown");
    stage.until(|| stage.focused() == "Archive").await;
    assert_eq!(button.get_attribute("aria-expanded").as_deref(), Some("true"));
    for (key, wanted) in [
        ("ArrowUp", "Delete"),
        ("ArrowDown", "Archive"),
        ("End", "Delete"),
        ("Home", "Archive"),
        ("c", "Copy"),
        ("c", "Close"),
        ("C", "Copy"),
        ("z", "Copy"),
    ] {
        stage.key(key);
        assert_eq!(stage.focused(), wanted, "after {key}");
    }
    stage.active().click();
    log.check(&["copy"]);
    assert!(!stage.find("[role=menu]").matches(":popover-open").unwrap());
    assert_eq!(stage.active().get_attribute("aria-label").as_deref(), Some("Acts"), "the focus goes back");
    stage.until(|| button.get_attribute("aria-expanded").as_deref() == Some("false")).await;
}

#[wasm_bindgen_test]
async fn a_blocked_act_stays_open_and_tab_leaves_the_menu() {
    let log = Log::new();
    let stage = Stage::set(move || menu(log));
    let button = stage.find("button[aria-haspopup=menu]");
    button.focus().unwrap();
    button.click();
    stage.until(|| stage.focused() == "Archive").await;
    stage.find("[aria-disabled=true]").click();
    log.check(&[]);
    assert!(stage.find("[role=menu]").matches(":popover-open").unwrap());
    stage.key("Tab");
    assert!(!stage.find("[role=menu]").matches(":popover-open").unwrap());
}

#[wasm_bindgen_test]
async fn a_toolbar_is_one_stop_and_arrows_move_inside() {
    let stage = Stage::set(|| {
        view! {
            <Toolbar label="Formatting">
                <Button label="Bold" />
                <Button label="Italic" />
                <Menu label="Style">
                    <MenuItem label="Quote" on_pick=|()| () />
                </Menu>
            </Toolbar>
        }
    });
    stage.until(|| stage.count(".toolbar button[tabindex='0']") == 1).await;
    stage.find(".toolbar button").focus().unwrap();
    for (key, wanted) in [
        ("ArrowRight", "Italic"),
        ("ArrowRight", "Style"),
        ("ArrowRight", "Bold"),
        ("ArrowLeft", "Style"),
        ("Home", "Bold"),
        ("End", "Style"),
    ] {
        stage.key(key);
        assert_eq!(stage.focused(), wanted, "after {key}");
        assert_eq!(stage.count(".toolbar > button[tabindex='0'], .toolbar .menu > button[tabindex='0']"), 1);
    }
    assert!(
        stage.mouse(".toolbar button", "mousedown"),
        "a press must leave the selection in the text alone"
    );
}

#[wasm_bindgen_test]
async fn a_field_tells_its_error_in_place_of_the_hint() {
    let value = RwSignal::new(String::new());
    let error = RwSignal::new(None::<String>);
    let stage = Stage::set(move || view! { <Field label="Name" value hint="Both sides see it." error /> });
    let input = stage.find("input");
    let note = stage.find(&format!("#{}", input.get_attribute("aria-describedby").unwrap()));
    assert_eq!(note.inner_text(), "Both sides see it.");
    error.set(Some("Write a name.".to_owned()));
    stage.until(|| note.inner_text() == "Write a name.").await;
    assert_eq!(input.get_attribute("aria-invalid").as_deref(), Some("true"));
    stage.type_into("input", "Penhale");
    assert_eq!(value.get_untracked(), "Penhale");
    value.set("Osgood".to_owned());
    stage.until(|| stage.value("input") == "Osgood").await;
}

#[wasm_bindgen_test]
async fn a_search_is_emptied_by_escape_and_by_its_button() {
    let value = RwSignal::new(String::new());
    let stage = Stage::set(move || view! { <SearchField label="Search rooms" clear_label="Clear" value /> });
    assert_eq!(stage.count("button"), 0);
    stage.type_into("input", "pen");
    stage.until(|| stage.count("button") == 1).await;
    stage.find("button").click();
    assert_eq!(value.get_untracked(), "");
    assert!(stage.active().matches("input").unwrap());
    stage.until(|| stage.value("input").is_empty()).await;
    stage.type_into("input", "osg");
    stage.key("Escape");
    assert_eq!(value.get_untracked(), "");
}

#[wasm_bindgen_test]
async fn switches_and_segments_report_what_was_picked() {
    let log = Log::new();
    let is_on = RwSignal::new(false);
    let mode = RwSignal::new("read");
    let stage = Stage::set(move || {
        let segment = |id, label: &str| Segment { id, label: label.into(), icon: None };
        view! {
            <Switch label="Ends" on=is_on on_turn=move |on: bool| log.note(if on { "on" } else { "off" }) />
            <Segmented
                label="Mode"
                segments=vec![segment("write", "Write"), segment("read", "Read")]
                value=mode
                on_pick=move |id: &'static str| log.note(id)
            />
        }
    });
    stage.find("[role=switch]").click();
    stage.find("[role=radiogroup] label").click();
    log.check(&["on", "write"]);
    assert_eq!(stage.count("[role=radiogroup] :checked"), 1);
}

#[wasm_bindgen_test]
async fn a_message_offers_its_act_and_leaves() {
    let log = Log::new();
    let stage = Stage::set(|| {
        provide_toasts();
        view! { <ToastRegion label="Messages" close_label="Close" /> }
    });
    let toasts = stage.toasts();
    toasts.offer("Room archived", "Undo", move |()| log.note("undone"));
    stage.until(|| stage.count(".toast") == 1).await;
    assert!(stage.find(".toast-words").inner_text().contains("Room archived"));
    stage.until(|| stage.find(".toasts").matches(":popover-open").unwrap()).await;
    stage.find(".toast .button").click();
    log.check(&["undone"]);
    stage.until(|| stage.count(".toast") == 0).await;

    for words in ["one", "two", "two", "three", "four"] {
        toasts.say(words);
    }
    stage.until(|| stage.count(".toast") == 3).await;
    assert_eq!(stage.texts(".toast-words"), ["two", "three", "four"]);
    stage.find(".toast [aria-label=Close]").click();
    stage.until(|| stage.texts(".toast-words") == ["three", "four"]).await;
}

#[wasm_bindgen_test]
async fn a_drop_zone_shows_what_is_held_above_it_and_passes_on_the_drop() {
    let log = Log::new();
    let stage = Stage::set(move || {
        view! {
            <DropZone on_drop=move |_: DragEvent| log.note("dropped")>
                <p>"Drop here"</p>
            </DropZone>
        }
    });
    let zone = stage.find(".drop-zone");
    stage.mouse("p", "dragenter");
    stage.mouse(".drop-zone", "dragenter");
    stage.mouse("p", "dragleave");
    stage.until(|| zone.has_attribute("data-over")).await;
    assert!(stage.mouse("p", "dragover"), "without this the browser refuses the drop");
    stage.mouse("p", "drop");
    log.check(&["dropped"]);
    stage.until(|| !zone.has_attribute("data-over")).await;
}

#[wasm_bindgen_test]
async fn trouble_is_announced_at_once_and_advice_is_not() {
    let stage = Stage::set(|| {
        view! {
            <Banner tone=Tone::Danger words="There is no room left." />
            <Banner tone=Tone::Accent words="A new version is here." />
        }
    });
    assert!(stage.find("[role=alert]").inner_text().contains("no room left"));
    assert!(stage.find("[role=status]").inner_text().contains("new version"));
}
