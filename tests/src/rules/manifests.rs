//! Manifests: every crate is a member, takes lints, versions and dependencies from the workspace, and the lints bite.

use toml::{Table, Value};

use crate::tree::{Breach, File, Tree};

const ROOT: &str = "Cargo.toml";
/// Lints that the workspace denies.
const RUST_LINTS: [&str; 2] = ["missing_docs", "unsafe_code"];
const CLIPPY_LINTS: [&str; 7] =
    ["unwrap_used", "expect_used", "panic", "indexing_slicing", "float_arithmetic", "todo", "unimplemented"];
const TABLES: [&str; 3] = ["dependencies", "dev-dependencies", "build-dependencies"];
const FROM_WORKSPACE: [&str; 3] = ["version", "edition", "license"];

/// Every `Cargo.toml`, and the first lines of the core.
#[must_use]
pub fn check(tree: &Tree) -> Vec<Breach> {
    let mut breaches = Vec::new();
    let Some(root) = tree.get(ROOT) else { return vec![Breach::new(ROOT, 0, "the workspace is described here")] };
    let Some(workspace) = parsed(root, &mut breaches) else { return breaches };
    lints(&workspace, &mut breaches);
    let members = members(&workspace);
    for file in tree.files.iter().filter(|file| file.path.ends_with("/Cargo.toml")) {
        if let Some(manifest) = parsed(file, &mut breaches) {
            member(file, &manifest, &members, &mut breaches);
        }
    }
    let core = tree.get("crm-core/src/lib.rs").map_or("", File::text);
    for line in ["#![no_std]", "#![forbid(unsafe_code)]"] {
        if !core.lines().any(|written| written == line) {
            breaches.push(Breach::new("crm-core/src/lib.rs", 0, format!("`{line}` is missing")));
        }
    }
    breaches
}

fn parsed(file: &File, breaches: &mut Vec<Breach>) -> Option<Table> {
    let parsed = file.text().parse::<Table>();
    if parsed.is_err() {
        breaches.push(Breach::new(&file.path, 0, "this is not TOML"));
    }
    parsed.ok()
}

fn at<'a>(table: &'a Table, path: &[&str]) -> Option<&'a Value> {
    let (first, rest) = path.split_first()?;
    rest.iter().try_fold(table.get(*first)?, |value, key| value.get(key))
}

fn members(workspace: &Table) -> Vec<&str> {
    let listed = at(workspace, &["workspace", "members"]).and_then(Value::as_array);
    listed.into_iter().flatten().filter_map(Value::as_str).collect()
}

fn lints(workspace: &Table, breaches: &mut Vec<Breach>) {
    let named = RUST_LINTS.map(|lint| ("rust", lint)).into_iter().chain(CLIPPY_LINTS.map(|lint| ("clippy", lint)));
    for (tool, lint) in named {
        let level = at(workspace, &["workspace", "lints", tool, lint]).and_then(Value::as_str);
        if !matches!(level, Some("deny" | "forbid")) {
            breaches.push(Breach::new(ROOT, 0, format!("the workspace doesn't deny {tool} lint `{lint}`")));
        }
    }
    for (key, wanted) in [("overflow-checks", Value::Boolean(true)), ("panic", Value::String("unwind".to_owned()))] {
        if at(workspace, &["profile", "release", key]) != Some(&wanted) {
            breaches.push(Breach::new(ROOT, 0, format!("release has no `{key} = {wanted}`")));
        }
    }
}

fn member(file: &File, manifest: &Table, members: &[&str], breaches: &mut Vec<Breach>) {
    let mut breach = |what: String| breaches.push(Breach::new(&file.path, 0, what));
    let folder = file.path.trim_end_matches("/Cargo.toml");
    if !members.contains(&folder) {
        breach(format!("`{folder}` is no member of the workspace"));
    }
    let from_workspace = |path: &[&str]| at(manifest, path).and_then(Value::as_bool) == Some(true);
    if !from_workspace(&["lints", "workspace"]) {
        breach("no `[lints] workspace = true`".to_owned());
    }
    for key in FROM_WORKSPACE.into_iter().filter(|key| !from_workspace(&["package", key, "workspace"])) {
        breach(format!("`{key}.workspace = true` is missing"));
    }
    let targets = manifest.get("target").and_then(Value::as_table).into_iter().flatten();
    let tables = targets.filter_map(|(_, target)| target.as_table()).chain([manifest]);
    for (kind, list) in tables.flat_map(|table| TABLES.map(|kind| (kind, table.get(kind)))) {
        for (name, wanted) in list.and_then(Value::as_table).into_iter().flatten() {
            if wanted.get("workspace").and_then(Value::as_bool) != Some(true) {
                breach(format!("`{name}` in {kind} isn't taken from the workspace's table"));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD_ROOT: &str = "[workspace]\nmembers = [\"a\"]\n[workspace.lints.rust]\nmissing_docs = \"deny\"\nunsafe_code = \"forbid\"\n[workspace.lints.clippy]\nunwrap_used = \"deny\"\nexpect_used = \"deny\"\npanic = \"deny\"\nindexing_slicing = \"deny\"\nfloat_arithmetic = \"deny\"\ntodo = \"deny\"\nunimplemented = \"deny\"\n[profile.release]\noverflow-checks = true\npanic = \"unwind\"\n";
    const GOOD_MEMBER: &str = "[package]\nname = \"a\"\nversion.workspace = true\nedition.workspace = true\nlicense.workspace = true\n[dependencies]\nserde = { workspace = true, features = [\"std\"] }\nsyn.workspace = true\n[lints]\nworkspace = true\n";
    const LIB: &str = "#![no_std]\n#![forbid(unsafe_code)]\n";

    fn breaches_of(root: &str, member: &str, lib: &str) -> usize {
        check(&Tree::of(&[(ROOT, root), ("a/Cargo.toml", member), ("crm-core/src/lib.rs", lib)])).len()
    }

    #[test]
    fn catches_a_root_without_teeth() {
        assert_eq!(breaches_of(GOOD_ROOT, GOOD_MEMBER, LIB), 0);
        for line in GOOD_ROOT.lines().filter(|line| line.contains('"') || line.contains("true")) {
            assert_eq!(breaches_of(&GOOD_ROOT.replace(line, ""), GOOD_MEMBER, LIB), 1, "{line}");
        }
        assert_eq!(breaches_of(&GOOD_ROOT.replace("\"deny\"", "\"warn\""), GOOD_MEMBER, LIB), 8);
        assert_eq!(breaches_of(GOOD_ROOT, GOOD_MEMBER, "#![no_std]"), 1);
    }

    #[test]
    fn catches_a_member_on_its_own() {
        for (from, to) in [
            ("workspace = true, features", "version = \"1\", features"),
            ("syn.workspace = true", "syn = \"2\""),
            ("syn.workspace = true", "syn = { git = \"x\" }"),
            ("[lints]\nworkspace = true", ""),
            ("version.workspace = true", "version = \"9\""),
            ("[dependencies]", "[target.'cfg(unix)'.dependencies]\nlibc = \"1\"\n[dependencies]"),
            ("[package]", "not toml"),
        ] {
            assert_eq!(breaches_of(GOOD_ROOT, &GOOD_MEMBER.replacen(from, to, 1), LIB), 1, "{from} → {to}");
        }
        assert_eq!(breaches_of(&GOOD_ROOT.replace("\"a\"", ""), GOOD_MEMBER, LIB), 1);
    }
}
