//! Engines among the arguments of a call, and who runs the work.
//!
//! An engine crosses as its place among the engines that are handed over beside the arguments: the arguments may be
//! text, and an engine has no text.

use std::fmt;
use std::marker::PhantomData;

use crm_core::wire::Error;
use serde::de::{Deserialize, Deserializer, Visitor};

use crate::generated::Engine;

/// An engine's type.
pub trait Kind: Sized {
    /// Its name, as the operations have it.
    const NAME: &'static str;
    /// The reserved name under which a reader meets it.
    const WIRE: &'static str;

    /// The engine, if it is of this kind.
    fn of(engine: &Engine) -> Option<&Self>;
}

/// An argument that is an engine: its place among the engines of the call.
pub struct Given<T> {
    place: i64,
    kind: PhantomData<fn() -> T>,
}

impl<'de, T: Kind> Deserialize<'de> for Given<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(T::WIRE, Place).map(|place| Self { place, kind: PhantomData })
    }
}

struct Place;

impl<'de> Visitor<'de> for Place {
    type Value = i64;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a loaded engine")
    }

    fn visit_i64<E>(self, place: i64) -> Result<i64, E> {
        Ok(place)
    }
}

/// Does the work of an operation, after its arguments were read and before its answer is written. A host with a lock of
/// its own lets go of it meanwhile.
pub trait Run {
    /// Does the work.
    fn run<T: Send>(&self, work: impl FnOnce() -> T + Send) -> T;
}

/// Does the work at once.
pub struct AtOnce;

impl Run for AtOnce {
    fn run<T: Send>(&self, work: impl FnOnce() -> T + Send) -> T {
        work()
    }
}

/// What stands beside the arguments of an operation.
pub struct With<'e, R = AtOnce> {
    engines: &'e [&'e Engine],
    runner: R,
}

impl<'e> With<'e> {
    /// These engines, and the work done at once.
    #[must_use]
    pub const fn engines(engines: &'e [&'e Engine]) -> Self {
        Self { engines, runner: AtOnce }
    }
}

impl<'e, R: Run> With<'e, R> {
    /// These engines, and the work done by `runner`.
    #[must_use]
    pub const fn new(engines: &'e [&'e Engine], runner: R) -> Self {
        Self { engines, runner }
    }

    /// Does the work.
    pub(crate) fn run<T: Send>(&self, work: impl FnOnce() -> T + Send) -> T {
        self.runner.run(work)
    }

    /// The engine of an argument; `at` is the name of its param, empty for the first.
    ///
    /// # Errors
    /// `wire.engine.expected` for an engine of another kind.
    pub(crate) fn one<T: Kind>(&self, given: Given<T>, at: &str) -> Result<&'e T, Error> {
        self.find(&given).map_err(|error| placed(error, at))
    }

    /// As [`With::one`], for an argument that may be absent.
    pub(crate) fn optional<T: Kind>(&self, given: Option<Given<T>>, at: &str) -> Result<Option<&'e T>, Error> {
        given.map(|given| self.one(given, at)).transpose()
    }

    /// As [`With::one`], for a list of engines.
    pub(crate) fn list<T: Kind>(&self, given: Vec<Given<T>>, at: &str) -> Result<Vec<&'e T>, Error> {
        let each = given.iter().enumerate();
        each.map(|(index, given)| self.find(given).map_err(|error| placed(error.at_index(index), at))).collect()
    }

    fn find<T: Kind>(&self, given: &Given<T>) -> Result<&'e T, Error> {
        let engine = usize::try_from(given.place).ok().and_then(|place| self.engines.get(place));
        engine.and_then(|engine| T::of(engine)).ok_or_else(|| Error::engine(T::NAME, "engine"))
    }
}

fn placed(error: Error, at: &str) -> Error {
    if at.is_empty() { error } else { error.at(at) }
}
