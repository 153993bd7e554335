//! Exact amounts, rounding and splitting (金额).

use crm_core::money::{
    Conversion, Currency, Decimal, ExchangeRate, Money, RemainderIn, Rounded, RoundedMoney, Rounding, Unrounded,
};
use crm_core::refusal::{Code, Refusal};

use crate::placed::placed;

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
/// `money.rounding.place` at `/rounding/place`, also when the place is finer than the currency's minor unit;
/// `money.amount.range` and `money.exact.range` when the result is too large.
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
/// `money.split.weight_negative`; `money.exact.range` at `/weights` when the weights have too many digits together.
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

/// Converts an amount in the rate's `to` back into its `from`: divided exactly and rounded once (反向折算).
///
/// # Errors
/// As `convert`, with `money.currency.mixed` when the amount is not in the rate's `to`.
pub fn convert_inverse(amount: Money, rate: ExchangeRate, rounding: Rounding) -> Result<Conversion, Refusal> {
    amount.convert_inverse(&rate, rounding).map_err(|refusal| placed(refusal, conversion_fault))
}

pub(super) fn conversion_fault(code: Code) -> Option<&'static str> {
    match code {
        Code::MoneyRateNotPositive | Code::MoneyRateSameCurrency => Some("rate"),
        other => rounding_fault(other),
    }
}

/// The param in which the fault of a rounding stands.
pub(super) fn rounding_fault(code: Code) -> Option<&'static str> {
    matches!(code, Code::MoneyRoundingPlace | Code::MoneyAmountPrecision).then_some("rounding")
}

fn parts_fault(code: Code) -> Option<&'static str> {
    (code == Code::MoneySplitParts).then_some("parts")
}
