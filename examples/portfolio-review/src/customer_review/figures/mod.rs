//! Every figure of a review, by name, with the query that opens it to its rows.
//!
//! The value is the core's; the rows stand in the database. Before a figure is kept, its rows are added up.

mod accounts;
mod amounts;
mod rows;
mod statements;

pub use statements::statement_name;

use std::collections::BTreeMap;

use crm_core::{money::Rounding, portfolio::SegmentModelSpec};

use crate::{
    analysis::{Analysis, Pieces, Twin, TwinKind, fact_columns, ledger::Proved, ratio_of},
    intake::Intake,
    report::page::Words,
    stop::{Outcome, first, stop},
    store::{Figure, Ratio, Store, Unit},
    wording,
};

/// What figures are made from.
pub struct Made<'a> {
    /// The segment model as it is written.
    pub spec: &'a SegmentModelSpec,
    /// The core's answers.
    pub analysis: &'a Analysis<'a>,
    /// The rows read.
    pub intake: &'a Intake,
    /// What each row adds.
    pub pieces: &'a Pieces,
    /// The journal.
    pub books: &'a Proved,
    /// Pairs of customers who are probably one.
    pub twins: &'a [Twin],
    /// Each customer's grade a year before and now.
    pub grades: Vec<GradeMove>,
}

/// A customer's grade a year before and now; `-` without one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GradeMove {
    /// Who.
    pub customer: String,
    /// The grade a year before.
    pub before: String,
    /// The grade now.
    pub after: String,
    /// Whether a policy was in force a year before.
    pub in_force_before: bool,
}

/// Figures by name.
#[derive(Debug, Default)]
pub struct Figures {
    /// Counts and amounts.
    pub figures: BTreeMap<String, Figure>,
    /// Ratios.
    pub ratios: BTreeMap<String, Ratio>,
}

/// A fact, its name as a figure, and its terms with their signs.
type Termed = (&'static str, &'static str, &'static [(&'static str, i64)]);

/// Sums over the whole book whose rows stand in `fact_row`.
const TERMS: [Termed; 14] = [
    ("premium_written", "premium.written", &[("written", 1)]),
    ("premium_earned", "premium.earned", &[("earned", 1)]),
    ("premium_unearned", "premium.unearned", &[("unearned", 1)]),
    ("premium_collected", "premium.collected", &[("collected", 1)]),
    ("receivable_open", "receivable.open", &[("receivable", 1)]),
    ("receivable_overdue", "receivable.overdue", &[("overdue", 1)]),
    ("claims_paid", "claims.paid", &[("paid", 1)]),
    ("claims_outstanding", "claims.outstanding", &[("outstanding", 1)]),
    ("claims_incurred", "claims.incurred", &[("paid", 1), ("outstanding", 1)]),
    ("claims", "claims.number", &[("claims", 1)]),
    ("commission", "cost.commission", &[("commission", 1)]),
    ("cost_to_serve", "cost.to_serve", &[("cost", 1)]),
    (
        "result_earned",
        "result.earned",
        &[("earned", 1), ("paid", -1), ("outstanding", -1), ("commission", -1), ("cost", -1)],
    ),
    ("result_collected", "result.collected", &[("collected", 1), ("paid", -1), ("commission", -1), ("cost", -1)]),
];

/// Sums over the whole book that open to customers.
const BY_CUSTOMER: [(&str, &str); 5] = [
    ("premium_in_window", "premium.window"),
    ("premium_before", "premium.window_before"),
    ("policies", "policies.signed"),
    ("policies_in_force", "policies.in_force"),
    ("policies_expiring", "policies.expiring"),
];

impl Figures {
    /// Makes, proves and keeps every figure.
    ///
    /// # Errors
    /// What the core refuses, or the database; `internal` for a figure that its rows don't add up to.
    pub fn keep(store: &Store, made: &Made<'_>) -> Outcome<Self> {
        let mut figures = Self::default();
        figures.rows(made);
        let told = store.texts("SELECT code, count(*) FROM notice GROUP BY code")?;
        figures.notices(told.iter().filter_map(|row| match row.as_slice() {
            [code, rows] => Some((code.as_str(), rows.parse().ok()?)),
            _ => None,
        }));
        figures.facts(made);
        figures.segments(made);
        figures.warnings(made);
        figures.moves(made);
        figures.loss(made)?;
        figures.profit(made);
        figures.statements(made)?;
        figures.accounts(made);
        figures.listed(made);
        figures.prove(store)?;
        Ok(figures)
    }

