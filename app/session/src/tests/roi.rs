//! The calculator of a room: the owners' figures, and what buyers put in their place.

use model::Right;
use terms::{
    price::{Currency, Decimal},
    roi::{Calculator, Fault, Faulty, starter},
};

use super::{
    rights::{begin, share, take},
    world::World,
};
use crate::{Problem, Room, Terms};

fn calculator() -> Calculator {
    let mut calculator = starter("team's", &str::to_owned);
    calculator.tags[0] = vec!["Design".into()];
    Calculator { currency: Currency::parse("EUR"), ..calculator }
}

fn saving(room: &Room) -> Result<String, Fault> {
    let roi = room.roi().unwrap();
    assert_eq!(roi.outcomes[0].0.name, "saving");
    roi.outcomes[0].1.clone().map(|it| it.to_string())
}

#[test]
fn ro_what_a_buyer_puts_in_everybody_reckons_with_and_sees_whose_it_is() {
    let world = World::default();
    let (ines, priya) = (world.device().tab(), world.device().tab());
    let (id, own) = begin(&world, &ines);
    assert_eq!(own.roi(), None);
    own.set_calculator(Some(&calculator())).unwrap();
    assert_eq!(saving(&own), Ok("24000".into()), "5 · 20 · 12 · 50 · 40 %");
    let roi = own.roi().unwrap();
    assert_eq!((roi.calculator, roi.inputs.len()), (calculator().for_room(), 7));
    for right in [Right::Comment, Right::Suggest] {
        let given = Terms { name: "Priya Raman".to_owned(), ..Terms::of(right) };
        let hers = take(&world, &priya, &share(&world, &ines, id, given)).unwrap();
        hers.put_figure("people", Some(Decimal::whole(10))).unwrap();
        assert_eq!(saving(&hers), Ok("48000".into()));
        take(&world, &ines, &share(&world, &priya, id, Terms::of(right))).unwrap();
        assert_eq!(saving(&own), Ok("48000".into()));
        let input = own.roi().unwrap().inputs.into_iter().find(|it| it.input.name == "people").unwrap();
        let put = input.put.clone().unwrap();
        assert_eq!((input.input.value, input.value()), (Decimal::whole(5), Decimal::whole(10)));
        assert_eq!((put.name.as_str(), put.mine, put.at), ("Priya Raman", false, hers.now()));
        hers.put_figure("people", None).unwrap();
        assert_eq!(saving(&hers), Ok("24000".into()));
    }
}

#[test]
fn ro_of_two_who_put_figures_in_apart_the_one_who_knew_of_the_other_counts() {
    let world = World::default();
    let (ines, priya) = (world.device().tab(), world.device().tab());
    let (id, own) = begin(&world, &ines);
    own.set_calculator(Some(&calculator())).unwrap();
    let hers = take(&world, &priya, &share(&world, &ines, id, Terms::of(Right::Comment))).unwrap();
    for people in [6, 7] {
        hers.put_figure("people", Some(Decimal::whole(people))).unwrap();
    }
    own.put_figure("people", Some(Decimal::whole(8))).unwrap();
    own.put_figure("years", Some(Decimal::whole(2))).unwrap();
    take(&world, &ines, &share(&world, &priya, id, Terms::of(Right::Comment))).unwrap();
    take(&world, &priya, &share(&world, &ines, id, Terms::of(Right::Comment))).unwrap();
    for room in [&own, &hers] {
        let inputs = room.roi().unwrap().inputs;
        let values = [inputs[0].value(), inputs[6].value()];
        assert_eq!(values, [Decimal::whole(7), Decimal::whole(2)], "different figures are kept apart");
    }
}

#[test]
fn ro_what_may_not_be_is_refused() {
    let world = World::default();
    let (ines, priya, devi) = (world.device().tab(), world.device().tab(), world.device().tab());
    let (id, own) = begin(&world, &ines);
    own.set_calculator(Some(&calculator())).unwrap();
    let hers = take(&world, &priya, &share(&world, &ines, id, Terms::of(Right::Edit))).unwrap();
    let refused = |name: &str, fault| Err(Problem::Calculator(Faulty { name: name.into(), fault }));
    assert_eq!(hers.put_figure("people", Some(Decimal::ZERO)), refused("people", Fault::Bounds));
    assert_eq!(hers.put_figure("saving", None), refused("saving", Fault::NoSuchName("saving".into())));
    assert_eq!(hers.set_calculator(None), Err(Problem::NoRight));
    let viewer = take(&world, &devi, &share(&world, &ines, id, Terms::of(Right::View))).unwrap();
    assert_eq!(viewer.put_figure("people", None), Err(Problem::NoRight));
    assert_eq!(saving(&viewer), Ok("24000".into()));
    let mut wrong = calculator();
    wrong.outcomes[0].formula = "cost".into();
    wrong.outcomes[1].formula = "saving".into();
    let circle = Fault::Circle(vec!["saving".into(), "cost".into()]);
    assert_eq!(own.set_calculator(Some(&wrong)), refused("saving", circle));
    hers.put_figure("people", Some(Decimal::whole(10))).unwrap();
    own.set_calculator(None).unwrap();
    assert_eq!(own.roi(), None);
}

#[test]
fn ro_what_comes_from_elsewhere_is_bounded() {
    let world = World::default();
    let (_, own) = begin(&world, &world.device().tab());
    let mut wild = calculator();
    wild.inputs[0].least = Some(Decimal::whole(9));
    wild.inputs[0].most = Some(Decimal::whole(3));
    wild.outcomes[0].formula = "(".repeat(100_000);
    wild.outcomes[1].formula = "payback".into();
    wild.outcomes[2].formula = "cost".into();
    for at in 0..200 {
        let outcome =
            terms::roi::Outcome { name: format!("x{at}"), formula: "1".into(), ..Default::default() };
        wild.outcomes.push(outcome);
    }
    // As another program writes it, which checks nothing.
    own.change_offer(|offer| offer.set_calculator(None, Some(&wild))).unwrap();
    let roi = own.roi().unwrap();
    assert_eq!((roi.outcomes.len(), roi.inputs[0].value()), (50, Decimal::whole(5)));
    assert!(matches!(roi.outcomes[0].1, Err(Fault::Syntax(_))));
    assert!(matches!(roi.outcomes[1].1, Err(Fault::Circle(_))));
    assert_eq!(roi.outcomes[6].1, Ok(Decimal::ONE));
}
