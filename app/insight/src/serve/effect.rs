//! How deals went that used something, beside those that did not. It is an association and no cause: whoever uses a nugget may sell
//! better anyway.

use terms::book::{Place, Record};

/// So many deals on each side are compared; fewer say too little.
pub const TELLING: u32 = 5;
/// So many deals at the rate of all are added to each side before the lift ranks, so that a few deals do not lead.
const PSEUDO: f64 = 4.0;
/// The two-sided 90% point of the normal distribution.
const Z90: f64 = 1.644_853_626_951_472_7;

/// Deals that ended, on one side of a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Group {
    /// How many of them were won.
    pub won: u32,
    /// How many there are.
    pub of: u32,
}

/// How deals alike went, with a nugget and without it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Effect {
    /// Those that used it at the step.
    pub with: Group,
    /// Those that came to the step and did not.
    pub without: Group,
}

impl Group {
    /// The share that was won, 0 to 1; 0 of none.
    pub fn rate(self) -> f64 {
        if self.of == 0 { 0.0 } else { f64::from(self.won) / f64::from(self.of) }
    }

    fn add(&mut self, is_won: bool) {
        self.won += u32::from(is_won);
        self.of += 1;
    }

    /// The score interval of the share (E. B. Wilson, 1927).
    fn wilson(self, z: f64) -> (f64, f64) {
        let (n, p) = (f64::from(self.of), self.rate());
        let middle = p + z * z / (2.0 * n);
        let reach = z * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt();
        let scale = 1.0 + z * z / n;
        ((middle - reach) / scale, (middle + reach) / scale)
    }

    fn shrunk(self, pooled: f64) -> f64 {
        (f64::from(self.won) + PSEUDO * pooled) / (f64::from(self.of) + PSEUDO)
    }
}

impl Effect {
    /// Whether there are enough deals on both sides to say something.
    pub fn is_telling(self) -> bool {
        self.with.of >= TELLING && self.without.of >= TELLING
    }

    /// The difference of the shares as they are, −1 to 1.
    pub fn difference(self) -> f64 {
        self.with.rate() - self.without.rate()
    }

    /// Where the difference lies with 90% confidence: the hybrid score interval (R. G. Newcombe, "Interval estimation for the difference
    /// between independent proportions", Statistics in Medicine 17, 1998, method 10). None where a side has no deals.
    pub fn interval(self) -> Option<(f64, f64)> {
        self.interval_at(Z90)
    }

    fn interval_at(self, z: f64) -> Option<(f64, f64)> {
        if self.with.of == 0 || self.without.of == 0 {
            return None;
        }
        let (p, q) = (self.with.rate(), self.without.rate());
        let ((p_low, p_high), (q_low, q_high)) = (self.with.wilson(z), self.without.wilson(z));
        let below = ((p - p_low).powi(2) + (q_high - q).powi(2)).sqrt();
        let above = ((p_high - p).powi(2) + (q - q_low).powi(2)).sqrt();
        Some((p - q - below, p - q + above))
    }

    /// The difference once both sides have four more deals at the rate of all. It only ranks.
    pub fn shrunk(self) -> f64 {
        let all = Group { won: self.with.won + self.without.won, of: self.with.of + self.without.of };
        let pooled = all.rate();
        self.with.shrunk(pooled) - self.without.shrunk(pooled)
    }
}

/// What was used at a step by deals that came to it and ended. Those that ended without a decision are neither won nor lost, and are
/// left out.
#[derive(Debug, Default)]
pub(super) struct Past {
    all: Group,
    /// In the order of the nuggets' names.
    with: Vec<(String, Group)>,
}

