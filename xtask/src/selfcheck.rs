//! `cargo xtask selfcheck`: the conformance kit through the native API of every language; four equal digests.

use std::path::Path;

use crate::hosts::{HOSTS, Host};
use crate::steps::{Steps, command};
use crate::{tools, workspace};

/// What each language printed.
#[derive(Debug, Default)]
pub struct Digests(Vec<(&'static str, String)>);

impl Digests {
    /// Rust's own run of the kit.
    pub fn rust(&mut self, steps: &mut Steps, root: &Path) {
        let run = ["run", "--quiet", "--locked", "--package", "crm-tests", "--bin", "selfcheck"];
        let printed = steps.capture("rust: selfcheck", &mut command(tools::cargo(), &run, root));
        self.note("rust", printed);
    }

    /// A host's run of the kit; it has to be prepared.
    pub fn host(&mut self, steps: &mut Steps, host: &mut Host) {
        let printed = steps.capture(&format!("{}: selfcheck", host.name), &mut host.selfcheck);
        self.note(host.name, printed);
    }

    fn note(&mut self, name: &'static str, printed: Option<String>) {
        if let Some(line) = printed.as_deref().and_then(|text| text.lines().last()) {
            self.0.push((name, line.trim().to_owned()));
        }
    }

    /// One line a language.
    pub fn table(&self) -> String {
        self.0.iter().map(|(name, line)| format!("{name:<8}{line}\n")).collect()
    }

    /// Whether all are equal, and digests at all.
    pub fn agree(&self) -> Result<(), String> {
        let Some((_, first)) = self.0.first() else { return Err("no digest was printed".to_owned()) };
        if !is_digest(first) {
            return Err(format!("this is no digest: {first}"));
        }
        let others: Vec<&str> = self.0.iter().filter(|(_, line)| line != first).map(|(name, _)| *name).collect();
        if others.is_empty() { Ok(()) } else { Err(format!("another digest: {}", others.join(", "))) }
    }
}

/// `<64 hexadecimal digits> <passed>/<all>`, all passed.
fn is_digest(line: &str) -> bool {
    let (digest, counts) = line.split_once(' ').unwrap_or((line, ""));
    let (passed, all) = counts.split_once('/').unwrap_or(("", "0"));
    digest.len() == 64 && digest.bytes().all(|byte| byte.is_ascii_hexdigit()) && passed == all && passed != "0"
}

/// Prepares every language, runs the kit in each and compares.
pub fn run(words: &[&str]) -> Result<(), String> {
    let may_skip = match words {
        [] => false,
        ["--skip-missing"] => true,
        _ => return Err("cargo xtask selfcheck [--skip-missing]".to_owned()),
    };
    let root = workspace::root()?;
    let (mut steps, mut digests) = (Steps::default(), Digests::default());
    digests.rust(&mut steps, &root);
    for name in HOSTS {
        match Host::of(name, &root).map(Host::quick) {
            Ok(mut host) => {
                if host.ready(&mut steps) {
                    digests.host(&mut steps, &mut host);
                }
            }
            Err(why) => steps.not_run(name, &why),
        }
    }
    steps.check("the same digest everywhere", || digests.agree());
    println!("\n{}\n{}", steps.table(), digests.table());
    steps.verdict(may_skip)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn agreement(lines: &[&str]) -> Result<(), String> {
        Digests(lines.iter().map(|line| ("rust", (*line).to_owned())).collect()).agree()
    }

    #[test]
    fn only_equal_and_complete_digests_agree() {
        let (a, b) = (format!("{} 100/100", "a1".repeat(32)), format!("{} 100/100", "b2".repeat(32)));
        assert_eq!(agreement(&[&a, &a, &a]), Ok(()));
        assert!(agreement(&[&a, &b]).is_err());
        assert!(agreement(&[]).is_err());
        assert!(agreement(&["hello", "hello"]).is_err());
        let failing = a.replace("100/100", "99/100");
        assert!(agreement(&[&failing, &failing]).is_err());
        let empty = a.replace("100/100", "0/0");
        assert!(agreement(&[&empty, &empty]).is_err());
    }
}
