//! What a person reads after a review.

use std::{
    collections::BTreeMap,
    io::{self, Write},
};

use crm_core::refusal::{self, Lang};

use super::{BOOK, CLAIM_TIES, Group, REJECTED, REPORT, SUMMARY, Summary, WARNINGS};
use crate::review::Review;

/// Words of the summary in both languages.
struct Words {
    rows: &'static str,
    customers: &'static str,
    premium: &'static str,
    claims_cost: &'static str,
    claims: &'static str,
    loss_ratio: &'static str,
    loss_ratio_of: &'static str,
    absent: &'static str,
    by_risk_type: &'static str,
    by_channel: &'static str,
    renewals: &'static str,
    warnings: &'static str,
    ties: &'static str,
    rejected_rows: &'static str,
    results: &'static str,
}

const EN: Words = Words {
    rows: "Rows",
    customers: "Customers",
    premium: "Premium",
    claims_cost: "Claims cost",
    claims: "Claims",
    loss_ratio: "Loss ratio",
    loss_ratio_of: "(claims cost ÷ written premium)",
    absent: "none: there is no premium to divide by",
    by_risk_type: "Risk type",
    by_channel: "Channel",
    renewals: "Renewals, by customer",
    warnings: "Warnings: these rows are counted and should be looked at",
    ties: "Claims by part against the book",
    rejected_rows: "Rejected rows, by their first fault",
    results: "Results",
};

const ZH: Words = Words {
    rows: "行数",
    customers: "客户数",
    premium: "签单保费",
    claims_cost: "赔款",
    claims: "赔案件数",
    loss_ratio: "赔付率",
    loss_ratio_of: "（赔款 ÷ 签单保费）",
    absent: "无：没有可作分母的保费",
    by_risk_type: "险种",
    by_channel: "渠道",
    renewals: "续保（按客户计）",
    warnings: "预警（以下各行仍计入，请核实）",
    ties: "赔款明细与账册核对",
    rejected_rows: "被拒绝的行（按首个问题归类）",
    results: "结果",
};

/// Prints the summary for a person.
///
/// # Errors
/// What the terminal says.
pub fn print(to: &mut dyn Write, review: &Review, out: &str, lang: Lang) -> io::Result<()> {
    let summary = &review.summary;
    let words = match lang {
        Lang::En => &EN,
        Lang::Zh => &ZH,
    };
    writeln!(to)?;
    if let Some(name) = &summary.name {
        writeln!(to, "{name}")?;
    }
    match lang {
        Lang::En => writeln!(to, "as of {}, in {}", summary.as_of, summary.currency)?,
        Lang::Zh => writeln!(to, "统计日期 {}，币种 {}", summary.as_of, summary.currency)?,
    }
    writeln!(to)?;
    totals(to, summary, words, lang)?;
    let codes = summary.by_risk_type.keys().chain(summary.by_channel.keys()).map(|code| width(code));
    let first = codes.chain([width(words.by_risk_type)]).max().unwrap_or_default();
    groups(to, words.by_risk_type, &summary.by_risk_type, first, words)?;
    groups(to, words.by_channel, &summary.by_channel, first, words)?;
    renewals(to, summary, words, lang)?;
    warnings(to, summary, words, lang)?;
    ties(to, summary, words, lang)?;
    rejected(to, review, words, lang)?;
    match lang {
        Lang::En => writeln!(to, "{}: {out}", words.results)?,
        Lang::Zh => writeln!(to, "{}：{out}", words.results)?,
    }
    let ties = summary.claim_ties.is_some().then_some(CLAIM_TIES);
    let files: Vec<&str> = [REPORT, BOOK, SUMMARY, REJECTED, WARNINGS].into_iter().chain(ties).collect();
    writeln!(to, "  {}", files.join("  "))?;
    writeln!(to)?;
    write!(to, "{}", review.stages.lines(lang))
}

