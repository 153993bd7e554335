//! Currencies of ISO 4217.

use core::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::{
    refusal::{Code, Refusal},
    wire,
};

/// A currency of ISO 4217 (币种): its alphabetic code and the number of decimals of its minor unit.
///
/// The list is the active one of ISO 4217 as of amendment 180 (2026-01-01: BGN withdrawn), funds codes included. Left out
/// are metals, test codes and units of account without a minor unit (XAU, XTS, XXX, XDR…): they are no currency of a
/// premium. Trade codes that ISO does not know (CNH, RMB) are refused.
///
/// ```
/// use crm_core::money::Currency;
/// use crm_core::refusal::Code;
///
/// assert_eq!(Currency::parse("CNY")?, Currency::CNY);
/// assert_eq!((Currency::CNY.digits(), Currency::JPY.digits(), Currency::KWD.digits()), (2, 0, 3));
/// assert_eq!(Currency::parse("RMB").unwrap_err().code(), Code::MoneyCurrencyUnknown);
/// # Ok::<(), crm_core::refusal::Refusal>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency {
    code: [u8; 3],
    digits: u8,
}

macro_rules! currencies {
    ($( $code:ident $digits:literal, )*) => {
        impl Currency {
            $(
                #[doc = concat!("`", stringify!($code), "`, ", stringify!($digits), " decimals.")]
                pub const $code: Self = Self::named(stringify!($code), $digits);
            )*

            /// Every currency, in the order of the codes.
            pub const LIST: &'static [Self] = &[ $( Self::$code, )* ];

            fn find(code: &str) -> Option<Self> {
                match code {
                    $( stringify!($code) => Some(Self::$code), )*
                    _ => None,
                }
            }
        }
    };
}

currencies! {
    AED 2, AFN 2, ALL 2, AMD 2, AOA 2, ARS 2, AUD 2, AWG 2, AZN 2, BAM 2, BBD 2, BDT 2, BHD 3, BIF 0, BMD 2,
    BND 2, BOB 2, BOV 2, BRL 2, BSD 2, BTN 2, BWP 2, BYN 2, BZD 2, CAD 2, CDF 2, CHE 2, CHF 2, CHW 2, CLF 4,
    CLP 0, CNY 2, COP 2, COU 2, CRC 2, CUP 2, CVE 2, CZK 2, DJF 0, DKK 2, DOP 2, DZD 2, EGP 2, ERN 2, ETB 2,
    EUR 2, FJD 2, FKP 2, GBP 2, GEL 2, GHS 2, GIP 2, GMD 2, GNF 0, GTQ 2, GYD 2, HKD 2, HNL 2, HTG 2, HUF 2,
    IDR 2, ILS 2, INR 2, IQD 3, IRR 2, ISK 0, JMD 2, JOD 3, JPY 0, KES 2, KGS 2, KHR 2, KMF 0, KPW 2, KRW 0,
    KWD 3, KYD 2, KZT 2, LAK 2, LBP 2, LKR 2, LRD 2, LSL 2, LYD 3, MAD 2, MDL 2, MGA 2, MKD 2, MMK 2, MNT 2,
    MOP 2, MRU 2, MUR 2, MVR 2, MWK 2, MXN 2, MXV 2, MYR 2, MZN 2, NGN 2, NIO 2, NOK 2, NPR 2, NZD 2, OMR 3,
    PAB 2, PEN 2, PGK 2, PHP 2, PKR 2, PLN 2, PYG 0, QAR 2, RON 2, RSD 2, RUB 2, RWF 0, SAR 2, SBD 2, SCR 2,
    SDG 2, SEK 2, SGD 2, SHP 2, SLE 2, SOS 2, SRD 2, SSP 2, STN 2, SVC 2, SYP 2, SZL 2, THB 2, TJS 2, TMT 2,
    TND 3, TOP 2, TRY 2, TTD 2, TWD 2, TZS 2, UAH 2, UGX 0, USD 2, USN 2, UYI 0, UYU 2, UYW 4, UZS 2, VED 2,
    VES 2, VND 0, VUV 0, WST 2, XAD 2, XAF 0, XCD 2, XCG 2, XOF 0, XPF 0, YER 2, ZAR 2, ZMW 2, ZWG 2,
}

impl Currency {
    const fn named(code: &str, digits: u8) -> Self {
        match code.as_bytes() {
            [a, b, c] => Self { code: [*a, *b, *c], digits },
            _ => Self { code: *b"???", digits },
        }
    }

    /// The currency with this alphabetic code in capital letters.
    ///
    /// # Errors
    /// `money.currency.unknown`.
    pub fn parse(code: &str) -> Result<Self, Refusal> {
        Self::find(code).ok_or_else(|| Refusal::new(Code::MoneyCurrencyUnknown))
    }

    /// The alphabetic code.
    #[must_use]
    pub fn as_str(&self) -> &str {
        core::str::from_utf8(&self.code).unwrap_or_default()
    }

    /// The number of decimals of the minor unit (分): 2 for CNY, 0 for JPY, 3 for KWD, 4 for CLF.
    #[must_use]
    pub const fn digits(&self) -> u32 {
        self.digits as u32
    }
}

impl FromStr for Currency {
    type Err = Refusal;

    fn from_str(code: &str) -> Result<Self, Refusal> {
        Self::parse(code)
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Currency {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_newtype_struct(wire::ID, self.as_str())
    }
}

impl<'de> Deserialize<'de> for Currency {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(wire::ID, CurrencyVisitor)
    }
}

struct CurrencyVisitor;

impl<'de> de::Visitor<'de> for CurrencyVisitor {
    type Value = Currency;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a currency code of ISO 4217")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Currency, D::Error> {
        deserializer.deserialize_str(self)
    }

    fn visit_str<E: de::Error>(self, code: &str) -> Result<Currency, E> {
        Currency::parse(code).map_err(wire::custom)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]
mod tests {
    use super::*;

    #[test]
    fn every_currency_is_found_by_its_code() {
        for currency in Currency::LIST {
            assert_eq!(Currency::parse(currency.as_str()).unwrap(), *currency);
            assert!(currency.as_str().bytes().all(|byte| byte.is_ascii_uppercase()));
        }
        assert!(Currency::LIST.is_sorted());
        assert_eq!(Currency::LIST.len(), 164);
    }

    #[test]
    fn what_iso_does_not_list_is_refused() {
        for code in ["RMB", "CNH", "cny", "CNY ", "", "BGN", "HRK", "ANG", "XAU", "XXX", "XDR", "???", "人民币"] {
            assert_eq!(Currency::parse(code).unwrap_err().code(), Code::MoneyCurrencyUnknown, "{code}");
        }
    }

    #[test]
    fn minor_units_that_are_not_two_digits() {
        let with = |digits| Currency::LIST.iter().filter(|currency| currency.digits() == digits).count();
        assert_eq!((with(0), with(3), with(4)), (17, 7, 2));
    }
}
