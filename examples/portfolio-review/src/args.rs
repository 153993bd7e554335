//! The command line.

use std::path::PathBuf;

use crm_core::{calendar::Date, refusal::Lang};

use crate::{
    finding::{Code, Finding},
    mapping::Encoding,
};

/// What the program is asked to do.
#[derive(Debug, PartialEq, Eq)]
pub enum Command {
    /// Say how it is used.
    Help,
    /// Review a book.
    Review {
        /// Directory of the book.
        book: PathBuf,
        /// The mapping file.
        map: PathBuf,
        /// Day of the review.
        as_of: Date,
        /// Directory of the results.
        out: PathBuf,
        /// As whom somebody looks.
        sight: Sight,
    },
    /// Generate a Chinese book, review it and compare it with what was planted.
    Demo(Generate),
    /// Open a figure to its rows.
    Rows(Rows),
}

/// Which rows to show, and to whom.
#[derive(Debug, PartialEq, Eq)]
pub struct Rows {
    /// The database of a review.
    pub book: PathBuf,
    /// The name of the figure; none lists all figures.
    pub figure: Option<String>,
    /// At most so many rows.
    pub limit: i64,
    /// As whom somebody looks.
    pub sight: Sight,
}

/// What to generate.
#[derive(Debug, PartialEq, Eq)]
pub struct Generate {
    /// Directory of the demo.
    pub out: PathBuf,
    /// The same seed gives the same bytes.
    pub seed: u64,
    /// Number of customers.
    pub customers: u32,
    /// Encoding of the files.
    pub encoding: Encoding,
    /// As whom somebody looks.
    pub sight: Sight,
}

/// As whom somebody looks at personal data.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sight {
    /// The role; none sees it masked.
    pub role: Option<String>,
    /// A file of rights in place of the one that ships.
    pub rights: Option<PathBuf>,
}

/// A command and the language of everything that the program says.
#[derive(Debug, PartialEq, Eq)]
pub struct Call {
    /// What to do.
    pub command: Command,
    /// `--lang`, English unless it is given.
    pub lang: Lang,
}

/// How the program is used, in both languages.
pub const HELP: &str = "\
portfolio-review: an insurer's book, from CSV by a mapping file
                  用映射文件读取 CSV 账册，给出分析报告、数据库与每一行被拒绝的原因

  portfolio-review --book DIR --map FILE.toml --as-of YYYY-MM-DD --out DIR [--lang zh|en]
      --book DIR     the directory of the book's files                账册目录
      --map FILE     which columns are which fields (TOML)            映射文件：列与字段的对应
      --as-of DAY    the day of the review; later rows are left out   统计日期；之后的行不计入
      --out DIR      where the results go                             结果目录
      --lang LANG    zh or en (en when not given)                     语言，默认 en
      --show-personal-as ROLE   with personal data as this role may see it, in the report  按角色显示个人信息
      --rights FILE  who may see what, in place of maps/rights.json   权限文件

      writes report.html, summary.json, rejected.csv, warnings.csv; of a customer book also book.sqlite;
      of policy years with a file of claims by part also claim_ties.csv: all of them or none
      写出上述文件，要么全部写成，要么一个也不写

  portfolio-review demo --out DIR [--seed N] [--customers N] [--encoding gb18030|utf-8] [--lang zh|en]
      generates a Chinese customer book with planted faults (20,000 customers), reviews it, and compares
      what was found with what was planted                            生成示例账册、分析并核对

  portfolio-review rows --book OUT/book.sqlite [--figure NAME] [--limit N] [--show-personal-as ROLE] [--rights FILE]
      the rows behind a figure, personal data masked unless a role may see it; without a name all figures
                                                                      指标的构成行；个人信息默认脱敏

Exit code 退出码: 0 done, rejected rows or not 完成（可有被拒绝的行）; 1 the book can't be read or the results
can't be written, or the demo found other than was planted 账册无法读取、结果无法写入，或示例核对不一致;
2 wrong options, a mapping file with faults, no such figure or role 选项有误、映射文件有错、没有该指标或角色。
";

/// Seed of the demo when none is given.
pub const DEFAULT_SEED: u64 = 20_260_101;
/// Customers of the demo when no number is given.
pub const DEFAULT_CUSTOMERS: u32 = 20_000;
/// Most customers of a demo: everything about them is held in memory while it is analysed.
const MAX_CUSTOMERS: u32 = 1_000_000;
/// Rows that are shown when no number is given.
const DEFAULT_ROWS: u64 = 50;

