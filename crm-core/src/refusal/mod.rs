//! Refusals: errors with a permanent code, a path, typed params and a sentence in English and 中文.
//!
//! A [`Refusal`] holds one or more [`Fault`]s: a check that can see every fault of a record reports them all at once.
//! A fault never carries a value that the caller handed in, only names that the core or a rule author chose, limits and
//! positions, so that it can be logged, shown and sent without a second thought (law 10).
//!
//! Codes are permanent: a code that was ever released keeps its meaning. The list is [`Code`]; its sentences stand
//! beside it in the folder `catalogue`, a file a room, from which the documentation page is generated.

mod catalogue;
mod notice;
mod path;

use alloc::{borrow::Cow, boxed::Box, string::String, vec::Vec};
use core::fmt;

pub use catalogue::{Code, ParamKind};
pub use notice::Notice;
pub use path::{Path, shown_name};

/// Most faults that one refusal tells; what is beyond is counted, so that a refusal stays small whatever was handed in.
pub const MAX_FAULTS: usize = 1_000;
/// Longest text of a param, in bytes; what is longer is cut and ends with `…`.
pub const MAX_PARAM: usize = 1_000;

/// The language of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// Chinese as written in mainland China (zh-CN).
    Zh,
}

impl Lang {
    /// Reads a language tag: everything that starts with `zh` is Chinese, everything else English.
    #[must_use]
    pub fn from_tag(tag: &str) -> Self {
        match tag.get(..2) {
            Some(head) if head.eq_ignore_ascii_case("zh") => Self::Zh,
            _ => Self::En,
        }
    }
}

/// A typed parameter of a fault: a limit, a position, or a name that the core or a rule author chose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Param {
    /// A whole number.
    Integer(i64),
    /// A name, a list of allowed values, a date or an amount that belongs to a rule, never to a person.
    Text(Cow<'static, str>),
}

impl Param {
    /// A list of choices can be as long as its author likes; a sentence can't.
    fn shortened(self) -> Self {
        match self {
            Self::Text(text) if text.len() > MAX_PARAM => {
                let end = (0..=MAX_PARAM).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
                let mut short = String::from(text.get(..end).unwrap_or_default());
                short.push('…');
                Self::Text(Cow::Owned(short))
            }
            other => other,
        }
    }
}

impl fmt::Display for Param {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Integer(value) => write!(f, "{value}"),
            Self::Text(value) => f.write_str(value),
        }
    }
}

impl From<i64> for Param {
    fn from(value: i64) -> Self {
        Self::Integer(value)
    }
}

impl From<usize> for Param {
    fn from(value: usize) -> Self {
        Self::Integer(i64::try_from(value).unwrap_or(i64::MAX))
    }
}

impl From<&'static str> for Param {
    fn from(value: &'static str) -> Self {
        Self::Text(Cow::Borrowed(value))
    }
}

impl From<String> for Param {
    fn from(value: String) -> Self {
        Self::Text(Cow::Owned(value))
    }
}

/// One thing that is wrong: a code, where, and the params of its sentence.
///
/// ```
/// use crm_core::refusal::{Code, Fault, Lang};
///
/// let fault = Fault::new(Code::WireDepth).with("limit", 128_i64).at_index(2).at("rules");
/// assert_eq!(fault.code().as_str(), "wire.depth");
/// assert_eq!(fault.path().to_string(), "/rules/2");
/// assert!(fault.text(Lang::En).contains("128"));
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Fault {
    code: Code,
    path: Path,
    params: Vec<(&'static str, Param)>,
}

impl Fault {
    /// A fault at the root of the record.
    #[must_use]
    pub fn new(code: Code) -> Self {
        Self { code, path: Path::root(), params: Vec::new() }
    }

    /// Adds a param. The name must be one that the code declares.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Param>) -> Self {
        debug_assert!(self.code.params().iter().any(|(declared, _)| *declared == name), "undeclared param");
        self.params.push((name, value.into().shortened()));
        self
    }

    /// Adds a name that a caller or a rule author chose; what does not look like a name is shown as `*`.
    #[must_use]
    pub fn with_name(self, name: &'static str, value: &str) -> Self {
        let shown = String::from(shown_name(value));
        self.with(name, shown)
    }

    /// The same fault one field up: `name` is put before the path.
    #[must_use]
    pub fn at(mut self, name: &str) -> Self {
        self.path.put_before(name);
        self
    }

    /// The same fault one list up: `index` (from 0) is put before the path.
    #[must_use]
    pub fn at_index(mut self, index: usize) -> Self {
        self.path.put_index_before(index);
        self
    }

    /// The same fault at another path.
    pub(crate) fn within(mut self, path: Path) -> Self {
        self.path = path;
        self
    }

    /// The permanent code.
    #[must_use]
    pub fn code(&self) -> Code {
        self.code
    }

    /// Where in the record, as a JSON pointer in canonical names.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The params in the order in which the code declares them.
    #[must_use]
    pub fn params(&self) -> &[(&'static str, Param)] {
        &self.params
    }

    /// The sentence: what, why, and what to do.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        let template = self.code.template(lang);
        let mut out = String::with_capacity(template.len() + 16);
        let mut rest = template;
        while let Some((before, after)) = rest.split_once('{') {
            out.push_str(before);
            let Some((name, tail)) = after.split_once('}') else {
                break;
            };
            match self.params.iter().find(|(declared, _)| *declared == name) {
                Some((_, Param::Integer(value))) => out.push_str(&alloc::format!("{value}")),
                Some((_, Param::Text(value))) => out.push_str(value),
                None => out.push('?'),
            }
            rest = tail;
        }
        out.push_str(rest);
        out
    }
}

