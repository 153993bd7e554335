//! Which field of a record is how sensitive: one line a field, and nothing is shown that has no line.

use alloc::{
    string::{String, ToString as _},
    vec::Vec,
};

use serde::{Deserialize, Serialize};

use super::{Mask, Sensitivity};
use crate::refusal::{Code, Fault, Refusal};

/// Most lines of a table.
const MAX_FIELDS: usize = 1000;

/// The class of one field of a record (字段敏感级别).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FieldClass {
    /// Where the field stands: a JSON pointer in canonical names in which `*` stands for any entry of a list or a map,
    /// and `#` at the end for the keys of a map: `/contacts/phones/*/number`, `/attributes/#`. A line for a struct, list
    /// or map hides all of it together where its class is hidden; its fields have lines of their own.
    pub field: String,
    /// How sensitive it is.
    pub sensitivity: Sensitivity,
    /// How it is masked; without a mask it is hidden where others are masked.
    pub mask: Option<Mask>,
}

impl FieldClass {
    /// A line.
    #[must_use]
    pub fn new(field: &str, sensitivity: Sensitivity, mask: Option<Mask>) -> Self {
        Self { field: field.to_string(), sensitivity, mask }
    }
}

/// A checked table of the fields of one type of record.
///
/// ```
/// use crm_core::privacy::{FieldClass, FieldTable, Mask, Sensitivity};
///
/// let table = FieldTable::load("visit", &[
///     FieldClass::new("/on", Sensitivity::Internal, None),
///     FieldClass::new("/with/*/name", Sensitivity::Personal, Some(Mask::Name)),
/// ])?;
/// assert_eq!(table.record(), "visit");
///
/// let refusal = FieldTable::load("visit", &[
///     FieldClass::new("on", Sensitivity::Internal, None),
///     FieldClass::new("/with/*/name", Sensitivity::Personal, None),
///     FieldClass::new("/with/0/name", Sensitivity::Public, None),
/// ]).unwrap_err();
/// let codes: Vec<&str> = refusal.faults().iter().map(|fault| fault.code().as_str()).collect();
/// assert_eq!(codes, ["privacy.field.pattern", "privacy.field.overlap"]);
/// # Ok::<(), crm_core::refusal::Refusal>(())
/// ```
#[derive(Debug, Clone)]
pub struct FieldTable {
    record: String,
    lines: Vec<Line>,
}

/// A line with its pattern taken apart.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub(super) class: FieldClass,
    steps: Vec<Step>,
}

/// One step of a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Step {
    Name(String),
    Any,
    Keys,
}

/// One step of the way into a record.
#[derive(Clone, Copy)]
pub(super) enum Way<'a> {
    /// A field or a variant: a name that the core chose.
    Field(&'a str),
    /// A key of a map: data.
    Key(&'a str),
    /// An entry of a list.
    Entry,
    /// The keys of the map.
    Keys,
}

impl FieldTable {
    /// Checks a table; all its faults are reported at once.
    ///
    /// # Errors
    /// `privacy.field.pattern` for what is no pattern, `privacy.field.overlap` where two lines speak of one field,
    /// `privacy.field.too_many`; each at the line.
    pub fn load(record: &str, fields: &[FieldClass]) -> Result<Self, Refusal> {
        if fields.len() > MAX_FIELDS {
            return Err(Fault::new(Code::PrivacyFieldTooMany).with("limit", MAX_FIELDS).into());
        }
        let mut faults = Vec::new();
        let mut lines: Vec<Line> = Vec::new();
        for (index, class) in fields.iter().enumerate() {
            let at = |code: Code| Fault::new(code).at("field").at_index(index);
            match steps(&class.field) {
                None => faults.push(at(Code::PrivacyFieldPattern)),
                Some(steps) if lines.iter().any(|line| overlap(&line.steps, &steps)) => {
                    faults.push(at(Code::PrivacyFieldOverlap));
                }
                Some(steps) => lines.push(Line { class: class.clone(), steps }),
            }
        }
        Refusal::unless_empty(faults)?;
        Ok(Self { record: record.to_string(), lines })
    }

    /// The type of record that the table is for.
    #[must_use]
    pub fn record(&self) -> &str {
        &self.record
    }

    /// The lines in their order.
    pub fn fields(&self) -> impl Iterator<Item = &FieldClass> {
        self.lines.iter().map(|line| &line.class)
    }

    /// The table for the record of a child under 14: whatever is personal is sensitive (个人信息保护法 art. 28).
    #[must_use]
    pub fn for_child(&self) -> Self {
        let mut table = self.clone();
        for line in &mut table.lines {
            if line.class.sensitivity == Sensitivity::Personal {
                line.class.sensitivity = Sensitivity::Sensitive;
            }
        }
        table
    }

    /// The line for a place, and its number.
    pub(super) fn find(&self, way: &[Way<'_>]) -> Option<(usize, &Line)> {
        self.lines.iter().enumerate().find(|(_, line)| line.steps.len() == way.len() && fits(&line.steps, way))
    }

    /// Whether a line speaks of something inside a place.
    pub(super) fn goes_inside(&self, way: &[Way<'_>]) -> bool {
        self.lines.iter().any(|line| line.steps.len() > way.len() && fits(&line.steps, way))
    }
}

/// Whether the beginning of a pattern, as long as the way, fits the way.
fn fits(steps: &[Step], way: &[Way<'_>]) -> bool {
    steps.iter().zip(way).all(|(step, way)| match (step, way) {
        (Step::Name(name), Way::Field(given) | Way::Key(given)) => name == given,
        (Step::Any, Way::Entry | Way::Key(_)) => true,
        (Step::Keys, Way::Keys) => true,
        _ => false,
    })
}

fn overlap(one: &[Step], other: &[Step]) -> bool {
    let meet = |(one, other): (&Step, &Step)| {
        one == other || matches!((one, other), (Step::Any, Step::Name(_)) | (Step::Name(_), Step::Any))
    };
    one.len() == other.len() && one.iter().zip(other).all(meet)
}

fn steps(field: &str) -> Option<Vec<Step>> {
    let parts: Vec<&str> = field.strip_prefix('/')?.split('/').collect();
    let last = parts.len();
    let step = |(index, part): (usize, &&str)| match *part {
        "" => None,
        "*" => Some(Step::Any),
        "#" if index + 1 == last => Some(Step::Keys),
        "#" => None,
        name => Some(Step::Name(name.replace("~1", "/").replace("~0", "~"))),
    };
    parts.iter().enumerate().map(step).collect()
}

/// The place as a pattern: entries and keys of maps are `*`, so that it tells nothing.
pub(super) fn pattern(way: &[Way<'_>]) -> String {
    let mut out = String::new();
    for step in way {
        out.push('/');
        match step {
            Way::Field(name) => out.push_str(&name.replace('~', "~0").replace('/', "~1")),
            Way::Key(_) | Way::Entry => out.push('*'),
            Way::Keys => out.push('#'),
        }
    }
    out
}
