//! The ten statements of the pyramid as ratios of figures that open to customers.
//!
//! The shares are the core's; here each is divided once more from rows of the database and has to come out the same.

use std::collections::BTreeMap;

use crm_core::portfolio::{
    CustomerFacts, Proportion, StatementBasis, StatementFigure, StatementMeasure, StatementName,
};

use super::{Figures, GradeMove, Made, quoted};
use crate::{
    report::page::Words,
    stop::{Outcome, stop},
    store::Unit,
};

/// A sum over customers: the value as it is counted here, and the query that gives it.
struct Part {
    unit: Unit,
    value: i64,
    rows: String,
}

/// Everything about a customer that a statement asks for.
struct Customer<'a> {
    facts: &'a CustomerFacts,
    rank: Option<i64>,
    grades: &'a GradeMove,
}

/// The name of the ratio of a figure of a statement.
#[must_use]
pub fn statement_name(name: StatementName, measure: StatementMeasure) -> String {
    let measure = match measure {
        StatementMeasure::RevenueShare => "revenue",
        StatementMeasure::ResultShare => "result",
        StatementMeasure::SpendingShare => "spending",
        StatementMeasure::CustomerShare => "customers",
        StatementMeasure::ShareWith => "with",
        StatementMeasure::ShareWithout => "without",
        StatementMeasure::RevenueGain => "revenue_gain",
        StatementMeasure::ResultGain => "result_gain",
    };
    format!("statement.{}.{measure}", name.number())
}

impl Figures {
    pub(super) fn statements(&mut self, made: &Made<'_>) -> Outcome<()> {
        let report = &made.analysis.statements;
        let near = i64::try_from(report.within_reach.len()).unwrap_or(i64::MAX);
        let title = Words::new("可上升一级的客户", "Customers within reach of the next grade");
        let query = "SELECT 'customers' AS of, customer AS id, 1 AS adds FROM within_reach".to_owned();
        self.add("customers.within_reach", Unit::Count, near, title, each(), query);

        let book = Book::new(made);
        let rounding = made.analysis.now.facts().parameters().ratio_rounding;
        for statement in &report.statements {
            for figure in &statement.figures {
                let Some((above, below)) = book.parts(statement.name, figure, near) else { continue };
                let name = statement_name(statement.name, figure.measure);
                let title = Words::new(
                    format!("第 {} 条：{}", statement.number, statement.name.text_zh()),
                    format!("Statement {}: {}", statement.number, statement.name.text()),
                );
                let parts = (format!("{name}.above"), format!("{name}.below"));
                let of = |zh: &str, en: &str| Words::new(format!("{}{zh}", title.zh), format!("{} {en}", title.en));
                let sum = || Words::new("各客户之和", "The sum over the customers");
                self.add(&parts.0, above.unit, above.value, of("（分子）", "(above the line)"), sum(), above.rows);
                self.add(&parts.1, below.unit, below.value, of("（分母）", "(below the line)"), sum(), below.rows);
                self.ratio(&name, title, (&parts.0, &parts.1), rounding)?;
                let own = self.ratios.get(&name).and_then(|ratio| ratio.value.clone());
                if let Proportion::Known { value } = figure.value
                    && own != Some(value.to_string())
                {
                    // A fault of this program: no figures are better than wrong ones.
                    return Err(stop(Some(&name), crate::customer_review::internal()));
                }
            }
        }
        Ok(())
    }
}

fn each() -> Words {
    Words::new("每位客户计 1", "Each customer adds 1")
}

struct Book<'a> {
    customers: Vec<Customer<'a>>,
    /// The grades, the best first.
    grades: Vec<&'a str>,
}

impl<'a> Book<'a> {
    fn new(made: &'a Made<'_>) -> Self {
        let analysis = made.analysis;
        let grades: BTreeMap<&str, &GradeMove> =
            made.grades.iter().map(|moved| (moved.customer.as_str(), moved)).collect();
        let facts = analysis.now.facts().visible(&analysis.viewer).into_rows();
        let places = analysis.now.visible(&analysis.viewer).into_rows();
        let of = |(facts, place): (&'a CustomerFacts, &crm_core::portfolio::CustomerSegments)| {
            let grades = grades.get(facts.customer.as_str()).copied()?;
            Some(Customer { facts, rank: place.rank, grades })
        };
        let customers = facts.into_iter().zip(places).filter_map(of).collect();
        Self { customers, grades: analysis.report.bands.iter().map(|band| band.grade.as_str()).collect() }
    }

