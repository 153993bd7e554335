//! What customers cost and what they complain of.

use std::io;

use crate::{book::Book, customers::Customer, day::Day, random::SplitMix64, sheet::Line};

/// A kind of cost with its bounds in cents, of a person and of a company.
type Kind = (&'static str, (i64, i64), (i64, i64));

/// Kinds of cost by their weight.
const KINDS: [(i64, Kind); 4] = [
    (50, ("service", (500, 6_000), (2_000, 60_000))),
    (20, ("visit", (3_000, 20_000), (10_000, 200_000))),
    (20, ("gift", (2_000, 15_000), (5_000, 80_000))),
    (10, ("survey", (5_000, 30_000), (10_000, 300_000))),
];
const COMPLAINTS: [(i64, &str); 5] =
    [(35, "claim_delay"), (25, "claim_amount"), (20, "service"), (12, "premium"), (8, "mis_selling")];

impl Book {
    /// Costs and complaints of a customer who had so many claims.
    ///
    /// # Errors
    /// What the file system says.
    pub fn serve(&mut self, random: &mut SplitMix64, customer: &Customer, claims: usize) -> io::Result<()> {
        let first = customer.since.max(self.plan.first_day());
        let last = self.plan.as_of();
        let years = last.since(first) / 365 + 1;
        if customer.since >= self.plan.first_day() && random.percent(70) {
            let amount =
                if customer.is_person() { random.between(2_000, 20_000) } else { random.between(10_000, 400_000) };
            self.cost(customer, customer.since, "acquisition", amount)?;
        }
        for _ in 0..years {
            if random.percent(45) {
                let (kind, person, company) = random.weighted(&KINDS);
                let (from, to) = if customer.is_person() { person } else { company };
                let on = first.plus(random.between(0, last.since(first)));
                let amount = random.between(from, to);
                self.cost(customer, on, kind, amount)?;
            }
        }
        let likely = years * 5_000 + i64::try_from(claims).unwrap_or_default().min(10) * 30_000;
        if random.per_million(likely) {
            let on = first.plus(random.between(0, last.since(first)));
            let resolved = Some(on.plus(random.between(1, 45))).filter(|day| *day <= last && !random.percent(4));
            self.counts.complaints += 1;
            self.truth.totals.complaints_open += i64::from(resolved.is_none());
            let mut line = Line::default();
            line.id('M', self.counts.complaints).text(&customer.id).day(on);
            line.text(random.weighted(&COMPLAINTS)).day_if(resolved);
            self.sheets.complaints.push(&line, &mut self.truth)?;
        }
        Ok(())
    }

    fn cost(&mut self, customer: &Customer, on: Day, kind: &str, cents: i64) -> io::Result<()> {
        self.counts.costs += 1;
        self.truth.totals.costs_cents += cents;
        let mut line = Line::default();
        line.id('K', self.counts.costs).text(&customer.id).day(on).text(kind).cents(cents);
        self.sheets.costs.push(&line, &mut self.truth)
    }
}
