//! What a team asks its buyers, and what the answers tell.
//!
//! Questions are kept in the team's book, in the team's order. Each says at what steps and for whom it is asked, which problems its answers
//! reveal, and what else they give: a variable's value, a number of a calculator, the quantity of a product. A question may branch on
//! another: it is asked only where that one has such an answer. Answers are kept with the deal; [`Interview`] tells what follows.

mod copy;
mod interview;
mod starter;
mod stored;

pub use copy::english;
pub use interview::{Asked, Facts, Given, Interview, Revealed};
pub use starter::starter;

use crate::{
    book::{LIST_MAX, TEXT_MAX},
    nugget::{Facet, Mark, Tags},
    price::Decimal,
    roi,
};

/// What sort of answer a question asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Asks {
    /// Yes or no.
    YesNo,
    /// One of its choices.
    One,
    /// Some of its choices.
    Several,
    /// A number of its unit.
    Number,
    /// An amount, in the deal's currency.
    Money,
    /// Words.
    #[default]
    Text,
}

/// Something to choose.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Choice {
    /// Its name among the choices, which nobody sees.
    pub id: String,
    /// What people read.
    pub words: String,
}

/// What an answer may be like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    /// Any answer at all.
    Given,
    /// Yes.
    Yes,
    /// No.
    No,
    /// One of these choices is among what was chosen, by their names.
    Chosen(Vec<String>),
    /// A number that is not below this one.
    AtLeast(Decimal),
    /// A number that is not above this one.
    AtMost(Decimal),
}

/// Where a question branches: it is asked only if another has such an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Branch {
    /// The other question, by its name.
    pub question: String,
    /// What its answer is like.
    pub is: Condition,
}

/// What an answer tells of the buyer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reveal {
    /// Its name among what the question reveals, which nobody sees.
    pub id: String,
    /// The problem, as tags of nuggets name it.
    pub problem: String,
    /// What the answer is like.
    pub is: Condition,
}

/// Something to ask.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Question {
    /// Its name among questions, which nobody sees.
    pub id: String,
    /// What is asked.
    pub words: String,
    /// Why it is asked, for whoever asks.
    pub hint: String,
    /// What sort of answer it asks for.
    pub asks: Asks,
    /// What a number is of; may be empty.
    pub unit: String,
    /// What there is to choose, in order.
    pub choices: Vec<Choice>,
    /// At what steps and for whom it is asked. Where it has no tags of a sort it is asked of all.
    pub tags: Tags,
    /// The answer to another question without which it is not asked.
    pub branch: Option<Branch>,
    /// What its answers tell.
    pub reveals: Vec<Reveal>,
    /// The variable that an answer fills; may be empty.
    pub variable: String,
    /// The input of a calculator that a number goes into; may be empty.
    pub input: String,
    /// The product of which a number is the quantity; may be empty.
    pub product: String,
    /// When it was last written, and by whom.
    pub written: Mark,
}

/// What was answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// Yes.
    Yes,
    /// No.
    No,
    /// What was chosen, by the names of the choices.
    Chosen(Vec<String>),
    /// A number, or an amount in the deal's currency.
    Number(Decimal),
    /// Words.
    Text(String),
    /// The question was passed over: it was not asked, or nobody knew.
    Passed,
}

/// An answer, and whose it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// The question, by its name.
    pub question: String,
    /// What was answered.
    pub says: Answer,
    /// Who on the buying side said so: a contact, by its name among contacts; empty where nobody noted that.
    pub who: String,
    /// When it was written, and by whom of the team.
    pub written: Mark,
}

/// Why a question or an answer is not written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// It asks nothing.
    Unworded,
    /// A text is longer than [`TEXT_MAX`], or a list than [`LIST_MAX`].
    TooLong,
    /// Choices are asked for and there are none, or two choices or problems have one name, or none that is good.
    Choices,
    /// The question that it branches on is not there.
    NoGround,
    /// A condition of the question of this name is about an answer that cannot be given, here or where it branches.
    Condition(String),
    /// Questions would wait for each other's answers in this circle, by their names.
    Circle(Vec<String>),
    /// The question has no good name, or a variable or an input that it fills has none.
    BadName,
    /// A variable, an input or a quantity is to come from an answer that has no value for it.
    NoValue,
    /// There is no such question.
    NoSuchQuestion,
    /// The answer is of another sort than the question asks for.
    OtherAnswer,
}

