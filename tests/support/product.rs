//! The shared library that users get, and the tools that look at it from
//! outside.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

/// The root of the project.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The shared library: the one that `LOGITUDE_LIBRARY` names, or what `cargo so`
/// builds.
pub fn library() -> &'static Path {
    static LIBRARY: OnceLock<PathBuf> = OnceLock::new();
    LIBRARY.get_or_init(|| {
        let path = match std::env::var_os("LOGITUDE_LIBRARY") {
            Some(path) => path.into(),
            None => build(),
        };
        path.canonicalize().unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    })
}

fn build() -> PathBuf {
    cargo(&["so"]);
    let metadata = cargo(&["metadata", "--format-version", "1", "--no-deps"]);
    let metadata: serde_json::Value = serde_json::from_str(&metadata).expect("JSON");
    let target = metadata["target_directory"].as_str().expect("a path");
    let name = format!("{}logitude{}", std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
    Path::new(target).join("dist").join(name)
}

fn cargo(arguments: &[&str]) -> String {
    let mut cargo = Command::new(env!("CARGO"));
    stdout(cargo.current_dir(root()).args(arguments)).expect("cargo runs")
}

/// The contract, as data.
pub fn api() -> serde_json::Value {
    let path = root().join("include/logitude/api.json");
    let text = std::fs::read_to_string(&path).expect("api.json is in the project");
    serde_json::from_str(&text).expect("api.json is JSON")
}

/// What a command prints, which must succeed; `None`, and a line that says so,
/// where this machine has no such command.
pub fn stdout(command: &mut Command) -> Option<String> {
    let output = match command.output() {
        Ok(output) => output,
        Err(error) => {
            say(&format!("NOT RUN: {}: {error}", command.get_program().display()));
            return None;
        }
    };
    let Output { status, stdout, stderr } = output;
    let stderr = String::from_utf8_lossy(&stderr);
    assert!(status.success(), "{command:?}: {status}\n{stderr}");
    Some(String::from_utf8(stdout).expect("UTF-8"))
}

/// Writes a line past the test harness, which hides what passing tests print.
pub fn say(line: &str) {
    let _ = writeln!(std::io::stderr(), "{line}");
}
