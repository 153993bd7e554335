//! Posting rules at work: an event in, a balanced entry out.

use alloc::{
    collections::{BTreeMap, BTreeSet},
    string::String,
    vec::Vec,
};

use super::{
    AccountCode, BookingEvent, Chart, Entry, EntryLine, ExplainedEntry, PostingCase, PostingLine, PostingRulesSpec,
    Side, UsedRule, proof::rule_faults,
};
use crate::{
    calendar::Date,
    money::Money,
    refusal::{Code, Fault, Refusal},
    rulebook::{KnownValue, Parameter},
    wire,
};

/// Loaded posting rules: checked whole against a chart, immutable, shareable between threads.
///
/// When they are loaded every account exists for as long as its rule is valid, every kind of event has one rule for each
/// of its days, every rule balances whatever its amounts are, and every case gives its lines.
///
/// ```
/// use crm_core::{ledger::{BookingEvent, china}, refusal::Code, wire};
///
/// let rules = china::posting_rules()?;
/// let event: BookingEvent = wire::from_json(br#"{"id":"E-7","event_kind":"premium_due","on":"2026-03-01","reference":"P-1",
///     "amounts":{"premium":{"amount":"1000.00","currency":"CNY"},"tax":{"amount":"60.00","currency":"CNY"}},
///     "dimensions":{"customer":"C-0042"}}"#)?;
/// let entry = rules.entry(&event)?;
/// let shown: Vec<_> = entry.lines().iter().map(|line| (line.account.as_str(), line.amount.to_string())).collect();
/// assert_eq!(shown, [("1122", "CNY 1060.00".into()), ("6031", "CNY 1000.00".into()), ("2221.01.02", "CNY 60.00".into())]);
///
/// let mut unknown = event.clone();
/// unknown.event_kind = "premium_lost".into();
/// assert_eq!(rules.entry(&unknown).unwrap_err().code(), Code::LedgerRuleUnknown);
/// # Ok::<(), crm_core::refusal::Refusal>(())
/// ```
#[derive(Debug, Clone)]
pub struct PostingRules {
    kinds: BTreeMap<String, Vec<DatedRule>>,
    parameters: BTreeMap<String, Parameter>,
    checked_until: Date,
}

/// A checked rule.
#[derive(Debug, Clone)]
struct DatedRule {
    from: Date,
    until: Option<Date>,
    source: String,
    /// Names of the amounts, and which of them may be zero.
    amounts: Vec<(String, bool)>,
    dimensions: BTreeSet<String>,
    lines: Vec<RuleLine>,
}

#[derive(Debug, Clone)]
struct RuleLine {
    account: AccountCode,
    side: Side,
    red: bool,
    /// Positions of the amounts.
    plus: Vec<usize>,
    minus: Vec<usize>,
    dimensions: Vec<String>,
}

impl PostingRules {
    /// Checks posting rules against a chart; every fault at once.
    ///
    /// # Errors
    /// `rulebook.name.invalid`; `ledger.rule.chart` at `/chart`; the faults of the parameters; for a rule
    /// `rulebook.source.missing`, `calendar.period.empty`, `rulebook.dated.gap` and `.overlap` at `from`,
    /// `ledger.account.unknown` and `ledger.account.outside` at `lines/…/account`, `ledger.rule.amount_undeclared`,
    /// `ledger.rule.amount_unused`, `ledger.rule.amount_duplicate`, `ledger.rule.line_empty`, `ledger.entry.lines`,
    /// `ledger.entry.dimensions`, and `ledger.rule.unbalanced` at `lines` with the hole; when all that is in order,
    /// `ledger.rule.case` at a case that comes out otherwise, or what its event is refused with.
    pub fn load(spec: &PostingRulesSpec, chart: &Chart) -> Result<Self, Refusal> {
        Refusal::unless_empty(rule_faults(spec, chart))?;
        let mut kinds: BTreeMap<String, Vec<DatedRule>> = BTreeMap::new();
        for rule in &spec.rules {
            let amounts: Vec<_> =
                rule.amounts.iter().map(|amount| (amount.name.clone(), amount.zero_allowed)).collect();
            let dimensions = rule.lines.iter().flat_map(|line| line.dimensions.iter().cloned()).collect();
            let lines = rule.lines.iter().map(|line| RuleLine::of(line, &amounts)).collect();
            let source = rule.source.clone();
            let dated = DatedRule { from: rule.from, until: rule.until, source, amounts, dimensions, lines };
            kinds.entry(rule.event_kind.clone()).or_default().push(dated);
        }
        for rules in kinds.values_mut() {
            rules.sort_by_key(|rule| rule.from);
        }
        let parameters = spec.parameters.iter().map(|parameter| (parameter.name.clone(), parameter.clone())).collect();
        let rules = Self { kinds, parameters, checked_until: spec.checked_until };
        let cases = spec.cases.iter().enumerate();
        let faults = cases.flat_map(|(index, case)| {
            rules.case_faults(case).into_iter().map(move |fault| fault.at_index(index).at("cases"))
        });
        Refusal::unless_empty(faults.collect())?;
        Ok(rules)
    }

