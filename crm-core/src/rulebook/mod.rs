//! Dated data, typed facts, conditions and traces: everything that an authority or a manager may change.
//!
//! - A [`Parameter`] is a value with unit, source and validity; on every day inside its validity it has exactly one
//!   value, outside it is refused, after `checked_until` it is marked stale (law 11).
//! - A *fact* (事实 / 指标) is a named, typed figure about a customer, a vehicle, an agent… [`FactDeclaration`] gives its
//!   type, unit and meaning; values are read against it.
//! - A [`Condition`] is a tree of tests over facts, written as data and typed when it is loaded.
//! - A [`RuleSet`] is all three together: loaded once, checked whole, asked often.
//! - A [`Trace`] says how an answer came about; [`Trace::replay`] gives the answer again (law 3).

mod compiled;
mod condition;
mod dated;
mod fact;
mod figure;
mod replay;
mod rule_set;
mod scalar;
mod seen;
mod trace;
mod typed;
mod value;

pub(crate) use compiled::Compiled;
pub use condition::{Comparison, Condition, Operand};
pub(crate) use dated::{Dated, span_faults};
pub use dated::{DatedValue, KnownValue, Parameter};
pub(crate) use fact::{Declared, Known, length_fault, read_facts};
pub use fact::{FactDeclaration, MAX_RULE_TEXT};
pub use figure::{explained_conversion, explained_product};
pub(crate) use rule_set::name_faults;
pub use rule_set::{Evaluation, Rule, RuleCase, RuleOutcome, RuleSet, RuleSetSpec, RuleVersion};
pub use scalar::Scalar;
pub(crate) use seen::Seen;
pub(crate) use trace::rounding_in_words;
pub use trace::{Explained, Operation, Step, Trace};
pub(crate) use typed::{Asked, MAX_PATTERN, Names, To, Typed, size_of};
pub use value::{Value, ValueType};

crate::wire::stored_first_version! {
    Trace = "trace",
}

// Version 2: versions of rules by date, the last check, cases; outcomes name the version.
crate::wire::stored_with_more_fields! {
    RuleSetSpec = "rule_set", 2,
    Evaluation = "evaluation", 2,
}