impl Asks {
    /// All of them.
    pub const ALL: [Self; 6] = [Self::YesNo, Self::One, Self::Several, Self::Number, Self::Money, Self::Text];

    /// As it is kept.
    pub fn name(self) -> &'static str {
        match self {
            Self::YesNo => "yes or no",
            Self::One => "one",
            Self::Several => "several",
            Self::Number => "number",
            Self::Money => "money",
            Self::Text => "text",
        }
    }

    fn has_choices(self) -> bool {
        matches!(self, Self::One | Self::Several)
    }

    fn has_number(self) -> bool {
        matches!(self, Self::Number | Self::Money)
    }
}

impl Condition {
    /// Whether an answer is like this. What was passed over is like nothing.
    pub fn holds(&self, answer: &Answer) -> bool {
        match (self, answer) {
            (_, Answer::Passed) => false,
            (Self::Given, _) | (Self::Yes, Answer::Yes) | (Self::No, Answer::No) => true,
            (Self::Chosen(any), Answer::Chosen(chosen)) => any.iter().any(|it| chosen.contains(it)),
            (Self::AtLeast(least), Answer::Number(number)) => number >= least,
            (Self::AtMost(most), Answer::Number(number)) => number <= most,
            _ => false,
        }
    }

    /// Whether an answer to a question can be like this.
    fn suits(&self, question: &Question) -> bool {
        match self {
            Self::Given => true,
            Self::Yes | Self::No => question.asks == Asks::YesNo,
            Self::Chosen(any) => {
                question.asks.has_choices()
                    && !any.is_empty()
                    && any.iter().all(|id| question.choice(id).is_some())
            }
            Self::AtLeast(_) | Self::AtMost(_) => question.asks.has_number(),
        }
    }
}

impl Question {
    /// The choice with this name.
    pub fn choice(&self, id: &str) -> Option<&Choice> {
        self.choices.iter().find(|choice| choice.id == id)
    }

    /// The tags of one sort.
    pub fn tagged(&self, facet: Facet) -> &[String] {
        &self.tags[facet as usize]
    }

    /// Whether it can be answered so.
    ///
    /// # Errors
    /// [`Fault::OtherAnswer`], and [`Fault::TooLong`] for words.
    pub fn check_answer(&self, answer: &Answer) -> Result<(), Fault> {
        let fits = match answer {
            Answer::Passed => true,
            Answer::Yes | Answer::No => self.asks == Asks::YesNo,
            Answer::Number(_) => self.asks.has_number(),
            Answer::Text(text) if text.chars().count() > TEXT_MAX => return Err(Fault::TooLong),
            Answer::Text(_) => self.asks == Asks::Text,
            Answer::Chosen(chosen) => {
                let most = if self.asks == Asks::Several { self.choices.len() } else { 1 };
                let are_there = chosen.iter().all(|id| self.choice(id).is_some());
                self.asks.has_choices() && are_there && (1..=most).contains(&chosen.len())
            }
        };
        if fits { Ok(()) } else { Err(Fault::OtherAnswer) }
    }

