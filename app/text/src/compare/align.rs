//! What two lists have in common, in order: Myers' difference, in rounds of bounded length.
//!
//! A round finds the shortest way through the lists (E. Myers, "An O(ND) Difference Algorithm and Its Variations",
//! 1986) as far as [`REACH`] differences lead, and the next one starts where it came furthest. So lists that are much
//! alike get the shortest difference there is, and for all others time stays within a constant times their length.

/// How many differences one round looks ahead.
const REACH: usize = 256;

/// A stretch that stands in both lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Same {
    /// Where it starts in the old list.
    pub(super) old: usize,
    /// Where it starts in the new list.
    pub(super) new: usize,
    /// How many items it has.
    pub(super) len: usize,
}

/// The stretches that `old` and `new` have in common, in order and apart; none is empty.
pub(super) fn align(old: &[u32], new: &[u32]) -> Vec<Same> {
    let mut found = Vec::new();
    let head = common(old.iter(), new.iter());
    push(&mut found, Same { old: 0, new: 0, len: head });
    let tail = common(old[head..].iter().rev(), new[head..].iter().rev());
    let (old_end, new_end) = (old.len() - tail, new.len() - tail);
    let (mut x, mut y) = (head, head);
    while x < old_end && y < new_end {
        let round = Round::run(&old[x..old_end], &new[y..new_end]);
        for same in round.common() {
            push(&mut found, Same { old: x + same.old, new: y + same.new, len: same.len });
        }
        (x, y) = (x + round.end.0, y + round.end.1);
    }
    push(&mut found, Same { old: old_end, new: new_end, len: tail });
    found
}

fn common<'a>(one: impl Iterator<Item = &'a u32>, two: impl Iterator<Item = &'a u32>) -> usize {
    one.zip(two).take_while(|(one, two)| one == two).count()
}

fn push(found: &mut Vec<Same>, same: Same) {
    match found.last_mut() {
        _ if same.len == 0 => {}
        Some(last) if (last.old + last.len, last.new + last.len) == (same.old, same.new) => {
            last.len += same.len;
        }
        _ => found.push(same),
    }
}

/// The ways that lead furthest with one number of differences, by how many of these were deletions: the place in the
/// old list where each ends. With `d` differences, `i` of them deletions, the place in the new list is that place plus
/// `d − 2i`. `None` where all such ways would lead out of the lists.
type Row = Vec<Option<usize>>;

/// A search through two lists, neither empty.
struct Round {
    sizes: (usize, usize),
    /// A row for each number of differences, from 0.
    rows: Vec<Row>,
    /// Where the best way ends, in the old list and in the new one.
    end: (usize, usize),
}

impl Round {
    fn run(old: &[u32], new: &[u32]) -> Self {
        let mut round = Self { sizes: (old.len(), new.len()), rows: Vec::new(), end: (0, 0) };
        while round.rows.len() <= REACH && round.end != round.sizes {
            let differences = round.rows.len();
            let mut row = Row::with_capacity(differences + 1);
            for deletions in 0..=differences {
                let x = round.step(differences, deletions).map(|(x, _)| {
                    let y = x + differences - 2 * deletions;
                    x + common(old[x..].iter(), new[y..].iter())
                });
                row.push(x);
            }
            let end =
                |(deletions, x): (usize, &Option<usize>)| x.map(|x| (x, x + differences - 2 * deletions));
            let furthest = row.iter().enumerate().filter_map(end).max_by_key(|(x, y)| x + y);
            round.end = furthest.unwrap_or(round.end);
            round.rows.push(row);
        }
        round
    }

    /// Where the last difference of the best way leads to, and how many deletions came before it.
    fn step(&self, differences: usize, deletions: usize) -> Option<(usize, usize)> {
        let Some(before) = differences.checked_sub(1).and_then(|at| self.rows.get(at)) else {
            return Some((0, 0));
        };
        let (n, m) = self.sizes;
        let insertion = before
            .get(deletions)
            .and_then(|x| *x)
            .filter(|x| x + differences - 2 * deletions <= m)
            .map(|x| (x, deletions));
        let deletion =
            deletions.checked_sub(1).and_then(|at| before[at].map(|x| (x + 1, at))).filter(|(x, _)| *x <= n);
        insertion.max(deletion)
    }

    /// The common stretches along the best way.
    fn common(&self) -> Vec<Same> {
        let mut found = Vec::new();
        let mut x = self.end.0;
        let mut differences = self.rows.len() - 1;
        let mut deletions = (self.end.0 + differences).saturating_sub(self.end.1) / 2;
        while let Some((start, before)) = self.step(differences, deletions) {
            let new = start + differences - 2 * deletions;
            found.push(Same { old: start, new, len: x - start });
            if differences == 0 {
                break;
            }
            x = start - (deletions - before);
            (differences, deletions) = (differences - 1, before);
        }
        found.reverse();
        found
    }
}
