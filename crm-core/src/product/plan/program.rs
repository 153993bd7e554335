//! A compiled plan: for each stretch of days on which nothing dated changes, a flat list of instructions over whole
//! numbers whose scales and bounds are known beforehand.

use alloc::{
    collections::{BTreeMap, BTreeSet},
    string::String,
    vec::Vec,
};

use super::{
    Business, RatePlan,
    columns::{Column, Columns},
    emit::Emitter,
    index::Index,
    steps::{Act, Step},
    table::Valid,
};
use crate::{
    calendar::Date,
    money::RoundedDivision,
    refusal::{Code, Fault, MAX_FAULTS},
};

/// Most steps of all editions of a plan together.
pub(super) const MAX_EDITION_STEPS: usize = 1_000_000;
/// Most instructions that are kept; older editions are priced by the model.
const ROOM_FOR_INSTRUCTIONS: usize = 200_000;

/// What loading leaves behind for quick answers.
#[derive(Debug, Clone, Default)]
pub(super) struct Compiled {
    /// How many steps the plan has.
    pub(super) steps: usize,
    /// Their names by number.
    pub(super) step_names: Vec<String>,
    pub(super) new: Vec<Edition>,
    pub(super) renewal: Vec<Edition>,
    /// Of each table, of each version.
    pub(super) indexes: Vec<Vec<Index>>,
    /// The columns that programs use.
    pub(super) columns: Vec<Column>,
}

/// A stretch of days with one program.
#[derive(Debug, Clone)]
pub(super) struct Edition {
    pub(super) from: Date,
    /// None where only the model can answer.
    pub(super) program: Option<Program>,
}

/// A register.
pub(super) type Register = usize;

/// What a register holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holds {
    Narrow,
    Wide,
    Rows,
    Mark,
}

/// The second operand of an operation.
#[derive(Debug, Clone, Copy)]
pub(super) enum Second {
    /// A register of either width.
    Register(Register),
    Constant(i128),
    /// A value of a column at the rows of a register.
    Cell {
        rows: Register,
        column: usize,
    },
}

/// An operation on two numbers; loading proved that none of them leaves its width.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Op {
    Multiply,
    Add,
    Subtract,
    AtLeast,
    AtMost,
}

/// How the outcomes of tests are joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Join {
    All,
    Any,
}

/// A mark that says no, yes, not known.
pub(super) const NO: u8 = 0;
pub(super) const YES: u8 = 1;
pub(super) const UNKNOWN: u8 = 2;

#[derive(Debug, Clone)]
pub(super) enum Instruction {
    /// The points of an input; what is absent or outside its bounds is bad.
    Input {
        to: Register,
        input: usize,
    },
    /// The rows of a table.
    Rows {
        to: Register,
        table: usize,
        version: usize,
        keys: Vec<Register>,
    },
    /// The places of the points of an input, counted from its lowest one.
    Places {
        to: Register,
        input: Register,
        low: i64,
    },
    /// A value as it stands.
    Load {
        to: Register,
        from: Second,
    },
    Operate {
        to: Register,
        op: Op,
        first: Register,
        second: Second,
    },
    Divide {
        to: Register,
        from: Register,
        by: RoundedDivision,
    },
    /// On the straight line between two rows, times `unit`.
    Between {
        to: Register,
        table: usize,
        version: usize,
        column: usize,
        keys: Vec<Register>,
        unit: i128,
    },
    /// Bad everywhere.
    Spoil {
        to: Register,
    },
    /// Bad where another register is, too.
    Blame {
        to: Register,
        of: Register,
    },
    /// Bad where it is below zero or no amount.
    Amount {
        of: Register,
        signed: bool,
    },
    Test {
        to: Register,
        input: Register,
        stretches: Vec<(i64, i64)>,
    },
    Known {
        to: Register,
        input: Register,
    },
    Constantly {
        to: Register,
        mark: u8,
        bad: bool,
    },
    Joined {
        to: Register,
        join: Join,
        of: Vec<Register>,
    },
    Not {
        to: Register,
        of: Register,
    },
    /// One or the other; bad where the mark is not known.
    Select {
        to: Register,
        mark: Register,
        yes: Register,
        no: Register,
    },
}

/// A figure of an answer.
#[derive(Debug, Clone, Copy)]
pub(super) struct Output {
    pub(super) register: Register,
    /// Where it is part of the quote; none for always.
    pub(super) included: Option<Register>,
    /// The figure is the register's number over this.
    pub(super) denominator: i128,
    /// Its bounds.
    pub(super) low: i128,
    pub(super) high: i128,
}

