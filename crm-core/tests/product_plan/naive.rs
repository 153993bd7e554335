//! The plan read once more, naively: fractions of big numbers, rows one after the other, nothing prepared. Shares no code
//! with the core beyond the written form.

use std::collections::BTreeMap;

use crm_core::{
    calendar::Date,
    money::{Decimal, Rounding, RoundingMode},
    product::{
        Business, PlanAction, PlanOperand, PlanStep, RatePlanSpec, RateRequest, RateTable, RatingDate, RowKey,
        TableRow, ValidDates,
    },
    rulebook::{Comparison, Condition, Operand, Scalar},
};
use num_bigint::BigInt;
use num_rational::BigRational as Number;
use num_traits::{One as _, Signed as _, Zero as _};

/// There is no answer.
#[derive(Debug, PartialEq)]
pub struct None_;

type Answer<T> = Result<T, None_>;

/// What the naive reading comes to.
#[derive(Debug, PartialEq)]
pub struct Naive {
    pub coverages: BTreeMap<String, Number>,
    pub net: Number,
    pub charges: BTreeMap<String, Number>,
    pub total: Number,
}

/// A deliberately wrong reading, which the law must catch.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Mutant {
    Right,
    /// Takes the half down.
    HalfDown,
    /// Renewals look at the days of new business.
    OneCalendar,
    /// A range takes its end in.
    ClosedRange,
    /// A test over something unknown says no.
    UnknownIsNo,
    /// Interpolates from the row above.
    NearestRow,
    /// Rounds a quotient to nine digits.
    CutQuotient,
    /// Caps new business too.
    CapsNew,
    /// A coverage that is left out still counts for others.
    LeftOutCounts,
}

struct Reading<'a> {
    spec: &'a RatePlanSpec,
    risk: &'a BTreeMap<String, Scalar>,
    business: Business,
    on: Date,
    mutant: Mutant,
    steps: BTreeMap<&'a str, Number>,
    premiums: BTreeMap<&'a str, Number>,
}

pub fn decimal(value: Decimal) -> Number {
    Number::new(BigInt::from(value.mantissa()), BigInt::from(10).pow(value.scale()))
}

fn place(value: &Scalar, date: bool) -> Option<Number> {
    match value {
        Scalar::Integer(value) => Some(Number::from(BigInt::from(*value))),
        Scalar::Decimal(value) => Some(decimal(*value)),
        Scalar::Date(day) => Some(Number::from(BigInt::from(day.epoch_days()))),
        Scalar::Boolean(value) => Some(Number::from(BigInt::from(i64::from(*value)))),
        Scalar::Text(text) if date => Some(Number::from(BigInt::from(Date::parse(text).ok()?.epoch_days()))),
        Scalar::Text(text) => Decimal::parse(text).ok().map(decimal),
        _ => None,
    }
}

pub fn price(
    spec: &RatePlanSpec,
    risk: &BTreeMap<String, Scalar>,
    request: &RateRequest,
    mutant: Mutant,
) -> Answer<Naive> {
    let rule = if request.business == Business::New { spec.rated_on.new_business } else { spec.rated_on.renewal };
    let on = match rule {
        RatingDate::Inception => request.inception,
        RatingDate::Signing => request.signed_on.unwrap_or(request.inception),
    };
    let mut reading = Reading {
        spec,
        risk,
        business: request.business,
        on,
        mutant,
        steps: BTreeMap::new(),
        premiums: BTreeMap::new(),
    };
    let mut coverages = BTreeMap::new();
    let mut sum = Number::zero();
    for coverage in &spec.coverages {
        let included = coverage.included.as_ref().is_none_or(|_| true);
        let holds = match &coverage.included {
            Some(condition) => reading.holds(condition)?,
            None => included,
        };
        if !holds {
            let counted = if mutant == Mutant::LeftOutCounts { Number::one() } else { Number::zero() };
            reading.premiums.insert(&coverage.code, counted);
            continue;
        }
        let premium = reading.list(&coverage.steps, None)?.ok_or(None_)?;
        if premium.is_negative() {
            return Err(None_);
        }
        for limit in &coverage.limits {
            reading.operand(&limit.amount)?;
        }
        sum += &premium;
        reading.premiums.insert(&coverage.code, premium.clone());
        coverages.insert(coverage.code.clone(), premium);
    }
    let net = if spec.net.is_empty() { sum } else { reading.list(&spec.net, Some(sum))?.ok_or(None_)? };
    if net.is_negative() || (coverages.is_empty() && !net.is_zero()) {
        return Err(None_);
    }
    let mut charges = BTreeMap::new();
    for charge in &spec.charges {
        let holds = match &charge.included {
            Some(condition) => reading.holds(condition)?,
            None => true,
        };
        if holds {
            let amount = reading.list(&charge.steps, Some(net.clone()))?.ok_or(None_)?;
            charges.insert(charge.code.clone(), amount);
        }
    }
    let total = charges.values().fold(net.clone(), |total, charge| total + charge);
    Ok(Naive { coverages, net, charges, total })
}

