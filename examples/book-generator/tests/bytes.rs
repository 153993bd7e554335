//! The same plan gives the same bytes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod reading;

use std::{collections::BTreeMap, fs};

use book_generator::{Encoding, Plan, generate};
use reading::{Directory, FILES, plan};
use sha2::{Digest, Sha256};

/// The digest of every file of a book.
fn digests(name: &str, plan: &Plan) -> BTreeMap<&'static str, String> {
    let directory = Directory::new(name);
    generate(plan, &directory.0, |_| {}).unwrap();
    let digest = |file: &str| {
        let digest = Sha256::digest(fs::read(directory.0.join(file)).unwrap());
        digest.iter().map(|byte| format!("{byte:02x}")).collect::<String>()
    };
    FILES.into_iter().chain(["truth.json"]).map(|file| (file, digest(file))).collect()
}

#[test]
fn the_same_seed_gives_the_same_bytes() {
    let plan = plan(600, 11);
    let first = digests("same", &plan);
    assert_eq!(digests("same", &plan), first);
    for other in [Plan { seed: 12, ..plan }, Plan { from: 2019, ..plan }, Plan { years: 4, ..plan }] {
        let other = digests("other", &other);
        for file in FILES.iter().filter(|file| !["agents.csv", "branches.csv"].contains(file)) {
            assert_ne!(other[file], first[file], "{file}");
        }
    }
}

#[test]
fn a_finished_book_leaves_nothing_behind() {
    let directory = Directory::new("whole");
    generate(&plan(100, 3), &directory.0, |_| {}).unwrap();
    let mut names: Vec<String> =
        fs::read_dir(&directory.0).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    let mut wanted: Vec<&str> = FILES.into_iter().chain(["truth.json"]).collect();
    wanted.sort_unstable();
    assert_eq!(names, wanted);
}

#[test]
fn both_encodings_say_the_same() {
    let utf8 = reading::book("utf8", &plan(400, 5));
    let gb18030 = reading::book("gb18030", &Plan { encoding: Encoding::Gb18030, ..plan(400, 5) });
    assert_eq!(utf8.rows, gb18030.rows);
    assert_eq!((utf8.truth.encoding.as_str(), gb18030.truth.encoding.as_str()), ("utf-8", "gb18030"));
    assert_eq!(utf8.truth.totals, gb18030.truth.totals);
    // The files differ where there is more than ASCII.
    let clean = Plan { clean: true, ..plan(50, 5) };
    let (one, other) = (digests("one", &clean), digests("two", &Plan { encoding: Encoding::Gb18030, ..clean }));
    assert_ne!(one["customers.csv"], other["customers.csv"]);
    assert_eq!(one["receipts.csv"], other["receipts.csv"]);
}

#[test]
fn a_clean_book_is_the_same_without_its_faults() {
    let faulty = reading::read("faulty", &plan(400, 5), &["rejected", "contradiction", "notice"]);
    let clean = reading::read("clean", &Plan { clean: true, ..plan(400, 5) }, &[]);
    assert_eq!(faulty.rows, clean.rows);
    assert!(clean.truth.planted.iter().all(|planted| matches!(planted, reading::Planted::Story { .. })));
    assert_eq!(clean.of("customers.csv").len(), 400);
}

/// Changes when a table or an order of drawing changes: then every book that people keep by its seed is another one. Say
/// so in the changelog.
#[test]
fn the_bytes_of_a_seed_are_frozen() {
    let all = digests("frozen", &plan(300, 1)).into_values().collect::<String>();
    let digest: String = Sha256::digest(all).iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(digest, "928b7ab33cdfb97b190a8269f594e69640b291aa5fe6659b2c1e8e459ba4b43d");
}
