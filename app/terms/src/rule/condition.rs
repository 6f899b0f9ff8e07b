//! When a rule applies: comparisons of facts, in groups.

use super::{DEPTH_MAX, Fact, Facts, Fault, Known, PARTS_MAX, Sort, TEXTS_MAX, WORDS_MAX};

/// When a rule applies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    /// Where all of these hold; always where there are none.
    All(Vec<Self>),
    /// Where at least one of these holds; never where there are none.
    Any(Vec<Self>),
    /// Where a comparison holds.
    Where(Comparison),
}

/// A fact, and what it is compared with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// The fact.
    pub fact: Fact,
    /// How it is compared.
    pub test: Test,
}

/// How a fact is compared. Words are the same whatever their capital letters; of several it is enough that one is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Test {
    /// It is this.
    Is(Known),
    /// It is not this.
    IsNot(Known),
    /// It is more than this, or a later day.
    More(Known),
    /// It is less than this, or an earlier day.
    Less(Known),
    /// It is not less than the first and not more than the second.
    Between(Known, Known),
    /// It is one of these words.
    OneOf(Vec<String>),
    /// Something is known of it.
    IsKnown,
    /// Nothing is known of it.
    IsUnknown,
}

/// What came of looking at a condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It holds.
    Holds,
    /// It does not hold.
    Fails,
    /// It cannot be told, since a fact is not known.
    Undecided,
}

/// A comparison by which a rule applies, or by which it cannot be told whether it does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// The fact.
    pub fact: Fact,
    /// What it was compared with.
    pub test: Test,
    /// What it is; none where that is not known, so that the comparison could not be made.
    pub value: Option<Known>,
}

impl Condition {
    /// Whether it can be kept.
    pub(super) fn check(&self) -> Result<(), Fault> {
        let mut parts = 0;
        self.check_within(1, &mut parts)
    }

    fn check_within(&self, depth: usize, parts: &mut usize) -> Result<(), Fault> {
        *parts += 1;
        if *parts > PARTS_MAX || depth > DEPTH_MAX {
            return Err(Fault::TooLarge);
        }
        match self {
            Self::All(of) | Self::Any(of) => of.iter().try_for_each(|it| it.check_within(depth + 1, parts)),
            Self::Where(comparison) => comparison.check(),
        }
    }

    /// Whether it holds of what is known.
    pub fn outcome(&self, facts: &Facts) -> Outcome {
        let worst = |of: &[Self], decides: Outcome, else_: Outcome| {
            let outcomes: Vec<Outcome> = of.iter().map(|it| it.outcome(facts)).collect();
            if outcomes.contains(&decides) {
                decides
            } else if outcomes.contains(&Outcome::Undecided) {
                Outcome::Undecided
            } else {
                else_
            }
        };
        match self {
            Self::All(of) => worst(of, Outcome::Fails, Outcome::Holds),
            Self::Any(of) => worst(of, Outcome::Holds, Outcome::Fails),
            Self::Where(comparison) => comparison.outcome(facts),
        }
    }

    /// The comparisons by which it holds or cannot be told, in their order. What fails is no reason.
    pub fn reasons(&self, facts: &Facts) -> Vec<Reason> {
        if self.outcome(facts) == Outcome::Fails {
            return Vec::new();
        }
        match self {
            Self::All(of) | Self::Any(of) => of.iter().flat_map(|it| it.reasons(facts)).collect(),
            Self::Where(Comparison { fact, test }) => {
                vec![Reason { fact: *fact, test: test.clone(), value: facts.get(*fact).cloned() }]
            }
        }
    }

    /// The facts that it looks at.
    pub fn facts(&self) -> Vec<Fact> {
        match self {
            Self::All(of) | Self::Any(of) => of.iter().flat_map(Self::facts).collect(),
            Self::Where(comparison) => vec![comparison.fact],
        }
    }

    /// Whether nothing that it looks at has changed for the worse from `was` to `now`. For a comparison with a limit, further
    /// beyond it is worse; for any other each change is. What a comparison does not apply to any more is never worse.
    pub fn is_no_worse(&self, was: &Facts, now: &Facts) -> bool {
        match self {
            Self::All(of) | Self::Any(of) => of.iter().all(|it| it.is_no_worse(was, now)),
            Self::Where(comparison) => comparison.is_no_worse(was, now),
        }
    }

    /// Whether it can be seen that this holds of nothing that `old` did not hold of.
    pub fn is_no_wider_than(&self, old: &Self) -> bool {
        if self == old {
            return true;
        }
        match (self, old) {
            (Self::Where(new), Self::Where(old)) => new.is_no_wider_than(old),
            (Self::Any(new), _) => new.iter().all(|it| it.is_no_wider_than(old)),
            (_, Self::All(old)) => old.iter().all(|it| self.is_no_wider_than(it)),
            (Self::All(new), old) => {
                new.iter().any(|it| it.is_no_wider_than(old)) || old.has(|it| self.is_no_wider_than(it))
            }
            (Self::Where(_), Self::Any(old)) => old.iter().any(|it| self.is_no_wider_than(it)),
        }
    }

