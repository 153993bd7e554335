//! Laws over generated plans: the model, the compiled plan, the batch and the naive reading say the same.

use std::collections::BTreeMap;

use crm_core::{
    money::Money,
    product::{BatchRequests, PointColumn, Quote, RatePlan, RatePlanSpec, RateRequest},
    refusal::{Code, Refusal},
    rulebook::Scalar,
};
use num_rational::BigRational as Number;
use proptest::prelude::*;

use crate::{
    generated::{self, Dice, NAMES},
    naive::{self, Mutant, Naive},
};

const RISKS: usize = 24;

struct Book {
    spec: RatePlanSpec,
    plan: RatePlan,
    risks: Vec<(BTreeMap<String, Scalar>, RateRequest)>,
}

fn book(seed: u64) -> Book {
    let mut dice = Dice(seed);
    let spec = generated::plan(&mut dice);
    let plan = RatePlan::load(&spec).unwrap();
    let risks = (0..RISKS).map(|_| (generated::risk(&mut dice), generated::request(&mut dice))).collect();
    Book { spec, plan, risks }
}

fn number(money: Money) -> Number {
    naive::decimal(money.amount())
}

/// Whether the core may refuse what big numbers can still hold.
fn out_of_range(refusal: &Refusal) -> bool {
    matches!(refusal.code(), Code::MoneyExactRange | Code::MoneyAmountRange | Code::MoneyExactEndless)
}

fn read(quote: &Quote) -> Naive {
    Naive {
        coverages: quote.coverages.iter().map(|one| (one.code.clone(), number(one.premium))).collect(),
        net: number(quote.net),
        charges: quote.charges.iter().map(|one| (one.code.clone(), number(one.amount))).collect(),
        total: number(quote.total),
    }
}

/// The quotes are what the naive reading says.
fn naive_agrees(book: &Book, mutant: Mutant) -> Result<(), TestCaseError> {
    for (risk, request) in &book.risks {
        let wanted = naive::price(&book.spec, risk, request, mutant);
        match (book.plan.quote_explained(risk, request), wanted) {
            (Ok(found), Ok(wanted)) => prop_assert_eq!(read(&found.quote), wanted),
            (Err(refusal), _) if out_of_range(&refusal) => {}
            (Err(_), Err(_)) => {}
            (found, wanted) => prop_assert!(false, "{:?} {:?}", found.map(|found| found.quote), wanted),
        }
    }
    Ok(())
}

/// How much of the books has a price: a law over refusals alone would prove little.
fn priced(book: &Book) -> usize {
    book.risks.iter().filter(|(risk, request)| book.plan.quote(risk, request).is_ok()).count()
}

/// Quotes of the compiled plan are those of the model; `change` stands between the two.
fn compiled_agrees(book: &Book, change: impl Fn(Quote) -> Quote) -> Result<(), TestCaseError> {
    let mut record = book.plan.record();
    for (risk, request) in &book.risks {
        let model = book.plan.quote_explained(risk, request).map(|explained| explained.quote);
        let quote = book.plan.quote(risk, request).map(&change);
        prop_assert_eq!(&quote, &model);
        record.clear();
        for (name, value) in risk {
            book.plan.set(&mut record, book.plan.input(name).unwrap(), value).unwrap();
        }
        let price = book.plan.price(&mut record, request).map(|price| (price.net, price.total, price.stale));
        prop_assert_eq!(price, model.map(|quote| (quote.net, quote.total, quote.stale)));
    }
    Ok(())
}

fn columns(book: &Book) -> Vec<(Vec<i64>, Vec<bool>)> {
    NAMES
        .iter()
        .map(|name| {
            let input = book.plan.input(name).unwrap();
            let values = book.risks.iter().map(|(risk, _)| risk.get(*name));
            values
                .map(|value| value.map_or((-77, false), |value| (book.plan.point(input, value).unwrap(), true)))
                .unzip()
        })
        .collect()
}

