//! What the core is built from: packages and features, against a list that is checked in.
//!
//! A workspace build unifies features and would switch chrono's clock on unseen; this list is of the core by itself.

use std::{collections::BTreeMap, io, process::Command};

use crate::tree::{Breach, workspace_root};

/// Where the list stands.
pub const LIST: &str = "docs/dependencies.txt";
const HEAD: &str = "# What crm-core is built from: package, version, features. A change of this list is a reviewed change.\n# Written by `cargo xtask docs`.\n";
/// Features that would give the core a clock, a random number or std.
const BANNED_FEATURES: [(&str, &[&str]); 4] = [
    ("chrono", &["clock", "now", "std", "default", "wasmbind", "oldtime"]),
    ("rust_decimal", &["std", "default", "rand", "serde-float", "maths"]),
    ("serde", &["std", "default"]),
    ("sha2", &["std", "default"]),
];

/// Asks cargo.
///
/// # Errors
/// When cargo can't be run or fails.
pub fn of_the_core() -> io::Result<String> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let answer = Command::new(cargo)
        .args([
            "tree",
            "-p",
            "crm-core",
            "-e",
            "normal",
            "--target",
            "all",
            "--prefix",
            "none",
            "--format",
            "{p} [{f}]",
        ])
        .current_dir(workspace_root())
        .output()?;
    if !answer.status.success() {
        return Err(io::Error::other(String::from_utf8_lossy(&answer.stderr).into_owned()));
    }
    Ok(listing(&String::from_utf8_lossy(&answer.stdout)))
}

/// The list as it is checked in, from what `cargo tree` prints: one line a package, without paths and repeats.
#[must_use]
pub fn listing(printed: &str) -> String {
    let mut packages = BTreeMap::new();
    for line in printed.lines().filter(|line| !line.starts_with("crm-core ")) {
        let line = line.trim_end_matches(" (*)");
        let (package, features) = line.split_once(" [").unwrap_or((line, "]"));
        let mut words = package.split(' ');
        let (name, version) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        let note = if package.ends_with("(proc-macro)") { " (at compile time)" } else { "" };
        packages.insert(format!("{name} {version}{note}"), features.trim_end_matches(']').replace(',', " "));
    }
    let rows = packages.iter().map(|(package, features)| format!("{package}: {features}").trim_end().to_owned() + "\n");
    HEAD.to_owned() + &rows.collect::<String>()
}

/// What differs from the list, and what must not be there at all.
#[must_use]
pub fn judge(found: &str, checked_in: &str) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for line in found.lines().filter(|line| !checked_in.lines().any(|listed| listed == *line)) {
        breaches.push(Breach::new(LIST, 0, format!("new, to be reviewed and written by `cargo xtask docs`: {line}")));
    }
    for (index, line) in checked_in.lines().enumerate() {
        if !found.lines().any(|other| other == line) {
            breaches.push(Breach::new(LIST, index + 1, format!("no longer true: {line}")));
        }
    }
    for (package, banned) in BANNED_FEATURES {
        for line in found.lines().filter(|line| line.starts_with(&format!("{package} "))) {
            let features = line.split_once(": ").map_or("", |(_, features)| features);
            for feature in features.split(' ').filter(|feature| banned.contains(feature)) {
                breaches.push(Breach::new(LIST, 0, format!("the core may not have {package}'s `{feature}`")));
            }
        }
    }
    breaches
}

#[cfg(test)]
mod tests {
    use super::*;

    const PRINTED: &str = "crm-core v0.1.0 (/some/where/crm-core) []\nchrono v0.4.45 []\nnum v1 [libm,i128]\nserde_derive v1 (proc-macro) [default]\nnum v1 [libm,i128] (*)\n";

    #[test]
    fn lists_packages_once_without_paths() {
        let rows: Vec<String> = listing(PRINTED).lines().skip(2).map(str::to_owned).collect();
        assert_eq!(rows, ["chrono v0.4.45:", "num v1: libm i128", "serde_derive v1 (at compile time): default"]);
    }

    #[test]
    fn catches_a_new_package_a_new_feature_and_a_clock() {
        let checked_in = listing(PRINTED);
        assert_eq!(judge(&checked_in, &checked_in), []);
        let more = listing(&format!("{PRINTED}rand v1 []\n"));
        assert_eq!(judge(&more, &checked_in).len(), 1);
        assert_eq!(judge(&checked_in, &more).len(), 1);
        let feature = listing(&PRINTED.replace("[libm,i128]", "[libm,i128,std]"));
        assert_eq!(judge(&feature, &checked_in).len(), 2);
        let clock = listing(&PRINTED.replace("chrono v0.4.45 []", "chrono v0.4.45 [clock]"));
        assert_eq!(judge(&clock, &clock).len(), 1);
    }
}
