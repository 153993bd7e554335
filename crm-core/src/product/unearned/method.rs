//! The methods, and one policy at a day.

use serde::{Deserialize, Serialize};

use crate::{
    calendar::{Date, EndOfMonth, Period},
    money::{Money, RoundingMode},
    product::reckoning::Reckoning,
    refusal::Refusal,
    rulebook::Trace,
};

/// How the unearned part of a premium is found (未到期责任准备金提取方法).
///
/// All methods: before the start everything is unearned, from the end on nothing is. Terms of several years and of odd
/// lengths are taken as they are; the months of a term count whole when they have begun.
///
/// Sources: m.galtzs.cn 1683729 and xiaomilidoc.com p-10354465 (1/2, 1/8, 1/24, 1/365), felix.fe.training 6848 (1/12),
/// m.pinggu.org thread-1147633 (rule of 78); the Philippine insurance code s. 219 prescribes 24ths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnearnedMethod {
    /// 1/365 (三百六十五分之一法): days left of 365 for each year of the term, whether or not it holds a 29 February; never
    /// more than the premium. A term that is no whole number of years has the days that it has.
    #[serde(rename = "daily_365")]
    Daily365,
    /// Days left of the days of the term: 365 or 366 for a year (闰年按实际天数).
    DailyActual,
    /// 1/24: policies are taken to begin in the middle of their calendar month. The calendar month of issue gives half a
    /// month, every further one that has ended a whole one; within a month the figure of its beginning stands.
    TwentyFourths,
    /// 1/12: policies are taken to begin on the first of their calendar month; every month that has ended counts whole.
    Twelfths,
    /// 1/8: as 1/24, by calendar quarters.
    Eighths,
    /// 1/4: as 1/24, by calendar half-years.
    Fourths,
    /// 1/2: as 1/24, by calendar years: half a premium at the end of the year of issue.
    Half,
    /// Rule of 78 (七十八法则): of a term of `n` months with `r` left, `r(r+1) / n(n+1)`. Months are those of the policy.
    #[serde(rename = "rule_of_78")]
    RuleOf78,
}

/// The unearned part as a fraction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnearnedPart {
    /// Parts that are left.
    pub left: i64,
    /// Parts of the whole term, at least 1.
    pub of: i64,
}

impl UnearnedMethod {
    /// The unearned part of a term at the beginning of the day `on`: a balance at the close of 31 December is asked for
    /// with 1 January.
    ///
    /// # Errors
    /// `calendar.date.range` for a term that reaches the end of the calendar.
    ///
    /// ```
    /// use crm_core::calendar::{Date, Period};
    /// use crm_core::product::{UnearnedMethod, UnearnedPart};
    ///
    /// let term = Period::new(Date::parse("2023-07-01")?, Date::parse("2024-07-01")?)?;
    /// let year_end = Date::parse("2024-01-01")?;
    /// let part = |method: UnearnedMethod| method.part(&term, year_end).map(|part| (part.left, part.of));
    /// assert_eq!(part(UnearnedMethod::DailyActual)?, (182, 366));
    /// assert_eq!(part(UnearnedMethod::Daily365)?, (182, 365));
    /// assert_eq!(part(UnearnedMethod::TwentyFourths)?, (13, 24));
    /// # Ok::<(), crm_core::refusal::Refusal>(())
    /// ```
    pub fn part(self, term: &Period, on: Date) -> Result<UnearnedPart, Refusal> {
        let (left, of) = match self {
            Self::DailyActual => (on.days_until(term.end()), term.days()),
            Self::Daily365 => {
                let months = Months::of(term)?;
                let of = if months.whole && months.count % 12 == 0 { 365 * (months.count / 12) } else { term.days() };
                (on.days_until(term.end()), of)
            }
            Self::TwentyFourths => middle(term, on, 1)?,
            Self::Eighths => middle(term, on, 3)?,
            Self::Fourths => middle(term, on, 6)?,
            Self::Half => middle(term, on, 12)?,
            Self::Twelfths => {
                let of = Months::of(term)?.count;
                (of - blocks_between(term.start(), on, 1), of)
            }
            Self::RuleOf78 => {
                let count = Months::of(term)?.count;
                let passed = if term.contains(on) { term.start().completed_months(on, EndOfMonth::Clamp)? } else { 0 };
                let left = count - passed;
                (left * (left + 1), count * (count + 1))
            }
        };
        let left = if on <= term.start() {
            of
        } else if on >= term.end() {
            0
        } else {
            left.clamp(0, of)
        };
        Ok(UnearnedPart { left, of })
    }
}

