//! The decimal of every interface.

use core::{cmp::Ordering, fmt, hash, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::{
    refusal::{Code, Refusal},
    wire,
};

/// The largest number of digits after the point.
pub(super) const MAX_SCALE: u32 = 28;
/// The largest mantissa, 2⁹⁶ − 1.
const MAX_MANTISSA: u128 = (1 << 96) - 1;

/// An exact decimal number: a rate, a factor, a figure (小数).
///
/// It has up to 28 digits after the point and about 29 in all (the mantissa is below 2⁹⁶). Text that does not fit is
/// refused, never rounded. The digits after the point are kept (`1.50` stays `1.50`), equality and order go by value
/// (`1.50 == 1.5`), and zero has no sign.
///
/// It has no arithmetic of its own: figures are worked out in [`Unrounded`](super::Unrounded), where each rounding is named.
///
/// ```
/// use crm_core::money::Decimal;
/// use crm_core::refusal::Code;
///
/// let factor = Decimal::parse("0.850")?;
/// assert_eq!(factor.to_string(), "0.850");
/// assert_eq!(factor, Decimal::parse("85E-2")?);
/// assert_eq!(Decimal::parse("1E+200000000").unwrap_err().code(), Code::WireDecimalRange);
/// assert_eq!(Decimal::parse("1,000").unwrap_err().code(), Code::WireDecimalInvalid);
/// # Ok::<(), crm_core::refusal::Refusal>(())
/// ```
#[derive(Clone, Copy)]
pub struct Decimal(rust_decimal::Decimal);

impl Decimal {
    /// Zero.
    pub const ZERO: Self = Self(rust_decimal::Decimal::ZERO);
    /// One.
    pub const ONE: Self = Self(rust_decimal::Decimal::ONE);

    /// Reads `-?digits[.digits][(e|E)[+-]digits]` in ASCII, exactly.
    ///
    /// An exponent moves the point; it never makes the text longer, so `1E+200000000` costs nothing. Fraction digits that
    /// are zeros count as digits.
    ///
    /// # Errors
    /// `wire.decimal.invalid` for any other form (spaces, separators, a leading `+`, `NaN`, an empty text);
    /// `wire.decimal.range` when the number can't be held exactly.
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        read(text).map_err(Refusal::new)
    }

    /// `mantissa` × 10⁻ˢᶜᵃˡᵉ.
    ///
    /// # Errors
    /// `wire.decimal.range` when the mantissa has more than 96 bits or the scale is above 28.
    pub fn from_parts(mantissa: i128, scale: u32) -> Result<Self, Refusal> {
        Self::of(mantissa, scale).ok_or_else(|| Refusal::new(Code::WireDecimalRange))
    }

    pub(super) fn of(mantissa: i128, scale: u32) -> Option<Self> {
        if scale > MAX_SCALE || mantissa.unsigned_abs() > MAX_MANTISSA {
            return None;
        }
        rust_decimal::Decimal::try_from_i128_with_scale(mantissa, scale).ok().map(Self)
    }

    /// The digits without the point, signed.
    #[must_use]
    pub const fn mantissa(&self) -> i128 {
        self.0.mantissa()
    }

    /// The number of digits after the point, 0 to 28.
    #[must_use]
    pub const fn scale(&self) -> u32 {
        self.0.scale()
    }

    /// Whether the value is zero.
    #[must_use]
    pub const fn is_zero(&self) -> bool {
        self.0.is_zero()
    }

    /// Whether the value is below zero.
    #[must_use]
    pub const fn is_negative(&self) -> bool {
        self.mantissa() < 0
    }

    /// The same value without zeros at the end of its fraction.
    #[must_use]
    pub fn without_trailing_zeros(&self) -> Self {
        self.0.normalize().into()
    }

    pub(super) fn text(&self) -> DecimalText {
        DecimalText::of(self.mantissa(), self.scale())
    }
}

impl Default for Decimal {
    fn default() -> Self {
        Self::ZERO
    }
}

impl PartialEq for Decimal {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl Eq for Decimal {}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.cmp(&other.0)
    }
}

impl hash::Hash for Decimal {
    fn hash<H: hash::Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}

impl From<rust_decimal::Decimal> for Decimal {
    fn from(mut value: rust_decimal::Decimal) -> Self {
        if value.is_zero() {
            value.set_sign_positive(true);
        }
        Self(value)
    }
}

impl From<Decimal> for rust_decimal::Decimal {
    fn from(value: Decimal) -> Self {
        value.0
    }
}

impl From<i64> for Decimal {
    fn from(value: i64) -> Self {
        Self(value.into())
    }
}

impl FromStr for Decimal {
    type Err = Refusal;

    fn from_str(text: &str) -> Result<Self, Refusal> {
        Self::parse(text)
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.text().as_str())
    }
}

impl fmt::Debug for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_newtype_struct(wire::DECIMAL, self.text().as_str())
    }
}

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(wire::DECIMAL, DecimalVisitor)
    }
}

struct DecimalVisitor;

