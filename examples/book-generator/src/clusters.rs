//! Ordinary customers: households (家庭), companies (单位) and groups of companies (集团).

use std::io;

use crate::{
    book::Book,
    contracts::{Temper, Terms, Written},
    customers::Customer,
    day::Day,
    names,
    places::{BRANCHES, Branch},
    products::{
        CARGO, COMPANY_MODELS, LIABILITY, PERSONAL, PRIVATE_MODELS, PROPERTY, Price, Product, cargo_price,
        liability_price, property_price,
    },
    random::SplitMix64,
};

/// Sizes of households.
const SIZES: [(i64, i64); 5] = [(44, 1), (26, 2), (20, 3), (8, 4), (2, 5)];
/// Of a hundred customers so many have not bought yet.
const PROSPECTS: i64 = 6;
/// From this premium on, in cents, companies pay in quarters.
const QUARTERLY_FROM: i64 = 2_000_000;

impl Book {
    /// The next ordinary customers, at most `room`.
    ///
    /// # Errors
    /// What the file system says.
    pub fn ordinary(&mut self, random: &mut SplitMix64, room: i64) -> io::Result<()> {
        match random.between(1, 100) {
            1..=84 => self.household(random, room),
            85..=98 => {
                let branch = random.weighted(&BRANCHES);
                let company = self.some_company(random, branch);
                self.company_cover(random, &company)
            }
            _ => self.group(random, room),
        }
    }

    /// The day on which somebody's first cover begins, and when the file was opened. Many came before the book begins.
    fn arrival(&self, random: &mut SplitMix64) -> (Day, Day) {
        let year = if random.percent(48) { 0 } else { random.between(0, self.plan.years - 1) };
        let start = self.plan.first_day().years_later(year).plus(random.between(0, 364));
        let before = if year == 0 && random.percent(75) { random.between(60, 3_000) } else { random.between(0, 60) };
        (start, start.plus(-before))
    }

    fn household(&mut self, random: &mut SplitMix64, room: i64) -> io::Result<()> {
        let size = random.weighted(&SIZES).min(room);
        let branch = random.weighted(&BRANCHES);
        let surname = names::surname(random);
        let (_, since) = self.arrival(random);
        let head_age = random.between(22, 68);
        let mut household = String::new();
        let mut address = String::new();
        let mut second_hand = None;
        for place in 0..size {
            let (start, own_since) = self.arrival(random);
            let (name, age) = match place {
                0 => (surname, head_age),
                1 => (names::surname(random), (head_age + random.between(-6, 6)).max(20)),
                _ => (surname, random.between(0, (head_age - 20).clamp(1, 40))),
            };
            let mut member = self.person(random, name, age, if place == 0 { since } else { own_since }, branch);
            if place == 0 {
                if size > 1 {
                    household = format!("H{:010}", member.number);
                    self.truth.totals.households += 1;
                }
                address.clone_from(&member.address);
            }
            member.household.clone_from(&household);
            member.address.clone_from(&address);
            let start = start.max(member.since);
            member.prospect = age >= 18 && random.percent(PROSPECTS);
            self.write_customer(&member)?;
            let mut written = Written::default();
            if age >= 18 && !member.prospect {
                second_hand = self.person_cover(random, &member, start, second_hand, &mut written)?;
            }
            self.serve(random, &member, written.claims.len())?;
        }
        Ok(())
    }

