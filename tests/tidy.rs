//! Every rule of the house, run on the workspace.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use crm_tests::{
    rules::{self, dependencies},
    tree::{Tree, listed},
};

fn keeps(name: &str) {
    let tree = Tree::of_workspace().expect("the workspace can be read");
    assert!(tree.files.len() > 50, "only {} files found", tree.files.len());
    let (_, rule) = rules::ALL.iter().find(|(own, _)| *own == name).expect("a rule of this name");
    let breaches = rule(&tree);
    assert!(breaches.is_empty(), "\n{}", listed(&breaches));
}

macro_rules! rules {
    ($( $test:ident: $name:literal; )*) => {
        $( #[test] fn $test() { keeps($name); } )*

        #[test]
        fn no_rule_is_left_out() {
            let run = [$( $name ),*];
            let all: Vec<&str> = rules::ALL.iter().map(|(name, _)| *name).collect();
            assert_eq!(all, run);
        }
    };
}

rules! {
    rooms: "rooms import only rooms above them";
    core_bans: "the core names no float, clock, std, panic or unsafe";
    conventions: "wire types keep to the conventions";
    exports: "what the core offers is exported, or a reason says why not";
    manifests: "crates take lints and dependencies from the workspace";
    files: "files are small, named for a subject and free of machine paths";
    architecture: "names in ARCHITECTURE.md exist";
    catalogue: "every code has a test";
    laws: "every law has its test and its mutant";
    limits: "the page of limits gives the numbers of the code";
}

#[test]
fn the_core_is_built_from_what_the_list_says() {
    let tree = Tree::of_workspace().expect("the workspace can be read");
    let found = dependencies::of_the_core().expect("cargo tree runs");
    let checked_in = tree.get(dependencies::LIST).map_or("", |file| file.text());
    let breaches = dependencies::judge(&found, checked_in);
    assert!(breaches.is_empty(), "\n{}", listed(&breaches));
}
