//! The chain: each stored record is sealed with everything before it, so that tampering shows.

use alloc::string::String;
use core::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use sha2::{Digest as _, Sha256};

use super::{Entry, EventId, JournalName};
use crate::{
    calendar::Date,
    refusal::{Code, Fault, Refusal},
    wire::{self, from_stored, to_stored},
};

/// Before the name of a journal, so that a chain made here is no other use of SHA-256.
const PURPOSE: &[u8] = b"crm-core journal 1\0";

/// What happens to a journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum JournalEvent {
    /// An entry was posted (过账).
    Posted {
        /// The entry.
        entry: Entry,
    },
    /// A period was closed (结账).
    Closed {
        /// The business event of the closing.
        event: EventId,
        /// The last day that is closed; every day up to it is.
        through: Date,
    },
}

impl JournalEvent {
    /// The business event behind it.
    pub(super) const fn id(&self) -> &EventId {
        match self {
            Self::Posted { entry } => entry.event(),
            Self::Closed { event, .. } => event,
        }
    }
}

/// One record of a journal: what happened, and as which in the row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct JournalRecord {
    /// The number in the journal, from 1 without a gap (凭证序号).
    pub sequence: i64,
    /// What happened.
    pub event: JournalEvent,
}

/// A record as the host keeps it: the stored text, and the hash that seals it and everything before it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SealedRecord {
    /// The number in the journal, from 1 without a gap; stands in the text too.
    pub sequence: i64,
    /// The stored document `journal_record`; kept byte for byte.
    pub text: String,
    /// SHA-256 of the hash before and the text.
    pub hash: ChainHash,
}

/// The number and the kind of what happened, not whom it concerns.
impl fmt::Debug for SealedRecord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SealedRecord")
            .field("sequence", &self.sequence)
            .field("hash", &self.hash)
            .finish_non_exhaustive()
    }
}

/// One link of a chain, 64 hexadecimal digits (链式摘要).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ChainHash([u8; 32]);

impl ChainHash {
    /// Where the chain of a journal begins: the hash of its name. Records of one journal do not fit another.
    #[must_use]
    pub fn start(journal: &JournalName) -> Self {
        let mut hasher = Sha256::new();
        hasher.update(PURPOSE);
        hasher.update(journal.as_str().as_bytes());
        Self(hasher.finalize().into())
    }

    /// The hash after one more record: SHA-256 of the 32 bytes of this one and the stored bytes.
    ///
    /// ```
    /// use crm_core::ledger::{ChainHash, JournalName};
    ///
    /// let start = ChainHash::start(&JournalName::new("head-office")?);
    /// assert_ne!(start.after(b"a"), start.after(b"b"));
    /// # Ok::<(), crm_core::refusal::Refusal>(())
    /// ```
    #[must_use]
    pub fn after(&self, stored: &[u8]) -> Self {
        let mut hasher = Sha256::new();
        hasher.update(self.0);
        hasher.update(stored);
        Self(hasher.finalize().into())
    }

    /// Reads the 64 hexadecimal digits.
    ///
    /// # Errors
    /// `ledger.hash.invalid`.
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        let invalid = || Refusal::new(Code::LedgerHashInvalid);
        if text.len() != 64 {
            return Err(invalid());
        }
        let mut digits = text.bytes().map(|byte| match byte {
            b'0'..=b'9' => Some(byte - b'0'),
            b'a'..=b'f' => Some(byte - b'a' + 10),
            _ => None,
        });
        let mut bytes = [0; 32];
        for byte in &mut bytes {
            let (high, low) = (digits.next().flatten(), digits.next().flatten());
            *byte = high.zip(low).map(|(high, low)| high << 4 | low).ok_or_else(invalid)?;
        }
        Ok(Self(bytes))
    }

    fn digits(self) -> [u8; 64] {
        let mut text = [b'0'; 64];
        for (pair, byte) in text.chunks_exact_mut(2).zip(self.0) {
            for (digit, half) in pair.iter_mut().zip([byte >> 4, byte & 15]) {
                *digit = if half < 10 { b'0' + half } else { b'a' + half - 10 };
            }
        }
        text
    }
}

impl FromStr for ChainHash {
    type Err = Refusal;

    fn from_str(text: &str) -> Result<Self, Refusal> {
        Self::parse(text)
    }
}

impl fmt::Display for ChainHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(core::str::from_utf8(&self.digits()).unwrap_or_default())
    }
}

impl fmt::Debug for ChainHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for ChainHash {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_newtype_struct(wire::ID, core::str::from_utf8(&self.digits()).unwrap_or_default())
    }
}

