//! What this program itself can find wrong, beside what the core refuses: one catalogue, the same shape as the core's.
//!
//! Codes start with `usage.` (the command line), `map.` (the mapping file), `book.` (a file as a whole), `csv.` (one row)
//! or `row.` (one row against the others). A finding carries names that the author of the mapping file chose, limits and positions, never a value of a row.

use std::{borrow::Cow, collections::BTreeMap, fmt};

use crm_core::refusal::{self, Lang};

macro_rules! catalogue {
    ($( $(#[$doc:meta])* $name:ident = $code:literal $en:literal $zh:literal; )*) => {
        /// A permanent code of this program.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Code { $( $(#[$doc])* $name, )* }

        impl Code {
            /// Every code, in the order of the catalogue.
            pub const ALL: &'static [Self] = &[ $( Self::$name, )* ];

            /// The permanent text of the code.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $( Self::$name => $code, )* }
            }

            /// The sentence, with `{param}` where a param stands.
            #[must_use]
            pub const fn template(self, lang: Lang) -> &'static str {
                match (self, lang) { $( (Self::$name, Lang::En) => $en, (Self::$name, Lang::Zh) => $zh, )* }
            }
        }
    };
}

catalogue! {
    // ---- the command line
    /// An option that the program does not have.
    UsageUnknown = "usage.option.unknown"
        "The option {option} is unknown; see portfolio-review --help."
        "没有选项 {option}；用法见 portfolio-review --help。";
    /// An option that must be given.
    UsageMissing = "usage.option.missing"
        "The option {option} is missing; see portfolio-review --help."
        "缺少选项 {option}；用法见 portfolio-review --help。";
    /// An option without its value.
    UsageValue = "usage.option.value"
        "The option {option} needs a value: {expected}."
        "选项 {option} 需要一个值：{expected}。";
    /// An option given twice.
    UsageTwice = "usage.option.twice"
        "The option {option} is given twice; keep one."
        "选项 {option} 重复，请只保留一个。";

    /// A figure that the review does not have.
    UsageFigure = "usage.figure.unknown"
        "The review has no such figure; portfolio-review rows without --figure lists all of them."
        "没有这个指标；不带 --figure 运行 portfolio-review rows 可列出全部指标。";
    /// A role that has no right to see rows of the whole company.
    UsageRole = "usage.role"
        "The role {role} may not see the rows of the company in this file of rights; known: {known}."
        "按权限文件，角色 {role} 无权查看全公司的数据；可用：{known}。";
    /// A file of rights that can't be read.
    UsageRights = "usage.rights"
        "The file of rights can't be used ({reason}); check the path given with --rights."
        "权限文件无法使用（{reason}）；请检查 --rights 给出的路径。";

    // ---- the mapping file
    /// The mapping file can't be read.
    MapUnreadable = "map.unreadable"
        "The mapping file can't be read ({reason}); check the path given with --map."
        "无法读取映射文件（{reason}）；请检查 --map 给出的路径。";
    /// Not TOML.
    MapSyntax = "map.syntax"
        "This is not valid TOML; correct the text here."
        "此处不是合法的 TOML，请更正。";
    /// A key that mapping files do not have.
    MapKeyUnknown = "map.key.unknown"
        "This key is unknown; known here: {known}."
        "没有这个键；此处可用：{known}。";
    /// A key that must be there.
    MapKeyMissing = "map.key.missing"
        "This key is missing; add it: {expected}."
        "缺少此键，请补上：{expected}。";
    /// A value of the wrong kind.
    MapKeyType = "map.key.type"
        "{expected} is expected here."
        "此处应为{expected}。";
    /// A value that mapping files don't allow.
    MapValue = "map.value"
        "This value is not possible here; expected: {expected}."
        "此处不能是这个值；应为：{expected}。";
    /// An option of a field that this kind of field does not have.
    MapOptionUnfit = "map.option.unfit"
        "This option does not fit a field of this kind; possible here: {known}."
        "该选项不适用于此类字段；此处可用：{known}。";
    /// A field mapped and also constant.
    MapFieldTwice = "map.field.twice"
        "This field is both mapped to a column and given as a constant; keep one."
        "该字段既映射到列又给了常量，请只保留一个。";

    // ---- a file as a whole
    /// A file of the book can't be read.
    BookUnreadable = "book.file.unreadable"
        "The file can't be read ({reason}); check --book and the file names in the mapping file."
        "无法读取该文件（{reason}）；请检查 --book 和映射文件中的文件名。";
    /// The output can't be written.
    BookOutput = "book.output"
        "The results can't be written ({reason}); nothing was changed there. Check --out."
        "无法写入结果（{reason}），该目录未作改动；请检查 --out。";
    /// The database of a review can't be written or read.
    BookDatabase = "book.database"
        "The database can't be written or read ({reason}); check the path and the disk."
        "数据库无法写入或读取（{reason}）；请检查路径与磁盘。";
    /// No rows at all.
    BookEmpty = "book.empty"
        "The book has no rows; check that these are the right files."
        "账册没有任何数据行；请检查文件是否正确。";
    /// The header lacks mapped columns.
    BookColumnMissing = "book.column.missing"
        "The header of the file lacks: {columns}. Check the column names in the mapping file and the header line."
        "文件表头缺少：{columns}。请核对映射文件中的列名与表头。";
    /// The header would fit with other settings.
    BookHeaderOther = "book.header.other"
        "The header of the file lacks: {columns}. It has all of them when it is read with {hint}; set that in the mapping file."
        "文件表头缺少：{columns}。若按 {hint} 读取则全部具备；请在映射文件中这样设置。";
    /// A mapped column stands twice in the header.
    BookColumnTwice = "book.column.twice"
        "The header of the file has {columns} more than once; rename one so that it is clear which is meant."
        "文件表头中 {columns} 出现多次；请改名以区分。";
    /// UTF-16.
    BookUtf16 = "book.encoding.utf16"
        "The file is UTF-16; save it as UTF-8 or GB18030 first."
        "该文件是 UTF-16 编码；请先另存为 UTF-8 或 GB18030。";

    // ---- one row
    /// A row with too few or too many columns.
    CsvColumns = "csv.row.columns"
        "The row has {found} columns, the header has {expected}; look for a missing or stray separator."
        "本行有 {found} 列，表头有 {expected} 列；请检查是否缺少或多出分隔符。";
    /// A row that is too long.
    CsvRowTooLong = "csv.row.too_long"
        "The row is longer than {limit} bytes and was not read further; shorten it or repair the line ends."
        "本行超过 {limit} 字节，未继续读取；请缩短或修复换行符。";
    /// A quote that is not closed.
    CsvQuoteOpen = "csv.quote.open"
        "A quote is opened in this row and not closed where the row ends; close it or double it."
        "本行有引号未在行内闭合；请补上引号，或将其写成两个。";
    /// Text after a closing quote.
    CsvQuoteStray = "csv.quote.stray"
        "Text follows a closing quote; put the separator there or double the quotes inside the text."
        "引号闭合之后还有文字；请在此处加分隔符，或将文字内的引号写成两个。";
    /// Bytes that are not of the encoding.
    CsvEncoding = "csv.text.encoding"
        "The row has bytes that are not {encoding}; save the file in the encoding that the mapping file names."
        "本行含有不属于 {encoding} 的字节；请按映射文件所写的编码保存该文件。";
    /// Nothing where something must be.
    CsvMissing = "csv.value.missing"
        "The value is missing; fill it in."
        "此处缺少值，请填写。";
    /// A value that the value map doesn't have.
    CsvUnmapped = "csv.value.unmapped"
        "The value is not in the map of values for this field; correct it, or add it to the mapping file."
        "该值不在本字段的对照表中；请更正，或补充到映射文件。";
    /// Not a date of the file's form.
    CsvDateForm = "csv.date.form"
        "This is not a date in the form {format}; write it so, without a time."
        "不是 {format} 格式的日期；请按此格式填写，不带时间。";
    /// A day that the calendar does not have (the code is the core's; the sentence names this file's form).
    CsvDateInvalid = "calendar.date.invalid"
        "There is no such day in the calendar; correct the date (form {format})."
        "日历中没有这一天；请更正日期（格式 {format}）。";
    /// An amount in scientific notation.
    CsvAmountExponent = "csv.amount.exponent"
        "The amount is in scientific notation, as a spreadsheet shows long numbers; digits may already be lost, so it is not taken. Format the column as plain numbers and export it again from its source."
        "金额是科学计数法（电子表格常这样显示较长的数字），可能已丢失位数，因此不予采用；请将该列设为普通数字格式，并从原始数据重新导出。";
    /// Not a whole number.
    CsvInteger = "csv.integer.invalid"
        "A whole number is expected here; write digits only."
        "此处应为整数；请只写数字。";

    // ---- one row against the others
    /// A branch that the book does not have.
    RowBranchUnknown = "row.branch.unknown"
        "The book has no branch with this code; correct the code or add the branch."
        "账册中没有该代码的机构；请更正代码或补充机构。";
    /// An agent that the book does not have.
    RowAgentUnknown = "row.agent.unknown"
        "The book has no agent with this code; correct the code or add the agent."
        "账册中没有该代码的代理人；请更正代码或补充代理人。";
    /// A policy that renews one that the book does not have.
    RowRenewalUnknown = "row.renewal.unknown"
        "The policy that this one renews is not in the book; correct the number, or leave it empty for new business."
        "账册中没有被续保的保单；请更正保单号，新保业务请留空。";
    /// Something that happened outside the cover of its policy.
    RowOutsideCover = "row.outside_cover"
        "The day lies outside the cover of the policy; correct the day or the policy."
        "该日期不在保单的保险期间内；请更正日期或保单号。";
    /// Money that came before the policy was signed.
    RowBeforeSigning = "row.before_signing"
        "The money moved before the policy was signed; correct the day or the policy."
        "收付款日期早于签单日期；请更正日期或保单号。";
}

