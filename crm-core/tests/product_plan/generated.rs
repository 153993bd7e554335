//! Plans and risks from a seed: tables over every kind of key, dated twice, branches, figures, interpolation, caps.

use std::collections::BTreeMap;

use crm_core::{
    calendar::Date,
    money::{Currency, Decimal, Rounding, RoundingMode},
    product::{
        Business, ChargeNature, CoverLimit, CoveragePlan, PlanAction, PlanBranch, PlanCharge, PlanFigure, PlanOperand,
        PlanShare, PlanStep, RatePlanSpec, RateRequest, RateTable, RatingDate, RatingDates, RowKey, TableColumn,
        TableRow, TableVersion, ValidDates,
    },
    rulebook::{Comparison, Condition, DatedValue, FactDeclaration, Operand, Parameter, Scalar, ValueType},
};

/// SplitMix64.
pub struct Dice(pub u64);

impl Dice {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, count: usize) -> usize {
        (self.next() >> 11) as usize % count
    }

    pub fn one_in(&mut self, count: usize) -> bool {
        self.below(count) == 0
    }

    pub fn number(&mut self, low: i64, high: i64) -> i64 {
        low + (self.next() >> 11) as i64 % (high - low + 1)
    }

    pub fn decimal(&mut self, low: i64, high: i64, scale: u32) -> Decimal {
        Decimal::from_parts(i128::from(self.number(low, high)), scale).unwrap()
    }
}

pub fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

const CHOICES: [&str; 3] = ["north", "south", "west"];
pub const NAMES: [&str; 6] = ["area", "age", "worth", "built", "fleet", "last"];

fn fact(name: &str, value_type: ValueType, bounds: Option<(Scalar, Scalar)>) -> FactDeclaration {
    FactDeclaration {
        name: name.into(),
        value_type,
        unit: None,
        meaning: name.into(),
        meaning_zh: name.into(),
        personal: false,
        choices: if value_type == ValueType::Text { CHOICES.map(String::from).into() } else { Vec::new() },
        minimum: bounds.as_ref().map(|(low, _)| low.clone()),
        maximum: bounds.map(|(_, high)| high),
    }
}

fn inputs() -> Vec<FactDeclaration> {
    vec![
        fact("area", ValueType::Text, None),
        fact("age", ValueType::Integer, Some((0.into(), 30.into()))),
        fact("worth", ValueType::Decimal, Some(("-5.00".into(), "90000.00".into()))),
        fact("built", ValueType::Date, Some(("2000-01-01".into(), "2002-12-31".into()))),
        fact("fleet", ValueType::Boolean, None),
        fact("last", ValueType::Decimal, Some(("0.00".into(), "5000.00".into()))),
    ]
}

/// A value of an input, now and then at a bound.
pub fn value(dice: &mut Dice, input: usize) -> Scalar {
    match input {
        0 => CHOICES[dice.below(3)].into(),
        1 => Scalar::Integer(dice.number(0, 30)),
        2 => {
            let high = if dice.one_in(2) { 2_000 } else { 9_000_000 };
            dice.decimal(-500, high, 2).into()
        }
        3 => day("2000-01-01").plus_days(dice.number(0, 1095)).unwrap().into(),
        4 => dice.one_in(2).into(),
        _ => dice.decimal(0, 500_000, 2).into(),
    }
}

