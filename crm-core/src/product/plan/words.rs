//! A trace in words: one line a calculation, each value with where it comes from.

use alloc::{
    format,
    string::{String, ToString as _},
    vec::Vec,
};

use super::{Calculation, CalculationSubject, QuoteTrace, StepWork, UsedRow, UsedValue, WorkedStep};
use crate::{calendar::Date, money::Rounded, refusal::Lang, rulebook::rounding_in_words};

impl QuoteTrace {
    /// One line a calculation, in the order in which they were done:
    /// `基础保费: 950.00 基础保费 (table base, row 1, since 2008-02-01) × 0.50 (…) = 475.00`.
    ///
    /// Each value says where it comes from and since when that is valid; steps that did nothing are left out.
    #[must_use]
    pub fn text(&self, lang: Lang) -> Vec<String> {
        let words = Words { zh: lang == Lang::Zh };
        let mut lines: Vec<String> = Vec::with_capacity(self.calculations.len() + 1);
        let head = words.pick("rated on", "计价日");
        let stale = if self.stale { words.pick(", not checked for this day", "，该日未经核对") } else { "" };
        lines.push(format!("{} ({}), {head} {}{stale}", self.plan, self.source, self.rated_on));
        lines.extend(self.calculations.iter().map(|calculation| words.calculation(calculation)));
        lines
    }
}

struct Words {
    zh: bool,
}

impl Words {
    const fn pick<'a>(&self, en: &'a str, zh: &'a str) -> &'a str {
        if self.zh { zh } else { en }
    }

    fn calculation(&self, calculation: &Calculation) -> String {
        let title = self.pick(&calculation.title, &calculation.title_zh);
        let Some(result) = &calculation.result else {
            return format!("{title}: {}", self.pick("not part of the quote", "不含在报价内"));
        };
        let mut line = format!("{title}: ");
        if let CalculationSubject::Limit { amount, .. } = &calculation.subject {
            line.push_str(&self.value(amount, ""));
            return line;
        }
        if let Some(begins) = calculation.begins {
            line.push_str(&begins.amount().to_string());
        }
        self.steps(&calculation.steps, &mut line);
        line.push_str(" = ");
        line.push_str(result);
        line
    }

    fn steps(&self, steps: &[WorkedStep], line: &mut String) {
        for step in steps {
            let text = self.pick(&step.text, &step.text_zh);
            let piece = match &step.work {
                StepWork::NotValid {} => continue,
                StepWork::Take { amount } if line.ends_with(": ") => self.value(amount, text),
                StepWork::Take { amount } => format!(" → {}", self.value(amount, text)),
                StepWork::Multiply { by } => format!(" × {}", self.value(by, text)),
                StepWork::Divide { by } => format!(" ÷ {}", self.value(by, text)),
                StepWork::Add { amount } => format!(" + {}", self.value(amount, text)),
                StepWork::Subtract { amount } => format!(" − {}", self.value(amount, text)),
                StepWork::PerUnit { units, size, rate } => {
                    format!(" + {} ÷ {size} × {}", self.value(units, ""), self.value(rate, text))
                }
                StepWork::AtLeast { amount, applied } => self.bound(" ≥ ", amount, text, *applied),
                StepWork::AtMost { amount, applied } => self.bound(" ≤ ", amount, text, *applied),
                StepWork::CapChange { expiring: None, .. } => continue,
                StepWork::CapChange { expiring: Some(expiring), down, up, applied } => {
                    let mut piece = format!(" [{text}: {}", self.value(expiring, ""));
                    for (sign, part) in [(" −", down), (" +", up)] {
                        if let Some(part) = part {
                            piece.push_str(sign);
                            piece.push_str(&self.value(part, ""));
                        }
                    }
                    piece.push_str(self.applied(*applied));
                    piece.push(']');
                    piece
                }
                StepWork::Round { rounding } => format!(" = {} {}", rounding.before, self.rounding(rounding)),
                StepWork::Branch { holds, steps, .. } => {
                    let answer = if *holds { self.pick("yes", "是") } else { self.pick("no", "否") };
                    let first = line.ends_with(": ");
                    line.push_str(&format!("{}[{text}: {answer}]", if first { "" } else { " " }));
                    if first {
                        line.push_str(": ");
                    }
                    self.steps(steps, line);
                    continue;
                }
            };
            line.push_str(&piece);
        }
    }

    fn applied(&self, applied: bool) -> &str {
        if applied { self.pick(", takes effect", "，生效") } else { self.pick(", no effect", "，未触及") }
    }

    fn bound(&self, sign: &str, amount: &UsedValue, text: &str, applied: bool) -> String {
        format!("{sign}{}{}", self.value(amount, text), self.applied(applied))
    }

    fn rounding(&self, rounding: &Rounded) -> String {
        let mode = rounding_in_words(rounding.mode, self.zh);
        if self.zh {
            format!("→ {mode}至 {} 位小数 {}", rounding.place, rounding.after)
        } else {
            format!("→ rounded {mode} to {} decimals {}", rounding.place, rounding.after)
        }
    }

    fn value(&self, value: &UsedValue, text: &str) -> String {
        let said = if text.is_empty() { String::new() } else { format!(" {text}") };
        match value {
            UsedValue::Value { value } => format!("{value}{said}"),
            UsedValue::Input { name, value } => format!("{value}{said} ({name})"),
            UsedValue::Parameter { known } => {
                format!("{}{said} ({}, {})", known.value, known.name, self.since(known.from))
            }
            UsedValue::Row { row } => format!("{}{said} ({})", row.value, self.row(row)),
            UsedValue::Between { input, at, below, above, exact } => {
                let between = self.pick("between", "介于");
                let (low, high) = (self.row(below), self.row(above));
                format!("{exact}{said} ({input} {at} {between} {} [{low}] / {} [{high}])", below.value, above.value)
            }
            UsedValue::Figure { name, exact } | UsedValue::Step { name, exact } => format!("{exact}{said} ({name})"),
            UsedValue::Coverage { code, premium } => format!("{}{said} ({code})", premium.amount()),
        }
    }

    fn row(&self, row: &UsedRow) -> String {
        let keys = row.keys.iter().map(|key| format!("{} {}", key.input, key.value));
        let keys = keys.collect::<Vec<_>>().join(", ");
        let since = self.since(row.from);
        if self.zh {
            format!("表 {}，第 {} 行，{keys}，{since}", row.table, row.row)
        } else {
            format!("table {}, row {}, {keys}, {since}", row.table, row.row)
        }
    }

    fn since(&self, from: Date) -> String {
        if self.zh { format!("自 {from}") } else { format!("since {from}") }
    }
}
