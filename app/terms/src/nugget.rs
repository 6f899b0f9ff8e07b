//! The team's library: nuggets, which are small pieces of text that sell, and what they are for.
//!
//! A nugget is kept in the team's book as cells of its own, so two people who change its words and its tags both keep theirs. Its words
//! have a history, and an approval is of the words that it approved: whoever changes them makes a draft of it again.

mod stored;

pub(crate) use stored::{read_tags, write_tags};

use crate::{
    book::{Fault, LIST_MAX, LONG_MAX, TEXT_MAX},
    plan::Day,
};

/// So many earlier versions of a nugget's words are kept.
pub const VERSIONS_MAX: usize = 20;

/// What a nugget is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum NuggetKind {
    /// What somebody gains.
    #[default]
    Benefit,
    /// How somebody gained it.
    Case,
    /// Somebody who says so.
    Reference,
    /// What to answer to an objection.
    Answer,
    /// What to know of who else sells.
    Competitor,
    /// What to ask.
    Questions,
    /// A text to begin with.
    Template,
    /// Figures that the buyer puts their own into.
    Calculator,
    /// Somebody of ours whom the buyer should meet.
    Person,
}

impl NuggetKind {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Benefit,
        Self::Case,
        Self::Reference,
        Self::Answer,
        Self::Competitor,
        Self::Questions,
        Self::Template,
        Self::Calculator,
        Self::Person,
    ];

    /// As it is kept and as files have it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Benefit => "benefit",
            Self::Case => "case",
            Self::Reference => "reference",
            Self::Answer => "objection answer",
            Self::Competitor => "competitor note",
            Self::Questions => "question guide",
            Self::Template => "template",
            Self::Calculator => "calculator",
            Self::Person => "person",
        }
    }

    /// Reads what [`NuggetKind::name`] tells.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// What a tag is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Facet {
    /// A step of a process, by what people call it.
    Step,
    /// A problem that the buyer has.
    Problem,
    /// What the buyer's company does.
    Industry,
    /// What is sold.
    Product,
    /// What part somebody plays on the buying side.
    Role,
    /// How large the deal is: `small`, `medium`, `large`, or from and to in the team's currency, as `<5000`, `5000-100000`, `>100000`.
    Size,
}

impl Facet {
    /// All of them, in the order in which a nugget keeps them.
    pub const ALL: [Self; 6] =
        [Self::Step, Self::Problem, Self::Industry, Self::Product, Self::Role, Self::Size];

    /// As it is kept.
    pub fn name(self) -> &'static str {
        match self {
            Self::Step => "steps",
            Self::Problem => "problems",
            Self::Industry => "industries",
            Self::Product => "products",
            Self::Role => "roles",
            Self::Size => "sizes",
        }
    }
}

/// What something is for: tags of each sort, in the order of [`Facet::ALL`].
pub type Tags = [Vec<String>; 6];

/// How far a nugget is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum State {
    /// It is being written.
    #[default]
    Draft,
    /// Its writer asks for it to be approved.
    Submitted,
    /// Whoever may say so says that it is good to be used.
    Approved,
}

impl State {
    /// All of them, in order.
    pub const ALL: [Self; 3] = [Self::Draft, Self::Submitted, Self::Approved];

    /// As it is kept.
    pub fn name(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Submitted => "submitted",
            Self::Approved => "approved",
        }
    }
}

/// When something was done, and by whom.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Mark {
    /// Milliseconds since 1970.
    pub at: u64,
    /// Empty where that is not known.
    pub by: String,
}

/// What a nugget said before.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Version {
    /// Its name among the versions.
    pub id: String,
    /// When that was written, and by whom.
    pub written: Mark,
    /// The title it had.
    pub title: String,
    /// The text it had.
    pub text: String,
}

/// A piece of the library.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Nugget {
    /// Its name among nuggets, which nobody sees.
    pub id: String,
    /// What people call it.
    pub title: String,
    /// What it says, in Markdown. `{{…}}` stays a variable in the room that it comes into.
    pub text: String,
    /// What it is.
    pub kind: NuggetKind,
    /// What it is for.
    pub tags: Tags,
    /// Who sees to it; empty where nobody does.
    pub owner: String,
    /// The day by which somebody is to look whether it still holds.
    pub review_by: Option<Day>,
    /// The file that it came from, with its folders; empty where it was written here.
    pub source: String,
    /// How far it is.
    pub state: State,
    /// When it came that far.
    pub stated: Mark,
    /// When its words were written.
    pub written: Mark,
    /// What it said before, the oldest first; at most [`VERSIONS_MAX`].
    pub versions: Vec<Version>,
}

impl Nugget {
    /// The tags of one sort.
    pub fn tagged(&self, facet: Facet) -> &[String] {
        &self.tags[facet as usize]
    }

    /// The same, to be changed.
    pub fn tagged_mut(&mut self, facet: Facet) -> &mut Vec<String> {
        &mut self.tags[facet as usize]
    }