/// Keys that cover every value of an input once.
fn partition(dice: &mut Dice, input: usize) -> Vec<RowKey> {
    let is = |value: Scalar| RowKey::Is { value };
    let ranges = |points: Vec<Scalar>| {
        let mut keys = Vec::new();
        let mut from = None;
        for point in points {
            keys.push(RowKey::Range { from, until: Some(point.clone()) });
            from = Some(point);
        }
        keys.push(RowKey::Range { from, until: None });
        keys
    };
    match (input, dice.below(3)) {
        (_, 0) => vec![RowKey::Any {}],
        (0, 1) => CHOICES.map(|choice| is(choice.into())).into(),
        (0, _) => vec![RowKey::OneOf { values: vec!["west".into(), "north".into()] }, is("south".into())],
        (1, 1) => (0..=30).map(|age| is(Scalar::Integer(age))).collect(),
        (1, _) => ranges(vec![Scalar::Integer(dice.number(1, 10)), Scalar::Integer(dice.number(11, 30))]),
        (3, _) => ranges(vec![day("2001-01-01").plus_days(dice.number(0, 100)).unwrap().into()]),
        (4, _) => vec![is(true.into()), is(false.into())],
        _ => ranges(vec![dice.decimal(1, 2_000, 2).into(), dice.decimal(2_001, 400_000, 2).into()]),
    }
}

fn rows(dice: &mut Dice, keys: &[usize], columns: usize) -> Vec<TableRow> {
    let mut rows: Vec<Vec<RowKey>> = vec![Vec::new()];
    for key in keys {
        let parts = partition(dice, *key);
        rows = rows
            .into_iter()
            .flat_map(|row| parts.iter().map(move |part| row.iter().cloned().chain([part.clone()]).collect()))
            .collect();
    }
    rows.into_iter()
        .map(|keys| {
            let scale = dice.below(4) as u32;
            let values = (0..columns).map(|_| (!dice.one_in(40)).then(|| dice.decimal(-50, 3_000, scale))).collect();
            TableRow { keys, values }
        })
        .collect()
}

fn valid(from: &str, until: Option<&str>) -> ValidDates {
    ValidDates { from: day(from), until: until.map(day), renewals_from: None, renewals_until: None }
}

fn tables(dice: &mut Dice) -> Vec<RateTable> {
    let mut tables = Vec::new();
    for (index, name) in ["first", "second", "line"].into_iter().enumerate() {
        let line = index == 2;
        let mut keys: Vec<usize> = (0..5).filter(|_| dice.one_in(2)).collect();
        if line {
            keys = vec![0, [1, 2, 3][dice.below(3)]];
        }
        let columns = if line { 1 } else { 2 };
        let version = |dice: &mut Dice, valid: ValidDates| {
            let rows = if line { points(dice, keys[1]) } else { rows(dice, &keys, columns) };
            TableVersion { valid, source: "generated".into(), rows }
        };
        let mut early = valid("2010-01-01", Some("2020-01-01"));
        early.renewals_until = Some(day("2020-03-01"));
        let mut late = valid("2020-01-01", None);
        late.renewals_from = Some(day("2020-03-01"));
        let versions = vec![version(dice, early), version(dice, late)];
        tables.push(RateTable {
            name: name.into(),
            title: name.into(),
            title_zh: name.into(),
            keys: keys.iter().map(|key| NAMES[*key].into()).collect(),
            columns: (0..columns).map(|column| TableColumn { name: format!("c{column}"), unit: None }).collect(),
            versions,
        });
    }
    tables
}

/// Rows for interpolation: some points for each area.
fn points(dice: &mut Dice, axis: usize) -> Vec<TableRow> {
    let mut rows = Vec::new();
    for area in CHOICES {
        let mut at: Vec<i64> = (0..dice.number(2, 4)).map(|_| dice.number(0, 30)).collect();
        at.extend([0, 30]);
        at.sort_unstable();
        at.dedup();
        for point in at {
            let axis = match axis {
                1 => Scalar::Integer(point),
                2 => Decimal::from_parts(i128::from(point) * 300_000, 2).unwrap().into(),
                _ => day("2000-01-01").plus_days(point * 36).unwrap().into(),
            };
            let keys = vec![RowKey::Is { value: area.into() }, RowKey::Is { value: axis }];
            rows.push(TableRow { keys, values: vec![(!dice.one_in(30)).then(|| dice.decimal(0, 900, 1))] });
        }
    }
    rows
}

