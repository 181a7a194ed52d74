//! What the library is built of: two crates, pinned, and a short list of licences. Asks
//! `cargo metadata`, which needs no network here; deny.toml has the same policy for
//! cargo-deny, with the advisories that only a network knows.

#[path = "support/product.rs"]
#[allow(dead_code)]
mod product;

use serde_json::Value;
use std::collections::BTreeSet;
use std::process::Command;

/// All that stands behind a function of the library.
const RUN_TIME: [&str; 2] = ["libc", "libm"];
/// Those of them that run something of their own when they are built: both ask the compiler
/// what it can do.
const BUILD_SCRIPTS: [&str; 2] = ["libc", "libm"];
/// Licences of what is shipped, then of what only tests and tools are built of.
const SHIPPED: [&str; 2] = ["MIT", "Apache-2.0"];
const TOOLS: [&str; 5] =
    ["MPL-2.0", "Unicode-3.0", "Unlicense", "BSD-2-Clause", "Apache-2.0 WITH LLVM-exception"];
const REGISTRY: &str = "registry+https://github.com/rust-lang/crates.io-index";

fn metadata() -> Option<Value> {
    let mut rustc = Command::new("rustc");
    let version = product::stdout(rustc.arg("-vV"))?;
    let host = version.lines().find_map(|line| line.strip_prefix("host: "))?.to_owned();
    let mut cargo = Command::new(env!("CARGO"));
    cargo.current_dir(product::root()).args(["metadata", "--format-version", "1", "--locked"]);
    let text = product::stdout(cargo.args(["--offline", "--filter-platform", &host]))?;
    Some(serde_json::from_str(&text).expect("JSON"))
}

fn list<'a>(of: &'a Value, name: &str) -> impl Iterator<Item = &'a Value> {
    of[name].as_array().expect("a list").iter()
}

fn text<'a>(of: &'a Value, name: &str) -> &'a str {
    of[name].as_str().unwrap_or("")
}

/// What a package is built of.
fn node<'a>(metadata: &'a Value, id: &str) -> &'a Value {
    list(&metadata["resolve"], "nodes").find(|node| node["id"] == id).expect("a node")
}

fn package<'a>(metadata: &'a Value, id: &str) -> &'a Value {
    list(metadata, "packages").find(|package| package["id"] == id).expect("a package")
}

/// Everything that is linked into the library.
fn run_time(metadata: &Value) -> BTreeSet<String> {
    let (mut found, root) = (BTreeSet::new(), text(&metadata["resolve"], "root").to_owned());
    let mut open = vec![root];
    while let Some(id) = open.pop() {
        for dep in list(node(metadata, &id), "deps") {
            let normal = list(dep, "dep_kinds").any(|kind| kind["kind"].is_null());
            if normal && found.insert(text(dep, "pkg").to_owned()) {
                open.push(text(dep, "pkg").to_owned());
            }
        }
    }
    found
}

/// Whether a licence of the expression may be chosen: `A OR B`, also `A/B`, and `(..) AND C`.
fn may_use(licence: &str, allowed: &[&str]) -> bool {
    let either = |part: &str| {
        part.trim_matches(['(', ')', ' '])
            .replace('/', " OR ")
            .split(" OR ")
            .any(|one| allowed.contains(&one.trim()))
    };
    !licence.is_empty() && licence.split(" AND ").all(either)
}

#[test]
fn the_library_is_built_of_what_is_expected() {
    let Some(metadata) = metadata() else { return };
    let ids = run_time(&metadata);
    let shipped: Vec<&Value> = ids.iter().map(|id| package(&metadata, id)).collect();
    let names: BTreeSet<&str> = shipped.iter().map(|package| text(package, "name")).collect();
    assert!(names.iter().all(|name| RUN_TIME.contains(name)), "{names:?}");
    assert!(names.contains("libm"), "what was looked at? {names:?}");
    for package in shipped {
        let name = text(package, "name");
        let script = list(package, "targets")
            .any(|target| list(target, "kind").any(|kind| kind == "custom-build"));
        assert!(!script || BUILD_SCRIPTS.contains(&name), "{name} has a build script");
        assert!(may_use(text(package, "license"), &SHIPPED), "{name}: {}", package["license"]);
    }
}

#[test]
fn every_licence_is_allowed_and_every_package_pinned() {
    let Some(metadata) = metadata() else { return };
    let lock = std::fs::read_to_string(product::root().join("Cargo.lock")).expect("a lock file");
    let allowed = [&SHIPPED[..], &TOOLS[..]].concat();
    let mut seen = 0;
    for package in list(&metadata, "packages").filter(|package| package["name"] != "logitude") {
        let (name, version) = (text(package, "name"), text(package, "version"));
        assert!(may_use(text(package, "license"), &allowed), "{name}: {}", package["license"]);
        assert_eq!(text(package, "source"), REGISTRY, "{name}");
        let pinned = format!(
            "name = \"{name}\"\nversion = \"{version}\"\nsource = \"{REGISTRY}\"\nchecksum"
        );
        assert!(lock.contains(&pinned), "{name} {version} is not pinned");
        seen += 1;
    }
    assert!(seen > 10, "{seen}");
}

/// One policy: what is allowed here is what deny.toml allows.
#[test]
fn cargo_deny_allows_the_same_licences() {
    let deny = std::fs::read_to_string(product::root().join("deny.toml")).expect("deny.toml");
    let (_, list) = deny.split_once("allow = [").expect("a list of licences");
    let (list, _) = list.split_once(']').expect("its end");
    let listed: BTreeSet<&str> = list.split('"').skip(1).step_by(2).collect();
    assert_eq!(listed, SHIPPED.iter().chain(&TOOLS).copied().collect());
}

#[test]
fn planted_faults_are_found() {
    for (licence, good) in [
        ("MIT OR Apache-2.0", true),
        ("Unlicense/MIT", true),
        ("GPL-3.0 OR MIT", true),
        ("(MIT OR Apache-2.0) AND Unicode-3.0", false),
        ("GPL-3.0", false),
        ("MIT AND GPL-3.0", false),
        ("", false),
    ] {
        assert_eq!(may_use(licence, &SHIPPED), good, "{licence}");
    }
}
