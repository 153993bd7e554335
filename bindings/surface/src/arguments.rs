//! Arguments by position: a list on the wire, a tuple in Rust.
//!
//! Readers put the index of a list's item before the path of a fault inside it, as in every list. Here the index is
//! turned into what ADR 1 promises: nothing for the first argument (*the record*), the param's name for the others.

use std::fmt;
use std::marker::PhantomData;

use crm_core::refusal::{Code, Fault, Refusal};
use crm_core::wire::{self, Error};
use serde::de::{Deserialize, Deserializer, SeqAccess, Visitor};

/// Reads a list of arguments; a trailing argument that may be absent may be left out.
///
/// # Errors
/// `wire.list.expected`, `wire.list.length` for too many, `wire.field.missing` for too few, and what the reader refuses.
pub fn read<'de, T, D>(args: D, names: &'static [&'static str]) -> Result<T, Error>
where
    T: Arguments<'de>,
    D: Deserializer<'de, Error = Error>,
{
    args.deserialize_tuple(names.len(), Positions { names, arguments: PhantomData })
        .map_err(|error| by_name(error.into_refusal(), names).into())
}

/// A tuple of arguments.
pub trait Arguments<'de>: Sized {
    /// Takes each argument from the list.
    fn take<A: SeqAccess<'de>>(list: A, names: &'static [&'static str]) -> Result<Self, A::Error>;
}

macro_rules! tuples {
    ($( ($($argument:ident)*) )*) => { $(
        impl<'de, $($argument: Deserialize<'de>),*> Arguments<'de> for ($($argument,)*) {
            #[allow(unused_mut, unused_variables, unused_assignments, clippy::unused_unit)]
            fn take<Access: SeqAccess<'de>>(
                mut list: Access,
                names: &'static [&'static str],
            ) -> Result<Self, Access::Error> {
                let mut index = 0;
                Ok(($({
                    let argument = match list.next_element::<$argument>()? {
                        Some(argument) => argument,
                        None => $argument::deserialize(Absent { names, index }).map_err(wire::custom)?,
                    };
                    index += 1;
                    argument
                },)*))
            }
        }
    )* };
}

tuples! { () (A) (A B) (A B C) (A B C D) (A B C D E) (A B C D E F) (A B C D E F G) (A B C D E F G H) }

struct Positions<T> {
    names: &'static [&'static str],
    arguments: PhantomData<T>,
}

impl<'de, T: Arguments<'de>> Visitor<'de> for Positions<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a list of {} arguments", self.names.len())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<T, A::Error> {
        T::take(list, self.names)
    }
}

/// Stands where an argument was left out: only an optional one can be read from it.
struct Absent {
    names: &'static [&'static str],
    index: usize,
}

impl<'de> Deserializer<'de> for Absent {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, _visitor: V) -> Result<V::Value, Error> {
        let name = self.names.get(self.index).copied().unwrap_or_default();
        Err(Fault::new(Code::WireFieldMissing).with("field", name).at_index(self.index).into())
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_none()
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

fn by_name(refusal: Refusal, names: &[&str]) -> Refusal {
    let faults = refusal.faults().iter().map(|fault| named(fault, names)).collect();
    Refusal::from_faults(faults).unwrap_or(refusal)
}

/// The same fault with `/0/seats` as `/seats` and `/1/source` as `/rate/source`.
fn named(fault: &Fault, names: &[&str]) -> Fault {
    let parts: Vec<&str> = fault.path().as_str().split('/').skip(1).collect();
    let Some((index, inside)) = parts.split_first() else { return fault.clone() };
    let Ok(index) = index.parse::<usize>() else { return fault.clone() };
    let mut out = Fault::new(fault.code());
    for (name, value) in fault.params() {
        out = out.with(name, value.clone());
    }
    for part in inside.iter().rev() {
        // A key such as `007` is no position; a position has no leading zero and may be longer than a name shows.
        out = match part.parse::<usize>() {
            Ok(position) if position.to_string() == *part => out.at_index(position),
            _ => out.at(part),
        };
    }
    match names.get(index) {
        Some(name) if index > 0 => out.at(name),
        _ => out,
    }
}