    /// Adds up the rows of every figure and keeps those that are right.
    ///
    /// # Errors
    /// What the database says; `internal` for a figure that its rows don't add up to.
    pub fn prove(&self, store: &Store) -> Outcome<()> {
        for figure in self.figures.values() {
            let sum = store.number(&format!("SELECT coalesce(sum(adds), 0) FROM ({})", figure.rows))?;
            if sum != figure.value {
                // A fault of this program: no figures are better than wrong ones.
                return Err(stop(Some(&figure.name), super::internal()));
            }
            store.figure(figure)?;
        }
        for ratio in self.ratios.values() {
            store.ratio(ratio)?;
        }
        Ok(())
    }

    /// The value of a figure; nothing where there is none.
    #[must_use]
    pub fn value(&self, name: &str) -> i64 {
        self.figures.get(name).map_or(0, |figure| figure.value)
    }

    /// Adds a figure.
    pub fn add(&mut self, name: &str, unit: Unit, value: i64, title: Words, definition: Words, rows: String) {
        let name = name.to_owned();
        let figure = Figure { name: name.clone(), title, definition, unit, value, rows };
        self.figures.insert(name, figure);
    }

    /// Adds a ratio of two figures.
    ///
    /// # Errors
    /// What the core refuses of numbers that are too large.
    pub fn ratio(&mut self, name: &str, title: Words, (above, below): (&str, &str), rounding: Rounding) -> Outcome<()> {
        let value = ratio_of(self.value(above), self.value(below), rounding);
        let value = value.map_err(|refusal| stop(None, first(refusal)))?.map(|value| value.to_string());
        let absent = value.is_none().then(|| {
            let below = self.figures.get(below).map_or_else(|| Words::both(below), |figure| figure.title.clone());
            Words::new(format!("{}不大于零", below.zh), format!("{} is not above zero", below.en))
        });
        let (above, below) = (above.to_owned(), below.to_owned());
        let name = name.to_owned();
        self.ratios.insert(name.clone(), Ratio { name, title, value, absent, above, below });
        Ok(())
    }

    fn facts(&mut self, made: &Made<'_>) {
        let facts = made.analysis.now.facts().visible(&made.analysis.viewer).into_rows();
        let sum = |name: &str| {
            let column = fact_columns().find(|column| column.name == name);
            facts.iter().map(|facts| column.map_or(0, |column| (column.read)(facts))).sum::<i64>()
        };
        let declared = crm_core::portfolio::fact_catalogue(made.analysis.now.facts().parameters().currency);
        let words = |name: &str| {
            let fact = declared.iter().find(|fact| fact.name == name);
            fact.map_or_else(|| Words::both(name), |fact| Words::new(fact.meaning_zh.clone(), fact.meaning.clone()))
        };
        let persons = facts.iter().filter(|facts| facts.party_kind == crm_core::portfolio::PartyKind::Person).count();
        let count = |rows: usize| i64::try_from(rows).unwrap_or(i64::MAX);
        let customers = "SELECT 'customers' AS of, id, 1 AS adds FROM customers WHERE";
        let each = || Words::new("每位客户计 1", "Each customer adds 1");
        for (name, zh, en, rows, condition) in [
            ("customers.persons", "个人客户", "Persons", persons, "party_kind = 'person'"),
            (
                "customers.organisations",
                "单位客户",
                "Organisations",
                facts.len() - persons,
                "party_kind = 'organisation'",
            ),
            (
                "customers.prospects",
                "潜在客户（建档）",
                "Filed as prospects",
                facts.iter().filter(|facts| facts.prospect).count(),
                "prospect = 'true'",
            ),
            (
                "customers.blacklisted",
                "黑名单客户",
                "Blacklisted",
                facts.iter().filter(|facts| facts.blacklisted).count(),
                "blacklisted = 'true'",
            ),
        ] {
            self.add(name, Unit::Count, count(rows), Words::new(zh, en), each(), format!("{customers} {condition}"));
        }
        for (fact, name, terms) in TERMS {
            let listed: Vec<String> = terms.iter().map(|(term, _)| format!("'{term}'")).collect();
            let minus: Vec<String> =
                terms.iter().filter(|(_, sign)| *sign < 0).map(|(term, _)| format!("'{term}'")).collect();
            let adds = if minus.is_empty() {
                "adds".to_owned()
            } else {
                format!("CASE WHEN term IN ({}) THEN -adds ELSE adds END AS adds", minus.join(", "))
            };
            let query = format!("SELECT of, id, {adds} FROM fact_row WHERE term IN ({})", listed.join(", "));
            let unit = if fact == "claims" { Unit::Count } else { Unit::Amount };
            let definition = Words::new(
                "各行对该指标的贡献之和（由核心逐行给出）",
                "The sum of what each row adds, as the core explains it",
            );
            self.add(name, unit, sum(fact), words(fact), definition, query);
        }
        for (fact, name) in BY_CUSTOMER {
            let query = format!("SELECT 'customers' AS of, customer AS id, {fact} AS adds FROM fact WHERE {fact} <> 0");
            let unit = if fact.starts_with("policies") { Unit::Count } else { Unit::Amount };
            let definition = Words::new("各客户该指标之和", "The sum over the customers");
            self.add(name, unit, sum(fact), words(fact), definition, query);
        }
    }

