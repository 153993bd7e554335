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
