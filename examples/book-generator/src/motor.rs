//! Vehicles and their cover, year after year.

use std::io;

use crate::{
    book::Book,
    contracts::{Forced, Temper, Terms, Written},
    customers::Customer,
    day::Day,
    products::{COMMERCIAL, COMPULSORY, Model, compulsory_float, no_claim_factor, share},
    random::SplitMix64,
    sheet::Line,
};

/// A vehicle (车辆).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vehicle {
    /// VIN (车架号).
    pub vin: String,
    /// Plate (号牌).
    pub plate: String,
    engine: String,
    model: Model,
    first_registered: Day,
    value: i64,
}

/// Third-party limits in yuan with what they cost in cents.
const THIRD_PARTY: [(i64, (i64, i64)); 4] =
    [(25, (1_000_000, 82_000)), (40, (2_000_000, 98_000)), (30, (3_000_000, 112_000)), (5, (5_000_000, 148_000))];
/// What compulsory cover pays at most in yuan (since 2020-09-19).
const COMPULSORY_LIMIT: i64 = 200_000;

impl Book {
    /// A vehicle that was registered on or before a day, nine years before at most.
    pub fn vehicle(
        &mut self,
        random: &mut SplitMix64,
        customer: &Customer,
        models: &[(i64, Model)],
        by: Day,
    ) -> Vehicle {
        self.counts.vehicles += 1;
        let number = self.counts.vehicles;
        let model = random.weighted(models);
        let years = random.weighted(&[(30, 0), (16, 1), (14, 2), (11, 3), (9, 4), (8, 5), (5, 6), (4, 7), (3, 8)]);
        let first_registered = by.years_later(-years).plus(-random.between(0, 360));
        let vin = self.identifiers.vin(number, model.maker, model.model, first_registered.year());
        let plate = self.identifiers.plate(number, customer.branch.plate, model.new_energy);
        let engine = format!("{}{:07}", random.pick(&["A", "B", "E", "G", "4G"]), random.between(1, 9_999_999));
        let value = random.between(model.value.0, model.value.1);
        Vehicle { vin, plate, engine, model, first_registered, value }
    }

    /// Writes who owned a vehicle and when.
    ///
    /// # Errors
    /// What the file system says.
    pub fn write_vehicle(
        &mut self,
        vehicle: &Vehicle,
        customer: &Customer,
        from: Day,
        until: Option<Day>,
    ) -> io::Result<()> {
        self.counts.ownerships += 1;
        let mut line = Line::default();
        line.id('V', self.counts.ownerships).text(&customer.id).text(&vehicle.plate).text(&vehicle.vin);
        line.text(&vehicle.engine).text(vehicle.model.name).day(vehicle.first_registered).day(from).day_if(until);
        self.sheets.vehicles.push(&line, &mut self.truth)
    }

    /// A new vehicle of a customer, insured from `start` on; the vehicle and the day when it was sold, if it was.
    ///
    /// # Errors
    /// What the file system says.
    pub fn motor(
        &mut self,
        random: &mut SplitMix64,
        customer: &Customer,
        models: &[(i64, Model)],
        start: Day,
        temper: Temper,
        written: &mut Written,
    ) -> io::Result<(Vehicle, Option<Day>)> {
        // Cover may be planned for after the book's last day; the vehicle stands in the book and is owned by then.
        let owned_by = start.min(self.plan.as_of());
        let vehicle = self.vehicle(random, customer, models, owned_by);
        let bought = if random.percent(78) {
            vehicle.first_registered
        } else {
            vehicle.first_registered.plus(random.between(0, owned_by.since(vehicle.first_registered)))
        };
        let sold_on = (!temper.steady && random.percent(7))
            .then(|| start.plus(random.between(40, 2_000)))
            .filter(|day| *day <= self.plan.as_of());
        self.write_vehicle(&vehicle, customer, bought, sold_on)?;
        self.motor_years(random, customer, &vehicle, (start, sold_on), temper, written)?;
        Ok((vehicle, sold_on))
    }

    /// Cover of a vehicle year after year, from its first day until it lapses, is sold, or the book ends.
    ///
    /// # Errors
    /// What the file system says.
    pub fn motor_years(
        &mut self,
        random: &mut SplitMix64,
        customer: &Customer,
        vehicle: &Vehicle,
        (mut start, sold_on): (Day, Option<Day>),
        temper: Temper,
        written: &mut Written,
    ) -> io::Result<()> {
        let with_commercial = temper.steady || temper.forced != Forced::Nothing || random.percent(86);
        let (limit, limit_price) = random.weighted(&THIRD_PARTY);
        let own_factor = random.between(70, 125);
        let mut clean_years = if temper.forced == Forced::Nothing { random.between(0, 3) } else { 0 };
        // Claims of the last three years, the latest first.
        let mut history = [0; 3];
        let mut renewed: (Option<i64>, Option<i64>) = (None, None);
        while start <= self.plan.as_of() && sold_on.is_none_or(|day| start < day) {
            let [last_year, before, _] = history;
            let base = vehicle.model.base * 100;
            let terms = Terms {
                product: &COMPULSORY,
                start,
                premium: share(base, 100 + compulsory_float(clean_years, last_year), 100),
                sum_insured: COMPULSORY_LIMIT,
                vin: &vehicle.vin,
                plate: &vehicle.plate,
                renewal_of: renewed.0,
                parts: 1,
                sold_on,
            };
            // What a story forces happens to the commercial cover.
            let quiet = Temper { forced: Forced::Nothing, frequency: quiet_frequency(temper), ..temper };
            let first = self.policy_year(random, customer, &terms, quiet, written)?;
            let mut claims = first.claims;
            let mut ended = first.cancelled;
            renewed.0 = Some(first.policy);
            if with_commercial {
                let age = start.since(vehicle.first_registered).max(0) / 365;
                // A car loses 0.6 % a month.
                let worth = vehicle.value * (1_000 - 72 * age).max(200) / 1_000;
                let price = worth * 105 / 100 + limit_price;
                let factor = no_claim_factor(clean_years.min(4), history.iter().sum()) * own_factor;
                let terms = Terms {
                    product: &COMMERCIAL,
                    premium: share(price, factor, 10_000),
                    sum_insured: limit + worth,
                    renewal_of: renewed.1,
                    ..terms
                };
                let second = self.policy_year(random, customer, &terms, temper, written)?;
                claims += second.claims;
                ended |= second.cancelled;
                renewed.1 = Some(second.policy);
            }
            clean_years = if claims == 0 { clean_years + 1 } else { 0 };
            history = [claims, last_year, before];
            if ended || !random.percent(temper.loyal) {
                if temper.steady || ended || !random.percent(8) {
                    break;
                }
                // A few come back after a gap: a new policy, not a renewal.
                start = start.plus(random.between(30, 500));
                renewed = (None, None);
            }
            start = start.years_later(1);
        }
        Ok(())
    }
}

/// A forced story decides the year alone.
const fn quiet_frequency(temper: Temper) -> i64 {
    match temper.forced {
        Forced::Nothing => temper.frequency,
        _ => 0,
    }
}
