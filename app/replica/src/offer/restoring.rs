//! Bringing back an earlier state of the offer. Only what is other is written, field by field.

use std::collections::BTreeMap;

use stdx::Gather as _;
use terms::{
    plan::{Plan, Step},
    portal::{Contact, Portal},
    price::{Line, PriceList},
};
use yrs::{Map as _, MapRef, Out, ReadTxn};

use super::{Offer, plan::value};
use crate::{guard::Refused, order, shared::SYSTEM};

/// The offer as it was.
#[derive(Debug, Clone, Copy)]
pub struct EarlierOffer<'a> {
    /// The title.
    pub title: &'a str,
    /// What variables stood for.
    pub variables: &'a BTreeMap<String, String>,
    /// What the first page said.
    pub portal: &'a Portal,
    /// The people, in order.
    pub contacts: &'a [Contact],
    /// The price.
    pub price: &'a PriceList,
    /// The plan. Which proposals were answered stays as it is.
    pub plan: &'a Plan,
}

impl Offer {
    /// Makes the offer what it was. What has come since is deleted as by hand, and can be brought back.
    pub fn restore(&mut self, to: EarlierOffer<'_>) -> Result<(), Refused> {
        if self.title() != to.title {
            self.set_title(to.title)?;
        }
        let values = self.variables();
        for name in values.keys().filter(|name| !to.variables.contains_key(*name)) {
            self.set_variable(name, "")?;
        }
        for (name, value) in to.variables.iter().filter(|(name, value)| values.get(*name) != Some(value)) {
            self.set_variable(name, value)?;
        }
        self.set_portal(&self.portal(), to.portal)?;
        self.restore_people(to.contacts)?;
        self.restore_price(to.price)?;
        self.restore_plan(to.plan)
    }

    fn restore_people(&mut self, wanted: &[Contact]) -> Result<(), Refused> {
        let now = self.contacts();
        // What was deleted comes back first, so that its fields are known.
        for contact in wanted {
            self.delete_contact(&contact.id, false)?;
        }
        let before = self.contacts();
        for contact in wanted {
            self.write_contact(before.iter().find(|it| it.id == contact.id), contact)?;
        }
        for gone in now.iter().filter(|it| wanted.iter().all(|contact| contact.id != it.id)) {
            self.delete_contact(&gone.id, true)?;
        }
        let names: Vec<&str> = wanted.iter().map(|it| it.id.as_str()).collect();
        let people = self.people.clone();
        self.restore_order(&people, &names)
    }

    /// Makes the price another one, and writes only where it differs.
    pub fn restore_price(&mut self, wanted: &PriceList) -> Result<(), Refused> {
        let now = self.price();
        self.set_price(&now, wanted)?;
        let gone = now.lines.iter().filter(|line| wanted.lines.iter().all(|it| it.id != line.id));
        let gone: Vec<String> = gone.map(|line| line.id.clone()).collect();
        self.delete_lines(&gone)?;
        // One that was deleted comes back anywhere first, so that its fields are known.
        let places: Vec<_> = wanted.lines.iter().map(|line| (line.id.clone(), order::first())).collect();
        self.restore_lines(&places)?;
        let before = self.price().lines;
        let before: BTreeMap<&str, &Line> = before.iter().map(|line| (line.id.as_str(), line)).gather();
        for line in &wanted.lines {
            match before.get(line.id.as_str()) {
                Some(before) => self.set_line(before, line)?,
                None => self.insert_lines(std::slice::from_ref(line), usize::MAX)?,
            }
        }
        let names: Vec<&str> = wanted.lines.iter().map(|it| it.id.as_str()).collect();
        let lines = self.lines.clone();
        self.restore_order(&lines, &names)
    }

    fn restore_plan(&mut self, wanted: &Plan) -> Result<(), Refused> {
        let now = self.plan();
        if now.goal != wanted.goal {
            self.set_goal(&wanted.goal)?;
        }
        if now.target != wanted.target {
            self.set_target(wanted.target, &[])?;
        }
        for stage in &wanted.stages {
            self.delete_stage(&stage.id, false)?;
        }
        for step in &wanted.steps {
            self.delete_step(&step.id, false)?;
        }
        let before = self.plan();
        for stage in &wanted.stages {
            self.write_stage(before.stages.iter().find(|it| it.id == stage.id), stage)?;
        }
        for step in &wanted.steps {
            let before = before.steps.iter().find(|it| it.id == step.id);
            let answered = before.map_or(0, |before| before.answered);
            self.write_step(before, &Step { answered, ..step.clone() })?;
        }
        for gone in now.stages.iter().filter(|it| wanted.stages.iter().all(|stage| stage.id != it.id)) {
            self.delete_stage(&gone.id, true)?;
        }
        for gone in now.steps.iter().filter(|it| wanted.find(&it.id).is_none()) {
            self.delete_step(&gone.id, true)?;
        }
        let (stages, steps) = (self.plan.stages.clone(), self.plan.steps.clone());
        self.restore_order(&stages, &wanted.stages.iter().map(|it| it.id.as_str()).collect::<Vec<_>>())?;
        self.restore_order(&steps, &wanted.steps.iter().map(|it| it.id.as_str()).collect::<Vec<_>>())
    }

    /// Brings the parts of a map into this order.
    fn restore_order(&mut self, all: &MapRef, wanted: &[&str]) -> Result<(), Refused> {
        let have = self.shared.read(|txn| orders(txn, all, wanted))?;
        let orders = order::arrange(&have, wanted);
        if orders.is_empty() {
            return Ok(());
        }
        self.shared.write(SYSTEM, |txn| {
            for (order, id) in orders {
                if let Some(Out::YMap(map)) = all.get(txn, &id) {
                    map.insert(txn, "order", order);
                }
            }
        })
    }
}

/// The orders of the wanted parts, with their names, ascending.
fn orders<T: ReadTxn>(txn: &T, all: &MapRef, wanted: &[&str]) -> Vec<(String, String)> {
    let order = |id: &&str| match all.get(txn, id) {
        Some(Out::YMap(map)) => Some((value(txn, &map, "order"), (*id).to_owned())),
        _ => None,
    };
    let mut orders: Vec<_> = wanted.iter().filter_map(order).collect();
    stdx::sort(&mut orders);
    orders
}
