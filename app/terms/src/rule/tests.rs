use stdx::{Cut, Reader, Writer};

use super::*;
use crate::{
    book::{Cell, Cells, Shelf},
    plan::Day,
    price::Decimal,
};

pub(crate) fn number(text: &str) -> Known {
    Known::Number(Decimal::parse(text).unwrap())
}

pub(crate) fn words(text: &str) -> Known {
    Known::words(text.split(',')).unwrap()
}

pub(crate) fn part(fact: Fact, test: Test) -> Condition {
    Condition::Where(Comparison { fact, test })
}

pub(crate) fn more(fact: Fact, limit: &str) -> Condition {
    part(fact, Test::More(number(limit)))
}

pub(crate) fn asks(roles: &[&str]) -> Effect {
    let ask = |role: &&str| Ask { role: (*role).into(), stand_in: None };
    Effect::Approve(Approvers { asks: roles.iter().map(ask).collect(), in_order: false })
}

pub(crate) fn rule(condition: Condition, effect: Effect) -> Rule {
    let gates = vec![Gate::Share, Gate::Publish];
    Rule { id: "r".into(), name: "Discount".into(), gates, condition, effect, is_off: false }
}

fn facts(all: &[(Fact, Known)]) -> Facts {
    all.iter().cloned().collect()
}

fn discount(at: &str) -> Facts {
    facts(&[(Fact::Discount, number(at))])
}

#[test]
fn ru_comparisons_are_exact_and_words_are_the_same_whatever_their_capitals() {
    let day = |text| Known::Day(Day::parse(text).unwrap());
    let of = facts(&[
        (Fact::Discount, number("5.000001")),
        (Fact::Region, words("North East")),
        (Fact::Products, words("Ledger,Archive")),
        (Fact::Close, day("2027-03-01")),
        (Fact::Plan, Known::Truth(true)),
    ]);
    let texts = |all: &[&str]| all.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>();
    for (fact, test, expected) in [
        (Fact::Discount, Test::More(number("5")), Outcome::Holds),
        (Fact::Discount, Test::More(number("5.000001")), Outcome::Fails),
        (Fact::Discount, Test::Less(number("5.000002")), Outcome::Holds),
        (Fact::Discount, Test::Between(number("5"), number("5.000001")), Outcome::Holds),
        (Fact::Discount, Test::Between(number("0"), number("5")), Outcome::Fails),
        (Fact::Discount, Test::Is(words("5")), Outcome::Undecided),
        (Fact::Region, Test::Is(words("north east ")), Outcome::Holds),
        (Fact::Region, Test::IsNot(words("north east")), Outcome::Fails),
        (Fact::Products, Test::OneOf(texts(&["Cabinet", "archive"])), Outcome::Holds),
        (Fact::Products, Test::OneOf(texts(&["Cabinet"])), Outcome::Fails),
        (Fact::Close, Test::Less(day("2027-03-02")), Outcome::Holds),
        (Fact::Close, Test::More(day("2027-03-01")), Outcome::Fails),
        (Fact::Plan, Test::Is(Known::Truth(false)), Outcome::Fails),
        (Fact::Amount, Test::More(number("1")), Outcome::Undecided),
        (Fact::Amount, Test::IsNot(number("1")), Outcome::Undecided),
        (Fact::Amount, Test::IsUnknown, Outcome::Holds),
        (Fact::Amount, Test::IsKnown, Outcome::Fails),
        (Fact::Plan, Test::IsKnown, Outcome::Holds),
    ] {
        assert_eq!(part(fact, test.clone()).outcome(&of), expected, "{fact:?} {test:?}");
    }
}

