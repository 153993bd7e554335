//! The languages beside Rust: what prepares each, what tests it, what prints its digest.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::steps::{Steps, command};
use crate::tools;

/// Every language beside Rust.
pub const HOSTS: [&str; 3] = ["python", "node", "jvm"];

/// Commands with the names of their steps; each needs the one before it.
pub type Listed = Vec<(&'static str, Command)>;

/// One language.
pub struct Host {
    pub name: &'static str,
    /// Builds the binding and puts it where its tests find it.
    pub prepare: Listed,
    /// Its own tests, with its own test runner.
    pub tests: Listed,
    /// Prints `<digest> <passed>/<all>` of the conformance kit.
    pub selfcheck: Command,
    /// Prints lines for `cargo xtask bench`.
    pub bench: Command,
}

impl Host {
    /// The host of this name, or what it lacks.
    pub fn of(name: &str, root: &Path) -> Result<Self, String> {
        match name {
            "python" => tools::python().and_then(|python| Self::python(root, &python)),
            "node" => tools::node().map(|()| Self::node(root)),
            _ => tools::jdk().and_then(|()| Self::jvm(root)),
        }
    }

    fn python(root: &Path, python: &str) -> Result<Self, String> {
        let environment = tools::target_directory()?.join("python");
        let shown = environment.to_string_lossy().into_owned();
        let inside = environment.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" });
        let folder = root.join("bindings/python");
        let pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", ".[test]"];
        Ok(Self {
            name: "python",
            prepare: vec![
                ("environment", command(python, &["-m", "venv", &shown], root)),
                ("build and install", quick(command(&inside, &pip, &folder))),
            ],
            tests: vec![("tests", command(&inside, &["-m", "pytest"], &folder))],
            selfcheck: command(&inside, &["-m", "crm_core.selfcheck"], &environment),
            bench: command(&inside, &["crossing.py"], &root.join("benches/python")),
        })
    }

    fn node(root: &Path) -> Self {
        let folder = root.join("bindings/node");
        let npm = |arguments: &[&str]| command(tools::npm(), arguments, &folder);
        Self {
            name: "node",
            prepare: vec![
                ("packages", npm(&["ci", "--no-audit", "--no-fund"])),
                ("build", quick(npm(&["run", "build"]))),
            ],
            tests: vec![("tests", npm(&["test"]))],
            selfcheck: command("node", &["bin/selfcheck.cjs"], &folder),
            bench: command("node", &["crossing.mjs"], &root.join("benches/node")),
        }
    }

    fn jvm(root: &Path) -> Result<Self, String> {
        let own = std::env::current_exe().map_err(|error| error.to_string())?;
        let folder: PathBuf = root.join("bindings/uniffi/kotlin");
        let maven = |arguments: &[&str]| {
            command(tools::maven(), &[&["--batch-mode", "--no-transfer-progress"], arguments].concat(), &folder)
        };
        let package =
            ["package", COPY_DEPENDENCIES, "-DincludeScope=runtime", "-DoutputDirectory=target/lib", "-DskipTests"];
        let path = ["-cp", if cfg!(windows) { "target/*;target/lib/*" } else { "target/*:target/lib/*" }];
        Ok(Self {
            name: "jvm",
            prepare: vec![("native library", quick(command(&own, &["jvm-native"], root))), ("build", maven(&package))],
            tests: vec![("tests", maven(&["verify"]))],
            selfcheck: command("java", &[&path[..], &["io.crmcore.Selfcheck"]].concat(), &folder),
            bench: command("java", &[&path[..], &["../../../benches/jvm/Crossing.java"]].concat(), &folder),
        })
    }

    /// The same, built as it is published.
    pub fn for_bench(name: &str, root: &Path) -> Result<Self, String> {
        let mut host = Self::of(name, root)?;
        for (_, command) in &mut host.prepare {
            command.env_remove(LTO).env_remove(UNITS);
        }
        Ok(host)
    }

    /// Prepares the binding; whether all of it passed.
    pub fn prepare(&mut self, steps: &mut Steps) -> bool {
        run(steps, self.name, &mut self.prepare)
    }

    /// Runs its tests; whether all of them passed.
    pub fn test(&mut self, steps: &mut Steps) -> bool {
        run(steps, self.name, &mut self.tests)
    }
}

fn run(steps: &mut Steps, host: &str, listed: &mut Listed) -> bool {
    listed.iter_mut().all(|(name, command)| steps.run(&format!("{host}: {name}"), command))
}

/// Maven's own plugin, at a version, so that a run today and one next year do the same.
const COPY_DEPENDENCIES: &str = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies";
const LTO: &str = "CARGO_PROFILE_RELEASE_LTO";
const UNITS: &str = "CARGO_PROFILE_RELEASE_CODEGEN_UNITS";

/// What is built for a test is not what is published: without optimisation across crates it is ready sooner.
fn quick(mut command: Command) -> Command {
    command.env(LTO, "off").env(UNITS, "16");
    command
}
