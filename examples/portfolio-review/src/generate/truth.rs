//! What must come out of a generated book, added up from what was written.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::customers::{Day, PolicyYear};

/// A planted row.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PlantedRow {
    /// On which line of `policies.csv`.
    pub line: u64,
    /// The code with which it must be rejected.
    pub code: String,
}

/// What must come out. Amounts are in fen.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Truth {
    /// Seed of the book.
    pub seed: u64,
    /// Rows in `policies.csv`.
    pub rows_in: i64,
    /// Sound rows.
    pub rows: i64,
    /// Customers with a sound row.
    pub customers: i64,
    /// Written premium.
    pub premium: i64,
    /// Claims cost.
    pub claims_cost: i64,
    /// Number of claims.
    pub claims: i64,
    /// Rows and premium by risk type.
    pub by_risk_type: BTreeMap<String, (i64, i64)>,
    /// Rows and premium by channel.
    pub by_channel: BTreeMap<String, (i64, i64)>,
    /// Due and renewed by year.
    pub renewals: BTreeMap<String, (i64, i64)>,
    /// Rows with each warning: start after last renewal, licence after start, lapse before last renewal.
    pub warnings: [i64; 3],
    /// Groups of claims; those that are one fen above and below.
    pub claim_groups: (i64, i64, i64),
    /// Planted rows.
    pub planted: Vec<PlantedRow>,
}

impl Truth {
    /// Adds up sound rows.
    pub fn of(seed: u64, years: &[PolicyYear]) -> Self {
        let mut truth = Self { seed, ..Self::default() };
        let mut held: BTreeSet<(&str, i64)> = BTreeSet::new();
        for year in years {
            truth.rows += 1;
            truth.premium += year.premium;
            truth.claims_cost += year.claims_cost();
            truth.claims += i64::try_from(year.claims.len()).unwrap_or(i64::MAX);
            for (groups, code) in [(&mut truth.by_risk_type, year.line.code), (&mut truth.by_channel, year.channel.1)] {
                let (rows, premium) = groups.entry(code.to_owned()).or_default();
                *rows += 1;
                *premium += year.premium;
            }
            let later = |day: Option<Day>, than: Day| i64::from(day.is_some_and(|day| day > than));
            let [start, licence, lapse] = &mut truth.warnings;
            *start += later(Some(year.inception), year.start);
            *licence += later(year.licensed_on, year.inception);
            *lapse += i64::from(year.lapsed_on.is_some_and(|day| day < year.start));
            held.insert((&year.customer, year.start.year));
        }
        truth.customers =
            i64::try_from(held.iter().map(|(customer, _)| customer).collect::<BTreeSet<_>>().len()).unwrap_or(i64::MAX);
        let last = held.iter().map(|(_, year)| *year).max().unwrap_or_default();
        for (customer, year) in held.iter().filter(|(_, year)| *year < last) {
            let (due, renewed) = truth.renewals.entry(year.to_string()).or_default();
            *due += 1;
            *renewed += i64::from(held.contains(&(*customer, year + 1)));
        }
        truth
    }
}