#[test]
fn ru_groups_decide_where_one_part_is_enough_and_tell_why() {
    let of = facts(&[(Fact::Discount, number("8")), (Fact::Region, words("North"))]);
    let unknown = || more(Fact::Amount, "100000");
    let north = || part(Fact::Region, Test::Is(words("North")));
    let south = || part(Fact::Region, Test::Is(words("South")));
    for (condition, expected) in [
        (Condition::All(vec![unknown(), south()]), Outcome::Fails),
        (Condition::All(vec![unknown(), north()]), Outcome::Undecided),
        (Condition::Any(vec![unknown(), north()]), Outcome::Holds),
        (Condition::Any(vec![unknown(), south()]), Outcome::Undecided),
        (Condition::All(Vec::new()), Outcome::Holds),
        (Condition::Any(Vec::new()), Outcome::Fails),
    ] {
        assert_eq!(condition.outcome(&of), expected, "{condition:?}");
    }
    let nested = Condition::All(vec![more(Fact::Discount, "5"), Condition::Any(vec![unknown(), south()])]);
    let told: Vec<_> = nested.reasons(&of).into_iter().map(|it| (it.fact, it.value)).collect();
    assert_eq!(told, [(Fact::Discount, Some(number("8"))), (Fact::Amount, None)]);
    assert_eq!(Condition::All(vec![south()]).reasons(&of), []);
}

#[test]
fn ru_worse_is_further_beyond_a_limit_and_any_change_of_what_has_none() {
    let over = more(Fact::Discount, "5");
    let under = part(Fact::Margin, Test::Less(number("20")));
    let margin = |at: &str| facts(&[(Fact::Margin, number(at))]);
    let region = |at: &str| facts(&[(Fact::Region, words(at))]);
    let north = part(Fact::Region, Test::OneOf(vec!["North".into(), "South".into()]));
    for (condition, was, now, is_no_worse) in [
        (&over, discount("8"), discount("8"), true),
        (&over, discount("8"), discount("7.999999"), true),
        (&over, discount("8"), discount("8.000001"), false),
        (&over, discount("8"), discount("3"), true),
        (&over, discount("3"), discount("4"), true),
        (&over, discount("3"), discount("6"), false),
        (&over, discount("8"), Facts::default(), false),
        (&over, Facts::default(), Facts::default(), true),
        (&over, Facts::default(), discount("8"), false),
        (&over, Facts::default(), discount("2"), true),
        (&under, margin("15"), margin("16"), true),
        (&under, margin("15"), margin("14"), false),
        (&north, region("North"), region("South"), false),
        (&north, region("North"), region("West"), true),
        (&north, region("North"), region("North"), true),
    ] {
        assert_eq!(condition.is_no_worse(&was, &now), is_no_worse, "{condition:?} {was:?} {now:?}");
    }
}

#[test]
fn ru_a_rule_asks_for_more_where_it_applies_to_more_or_asks_others() {
    let old = rule(Condition::All(vec![more(Fact::Discount, "5")]), asks(&["director", "finance"]));
    let with = |condition: Condition| Rule { condition, ..old.clone() };
    let both = |limit| Condition::All(vec![more(Fact::Discount, limit), more(Fact::Amount, "9")]);
    for (new, asks_more) in [
        (Rule { name: "Other".into(), ..old.clone() }, false),
        (with(Condition::All(vec![more(Fact::Discount, "7")])), false),
        (with(more(Fact::Discount, "7")), false),
        (with(more(Fact::Discount, "4.9")), true),
        (with(both("5")), false),
        (with(both("4")), true),
        (with(Condition::Any(vec![more(Fact::Discount, "5"), more(Fact::Amount, "9")])), true),
        (with(Condition::All(Vec::new())), true),
        (Rule { gates: vec![Gate::Share], ..old.clone() }, false),
        (Rule { gates: vec![Gate::Share, Gate::Seal], ..old.clone() }, true),
        (Rule { effect: asks(&["director"]), ..old.clone() }, false),
        (Rule { effect: asks(&["director", "legal"]), ..old.clone() }, true),
        (Rule { effect: Effect::Block("no".into()), ..old.clone() }, true),
    ] {
        assert_eq!(new.asks_more_than(&old), asks_more, "{new:?}");
    }
    let any = |limits: &[&str]| Condition::Any(limits.iter().map(|it| more(Fact::Discount, it)).collect());
    assert!(any(&["7"]).is_no_wider_than(&any(&["5", "9"])));
    assert!(!any(&["7", "3"]).is_no_wider_than(&any(&["5", "9"])));
}

