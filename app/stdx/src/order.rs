//! Putting things in order, and gathering them into what keeps them so.
//!
//! The library's own sort is compiled anew for each type that is sorted, and so is the collecting of a map, which sorts first. That was
//! a twentieth of the program. Here one sort of places serves all.

use std::cmp::Ordering;

/// The items in order; of those that are alike, the one that came first stands first.
pub fn in_order<T>(items: impl IntoIterator<Item = T>, is_before: impl Fn(&T, &T) -> bool) -> Vec<T> {
    let mut ordered: Vec<T> = items.into_iter().collect();
    sort_by(&mut ordered, |one, other| match (is_before(one, other), is_before(other, one)) {
        (true, _) => Ordering::Less,
        (false, true) => Ordering::Greater,
        (false, false) => Ordering::Equal,
    });
    ordered
}

/// Sorts; those that are alike stay as they stand.
pub fn sort_by<T>(items: &mut [T], order: impl Fn(&T, &T) -> Ordering) {
    let mut places: Vec<usize> = (0..items.len()).collect();
    sort_places(&mut places, &|one, other| match (items.get(one), items.get(other)) {
        (Some(one), Some(other)) => order(one, other),
        _ => Ordering::Equal,
    });
    // Each circle of items that take each other's places is gone round once.
    for start in 0..items.len() {
        let mut at = start;
        while places[at] != start {
            let next = places[at];
            items.swap(at, next);
            places[at] = at;
            at = next;
        }
        places[at] = at;
    }
}

/// Sorts by what `key` tells; those that are alike stay as they stand.
pub fn sort_by_key<T, K: Ord>(items: &mut [T], key: impl Fn(&T) -> K) {
    sort_by(items, |one, other| key(one).cmp(&key(other)));
}

/// Sorts; those that are alike stay as they stand.
pub fn sort<T: Ord>(items: &mut [T]) {
    sort_by(items, T::cmp);
}

fn sort_places(places: &mut [usize], order: &dyn Fn(usize, usize) -> Ordering) {
    places.sort_by(|one, other| order(*one, *other));
}

/// Gathers what an iterator gives, one after the other.
pub trait Gather: Iterator + Sized {
    /// As [`Iterator::collect`], for what can be added to. Of two values of a key the later one stays.
    fn gather<C: Default + Extend<Self::Item>>(self) -> C {
        let mut all = C::default();
        all.extend(self);
        all
    }
}

impl<I: Iterator> Gather for I {}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn items_stand_in_order_and_alike_ones_as_they_came() {
        let items = [(2, 'a'), (1, 'b'), (2, 'c'), (0, 'd'), (1, 'e')];
        let ordered = in_order(items, |one, other| one.0 < other.0);
        assert_eq!(ordered, [(0, 'd'), (1, 'b'), (1, 'e'), (2, 'a'), (2, 'c')]);
    }

    #[test]
    fn all_sorts_agree_with_the_librarys() {
        let mut seed = 7u64;
        let mut next = |below: u64| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) % below
        };
        for len in 0..200 {
            let items: Vec<(u64, usize)> = (0..len).map(|at| (next(20), at)).collect();
            let mut expected = items.clone();
            expected.sort_by_key(|item| item.0);
            let mut sorted = items.clone();
            sort_by_key(&mut sorted, |item| item.0);
            assert_eq!(sorted, expected);
            assert_eq!(in_order(items.clone(), |one, other| one.0 < other.0), expected);
            let (mut sorted, mut expected) = (items.clone(), items.clone());
            sort(&mut sorted);
            expected.sort_unstable();
            assert_eq!(sorted, expected);
            let (gathered, collected): (BTreeMap<_, _>, BTreeMap<_, _>) =
                (items.iter().copied().gather(), items.iter().copied().collect());
            assert_eq!(gathered, collected);
        }
    }
}