fn totals(to: &mut dyn Write, summary: &Summary, words: &Words, lang: Lang) -> io::Result<()> {
    let rejected: i64 = summary.rejected.values().sum();
    let (read, used, rejected) = (count_text(summary.rows_in), count_text(summary.rows), count_text(rejected));
    let rows = match lang {
        Lang::En => format!("{read} read = {used} used + {rejected} rejected"),
        Lang::Zh => format!("读入 {read} = 计入 {used} + 拒绝 {rejected}"),
    };
    let loss_ratio = match &summary.loss_ratio {
        Some(percent) => format!("{percent} %  {}", words.loss_ratio_of),
        None => words.absent.to_owned(),
    };
    for (label, value) in [
        (words.rows, rows),
        (words.customers, count_text(summary.customers)),
        (words.premium, amount_text(&summary.premium)),
        (words.claims_cost, amount_text(&summary.claims_cost)),
        (words.claims, count_text(summary.claims)),
        (words.loss_ratio, loss_ratio),
    ] {
        writeln!(to, "  {}  {value}", left(label, 11))?;
    }
    writeln!(to)
}

fn groups(
    to: &mut dyn Write,
    title: &str,
    groups: &BTreeMap<String, Group>,
    first: usize,
    words: &Words,
) -> io::Result<()> {
    if groups.is_empty() {
        return Ok(());
    }
    writeln!(
        to,
        "  {}  {}  {}  {}  {}",
        left(title, first),
        right(words.rows, 10),
        right(words.premium, 18),
        right(words.claims_cost, 18),
        right(words.loss_ratio, 12)
    )?;
    for (code, group) in groups {
        let ratio = group.loss_ratio.as_ref().map_or_else(|| "—".to_owned(), |percent| format!("{percent} %"));
        writeln!(
            to,
            "  {}  {}  {}  {}  {}",
            left(code, first),
            right(&count_text(group.rows), 10),
            right(&amount_text(&group.premium), 18),
            right(&amount_text(&group.claims_cost), 18),
            right(&ratio, 12)
        )?;
    }
    writeln!(to)
}

fn renewals(to: &mut dyn Write, summary: &Summary, words: &Words, lang: Lang) -> io::Result<()> {
    if summary.renewals.is_empty() {
        return Ok(());
    }
    writeln!(to, "  {}", words.renewals)?;
    for (year, count) in &summary.renewals {
        let (renewed, due) = (right(&count_text(count.renewed), 9), count_text(count.due));
        let rate = count.rate.as_deref().unwrap_or("—");
        match lang {
            Lang::En => writeln!(to, "  {year}  {renewed} of {} renewed in the next year  {rate} %", left(&due, 9))?,
            Lang::Zh => writeln!(to, "  {year}  应续 {}  次年续保 {renewed}  续保率 {rate} %", right(&due, 9))?,
        }
    }
    writeln!(to)
}

fn warnings(to: &mut dyn Write, summary: &Summary, words: &Words, lang: Lang) -> io::Result<()> {
    if summary.warnings.values().all(|count| *count == 0) {
        return Ok(());
    }
    writeln!(to, "  {}", words.warnings)?;
    for (code, count) in &summary.warnings {
        let sentence = refusal::Code::from_text(code).map_or("", |code| code.template(lang));
        writeln!(to, "  {}  {}", right(&count_text(*count), 9), sentence)?;
    }
    writeln!(to)
}

