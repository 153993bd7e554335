//! `cargo xtask tidy` and `cargo xtask docs`: the rules of the house and the written pages, as `crm-tests` has them.

use crate::steps::command;
use crate::{tools, workspace};

/// Runs the command of `crm-tests`; xtask itself depends on no crate of the workspace.
pub fn run(words: &[&str]) -> Result<(), String> {
    let root = workspace::root()?;
    let build = ["run", "--quiet", "--locked", "--package", "crm-tests", "--"];
    let status = command(tools::cargo(), &[&build[..], words].concat(), &root).status();
    match status {
        Ok(status) if status.success() => Ok(()),
        Ok(_) => Err("not all is well".to_owned()),
        Err(error) => Err(format!("cargo: {error}")),
    }
}
