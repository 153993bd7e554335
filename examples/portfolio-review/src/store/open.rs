//! Opening a figure: its rows, masked as the viewer's rights say.

use rusqlite::types::ValueRef;

/// A value of the database as text; nothing is an empty text.
pub(super) fn text_of(value: ValueRef<'_>) -> String {
    match value {
        ValueRef::Null => String::new(),
        ValueRef::Integer(number) => number.to_string(),
        ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
        // The tables hold neither.
        ValueRef::Real(_) | ValueRef::Blob(_) => String::new(),
    }
}
