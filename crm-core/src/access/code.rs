//! Codes of people, roles and places: the host's own, opaque to the core.

use alloc::string::String;
use core::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::{
    refusal::{Code, Fault, Refusal},
    wire,
};

/// Longest code, in bytes of UTF-8.
const MAX_BYTES: usize = 128;

macro_rules! identifier {
    ($( $(#[$doc:meta])* $name:ident; )*) => { $(
        $(#[$doc])*
        ///
        /// 1 to 128 bytes of UTF-8 without control characters, without invisible ones and without spaces at its ends.
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            /// Takes the host's own code.
            ///
            /// # Errors
            /// `access.code.invalid`.
            pub fn new(text: &str) -> Result<Self, Refusal> {
                if is_plain(text) {
                    return Ok(Self(text.into()));
                }
                Err(Fault::new(Code::AccessCodeInvalid).with("limit", MAX_BYTES).into())
            }

            /// The code as the host gave it.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = Refusal;

            fn from_str(text: &str) -> Result<Self, Refusal> {
                Self::new(text)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_newtype_struct(wire::ID, &self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                Self::new(&deserializer.deserialize_newtype_struct(wire::ID, CodeText)?).map_err(wire::custom)
            }
        }
    )* };
}

identifier! {
    /// A person on the staff (工号); who it is, the host knows. `Debug` does not show it.
    StaffId;
    /// A role (角色).
    RoleCode;
    /// A template of rights, to be copied (权限模板用户).
    TemplateCode;
    /// A department (部门).
    DepartmentCode;
    /// A branch (机构).
    BranchCode;
    /// A company (公司): what one company holds no other ever sees.
    CompanyCode;
    /// Something that may be done (操作), `customer.create`: the core's own and those that the host adds.
    ActCode;
    /// One grant of a right (授权编号).
    GrantId;
    /// A record that somebody looked at or changed (记录编号). It leads to a person, so `Debug` does not show it.
    RecordId;
}

macro_rules! shown {
    ($($name:ident)*) => { $(
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0)
            }
        }
    )* };
}

macro_rules! not_shown {
    ($($name:ident)*) => { $(
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(***)"))
            }
        }
    )* };
}

shown! { RoleCode TemplateCode DepartmentCode BranchCode CompanyCode ActCode GrantId }
not_shown! { StaffId RecordId }

impl StaffId {
    /// Whether two codes may mean one person: case, width and spaces don't count.
    ///
    /// Two people are only kept apart (经办与复核分离) by codes that differ in more than the way they are typed. For who
    /// may *see* something codes are compared exactly: each comparison errs on the safe side.
    ///
    /// ```
    /// use crm_core::access::StaffId;
    ///
    /// let code = StaffId::new("op-17")?;
    /// assert!(code.may_be(&StaffId::new("ＯＰ-１7")?) && code.may_be(&StaffId::new("Op - 17")?));
    /// assert!(!code.may_be(&StaffId::new("op-18")?));
    /// # Ok::<(), crm_core::refusal::Refusal>(())
    /// ```
    #[must_use]
    pub fn may_be(&self, other: &Self) -> bool {
        folded(&self.0).eq(folded(&other.0))
    }

    /// What is equal for codes that may mean one person.
    pub(super) fn folded(&self) -> String {
        folded(&self.0).collect()
    }
}

/// The letters of a code without case, width and spaces.
fn folded(text: &str) -> impl Iterator<Item = char> {
    let narrow = |letter: char| match letter {
        // Full-width forms of ASCII stand in the same order 0xFEE0 higher.
        '\u{FF01}'..='\u{FF5E}' => u32::from(letter).checked_sub(0xFEE0).and_then(char::from_u32).unwrap_or(letter),
        other => other,
    };
    // Up, then down: 'ſ' and 's' have one upper case.
    let letters = text.chars().filter(|letter| !letter.is_whitespace()).map(narrow);
    letters.flat_map(char::to_uppercase).flat_map(char::to_lowercase)
}

fn is_plain(text: &str) -> bool {
    let shown = |letter: char| !letter.is_control() && !is_invisible(letter);
    !text.is_empty() && text.len() <= MAX_BYTES && text.trim() == text && text.chars().all(shown)
}

/// Characters without a picture of their own: with them two codes could look alike and differ.
fn is_invisible(letter: char) -> bool {
    matches!(letter,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180F}'
        | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{3164}'
        | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E0FFF}')
}

struct CodeText;

impl<'de> de::Visitor<'de> for CodeText {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a code")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, inner: D) -> Result<String, D::Error> {
        String::deserialize(inner)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use alloc::format;

    #[test]
    fn codes_are_short_plain_text() {
        for text in ["1", "op-17", "CN-11/03", "王", &"x".repeat(128)] {
            assert_eq!(BranchCode::new(text).unwrap().as_str(), text);
        }
        for text in ["", " ", "a ", "\u{3000}a", "a\nb", "a\u{200B}b", "a\u{FEFF}", "\u{3164}", &"x".repeat(129)] {
            assert_eq!(StaffId::new(text).unwrap_err().code(), Code::AccessCodeInvalid, "{text:?}");
        }
        assert_eq!(wire::from_json::<RoleCode>(b"\"\"").unwrap_err().code(), Code::AccessCodeInvalid);
        assert_eq!(
            format!("{:?} {:?}", StaffId::new("x7").unwrap(), RoleCode::new("a").unwrap()),
            "StaffId(***) RoleCode(a)"
        );
    }
}
