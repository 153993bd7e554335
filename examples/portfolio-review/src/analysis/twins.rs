//! Customers that share a document, or a name and a mobile: found by the core's search keys.
//!
//! Names that are nearly the same are for screening; here a key is equal or it is not.

use std::collections::{BTreeMap, BTreeSet};

use crm_core::party::{PartyId, SearchField, SearchKey};

/// What two customers share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TwinKind {
    /// A document (同一证件).
    SameDocument,
    /// Name and mobile, and no document (同名同手机).
    SameNameAndMobile,
}

impl TwinKind {
    /// Both.
    pub const ALL: [Self; 2] = [Self::SameDocument, Self::SameNameAndMobile];

    /// Its name in the database and in the truth of a generated book.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::SameDocument => "same_document",
            Self::SameNameAndMobile => "same_name_and_mobile",
        }
    }
}

/// Two customers who are probably one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Twin {
    /// What they share.
    pub kind: TwinKind,
    /// The first by code.
    pub first: PartyId,
    /// The second.
    pub second: PartyId,
}

/// Every pair that shares a document, and every other pair that shares name and mobile.
#[must_use]
pub fn twins(keys: &[(PartyId, Vec<SearchKey>)]) -> Vec<Twin> {
    let mut documents: BTreeMap<&str, BTreeSet<&PartyId>> = BTreeMap::new();
    let mut reached: BTreeMap<(&str, &str), BTreeSet<&PartyId>> = BTreeMap::new();
    for (party, keys) in keys {
        let of = |field| keys.iter().filter(move |key| key.field == field).map(|key| key.key.reveal());
        for document in of(SearchField::Document) {
            documents.entry(document).or_default().insert(party);
        }
        for name in of(SearchField::Name) {
            for phone in of(SearchField::Phone) {
                reached.entry((name, phone)).or_default().insert(party);
            }
        }
    }
    let mut out = BTreeSet::new();
    let same: BTreeSet<(&PartyId, &PartyId)> = documents.values().flat_map(pairs).collect();
    for pair in &same {
        out.insert(twin(TwinKind::SameDocument, *pair));
    }
    for pair in reached.values().flat_map(pairs).filter(|pair| !same.contains(pair)) {
        out.insert(twin(TwinKind::SameNameAndMobile, pair));
    }
    out.into_iter().collect()
}

fn twin(kind: TwinKind, (first, second): (&PartyId, &PartyId)) -> Twin {
    Twin { kind, first: first.clone(), second: second.clone() }
}

/// Neighbours in the order of their codes: a chain of them tells the whole set.
fn pairs<'a>(parties: &BTreeSet<&'a PartyId>) -> Vec<(&'a PartyId, &'a PartyId)> {
    parties.iter().zip(parties.iter().skip(1)).map(|(first, second)| (*first, *second)).collect()
}
