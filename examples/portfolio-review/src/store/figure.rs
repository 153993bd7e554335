//! Figures with the query that opens each to its rows.

use super::Store;
use crate::{report::page::Words, stop::Outcome};

/// What a figure counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Rows, customers, policies: whole numbers.
    Count,
    /// An amount in minor units.
    Amount,
}

impl Unit {
    /// Its name in the database.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Count => "count",
            Self::Amount => "amount",
        }
    }
}

/// A figure that is the sum of what its rows add.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// Its name: lower-case letters, digits, hyphens and points.
    pub name: String,
    /// What it is.
    pub title: Words,
    /// How it comes from its rows.
    pub definition: Words,
    /// What it counts.
    pub unit: Unit,
    /// The figure itself, as the core gave it.
    pub value: i64,
    /// A query with the columns `of` (a table of the database), `id` (the number of the row there) and `adds`.
    pub rows: String,
}

/// A figure that is one divided by another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ratio {
    /// Its name.
    pub name: String,
    /// What it is.
    pub title: Words,
    /// In per cent, as text; none where it has no meaning.
    pub value: Option<String>,
    /// Why it is absent.
    pub absent: Option<Words>,
    /// The figures above the line, joined by `+`.
    pub above: String,
    /// The figure below.
    pub below: String,
}

impl Store {
    /// Keeps a figure.
    ///
    /// # Errors
    /// What the database says.
    pub fn figure(&self, figure: &Figure) -> Outcome<()> {
        self.insert(
            "figure",
            &[
                &figure.name,
                &figure.title.en,
                &figure.title.zh,
                &figure.definition.en,
                &figure.definition.zh,
                &figure.unit.name(),
                &figure.value,
                &figure.rows,
            ],
        )
    }

    /// Keeps a ratio.
    ///
    /// # Errors
    /// What the database says.
    pub fn ratio(&self, ratio: &Ratio) -> Outcome<()> {
        let absent = |pick: fn(&Words) -> &String| ratio.absent.as_ref().map(pick);
        self.insert(
            "ratio",
            &[
                &ratio.name,
                &ratio.title.en,
                &ratio.title.zh,
                &ratio.value,
                &absent(|words| &words.en),
                &absent(|words| &words.zh),
                &ratio.above,
                &ratio.below,
            ],
        )
    }
}