impl fmt::Debug for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.code)?;
        if !self.path.is_root() {
            write!(f, " at {}", self.path)?;
        }
        write!(f, ": {}", self.text(Lang::En))
    }
}

/// One or more faults: the error of the whole library.
///
/// ```
/// use crm_core::refusal::{Code, Fault, Refusal};
///
/// let refusal = Refusal::from(Fault::new(Code::WireUtf8).with("offset", 3_i64));
/// assert_eq!(refusal.code(), Code::WireUtf8);
/// assert_eq!(refusal.faults().len(), 1);
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Refusal(Box<Faults>);

#[derive(Clone, PartialEq, Eq)]
struct Faults {
    // Never empty: the first fault is kept apart so that no accessor can fail.
    first: Fault,
    all: Vec<Fault>,
}

impl Refusal {
    /// A refusal with one fault at the root.
    #[must_use]
    pub fn new(code: Code) -> Self {
        Fault::new(code).into()
    }

    /// All faults as one refusal; `None` when there is no fault. Beyond [`MAX_FAULTS`] they are counted in a last one.
    #[must_use]
    pub fn from_faults(mut faults: Vec<Fault>) -> Option<Self> {
        let first = faults.first()?.clone();
        if let Some(beyond @ 1..) = faults.len().checked_sub(MAX_FAULTS) {
            let counted = faults.last().is_some_and(|last| last.code == Code::FaultsMore);
            // A refusal that was cut once and is handed on keeps its count.
            if !(beyond == 1 && counted) {
                faults.truncate(MAX_FAULTS);
                faults.push(Fault::new(Code::FaultsMore).with("count", beyond));
            }
        }
        Some(Self(Box::new(Faults { first, all: faults })))
    }

    /// `Ok` when there is no fault, all of them otherwise.
    ///
    /// # Errors
    /// The faults handed in.
    pub fn unless_empty(faults: Vec<Fault>) -> Result<(), Self> {
        Self::from_faults(faults).map_or(Ok(()), Err)
    }

    /// The code of the first fault.
    #[must_use]
    pub fn code(&self) -> Code {
        self.0.first.code
    }

    /// The path of the first fault.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.0.first.path
    }

    /// The params of the first fault.
    #[must_use]
    pub fn params(&self) -> &[(&'static str, Param)] {
        &self.0.first.params
    }

    /// The sentence of the first fault.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        self.0.first.text(lang)
    }

    /// Every fault, in the order of the record.
    #[must_use]
    pub fn faults(&self) -> &[Fault] {
        &self.0.all
    }

    /// The faults themselves.
    #[must_use]
    pub fn into_faults(self) -> Vec<Fault> {
        self.0.all
    }

    /// The same refusal one field up.
    #[must_use]
    pub fn at(self, name: &str) -> Self {
        self.each(|fault| fault.at(name))
    }

    /// The same refusal one list up.
    #[must_use]
    pub fn at_index(self, index: usize) -> Self {
        self.each(|fault| fault.at_index(index))
    }

    fn each(mut self, change: impl Fn(Fault) -> Fault) -> Self {
        self.0.all = self.0.all.into_iter().map(&change).collect();
        self.0.first = change(self.0.first);
        self
    }
}

impl From<Fault> for Refusal {
    fn from(fault: Fault) -> Self {
        let all = alloc::vec![fault.clone()];
        Self(Box::new(Faults { first: fault, all }))
    }
}

impl fmt::Debug for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, fault) in self.0.all.iter().enumerate() {
            if index > 0 {
                f.write_str("; ")?;
            }
            fmt::Display::fmt(fault, f)?;
        }
        Ok(())
    }
}

impl core::error::Error for Refusal {}
