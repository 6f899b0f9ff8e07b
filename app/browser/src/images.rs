//! Images as the browser knows them: measured, drawn anew, shown.

use js_sys::{Array, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, BlobPropertyBag, HtmlImageElement, ImageBitmap, ImageEncodeOptions, OffscreenCanvas,
    OffscreenCanvasRenderingContext2d, Url,
};

use crate::thrown::words;

/// How well photographs are kept when they are drawn anew: the eye sees no difference.
const QUALITY: f64 = 0.9;

/// An image's bytes with its width and height in pixels.
pub struct Drawn {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// Its own size.
    pub size: (u32, u32),
}

/// The width and height of an image in pixels; an SVG may have none.
///
/// # Errors
/// In words, when the browser cannot make an image of the bytes.
pub async fn measure(bytes: &[u8], media_type: &str) -> Result<Option<(u32, u32)>, String> {
    let shown = Shown::new(bytes, media_type)?;
    let image = HtmlImageElement::new().map_err(|thrown| words(&thrown))?;
    image.set_src(&shown.address);
    JsFuture::from(image.decode()).await.map_err(|thrown| words(&thrown))?;
    let size = (image.natural_width(), image.natural_height());
    Ok(Some(size).filter(|(width, height)| *width > 0 && *height > 0))
}

/// Draws a still image anew as `wanted`, another media type or the same, upright and no longer on either side than
/// `longest` pixels. What was in the file beside the picture, such as where it was taken, is not drawn.
///
/// # Errors
/// In words, when the browser cannot make an image of the bytes.
pub async fn redraw(bytes: &[u8], media_type: &str, wanted: &str, longest: u32) -> Result<Drawn, String> {
    redrawn(bytes, media_type, wanted, longest).await.map_err(|thrown| words(&thrown))
}

async fn redrawn(bytes: &[u8], media_type: &str, wanted: &str, longest: u32) -> Result<Drawn, JsValue> {
    let window = web_sys::window().ok_or("no window")?;
    let bitmap = window.create_image_bitmap_with_blob(&blob(bytes, media_type)?)?;
    let bitmap: ImageBitmap = JsFuture::from(bitmap).await?.dyn_into()?;
    let (width, height) = fit(bitmap.width(), bitmap.height(), longest);
    let canvas = OffscreenCanvas::new(width, height)?;
    let context = canvas.get_context("2d")?.ok_or("no canvas")?;
    let context: OffscreenCanvasRenderingContext2d = context.unchecked_into();
    // A browser without it draws less finely.
    let _ = Reflect::set(&context, &"imageSmoothingQuality".into(), &"high".into());
    let (across, down) = (f64::from(width), f64::from(height));
    context.draw_image_with_image_bitmap_and_dw_and_dh(&bitmap, 0.0, 0.0, across, down)?;
    bitmap.close();
    let how = ImageEncodeOptions::new();
    how.set_type(wanted);
    how.set_quality(QUALITY);
    // A type that the browser does not write comes as PNG.
    let drawn: Blob = JsFuture::from(canvas.convert_to_blob_with_options(&how)?).await?.dyn_into()?;
    let bytes = JsFuture::from(drawn.array_buffer()).await?;
    Ok(Drawn { bytes: Uint8Array::new(&bytes).to_vec(), size: (width, height) })
}

/// The largest size of this shape within a square.
fn fit(width: u32, height: u32, longest: u32) -> (u32, u32) {
    let most = width.max(height).max(1);
    if most <= longest {
        return (width, height);
    }
    let side = |side: u32| (u64::from(side) * u64::from(longest) / u64::from(most)).max(1) as u32;
    (side(width), side(height))
}

/// An image in the browser's hands, shown by its address for as long as this lives.
pub struct Shown {
    address: String,
    bytes: Uint8Array,
}

impl Shown {
    /// Hands the browser an image.
    ///
    /// # Errors
    /// In words, when it does not take it, as when memory runs out.
    pub fn new(bytes: &[u8], media_type: &str) -> Result<Self, String> {
        let address = blob(bytes, media_type).and_then(|blob| Url::create_object_url_with_blob(&blob));
        let address = address.map_err(|thrown| words(&thrown))?;
        Ok(Self { address, bytes: Uint8Array::from(bytes) })
    }

    /// Where it can be shown from, on this page only.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Its bytes, for what cannot wait for the store.
    pub fn bytes(&self) -> Vec<u8> {
        self.bytes.to_vec()
    }
}

impl Drop for Shown {
    fn drop(&mut self) {
        // An address that is gone already is no concern.
        let _ = Url::revoke_object_url(&self.address);
    }
}

fn blob(bytes: &[u8], media_type: &str) -> Result<Blob, JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type(media_type);
    Blob::new_with_u8_array_sequence_and_options(&Array::of1(&Uint8Array::from(bytes)), &options)
}
