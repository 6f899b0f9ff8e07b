//! Names that almost match: `GTXPro` and `GTX Pro`, `technolgy` and `technology`.
//!
//! They are offered for joining, never joined. No name is compared with all others: names are put in order by the forms in which
//! alike ones are the same, and only those that meet are looked at. For a wrong letter these forms are the name with each of
//! its letters left out in turn, where two names that differ by one letter more, less, other or changed places always meet.

use std::ops::Range;

use super::normal;

/// How two names are alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Alike {
    /// They differ in case, accents, spaces, points, or what a company is by law.
    Form,
    /// They have the same words in another order.
    Order,
    /// They differ by one letter, or two neighbours changed places.
    Letter,
}

/// Two names that are likely one, by their places in the lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pair {
    /// The one that may be joined.
    pub from: usize,
    /// The one it may be joined to.
    pub to: usize,
    /// How they are alike.
    pub how: Alike,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Near {
    /// The pairs, in the order of the first list, the likelier first.
    pub pairs: Vec<Pair>,
    /// How often two names were compared letter by letter.
    pub compared: usize,
}

/// Names with fewer letters differ by a letter too often.
const LETTERS_MIN: usize = 5;
/// Longer names have their words compared, and not their letters.
const LETTERS_MAX: usize = 80;
/// The most names that one is offered for joining to by a letter.
const OFFERS_MAX: usize = 3;

/// The names of `from` that are almost one of `to`, for each at most three. A name that is in both is none of them. `are_companies`
/// leaves out what a company is by law.
pub fn near(from: &[&str], to: &[&str], are_companies: bool) -> Near {
    let mut names = Names::of(from.iter().chain(to), are_companies);
    let is_from = |at: usize| at < from.len();
    let is_same = |one: usize, other: usize| names.all[one].raw == names.all[other].raw;
    let mut found = Near::default();
    let mut is_done = vec![false; from.len()];
    for how in [Alike::Form, Alike::Order] {
        for group in names.groups(how) {
            // Those of `from` come first, since a group stands in the order of the lists.
            let Some(first) = group.iter().copied().find(|at| !is_from(*at)) else { continue };
            for at in group.iter().copied().take_while(|at| is_from(*at)) {
                if is_done[at] {
                    continue;
                }
                is_done[at] = true;
                let is_known = group.iter().any(|other| !is_from(*other) && is_same(at, *other));
                if how == Alike::Order || !is_known {
                    found.pairs.push(Pair { from: at, to: first - from.len(), how });
                }
            }
        }
    }
    names.forget(|at| is_from(at) && is_done[at]);
    let may = |one: usize, other: usize| is_from(one) && !is_from(other);
    let pairs = names.letters(&mut found.compared, may);
    found.add(pairs.into_iter().map(|(one, other)| (one, other - from.len())));
    found
}

/// The names of one list, all different and each with how often it stands there, that are almost a more frequent one: for values of
/// a column that are spelt now so and now so.
pub fn near_within(list: &[(&str, usize)], are_companies: bool) -> Near {
    let texts: Vec<&str> = list.iter().map(|(name, _)| *name).collect();
    let mut names = Names::of(texts.iter(), are_companies);
    let counts = |at: usize| list.get(at).map_or(0, |(_, count)| *count);
    // The more frequent one is before; of two alike the first.
    let is_before = |one: usize, other: usize| (counts(other), one) < (counts(one), other);
    let mut found = Near::default();
    let mut is_done = vec![false; list.len()];
    for how in [Alike::Form, Alike::Order] {
        for group in names.groups(how) {
            let best =
                group.iter().copied().reduce(|one, other| if is_before(other, one) { other } else { one });
            for at in group.iter().copied() {
                if let Some(to) = best.filter(|best| *best != at && !is_done[at]) {
                    is_done[at] = true;
                    found.pairs.push(Pair { from: at, to, how });
                }
            }
        }
    }
    names.forget(|at| is_done[at]);
    let pairs = names.letters(&mut found.compared, |one, other| is_before(other, one));
    found.add(pairs);
    found
}

impl Near {
    /// Adds pairs that differ by a letter, not too many of one name, and puts all in order.
    fn add(&mut self, pairs: impl IntoIterator<Item = (usize, usize)>) {
        let mut last = (usize::MAX, 0);
        for (from, to) in pairs {
            last = (from, if last.0 == from { last.1 + 1 } else { 1 });
            if last.1 <= OFFERS_MAX {
                self.pairs.push(Pair { from, to, how: Alike::Letter });
            }
        }
        stdx::sort_by_key(&mut self.pairs, |pair| (pair.from, pair.how, pair.to));
    }
}

