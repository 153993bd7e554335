//! Where the workspace is, and the files in it.

use std::fs;
use std::path::{Path, PathBuf};

/// The root of the workspace, as cargo tells it to what it runs.
pub fn root() -> Result<PathBuf, String> {
    let Some(own) = std::env::var_os("CARGO_MANIFEST_DIR") else {
        return Err("start this with `cargo xtask`".to_owned());
    };
    Path::new(&own).parent().map(Path::to_path_buf).ok_or_else(|| "xtask has no parent directory".to_owned())
}

/// Every file below `directory` with this extension, sorted by path.
pub fn files_below(directory: &Path, extension: &str) -> Result<Vec<PathBuf>, String> {
    let mut found = Vec::new();
    let mut open = vec![directory.to_path_buf()];
    while let Some(next) = open.pop() {
        let entries = fs::read_dir(&next).map_err(|error| format!("{}: {error}", next.display()))?;
        for entry in entries {
            let path = entry.map_err(|error| format!("{}: {error}", next.display()))?.path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|own| own == extension) {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

/// The text of a file.
pub fn text_of(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}