/// A program.
#[derive(Debug, Clone, Default)]
pub(super) struct Program {
    pub(super) registers: Vec<Holds>,
    pub(super) instructions: Vec<Instruction>,
    /// The premium of each coverage, in minor units; zero where it is not part of the quote.
    pub(super) coverages: Vec<Output>,
    /// The charges, in minor units.
    pub(super) charges: Vec<Output>,
    pub(super) net: Register,
    pub(super) total: Register,
    /// What must not be bad for there to be an answer.
    pub(super) vital: Vec<Register>,
    /// The limits of all coverages; none of those that are part of the quote may be bad.
    pub(super) limits: Vec<Output>,
    /// The running amounts of the steps outside of branches, by the number of the step.
    pub(super) running: Vec<(usize, Output)>,
}

impl Compiled {
    /// The program for a kind of business on a day.
    pub(super) fn program(&self, business: Business, on: Date) -> Option<&Program> {
        let editions = match business {
            Business::New => &self.new,
            Business::Renewal => &self.renewal,
        };
        let after = editions.partition_point(|edition| edition.from <= on);
        after.checked_sub(1).and_then(|index| editions.get(index)).and_then(|edition| edition.program.as_ref())
    }
}

/// Goes through every edition of the plan: proves that amounts are rounded, and compiles what can be.
pub(super) fn compile(plan: &RatePlan, faults: &mut Vec<Fault>) -> Compiled {
    let mut steps = BTreeMap::new();
    let mut days: [BTreeSet<Date>; 2] = Default::default();
    for_each_step(plan, &mut |step| {
        steps.insert(step.id, step.name.clone());
        if let Some(valid) = step.valid {
            edges(valid, &mut days);
        }
    });
    for version in plan.tables.iter().flat_map(|table| &table.versions) {
        edges(version.valid, &mut days);
    }
    for dated in plan.dated.values() {
        for days in &mut days {
            days.extend(dated.edges());
        }
    }
    for days in &mut days {
        days.insert(Date::MIN);
    }
    let mut compiled = Compiled {
        steps: steps.last_key_value().map_or(0, |(last, _)| last + 1),
        step_names: Vec::new(),
        new: Vec::new(),
        renewal: Vec::new(),
        indexes: Vec::new(),
        columns: Vec::new(),
    };
    compiled.step_names = (0..compiled.steps).map(|id| steps.remove(&id).unwrap_or_default()).collect();
    let editions = days.iter().map(BTreeSet::len).sum::<usize>();
    if editions.saturating_mul(compiled.steps + plan.tables.len() + plan.coverages.len() + 1) > MAX_EDITION_STEPS {
        faults.push(Fault::new(Code::ProductPlanTooMany).with("limit", MAX_EDITION_STEPS));
        return compiled;
    }
    let mut cells = 0;
    compiled.indexes = (plan.tables.iter())
        .map(|table| table.versions.iter().map(|version| Index::of(table, version, &plan.inputs, &mut cells)).collect())
        .collect();
    let mut columns = Columns::default();
    let mut told = BTreeSet::new();
    let mut left = ROOM_FOR_INSTRUCTIONS;
    let [new, renewal] = days;
    for (business, days) in [(Business::New, new), (Business::Renewal, renewal)] {
        let mut editions = Vec::with_capacity(days.len());
        // The newest first: if room runs out, it does for days long ago.
        for from in days.into_iter().rev() {
            let mut emitter = Emitter::new(plan, &compiled.indexes, &mut columns, business, from);
            let program = emitter.run();
            for fault in emitter.faults {
                if faults.len() <= MAX_FAULTS && told.insert((String::from(fault.path().as_str()), fault.code())) {
                    faults.push(fault);
                }
            }
            let program = program.filter(|program| {
                let room = left.checked_sub(program.instructions.len());
                left = room.unwrap_or(left);
                room.is_some()
            });
            editions.push(Edition { from, program });
        }
        editions.reverse();
        match business {
            Business::New => compiled.new = editions,
            Business::Renewal => compiled.renewal = editions,
        }
    }
    compiled.columns = columns.list;
    compiled
}

fn edges(valid: Valid, days: &mut [BTreeSet<Date>; 2]) {
    for (business, days) in [Business::New, Business::Renewal].into_iter().zip(days) {
        let (from, until) = valid.span(business);
        days.insert(from);
        days.extend(until);
    }
}

fn for_each_step(plan: &RatePlan, tell: &mut impl FnMut(&Step)) {
    let lists = plan.figures.iter();
    let lists = lists.chain(plan.coverages.iter().map(|coverage| &coverage.steps));
    let lists = lists.chain([&plan.net]).chain(plan.charges.iter().map(|charge| &charge.steps));
    let mut open: Vec<&Step> = lists.flatten().collect();
    while let Some(step) = open.pop() {
        tell(step);
        if let Act::Choose { branches, otherwise } = &step.act {
            open.extend(branches.iter().flat_map(|(_, steps)| steps).chain(otherwise));
        }
    }
}