fn condition(dice: &mut Dice, depth: usize) -> Condition {
    let signs = [
        Comparison::Equal,
        Comparison::NotEqual,
        Comparison::LessThan,
        Comparison::AtMost,
        Comparison::AtLeast,
        Comparison::MoreThan,
    ];
    match dice.below(if depth > 2 { 6 } else { 9 }) {
        0 => Condition::Compare {
            fact: "age".into(),
            is: signs[dice.below(6)],
            to: if dice.one_in(3) {
                Operand::Parameter { name: "old".into() }
            } else {
                Operand::Value { value: dice.number(0, 30).into() }
            },
        },
        1 => Condition::Compare {
            fact: "worth".into(),
            is: signs[dice.below(6)],
            to: Operand::Value { value: dice.decimal(-400, 90_000, 2).into() },
        },
        2 => Condition::OneOf { fact: "area".into(), values: vec!["south".into(), CHOICES[dice.below(3)].into()] },
        3 => Condition::Within {
            fact: "built".into(),
            from: (!dice.one_in(3)).then(|| day("2000-06-01").into()),
            until: Some(day("2002-01-01").plus_days(dice.number(0, 300)).unwrap().into()),
        },
        4 => Condition::Known { fact: NAMES[dice.below(6)].into() },
        5 => Condition::Matches { fact: "area".into(), pattern: ["*th", "w?st", "north", "?o*"][dice.below(4)].into() },
        6 => Condition::Not { of: Box::new(condition(dice, depth + 1)) },
        7 => Condition::All { of: vec![condition(dice, depth + 1), condition(dice, depth + 1)] },
        _ => Condition::Any { of: vec![condition(dice, depth + 1), condition(dice, depth + 1)] },
    }
}

struct Writer<'a> {
    dice: &'a mut Dice,
    names: usize,
    coverages: usize,
    figures: usize,
    before: Vec<String>,
}

const MODES: [RoundingMode; 6] = [
    RoundingMode::HalfUp,
    RoundingMode::HalfEven,
    RoundingMode::Up,
    RoundingMode::Down,
    RoundingMode::Ceiling,
    RoundingMode::Floor,
];

