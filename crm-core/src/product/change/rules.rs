//! Refund rules as dated data: who may end a policy why, and what is kept then.

use alloc::{collections::BTreeSet, format, string::String, vec::Vec};

use serde::{Deserialize, Serialize};

use super::{
    retention::{PinnedRetention, RetentionBase, RetentionMethod, RetentionRule},
    short_rate::ShortRateTable,
    timeline::{EndedBy, TimelineEnd},
};
use crate::{
    calendar::{Date, Period},
    money::{Decimal, Money},
    refusal::{Code, Fault, Refusal},
    rulebook::span_faults,
    wire,
};

/// Most versions, tables and grounds of refund rules, each.
const MAX_REFUND_ENTRIES: usize = 1_000;

/// Refund rules as they are written (退保规则): data of the host or of a pack.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RefundRulesSpec {
    /// The name, in snake_case.
    pub name: String,
    /// What they are called, in English.
    pub title: String,
    /// What they are called, in Chinese (名称).
    pub title_zh: String,
    /// Which day chooses the version.
    pub pinned_by: PinnedBy,
    /// The short-rate tables that grounds name.
    pub tables: Vec<ShortRateTable>,
    /// The versions, without gap or overlap.
    pub versions: Vec<RefundRulesVersion>,
    /// The last day for which somebody has checked them; later answers are marked stale.
    pub checked_until: Date,
}

/// Which day chooses a version; never the day on which something is recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PinnedBy {
    /// The first day of cover (起保日期).
    Inception,
    /// The day from which a change takes effect (批改生效日期).
    Effective,
}

/// Refund rules as they are valid for some time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RefundRulesVersion {
    /// The first day.
    pub from: Date,
    /// The first day on which they are no longer valid; none while no end is known.
    pub until: Option<Date>,
    /// Who says so, and how sure it is.
    pub source: String,
    /// The grounds on which a policy may end; on no other.
    pub grounds: Vec<CancellationGround>,
    /// Refunds below this stay on account (小额退费挂账); none when every refund is paid.
    pub keep_below: Option<Money>,
}

/// A ground on which a policy may end (退保原因).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CancellationGround {
    /// Its code, in snake_case.
    pub code: String,
    /// What it is, in English.
    pub title: String,
    /// What it is, in Chinese.
    pub title_zh: String,
    /// Who ends the policy.
    pub ended_by: EndedBy,
    /// Who says so.
    pub source: String,
    /// Only while the cooling-off period runs; none for at any time.
    pub cooling_off: Option<CoolingOff>,
    /// What is kept when cover has begun.
    pub after_start: RetentionRule,
    /// What is kept when it has not, as a part of what was charged: 0 for a full refund.
    pub before_start: BeforeStartFee,
}

/// The cooling-off period (犹豫期): the policyholder may end the contract and gets all back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CoolingOff {
    /// How many days from the day on which the policyholder signed for the policy (收到保单并书面签收之日).
    pub days: i64,
    /// Whether that day is the first of them; not so where the contract says nothing (民法典 art. 201).
    pub receipt_day_counts: bool,
}

/// The handling fee of a cancellation before cover begins (手续费).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BeforeStartFee {
    /// The part of what was charged, 0 to 1, rounded half up: 0.03.
    pub part: Decimal,
    /// The most; none for no cap.
    pub at_most: Option<Money>,
}

/// What somebody asks who wants to end a policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CancellationRequest {
    /// The code of the ground.
    pub ground: String,
    /// The day on which it was asked for.
    pub asked_on: Date,
    /// The first day without cover; before or on the first day of the term when cover never begins.
    pub effective: Date,
    /// The day on which the policyholder signed for the policy; needed for cooling-off.
    pub receipt_signed_on: Option<Date>,
}

/// Loaded refund rules: checked whole, immutable.
///
/// ```
/// use crm_core::calendar::{Date, Period};
/// use crm_core::product::{CancellationRequest, china_refunds};
/// use crm_core::refusal::Code;
///
/// let rules = china_refunds::compulsory_motor_refunds()?;
/// let term = Period::new(Date::parse("2026-03-01")?, Date::parse("2027-03-01")?)?;
/// let mut request = CancellationRequest {
///     ground: "deregistered".into(),
///     asked_on: Date::parse("2026-06-01")?,
///     effective: Date::parse("2026-06-09")?,
///     receipt_signed_on: None,
/// };
/// assert_eq!(rules.end(&term, &request)?.retention.rules, "cn_compulsory_motor_refunds");
/// request.ground = "no_longer_wanted".into();
/// assert_eq!(rules.end(&term, &request).unwrap_err().code(), Code::ProductRefundGround);
/// # Ok::<(), crm_core::refusal::Refusal>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefundRules(RefundRulesSpec);

