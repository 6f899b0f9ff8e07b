//! Files at addresses: fetched piece by piece as they come, put with `XMLHttpRequest`, which alone tells how far that is.

use futures_channel::oneshot;
use js_sys::{Reflect, Uint8Array};
use model::{Answer, Ask, Later, Transfer, Unanswered, Watch};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, Headers, ProgressEvent, ReadableStreamDefaultReader, ReferrerPolicy, RequestCache,
    RequestCredentials, RequestInit, RequestMode, Response, Url, XmlHttpRequest,
};

use crate::{Listener, page};

/// The browser's own ways to other hosts.
#[derive(Debug, Clone, Copy, Default)]
pub struct WebTransfer;

enum Failed {
    TooLarge,
    Thrown,
}

impl From<JsValue> for Failed {
    fn from(_: JsValue) -> Self {
        Self::Thrown
    }
}

impl Transfer for WebTransfer {
    fn ask(&self, mut ask: Ask, watch: Watch) -> Later<Result<Answer, Unanswered>> {
        Box::pin(async move {
            let answer = match ask.put.take() {
                Some(body) => put(&ask, &body, &watch).await,
                None => fetch(&ask, &watch).await,
            };
            answer.map_err(|failed| match failed {
                Failed::TooLarge => Unanswered::TooLarge,
                Failed::Thrown if watch.is_cancelled() => Unanswered::Cancelled,
                Failed::Thrown if !page::is_online() => Unanswered::Offline,
                Failed::Thrown => Unanswered::Refused,
            })
        })
    }
}

/// The whole of an address that may be relative to the program, or be written by a person; none where it does not lead to
/// the web.
pub fn whole(address: &str) -> Option<String> {
    resolved(address).map(|url| url.href())
}

/// Which host an address leads to, unless that is the one that this page came from.
pub fn host_elsewhere(address: &str) -> Option<String> {
    resolved(address).filter(|url| !is_own(url)).map(|url| url.host())
}

fn resolved(address: &str) -> Option<Url> {
    let url = Url::new_with_base(address, &page::base_address()).ok()?;
    matches!(url.protocol().as_str(), "http:" | "https:").then_some(url)
}

fn is_own(url: &Url) -> bool {
    let location = web_sys::window().map(|window| window.location());
    location.and_then(|location| location.origin().ok()).is_some_and(|origin| origin == url.origin())
}

async fn fetch(ask: &Ask, watch: &Watch) -> Result<Answer, Failed> {
    let (window, url) = web_sys::window().zip(resolved(&ask.address)).ok_or(Failed::Thrown)?;
    let is_own = is_own(&url);
    let (control, headers, init) = (AbortController::new()?, Headers::new()?, RequestInit::new());
    for (name, value) in &ask.headers {
        headers.set(name, value)?;
    }
    init.set_headers(&headers);
    init.set_signal(Some(&control.signal()));
    init.set_referrer_policy(ReferrerPolicy::NoReferrer);
    // A file beside the program may not lead elsewhere: nobody was asked about that.
    init.set_mode(if is_own { RequestMode::SameOrigin } else { RequestMode::Cors });
    init.set_credentials(if is_own { RequestCredentials::SameOrigin } else { RequestCredentials::Omit });
    // With conditions of our own the browser's would be in the way.
    init.set_cache(if ask.headers.is_empty() { RequestCache::NoCache } else { RequestCache::NoStore });
    let ending = control.clone();
    watch.on_cancel(move || ending.abort());
    let response = JsFuture::from(window.fetch_with_str_and_init(&url.href(), &init)).await?;
    let response: Response = response.dyn_into()?;
    let header = |name| response.headers().get(name).ok().flatten();
    let mut answer = Answer {
        status: response.status(),
        tag: header("etag"),
        from: header("content-range").and_then(|range| first_byte(&range)),
        ..Answer::default()
    };
    let body = response.body().filter(|_| response.ok());
    let Some(body) = body else { return Ok(answer) };
    let length = header("content-length").and_then(|length| length.parse::<usize>().ok());
    let reader = ReadableStreamDefaultReader::new(&body)?;
    while answer.body.len().max(length.unwrap_or_default()) <= ask.most {
        let Ok(piece) = JsFuture::from(reader.read()).await else {
            answer.is_cut = true;
            return if watch.is_cancelled() { Err(Failed::Thrown) } else { Ok(answer) };
        };
        let Ok(piece) = Reflect::get(&piece, &"value".into())?.dyn_into::<Uint8Array>() else {
            return Ok(answer);
        };
        let before = answer.body.len();
        answer.body.resize(before + piece.length() as usize, 0);
        piece.copy_to(&mut answer.body[before..]);
        // What was compressed on the way is longer than was said.
        watch.tell(answer.body.len(), length.filter(|length| *length >= answer.body.len()));
    }
    control.abort();
    Err(Failed::TooLarge)
}

/// The first byte of `bytes 100-199/200`.
fn first_byte(range: &str) -> Option<usize> {
    range.strip_prefix("bytes ")?.split('-').next()?.parse().ok()
}

async fn put(ask: &Ask, body: &[u8], watch: &Watch) -> Result<Answer, Failed> {
    let url = resolved(&ask.address).ok_or(Failed::Thrown)?;
    let request = XmlHttpRequest::new()?;
    request.open("PUT", &url.href())?;
    for (name, value) in &ask.headers {
        request.set_request_header(name, value)?;
    }
    let told = watch.clone();
    let _progress = Listener::on(request.upload().ok(), &["progress"], move |event| {
        if let Some(progress) = event.dyn_ref::<ProgressEvent>() {
            told.tell(progress.loaded() as usize, Some(progress.total() as usize));
        }
    });
    let (sender, over) = oneshot::channel();
    let sender = std::rc::Rc::new(std::cell::Cell::new(Some(sender)));
    let _end = Listener::on(Some(request.clone()), &["loadend"], move |_| {
        if let Some(sender) = sender.take() {
            let _ = sender.send(());
        }
    });
    let ending = request.clone();
    watch.on_cancel(move || {
        let _ = ending.abort();
    });
    if watch.is_cancelled() {
        return Err(Failed::Thrown);
    }
    request.send_with_opt_js_u8_array(Some(&Uint8Array::from(body)))?;
    let _ = over.await;
    let status = request.status()?;
    if status == 0 {
        return Err(Failed::Thrown);
    }
    // Asking for one that the host does not show would be noted as an error.
    let headers = request.get_all_response_headers()?;
    let tag = headers.lines().find_map(|line| {
        let (name, tag) = line.split_once(':')?;
        name.eq_ignore_ascii_case("etag").then(|| tag.trim().to_owned())
    });
    Ok(Answer { status, tag, ..Answer::default() })
}
