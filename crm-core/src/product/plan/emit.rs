//! From steps to instructions, for one edition: with the proof that each amount is rounded where it must be.

use alloc::{collections::BTreeMap, vec::Vec};

use super::{
    Business, RatePlan,
    columns::Columns,
    index::Index,
    program::{Holds, Instruction, NO, Op, Output, Program, Register, UNKNOWN},
    scale::{Place, Scaled, Shape, common},
    steps::{Act, Operand, Step},
};
use crate::{
    calendar::Date,
    money::{Rounding, Unrounded},
    refusal::{Code, Fault},
    rulebook::Typed,
};

/// What is known of the running amount.
#[derive(Debug, Clone, Copy)]
pub(super) enum Running {
    /// Nothing was taken yet.
    Nothing,
    /// Nothing on one way, something on another.
    Maybe,
    Some(Shape),
}

/// Makes the program of one edition.
pub(super) struct Emitter<'a> {
    pub(super) plan: &'a RatePlan,
    pub(super) indexes: &'a [Vec<Index>],
    pub(super) business: Business,
    pub(super) on: Date,
    pub(super) program: Program,
    pub(super) faults: Vec<Fault>,
    /// Faults of figures.
    told: Vec<Fault>,
    pub(super) inputs: BTreeMap<&'a str, usize>,
    pub(super) columns: &'a mut Columns,
    pub(super) rows: BTreeMap<usize, Option<Register>>,
    pub(super) points: BTreeMap<usize, Register>,
    /// The places of an input's points.
    pub(super) places: BTreeMap<Register, Register>,
    figures: BTreeMap<usize, Shape>,
    premiums: Vec<Shape>,
    steps: BTreeMap<usize, Shape>,
}

impl<'a> Emitter<'a> {
    pub(super) fn new(
        plan: &'a RatePlan,
        indexes: &'a [Vec<Index>],
        columns: &'a mut Columns,
        business: Business,
        on: Date,
    ) -> Self {
        Self {
            plan,
            indexes,
            business,
            on,
            program: Program::default(),
            faults: Vec::new(),
            told: Vec::new(),
            inputs: (plan.inputs.iter().enumerate()).map(|(index, input)| (input.name.as_str(), index)).collect(),
            columns,
            rows: BTreeMap::new(),
            points: BTreeMap::new(),
            places: BTreeMap::new(),
            figures: BTreeMap::new(),
            premiums: Vec::new(),
            steps: BTreeMap::new(),
        }
    }

