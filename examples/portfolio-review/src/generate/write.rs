//! Writes the book's files.

use crate::mapping::Encoding;

use super::{
    customers::{PolicyYear, policy_years},
    faults::Fault,
    random::SplitMix64,
    truth::{PlantedRow, Truth},
};

/// Day of the review for which the truth holds.
pub const AS_OF: &str = "2025-12-31";
/// File of policy years.
pub const POLICIES: &str = "policies.csv";
/// File of claims one by one.
pub const CLAIMS: &str = "claims.csv";
/// Name of the mapping file beside a demo's book.
pub const MAP: &str = "map.toml";
/// Each fault is planted so many times.
const TIMES: usize = 3;
/// Every so many groups of claims, one is written a fen too high or too low.
const OFF_EVERY: i64 = 40;

/// The files of a generated book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BookFiles {
    /// `policies.csv`.
    pub policies: Vec<u8>,
    /// `claims.csv`.
    pub claims: Vec<u8>,
    /// What must come out.
    pub truth: Truth,
}

/// The mapping file for a book in this encoding.
#[must_use]
pub fn map_text(encoding: Encoding) -> String {
    let gb18030 = include_str!("../../maps/cn-demo.toml");
    gb18030.replace("encoding = \"gb18030\"", &format!("encoding = \"{}\"", encoding.name()))
}

/// Generates a book: the same arguments, the same bytes.
#[must_use]
pub fn generate(seed: u64, customers: u32, encoding: Encoding) -> BookFiles {
    let mut random = SplitMix64::new(seed);
    let mut years = Vec::new();
    for number in 1..=customers {
        policy_years(&mut random, number, &mut years);
    }
    let mut truth = Truth::of(seed, &years);
    let claims = claims_file(&mut random, &years, encoding, &mut truth);
    let policies = policies_file(&mut random, &years, encoding, &mut truth);
    BookFiles { policies, claims, truth }
}

/// The columns of a row: name and text.
pub(super) fn columns(year: &PolicyYear) -> Vec<(&'static str, String)> {
    let dashed = |day: Option<super::customers::Day>| day.map_or_else(|| "-".to_owned(), |day| day.dashed());
    vec![
        ("保单号", year.id.clone()),
        ("投保人代码", year.customer.clone()),
        ("投保人姓名", year.name.clone()),
        ("首次起保日期", year.inception.dashed()),
        ("起保日期", year.start.dashed()),
        ("终保日期", year.end.dashed()),
        ("退保日期", dashed(year.lapsed_on)),
        ("出生日期", year.birth.compact()),
        ("初次领证日期", year.licensed_on.map_or_else(String::new, |day| day.slashed())),
        ("渠道", year.channel.0.to_owned()),
        ("险种", year.line.written.to_owned()),
        ("承保险别", year.coverages.to_owned()),
        ("签单保费", amount(year.premium)),
        ("赔款", amount(year.claims_cost())),
        ("赔案件数", year.claims.len().to_string()),
    ]
}

/// Yuan with two decimals; from a thousand on with commas, and then in quotes.
fn amount(fen: i64) -> String {
    let (yuan, rest) = (fen / 100, fen % 100);
    let whole = match (yuan / 1_000_000, yuan / 1000 % 1000, yuan % 1000) {
        (0, 0, units) => return format!("{units}.{rest:02}"),
        (0, thousands, units) => format!("{thousands},{units:03}"),
        (millions, thousands, units) => format!("{millions},{thousands:03},{units:03}"),
    };
    format!("\"{whole}.{rest:02}\"")
}

fn row(year: &PolicyYear) -> String {
    let texts: Vec<String> = columns(year).into_iter().map(|(_, text)| text).collect();
    texts.join(",")
}

