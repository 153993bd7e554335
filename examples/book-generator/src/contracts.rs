//! A policy year (保单年度): the policy, what changes it, the money that comes and goes.

use std::io;

use crate::{
    book::Book,
    customers::Customer,
    day::Day,
    places,
    products::{Product, share},
    random::SplitMix64,
    sheet::{Line, id},
    truth::{Sums, Totals},
};

/// How a customer behaves; ordinary people by default, others in the stories.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Temper {
    /// Claims beside those of everybody, in per cent.
    pub frequency: i64,
    /// Claims that happen whatever chance says.
    pub forced: Forced,
    /// Years in a hundred after which it stays.
    pub loyal: i64,
    /// Nothing is cancelled, endorsed or sold.
    pub steady: bool,
    /// What it pays.
    pub pays: Pays,
    /// Whether its claims are known to be fraud.
    pub fraud: bool,
}

/// Claims that happen in a policy year whatever chance says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Forced {
    /// None.
    Nothing,
    /// So many small ones within half a year.
    Many(i64),
    /// One that costs so many per cent of the premium.
    Heavy(i64),
    /// One on this day of the policy, of so many cents.
    OnDay(i64, i64),
}

/// What a customer pays of what is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pays {
    /// All.
    All,
    /// The first half.
    Half,
    /// Nothing.
    Nothing,
}

impl Temper {
    /// An ordinary one: some have more claims, some stay longer.
    pub fn ordinary(random: &mut SplitMix64) -> Self {
        let frequency = random.weighted(&[(35, 40), (40, 100), (20, 160), (5, 280)]);
        let loyal = random.between(58, 94);
        Self { frequency, forced: Forced::Nothing, loyal, steady: false, pays: Pays::All, fraud: false }
    }

    /// One without a claim, without a change, with all paid, who stays.
    #[must_use]
    pub const fn steady() -> Self {
        Self { frequency: 0, forced: Forced::Nothing, loyal: 100, steady: true, pays: Pays::All, fraud: false }
    }
}

/// What is agreed for a year.
#[derive(Debug, Clone)]
pub struct Terms<'a> {
    /// What is sold.
    pub product: &'static Product,
    /// First day of cover; it ends before the same day of the next year.
    pub start: Day,
    /// Premium in cents.
    pub premium: i64,
    /// Sum insured in yuan.
    pub sum_insured: i64,
    /// The vehicle's VIN, empty for none.
    pub vin: &'a str,
    /// The vehicle's plate, empty for none.
    pub plate: &'a str,
    /// The policy that this one renews.
    pub renewal_of: Option<i64>,
    /// In how many parts it is paid.
    pub parts: i64,
    /// The day on which what is insured goes to somebody else.
    pub sold_on: Option<Day>,
}

/// What came of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outcome {
    /// The policy's running number.
    pub policy: i64,
    /// Its claims.
    pub claims: i64,
    /// Whether it was ended before its end.
    pub cancelled: bool,
}

/// What was written for a customer or a story.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Written {
    /// Its policies.
    pub policies: Vec<String>,
    /// Its claims.
    pub claims: Vec<String>,
    /// Premium, changes included, in cents.
    pub premium: i64,
    /// Money received less money given back, in cents.
    pub received: i64,
    /// Paid and reserved for claims, in cents.
    pub claims_cost: i64,
}

/// A policy while it is written.
pub struct Contract<'a> {
    /// What is agreed.
    pub terms: &'a Terms<'a>,
    /// Its running number.
    pub number: i64,
    /// Its channel.
    pub channel: &'static str,
    /// First day without cover.
    pub until: Day,
    /// When it was signed.
    signed_on: Day,
}

impl Book {
    /// Writes a policy year. Nothing that happened after the book's day is in it.
    ///
    /// # Errors
    /// What the file system says.
    pub fn policy_year(
        &mut self,
        random: &mut SplitMix64,
        customer: &Customer,
        terms: &Terms<'_>,
        temper: Temper,
        written: &mut Written,
    ) -> io::Result<Outcome> {
        let as_of = self.plan.as_of();
        let end = terms.start.years_later(1);
        let days = end.since(terms.start);
        let signed_on = terms.start.plus(-random.between(0, 30)).max(customer.since);
        let drawn = random.between(1, 100) <= 3 && !temper.steady;
        let drawn = drawn.then(|| terms.start.plus(random.between(20, days - 1)));
        let sold = terms.sold_on.filter(|day| *day > terms.start && *day < end);
        let ended = sold.or(drawn).filter(|day| *day <= as_of);
        let channel = if temper.steady || random.percent(92) { customer.channel } else { "direct" };
        self.counts.policies += 1;
        let number = self.counts.policies;
        let contract = Contract { terms, number, channel, until: ended.unwrap_or(end), signed_on };
        self.write_policy(random, customer, &contract)?;
        written.policies.push(id('P', number));
        written.premium += terms.premium;
        let paid = self.write_instalments(random, &contract, temper.pays, written)?;
        match ended {
            Some(on) => self.cancel(random, &contract, on, paid, written)?,
            None if !temper.steady && random.percent(5) => self.endorse(random, &contract, written)?,
            None => {}
        }
        let claims = self.write_claims(random, &contract, temper, written)?;
        Ok(Outcome { policy: number, claims, cancelled: ended.is_some() })
    }

