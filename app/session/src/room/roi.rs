//! The calculator of a room: what the owners say, what buyers put in its place, and what both come to.

use std::collections::BTreeMap;

use model::Right;
use replica::{Responses, Word};
use stdx::Gather as _;
use terms::{
    price::Decimal,
    roi::{Calculator, Fault, Faulty, Input, Outcome},
};

use super::{Room, Said};
use crate::Problem;

/// The calculator as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Roi {
    /// As the owners wrote it.
    pub calculator: Calculator,
    /// What is put in, in the order of its inputs.
    pub inputs: Vec<RoiInput>,
    /// What comes out, in the order of its outcomes.
    pub outcomes: Vec<(Outcome, Result<Decimal, Fault>)>,
}

/// An input with what was put in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoiInput {
    /// As the owners wrote it.
    pub input: Input,
    /// What somebody put in its place last, within what it may be; none where nobody did, or it was taken back.
    pub put: Option<Said<Decimal>>,
}

impl RoiInput {
    /// What counts.
    pub fn value(&self) -> Decimal {
        self.put.as_ref().map_or(self.input.value, |put| put.says)
    }
}

impl Room {
    /// The calculator as it stands; none in a room without one. Track [`Room::offer_changed`] and [`Room::responses_changed`] to look at it
    /// again.
    pub fn roi(&self) -> Option<Roi> {
        let calculator = self.documents().offer.calculator()?;
        let put = self.last_words(Responses::figures, |_| true);
        let input = |input: &Input| {
            let put = put.get(&input.name);
            let put = put.and_then(|it| Some(self.said(it, input.within(it.1.says?))));
            RoiInput { input: input.clone(), put }
        };
        let inputs: Vec<RoiInput> = calculator.inputs.iter().map(input).collect();
        let values: BTreeMap<String, Decimal> =
            inputs.iter().map(|it| (it.input.name.clone(), it.value())).gather();
        let outcomes = calculator.outcomes.iter().cloned().zip(calculator.reckon(&values)).collect();
        Some(Roi { calculator, inputs, outcomes })
    }

    /// Puts a figure in the place of the owners', for everybody in the room; none takes it back.
    ///
    /// # Errors
    /// [`Problem::NoRight`] for whoever may not comment, and [`Problem::Calculator`] where there is no such input, or it may not be
    /// that.
    pub fn put_figure(&self, input: &str, figure: Option<Decimal>) -> Result<(), Problem> {
        self.may(Right::Comment)?;
        let refused = |fault| Err(Problem::Calculator(Faulty { name: input.to_owned(), fault }));
        let calculator = self.documents().offer.calculator();
        let Some(known) = calculator.iter().flat_map(|it| &it.inputs).find(|it| it.name == input) else {
            return refused(Fault::NoSuchName(input.to_owned()));
        };
        if figure.is_some_and(|figure| known.within(figure) != figure) {
            return refused(Fault::Bounds);
        }
        let word = Word { says: figure, turn: self.next_turn(Responses::figures, input), at: self.now() };
        self.respond(|responses| responses.put_figure(input, &word))
    }

    /// Makes of the calculator what it is to be; none takes it out of the room. What buyers put in stays, by the names of inputs.
    ///
    /// # Errors
    /// [`Problem::NoRight`] for whoever does not own the room, and [`Problem::Calculator`] where it makes no sense.
    pub fn set_calculator(&self, to: Option<&Calculator>) -> Result<(), Problem> {
        if let Some(to) = to {
            to.check()?;
        }
        let to = to.cloned().map(Calculator::for_room);
        let from = self.documents().offer.calculator();
        self.change_offer(|offer| offer.set_calculator(from.as_ref(), to.as_ref()))
    }
}