impl Writer<'_> {
    fn step(&mut self, action: PlanAction) -> PlanStep {
        self.names += 1;
        let name = format!("s{}", self.names);
        let valid = match self.dice.below(12) {
            0 if !matches!(action, PlanAction::Take { .. }) => Some(valid("2015-01-01", Some("2021-06-01"))),
            _ => None,
        };
        PlanStep { text: name.clone(), text_zh: name.clone(), name, valid, action }
    }

    fn operand(&mut self) -> PlanOperand {
        let column = format!("c{}", self.dice.below(2));
        match self.dice.below(11) {
            0 => PlanOperand::Value { value: self.dice.decimal(-200, 4_000, 3) },
            1 => PlanOperand::Input { name: ["age", "worth", "last"][self.dice.below(3)].into() },
            2 => PlanOperand::Parameter { name: "rate".into() },
            3 if self.figures > 0 => PlanOperand::Figure { name: format!("f{}", self.dice.below(self.figures)) },
            4 => PlanOperand::Between { name: "line".into(), column: "c0".into() },
            5 if !self.before.is_empty() => {
                PlanOperand::Step { name: self.before[self.dice.below(self.before.len())].clone() }
            }
            6 if self.coverages > 0 => PlanOperand::Coverage { code: format!("k{}", self.dice.below(self.coverages)) },
            7 | 8 => PlanOperand::Table { name: "second".into(), column },
            _ => PlanOperand::Table { name: "first".into(), column },
        }
    }

    fn action(&mut self, depth: usize) -> PlanAction {
        let amount = self.operand();
        match self.dice.below(if depth > 2 { 11 } else { 14 }) {
            0 => PlanAction::Take { amount },
            1 | 2 => PlanAction::Multiply { by: amount },
            3 => PlanAction::Divide {
                by: if self.dice.one_in(3) {
                    amount
                } else {
                    PlanOperand::Value { value: self.dice.decimal(1, 60, 1) }
                },
            },
            4 => PlanAction::Add { amount },
            5 => PlanAction::Subtract { amount },
            6 => PlanAction::PerUnit { units: amount, size: self.dice.decimal(1, 1_000, 0), rate: self.operand() },
            7 => PlanAction::AtLeast { amount },
            8 => PlanAction::AtMost { amount },
            9 => PlanAction::CapChange {
                expiring: "last".into(),
                down: (!self.dice.one_in(3)).then(|| PlanOperand::Value { value: self.dice.decimal(0, 90, 2) }),
                up: (!self.dice.one_in(3)).then(|| PlanOperand::Value { value: self.dice.decimal(0, 90, 2) }),
            },
            10 => PlanAction::Round {
                rounding: Rounding { mode: MODES[self.dice.below(6)], place: self.dice.number(-2, 5) },
            },
            11 | 12 => PlanAction::When {
                condition: condition(self.dice, 0),
                then: self.branch(depth),
                otherwise: self.branch(depth),
            },
            _ => PlanAction::Choose {
                branches: (0..2)
                    .map(|_| PlanBranch { condition: condition(self.dice, 0), steps: self.branch(depth) })
                    .collect(),
                otherwise: self.branch(depth),
            },
        }
    }

    fn branch(&mut self, depth: usize) -> Vec<PlanStep> {
        let before = self.before.len();
        let mut steps = Vec::new();
        for _ in 0..self.dice.below(3) {
            let action = self.action(depth + 1);
            let step = self.step(action);
            self.before.push(step.name.clone());
            steps.push(step);
        }
        self.before.truncate(before);
        steps
    }

    fn list(&mut self, take: bool, end: Option<i64>) -> Vec<PlanStep> {
        self.before.clear();
        let mut steps = Vec::new();
        if take {
            let amount = self.operand();
            steps.push(self.step(PlanAction::Take { amount }));
            self.before.push(steps[0].name.clone());
        }
        for _ in 0..self.dice.below(5) {
            let action = self.action(0);
            let step = self.step(action);
            self.before.push(step.name.clone());
            steps.push(step);
        }
        if let Some(place) = end {
            self.names += 1;
            let name = format!("s{}", self.names);
            let rounding = Rounding { mode: MODES[self.dice.below(6)], place };
            let action = PlanAction::Round { rounding };
            steps.push(PlanStep { text: name.clone(), text_zh: name.clone(), name, valid: None, action });
        }
        steps
    }
}

