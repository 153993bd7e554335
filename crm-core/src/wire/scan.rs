//! The tokens of JSON text: strings, numbers, words and foreign tokens, found without recursion.

use alloc::{borrow::Cow, string::String};

use super::{Dialect, Error, Expected, INTEGER_MAX, INTEGER_MIN, MAX_BYTES, MAX_DEPTH, MAX_TEXT};
use crate::refusal::{Code, Fault};

/// The text being read and the place in it.
pub(super) struct Scan<'de> {
    text: &'de str,
    at: usize,
    pub(super) dialect: Dialect,
    pub(super) depth: usize,
}

/// A number token.
pub(super) enum Number {
    Integer(i64),
    /// Whole, but beyond what every language holds.
    TooLarge,
    /// With a fraction or an exponent: a host's binary float.
    Float,
}

impl<'de> Scan<'de> {
    pub(super) fn new(bytes: &'de [u8], dialect: Dialect) -> Result<Self, Error> {
        if bytes.len() > MAX_BYTES {
            return Err(Fault::new(Code::WireSize).with("limit", MAX_BYTES).into());
        }
        let text = core::str::from_utf8(bytes)
            .map_err(|error| Fault::new(Code::WireUtf8).with("offset", error.valid_up_to()))?;
        Ok(Self { text, at: 0, dialect, depth: 0 })
    }

    /// The next byte that is not white space.
    pub(super) fn peek(&mut self) -> Option<u8> {
        let bytes = self.text.as_bytes();
        while let Some(byte) = bytes.get(self.at) {
            if !matches!(byte, b' ' | b'\n' | b'\r' | b'\t') {
                return Some(*byte);
            }
            self.at += 1;
        }
        None
    }

    /// Takes the next byte if it is `wanted`.
    pub(super) fn take(&mut self, wanted: u8) -> bool {
        let hit = self.peek() == Some(wanted);
        if hit {
            self.at += 1;
        }
        hit
    }

    /// Takes `wanted` or refuses.
    pub(super) fn need(&mut self, wanted: u8) -> Result<(), Error> {
        if self.take(wanted) { Ok(()) } else { Err(self.syntax()) }
    }

    /// The syntax refusal at this place.
    pub(super) fn syntax(&self) -> Error {
        let before = self.text.get(..self.at).unwrap_or(self.text);
        let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
        let column = before.rsplit('\n').next().map_or(0, |last| last.chars().count()) + 1;
        Fault::new(Code::WireSyntax).with("line", line).with("column", column).into()
    }

    pub(super) fn enter(&mut self, levels: usize) -> Result<(), Error> {
        self.depth += levels;
        if self.depth > MAX_DEPTH { Err(depth_error()) } else { Ok(()) }
    }

    pub(super) fn leave(&mut self, levels: usize) {
        self.depth = self.depth.saturating_sub(levels);
    }

    /// Takes a word such as `true`.
    pub(super) fn word(&mut self, word: &str) -> Result<(), Error> {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let ends = rest.as_bytes().get(word.len()).is_none_or(|next| !next.is_ascii_alphanumeric() && *next != b'_');
        if rest.starts_with(word) && ends {
            self.at += word.len();
            Ok(())
        } else {
            Err(self.syntax())
        }
    }

    /// Takes a number; the next byte is `-` or a digit.
    pub(super) fn number(&mut self) -> Result<Number, Error> {
        let bytes = self.text.as_bytes();
        let start = self.at;
        let mut at = start + usize::from(bytes.get(start) == Some(&b'-'));
        let digits = |mut at: usize| {
            while bytes.get(at).is_some_and(u8::is_ascii_digit) {
                at += 1;
            }
            at
        };
        let whole = digits(at);
        if whole == at || (whole > at + 1 && bytes.get(at) == Some(&b'0')) {
            return Err(self.syntax());
        }
        at = whole;
        let mut float = false;
        if bytes.get(at) == Some(&b'.') {
            let end = digits(at + 1);
            if end == at + 1 {
                return Err(self.syntax());
            }
            (at, float) = (end, true);
        }
        if matches!(bytes.get(at), Some(b'e' | b'E')) {
            let sign = usize::from(matches!(bytes.get(at + 1), Some(b'+' | b'-')));
            let end = digits(at + 1 + sign);
            if end == at + 1 + sign {
                return Err(self.syntax());
            }
            (at, float) = (end, true);
        }
        if bytes.get(at).is_some_and(|next| next.is_ascii_alphanumeric() || *next == b'.' || *next == b'_') {
            return Err(self.syntax());
        }
        let token = self.text.get(start..at).unwrap_or_default();
        self.at = at;
        if float {
            return Ok(Number::Float);
        }
        Ok(match token.parse::<i64>() {
            Ok(value) if (INTEGER_MIN..=INTEGER_MAX).contains(&value) => Number::Integer(value),
            _ => Number::TooLarge,
        })
    }

