//! `cargo xtask jvm-native`: the native half of the JVM binding, put where Maven finds it.
//!
//! Maven compiles Kotlin and Java; what cargo has to make before is the library, under the name by which JNA finds it in
//! the jar, and the low-level Kotlin that uniffi writes from that library.

use std::env::consts::{ARCH, DLL_PREFIX, DLL_SUFFIX, OS};
use std::fs;

use crate::steps::command;
use crate::{tools, workspace};

/// Where `pom.xml` looks (`crm.native`).
const FOLDER: &str = "bindings/uniffi/kotlin/target/native";

/// Builds the library, copies it and lets uniffi write.
pub fn run() -> Result<(), String> {
    let root = workspace::root()?;
    let cargo = |arguments: &[&str]| {
        let status = command(tools::cargo(), arguments, &root).status().map_err(|error| format!("cargo: {error}"))?;
        if status.success() { Ok(()) } else { Err(format!("cargo {}: {status}", arguments.join(" "))) }
    };
    cargo(&["build", "--release", "--locked", "--package", "crm-jvm", "--lib"])?;
    let name = format!("{DLL_PREFIX}crm_jvm{DLL_SUFFIX}");
    let built = tools::target_directory()?.join("release").join(&name);
    let resources = root.join(FOLDER).join("resources").join(platform());
    fs::create_dir_all(&resources).map_err(|error| format!("{}: {error}", resources.display()))?;
    let library = resources.join(&name);
    // A process that has the old library loaded keeps it: the file is replaced, not overwritten.
    let part = resources.join(format!(".{name}.part"));
    fs::copy(&built, &part).map_err(|error| format!("{}: {error}", built.display()))?;
    fs::rename(&part, &library).map_err(|error| format!("{}: {error}", library.display()))?;
    let kotlin = root.join(FOLDER).join("kotlin").to_string_lossy().into_owned();
    // uniffi's writer runs once: it is built without optimisation.
    let plain = "profile.dev.package.\"*\".opt-level=0";
    let bindgen = ["run", "--quiet", "--locked", "--config", plain, "--package", "crm-jvm", "--features", "bindgen"];
    let writer = ["--bin", "crm-jvm-bindgen", "--"];
    let write = ["generate", "--language", "kotlin", "--no-format", "--out-dir", &kotlin];
    cargo(&[&bindgen[..], &writer, &write, &[&*library.to_string_lossy()]].concat())
}

/// The folder in a jar in which JNA looks on this machine.
fn platform() -> String {
    let system = match OS {
        "macos" => "darwin",
        "windows" => "win32",
        other => other,
    };
    let machine = match ARCH {
        "x86_64" => "x86-64",
        other => other,
    };
    format!("{system}-{machine}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_platform_is_spelled_as_jna_spells_it() {
        let known =
            ["linux-x86-64", "linux-aarch64", "darwin-x86-64", "darwin-aarch64", "win32-x86-64", "win32-aarch64"];
        assert!(known.contains(&platform().as_str()), "{}", platform());
    }
}