impl<'a> Reading<'a> {
    fn valid(&self, valid: &ValidDates) -> bool {
        let new = self.business == Business::New || self.mutant == Mutant::OneCalendar;
        let from = if new { valid.from } else { valid.renewals_from.unwrap_or(valid.from) };
        let until = if new { valid.until } else { valid.renewals_until.or(valid.until) };
        from <= self.on && until.is_none_or(|until| self.on < until)
    }

    fn is_date(&self, name: &str) -> bool {
        name == "built"
    }

    fn holds(&self, condition: &Condition) -> Answer<bool> {
        match self.ask(condition)? {
            Some(holds) => Ok(holds),
            None if self.mutant == Mutant::UnknownIsNo => Ok(false),
            None => Err(None_),
        }
    }

    /// Outer error: a parameter without a value. Inner none: not known.
    fn ask(&self, condition: &Condition) -> Answer<Option<bool>> {
        let numbers = |fact: &str, other: &Scalar| {
            let date = self.is_date(fact);
            self.risk.get(fact).map(|value| (place(value, date).unwrap(), place(other, date).unwrap()))
        };
        Ok(match condition {
            Condition::All { of } => {
                let answers = of.iter().map(|one| self.ask(one)).collect::<Answer<Vec<_>>>()?;
                if answers.contains(&Some(false)) {
                    Some(false)
                } else {
                    answers.into_iter().collect::<Option<Vec<_>>>().map(|_| true)
                }
            }
            Condition::Any { of } => {
                let answers = of.iter().map(|one| self.ask(one)).collect::<Answer<Vec<_>>>()?;
                if answers.contains(&Some(true)) {
                    Some(true)
                } else {
                    answers.into_iter().collect::<Option<Vec<_>>>().map(|_| false)
                }
            }
            Condition::Not { of } => self.ask(of)?.map(|holds| !holds),
            Condition::Compare { fact, is, to } => {
                let other = match to {
                    Operand::Value { value } => value.clone(),
                    Operand::Parameter { name } => self.parameter(name)?,
                };
                numbers(fact, &other).map(|(one, other)| match is {
                    Comparison::Equal => one == other,
                    Comparison::NotEqual => one != other,
                    Comparison::LessThan => one < other,
                    Comparison::AtMost => one <= other,
                    Comparison::AtLeast => one >= other,
                    Comparison::MoreThan => one > other,
                })
            }
            Condition::OneOf { fact, values } => self.risk.get(fact).map(|value| values.contains(value)),
            Condition::Within { fact, from, until } => self.risk.get(fact).map(|_| {
                let after = from.as_ref().is_none_or(|from| numbers(fact, from).is_some_and(|(one, from)| one >= from));
                after && until.as_ref().is_none_or(|until| numbers(fact, until).is_some_and(|(one, until)| one < until))
            }),
            Condition::Matches { fact, pattern } => self.risk.get(fact).map(|value| {
                let Scalar::Text(text) = value else { return false };
                match pattern.as_str() {
                    "*th" => text.ends_with("th"),
                    "w?st" => text == "west",
                    "?o*" => text.chars().nth(1) == Some('o'),
                    other => text == other,
                }
            }),
            Condition::Known { fact } => Some(self.risk.contains_key(fact)),
        })
    }

