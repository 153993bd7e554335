//! Answers and refusals as one text: the first letter tells which it is.

use crm_core::{
    refusal::{Code, Refusal},
    wire::{self, Dialect},
};
use crm_surface::{guard::guard, refusal_text};
use serde::{Serialize, de::DeserializeOwned};

/// Before an answer.
const ANSWER: char = '=';
/// Before a refusal.
const REFUSAL: char = '!';

/// The text of an outcome.
pub fn of(outcome: Result<String, String>) -> String {
    let (mark, mut text) = match outcome {
        Ok(answer) => (ANSWER, answer),
        Err(refusal) => (REFUSAL, refusal),
    };
    text.insert(0, mark);
    text
}

/// A single value, read in Node dialect and written back.
pub fn canonical<T: DeserializeOwned + Serialize>(value: &str) -> String {
    let read = || wire::write(&wire::read::<T>(value.as_bytes(), Dialect::Node)?, Dialect::Node);
    of(guard(read).map_err(|refusal| refusal_text::of(&refusal)))
}

/// The refusal `internal`.
pub fn internal() -> String {
    of(Err(refusal_text::of(&Refusal::new(Code::Internal))))
}
