use super::*;

/// A page that is looked at from the start, with these parts in sight.
fn open(parts: &[(&str, u32)]) -> Attention {
    let mut attention = Attention::default();
    for happening in [Happening::Visible(true), Happening::Focused(true), in_sight(parts), Happening::Used] {
        attention.take(0, happening);
    }
    attention
}

fn in_sight(parts: &[(&str, u32)]) -> Happening {
    Happening::InSight(parts.iter().map(|(part, height)| ((*part).to_owned(), *height)).collect())
}

/// Lets so many seconds pass, with a sign of life in each, from `now` on.
fn live(attention: &mut Attention, now: &mut u64, seconds: u64) {
    for _ in 0..seconds {
        *now += 1_000;
        attention.take(*now, Happening::Alive);
    }
}

fn read(attention: &Attention) -> Vec<(&str, u64)> {
    attention.parts().collect()
}

#[test]
fn c1_time_goes_to_what_is_in_sight_by_its_height() {
    let (mut attention, mut now) = (open(&[("offer", 300), ("price", 100)]), 0);
    live(&mut attention, &mut now, 8);
    assert_eq!(read(&attention), [("offer", 6_000), ("price", 2_000)]);
    attention.take(now, in_sight(&[("price", 250), ("offer", 0)]));
    live(&mut attention, &mut now, 2);
    assert_eq!(read(&attention), [("offer", 6_000), ("price", 4_000)]);
    assert_eq!(attention.active(), 10_000);
}

#[test]
fn c1_nothing_counts_while_hidden_or_while_another_window_has_the_keyboard() {
    for (away, back) in [
        (Happening::Visible(false), Happening::Visible(true)),
        (Happening::Focused(false), Happening::Focused(true)),
    ] {
        let (mut attention, mut now) = (open(&[("offer", 500)]), 0);
        live(&mut attention, &mut now, 3);
        attention.take(now + 400, away);
        live(&mut attention, &mut now, 60);
        attention.take(now, back);
        live(&mut attention, &mut now, 1);
        assert_eq!(read(&attention), [("offer", 4_400)]);
    }
}

#[test]
fn c1_after_a_minute_and_a_half_without_use_nobody_reads() {
    let (mut attention, mut now) = (open(&[("offer", 500)]), 0);
    live(&mut attention, &mut now, 300);
    assert_eq!(attention.active(), IDLE_MS);
    // One movement, and it goes on from there; the pause stays uncounted.
    attention.take(now, Happening::Used);
    live(&mut attention, &mut now, 10);
    assert_eq!(attention.active(), IDLE_MS + 10_000);
}

#[test]
fn c1_a_film_counts_without_a_hand_moving() {
    let (mut attention, mut now) = (open(&[("film", 500)]), 0);
    attention.take(now, Happening::Playing(true));
    live(&mut attention, &mut now, 300);
    attention.take(now, Happening::Playing(false));
    live(&mut attention, &mut now, 300);
    assert_eq!(attention.active(), 300_000);
}

#[test]
fn c1_a_page_that_nobody_touched_was_read_by_nobody() {
    let (mut attention, mut now) = (Attention::default(), 0);
    for happening in [Happening::Visible(true), Happening::Focused(true), in_sight(&[("offer", 500)])] {
        attention.take(now, happening);
    }
    live(&mut attention, &mut now, 60);
    assert_eq!((attention.active(), read(&attention)), (0, Vec::new()));
}

#[test]
fn c1_a_machine_that_sleeps_reads_nothing() {
    let (mut attention, mut now) = (open(&[("offer", 500)]), 0);
    live(&mut attention, &mut now, 5);
    now += 8 * 3_600_000;
    attention.take(now, Happening::Alive);
    attention.take(now, Happening::Used);
    live(&mut attention, &mut now, 5);
    assert_eq!(attention.active(), 10_000 + ALIVE_MS);
}

#[test]
fn c1_a_clock_that_is_set_back_adds_nothing_and_takes_nothing() {
    let (mut attention, mut now) = (open(&[("offer", 500)]), 0);
    live(&mut attention, &mut now, 5);
    attention.take(1_000, Happening::Used);
    assert_eq!(attention.active(), 5_000);
    live(&mut attention, &mut now, 5);
    assert_eq!(attention.active(), 10_000);
}