impl RefundRules {
    /// Checks refund rules; every fault at once.
    ///
    /// # Errors
    /// `rulebook.dated.empty`, `.gap`, `.overlap`, `rulebook.source.missing`, `calendar.period.empty`;
    /// `product.refund.duplicate` for a ground or table named twice; `product.refund.cooling_off`;
    /// `product.retention.part`, `.base`, `.table`, `.minimum`; `product.short_rate.rows`, `.order`, `.percent`;
    /// `rulebook.too_many`.
    pub fn load(spec: RefundRulesSpec) -> Result<Self, Refusal> {
        Refusal::unless_empty(faults(&spec))?;
        let mut spec = spec;
        spec.versions.sort_by_key(|version| version.from);
        Ok(Self(spec))
    }

    /// Reads refund rules from canonical JSON and checks them.
    ///
    /// # Errors
    /// `wire.*` and everything of [`RefundRules::load`].
    pub fn from_json(text: &[u8]) -> Result<Self, Refusal> {
        Self::load(wire::from_json(text)?)
    }

    /// The rules as they are written, the versions in the order of time.
    #[must_use]
    pub const fn spec(&self) -> &RefundRulesSpec {
        &self.0
    }

    /// The version of a day (law 11).
    ///
    /// # Errors
    /// `rulebook.dated.outside` before the first and after the last day.
    pub fn version(&self, on: Date) -> Result<&RefundRulesVersion, Refusal> {
        let versions = &self.0.versions;
        let after = versions.partition_point(|version| version.from <= on);
        let version = after.checked_sub(1).and_then(|index| versions.get(index));
        version.filter(|version| version.until.is_none_or(|until| on < until)).ok_or_else(|| {
            let day = |date: Option<Date>| date.map_or_else(|| String::from("-"), |date| format!("{date}"));
            Fault::new(Code::RulebookDatedOutside)
                .with_name("name", &self.0.name)
                .with("date", format!("{on}"))
                .with("from", day(versions.first().map(|version| version.from)))
                .with("until", day(versions.last().and_then(|version| version.until)))
                .into()
        })
    }

    /// How a policy ends that somebody wants to end, with the rule for what is kept.
    ///
    /// # Errors
    /// `product.refund.ground` when the rules of the day know no such ground, with those that they know;
    /// `product.refund.after_end` when the term is over by then; `product.refund.receipt_missing` and
    /// `product.refund.cooling_off_over`; `rulebook.dated.outside`.
    pub fn end(&self, term: &Period, request: &CancellationRequest) -> Result<TimelineEnd, Refusal> {
        if request.effective >= term.end() {
            return Err(Refusal::new(Code::ProductRefundAfterEnd).at("effective"));
        }
        let effective = request.effective.max(term.start());
        let pinned_on = match self.0.pinned_by {
            PinnedBy::Inception => term.start(),
            PinnedBy::Effective => effective,
        };
        let version = self.version(pinned_on)?;
        let Some(ground) = version.grounds.iter().find(|ground| ground.code == request.ground) else {
            let known: Vec<&str> = version.grounds.iter().map(|ground| ground.code.as_str()).collect();
            return Err(Fault::new(Code::ProductRefundGround).with("allowed", known.join(", ")).at("ground").into());
        };
        if let Some(cooling_off) = ground.cooling_off {
            cooling_off.check(request)?;
        }
        let rule = if effective == term.start() && ground.cooling_off.is_none() {
            let BeforeStartFee { part, at_most } = ground.before_start;
            let method = RetentionMethod::HandlingFee { part, at_most };
            RetentionRule { method, base: RetentionBase::AllCharged, minimum: None }
        } else {
            ground.after_start.clone()
        };
        let table = match &rule.method {
            RetentionMethod::ShortRate { table } => self.0.tables.iter().find(|known| known.name == *table).cloned(),
            _ => None,
        };
        let retention = PinnedRetention {
            rules: self.0.name.clone(),
            from: version.from,
            source: ground.source.clone(),
            stale: pinned_on > self.0.checked_until,
            rule,
            table,
        };
        Ok(TimelineEnd { ground: ground.code.clone(), ended_by: ground.ended_by, effective, retention })
    }
}

