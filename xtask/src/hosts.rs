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
    /// Installs what was built, where its tests would not do so on their way.
    pub install: Listed,
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
                ("build and install", command(&inside, &pip, &folder)),
            ],
            install: Vec::new(),
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
            prepare: vec![("packages", npm(&["ci", "--no-audit", "--no-fund"])), ("build", npm(&["run", "build"]))],
            install: Vec::new(),
            tests: vec![("tests", npm(&["test"]))],
            selfcheck: command("node", &["bin/selfcheck.cjs"], &folder),
            bench: command("node", &["crossing.mjs"], &root.join("benches/node")),
        }
    }

    fn jvm(root: &Path) -> Result<Self, String> {
        let own = std::env::current_exe().map_err(|error| error.to_string())?;
        let folder: PathBuf = root.join("bindings/uniffi/kotlin");
        let maven = |arguments: &[&str]| {
            let always = ["--batch-mode", "--no-transfer-progress"];
            let libraries = [COPY_DEPENDENCIES, "-DincludeScope=runtime", "-DoutputDirectory=target/lib"];
            command(tools::maven(), &[&always, arguments, &libraries].concat(), &folder)
        };
        let java = |arguments: &[&str]| {
            let path = if cfg!(windows) { "target/*;target/lib/*" } else { "target/*:target/lib/*" };
            command("java", &[&["-cp", path], arguments].concat(), &folder)
        };
        Ok(Self {
            name: "jvm",
            prepare: vec![("native library", command(own, &["jvm-native"], root))],
            install: vec![("build", maven(&["package", "-Dmaven.test.skip=true"]))],
            tests: vec![("build and tests", maven(&["verify"]))],
            selfcheck: java(&["io.crmcore.Selfcheck"]),
            bench: java(&["../../../benches/jvm/Crossing.java"]),
        })
    }

    /// Not as it is published, but ready sooner: without optimisation across crates.
    pub fn quick(mut self) -> Self {
        for (_, command) in &mut self.prepare {
            command.env("CARGO_PROFILE_RELEASE_LTO", "off").env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16");
        }
        self
    }

    /// Builds and installs the binding; whether all of it passed.
    pub fn ready(&mut self, steps: &mut Steps) -> bool {
        run(steps, self.name, &mut self.prepare) && run(steps, self.name, &mut self.install)
    }

    /// Builds the binding and runs its tests; whether it was built.
    pub fn test(&mut self, steps: &mut Steps) -> bool {
        let built = run(steps, self.name, &mut self.prepare);
        // Failing tests leave what they tested in place.
        if built {
            run(steps, self.name, &mut self.tests);
        }
        built
    }
}

fn run(steps: &mut Steps, host: &str, listed: &mut Listed) -> bool {
    listed.iter_mut().all(|(name, command)| steps.run(&format!("{host}: {name}"), command))
}

/// Maven's own plugin, at a version, so that a run today and one next year do the same.
const COPY_DEPENDENCIES: &str = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies";
