//! An interview: what is to be asked of a buyer now, and what the answers tell. It follows from questions, facts and answers alone, so it
//! goes on wherever the answers are.

use super::{Answer, Answered, Asks, Question, ground};
use crate::{
    book::{Field, Record},
    nugget::{Facet, Tags},
    price::{Currency, Decimal},
    process::Step,
    words::{is_alike, is_in, words},
};

/// What is known of a deal before anything is asked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Facts {
    /// What tags are held against; where nothing is known of a sort, all tags of it fit.
    pub known: Tags,
    /// What amounts are in.
    pub currency: Option<Currency>,
}

/// A question with what was answered to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The question.
    pub question: Question,
    /// What was answered.
    pub answered: Option<Answered>,
}

/// A problem that the buyer has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revealed {
    /// What it is called.
    pub problem: String,
    /// The questions whose answers tell of it, by their names.
    pub because: Vec<String>,
}

/// A value that an answer gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given<T> {
    /// To what: a variable, an input, a product.
    pub name: String,
    /// The value.
    pub value: T,
    /// The question that was answered, by its name.
    pub question: String,
}

/// How an interview stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Interview {
    /// What is asked now, in the team's order, with what was answered.
    pub asked: Vec<Asked>,
    /// What was answered and is not asked now, since the deal is at another step or another sort of deal. It counts.
    pub before: Vec<Asked>,
    /// What was answered and does not count, since what it branches on has another answer now. It is kept.
    pub hidden: Vec<Asked>,
    currency: Option<Currency>,
}

impl Facts {
    /// What is known of a deal with an account, at a step, whose people play these roles.
    pub fn of(deal: &Record, account: Option<&Record>, step: Option<&Step>, roles: &[String]) -> Self {
        let mut known = Tags::default();
        known[Facet::Step as usize] = step.map(|it| vec![it.name.clone(), it.id.clone()]).unwrap_or_default();
        let industries = [Some(deal), account].into_iter().flatten().map(|it| it.text(Field::Industry));
        known[Facet::Industry as usize] = industries.filter(|it| !it.is_empty()).map(str::to_owned).collect();
        known[Facet::Product as usize] = deal.list(Field::Products).to_vec();
        known[Facet::Role as usize] = roles.to_vec();
        Self { known, currency: deal.currency() }
    }

    /// Whether tags fit.
    pub fn fit(&self, tags: &Tags) -> bool {
        Facet::ALL.into_iter().all(|facet| self.fitting(tags, facet) != Some(false))
    }

    /// How many sorts of tags there are of which one fits.
    pub fn fitting_sorts(&self, tags: &Tags) -> usize {
        Facet::ALL.into_iter().filter(|facet| self.fitting(tags, *facet) == Some(true)).count()
    }

    /// Whether a tag of this sort fits; none where there is none, or nothing is known.
    fn fitting(&self, tags: &Tags, facet: Facet) -> Option<bool> {
        let (tags, known) = (&tags[facet as usize], &self.known[facet as usize]);
        if tags.is_empty() || known.is_empty() {
            return None;
        }
        let known: Vec<Vec<String>> = known.iter().map(|it| words(it)).collect();
        Some(tags.iter().map(|tag| words(tag)).any(|tag| known.iter().any(|known| is_in(&tag, known))))
    }
}

impl Interview {
    /// How an interview stands with these questions, in order.
    pub fn of(questions: &[Question], facts: &Facts, answers: &[Answered]) -> Self {
        let answer = |id: &str| answers.iter().find(|it| it.question == id);
        // An answer that the question cannot have any more, since it was rewritten, is none.
        let valid = |question: &Question| {
            answer(&question.id).filter(|it| question.check_answer(&it.says).is_ok()).cloned()
        };
        let mut interview = Self { currency: facts.currency, ..Self::default() };
        for question in questions {
            let answered = valid(question);
            let is_met = |(on, ground): (&Question, &Question)| {
                on.branch.as_ref().zip(valid(ground)).is_some_and(|(branch, it)| branch.is.holds(&it.says))
            };
            let holds = ground(questions, question).is_some_and(|way| {
                let on = std::iter::once(question).chain(way.iter().copied());
                on.zip(way.iter().copied()).all(is_met)
            });
            let is_answered = answered.is_some();
            let asked = Asked { question: question.clone(), answered };
            match (holds, facts.fit(&question.tags), is_answered) {
                (true, true, _) => interview.asked.push(asked),
                (true, false, true) => interview.before.push(asked),
                (false, _, true) => interview.hidden.push(asked),
                (_, _, false) => {}
            }
        }
        interview
    }

