//! Claims (赔案): how many, how large, how long they take.

use std::io;

use crate::{
    book::Book,
    contracts::{Contract, Forced, Temper, Written},
    day::Day,
    random::SplitMix64,
    sheet::{Line, id},
};

/// Most claims that chance gives a policy year.
const MOST: i64 = 5;
/// Days from the accident to the report.
const REPORTED: [(i64, (i64, i64)); 3] = [(80, (0, 2)), (15, (3, 10)), (5, (11, 60))];
/// Days of work on a claim by its size in yuan.
const WORK: [(i64, (i64, i64)); 4] =
    [(5_000, (2, 25)), (50_000, (10, 75)), (300_000, (45, 200)), (i64::MAX, (120, 500))];

impl Book {
    /// The claims of a policy year, and how many. A claim that nobody had opened on the book's day is not in it.
    ///
    /// # Errors
    /// What the file system says.
    pub fn write_claims(
        &mut self,
        random: &mut SplitMix64,
        contract: &Contract<'_>,
        temper: Temper,
        written: &mut Written,
    ) -> io::Result<i64> {
        let terms = contract.terms;
        let before = self.counts.claims;
        match temper.forced {
            Forced::Nothing => {}
            Forced::Many(count) => {
                for place in 0..count {
                    let cents = random.between(50_000, 600_000);
                    let on = terms.start.plus(15 + place * 20 + random.between(0, 15));
                    self.claim(random, contract, on, cents, temper, written)?;
                }
            }
            Forced::Heavy(percent) => {
                let on = terms.start.plus(random.between(20, 110));
                self.claim(random, contract, on, terms.premium * percent / 100 + 1, temper, written)?;
            }
            Forced::OnDay(day, cents) => {
                self.claim(random, contract, terms.start.plus(day), cents, temper, written)?;
            }
        }
        let mut likely = terms.product.frequency * temper.frequency / 100;
        let mut count = 0;
        while count < MOST && random.per_million(likely) {
            let (from, to) = random.weighted(terms.product.severity);
            let cents = random.between(from * 100, to * 100).min(terms.sum_insured * 100);
            let on = terms.start.plus(random.between(0, contract.until.since(terms.start) - 1));
            self.claim(random, contract, on, cents, temper, written)?;
            count += 1;
            // Who had one is likelier to have another, but not by much.
            likely = likely * 9 / 10;
        }
        Ok(self.counts.claims - before)
    }

    fn claim(
        &mut self,
        random: &mut SplitMix64,
        contract: &Contract<'_>,
        occurred: Day,
        cents: i64,
        temper: Temper,
        written: &mut Written,
    ) -> io::Result<()> {
        let as_of = self.plan.as_of();
        let forced = temper.forced != Forced::Nothing;
        let (from, to) = if forced { (0, 2) } else { random.weighted(&REPORTED) };
        let reported = occurred.plus(random.between(from, to));
        let opened = reported.plus(random.between(0, 2));
        if opened > as_of || occurred >= contract.until {
            return Ok(());
        }
        let (_, (from, to)) = WORK.iter().find(|(largest, _)| cents / 100 <= *largest).copied().unwrap_or_default();
        let closed = Some(opened.plus(random.between(from, to))).filter(|day| *day <= as_of);
        let (paid, reserve) = match closed {
            // Withdrawn, or not covered.
            Some(_) if !forced && random.percent(6) => (0, 0),
            Some(_) => (cents, 0),
            None if random.percent(30) => (cents * 2 / 5, cents - cents * 2 / 5),
            None => (0, cents),
        };
        let fraud = temper.fraud || (!forced && random.between(1, 1_000) <= 3);
        self.counts.claims += 1;
        written.claims.push(id('L', self.counts.claims));
        written.claims_cost += paid + reserve;
        let totals = &mut self.truth.totals;
        totals.fraud += i64::from(fraud);
        contract.add(totals, |sums| {
            sums.claims += 1;
            sums.paid_cents += paid;
            sums.reserve_cents += reserve;
        });
        let (claims, all_paid, all_reserve) = totals.claims_by_year.entry(occurred.year()).or_default();
        *claims += 1;
        *all_paid += paid;
        *all_reserve += reserve;
        let mut line = Line::default();
        line.id('L', self.counts.claims).id('P', contract.number).day(occurred).day(reported).day(opened);
        line.day_if(closed).cents(paid).cents(reserve).flag(fraud);
        self.sheets.claims.push(&line, &mut self.truth)
    }
}
