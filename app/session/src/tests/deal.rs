//! Sealing and signing: what both sides have in the end, and what neither can do.

use exchange::frozen::Frozen;
use model::{ActHash, Right, RoomId};
use reactive_graph::traits::GetUntracked as _;
use sync::deal::{Finding, Signatory, Signature, Signer, State};
use terms::price::{Decimal, Line};

use super::{suggestions, type_at, words, world::World};
use crate::{
    NotSigned, Problem, Reached, Reason, Room, Rooms, SealTerms, Start, Terms, VersionKind,
    verify_certificate,
};

fn dana() -> (Signatory, Signature) {
    let who = Signatory { name: " Dana Whitfield ".into(), mail: "d@n.example".into(), role: "CFO".into() };
    (who, Signature::Typed("Dana Whitfield".into()))
}

fn helena() -> (Signatory, Signature) {
    let who = Signatory { name: "Helena Sato".into(), ..Signatory::default() };
    (who, Signature::Typed("Helena Sato".into()))
}

async fn accept(room: &Room, seal: ActHash) -> Result<ActHash, Problem> {
    let (who, signature) = dana();
    room.accept(seal, 0, who, signature).await
}

async fn countersign(room: &Room, seal: ActHash) -> Result<ActHash, Problem> {
    let (who, signature) = helena();
    room.countersign(seal, who, signature).await
}

async fn pass_on(from: &Rooms, to: &Rooms, room: RoomId) -> crate::News {
    // Who owns the room gives nobody more by it than they have.
    let file = from.share(room, Some(&Terms::of(Right::View))).await.unwrap().file;
    to.receive_file(&file).await.unwrap().news
}

/// A room with words and a price.
async fn offered(ines: &Rooms) -> (RoomId, Room) {
    let start = Start::Markdown { name: "proposal.md", bytes: b"We close your books in five days.\n" };
    let id = ines.create(start, "Month-end").await.unwrap().0;
    let own = ines.open(id).await.unwrap();
    let line = Line { name: "Pilot".into(), price: Decimal::parse("1250").unwrap(), ..Line::default() };
    own.add_lines(&[line], 0).unwrap();
    own.flush().await.unwrap();
    (id, own)
}

async fn joins(ines: &Rooms, who: &Rooms, id: RoomId, right: Right) -> Room {
    let terms = Terms { name: "Dana Whitfield".into(), ..Terms::of(right) };
    let file = ines.share(id, Some(&terms)).await.unwrap().file;
    who.receive_file(&file).await.unwrap();
    who.open(id).await.unwrap()
}

fn states(room: &Room) -> Vec<State> {
    room.deal().seals().iter().map(|it| it.state).collect()
}

fn sealed_words(frozen: &Frozen) -> String {
    frozen.sections[0].text.text()
}

#[test]
fn a8_what_was_sealed_is_what_is_signed_whatever_becomes_of_the_draft() {
    let world = World::default();
    let (ines, priya) = (world.device().tab(), world.device().tab());
    world.run(async move {
        let (id, own) = offered(&ines).await;
        let hers = joins(&ines, &priya, id, Right::Comment).await;
        let terms = SealTerms { message: " As agreed. ".into(), ..SealTerms::default() };
        let seal = own.seal(terms).await.unwrap();
        // The seller goes on writing.
        type_at(&own, 0, "Perhaps: ");
        own.flush().await.unwrap();
        let of_deal = own.deal();
        let standing = of_deal.standing().unwrap();
        assert_eq!(standing.seal.message, "As agreed.");
        assert_eq!(own.changed_since(standing.seal).unwrap(), ["section/main"]);
        assert_eq!(pass_on(&ines, &priya, id).await.signed, 1, "the buyer hears of it");
        assert!(words(&hers).starts_with("Perhaps"));
        let sealed = hers.sealed(standing.seal).await.unwrap().unwrap();
        assert_eq!(sealed_words(&sealed), "We close your books in five days.\n");

        let accepted = accept(&hers, seal).await.unwrap();
        assert_eq!(hers.reached(accepted).await.unwrap(), Reached::Kept);
        hers.note_sent().await.unwrap();
        assert_eq!(hers.reached(accepted).await.unwrap(), Reached::Sent);
        assert_eq!(accept(&hers, seal).await, Err(NotSigned::NotTheirTurn.into()), "once is enough");
        let news = pass_on(&priya, &ines, id).await;
        assert_eq!((news.signed, news.is_empty()), (1, false), "the seller hears of it");
        assert_eq!(states(&own), [State::Signed]);
        countersign(&own, seal).await.unwrap();
        assert_eq!(states(&own), [State::Agreed]);
        pass_on(&ines, &priya, id).await;
        assert_eq!(states(&hers), [State::Agreed]);
        assert_eq!(hers.reached(accepted).await.unwrap(), Reached::Received);

        // Both have the certificate, and it holds without the room.
        for room in [&own, &hers] {
            let file = room.certificate(seal).await.unwrap();
            let checked = verify_certificate(&file).unwrap();
            assert_eq!(checked.verified.findings, []);
            let frozen = checked.frozen.unwrap();
            assert_eq!(sealed_words(&frozen), "We close your books in five days.\n");
            assert_eq!(frozen.price.lines[0].name, "Pilot");
            let names: Vec<&str> = checked.verified.keys.iter().map(|it| it.link_name.as_str()).collect();
            assert_eq!(names, ["", "Dana Whitfield", ""]);
            // One changed byte of the price, of the words, of a signed act.
            for (needle, named) in [
                (&b"Pilot"[..], Finding::Part("price".into())),
                (b"five days", Finding::Part("section/main".into())),
                (b"d@n.example", Finding::Acceptance(0)),
                (b"Helena", Finding::Countersignature),
                (b"As agreed.", Finding::Seal),
            ] {
                let mut changed = file.clone();
                let at = changed.windows(needle.len()).position(|it| it == needle).unwrap();
                changed[at] ^= 1;
                let found = verify_certificate(&changed).unwrap().verified.findings;
                assert!(found.contains(&named) && found.contains(&Finding::File), "{named:?} in {found:?}");
            }
        }
    });
}

