//! Functions that cross. The first param is the record in which paths start; every other one stands under its name.

use crm_core::calendar::{AgeConvention, Date, EndOfMonth, Period};
use crm_core::money::{
    Conversion, Currency, Decimal, ExchangeRate, Money, RemainderIn, Rounded, RoundedMoney, Rounding, Unrounded,
};
use crm_core::party::{self, ResidentId};
use crm_core::portfolio::{Book, BookParameters, BookSummary, PolicyTerm, Warning};
use crm_core::privacy::Mask;
use crm_core::refusal::{Code, Refusal};
use crm_core::rulebook::{self, Explained, Trace, Value};

use crate::placed::placed;

/// The version of the library, e.g. `0.1.0`.
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}

/// The date `months` later (earlier when negative); `end_of_month` says what happens to a day that the month arrived at
/// does not have (按月推算日期).
///
/// `2026-01-31` and one month: `2026-02-28` with `clamp` and `stick`, refused with `refuse`.
///
/// # Errors
/// `calendar.date.range` outside the years 1 to 9999; `calendar.month.no_day` with `refuse`.
pub fn add_months(date: Date, months: i64, end_of_month: EndOfMonth) -> Result<Date, Refusal> {
    date.plus_months(months, end_of_month)
}

/// The number of days from `start` to `end`, the end not counted (起止日之间的天数); negative when `end` is earlier.
///
/// `2024-01-01` to `2025-01-01` is 366.
pub fn days_between(start: Date, end: Date) -> i64 {
    start.days_until(end)
}

/// The age in completed years on the day `on` of somebody born on `birth` (周岁).
///
/// Born on `2008-07-11`, on `2014-07-11`: 6 with `birthday_counts`, 5 with `day_after_birthday`.
///
/// # Errors
/// `calendar.age.before_birth` when `on` is before `birth`.
pub fn age(birth: Date, on: Date, convention: AgeConvention) -> Result<i64, Refusal> {
    convention.completed_years(birth, on)
}

/// The days that two periods have in common, nothing when there are none (期间重叠部分). Periods that only touch share no day.
pub fn overlap(first: Period, second: Period) -> Option<Period> {
    first.overlap(&second)
}

/// The number rounded as a rule states it, with the record of the rounding (舍入).
///
/// `2.345` to two places is `2.35` with `half_up` and `2.34` with `half_even`.
///
/// # Errors
/// `money.rounding.place` at `/rounding/place`; `money.exact.range` when the result can't be held exactly.
pub fn round(value: Decimal, rounding: Rounding) -> Result<Rounded, Refusal> {
    Unrounded::from(value).round(rounding).map_err(|refusal| placed(refusal, rounding_fault))
}

/// An amount times a factor, exactly, and then rounded once (金额乘以系数).
///
/// CNY 950.05 times `0.50` to two places is CNY 475.03 with `half_up` and CNY 475.02 with `half_even`.
///
/// # Errors
/// `money.rounding.place` at `/rounding/place`; `money.amount.precision` at `/rounding` when the place is finer than the
/// currency's minor unit; `money.amount.range` and `money.exact.range` when the result is too large.
pub fn multiply(amount: Money, by: Decimal, rounding: Rounding) -> Result<RoundedMoney, Refusal> {
    let result = Unrounded::from(amount).times(by).and_then(|exact| exact.into_money(amount.currency(), rounding));
    result.map_err(|refusal| placed(refusal, rounding_fault))
}

/// The sum of amounts in one currency (合计); zero when there is none.
///
/// # Errors
/// `money.currency.mixed` at the amount that is not in `currency`; `money.amount.range`.
pub fn sum(amounts: Vec<Money>, currency: Currency) -> Result<Money, Refusal> {
    Money::sum(currency, amounts)
}

/// Allocates an amount by weights; the parts add up exactly (按权重分摊).
///
/// Each part first gets its share cut toward zero, then the minor units left over go one each to the parts that lost the
/// largest fraction; of equal fractions the earlier part comes first. CNY 100.00 by `1, 1, 1` is 33.34, 33.33, 33.33.
///
/// # Errors
/// At `/weights`: `money.split.weights` without a weight above zero, `money.split.parts` for too many; at the weight:
/// `money.split.weight_negative`; `money.exact.range` when the weights have too many digits together.
pub fn allocate(total: Money, weights: Vec<Decimal>) -> Result<Vec<Money>, Refusal> {
    total.allocate(&weights).map_err(|refusal| {
        placed(refusal, |code| match code {
            Code::MoneySplitWeights | Code::MoneySplitWeightNegative | Code::MoneySplitParts => Some("weights"),
            _ => None,
        })
    })
}

/// Splits an amount into equal parts that add up exactly; the larger parts come first (均分).
///
/// CNY 100.00 in 3 parts is 33.34, 33.33, 33.33.
///
/// # Errors
/// `money.split.parts` at `/parts` for less than one part or more than a million.
pub fn split(total: Money, parts: i64) -> Result<Vec<Money>, Refusal> {
    total.split(parts).map_err(|refusal| placed(refusal, parts_fault))
}