/// Reads the arguments (without the program's name).
///
/// # Errors
/// Every fault, with the language to say it in.
pub fn read(arguments: impl IntoIterator<Item = String>) -> Result<Call, (Lang, Vec<Finding>)> {
    let mut options = Options { given: Vec::new(), faults: Vec::new() };
    let mut arguments = arguments.into_iter().peekable();
    let word = arguments.next_if(|argument| !argument.starts_with('-'));
    let known: &[&str] = match word.as_deref() {
        None => &["--book", "--map", "--as-of", "--out", "--lang", "--show-personal-as", "--rights"],
        Some("demo") => &["--out", "--seed", "--customers", "--encoding", "--lang", "--show-personal-as", "--rights"],
        Some("rows") => &["--book", "--figure", "--limit", "--show-personal-as", "--rights", "--lang"],
        Some("help") => return Ok(Call { command: Command::Help, lang: Lang::En }),
        Some(other) => {
            let finding = Finding::new(Code::UsageUnknown).with("option", crm_core::refusal::shown_name(other));
            return Err((Lang::En, vec![finding]));
        }
    };
    if options.collect(arguments, known) {
        return Ok(Call { command: Command::Help, lang: Lang::En });
    }
    let lang = match options.value("--lang").as_deref() {
        None | Some("en") => Lang::En,
        Some("zh") => Lang::Zh,
        Some(_) => {
            options.wrong("--lang", ("zh or en", "zh 或 en"));
            Lang::En
        }
    };
    let command = match word.as_deref() {
        None => options.review(),
        Some("demo") => options.generate().map(Command::Demo),
        Some(_) => options.rows().map(Command::Rows),
    };
    match command {
        Some(command) if options.faults.is_empty() => Ok(Call { command, lang }),
        _ => Err((lang, options.faults)),
    }
}

struct Options {
    given: Vec<(String, String)>,
    faults: Vec<Finding>,
}

impl Options {
    /// Takes `--name value` and `--name=value`; gives whether help is asked for.
    fn collect(&mut self, mut arguments: impl Iterator<Item = String>, known: &[&str]) -> bool {
        while let Some(argument) = arguments.next() {
            if matches!(argument.as_str(), "--help" | "-h") {
                return true;
            }
            let (name, joined) = match argument.split_once('=') {
                Some((name, value)) => (name.to_owned(), Some(value.to_owned())),
                None => (argument, None),
            };
            if !known.contains(&name.as_str()) {
                let shown = crm_core::refusal::shown_name(&name).to_owned();
                self.faults.push(Finding::new(Code::UsageUnknown).with("option", shown));
                continue;
            }
            let Some(value) = joined.or_else(|| arguments.next()) else {
                let finding = Finding::new(Code::UsageValue).with("option", name);
                self.faults.push(finding.with_words("expected", "see --help", "见 --help"));
                break;
            };
            if self.given.iter().any(|(given, _)| *given == name) {
                self.faults.push(Finding::new(Code::UsageTwice).with("option", name));
                continue;
            }
            self.given.push((name, value));
        }
        false
    }

    fn value(&self, name: &str) -> Option<String> {
        self.given.iter().find(|(given, _)| given == name).map(|(_, value)| value.clone())
    }

    fn need(&mut self, name: &str) -> Option<String> {
        let value = self.value(name);
        if value.is_none() {
            self.faults.push(Finding::new(Code::UsageMissing).with("option", name));
        }
        value
    }

    fn wrong(&mut self, name: &str, (en, zh): (&str, &str)) {
        self.faults.push(Finding::new(Code::UsageValue).with("option", name).with_words("expected", en, zh));
    }

    fn review(&mut self) -> Option<Command> {
        let book = self.need("--book");
        let map = self.need("--map");
        let as_of = self.need("--as-of").and_then(|text| {
            let date = Date::parse(&text).ok();
            if date.is_none() {
                self.wrong("--as-of", ("a day such as 2025-12-31", "日期，例如 2025-12-31"));
            }
            date
        });
        let out = self.need("--out");
        let sight = self.sight();
        Some(Command::Review { book: book?.into(), map: map?.into(), as_of: as_of?, out: out?.into(), sight })
    }

