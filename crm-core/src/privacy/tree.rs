//! A record as a tree: what its serializer writes, with the marks that a masked view needs.

use alloc::{
    string::{String, ToString as _},
    vec::Vec,
};

use serde::ser::{self, Serialize, SerializeMap as _, SerializeSeq as _, Serializer};

use super::personal::PERSONAL;
use crate::{
    refusal::{Code, Fault},
    wire::{Error, MAX_DEPTH},
};

/// The newtype name of a map that stands for a struct: its keys are names of fields that the program doesn't know, as
/// in a document of a host's own.
///
/// ```
/// use crm_core::privacy::{Clearance, FIELDS, FieldClass, FieldTable, Sensitivity, Showing};
/// use serde::{Serialize, Serializer};
/// use std::collections::BTreeMap;
///
/// struct Document(BTreeMap<&'static str, &'static str>);
///
/// impl Serialize for Document {
///     fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
///         serializer.serialize_newtype_struct(FIELDS, &self.0)
///     }
/// }
///
/// let table = FieldTable::load("visit", &[FieldClass::new("/place", Sensitivity::Internal, None)])?;
/// let clearance = Clearance { classes: [(Sensitivity::Internal, Showing::Full)].into(), ..Clearance::default() };
/// let document = Document([("place", "branch 11"), ("note", "no field of the table")].into());
/// let seen = table.view(&document, &clearance)?;
/// assert_eq!(seen.view.reveal(), r#"{"note":null,"place":"branch 11"}"#);
/// assert_eq!(seen.unlisted, ["/note"]);
/// # Ok::<(), crm_core::refusal::Refusal>(())
/// ```
pub const FIELDS: &str = "$crm::Fields";

/// What a record writes. No `Debug`: it holds everything.
#[derive(PartialEq)]
pub(super) enum Node {
    /// An absent option.
    Nothing,
    /// True or false.
    Truth(bool),
    /// A whole number.
    Whole(i64),
    /// A text, a decimal, a day, an identifier, a unit variant.
    Text {
        /// What is written.
        text: String,
        /// Whether it is a [`super::Personal`].
        personal: bool,
    },
    /// A list.
    List(Vec<Node>),
    /// A struct, or a variant with its fields below its name.
    Fields(Vec<(String, Node)>),
    /// A map: its keys are data.
    Map {
        /// Keys and values in order.
        entries: Vec<(String, Node)>,
        /// Whether a key is a [`super::Personal`].
        personal: bool,
    },
}

impl Node {
    /// The tree of a record.
    pub(super) fn of<T: Serialize + ?Sized>(record: &T) -> Result<Self, Error> {
        record.serialize(Builder { depth: 0, personal: false, fields: false })
    }
}

/// Written as canonical JSON: maps and structs look alike there.
impl Serialize for Node {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Nothing => serializer.serialize_none(),
            Self::Truth(value) => serializer.serialize_bool(*value),
            Self::Whole(value) => serializer.serialize_i64(*value),
            Self::Text { text, .. } => serializer.serialize_str(text),
            Self::List(items) => {
                let mut list = serializer.serialize_seq(Some(items.len()))?;
                items.iter().try_for_each(|item| list.serialize_element(item))?;
                list.end()
            }
            Self::Fields(entries) | Self::Map { entries, .. } => {
                let mut map = serializer.serialize_map(Some(entries.len()))?;
                entries.iter().try_for_each(|(name, value)| map.serialize_entry(name, value))?;
                map.end()
            }
        }
    }
}

#[derive(Clone, Copy)]
struct Builder {
    depth: usize,
    personal: bool,
    /// The next map stands for a struct.
    fields: bool,
}

impl Builder {
    fn inside(self) -> Result<Self, Error> {
        if self.depth >= MAX_DEPTH {
            return Err(Fault::new(Code::WireDepth).with("limit", MAX_DEPTH).into());
        }
        Ok(Self { depth: self.depth + 1, personal: false, fields: false })
    }

    fn named(variant: &'static str, inner: Node) -> Node {
        Node::Fields(alloc::vec![(variant.to_string(), inner)])
    }
}

/// Children collected one by one.
struct Children {
    below: Builder,
    items: Vec<Node>,
}

struct Entries {
    below: Builder,
    variant: Option<&'static str>,
    map: bool,
    key: String,
    personal: bool,
    entries: Vec<(String, Node)>,
}

impl Entries {
    fn new(below: Builder, variant: Option<&'static str>, map: bool) -> Self {
        Self { below, variant, map, key: String::new(), personal: false, entries: Vec::new() }
    }

    fn add<T: Serialize + ?Sized>(&mut self, name: String, value: &T) -> Result<(), Error> {
        let node = value.serialize(self.below)?;
        self.entries.push((name, node));
        Ok(())
    }

