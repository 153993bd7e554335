//! Which types cross in which direction, and how each is spelled there.

use std::collections::BTreeSet;

use super::names::{camel, identifier};
use crate::bindgen::model::{Call, Field, Model, Type};

/// The direction in which a value crosses.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// From JavaScript to the core.
    In,
    /// From the core to JavaScript.
    Out,
}

/// Which types go in, which come out, and which look different on their two ways.
pub struct Types<'a> {
    model: &'a Model,
    going_in: BTreeSet<&'a str>,
    coming_out: BTreeSet<&'a str>,
    pub different: BTreeSet<&'a str>,
}

impl<'a> Types<'a> {
    pub fn of(model: &'a Model) -> Self {
        let mut types =
            Self { model, going_in: BTreeSet::new(), coming_out: BTreeSet::new(), different: BTreeSet::new() };
        let calls = || {
            let methods = model.engines.iter().flat_map(|engine| &engine.methods);
            model.calls.iter().chain(methods)
        };
        let makers = model.engines.iter().flat_map(|engine| &engine.makers);
        let mut going_in = BTreeSet::new();
        for param in calls().chain(makers).flat_map(|call| &call.params) {
            types.reach(&param.ty, &mut going_in);
        }
        let mut coming_out = BTreeSet::new();
        for call in calls() {
            types.reach(&call.result, &mut coming_out);
        }
        types.going_in = going_in;
        types.coming_out = coming_out;
        types.find_different();
        types
    }

    fn fields_of(&self, name: &str) -> Vec<&'a Field> {
        let records = self.model.records.iter().filter(|record| record.name == name).flat_map(|record| &record.fields);
        let variants = self.model.enums.iter().filter(|one| one.name == name).flat_map(|one| &one.variants);
        records.chain(variants.flat_map(|variant| &variant.fields)).collect()
    }

    fn name(&self, name: &str) -> Option<&'a str> {
        let records = self.model.records.iter().map(|record| record.name.as_str());
        records.chain(self.model.enums.iter().map(|one| one.name.as_str())).find(|known| *known == name)
    }

    fn reach(&self, ty: &Type, reached: &mut BTreeSet<&'a str>) {
        match ty {
            Type::Named(name, arguments) => {
                for argument in arguments {
                    self.reach(argument, reached);
                }
                if let Some(known) = self.name(name)
                    && reached.insert(known)
                {
                    for field in self.fields_of(known) {
                        self.reach(&field.ty, reached);
                    }
                }
            }
            Type::Optional(inner) | Type::List(inner) => self.reach(inner, reached),
            Type::Map(key, value) => {
                self.reach(key, reached);
                self.reach(value, reached);
            }
            _ => {}
        }
    }

    /// A type is different when a field is; types may contain each other, so until nothing is added.
    fn find_different(&mut self) {
        let names: Vec<&'a str> = self.going_in.intersection(&self.coming_out).copied().collect();
        loop {
            let before = self.different.len();
            for name in &names {
                if self.fields_of(name).iter().any(|field| self.differs(&field.ty)) {
                    self.different.insert(name);
                }
            }
            if self.different.len() == before {
                return;
            }
        }
    }

    fn differs(&self, ty: &Type) -> bool {
        match ty {
            Type::Boolean
            | Type::Integer
            | Type::Text
            | Type::Scalar
            | Type::Value
            | Type::Engine(_)
            | Type::Nothing => false,
            Type::Decimal | Type::Date | Type::Identifier(_) | Type::Optional(_) | Type::Parameter(_) => true,
            Type::Named(name, arguments) => {
                self.different.contains(name.as_str()) || arguments.iter().any(|argument| self.differs(argument))
            }
            Type::List(inner) => self.differs(inner),
            Type::Map(_, value) => self.differs(value),
        }
    }

    /// The sides on which a type is declared.
    pub fn sides(&self, name: &str) -> &'static [Side] {
        if self.different.contains(name) {
            &[Side::Out, Side::In]
        } else if self.going_in.contains(name) && !self.coming_out.contains(name) {
            &[Side::In]
        } else {
            &[Side::Out]
        }
    }

    pub fn named(&self, name: &str, side: Side) -> String {
        if side == Side::In && self.different.contains(name) { format!("{name}Input") } else { name.to_owned() }
    }

    fn is_unit_enum(&self, ty: &Type) -> bool {
        matches!(ty, Type::Named(name, _) if self.model.enums.iter().any(|one| one.unit && one.name == *name))
    }

    /// The TypeScript type of a place.
    pub fn show(&self, ty: &Type, side: Side) -> String {
        match (ty, side) {
            (Type::Boolean, _) => "boolean".to_owned(),
            (Type::Integer, _) => "number".to_owned(),
            (Type::Text, _) => "string".to_owned(),
            (Type::Decimal, Side::In) => "DecimalInput".to_owned(),
            (Type::Decimal, Side::Out) => "DecimalString".to_owned(),
            (Type::Date, Side::In) => "DateInput".to_owned(),
            (Type::Date, Side::Out) => "DateString".to_owned(),
            (Type::Identifier(_), Side::In) => "string".to_owned(),
            (Type::Identifier(name), Side::Out) => name.clone(),
            (Type::Scalar, _) => "Scalar".to_owned(),
            (Type::Value, _) => "Value".to_owned(),
            (Type::Parameter(name), _) => name.clone(),
            (Type::Engine(name), _) => name.clone(),
            (Type::Nothing, _) => "void".to_owned(),
            (Type::Named(name, arguments), _) => {
                let name = self.named(name, side);
                let arguments: Vec<String> = arguments.iter().map(|argument| self.show(argument, side)).collect();
                if arguments.is_empty() { name } else { format!("{name}<{}>", arguments.join(", ")) }
            }
            (Type::Optional(inner), _) => format!("{} | null", self.show(inner, side)),
            (Type::List(inner), _) => match inner.as_ref() {
                Type::Optional(_) => format!("readonly ({})[]", self.show(inner, side)),
                _ => format!("readonly {}[]", self.show(inner, side)),
            },
            (Type::Map(key, value), _) => {
                let value = match (value.as_ref(), side) {
                    // A value that is absent is not known, and records with absent values are what hosts have.
                    (Type::Scalar, Side::In) => "Scalar | null | undefined".to_owned(),
                    _ => self.show(value, side),
                };
                if self.is_unit_enum(key) {
                    format!("Readonly<Partial<Record<{}, {value}>>>", self.show(key, side))
                } else {
                    // Identifiers and dates too: a brand on a key would only keep `facts['C-0042']` from compiling.
                    format!("Readonly<Record<string, {value}>>")
                }
            }
        }
    }

    pub fn field(&self, field: &Field, side: Side) -> String {
        let name = camel(&field.name);
        let ty = self.show(&field.ty, side);
        match (&field.ty, side) {
            (Type::Optional(_), Side::In) => format!("readonly {name}?: {ty} | undefined;"),
            _ => format!("readonly {name}: {ty};"),
        }
    }

    pub fn params(&self, call: &Call) -> String {
        let trailing = call.params.iter().rev().take_while(|param| matches!(param.ty, Type::Optional(_))).count();
        let params = call.params.iter().enumerate().map(|(index, param)| {
            let (name, ty) = (identifier(&param.name), self.show(&param.ty, Side::In));
            match param.ty {
                Type::Optional(_) if index + trailing >= call.params.len() => format!("{name}?: {ty}"),
                Type::Optional(_) => format!("{name}: {ty} | undefined"),
                _ => format!("{name}: {ty}"),
            }
        });
        params.collect::<Vec<_>>().join(", ")
    }
}