/// Splits an amount into equal instalments and puts what does not divide evenly into the first or the last (分期，尾差归入首期或末期).
///
/// USD 646.46 in 12 instalments, the rest in the last: eleven of 53.87 and one of 53.89.
///
/// # Errors
/// `money.split.parts` at `/parts` for less than one part or more than a million.
pub fn instalments(total: Money, parts: i64, remainder_in: RemainderIn) -> Result<Vec<Money>, Refusal> {
    total.instalments(parts, remainder_in).map_err(|refusal| placed(refusal, parts_fault))
}

/// Converts an amount at a dated rate, multiplied exactly and rounded once; the rate and the rounding stand in the answer (折算).
///
/// # Errors
/// `money.currency.mixed` when the amount is not in the rate's `from`; `money.rate.not_positive` at `/rate/rate`;
/// `money.rate.same_currency` at `/rate/to`; those of `multiply`.
pub fn convert(amount: Money, rate: ExchangeRate, rounding: Rounding) -> Result<Conversion, Refusal> {
    amount.convert(&rate, rounding).map_err(|refusal| placed(refusal, conversion_fault))
}

/// An amount times a factor as `multiply`, with the trace of how it came about (带计算过程).
///
/// # Errors
/// Those of `multiply`.
pub fn explain_product(amount: Money, factor: Decimal, rounding: Rounding) -> Result<Explained<Money>, Refusal> {
    rulebook::explained_product(amount, factor, rounding).map_err(|refusal| placed(refusal, rounding_fault))
}

/// An amount in another currency as `convert`, with the trace of how it came about (带计算过程).
///
/// # Errors
/// Those of `convert`.
pub fn explain_conversion(amount: Money, rate: ExchangeRate, rounding: Rounding) -> Result<Explained<Money>, Refusal> {
    rulebook::explained_conversion(amount, &rate, rounding).map_err(|refusal| placed(refusal, conversion_fault))
}

/// Works an answer out again from the inputs that stand in its trace (重算): the figure of a calculation, true or false of a
/// rule. A rounded figure comes back as a number: `475.00` as `475`.
///
/// # Errors
/// `rulebook.trace.broken` with the first step that does not follow from the ones before it.
pub fn replay(trace: Trace) -> Result<Value, Refusal> {
    trace.replay()
}

/// Checks a resident identity number of mainland China and says what it tells (居民身份证号码, GB 11643).
///
/// `as_of` is the day on which the number is looked at: nobody is born after it. Fifteen digits are completed to eighteen
/// characters.
///
/// # Errors
/// `party.document.length`, `party.document.characters`, `party.document.birth_date`, `party.document.birth_later`,
/// `party.document.check_digit`; all that apply at once, and none repeats a digit of the number.
pub fn check_resident_id(number: String, as_of: Date) -> Result<ResidentId, Refusal> {
    party::check_resident_id(&number, as_of)
}

/// The masked view of a personal text: enough to recognise what one knows already (脱敏显示).
///
/// `18049531999` as `mobile` is `180****1999`. Masking again changes nothing; a text too short for its pattern is hidden whole.
pub fn mask(text: String, kind: Mask) -> String {
    kind.apply(&text)
}

/// Checks one policy year and says what looks odd about it; an odd row counts all the same (保单年度校验).
///
/// # Errors
/// `calendar.period.empty` at `/end`, `money.currency.mixed` at `/claims_cost`, `portfolio.claims.range` at `/claims`,
/// `portfolio.code.invalid`, `portfolio.coverages.many`; all at once.
pub fn check_policy_term(term: PolicyTerm) -> Result<Vec<Warning>, Refusal> {
    term.check()?;
    Ok(term.warnings().collect())
}

/// The figures of a book of policy years: rows, customers, premium, claims cost, loss ratio, renewals, warnings (业务汇总).
///
/// Rows that can't be used are left out and counted by the code of the reason, so that rows in = rows used + rows left out.
/// A row that is given twice counts once.
///
/// # Errors
/// `money.amount.range` when a total is too large; `money.rounding.place` at `/parameters/ratio_rounding/place`.
pub fn summarise(terms: Vec<PolicyTerm>, parameters: BookParameters) -> Result<BookSummary, Refusal> {
    let mut book = Book::new(parameters);
    for term in terms {
        // The book counts what it refuses; the summary tells.
        let _ = book.add(term);
    }
    book.summary().map_err(|refusal| {
        let rounding = |code| (code == Code::MoneyRoundingPlace).then_some("ratio_rounding");
        let inside = |code| (code == Code::MoneyRoundingPlace).then_some("parameters");
        placed(placed(refusal, rounding), inside)
    })
}

fn conversion_fault(code: Code) -> Option<&'static str> {
    match code {
        Code::MoneyRateNotPositive | Code::MoneyRateSameCurrency => Some("rate"),
        other => rounding_fault(other),
    }
}

/// The param in which the fault of a rounding stands.
fn rounding_fault(code: Code) -> Option<&'static str> {
    matches!(code, Code::MoneyRoundingPlace | Code::MoneyAmountPrecision).then_some("rounding")
}

fn parts_fault(code: Code) -> Option<&'static str> {
    (code == Code::MoneySplitParts).then_some("parts")
}
