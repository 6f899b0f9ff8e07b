//! Formulas: a small language of exact numbers, whose text may come from anybody.
//!
//! A text becomes steps for a machine with a stack, so neither a long formula nor a deep one fills the program's own stack; how deep
//! brackets may stand is bounded, and so is how long a text may be. `a + b`, `−`, `×` or `*`, `÷` or `/`, comparisons (which are 1 or 0),
//! brackets, `12.5%`, names, and `min`, `max`, `round`, `if`. Of an `if` only the part that counts is reckoned.

use super::Fault;
use crate::price::Decimal;

/// The longest formula, in characters.
pub const FORMULA_MAX: usize = 500;
/// The longest name, in characters.
pub const NAME_MAX: usize = 64;
/// So many brackets may stand in each other.
const DEPTH_MAX: usize = 24;

/// A text that is no formula.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Syntax {
    /// Where, in UTF-16 units from its beginning.
    pub at: usize,
    /// What is wrong there.
    pub what: What,
}

/// What is wrong with a text that is no formula.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// Something else should stand here.
    Unexpected,
    /// It ends before it is whole.
    EndsEarly,
    /// A number has more than six decimals, or a percentage more than four, or is too large.
    Number,
    /// A name is longer than [`NAME_MAX`].
    LongName,
    /// There is no such function.
    NoSuchFunction,
    /// The function takes another count of values.
    Values,
    /// Too many brackets stand in each other.
    TooDeep,
    /// The text is longer than [`FORMULA_MAX`].
    TooLong,
}

/// A formula that can be reckoned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Formula(Vec<Step>);

/// What the machine does next.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Step {
    Number(Decimal),
    Name(String),
    Negate,
    Plus,
    Less,
    Times,
    Over,
    Compare(Comparison),
    /// Of the last so many numbers.
    Call(Function, usize),
    /// Passes over so many steps, where the last number is 0.
    SkipUnless(usize),
    /// Passes over so many steps.
    Skip(usize),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Comparison {
    Is,
    IsNot,
    Below,
    AtMost,
    Above,
    AtLeast,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Function {
    Min,
    Max,
    Round,
    If,
}

impl Function {
    fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "min" => Self::Min,
            "max" => Self::Max,
            "round" => Self::Round,
            "if" => Self::If,
            _ => return None,
        })
    }
}

/// Whether this can name an input or an outcome: it begins with a letter or `_`, has only letters, digits, `_` and `.`, is at most
/// [`NAME_MAX`] characters long, and is no function's.
pub fn is_name(name: &str) -> bool {
    let mut chars = name.chars();
    chars.next().is_some_and(begins_name)
        && chars.all(goes_on)
        && name.chars().count() <= NAME_MAX
        && Function::parse(name).is_none()
}

fn begins_name(char: char) -> bool {
    char.is_alphabetic() || char == '_'
}

fn goes_on(char: char) -> bool {
    char.is_alphanumeric() || char == '_' || char == '.'
}

impl Formula {
    /// Reads a formula.
    ///
    /// # Errors
    /// The first place at which it is none.
    pub fn parse(text: &str) -> Result<Self, Syntax> {
        if let Some((end, _)) = text.char_indices().nth(FORMULA_MAX) {
            return Err(Syntax { at: units(&text[..end]), what: What::TooLong });
        }
        let mut reading = Reading { text, at: 0, depth: 0, steps: Vec::new() };
        reading.comparison()?;
        match reading.peek() {
            None => Ok(Self(reading.steps)),
            Some(_) => Err(reading.fault(What::Unexpected)),
        }
    }