struct Name {
    raw: String,
    /// All its letters and digits.
    form: String,
    /// Its words in the order of the alphabet.
    words: String,
    is_left: bool,
}

/// Names with the forms in which alike ones meet.
struct Names {
    all: Vec<Name>,
}

impl Names {
    fn of<'a>(names: impl Iterator<Item = &'a &'a str>, are_companies: bool) -> Self {
        let name = |name: &&str| {
            let mut words = if are_companies { normal::company_words(name) } else { normal::words(name) };
            let form = words.concat();
            stdx::sort(&mut words);
            Name { raw: name.trim().to_owned(), form, words: words.join(" "), is_left: true }
        };
        Self { all: names.map(name).collect() }
    }

    fn forget(&mut self, is_done: impl Fn(usize) -> bool) {
        for (at, name) in self.all.iter_mut().enumerate() {
            name.is_left = !is_done(at);
        }
    }

    /// The places of names that are the same in this way, at least two together, each group in the order of the list.
    fn groups(&self, how: Alike) -> Vec<Vec<usize>> {
        let key = |at: &usize| match how {
            Alike::Order => self.all[*at].words.as_str(),
            Alike::Form | Alike::Letter => self.all[*at].form.as_str(),
        };
        let mut places: Vec<usize> = (0..self.all.len()).filter(|at| !key(at).is_empty()).collect();
        stdx::sort_by(&mut places, |one, other| key(one).cmp(key(other)));
        let groups = places.chunk_by(|one, other| key(one) == key(other));
        groups.filter(|group| group.len() > 1).map(<[usize]>::to_vec).collect()
    }

    /// Pairs of names that differ by a letter, in order, of those that may be joined.
    fn letters(&self, compared: &mut usize, may: impl Fn(usize, usize) -> bool) -> Vec<(usize, usize)> {
        let mut keys: Vec<(u64, usize)> = Vec::new();
        for (at, name) in self.all.iter().enumerate().filter(|(_, name)| name.is_left) {
            let count = name.form.chars().count();
            if !(LETTERS_MIN..=LETTERS_MAX).contains(&count) {
                continue;
            }
            keys.push((key(&name.form, 0..0), at));
            let mut start = 0;
            for sign in name.form.chars() {
                let end = start + sign.len_utf8();
                // Another figure is another thing: `GTX 500` is not `GTX 550`. Of a letter that is doubled either one will do.
                if !sign.is_numeric() && !name.form.get(end..).unwrap_or_default().starts_with(sign) {
                    keys.push((key(&name.form, start..end), at));
                }
                start = end;
            }
        }
        stdx::sort(&mut keys);
        let mut pairs = Vec::new();
        for bucket in keys.chunk_by(|one, other| one.0 == other.0).filter(|bucket| bucket.len() > 1) {
            for (_, one) in bucket {
                for (_, other) in bucket {
                    if one != other && may(*one, *other) {
                        *compared += 1;
                        if differ_by_a_letter(&self.all[*one].form, &self.all[*other].form) {
                            pairs.push((*one, *other));
                        }
                    }
                }
            }
        }
        stdx::sort(&mut pairs);
        pairs.dedup();
        pairs
    }
}

/// A number for a name without one of its letters (FNV-1a). Names that should not meet may, which the comparison finds out.
fn key(name: &str, without: Range<usize>) -> u64 {
    let parts = [name.get(..without.start), name.get(without.end..)];
    let bytes = parts.into_iter().flatten().flat_map(str::bytes);
    bytes
        .fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3))
}