/// A batch says row by row what one call says.
fn batch_agrees(book: &Book, shift: usize) -> Result<(), TestCaseError> {
    let columns = columns(book);
    let columns: Vec<PointColumn> =
        columns.iter().map(|(points, known)| PointColumn { points, known: Some(known) }).collect();
    let mut requests: Vec<RateRequest> = book.risks.iter().map(|(_, request)| *request).collect();
    let length = requests.len();
    requests.rotate_left(shift % length);
    let all = BatchRequests::Each { requests: &requests };
    let plain = book.plan.price_batch(&columns, all).unwrap();
    let full = book.plan.price_batch_with_breakdown(&columns, all).unwrap();
    prop_assert_eq!(&plain, &full.prices);
    let mut again = full.clone();
    book.plan.price_batch_with_breakdown_into(&columns, all, &mut again).unwrap();
    prop_assert_eq!(&again, &full);
    for (row, (risk, request)) in book.risks.iter().enumerate() {
        let refused = plain.refused.iter().find(|(refused, _)| *refused == row).map(|(_, refusal)| refusal);
        match book.plan.quote_explained(risk, request) {
            Err(refusal) => {
                prop_assert_eq!(refused, Some(&refusal));
                prop_assert_eq!((plain.net[row], plain.total[row]), (0, 0));
            }
            Ok(explained) => {
                let quote = &explained.quote;
                prop_assert_eq!(refused, None);
                prop_assert_eq!((plain.net[row], plain.total[row]), (quote.net.minor(), quote.total.minor()));
                for (column, written) in full.coverages.iter().zip(&book.spec.coverages) {
                    let quoted = quote.coverages.iter().find(|one| one.code == written.code);
                    prop_assert_eq!(column[row], quoted.map_or(0, |one| one.premium.minor()));
                }
                if full.without_running.contains(&row) {
                    continue;
                }
                let told: BTreeMap<&str, &str> = (explained.trace.calculations.iter())
                    .flat_map(|calculation| &calculation.steps)
                    .filter_map(|step| Some((step.name.as_str(), step.after.as_deref()?)))
                    .collect();
                for running in &full.running {
                    let amount = running.amount(row).unwrap().exact_text();
                    let told = told.get(running.step.as_str()).copied().unwrap_or("0");
                    prop_assert_eq!(amount, told, "{}", running.step);
                }
            }
        }
    }
    Ok(())
}

proptest! {
    /// Laws 2 and 11: what a plan says is what its text says.
    #[test]
    fn law_2_a_quote_is_what_the_plan_says(seed in any::<u64>()) {
        naive_agrees(&book(seed), Mutant::Right)?;
    }

    /// The compiled plan is quick and says the same.
    #[test]
    fn law_2_compiled_plans_say_what_the_model_says(seed in any::<u64>()) {
        compiled_agrees(&book(seed), |quote| quote)?;
    }

    /// A book in columns comes to what its rows come to.
    #[test]
    fn law_7_a_batch_says_what_each_row_says(seed in any::<u64>()) {
        batch_agrees(&book(seed), 0)?;
    }

    /// Law 3: a trace gives its quote again.
    #[test]
    fn law_3_quotes_replay(seed in any::<u64>()) {
        let book = book(seed);
        for (risk, request) in &book.risks {
            if let Ok(explained) = book.plan.quote_explained(risk, request) {
                prop_assert_eq!(&explained.trace.replay().unwrap(), &explained.quote);
            }
        }
    }

    /// Law 1: coverages and shares add up to the net premium, net and charges to the total.
    #[test]
    fn law_1_parts_of_a_quote_add_up(seed in any::<u64>()) {
        let book = book(seed);
        for (risk, request) in &book.risks {
            if let Ok(quote) = book.plan.quote(risk, request) {
                parts_add_up(&quote)?;
            }
        }
    }
}

fn parts_add_up(quote: &Quote) -> Result<(), TestCaseError> {
    let sum = |amounts: Vec<Money>| amounts.iter().map(Money::minor).sum::<i64>();
    prop_assert_eq!(sum(quote.coverages.iter().map(|one| one.net).collect()), quote.net.minor());
    if !quote.shares.is_empty() {
        prop_assert_eq!(sum(quote.shares.iter().map(|one| one.amount).collect()), quote.net.minor());
    }
    let charges = sum(quote.charges.iter().map(|one| one.amount).collect());
    prop_assert_eq!(quote.net.minor() + charges, quote.total.minor());
    Ok(())
}

const SEEDS: std::ops::Range<u64> = 0..400;