    fn write_policy(
        &mut self,
        random: &mut SplitMix64,
        customer: &Customer,
        contract: &Contract<'_>,
    ) -> io::Result<()> {
        let Contract { terms, channel, .. } = contract;
        let branch = &customer.branch;
        let by_agent = matches!(*channel, "agent" | "broker");
        let mut line = Line::default();
        line.id('P', contract.number).text(&customer.id).text(terms.product.code).text(terms.product.line);
        line.text(branch.code).text(&format!("{}-{}", branch.code, terms.product.department));
        line.text(&places::some_employee(random, branch)).text(if by_agent { &customer.agent } else { "" });
        line.text(channel).day(contract.signed_on).day(terms.start).day(terms.start.years_later(1));
        line.cents(terms.premium).cents(terms.sum_insured * 100).text("CNY").text(terms.vin).text(terms.plate);
        line.text(&terms.renewal_of.map(|number| id('P', number)).unwrap_or_default());
        let totals = &mut self.truth.totals;
        totals.renewals += i64::from(terms.renewal_of.is_some());
        contract.add(totals, |sums| {
            sums.policies += 1;
            sums.premium_cents += terms.premium;
        });
        self.sheets.policies.push(&line, &mut self.truth)
    }

    /// The premium in its parts, each within half a month; gives back what was paid. What falls due after the book's day
    /// or after the end is not paid.
    fn write_instalments(
        &mut self,
        random: &mut SplitMix64,
        contract: &Contract<'_>,
        pays: Pays,
        written: &mut Written,
    ) -> io::Result<i64> {
        let Terms { premium, parts, start, .. } = *contract.terms;
        let days = start.years_later(1).since(start);
        let mut paid = 0;
        for part in 0..parts {
            let amount = premium * (part + 1) / parts - premium * part / parts;
            let on = if part == 0 {
                contract.signed_on.plus(random.between(0, start.since(contract.signed_on)))
            } else {
                start.plus(days * part / parts + random.between(0, 15))
            };
            let willing = match pays {
                Pays::All => true,
                Pays::Half => part * 2 < parts && parts > 1,
                Pays::Nothing => false,
            };
            if willing && on <= self.plan.as_of() && (part == 0 || on < contract.until) {
                self.receive(contract, on, amount, written)?;
                paid += amount;
            }
        }
        Ok(paid)
    }

    /// Ends a policy on a day: the unearned share of the premium goes back, as far as it was paid.
    fn cancel(
        &mut self,
        random: &mut SplitMix64,
        contract: &Contract<'_>,
        on: Day,
        paid: i64,
        written: &mut Written,
    ) -> io::Result<()> {
        let Terms { premium, start, sold_on, .. } = *contract.terms;
        let end = start.years_later(1);
        let unearned = share(premium, end.since(on), end.since(start));
        let code = if sold_on == Some(on) { "cancel_sold" } else { "cancel" };
        let booked = self.endorsement(random, contract, code, on, -unearned, written)?;
        self.truth.totals.cancelled += 1;
        let due = premium - unearned - paid;
        let settled = booked.plus(random.between(1, 10));
        if due != 0 && settled <= self.plan.as_of() {
            self.receive(contract, settled, due, written)?;
        }
        Ok(())
    }

    /// A change within the year.
    fn endorse(&mut self, random: &mut SplitMix64, contract: &Contract<'_>, written: &mut Written) -> io::Result<()> {
        let Terms { premium, start, product, .. } = *contract.terms;
        let end = start.years_later(1);
        let on = start.plus(random.between(1, end.since(start) - 1));
        if on > self.plan.as_of() {
            return Ok(());
        }
        let code = if product.line == "compulsory_motor" {
            "contact"
        } else {
            random.weighted(&[(40, "contact"), (35, "increase"), (25, "decrease")])
        };
        let year = premium * random.between(5, 20) / 100;
        let change = match code {
            "increase" => share(year, end.since(on), end.since(start)),
            "decrease" => -share(year, end.since(on), end.since(start)),
            _ => 0,
        };
        let booked = self.endorsement(random, contract, code, on, change, written)?;
        let settled = booked.plus(random.between(1, 15));
        if change != 0 && settled <= self.plan.as_of() {
            self.receive(contract, settled, change, written)?;
        }
        Ok(())
    }

    /// Writes an endorsement and says when it was booked.
    fn endorsement(
        &mut self,
        random: &mut SplitMix64,
        contract: &Contract<'_>,
        code: &str,
        on: Day,
        change: i64,
        written: &mut Written,
    ) -> io::Result<Day> {
        let booked = on.plus(random.between(0, 10)).min(self.plan.as_of());
        self.counts.endorsements += 1;
        self.truth.totals.endorsed_cents += change;
        written.premium += change;
        let mut line = Line::default();
        line.id('N', self.counts.endorsements).id('P', contract.number).text(code).day(on).day(booked).cents(change);
        self.sheets.endorsements.push(&line, &mut self.truth)?;
        Ok(booked)
    }

    /// Money in, or out when it is negative.
    fn receive(&mut self, contract: &Contract<'_>, on: Day, cents: i64, written: &mut Written) -> io::Result<()> {
        self.counts.receipts += 1;
        written.received += cents;
        let totals = &mut self.truth.totals;
        if cents < 0 {
            totals.refunded_cents -= cents;
        } else {
            totals.received_cents += cents;
        }
        let mut line = Line::default();
        line.id('R', self.counts.receipts).id('P', contract.number).day(on).cents(cents);
        self.sheets.receipts.push(&line, &mut self.truth)
    }
}

impl Contract<'_> {
    /// Adds to every sum that this policy belongs to.
    pub fn add(&self, totals: &mut Totals, add: impl Fn(&mut Sums)) {
        add(&mut totals.policies);
        add(totals.by_line.entry(self.terms.product.line).or_default());
        add(totals.by_channel.entry(self.channel).or_default());
        add(totals.by_start_year.entry(self.terms.start.year()).or_default());
    }
}
