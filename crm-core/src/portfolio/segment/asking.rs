//! Facts of one customer after another, by place, for rules that are asked of a whole book.

use alloc::{
    collections::BTreeMap,
    string::{String, ToString as _},
    vec::Vec,
};

use super::{
    assign::{SHARES, ShareOf, Totals, share},
    model::{Known, SegmentModel},
};
use crate::{
    calendar::Date,
    portfolio::{
        CustomerFacts, FactParameters,
        facts::{FactRead, fact_named},
    },
    refusal::Refusal,
    rulebook::{Compiled, Seen, Value},
};

/// What a host knows of a customer, read by the declarations of its facts.
pub(super) type HostKnown = BTreeMap<String, Value>;

/// Groups that are undecided, with the facts that are missing.
type Undecided = BTreeMap<String, Vec<String>>;

/// Where the facts of a list stand.
pub(super) struct Reader {
    sources: Vec<(String, Source)>,
    reading: Reading,
}

/// Whether ratios are read as they are compared or as they are shown, rounded.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    Compared,
    Shown,
}

enum Source {
    Customer(FactRead),
    Share(ShareOf),
    Host,
}

impl Reader {
    pub(super) fn of<'n>(names: impl Iterator<Item = &'n str>, reading: Reading) -> Self {
        let source = |name: &str| match (fact_named(name), SHARES.iter().find(|share| share.0 == name)) {
            (Some(fact), _) if reading == Reading::Compared => Source::Customer(fact.compared()),
            (Some(fact), _) => Source::Customer(fact.read),
            (_, Some((_, of))) => Source::Share(*of),
            _ => Source::Host,
        };
        Self { sources: names.map(|name| (name.to_string(), source(name))).collect(), reading }
    }

    /// The facts in the order of the list; none where one is not known.
    pub(super) fn read<'a>(
        &self,
        row: &'a CustomerFacts,
        host: &'a HostKnown,
        totals: &Totals,
        parameters: &FactParameters,
    ) -> Result<Vec<Option<Seen<'a>>>, Refusal> {
        let read = |(name, source): &(String, Source)| {
            Ok(match source {
                Source::Customer(read) => read(row),
                Source::Share(of) => share(*of, row, totals, parameters, self.reading)?.map(Seen::Decimal),
                Source::Host => host.get(name).map(Value::seen),
            })
        };
        self.sources.iter().map(read).collect()
    }

    /// Whether the book itself says what the fact is.
    fn is_of_book(&self, name: &str) -> bool {
        self.sources.iter().any(|(one, source)| one == name && !matches!(source, Source::Host))
    }

    fn names(&self, name: &str) -> bool {
        self.sources.iter().any(|(one, _)| one == name)
    }
}

/// The groups of a model on a day, ready for every customer.
pub(super) struct Groups {
    rules: Compiled,
    reader: Reader,
}

impl SegmentModel {
    /// The conditions of the groups as of a day.
    pub(in crate::portfolio) fn compiled(&self, on: Date) -> Result<Compiled, Refusal> {
        self.whole.compile(on)
    }

    pub(super) fn groups_on(&self, on: Date) -> Result<Groups, Refusal> {
        let rules = self.whole.compile(on)?;
        let reader = Reader::of(rules.facts().iter().map(String::as_str), Reading::Compared);
        Ok(Groups { rules, reader })
    }

    /// What the host knows of a customer. Where the groups name a fact of the book, the book says what it is.
    pub(super) fn host_known(&self, groups: &Groups, own: Option<&Known>) -> Result<HostKnown, Refusal> {
        self.host_facts(own, |name| !groups.reader.is_of_book(name))
    }

    /// What the host knows of a customer among the facts of a list.
    pub(super) fn host_known_of(&self, reader: &Reader, own: Option<&Known>) -> Result<HostKnown, Refusal> {
        self.host_facts(own, |name| reader.names(name) && !reader.is_of_book(name))
    }

    fn host_facts(&self, own: Option<&Known>, wanted: impl Fn(&str) -> bool) -> Result<HostKnown, Refusal> {
        let Some(own) = own else { return Ok(HostKnown::new()) };
        let wanted = own.iter().filter(|(name, _)| wanted(name)).map(|(name, value)| (name.clone(), value.clone()));
        self.whole.read(&wanted.collect())
    }

    /// The groups that hold, in order, and those that are undecided with the facts that are missing.
    pub(super) fn groups_of(
        &self,
        groups: &Groups,
        row: &CustomerFacts,
        host: &HostKnown,
        totals: &Totals,
        parameters: &FactParameters,
    ) -> Result<(Vec<String>, Undecided), Refusal> {
        let known = groups.reader.read(row, host, totals, parameters)?;
        let (mut segments, mut undecided) = (Vec::new(), BTreeMap::new());
        for (index, (group, holds)) in self.groups.iter().zip(groups.rules.ask(&known)).enumerate() {
            let name = &group.rule.name;
            match holds {
                Some(true) => segments.push(name.clone()),
                Some(false) => {}
                None => _ = undecided.insert(name.clone(), groups.rules.missing(index, &known)),
            }
        }
        Ok((segments, undecided))
    }
}