    /// The names in it, each as often as it stands there.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|step| match step {
            Step::Name(name) => Some(name.as_str()),
            _ => None,
        })
    }

    /// What it comes to, where `of` tells what names stand for. Products and quotients are rounded half away from zero to six decimals,
    /// one by one.
    ///
    /// # Errors
    /// What cannot be reckoned, or what `of` says.
    pub fn value(&self, of: impl Fn(&str) -> Result<Decimal, Fault>) -> Result<Decimal, Fault> {
        let (mut stack, mut at): (Vec<Decimal>, usize) = (Vec::new(), 0);
        while let Some(step) = self.0.get(at) {
            at += 1;
            let value = match step {
                Step::Number(number) => *number,
                Step::Name(name) => of(name)?,
                Step::Skip(count) => {
                    at += count;
                    continue;
                }
                Step::SkipUnless(count) => {
                    if pop(&mut stack) == Decimal::ZERO {
                        at += count;
                    }
                    continue;
                }
                Step::Negate => pop(&mut stack).negated(),
                Step::Call(function, count) => {
                    let values = stack.split_off(stack.len().saturating_sub(*count));
                    call(*function, &values)?
                }
                Step::Plus | Step::Less | Step::Times | Step::Over | Step::Compare(_) => {
                    let (other, one) = (pop(&mut stack), pop(&mut stack));
                    of_two(step, one, other)?
                }
            };
            stack.push(value);
        }
        Ok(pop(&mut stack))
    }
}

/// What reading made has a number here.
fn pop(stack: &mut Vec<Decimal>) -> Decimal {
    stack.pop().unwrap_or_default()
}

fn of_two(step: &Step, one: Decimal, other: Decimal) -> Result<Decimal, Fault> {
    let value = match step {
        Step::Plus => one.checked_plus(other),
        Step::Less => one.checked_less(other),
        Step::Times => one.checked_times(other),
        Step::Over if other == Decimal::ZERO => return Err(Fault::ByZero),
        Step::Over => one.checked_over(other),
        Step::Compare(comparison) => {
            let holds = match comparison {
                Comparison::Is => one == other,
                Comparison::IsNot => one != other,
                Comparison::Below => one < other,
                Comparison::AtMost => one <= other,
                Comparison::Above => one > other,
                Comparison::AtLeast => one >= other,
            };
            Some(if holds { Decimal::ONE } else { Decimal::ZERO })
        }
        _ => None,
    };
    value.ok_or(Fault::TooLarge)
}

fn call(function: Function, values: &[Decimal]) -> Result<Decimal, Fault> {
    let first = values.first().copied().unwrap_or_default();
    match function {
        Function::Min => Ok(values.iter().copied().min().unwrap_or(first)),
        Function::Max => Ok(values.iter().copied().max().unwrap_or(first)),
        Function::Round => {
            let places = values.get(1).copied().unwrap_or_default();
            let places =
                (0..=6_u32).find(|it| Decimal::whole((*it).into()) == places).ok_or(Fault::Places)?;
            Ok(first.rounded_to(places))
        }
        // It has become steps that are passed over.
        Function::If => Ok(first),
    }
}

fn units(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}

/// A text while it is read.
struct Reading<'a> {
    text: &'a str,
    /// How far it is read, in bytes.
    at: usize,
    depth: usize,
    steps: Vec<Step>,
}

type Done = Result<(), Syntax>;

