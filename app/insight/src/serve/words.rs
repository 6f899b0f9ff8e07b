//! How well a text answers some words (BM25; S. Robertson, H. Zaragoza, "The Probabilistic Relevance
//! Framework", 2009).

use terms::{
    nugget::{Facet, Nugget},
    words::words,
};

/// How soon more of the same word counts for less.
const K1: f64 = 1.2;
/// How much a long text has to have more of it.
const B: f64 = 0.75;
/// Words of so many letters may have one typing error.
const FORGIVEN: usize = 5;
/// A word that only begins as the one that is looked for counts so much.
const BEGINS: f64 = 0.8;
/// A word with a typing error counts so much.
const NEAR: f64 = 0.6;

/// The words of many texts.
pub(super) struct Index {
    papers: Vec<Paper>,
    /// How many words they have on average.
    mean: f64,
}

struct Paper {
    /// Each word once with how often it is there, in order.
    words: Vec<(String, u32)>,
    length: f64,
}

impl Index {
    pub(super) fn new<'a>(nuggets: impl Iterator<Item = &'a Nugget>) -> Self {
        let papers: Vec<Paper> = nuggets.map(Paper::of).collect();
        let sum: f64 = papers.iter().map(|paper| paper.length).sum();
        let mean = if papers.is_empty() { 1.0 } else { (sum / papers.len() as f64).max(1.0) };
        Self { papers, mean }
    }

    /// How rare a word is that so many texts have: ln(1 + (N − n + ½) / (n + ½)).
    fn rarity(&self, holding: usize) -> f64 {
        let (all, holding) = (self.papers.len() as f64, holding as f64);
        (1.0 + (all - holding + 0.5) / (holding + 0.5)).ln()
    }

    /// How many texts have a word.
    pub(super) fn holding(&self, word: &str) -> usize {
        self.papers.iter().filter(|paper| paper.count(word) > 0).count()
    }

    /// Whether a text has a word.
    pub(super) fn has(&self, at: usize, word: &str) -> bool {
        self.papers[at].count(word) > 0
    }

    pub(super) fn len(&self) -> usize {
        self.papers.len()
    }

    /// How well each text answers these words, in its place.
    pub(super) fn scores(&self, query: &[String]) -> Vec<f64> {
        let mut scores = vec![0.0; self.papers.len()];
        for word in query {
            let counts: Vec<f64> = self.papers.iter().map(|paper| f64::from(paper.count(word))).collect();
            self.add(&counts, &mut scores);
        }
        scores
    }

    /// The places of texts that have all of these words, the best answer first; a word may be the beginning of one there, or have a typing
    /// error. All where there are no words.
    pub(super) fn search(&self, query: &[String]) -> Vec<usize> {
        let mut scores = vec![0.0; self.papers.len()];
        let mut found = vec![true; self.papers.len()];
        for word in query {
            let counts: Vec<f64> = self.papers.iter().map(|paper| paper.near(word)).collect();
            self.add(&counts, &mut scores);
            for (found, count) in found.iter_mut().zip(&counts) {
                *found &= *count > 0.0;
            }
        }
        let mut places: Vec<usize> = (0..found.len()).filter(|at| found[*at]).collect();
        stdx::sort_by(&mut places, |one, other| scores[*other].total_cmp(&scores[*one]));
        places
    }

    /// Adds what one word is worth to the texts that have it so often.
    fn add(&self, counts: &[f64], scores: &mut [f64]) {
        let rarity = self.rarity(counts.iter().filter(|count| **count > 0.0).count());
        for ((count, score), paper) in counts.iter().zip(scores).zip(&self.papers) {
            let long = K1 * (1.0 - B + B * paper.length / self.mean);
            *score += rarity * count * (K1 + 1.0) / (count + long);
        }
    }
}

impl Paper {
    /// Title, text and tags.
    fn of(nugget: &Nugget) -> Self {
        let mut all = words(&nugget.title);
        all.extend(words(&nugget.text));
        all.extend(words(nugget.kind.name()));
        for facet in Facet::ALL {
            all.extend(nugget.tagged(facet).iter().flat_map(|tag| words(tag)));
        }
        let length = all.len() as f64;
        stdx::sort(&mut all);
        let counted = all.chunk_by(|one, next| one == next).map(|same| (same[0].clone(), same.len() as u32));
        Self { words: counted.collect(), length }
    }

    fn count(&self, word: &str) -> u32 {
        let found = self.words.binary_search_by(|(have, _)| have.as_str().cmp(word));
        found.map_or(0, |at| self.words[at].1)
    }

