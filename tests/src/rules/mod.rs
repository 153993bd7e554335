//! The rules of the house, one file each.

pub mod architecture;
pub mod catalogue;
pub mod conventions;
pub mod core_bans;
pub mod dependencies;
pub mod exports;
pub mod files;
pub mod laws;
pub mod limits;
pub mod manifests;
pub mod rooms;

use crate::tree::{Breach, Tree};

/// A rule with its name.
pub type Rule = (&'static str, fn(&Tree) -> Vec<Breach>);

/// Every rule that needs nothing but the files.
pub const ALL: &[Rule] = &[
    ("rooms import only rooms above them", rooms::check),
    ("the core names no float, clock, std, panic or unsafe", core_bans::check),
    ("wire types keep to the conventions", conventions::check),
    ("what the core offers is exported, or a reason says why not", exports::check),
    ("crates take lints and dependencies from the workspace", manifests::check),
    ("files are small, named for a subject and free of machine paths", files::check),
    ("names in ARCHITECTURE.md exist", architecture::check),
    ("every code has a test", catalogue::check),
    ("every law has its test and its mutant", laws::check),
    ("the page of limits gives the numbers of the code", limits::check),
];
