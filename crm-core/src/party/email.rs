//! E-mail addresses (电子邮箱).
//!
//! The form that mail systems deliver: a dot-atom before the @ (RFC 5322), at most 64 bytes, a domain name of at least
//! two labels behind it (RFC 1035), 254 bytes in all (RFC 5321). Quoted names, comments and numeric hosts are refused.

use alloc::{format, vec::Vec};

use serde::{Deserialize, Serialize};

use super::permit::notice;
use crate::{
    privacy::Personal,
    refusal::{Code, Fault, Notice, Refusal},
};

const LONGEST: usize = 254;
const LONGEST_LOCAL: usize = 64;
const LONGEST_LABEL: usize = 63;

/// A checked e-mail address. `Debug` does not show it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EmailAddress {
    /// The address, its domain in small letters. Personal.
    pub address: Personal,
    /// What deserves a look: `party.email.not_ascii`.
    pub notices: Vec<Notice>,
}

hidden!(EmailAddress);

/// Checks an e-mail address.
///
/// ```
/// use crm_core::party::check_email;
///
/// assert_eq!(check_email("Zhang.San@Example.CN")?.address.reveal(), "Zhang.San@example.cn");
/// assert_eq!(check_email("zhang@localhost").unwrap_err().code().as_str(), "party.email.domain");
/// # Ok::<(), crm_core::refusal::Refusal>(())
/// ```
///
/// # Errors
/// `party.email.length`, `party.email.at`, `party.email.local`, `party.email.domain`.
pub fn check_email(address: &str) -> Result<EmailAddress, Refusal> {
    let given = address.trim();
    if given.len() > LONGEST {
        return Err(Fault::new(Code::PartyEmailLength).with("limit", LONGEST).into());
    }
    let (local, domain) = given
        .split_once('@')
        .filter(|(_, domain)| !domain.contains('@'))
        .ok_or_else(|| Refusal::new(Code::PartyEmailAt))?;
    let mut faults = Vec::new();
    if local.len() > LONGEST_LOCAL || !local.split('.').all(is_atom) {
        faults.push(Fault::new(Code::PartyEmailLocal).with("limit", LONGEST_LOCAL));
    }
    let domain = domain.to_lowercase();
    let labels: Vec<&str> = domain.split('.').collect();
    let numeric = labels.last().is_some_and(|last| last.bytes().all(|byte| byte.is_ascii_digit()));
    if labels.len() < 2 || numeric || !labels.iter().all(|label| is_label(label)) {
        faults.push(Fault::new(Code::PartyEmailDomain));
    }
    Refusal::unless_empty(faults)?;
    let notices = if given.is_ascii() { Vec::new() } else { alloc::vec![notice(Code::PartyEmailNotAscii)] };
    Ok(EmailAddress { address: Personal::from(format!("{local}@{domain}")), notices })
}

/// What may stand between two dots before the @.
fn is_atom(atom: &str) -> bool {
    !atom.is_empty() && atom.chars().all(|letter| letter.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(letter))
}

fn is_label(label: &str) -> bool {
    let inside = |letter: char| letter == '-' || letter.is_alphanumeric();
    !label.is_empty()
        && label.len() <= LONGEST_LABEL
        && !label.starts_with('-')
        && !label.ends_with('-')
        && label.chars().all(inside)
}
