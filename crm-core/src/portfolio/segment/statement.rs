//! The ten statements about a customer pyramid, as figures of one's own book.
//!
//! The statements are those that Jay Curry (*The Customer Marketing Method*, 2000) drew from pyramids of many companies:
//! what a book says about each is a figure, not the textbook's, and says by what it is measured. Where the book holds
//! nothing about a statement, its figure is absent with the reason.

use alloc::{
    collections::{BTreeMap, BTreeSet},
    string::String,
    vec::Vec,
};

use serde::{Deserialize, Serialize};

use super::{
    assign::{Assignment, CustomerSegments},
    pyramid::{Worth, count, seen},
};
use crate::{
    access::{Viewer, Withheld},
    calendar::Date,
    money::{Decimal, Money, Rounding, Unrounded},
    party::PartyId,
    portfolio::{Absence, CustomerFacts, Proportion, ReviewBasis, facts::amount},
    refusal::{Code, Refusal},
    rulebook::Scalar,
};

/// A statement about the pyramid (客户金字塔的十条结论).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StatementName {
    /// Share of revenue of the top 20 % of customers; absent where there are fewer than five.
    TopRevenue,
    /// Share of result of the top 20 % of customers.
    TopResult,
    /// Share of revenue from customers who were there before the window.
    ExistingRevenue,
    /// Share of the cost to serve that was spent on those who have no policy.
    SpentOnOthers,
    /// Share of customers within reach of the next band.
    CouldMoveUp,
    /// Moved up, content and not, as [`SATISFIED`] says.
    ContentMoveUp,
    /// Left, content and not, as [`SATISFIED`] says.
    QuietLeave,
    /// Moved up, with and without anything spent on them.
    CareMovesUp,
    /// Left, with and without a claim.
    OthersMatter,
    /// What it brings when 2 % of customers move up one band; absent where 2 % of no band are anybody.
    TwoPercentUp,
}

macro_rules! statements {
    ($( $name:ident $number:literal $en:literal $zh:literal; )*) => {
        impl StatementName {
            /// Every statement, in order.
            pub const ALL: [Self; 10] = [ $( Self::$name, )* ];

            /// Its number, from 1 to 10.
            #[must_use]
            pub const fn number(self) -> i64 {
                match self { $( Self::$name => $number, )* }
            }

            /// What it says, in English.
            #[must_use]
            pub const fn text(self) -> &'static str {
                match self { $( Self::$name => $en, )* }
            }

            /// What it says, in Chinese.
            #[must_use]
            pub const fn text_zh(self) -> &'static str {
                match self { $( Self::$name => $zh, )* }
            }
        }
    };
}

statements! {
    TopRevenue 1 "The top 20 % of customers bring most of the revenue." "前 20% 的客户贡献大部分收入。";
    TopResult 2 "The top 20 % of customers bring most of the profit, or more than all of it." "前 20% 的客户贡献大部分乃至超过全部的利润。";
    ExistingRevenue 3 "Existing customers bring most of the revenue." "大部分收入来自现有客户。";
    SpentOnOthers 4 "Much of what is spent goes to those who are no customers." "相当一部分费用花在非客户身上。";
    CouldMoveUp 5 "Between 5 and 30 % of customers could move up." "5% 至 30% 的客户有上升潜力。";
    ContentMoveUp 6 "Content customers are those who move up." "客户满意是其上升的关键。";
    QuietLeave 7 "Customers who seem content leave all the same." "看似满意的客户也会流失。";
    CareMovesUp 8 "Sales and marketing make customers move up." "营销与服务投入影响客户上升。";
    OthersMatter 9 "Departments besides sales make customers stay or leave." "销售以外的部门（如理赔）同样影响客户去留。";
    TwoPercentUp 10 "Two per cent of customers moved up bring far more profit." "2% 的客户上升一层可带来可观的收入与利润。";
}

/// What a figure of a statement is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StatementMeasure {
    /// Share of the revenue, in per cent.
    RevenueShare,
    /// Share of the result, in per cent.
    ResultShare,
    /// Share of what was spent, in per cent.
    SpendingShare,
    /// Share of the customers, in per cent.
    CustomerShare,
    /// Share of those of whom the statement speaks: content, with something spent on them, with a claim.
    ShareWith,
    /// Share of the others.
    ShareWithout,
    /// More revenue, as a share of all revenue, in per cent.
    RevenueGain,
    /// More result, as a share of the result, in per cent.
    ResultGain,
}

/// By what a figure of a statement is measured (衡量依据).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StatementBasis {
    /// Written premium of the window (期内签单保费).
    WrittenPremium,
    /// Result of the window, on the earned basis (期内盈亏，满期口径).
    EarnedResult,
    /// Cost to serve (服务成本).
    CostToServe,
    /// The value score (客户价值).
    Score,
    /// What customers answered when they were asked: the host's fact [`SATISFIED`] (客户满意度调查).
    Survey,
    /// Whether they complained, which stands in for being content where nobody was asked (投诉，无调查时替代).
    Complaints,
    /// Whether they had a claim (出险).
    Claims,
}