    fn generate(&mut self) -> Option<Generate> {
        let out = self.need("--out");
        let seed = self.number("--seed", DEFAULT_SEED, u64::MAX);
        let customers = self.number("--customers", DEFAULT_CUSTOMERS.into(), MAX_CUSTOMERS.into());
        let encoding = match self.value("--encoding").as_deref() {
            None => Encoding::Utf8,
            Some(name) => Encoding::ALL.into_iter().find(|encoding| encoding.name() == name).unwrap_or_else(|| {
                self.wrong("--encoding", ("gb18030 or utf-8", "gb18030 或 utf-8"));
                Encoding::Utf8
            }),
        };
        let sight = self.sight();
        Some(Generate { out: out?.into(), seed, customers: u32::try_from(customers).ok()?, encoding, sight })
    }

    fn rows(&mut self) -> Option<Rows> {
        let book = self.need("--book");
        let limit = self.number("--limit", DEFAULT_ROWS, i64::MAX.unsigned_abs());
        let (figure, sight) = (self.value("--figure"), self.sight());
        Some(Rows { book: book?.into(), figure, limit: i64::try_from(limit).ok()?, sight })
    }

    fn sight(&self) -> Sight {
        Sight { role: self.value("--show-personal-as"), rights: self.value("--rights").map(PathBuf::from) }
    }

    fn number(&mut self, name: &str, default: u64, most: u64) -> u64 {
        match self.value(name).map(|text| text.parse::<u64>()) {
            None => default,
            Some(Ok(number)) if (1..=most).contains(&number) => number,
            Some(_) => {
                let (en, zh) = (format!("a whole number from 1 to {most}"), format!("1 至 {most} 的整数"));
                self.wrong(name, (&en, &zh));
                default
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn of(line: &str) -> Result<Call, Vec<String>> {
        read(line.split_whitespace().map(str::to_owned))
            .map_err(|(_, faults)| faults.iter().map(|fault| fault.code().to_owned()).collect())
    }

    #[test]
    fn reads_a_review() {
        let call = of("--book b --map m.toml --as-of 2025-12-31 --out=o --lang zh").unwrap();
        let wanted = Command::Review {
            book: "b".into(),
            map: "m.toml".into(),
            as_of: Date::parse("2025-12-31").unwrap(),
            out: "o".into(),
            sight: Sight::default(),
        };
        assert_eq!((call.command, call.lang), (wanted, Lang::Zh));
        assert_eq!(of("--help").unwrap().command, Command::Help);
        assert_eq!(of("demo --out o --help").unwrap().command, Command::Help);
    }

    #[test]
    fn reads_a_demo() {
        let call = of("demo --out o --seed 7 --customers 9 --encoding gb18030 --show-personal-as auditor").unwrap();
        let sight = Sight { role: Some("auditor".into()), rights: None };
        let wanted = Generate { out: "o".into(), seed: 7, customers: 9, encoding: Encoding::Gb18030, sight };
        assert_eq!(call.command, Command::Demo(wanted));
    }

    #[test]
    fn reads_what_to_open() {
        let call = of("rows --book b.sqlite --figure premium.written --limit 3").unwrap();
        let sight = Sight::default();
        let wanted = Rows { book: "b.sqlite".into(), figure: Some("premium.written".into()), limit: 3, sight };
        assert_eq!(call.command, Command::Rows(wanted));
        assert_eq!(of("rows --limit 0").unwrap_err(), ["usage.option.missing", "usage.option.value"]);
    }

    #[test]
    fn tells_every_fault() {
        let missing = "usage.option.missing";
        assert_eq!(of("").unwrap_err(), [missing; 4]);
        assert_eq!(
            of("--book b --book c --x --as-of 2025-02-30 --lang fr --map m --out").unwrap_err(),
            [
                "usage.option.twice",
                "usage.option.unknown",
                "usage.option.value",
                "usage.option.value",
                "usage.option.value",
                "usage.option.missing",
            ]
        );
        assert_eq!(of("fly").unwrap_err(), ["usage.option.unknown"]);
        assert_eq!(of("demo --out o --customers 0 --seed x --encoding big5").unwrap_err(), ["usage.option.value"; 3]);
    }
}