    /// What is divided by what; none where it is no sum over customers.
    fn parts(&self, name: StatementName, figure: &StatementFigure, near: i64) -> Option<(Part, Part)> {
        let revenue = |of: &Customer<'_>| of.facts.premium_in_window.minor();
        let result = |of: &Customer<'_>| of.facts.result_in_window.minor();
        let cost = |of: &Customer<'_>| of.facts.cost_to_serve.minor();
        let ranked = |of: &Customer<'_>| of.rank.is_some();
        let (with, sign) = (figure.measure == StatementMeasure::ShareWith, figure.measured_by);
        Some(match name {
            StatementName::TopRevenue => (
                self.top("premium_in_window", revenue),
                self.sum("premium_in_window", "place IS NOT NULL", revenue, ranked),
            ),
            StatementName::TopResult => (
                self.top("result_in_window", result),
                self.sum("result_in_window", "place IS NOT NULL", result, ranked),
            ),
            StatementName::ExistingRevenue => {
                let there = "place IS NOT NULL AND policies_before_window > 0";
                let were_there = |of: &Customer<'_>| of.rank.is_some() && of.facts.policies_before_window > 0;
                (
                    self.sum("premium_in_window", there, revenue, were_there),
                    self.sum("premium_in_window", "place IS NOT NULL", revenue, ranked),
                )
            }
            StatementName::SpentOnOthers => (
                self.sum("cost_to_serve", "policies = 0", cost, |of| of.facts.policies == 0),
                self.sum("cost_to_serve", "TRUE", cost, |_| true),
            ),
            StatementName::CouldMoveUp => {
                let rows = "SELECT 'customers' AS of, customer AS id, 1 AS adds FROM within_reach".to_owned();
                let rank = "SELECT 'customers' AS of, customer AS id, 1 AS adds FROM fact WHERE place IS NOT NULL";
                let all = self.count(rank.to_owned(), ranked);
                (Part { unit: Unit::Count, value: near, rows }, all)
            }
            StatementName::ContentMoveUp | StatementName::CareMovesUp => self.moved_up(sign, with)?,
            StatementName::QuietLeave | StatementName::OthersMatter => self.left(sign, with)?,
            StatementName::TwoPercentUp => return None,
        })
    }

    fn sum(
        &self,
        column: &str,
        condition: &str,
        read: impl Fn(&Customer<'_>) -> i64,
        of: impl Fn(&Customer<'_>) -> bool,
    ) -> Part {
        let value = self.customers.iter().filter(|customer| of(customer)).map(read).sum();
        let rows = format!(
            "SELECT 'customers' AS of, customer AS id, {column} AS adds FROM fact WHERE {condition} AND {column} <> 0"
        );
        Part { unit: Unit::Amount, value, rows }
    }

    fn count(&self, rows: String, of: impl Fn(&Customer<'_>) -> bool) -> Part {
        let value = self.customers.iter().filter(|customer| of(customer)).count();
        Part { unit: Unit::Count, value: i64::try_from(value).unwrap_or(i64::MAX), rows }
    }

    /// The top 20 % of the customers with a place, rounded down.
    fn top(&self, column: &str, read: impl Fn(&Customer<'_>) -> i64) -> Part {
        let mut ranked: Vec<&Customer<'_>> = self.customers.iter().filter(|customer| customer.rank.is_some()).collect();
        ranked.sort_by_key(|customer| (customer.rank, &customer.facts.customer));
        let top = ranked.len() / 5;
        let value = ranked.into_iter().take(top).map(read).sum();
        let rows = format!(
            "SELECT 'customers' AS of, customer AS id, {column} AS adds FROM \
             (SELECT * FROM fact WHERE place IS NOT NULL ORDER BY place, customer LIMIT {top})"
        );
        Part { unit: Unit::Amount, value, rows }
    }

    /// Of those with a grade on the earlier day, who have the mark or have it not, those who moved up.
    fn moved_up(&self, by: StatementBasis, with: bool) -> Option<(Part, Part)> {
        let place = |grade: &str| self.grades.iter().position(|own| *own == grade);
        let mut order = String::new();
        for (at, grade) in self.grades.iter().enumerate() {
            order.push_str(&format!(" WHEN '{}' THEN {at}", quoted(grade)));
        }
        let up = format!("CASE g.after{order} END < CASE g.before{order} END");
        let there = |of: &Customer<'_>| place(&of.grades.before).is_some();
        let moved = |of: &Customer<'_>| match (place(&of.grades.before), place(&of.grades.after)) {
            (Some(before), Some(after)) => after < before,
            _ => false,
        };
        self.happened(by, with, ("g.before <> '-'", &there), (&up, &moved))
    }

    /// Of those with a policy in force on the earlier day, who have the mark or have it not, those who have none now.
    fn left(&self, by: StatementBasis, with: bool) -> Option<(Part, Part)> {
        let there = |of: &Customer<'_>| of.grades.in_force_before;
        let gone = |of: &Customer<'_>| of.facts.policies_in_force == 0;
        self.happened(by, with, ("g.in_force_before = 1", &there), ("f.policies_in_force = 0", &gone))
    }

    fn happened(
        &self,
        by: StatementBasis,
        with: bool,
        (among, is_among): (&str, &dyn Fn(&Customer<'_>) -> bool),
        (happened, has_happened): (&str, &dyn Fn(&Customer<'_>) -> bool),
    ) -> Option<(Part, Part)> {
        // Whoever never complained counts as content where nobody was asked.
        let (column, marked): (&str, fn(&CustomerFacts) -> bool) = match by {
            StatementBasis::Complaints => ("f.complaints = 0", |facts| facts.complaints == 0),
            StatementBasis::CostToServe => ("f.cost_to_serve > 0", |facts| facts.cost_to_serve.minor() > 0),
            StatementBasis::Claims => ("f.claims > 0", |facts| facts.claims > 0),
            _ => return None,
        };
        let mark = if with { column.to_owned() } else { format!("NOT ({column})") };
        let query = |condition: &str| {
            format!(
                "SELECT 'customers' AS of, g.customer AS id, 1 AS adds FROM grade_move g \
                 JOIN fact f ON f.customer = g.customer WHERE {among} AND {mark} AND {condition}"
            )
        };
        let of = |customer: &Customer<'_>| is_among(customer) && marked(customer.facts) == with;
        Some((
            self.count(query(happened), |customer| of(customer) && has_happened(customer)),
            self.count(query("TRUE"), of),
        ))
    }
}