impl<'de> Deserialize<'de> for ChainHash {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> de::Visitor<'de> for Visitor {
            type Value = ChainHash;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a hash")
            }

            fn visit_newtype_struct<D: Deserializer<'de>>(self, inner: D) -> Result<ChainHash, D::Error> {
                inner.deserialize_str(self)
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<ChainHash, E> {
                ChainHash::parse(text).map_err(wire::custom)
            }
        }
        deserializer.deserialize_newtype_struct(wire::ID, Visitor)
    }
}

/// How far a chain goes, and the hash that seals all of it. A host that keeps heads elsewhere (a notary, another
/// branch, paper) can tell later whether the whole chain was rewritten.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChainHead {
    /// The journal.
    pub journal: JournalName,
    /// The number of its last record; 0 when there is none.
    pub sequence: i64,
    /// The hash of its last record.
    pub hash: ChainHash,
}

impl ChainHead {
    /// The head of a journal without records.
    #[must_use]
    pub fn start(journal: JournalName) -> Self {
        Self { hash: ChainHash::start(&journal), sequence: 0, journal }
    }

    /// Seals one more record, which must carry the next number.
    pub(super) fn seal(&self, record: &JournalRecord) -> Result<SealedRecord, Refusal> {
        let text = to_stored(record)?;
        let hash = self.hash.after(text.as_bytes());
        Ok(SealedRecord { sequence: record.sequence, text, hash })
    }

    /// The head after a sealed record.
    pub(super) const fn advance(&mut self, record: &SealedRecord) {
        (self.sequence, self.hash) = (record.sequence, record.hash);
    }

    /// Steps over one stored record, which must follow.
    ///
    /// # Errors
    /// `ledger.chain.broken` when it does not: changed, moved, left out, put in, or not to be read.
    fn step(&mut self, record: &SealedRecord) -> Result<JournalRecord, Refusal> {
        let sequence = self.sequence + 1;
        let broken = || broken(sequence);
        let hash = self.hash.after(record.text.as_bytes());
        if hash != record.hash || record.sequence != sequence {
            return Err(broken());
        }
        let read: JournalRecord = from_stored(record.text.as_bytes()).map_err(|refusal| {
            // A record of a newer core is whole; it is only not for us.
            if refusal.code() == Code::WireStoredVersion { refusal.at("text") } else { broken() }
        })?;
        if read.sequence != sequence {
            return Err(broken());
        }
        self.advance(record);
        Ok(read)
    }
}

/// The refusal that names the first record that does not follow.
pub(super) fn broken(sequence: i64) -> Refusal {
    Fault::new(Code::LedgerChainBroken).with("sequence", sequence).into()
}

/// Checks the chain of a journal over its stored texts, from the first record on; `kept` is a head of any age that the
/// host kept elsewhere. Nothing is serialised again: what was stored is what is hashed.
///
/// # Errors
/// `ledger.chain.broken` at the index of the first record that does not follow from those before it, with its number;
/// `ledger.chain.head` when the records follow each other and yet do not lead through the kept head: records at the end
/// are missing, or everything was rewritten; `wire.stored.version` for a record that a newer core wrote.
pub fn verify<'a>(
    journal: &JournalName,
    records: impl IntoIterator<Item = &'a SealedRecord>,
    kept: Option<&ChainHead>,
) -> Result<ChainHead, Refusal> {
    walk(ChainHead::start(journal.clone()), records, kept, |_| Ok(()))
}

/// Steps over the records after a head and hands each on.
pub(super) fn walk<'a>(
    mut head: ChainHead,
    records: impl IntoIterator<Item = &'a SealedRecord>,
    kept: Option<&ChainHead>,
    mut take: impl FnMut(JournalRecord) -> Result<(), Refusal>,
) -> Result<ChainHead, Refusal> {
    let differs = |head: &ChainHead| kept.is_some_and(|kept| kept.sequence == head.sequence && kept != head);
    let other = || Fault::new(Code::LedgerChainHead).with("sequence", kept.map_or(0, |kept| kept.sequence));
    if differs(&head) {
        return Err(other().into());
    }
    for (index, record) in records.into_iter().enumerate() {
        let read = head.step(record).map_err(|refusal| refusal.at_index(index))?;
        if differs(&head) {
            return Err(other().into());
        }
        take(read).map_err(|refusal| refusal.at_index(index))?;
    }
    if kept.is_some_and(|kept| kept.sequence > head.sequence) {
        return Err(other().into());
    }
    Ok(head)
}