/// Whether one letter more, less or other, or two neighbours that changed places, make one of the other. This is the distance of
/// Damerau and Levenshtein where it is 1.
fn differ_by_a_letter(one: &str, other: &str) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    let same = short.iter().zip(&long).take_while(|(one, other)| one == other).count();
    let rest = |of: &[char], from: usize| of.get(from..).unwrap_or_default().to_vec();
    let (left, right) = (rest(&short, same), rest(&long, same));
    match long.len() - short.len() {
        0 => {
            let swapped =
                left.len() > 1 && left[0] == right[1] && left[1] == right[0] && left[2..] == right[2..];
            !left.is_empty() && (left[1..] == right[1..] || swapped)
        }
        1 => left == right[1..],
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(from: &[&str], to: &[&str]) -> Vec<(usize, usize, Alike)> {
        near(from, to, true).pairs.iter().map(|pair| (pair.from, pair.to, pair.how)).collect()
    }

    #[test]
    fn names_that_are_likely_one_are_offered() {
        assert_eq!(found(&["GTXPro"], &["MG Special", "GTX Pro"]), [(0, 1, Alike::Form)]);
        assert_eq!(
            found(&["GTX Pro"], &["gtx pro", "GTX Pro"]),
            [],
            "one that is there is joined to no other"
        );
        assert_eq!(found(&["Müller GmbH"], &["MULLER Inc."]), [(0, 0, Alike::Form)]);
        assert_eq!(found(&["Bank of Kenya"], &["Kenya, Bank of"]), [(0, 0, Alike::Order)]);
        assert_eq!(found(&["technolgy"], &["technology"]), [(0, 0, Alike::Letter)]);
        assert_eq!(found(&["technoolgy"], &["technology"]), [(0, 0, Alike::Letter)]);
        assert_eq!(found(&["Philipines"], &["Philippines"]), [(0, 0, Alike::Letter)]);
        assert_eq!(
            found(&["Acme", "Unit 1", "GTX 500", "", "-"], &["Acne", "Unit 2", "GTX 550", "", "+"]),
            []
        );
    }

    #[test]
    fn within_a_column_the_rarer_is_offered_for_joining() {
        let list = [("technolgy", 2), ("technology", 9), ("Technology", 1), ("retail", 5)];
        let pairs = near_within(&list, false).pairs;
        let pair = |from, to, how| Pair { from, to, how };
        assert_eq!(pairs, [pair(0, 1, Alike::Letter), pair(2, 1, Alike::Form)]);
    }

    /// The distance of Damerau and Levenshtein (optimal string alignment), by its table.
    fn distance(one: &str, other: &str) -> usize {
        let (a, b): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
        let mut table = vec![vec![0; b.len() + 1]; a.len() + 1];
        for i in 0..=a.len() {
            for j in 0..=b.len() {
                table[i][j] = if i == 0 || j == 0 {
                    i + j
                } else {
                    let changed = table[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
                    let plain = changed.min(table[i - 1][j] + 1).min(table[i][j - 1] + 1);
                    let swaps = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
                    if swaps { plain.min(table[i - 2][j - 2] + 1) } else { plain }
                };
            }
        }
        table[a.len()][b.len()]
    }

    #[test]
    fn all_names_at_distance_one_are_found_and_no_others() {
        let seed = 5;
        let mut random = fastrand::Rng::with_seed(seed);
        let mut word = || (0..random.usize(5..8)).map(|_| random.char('a'..='c')).collect::<String>();
        let (from, to): (Vec<String>, Vec<String>) =
            ((0..150).map(|_| word()).collect(), (0..150).map(|_| word()).collect());
        let names = |list: &[String]| list.iter().map(|name| normal::letters(name)).collect::<Vec<_>>();
        let (from, to) = (names(&from), names(&to));
        let both: Vec<&str> = from.iter().chain(&to).map(String::as_str).collect();
        let pairs = Names::of(both.iter(), false).letters(&mut 0, |one, other| one < 150 && other >= 150);
        let mut wanted = Vec::new();
        for (i, one) in from.iter().enumerate() {
            for (j, other) in to.iter().enumerate() {
                if distance(one, other) == 1 {
                    wanted.push((i, j + 150));
                }
            }
        }
        assert!(wanted.len() > 20, "seed {seed}");
        assert_eq!(pairs, wanted, "seed {seed}");
    }

    #[test]
    fn twice_as_many_names_are_about_twice_the_work() {
        let seed = 9;
        let mut random = fastrand::Rng::with_seed(seed);
        let parts = [
            "acme", "global", "north", "data", "med", "tech", "soft", "bank", "green", "motors", "ware",
            "labs",
        ];
        let mut work = |count: usize| {
            let mut name = || -> String {
                let part = |random: &mut fastrand::Rng| parts[random.usize(..parts.len())];
                let tail: String = (0..6).map(|_| random.lowercase()).collect();
                format!("{} {} {tail}", part(&mut random), part(&mut random))
            };
            let (mut from, to): (Vec<String>, Vec<String>) =
                ((0..count).map(|_| name()).collect(), (0..count).map(|_| name()).collect());
            // Every tenth is one of the others with its last letter left out.
            for at in (0..count).step_by(10) {
                from[at] = to[at][..to[at].len() - 1].to_owned();
            }
            fn plain(list: &[String]) -> Vec<&str> {
                list.iter().map(String::as_str).collect()
            }
            let found = near(&plain(&from), &plain(&to), true);
            assert!(found.pairs.len() >= count / 10, "seed {seed}: {} of {count}", found.pairs.len());
            found.compared
        };
        let (few, many) = (work(2_500), work(20_000));
        assert!(many < 20 * few.max(250), "seed {seed}: {few} comparisons, then {many}");
    }
}
