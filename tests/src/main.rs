//! The rules and the written pages as a command, behind `cargo xtask tidy` and `cargo xtask docs`.

use std::{fs, process::ExitCode};

use crm_tests::{
    errors_page,
    rules::{self, dependencies, files},
    tree::{Breach, Tree, listed, workspace_root},
};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match words.as_slice() {
        ["tidy"] => tidy(),
        ["docs"] => docs(false),
        ["docs", "--check"] => docs(true),
        _ => Err("crm-tests tidy | docs [--check]".to_owned()),
    };
    match outcome {
        Ok(text) => {
            println!("{}", text.trim_end());
            ExitCode::SUCCESS
        }
        Err(text) => {
            eprintln!("{}", text.trim_end());
            ExitCode::FAILURE
        }
    }
}

fn tidy() -> Result<String, String> {
    let tree = Tree::of_workspace().map_err(|error| error.to_string())?;
    let mut breaches: Vec<Breach> = rules::ALL.iter().flat_map(|(_, rule)| rule(&tree)).collect();
    let checked_in = tree.get(dependencies::LIST).map_or("", |file| file.text());
    breaches.extend(dependencies::judge(&core_packages()?, checked_in));
    breaches.sort();
    let long: String = files::long(&tree).iter().map(|(lines, path)| format!("{path}: {lines} lines\n")).collect();
    if breaches.is_empty() {
        return Ok(format!("{long}{} files, {} rules, nothing amiss", tree.files.len(), rules::ALL.len() + 1));
    }
    Err(format!("{long}{}{} breaches", listed(&breaches), breaches.len()))
}

/// Writes the pages, or lists those that are stale.
fn docs(check: bool) -> Result<String, String> {
    let mut stale = Vec::new();
    let pages = [(errors_page::PAGE, errors_page::page()), (dependencies::LIST, core_packages()?)];
    for (path, text) in pages {
        let full = workspace_root().join(path);
        if fs::read_to_string(&full).ok().as_deref() == Some(text.as_str()) {
            continue;
        }
        stale.push(path);
        if !check {
            fs::write(&full, text).map_err(|error| format!("{path}: {error}"))?;
        }
    }
    match (stale.is_empty(), check) {
        (true, _) => Ok("the written pages are up to date".to_owned()),
        (false, false) => Ok(format!("written: {}", stale.join(", "))),
        (false, true) => Err(format!("stale, run `cargo xtask docs`: {}", stale.join(", "))),
    }
}

fn core_packages() -> Result<String, String> {
    dependencies::of_the_core().map_err(|error| format!("cargo tree: {error}"))
}
