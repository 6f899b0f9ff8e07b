//! The order of sections, as strings that two people can make at once.
//!
//! A section stands where its string puts it among the others, compared as text; where two are equal the section's own
//! name decides. Between two different strings there is always room for another, so moving a section changes its own
//! string only. Strings are digits of base 36, `0` to `9` and `a` to `z`, read as a fraction.

const DIGITS: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";
/// How many digits count whole steps, for what is put at the end.
const STEPS: usize = 8;

/// The order of the first section of a document.
pub(crate) fn first() -> String {
    "00000001".to_owned()
}

/// The order behind all of `last`.
pub(crate) fn after(last: &str) -> String {
    let mut steps: Vec<usize> = last.bytes().map_while(value).take(STEPS).collect();
    let all_digits = steps.len() == STEPS && steps.iter().any(|digit| *digit < DIGITS.len() - 1);
    if !all_digits {
        return format!("{last}i");
    }
    for digit in steps.iter_mut().rev() {
        *digit = (*digit + 1) % DIGITS.len();
        if *digit > 0 {
            break;
        }
    }
    steps.into_iter().map(char_of).collect()
}

/// An order between `low` and `high`; an empty `low` is in front of all. Nothing where there is no room, as between two
/// that are equal.
pub(crate) fn between(low: &str, high: &str) -> Option<String> {
    let mut key = String::new();
    let mut bound = true;
    for at in 0..=low.len().max(high.len()) {
        let digit = |text: &str| text.as_bytes().get(at).and_then(|byte| value(*byte)).unwrap_or(0);
        let (from, to) = (digit(low), if bound { digit(high) } else { DIGITS.len() });
        if from > to {
            break;
        }
        if to - from > 1 {
            key.push(char_of((from + to) / 2));
            break;
        }
        key.push(char_of(from));
        // Once below `high`, whatever follows stays below it.
        bound = bound && from == to;
    }
    // Strings that others made may hold anything.
    (low < key.as_str() && key.as_str() < high).then_some(key)
}

fn value(byte: u8) -> Option<usize> {
    DIGITS.iter().position(|digit| *digit == byte)
}

fn char_of(digit: usize) -> char {
    DIGITS.get(digit).map_or('0', |byte| char::from(*byte))
}

/// The orders that bring parts into the order of `wanted`, of which `have` gives the orders so far: those that are other
/// than before. As few as can be get another one.
pub(crate) fn arrange(have: &[(String, String)], wanted: &[&str]) -> Vec<(String, String)> {
    let order_of = |name: &str| have.iter().find(|(_, it)| it == name);
    // The longest run of wanted ones that stand in that order already.
    let mut best: Vec<(usize, Option<usize>)> = Vec::with_capacity(wanted.len());
    for (at, name) in wanted.iter().enumerate() {
        let own = order_of(name);
        let before =
            (0..at).filter(|before| own.is_some() && best[*before].0 > 0 && order_of(wanted[*before]) < own);
        let before = before.max_by_key(|before| best[*before].0);
        let len = if own.is_some() { before.map_or(0, |before| best[before].0) + 1 } else { 0 };
        best.push((len, before));
    }
    let mut stays = vec![false; wanted.len()];
    let mut last = (0..wanted.len()).filter(|at| best[*at].0 > 0).max_by_key(|at| best[*at].0);
    while let Some(at) = last {
        stays[at] = true;
        last = best[at].1;
    }
    let mut list: Vec<(String, String)> = wanted
        .iter()
        .zip(&stays)
        .filter(|(_, stays)| **stays)
        .filter_map(|(name, _)| order_of(name).cloned())
        .collect();
    for (at, name) in wanted.iter().enumerate() {
        if stays[at] {
            continue;
        }
        let orders: Vec<&str> = list.iter().map(|(order, _)| order.as_str()).collect();
        let (own, others) = make_room(&orders, at);
        for ((order, _), other) in list.iter_mut().skip(at).zip(others) {
            *order = other;
        }
        list.insert(at, (own, (*name).to_owned()));
    }
    list.retain(|it| !have.contains(it));
    list
}

/// The orders that put a new section at place `at` among those that have `orders`, ascending: its own, and new ones for
/// the sections from `at` on that leave it no room.
pub(crate) fn make_room(orders: &[&str], at: usize) -> (String, Vec<String>) {
    let low = at.checked_sub(1).and_then(|before| orders.get(before)).copied().unwrap_or_default();
    let rest = orders.get(at..).unwrap_or_default();
    for (count, high) in rest.iter().enumerate() {
        let mut made = Vec::new();
        let mut from = low.to_owned();
        while made.len() <= count {
            let Some(next) = between(&from, high) else { break };
            from.clone_from(&next);
            made.push(next);
        }
        if made.len() > count {
            let own = made.remove(0);
            return (own, made);
        }
    }
    let mut made = vec![if orders.is_empty() { first() } else { after(low) }];
    for _ in rest {
        let last = made.last().map(|last| after(last)).unwrap_or_default();
        made.push(last);
    }
    let own = made.remove(0);
    (own, made)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_room_between_any_two() {
        let seed = 7;
        let mut random = fastrand::Rng::with_seed(seed);
        let mut orders = vec![first()];
        for step in 0..3_000 {
            // Mostly at one place, where strings grow longest.
            let at = if random.u8(..4) == 0 { random.usize(..=orders.len()) } else { orders.len() / 2 };
            let all: Vec<&str> = orders.iter().map(String::as_str).collect();
            let (own, others) = make_room(&all, at);
            assert!(others.is_empty(), "seed {seed} step {step}: nobody else has to move");
            orders.insert(at, own);
        }
        assert!(orders.is_sorted_by(|one, next| one < next), "seed {seed}");
        let longest = orders.iter().map(String::len).max().unwrap_or_default();
        assert!(longest < 600, "seed {seed}: {longest}");
    }

    #[test]
    fn strings_at_the_end_stay_short() {
        let mut last = first();
        for _ in 0..5_000 {
            let next = after(&last);
            assert!(last < next && next.len() <= STEPS, "{last} {next}");
            last = next;
        }
        assert_eq!(after("zzzzzzzz"), "zzzzzzzzi");
        assert_eq!(after("00000001i"), "00000002");
    }

    #[test]
    fn where_two_are_equal_the_later_ones_make_room() {
        let (own, others) = make_room(&["00000001", "00000002", "00000002", "00000003"], 2);
        assert!("00000002" < own.as_str() && own < others[0] && others[0].as_str() < "00000003");
        assert_eq!(others.len(), 1);
        let (own, others) = make_room(&["00000002", "00000002", "00000002"], 1);
        assert!("00000002" < own.as_str() && own < others[0] && others[0] < others[1]);
        // Nothing fits between a string and the same with zeros behind it.
        let (own, others) = make_room(&["a", "a0"], 1);
        assert!("a" < own.as_str() && own < others[0]);
    }

    #[test]
    fn strings_of_others_may_hold_anything() {
        for (low, high) in
            [("", ""), ("~", "a"), ("A", "B"), ("é", "ü"), ("0", ""), ("", "0"), ("a\0", "a\0b")]
        {
            if let Some(key) = between(low, high) {
                assert!(low < key.as_str() && key.as_str() < high, "{low:?} {key:?} {high:?}");
            }
            let (own, others) = make_room(&[low, high], 1);
            assert!(low < own.as_str(), "{low:?} {own:?}");
            assert!(others.iter().all(|other| own < *other) && others.len() <= 1);
        }
    }
}