    /// The whole plan; none where only the model can answer.
    pub(super) fn run(&mut self) -> Option<Program> {
        let plan = self.plan;
        let digits = plan.spec.currency.digits();
        let mut complete = true;
        let mut sum = Some(Shape::constant(Unrounded::ZERO));
        // Every bounded input is read, so that a value outside its bounds is noticed whatever the way.
        for input in 0..plan.inputs.len() {
            _ = self.point(input);
        }
        // Every figure is looked into, also one that nothing uses.
        for figure in 0..plan.figures.len() {
            _ = self.figure(figure);
        }
        for (index, coverage) in plan.coverages.iter().enumerate() {
            let included = coverage.included.as_ref().map(|condition| self.test(condition));
            let result = self.list(&coverage.steps, Running::Nothing, &[("coverages", Some(index)), ("steps", None)]);
            let at = |fault: Fault| fault.at("steps").at_index(index).at("coverages");
            let shape = self.settled(result, digits, at);
            for (limit, operand) in coverage.limits.iter().enumerate() {
                let shape = self.operand(operand);
                if !shape.ends_after(28) {
                    let fault = self.unrounded(28).at("amount").at_index(limit).at("limits");
                    self.faults.push(fault.at_index(index).at("coverages"));
                }
                match self.held(shape).filter(|held| fits_decimal(held.low, held.high)) {
                    Some(held) => {
                        self.program.limits.push(output_of(held, included));
                    }
                    None => complete = false,
                }
            }
            self.running(&coverage.steps, included);
            let premium = self.amount(shape, false);
            let premium = match (included, premium) {
                (Some(mark), Some(premium)) => self.select(mark, premium, Shape::constant(Unrounded::ZERO)),
                (None, premium) => premium,
                (_, None) => None,
            };
            sum = sum.zip(premium).and_then(|(sum, premium)| self.operate(Op::Add, sum, premium).scaled.map(Shape::of));
            let premium = premium.unwrap_or(Shape { denominator: 10_i128.checked_pow(digits), scaled: None });
            match self.held(premium) {
                Some(held) => self.program.coverages.push(output_of(held, included)),
                None => complete = false,
            }
            self.premiums.push(premium);
        }
        let begins = sum.unwrap_or(Shape { denominator: 10_i128.checked_pow(digits), scaled: None });
        // The sum itself must be an amount.
        let begins = self.amount(begins, true).unwrap_or(Shape { scaled: None, ..begins });
        let net = if plan.net.is_empty() {
            begins
        } else {
            let result = self.list(&plan.net, Running::Some(begins), &[("net", None)]);
            let shape = self.settled(result, digits, |fault| fault.at("net"));
            self.running(&plan.net, None);
            self.amount(shape, false).unwrap_or(Shape { scaled: None, ..shape })
        };
        if plan.coverages.iter().all(|coverage| coverage.included.is_some()) && !plan.net.is_empty() {
            // A net premium without a coverage is refused: the model sees to that.
            complete = false;
        }
        let mut total = net;
        for (index, charge) in plan.charges.iter().enumerate() {
            let included = charge.included.as_ref().map(|condition| self.test(condition));
            let result = self.list(&charge.steps, Running::Some(net), &[("charges", Some(index)), ("steps", None)]);
            let at = |fault: Fault| fault.at("steps").at_index(index).at("charges");
            let shape = self.settled(result, digits, at);
            self.running(&charge.steps, included);
            let amount = self.amount(shape, true);
            match amount.and_then(|amount| self.held(amount)) {
                Some(held) => self.program.charges.push(output_of(held, included)),
                None => complete = false,
            }
            let amount = match (included, amount) {
                (Some(mark), Some(amount)) => self.select(mark, amount, Shape::constant(Unrounded::ZERO)),
                (None, amount) => amount,
                (_, None) => None,
            };
            total = match amount {
                Some(amount) => self.operate(Op::Add, total, amount),
                None => Shape::UNKNOWN,
            };
        }
        let total = self.amount(total, true).and_then(|total| self.minor(total));
        let net = self.minor(net);
        self.faults.append(&mut self.told);
        if !complete || !self.faults.is_empty() {
            return None;
        }
        self.program.net = net?;
        self.program.total = total?;
        for index in 0..self.program.coverages.len() {
            let premium = self.premiums.get(index).copied()?;
            let held = premium.scaled?;
            self.minor(premium)?;
            if let Some(output) = self.program.coverages.get_mut(index) {
                *output = output_of(held, output.included);
            }
        }
        let program = &mut self.program;
        program.vital = program.coverages.iter().map(|output| output.register).collect();
        program.vital.extend([program.net, program.total]);
        Some(core::mem::take(&mut self.program))
    }

    /// The running amounts of the steps outside of branches.
    fn running(&mut self, steps: &[Step], included: Option<Register>) {
        for step in steps {
            let Some(shape) = self.steps.get(&step.id).copied() else { continue };
            if let Some(held) = self.held(shape) {
                let output = output_of(held, included);
                self.program.running.push((step.id, output));
            }
        }
    }

    /// The result of a calculation, with the proof that it needs no rounding.
    fn settled(&mut self, result: Running, digits: u32, at: impl Fn(Fault) -> Fault) -> Shape {
        match result {
            Running::Some(shape) if shape.ends_after(digits) => shape,
            Running::Some(shape) => {
                let fault = self.unrounded(digits);
                self.faults.push(at(fault));
                shape
            }
            Running::Nothing | Running::Maybe => {
                let fault = self.begins();
                self.faults.push(at(fault));
                Shape::UNKNOWN
            }
        }
    }

    fn unrounded(&self, digits: u32) -> Fault {
        Fault::new(Code::ProductStepsUnrounded)
            .with("digits", i64::from(digits))
            .with("date", alloc::format!("{}", self.on))
    }

    fn begins(&self) -> Fault {
        Fault::new(Code::ProductStepsBegin).with("date", alloc::format!("{}", self.on))
    }

    /// The steps of a calculation; faults at `path` and the step.
    fn list(&mut self, steps: &[Step], mut running: Running, path: &[(&str, Option<usize>)]) -> Running {
        for (index, step) in steps.iter().enumerate() {
            if step.valid.is_none_or(|valid| valid.holds(self.business, self.on)) {
                let before = self.faults.len();
                running = self.act(&step.act, running);
                for fault in self.faults.iter_mut().skip(before) {
                    let mut placed = fault.clone().at_index(index);
                    for (name, index) in path.iter().rev() {
                        placed = match index {
                            Some(index) => placed.at_index(*index).at(name),
                            None => placed.at(name),
                        };
                    }
                    *fault = placed;
                }
            }
            if let Running::Some(shape) = running {
                self.steps.insert(step.id, shape);
            }
        }
        running
    }

