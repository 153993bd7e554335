//! Written pages are up to date, and the two READMEs say the same.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use crm_tests::{errors_page, tree::Tree};

fn text(tree: &Tree, path: &str) -> String {
    tree.get(path).unwrap_or_else(|| panic!("{path} is missing")).text().to_owned()
}

#[test]
fn the_page_of_codes_is_up_to_date() {
    let tree = Tree::of_workspace().expect("the workspace can be read");
    assert!(text(&tree, errors_page::PAGE) == errors_page::page(), "stale: run `cargo xtask docs`");
}

fn blocks<'a>(markdown: &'a str, language: &str) -> Vec<&'a str> {
    let fence = format!("```{language}\n");
    markdown.split(&fence).skip(1).filter_map(|rest| rest.split_once("```")).map(|(code, _)| code).collect()
}

#[test]
fn both_readmes_show_the_same_code() {
    let tree = Tree::of_workspace().expect("the workspace can be read");
    let (english, chinese) = (text(&tree, "README.md"), text(&tree, "README.zh-CN.md"));
    for language in ["rust", "sh", "python"] {
        assert_eq!(blocks(&english, language), blocks(&chinese, language), "{language}");
    }
    assert_eq!(blocks(&english, "rust").len(), 1, "the ten lines run as a doc test");
    for command in ["cargo xtask demo", "cargo xtask test"] {
        assert!(blocks(&english, "sh").iter().any(|block| block.contains(command)), "{command}");
    }
}

/// Targets of `[text](target)` that are files of the project.
fn links(markdown: &str) -> Vec<&str> {
    let targets = markdown.split("](").skip(1).filter_map(|rest| rest.split([')', '#', ' ']).next());
    targets.filter(|target| !target.is_empty() && !target.contains("://") && !target.starts_with("mailto:")).collect()
}

#[test]
fn links_lead_to_files_that_exist() {
    assert_eq!(links("[a](b.md) [c](https://d.e) [f](g/h.md#i) `x[0](y)`"), ["b.md", "g/h.md", "y"]);
    let tree = Tree::of_workspace().expect("the workspace can be read");
    let mut dead = Vec::new();
    for file in tree.files.iter().filter(|file| file.has_extension(&["md"])) {
        let home = file.path.rsplit_once('/').map_or("", |(home, _)| home);
        for target in links(file.text()) {
            let mut parts: Vec<&str> = home.split('/').filter(|part| !part.is_empty()).collect();
            for part in target.split('/') {
                match part {
                    "." | "" => {}
                    ".." => _ = parts.pop(),
                    name => parts.push(name),
                }
            }
            if !tree.holds(&parts.join("/")) {
                dead.push(format!("{}: {target}", file.path));
            }
        }
    }
    assert!(dead.is_empty(), "links to nothing:\n{}", dead.join("\n"));
}
