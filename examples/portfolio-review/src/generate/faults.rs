//! Faults planted in a book, each with the code that must come out.

use super::{customers::PolicyYear, write::columns};

/// How a faulty row goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    ImpossibleDay,
    OtherDateForm,
    ThreeDecimals,
    NoNumber,
    UnknownChannel,
    SameRowAgain,
    SameIdOtherPremium,
    NoPremium,
    NoId,
    TooFewColumns,
    LongValue,
    LongRow,
    OtherEncoding,
    EndBeforeStart,
    OpenQuote,
    StrayQuote,
    WordForCount,
    NegativeCount,
    NextYear,
}

impl Fault {
    pub const ALL: [Self; 19] = [
        Self::ImpossibleDay,
        Self::OtherDateForm,
        Self::ThreeDecimals,
        Self::NoNumber,
        Self::UnknownChannel,
        Self::SameRowAgain,
        Self::SameIdOtherPremium,
        Self::NoPremium,
        Self::NoId,
        Self::TooFewColumns,
        Self::LongValue,
        Self::LongRow,
        Self::OtherEncoding,
        Self::EndBeforeStart,
        Self::OpenQuote,
        Self::StrayQuote,
        Self::WordForCount,
        Self::NegativeCount,
        Self::NextYear,
    ];

    /// What the review must say.
    pub const fn code(self) -> &'static str {
        match self {
            Self::ImpossibleDay => "calendar.date.invalid",
            Self::OtherDateForm => "csv.date.form",
            Self::ThreeDecimals => "money.amount.precision",
            Self::NoNumber => "wire.decimal.invalid",
            Self::UnknownChannel => "csv.value.unmapped",
            Self::SameRowAgain => "portfolio.row.duplicate",
            Self::SameIdOtherPremium => "portfolio.row.conflict",
            Self::NoPremium | Self::NoId => "csv.value.missing",
            Self::TooFewColumns => "csv.row.columns",
            Self::LongValue => "wire.text.too_long",
            Self::LongRow => "csv.row.too_long",
            Self::OtherEncoding => "csv.text.encoding",
            Self::EndBeforeStart => "calendar.period.empty",
            Self::OpenQuote => "csv.quote.open",
            Self::StrayQuote => "csv.quote.stray",
            Self::WordForCount => "csv.integer.invalid",
            Self::NegativeCount => "portfolio.claims.range",
            Self::NextYear => "portfolio.row.after_as_of",
        }
    }

    /// The faulty row that is made of a sound one, as text; `\u{0}` stands for bytes that are in no encoding.
    pub fn spoil(self, year: &PolicyYear, number: usize) -> String {
        let mut columns = columns(year);
        let mut set = |name: &str, value: &str| {
            if let Some((_, text)) = columns.iter_mut().find(|(column, _)| *column == name) {
                value.clone_into(text);
            }
        };
        if !matches!(self, Self::SameRowAgain | Self::SameIdOtherPremium) {
            set("保单号", &format!("X{number:06}"));
        }
        match self {
            Self::ImpossibleDay => set("起保日期", "2023-02-30"),
            Self::OtherDateForm => set("起保日期", "2023/3/1"),
            Self::ThreeDecimals => set("签单保费", "475.125"),
            Self::NoNumber => set("签单保费", "面议"),
            Self::UnknownChannel => set("渠道", "微信"),
            Self::SameRowAgain | Self::TooFewColumns => {}
            Self::SameIdOtherPremium => set("签单保费", "1.23"),
            Self::NoPremium => set("签单保费", "-"),
            Self::NoId => set("保单号", ""),
            Self::LongValue => set("投保人代码", &"9".repeat(10_000)),
            Self::LongRow => set("投保人姓名", &"长".repeat(40_000)),
            Self::OtherEncoding => set("投保人代码", "C\u{0}"),
            Self::EndBeforeStart => set("终保日期", "2001-01-01"),
            Self::OpenQuote => {
                // No other quote on the line: it stays open until some later line closes it.
                set("投保人姓名", "\"王");
                set("签单保费", "475.00");
                set("赔款", "0.00");
            }
            Self::StrayQuote => set("投保人姓名", "\"王\"伟"),
            Self::WordForCount => set("赔案件数", "一"),
            Self::NegativeCount => set("赔案件数", "-1"),
            Self::NextYear => {
                set("起保日期", "2026-01-01");
                set("终保日期", "2026-12-31");
            }
        }
        let mut texts: Vec<String> = columns.into_iter().map(|(_, text)| text).collect();
        if self == Self::TooFewColumns {
            texts.pop();
        }
        texts.join(",")
    }
}
