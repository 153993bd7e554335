//! A type of the wire as Kotlin spells it.

use super::super::model::{Enum, Type};

/// Where a type is spelled: inside a sealed interface its variants hide types of the same name.
#[derive(Default)]
pub struct Scope<'a> {
    hidden: Vec<&'a str>,
}

impl<'a> Scope<'a> {
    /// The inside of a sealed interface.
    pub fn of(choices: &'a Enum) -> Self {
        Self { hidden: choices.variants.iter().map(|variant| variant.name.as_str()).collect() }
    }

    /// The type in Kotlin.
    pub fn spell(&self, ty: &Type) -> String {
        match ty {
            Type::Boolean => self.built_in("kotlin", "Boolean"),
            Type::Integer => self.built_in("kotlin", "Long"),
            Type::Text => self.built_in("kotlin", "String"),
            Type::Decimal => "BigDecimal".to_owned(),
            Type::Date => "LocalDate".to_owned(),
            Type::Scalar => nullable(self.built_in("kotlin", "Any")),
            Type::Value => self.built_in("kotlin", "Any"),
            Type::Nothing => "Unit".to_owned(),
            Type::Identifier(name) | Type::Engine(name) => self.built_in("io.crmcore", name),
            Type::Named(name, arguments) if arguments.is_empty() => self.built_in("io.crmcore", name),
            Type::Named(name, arguments) => {
                let arguments: Vec<String> = arguments.iter().map(|argument| self.spell(argument)).collect();
                format!("{}<{}>", self.built_in("io.crmcore", name), arguments.join(", "))
            }
            Type::Parameter(name) => name.clone(),
            Type::Optional(inner) => nullable(self.spell(inner)),
            Type::List(item) => format!("{}<{}>", self.built_in("kotlin.collections", "List"), self.spell(item)),
            Type::Map(key, value) => {
                let map = self.built_in("kotlin.collections", "Map");
                format!("{map}<{}, {}>", self.spell(key), self.spell(value))
            }
        }
    }

    fn built_in(&self, package: &str, name: &str) -> String {
        if self.hidden.contains(&name) { format!("{package}.{name}") } else { name.to_owned() }
    }
}

/// The type that also takes `null`.
pub fn nullable(spelled: String) -> String {
    if spelled.ends_with('?') { spelled } else { format!("{spelled}?") }
}

/// Whether an absent value is `null` in Kotlin, so that it can be left out.
pub fn is_optional(ty: &Type) -> bool {
    matches!(ty, Type::Optional(_))
}

#[cfg(test)]
mod tests {
    use super::super::super::model::Variant;
    use super::*;

    #[test]
    fn types_are_spelled() {
        let explained = Type::Named("Explained".to_owned(), vec![Type::Decimal]);
        let ty = Type::Optional(Box::new(Type::Map(Box::new(Type::Text), Box::new(Type::List(Box::new(explained))))));
        assert_eq!(Scope::default().spell(&ty), "Map<String, List<Explained<BigDecimal>>>?");
        assert_eq!(Scope::default().spell(&Type::Optional(Box::new(Type::Scalar))), "Any?");
    }

    #[test]
    fn a_variant_hides_no_type() {
        let variant = Variant { name: "Money".to_owned(), wire: "money".to_owned(), docs: vec![], fields: vec![] };
        let choices = Enum { name: "Paid".to_owned(), docs: vec![], variants: vec![variant], unit: false };
        let money = Type::Named("Money".to_owned(), vec![]);
        assert_eq!(Scope::of(&choices).spell(&money), "io.crmcore.Money");
    }
}