    /// Whether somebody was to look at it before `today`.
    pub fn is_stale(&self, today: Day) -> bool {
        self.review_by.is_some_and(|day| day < today)
    }

    /// This nugget as what `before` becomes: other words are noted with the time and their writer, those from before stay as a version
    /// under the name `version`, and it is a draft again. How far it is and what it said before are taken from `before`.
    pub fn follow(mut self, before: Option<&Self>, now: &Mark, version: &str) -> Self {
        let Some(before) = before else {
            let (state, stated, written) = (State::Draft, Mark::default(), now.clone());
            return Self { state, stated, written, versions: Vec::new(), ..self };
        };
        (self.state, self.stated) = (before.state, before.stated.clone());
        (self.written, self.versions) = (before.written.clone(), before.versions.clone());
        if (&self.title, &self.text) != (&before.title, &before.text) {
            let (written, id) = (before.written.clone(), version.to_owned());
            self.versions.push(Version {
                id,
                written,
                title: before.title.clone(),
                text: before.text.clone(),
            });
            self.versions.drain(..self.versions.len().saturating_sub(VERSIONS_MAX));
            self.written = now.clone();
            if self.state != State::Draft {
                (self.state, self.stated) = (State::Draft, now.clone());
            }
        }
        self
    }

    /// Whether it can be kept.
    ///
    /// # Errors
    /// [`Fault::NuggetUntitled`] where it is called nothing, [`Fault::NuggetTooLong`] where a text is longer than [`TEXT_MAX`], its own
    /// than [`LONG_MAX`], or a list than [`LIST_MAX`].
    pub fn check(&self) -> Result<(), Fault> {
        if self.title.trim().is_empty() {
            return Err(Fault::NuggetUntitled);
        }
        let is_short = |text: &String| text.chars().count() <= TEXT_MAX;
        let tags = self.tags.iter().all(|tags| tags.len() <= LIST_MAX && tags.iter().all(is_short));
        let texts = [&self.title, &self.owner, &self.source].into_iter().all(is_short);
        if tags && texts && self.text.chars().count() <= LONG_MAX {
            Ok(())
        } else {
            Err(Fault::NuggetTooLong)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(at: u64) -> Mark {
        Mark { at, by: "Ines".into() }
    }

    fn nugget(text: &str) -> Nugget {
        Nugget { id: "n".into(), title: "Close".into(), text: text.into(), ..Nugget::default() }
    }

    #[test]
    fn other_words_keep_those_before_and_make_a_draft_again() {
        let first = nugget("a").follow(None, &mark(1), "x");
        assert_eq!((first.written.at, first.versions.len()), (1, 0));
        let approved = Nugget { state: State::Approved, stated: mark(2), ..first };
        let mut tagged = approved.clone();
        tagged.tagged_mut(Facet::Step).push("Design".into());
        let tagged = tagged.follow(Some(&approved), &mark(3), "x");
        assert_eq!((tagged.state, tagged.written.at), (State::Approved, 1), "its words are as they were");
        let changed = Nugget { text: "b".into(), ..tagged.clone() }.follow(Some(&tagged), &mark(4), "x");
        assert_eq!((changed.state, changed.stated.at, changed.written.at), (State::Draft, 4, 4));
        assert_eq!(changed.tagged(Facet::Step), ["Design"]);
        let version = &changed.versions[0];
        assert_eq!((version.id.as_str(), version.written.at, version.text.as_str()), ("x", 1, "a"));
    }

    #[test]
    fn the_oldest_versions_go() {
        let mut now = nugget("0").follow(None, &mark(0), "");
        for at in 1..=30_u64 {
            now =
                Nugget { text: at.to_string(), ..now.clone() }.follow(Some(&now), &mark(at), &at.to_string());
        }
        let texts: Vec<&str> = now.versions.iter().map(|it| it.text.as_str()).collect();
        assert_eq!((texts.len(), texts[0], texts[19]), (VERSIONS_MAX, "10", "29"));
    }

    #[test]
    fn what_is_too_long_or_called_nothing_is_refused() {
        assert_eq!(nugget("a").check(), Ok(()));
        assert_eq!(Nugget { title: " ".into(), ..nugget("a") }.check(), Err(Fault::NuggetUntitled));
        assert_eq!(nugget(&"a".repeat(LONG_MAX + 1)).check(), Err(Fault::NuggetTooLong));
        let mut many = nugget("a");
        *many.tagged_mut(Facet::Role) = vec!["CFO".into(); LIST_MAX + 1];
        assert_eq!(many.check(), Err(Fault::NuggetTooLong));
    }

    #[test]
    fn a_nugget_is_stale_after_its_day() {
        let day = |text| Day::parse(text).unwrap();
        let due = Nugget { review_by: Some(day("2027-03-01")), ..nugget("a") };
        assert!(!due.is_stale(day("2027-03-01")) && due.is_stale(day("2027-03-02")));
        assert!(!nugget("a").is_stale(day("9999-12-31")));
    }
}