    /// Takes a string; the next byte is `"`.
    pub(super) fn string(&mut self) -> Result<Cow<'de, str>, Error> {
        self.at += 1;
        let start = self.at;
        let bytes = self.text.as_bytes();
        let mut owned: Option<String> = None;
        let mut from = start;
        loop {
            match bytes.get(self.at) {
                Some(b'"') => {
                    let piece = self.text.get(from..self.at).unwrap_or_default();
                    self.at += 1;
                    let text = match owned {
                        None => Cow::Borrowed(piece),
                        Some(mut owned) => {
                            owned.push_str(piece);
                            Cow::Owned(owned)
                        }
                    };
                    return if text.len() > MAX_TEXT { Err(text_too_long()) } else { Ok(text) };
                }
                Some(b'\\') => {
                    let owned = owned.get_or_insert_default();
                    owned.push_str(self.text.get(from..self.at).unwrap_or_default());
                    let letter = self.escape()?;
                    owned.push(letter);
                    from = self.at;
                }
                Some(byte) if *byte >= 0x20 => self.at += 1,
                _ => return Err(self.syntax()),
            }
        }
    }

    /// Takes an escape; the next byte is `\`.
    fn escape(&mut self) -> Result<char, Error> {
        let letter = self.text.as_bytes().get(self.at + 1).copied();
        let plain = match letter {
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.unicode_escape(),
            _ => return Err(self.syntax()),
        };
        self.at += 2;
        Ok(plain)
    }

    fn unicode_escape(&mut self) -> Result<char, Error> {
        let first = self.hex()?;
        if let Some(letter) = char::from_u32(first) {
            return Ok(letter);
        }
        // A high surrogate must be followed by its low half.
        if first < 0xDC00 && self.text.get(self.at..).is_some_and(|rest| rest.starts_with("\\u")) {
            let second = self.hex()?;
            if (0xDC00..0xE000).contains(&second) {
                let point = 0x1_0000 + ((first - 0xD800) << 10) + (second - 0xDC00);
                if let Some(letter) = char::from_u32(point) {
                    return Ok(letter);
                }
            }
        }
        Err(Error::new(Code::WireTextSurrogate))
    }

    /// Takes `\uXXXX`.
    fn hex(&mut self) -> Result<u32, Error> {
        let digits = self.text.get(self.at + 2..self.at + 6).unwrap_or_default();
        if digits.len() != 4 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(self.syntax());
        }
        let value = u32::from_str_radix(digits, 16).map_err(|_| self.syntax())?;
        self.at += 6;
        Ok(value)
    }

    /// Takes a foreign token where the dialect has them; the next byte is `~`.
    fn foreign(&mut self) -> Result<&'static str, Error> {
        const WORDS: &[&str] = &[
            "nan",
            "function",
            "map",
            "undefined",
            "bigint",
            "symbol",
            "datetime",
            "date",
            "decimal",
            "float",
            "integer",
            "surrogate",
            "depth",
            "bytes",
            "engine",
            "other",
        ];
        if self.dialect == Dialect::Canonical {
            return Err(self.syntax());
        }
        let rest = self.text.get(self.at + 1..).unwrap_or_default();
        let word = WORDS.iter().find(|word| rest.starts_with(**word)).ok_or_else(|| self.syntax())?;
        self.at += 1 + word.len();
        if matches!(*word, "date" | "decimal" | "engine") {
            // These stand before their text: `~decimal"1.50"`.
            if self.text.as_bytes().get(self.at) != Some(&b'"') {
                return Err(self.syntax());
            }
            self.string()?;
        }
        Ok(word)
    }

    /// Takes a decimal or a date that a host holds natively, `~decimal"1.50"`, where one of that kind stands.
    pub(super) fn native(&mut self, word: &str) -> Result<Option<Cow<'de, str>>, Error> {
        if self.dialect == Dialect::Canonical || self.peek() != Some(b'~') {
            return Ok(None);
        }
        let rest = self.text.get(self.at + 1..).unwrap_or_default();
        if !rest.strip_prefix(word).is_some_and(|rest| rest.starts_with('"')) {
            return Ok(None);
        }
        self.at += 1 + word.len();
        self.string().map(Some)
    }

    /// What stands here instead of what was expected.
    pub(super) fn mismatch(&mut self, expected: Expected) -> Error {
        self.mismatch_with(|found| match (found, expected) {
            ("integer", Expected::Integer) => integer_range(),
            _ => Error::expected(expected, found),
        })
    }

    /// The same, for what needs more than its name to be told.
    pub(super) fn mismatch_with(&mut self, refused: impl FnOnce(&'static str) -> Error) -> Error {
        match self.found() {
            Ok("surrogate") => Error::new(Code::WireTextSurrogate),
            Ok("depth") => depth_error(),
            Ok(found) => refused(found),
            Err(error) => error,
        }
    }

    /// The word of ADR 2 for the value that stands here; numbers, words and foreign tokens are taken.
    pub(super) fn found(&mut self) -> Result<&'static str, Error> {
        match self.peek() {
            Some(b'"') => Ok("text"),
            Some(b'{') => Ok("object"),
            Some(b'[') => Ok("list"),
            Some(b't') => self.word("true").map(|()| "boolean"),
            Some(b'f') => self.word("false").map(|()| "boolean"),
            Some(b'n') => self.word("null").map(|()| "null"),
            Some(b'-' | b'0'..=b'9') => Ok(match self.number()? {
                Number::Float => "float",
                Number::Integer(_) | Number::TooLarge => "integer",
            }),
            Some(b'~') => self.foreign(),
            _ => Err(self.syntax()),
        }
    }
}

pub(super) fn depth_error() -> Error {
    Fault::new(Code::WireDepth).with("limit", MAX_DEPTH).into()
}

pub(super) fn text_too_long() -> Error {
    Fault::new(Code::WireTextTooLong).with("limit", MAX_TEXT).into()
}

pub(super) fn integer_range() -> Error {
    Fault::new(Code::WireIntegerRange).with("min", INTEGER_MIN).with("max", INTEGER_MAX).into()
}
