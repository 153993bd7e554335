//! The generated book against its truth, fault by fault and line by line.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod fixture;

use std::fs;

use crm_core::{calendar::Date, refusal::Lang};
use fixture::{Quiet, folder, table};
use portfolio_review::{
    args::{DEFAULT_CUSTOMERS, DEFAULT_SEED, Generate},
    demo,
    generate::{AS_OF, MAP, PlantedRow},
    mapping::{self, Encoding},
    review::{Request, review},
};

fn agrees(test: &str, seed: u64, customers: u32, encoding: Encoding) {
    let folder = folder(test);
    let asked = Generate { out: folder.clone(), seed, customers, encoding };
    let truth = demo::write_book(&folder, &asked).unwrap().truth;
    assert_eq!(demo::read_truth(&folder).unwrap(), truth);
    let mapping = mapping::read(&fs::read_to_string(folder.join(MAP)).unwrap()).unwrap();
    let request =
        Request { book: folder.clone(), as_of: Date::parse(AS_OF).unwrap(), out: folder.join("out"), lang: Lang::En };
    let review = review(&request, &mapping, &mut Quiet).unwrap();
    assert_eq!(demo::differences(&truth, &review.summary), Vec::<String>::new());
    let found: Vec<PlantedRow> = table(test, "rejected.csv")
        .into_iter()
        .map(|row| PlantedRow { line: row[1].parse().unwrap(), code: row[3].clone() })
        .collect();
    assert_eq!(found, truth.planted, "every planted row is found on its line, and no other");
    // The comparison can fail: one fen more is seen.
    let mut wrong = truth;
    wrong.premium += 1;
    assert_eq!(demo::differences(&wrong, &review.summary).len(), 1);
}

#[test]
fn the_demo_book_gives_its_truth() {
    agrees("golden_demo", DEFAULT_SEED, DEFAULT_CUSTOMERS, Encoding::Gb18030);
}

#[test]
fn other_seeds_and_encodings_give_theirs() {
    for seed in 1..=6 {
        agrees(&format!("golden_{seed}"), seed, 120, Encoding::Utf8);
        agrees(&format!("golden_gb_{seed}"), seed, 120, Encoding::Gb18030);
    }
}
