//! A refusal as the text that crosses (ADR 2).

use crm_core::refusal::{Fault, Lang, Param, Refusal};
use crm_core::wire;
use serde::ser::{Serialize, SerializeMap as _, SerializeSeq as _, Serializer};

/// `{"faults":[{"code":"…","path":"…","params":{…},"text":{"en":"…","zh":"…"}}, …]}`.
///
/// ```
/// use crm_core::refusal::{Code, Refusal};
///
/// let text = crm_surface::refusal_text::of(&Refusal::new(Code::Internal));
/// assert!(text.starts_with(r#"{"faults":[{"code":"internal","path":"","params":{},"text":{"en":""#));
/// ```
#[must_use]
pub fn of(refusal: &Refusal) -> String {
    wire::to_json(&Crossing(refusal)).unwrap_or_else(|_| FALLBACK.to_owned())
}

/// The faults without their sentences, one minimal JSON object each: what the conformance kit compares.
#[must_use]
pub fn bare(refusal: &Refusal) -> String {
    let faults: Vec<Bare<'_>> = refusal.faults().iter().map(Bare).collect();
    wire::to_json(&faults).unwrap_or_else(|_| FALLBACK.to_owned())
}

/// Only texts and integers are written, so the writer has nothing to refuse but an integer beyond 2⁵³−1.
const FALLBACK: &str = r#"{"faults":[{"code":"internal","path":"","params":{},"text":{"en":"The library failed inside.","zh":"程序库内部出错。"}}]}"#;

struct Crossing<'a>(&'a Refusal);

impl Serialize for Crossing<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(1))?;
        map.serialize_entry("faults", &Faults(self.0.faults()))?;
        map.end()
    }
}

struct Faults<'a>(&'a [Fault]);

impl Serialize for Faults<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(Some(self.0.len()))?;
        for fault in self.0 {
            list.serialize_element(&Full(fault))?;
        }
        list.end()
    }
}

struct Full<'a>(&'a Fault);

impl Serialize for Full<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(4))?;
        map.serialize_entry("code", self.0.code().as_str())?;
        map.serialize_entry("path", self.0.path().as_str())?;
        map.serialize_entry("params", &Params(self.0.params()))?;
        map.serialize_entry("text", &Sentences(self.0))?;
        map.end()
    }
}

struct Bare<'a>(&'a Fault);

impl Serialize for Bare<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(3))?;
        map.serialize_entry("code", self.0.code().as_str())?;
        map.serialize_entry("path", self.0.path().as_str())?;
        map.serialize_entry("params", &Params(self.0.params()))?;
        map.end()
    }
}

struct Params<'a>(&'a [(&'static str, Param)]);

impl Serialize for Params<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, value) in self.0 {
            match value {
                Param::Integer(value) => map.serialize_entry(name, value)?,
                Param::Text(value) => map.serialize_entry(name, value.as_ref())?,
            }
        }
        map.end()
    }
}

struct Sentences<'a>(&'a Fault);

impl Serialize for Sentences<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("en", &self.0.text(Lang::En))?;
        map.serialize_entry("zh", &self.0.text(Lang::Zh))?;
        map.end()
    }
}