    /// Whether this is several of which one is enough, and one of them is such.
    fn has(&self, is_such: impl Fn(&Self) -> bool) -> bool {
        match self {
            Self::Any(of) => of.iter().any(is_such),
            _ => false,
        }
    }
}

impl Comparison {
    fn check(&self) -> Result<(), Fault> {
        let sort = self.fact.sort();
        let has_order = matches!(sort, Sort::Number | Sort::Day);
        let fits = match &self.test {
            Test::Is(known) | Test::IsNot(known) => known.sort() == sort,
            Test::More(known) | Test::Less(known) => has_order && known.sort() == sort,
            Test::Between(least, most) => {
                has_order && least.sort() == sort && most.sort() == sort && least <= most
            }
            Test::OneOf(words) => sort == Sort::Words && !words.is_empty(),
            Test::IsKnown | Test::IsUnknown => true,
        };
        if !fits {
            return Err(Fault::Comparison(self.fact));
        }
        let words = match &self.test {
            Test::OneOf(words) | Test::Is(Known::Words(words)) | Test::IsNot(Known::Words(words)) => words,
            _ => return Ok(()),
        };
        let fits = words.len() <= TEXTS_MAX && words.iter().all(|it| it.chars().count() <= WORDS_MAX);
        if fits { Ok(()) } else { Err(Fault::TooLong) }
    }

    fn outcome(&self, facts: &Facts) -> Outcome {
        let value = facts.get(self.fact);
        let holds = match (&self.test, value) {
            (Test::IsKnown, value) => value.is_some(),
            (Test::IsUnknown, value) => value.is_none(),
            (_, None) => return Outcome::Undecided,
            // Of another sort than the fact holds: some other version of the program wrote it.
            (test, Some(value)) => match test.holds(value) {
                Some(holds) => holds,
                None => return Outcome::Undecided,
            },
        };
        if holds { Outcome::Holds } else { Outcome::Fails }
    }

    fn is_no_worse(&self, was: &Facts, now: &Facts) -> bool {
        let is_same = was.get(self.fact) == now.get(self.fact);
        if is_same || self.outcome(now) == Outcome::Fails {
            return true;
        }
        match (&self.test, was.get(self.fact), now.get(self.fact)) {
            (Test::More(_), Some(was), Some(now)) => now.sort() == was.sort() && now <= was,
            (Test::Less(_), Some(was), Some(now)) => now.sort() == was.sort() && now >= was,
            _ => false,
        }
    }

    fn is_no_wider_than(&self, old: &Self) -> bool {
        self.fact == old.fact
            && match (&self.test, &old.test) {
                (Test::More(new), Test::More(old)) => new.sort() == old.sort() && new >= old,
                (Test::Less(new), Test::Less(old)) => new.sort() == old.sort() && new <= old,
                (Test::Between(least, most), Test::Between(from, to)) => {
                    least.sort() == from.sort() && least >= from && most <= to
                }
                (Test::OneOf(new), Test::OneOf(old)) => new.iter().all(|it| has(old, it)),
                (new, old) => new == old,
            }
    }
}

impl Test {
    /// Whether it holds of a value; none where the two cannot be compared.
    fn holds(&self, value: &Known) -> Option<bool> {
        let is_same = |known: &Known| match (known, value) {
            (Known::Words(wanted), Known::Words(words)) => Some(words.iter().any(|it| has(wanted, it))),
            (known, value) => (known.sort() == value.sort()).then(|| known == value),
        };
        let order = |known: &Known| (known.sort() == value.sort()).then(|| value.cmp(known));
        match self {
            Self::Is(known) => is_same(known),
            Self::IsNot(known) => is_same(known).map(|is| !is),
            Self::More(known) => Some(order(known)?.is_gt()),
            Self::Less(known) => Some(order(known)?.is_lt()),
            Self::Between(least, most) => Some(order(least)?.is_ge() && order(most)?.is_le()),
            Self::OneOf(wanted) => match value {
                Known::Words(words) => Some(words.iter().any(|it| has(wanted, it))),
                _ => None,
            },
            Self::IsKnown => Some(true),
            Self::IsUnknown => Some(false),
        }
    }
}

/// Whether these have a word, whatever its capital letters.
fn has(words: &[String], word: &str) -> bool {
    let folded = |text: &str| text.trim().to_lowercase();
    words.iter().any(|it| folded(it) == folded(word))
}