impl Reading<'_> {
    fn fault(&self, what: What) -> Syntax {
        let what =
            if what == What::Unexpected && self.at == self.text.len() { What::EndsEarly } else { what };
        Syntax { at: units(&self.text[..self.at]), what }
    }

    /// The next sign that is no space.
    fn peek(&mut self) -> Option<char> {
        let rest = &self.text[self.at..];
        self.at += rest.len() - rest.trim_start().len();
        self.text[self.at..].chars().next()
    }

    /// Goes on behind one of these, and answers which.
    fn take<T: Copy>(&mut self, signs: &[(&str, T)]) -> Option<T> {
        self.peek();
        let rest = &self.text[self.at..];
        let (sign, taken) = signs.iter().find(|(sign, _)| rest.starts_with(sign))?;
        self.at += sign.len();
        Some(*taken)
    }

    fn pass(&mut self, sign: &str) -> Done {
        self.take(&[(sign, ())]).ok_or_else(|| self.fault(What::Unexpected))
    }

    fn comparison(&mut self) -> Done {
        // All that stands in brackets comes this way.
        self.depth += 1;
        if self.depth > DEPTH_MAX {
            return Err(self.fault(What::TooDeep));
        }
        self.sum()?;
        let signs = [
            ("<=", Comparison::AtMost),
            ("≤", Comparison::AtMost),
            (">=", Comparison::AtLeast),
            ("≥", Comparison::AtLeast),
            ("<>", Comparison::IsNot),
            ("≠", Comparison::IsNot),
            ("<", Comparison::Below),
            (">", Comparison::Above),
            ("=", Comparison::Is),
        ];
        if let Some(comparison) = self.take(&signs) {
            self.sum()?;
            self.steps.push(Step::Compare(comparison));
        }
        self.depth -= 1;
        Ok(())
    }

    fn sum(&mut self) -> Done {
        self.product()?;
        while let Some(is_plus) = self.take(&[("+", true), ("-", false), ("−", false)]) {
            self.product()?;
            self.steps.push(if is_plus { Step::Plus } else { Step::Less });
        }
        Ok(())
    }

    fn product(&mut self) -> Done {
        self.signed()?;
        let signs = [("*", true), ("×", true), ("·", true), ("/", false), ("÷", false)];
        while let Some(is_times) = self.take(&signs) {
            self.signed()?;
            self.steps.push(if is_times { Step::Times } else { Step::Over });
        }
        Ok(())
    }

    fn signed(&mut self) -> Done {
        let mut is_negative = false;
        while self.take(&[("-", ()), ("−", ())]).is_some() {
            is_negative = !is_negative;
        }
        self.single()?;
        if is_negative {
            self.steps.push(Step::Negate);
        }
        Ok(())
    }

    fn single(&mut self) -> Done {
        match self.peek() {
            Some('(') => {
                self.pass("(")?;
                self.comparison()?;
                self.pass(")")
            }
            Some(char) if char.is_ascii_digit() => self.number(),
            Some(char) if begins_name(char) => self.name(),
            _ => Err(self.fault(What::Unexpected)),
        }
    }

    /// Goes on behind what are such signs, and answers them.
    fn run(&mut self, is_part: impl Fn(char) -> bool) -> String {
        let rest = &self.text[self.at..];
        let end = rest.find(|char| !is_part(char)).unwrap_or(rest.len());
        self.at += end;
        rest[..end].to_owned()
    }

    fn number(&mut self) -> Done {
        let wrong = self.fault(What::Number);
        let digits = self.run(|char| char.is_ascii_digit() || char == '.');
        let number = Decimal::parse(&digits).ok_or(wrong)?;
        let number = match self.take(&[("%", ())]) {
            Some(()) if !number.has_at_most_four_decimals() => return Err(wrong),
            Some(()) => number.checked_over(Decimal::whole(100)).ok_or(wrong)?,
            None => number,
        };
        self.steps.push(Step::Number(number));
        Ok(())
    }

    fn name(&mut self) -> Done {
        let (long, unknown, count) =
            (self.fault(What::LongName), self.fault(What::NoSuchFunction), self.fault(What::Values));
        let name = self.run(goes_on);
        if name.chars().count() > NAME_MAX {
            return Err(long);
        }
        let function = Function::parse(&name);
        if self.peek() != Some('(') {
            if function.is_some() {
                return Err(self.fault(What::Unexpected));
            }
            self.steps.push(Step::Name(name));
            return Ok(());
        }
        let function = function.ok_or(unknown)?;
        self.pass("(")?;
        // Where each of its values ends among the steps.
        let mut ends = Vec::new();
        loop {
            self.comparison()?;
            ends.push(self.steps.len());
            if self.take(&[(",", ()), (";", ())]).is_none() {
                break;
            }
        }
        self.pass(")")?;
        match (function, ends.as_slice()) {
            (Function::If, [condition, first, _]) => self.choose(*condition, *first),
            (Function::Min | Function::Max, _) | (Function::Round, [_] | [_, _]) => {
                self.steps.push(Step::Call(function, ends.len()));
            }
            _ => return Err(count),
        }
        Ok(())
    }

    /// Has one of two parts be passed over: the first reaches from `condition` to `first`, the second from there to the end.
    fn choose(&mut self, condition: usize, first: usize) {
        let (one, other) = (first - condition, self.steps.len() - first);
        self.steps.insert(first, Step::Skip(other));
        self.steps.insert(condition, Step::SkipUnless(one + 1));
    }
}
