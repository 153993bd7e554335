//! Tables and conditions of compiled plans.

use alloc::vec::Vec;

use super::{
    columns::ColumnScale,
    emit::Emitter,
    index::Index,
    input::Input,
    program::{Holds, Instruction, Join, NO, Register, UNKNOWN, YES},
    scale::{Place, Scaled, Shape},
    table::Table,
};
use crate::rulebook::{Comparison, To, Typed, Value, ValueType};

impl Emitter<'_> {
    fn version(&self, table: usize) -> Option<usize> {
        self.plan.tables.get(table)?.version(self.business, self.on).map(|(number, _)| number)
    }

    /// A value of the row that fits.
    pub(super) fn cell(&mut self, table: usize, column: usize) -> Shape {
        let plan = self.plan;
        let Some(of) = plan.tables.get(table) else { return Shape::UNKNOWN };
        let Some(number) = self.version(table) else { return self.spoiled() };
        let Some(version) = of.versions.get(number) else { return Shape::UNKNOWN };
        if of.keys.is_empty()
            && let Some(value) = version.value(0, column, of.columns.len())
        {
            return Shape::decimal(value);
        }
        let at = (table, number, column);
        let index = self.indexes.get(table).and_then(|versions| versions.get(number));
        let Some(found) = self.columns.of(at, of, version, index) else {
            let digits = self.columns.digits(at, of, version);
            return Shape { denominator: 10_i128.checked_pow(digits), scaled: None };
        };
        let Some(rows) = self.rows_of(table, of, number) else { return Shape::UNKNOWN };
        self.column(rows, found).map_or(Shape::UNKNOWN, Shape::of)
    }

    /// A column at the rows of a register.
    fn column(&self, rows: Register, column: usize) -> Option<Scaled> {
        let ColumnScale { denominator, low, high } = self.columns.scale(column)?;
        let wide = self.columns.is_wide(column);
        Some(Scaled { place: Place::Cell { rows, column, wide }, denominator, low, high })
    }

    /// The rows of a table; where its one key has few values, their places, for columns spread over them.
    fn rows_of(&mut self, table: usize, of: &Table, version: usize) -> Option<Register> {
        if let Some(known) = self.rows.get(&table) {
            return *known;
        }
        let keys: Option<Vec<Register>> = of.keys.iter().map(|key| self.point(*key)).collect();
        let register = keys.map(|keys| match (self.direct(table, version), keys.as_slice()) {
            (Some((low, _)), [input]) => {
                let input = *input;
                if let Some(known) = self.places.get(&input) {
                    return *known;
                }
                let to = self.register(Holds::Rows);
                self.program.instructions.push(Instruction::Places { to, input, low });
                self.places.insert(input, to);
                to
            }
            _ => {
                let to = self.register(Holds::Rows);
                self.program.instructions.push(Instruction::Rows { to, table, version, keys });
                to
            }
        });
        self.rows.insert(table, register);
        register
    }

    fn direct(&self, table: usize, version: usize) -> Option<(i64, &[u32])> {
        match self.indexes.get(table)?.get(version)? {
            Index::Direct { low, rows } => Some((*low, rows)),
            _ => None,
        }
    }

    /// A column times a factor, as a column of its own; none where there is no room for it.
    pub(super) fn scaled_column(&mut self, rows: Register, column: usize, factor: i128) -> Option<Scaled> {
        let column = self.columns.times(column, factor)?;
        self.column(rows, column)
    }

    /// A value between two rows.
    pub(super) fn between(&mut self, table: usize, column: usize) -> Shape {
        let plan = self.plan;
        let Some(of) = plan.tables.get(table) else { return Shape::UNKNOWN };
        let Some(number) = self.version(table) else { return self.spoiled() };
        let Some(version) = of.versions.get(number) else { return Shape::UNKNOWN };
        let Some(column) = self.columns.of((table, number, column), of, version, None) else { return Shape::UNKNOWN };
        let Some(scale) = self.columns.scale(column) else { return Shape::UNKNOWN };
        // One denominator for every distance between two neighbours.
        let unit = self.columns.distance(table, number, version);
        let denominator = unit.and_then(|unit| scale.denominator.checked_mul(unit));
        let scaled = denominator.zip(unit).and_then(|(denominator, unit)| {
            let (low, high) = (scale.low.checked_mul(unit)?, scale.high.checked_mul(unit)?);
            // A rise over a whole distance is the largest number in between.
            high.checked_sub(low)?.checked_add(high.checked_abs()?)?.checked_add(low.checked_abs()?)?;
            let keys: Option<Vec<Register>> = of.keys.iter().map(|key| self.point(*key)).collect();
            let keys = keys?;
            let to = self.register(Holds::Wide);
            self.program.instructions.push(Instruction::Between { to, table, version: number, column, keys, unit });
            Some(Scaled { place: Place::Wide(to), denominator, low, high })
        });
        Shape { denominator, scaled }
    }

    /// The outcome of a condition.
    pub(super) fn test(&mut self, condition: &Typed) -> Register {
        match condition {
            Typed::All(tests) => self.join(Join::All, tests),
            Typed::Any(tests) => self.join(Join::Any, tests),
            Typed::Not(test) => {
                let of = self.test(test);
                let to = self.register(Holds::Mark);
                self.program.instructions.push(Instruction::Not { to, of });
                to
            }
            Typed::Compare { fact, is, to } => {
                let value = match to {
                    To::Value(value) => Some(value.clone()),
                    To::Parameter(name) => {
                        let dated = self.plan.dated.get(name);
                        dated.and_then(|dated| dated.at(self.on).ok()).map(|known| known.value)
                    }
                };
                // A parameter without a value on this day is refused, whatever the other tests say.
                let Some(value) = value else { return self.constantly(UNKNOWN, true) };
                self.leaf(&fact.name, |input| compared(input, *is, &value))
            }
            Typed::OneOf { fact, values } => self.leaf(&fact.name, |input| {
                values.iter().filter_map(|value| input.exactly(value)).map(|point| (point, point)).collect()
            }),
            Typed::Within { fact, from, until } => self.leaf(&fact.name, |input| {
                let low = from.as_ref().map_or(input.low, |from| input.ceiling(from));
                let high = until.as_ref().map_or(input.high, |until| input.ceiling(until).saturating_sub(1));
                alloc::vec![(low, high)]
            }),
            Typed::Matches { fact, pattern } => self.leaf(&fact.name, |input| {
                let points = (input.low..=input.high).filter(|point| input.value(*point).seen().fits(pattern));
                points.map(|point| (point, point)).collect()
            }),
            Typed::Known { fact } => {
                let input = self.inputs.get(fact.name.as_str()).copied().and_then(|input| self.point(input));
                let Some(input) = input else { return self.constantly(NO, true) };
                let to = self.register(Holds::Mark);
                self.program.instructions.push(Instruction::Known { to, input });
                to
            }
        }
    }

    fn join(&mut self, join: Join, tests: &[Typed]) -> Register {
        let of: Vec<Register> = tests.iter().map(|test| self.test(test)).collect();
        if of.is_empty() {
            return self.constantly(if join == Join::All { YES } else { NO }, false);
        }
        let to = self.register(Holds::Mark);
        self.program.instructions.push(Instruction::Joined { to, join, of });
        to
    }

    fn leaf(&mut self, name: &str, stretches: impl Fn(&Input) -> Vec<(i64, i64)>) -> Register {
        let Some(index) = self.inputs.get(name).copied() else { return self.constantly(NO, true) };
        let (Some(register), Some(input)) = (self.point(index), self.plan.inputs.get(index)) else {
            return self.constantly(NO, true);
        };
        let mut stretches = stretches(input);
        stretches.retain(|(low, high)| low <= high);
        let to = self.register(Holds::Mark);
        self.program.instructions.push(Instruction::Test { to, input: register, stretches });
        to
    }
}

/// The points that compare so with a value.
fn compared(input: &Input, is: Comparison, value: &Value) -> Vec<(i64, i64)> {
    let exact = input.exactly(value);
    if matches!(input.value_type, ValueType::Text | ValueType::Boolean) {
        return match (is, exact) {
            (Comparison::NotEqual, Some(point)) => alloc::vec![(input.low, point - 1), (point + 1, input.high)],
            (Comparison::NotEqual, None) => alloc::vec![(input.low, input.high)],
            (_, Some(point)) => alloc::vec![(point, point)],
            (_, None) => Vec::new(),
        };
    }
    let first = input.ceiling(value);
    let after = if exact.is_some() { first.saturating_add(1) } else { first };
    let (low, high) = (input.low, input.high);
    match is {
        Comparison::Equal => exact.map(|point| (point, point)).into_iter().collect(),
        Comparison::NotEqual => alloc::vec![(low, first - 1), (after, high)],
        Comparison::LessThan => alloc::vec![(low, first - 1)],
        Comparison::AtMost => alloc::vec![(low, after - 1)],
        Comparison::AtLeast => alloc::vec![(first, high)],
        Comparison::MoreThan => alloc::vec![(after, high)],
    }
}