    fn parameter(&self, name: &str) -> Answer<Scalar> {
        let parameter = self.spec.parameters.iter().find(|one| one.name == name).ok_or(None_)?;
        let dated =
            parameter.values.iter().find(|one| one.from <= self.on && one.until.is_none_or(|until| self.on < until));
        dated.map(|dated| dated.value.clone()).ok_or(None_)
    }

    fn list(&mut self, steps: &'a [PlanStep], mut running: Option<Number>) -> Answer<Option<Number>> {
        for step in steps {
            if step.valid.as_ref().is_none_or(|valid| self.valid(valid)) {
                running = self.act(&step.action, running)?;
            }
            if let Some(running) = &running {
                self.steps.insert(&step.name, running.clone());
            }
        }
        Ok(running)
    }

    fn act(&mut self, action: &'a PlanAction, running: Option<Number>) -> Answer<Option<Number>> {
        let before = || running.clone().ok_or(None_);
        Ok(Some(match action {
            PlanAction::Take { amount } => self.operand(amount)?,
            PlanAction::Multiply { by } => before()? * self.operand(by)?,
            PlanAction::Divide { by } => {
                let by = self.operand(by)?;
                if by.is_zero() {
                    return Err(None_);
                }
                let quotient = before()? / by;
                if self.mutant == Mutant::CutQuotient { round(&quotient, RoundingMode::HalfUp, 9) } else { quotient }
            }
            PlanAction::Add { amount } => before()? + self.operand(amount)?,
            PlanAction::Subtract { amount } => before()? - self.operand(amount)?,
            PlanAction::PerUnit { units, size, rate } => {
                let more = self.operand(units)? * self.operand(rate)? / decimal(*size);
                before()? + more
            }
            PlanAction::AtLeast { amount } => before()?.max(self.operand(amount)?),
            PlanAction::AtMost { amount } => before()?.min(self.operand(amount)?),
            PlanAction::CapChange { expiring, down, up } => {
                let mut after = before()?;
                let renewal = self.business == Business::Renewal || self.mutant == Mutant::CapsNew;
                if let (true, Some(last)) = (renewal, self.risk.get(expiring)) {
                    let last = place(last, false).unwrap();
                    if let Some(down) = down {
                        after = after.max(&last * (Number::one() - self.operand(down)?));
                    }
                    if let Some(up) = up {
                        after = after.min(&last * (Number::one() + self.operand(up)?));
                    }
                }
                after
            }
            PlanAction::Round { rounding: Rounding { mode, place } } => {
                let mode = match (mode, self.mutant) {
                    (RoundingMode::HalfUp, Mutant::HalfDown) => RoundingMode::HalfEven,
                    (mode, _) => *mode,
                };
                round(&before()?, mode, *place)
            }
            PlanAction::When { condition, then, otherwise } => {
                let taken = if self.holds(condition)? { then } else { otherwise };
                return self.list(taken, running);
            }
            PlanAction::Choose { branches, otherwise } => {
                for branch in branches {
                    if self.holds(&branch.condition)? {
                        return self.list(&branch.steps, running);
                    }
                }
                return self.list(otherwise, running);
            }
        }))
    }