    fn act(&mut self, act: &Act, running: Running) -> Running {
        if let Act::Take(operand) = act {
            let value = self.operand(operand);
            return Running::Some(match running {
                Running::Some(before) => self.after(before, value),
                Running::Nothing | Running::Maybe => value,
            });
        }
        if let Act::Choose { branches, otherwise } = act {
            return self.choose(branches, otherwise, running);
        }
        let Running::Some(before) = running else {
            let fault = self.begins();
            self.faults.push(fault);
            return Running::Some(Shape::UNKNOWN);
        };
        Running::Some(match act {
            Act::Take(_) | Act::Choose { .. } => before,
            Act::Multiply(operand) => {
                let value = self.operand(operand);
                self.operate(Op::Multiply, before, value)
            }
            Act::Divide(operand) => {
                let value = self.operand(operand);
                self.divide(before, value)
            }
            Act::Add(operand) => {
                let value = self.operand(operand);
                self.operate(Op::Add, before, value)
            }
            Act::Subtract(operand) => {
                let value = self.operand(operand);
                self.operate(Op::Subtract, before, value)
            }
            Act::PerUnit { units, size, rate } => {
                let (units, rate) = (self.operand(units), self.operand(rate));
                let count = self.divide(units, Shape::decimal(*size));
                let more = self.operate(Op::Multiply, count, rate);
                self.operate(Op::Add, before, more)
            }
            Act::AtLeast(operand) => {
                let value = self.operand(operand);
                self.operate(Op::AtLeast, before, value)
            }
            Act::AtMost(operand) => {
                let value = self.operand(operand);
                self.operate(Op::AtMost, before, value)
            }
            Act::CapChange { expiring, down, up } => self.cap_change(before, *expiring, down.as_ref(), up.as_ref()),
            Act::Round(rounding) => self.round(before, *rounding),
        })
    }

    fn cap_change(&mut self, before: Shape, expiring: usize, down: Option<&Operand>, up: Option<&Operand>) -> Shape {
        if self.business == Business::New {
            return before;
        }
        let last = self.operand(&Operand::Input(expiring));
        let one = Shape::constant(Unrounded::ONE);
        let mut after = before;
        for (operand, part, bound) in [(down, Op::Subtract, Op::AtLeast), (up, Op::Add, Op::AtMost)] {
            if let Some(operand) = operand {
                let value = self.operand(operand);
                let part = self.operate(part, one, value);
                let end = self.operate(Op::Multiply, last, part);
                after = self.operate(bound, after, end);
            }
        }
        let Some(input) = self.point(expiring) else { return Shape { scaled: None, ..after } };
        let known = self.register(Holds::Mark);
        self.program.instructions.push(Instruction::Known { to: known, input });
        self.joined(known, after, before)
    }

    fn choose(&mut self, branches: &[(Typed, Vec<Step>)], otherwise: &[Step], running: Running) -> Running {
        let Some(((condition, steps), rest)) = branches.split_first() else {
            return self.inner(otherwise, running);
        };
        let mark = self.test(condition);
        let yes = self.inner(steps, running);
        let no = self.choose(rest, otherwise, running);
        match (yes, no) {
            (Running::Some(yes), Running::Some(no)) => Running::Some(self.joined(mark, yes, no)),
            (Running::Nothing, Running::Nothing) => Running::Nothing,
            _ => Running::Maybe,
        }
    }

    /// Steps of a branch: their faults stand at the step that branches.
    fn inner(&mut self, steps: &[Step], mut running: Running) -> Running {
        for step in steps {
            if step.valid.is_none_or(|valid| valid.holds(self.business, self.on)) {
                running = self.act(&step.act, running);
            }
            if let Running::Some(shape) = running {
                self.steps.insert(step.id, shape);
            }
        }
        running
    }

    /// Either of two values; what both have in common is known of it.
    fn joined(&mut self, mark: Register, yes: Shape, no: Shape) -> Shape {
        let denominator = yes.denominator.zip(no.denominator).and_then(|(yes, no)| common(yes, no));
        self.select(mark, yes, no).unwrap_or(Shape { denominator, scaled: None })
    }

    pub(super) fn operand(&mut self, operand: &Operand) -> Shape {
        match operand {
            Operand::Value(value) => Shape::decimal(*value),
            Operand::Input(index) => self.number(*index),
            Operand::Parameter(index) => self.parameter(*index),
            Operand::Table { table, column } => self.cell(*table, *column),
            Operand::Between { table, column } => self.between(*table, *column),
            Operand::Figure(index) => self.figure(*index),
            Operand::Step(id) => self.steps.get(id).copied().unwrap_or(Shape::UNKNOWN),
            Operand::Coverage(index) => self.premiums.get(*index).copied().unwrap_or(Shape::UNKNOWN),
        }
    }

