//! Segmentation of a whole book in columns, beside polars, pandas and DuckDB on the same rows in the same run.
//!
//! Inputs come from seeds, so every contestant makes them itself and every result has one digest. The peers run when a
//! Python with their packages is named in `CRM_PEERS_PYTHON` or stands in `target/peers` (`python -m venv target/peers`,
//! then `pip install numpy pyarrow polars pandas duckdb` in it), each in a process and on a thread of its own.
//! `CRM_SEGMENT_CUSTOMERS` sets another size than a million. `cargo bench --bench segment -- rules` runs one part alone:
//! `columns` beside the peers, `sizes`, or `rules`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::float_arithmetic)]

use crm_core::party::PartyId;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use crm_benches::seeded;
use crm_core::access::RowOwner;
use crm_core::calendar::Date;
use crm_core::money::{Currency, Money};
use crm_core::portfolio::column::{ActivityBits, LossColumns, NO_RATIO, SaleColumns, SegmentColumns, segment_columns};
use crm_core::portfolio::{
    BookRows, ClaimId, ClaimRow, CustomerBook, CustomerRow, Facts, HostFacts, PartyKind, PolicyId, PolicyRow,
    ReceiptId, ReceiptRow, WarningList, china_segment_model,
};
use crm_core::refusal::Refusal;

/// 2025-12-31 and the day a year before, as days since 1970-01-01.
const AS_OF: i32 = 20_453;
const WINDOW_AFTER: i32 = 20_088;
const GOLDEN: u64 = 0x9E37_79B9_7F4A_7C15;
const MILLION: usize = 1_000_000;
/// What the million comes to.
const DIGEST: u64 = 0xb295_619f_98d4_2377;
const ROUNDS: usize = 7;

struct Input {
    blacklisted: Vec<bool>,
    customer: Vec<u32>,
    start: Vec<i32>,
    collected: Vec<i64>,
    claimant: Vec<u32>,
    occurred: Vec<i32>,
    paid: Vec<i64>,
}

/// `count` customers, twice as many policies, three claims for ten customers.
fn input(count: usize) -> Input {
    let policies = 2 * count;
    let day = |number: &i64| i32::try_from(*number).unwrap();
    let blacklisted = seeded(41, count, 0, 1000).iter().map(|number| *number < 2).collect();
    // The square of a uniform number: some hold many policies, about a fifth none.
    let owner = |number: u64| {
        let unit = (number >> 11) as f64 * (1.0 / (1_u64 << 53) as f64);
        let squared = (unit * unit * count as f64) as u64;
        u32::try_from(squared * 7919 % count as u64).unwrap()
    };
    let customer: Vec<u32> = mixed(42, policies).map(owner).collect();
    let start: Vec<i32> = seeded(43, policies, 0, 3650).iter().map(|back| AS_OF - day(back)).collect();
    let mut collected = seeded(44, policies, 20_000, 1_200_000);
    let (whole, part) = (seeded(45, policies, 0, 100), seeded(46, policies, 0, 100));
    for ((premium, whole), part) in collected.iter_mut().zip(whole).zip(part) {
        *premium = if whole < 92 { *premium } else { *premium * part / 100 };
    }
    let claims = 3 * count / 10;
    let of: Vec<usize> =
        seeded(47, claims, 0, policies as i64).iter().map(|policy| usize::try_from(*policy).unwrap()).collect();
    let after = seeded(48, claims, 1, 366);
    let occurred = of.iter().zip(&after).map(|(policy, after)| (start[*policy] + day(after)).min(AS_OF)).collect();
    let (small, low, high) =
        (seeded(49, claims, 0, 100), seeded(50, claims, 5_000, 600_000), seeded(51, claims, 600_000, 9_000_000));
    let paid = small.iter().zip(low.iter().zip(&high));
    let paid = paid.map(|(small, (low, high))| if *small < 85 { *low } else { *high }).collect();
    let claimant = of.iter().map(|policy| customer[*policy]).collect();
    Input { blacklisted, customer, start, collected, claimant, occurred, paid }
}

/// SplitMix64 in counter mode, all 64 bits.
fn mixed(seed: u64, count: usize) -> impl Iterator<Item = u64> {
    (1..=count as u64).map(move |index| {
        let mut z = seed.wrapping_add(index.wrapping_mul(GOLDEN));
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    })
}

fn segment(input: &Input) -> SegmentColumns {
    let sales = SaleColumns { customer: &input.customer, start: &input.start, collected: &input.collected };
    let losses = LossColumns { customer: &input.claimant, occurred: &input.occurred, paid: &input.paid };
    segment_columns(&input.blacklisted, &sales, &losses, AS_OF, WINDOW_AFTER, &[1, 4, 15]).unwrap()
}

