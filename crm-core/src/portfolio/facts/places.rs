//! Where identifiers stand in their order.

use alloc::vec::Vec;

/// Identifiers in ascending order, found by number: the first sixteen bytes behind what all have in common are compared as
/// one number, and texts only where those are equal. So a search reads one stretch of memory instead of a text a step, and
/// no choice of identifiers makes it longer than a binary search.
pub(super) struct Places<'a> {
    common: &'a [u8],
    keys: Vec<u128>,
    ids: Vec<&'a str>,
}

impl<'a> Places<'a> {
    /// Takes identifiers in ascending order, each once.
    pub(super) fn of(ids: impl Iterator<Item = &'a str>) -> Self {
        let ids: Vec<&str> = ids.collect();
        let (first, last) = (ids.first().copied().unwrap_or_default(), ids.last().copied().unwrap_or_default());
        let length = first.bytes().zip(last.bytes()).take_while(|(a, b)| a == b).count();
        let common = first.as_bytes().get(..length).unwrap_or_default();
        let keys = ids.iter().map(|id| key(id.as_bytes().get(length..).unwrap_or_default())).collect();
        Self { common, keys, ids }
    }

    pub(super) fn len(&self) -> usize {
        self.ids.len()
    }

    /// The number of an identifier, from 0.
    pub(super) fn find(&self, id: &str) -> Option<usize> {
        let key = key(id.as_bytes().strip_prefix(self.common)?);
        let from = self.keys.partition_point(|one| *one < key);
        if self.ids.get(from).is_some_and(|one| *one == id) {
            return Some(from);
        }
        let alike = from + self.keys.get(from..)?.partition_point(|one| *one == key);
        self.ids.get(from..alike)?.binary_search(&id).ok().map(|at| from + at)
    }
}

/// The first sixteen bytes as a number that orders as they do. Identifiers hold no NUL, so what is shorter comes first.
fn key(bytes: &[u8]) -> u128 {
    let mut padded = [0; 16];
    padded.iter_mut().zip(bytes).for_each(|(to, from)| *to = *from);
    u128::from_be_bytes(padded)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
mod tests {
    use super::*;
    use alloc::{collections::BTreeSet, string::String, vec};
    use proptest::prelude::*;

    fn some_ids() -> impl Strategy<Value = (BTreeSet<String>, BTreeSet<String>)> {
        let ids = || prop::collection::btree_set("(PD|PDAA202537010000)?[ab0]{0,20}", 0..40);
        (ids(), ids())
    }

    proptest! {
        #[test]
        fn everybody_is_found_where_he_stands((there, asked) in some_ids()) {
            let sorted: Vec<&str> = there.iter().map(String::as_str).collect();
            let places = Places::of(sorted.iter().copied());
            for id in there.iter().chain(&asked) {
                prop_assert_eq!(places.find(id), sorted.binary_search(&id.as_str()).ok());
            }
        }
    }

    #[test]
    fn nobody_is_found_among_none() {
        assert_eq!(Places::of(vec![].into_iter()).find("P1"), None);
        assert_eq!(Places::of(["P1"].into_iter()).find("P12"), None);
        assert_eq!(Places::of(["P1"].into_iter()).find("P1"), Some(0));
    }
}
