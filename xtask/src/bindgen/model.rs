//! What crosses the bindings, as the generator sees it: read once from the Rust sources, written in every language.

/// Everything that a binding needs to know.
#[derive(Debug, Default)]
pub struct Model {
    /// Identifier newtypes (text on the wire), e.g. `PolicyId`, `Currency`.
    pub identifiers: Vec<Identifier>,
    /// Structs with named fields, in the order of the sources.
    pub records: Vec<Record>,
    /// Enums, all-unit or all-struct-variant.
    pub enums: Vec<Enum>,
    /// Functions of `bindings/surface/src/calls.rs` and its modules.
    pub calls: Vec<Call>,
    /// Handles of `bindings/surface/src/engines.rs` and its modules.
    pub engines: Vec<Engine>,
}

/// A newtype over text.
#[derive(Debug)]
pub struct Identifier {
    pub name: String,
    pub docs: Vec<String>,
}

/// A struct with named fields; `parameters` are its type parameters (`Explained<T>`).
#[derive(Debug)]
pub struct Record {
    pub name: String,
    pub docs: Vec<String>,
    pub parameters: Vec<String>,
    pub fields: Vec<Field>,
}

/// A named, typed place of a record, a variant or a call.
#[derive(Debug, Clone)]
pub struct Field {
    /// The canonical (snake_case) name.
    pub name: String,
    pub docs: Vec<String>,
    pub ty: Type,
    /// A value of a person, which no debug form shows.
    pub personal: bool,
}

impl Field {
    /// A place that holds nothing personal.
    #[cfg(test)]
    pub fn new(name: &str, docs: Vec<String>, ty: Type) -> Self {
        Self { name: name.to_owned(), docs, ty, personal: false }
    }
}

/// An enum of the wire.
#[derive(Debug)]
pub struct Enum {
    pub name: String,
    pub docs: Vec<String>,
    pub variants: Vec<Variant>,
    /// No variant holds data: a text on the wire.
    pub unit: bool,
}

/// One choice of an enum.
#[derive(Debug)]
pub struct Variant {
    /// The Rust name, `HalfUp`.
    pub name: String,
    /// The name on the wire, `half_up`.
    pub wire: String,
    pub docs: Vec<String>,
    pub fields: Vec<Field>,
}

/// The type of a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Type {
    Boolean,
    /// Whole number within ±(2⁵³−1).
    Integer,
    Text,
    /// Exact decimal (`$crm::Decimal`).
    Decimal,
    /// Day (`$crm::Date`).
    Date,
    /// A newtype over text, by name.
    Identifier(String),
    /// One value of any kind, checked later against a declaration (`$crm::Scalar`); in and out.
    Scalar,
    /// A typed value, written tagged (in traces); native in Python.
    Value,
    /// A record or an enum, with type arguments.
    Named(String, Vec<Type>),
    /// A type parameter of the record in which it stands.
    Parameter(String),
    Optional(Box<Type>),
    List(Box<Type>),
    /// Keys: text, identifier, all-unit enum or date.
    Map(Box<Type>, Box<Type>),
    /// A loaded engine, by name: a handle, as a param (also optional or in a list) or as the result of what makes one.
    Engine(String),
    /// No result.
    Nothing,
}

impl Type {
    /// The engine that is handed over here, alone, optional or in a list.
    pub fn engine(&self) -> Option<&str> {
        match self {
            Self::Engine(name) => Some(name),
            Self::Optional(inside) | Self::List(inside) => inside.engine(),
            _ => None,
        }
    }
}

/// An exported function or method.
#[derive(Debug)]
pub struct Call {
    /// The name by which it crosses: `convert`, `RuleSet.evaluate`.
    pub op: String,
    /// The Rust name, `convert`.
    pub name: String,
    pub docs: Vec<String>,
    /// In order; the first one is the record in which paths start.
    pub params: Vec<Field>,
    pub result: Type,
    /// Whether it returns `Result<_, Refusal>`.
    pub fallible: bool,
}

impl Call {
    /// The function that makes an engine out of data.
    pub fn is_load(&self) -> bool {
        self.name == "load"
    }

    /// The engine that it makes.
    pub fn makes(&self) -> Option<&str> {
        match &self.result {
            Type::Engine(name) => Some(name),
            _ => None,
        }
    }

    /// A load from one record can also take that record as a document of canonical JSON.
    pub fn takes_document(&self) -> bool {
        self.is_load() && matches!(self.params.as_slice(), [Field { ty: Type::Named(..), .. }])
    }
}

/// A loaded, immutable handle.
#[derive(Debug)]
pub struct Engine {
    pub name: String,
    pub docs: Vec<String>,
    /// Functions without a receiver, which make engines: `load`, `of`. None where only methods of other engines make it.
    pub makers: Vec<Call>,
    pub methods: Vec<Call>,
}

impl Engine {
    /// Makers and methods.
    pub fn calls(&self) -> impl Iterator<Item = &Call> {
        self.makers.iter().chain(&self.methods)
    }
}

impl Model {
    /// Every operation: functions, then makers and methods engine by engine.
    pub fn operations(&self) -> impl Iterator<Item = &Call> {
        self.calls.iter().chain(self.engines.iter().flat_map(Engine::calls))
    }

    /// The record of this name.
    pub fn record(&self, name: &str) -> Option<&Record> {
        self.records.iter().find(|record| record.name == name)
    }

    /// The enum of this name.
    pub fn enumeration(&self, name: &str) -> Option<&Enum> {
        self.enums.iter().find(|choice| choice.name == name)
    }
}
