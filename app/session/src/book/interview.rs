//! Interviews of deals. An answer is a cell of its deal, so an interview goes on on any device of the team, and two people who answer
//! different questions at once both keep theirs.

use insight::serve::roles;
use terms::{
    book::{Field, Involved, Kind, Place, Record, TEXT_MAX, Value},
    process::Step,
    question::{Answer, Answered, Facts, Fault, Interview},
};

use super::Book;
use crate::{Problem, room::bounded};

impl Book {
    /// How the interview of a deal stands: asked of a contact, or of whoever takes part in the deal.
    ///
    /// # Errors
    /// [`Problem::Book`] where the deal is not there.
    pub fn interview(&self, deal: &str, contact: Option<&str>) -> Result<Interview, Problem> {
        self.are_there(Kind::Deal, &[deal.to_owned()])?;
        let (deals, accounts) = (self.deals(), self.accounts());
        let Some(record) = deals.get(deal) else { return Ok(Interview::default()) };
        let account = accounts.get(record.text(Field::Account));
        let facts =
            Facts::of(record, account, self.step_of(record).as_ref(), &self.roles_of(record, contact));
        Ok(Interview::of(&self.questions(), &facts, &record.answers))
    }

    /// Notes what was answered to a question for a deal, in place of what was before, or takes the answer away. `who` said so on the buying
    /// side: a contact, by its name among contacts, or nobody in particular.
    ///
    /// # Errors
    /// [`Problem::Question`] where there is no such question, or it cannot be answered so; [`Problem::Book`] where the deal is not
    /// there.
    pub fn answer(
        &self,
        deal: &str,
        question: &str,
        says: Option<&Answer>,
        who: &str,
    ) -> Result<(), Problem> {
        self.are_there(Kind::Deal, &[deal.to_owned()])?;
        self.is_asked(question)?;
        if let Some(says) = says {
            let questions = self.questions();
            let asked = questions.iter().find(|it| it.id == question).ok_or(Fault::NoSuchQuestion)?;
            asked.check_answer(says)?;
        }
        let before = self.deals().get(deal).and_then(|deal| deal.answered(question).cloned());
        let is_same = before.as_ref().is_some_and(|it| Some(&it.says) == says && it.who == who);
        if is_same {
            return Ok(());
        }
        let answered = says.map(|says| Answered {
            question: question.to_owned(),
            says: says.clone(),
            who: bounded(who, TEXT_MAX),
            written: self.mark(),
        });
        self.write(vec![Record::said(deal, question, answered.as_ref())], Vec::new())
    }

    /// The step where a deal is.
    pub(super) fn step_of(&self, deal: &Record) -> Option<Step> {
        let processes = self.processes();
        let process = processes.iter().find(|it| it.id == deal.text(Field::Process))?;
        process.step(deal.place().and_then(Place::step)?).cloned()
    }

    /// What parts a contact plays in a deal, or all who take part.
    pub(super) fn roles_of(&self, deal: &Record, contact: Option<&str>) -> Vec<String> {
        let contacts = self.contacts();
        let known = |id: &str| contacts.get(id);
        let Some(contact) = contact else { return roles(deal, known) };
        let mut alone = deal.clone();
        let own: Vec<Involved> = match deal.get(Field::Contacts) {
            Some(Value::Contacts(all)) => all.iter().filter(|it| it.contact == contact).cloned().collect(),
            _ => Vec::new(),
        };
        let own = if own.is_empty() {
            vec![Involved { contact: contact.to_owned(), role: String::new() }]
        } else {
            own
        };
        alone.fields.retain(|(field, _)| *field != Field::Contacts);
        alone.fields.push((Field::Contacts, Value::Contacts(own)));
        stdx::sort_by_key(&mut alone.fields, |(field, _)| *field);
        roles(&alone, known)
    }
}