/// A plan that loads.
pub fn plan(dice: &mut Dice) -> RatePlanSpec {
    let tables = tables(dice);
    let mut writer = Writer { dice, names: 0, coverages: 0, figures: 0, before: Vec::new() };
    let mut figures = Vec::new();
    for index in 0..1 + writer.dice.below(3) {
        // It ends rounded, so that numbers stay short. The first one sees to it that the line is interpolated.
        let mut steps = writer.list(true, Some(4));
        if index == 0 {
            steps[0].action =
                PlanAction::Take { amount: PlanOperand::Between { name: "line".into(), column: "c0".into() } };
        }
        let name = format!("f{index}");
        figures.push(PlanFigure { title: name.clone(), title_zh: name.clone(), name, steps });
        writer.figures += 1;
    }
    let mut coverages = Vec::new();
    for index in 0..1 + writer.dice.below(3) {
        let code = format!("k{index}");
        let included = writer.dice.one_in(2).then(|| condition(writer.dice, 0));
        let limits = if writer.dice.one_in(3) {
            let amount = PlanOperand::Table { name: "second".into(), column: "c0".into() };
            vec![CoverLimit { name: "limit".into(), title: "limit".into(), title_zh: "limit".into(), amount }]
        } else {
            Vec::new()
        };
        let place = writer.dice.number(0, 2);
        let mut steps = writer.list(true, Some(place));
        if !writer.dice.one_in(3) {
            let floor = writer.dice.decimal(0, 3_000, 2);
            writer.names += 1;
            let name = format!("s{}", writer.names);
            let action = PlanAction::AtLeast { amount: PlanOperand::Value { value: floor } };
            steps.push(PlanStep { text: name.clone(), text_zh: name.clone(), name, valid: None, action });
        }
        coverages.push(CoveragePlan { title: code.clone(), title_zh: code.clone(), code, included, limits, steps });
        writer.coverages += 1;
    }
    let net = if writer.dice.one_in(2) { writer.list(false, Some(2)) } else { Vec::new() };
    let mut charges = Vec::new();
    for index in 0..writer.dice.below(3) {
        let code = format!("t{index}");
        let included = writer.dice.one_in(2).then(|| condition(writer.dice, 0));
        let steps = writer.list(false, Some(2));
        let nature = ChargeNature::Tax;
        charges.push(PlanCharge { title: code.clone(), title_zh: code.clone(), code, nature, included, steps });
    }
    let shares = if dice.one_in(2) {
        let part = dice.decimal(1, 999, 3);
        let rest = Decimal::from_parts(1_000 - part.mantissa(), 3).unwrap();
        vec![PlanShare { code: "us".into(), part }, PlanShare { code: "them".into(), part: rest }]
    } else {
        Vec::new()
    };
    let dated = |value: Scalar, from: &str, until: Option<&str>| DatedValue {
        value,
        from: day(from),
        until: until.map(day),
        source: "generated".into(),
    };
    let parameters = vec![
        Parameter {
            name: "rate".into(),
            value_type: ValueType::Decimal,
            unit: None,
            values: vec![
                dated(dice.decimal(0, 500, 2).into(), "2011-01-01", Some("2020-02-01")),
                dated(dice.decimal(0, 500, 3).into(), "2020-02-01", None),
            ],
            checked_until: day("2024-12-31"),
        },
        Parameter {
            name: "old".into(),
            value_type: ValueType::Integer,
            unit: None,
            values: vec![dated(dice.number(0, 30).into(), "2010-06-01", None)],
            checked_until: day("2025-12-31"),
        },
    ];
    RatePlanSpec {
        name: "generated".into(),
        title: "generated".into(),
        title_zh: "generated".into(),
        currency: Currency::CNY,
        source: "generated".into(),
        checked_until: day("2026-12-31"),
        rated_on: RatingDates {
            new_business: RatingDate::Inception,
            renewal: if dice.one_in(2) { RatingDate::Signing } else { RatingDate::Inception },
        },
        inputs: inputs(),
        parameters,
        tables,
        figures,
        coverages,
        net,
        charges,
        shares,
        cases: Vec::new(),
    }
}

/// A risk, now and then with something missing.
pub fn risk(dice: &mut Dice) -> BTreeMap<String, Scalar> {
    let holes = dice.one_in(3);
    let mut risk = BTreeMap::new();
    for (index, name) in NAMES.iter().enumerate() {
        let value = value(dice, index);
        if !(holes && dice.one_in(3)) {
            risk.insert((*name).to_owned(), value);
        }
    }
    risk
}

/// A request around the days on which something changes.
pub fn request(dice: &mut Dice) -> RateRequest {
    let edges = [
        "2010-01-01",
        "2011-01-01",
        "2015-01-01",
        "2020-01-01",
        "2020-02-01",
        "2020-03-01",
        "2021-06-01",
        "2025-01-01",
    ];
    let around = |dice: &mut Dice| day(edges[dice.below(8)]).plus_days(dice.number(-1, 1)).unwrap();
    RateRequest {
        business: if dice.one_in(2) { Business::New } else { Business::Renewal },
        inception: around(dice),
        signed_on: dice.one_in(2).then(|| around(dice)),
    }
}