#[test]
fn c1_the_order_of_reading_is_kept() {
    let (mut attention, mut now) = (open(&[("price", 10)]), 0);
    for part in ["offer", "price", "about us"] {
        live(&mut attention, &mut now, 1);
        attention.take(now, in_sight(&[(part, 10)]));
    }
    live(&mut attention, &mut now, 1);
    assert_eq!(read(&attention), [("price", 2_000), ("offer", 1_000), ("about us", 1_000)]);
}

/// Whatever happens in whatever order: no part has more than the whole, the parts in sight have all of it, and never more than
/// what passed.
#[test]
fn parts_add_up_to_the_active_time() {
    for seed in 0..400 {
        let mut random = fastrand::Rng::with_seed(seed);
        let (mut attention, mut now) = (Attention::default(), 0);
        attention.take(0, in_sight(&[("a", 7)]));
        for _ in 0..200 {
            now += [0, 1, 333, 1_000, 2_500, 100_000][random.usize(..6)];
            let happening = match random.u8(..7) {
                0 => Happening::Visible(random.u8(..4) > 0),
                1 => Happening::Focused(random.u8(..4) > 0),
                2 | 3 => Happening::Used,
                4 => Happening::Playing(random.bool()),
                5 => {
                    let parts = ["a", "b", "c"].map(|part| (part, random.u32(1..900)));
                    in_sight(&parts[..random.usize(1..4)])
                }
                _ => Happening::Alive,
            };
            let before = attention.active();
            attention.take(now, happening);
            assert!(attention.active() - before <= ALIVE_MS, "seed {seed}");
        }
        let parts: u64 = attention.parts().map(|(_, read)| read).sum();
        assert_eq!(parts, attention.active(), "seed {seed}");
        assert!(attention.active() <= now, "seed {seed}");
    }
}

#[test]
fn c1_half_the_time_that_reading_takes_is_reading() {
    // 238 words take a minute, so half a minute is enough.
    for (active, words, reading) in [
        (999, 0, Reading::Passed),
        (1_000, 0, Reading::Seen),
        (2_999, 0, Reading::Seen),
        (3_000, 0, Reading::Read),
        (29_999, 238, Reading::Seen),
        (30_000, 238, Reading::Read),
        (59_999, 10_000, Reading::Seen),
        (60_000, 10_000, Reading::Read),
        (60_000, u64::MAX, Reading::Read),
    ] {
        assert_eq!(Reading::of(active, words), reading, "{active} ms of {words} words");
    }
}

#[test]
fn c1_half_an_hour_without_activity_begins_another_visit() {
    let minute = 60_000;
    assert_eq!(visits(&[]), Vec::<usize>::new());
    let times = [0, 5, 34, 64, 65, 200].map(|at| at * minute);
    assert_eq!(visits(&times), [0, 3, 5]);
}

#[test]
fn what_is_taken_out_in_between_adds_up_to_the_whole() {
    for seed in 0..400 {
        let mut random = fastrand::Rng::with_seed(seed);
        let (mut attention, mut now) = (open(&[("a", 7)]), 0);
        let (mut active, mut parts, mut deepest) = (0, BTreeMap::<String, u64>::new(), 0);
        for _ in 0..200 {
            now += [0, 1, 333, 1_000, 2_500][random.usize(..5)];
            let happening = match random.u8(..6) {
                0 => Happening::Focused(random.u8(..4) > 0),
                1 => Happening::Reached("b".to_owned(), random.u8(..)),
                2 => {
                    let parts = ["a", "b", "c"].map(|part| (part, random.u32(1..900)));
                    in_sight(&parts[..random.usize(..4)])
                }
                _ => Happening::Used,
            };
            attention.take(now, happening);
            if random.u8(..9) == 0 {
                let counted = attention.drain();
                active += counted.active;
                deepest = deepest.max(counted.depth("b").unwrap_or_default());
                for PartRead { part, active } in counted.parts {
                    *parts.entry(part).or_default() += active;
                }
            }
        }
        let rest = attention.drain();
        deepest = deepest.max(rest.depth("b").unwrap_or_default());
        rest.parts.into_iter().for_each(|it| *parts.entry(it.part).or_default() += it.active);
        assert_eq!(active + rest.active, attention.active(), "seed {seed}");
        let whole: BTreeMap<String, u64> =
            attention.parts().map(|(part, read)| (part.to_owned(), read)).collect();
        assert_eq!(parts, whole, "seed {seed}");
        assert_eq!(deepest, attention.depth("b").unwrap_or_default(), "seed {seed}");
        assert!(deepest <= 100, "seed {seed}");
        assert_eq!(attention.drain(), Counted::default(), "seed {seed}");
    }
}