/// A condition at random, which can be kept.
fn random(random: &mut fastrand::Rng, depth: usize) -> Condition {
    if depth > 0 && random.bool() {
        let of = (0..random.usize(0..4)).map(|_| self::random(random, depth - 1)).collect();
        return if random.bool() { Condition::All(of) } else { Condition::Any(of) };
    }
    let limit = |random: &mut fastrand::Rng| Known::Number(Decimal::whole(random.i64(0..6)));
    let fact = [Fact::Discount, Fact::Amount, Fact::Net][random.usize(0..3)];
    let test = match random.u8(0..7) {
        0 => Test::Is(limit(random)),
        1 => Test::IsNot(limit(random)),
        2 => Test::More(limit(random)),
        3 => Test::Less(limit(random)),
        4 => Test::Between(Known::Number(Decimal::ZERO), limit(random)),
        5 => Test::IsKnown,
        _ => Test::IsUnknown,
    };
    part(fact, test)
}

#[test]
fn ru_what_is_no_wider_holds_nowhere_else() {
    let seed = fastrand::u64(..);
    println!("seed {seed}");
    let mut rng = fastrand::Rng::with_seed(seed);
    let mut seen = 0;
    for _ in 0..20_000 {
        let (new, old) = (random(&mut rng, 2), random(&mut rng, 2));
        if !new.is_no_wider_than(&old) {
            continue;
        }
        seen += 1;
        for _ in 0..20 {
            let mut of = Facts::default();
            for fact in [Fact::Discount, Fact::Amount, Fact::Net] {
                let known = rng.bool().then(|| Known::Number(Decimal::whole(rng.i64(0..6))));
                of.set(fact, known);
            }
            let matches = |it: &Condition| it.outcome(&of) != Outcome::Fails;
            assert!(!matches(&new) || matches(&old), "seed {seed}: {new:?} {old:?} {of:?}");
        }
    }
    assert!(seen > 100);
}

#[test]
fn ru_what_makes_no_sense_is_refused() {
    let good = rule(more(Fact::Discount, "5"), asks(&["director"]));
    assert_eq!(good.check(), Ok(()));
    let deep = (0..DEPTH_MAX).fold(more(Fact::Discount, "5"), |it, _| Condition::All(vec![it]));
    let wide = Condition::Any(vec![more(Fact::Discount, "5"); PARTS_MAX]);
    let with = |condition: Condition| Rule { condition, ..good.clone() };
    for (wrong, fault) in [
        (Rule { name: " ".into(), ..good.clone() }, Fault::Unnamed),
        (Rule { name: "a".repeat(NAME_MAX + 1), ..good.clone() }, Fault::TooLong),
        (Rule { gates: Vec::new(), ..good.clone() }, Fault::NoGate),
        (with(deep), Fault::TooLarge),
        (with(wide), Fault::TooLarge),
        (with(part(Fact::Region, Test::More(words("a")))), Fault::Comparison(Fact::Region)),
        (with(part(Fact::Discount, Test::Is(words("a")))), Fault::Comparison(Fact::Discount)),
        (with(part(Fact::Discount, Test::OneOf(vec!["5".into()]))), Fault::Comparison(Fact::Discount)),
        (
            with(part(Fact::Discount, Test::Between(number("2"), number("1")))),
            Fault::Comparison(Fact::Discount),
        ),
        (Rule { effect: asks(&[]), ..good.clone() }, Fault::Approvers),
        (Rule { effect: asks(&["a", "a"]), ..good.clone() }, Fault::Approvers),
        (Rule { effect: asks(&[""]), ..good.clone() }, Fault::Unnamed),
        (Rule { effect: Effect::Warn("a".repeat(WORDS_MAX + 1)), ..good.clone() }, Fault::TooLong),
    ] {
        assert_eq!(wrong.check(), Err(fault), "{wrong:?}");
    }
}

