//! Conditions as they are written: a tree of tests over facts.

use alloc::{boxed::Box, string::String, vec::Vec};

use serde::{Deserialize, Serialize};

use super::Scalar;

/// A test over facts, written as data.
///
/// A fact that is not known makes a test undecided. `all` with a failed test fails and `any` with a passed test passes
/// whatever is undecided beside it; where the answer depends on a fact that is not known, it is refused and the missing
/// facts are named. So the order of the tests never matters.
///
/// ```
/// use crm_core::{rulebook::Condition, wire};
///
/// let good: Condition = wire::from_json(br#"{"all":{"of":[
///     {"compare":{"fact":"clean_years","is":"at_least","to":{"value":{"value":3}}}},
///     {"one_of":{"fact":"grade","values":["a","b"]}}
/// ]}}"#)?;
/// assert!(matches!(good, Condition::All { .. }));
/// let refusal = wire::from_json::<Condition>(br#"{"all":{"of":[{"maybe":{}}]}}"#).unwrap_err();
/// assert_eq!((refusal.code().as_str(), refusal.path().as_str()), ("wire.variant.unknown", "/all/of/0"));
/// # Ok::<(), crm_core::refusal::Refusal>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Condition {
    /// Every one of the tests passes.
    All {
        /// The tests; at least one.
        of: Vec<Condition>,
    },
    /// At least one of the tests passes.
    Any {
        /// The tests; at least one.
        of: Vec<Condition>,
    },
    /// The test does not pass.
    Not {
        /// The test.
        of: Box<Condition>,
    },
    /// The fact compares with a value or a parameter.
    Compare {
        /// The name of the fact.
        fact: String,
        /// How it compares.
        is: Comparison,
        /// With what.
        to: Operand,
    },
    /// The fact is one of the values.
    OneOf {
        /// The name of the fact.
        fact: String,
        /// The values; at least one.
        values: Vec<Scalar>,
    },
    /// The fact lies in the half-open range from `from` (inclusive) to `until` (exclusive).
    Within {
        /// The name of the fact.
        fact: String,
        /// The first value inside; none for no bound.
        from: Option<Scalar>,
        /// The first value outside; none for no bound.
        until: Option<Scalar>,
    },
    /// The text fits a pattern: `*` stands for any text, `?` for one character, everything else for itself.
    Matches {
        /// The name of the fact.
        fact: String,
        /// The pattern, exactly as typed; nothing is added to it.
        pattern: String,
    },
    /// The fact is known, whatever its value.
    Known {
        /// The name of the fact.
        fact: String,
    },
}

/// How two values compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Comparison {
    /// The same value; `1.50` equals `1.5`.
    Equal,
    /// Another value.
    NotEqual,
    /// Less (earlier).
    LessThan,
    /// Less or equal.
    AtMost,
    /// More or equal.
    AtLeast,
    /// More (later).
    MoreThan,
}

impl Comparison {
    /// The sign in a trace.
    #[must_use]
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Equal => "=",
            Self::NotEqual => "≠",
            Self::LessThan => "<",
            Self::AtMost => "≤",
            Self::AtLeast => "≥",
            Self::MoreThan => ">",
        }
    }

    /// Whether the comparison asks for an order, which texts and truth values don't have.
    #[must_use]
    pub const fn needs_order(self) -> bool {
        !matches!(self, Self::Equal | Self::NotEqual)
    }
}

/// With what a fact is compared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Operand {
    /// A fixed value, read as the type of the fact.
    Value {
        /// The value.
        value: Scalar,
    },
    /// A dated parameter of the same rule set.
    Parameter {
        /// Its name.
        name: String,
    },
}