#[test]
fn a8_who_may_not_sign_does_not() {
    let world = World::default();
    let (ines, priya, tom) = (world.device().tab(), world.device().tab(), world.device().tab());
    let clock = world.clone();
    world.run(async move {
        let (id, own) = offered(&ines).await;
        let hers = joins(&ines, &priya, id, Right::Edit).await;
        let his = joins(&ines, &tom, id, Right::View).await;
        assert_eq!(hers.seal(SealTerms::default()).await, Err(Problem::NoRight));
        let until = Some(own.now() + 1_000);
        let seal = own.seal(SealTerms { until, ..SealTerms::default() }).await.unwrap();
        pass_on(&ines, &priya, id).await;
        pass_on(&ines, &tom, id).await;
        assert_eq!(accept(&his, seal).await, Err(Problem::NoRight), "a link to view signs nothing");
        assert_eq!(accept(&own, seal).await, Err(Problem::NoRight), "nobody accepts their own offer");
        assert_eq!(hers.withdraw(seal, "").await, Err(Problem::NoRight));
        assert_eq!(countersign(&own, seal).await, Err(NotSigned::NotAccepted.into()));
        let nameless = hers.accept(seal, 0, Signatory::default(), Signature::Typed("D".into())).await;
        assert_eq!(nameless, Err(NotSigned::Nameless.into()));
        accept(&hers, seal).await.unwrap();
        pass_on(&priya, &ines, id).await;
        clock.pass(2_000);
        assert_eq!(countersign(&own, seal).await, Err(NotSigned::Past.into()), "past its day");
        // A new one takes its place, and is declined; then nobody of that device signs it any more.
        let new = own.seal(SealTerms::default()).await.unwrap();
        assert_eq!(states(&own), [State::Superseded, State::Open]);
        assert_eq!(countersign(&own, seal).await, Err(NotSigned::NotStanding.into()));
        pass_on(&ines, &priya, id).await;
        hers.decline(new, 0, "Dana", "Too much.").await.unwrap();
        assert_eq!(accept(&hers, new).await, Err(NotSigned::Declined.into()));
        pass_on(&priya, &ines, id).await;
        assert_eq!(states(&own), [State::Superseded, State::Declined]);
        own.withdraw(new, "We talk first.").await.unwrap();
        pass_on(&ines, &priya, id).await;
        assert_eq!(states(&hers), [State::Superseded, State::Withdrawn]);
    });
}

#[test]
fn a8_two_sign_one_after_the_other() {
    let world = World::default();
    let (ines, priya) = (world.device().tab(), world.device().tab());
    world.run(async move {
        let (id, own) = offered(&ines).await;
        let hers = joins(&ines, &priya, id, Right::Comment).await;
        let signer = |name: &str| Signer { name: name.into(), mail: String::new() };
        let signers = vec![signer("Dana"), Signer::default(), signer("Robin")];
        let terms = SealTerms { signers, in_order: true, ..SealTerms::default() };
        let seal = own.seal(terms).await.unwrap();
        assert_eq!(own.deal().standing().unwrap().seal.signers.len(), 2, "nobody is nobody");
        pass_on(&ines, &priya, id).await;
        let (who, signature) = dana();
        let early = hers.accept(seal, 1, who.clone(), signature.clone()).await;
        assert_eq!(early, Err(NotSigned::NotTheirTurn.into()));
        accept(&hers, seal).await.unwrap();
        assert_eq!(hers.deal().standing().unwrap().waits_for(), [1]);
        hers.accept(seal, 1, who, signature).await.unwrap();
        pass_on(&priya, &ines, id).await;
        countersign(&own, seal).await.unwrap();
        let file = own.certificate(seal).await.unwrap();
        assert!(verify_certificate(&file).unwrap().verified.holds());
    });
}

