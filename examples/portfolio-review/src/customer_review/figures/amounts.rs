//! Figures of money: premium by year, loss ratios, profit and loss.

use std::collections::BTreeMap;

use super::{Figures, Made, quoted};
use crate::{analysis::LossRatio, report::page::Words, stop::Outcome, store::Unit, wording};

/// Customers whose parts are figures of their own, at either end.
const LISTED: usize = 10;

impl Figures {
    pub(super) fn loss(&mut self, made: &Made<'_>) -> Outcome<()> {
        let rounding = made.analysis.now.facts().parameters().ratio_rounding;
        let mut groups: BTreeMap<(String, String), LossRatio> = BTreeMap::new();
        for ((year, channel), part) in &made.pieces.by_year_and_channel {
            let year_is = format!("year = '{}'", quoted(year));
            let channel_is = format!("channel = '{}'", quoted(channel));
            for (name, condition) in [
                (format!("year.{year}"), year_is.clone()),
                (format!("channel.{channel}"), channel_is.clone()),
                (format!("year.{year}.channel.{channel}"), format!("{year_is} AND {channel_is}")),
            ] {
                groups.entry((name, condition)).or_default().add(*part);
            }
        }
        for (line, part) in &made.pieces.by_line {
            groups.entry((format!("line.{line}"), format!("line = '{}'", quoted(line)))).or_default().add(*part);
        }
        for ((name, condition), part) in groups {
            let words = wording::group_of_policies(&name);
            for (kind, zh, en, value, terms) in [
                ("earned", "满期保费", "Earned premium", part.earned, "'earned'"),
                ("incurred", "已发生赔款", "Claims incurred", part.incurred, "'paid', 'outstanding'"),
            ] {
                let title = Words::new(format!("{zh}：{}", words.zh), format!("{en}: {}", words.en));
                let definition = Words::new(
                    "该组保单各行的贡献之和；年份为起保年份",
                    "The sum of what the rows of these policies add; the year is that of the start of cover",
                );
                let query = format!("SELECT of, id, adds FROM fact_row WHERE term IN ({terms}) AND {condition}");
                self.add(&format!("{kind}.{name}"), Unit::Amount, value, title, definition, query);
            }
            let title = Words::new(format!("满期赔付率：{}", words.zh), format!("Loss ratio: {}", words.en));
            let parts = (format!("incurred.{name}"), format!("earned.{name}"));
            self.ratio(&format!("loss_ratio.{name}"), title, (&parts.0, &parts.1), rounding)?;
        }
        for (year, written) in &made.pieces.written_by_year {
            let title = Words::new(format!("签单保费：{year} 年起保"), format!("Written premium: cover from {year}"));
            let definition = Words::new(
                "起保于该年的保单及其批单的签单保费之和",
                "The sum over the policies whose cover starts in the year, endorsements included",
            );
            let query =
                format!("SELECT of, id, adds FROM fact_row WHERE term = 'written' AND year = '{}'", quoted(year));
            self.add(&format!("premium.written.year.{year}"), Unit::Amount, *written, title, definition, query);
        }
        let title = Words::new("满期赔付率", "Loss ratio: claims incurred ÷ earned premium");
        self.ratio("loss_ratio", title, ("claims.incurred", "premium.earned"), rounding)?;
        let title = Words::new("已决赔付率", "Loss ratio: claims paid ÷ collected premium");
        self.ratio("loss_ratio.collected", title, ("claims.paid", "premium.collected"), rounding)
    }

    pub(super) fn profit(&mut self, made: &Made<'_>) {
        for report in &made.analysis.profit {
            let (basis, zh, en) = match report.basis {
                crm_core::portfolio::ProfitBasis::Earned => ("earned", "满期口径", "earned basis"),
                crm_core::portfolio::ProfitBasis::Collected => ("collected", "实收口径", "collected basis"),
            };
            let total = report.total;
            for (part, part_zh, part_en, value) in [
                ("premium", "保费", "premium", total.premium),
                ("claims", "赔款", "claims", total.claims),
                ("commission", "手续费", "commission", total.commission),
                ("cost", "服务成本", "cost to serve", total.cost),
                ("result", "盈亏", "result", total.result),
            ] {
                let title =
                    Words::new(format!("客户盈亏（{zh}）：{part_zh}"), format!("Profit and loss ({en}): {part_en}"));
                let definition = Words::new("各客户之和", "The sum over the customers");
                let query = format!(
                    "SELECT 'customers' AS of, customer AS id, {part} AS adds FROM profit WHERE basis = '{basis}' AND {part} <> 0"
                );
                self.add(&format!("profit.{basis}.{part}"), Unit::Amount, value.minor(), title, definition, query);
            }
        }
    }

    /// The parts of those who bring and cost most, customer by customer.
    pub(super) fn listed(&mut self, made: &Made<'_>) {
        let [earned, _] = &made.analysis.profit;
        let mut rows: Vec<_> = earned.rows.iter().collect();
        rows.sort_by_key(|row| (std::cmp::Reverse(row.parts.result.minor()), row.customer.clone()));
        let ends = rows.len().saturating_sub(LISTED);
        let listed = rows.iter().enumerate().filter(|(place, _)| *place < LISTED || *place >= ends);
        for (_, row) in listed {
            let customer = row.customer.as_str();
            for (part, zh, en, value, adds, terms) in [
                ("premium", "满期保费", "earned premium", row.parts.premium, "adds", "'earned'"),
                ("claims", "已发生赔款", "claims incurred", row.parts.claims, "adds", "'paid', 'outstanding'"),
                (
                    "result",
                    "盈亏（满期口径）",
                    "result, earned basis",
                    row.parts.result,
                    "CASE term WHEN 'earned' THEN adds ELSE -adds END AS adds",
                    "'earned', 'paid', 'outstanding', 'commission', 'cost'",
                ),
            ] {
                let title = Words::new(format!("客户 {customer}：{zh}"), format!("Customer {customer}: {en}"));
                let definition = Words::new("该客户各行的贡献之和", "The sum of what the customer's rows add");
                let query = format!(
                    "SELECT of, id, {adds} FROM fact_row WHERE term IN ({terms}) AND customer = '{}'",
                    quoted(customer)
                );
                self.add(&format!("customer.{customer}.{part}"), Unit::Amount, value.minor(), title, definition, query);
            }
        }
    }
}
