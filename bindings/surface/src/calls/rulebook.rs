//! Figures that explain themselves (计算过程).

use crm_core::money::{Decimal, ExchangeRate, Money, Rounding};
use crm_core::refusal::{Lang, Refusal};
use crm_core::rulebook::{self, Explained, Trace, Value};

use super::money::{conversion_fault, rounding_fault};
use crate::placed::placed;

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

/// A trace in words, one line a step (过程说明). `lang` is a language tag: `zh` and everything that begins with it is
/// Chinese, everything else English.
pub fn explain_trace(trace: Trace, lang: String) -> Vec<String> {
    trace.text(Lang::from_tag(&lang))
}