    fn operand(&mut self, operand: &'a PlanOperand) -> Answer<Number> {
        match operand {
            PlanOperand::Value { value } => Ok(decimal(*value)),
            PlanOperand::Input { name } => self.risk.get(name).and_then(|value| place(value, false)).ok_or(None_),
            PlanOperand::Parameter { name } => Ok(place(&self.parameter(name)?, false).unwrap()),
            PlanOperand::Step { name } => self.steps.get(name.as_str()).cloned().ok_or(None_),
            PlanOperand::Coverage { code } => self.premiums.get(code.as_str()).cloned().ok_or(None_),
            PlanOperand::Figure { name } => {
                let figure = self.spec.figures.iter().find(|one| one.name == *name).ok_or(None_)?;
                self.list(&figure.steps, None)?.ok_or(None_)
            }
            PlanOperand::Table { name, column } => {
                let (table, rows) = self.version(name)?;
                let row = rows.iter().find(|row| self.fits(table, row, table.keys.len())).ok_or(None_)?;
                value_of(table, row, column)
            }
            PlanOperand::Between { name, column } => {
                let (table, rows) = self.version(name)?;
                let axis = table.keys.last().unwrap();
                let date = self.is_date(axis);
                let at = place(&self.risk[axis], date).unwrap();
                let mut points: Vec<(Number, &TableRow)> = rows
                    .iter()
                    .filter(|row| self.fits(table, row, table.keys.len() - 1))
                    .map(|row| match row.keys.last() {
                        Some(RowKey::Is { value }) => (place(value, date).unwrap(), row),
                        other => panic!("{other:?}"),
                    })
                    .collect();
                points.sort_by(|one, other| one.0.cmp(&other.0));
                if let Some((_, row)) = points.iter().find(|(point, _)| *point == at) {
                    return value_of(table, row, column);
                }
                let (low, below) = points.iter().rev().find(|(point, _)| *point < at).ok_or(None_)?;
                let (high, above) = points.iter().find(|(point, _)| *point > at).ok_or(None_)?;
                let (first, last) = (value_of(table, below, column)?, value_of(table, above, column)?);
                if self.mutant == Mutant::NearestRow {
                    return Ok(first);
                }
                Ok(&first + (last - &first) * (at - low) / (high - low))
            }
        }
    }

    fn version(&self, name: &str) -> Answer<(&'a RateTable, &'a [TableRow])> {
        let table = self.spec.tables.iter().find(|one| one.name == name).ok_or(None_)?;
        let version = table.versions.iter().find(|version| self.valid(&version.valid)).ok_or(None_)?;
        if table.keys.iter().any(|key| !self.risk.contains_key(key)) {
            return Err(None_);
        }
        Ok((table, &version.rows))
    }

    fn fits(&self, table: &RateTable, row: &TableRow, keys: usize) -> bool {
        table.keys.iter().zip(&row.keys).take(keys).all(|(name, key)| {
            let (value, date) = (&self.risk[name], self.is_date(name));
            let number = |value: &Scalar| place(value, date).unwrap();
            match key {
                RowKey::Any {} => true,
                RowKey::Is { value: one } => {
                    value == one || (!matches!(one, Scalar::Text(_)) && number(value) == number(one))
                }
                RowKey::OneOf { values } => values.contains(value),
                RowKey::Range { from, until } => {
                    let end = |until: &Scalar| {
                        if self.mutant == Mutant::ClosedRange {
                            number(value) <= number(until)
                        } else {
                            number(value) < number(until)
                        }
                    };
                    from.as_ref().is_none_or(|from| number(value) >= number(from)) && until.as_ref().is_none_or(end)
                }
            }
        })
    }
}

fn value_of(table: &RateTable, row: &TableRow, column: &str) -> Answer<Number> {
    let column = table.columns.iter().position(|one| one.name == column).unwrap();
    row.values[column].map(decimal).ok_or(None_)
}

pub fn round(value: &Number, mode: RoundingMode, place: i64) -> Number {
    let ten = Number::from(BigInt::from(10));
    let unit = if place >= 0 { ten.pow(place as i32).recip() } else { ten.pow(-place as i32) };
    let scaled = value / &unit;
    let (floor, ceiling) = (scaled.floor(), scaled.ceil());
    let half = Number::new(BigInt::from(1), BigInt::from(2));
    let rest = &scaled - &floor;
    let away = if scaled.is_negative() { floor.clone() } else { ceiling.clone() };
    let toward = if scaled.is_negative() { ceiling.clone() } else { floor.clone() };
    let nearest = |tie: Number| match rest.cmp(&half) {
        std::cmp::Ordering::Less => floor.clone(),
        std::cmp::Ordering::Greater => ceiling.clone(),
        std::cmp::Ordering::Equal => tie,
    };
    let even = if (floor.to_integer() % BigInt::from(2)).is_zero() { floor.clone() } else { ceiling.clone() };
    let rounded = match mode {
        RoundingMode::HalfUp => nearest(away),
        RoundingMode::HalfEven => nearest(even),
        RoundingMode::Up => away,
        RoundingMode::Down => toward,
        RoundingMode::Ceiling => ceiling.clone(),
        RoundingMode::Floor => floor.clone(),
    };
    rounded * unit
}