fn ties(to: &mut dyn Write, summary: &Summary, words: &Words, lang: Lang) -> io::Result<()> {
    let Some(ties) = &summary.claim_ties else { return Ok(()) };
    writeln!(to, "  {}", words.ties)?;
    let off = ties.off_by_one_cent;
    let lost = ties.groups - ties.found;
    let lines = match lang {
        Lang::En => [
            (ties.groups, "groups of one customer and one total".to_owned()),
            (ties.exact, "tie to the cent".to_owned()),
            (off.up + off.down, format!("are one cent off ({} up, {} down)", off.up, off.down)),
            (ties.other, "are further off".to_owned()),
            (lost, "are not in the book".to_owned()),
        ],
        Lang::Zh => [
            (ties.groups, "组（同一客户、同一总额为一组）".to_owned()),
            (ties.exact, "组分毫不差".to_owned()),
            (off.up + off.down, format!("组相差一分（多 {}，少 {}）", off.up, off.down)),
            (ties.other, "组相差更多".to_owned()),
            (lost, "组在账册中找不到".to_owned()),
        ],
    };
    for (count, text) in lines {
        writeln!(to, "  {}  {text}", right(&count_text(count), 9))?;
    }
    let rejected: i64 = ties.rejected.values().sum();
    if rejected > 0 {
        match lang {
            Lang::En => writeln!(to, "  {}  rows of the file were rejected", right(&count_text(rejected), 9))?,
            Lang::Zh => writeln!(to, "  {}  行明细被拒绝", right(&count_text(rejected), 9))?,
        }
    }
    writeln!(to)
}

fn rejected(to: &mut dyn Write, review: &Review, words: &Words, lang: Lang) -> io::Result<()> {
    let summary = &review.summary;
    if summary.rejected.is_empty() {
        return Ok(());
    }
    writeln!(to, "  {}", words.rejected_rows)?;
    let widest = summary.rejected.keys().map(|code| width(code)).max().unwrap_or_default();
    for (code, count) in &summary.rejected {
        let Some(first) = review.first_rejected.get(code) else { continue };
        let column = first.finding.column.as_ref().map_or_else(String::new, |column| match lang {
            Lang::En => format!(", {column}"),
            Lang::Zh => format!("，{column}"),
        });
        let place = match lang {
            Lang::En => format!("first: {} line {}{column}", first.file, first.line),
            Lang::Zh => format!("首例：{} 第 {} 行{column}", first.file, first.line),
        };
        writeln!(to, "  {}  {}  {place}", right(&count_text(*count), 9), left(code, widest))?;
        writeln!(to, "             {}", first.finding.text(lang))?;
    }
    if summary.rows == 0 {
        match lang {
            Lang::En => {
                writeln!(to, "\n  No row could be used: the mapping file and the files hardly fit each other.")?
            }
            Lang::Zh => writeln!(to, "\n  没有一行可用：映射文件与账册文件很可能不相符。")?,
        }
    }
    writeln!(to)
}

/// A count with commas between groups of three digits.
pub(super) fn count_text(count: i64) -> String {
    amount_text(&count.to_string())
}

/// An amount with commas between groups of three digits.
pub(super) fn amount_text(amount: &str) -> String {
    let (sign, digits) = match amount.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", amount),
    };
    let (whole, decimals) = digits.split_once('.').map_or((digits, None), |(whole, rest)| (whole, Some(rest)));
    let mut out = String::from(sign);
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(decimals) = decimals {
        out.push('.');
        out.push_str(decimals);
    }
    out
}

/// Columns on a terminal: a Chinese character takes two.
fn width(text: &str) -> usize {
    text.chars()
        .map(|letter| if matches!(letter, '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{ffdc}') { 2 } else { 1 })
        .sum()
}

pub(super) fn left(text: &str, wanted: usize) -> String {
    format!("{text}{}", " ".repeat(wanted.saturating_sub(width(text))))
}

pub(super) fn right(text: &str, wanted: usize) -> String {
    format!("{}{text}", " ".repeat(wanted.saturating_sub(width(text))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_stand_in_groups() {
        for (amount, shown) in [
            ("0", "0"),
            ("999", "999"),
            ("1000", "1,000"),
            ("-1000", "-1,000"),
            ("-100.50", "-100.50"),
            ("33344038.88", "33,344,038.88"),
        ] {
            assert_eq!(amount_text(amount), shown);
        }
    }

    #[test]
    fn chinese_takes_two_columns() {
        assert_eq!(left("险种 a", 8), "险种 a  ");
        assert_eq!(right("赔款", 6), "  赔款");
    }
}
