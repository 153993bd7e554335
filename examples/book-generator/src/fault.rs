//! Faults that are planted in files, as a table: what is done to a sound row, and what must come of it.

use serde::Serialize;

use crate::{
    day::Day,
    identifiers::{organisation_check, with_credit_check, with_resident_check},
};

/// What must come of a planted row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// The row by itself is wrong: it is refused with its code, and counts nowhere.
    Rejected,
    /// The row by itself is right but contradicts other rows or its own: it counts nowhere.
    Contradiction,
    /// The row is right and used; its code is a notice beside it.
    Notice,
}

/// What is done to a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edit {
    /// Another text.
    Set(&'static str),
    /// A text over the characters from a place on.
    Over(usize, &'static str),
    /// The same in a resident identity number, its check character put right.
    OverResident(usize, &'static str),
    /// Without its last character.
    Shorter,
    /// Another last character.
    WrongCheck,
    /// A social credit code of the series before the standard, with a check character of its own rule.
    EarlyCode,
    /// The fifteen digits of before 1999.
    FifteenDigits,
    /// The day of another column and so many days.
    Day(&'static str, i64),
    /// The day of the book and so many days.
    AsOf(i64),
    /// A text of so many characters.
    Long(usize),
    /// A quote before it that is never closed.
    OpenQuote,
    /// A quote in it that closes and goes on.
    StrayQuote,
    /// A byte that is of no character.
    NoCharacter,
    /// The row ends one column early.
    End,
}

/// A condition on a row of which a fault can be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needs {
    /// This column has this text.
    Is(&'static str, &'static str),
    /// This column has any other text.
    IsNot(&'static str, &'static str),
    /// This column has a text that stands before this one.
    Before(&'static str, &'static str),
}

/// A fault.
#[derive(Debug, PartialEq, Eq)]
pub struct Fault {
    /// In which files; none means all.
    pub files: &'static [&'static str],
    /// Its name in the truth.
    pub name: &'static str,
    /// What must come of it.
    pub effect: Effect,
    /// The code that says so, where the core or a reader of CSV has one.
    pub code: Option<&'static str>,
    /// Whether the row keeps the id of the sound one.
    pub same_id: bool,
    /// Which rows it can be made of.
    pub needs: &'static [Needs],
    /// What is done; the first column is the one at fault.
    pub edits: &'static [(&'static str, Edit)],
}

/// A faulty row.
#[derive(Debug, PartialEq, Eq)]
pub struct Spoiled {
    /// Its text.
    pub row: String,
    /// Its id.
    pub id: String,
}

impl Fault {
    /// Whether it can be made of this row.
    #[must_use]
    pub fn fits(&self, columns: &[&str], fields: &[&str]) -> bool {
        let value =
            |name: &str| columns.iter().zip(fields).find(|(column, _)| **column == name).map(|(_, value)| *value);
        self.edits.iter().all(|(name, edit)| *edit == Edit::End || value(name).is_some())
            && self.needs.iter().all(|need| match *need {
                Needs::Is(name, text) => value(name) == Some(text),
                Needs::IsNot(name, text) => value(name).is_some_and(|value| value != text),
                Needs::Before(name, text) => value(name).is_some_and(|value| value < text),
            })
    }

    /// Whether a byte of no character stands in it.
    #[must_use]
    pub fn breaks_encoding(&self) -> bool {
        self.edits.iter().any(|(_, edit)| *edit == Edit::NoCharacter)
    }

    /// The column at fault; empty where it is the whole row.
    #[must_use]
    pub fn column(&self) -> &'static str {
        self.edits.first().map_or("", |(column, _)| column)
    }

    /// The faulty row made of a sound one; `number` is that of the fault in its file.
    #[must_use]
    pub fn spoil(&self, columns: &[&str], fields: &[&str], number: i64, as_of: Day) -> Spoiled {
        let mut out: Vec<String> = fields.iter().map(|field| (*field).to_owned()).collect();
        if !self.same_id
            && let Some(id) = out.first_mut()
        {
            *id = format!("X{number:010}");
        }
        let mut id = out.first().cloned().unwrap_or_default();
        for (name, edit) in self.edits {
            if *edit == Edit::End {
                out.pop();
                continue;
            }
            let place = columns.iter().position(|column| column == name).unwrap_or_default();
            let day = |name: &str| {
                let value = columns.iter().zip(fields).find(|(column, _)| **column == name);
                value.and_then(|(_, text)| Day::read(text)).unwrap_or(as_of)
            };
            if let Some(value) = out.get_mut(place) {
                *value = match *edit {
                    Edit::Day(from, days) => day(from).plus(days).to_string(),
                    Edit::AsOf(days) => as_of.plus(days).to_string(),
                    edit => edit.of(value),
                };
                if place == 0 {
                    id.clone_from(value);
                }
            }
        }
        if id.len() > 40 || id.contains(['\0', '"']) {
            id.clear();
        }
        Spoiled { row: out.join(","), id }
    }
}

impl Edit {
    /// What becomes of a text.
    fn of(self, text: &str) -> String {
        let over = |place: usize, with: &str| {
            let mut letters: Vec<char> = text.chars().collect();
            for (letter, new) in letters.iter_mut().skip(place).zip(with.chars()) {
                *letter = new;
            }
            letters.into_iter().collect::<String>()
        };
        let first = |text: &str, count: usize| text.chars().take(count).collect::<String>();
        let length = text.chars().count();
        match self {
            Self::Set(text) => text.to_owned(),
            Self::Over(place, with) => over(place, with),
            Self::OverResident(place, with) => with_resident_check(&first(&over(place, with), 17)),
            Self::Shorter => first(text, length.saturating_sub(1)),
            Self::WrongCheck => {
                let last = if text.ends_with('0') { "1" } else { "0" };
                first(text, length.saturating_sub(1)) + last
            }
            Self::EarlyCode => {
                let body = first(&over(8, "M0"), 16);
                let inside = body.get(8..16).unwrap_or_default();
                let right = with_credit_check(&format!("{body}{}", organisation_check(inside)));
                Self::WrongCheck.of(&right)
            }
            Self::FifteenDigits => first(text, 6) + &text.chars().skip(8).take(9).collect::<String>(),
            Self::Long(count) => "9".repeat(count),
            Self::OpenQuote => format!("\"{text}"),
            Self::StrayQuote => format!("\"{text}\"{text}"),
            Self::NoCharacter => format!("{text}\0"),
            Self::Day(..) | Self::AsOf(_) | Self::End => text.to_owned(),
        }
    }
}

/// The faults of a file, in the order of the table.
#[must_use]
pub fn faults_of(file: &str) -> Vec<&'static Fault> {
    crate::fault_table::FAULTS.iter().filter(|fault| fault.files.contains(&file)).collect()
}