/// The sum over all rows of a weighted mix: the order of the rows makes no difference.
fn digest(out: &SegmentColumns) -> u64 {
    let group = |bits: u8| match bits {
        bits if bits & ActivityBits::BLACKLISTED != 0 => 4,
        bits if bits & ActivityBits::LOSS_IN_WINDOW != 0 => 3,
        bits if bits & ActivityBits::SEVERAL_POLICIES != 0 => 2,
        bits if bits & ActivityBits::ONE_POLICY != 0 => 1,
        _ => 0,
    };
    (0..out.collected.len())
        .map(|at| {
            let ratio = if out.loss_ratio[at] == NO_RATIO { -1 } else { out.loss_ratio[at] };
            let values = [
                out.collected[at],
                out.paid[at],
                ratio,
                i64::from(out.claims_in_window[at]),
                i64::from(out.claim_free_years[at]),
                i64::from(out.tenure_years[at]),
                i64::from(out.recency[at]),
                i64::from(out.frequency[at]),
                i64::from(out.monetary[at]),
                group(out.activity[at]),
                i64::from(out.band[at]) + 5,
            ];
            let number = at as u64 + 1;
            values
                .iter()
                .fold(0_u64, |mix, value| (mix ^ value.cast_unsigned()).wrapping_mul(GOLDEN).wrapping_add(number))
        })
        .fold(0, u64::wrapping_add)
}

