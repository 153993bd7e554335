//! `cargo xtask demo`: `portfolio-review` on a book; needs Rust only.

use std::path::{Path, PathBuf};

use crate::steps::command;
use crate::{tools, workspace};

const HELP: &str = "\
cargo xtask demo [--book DIR] [--map FILE.toml] [--as-of YYYY-MM-DD] [--out DIR] [--lang zh|en]
                 [--customers N] [--seed N] [--show-personal-as ROLE]

  --book       a folder with the files of a book; without it a Chinese book of 20,000 customers is made up, reviewed, and
               what was found is compared with what was planted
  --map        which columns mean what; without it the mapping that ships for a folder of this name
  --as-of      the day of the review; later rows are left out
  --out        where the results go (report.html, book.sqlite, …); without it below cargo's target directory
  --lang       the language of the summary, and the one in which the report opens
  --customers  of the book that is made up
  --seed       of the book that is made up: the same seed gives the same book
  --show-personal-as   a role of maps/rights.json; without one personal data is masked
";
const FLAGS: [&str; 8] =
    ["--book", "--map", "--as-of", "--out", "--lang", "--customers", "--seed", "--show-personal-as"];
const EXAMPLE: &str = "examples/portfolio-review";
/// Books whose mapping ships with the example, and the last day of each.
const KNOWN: [(&str, &str); 1] = [("es-motor", "2018-12-31")];

/// Makes up a book where none is given, and reviews it.
pub fn run(words: &[&str]) -> Result<(), String> {
    if words == ["--help"] {
        println!("{}", HELP.trim_end());
        return Ok(());
    }
    let root = workspace::root()?;
    let results = tools::target_directory()?.join("demo");
    review(&root, &arguments(words, &root, &results)?)
}

/// What the example is called with.
fn arguments(words: &[&str], root: &Path, results: &Path) -> Result<Vec<String>, String> {
    let given = |flag: &str| words.iter().position(|word| *word == flag).and_then(|at| words.get(at + 1)).copied();
    for pair in words.chunks(2) {
        match pair {
            [flag, ..] if !FLAGS.contains(flag) => return Err(format!("{flag}: unknown\n\n{HELP}")),
            [flag] => return Err(format!("{flag} needs a value\n\n{HELP}")),
            _ => {}
        }
    }
    let mut out = Vec::new();
    let mut add = |flag: &str, value: String| out.extend([flag.to_owned(), value]);
    let name = match given("--book") {
        Some(book) => {
            let book = PathBuf::from(book);
            let name = book.canonicalize().unwrap_or_else(|_| book.clone());
            let name = name.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            let known = KNOWN.iter().find(|(known, _)| *known == name);
            let shipped = known.map(|(known, _)| text(&root.join(EXAMPLE).join("maps").join(format!("{known}.toml"))));
            let asked = |flag: &str, known: Option<String>| {
                given(flag)
                    .map(str::to_owned)
                    .or(known)
                    .ok_or_else(|| format!("{flag} is needed for this book\n\n{HELP}"))
            };
            add("--map", asked("--map", shipped)?);
            add("--as-of", asked("--as-of", known.map(|(_, day)| (*day).to_owned()))?);
            add("--book", text(&book));
            name
        }
        None if given("--map").or(given("--as-of")).is_some() => return Err(format!("--book is missing\n\n{HELP}")),
        None => "made-up".to_owned(),
    };
    add("--out", given("--out").map_or_else(|| text(&results.join(name)), str::to_owned));
    let made_up = given("--book").is_none();
    for flag in ["--lang", "--customers", "--seed", "--show-personal-as"] {
        match given(flag) {
            Some(_) if !made_up && matches!(flag, "--customers" | "--seed") => {
                return Err(format!("{flag} is for a book that is made up\n\n{HELP}"));
            }
            Some(value) => add(flag, value.to_owned()),
            None => {}
        }
    }
    if made_up {
        out.insert(0, "demo".to_owned());
    }
    Ok(out)
}

/// Builds and runs the example from where the user stands, so that paths mean what they say.
fn review(root: &Path, words: &[String]) -> Result<(), String> {
    let here = std::env::current_dir().map_err(|error| error.to_string())?;
    let manifest = text(&root.join("Cargo.toml"));
    let run =
        ["run", "--quiet", "--release", "--locked", "--manifest-path", &manifest, "--package", "portfolio-review"];
    let mut review = command(tools::cargo(), &run, &here);
    // The book is small against the time that optimisation across crates takes.
    review.arg("--").args(words).env("CARGO_PROFILE_RELEASE_LTO", "off");
    println!("building and running portfolio-review (the first build takes some minutes: SQLite is compiled with it)");
    match review.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("portfolio-review: {status}")),
        Err(error) => Err(format!("cargo: {error}")),
    }
}

fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(line: &str) -> Result<String, String> {
        let words: Vec<&str> = line.split_whitespace().collect();
        arguments(&words, Path::new("root"), Path::new("results")).map(|words| words.join(" "))
    }

    #[test]
    fn knows_the_made_up_book_and_the_shipped_mapping() {
        assert_eq!(asked(""), Ok("demo --out results/made-up".to_owned()));
        assert_eq!(asked("--lang zh --out o"), Ok("demo --out o --lang zh".to_owned()));
        assert_eq!(
            asked("--seed 7 --customers 500"),
            Ok("demo --out results/made-up --customers 500 --seed 7".to_owned())
        );
        let shipped = "--map root/examples/portfolio-review/maps/es-motor.toml --as-of 2018-12-31 --book a/es-motor --out results/es-motor";
        assert_eq!(asked("--book a/es-motor"), Ok(shipped.to_owned()));
        let own = "--map m.toml --as-of 2025-12-31 --book mine --out results/mine";
        assert_eq!(asked("--book mine --map m.toml --as-of 2025-12-31"), Ok(own.to_owned()));
    }

    #[test]
    fn says_what_is_missing() {
        assert!(asked("--book mine").is_err_and(|text| text.starts_with("--map is needed")));
        assert!(asked("--book mine --map m.toml").is_err_and(|text| text.starts_with("--as-of is needed")));
        assert!(asked("--book a/es-motor --seed 7").is_err_and(|text| text.starts_with("--seed is for a book")));
        assert!(asked("--map m.toml").is_err_and(|text| text.starts_with("--book is missing")));
    }

    #[test]
    fn names_the_option_that_is_wrong() {
        for (line, start) in [
            ("--book", "--book needs a value"),
            ("mine", "mine: unknown"),
            ("--fast yes", "--fast: unknown"),
            ("--book mine --fast", "--fast: unknown"),
            ("--book mine --lang", "--lang needs a value"),
        ] {
            assert!(asked(line).is_err_and(|text| text.starts_with(start)), "{line}");
        }
    }
}
