//! `cargo xtask demo`: `portfolio-review` on a book; needs Rust only.

use std::path::{Path, PathBuf};

use crate::steps::command;
use crate::{tools, workspace};

const HELP: &str = "\
cargo xtask demo [--book DIR] [--map FILE.toml] [--as-of YYYY-MM-DD] [--out DIR] [--lang zh|en]

  --book    a folder with the files of a book; without it a small Chinese book is made up
  --map     which columns mean what; without it the mapping that has the name of the folder
  --as-of   the day of the review; without it the day that the mapping names
  --out     where summary.json and rejected.csv go; without it below cargo's target directory
  --lang    the language of the summary
";
const FLAGS: [&str; 5] = ["--book", "--map", "--as-of", "--out", "--lang"];
const EXAMPLE: &str = "examples/portfolio-review";

/// Makes up a book where none is given, and reviews it.
pub fn run(words: &[&str]) -> Result<(), String> {
    if words == ["--help"] {
        println!("{}", HELP.trim_end());
        return Ok(());
    }
    let given = |flag: &str| words.iter().position(|word| *word == flag).and_then(|at| words.get(at + 1)).copied();
    let paired = words.chunks(2).all(|pair| pair.len() == 2 && pair.first().is_some_and(|flag| FLAGS.contains(flag)));
    if !paired {
        return Err(HELP.to_owned());
    }
    let root = workspace::root()?;
    let results = tools::target_directory()?.join("demo");
    let book = match given("--book") {
        Some(folder) => PathBuf::from(folder),
        None => made_up(&root, &results)?,
    };
    let map = match given("--map") {
        Some(file) => PathBuf::from(file),
        None => map_for(&root, &book)?,
    };
    let out = given("--out").map_or_else(|| results.join(name_of(&book)), PathBuf::from);
    let mut words =
        vec!["--book".to_owned(), text(&book), "--map".to_owned(), text(&map), "--out".to_owned(), text(&out)];
    for flag in ["--as-of", "--lang"] {
        words.extend(given(flag).into_iter().flat_map(|value| [flag.to_owned(), value.to_owned()]));
    }
    review(&root, &words)
}

/// The seeded book that ships as a generator, not as data.
fn made_up(root: &Path, results: &Path) -> Result<PathBuf, String> {
    let book = results.join("cn-small-book");
    review(root, &["generate".to_owned(), "--out".to_owned(), text(&book)])?;
    Ok(book)
}

/// `maps/<name of the folder>.toml`.
fn map_for(root: &Path, book: &Path) -> Result<PathBuf, String> {
    let map = root.join(EXAMPLE).join("maps").join(format!("{}.toml", name_of(book)));
    if map.is_file() {
        Ok(map)
    } else {
        Err(format!("no mapping for this book; write one and name it with --map\n\n{HELP}"))
    }
}

/// Builds and runs the example from where the user stands, so that paths mean what they say.
fn review(root: &Path, words: &[String]) -> Result<(), String> {
    let here = std::env::current_dir().map_err(|error| error.to_string())?;
    let manifest = text(&root.join("Cargo.toml"));
    let build = [
        "run",
        "--quiet",
        "--release",
        "--locked",
        "--manifest-path",
        &manifest,
        "--package",
        "portfolio-review",
        "--",
    ];
    let mut review = command(tools::cargo(), &build, &here);
    review.args(words).env("CARGO_PROFILE_RELEASE_LTO", "off");
    match review.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("portfolio-review: {status}")),
        Err(error) => Err(format!("cargo: {error}")),
    }
}

fn name_of(folder: &Path) -> String {
    folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}