/// A line of `/proc/self/status` in KiB; none where there is no such file.
fn status(key: &str) -> Option<u64> {
    let text = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = text.lines().find(|line| line.starts_with(key))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

struct Run {
    nanos: u128,
    peak_above_input: Option<u64>,
    digest: u64,
}

fn run(count: usize) -> Run {
    let input = input(count);
    let before = status("VmRSS");
    // From here on the peak is that of the work.
    let reset = std::fs::write("/proc/self/clear_refs", "5").is_ok();
    let digest = digest(&black_box(segment(&input)));
    let peak = status("VmHWM").zip(before).filter(|_| reset).map(|(peak, before)| peak.saturating_sub(before));
    let mut times: Vec<u128> = (0..ROUNDS)
        .map(|_| {
            let start = Instant::now();
            drop(black_box(segment(&input)));
            start.elapsed().as_nanos()
        })
        .collect();
    times.sort_unstable();
    Run { nanos: times[ROUNDS / 2], peak_above_input: peak, digest }
}

fn line(group: &str, name: &str, nanos: u128, count: usize) {
    println!("bench\t{group}\t{name}\t{}", nanos * 1000 / count as u128);
}

/// The same book as rows, as a host's tables hold it.
fn rows(input: &Input) -> BookRows {
    let date = |day: i32| Date::from_epoch_days(day.into()).unwrap();
    let owner = RowOwner { person: None, department: None, branch: None, company: "one".parse().unwrap() };
    let mut rows = BookRows::default();
    for (number, blacklisted) in input.blacklisted.iter().enumerate() {
        rows.customers.push(CustomerRow {
            id: PartyId::new(&format!("C{number:08}")).unwrap(),
            party_kind: PartyKind::Person,
            owner: owner.clone(),
            since: date(15_000),
            standing: number % 10 == 0,
            commercial_credit: Some("A".into()),
            prospect: false,
            blacklisted: *blacklisted,
        });
    }
    let policy_of = |number: usize| PolicyId::new(&format!("P{number:08}")).unwrap();
    for (number, customer) in input.customer.iter().enumerate() {
        let start = date(input.start[number]);
        let amount = Money::from_minor(input.collected[number], Currency::CNY);
        rows.policies.push(PolicyRow {
            id: policy_of(number),
            customer: rows.customers[*customer as usize].id.clone(),
            product: "motor".into(),
            line: "motor".into(),
            branch: "b1".into(),
            department: "d1".into(),
            handler: "h1".into(),
            agent: None,
            channel: "agent".into(),
            signed_on: start,
            start,
            end: start.plus_days(365).unwrap(),
            premium: amount,
            sum_insured: Money::zero(Currency::CNY),
            vin: None,
            plate: None,
            renewal_of: None,
        });
        let id = ReceiptId::new(&format!("R{number:08}")).unwrap();
        rows.receipts.push(ReceiptRow { id, policy: policy_of(number), received_on: start, amount });
    }
    for (number, occurred) in input.occurred.iter().enumerate() {
        rows.claims.push(ClaimRow {
            id: ClaimId::new(&format!("L{number:08}")).unwrap(),
            policy: policy_of(number),
            occurred: date(*occurred),
            reported: date(*occurred),
            opened: None,
            closed: None,
            paid: Money::from_minor(input.paid[number], Currency::CNY),
            reserve: Money::zero(Currency::CNY),
            fraud: false,
            outcome: None,
            valued_on: None,
        });
    }
    rows
}

/// From rows to groups and grades, with every reason at hand: medians of each step.
fn explained(count: usize) -> Result<(), String> {
    let said = |refusal: Refusal| refusal.to_string();
    let rows = rows(&input(count));
    let model = china_segment_model().map_err(said)?;
    let parameters = model.fact_parameters(Date::from_epoch_days(AS_OF.into()).map_err(said)?).map_err(said)?;
    let names = ["CustomerBook::load", "Facts::of, at", "SegmentModel::assign", "SegmentModel::review"];
    let mut times = [const { Vec::new() }; 4];
    for _ in 0..ROUNDS {
        let rows = rows.clone();
        let start = Instant::now();
        let mut book = CustomerBook::new(Currency::CNY);
        let refused = book.load(rows);
        times[0].push(start.elapsed().as_nanos());
        if !refused.is_empty() {
            return Err(format!("{} rows were refused", refused.len()));
        }
        let start = Instant::now();
        let facts = Facts::of(&book).at(&parameters).map_err(said)?;
        times[1].push(start.elapsed().as_nanos());
        let start = Instant::now();
        let assignment = model.assign(facts, HostFacts::new()).map_err(said)?;
        times[2].push(start.elapsed().as_nanos());
        let start = Instant::now();
        black_box(model.review(&WarningList::default(), &assignment).map_err(said)?);
        times[3].push(start.elapsed().as_nanos());
    }
    for (name, mut times) in names.into_iter().zip(times) {
        times.sort_unstable();
        line("segment: rows, rules and reasons, a customer", name, times[ROUNDS / 2], count);
    }
    Ok(())
}

fn python() -> Option<PathBuf> {
    let named = std::env::var_os("CRM_PEERS_PYTHON").map(PathBuf::from);
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/peers/bin/python");
    named.into_iter().chain([beside]).find(|path| path.is_file())
}

fn main() -> Result<(), String> {
    let wanted: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    let runs = |part: &str| wanted.is_empty() || wanted.iter().any(|word| word == part);
    if runs("columns") {
        beside_the_peers()?;
    }
    if runs("sizes") {
        for (name, count) in
            [("10,000", 10_000), ("100,000", 100_000), ("1,000,000", MILLION), ("10,000,000", 10 * MILLION)]
        {
            line("segment: books of several sizes, a customer", name, run(count).nanos, count);
        }
    }
    if runs("rules") {
        explained(20_000)?;
    }
    Ok(())
}

fn beside_the_peers() -> Result<(), String> {
    let count = std::env::var("CRM_SEGMENT_CUSTOMERS").ok().and_then(|text| text.parse().ok()).unwrap_or(MILLION);
    let own = run(count);
    if count == MILLION && own.digest != DIGEST {
        return Err(format!("the digest is {:016x} instead of {DIGEST:016x}", own.digest));
    }
    let group = "segment: a whole book, a customer";
    line(group, "crm-core: column::segment_columns", own.nanos, count);
    let mib = |kib: u64| format!("{}.{} MiB", kib / 1024, kib % 1024 * 10 / 1024);
    let shown = |kib: Option<u64>| kib.map_or_else(|| "not measured".to_owned(), mib);
    println!(
        "segment: {count} customers in {} ms, {} above the input",
        own.nanos / 1_000_000,
        shown(own.peak_above_input)
    );
    match python() {
        None => println!("segment: no Python with the peers; set CRM_PEERS_PYTHON"),
        Some(python) => {
            for peer in ["polars", "pandas", "duckdb"] {
                let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("python/segment_peers.py");
                let mut command = Command::new(&python);
                command.arg(script).args([peer, &count.to_string()]);
                let threads = ["POLARS_MAX_THREADS", "OMP_NUM_THREADS", "ARROW_NUM_THREADS"];
                let output =
                    command.envs(threads.map(|name| (name, "1"))).output().map_err(|error| error.to_string())?;
                let printed = String::from_utf8_lossy(&output.stdout);
                let [nanos, peak, digest] = printed.split_whitespace().collect::<Vec<_>>()[..] else {
                    println!("segment: {peer} did not run: {}", String::from_utf8_lossy(&output.stderr).trim());
                    continue;
                };
                if u64::from_str_radix(digest, 16).ok() != Some(own.digest) {
                    return Err(format!("{peer} comes to the digest {digest} instead of {:016x}", own.digest));
                }
                let nanos: u128 = nanos.parse().map_err(|_| "a time is no number")?;
                let peak: Option<u64> = peak.parse().ok().filter(|peak| *peak > 0);
                line(group, peer, nanos, count);
                let times = nanos * 10 / own.nanos.max(1);
                println!(
                    "segment: {peer} takes {} ms, {}.{} times as long, {} above its input",
                    nanos / 1_000_000,
                    times / 10,
                    times % 10,
                    shown(peak)
                );
            }
        }
    }
    Ok(())
}
