//! Where other people are, and other parts of the text that are set off: drawn beside the text, never in it.
//!
//! Carets stand in a layer after the root, so the root's parent should be positioned. What is selected or set off is
//! highlighted by ranges where the browser can do that, so that the page under an input method stays untouched.

use std::ops::Range;

use text::{Delta, Document};
use web_sys::{DomRect, Element, HtmlElement, Node, Range as PageRange};

use crate::extras::{self, Highlight};
use crate::find::Found;
use crate::host::RemoteCaret;
use crate::surface::Inner;

/// What is drawn beside the text.
#[derive(Default)]
pub(crate) struct People {
    layer: Option<HtmlElement>,
    carets: Vec<Person>,
    /// Other highlights.
    named: Vec<Named>,
}

/// Places in the page: a start and an end.
pub(crate) type Ends = ((Node, u32), (Node, u32));

/// A part of the text that is set off.
struct Named {
    name: String,
    part: Found,
    shade: Option<Shade>,
    /// As those of a [`Person`].
    bands: Vec<HtmlElement>,
}

impl Drop for Named {
    fn drop(&mut self) {
        self.bands.iter().for_each(|band| band.remove());
    }
}

struct Person {
    caret: RemoteCaret,
    /// The bar with the name.
    mark: HtmlElement,
    shade: Option<Shade>,
    /// Boxes over what is selected, in browsers without highlights.
    bands: Vec<HtmlElement>,
}

/// A range in a highlight; it leaves with this value.
struct Shade {
    highlight: Highlight,
    range: PageRange,
}

impl Drop for Shade {
    fn drop(&mut self) {
        extras::fade(&self.highlight, &self.range);
    }
}

impl People {
    /// Takes everything off the page.
    pub(crate) fn clear(self) {
        if let Some(layer) = self.layer {
            layer.remove();
        }
    }
}

impl Inner {
    /// Shows these carets in place of those shown before.
    pub(crate) fn show_people(&self, carets: &[RemoteCaret]) {
        let mut people = self.people.borrow_mut();
        if people.layer.is_none() {
            if carets.is_empty() {
                return;
            }
            people.layer = self.add_layer();
        }
        let Some(layer) = people.layer.clone() else { return };
        let mut before = std::mem::take(&mut people.carets);
        for caret in carets {
            let known = before.iter().position(|person| person.caret.id == caret.id);
            let person = match known.map(|at| before.swap_remove(at)) {
                Some(mut person) => {
                    if person.caret != *caret {
                        person.dress(caret);
                    }
                    person
                }
                None => {
                    let Some(person) = self.new_person(caret, &layer) else { continue };
                    person
                }
            };
            people.carets.push(person);
        }
        for gone in before {
            gone.mark.remove();
            gone.bands.iter().for_each(|band| band.remove());
        }
        drop(people);
        self.next_frame(|frame| frame.people = true);
    }

    /// Highlights ranges in place of those shown under this name before.
    pub(crate) fn highlight(&self, name: &str, parts: &[Found]) {
        let mut people = self.people.borrow_mut();
        let before = people.named.len();
        people.named.retain(|other| other.name != name);
        if parts.is_empty() && people.named.len() == before {
            return;
        }
        people.named.extend(parts.iter().map(|part| Named {
            name: name.to_owned(),
            part: part.clone(),
            shade: None,
            bands: Vec::new(),
        }));
        if people.layer.is_none() && !parts.is_empty() && !extras::can_highlight() {
            people.layer = self.add_layer();
        }
        drop(people);
        self.next_frame(|frame| frame.people = true);
    }

    /// Moves what is shown along with a change.
    pub(crate) fn people_follow(&self, delta: &Delta) {
        let mut people = self.people.borrow_mut();
        for person in &mut people.carets {
            person.caret.anchor = delta.map(person.caret.anchor, false);
            person.caret.head = delta.map(person.caret.head, false);
        }
        // What is in cells does not move with the text around them.
        let in_text = people.named.iter_mut().map(|named| &mut named.part).filter(|part| part.cell.is_none());
        for Found { range, .. } in in_text {
            let start = delta.map(range.start, true);
            *range = start..delta.map(range.end, false).max(start);
        }
    }

    /// Draws carets anew after a change, and highlights if lines were drawn for it; else the browser moves those along.
    pub(crate) fn people_moved(&self, drawn: bool) {
        let people = self.people.borrow();
        if !people.carets.is_empty() || (drawn && !people.named.is_empty()) {
            self.next_frame(|frame| frame.people = true);
        }
    }

