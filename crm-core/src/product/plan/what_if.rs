//! Which single input moves the premium most.

use alloc::{
    collections::{BTreeMap, BTreeSet},
    string::String,
    vec::Vec,
};

use serde::{Deserialize, Serialize};

use super::{RatePlan, RateRequest, proof::Node};
use crate::{
    money::Money,
    refusal::Refusal,
    rulebook::{Scalar, Value},
};

/// Most other values that are tried for one input; of more, every second, third… is.
const MAX_TRIED: usize = 500;

/// What each input does to the premium when it alone changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WhatIf {
    /// The net premium as asked.
    pub net: Money,
    /// The inputs of the risk, the one that moves the premium most first.
    pub effects: Vec<InputEffect>,
}

/// What one input does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InputEffect {
    /// The name of the input.
    pub input: String,
    /// Its value as asked.
    pub value: Value,
    /// The value that makes the premium least; none where no other value has a price.
    pub least: Option<InputChange>,
    /// The value that makes it most.
    pub most: Option<InputChange>,
    /// The largest move in either direction, without its sign.
    pub largest: Money,
    /// How many other values were tried.
    pub tried: i64,
    /// How many of them have no price.
    pub refused: i64,
}

/// Another value of an input.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InputChange {
    /// The value.
    pub value: Value,
    /// The net premium with it.
    pub net: Money,
    /// By how much that is more; below zero for less.
    pub change: Money,
}

impl RatePlan {
    /// What each input of a risk does to the net premium when it alone changes.
    ///
    /// A choice is changed to every other choice. A number or a day is changed to its bounds, to the first and last value
    /// of each stretch of the tables that it is a key of, and to its neighbours; of more than 500 such values a part is
    /// tried. Inputs without a value are left out. Of equal moves the input that stands first in the plan comes first.
    ///
    /// # Errors
    /// Those of [`RatePlan::quote`] for the risk as asked.
    pub fn what_if(&self, risk: &BTreeMap<String, Scalar>, request: &RateRequest) -> Result<WhatIf, Refusal> {
        let known = self.read_risk(risk)?;
        let mut record = self.record();
        for (index, input) in self.inputs.iter().enumerate() {
            if let Some(value) = known.get(&input.name) {
                let point = input.point(value).map_err(|fault| fault.at(&input.name))?;
                self.set_point(&mut record, index, point)?;
            }
        }
        let net = self.price(&mut record, request)?.net;
        let mut effects = Vec::new();
        for (index, input) in self.inputs.iter().enumerate() {
            let Some(value) = known.get(&input.name) else { continue };
            let here = input.point(value).map_err(|fault| fault.at(&input.name))?;
            let mut effect = InputEffect {
                input: input.name.clone(),
                value: value.clone(),
                least: None,
                most: None,
                largest: Money::zero(net.currency()),
                tried: 0,
                refused: 0,
            };
            for point in self.others(index, here) {
                effect.tried += 1;
                self.set_point(&mut record, index, point)?;
                let Ok(price) = self.price(&mut record, request) else {
                    effect.refused += 1;
                    continue;
                };
                let change = price.net.minus(net)?;
                let found = || Some(InputChange { value: input.value(point), net: price.net, change });
                if effect.least.as_ref().is_none_or(|least| price.net.minor() < least.net.minor()) {
                    effect.least = found();
                }
                if effect.most.as_ref().is_none_or(|most| price.net.minor() > most.net.minor()) {
                    effect.most = found();
                }
                if change.abs()?.minor() > effect.largest.minor() {
                    effect.largest = change.abs()?;
                }
            }
            self.set_point(&mut record, index, here)?;
            effects.push(effect);
        }
        effects.sort_by_key(|effect| core::cmp::Reverse(effect.largest.minor()));
        Ok(WhatIf { net, effects })
    }

    /// Other points of an input that are worth a try, in ascending order.
    fn others(&self, index: usize, here: i64) -> Vec<i64> {
        let Some(input) = self.inputs.get(index) else { return Vec::new() };
        let mut points = BTreeSet::new();
        if input.width() <= MAX_TRIED as u64 {
            points.extend(input.low..=input.high);
        } else {
            points.extend([input.low, input.high, here.saturating_sub(1), here.saturating_add(1)]);
            for table in &self.tables {
                let Some(depth) = table.keys.iter().position(|key| *key == index) else { continue };
                for version in &table.versions {
                    starts(&version.tree.nodes, version.tree.root, depth, &mut points);
                }
            }
            let before: Vec<i64> = points.iter().map(|point| point.saturating_sub(1)).collect();
            points.extend(before);
        }
        points.retain(|point| *point != here && input.low <= *point && *point <= input.high);
        let every = points.len().div_ceil(MAX_TRIED).max(1);
        let last = points.last().copied();
        let mut kept: Vec<i64> = points.into_iter().step_by(every).collect();
        kept.extend(last.filter(|last| kept.last() != Some(last)));
        kept
    }
}

/// The first points of all stretches of a key.
fn starts(nodes: &[Node], root: u32, wanted: usize, points: &mut BTreeSet<i64>) {
    let mut seen = alloc::vec![false; nodes.len()];
    let mut open = alloc::vec![(root, 0_usize)];
    while let Some((node, depth)) = open.pop() {
        match seen.get_mut(node as usize) {
            Some(seen) if !*seen => *seen = true,
            _ => continue,
        }
        match nodes.get(node as usize) {
            Some(Node::Split { starts, .. }) if depth == wanted => points.extend(starts),
            Some(Node::Points { at, .. }) if depth == wanted => points.extend(at),
            Some(Node::Split { to, .. }) => open.extend(to.iter().map(|node| (*node, depth + 1))),
            _ => {}
        }
    }
}