    fn done(self) -> Node {
        let node = if self.map {
            Node::Map { entries: self.entries, personal: self.personal }
        } else {
            Node::Fields(self.entries)
        };
        match self.variant {
            Some(name) => Builder::named(name, node),
            None => node,
        }
    }
}

macro_rules! unsupported {
    ($($method:ident($ty:ty))*) => { $(
        fn $method(self, _value: $ty) -> Result<Node, Error> {
            Err(Error::new(Code::WireUnsupported))
        }
    )* };
}

impl Serializer for Builder {
    type Ok = Node;
    type Error = Error;
    type SerializeSeq = Children;
    type SerializeTuple = Children;
    type SerializeTupleStruct = Children;
    type SerializeTupleVariant = ser::Impossible<Node, Error>;
    type SerializeMap = Entries;
    type SerializeStruct = Entries;
    type SerializeStructVariant = Entries;

    unsupported! {
        serialize_i8(i8) serialize_i16(i16) serialize_i32(i32) serialize_i128(i128)
        serialize_u8(u8) serialize_u16(u16) serialize_u32(u32) serialize_u64(u64) serialize_u128(u128)
        serialize_f32(f32) serialize_f64(f64) serialize_char(char) serialize_bytes(&[u8])
    }

    fn serialize_bool(self, value: bool) -> Result<Node, Error> {
        Ok(Node::Truth(value))
    }

    fn serialize_i64(self, value: i64) -> Result<Node, Error> {
        Ok(Node::Whole(value))
    }

    fn serialize_str(self, text: &str) -> Result<Node, Error> {
        Ok(Node::Text { text: text.to_string(), personal: self.personal })
    }

    fn serialize_none(self) -> Result<Node, Error> {
        Ok(Node::Nothing)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Node, Error> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<Node, Error> {
        Ok(Node::Nothing)
    }

    fn serialize_unit_struct(self, _name: &'static str) -> Result<Node, Error> {
        Ok(Node::Nothing)
    }

    fn serialize_unit_variant(self, _name: &'static str, _index: u32, variant: &'static str) -> Result<Node, Error> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, name: &'static str, value: &T) -> Result<Node, Error> {
        value.serialize(Self { personal: self.personal || name == PERSONAL, fields: name == FIELDS, ..self })
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<Node, Error> {
        Ok(Self::named(variant, value.serialize(self.inside()?)?))
    }

    fn serialize_seq(self, _length: Option<usize>) -> Result<Children, Error> {
        Ok(Children { below: self.inside()?, items: Vec::new() })
    }

    fn serialize_tuple(self, length: usize) -> Result<Children, Error> {
        self.serialize_seq(Some(length))
    }

    fn serialize_tuple_struct(self, _name: &'static str, length: usize) -> Result<Children, Error> {
        self.serialize_seq(Some(length))
    }

    fn serialize_tuple_variant(
        self,
        _name: &'static str,
        _index: u32,
        _variant: &'static str,
        _length: usize,
    ) -> Result<ser::Impossible<Node, Error>, Error> {
        Err(Error::new(Code::WireUnsupported))
    }

    fn serialize_map(self, _length: Option<usize>) -> Result<Entries, Error> {
        Ok(Entries::new(self.inside()?, None, !self.fields))
    }

    fn serialize_struct(self, _name: &'static str, _length: usize) -> Result<Entries, Error> {
        Ok(Entries::new(self.inside()?, None, false))
    }

    fn serialize_struct_variant(
        self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
        _length: usize,
    ) -> Result<Entries, Error> {
        Ok(Entries::new(self.inside()?, Some(variant), false))
    }
}

macro_rules! sequence {
    ($($trait:ident :: $method:ident)*) => { $(
        impl ser::$trait for Children {
            type Ok = Node;
            type Error = Error;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
                self.items.push(value.serialize(self.below)?);
                Ok(())
            }

            fn end(self) -> Result<Node, Error> {
                Ok(Node::List(self.items))
            }
        }
    )* };
}

sequence! { SerializeSeq::serialize_element SerializeTuple::serialize_element SerializeTupleStruct::serialize_field }

macro_rules! fields {
    ($($trait:ident)*) => { $(
        impl ser::$trait for Entries {
            type Ok = Node;
            type Error = Error;

            fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), Error> {
                self.add(name.to_string(), value)
            }

            fn end(self) -> Result<Node, Error> {
                Ok(self.done())
            }
        }
    )* };
}

fields! { SerializeStruct SerializeStructVariant }

impl ser::SerializeMap for Entries {
    type Ok = Node;
    type Error = Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Error> {
        match key.serialize(self.below)? {
            Node::Text { text, personal } => {
                self.key = text;
                self.personal |= personal;
            }
            _ => return Err(Error::new(Code::WireUnsupported)),
        }
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        let name = core::mem::take(&mut self.key);
        self.add(name, value)
    }

    fn end(self) -> Result<Node, Error> {
        Ok(self.done())
    }
}
