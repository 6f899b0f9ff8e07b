//! What people call the parts of a room of which it is told how they were read.

use std::collections::BTreeMap;

use insight::record::Part;
use leptos::prelude::*;
use text::Document;

use super::{
    OpenRoom, copy,
    summary::{self, label},
};

/// A part as it is named now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named {
    /// Which.
    pub(super) part: Part,
    /// What it is called.
    pub(super) name: String,
    /// How many words it has; 0 where that is not counted.
    pub(super) words: u64,
}

/// The names of a room's parts, as they were when it was looked at.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct PartNames {
    /// The sections, in order.
    pub(super) sections: Vec<Named>,
    files: BTreeMap<String, String>,
}

impl PartNames {
    /// Looks at the room.
    pub(super) fn of(room: OpenRoom) -> Self {
        let open = room.get();
        let section = |section: session::Section| {
            let document = open.document(&section.id).unwrap_or_else(|_| Document::new());
            let said = summary::Part::of(&document);
            let part = Part::Section(section.id.as_str().to_owned());
            Named { part, name: label(&section, Some(&said)), words: said.words as u64 }
        };
        let sections = open.sections().get_untracked().into_iter().map(section).collect();
        let mut files = BTreeMap::new();
        for file in open.files() {
            for version in &file.versions {
                files.insert(version.id.clone(), file.name.clone());
            }
        }
        Self { sections, files }
    }

    /// What a part is called.
    pub(super) fn name(&self, part: &Part) -> String {
        match part {
            Part::Overview => copy::OVERVIEW.to_owned(),
            Part::Price => copy::PRICE.to_owned(),
            Part::Plan => copy::PLAN.to_owned(),
            Part::Files => copy::FILES.to_owned(),
            Part::Signing => copy::ACCEPTANCE.to_owned(),
            Part::Section(_) => {
                let named = self.sections.iter().find(|named| named.part == *part);
                named.map_or_else(|| copy::GONE_SECTION.to_owned(), |named| named.name.clone())
            }
            Part::Page { file, number } => {
                let name = self.files.get(file).map_or(copy::GONE_FILE, String::as_str);
                copy::page_of_file(name, *number)
            }
        }
    }

    /// How many words a part has; none where it is not known.
    pub(super) fn words(&self, part: &Part) -> u64 {
        self.sections.iter().find(|named| named.part == *part).map_or(0, |named| named.words)
    }
}
