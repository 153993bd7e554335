//! The tools that a command needs: found with their version, or named in a sentence that says what to install.

use std::path::PathBuf;
use std::process::{Command, Stdio};

/// Oldest Python of the wheel.
const PYTHON: (u32, u32) = (3, 10);
/// Oldest Node of the package.
const NODE: u32 = 20;
/// Oldest JDK of the jar.
const JDK: u32 = 17;
const PYTHONS: [&str; 8] =
    ["python3", "python", "python3.14", "python3.13", "python3.12", "python3.11", "python3.10", "py"];

/// The interpreter to use: the first on the path that is new enough.
pub fn python() -> Result<String, String> {
    let mut seen = Vec::new();
    for name in PYTHONS {
        let Some(printed) = printed(name, &["--version"]) else { continue };
        match numbers(&printed).as_slice() {
            [major, minor, ..] if (*major, *minor) >= PYTHON => return Ok(name.to_owned()),
            _ => seen.push(printed),
        }
    }
    Err(missing("Python 3.10 or newer", &seen.join(", ")))
}

/// Node and npm.
pub fn node() -> Result<(), String> {
    let found = printed("node", &["--version"]).unwrap_or_default();
    if numbers(&found).first().is_none_or(|major| *major < NODE) {
        return Err(missing("Node 20 or newer", &found));
    }
    printed(npm(), &["--version"]).map(drop).ok_or_else(|| missing("npm", ""))
}

/// npm is a script on Windows.
pub fn npm() -> &'static str {
    if cfg!(windows) { "npm.cmd" } else { "npm" }
}

/// The JDK (not only a runtime) and Maven.
pub fn jdk() -> Result<(), String> {
    let found = printed("javac", &["-version"]).unwrap_or_default();
    if numbers(&found).first().is_none_or(|major| *major < JDK) {
        return Err(missing("a JDK 17 or newer (javac)", &found));
    }
    printed(maven(), &["--version"]).map(drop).ok_or_else(|| missing("Maven (mvn)", ""))
}

/// Maven is a script on Windows.
pub fn maven() -> &'static str {
    if cfg!(windows) { "mvn.cmd" } else { "mvn" }
}

/// rustfmt or clippy; added with rustup where it is missing.
pub fn rust_component(name: &str) -> Result<(), String> {
    let subcommand = if name == "rustfmt" { "fmt" } else { name };
    if printed(&cargo(), &[subcommand, "--version"]).is_some() {
        return Ok(());
    }
    println!("{name} is missing; rustup component add {name}");
    let added = Command::new("rustup").args(["component", "add", name]).stdin(Stdio::null()).status();
    if added.is_ok_and(|status| status.success()) && printed(&cargo(), &[subcommand, "--version"]).is_some() {
        return Ok(());
    }
    Err(format!("{name} is missing and `rustup component add {name}` did not bring it; install it with your toolchain"))
}

/// The cargo that runs this.
pub fn cargo() -> String {
    std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned())
}

/// Where cargo puts what it builds, whatever says so.
pub fn target_directory() -> Result<PathBuf, String> {
    let printed =
        printed(&cargo(), &["metadata", "--no-deps", "--format-version", "1"]).ok_or("cargo metadata failed")?;
    let metadata: serde_json::Value = serde_json::from_str(&printed).map_err(|error| error.to_string())?;
    let directory = metadata.get("target_directory").and_then(serde_json::Value::as_str);
    directory.map(PathBuf::from).ok_or_else(|| "cargo metadata names no target directory".to_owned())
}

/// What a program prints, on either stream; `None` when it isn't there or fails.
fn printed(program: &str, arguments: &[&str]) -> Option<String> {
    let answer = Command::new(program).args(arguments).stdin(Stdio::null()).output().ok()?;
    let bytes = if answer.stdout.is_empty() { answer.stderr } else { answer.stdout };
    answer.status.success().then(|| String::from_utf8_lossy(&bytes).trim().to_owned())
}

/// The numbers of the first version in a text: `Python 3.11.7` → 3, 11, 7.
fn numbers(text: &str) -> Vec<u32> {
    let version = text.split(|c: char| !(c.is_ascii_digit() || c == '.')).find(|part| !part.is_empty() && *part != ".");
    version.unwrap_or_default().split('.').map_while(|part| part.parse().ok()).collect()
}

fn missing(what: &str, found: &str) -> String {
    let found = if found.is_empty() { "none found".to_owned() } else { format!("found only {found}") };
    format!("{what} is needed on the path, {found}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_versions() {
        assert_eq!(numbers("Python 3.11.7"), [3, 11, 7]);
        assert_eq!(numbers("v20.20.2"), [20, 20, 2]);
        assert_eq!(numbers("javac 17.0.15"), [17, 0, 15]);
        assert_eq!(numbers("javac 21"), [21]);
        assert!(numbers("none").is_empty());
    }

    #[test]
    fn says_what_is_missing() {
        assert_eq!(printed("a-program-that-nobody-has", &[]), None);
        assert_eq!(missing("Node 20", "v18.0.0"), "Node 20 is needed on the path, found only v18.0.0");
        assert_eq!(missing("Node 20", ""), "Node 20 is needed on the path, none found");
    }
}
