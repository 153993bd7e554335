//! Values as tests see them: borrowed, so that asking costs no copy.

use alloc::{string::String, vec::Vec};
use core::cmp::Ordering;

use super::{Comparison, Scalar, Value};
use crate::{calendar::Date, money::Decimal};

/// A typed value that belongs to somebody else.
#[derive(Clone, Copy)]
pub(crate) enum Seen<'a> {
    Text(&'a str),
    Integer(i64),
    Decimal(Decimal),
    Date(Date),
    Boolean(bool),
}

impl Value {
    pub(crate) fn seen(&self) -> Seen<'_> {
        match self {
            Self::Text(value) => Seen::Text(value),
            Self::Integer(value) => Seen::Integer(*value),
            Self::Decimal(value) => Seen::Decimal(*value),
            Self::Date(value) => Seen::Date(*value),
            Self::Boolean(value) => Seen::Boolean(*value),
        }
    }
}

impl Seen<'_> {
    /// The value as a host would hand it in.
    pub(crate) fn scalar(self) -> Scalar {
        match self {
            Self::Text(value) => Scalar::Text(String::from(value)),
            Self::Integer(value) => Scalar::Integer(value),
            Self::Decimal(value) => Scalar::Decimal(value),
            Self::Date(value) => Scalar::Date(value),
            Self::Boolean(value) => Scalar::Boolean(value),
        }
    }

    /// As [`Value::order`] says.
    pub(super) fn order(self, other: Seen<'_>) -> Option<Ordering> {
        match (self, other) {
            (Self::Integer(left), Seen::Integer(right)) => Some(left.cmp(&right)),
            (Self::Decimal(left), Seen::Decimal(right)) => Some(left.cmp(&right)),
            (Self::Date(left), Seen::Date(right)) => Some(left.cmp(&right)),
            (Self::Text(left), Seen::Text(right)) if left == right => Some(Ordering::Equal),
            (Self::Boolean(left), Seen::Boolean(right)) if left == right => Some(Ordering::Equal),
            _ => None,
        }
    }

    pub(crate) fn compares(self, is: Comparison, right: Seen<'_>) -> bool {
        match (is, self.order(right)) {
            (Comparison::NotEqual, order) => order != Some(Ordering::Equal),
            (_, None) => false,
            (Comparison::Equal, Some(order)) => order == Ordering::Equal,
            (Comparison::LessThan, Some(order)) => order == Ordering::Less,
            (Comparison::AtMost, Some(order)) => order != Ordering::Greater,
            (Comparison::AtLeast, Some(order)) => order != Ordering::Less,
            (Comparison::MoreThan, Some(order)) => order == Ordering::Greater,
        }
    }

    pub(super) fn is_one_of(self, values: &[Value]) -> bool {
        values.iter().any(|one| one.seen().order(self) == Some(Ordering::Equal))
    }

    pub(crate) fn lies_within(self, from: Option<&Value>, until: Option<&Value>) -> bool {
        from.is_none_or(|from| self.compares(Comparison::AtLeast, from.seen()))
            && until.is_none_or(|until| self.compares(Comparison::LessThan, until.seen()))
    }

    /// Whether a text fits a pattern of `*` and `?`; time grows with the product of the lengths, never faster.
    pub(crate) fn fits(self, pattern: &str) -> bool {
        let Self::Text(text) = self else { return false };
        let pattern: Vec<char> = pattern.chars().collect();
        let text: Vec<char> = text.chars().collect();
        let (mut at, mut in_text) = (0, 0);
        let mut star: Option<(usize, usize)> = None;
        while in_text < text.len() {
            match pattern.get(at) {
                Some('*') => {
                    star = Some((at, in_text));
                    at += 1;
                }
                Some(letter) if *letter == '?' || Some(letter) == text.get(in_text) => {
                    at += 1;
                    in_text += 1;
                }
                // The last star takes one character more.
                _ => match star {
                    Some((back, taken)) => {
                        star = Some((back, taken + 1));
                        at = back + 1;
                        in_text = taken + 1;
                    }
                    None => return false,
                },
            }
        }
        pattern.iter().skip(at).all(|letter| *letter == '*')
    }
}
