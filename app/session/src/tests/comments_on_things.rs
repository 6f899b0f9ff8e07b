//! Comments on lines of the price, steps of the plan and files, and those whom comments name.

use model::Right;
use terms::{
    plan::{Side, Step},
    portal::Contact,
    price::{Decimal, Line},
};

use super::{files::put, world::World};
use crate::{Problem, Room, Rooms, Spoken, Standpoint, Start, Terms, Thing};

async fn pass_on(from: &Rooms, to: &Rooms, room: &Room) {
    room.flush().await.unwrap();
    let file = from.share(room.id(), None).await.unwrap().file;
    to.receive_file(&file).await.unwrap();
}

async fn begin(ines: &Rooms, priya: &Rooms, right: Right) -> (Room, Room) {
    let id = ines.create(Start::Blank, "Untitled").await.unwrap().0;
    let own = ines.open(id).await.unwrap();
    let terms = Terms { name: "Priya Raman".into(), ..Terms::of(right) };
    let link = ines.share(id, Some(&terms)).await.unwrap().fragment.unwrap();
    priya.receive_link(&link).await.unwrap();
    (own, priya.open(id).await.unwrap())
}

fn line(name: &str, quantity: &str, unit: &str) -> Line {
    let quantity = Decimal::parse(quantity).unwrap();
    Line { name: name.into(), quantity, unit: unit.into(), ..Line::default() }
}

fn step(name: &str) -> Step {
    Step { name: name.into(), side: Side::Buyer, ..Step::default() }
}

/// What each thread stands on, whether that is gone, what was said, and whether it is settled.
fn view(room: &Room) -> Vec<String> {
    let threads = room.threads().into_iter().map(|thread| {
        let on = match &thread.at {
            Standpoint::Text { quote, .. } => format!("text {quote}"),
            Standpoint::Thing { thing, called, is_gone } => {
                let (kind, page) = match thing {
                    Thing::Line(_) => ("price", None),
                    Thing::Step(_) => ("plan", None),
                    Thing::File { page, .. } => ("file", *page),
                };
                let page = page.map(|page| format!(" p{page}")).unwrap_or_default();
                format!("{kind} {called}{page}{}", if *is_gone { " gone" } else { "" })
            }
        };
        let said: Vec<String> = thread.remarks.into_iter().map(|it| it.text).collect();
        format!("{on}: {}{}", said.join(" / "), if thread.settled { " settled" } else { "" })
    });
    threads.collect()
}

#[test]
fn a4_comments_stand_on_things_and_keep_what_those_were_called() {
    let world = World::default();
    let (ines, priya) = (world.device().tab(), world.device().tab());
    world.run(async move {
        let (own, hers) = begin(&ines, &priya, Right::Comment).await;
        let lines = own.add_lines(&[line("Installation", "2", "days"), line("Support", "1", "")], 0).unwrap();
        let audit = own.write_step(None, &step("Security review")).unwrap();
        put(&own, "", "Offer.pdf", b"%PDF-1.7").await.unwrap();
        pass_on(&ines, &priya, &own).await;
        let version = hers.files()[0].newest().id.clone();
        let page = |page| Thing::File { version: version.clone(), page };
        // In another order than that in which they stand.
        hers.comment_on(&page(Some(3)), "Which office?").unwrap();
        hers.comment_on(&Thing::Step(audit.clone()), "Two weeks, please.").unwrap();
        hers.comment_on(&page(None), "Signed copy?").unwrap();
        hers.comment_on(&Thing::Line(lines[1].clone()), "Per year?").unwrap();
        let on_line = hers.comment_on(&Thing::Line(lines[0].clone()), "Why two?").unwrap();
        hers.comment(&hers.section(), None, "Looks good.").unwrap();
        pass_on(&priya, &ines, &hers).await;
        let before = [
            "text : Looks good.",
            "price Installation, 2 days: Why two?",
            "price Support: Per year?",
            "plan Security review: Two weeks, please.",
            "file Offer.pdf: Signed copy?",
            "file Offer.pdf p3: Which office?",
        ];
        assert_eq!(
            (view(&own), view(&hers)),
            (before.map(str::to_owned).into(), before.map(str::to_owned).into())
        );

        // Called otherwise the thread follows; once it is gone it says what it was called when the comment was written.
        own.set_line(&Line { id: lines[0].clone(), ..line("On-site work", "3", "days") }).unwrap();
        assert_eq!(view(&own)[1], "price On-site work, 3 days: Why two?");
        own.delete_lines(&lines[..1]).unwrap();
        own.delete_step(&audit, true).unwrap();
        own.answer(&on_line, "It is out.").unwrap();
        own.settle_thread(&on_line, true).unwrap();
        pass_on(&ines, &priya, &own).await;
        let after = view(&hers);
        assert_eq!(after, view(&own));
        assert_eq!(after[2], "price Installation, 2 days gone: Why two? / It is out. settled");
        assert_eq!(after[3], "plan Security review gone: Two weeks, please.");
    });
}