    /// What a grown person insures. Takes over what another of the household sold, and gives what it sold itself.
    fn person_cover(
        &mut self,
        random: &mut SplitMix64,
        person: &Customer,
        start: Day,
        second_hand: Option<(crate::motor::Vehicle, Day)>,
        written: &mut Written,
    ) -> io::Result<Option<(crate::motor::Vehicle, Day)>> {
        let temper = Temper::ordinary(random);
        let mut sold = None;
        for likely in [62, 9] {
            if random.percent(likely) {
                let (vehicle, sold_on) = self.motor(random, person, &PRIVATE_MODELS, start, temper, written)?;
                sold = sold_on.map(|day| (vehicle, day));
            }
        }
        if let Some((vehicle, from)) = second_hand
            && from >= person.since
            && random.percent(60)
        {
            self.write_vehicle(&vehicle, person, from, None)?;
            self.motor_years(random, person, &vehicle, (from, None), temper, written)?;
        }
        for (likely, product, prices) in PERSONAL {
            if random.percent(likely) {
                let price = random.weighted(prices);
                self.years(random, person, product, price, start, temper, written)?;
            }
        }
        Ok(sold)
    }

    /// Cover of one product year after year.
    ///
    /// # Errors
    /// What the file system says.
    #[allow(clippy::too_many_arguments, reason = "what is agreed, with whom, and how they behave")]
    pub fn years(
        &mut self,
        random: &mut SplitMix64,
        customer: &Customer,
        product: &'static Product,
        (mut premium, sum_insured): Price,
        mut start: Day,
        temper: Temper,
        written: &mut Written,
    ) -> io::Result<()> {
        let mut renewal_of = None;
        while start <= self.plan.as_of() {
            let parts = if premium >= QUARTERLY_FROM { 4 } else { 1 };
            let terms =
                Terms { product, start, premium, sum_insured, vin: "", plate: "", renewal_of, parts, sold_on: None };
            let outcome = self.policy_year(random, customer, &terms, temper, written)?;
            if outcome.cancelled || !random.percent(temper.loyal) {
                break;
            }
            renewal_of = Some(outcome.policy);
            premium = premium * (99 + 8 * outcome.claims.min(5)) / 100;
            start = start.years_later(1);
        }
        Ok(())
    }

    /// A company that came on some day.
    ///
    /// # Errors
    /// What the file system says.
    fn some_company(&mut self, random: &mut SplitMix64, branch: Branch) -> Customer {
        let (_, since) = self.arrival(random);
        let mut company = self.company(random, since, branch);
        company.prospect = random.percent(PROSPECTS);
        company
    }

    /// Writes a company and what it insures.
    fn company_cover(&mut self, random: &mut SplitMix64, company: &Customer) -> io::Result<()> {
        self.write_customer(company)?;
        let mut written = Written::default();
        if !company.prospect {
            let start = company.since.max(self.plan.first_day()).plus(random.between(0, 60));
            let temper = Temper::ordinary(random);
            let fleet = random.weighted(&[(45, (0, 0)), (35, (1, 3)), (15, (4, 10)), (5, (11, 30))]);
            for _ in 0..random.between(fleet.0, fleet.1) {
                self.motor(random, company, &COMPANY_MODELS, start, temper, &mut written)?;
            }
            if random.percent(45) {
                let price = property_price(random);
                self.years(random, company, &PROPERTY, price, start, temper, &mut written)?;
            }
            if random.percent(45) {
                let price = liability_price(random);
                self.years(random, company, &LIABILITY, price, start, temper, &mut written)?;
            }
            if random.percent(12) {
                let price = cargo_price(random);
                self.years(random, company, &CARGO, price, start, temper, &mut written)?;
            }
        }
        self.serve(random, company, written.claims.len())
    }

    fn group(&mut self, random: &mut SplitMix64, room: i64) -> io::Result<()> {
        let size = random.between(2, 6).min(room);
        let branch = random.weighted(&BRANCHES);
        let mut group = String::new();
        for place in 0..size {
            let here = if random.percent(70) { branch } else { random.weighted(&BRANCHES) };
            let mut company = self.some_company(random, here);
            if place == 0 && size > 1 {
                group = format!("G{:010}", company.number);
                self.truth.totals.groups += 1;
            }
            company.group.clone_from(&group);
            self.company_cover(random, &company)?;
        }
        Ok(())
    }
}