/// The name of the host's fact that says, true or false, whether a customer is content (满意), from a survey.
///
/// Where it is known of at least one customer that the viewer sees, the statements about content customers speak of those
/// of whom it is known, and of nobody else; where it is known of nobody, whoever never complained counts as content, and
/// the figure says so.
pub const SATISFIED: &str = "satisfied";

/// One figure of a statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatementFigure {
    /// What it is.
    pub measure: StatementMeasure,
    /// By what it is measured.
    pub measured_by: StatementBasis,
    /// The figure, or why there is none.
    pub value: Proportion,
}

/// One statement with the book's own figures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statement {
    /// Which.
    pub name: StatementName,
    /// Its number, from 1 to 10.
    pub number: i64,
    /// Its figures.
    pub figures: Vec<StatementFigure>,
}

/// The ten statements over the customers that a viewer sees.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatementReport {
    /// The day.
    pub as_of: Date,
    /// Parameters and rows.
    pub review: ReviewBasis,
    /// From which part of the lowest value of the next band a customer is within its reach, in per cent.
    pub reach: Decimal,
    /// The earlier day with which it compares; none without one.
    pub compared_with: Option<Date>,
    /// Parameters and rows of the earlier day.
    pub earlier: Option<ReviewBasis>,
    /// The statements.
    pub statements: Vec<Statement>,
    /// Customers who could move up: within reach of the next band, by code.
    pub within_reach: Vec<PartyId>,
    /// More revenue when 2 % of customers, the best of each band but the first, become like the band above.
    pub revenue_gain: Money,
    /// More result then.
    pub result_gain: Money,
    /// Customers whom the viewer does not see.
    pub withheld: Withheld,
}

type Pair<'a> = (&'a CustomerFacts, &'a CustomerSegments);

struct Book<'a> {
    /// Graded customers that the viewer sees, the best first.
    ranked: Vec<Pair<'a>>,
    all: Vec<Pair<'a>>,
    whole: Worth,
    rounding: Rounding,
    grades: &'a [String],
    /// Whether a customer is content, where he was asked.
    satisfied: BTreeMap<&'a PartyId, bool>,
}

type Figures = Vec<(StatementMeasure, StatementBasis, Proportion)>;

impl Assignment {
    /// The ten statements of the pyramid over the customers that the viewer sees. Statements about moving and leaving
    /// need an earlier assignment of the same book. `reach` is the part of the lowest score of the next band, in per
    /// cent, from which a customer is within reach of it.
    ///
    /// # Errors
    /// `portfolio.states.order` when the earlier day is not earlier; `money.amount.range`, `money.exact.range`.
    pub fn statements(
        &self,
        earlier: Option<&Self>,
        reach: Decimal,
        viewer: &Viewer,
    ) -> Result<StatementReport, Refusal> {
        if earlier.is_some_and(|earlier| earlier.as_of() >= self.as_of()) {
            return Err(Refusal::new(Code::PortfolioStatesOrder));
        }
        let (all, withheld) = seen(self, viewer);
        let mut ranked: Vec<Pair<'_>> = all.iter().filter(|(_, place)| place.rank.is_some()).copied().collect();
        ranked.sort_by_key(|(_, place)| place.rank);
        let mut whole = Worth::default();
        ranked.iter().for_each(|(facts, _)| whole.add(facts));
        let rounding = self.facts.parameters().ratio_rounding;
        let answer = |(facts, _): &Pair<'_>| match self.host.get(&facts.customer)?.get(SATISFIED)? {
            Scalar::Boolean(satisfied) => Some(*satisfied),
            _ => None,
        };
        let satisfied = all.iter().filter_map(|pair| Some((&pair.0.customer, answer(pair)?))).collect();
        let book = Book { ranked, all, whole, rounding, grades: &self.grades, satisfied };
        let within_reach = book.within_reach(reach)?;
        let gain = book.two_percent_up()?;
        let moves = earlier.map(|earlier| Moves::of(&book, earlier));
        let mut statements = Vec::with_capacity(StatementName::ALL.len());
        for name in StatementName::ALL {
            let figures = book.figures(name, &within_reach, gain, moves.as_ref())?;
            let figure = |(measure, measured_by, value)| StatementFigure { measure, measured_by, value };
            let figures = figures.into_iter().map(figure).collect();
            statements.push(Statement { name, number: name.number(), figures });
        }
        let currency = self.facts.parameters().currency;
        Ok(StatementReport {
            as_of: self.as_of(),
            review: self.facts.review(),
            reach,
            compared_with: earlier.map(Self::as_of),
            earlier: earlier.map(|earlier| earlier.facts.review()),
            statements,
            within_reach: within_reach.into_iter().cloned().collect(),
            revenue_gain: amount(gain.revenue, currency)?,
            result_gain: amount(gain.result, currency)?,
            withheld,
        })
    }
}

