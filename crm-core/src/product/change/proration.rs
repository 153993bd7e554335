//! Which part of an annual price belongs to part of the term.

use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::{retention::started_months, short_rate::ShortRateTable};
use crate::{
    calendar::{Date, EndOfMonth, Period},
    money::{Decimal, Unrounded},
    refusal::{Code, Refusal},
};

/// How a price becomes the price of some days (批改保费计算方式).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Proration {
    /// Days of the days of the policy year, 365 or 366 (按日计算): a whole policy year costs the annual price.
    Daily {},
    /// Days of 365; the 366th day of a policy year costs nothing.
    #[serde(rename = "daily_365")]
    Daily365 {},
    /// Months of 12; a started month counts whole, for what was in force when it began (按月计算).
    Monthly {},
    /// Days of the days of the term: the price is that of the whole term, not of a year.
    WholeTerm {},
    /// The short-rate table gives the price of the whole term; its parts are days of the days of the term (短期保单).
    ShortTerm {
        /// The table.
        table: ShortRateTable,
    },
    /// The short-rate table gives the price of the whole term and of what is left of it on any day: a change costs the
    /// difference of the annual prices times the per cent of the time left (按短期费率批改). A part is the per cent from its
    /// first day to the end of the term less that from the day after it.
    ShortRate {
        /// The table.
        table: ShortRateTable,
    },
}

/// A part of an annual price.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PriceShare {
    /// Days, months or whole years.
    pub parts: i64,
    /// Of how many.
    pub of: i64,
}

impl Proration {
    /// The per cent of the annual price that the whole term costs, where a table says so.
    pub(super) fn percent(&self, term: &Period) -> Result<Option<Decimal>, Refusal> {
        match self {
            Self::ShortTerm { table } => table.percent(term.start(), term.end()).map(Some),
            _ => Ok(None),
        }
    }

    /// The parts of the annual price from `from` up to but not including `until`, both inside the term. Parts of days that
    /// follow each other add up to the part of all of them, exactly.
    pub(super) fn shares(&self, term: &Period, from: Date, until: Date) -> Result<Vec<PriceShare>, Refusal> {
        let one = |parts: i64, of: i64| Ok(if parts > 0 { alloc::vec![PriceShare { parts, of }] } else { Vec::new() });
        match self {
            Self::WholeTerm {} | Self::ShortTerm { .. } => one(from.days_until(until), term.days()),
            Self::Monthly {} => one(started_months(term, until)? - started_months(term, from)?, 12),
            Self::ShortRate { table } => {
                let left = |day: Date| table.percent(day, term.end()).map(Unrounded::from);
                let part = left(from)?.minus(left(until)?)?.divided_by(100)?;
                let whole = |number: i128| i64::try_from(number).map_err(|_| Refusal::new(Code::MoneyExactRange));
                one(whole(part.numerator())?, whole(part.denominator())?)
            }
            Self::Daily {} => by_year(term, from, until, |days, of| (days, of)),
            Self::Daily365 {} => by_year(term, from, until, |days, _| (days.min(365), 365)),
        }
    }
}

/// The parts of each policy year between two days; whole years are counted together.
fn by_year(
    term: &Period,
    from: Date,
    until: Date,
    passed: impl Fn(i64, i64) -> (i64, i64),
) -> Result<Vec<PriceShare>, Refusal> {
    let mut shares: Vec<PriceShare> = Vec::new();
    let mut year = term.start().completed_months(from, EndOfMonth::Clamp)?.div_euclid(12);
    let mut from = from;
    let mut whole_years = 0;
    while from < until {
        let start = term.start().plus_months(year * 12, EndOfMonth::Clamp)?;
        let end = term.start().plus_months((year + 1) * 12, EndOfMonth::Clamp)?;
        let stop = until.min(end);
        let of_days = start.days_until(end);
        let ((before, of), (after, _)) =
            (passed(start.days_until(from), of_days), passed(start.days_until(stop), of_days));
        if from == start && stop == end {
            whole_years += 1;
        } else if after > before {
            shares.push(PriceShare { parts: after - before, of });
        }
        from = stop;
        year += 1;
    }
    if whole_years > 0 {
        shares.push(PriceShare { parts: whole_years, of: 1 });
    }
    Ok(shares)
}
