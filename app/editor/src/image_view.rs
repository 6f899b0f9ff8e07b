//! Drawing an image's figure. Where its bytes come from is the host's affair.

use text::Image;
use wasm_bindgen::JsCast;
use web_sys::{Document as Page, Element, HtmlElement};

use crate::line_view::Drawing;

/// Draws what stands in a new figure.
pub(crate) fn draw(page: &Page, figure: &Element, image: &Image) -> Drawing<()> {
    let picture = page.create_element("img")?;
    picture.set_attribute("decoding", "async")?;
    // A drag takes the whole line, as the text's own rules have it.
    picture.set_attribute("draggable", "true")?;
    figure.append_child(&picture)?;
    dress(figure, image)
}

/// Brings the figure to what `image` says, but for its bytes.
pub(crate) fn dress(figure: &Element, image: &Image) -> Drawing<()> {
    let Some(picture) = picture(figure) else { return Ok(()) };
    if picture.get_attribute("alt").as_deref() != Some(&image.alt) {
        picture.set_attribute("alt", &image.alt)?;
    }
    figure.toggle_attribute_with_force("data-undescribed", image.alt.is_empty())?;
    let Some((width, height)) = image.size else {
        picture.remove_attribute("width")?;
        return picture.style().remove_property("aspect-ratio").map(drop);
    };
    // The place is kept free in the right shape before anything is there to be shown.
    picture.set_attribute("width", &width.to_string())?;
    picture.style().set_property("aspect-ratio", &[width.to_string(), height.to_string()].join(" / "))
}

/// Shows in `figure` the image at `address`.
pub fn show_image(figure: &Element, address: &str) {
    let words = figure.query_selector("span").ok().flatten();
    words.iter().for_each(Element::remove);
    if let Some(picture) = picture(figure) {
        // These names are always accepted.
        let _ = picture.set_attribute("src", address);
        let _ = figure.remove_attribute("data-missing");
    }
}

/// Says in `figure`, in `words`, that there is nothing to be shown yet. Its text instead of the image is shown as well.
pub fn miss_image(figure: &Element, words: &str) {
    let Some(page) = figure.owner_document().filter(|_| !figure.has_attribute("data-missing")) else {
        return;
    };
    if let Ok(line) = page.create_element("span") {
        line.set_text_content(Some(words));
        // These names are always accepted.
        let _ = figure.append_child(&line);
        let _ = figure.set_attribute("data-missing", "");
    }
}

fn picture(figure: &Element) -> Option<HtmlElement> {
    figure.query_selector("img").ok().flatten()?.dyn_into().ok()
}