/// A customer, and whether it happened to him.
type Happened<'a> = (&'a CustomerFacts, bool);

/// Who moved up and who left since an earlier day.
struct Moves<'a> {
    /// Customers of both days with a grade on the earlier, with whether they moved up.
    stayed: Vec<Happened<'a>>,
    /// Customers in force on the earlier day, with whether they are no more.
    in_force: Vec<Happened<'a>>,
}

impl<'a> Moves<'a> {
    fn of(book: &Book<'a>, earlier: &Assignment) -> Self {
        let place = |grade: &Option<String>| book.grades.iter().position(|name| Some(name) == grade.as_ref());
        let mut moves = Self { stayed: Vec::new(), in_force: Vec::new() };
        for (facts, now) in &book.all {
            if let Some(before) = earlier.find(&facts.customer).and_then(|before| place(&before.grade)) {
                moves.stayed.push((facts, place(&now.grade).is_some_and(|now| now < before)));
            }
            if earlier.facts.find(&facts.customer).is_some_and(|before| before.policies_in_force > 0) {
                moves.in_force.push((facts, facts.policies_in_force == 0));
            }
        }
        moves
    }
}

impl Book<'_> {
    fn share(&self, part: i128, whole: i128, reason: Absence) -> Result<Proportion, Refusal> {
        Proportion::of(part, whole, 100, self.rounding, reason)
    }

    /// A figure of some customers; absent where there are none, as nothing of nobody says nothing.
    fn of_some(
        &self,
        some: Worth,
        share: impl Fn(Worth) -> Result<Proportion, Refusal>,
    ) -> Result<Proportion, Refusal> {
        if some.customers == 0 && self.whole.customers > 0 {
            return Ok(Proportion::Absent { reason: Absence::NobodySuch });
        }
        share(some)
    }

    fn figures(
        &self,
        name: StatementName,
        within_reach: &BTreeSet<&PartyId>,
        gain: Worth,
        moves: Option<&Moves<'_>>,
    ) -> Result<Figures, Refusal> {
        use {StatementBasis as By, StatementMeasure as M};
        let whole = self.whole;
        Ok(match name {
            StatementName::TopRevenue => {
                alloc::vec![(
                    M::RevenueShare,
                    By::WrittenPremium,
                    self.of_some(self.top(), |some| self.share(some.revenue, whole.revenue, Absence::NothingWritten))?
                )]
            }
            StatementName::TopResult => {
                alloc::vec![(
                    M::ResultShare,
                    By::EarnedResult,
                    self.of_some(self.top(), |some| self.share(some.result, whole.result, Absence::NoProfit))?
                )]
            }
            StatementName::ExistingRevenue => {
                let mut existing = Worth::default();
                let were_there = self.ranked.iter().filter(|(facts, _)| facts.policies_before_window > 0);
                were_there.for_each(|(facts, _)| existing.add(facts));
                alloc::vec![(
                    M::RevenueShare,
                    By::WrittenPremium,
                    self.share(existing.revenue, whole.revenue, Absence::NothingWritten)?
                )]
            }
            StatementName::SpentOnOthers => {
                let spent = |facts: &CustomerFacts| i128::from(facts.cost_to_serve.minor());
                let all = self.all.iter().map(|(facts, _)| spent(facts)).sum();
                let others = self.all.iter().filter(|(facts, _)| facts.policies == 0);
                let on_others = others.map(|(facts, _)| spent(facts)).sum();
                alloc::vec![(M::SpendingShare, By::CostToServe, self.share(on_others, all, Absence::NothingSpent)?)]
            }
            StatementName::CouldMoveUp => {
                let near = i128::try_from(within_reach.len()).unwrap_or(i128::MAX);
                alloc::vec![(M::CustomerShare, By::Score, self.share(near, whole.customers, Absence::NoCustomers)?)]
            }
            StatementName::ContentMoveUp => self.content(moves.map(|moves| &moves.stayed))?,
            StatementName::QuietLeave => self.content(moves.map(|moves| &moves.in_force))?,
            StatementName::CareMovesUp => {
                let spent = |facts: &CustomerFacts| Some(facts.cost_to_serve.minor() > 0);
                self.parted(moves.map(|moves| &moves.stayed), By::CostToServe, spent)?
            }
            StatementName::OthersMatter => {
                let claimed = |facts: &CustomerFacts| Some(facts.claims > 0);
                self.parted(moves.map(|moves| &moves.in_force), By::Claims, claimed)?
            }
            StatementName::TwoPercentUp => alloc::vec![
                (
                    M::RevenueGain,
                    By::WrittenPremium,
                    self.of_some(gain, |some| self.share(some.revenue, whole.revenue, Absence::NothingWritten))?
                ),
                (
                    M::ResultGain,
                    By::EarnedResult,
                    self.of_some(gain, |some| self.share(some.result, whole.result, Absence::NoProfit))?
                ),
            ],
        })
    }

    /// The top 20 % of the customers that are seen, rounded down.
    fn top(&self) -> Worth {
        let mut top = Worth::default();
        self.ranked.iter().take(self.ranked.len() / 5).for_each(|(facts, _)| top.add(facts));
        top
    }

    /// The share of those to whom it happened among those who are content, and among those who are not.
    fn content(&self, of: Option<&Vec<Happened<'_>>>) -> Result<Figures, Refusal> {
        if self.satisfied.is_empty() {
            return self.parted(of, StatementBasis::Complaints, |facts| Some(facts.complaints == 0));
        }
        self.parted(of, StatementBasis::Survey, |facts| self.satisfied.get(&facts.customer).copied())
    }

    /// The share of those to whom it happened among those who have a mark, and among those who have not; whoever has
    /// neither is not counted.
    fn parted(
        &self,
        of: Option<&Vec<Happened<'_>>>,
        by: StatementBasis,
        mark: impl Fn(&CustomerFacts) -> Option<bool>,
    ) -> Result<Figures, Refusal> {
        let share = |marked: bool| {
            let Some(of) = of else { return Ok(Proportion::Absent { reason: Absence::NoEarlierState }) };
            let (mut happened, mut all) = (0, 0);
            for (_, yes) in of.iter().filter(|(facts, _)| mark(facts) == Some(marked)) {
                all += 1;
                happened += i128::from(*yes);
            }
            self.share(happened, all, Absence::NobodySuch)
        };
        Ok(alloc::vec![
            (StatementMeasure::ShareWith, by, share(true)?),
            (StatementMeasure::ShareWithout, by, share(false)?),
        ])
    }

    fn band(&self, grade: &str) -> Vec<Pair<'_>> {
        self.ranked.iter().filter(|(_, place)| place.grade.as_deref() == Some(grade)).copied().collect()
    }

    /// Customers whose score is at least the part of the lowest score of the band above.
    fn within_reach(&self, reach: Decimal) -> Result<BTreeSet<&PartyId>, Refusal> {
        let mut near = BTreeSet::new();
        for (above, below) in self.grades.iter().zip(self.grades.iter().skip(1)) {
            let lowest = self.band(above).last().and_then(|(_, place)| place.score);
            // Where the band above loses money, nobody is within reach of anything.
            let Some(lowest) = lowest.filter(|score| !score.is_negative() && !score.is_zero()) else { continue };
            let needed = Unrounded::from(lowest).times(reach)?.divided_by(100)?;
            for (facts, place) in &self.ranked {
                if place.grade.as_ref() == Some(below)
                    && place.score.is_some_and(|score| Unrounded::from(score) >= needed)
                {
                    near.insert(&facts.customer);
                }
            }
        }
        Ok(near)
    }

    /// What it brings when the best 2 % of each band but the first become like the average of the band above. Rounded to
    /// the minor unit, half up, once.
    fn two_percent_up(&self) -> Result<Worth, Refusal> {
        let (mut revenue, mut result, mut moved) = (Unrounded::ZERO, Unrounded::ZERO, 0_i128);
        for (above, below) in self.grades.iter().zip(self.grades.iter().skip(1)) {
            let mut upper = Worth::default();
            self.band(above).iter().for_each(|(facts, _)| upper.add(facts));
            let below = self.band(below);
            let best = below.len() / 50;
            if upper.customers == 0 || best == 0 {
                continue;
            }
            let mut lower = Worth::default();
            below.iter().take(best).for_each(|(facts, _)| lower.add(facts));
            let gain = |above: i128, now: i128| {
                Unrounded::ratio(above, upper.customers)?
                    .times(Unrounded::ratio(lower.customers, 1)?)?
                    .minus(Unrounded::ratio(now, 1)?)
            };
            revenue = revenue.plus(gain(upper.revenue, lower.revenue)?)?;
            result = result.plus(gain(upper.result, lower.result)?)?;
            moved += lower.customers;
        }
        let whole = |exact: Unrounded| {
            let rounded = exact.round(Rounding::whole(crate::money::RoundingMode::HalfUp))?;
            Ok::<i128, Refusal>(rounded.after.mantissa())
        };
        Ok(Worth { customers: i128::from(count(moved)), revenue: whole(revenue)?, result: whole(result)? })
    }
}