    fn figure(&mut self, index: usize) -> Shape {
        if let Some(shape) = self.figures.get(&index) {
            return *shape;
        }
        let Some(steps) = self.plan.figures.get(index) else { return Shape::UNKNOWN };
        // What a figure does wrong is told at the figure, not where it is used.
        let outer = core::mem::take(&mut self.faults);
        let result = self.list(steps, Running::Nothing, &[("figures", Some(index)), ("steps", None)]);
        self.told.append(&mut self.faults);
        self.faults = outer;
        let shape = if let Running::Some(shape) = result {
            shape
        } else {
            self.told.push(self.begins().at("steps").at_index(index).at("figures"));
            Shape::UNKNOWN
        };
        self.figures.insert(index, shape);
        shape
    }

    fn round(&mut self, before: Shape, rounding: Rounding) -> Shape {
        let place = u32::try_from(rounding.place.unsigned_abs()).unwrap_or(0);
        let Some(power) = 10_i128.checked_pow(place) else { return Shape::UNKNOWN };
        let denominator = if rounding.place >= 0 { power } else { 1 };
        let unknown = Shape { denominator: Some(denominator), scaled: None };
        if let Some(fixed) = before.fixed() {
            return fixed.round(rounding).map_or(unknown, |rounded| Shape::decimal(rounded.after));
        }
        let Some(scaled) = before.scaled else {
            // Rounding what has fewer digits changes nothing.
            return match before.denominator {
                Some(known) if rounding.place >= 0 && power % known == 0 => before,
                _ => unknown,
            };
        };
        self.rounded(scaled, rounding, power).unwrap_or(unknown)
    }

    /// A register for the points of an input; none for an input that the plan does not have.
    pub(super) fn point(&mut self, input: usize) -> Option<Register> {
        if let Some(register) = self.points.get(&input) {
            return Some(*register);
        }
        self.plan.inputs.get(input)?;
        let to = self.register(Holds::Narrow);
        self.program.instructions.push(Instruction::Input { to, input });
        self.points.insert(input, to);
        Some(to)
    }

    fn number(&mut self, index: usize) -> Shape {
        let (Some(register), Some(input)) = (self.point(index), self.plan.inputs.get(index)) else {
            return Shape::UNKNOWN;
        };
        let Some(denominator) = 10_i128.checked_pow(input.digits) else { return Shape::UNKNOWN };
        let (low, high) = (i128::from(input.low), i128::from(input.high));
        Shape::of(Scaled { place: Place::Narrow(register), denominator, low, high })
    }

    fn parameter(&mut self, index: usize) -> Shape {
        let name = self.plan.parameters.get(index);
        let known = name.and_then(|name| self.plan.dated.get(name)).and_then(|dated| dated.at(self.on).ok());
        match known.and_then(|known| super::input::number(&known.value)) {
            Some(value) => Shape::constant(value),
            None => self.spoiled(),
        }
    }

    /// A value that is refused whenever it is needed.
    pub(super) fn spoiled(&mut self) -> Shape {
        let to = self.register(Holds::Narrow);
        self.program.instructions.push(Instruction::Spoil { to });
        Shape::of(Scaled { place: Place::Narrow(to), denominator: 1, low: 0, high: 0 })
    }

    pub(super) fn register(&mut self, holds: Holds) -> Register {
        self.program.registers.push(holds);
        self.program.registers.len() - 1
    }

    /// A mark that is always the same.
    pub(super) fn constantly(&mut self, mark: u8, bad: bool) -> Register {
        let to = self.register(Holds::Mark);
        self.program.instructions.push(Instruction::Constantly { to, mark, bad });
        debug_assert!(matches!(mark, NO..=UNKNOWN), "a mark");
        to
    }
}

/// What stands in a register.
const fn output_of(held: Scaled, included: Option<Register>) -> Output {
    let register = match held.place {
        Place::Narrow(register) | Place::Wide(register) => register,
        Place::Constant | Place::Cell { .. } => Register::MAX,
    };
    Output { register, included, denominator: held.denominator, low: held.low, high: held.high }
}

/// Whether a mantissa fits in a decimal.
pub(super) const fn fits_decimal(low: i128, high: i128) -> bool {
    low > -(1 << 96) && high < (1 << 96)
}