    /// Brings somebody's caret towards the middle of the window, if it stands in the text or in one of its cells. Answers
    /// whether it does.
    pub(crate) fn show_person(&self, id: u64) -> bool {
        let head = self.people.borrow().carets.iter().find(|it| it.caret.id == id).map(|it| it.caret.head);
        match head {
            Some(head) => {
                let bounds = self.caret_box(&self.text(), head);
                self.scroll_between(bounds.as_ref(), 0.25, 0.75);
                bounds.is_some()
            }
            None => self.show_person_in_cell(id),
        }
    }

    /// The box around a part of the text, in window coordinates.
    pub(crate) fn bounds(&self, range: Range<usize>) -> Option<DomRect> {
        let doc = self.text();
        if range.is_empty() {
            self.caret_box(&doc, range.start)
        } else {
            Some(self.page_range(&doc, &range.into())?.get_bounding_client_rect())
        }
    }

    /// Draws what changed: first all that only writes, then all that measures, then what was measured.
    pub(crate) fn draw_people(&self) {
        let doc = self.text();
        let mut people = self.people.borrow_mut();
        let people = &mut *people;
        let bands = !extras::can_highlight();
        if !bands {
            for Named { name, part, shade, .. } in &mut people.named {
                self.shade(self.ends(&doc, part), name, shade);
            }
        }
        let Some(layer) = &people.layer else { return };
        let mut boxes = Vec::with_capacity(people.carets.len());
        for person in &mut people.carets {
            let range =
                person.caret.anchor.min(person.caret.head)..person.caret.anchor.max(person.caret.head);
            if !bands {
                let name = format!("party-{}", person.caret.party);
                self.shade(self.ends(&doc, &range.clone().into()), &name, &mut person.shade);
            }
            boxes.push(range);
        }
        let origin = layer.get_bounding_client_rect();
        let measured: Vec<(Option<DomRect>, Vec<DomRect>)> = people
            .carets
            .iter()
            .zip(&boxes)
            .map(|(person, range)| {
                let rows = if bands { self.rows(&doc, &range.clone().into()) } else { Vec::new() };
                (self.caret_box(&doc, person.caret.head), rows)
            })
            .collect();
        let found: Vec<Vec<DomRect>> = match bands {
            true => people.named.iter().map(|named| self.rows(&doc, &named.part)).collect(),
            false => Vec::new(),
        };
        for (named, rows) in people.named.iter_mut().zip(found) {
            let Named { name, bands, .. } = named;
            self.draw_bands(layer, bands, ("data-name", name), &rows, &origin);
        }
        for (person, (caret, rows)) in people.carets.iter_mut().zip(measured) {
            let _ = person.mark.toggle_attribute_with_force("hidden", caret.is_none());
            if let Some(caret) = caret {
                place(&person.mark, &caret, &origin, false);
            }
            let of = ("data-party", person.caret.party.as_str());
            self.draw_bands(layer, &mut person.bands, of, &rows, &origin);
        }
    }

    /// Puts boxes over rows, in place of those there were. `of` is the attribute that gives them a look.
    fn draw_bands(
        &self,
        layer: &HtmlElement,
        bands: &mut Vec<HtmlElement>,
        of: (&str, &str),
        rows: &[DomRect],
        origin: &DomRect,
    ) {
        bands.drain(..).for_each(|band| band.remove());
        for row in rows {
            if let Some(band) = self.add_part("i", "caret-band", layer) {
                let _ = band.set_attribute(of.0, of.1);
                place(&band, row, origin, true);
                bands.push(band);
            }
        }
    }

    /// Where a part that is not empty begins and ends in the page.
    fn ends(&self, doc: &Document, part: &Found) -> Option<Ends> {
        let Found { cell, range, .. } = part;
        match cell {
            _ if range.is_empty() => None,
            Some(cell) => self.ends_in_cell(cell, range),
            None => self.point_of(doc, range.start).zip(self.point_of(doc, range.end)),
        }
    }

    fn shade(&self, ends: Option<Ends>, name: &str, shade: &mut Option<Shade>) {
        let Some((start, end)) = ends else {
            *shade = None;
            return;
        };
        if shade.is_none() {
            *shade = PageRange::new()
                .ok()
                .and_then(|range| Some(Shade { highlight: extras::highlight(name, &range)?, range }));
        }
        if let Some(shade) = shade {
            // Places that the page has a moment ago cannot be refused.
            let _ = shade.range.set_start(&start.0, start.1);
            let _ = shade.range.set_end(&end.0, end.1);
        }
    }

