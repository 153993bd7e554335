//! One policy year.

use alloc::{string::String, vec::Vec};
use core::fmt;

use serde::{Deserialize, Serialize};

use super::{PolicyId, Warning, code::code_fault};
use crate::{
    calendar::Date,
    money::Money,
    party::PartyId,
    refusal::{Code, Fault, Refusal},
};

/// Most claims that one policy year can have.
pub const MAX_CLAIMS: i64 = 1_000_000;
/// Most coverages on one policy year.
pub const MAX_COVERAGES: usize = 200;

/// One policy year of one customer (保单年度): from one renewal to the next.
///
/// The fields are the host's; [`PolicyTerm::check`] says what is wrong with them, and [`Book::add`](super::Book::add)
/// takes only what passes it. `Debug` shows no identifier, no birth date and no amount.
///
/// ```
/// use crm_core::{portfolio::PolicyTerm, refusal::Code, wire};
///
/// let json = br#"{"id":"P-2025-1","customer":"C-0042","inception":"2023-03-01","start":"2025-03-01","end":"2026-03-01",
///     "lapsed_on":null,"birth":"1984-07-12","licensed_on":"2006-05-20","channel":"agent","risk_type":"commercial_motor",
///     "coverages":["third_party","vehicle_damage"],"premium":{"amount":"4310.00","currency":"CNY"},
///     "claims_cost":{"amount":"0.00","currency":"CNY"},"claims":0}"#;
/// let mut term: PolicyTerm = wire::from_json(json)?;
/// term.check()?;
///
/// term.end = term.start;
/// let refused = term.check().unwrap_err();
/// assert_eq!((refused.code(), refused.path().as_str()), (Code::CalendarPeriodEmpty, "/end"));
/// # Ok::<(), crm_core::refusal::Refusal>(())
/// ```
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PolicyTerm {
    /// Number of the policy in this year (保单号); unique in a book.
    pub id: PolicyId,
    /// Who holds it (投保人).
    pub customer: PartyId,
    /// First day of the contract, before any renewal (首次起保日期).
    pub inception: Date,
    /// First day of this policy year: the last renewal (起保日期 / 最近续保日).
    pub start: Date,
    /// The first day after this policy year: the next renewal (终保日期的次日).
    pub end: Date,
    /// The day on which the contract lapsed or was cancelled (失效 / 退保日期), when it was.
    pub lapsed_on: Option<Date>,
    /// Birth date of the policyholder or main driver (出生日期). Personal.
    pub birth: Option<Date>,
    /// The day on which the main driver got the licence (初次领证日期). Personal.
    pub licensed_on: Option<Date>,
    /// Distribution channel (渠道), a code of the host: `agent`, `broker`, `direct`.
    pub channel: String,
    /// Type of risk (险种), a code of the host: `private_car`, `motorbike`.
    pub risk_type: String,
    /// Coverages held (险别), codes of the host.
    pub coverages: Vec<String>,
    /// Written premium of the year (签单保费), net of tax.
    pub premium: Money,
    /// Claims cost of the year: paid and outstanding (已决与未决赔款). Below zero when recoveries exceed claims.
    pub claims_cost: Money,
    /// Number of claims of the year (赔案件数).
    pub claims: i64,
}

impl PolicyTerm {
    /// Every fault of the record at once.
    ///
    /// # Errors
    /// `calendar.period.empty` at `/end`; `money.currency.mixed` at `/claims_cost`; `portfolio.claims.range` at
    /// `/claims`; `portfolio.code.invalid` at `/channel`, `/risk_type` or an item of `/coverages`;
    /// `portfolio.coverages.many` at `/coverages`.
    pub fn check(&self) -> Result<(), Refusal> {
        if self.is_sound() {
            return Ok(());
        }
        let mut faults: Vec<Fault> = Vec::new();
        if self.end <= self.start {
            faults.push(Fault::new(Code::CalendarPeriodEmpty).at("end"));
        }
        faults.extend(code_fault(&self.channel).map(|fault| fault.at("channel")));
        faults.extend(code_fault(&self.risk_type).map(|fault| fault.at("risk_type")));
        if self.coverages.len() > MAX_COVERAGES {
            faults.push(Fault::new(Code::PortfolioCoveragesMany).with("limit", MAX_COVERAGES).at("coverages"));
        }
        for (index, coverage) in self.coverages.iter().enumerate().take(MAX_COVERAGES) {
            faults.extend(code_fault(coverage).map(|fault| fault.at_index(index).at("coverages")));
        }
        if let Err(refusal) = self.claims_cost.require(self.premium.currency()) {
            faults.extend(refusal.at("claims_cost").into_faults());
        }
        if !(0..=MAX_CLAIMS).contains(&self.claims) {
            faults.push(Fault::new(Code::PortfolioClaimsRange).with("max", MAX_CLAIMS).at("claims"));
        }
        Refusal::unless_empty(faults)
    }