    /// Reads posting rules from canonical JSON and checks them.
    ///
    /// # Errors
    /// `wire.*` and everything of [`PostingRules::load`].
    pub fn from_json(text: &[u8], chart: &Chart) -> Result<Self, Refusal> {
        Self::load(&wire::from_json(text)?, chart)
    }

    fn case_faults(&self, case: &PostingCase) -> Vec<Fault> {
        match self.entry(&case.event) {
            Ok(entry) if entry.lines() == case.lines => Vec::new(),
            Ok(_) => alloc::vec![Fault::new(Code::LedgerRuleCase).at("lines")],
            Err(refusal) => refusal.at("event").into_faults(),
        }
    }

    /// The kinds of events that have rules.
    pub fn kinds(&self) -> impl Iterator<Item = &str> {
        self.kinds.keys().map(String::as_str)
    }

    /// Whether the day lies after the last check of the rules.
    #[must_use]
    pub fn is_stale(&self, on: Date) -> bool {
        on > self.checked_until
    }

    /// What a dated value beside the rules is on a day: `vat_rate`.
    ///
    /// # Errors
    /// `rulebook.parameter.undeclared`, `rulebook.dated.outside`.
    pub fn parameter(&self, name: &str, on: Date) -> Result<KnownValue, Refusal> {
        let parameter = self.parameters.get(name);
        parameter.ok_or_else(|| Fault::new(Code::RulebookParameterUndeclared).with_name("name", name))?.at(on)
    }

    /// The entries of these events, in their order; all or none.
    ///
    /// # Errors
    /// As [`PostingRules::entry`], at the index of the event, those of all events at once.
    pub fn entries(&self, events: &[BookingEvent]) -> Result<Vec<Entry>, Refusal> {
        let mut entries = Vec::with_capacity(events.len());
        let mut faults = Vec::new();
        for (index, event) in events.iter().enumerate() {
            match self.entry(event) {
                Ok(entry) => entries.push(entry),
                Err(refusal) => faults.extend(refusal.at_index(index).into_faults()),
            }
        }
        Refusal::unless_empty(faults)?;
        Ok(entries)
    }

    /// The entry of an event: the lines of the rule that is valid on its day. Lines that come to zero are left out.
    ///
    /// # Errors
    /// `ledger.rule.unknown` at `/event_kind`; `ledger.rule.outside` at `/on`; `ledger.amount.missing`, `.unknown`,
    /// `.sign`, `.exceeds` and `money.currency.mixed` at `/amounts/…`; `ledger.amount.nothing` at `/amounts` when all
    /// lines come to zero; `ledger.dimension.missing` and `.unknown` at `/dimensions/…`; `money.amount.range` at
    /// `/amounts`. All at once.
    pub fn entry(&self, event: &BookingEvent) -> Result<Entry, Refusal> {
        let rule = self.rule(event)?;
        let mut faults = Vec::new();
        let amounts = rule.given(event, &mut faults);
        rule.dimension_faults(event, &mut faults);
        Refusal::unless_empty(faults)?;
        let lines = rule.entry_lines(event, &amounts)?;
        Entry::new(event.id.clone(), event.on, event.reference.clone(), &event.event_kind, lines)
    }

    /// The entry of an event with the rule that made it: an auditor asks who says so, and until when that was checked.
    ///
    /// # Errors
    /// As [`PostingRules::entry`].
    ///
    /// ```
    /// use crm_core::{ledger::{BookingEvent, china}, wire};
    ///
    /// let rules = china::posting_rules()?;
    /// let event: BookingEvent = wire::from_json(br#"{"id":"E-1","event_kind":"premium_collected","on":"2026-01-07",
    ///     "reference":null,"amounts":{"received":{"amount":"950.00","currency":"CNY"}},"dimensions":{"customer":"C-1"}}"#)?;
    /// let booked = rules.explained_entry(&event)?;
    /// // The pack was checked for the days up to the end of 2025.
    /// assert!(booked.rule.stale && booked.rule.from <= event.on);
    /// # Ok::<(), crm_core::refusal::Refusal>(())
    /// ```
    pub fn explained_entry(&self, event: &BookingEvent) -> Result<ExplainedEntry, Refusal> {
        let entry = self.entry(event)?;
        let rule = self.rule(event)?;
        let used = UsedRule {
            event_kind: event.event_kind.clone(),
            from: rule.from,
            until: rule.until,
            source: rule.source.clone(),
            stale: self.is_stale(event.on),
        };
        Ok(ExplainedEntry { entry, rule: used })
    }

