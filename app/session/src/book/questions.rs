//! What the team asks, and the calculators that answers go into.

use terms::{
    question::{Choice, Fault, Question, Reveal, stranded},
    roi::Calculator,
};

use super::Book;
use crate::Problem;

impl Book {
    /// Makes of a question what it is to be, or makes a new one at the end where it has no name among questions. Choices and problems
    /// without a name get one. Answers its name.
    ///
    /// # Errors
    /// [`Problem::Question`] where it makes no sense, or what branches on it does not any more.
    pub fn set_question(&self, question: &Question) -> Result<String, Problem> {
        let question = self.with_names(question);
        self.set_questions(std::slice::from_ref(&question))?;
        Ok(question.id)
    }

    /// The same for several, as one step to undo; each may branch on others of them.
    ///
    /// # Errors
    /// As [`Book::set_question`], and nothing is written then.
    pub fn set_questions(&self, questions: &[Question]) -> Result<(), Problem> {
        let before: Vec<Question> = self.questions().to_vec();
        let (mut after, mut changes) = (before.clone(), Vec::new());
        let questions: Vec<Question> = questions.iter().map(|it| self.with_names(it)).collect();
        for question in &questions {
            match after.iter_mut().find(|it| it.id == question.id) {
                Some(known) => known.clone_from(question),
                None => after.push(question.clone()),
            }
        }
        for question in questions {
            question.check(&after)?;
            let known = before.iter().find(|it| it.id == question.id);
            let written = known.map(|it| it.written.clone()).unwrap_or_default();
            let same = Question { written, ..question };
            if known != Some(&same) {
                changes.extend(Question { written: self.mark(), ..same }.changes_from(known));
            }
        }
        if after.len() > before.len() {
            let names: Vec<String> = after.into_iter().map(|it| it.id).collect();
            changes.push(Question::ordered(&names));
        }
        self.write(changes, Vec::new())
    }

    /// Puts a question at place `at` among the others; past the end is at the end.
    ///
    /// # Errors
    /// [`Problem::Question`] where it is not there.
    pub fn move_question(&self, id: &str, at: usize) -> Result<(), Problem> {
        self.is_asked(id)?;
        let mut names: Vec<String> = self.questions().iter().map(|it| it.id.clone()).collect();
        names.retain(|it| it != id);
        names.insert(at.min(names.len()), id.to_owned());
        self.write(vec![Question::ordered(&names)], Vec::new())
    }

    /// Removes questions. What was answered to them stays with the deals, unseen. Answers the names of those that are asked of nobody now,
    /// since they branched on one of these.
    ///
    /// # Errors
    /// [`Problem::Question`] where one is not there, and nothing is removed then.
    pub fn remove_questions(&self, ids: &[String]) -> Result<Vec<String>, Problem> {
        for id in ids {
            self.is_asked(id)?;
        }
        let before = stranded(&self.questions());
        self.write(ids.iter().map(|id| Question::gone(id)).collect(), Vec::new())?;
        let mut new = stranded(&self.questions());
        new.retain(|id| !before.contains(id));
        Ok(new)
    }

    /// Makes of a calculator what it is to be, or makes a new one where it has no name among them. Answers its name.
    ///
    /// # Errors
    /// [`Problem::Calculator`] where it makes no sense.
    pub fn set_calculator(&self, calculator: &Calculator) -> Result<String, Problem> {
        calculator.check()?;
        let id = if calculator.id.is_empty() { self.new_name() } else { calculator.id.clone() };
        let before = self.calculators().iter().find(|it| it.id == id).cloned();
        let calculator = Calculator { id: id.clone(), ..calculator.clone() };
        self.write(calculator.changes_from(before.as_ref()), Vec::new())?;
        Ok(id)
    }

    /// Removes a calculator. Rooms that have it keep it.
    ///
    /// # Errors
    /// [`Problem::NoRight`].
    pub fn remove_calculator(&self, id: &str) -> Result<(), Problem> {
        let is_there = self.calculators().iter().any(|it| it.id == id);
        self.write(if is_there { vec![Calculator::gone(id)] } else { Vec::new() }, Vec::new())
    }

    pub(super) fn is_asked(&self, id: &str) -> Result<(), Fault> {
        if self.questions().iter().any(|it| it.id == id) { Ok(()) } else { Err(Fault::NoSuchQuestion) }
    }

    /// A question all of whose parts have a name.
    fn with_names(&self, question: &Question) -> Question {
        let name = |id: &String| if id.is_empty() { self.new_name() } else { id.clone() };
        let choices = question.choices.iter().map(|it| Choice { id: name(&it.id), ..it.clone() });
        let reveals = question.reveals.iter().map(|it| Reveal { id: name(&it.id), ..it.clone() });
        Question {
            id: name(&question.id),
            choices: choices.collect(),
            reveals: reveals.collect(),
            ..question.clone()
        }
    }
}
