//! What reading a text from elsewhere gives, whatever its format.

use text::{Delta, Table};

/// What came out of a text from elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// What the author called it: the title that the format itself carries, else the first heading of level 1 that says
    /// anything. Such a heading stays in the text as well.
    pub title: Option<String>,
    /// The text, insertions only. It has at least one line and ends in a line end.
    pub text: Delta,
    /// The tables the text refers to, in its order.
    pub tables: Vec<Table>,
    /// The bytes of the images the text refers to.
    pub blobs: Vec<Vec<u8>>,
    /// What could not be kept as it was, each kind once.
    pub notes: Vec<Note>,
}

/// Something that did not come through as it was, and how many times.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Note {
    /// Images from elsewhere; their words stand there, as a link to the image where that is on the web.
    Images(usize),
    /// Pieces of HTML in Markdown; their words stand there.
    Html(usize),
    /// Fields of the front matter other than the title; they are left out.
    Fields(usize),
    /// Footnotes; they became paragraphs at the end that begin with their mark in brackets.
    Footnotes(usize),
    /// Links to somewhere else than a web, mail or telephone address; their words stand there.
    Links(usize),
    /// Lists whose numbers did not begin at 1; now they do.
    Numbering(usize),
    /// Quotations within quotations, and lists deeper than nine levels; they stand one level up.
    Nesting(usize),
    /// Lines and cells behind those that are read; they are left out.
    Rest(usize),
}

/// How often each kind of thing did not come through.
#[derive(Debug, Default)]
pub(crate) struct Lost {
    pub(crate) images: usize,
    pub(crate) html: usize,
    pub(crate) fields: usize,
    pub(crate) footnotes: usize,
    pub(crate) links: usize,
    pub(crate) numbering: usize,
    pub(crate) nesting: usize,
    pub(crate) rest: usize,
}

impl Lost {
    /// A note for each kind that there was.
    pub(crate) fn notes(&self) -> Vec<Note> {
        let Self { images, html, fields, footnotes, links, numbering, nesting, rest } = *self;
        let notes = [
            (images, Note::Images(images)),
            (html, Note::Html(html)),
            (fields, Note::Fields(fields)),
            (footnotes, Note::Footnotes(footnotes)),
            (links, Note::Links(links)),
            (numbering, Note::Numbering(numbering)),
            (nesting, Note::Nesting(nesting)),
            (rest, Note::Rest(rest)),
        ];
        notes.into_iter().filter(|(count, _)| *count > 0).map(|(_, note)| note).collect()
    }
}