impl<'de> de::Visitor<'de> for DecimalVisitor {
    type Value = Decimal;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a decimal in a text")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Decimal, D::Error> {
        deserializer.deserialize_str(self)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Decimal, E> {
        Decimal::parse(text).map_err(wire::custom)
    }
}

/// A decimal's text on the stack: sign, up to 39 digits, the zero before the point, the point.
pub(super) struct DecimalText {
    bytes: [u8; DecimalText::SIZE],
    start: usize,
}

impl DecimalText {
    const SIZE: usize = 48;

    pub(super) fn of(mantissa: i128, scale: u32) -> Self {
        let mut text = Self { bytes: [b'0'; Self::SIZE], start: Self::SIZE };
        let mut rest = mantissa.unsigned_abs();
        let mut written = 0;
        while rest > 0 || written <= scale {
            if written == scale && scale > 0 {
                text.put(b'.');
            }
            // Most decimals fit in 64 bits, where a division costs a tenth.
            let digit = if let Ok(small) = u64::try_from(rest) {
                rest = u128::from(small / 10);
                small % 10
            } else {
                let digit = (rest % 10) as u64;
                rest /= 10;
                digit
            };
            text.put(b'0' + digit as u8);
            written += 1;
        }
        if mantissa < 0 {
            text.put(b'-');
        }
        text
    }

    fn put(&mut self, byte: u8) {
        self.start = self.start.saturating_sub(1);
        if let Some(slot) = self.bytes.get_mut(self.start) {
            *slot = byte;
        }
    }

    pub(super) fn as_str(&self) -> &str {
        self.bytes.get(self.start..).and_then(|bytes| core::str::from_utf8(bytes).ok()).unwrap_or_default()
    }
}

/// The digits of a number as they are read: the mantissa, how many stood after the point, whether it grew too large.
#[derive(Default)]
struct Digits {
    mantissa: u128,
    count: usize,
    too_large: bool,
}

impl Digits {
    fn push(&mut self, digit: u8) {
        self.count += 1;
        self.mantissa = self.mantissa * 10 + u128::from(digit - b'0');
        if self.mantissa > MAX_MANTISSA {
            self.too_large = true;
            self.mantissa = MAX_MANTISSA;
        }
    }

    /// Takes the digits at the front; how many there were.
    fn take<'a>(&mut self, bytes: &'a [u8]) -> (&'a [u8], usize) {
        let before = self.count;
        let mut rest = bytes;
        while let [digit @ b'0'..=b'9', tail @ ..] = rest {
            self.push(*digit);
            rest = tail;
        }
        (rest, self.count - before)
    }
}

fn read(text: &str) -> Result<Decimal, Code> {
    let (negative, rest) = match text.as_bytes() {
        [b'-', rest @ ..] => (true, rest),
        rest => (false, rest),
    };
    let mut digits = Digits::default();
    let (mut rest, whole) = digits.take(rest);
    let mut fraction = 0;
    if let [b'.', tail @ ..] = rest {
        (rest, fraction) = digits.take(tail);
        if fraction == 0 {
            return Err(Code::WireDecimalInvalid);
        }
    }
    if whole == 0 {
        return Err(Code::WireDecimalInvalid);
    }
    let exponent = read_exponent(rest)?;
    if digits.too_large {
        return Err(Code::WireDecimalRange);
    }
    // The text's length bounds `fraction`; the exponent was cut off far beyond anything that can be held.
    let scale = i64::try_from(fraction).map_err(|_| Code::WireDecimalRange)? - exponent;
    let (mantissa, scale) = match u32::try_from(scale) {
        Ok(scale) => (digits.mantissa, scale),
        Err(_) if digits.mantissa == 0 && scale < 0 => (0, 0),
        Err(_) => {
            let zeros = u32::try_from(-scale).map_err(|_| Code::WireDecimalRange)?;
            let factor = 10_u128.checked_pow(zeros).ok_or(Code::WireDecimalRange)?;
            (digits.mantissa.checked_mul(factor).ok_or(Code::WireDecimalRange)?, 0)
        }
    };
    let mantissa = i128::try_from(mantissa).map_err(|_| Code::WireDecimalRange)?;
    Decimal::of(if negative { -mantissa } else { mantissa }, scale).ok_or(Code::WireDecimalRange)
}

fn read_exponent(bytes: &[u8]) -> Result<i64, Code> {
    /// Far outside what a decimal can hold, far inside `i64`.
    const CUT: i64 = 1_000_000_000;
    let (sign, digits) = match bytes {
        [] => return Ok(0),
        [b'e' | b'E', b'-', digits @ ..] => (-1, digits),
        [b'e' | b'E', b'+', digits @ ..] | [b'e' | b'E', digits @ ..] => (1, digits),
        _ => return Err(Code::WireDecimalInvalid),
    };
    if digits.is_empty() {
        return Err(Code::WireDecimalInvalid);
    }
    let mut value = 0_i64;
    for byte in digits {
        if !byte.is_ascii_digit() {
            return Err(Code::WireDecimalInvalid);
        }
        value = (value * 10 + i64::from(byte - b'0')).min(CUT);
    }
    Ok(sign * value)
}
