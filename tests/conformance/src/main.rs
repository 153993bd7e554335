//! `selfcheck` for Rust: runs the conformance kit through `crm-surface` and prints its digest, as every language does.

use std::process::ExitCode;

use crm_surface::selfcheck;

fn main() -> ExitCode {
    match selfcheck::run(include_str!("../kit.json")) {
        Ok(report) => {
            for failure in &report.failures {
                eprintln!("{}\n  expected {}\n  given    {}", failure.id, failure.expected, failure.given);
            }
            println!("{} {}/{}", report.digest, report.vectors - report.failures.len(), report.vectors);
            if report.failures.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
        }
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::FAILURE
        }
    }
}