fn policies_file(random: &mut SplitMix64, years: &[PolicyYear], encoding: Encoding, truth: &mut Truth) -> Vec<u8> {
    let faults: Vec<Fault> = Fault::ALL.into_iter().cycle().take(Fault::ALL.len() * TIMES).collect();
    // After which sound row each faulty one stands, in order: a copy can only follow its original.
    let last = i64::try_from(years.len()).unwrap_or(i64::MAX).max(1) - 1;
    let mut places: Vec<i64> = faults.iter().map(|_| random.between(0, last)).collect();
    places.sort_unstable();
    let mut planted = places.into_iter().zip(faults).enumerate().peekable();
    let mut out = Vec::new();
    let mut line = 1_u64;
    let names: Vec<&str> =
        years.first().map(|year| columns(year).into_iter().map(|(name, _)| name).collect()).unwrap_or_default();
    push_line(&mut out, &names.join(","), encoding);
    for (index, year) in years.iter().enumerate() {
        line += 1;
        push_line(&mut out, &row(year), encoding);
        let place = i64::try_from(index).unwrap_or(i64::MAX);
        while let Some((number, (_, fault))) = planted.next_if(|(_, (wanted, _))| *wanted == place) {
            line += 1;
            push_line(&mut out, &fault.spoil(year, number), encoding);
            truth.planted.push(PlantedRow { line, code: fault.code().to_owned() });
        }
    }
    truth.rows_in = truth.rows + i64::try_from(truth.planted.len()).unwrap_or(i64::MAX);
    out
}

fn claims_file(random: &mut SplitMix64, years: &[PolicyYear], encoding: Encoding, truth: &mut Truth) -> Vec<u8> {
    let mut out = Vec::new();
    push_line(&mut out, "投保人代码,年度赔款,本案赔款", encoding);
    let (groups, up, down) = &mut truth.claim_groups;
    for year in years.iter().filter(|year| !year.claims.is_empty()) {
        *groups += 1;
        // Some source systems round each part for itself.
        let off = if *groups % OFF_EVERY == 0 { random.pick(&[1, -1]).unwrap_or_default() } else { 0 };
        *up += i64::from(off == 1);
        *down += i64::from(off == -1);
        for (index, claim) in year.claims.iter().enumerate() {
            let claim = if index == 0 { claim + off } else { *claim };
            push_line(
                &mut out,
                &format!("{},{},{}", year.customer, amount(year.claims_cost()), amount(claim)),
                encoding,
            );
        }
    }
    out
}

fn push_line(out: &mut Vec<u8>, text: &str, encoding: Encoding) {
    for (index, part) in text.split('\u{0}').enumerate() {
        if index > 0 {
            // No character of UTF-8 or GB18030.
            out.push(0xff);
        }
        match encoding {
            Encoding::Utf8 => out.extend_from_slice(part.as_bytes()),
            Encoding::Gb18030 => out.extend_from_slice(&encoding_rs::GB18030.encode(part).0),
        }
    }
    out.extend_from_slice(b"\r\n");
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_bytes() {
        let book = generate(7, 300, Encoding::Gb18030);
        assert_eq!(generate(7, 300, Encoding::Gb18030), book);
        assert_ne!(generate(8, 300, Encoding::Gb18030).policies, book.policies);
        assert_ne!(generate(7, 300, Encoding::Utf8).policies, book.policies);
        assert_eq!(generate(7, 300, Encoding::Utf8).truth, book.truth);
    }

    #[test]
    fn every_fault_is_planted() {
        let truth = generate(7, 300, Encoding::Utf8).truth;
        assert_eq!(truth.planted.len(), Fault::ALL.len() * TIMES);
        assert!(truth.warnings.iter().all(|count| *count > 0), "{:?}", truth.warnings);
    }

    #[test]
    fn amounts_are_written_as_people_write_them() {
        assert_eq!(
            [0, 5, 99_999, 100_000, 123_456_789].map(amount),
            ["0.00", "0.05", "999.99", "\"1,000.00\"", "\"1,234,567.89\""]
        );
    }
}
