//! What a dataclass checks when it is made: that decimals and days are what the core takes for them.
//!
//! A value of the right class passes at once; every other one is shown to the core's own reader, so that there is one
//! definition of what is taken. Results are made without `__init__` and are not slowed.

use std::fmt::Write as _;

use super::attribute;
use crate::bindgen::model::{Field, Type};

/// The native functions that `_types.py` needs.
pub(super) const IMPORT: &str = "from ._native import check_date as _check_date, check_decimal as _check_decimal\n";

/// `__post_init__`; nothing for a record without decimals and days of its own.
pub(super) fn checks(out: &mut String, fields: &[Field]) {
    let mut head = "\n    def __post_init__(self) -> None:\n";
    for field in fields {
        let (ty, optional) = match &field.ty {
            Type::Optional(inner) => (inner.as_ref(), true),
            ty => (ty, false),
        };
        let (class, check) = match ty {
            Type::Decimal => ("Decimal", "_check_decimal"),
            Type::Date => ("datetime.date", "_check_date"),
            _ => continue,
        };
        out.push_str(head);
        head = "";
        let value = format!("self.{}", attribute(&field.name));
        let given = if optional { format!("{value} is not None and ") } else { String::new() };
        _ = writeln!(
            out,
            "        if {given}type({value}) is not {class}:\n            {check}({:?}, {value})",
            field.name
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_and_days_are_checked_and_nothing_else() {
        let field = |name: &str, ty: Type| Field::new(name, Vec::new(), ty);
        let mut out = String::new();
        checks(&mut out, &[field("name", Type::Text), field("days", Type::List(Box::new(Type::Date)))]);
        assert_eq!(out, "");
        let until = Type::Optional(Box::new(Type::Decimal));
        checks(&mut out, &[field("from", Type::Date), field("name", Type::Text), field("until", until)]);
        assert_eq!(
            out,
            "\n    def __post_init__(self) -> None:\n        \
             if type(self.from_) is not datetime.date:\n            _check_date(\"from\", self.from_)\n        \
             if self.until is not None and type(self.until) is not Decimal:\n            \
             _check_decimal(\"until\", self.until)\n"
        );
    }
}
