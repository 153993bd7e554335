//! Bank cards and bank accounts (银行卡, 银行账号).
//!
//! A card has 13 to 19 digits of which the last is the Luhn check digit (ISO/IEC 7812). An account number has no rule
//! that all banks share: a failed Luhn check is a notice there. It may well be the number of a company's account.

use alloc::{string::String, vec::Vec};

use serde::{Deserialize, Serialize};

use super::{
    permit::notice,
    spelling::{digit_values, grouped_digits},
};
use crate::{
    privacy::Personal,
    refusal::{Code, Fault, Notice, Refusal},
};

const CARD_SHORTEST: usize = 13;
const CARD_LONGEST: usize = 19;
/// any-rule takes 10 to 30 digits for accounts of companies and people.
const ACCOUNT_SHORTEST: usize = 10;
const ACCOUNT_LONGEST: usize = 30;

/// The network that a card number belongs to (卡组织), by its first digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CardNetwork {
    /// UnionPay (银联): 62.
    UnionPay,
    /// Visa: 4.
    Visa,
    /// Mastercard: 51 to 55, 2221 to 2720.
    Mastercard,
    /// American Express: 34, 37.
    AmericanExpress,
    /// JCB: 3528 to 3589.
    Jcb,
    /// Any other, and older cards of Chinese banks.
    Other,
}

/// A checked card number. `Debug` shows nothing of it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BankCard {
    /// The digits. Personal.
    pub number: Personal,
    /// The network.
    pub network: CardNetwork,
}

/// A checked account number. `Debug` shows nothing of it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccountNumber {
    /// The digits. Personal.
    pub number: Personal,
    /// What deserves a look: `party.account.check_digit`.
    pub notices: Vec<Notice>,
}

hidden!(BankCard, AccountNumber);

/// Checks a number that is declared to be a bank card's. One space or hyphen between digits is accepted and left out.
///
/// ```
/// use crm_core::party::{CardNetwork, check_bank_card};
///
/// assert_eq!(check_bank_card("6228 4804 0256 4890 018")?.network, CardNetwork::UnionPay);
/// assert_eq!(check_bank_card("6222026006705354217").unwrap_err().code().as_str(), "party.card.check_digit");
/// # Ok::<(), crm_core::refusal::Refusal>(())
/// ```
///
/// # Errors
/// `party.card.characters`, `party.card.length`, `party.card.check_digit`.
pub fn check_bank_card(number: &str) -> Result<BankCard, Refusal> {
    let digits = digits_of(number, CARD_SHORTEST, CARD_LONGEST)?;
    if !fits_luhn(&digits) {
        return Err(Refusal::new(Code::PartyCardCheckDigit));
    }
    Ok(BankCard { network: network_of(&digits), number: Personal::from(digits) })
}

/// Checks a number that is declared to be an account's: 10 to 30 digits.
///
/// # Errors
/// `party.card.characters`, `party.card.length`.
pub fn check_account_number(number: &str) -> Result<AccountNumber, Refusal> {
    let digits = digits_of(number, ACCOUNT_SHORTEST, ACCOUNT_LONGEST)?;
    let notices = if fits_luhn(&digits) { Vec::new() } else { alloc::vec![notice(Code::PartyAccountCheckDigit)] };
    Ok(AccountNumber { number: Personal::from(digits), notices })
}

fn digits_of(number: &str, min: usize, max: usize) -> Result<String, Refusal> {
    let digits = grouped_digits(number.trim()).ok_or_else(|| Refusal::new(Code::PartyCardCharacters))?;
    if (min..=max).contains(&digits.len()) {
        Ok(digits)
    } else {
        Err(Fault::new(Code::PartyCardLength).with("min", min).with("max", max).into())
    }
}

/// From the right, every second digit counts twice, its two digits added; the sum is a multiple of ten.
fn fits_luhn(digits: &str) -> bool {
    let sum: u32 = digit_values(digits)
        .rev()
        .enumerate()
        .map(|(at, digit)| match (at % 2, digit * 2) {
            (0, _) => digit,
            (_, twice) if twice > 9 => twice - 9,
            (_, twice) => twice,
        })
        .sum();
    sum.is_multiple_of(10)
}

fn network_of(digits: &str) -> CardNetwork {
    let head = |length| digits.get(..length).and_then(|head| head.parse::<u32>().ok()).unwrap_or(0);
    match (head(1), head(2), head(4)) {
        (_, 62, _) => CardNetwork::UnionPay,
        (4, _, _) => CardNetwork::Visa,
        (_, 51..=55, _) | (_, _, 2221..=2720) => CardNetwork::Mastercard,
        (_, 34 | 37, _) => CardNetwork::AmericanExpress,
        (_, _, 3528..=3589) => CardNetwork::Jcb,
        _ => CardNetwork::Other,
    }
}
