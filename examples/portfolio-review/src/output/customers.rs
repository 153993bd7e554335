//! What a person reads after the review of a customer book, and after the demo.

use std::io::{self, Write};

use crm_core::refusal::Lang;

use super::{
    BOOK, REJECTED, REPORT, SUMMARY, WARNINGS,
    terminal::{amount_text, count_text, left, right},
};
use crate::{customer_review::CustomerReview, demo::Found};

/// A line of the summary: the words, the name of the figure.
type Line = ((&'static str, &'static str), &'static str);

const COUNTS: [Line; 6] = [
    (("客户数", "Customers"), "rows.customers"),
    (("有效保单", "Policies in force"), "policies.in_force"),
    (("优质客户", "Good customers"), "segment.good"),
    (("大客户", "Large customers"), "segment.large"),
    (("劣质客户", "Poor customers"), "segment.poor"),
    (("逾期应收预警", "Premium overdue"), "warning.premium_overdue"),
];
const AMOUNTS: [Line; 6] = [
    (("签单保费", "Written premium"), "premium.written"),
    (("实收保费", "Collected premium"), "premium.collected"),
    (("满期保费", "Earned premium"), "premium.earned"),
    (("已发生赔款", "Claims incurred"), "claims.incurred"),
    (("盈亏（满期）", "Result, earned"), "result.earned"),
    (("逾期应收", "Overdue"), "receivable.overdue"),
];

/// Prints the summary for a person: sums and counts, nobody's data.
///
/// # Errors
/// What the terminal says.
pub fn print_customers(to: &mut dyn Write, review: &CustomerReview, out: &str, lang: Lang) -> io::Result<()> {
    let summary = &review.summary;
    let pick = |(zh, en): (&'static str, &'static str)| if lang == Lang::Zh { zh } else { en };
    writeln!(to)?;
    if let Some(name) = &summary.name {
        writeln!(to, "{name}")?;
    }
    match lang {
        Lang::En => writeln!(to, "as of {}, in {}", summary.as_of, summary.currency)?,
        Lang::Zh => writeln!(to, "统计日期 {}，币种 {}", summary.as_of, summary.currency)?,
    }
    writeln!(to)?;
    let all = |part: fn(&crate::customer_review::FileRows) -> i64| summary.files.iter().map(part).sum::<i64>();
    let (read, used) = (all(|file| file.rows_in), all(|file| file.used));
    let rejected = all(|file| file.rejected.values().sum());
    let [read, used, rejected] = [read, used, rejected].map(count_text);
    match lang {
        Lang::En => writeln!(to, "  {}  {read} read = {used} used + {rejected} rejected", left("Rows", 18))?,
        Lang::Zh => writeln!(to, "  {}  读入 {read} = 计入 {used} + 拒绝 {rejected}", left("行数", 18))?,
    }
    for (words, name) in COUNTS {
        let count = summary.counts.get(name).copied().unwrap_or_default();
        writeln!(to, "  {}  {}", left(pick(words), 18), right(&count_text(count), 18))?;
    }
    for (words, name) in AMOUNTS {
        let amount = summary.amounts.get(name).map_or_else(String::new, |amount| amount_text(amount));
        writeln!(to, "  {}  {}", left(pick(words), 18), right(&amount, 18))?;
    }
    let ratio = summary.ratios.get("loss_ratio").cloned().flatten();
    let ratio = ratio.map_or_else(|| "—".to_owned(), |ratio| format!("{ratio} %"));
    writeln!(to, "  {}  {}", left(pick(("满期赔付率", "Loss ratio")), 18), right(&ratio, 18))?;
    let journal = &summary.journal;
    let entries = count_text(journal.entries);
    let (debit, credit) = (amount_text(&journal.debit), amount_text(&journal.credit));
    match lang {
        Lang::En => writeln!(
            to,
            "\n  Journal: {entries} entries, proved from their stored bytes; debits {debit} = credits {credit}\n"
        )?,
        Lang::Zh => writeln!(to, "\n  凭证 {entries} 张，已按存储字节逐条验证；借方 {debit} = 贷方 {credit}\n")?,
    }
    writeln!(to, "{} {out}", pick(("结果：", "Results:")))?;
    writeln!(to, "  {}\n", [REPORT, BOOK, SUMMARY, REJECTED, WARNINGS].join("  "))?;
    write!(to, "{}", review.stages.lines(lang))
}

/// Prints what came of what was planted.
///
/// # Errors
/// What the terminal says.
pub fn print_found(to: &mut dyn Write, found: &Found, lang: Lang) -> io::Result<()> {
    let (rows, sums) = (count_text(found.rows), count_text(found.sums));
    match lang {
        Lang::En => {
            writeln!(to, "\n  {rows} planted rows found on their lines; {sums} sums equal to the cent; stories found:")?
        }
        Lang::Zh => writeln!(to, "\n  埋入的 {rows} 行均在原行查出；{sums} 项合计分毫不差；查出的埋设案例：")?,
    }
    for (kind, (held, all)) in &found.stories {
        writeln!(to, "  {}  {held} / {all}  {}", left(kind, 22), story_rule(kind, lang))?;
    }
    match (found.differences.is_empty(), lang) {
        (true, Lang::En) => writeln!(to, "\n  Everything that was planted came out."),
        (true, Lang::Zh) => writeln!(to, "\n  埋入的内容全部查出。"),
        (false, Lang::En) => writeln!(to, "\n  {} differences, told above.", found.differences.len()),
        (false, Lang::Zh) => writeln!(to, "\n  有 {} 处不一致，见上。", found.differences.len()),
    }
}

/// By what a planted story counts as found.
fn story_rule(kind: &str, lang: Lang) -> &'static str {
    let (zh, en) = match kind {
        "same_document" | "same_name_and_mobile" => ("配对一致", "the pair, and no other"),
        "frequent_claimant" => ("预警“多次出险”且属劣质客户", "warned of many claims, and poor"),
        "large_customer" => ("属大客户，或 A 级，或累计保费前 1%", "large, or grade A, or the top 1 % by premium ever"),
        "good_customer" => ("属优质客户", "good"),
        "poor_customer" => ("属劣质客户", "poor"),
        "unpaid_premium" => ("预警“保费逾期”，欠款分毫不差", "warned of overdue premium, the sum to the cent"),
        "fraud_ring" => ("团伙中已查实者属劣质客户", "the one who was found out is poor"),
        _ => ("", ""),
    };
    if lang == Lang::Zh { zh } else { en }
}
