//! Exact amounts of money (金额), currencies, decimals, and the only code that rounds.
//!
//! * [`Decimal`]: the decimal of every interface; read exactly, never rounded.
//! * [`Rate`]: a decimal by which amounts are multiplied: 0.85, 6 %, 7.8305 yuan a euro.
//! * [`Money`]: whole minor units (分) of a [`Currency`].
//! * [`Unrounded`]: the exact number in which figures are worked out; it becomes an amount only through a [`Rounding`]
//!   that names mode and place, and the rounding comes back as a record for the trace (law 2).
//! * [`Money::split`], [`Money::instalments`], [`Money::allocate`]: shares that add up to the cent (law 1).
//! * [`ExchangeRate`]: conversion with a dated rate that stays visible.
//! * [`batch`]: the same multiplication and rounding over columns.
//!
//! Money times money does not compile:
//!
//! ```compile_fail
//! use crm_core::money::{Currency, Money};
//!
//! let premium = Money::from_minor(47_500, Currency::CNY);
//! let nonsense = premium * premium;
//! ```
//!
//! nor does a factor without a rounding:
//!
//! ```compile_fail
//! use crm_core::money::{Currency, Decimal, Money};
//!
//! let premium = Money::from_minor(47_500, Currency::CNY);
//! let hidden_rounding = premium * Decimal::from(2);
//! ```

mod allocation;
mod amount;
pub mod batch;
mod currency;
mod decimal;
mod divide;
mod exact;
mod exchange;
mod multiply;
mod part;
mod rounding;
mod wide;

pub use allocation::{MAX_PARTS, RemainderIn};
pub use amount::Money;
pub use currency::Currency;
pub use decimal::Decimal;
pub(crate) use divide::RoundedDivision;
pub use exact::Unrounded;
pub use exchange::{Conversion, ExchangeRate, RateUse};
pub use rounding::{MAX_PLACE, Rounded, RoundedMoney, Rounding, RoundingMode};

/// A factor (费率 / 系数): a decimal without a currency, by which an amount is multiplied.
///
/// It is the same type as [`Decimal`], so that a tariff's table, a host's number and a factor need no conversion; an
/// amount is another type, and nothing multiplies two of those.
pub type Rate = Decimal;
