//! A program of its own beside this one, which is fetched when it is needed. It knows neither the page nor JavaScript.

use js_sys::{ArrayBuffer, Function, Object, Reflect, Uint8Array, WebAssembly};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{HtmlMetaElement, Response};

/// A program that runs.
pub(crate) struct Program {
    exports: Object,
}

impl Program {
    /// Fetches and starts the program to which the page gives this name.
    pub(crate) async fn start(name: &str) -> Result<Self, JsValue> {
        let module = Self::module(name).await?;
        let instance = JsFuture::from(WebAssembly::instantiate_module(&module, &Object::new())).await?;
        Ok(Self { exports: instance.dyn_into::<WebAssembly::Instance>()?.exports() })
    }

    /// Fetches the program to which the page gives this name, to be started elsewhere.
    pub(crate) async fn module(name: &str) -> Result<WebAssembly::Module, JsValue> {
        let window = web_sys::window().ok_or("there is no page")?;
        let response: Response = JsFuture::from(window.fetch_with_str(&named(name)?)).await?.dyn_into()?;
        if !response.ok() {
            return Err(response.status_text().into());
        }
        // Compiling while it arrives would ask for a media type that not every host sends.
        let bytes: ArrayBuffer = JsFuture::from(response.array_buffer()?).await?.dyn_into()?;
        JsFuture::from(WebAssembly::compile(&bytes)).await?.dyn_into()
    }

    /// Hands it bytes by its function `place`, lets its function `told` do with them what it does, and takes the bytes
    /// that are then at its function `answer`.
    pub(crate) fn ask(
        &self,
        bytes: &[u8],
        told: (&str, &[JsValue]),
        answer: &str,
    ) -> Result<Vec<u8>, JsValue> {
        let place = self.call("place", &[bytes.len().into()])?;
        self.memory(place, bytes.len())?.copy_from(bytes);
        let length = self.call(told.0, told.1)?;
        let answer = self.call(answer, &[])?;
        Ok(self.memory(answer, length)?.to_vec())
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

/// The page says where its programs are, and their scripts.
pub(crate) fn named(name: &str) -> Result<String, JsValue> {
    let document = crate::page::document().ok_or("there is no page")?;
    let named = document.query_selector(&format!("meta[name={name}]"))?;
    Ok(named.ok_or("the page names no such program")?.dyn_into::<HtmlMetaElement>()?.content())
}
