//! Steps of a long command, run one after the other, with a table at the end.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// How a step ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    Passed,
    Failed(String),
    NotRun(String),
}

#[derive(Debug)]
struct Row {
    name: String,
    took: Duration,
    outcome: Outcome,
}

/// What ran and how it ended.
#[derive(Debug, Default)]
pub struct Steps {
    rows: Vec<Row>,
}

impl Steps {
    /// Runs a program; its output goes straight to the terminal. Returns whether it passed.
    pub fn run(&mut self, name: &str, command: &mut Command) -> bool {
        println!("\n── {name}: {}", shown(command));
        let start = Instant::now();
        let outcome = match command.stdin(Stdio::null()).status() {
            Ok(status) if status.success() => Outcome::Passed,
            Ok(status) => Outcome::Failed(status.to_string()),
            Err(error) => Outcome::Failed(format!("{}: {error}", command.get_program().to_string_lossy())),
        };
        self.note(name, start.elapsed(), outcome)
    }

    /// Runs a program and gives what it printed; its errors go straight to the terminal. `None` when it failed.
    pub fn capture(&mut self, name: &str, command: &mut Command) -> Option<String> {
        println!("\n── {name}: {}", shown(command));
        let start = Instant::now();
        let answer = command.stdin(Stdio::null()).stderr(Stdio::inherit()).output();
        let (printed, outcome) = match answer {
            Ok(answer) => {
                let failed = || Outcome::Failed(answer.status.to_string());
                let outcome = if answer.status.success() { Outcome::Passed } else { failed() };
                (String::from_utf8_lossy(&answer.stdout).into_owned(), outcome)
            }
            Err(error) => {
                let program = command.get_program().to_string_lossy().into_owned();
                (String::new(), Outcome::Failed(format!("{program}: {error}")))
            }
        };
        print!("{printed}");
        self.note(name, start.elapsed(), outcome).then_some(printed)
    }

    /// Runs a check of our own.
    pub fn check(&mut self, name: &str, check: impl FnOnce() -> Result<(), String>) -> bool {
        let start = Instant::now();
        let outcome = match check() {
            Ok(()) => Outcome::Passed,
            Err(why) => Outcome::Failed(why),
        };
        self.note(name, start.elapsed(), outcome)
    }

    /// Notes a step that did not run, and why.
    pub fn not_run(&mut self, name: &str, why: &str) {
        self.note(name, Duration::ZERO, Outcome::NotRun(why.to_owned()));
    }

    fn note(&mut self, name: &str, took: Duration, outcome: Outcome) -> bool {
        let passed = outcome == Outcome::Passed;
        self.rows.push(Row { name: name.to_owned(), took, outcome });
        passed
    }

    /// The table, and the line with the counts.
    pub fn table(&self) -> String {
        let width = self.rows.iter().map(|row| row.name.chars().count()).max().unwrap_or(0);
        let mut out = String::new();
        for row in &self.rows {
            let result = match &row.outcome {
                Outcome::Passed => "ok".to_owned(),
                Outcome::Failed(why) => format!("FAILED: {why}"),
                Outcome::NotRun(why) => format!("not run: {why}"),
            };
            // Padding counts characters, not bytes.
            let gap = " ".repeat(width - row.name.chars().count());
            out += &format!("{}{gap}  {:>6}s  {result}\n", row.name, row.took.as_secs());
        }
        let count = |wanted: fn(&Outcome) -> bool| self.rows.iter().filter(|row| wanted(&row.outcome)).count();
        let passed = count(|outcome| *outcome == Outcome::Passed);
        let failed = count(|outcome| matches!(outcome, Outcome::Failed(_)));
        let skipped = self.rows.len() - passed - failed;
        out + &format!("steps: {passed} passed, {failed} failed, {skipped} skipped\n")
    }

    /// Whether nothing failed and, unless it is allowed, nothing was left out.
    pub fn verdict(&self, may_skip: bool) -> Result<(), String> {
        let bad = self.rows.iter().filter(|row| match &row.outcome {
            Outcome::Passed => false,
            Outcome::Failed(_) => true,
            Outcome::NotRun(_) => !may_skip,
        });
        let names: Vec<&str> = bad.map(|row| row.name.as_str()).collect();
        match names.as_slice() {
            [] if self.rows.is_empty() => Err("nothing was run".to_owned()),
            [] => Ok(()),
            names => Err(format!("not all is well: {}", names.join(", "))),
        }
    }
}

/// A program with arguments, in a folder.
pub fn command(program: impl AsRef<std::ffi::OsStr>, arguments: &[&str], folder: &Path) -> Command {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(folder);
    command
}

fn shown(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let arguments = command.get_args().map(|argument| argument.to_string_lossy().into_owned());
    [program].into_iter().chain(arguments).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_or_a_gap_is_no_success() {
        let mut steps = Steps::default();
        assert!(steps.verdict(true).is_err(), "nothing ran");
        assert!(steps.check("fine", || Ok(())));
        assert_eq!(steps.verdict(false), Ok(()));
        steps.not_run("python", "Python 3.10 or newer is needed");
        assert_eq!(steps.verdict(false), Err("not all is well: python".to_owned()));
        assert_eq!(steps.verdict(true), Ok(()));
        assert!(!steps.check("broken", || Err("why".to_owned())));
        assert_eq!(steps.verdict(true), Err("not all is well: broken".to_owned()));
        let missing = &mut command("a-program-that-nobody-has", &[], Path::new("."));
        assert!(!steps.run("absent", missing));
        let table = steps.table();
        assert!(table.contains("not run: Python 3.10 or newer is needed"), "{table}");
        assert!(table.contains("FAILED: why"), "{table}");
        assert!(table.ends_with("steps: 1 passed, 2 failed, 1 skipped\n"), "{table}");
    }
}