/// One thing found wrong.
#[derive(Clone, PartialEq, Eq)]
pub struct Finding {
    code: Cow<'static, str>,
    /// Where: a key path of the mapping file (`/fields/premium`) or a path in the record (`/premium`); empty for the whole.
    pub path: String,
    /// The column of the CSV file, as the mapping file names it.
    pub column: Option<String>,
    /// The line of the file, from 1.
    pub line: Option<u64>,
    text: Sentence,
}

#[derive(Clone, PartialEq, Eq)]
enum Sentence {
    Own(Code, BTreeMap<&'static str, Words>),
    Core(Box<refusal::Fault>),
    Notice(Box<Words>),
}

/// A param in both languages.
#[derive(Clone, PartialEq, Eq)]
struct Words {
    en: String,
    zh: String,
}

impl Finding {
    /// A finding of this program.
    #[must_use]
    pub fn new(code: Code) -> Self {
        Self {
            code: Cow::Borrowed(code.as_str()),
            path: String::new(),
            column: None,
            line: None,
            text: Sentence::Own(code, BTreeMap::new()),
        }
    }

    /// A param that reads the same in every language.
    #[must_use]
    pub fn with(self, name: &'static str, value: impl fmt::Display) -> Self {
        let value = value.to_string();
        self.with_words(name, value.clone(), value)
    }