impl Past {
    /// Counts deals that are alike: those that go through the process with this name, and came to this step.
    pub(super) fn of<'a>(
        deals: impl Iterator<Item = &'a Record>,
        is_alike: impl Fn(&Record) -> bool,
        step: &str,
    ) -> Self {
        let mut past = Self::default();
        for deal in deals {
            let is_won = match deal.place() {
                Some(Place::Won) => true,
                Some(Place::Lost) => false,
                _ => continue,
            };
            if !deal.moves.iter().any(|it| it.to.step() == Some(step)) || !is_alike(deal) {
                continue;
            }
            past.all.add(is_won);
            for used in deal.used.iter().filter(|used| used.step == step) {
                match past.with.binary_search_by(|(nugget, _)| nugget.as_str().cmp(&used.nugget)) {
                    Ok(at) => past.with[at].1.add(is_won),
                    Err(at) => {
                        let mut group = Group::default();
                        group.add(is_won);
                        past.with.insert(at, (used.nugget.clone(), group));
                    }
                }
            }
        }
        past
    }

    pub(super) fn effect(&self, nugget: &str) -> Effect {
        let found = self.with.binary_search_by(|(name, _)| name.as_str().cmp(nugget));
        let with = found.map(|at| self.with[at].1).unwrap_or_default();
        let without = Group { won: self.all.won - with.won, of: self.all.of - with.of };
        Effect { with, without }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn effect(with: (u32, u32), without: (u32, u32)) -> Effect {
        let group = |(won, of)| Group { won, of };
        Effect { with: group(with), without: group(without) }
    }

    #[test]
    fn lb_the_interval_is_newcombes() {
        // Newcombe 1998, table II, method 10.
        let (low, high) = effect((56, 70), (48, 80)).interval_at(1.959_963_984_540_054).unwrap();
        assert!((low - 0.0524).abs() < 5e-5 && (high - 0.3339).abs() < 5e-5, "{low} {high}");
        let (low, high) = effect((9, 10), (3, 10)).interval_at(1.959_963_984_540_054).unwrap();
        assert!((low - 0.1705).abs() < 5e-5 && (high - 0.8090).abs() < 5e-5, "{low} {high}");
        let (low, high) = effect((5, 56), (0, 29)).interval_at(1.959_963_984_540_054).unwrap();
        assert!((low + 0.0381).abs() < 5e-5 && (high - 0.1926).abs() < 5e-5, "{low} {high}");
        assert_eq!(effect((1, 1), (0, 0)).interval(), None);
    }

    #[test]
    fn lb_the_interval_holds_the_difference_and_mirrors() {
        let seed = fastrand::u64(..);
        println!("seed {seed}");
        let mut random = fastrand::Rng::with_seed(seed);
        for _ in 0..2_000 {
            let mut group = || {
                let of = random.u32(1..200);
                (random.u32(0..=of), of)
            };
            let (with, without) = (group(), group());
            let (here, there) = (effect(with, without), effect(without, with));
            let ((low, high), (low_there, high_there)) =
                (here.interval().unwrap(), there.interval().unwrap());
            assert!(low <= here.difference() + 1e-12 && here.difference() <= high + 1e-12);
            assert!(low >= -1.0 - 1e-12 && high <= 1.0 + 1e-12);
            assert!((low + high_there).abs() < 1e-12 && (high + low_there).abs() < 1e-12);
            assert!(
                here.shrunk().abs() <= here.difference().abs() + 1e-12 || here.with.of != here.without.of
            );
        }
    }

    #[test]
    fn lb_few_deals_are_drawn_to_the_rate_of_all() {
        // 3 of 4 with, 6 of 12 without; pooled 9/16: (3 + 2.25) / 8 − (6 + 2.25) / 16.
        assert!((effect((3, 4), (6, 12)).shrunk() - (5.25 / 8.0 - 8.25 / 16.0)).abs() < 1e-12);
        assert!(effect((0, 0), (6, 12)).shrunk().abs() < 1e-12, "nobody used it");
        assert!(effect((0, 0), (0, 0)).shrunk().abs() < 1e-12);
        assert!(!effect((3, 4), (6, 12)).is_telling() && effect((3, 5), (2, 5)).is_telling());
    }
}