fn full() -> Rule {
    let day = Known::Day(Day::parse("2027-03-01").unwrap());
    let condition = Condition::All(vec![
        more(Fact::Discount, "5.5"),
        Condition::Any(vec![
            part(Fact::Close, Test::Less(day)),
            part(Fact::Region, Test::OneOf(vec!["North".into()])),
            part(Fact::Plan, Test::IsNot(Known::Truth(true))),
            part(Fact::Net, Test::Between(number("-1"), number("2"))),
        ]),
        part(Fact::Segment, Test::IsKnown),
        part(Fact::Owner, Test::IsUnknown),
    ]);
    let ask = Ask { role: "director".into(), stand_in: Some("manager".into()) };
    Rule {
        gates: Gate::ALL.to_vec(),
        effect: Effect::Approve(Approvers { asks: vec![ask, Ask::default()], in_order: true }),
        is_off: true,
        ..rule(condition, asks(&[]))
    }
}

#[test]
fn ru_rules_come_back_from_their_bytes() {
    for effect in
        [full().effect, Effect::Suggest("a".into()), Effect::Warn(String::new()), Effect::Block("b".into())]
    {
        let rule = Rule { effect, ..full() };
        let mut out = Writer::new();
        rule.write(&mut out);
        let bytes = out.finish();
        assert_eq!(Rule::read(&mut Reader::new(&bytes)), Ok(rule));
        for cut in 0..bytes.len() {
            assert_eq!(Rule::read(&mut Reader::new(&bytes[..cut])), Err(Cut));
        }
    }
}

#[test]
fn ru_versions_are_kept_and_what_is_strange_holds_everything_back() {
    let version = |id: &str, at, name: &str| RuleVersion {
        id: id.into(),
        at,
        by: "Ines".into(),
        rule: Rule { name: name.into(), ..full() },
    };
    let (first, second) = (version("b", 1, "First"), version("a", 2, "Second"));
    let mut cells: Cells = [&second, &first].map(|it| (it.written().key, it.written().to.unwrap())).into();
    assert_eq!(first.written().shelf, Shelf::Rules);
    let kept = KeptRule::read("r", &cells).unwrap();
    assert_eq!((kept.rule.name.as_str(), &kept.versions), ("Second", &vec![first.clone(), second]));
    assert_eq!(KeptRule::read("r", &Cells::new()), None);
    assert_eq!(KeptRule::read("other", &cells).unwrap().rule, Rule::strange("other"), "it names another");
    let mut later = Writer::new();
    later.uint(3).text("Tomas").u8(2);
    cells.push(("version/c".into(), Cell::Bytes(later.finish())));
    let strange = KeptRule::read("r", &cells).unwrap();
    assert_eq!((strange.rule, strange.versions.len()), (Rule::strange("r"), 3));
    cells.insert(0, (crate::book::GONE.into(), Cell::Text("1".into())));
    assert_eq!(KeptRule::read("r", &cells), None);
    let gone = KeptRule::gone("r");
    assert_eq!((gone.key.as_str(), gone.to), (crate::book::GONE, Some(Cell::Text("1".into()))));
}

#[test]
fn ru_both_rules_to_begin_with_can_be_kept() {
    for starter in Starter::ALL {
        let roles = &["finance", "legal"][..];
        let rule = starter.rule("r", &StarterWords { name: "Rule", roles });
        assert_eq!(rule.check(), Ok(()));
        let Effect::Approve(approvers) = rule.effect else { panic!("it asks for approval") };
        assert_eq!(approvers.asks.len(), starter.roles());
    }
}
