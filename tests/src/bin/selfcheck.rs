//! Rust's run of the conformance kit, printed as in every other language: `<digest> <passed>/<all>`.

use std::{fs, process::ExitCode};

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
    let path = workspace_root().join("tests/conformance/kit.json");
    let kit = fs::read_to_string(&path).map_err(|error| format!("tests/conformance/kit.json: {error}"))?;
    let report = crm_surface::selfcheck::run(&kit)?;
    for failure in &report.failures {
        eprintln!("{}\n  expected {}\n  given    {}", failure.id, failure.expected, failure.given);
    }
    println!("{} {}/{}", report.digest, report.vectors - report.failures.len(), report.vectors);
    Ok(report.failures.is_empty())
}
