//! Rust's run of the conformance kit, printed as in every other language: `<digest> <passed>/<all>`. Takes the path of a
//! kit; without one, runs the kit of the workspace.

use std::{env, fs, path::PathBuf, process::ExitCode};

use crm_tests::tree::workspace_root;

fn main() -> ExitCode {
    match run() {
        Ok(passed) => ExitCode::from(u8::from(!passed)),
        Err(text) => {
            eprintln!("{text}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<bool, String> {
    let own = || workspace_root().join("tests/conformance/kit.json");
    let path = env::args_os().nth(1).map_or_else(own, PathBuf::from);
    let kit = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let report = crm_surface::selfcheck::run(&kit)?;
    for failure in &report.failures {
        eprintln!("{}\n  expected {}\n  given    {}", failure.id, failure.expected, failure.given);
    }
    println!("{} {}/{}", report.digest, report.vectors - report.failures.len(), report.vectors);
    Ok(report.failures.is_empty())
}