    /// The first question that has no answer.
    pub fn next(&self) -> Option<&Question> {
        self.asked.iter().find(|it| it.answered.is_none()).map(|it| &it.question)
    }

    /// How many of the questions that are asked now have an answer or were passed over, and how many there are.
    pub fn progress(&self) -> (usize, usize) {
        (self.asked.iter().filter(|it| it.answered.is_some()).count(), self.asked.len())
    }

    /// The problems that answers reveal, in the order of the questions.
    pub fn problems(&self) -> Vec<Revealed> {
        let mut all: Vec<Revealed> = Vec::new();
        for (question, answer) in self.counting() {
            for reveal in question.reveals.iter().filter(|it| it.is.holds(answer)) {
                let known = all.iter_mut().find(|it| is_alike(&it.problem, &reveal.problem));
                match known {
                    Some(known) if known.because.contains(&question.id) => {}
                    Some(known) => known.because.push(question.id.clone()),
                    None => all.push(Revealed {
                        problem: reveal.problem.clone(),
                        because: vec![question.id.clone()],
                    }),
                }
            }
        }
        all
    }

    /// What answers say for variables, in words. Of several for one variable the first counts; so for what follows.
    pub fn variables(&self) -> Vec<Given<String>> {
        self.given(|question| &question.variable, |question, answer| self.words_of(question, answer))
    }

    /// What answers say for inputs of a calculator.
    pub fn inputs(&self) -> Vec<Given<Decimal>> {
        self.given(|question| &question.input, |_, answer| number(answer))
    }

    /// What answers say for quantities of products.
    pub fn quantities(&self) -> Vec<Given<Decimal>> {
        self.given(|question| &question.product, |_, answer| number(answer))
    }

    /// An answer as a text tells it: choices by their words, with commas; numbers with what they are of. None for yes and no, which are
    /// words of a language, and for what was passed over.
    pub fn words_of(&self, question: &Question, answer: &Answer) -> Option<String> {
        let with = |number: &Decimal, unit: &str| format!("{number} {unit}").trim_end().to_owned();
        let text = match answer {
            Answer::Chosen(chosen) => {
                let words = chosen.iter().filter_map(|id| question.choice(id)).map(|it| it.words.as_str());
                words.collect::<Vec<_>>().join(", ")
            }
            Answer::Number(number) if question.asks == Asks::Money => {
                with(number, self.currency.as_ref().map_or("", Currency::code))
            }
            Answer::Number(number) => with(number, &question.unit),
            Answer::Text(text) => text.trim().to_owned(),
            Answer::Yes | Answer::No | Answer::Passed => return None,
        };
        (!text.is_empty()).then_some(text)
    }

    /// The questions whose answers count, with these.
    fn counting(&self) -> impl Iterator<Item = (&Question, &Answer)> {
        let all = self.asked.iter().chain(&self.before);
        all.filter_map(|it| Some((&it.question, &it.answered.as_ref()?.says)))
    }

    fn given<T>(
        &self,
        name: impl Fn(&Question) -> &String,
        value: impl Fn(&Question, &Answer) -> Option<T>,
    ) -> Vec<Given<T>> {
        let mut all: Vec<Given<T>> = Vec::new();
        for (question, answer) in self.counting() {
            let name = name(question);
            if name.is_empty() || all.iter().any(|it| it.name == *name) {
                continue;
            }
            if let Some(value) = value(question, answer) {
                all.push(Given { name: name.clone(), value, question: question.id.clone() });
            }
        }
        all
    }
}

fn number(answer: &Answer) -> Option<Decimal> {
    if let Answer::Number(number) = answer { Some(*number) } else { None }
}

#[cfg(test)]
mod tests;