    fn segments(&mut self, made: &Made<'_>) {
        let report = &made.analysis.report;
        let each = || {
            Words::new(
                "每位客户计 1；一位客户可属于多个群",
                "Each customer adds 1; a customer may be in several groups",
            )
        };
        for name in made.analysis.model.segments() {
            let rule = made.analysis.model.segment(name);
            let title = wording::name(name, rule);
            let query = |table: &str| {
                format!(
                    "SELECT 'customers' AS of, customer AS id, 1 AS adds FROM {table} WHERE segment = '{}'",
                    quoted(name)
                )
            };
            let rows = report.segments.get(name).copied().unwrap_or_default();
            self.add(&format!("segment.{name}"), Unit::Count, rows, title.clone(), each(), query("membership"));
            if let Some(rows) = report.undecided.get(name) {
                let title = Words::new(format!("{}：未定", title.zh), format!("Undecided: {}", title.en));
                self.add(&format!("undecided.{name}"), Unit::Count, *rows, title, each(), query("undecided"));
            }
        }
        for band in &report.bands {
            let grade = &band.grade;
            for (name, zh, en, unit, value, adds) in [
                ("customers", "客户数", "customers", Unit::Count, band.customers, "1"),
                (
                    "revenue",
                    "期内签单保费",
                    "written premium of the window",
                    Unit::Amount,
                    band.revenue.minor(),
                    "premium_in_window",
                ),
                (
                    "result",
                    "期内盈亏（满期口径）",
                    "result of the window (earned basis)",
                    Unit::Amount,
                    band.result.minor(),
                    "result_in_window",
                ),
            ] {
                let title = Words::new(format!("{grade} 级：{zh}"), format!("Grade {grade}: {en}"));
                let definition = Words::new("该级各客户之和", "The sum over the customers of the grade");
                let query = format!(
                    "SELECT 'customers' AS of, customer AS id, {adds} AS adds FROM fact WHERE grade = '{}'",
                    quoted(grade)
                );
                self.add(&format!("grade.{grade}.{name}"), unit, value, title, definition, query);
            }
        }
        let query = "SELECT 'customers' AS of, customer AS id, 1 AS adds FROM fact WHERE grade IS NULL".to_owned();
        let title = Words::new("未评级客户", "Customers without a grade");
        self.add("grade.none", Unit::Count, report.ungraded, title, each(), query);
    }