    /// How often it has a word, one that begins so, or one with a typing error; those count less.
    fn near(&self, word: &str) -> f64 {
        let exact = self.count(word);
        if exact > 0 {
            return f64::from(exact);
        }
        let worth = |have: &str| {
            if have.starts_with(word) {
                BEGINS
            } else if is_forgiven(word, have) {
                NEAR
            } else {
                0.0
            }
        };
        self.words.iter().map(|(have, count)| worth(have) * f64::from(*count)).sum()
    }
}

/// Whether two words of some length differ by one letter: left out, added, another, or two that changed places.
fn is_forgiven(one: &str, other: &str) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    if one.len() < FORGIVEN || one.len().abs_diff(other.len()) > 1 {
        return false;
    }
    let (short, long) = if one.len() < other.len() { (&one, &other) } else { (&other, &one) };
    let start = short.iter().zip(long.iter()).take_while(|(one, other)| one == other).count();
    let (short, long) = (&short[start..], &long[start..]);
    if short.len() < long.len() {
        return *short == long[1..];
    }
    match (short, long) {
        ([a, b, short @ ..], [c, d, long @ ..]) if a == d && b == c && short == long => true,
        ([_, short @ ..], [_, long @ ..]) => short == long,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn index(texts: &[&str]) -> Index {
        let nuggets: Vec<Nugget> =
            texts.iter().map(|text| Nugget { text: (*text).into(), ..Nugget::default() }).collect();
        Index::new(nuggets.iter())
    }

    #[test]
    fn words_are_folded() {
        assert_eq!(
            words("The Companies' month-end CLOSE, nai\u{308}ve Größe"),
            ["the", "company", "month", "end", "close", "naive", "groesse"]
        );
        assert_eq!(words("Analysis of status and classes"), ["analysi", "of", "status", "and", "classe"]);
        assert_eq!(words("会計 2027"), ["会", "計", "2027"]);
        assert_eq!(words(" … "), [""; 0]);
    }

    #[test]
    fn lb_a_score_is_bm25() {
        // Each paper also has the word of its kind, `benefit`.
        let index = index(&["audit audit close", "close", "ledger notes here now"]);
        let scores = index.scores(&["audit".into()]);
        // N = 3, n = 1, lengths 4, 2, 5, mean 11/3.
        let rarity = (1.0 + 2.5 / 1.5_f64).ln();
        let expected = rarity * 2.0 * 2.2 / (2.0 + 1.2 * (0.25 + 0.75 * 4.0 / (11.0 / 3.0)));
        assert!((scores[0] - expected).abs() < 1e-12, "{scores:?}");
        assert_eq!(scores[1..], [0.0, 0.0]);
        let close = index.scores(&["close".into()]);
        assert!(close[1] > close[0], "in fewer words it says more");
    }

    #[test]
    fn lb_a_search_forgives_one_typing_error_in_long_words() {
        let index = index(&[
            "Month-end reconciliation takes nine days",
            "Audit trail",
            "Reconcile the ledger",
            "Cost",
        ]);
        let search = |query: &str| index.search(&words(query));
        assert_eq!(search("reconcilation"), [0], "left out");
        assert_eq!(search("auidt"), [1], "changed places");
        assert_eq!(search("leedger"), [2], "added");
        assert_eq!(search("lodger"), [2], "another");
        assert_eq!(search("reconcil"), [2, 0], "begins so; in the shorter text first");
        assert_eq!(search("coat"), [0; 0], "short words have to be right");
        assert_eq!(search("month trail"), [0; 0], "all words have to be there");
        assert_eq!(search(""), [0, 1, 2, 3]);
    }

    #[test]
    fn one_error_is_forgiven_and_no_two() {
        let seed = fastrand::u64(..);
        println!("seed {seed}");
        let mut random = fastrand::Rng::with_seed(seed);
        for _ in 0..5_000 {
            let len = random.usize(6..12);
            let word: Vec<char> = (0..len).map(|_| random.char('a'..='d')).collect();
            let mut other = word.clone();
            let at = random.usize(..len);
            match random.u8(..4) {
                0 => drop(other.remove(at)),
                1 => other.insert(at, random.char('a'..='d')),
                2 => other[at] = random.char('a'..='d'),
                _ => other.swap(at, (at + 1).min(len - 1)),
            }
            let (one, two): (String, String) = (word.iter().collect(), other.iter().collect());
            assert!(is_forgiven(&one, &two), "{one} {two}");
            let far = format!("{two}zz");
            assert!(!is_forgiven(&one, &far), "{one} {far}");
        }
        assert!(!is_forgiven("abcdef", "badcfe"));
    }
}