    /// Whether it can be kept in place of the question of its name among `all`, or beside them.
    ///
    /// # Errors
    /// What is wrong with it, or with what branches on it then.
    pub fn check(&self, all: &[Self]) -> Result<(), Fault> {
        self.check_texts()?;
        let choices: Vec<&str> = self.choices.iter().map(|it| it.id.as_str()).collect();
        let reveals: Vec<&str> = self.reveals.iter().map(|it| it.id.as_str()).collect();
        let are_different = are_names(&choices) && are_names(&reveals);
        if !are_different || (self.asks.has_choices() && self.choices.is_empty()) {
            return Err(Fault::Choices);
        }
        if self.reveals.iter().any(|reveal| !reveal.is.suits(self)) {
            return Err(Fault::Condition(self.id.clone()));
        }
        let fills = [&self.variable, &self.input].into_iter().filter(|name| !name.is_empty());
        if !are_names(&[&self.id]) || fills.into_iter().any(|name| !roi::is_name(name)) {
            return Err(Fault::BadName);
        }
        let needs_number = !self.input.is_empty() || !self.product.is_empty();
        let is_worded = self.variable.is_empty() || self.asks != Asks::YesNo;
        if (needs_number && !self.asks.has_number()) || !is_worded {
            return Err(Fault::NoValue);
        }
        self.check_branches(all)
    }

    fn check_texts(&self) -> Result<(), Fault> {
        if self.words.trim().is_empty() {
            return Err(Fault::Unworded);
        }
        let own = [&self.words, &self.hint, &self.unit, &self.variable, &self.input, &self.product];
        let choices = self.choices.iter().map(|it| &it.words);
        let mut texts = own.into_iter().chain(choices).chain(self.tags.iter().flatten());
        let is_long = texts.any(|text| text.chars().count() > TEXT_MAX)
            || self.reveals.iter().any(|it| it.problem.chars().count() > TEXT_MAX);
        let longest = self.tags.iter().map(Vec::len).chain([self.choices.len(), self.reveals.len()]).max();
        if is_long || longest.unwrap_or_default() > LIST_MAX { Err(Fault::TooLong) } else { Ok(()) }
    }

    fn check_branches(&self, all: &[Self]) -> Result<(), Fault> {
        let find = |id: &str| if id == self.id { Some(self) } else { all.iter().find(|it| it.id == id) };
        if let Some(branch) = &self.branch {
            let ground = find(&branch.question).ok_or(Fault::NoGround)?;
            if !branch.is.suits(ground) {
                return Err(Fault::Condition(self.id.clone()));
            }
            let mut way = vec![self.id.clone()];
            let mut next = Some(branch);
            while let Some(branch) = next {
                if branch.question == self.id {
                    return Err(Fault::Circle(way));
                }
                // Round a circle of others, which two people closed at once, it never comes back here.
                if way.contains(&branch.question) {
                    break;
                }
                way.push(branch.question.clone());
                next = find(&branch.question).and_then(|it| it.branch.as_ref());
            }
        }
        let on_it = |it: &&Self| {
            it.branch.as_ref().is_some_and(|branch| branch.question == self.id && !branch.is.suits(self))
        };
        match all.iter().filter(|it| it.id != self.id).find(on_it) {
            Some(other) => Err(Fault::Condition(other.id.clone())),
            None => Ok(()),
        }
    }
}

/// Whether these are different names of 1 to 64 letters, digits and `-`.
fn are_names(names: &[&str]) -> bool {
    let is_good = |name: &str| {
        (1..=64).contains(&name.len()) && name.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'-')
    };
    names.iter().enumerate().all(|(at, name)| is_good(name) && !names[..at].contains(name))
}

/// The questions that are asked of nobody, by their names, in their order: what they branch on is not there, or they wait for each other
/// in a circle that two people closed at once, or rest on one of those.
pub fn stranded(questions: &[Question]) -> Vec<String> {
    let is_stranded = |question: &&Question| ground(questions, question).is_none();
    questions.iter().filter(is_stranded).map(|it| it.id.clone()).collect()
}

/// The questions that one branches on, the nearest first; none where they lead nowhere or round.
fn ground<'a>(questions: &'a [Question], question: &'a Question) -> Option<Vec<&'a Question>> {
    let mut way: Vec<&Question> = Vec::new();
    let mut at = question;
    while let Some(branch) = &at.branch {
        at = questions.iter().find(|it| it.id == branch.question)?;
        if at.id == question.id || way.iter().any(|it| it.id == at.id) {
            return None;
        }
        way.push(at);
    }
    Some(way)
}
