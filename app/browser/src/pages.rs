//! The pages of a PDF file, drawn by a program of its own that runs beside the page.

use std::cell::RefCell;

use gloo::events::EventListener;
use js_sys::{Array, ArrayBuffer, Float32Array, Object, Reflect, Uint8ClampedArray, WebAssembly};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, ImageData, MessageEvent, Worker};

use crate::{
    files::Growing,
    program::{self, Program},
    thrown::words,
};

/// What is told of a file.
pub enum Told {
    /// It is open: the widths and heights of its pages, in points.
    Opened(Vec<(f32, f32)>),
    /// A page, counted from 0, is drawn.
    Drawn(usize, Drawing),
    /// It cannot be shown.
    Fault(Fault),
}

/// Why a file cannot be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// It is no PDF, or nothing of it can be read.
    Damaged,
    /// It opens with a password only.
    Locked,
    /// It was too much for the program, which has to be started anew.
    Stopped,
}

/// The points of a page.
pub struct Drawing(ImageData);

impl Drawing {
    /// Puts it on a canvas, which takes its size.
    pub fn paint(&self, canvas: &HtmlCanvasElement) {
        canvas.set_width(self.0.width());
        canvas.set_height(self.0.height());
        let context = canvas.get_context("2d").ok().flatten();
        if let Some(context) = context.and_then(|it| it.dyn_into::<CanvasRenderingContext2d>().ok()) {
            // A canvas that takes nothing stays white.
            let _ = context.put_image_data(&self.0, 0.0, 0.0);
        }
    }
}

/// An open file. Dropping it ends its program.
pub struct Pages {
    worker: Worker,
    _listeners: [EventListener; 2],
}

thread_local! {
    /// Compiling takes longer than starting.
    static MODULE: RefCell<Option<WebAssembly::Module>> = const { RefCell::new(None) };
}

/// Fetches the program, so that it is there when somebody looks at a file, also without a network.
pub async fn prepare() {
    // Where it does not come now, it is asked for again.
    let _ = module().await;
}

async fn module() -> Result<WebAssembly::Module, JsValue> {
    if let Some(module) = MODULE.with_borrow(Clone::clone) {
        return Ok(module);
    }
    let module = Program::module("pages").await?;
    MODULE.set(Some(module.clone()));
    Ok(module)
}

impl Pages {
    /// Opens a file. What there is to tell goes to `hear`, first whether it opened.
    ///
    /// # Errors
    /// In words, when the program did not arrive.
    pub async fn open(file: &Growing, hear: impl Fn(Told) + Clone + 'static) -> Result<Self, String> {
        Self::start(file, hear).await.map_err(|thrown| words(&thrown))
    }

    async fn start(file: &Growing, hear: impl Fn(Told) + Clone + 'static) -> Result<Self, JsValue> {
        let module = module().await?;
        let bytes = JsFuture::from(file.whole("")?.array_buffer()).await?;
        let worker = Worker::new(&program::named("pages-script")?)?;
        let heard = hear.clone();
        let listeners = [
            EventListener::new(&worker, "message", move |event| {
                let data = event.dyn_ref::<MessageEvent>().map(MessageEvent::data).unwrap_or_default();
                heard(read(&data).unwrap_or(Told::Fault(Fault::Stopped)));
            }),
            EventListener::new(&worker, "error", move |_| hear(Told::Fault(Fault::Stopped))),
        ];
        let message = message(&[("module", &module), ("file", &bytes)])?;
        worker.post_message_with_transfer(&message, &Array::of1(&bytes))?;
        Ok(Self { worker, _listeners: listeners })
    }

    /// Asks for a page, counted from 0, this many pixels wide. It is told of when it is drawn.
    pub fn draw(&self, page: usize, width: u32) {
        let message = message(&[("page", &(page as f64).into()), ("width", &width.into())]);
        if let Ok(message) = message {
            // A worker that is gone tells of it by itself.
            let _ = self.worker.post_message(&message);
        }
    }
}

impl Drop for Pages {
    fn drop(&mut self) {
        self.worker.terminate();
    }
}

fn message(fields: &[(&str, &JsValue)]) -> Result<JsValue, JsValue> {
    let message = Object::new();
    for (name, value) in fields {
        Reflect::set(&message, &(*name).into(), value)?;
    }
    Ok(message.into())
}

fn read(data: &JsValue) -> Result<Told, JsValue> {
    let field = |name: &str| Reflect::get(data, &name.into());
    if let Some(fault) = field("fault")?.as_string() {
        return Ok(Told::Fault(match fault.as_str() {
            "damaged" => Fault::Damaged,
            "locked" => Fault::Locked,
            _ => Fault::Stopped,
        }));
    }
    if let Ok(sizes) = field("sizes")?.dyn_into::<Float32Array>() {
        let sizes = sizes.to_vec();
        return Ok(Told::Opened(
            sizes.as_chunks::<2>().0.iter().map(|[width, height]| (*width, *height)).collect(),
        ));
    }
    let page = field("page")?.as_f64().ok_or("no page")? as usize;
    let width = field("width")?.as_f64().ok_or("no width")? as u32;
    let pixels: ArrayBuffer = field("pixels")?.dyn_into()?;
    let pixels = Uint8ClampedArray::new(&pixels);
    let image = ImageData::new_with_js_u8_clamped_array(&pixels, width)?;
    Ok(Told::Drawn(page, Drawing(image)))
}
