//! The figures of the ten statements: of whom each speaks, and what it opens to.

use crm_core::portfolio::{StatementBasis, StatementFigure, StatementMeasure, StatementName};

use super::builder::Builder;
use crate::{
    customer_review::statement_name,
    report::page::{Cell, Value, Words},
    stop::Outcome,
};

/// What a figure of a statement is, and of whom.
pub(super) fn measure(name: StatementName, figure: &StatementFigure) -> Words {
    let with = match figure.measure {
        StatementMeasure::RevenueShare => return Words::new("收入占比", "share of revenue"),
        StatementMeasure::ResultShare => return Words::new("盈亏占比", "share of result"),
        StatementMeasure::SpendingShare => return Words::new("服务成本占比", "share of the cost to serve"),
        StatementMeasure::CustomerShare => return Words::new("客户占比", "share of customers"),
        StatementMeasure::RevenueGain => return Words::new("收入增幅", "gain of revenue"),
        StatementMeasure::ResultGain => return Words::new("盈亏增幅", "gain of result"),
        StatementMeasure::ShareWith => true,
        StatementMeasure::ShareWithout => false,
    };
    let (zh, en) = match (figure.measured_by, with) {
        (StatementBasis::Complaints, true) => ("无投诉", "without a complaint"),
        (StatementBasis::Complaints, false) => ("有投诉", "with a complaint"),
        (StatementBasis::Survey, true) => ("调查满意", "content when asked"),
        (StatementBasis::Survey, false) => ("调查不满意", "not content when asked"),
        (StatementBasis::CostToServe, true) => ("有投入", "with something spent on them"),
        (StatementBasis::CostToServe, false) => ("无投入", "with nothing spent on them"),
        (StatementBasis::Claims, true) => ("有赔案", "with a claim"),
        (StatementBasis::Claims, false) => ("无赔案", "without a claim"),
        (_, true) => ("具备者", "who have it"),
        (_, false) => ("其余", "who have it not"),
    };
    let (happened, moved) = match name {
        StatementName::QuietLeave | StatementName::OthersMatter => ("流失", "left"),
        _ => ("上升", "moved up"),
    };
    Words::new(format!("{zh}的客户中{happened}的比例"), format!("of customers {en}, those who {moved}"))
}

/// The figure of the core, opening to what was divided by what.
pub(super) fn cell(builder: &mut Builder<'_>, name: StatementName, figure: &StatementFigure) -> Outcome<Cell> {
    let ratio = statement_name(name, figure.measure);
    if builder.open.figures.ratios.contains_key(&ratio) {
        let opened = builder.open.ratio(&ratio)?;
        return Ok(Cell { value: Value::from(figure.value), rows: opened.rows });
    }
    let report = &builder.made.analysis.statements;
    let (gain, whole) = match figure.measure {
        StatementMeasure::RevenueGain => (report.revenue_gain, "statement.1.revenue.below"),
        StatementMeasure::ResultGain => (report.result_gain, "statement.2.result.below"),
        _ => return Ok(Value::from(figure.value).into()),
    };
    let of = builder.open.figures.figures.get(whole).map(|figure| (figure.value, figure.unit));
    let Some((value, unit)) = of else { return Ok(Value::from(figure.value).into()) };
    let parts = vec![
        (
            Words::new(
                "各级最好的 2% 客户（首级除外）达到上一级平均水平时的增加额",
                "More, when the best 2 % of each grade but the first become like the average of the grade above",
            ),
            String::new(),
            Value::Money(gain),
        ),
        (Words::new("全部已评级客户", "All customers with a grade"), whole.to_owned(), builder.open.value(value, unit)),
    ];
    let title = Words::new(name.text_zh(), name.text());
    Ok(builder.open.parted(&ratio, title, Value::from(figure.value), parts, whole))
}