    fn rule(&self, event: &BookingEvent) -> Result<&DatedRule, Refusal> {
        let rules = self
            .kinds
            .get(&event.event_kind)
            .ok_or_else(|| Fault::new(Code::LedgerRuleUnknown).with_name("name", &event.event_kind).at("event_kind"))?;
        let after = rules.partition_point(|rule| rule.from <= event.on);
        let rule = after.checked_sub(1).and_then(|index| rules.get(index));
        rule.filter(|rule| rule.until.is_none_or(|until| event.on < until)).ok_or_else(|| {
            let from = rules.first().map_or_else(|| "-".into(), |rule| alloc::format!("{}", rule.from));
            let until = rules.last().and_then(|rule| rule.until);
            Fault::new(Code::LedgerRuleOutside)
                .with_name("name", &event.event_kind)
                .with("from", from)
                .with("until", until.map_or_else(|| "-".into(), |until| alloc::format!("{until}")))
                .at("on")
                .into()
        })
    }
}

impl DatedRule {
    /// The amounts in the order of the rule; all in the currency of the first.
    fn given(&self, event: &BookingEvent, faults: &mut Vec<Fault>) -> Vec<Money> {
        let at = |fault: Fault, name: &str| fault.at(name).at("amounts");
        let currency = event.amounts.values().next().map(Money::currency);
        for (name, money) in &event.amounts {
            if !self.amounts.iter().any(|(declared, _)| declared == name) {
                faults.push(at(Fault::new(Code::LedgerAmountUnknown), name));
            } else if let Some(Err(refusal)) = currency.map(|currency| money.require(currency)) {
                faults.extend(refusal.at(name).at("amounts").into_faults());
            }
        }
        let mut amounts = Vec::with_capacity(self.amounts.len());
        for (name, zero_allowed) in &self.amounts {
            match event.amounts.get(name) {
                None => faults.push(at(Fault::new(Code::LedgerAmountMissing).with_name("name", name), name)),
                Some(money) if money.is_negative() || (money.is_zero() && !zero_allowed) => {
                    faults.push(at(Fault::new(Code::LedgerAmountSign), name));
                }
                Some(money) => amounts.push(*money),
            }
        }
        amounts
    }

    fn entry_lines(&self, event: &BookingEvent, amounts: &[Money]) -> Result<Vec<EntryLine>, Refusal> {
        let mut faults = Vec::new();
        let mut lines = Vec::with_capacity(self.lines.len());
        for line in &self.lines {
            let sum = line.sum(amounts);
            if sum < 0 {
                let name = line.minus.iter().find_map(|at| self.amounts.get(*at)).map_or("", |(name, _)| name);
                faults.push(Fault::new(Code::LedgerAmountExceeds).at(name).at("amounts"));
                continue;
            }
            match (i64::try_from(sum), amounts.first()) {
                (Err(_), _) => faults.push(Fault::new(Code::MoneyAmountRange).at("amounts")),
                (Ok(minor), Some(first)) if minor > 0 => {
                    lines.push(line.entry_line(Money::from_minor(minor, first.currency()), event));
                }
                _ => {}
            }
        }
        if faults.is_empty() && lines.is_empty() {
            faults.push(Fault::new(Code::LedgerAmountNothing).at("amounts"));
        }
        Refusal::unless_empty(faults)?;
        Ok(lines)
    }

    fn dimension_faults(&self, event: &BookingEvent, faults: &mut Vec<Fault>) {
        for name in self.dimensions.iter().filter(|name| !event.dimensions.contains_key(*name)) {
            let fault = Fault::new(Code::LedgerDimensionMissing).with_name("name", name);
            faults.push(fault.at(name).at("dimensions"));
        }
        for name in event.dimensions.keys().filter(|name| !self.dimensions.contains(*name)) {
            faults.push(Fault::new(Code::LedgerDimensionUnknown).at(name).at("dimensions"));
        }
    }
}

impl RuleLine {
    fn of(line: &PostingLine, amounts: &[(String, bool)]) -> Self {
        let positions = |names: &[String]| {
            let found = names.iter().filter_map(|name| amounts.iter().position(|(declared, _)| declared == name));
            found.collect()
        };
        Self {
            account: line.account.clone(),
            side: line.side,
            red: line.red,
            plus: positions(&line.plus),
            minus: positions(&line.minus),
            dimensions: line.dimensions.clone(),
        }
    }

    fn sum(&self, amounts: &[Money]) -> i128 {
        let total = |positions: &[usize]| -> i128 {
            positions.iter().filter_map(|at| amounts.get(*at)).map(|money| i128::from(money.minor())).sum()
        };
        total(&self.plus) - total(&self.minus)
    }

    fn entry_line(&self, amount: Money, event: &BookingEvent) -> EntryLine {
        let dimensions = self.dimensions.iter().filter_map(|name| {
            let code = event.dimensions.get(name)?;
            Some((name.clone(), code.clone()))
        });
        EntryLine {
            account: self.account.clone(),
            side: self.side,
            red: self.red,
            amount,
            dimensions: dimensions.collect(),
        }
    }
}
