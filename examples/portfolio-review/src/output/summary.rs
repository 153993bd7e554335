//! `summary.json`: amounts and ratios as strings, counts as whole numbers.

use std::collections::BTreeMap;

use crm_core::{
    money::RoundingMode,
    portfolio::{BookSummary, BookTotals, ClaimTieCount, Ratio, RatioAbsence, RenewalCount},
};
use serde::{Deserialize, Serialize};

/// The figures of a review, as they stand in `summary.json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Summary {
    /// What the mapping file calls the book.
    pub name: Option<String>,
    /// The day of the review.
    pub as_of: String,
    /// Of every amount.
    pub currency: String,
    /// Rows in the files: used and rejected.
    pub rows_in: i64,
    /// Rows used.
    pub rows: i64,
    /// Customers with at least one row.
    pub customers: i64,
    /// Written premium.
    pub premium: String,
    /// Claims cost: paid and outstanding.
    pub claims_cost: String,
    /// Number of claims.
    pub claims: i64,
    /// Claims cost ÷ premium in per cent; absent without premium.
    pub loss_ratio: Option<String>,
    /// Why the loss ratio is absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub loss_ratio_absent: Option<String>,
    /// By the code of the risk type.
    pub by_risk_type: BTreeMap<String, Group>,
    /// By the code of the channel.
    pub by_channel: BTreeMap<String, Group>,
    /// By year of last renewal.
    pub renewals: BTreeMap<String, Renewal>,
    /// Rows with each warning, by its code.
    pub warnings: BTreeMap<String, i64>,
    /// How claims by part tie to the book; absent where the mapping file names no such file.
    pub claim_ties: Option<ClaimTies>,
    /// Rows rejected, by the code of their first fault.
    pub rejected: BTreeMap<String, i64>,
    /// What the figures depend on besides the rows.
    pub parameters: Parameters,
    /// The files read.
    pub sources: Vec<SourceFile>,
}

/// Totals of a group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// Rows used.
    pub rows: i64,
    /// Written premium.
    pub premium: String,
    /// Claims cost.
    pub claims_cost: String,
    /// Number of claims.
    pub claims: i64,
    /// Claims cost ÷ premium in per cent.
    pub loss_ratio: Option<String>,
    /// Why the loss ratio is absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub loss_ratio_absent: Option<String>,
}

/// Renewals of one year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Renewal {
    /// Customers whose last renewal lies in the year.
    pub due: i64,
    /// Of those, customers with a row in the next year.
    pub renewed: i64,
    /// Renewed ÷ due in per cent.
    pub rate: Option<String>,
}

/// How claims by part tie to the book.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClaimTies {
    /// Groups: one customer, one total.
    pub groups: i64,
    /// Groups that the book has.
    pub found: i64,
    /// Of those, to the cent.
    pub exact: i64,
    /// Of those, one cent off.
    pub off_by_one_cent: OffByOneCent,
    /// Of those, further off.
    pub other: i64,
    /// Rows of the file of parts that were rejected, by code.
    pub rejected: BTreeMap<String, i64>,
}

/// Groups that are one cent off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OffByOneCent {
    /// The parts are one cent above the total.
    pub up: i64,
    /// The parts are one cent below it.
    pub down: i64,
}

/// What the figures depend on besides the rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parameters {
    /// What is divided by what.
    pub loss_ratio: String,
    /// How renewals are counted.
    pub renewals: String,
    /// How ratios are rounded.
    pub ratio_rounding: String,
    /// Digits after the point.
    pub ratio_places: i64,
}

/// One file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SourceFile {
    /// Its name in the mapping file.
    pub file: String,
    /// Its size.
    pub bytes: u64,
    /// Rows in it.
    pub rows_in: i64,
    /// Rows used.
    pub rows: i64,
    /// Rows rejected.
    pub rejected: i64,
}

impl Summary {
    /// The figures of the core in the form of the file.
    #[must_use]
    pub fn new(
        book: &BookSummary,
        name: Option<String>,
        rejected: BTreeMap<String, i64>,
        sources: Vec<SourceFile>,
    ) -> Self {
        let totals = Group::new(&book.totals);
        Self {
            name,
            as_of: book.parameters.as_of.to_string(),
            currency: book.parameters.currency.to_string(),
            rows_in: sources.iter().map(|source| source.rows_in).sum(),
            rows: totals.rows,
            customers: book.customers,
            premium: totals.premium,
            claims_cost: totals.claims_cost,
            claims: totals.claims,
            loss_ratio: totals.loss_ratio,
            loss_ratio_absent: totals.loss_ratio_absent,
            by_risk_type: book.by_risk_type.iter().map(|(code, totals)| (code.clone(), Group::new(totals))).collect(),
            by_channel: book.by_channel.iter().map(|(code, totals)| (code.clone(), Group::new(totals))).collect(),
            renewals: book.renewals.iter().map(|(year, count)| (year.clone(), Renewal::new(count))).collect(),
            warnings: book.warnings.clone(),
            claim_ties: None,
            rejected,
            parameters: Parameters {
                loss_ratio: "100 * claims_cost / premium".to_owned(),
                renewals: "customers with a row in the year of last renewal; renewed: with a row in the next year"
                    .to_owned(),
                ratio_rounding: rounding_name(book.parameters.ratio_rounding.mode).to_owned(),
                ratio_places: book.parameters.ratio_rounding.place,
            },
            sources,
        }
    }

    /// Rows in = rows used + rows rejected, over the whole book and in each file.
    #[must_use]
    pub fn adds_up(&self) -> bool {
        let rejected: i64 = self.rejected.values().sum();
        self.rows_in == self.rows + rejected
            && self.rows == self.sources.iter().map(|source| source.rows).sum::<i64>()
            && self.sources.iter().all(|source| source.rows_in == source.rows + source.rejected)
    }
}

impl Group {
    fn new(totals: &BookTotals) -> Self {
        Self {
            rows: totals.rows,
            premium: totals.premium.amount().to_string(),
            claims_cost: totals.claims_cost.amount().to_string(),
            claims: totals.claims,
            loss_ratio: percent(&totals.loss_ratio),
            loss_ratio_absent: match totals.loss_ratio {
                Ratio::Known { .. } => None,
                Ratio::Absent { reason: RatioAbsence::NoPremium } => Some("no_premium".to_owned()),
                Ratio::Absent { reason: RatioAbsence::NobodyDue } => Some("nobody_due".to_owned()),
            },
        }
    }
}

impl Renewal {
    fn new(count: &RenewalCount) -> Self {
        Self { due: count.due, renewed: count.renewed, rate: percent(&count.rate) }
    }
}

impl ClaimTies {
    /// The counts of the core in the form of the file.
    #[must_use]
    pub fn new(count: ClaimTieCount, rejected: BTreeMap<String, i64>) -> Self {
        Self {
            groups: count.groups,
            found: count.found,
            exact: count.exact,
            off_by_one_cent: OffByOneCent { up: count.one_up, down: count.one_down },
            other: count.other,
            rejected,
        }
    }
}

fn percent(ratio: &Ratio) -> Option<String> {
    ratio.percent().map(|percent| percent.to_string())
}

const fn rounding_name(mode: RoundingMode) -> &'static str {
    match mode {
        RoundingMode::HalfUp => "half_up",
        RoundingMode::HalfEven => "half_even",
        RoundingMode::Up => "up",
        RoundingMode::Down => "down",
        RoundingMode::Ceiling => "ceiling",
        RoundingMode::Floor => "floor",
    }
}