#[test]
fn a4_two_on_one_thing_apart_and_merged_later_see_the_same() {
    let world = World::default();
    let (ines, priya) = (world.device().tab(), world.device().tab());
    world.run(async move {
        let (own, hers) = begin(&ines, &priya, Right::Comment).await;
        let lines = own.add_lines(&[line("Installation", "2", "")], 0).unwrap();
        let on = Thing::Line(lines[0].clone());
        let thread = own.comment_on(&on, "To be agreed").unwrap();
        pass_on(&ines, &priya, &own).await;
        // She is offline: she answers, begins another and settles the first, while its line goes.
        hers.answer(&thread, "Agreed.").unwrap();
        hers.settle_thread(&thread, true).unwrap();
        hers.comment_on(&on, "And travel?").unwrap();
        own.answer(&thread, "Or one?").unwrap();
        own.comment_on(&on, "Ours").unwrap();
        own.delete_lines(&lines).unwrap();
        own.flush().await.unwrap();
        pass_on(&priya, &ines, &hers).await;
        pass_on(&ines, &priya, &own).await;
        assert_eq!(view(&own), view(&hers));
        assert_eq!(view(&own).len(), 3);
        assert!(
            view(&own).iter().all(|it| it.starts_with("price Installation, 2 gone: ")),
            "{:?}",
            view(&own)
        );
        drop(hers);
        assert_eq!(view(&priya.open(own.id()).await.unwrap()), view(&own));
    });
}

#[test]
fn a4_whoever_is_named_is_called_what_they_call_themselves_now() {
    let world = World::default();
    let (ines, priya) = (world.device().tab(), world.device().tab());
    world.run(async move {
        let (own, hers) = begin(&ines, &priya, Right::Comment).await;
        own.introduce("Ines Okafor").unwrap();
        let legal = Contact { role: "Legal reviewer".into(), side: Side::Buyer, ..Contact::default() };
        own.write_contact(None, &legal).unwrap();
        let same = Contact { name: "ines okafor".into(), ..Contact::default() };
        own.write_contact(None, &same).unwrap();
        pass_on(&ines, &priya, &own).await;
        let offered = |room: &Room| room.addressees().into_iter().map(|it| it.name).collect::<Vec<_>>();
        assert_eq!(offered(&hers), ["Ines Okafor", "Legal reviewer"], "whoever is both is there once");
        let thread = hers.comment(&hers.section(), None, "@Ines Okafor or @Legal reviewer, ok?").unwrap();
        pass_on(&priya, &ines, &hers).await;
        assert_eq!(offered(&own), ["Legal reviewer", "Priya Raman"], "nobody names themselves");
        own.introduce("Ines O. Adeyemi").unwrap();
        let contact = own.contacts().into_iter().find(|it| it.role == "Legal reviewer").unwrap();
        own.write_contact(Some(&contact), &Contact { name: "Anneke Vos".into(), ..contact.clone() }).unwrap();
        own.answer(&thread, "Ask @Priya Raman, not mail@Priya Raman.").unwrap();
        pass_on(&ines, &priya, &own).await;
        let person = |name: &str, is_me| Spoken::Person { name: name.into(), is_me };
        let words = |words: &str| Spoken::Words(words.into());
        for (room, is_ines) in [(&own, true), (&hers, false)] {
            let threads = room.threads();
            let parts: Vec<_> = threads[0].remarks.iter().map(|it| it.spoken.clone()).collect();
            let first = [
                person("Ines O. Adeyemi", is_ines),
                words(" or "),
                person("Anneke Vos", false),
                words(", ok?"),
            ];
            let second = [words("Ask "), person("Priya Raman", !is_ines), words(", not mail@Priya Raman.")];
            assert_eq!(parts, [first.to_vec(), second.to_vec()]);
            assert!(threads[0].mentions_me());
        }
        // Rewritten, the one who is still named by the old name is still meant.
        let first = hers.threads()[0].remarks[0].id.clone();
        hers.rewrite(&first, "@Ines Okafor?").unwrap();
        assert_eq!(hers.threads()[0].remarks[0].spoken, [person("Ines O. Adeyemi", false), words("?")]);
    });
}

#[test]
fn b5_nothing_is_said_before_buyers_of_what_only_the_team_has() {
    let world = World::default();
    let ines = world.device().tab();
    world.run(async move {
        let id = ines.create(Start::Blank, "Untitled").await.unwrap().0;
        let own = ines.open(id).await.unwrap();
        let inside = own.write_step_inside(&step("Ask the board for a discount")).await.unwrap();
        assert_eq!(own.comment_on(&Thing::Step(inside), "When?"), Err(Problem::NotShared));
        own.begin_draft().await.unwrap();
        let lines = own.add_lines(&[line("Secret", "1", "")], 0).unwrap();
        assert_eq!(own.comment_on(&Thing::Line(lines[0].clone()), "How much?"), Err(Problem::NotShared));
        assert_eq!(own.threads(), []);
    });
}

#[test]
fn b5_a_link_to_read_says_nothing_of_things_either() {
    let world = World::default();
    let (ines, priya) = (world.device().tab(), world.device().tab());
    world.run(async move {
        let (own, hers) = begin(&ines, &priya, Right::View).await;
        let lines = own.add_lines(&[line("Installation", "2", "")], 0).unwrap();
        assert_eq!(hers.comment_on(&Thing::Line(lines[0].clone()), "May I?"), Err(Problem::NoRight));
    });
}
