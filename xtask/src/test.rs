//! `cargo xtask test`: everything that has to hold, in every language, with a table at the end.

use std::path::Path;
use std::process::Command;

use crate::hosts::{HOSTS, Host};
use crate::selfcheck::Digests;
use crate::steps::{Steps, command};
use crate::{bindgen, tools, workspace};

pub const HELP: &str = "\
cargo xtask test [--only rust|python|node|jvm]… [--laws 10x] [--skip-missing]

  --only          one language (may be repeated)
  --laws          so many times the usual cases for every property test
  --skip-missing  a language whose tools are missing is left out; without this it is a failure
";

/// proptest's own number of cases.
const CASES: u32 = 256;
const LANGUAGES: [&str; 4] = ["rust", "python", "node", "jvm"];

/// What to run.
#[derive(Debug, PartialEq, Eq)]
struct Choice {
    languages: Vec<&'static str>,
    laws: u32,
    skip_missing: bool,
}

impl Choice {
    fn read(words: &[&str]) -> Result<Self, String> {
        let mut choice = Self { languages: Vec::new(), laws: 1, skip_missing: false };
        let mut rest = words.iter();
        while let Some(word) = rest.next() {
            match *word {
                "--skip-missing" => choice.skip_missing = true,
                "--only" => {
                    let wanted = rest.next().copied().unwrap_or_default();
                    let known = LANGUAGES.into_iter().find(|language| *language == wanted);
                    choice.languages.push(known.ok_or_else(|| format!("--only {wanted}: not a language\n{HELP}"))?);
                }
                "--laws" => {
                    let wanted = rest.next().copied().unwrap_or_default();
                    let times = wanted.trim_end_matches('x').parse().ok().filter(|times| (1..=10_000).contains(times));
                    choice.laws = times.ok_or_else(|| format!("--laws {wanted}: not a factor such as 10x\n{HELP}"))?;
                }
                other => return Err(format!("{other}: unknown\n{HELP}")),
            }
        }
        if choice.languages.is_empty() {
            choice.languages = LANGUAGES.to_vec();
        }
        Ok(choice)
    }

    fn wants(&self, language: &str) -> bool {
        self.languages.contains(&language)
    }
}

/// Runs what was asked for and prints the table.
pub fn run(words: &[&str]) -> Result<(), String> {
    let choice = Choice::read(words)?;
    let root = workspace::root()?;
    let mut steps = Steps::default();
    if choice.wants("rust") {
        rust(&mut steps, &root, choice.laws);
    }
    let mut digests = Digests::default();
    digests.rust(&mut steps, &root);
    for name in HOSTS.into_iter().filter(|name| choice.wants(name)) {
        host(&mut steps, &root, name, &mut digests);
    }
    steps.check("the same digest everywhere", || digests.agree());
    println!("\n{}\n{}", steps.table(), digests.table());
    steps.verdict(choice.skip_missing)
}

fn rust(steps: &mut Steps, root: &Path, laws: u32) {
    let cargo = |arguments: &[&str]| cargo(root, arguments, laws);
    match tools::rust_component("rustfmt") {
        Ok(()) => _ = steps.run("rust: format", &mut cargo(&["fmt", "--all", "--check"])),
        Err(why) => steps.not_run("rust: format", &why),
    }
    // By itself: a build of the workspace unifies features and would hide a clock that the core must not have.
    steps.run("rust: the core by itself", &mut cargo(&["check", "--locked", "--package", "crm-core"]));
    match tools::rust_component("clippy") {
        Ok(()) => {
            let lint = ["clippy", "--locked", "--workspace", "--all-targets", "--", "--deny", "warnings"];
            steps.run("rust: clippy", &mut cargo(&lint));
        }
        Err(why) => steps.not_run("rust: clippy", &why),
    }
    steps.check("generated files", || bindgen::run(true));
    let test = ["test", "--locked", "--workspace", "--no-fail-fast"];
    let with = |more: &[&str]| cargo(&[&test, more].concat());
    steps.run("rust: unit tests and laws", &mut with(&["--lib", "--bins"]));
    steps.run("rust: cases, kit, tidy", &mut with(&["--test", "*"]));
    steps.run("rust: doc tests", &mut with(&["--doc"]));
}

/// cargo in the workspace, with the environment that every build of a test run shares.
fn cargo(root: &Path, arguments: &[&str], laws: u32) -> Command {
    let mut cargo = command(tools::cargo(), arguments, root);
    if laws > 1 {
        cargo.env("PROPTEST_CASES", (CASES * laws).to_string()).env("CRM_LAWS", laws.to_string());
    }
    if tools::python().is_err() {
        // The extension module is linted without an interpreter too.
        cargo.env("PYO3_NO_PYTHON", "1");
    }
    cargo
}

/// One language: its tools, its build, its tests, its run of the kit.
fn host(steps: &mut Steps, root: &Path, name: &str, digests: &mut Digests) {
    match Host::of(name, root).map(Host::quick) {
        Ok(mut host) => {
            // The kit says more than the first failing test: it runs even when a test failed.
            if host.test(steps) {
                digests.host(steps, &mut host);
            }
        }
        Err(why) => steps.not_run(name, &why),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_its_flags() {
        let all = Choice::read(&[]);
        assert_eq!(all, Ok(Choice { languages: LANGUAGES.to_vec(), laws: 1, skip_missing: false }));
        let some = Choice::read(&["--only", "node", "--only", "jvm", "--laws", "10x", "--skip-missing"]);
        assert_eq!(some, Ok(Choice { languages: vec!["node", "jvm"], laws: 10, skip_missing: true }));
        for words in [&["--only"][..], &["--only", "cobol"], &["--laws", "0"], &["--laws", "many"], &["--fast"]] {
            assert!(Choice::read(words).is_err(), "{words:?}");
        }
    }
}
