//! Every developer command of the workspace: `cargo xtask <command>`.
//!
//! One module per command. xtask depends on no crate of the workspace, so that it still builds when one of them does
//! not, for instance because a generated file is stale.

mod bench;
mod bindgen;
mod demo;
mod hosts;
mod jvm_native;
mod selfcheck;
mod steps;
mod test;
mod tidy;
mod tools;
mod workspace;

use std::process::ExitCode;

const USAGE: &str = "\
cargo xtask <command>

  bench               the core and its bindings beside bare floors; writes docs/benchmarks.md
  bindgen [--check]   write what is generated from the core's Rust types (--check: list stale files, write nothing)
  docs [--check]      write docs/errors.md and docs/dependencies.txt (--check: list stale ones)
  demo [--book DIR]   reviews a book of 20,000 customers that it makes up, or the one in DIR (--help: all flags)
  jvm-native          the native half of the JVM binding, put where Maven finds it
  selfcheck           the conformance kit in every language: four equal digests
  test [--only …]     everything that has to hold, in every language (--help: all flags)
  tidy                the rules of the house, and files that are getting long
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match words.as_slice() {
        ["bindgen"] => bindgen::run(false),
        ["bindgen", "--check"] => bindgen::run(true),
        ["bench"] => bench::run(),
        ["demo", flags @ ..] => demo::run(flags),
        ["docs", ..] | ["tidy"] => tidy::run(&words),
        ["jvm-native"] => jvm_native::run(),
        ["selfcheck", flags @ ..] => selfcheck::run(flags),
        ["test", "--help"] => {
            println!("{}", test::HELP.trim_end());
            Ok(())
        }
        ["test", flags @ ..] => test::run(flags),
        _ => Err(USAGE.to_owned()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(text) => {
            eprintln!("{}", text.trim_end());
            ExitCode::FAILURE
        }
    }
}