/// The months of a term.
struct Months {
    /// How many have begun, at least 1.
    count: i64,
    /// Whether the last one is a whole one.
    whole: bool,
}

impl Months {
    fn of(term: &Period) -> Result<Self, Refusal> {
        let whole = term.start().completed_months(term.end(), EndOfMonth::Clamp)?;
        if term.start().plus_months(whole, EndOfMonth::Clamp)? == term.end() {
            return Ok(Self { count: whole, whole: true });
        }
        Ok(Self { count: whole + 1, whole: false })
    }
}

/// How many boundaries between calendar blocks of so many months lie after `from` and not after `to`.
fn blocks_between(from: Date, to: Date, months: i64) -> i64 {
    let block = |date: Date| (i64::from(date.year()) * 12 + i64::from(date.month()) - 1).div_euclid(months);
    block(to) - block(from)
}

/// Policies begin in the middle of their calendar block: `(parts left, parts)`, two parts a block.
fn middle(term: &Period, on: Date, months: i64) -> Result<(i64, i64), Refusal> {
    let of = 2 * (Months::of(term)?.count + months - 1).div_euclid(months);
    let ended = blocks_between(term.start(), on, months);
    Ok((if ended < 1 { of } else { of - (2 * ended - 1) }, of))
}

/// A method with its rounding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnearnedBasis {
    /// How the part is found.
    pub method: UnearnedMethod,
    /// How the unearned premium is rounded, once, to the minor unit of its currency.
    pub rounding: RoundingMode,
}

/// The unearned premium of one policy at a day, with its reasons.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnearnedPremium {
    /// The premium of the whole term.
    pub premium: Money,
    /// The term.
    pub term: Period,
    /// The day at whose beginning it is asked.
    pub on: Date,
    /// The method and the rounding.
    pub basis: UnearnedBasis,
    /// The part that is unearned.
    pub part: UnearnedPart,
    /// The unearned premium (未到期保费).
    pub unearned: Money,
    /// The earned premium (已赚保费): the premium less the unearned one, to the cent.
    pub earned: Money,
    /// The steps to the unearned premium.
    pub trace: Trace,
}

impl UnearnedBasis {
    /// The unearned premium of one policy at the beginning of the day `on`. A negative premium, of a refund, is taken
    /// like the positive one with the signs changed.
    ///
    /// # Errors
    /// As [`UnearnedMethod::part`].
    ///
    /// ```
    /// use crm_core::calendar::{Date, Period};
    /// use crm_core::money::{Currency, Money, RoundingMode};
    /// use crm_core::product::{UnearnedBasis, UnearnedMethod};
    /// use crm_core::refusal::Lang;
    ///
    /// let basis = UnearnedBasis { method: UnearnedMethod::RuleOf78, rounding: RoundingMode::HalfUp };
    /// let term = Period::new(Date::parse("2005-06-01")?, Date::parse("2006-06-01")?)?;
    /// let year_end = basis.of(Money::from_minor(100_000, Currency::CNY), term, Date::parse("2006-01-01")?)?;
    /// assert_eq!((year_end.unearned.to_string(), year_end.earned.to_string()), ("CNY 192.31".into(), "CNY 807.69".into()));
    /// assert_eq!(year_end.trace.text(Lang::En)[3], "#3 #0 × #1 = 30000");
    /// # Ok::<(), crm_core::refusal::Refusal>(())
    /// ```
    pub fn of(self, premium: Money, term: Period, on: Date) -> Result<UnearnedPremium, Refusal> {
        let part = self.method.part(&term, on)?;
        let mut reckoning = Reckoning::default();
        let whole = reckoning.amount(premium);
        let exact = reckoning.part(whole, part.left, part.of)?;
        let (_, unearned) = reckoning.round(exact, premium.currency(), self.rounding)?;
        let earned = premium.minus(unearned)?;
        Ok(UnearnedPremium { premium, term, on, basis: self, part, unearned, earned, trace: reckoning.into_trace() })
    }
}