    /// The same question without building the answer: most rows of a book are sound.
    fn is_sound(&self) -> bool {
        self.end > self.start
            && code_fault(&self.channel).is_none()
            && code_fault(&self.risk_type).is_none()
            && self.coverages.len() <= MAX_COVERAGES
            && self.coverages.iter().all(|coverage| code_fault(coverage).is_none())
            && self.claims_cost.currency() == self.premium.currency()
            && (0..=MAX_CLAIMS).contains(&self.claims)
    }

    /// What looks odd about it; the row counts all the same.
    pub fn warnings(&self) -> impl Iterator<Item = Warning> + '_ {
        Warning::ALL.into_iter().filter(|warning| warning.applies_to(self))
    }

    /// The year of the last renewal, by which renewals are counted.
    #[must_use]
    pub fn renewal_year(&self) -> i32 {
        self.start.year()
    }
}

impl fmt::Debug for PolicyTerm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PolicyTerm")
            .field("start", &self.start)
            .field("end", &self.end)
            .field("channel", &self.channel)
            .field("risk_type", &self.risk_type)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
mod tests {
    use alloc::{format, string::ToString as _, vec};

    use super::*;
    use crate::{
        money::Currency,
        portfolio::laws::{day, term},
        refusal::Lang,
    };

    #[test]
    fn a_sound_row_passes() {
        let term = term("P1", "C1", 2025);
        term.check().unwrap();
        assert_eq!(term.warnings().count(), 0);
        assert_eq!(term.renewal_year(), 2025);
    }

    #[test]
    fn every_fault_is_told_at_once() {
        let mut term = term("P1", "C1", 2025);
        term.end = term.start;
        term.channel = String::new();
        term.risk_type = "x".repeat(65);
        term.coverages = vec!["ok".to_string(), "\u{7}".to_string()];
        term.claims_cost = Money::zero(Currency::USD);
        term.claims = -1;
        let refusal = term.check().unwrap_err();
        let told: Vec<String> =
            refusal.faults().iter().map(|fault| format!("{} {}", fault.code(), fault.path())).collect();
        assert_eq!(
            told,
            [
                "calendar.period.empty /end",
                "portfolio.code.invalid /channel",
                "portfolio.code.invalid /risk_type",
                "portfolio.code.invalid /coverages/1",
                "money.currency.mixed /claims_cost",
                "portfolio.claims.range /claims",
            ]
        );
    }

    #[test]
    fn coverages_are_limited() {
        let mut term = term("P1", "C1", 2025);
        term.coverages = vec!["c".to_string(); MAX_COVERAGES];
        term.check().unwrap();
        term.coverages.push("c".to_string());
        let refusal = term.check().unwrap_err();
        assert_eq!(refusal.code(), Code::PortfolioCoveragesMany);
        assert!(refusal.text(Lang::En).contains("200"));
    }

    #[test]
    fn claims_are_limited() {
        let mut term = term("P1", "C1", 2025);
        term.claims = MAX_CLAIMS;
        term.check().unwrap();
        term.claims += 1;
        assert_eq!(term.check().unwrap_err().code(), Code::PortfolioClaimsRange);
    }

    #[test]
    fn odd_rows_are_warned_about() {
        let mut term = term("P1", "C1", 2025);
        term.inception = day(2025, 1, 2);
        term.licensed_on = Some(day(2025, 1, 3));
        term.lapsed_on = Some(day(2024, 12, 31));
        assert_eq!(term.warnings().collect::<Vec<_>>(), Warning::ALL);
        // The same days are nothing to warn about.
        term.inception = term.start;
        term.licensed_on = Some(term.start);
        term.lapsed_on = Some(term.start);
        assert_eq!(term.warnings().count(), 0);
    }

    #[test]
    fn debug_shows_nothing_personal() {
        let mut term = term("planted-policy", "planted-customer", 2025);
        term.birth = Some(day(1971, 2, 3));
        term.licensed_on = Some(day(1991, 4, 5));
        let shown = format!("{term:?}");
        for secret in ["planted", "1971", "1991", "475"] {
            assert!(!shown.contains(secret), "{shown}");
        }
    }
}
