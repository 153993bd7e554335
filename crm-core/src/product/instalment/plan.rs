//! How a premium is paid in instalments.

use alloc::{string::String, vec::Vec};

use serde::{Deserialize, Serialize};

use crate::{
    calendar::{Date, EndOfMonth},
    money::{Decimal, Money},
    refusal::{Code, Fault, Refusal},
};

/// Most instalments of a schedule: one a month for a hundred years.
pub const MAX_INSTALMENTS: i64 = 1_200;

/// How a premium is paid in instalments (分期缴费方案).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InstalmentPlan {
    /// When instalments are due.
    pub dates: InstalmentDates,
    /// What the first instalment is when it differs from the others; none when all are equal.
    pub first: Option<FirstInstalment>,
    /// Where the minor units go that do not divide evenly.
    pub remainder: InstalmentRemainder,
    /// How long after the due date payment is in time.
    pub grace: GracePeriod,
}

/// When instalments are due.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum InstalmentDates {
    /// At equal intervals, each counted from the first due date and not from the one before.
    Regular {
        /// The first due date.
        first_due: Date,
        /// How far apart.
        interval: InstalmentInterval,
        /// How many, 1 to [`MAX_INSTALMENTS`].
        count: i64,
        /// What becomes of a day that a month does not have.
        end_of_month: EndOfMonth,
    },
    /// On days of their own, each later than the one before.
    Custom {
        /// The due dates.
        dates: Vec<Date>,
    },
}

/// How far apart instalments are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InstalmentInterval {
    /// Every month (月缴).
    Monthly,
    /// Every three months (季缴).
    Quarterly,
    /// Every six months (半年缴).
    HalfYearly,
    /// Every year (年缴).
    Yearly,
}

impl InstalmentInterval {
    const fn months(self) -> i64 {
        match self {
            Self::Monthly => 1,
            Self::Quarterly => 3,
            Self::HalfYearly => 6,
            Self::Yearly => 12,
        }
    }
}

/// What the first instalment takes of what is divided (首期比例或金额); the others share the rest. Charges that fall due
/// with the first instalment come on top.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum FirstInstalment {
    /// So much.
    Amount {
        /// The amount: above zero, less than what is divided.
        amount: Money,
    },
    /// So many per cent, rounded half up to the minor unit.
    Percent {
        /// The per cent: above 0, below 100.
        percent: Decimal,
    },
}

/// Where the minor units go that do not divide evenly (尾差处理). They are divided among the instalments that are equal:
/// all of them, or all but the first when that one is stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InstalmentRemainder {
    /// Into the first of the equal instalments.
    First,
    /// Into the last (并入末期).
    Last,
    /// One minor unit each, to the earliest.
    Spread,
    /// To nobody: it is written off and stands in the schedule as an amount of its own (抹零). It is taken off the
    /// premium, never off a tax or a fee, which are owed to others.
    WrittenOff,
}

/// How long after the due date payment is in time (宽限期).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum GracePeriod {
    /// So many days; 0 for none. 保险法 art. 36: 60 days after the agreed date.
    Days {
        /// How many; the day after the due date is the first.
        days: i64,
    },
    /// So many months, to the same day of the month, the last one where there is no such day.
    Months {
        /// How many.
        months: i64,
    },
}

impl GracePeriod {
    /// The last day on which payment is in time.
    pub(super) fn last_day(self, due_on: Date) -> Result<Date, Refusal> {
        match self {
            Self::Days { days } => due_on.plus_days(days),
            Self::Months { months } => due_on.plus_months(months, EndOfMonth::Clamp),
        }
    }

    fn fault(self) -> Option<Fault> {
        let (Self::Days { days: length } | Self::Months { months: length }) = self;
        (length < 0).then(|| Fault::new(Code::ProductInstalmentGrace))
    }
}

/// A tax, levy or fee that is paid with the premium.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChargeToPlace {
    /// Its code, unique in the schedule.
    pub code: String,
    /// The amount, zero or more.
    pub amount: Money,
    /// Where it goes.
    pub placement: ChargePlacement,
}

/// Where a charge goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChargePlacement {
    /// Into all instalments, in proportion.
    Spread,
    /// Into the first, whole.
    First,
}

impl InstalmentDates {
    /// The due dates, at least one, each later than the one before.
    pub(super) fn due_dates(&self) -> Result<Vec<Date>, Refusal> {
        let counted = |count: i64| {
            if (1..=MAX_INSTALMENTS).contains(&count) {
                return Ok(());
            }
            Err(Refusal::from(Fault::new(Code::ProductInstalmentCount).with("limit", MAX_INSTALMENTS)))
        };
        match self {
            Self::Regular { first_due, interval, count, end_of_month } => {
                counted(*count).map_err(|refusal| refusal.at("count").at("regular").at("dates"))?;
                (0..*count).map(|number| first_due.plus_months(number * interval.months(), *end_of_month)).collect()
            }
            Self::Custom { dates } => {
                counted(i64::try_from(dates.len()).unwrap_or(i64::MAX))
                    .map_err(|refusal| refusal.at("dates").at("custom").at("dates"))?;
                let pairs = dates.iter().zip(dates.iter().skip(1)).enumerate();
                let late = pairs.filter(|(_, (before, after))| before >= after).map(|(index, _)| {
                    Fault::new(Code::ProductInstalmentDates).at_index(index + 1).at("dates").at("custom").at("dates")
                });
                Refusal::unless_empty(late.collect())?;
                Ok(dates.clone())
            }
        }
    }
}

impl InstalmentPlan {
    /// What is wrong with the plan alone.
    pub(super) fn faults(&self) -> Vec<Fault> {
        let mut faults: Vec<Fault> = self.grace.fault().into_iter().map(|fault| fault.at("grace")).collect();
        if let Some(FirstInstalment::Percent { percent }) = &self.first
            && (*percent <= Decimal::ZERO || *percent >= Decimal::from(100))
        {
            faults.push(Fault::new(Code::ProductInstalmentFirst).at("percent").at("percent").at("first"));
        }
        faults
    }
}
