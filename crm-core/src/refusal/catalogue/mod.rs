//! The catalogue: every code that the core can refuse with, its params and its two sentences.
//!
//! A code is written once, in the file of its room beside this one. Its name in Rust, its permanent text, the params and their kinds, and the sentences
//! cannot drift apart, and the documentation page is generated from [`Code::ALL`].

use core::fmt;

use super::Lang;

/// The kind of a param.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ParamKind {
    /// A whole number.
    Integer,
    /// A name or another short text that belongs to a rule, never to a person.
    Text,
}

macro_rules! catalogue {
    ($( $(#[$doc:meta])* $name:ident = $code:literal ( $( $param:ident : $kind:ident ),* ) $en:literal $zh:literal; )*) => {
        /// A permanent code of the catalogue.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum Code {
            $( $(#[$doc])* #[doc = ""] #[doc = concat!("`", $code, "`: ", $en)] $name, )*
        }

        impl Code {
            /// Every code, in the order of the catalogue.
            pub const ALL: &'static [Self] = &[ $( Self::$name, )* ];

            /// The permanent text of the code.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $( Self::$name => $code, )* }
            }

            /// The code with this permanent text.
            #[must_use]
            pub fn from_text(text: &str) -> Option<Self> {
                match text { $( $code => Some(Self::$name), )* _ => None }
            }

            /// The params that its sentences use.
            #[must_use]
            pub const fn params(self) -> &'static [(&'static str, ParamKind)] {
                match self { $( Self::$name => &[ $( (stringify!($param), ParamKind::$kind), )* ], )* }
            }

            /// The sentence with `{param}` where a param stands.
            #[must_use]
            pub const fn template(self, lang: Lang) -> &'static str {
                match (self, lang) { $( (Self::$name, Lang::En) => $en, (Self::$name, Lang::Zh) => $zh, )* }
            }
        }
    };
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Takes the codes of the rooms one after the other and makes one enum of them.
macro_rules! gather {
    ([] { $($all:tt)* }) => { catalogue! { $($all)* } };
    ([$next:ident $($rest:ident)*] { $($all:tt)* }) => { $next! { [$($rest)*] { $($all)* } } };
}

#[macro_use]
mod access;
#[macro_use]
mod calendar;
#[macro_use]
mod ledger;
#[macro_use]
mod money;
#[macro_use]
mod party;
#[macro_use]
mod portfolio;
#[macro_use]
mod privacy;
#[macro_use]
mod product;
#[macro_use]
mod product_catalogue;
#[macro_use]
mod product_change;
#[macro_use]
mod rulebook;
#[macro_use]
mod wire;

gather! {
    [
        wire_codes calendar_codes money_codes privacy_codes rulebook_codes party_codes access_codes product_codes
        product_catalogue_codes product_change_codes ledger_codes portfolio_codes
    ]
    {
        /// A fault of the library itself.
        Internal = "internal" ()
            "The library failed inside; nothing was changed. Please report what you called, without the data."
            "程序库内部出错，没有改动任何数据。请反馈所调用的函数，不要附上数据。";
        /// More faults than one refusal tells.
        FaultsMore = "faults.more" (count: Integer)
            "There are {count} more faults that are not listed; mend the listed ones first."
            "另有 {count} 处错误未列出；请先更正已列出的错误。";
    }
}
