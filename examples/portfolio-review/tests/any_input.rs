//! Law: no input makes the readers panic, run without bound or keep what they should not.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use portfolio_review::{
    csv::{MAX_ROW_BYTES, Rows},
    mapping::{self, DateForm, Encoding},
};
use proptest::prelude::*;

const MAPS: [&str; 2] = [include_str!("../maps/es-motor.toml"), include_str!("../maps/cn-book.toml")];

proptest! {
    #[test]
    fn any_bytes_are_rows_or_findings(
        bytes in prop::collection::vec(prop_oneof![4 => any::<u8>(), 1 => prop::sample::select(b";,\"\n\r\t|".to_vec())], 0..2_000),
        gb18030 in any::<bool>(),
        separator in prop::sample::select(vec![',', ';', '\t', '|']),
    ) {
        let encoding = if gb18030 { Encoding::Gb18030 } else { Encoding::Utf8 };
        let mut rows = Rows::new(bytes.as_slice(), separator, encoding);
        let lines = bytes.split(|byte| *byte == b'\n').count() as u64;
        let mut last = 0;
        while let Some(row) = rows.next_row().unwrap() {
            let line = match row {
                Ok(row) => row.line,
                Err(finding) => finding.line.unwrap(),
            };
            prop_assert!(line > last && line <= lines, "line {line} after {last}");
            last = line;
        }
        prop_assert_eq!(rows.bytes_read(), bytes.len() as u64);
    }

    #[test]
    fn any_text_is_a_map_or_has_faults(
        map in prop::sample::select(MAPS.to_vec()),
        at in any::<prop::sample::Index>(),
        length in 0..40_usize,
        piece in "\\PC{0,12}",
    ) {
        let from = (0..=at.index(map.len())).rev().find(|at| map.is_char_boundary(*at)).unwrap();
        let to = (from + length..=map.len()).find(|at| map.is_char_boundary(*at)).unwrap_or(map.len());
        let text = format!("{}{piece}{}", &map[..from], &map[to..]);
        if let Err(faults) = mapping::read_any(&text) {
            prop_assert!(!faults.is_empty());
            let lines = text.lines().count() as u64 + 1;
            prop_assert!(faults.iter().all(|fault| fault.line.is_some_and(|line| (1..=lines).contains(&line))));
        }
    }

    #[test]
    fn any_form_reads_any_text(form in "[YMD/.\\- 年月日a-z]{0,14}", text in "\\PC{0,14}") {
        if let Some(form) = DateForm::read(&form)
            && let Some((year, month, day)) = form.digits(&text)
        {
            prop_assert!((0..=9999).contains(&year) && month <= 99 && day <= 99);
        }
    }
}

#[test]
fn nested_deeply_is_refused() {
    let deep = format!("x = {}{}", "[".repeat(100_000), "]".repeat(100_000));
    assert!(mapping::read(&deep).is_err());
}

#[test]
fn quotes_that_never_close_cost_linear_time() {
    // Each row opens a quote that no later line of the longest row closes, so that each is read ahead and put back.
    let block = format!("\"open;1\n{}", "a;b\n".repeat(MAX_ROW_BYTES / 4 + 10));
    let book = block.repeat(40);
    let mut rows = Rows::new(book.as_bytes(), ';', Encoding::Utf8);
    rows.expect_columns(2);
    let (mut good, mut bad) = (0, 0);
    while let Some(row) = rows.next_row().unwrap() {
        if row.is_ok() { good += 1 } else { bad += 1 }
    }
    assert_eq!((good, bad), (40 * (MAX_ROW_BYTES / 4 + 10), 40));
}
