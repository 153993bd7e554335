//! Files that appear together or not at all.

use std::{
    fs::{self, File},
    io::{self, BufWriter},
    path::{Path, PathBuf},
    process,
};

/// Files being written under temporary names in their final directory. [`Staged::commit`] moves them to their names;
/// when it is not reached they are removed.
pub struct Staged {
    directory: PathBuf,
    made_directory: bool,
    files: Vec<(PathBuf, PathBuf)>,
    done: bool,
}

impl Staged {
    /// In this directory, which is made when it is not there.
    ///
    /// # Errors
    /// What the file system says.
    pub fn new(directory: &Path) -> io::Result<Self> {
        let made_directory = !directory.exists();
        fs::create_dir_all(directory)?;
        Ok(Self { directory: directory.to_owned(), made_directory, files: Vec::new(), done: false })
    }

    /// The temporary path of a file that somebody else writes and that will get this name. Nothing is there yet.
    ///
    /// # Errors
    /// What the file system says.
    pub fn claim(&mut self, name: &str) -> io::Result<PathBuf> {
        let temporary = self.directory.join(format!(".{name}.{}.partial", process::id()));
        if temporary.exists() {
            fs::remove_file(&temporary)?;
        }
        self.files.push((temporary.clone(), self.directory.join(name)));
        Ok(temporary)
    }

    /// Opens a file that will get this name.
    ///
    /// # Errors
    /// What the file system says.
    pub fn create(&mut self, name: &str) -> io::Result<BufWriter<File>> {
        let temporary = self.directory.join(format!(".{name}.{}.partial", process::id()));
        let file = File::create(&temporary)?;
        self.files.push((temporary, self.directory.join(name)));
        Ok(BufWriter::with_capacity(1 << 16, file))
    }

    /// Moves every file to its name, the last one created last, and removes those of `stale` that this run did not write:
    /// they belong to an earlier one.
    ///
    /// # Errors
    /// What the file system says; files that were not moved yet are removed.
    pub fn commit(mut self, stale: &[&str]) -> io::Result<()> {
        for (temporary, _) in &self.files {
            File::options().write(true).open(temporary)?.sync_all()?;
        }
        for (temporary, name) in &self.files {
            fs::rename(temporary, name)?;
        }
        for name in stale {
            let path = self.directory.join(name);
            if !self.files.iter().any(|(_, written)| *written == path) && path.is_file() {
                fs::remove_file(path)?;
            }
        }
        self.done = true;
        Ok(())
    }
}

impl Drop for Staged {
    fn drop(&mut self) {
        if self.done {
            return;
        }
        for (temporary, _) in &self.files {
            // Nobody is left to tell; a leftover has a name of its own and is in nobody's way.
            drop(fs::remove_file(temporary));
        }
        if self.made_directory {
            drop(fs::remove_dir(&self.directory));
        }
    }
}
