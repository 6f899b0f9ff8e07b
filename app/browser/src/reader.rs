//! The program that reads Markdown and HTML, fetched when there is some to read.

use js_sys::{ArrayBuffer, Function, Object, Reflect, Uint8Array, WebAssembly};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{HtmlMetaElement, Response, Window};

use crate::thrown;

/// Hands the program a question and gives its answer. It is started anew each time, so that nothing stays of a text
/// that was too much for it.
///
/// # Errors
/// Says why there is no answer: the program did not arrive, or it could not cope with the question.
pub async fn ask(question: &[u8]) -> Result<Vec<u8>, String> {
    asked(question).await.map_err(|error| thrown::words(&error))
}

async fn asked(question: &[u8]) -> Result<Vec<u8>, JsValue> {
    let program = Program::start().await?;
    let place = program.call("place", &[question.len().into()])?;
    program.memory(place, question.len())?.copy_from(question);
    let length = program.call("read", &[])?;
    let answer = program.call("answer", &[])?;
    Ok(program.memory(answer, length)?.to_vec())
}

struct Program {
    exports: Object,
}

impl Program {
    async fn start() -> Result<Self, JsValue> {
        let window = web_sys::window().ok_or("there is no page")?;
        let response: Response =
            JsFuture::from(window.fetch_with_str(&address(&window)?)).await?.dyn_into()?;
        if !response.ok() {
            return Err(response.status_text().into());
        }
        // Compiling while it arrives would ask for a media type that not every host sends.
        let bytes: ArrayBuffer = JsFuture::from(response.array_buffer()?).await?.dyn_into()?;
        let module = JsFuture::from(WebAssembly::compile(&bytes)).await?.dyn_into()?;
        let instance = JsFuture::from(WebAssembly::instantiate_module(&module, &Object::new())).await?;
        Ok(Self { exports: instance.dyn_into::<WebAssembly::Instance>()?.exports() })
    }

    fn call(&self, name: &str, arguments: &[JsValue]) -> Result<usize, JsValue> {
        let function: Function = Reflect::get(&self.exports, &name.into())?.dyn_into()?;
        let answer = function.apply(&JsValue::UNDEFINED, &arguments.iter().collect())?;
        answer.as_f64().map(|number| number as usize).ok_or(answer)
    }

    /// Some of its memory. It moves whenever it grows, so a view is good only until the next call.
    fn memory(&self, at: usize, length: usize) -> Result<Uint8Array, JsValue> {
        let memory: WebAssembly::Memory = Reflect::get(&self.exports, &"memory".into())?.dyn_into()?;
        Ok(Uint8Array::new_with_byte_offset_and_length(&memory.buffer(), at as u32, length as u32))
    }
}

/// The page says where the program is.
fn address(window: &Window) -> Result<String, JsValue> {
    let named = window.document().ok_or("there is no page")?.query_selector("meta[name=reader]")?;
    Ok(named.ok_or("the page names no reader")?.dyn_into::<HtmlMetaElement>()?.content())
}
