//! Files at addresses, over a network that the tests play.
#![allow(clippy::unwrap_used, reason = "tests may stop")]

use std::{cell::RefCell, rc::Rc};

use browser::{
    timers,
    transfer::{WebTransfer, host_elsewhere, whole},
};
use model::{Answer, Ask, Transfer as _, Unanswered, Watch};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen(module = "/tests/transfer.js")]
extern "C" {
    fn connect(answers: &str);
    fn disconnect() -> String;
}

const ELSEWHERE: &str = "https://files.example/7";

fn get(address: &str, headers: &[(&'static str, &str)]) -> Ask {
    let headers = headers.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
    Ask { address: address.to_owned(), put: None, headers, most: 20 }
}

/// Asks, and tells how far the watch heard it was.
async fn ask(ask: Ask) -> (Result<Answer, Unanswered>, Vec<(usize, Option<usize>)>) {
    let told = Rc::new(RefCell::new(Vec::new()));
    let heard = told.clone();
    let watch = Watch::new(move |done, of| heard.borrow_mut().push((done, of)));
    let answer = WebTransfer.ask(ask, watch).await;
    (answer, told.take())
}

#[wasm_bindgen_test]
async fn another_host_learns_nothing_of_who_asks() {
    connect(r#"[{"status":200,"headers":{"ETag":"\"a\"","Content-Length":"6"},"body":"sealed"}]"#);
    let (answer, told) = ask(get(ELSEWHERE, &[])).await;
    let whole =
        Answer { status: 200, tag: Some("\"a\"".into()), body: b"sealed".to_vec(), ..Answer::default() };
    assert_eq!(answer, Ok(whole));
    assert_eq!(told, [(4, Some(6)), (6, Some(6))]);
    assert_eq!(disconnect(), format!("GET {ELSEWHERE} cors omit no-cache no-referrer"));
}

#[wasm_bindgen_test]
async fn beside_the_program_nothing_leads_elsewhere() {
    connect(r#"[{"status":304}]"#);
    let (answer, _) = ask(get("k.handsel", &[("If-None-Match", "W/\"a\"")])).await;
    assert_eq!(answer, Ok(Answer { status: 304, ..Answer::default() }));
    let address = whole("k.handsel").unwrap();
    let asked = format!("GET {address} same-origin same-origin no-store no-referrer; if-none-match: W/\"a\"");
    assert_eq!(disconnect(), asked);
}

#[wasm_bindgen_test]
async fn what_came_before_a_cut_is_there_and_the_rest_says_where_it_begins() {
    connect(
        r#"[{"status":200,"headers":{"Content-Length":"12"},"body":"sealed","cut":true},
            {"status":206,"headers":{"Content-Range":"bytes 6-11/12"},"body":" twice"}]"#,
    );
    let (answer, _) = ask(get(ELSEWHERE, &[])).await;
    let answer = answer.unwrap();
    assert_eq!((answer.is_cut, answer.body.as_slice()), (true, &b"sealed"[..]));
    let (answer, _) = ask(get(ELSEWHERE, &[("Range", "bytes=6-")])).await;
    let answer = answer.unwrap();
    assert_eq!((answer.status, answer.from, answer.is_cut), (206, Some(6), false));
    disconnect();
}

#[wasm_bindgen_test]
async fn more_than_is_taken_is_not_taken() {
    connect(
        r#"[{"status":200,"headers":{"Content-Length":"21"},"body":"x"},
            {"status":200,"body":"more than twenty letters"},
            {"status":404,"body":"a page of words about nothing"}, null]"#,
    );
    assert_eq!(ask(get(ELSEWHERE, &[])).await.0, Err(Unanswered::TooLarge), "as it says itself");
    assert_eq!(ask(get(ELSEWHERE, &[])).await.0, Err(Unanswered::TooLarge), "as it comes");
    assert_eq!(ask(get(ELSEWHERE, &[])).await.0, Ok(Answer { status: 404, ..Answer::default() }));
    let unanswered = ask(get(ELSEWHERE, &[])).await.0.unwrap_err();
    assert!(matches!(unanswered, Unanswered::Refused | Unanswered::Offline), "{unanswered:?}");
    disconnect();
}

#[wasm_bindgen_test]
async fn a_file_is_put_with_its_headers_and_its_progress() {
    connect(r#"[{"status":201,"headers":{"content-type":"text/plain","etag":"\"b\""}}, {"status":412}, {}]"#);
    let put = || Ask { put: Some(b"sealed".to_vec()), ..get(ELSEWHERE, &[("If-Match", "\"a\"")]) };
    let (answer, told) = ask(put()).await;
    assert_eq!(answer, Ok(Answer { status: 201, tag: Some("\"b\"".into()), ..Answer::default() }));
    assert_eq!(told, [(6, Some(6))]);
    assert_eq!(ask(put()).await.0.unwrap().status, 412);
    assert!(ask(put()).await.0.is_err());
    let line = format!("PUT {ELSEWHERE}; If-Match: \"a\"; sealed");
    assert_eq!(disconnect(), [line.as_str(); 3].join("\n"));
}

#[wasm_bindgen_test]
async fn what_is_under_way_can_be_ended() {
    connect(r#"[{"waits":true},{"waits":true}]"#);
    for put in [None, Some(b"sealed".to_vec())] {
        let watch = Watch::unseen();
        let ending = watch.clone();
        timers::spawn(async move {
            timers::frame().await;
            ending.cancel();
        });
        let answer = WebTransfer.ask(Ask { put, ..get(ELSEWHERE, &[]) }, watch).await;
        assert_eq!(answer, Err(Unanswered::Cancelled));
    }
    disconnect();
}

#[wasm_bindgen_test]
fn addresses_are_made_whole_and_their_hosts_are_known() {
    assert_eq!(whole("HTTPS://Files.example/a b").as_deref(), Some("https://files.example/a%20b"));
    assert_eq!(whole("mailto:ines@files.example"), None);
    assert!(whole("k.handsel").unwrap().ends_with("/k.handsel"));
    assert_eq!(host_elsewhere("https://files.example:8443/a").as_deref(), Some("files.example:8443"));
    assert_eq!(host_elsewhere("k.handsel"), None);
    assert_eq!(host_elsewhere(&whole("k.handsel").unwrap()), None);
}
