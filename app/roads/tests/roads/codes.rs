//! Codes that people pass on.

use sync::roads::{Ask, BadCode, Code, News, Plan};

use crate::world::{World, entry, plan};

fn alone(member: usize) -> Plan {
    plan(member, false, false)
}

/// The code that a member has to pass on.
fn code(world: &mut World, member: usize) -> Code {
    match world.members[member].news.pop() {
        Some(News::Code(code)) => code,
        other => panic!("{other:?}"),
    }
}

fn meet(world: &mut World, member: usize, code: &str) -> Option<BadCode> {
    world.members[member].news.clear();
    world.ask(member, Ask::Meet(code.into()));
    match world.members[member].news.last() {
        Some(News::BadCode(why)) => Some(*why),
        _ => None,
    }
}

#[test]
fn two_codes_connect_two_browsers_without_a_server() {
    let mut world = World::new();
    let (one, other) = (world.join(alone(0)), world.join(alone(1)));
    world.ask(one, Ask::Put(vec![entry("by one")]));
    world.ask(other, Ask::Put(vec![entry("by other")]));
    world.ask(one, Ask::Invite);
    let invitation = code(&mut world, one);
    assert!(!invitation.is_answer);
    assert!(invitation.text.len() < 300, "{}", invitation.text.len());
    assert!(invitation.text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte)));
    // Mail breaks lines.
    let (start, end) = invitation.text.split_at(76);
    assert_eq!(meet(&mut world, other, &format!(" {start}\r\n{end}\n")), None);
    let answer = code(&mut world, other);
    assert!(answer.is_answer);
    world.pass(500_000);
    assert_eq!(meet(&mut world, one, &answer.text), None);
    assert_eq!(world.connections(), 1);
    for member in [one, other] {
        assert_eq!(world.texts(member), ["by one", "by other"]);
        assert_eq!(world.members[member].standing.peers, 1);
    }
    // Long after, it is still there.
    world.pass(1_000_000);
    world.ask(other, Ask::Put(vec![entry("later")]));
    assert_eq!(world.texts(one).len(), 3);
}

#[test]
fn codes_that_are_of_no_use_say_why() {
    let mut world = World::new();
    let (one, other) = (world.join(alone(0)), world.join(alone(1)));
    let stranger = world.join(Plan { key: [9; 32], ..alone(2) });
    world.ask(one, Ask::Invite);
    let invitation = code(&mut world, one).text;
    for damaged in ["", "no code", "abcd", &invitation[1..], &invitation[..invitation.len() - 1]] {
        assert_eq!(meet(&mut world, other, damaged), Some(BadCode::Damaged), "{damaged}");
    }
    let mut changed = invitation.clone();
    changed.replace_range(40..41, if &changed[40..41] == "A" { "B" } else { "A" });
    assert_eq!(meet(&mut world, other, &changed), Some(BadCode::Damaged));
    assert_eq!(meet(&mut world, stranger, &invitation), Some(BadCode::OtherRoom));
    assert_eq!(meet(&mut world, one, &invitation), Some(BadCode::Own));
    assert_eq!(meet(&mut world, other, &invitation), None);
    let answer = code(&mut world, other).text;
    assert_eq!(meet(&mut world, other, &answer), Some(BadCode::Own));
    assert_eq!(meet(&mut world, one, &answer), None);
    assert_eq!(meet(&mut world, one, &answer), Some(BadCode::TooLate), "it was used");
}

#[test]
fn a_code_of_another_version_says_so() {
    let mut world = World::new();
    let one = world.join(alone(0));
    let mut bytes = vec![2; 60];
    bytes.extend_from_slice(&sync::carrier::digest(&bytes)[..4]);
    assert_eq!(meet(&mut world, one, &stdx::base64::to_url(&bytes)), Some(BadCode::OtherVersion));
}

#[test]
fn an_invitation_counts_for_ten_minutes() {
    let mut world = World::new();
    let (one, other) = (world.join(alone(0)), world.join(alone(1)));
    world.ask(one, Ask::Invite);
    let invitation = code(&mut world, one).text;
    assert_eq!(meet(&mut world, other, &invitation), None);
    let answer = code(&mut world, other).text;
    world.pass(600_000);
    assert_eq!(meet(&mut world, one, &answer), Some(BadCode::TooLate));
    assert_eq!(world.connections(), 0);
}

#[test]
fn a_connection_that_does_not_come_about_is_given_up() {
    let mut world = World::new();
    let (one, other) = (world.join(alone(0)), world.join(alone(1)));
    world.ask(one, Ask::Invite);
    let invitation = code(&mut world, one).text;
    meet(&mut world, other, &invitation);
    let answer = code(&mut world, other).text;
    world.stop(other);
    meet(&mut world, one, &answer);
    assert_eq!(world.members[one].standing.trying, 1);
    world.pass(30_000);
    assert_eq!(world.members[one].standing.trying, 0);
}

#[test]
fn only_a_few_codes_wait() {
    let mut world = World::new();
    let (one, other) = (world.join(alone(0)), world.join(alone(1)));
    world.ask(one, Ask::Invite);
    let first = code(&mut world, one).text;
    for _ in 0..8 {
        world.ask(one, Ask::Invite);
    }
    meet(&mut world, other, &first);
    let answer = code(&mut world, other).text;
    assert_eq!(meet(&mut world, one, &answer), Some(BadCode::TooLate));
}