#[test]
fn a8_a_room_without_what_was_sealed_signs_nothing() {
    let world = World::default();
    let (ines, priya) = (world.device().tab(), world.device().tab());
    world.run(async move {
        let (id, own) = offered(&ines).await;
        let hers = joins(&ines, &priya, id, Right::Comment).await;
        let seal = own.seal(SealTerms::default()).await.unwrap();
        pass_on(&ines, &priya, id).await;
        let blob = own.deal().standing().unwrap().seal.blob;
        priya.ports.store.drop_blobs(id, vec![blob], u64::MAX).await.unwrap();
        assert_eq!(accept(&hers, seal).await, Err(NotSigned::NotHere.into()));
        // It comes again with the next link or file.
        pass_on(&ines, &priya, id).await;
        accept(&hers, seal).await.unwrap();
    });
}

#[test]
fn a8_an_acceptance_from_before_a_link_was_revoked_is_signed_on_in_the_new_epoch() {
    let world = World::default();
    let (ines, priya, tom) = (world.device().tab(), world.device().tab(), world.device().tab());
    world.run(async move {
        let (id, own) = offered(&ines).await;
        let hers = joins(&ines, &priya, id, Right::Comment).await;
        joins(&ines, &tom, id, Right::Edit).await;
        let seal = own.seal(SealTerms::default()).await.unwrap();
        pass_on(&ines, &priya, id).await;
        accept(&hers, seal).await.unwrap();
        // Before that has come, the seller revokes somebody else's link.
        let toms = own.links().into_iter().find(|link| link.right == Right::Edit).unwrap();
        own.revoke(toms.link).await.unwrap();
        pass_on(&ines, &priya, id).await;
        hers.catch_up().await.unwrap();
        hers.follow_rights().await.unwrap();
        pass_on(&priya, &ines, id).await;
        assert_eq!(states(&own), [State::Signed]);
        assert_eq!(own.deal().seals()[0].answers[0].len(), 1, "the same act, carried twice, is one");
        countersign(&own, seal).await.unwrap();
    });
}

#[test]
fn a8_the_seller_says_that_an_answer_came() {
    let world = World::default();
    let (ines, priya) = (world.device().tab(), world.device().tab());
    let (id, own, hers, accepted) = world.run({
        let (ines, priya) = (ines.clone(), priya.clone());
        async move {
            let (id, own) = offered(&ines).await;
            let hers = joins(&ines, &priya, id, Right::Comment).await;
            let seal = own.seal(SealTerms::default()).await.unwrap();
            pass_on(&ines, &priya, id).await;
            let accepted = accept(&hers, seal).await.unwrap();
            own.listen(std::rc::Rc::new(|_| {}));
            pass_on(&priya, &ines, id).await;
            (id, own, hers, accepted)
        }
    });
    world.pass(10);
    world.run(async move {
        assert!(own.deal().seals()[0].answers[0][0].received);
        assert!(own.deal_changed().get_untracked() > 0);
        pass_on(&ines, &priya, id).await;
        assert_eq!(hers.reached(accepted).await.unwrap(), Reached::Received);
    });
}

#[test]
fn a8_a_room_without_rights_has_no_acceptance() {
    let world = World::default();
    let ines = world.device().tab();
    world.run(async move {
        let (id, _) = offered(&ines).await;
        let mut record = ines.ports.store.room(id).await.unwrap().unwrap();
        record.keys.pass = None;
        ines.ports.store.put_room(record).await.unwrap();
        let other = Room::open(ines.ports.clone(), id).await.unwrap();
        assert_eq!(other.seal(SealTerms::default()).await, Err(NotSigned::NoRights.into()));
    });
}

#[test]
fn a8_nothing_is_sealed_while_a_suggestion_waits() {
    let world = World::default();
    let (ines, priya) = (world.device().tab(), world.device().tab());
    world.run(async move {
        let (id, own) = offered(&ines).await;
        let hers = joins(&ines, &priya, id, Right::Suggest).await;
        suggestions::replace(&hers, "five", "three");
        hers.flush().await.unwrap();
        pass_on(&priya, &ines, id).await;
        let refused = own.seal(SealTerms::default()).await;
        assert_eq!(refused, Err(Problem::NotSigned(NotSigned::Undecided(1))));
        assert!(states(&own).is_empty());

        let open = own.suggestions().remove(0);
        own.decline_suggestions(&[open.id], true).unwrap();
        own.seal(SealTerms::default()).await.unwrap();
        assert_eq!(states(&own), [State::Open]);
        let kept = own.versions().await.unwrap();
        assert!(kept.iter().any(|it| it.kind == VersionKind::Kept(Reason::Sealing)), "{kept:?}");
    });
}