    fn warnings(&mut self, made: &Made<'_>) {
        let mut standing: BTreeMap<&str, [i64; 2]> = BTreeMap::new();
        for raised in made.analysis.warnings.list.visible(&made.analysis.viewer).rows() {
            let [held, _] = standing.entry(&raised.warning).or_default();
            *held += 1;
        }
        for cleared in &made.analysis.warnings.cleared {
            let [_, gone] = standing.entry(&cleared.warning.warning).or_default();
            *gone += 1;
        }
        for (name, [held, gone]) in standing {
            let rule = made.spec.warnings.iter().find(|rule| rule.name == name);
            let words =
                rule.map_or_else(|| Words::both(name), |rule| Words::new(rule.text_zh.clone(), rule.text.clone()));
            for (suffix, rows, zh, en, condition) in [
                ("", held, "现有预警", "Standing", "IS NULL"),
                (".cleared", gone, "近一年已解除", "Cleared within the year", "IS NOT NULL"),
            ] {
                let title = Words::new(format!("{zh}：{}", words.zh), format!("{en}: {}", words.en));
                let definition = Words::new("每条预警计 1", "Each warning adds 1");
                let query = format!(
                    "SELECT 'customers' AS of, customer AS id, 1 AS adds FROM warning WHERE warning = '{}' AND cleared_on {condition}",
                    quoted(name)
                );
                self.add(&format!("warning.{name}{suffix}"), Unit::Count, rows, title, definition, query);
            }
        }
        let [document, mobile] = TwinKind::ALL.map(TwinKind::name);
        for (kind, zh, en) in [
            (document, "同一证件的客户对", "Pairs with the same document"),
            (mobile, "同名同手机的客户对", "Pairs with the same name and mobile"),
        ] {
            let rows = made.twins.iter().filter(|twin| twin.kind.name() == kind).count();
            let query =
                format!("SELECT 'twin' AS of, CAST(rowid AS TEXT) AS id, 1 AS adds FROM twin WHERE kind = '{kind}'");
            let definition = Words::new("每一对计 1", "Each pair adds 1");
            let rows = i64::try_from(rows).unwrap_or(i64::MAX);
            self.add(&format!("twin.{kind}"), Unit::Count, rows, Words::new(zh, en), definition, query);
        }
    }

    fn moves(&mut self, made: &Made<'_>) {
        let mut groups: BTreeMap<(&str, &str), i64> = BTreeMap::new();
        for moved in &made.analysis.moves.moves {
            let direction = match moved.direction {
                crm_core::portfolio::MoveKind::Entered => "entered",
                crm_core::portfolio::MoveKind::Left => "left",
            };
            *groups.entry((direction, &moved.segment)).or_default() += 1;
        }
        let each = || Words::new("每位变动的客户计 1", "Each customer who moved adds 1");
        for ((direction, segment), rows) in groups {
            let verb = if direction == "entered" { ("进入", "Entered") } else { ("离开", "Left") };
            let words = wording::name(segment, made.analysis.model.segment(segment));
            let title = Words::new(format!("{}：{}", verb.0, words.zh), format!("{}: {}", verb.1, words.en));
            let query = format!(
                "SELECT 'customers' AS of, customer AS id, 1 AS adds FROM segment_move WHERE segment = '{}' AND direction = '{direction}'",
                quoted(segment)
            );
            self.add(&format!("move.{direction}.{segment}"), Unit::Count, rows, title, each(), query);
        }
        let mut grades: BTreeMap<(&str, &str), i64> = BTreeMap::new();
        for GradeMove { before, after, .. } in &made.grades {
            *grades.entry((before, after)).or_default() += 1;
        }
        for ((before, after), rows) in grades {
            let shown = |grade: &str| if grade == "-" { ("无", "none") } else { ("", "") };
            let (from, to) = (shown(before), shown(after));
            let zh = format!("{}{} → {}{}", from.0, before.trim_matches('-'), to.0, after.trim_matches('-'));
            let en = format!("{}{} → {}{}", from.1, before.trim_matches('-'), to.1, after.trim_matches('-'));
            let query = format!(
                "SELECT 'customers' AS of, customer AS id, 1 AS adds FROM grade_move WHERE before = '{}' AND after = '{}'",
                quoted(before),
                quoted(after)
            );
            let title = Words::new(format!("等级：{zh}"), format!("Grade: {en}"));
            self.add(&grade_move(before, after), Unit::Count, rows, title, each(), query);
        }
    }
}

/// The name of the figure of a change of grade; `-` is no grade.
#[must_use]
pub fn grade_move(before: &str, after: &str) -> String {
    let name = |grade: &str| if grade == "-" { "none".to_owned() } else { grade.to_owned() };
    format!("grade_move.{}.{}", name(before), name(after))
}

/// A text inside quotes of SQL.
pub(crate) fn quoted(text: &str) -> String {
    text.replace('\'', "''")
}