    fn page_range(&self, doc: &Document, part: &Found) -> Option<PageRange> {
        let (start, end) = self.ends(doc, part)?;
        let page = PageRange::new().ok()?;
        page.set_start(&start.0, start.1).ok()?;
        page.set_end(&end.0, end.1).ok()?;
        Some(page)
    }

    /// The boxes, one a row, of a part of the text.
    fn rows(&self, doc: &Document, part: &Found) -> Vec<DomRect> {
        let list = self.page_range(doc, part).and_then(|range| range.get_client_rects());
        list.map(|list| (0..list.length()).filter_map(|at| list.get(at)).collect()).unwrap_or_default()
    }

    /// The box of a caret, without width.
    pub(crate) fn caret_box(&self, doc: &Document, offset: usize) -> Option<DomRect> {
        let (node, at) = self.point_of(doc, offset)?;
        let range = PageRange::new().ok()?;
        range.set_start(&node, at).ok()?;
        let found = range.get_bounding_client_rect();
        if found.height() > 0.0 {
            return Some(found);
        }
        // In an empty line and beside a line without text a range has no box; the line or its filler has one.
        let line: Element = self.root.children().item(doc.place(offset).line as u32)?;
        let filler = line.first_element_child().filter(|child| child.local_name() == "br");
        Some(
            filler
                .map_or_else(|| line.get_bounding_client_rect(), |filler| filler.get_bounding_client_rect()),
        )
    }

    fn add_layer(&self) -> Option<HtmlElement> {
        use wasm_bindgen::JsCast;
        let layer: HtmlElement = self.page.create_element("div").ok()?.dyn_into().ok()?;
        layer.set_class_name("carets");
        layer.set_attribute("aria-hidden", "true").ok()?;
        for (name, value) in
            [("position", "absolute"), ("inset", "0 auto auto 0"), ("pointer-events", "none")]
        {
            layer.style().set_property(name, value).ok()?;
        }
        self.root.after_with_node_1(&layer).ok()?;
        Some(layer)
    }

    fn add_part(&self, tag: &str, class: &str, parent: &HtmlElement) -> Option<HtmlElement> {
        use wasm_bindgen::JsCast;
        let part: HtmlElement = self.page.create_element(tag).ok()?.dyn_into().ok()?;
        part.set_class_name(class);
        part.style().set_property("position", "absolute").ok()?;
        part.style().set_property("inset", "0 auto auto 0").ok()?;
        parent.append_child(&part).ok()?;
        Some(part)
    }

    fn new_person(&self, caret: &RemoteCaret, layer: &HtmlElement) -> Option<Person> {
        let mark = self.add_part("i", "caret", layer)?;
        mark.append_child(&self.page.create_element("b").ok()?.into()).ok()?;
        let mut person = Person { caret: RemoteCaret::default(), mark, shade: None, bands: Vec::new() };
        person.dress(caret);
        Some(person)
    }
}

impl Person {
    /// Takes over what is new about this person.
    fn dress(&mut self, caret: &RemoteCaret) {
        if self.caret.party != caret.party {
            self.shade = None;
            // A fixed name is always accepted.
            let _ = self.mark.set_attribute("data-party", &caret.party);
        }
        if self.caret.name != caret.name
            && let Some(label) = self.mark.first_element_child()
        {
            label.set_text_content(Some(&caret.name));
        }
        // Turns with each step, so that a style sheet can show the name for a while after every one.
        let beat = if self.mark.get_attribute("data-beat").as_deref() == Some("0") { "1" } else { "0" };
        let _ = self.mark.set_attribute("data-beat", beat);
        self.caret = caret.clone();
    }
}

/// Puts `part` over `over`, in the coordinates of the layer that is at `origin`.
fn place(part: &HtmlElement, over: &DomRect, origin: &DomRect, wide: bool) {
    let style = part.style();
    // Whole pixels keep the bar sharp, and the program free of code that writes fractions.
    let px = |length: f64| format!("{}px", length.round() as i32);
    let (x, y) = (over.left() - origin.left(), over.top() - origin.top());
    // These values are always accepted.
    let _ = style.set_property("translate", &format!("{} {}", px(x), px(y)));
    let _ = style.set_property("block-size", &px(over.height()));
    if wide {
        let _ = style.set_property("inline-size", &px(over.width()));
    }
}