    /// A param in both languages.
    #[must_use]
    pub fn with_words(mut self, name: &'static str, en: impl Into<String>, zh: impl Into<String>) -> Self {
        if let Sentence::Own(_, params) = &mut self.text {
            params.insert(name, Words { en: en.into(), zh: zh.into() });
        }
        self
    }

    /// Where it is.
    #[must_use]
    pub fn at(mut self, path: impl Into<String>) -> Self {
        self.path = path.into();
        self
    }

    /// In which column.
    #[must_use]
    pub fn in_column(mut self, column: &str) -> Self {
        self.column = Some(column.to_owned());
        self
    }

    /// On which line.
    #[must_use]
    pub fn on_line(mut self, line: u64) -> Self {
        self.line = Some(line);
        self
    }

    /// The permanent code: of this program or of the core.
    #[must_use]
    pub fn code(&self) -> &str {
        &self.code
    }

    /// The sentence: what, why, what to do.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        match &self.text {
            Sentence::Core(fault) => fault.text(lang),
            Sentence::Notice(words) => match lang {
                Lang::En => words.en.clone(),
                Lang::Zh => words.zh.clone(),
            },
            Sentence::Own(code, params) => {
                let mut out = String::new();
                let mut rest = code.template(lang);
                while let Some((before, after)) = rest.split_once('{') {
                    let Some((name, tail)) = after.split_once('}') else { break };
                    out.push_str(before);
                    match (params.get(name), lang) {
                        (Some(words), Lang::En) => out.push_str(&words.en),
                        (Some(words), Lang::Zh) => out.push_str(&words.zh),
                        (None, _) => out.push('?'),
                    }
                    rest = tail;
                }
                out.push_str(rest);
                out
            }
        }
    }

    /// The code, the place and the sentence on one line.
    #[must_use]
    pub fn line_text(&self, lang: Lang) -> String {
        let mut place = String::new();
        if let Some(line) = self.line {
            place.push_str(&match lang {
                Lang::En => format!("line {line} "),
                Lang::Zh => format!("第 {line} 行 "),
            });
        }
        if !self.path.is_empty() {
            place.push_str(&self.path);
            place.push(' ');
        }
        format!("{place}[{}] {}", self.code, self.text(lang))
    }
}

impl From<refusal::Fault> for Finding {
    fn from(fault: refusal::Fault) -> Self {
        Self {
            code: Cow::Borrowed(fault.code().as_str()),
            path: fault.path().as_str().to_owned(),
            column: None,
            line: None,
            text: Sentence::Core(Box::new(fault)),
        }
    }
}

impl From<&refusal::Notice> for Finding {
    fn from(notice: &refusal::Notice) -> Self {
        Self {
            code: Cow::Owned(notice.code.clone()),
            path: notice.path.clone(),
            column: None,
            line: None,
            text: Sentence::Notice(Box::new(Words { en: notice.text.clone(), zh: notice.text_zh.clone() })),
        }
    }
}

impl fmt::Debug for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.line_text(Lang::En))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_unique_and_says_the_same_in_both_languages() {
        let mut seen = std::collections::BTreeSet::new();
        for code in Code::ALL {
            assert!(seen.insert(code.as_str()), "{code:?}");
            let params = |lang| {
                let mut names: Vec<&str> =
                    code.template(lang).split('{').skip(1).filter_map(|part| part.split('}').next()).collect();
                names.sort_unstable();
                names
            };
            assert_eq!(params(Lang::En), params(Lang::Zh), "{code:?}");
        }
    }
}