impl CoolingOff {
    fn check(self, request: &CancellationRequest) -> Result<(), Refusal> {
        let Some(signed_on) = request.receipt_signed_on else {
            return Err(Refusal::new(Code::ProductRefundReceiptMissing).at("receipt_signed_on"));
        };
        let last = signed_on.plus_days(self.days - i64::from(self.receipt_day_counts))?;
        if request.asked_on > last {
            return Err(Fault::new(Code::ProductRefundCoolingOffOver).with("days", self.days).at("asked_on").into());
        }
        Ok(())
    }
}

fn faults(spec: &RefundRulesSpec) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (field, count) in [("tables", spec.tables.len()), ("versions", spec.versions.len())] {
        if count > MAX_REFUND_ENTRIES {
            return alloc::vec![Fault::new(Code::RulebookTooMany).with("limit", MAX_REFUND_ENTRIES).at(field)];
        }
    }
    let mut names = BTreeSet::new();
    for (index, table) in spec.tables.iter().enumerate() {
        let at = |fault: Fault| fault.at_index(index).at("tables");
        if !names.insert(table.name.as_str()) {
            faults.push(at(Fault::new(Code::ProductRefundDuplicate).at("name")));
        }
        faults.extend(table.faults().into_iter().map(at));
    }
    if spec.versions.is_empty() {
        faults.push(Fault::new(Code::RulebookDatedEmpty).at("versions"));
    }
    let days = spec.versions.iter().enumerate().map(|(index, version)| (index, version.from, version.until));
    faults.extend(span_faults(days).into_iter().map(|(index, fault)| fault.at("from").at_index(index).at("versions")));
    for (index, version) in spec.versions.iter().enumerate() {
        let found = version_faults(version, &spec.tables);
        faults.extend(found.into_iter().map(|fault| fault.at_index(index).at("versions")));
    }
    faults
}

fn version_faults(version: &RefundRulesVersion, tables: &[ShortRateTable]) -> Vec<Fault> {
    let mut faults = Vec::new();
    if version.until.is_some_and(|until| until <= version.from) {
        faults.push(Fault::new(Code::CalendarPeriodEmpty).at("until"));
    }
    if version.source.trim().is_empty() {
        faults.push(Fault::new(Code::RulebookSourceMissing).at("source"));
    }
    if version.keep_below.is_some_and(|amount| amount.is_negative()) {
        faults.push(Fault::new(Code::ProductRetentionMinimum).at("keep_below"));
    }
    if version.grounds.len() > MAX_REFUND_ENTRIES {
        faults.push(Fault::new(Code::RulebookTooMany).with("limit", MAX_REFUND_ENTRIES).at("grounds"));
        return faults;
    }
    let mut codes = BTreeSet::new();
    for (index, ground) in version.grounds.iter().enumerate() {
        let at = |fault: Fault| fault.at_index(index).at("grounds");
        if !codes.insert(ground.code.as_str()) {
            faults.push(at(Fault::new(Code::ProductRefundDuplicate).at("code")));
        }
        if ground.source.trim().is_empty() {
            faults.push(at(Fault::new(Code::RulebookSourceMissing).at("source")));
        }
        if ground.cooling_off.is_some_and(|cooling_off| cooling_off.days < 1) {
            faults.push(at(Fault::new(Code::ProductRefundCoolingOff).at("days").at("cooling_off")));
        }
        faults.extend(ground.after_start.faults(tables).into_iter().map(|fault| at(fault.at("after_start"))));
        let fee = RetentionMethod::HandlingFee { part: ground.before_start.part, at_most: ground.before_start.at_most };
        let fee = RetentionRule { method: fee, base: RetentionBase::AllCharged, minimum: None };
        if let Some(fault) = fee.faults(tables).into_iter().next() {
            faults.push(at(Fault::new(fault.code()).at("before_start")));
        }
    }
    faults
}
