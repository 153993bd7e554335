//! The command line.

use std::path::PathBuf;

use book_generator::{Encoding, Plan, Unfit, identifiers::MOST_CUSTOMERS};

/// What the program is asked to do.
#[derive(Debug, PartialEq, Eq)]
pub enum Command {
    /// Say how it is used.
    Help,
    /// Generate a book.
    Generate {
        /// What.
        plan: Plan,
        /// Where.
        out: PathBuf,
    },
}

/// How the program is used, in both languages.
pub const HELP: &str = "\
book-generator: a seeded Chinese insurance book of any size
                按随机种子生成任意规模的示例保险账册

  book-generator --customers N --seed S --out DIR [--from YEAR] [--years 5] [--encoding utf-8|gb18030] [--clean]
      --customers N   how many customers, 1 to 20000000                          客户数
      --seed S        the same seed gives the same bytes                         随机种子
      --out DIR       where the files go; those of an earlier book are replaced  输出目录
      --from YEAR     the first year (2021 when not given)                       起始年
      --years N       how many years, 1 to 30 (5 when not given)                 年数
      --encoding E    utf-8 or gb18030 (utf-8 when not given)                    编码
      --clean         no faulty rows among the sound ones                        不埋设坏行

Exit code 退出码: 0 done 完成; 1 can't be written 无法写出; 2 wrong options 选项有误.
";

/// First year when none is given.
const FROM: i64 = 2021;
/// Years when no number is given.
const YEARS: i64 = 5;

/// Reads the arguments (without the program's name).
///
/// # Errors
/// What is wrong with the first option that is, in both languages.
pub fn read(arguments: impl IntoIterator<Item = String>) -> Result<Command, String> {
    let mut arguments = arguments.into_iter();
    let (mut customers, mut seed, mut out) = (None, None, None);
    let (mut from, mut years, mut encoding, mut clean) = (FROM, YEARS, Encoding::Utf8, false);
    while let Some(option) = arguments.next() {
        let mut value = || arguments.next().ok_or_else(|| wrong(&option));
        match option.as_str() {
            "--help" | "-h" => return Ok(Command::Help),
            "--clean" => clean = true,
            "--customers" => customers = Some(number(&option, &value()?)?),
            "--seed" => seed = Some(number(&option, &value()?)?),
            "--out" => out = Some(PathBuf::from(value()?)),
            "--from" => from = number(&option, &value()?)?,
            "--years" => years = number(&option, &value()?)?,
            "--encoding" => {
                encoding = match value()?.as_str() {
                    "utf-8" => Encoding::Utf8,
                    "gb18030" => Encoding::Gb18030,
                    _ => return Err(wrong(&option)),
                }
            }
            _ => return Err(format!("未知选项 unknown option: {option}")),
        }
    }
    let missing = |option: &str| format!("缺少选项 missing option: {option}");
    let plan = Plan {
        customers: customers.ok_or_else(|| missing("--customers"))?,
        seed: seed.ok_or_else(|| missing("--seed"))?,
        from,
        years,
        encoding,
        clean,
    };
    plan.check().map_err(|unfit| match unfit {
        Unfit::Customers => format!("--customers: 1 – {MOST_CUSTOMERS}"),
        Unfit::From => "--from: 1990 – 2100".to_owned(),
        Unfit::Years => "--years: 1 – 30".to_owned(),
    })?;
    Ok(Command::Generate { plan, out: out.ok_or_else(|| missing("--out"))? })
}

fn number<T: std::str::FromStr>(option: &str, text: &str) -> Result<T, String> {
    text.parse().map_err(|_| wrong(option))
}

fn wrong(option: &str) -> String {
    format!("选项的值有误 wrong value of the option: {option}")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn words(line: &str) -> Result<Command, String> {
        read(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn options_are_read() {
        let plan = Plan { customers: 10, seed: 3, from: 2021, years: 5, encoding: Encoding::Utf8, clean: false };
        let out = PathBuf::from("x");
        assert_eq!(words("--customers 10 --seed 3 --out x"), Ok(Command::Generate { plan, out: out.clone() }));
        let plan = Plan { from: 2018, years: 2, encoding: Encoding::Gb18030, clean: true, ..plan };
        let all = "--clean --customers 10 --seed 3 --out x --from 2018 --years 2 --encoding gb18030";
        assert_eq!(words(all), Ok(Command::Generate { plan, out }));
        assert_eq!(words("--help"), Ok(Command::Help));
    }

    #[test]
    fn wrong_options_are_named() {
        for (line, name) in [
            ("--seed 3 --out x", "--customers"),
            ("--customers 10 --out x", "--seed"),
            ("--customers 10 --seed 3", "--out"),
            ("--customers ten --seed 3 --out x", "--customers"),
            ("--customers 0 --seed 3 --out x", "--customers"),
            ("--customers 20000001 --seed 3 --out x", "--customers"),
            ("--customers 10 --seed 3 --out x --years 31", "--years"),
            ("--customers 10 --seed 3 --out x --from 1066", "--from"),
            ("--customers 10 --seed 3 --out x --encoding gbk", "--encoding"),
            ("--customers 10 --seed 3 --out x --colour", "--colour"),
        ] {
            assert!(words(line).unwrap_err().contains(name), "{line}");
        }
    }
}