#[test]
fn most_generated_plans_are_compiled() {
    let books: Vec<Book> = (0..100).map(book).collect();
    let compiled = books.iter().flat_map(|book| book.risks.iter().map(|(_, request)| book.plan.is_compiled(request)));
    let count = compiled.filter(|compiled| *compiled).count();
    assert!(count > 100 * RISKS / 3, "{count} of {}", 100 * RISKS);
}

#[test]
fn most_generated_risks_have_a_price() {
    let priced: usize = (0..60).map(|seed| priced(&book(seed))).sum();
    assert!(priced > 60 * RISKS / 5, "{priced} of {}", 60 * RISKS);
}

#[test]
fn the_naive_law_catches_wrong_readings() {
    for mutant in [
        Mutant::HalfDown,
        Mutant::OneCalendar,
        Mutant::ClosedRange,
        Mutant::UnknownIsNo,
        Mutant::NearestRow,
        Mutant::CutQuotient,
        Mutant::CapsNew,
        Mutant::LeftOutCounts,
    ] {
        assert!(SEEDS.into_iter().any(|seed| naive_agrees(&book(seed), mutant).is_err()), "{mutant:?} survives");
    }
}

#[test]
fn the_compiled_law_catches_a_cent() {
    let cent = |mut quote: Quote| {
        quote.total = Money::from_minor(quote.total.minor() + 1, quote.total.currency());
        quote
    };
    assert!((0..20).any(|seed| compiled_agrees(&book(seed), cent).is_err()));
    let unspread = |mut quote: Quote| {
        quote.coverages.iter_mut().for_each(|one| one.net = one.premium);
        quote
    };
    assert!(SEEDS.into_iter().any(|seed| compiled_agrees(&book(seed), unspread).is_err()));
}

#[test]
fn the_batch_law_catches_rows_that_change_places() {
    assert!((0..20).any(|seed| batch_agrees(&book(seed), 1).is_err()));
}

#[test]
fn the_law_of_parts_catches_a_cent_lost_in_the_shares() {
    let caught = SEEDS.into_iter().any(|seed| {
        let book = book(seed);
        let quotes = book.risks.iter().filter_map(|(risk, request)| book.plan.quote(risk, request).ok());
        quotes.into_iter().any(|mut quote| {
            let net = i128::from(quote.net.minor());
            for (share, written) in quote.shares.iter_mut().zip(&book.spec.shares) {
                let cut = net * written.part.mantissa() / 10_i128.pow(written.part.scale());
                share.amount = Money::from_minor(i64::try_from(cut).unwrap(), quote.net.currency());
            }
            parts_add_up(&quote).is_err()
        })
    });
    assert!(caught);
}

/// A trace in which anything that counts was changed does not replay to the same quote.
#[test]
fn law_3_catches_changed_traces() {
    let mut changed = 0;
    for seed in 0..60 {
        let book = book(seed);
        for (risk, request) in &book.risks {
            let Ok(explained) = book.plan.quote_explained(risk, request) else { continue };
            let text = crm_core::wire::to_json(&explained.trace).unwrap();
            // A digit of a value is changed; texts, titles and dates are left alone.
            for (at, _) in
                text.match_indices("\"value\":{\"decimal\":\"").chain(text.match_indices("\"after\":\"")).take(6)
            {
                let start = at + text[at..].rfind(":\"").map_or(0, |_| text[at..].find(":\"").unwrap() + 2);
                let digit = text[start..].find(|one: char| one.is_ascii_digit()).unwrap() + start;
                let other = if &text[digit..=digit] == "7" { "8" } else { "7" };
                let forged = format!("{}{other}{}", &text[..digit], &text[digit + 1..]);
                let Ok(trace) = crm_core::wire::from_json::<crm_core::product::QuoteTrace>(forged.as_bytes()) else {
                    continue;
                };
                if trace == explained.trace {
                    continue;
                }
                changed += 1;
                let told = forged.contains("\"after\":\"");
                let replayed = trace.replay();
                assert!(told, "a trace has steps");
                if text[at..].starts_with("\"after\"") {
                    assert_eq!(replayed.unwrap_err().code(), Code::ProductTraceBroken);
                }
            }
        }
    }
    assert!(changed > 100, "{changed}");
}
