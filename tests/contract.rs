//! What the version promised stands in tests/contract, frozen: `api.json`, the header and
//! the library of today keep it. `make contract` says what was seen, and
//! `make contract-record` adds what is new.

#[path = "support/product.rs"]
mod product;
#[path = "contract/promises.rs"]
mod promises;

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::process::Command;

const TOP: &str = "/* What this version promises. Lines are never changed, nor taken away;
 * `make contract-record` adds those of what is new, or makes the file of a new minor
 * version. c_tests/support/contract.h gives the lines their meaning: of structs, size and
 * places with addresses of 64 bits, then of 32. */
";

/// The part of the version that may break promises.
fn minor() -> &'static str {
    env!("CARGO_PKG_VERSION").rsplit_once('.').expect("a version").0
}

fn folder() -> PathBuf {
    product::root().join("tests/contract")
}

/// The lines of a record.
fn recorded(version: &str) -> Option<Vec<String>> {
    let text = std::fs::read_to_string(folder().join(format!("{version}.h"))).ok()?;
    Some(text.lines().filter(|line| line.ends_with(')')).map(str::to_owned).collect())
}

/// The versions that have a record.
fn versions() -> Vec<String> {
    let entries = std::fs::read_dir(folder()).expect("tests/contract").flatten();
    let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
    names.filter_map(|name| Some(name.strip_suffix(".h")?.to_owned())).collect()
}

/// What is gone or has become something else, and what is new.
fn differences(before: &[String], now: &[String]) -> (Vec<String>, Vec<String>) {
    let find = |lines: &[String]| -> BTreeMap<String, String> {
        lines.iter().map(|line| (promises::subject(line), line.clone())).collect()
    };
    let (before, now) = (find(before), find(now));
    // A struct of callers and library alike does not grow: a field is no addition to it.
    let of_old_struct = |subject: &str| {
        let owner = subject.strip_prefix("FIELD(").and_then(|rest| rest.split(',').next());
        owner.is_some_and(|name| before.contains_key(&format!("STRUCT({name}")))
    };
    let mut broken = vec![];
    for (subject, line) in &before {
        match now.get(subject) {
            Some(same) if same == line => {}
            Some(other) => broken.push(format!("was {line}\nis  {other}")),
            None => broken.push(format!("gone: {line}")),
        }
    }
    let added = |(subject, line): (&String, &String)| {
        (!before.contains_key(subject)).then(|| (of_old_struct(subject), line.clone()))
    };
    let (grown, new): (Vec<_>, Vec<_>) = now.iter().filter_map(added).partition(|(old, _)| *old);
    broken.extend(grown.into_iter().map(|(_, line)| format!("in an old struct: {line}")));
    (broken, new.into_iter().map(|(_, line)| line).collect())
}

fn proof(what: &str, count: usize, differences: usize) {
    let values = format!("\"what\":\"{what}\",\"count\":{count},\"differences\":{differences}");
    println!("proof {{\"table\":\"contract\",{values}}}");
}

/// Writes the record anew, if no old promise is broken by it.
fn record(now: &[String]) {
    let path = folder().join(format!("{}.h", minor()));
    std::fs::write(path, format!("{TOP}{}\n", now.join("\n"))).expect("tests/contract");
}

#[test]
fn the_promises_are_kept_and_what_is_new_is_recorded() {
    let now = promises::of(&product::api());
    let recording = std::env::var_os("LOGITUDE_CONTRACT").is_some_and(|word| word == "record");
    let before = match recorded(minor()) {
        None if recording => vec![],
        lines => lines.expect("a record of this version: `make contract-record`"),
    };
    let (broken, new) = differences(&before, &now);
    for kind in ["ALIAS", "CALLBACK", "STATUS", "CONSTANT", "STRUCT", "FIELD", "FUNCTION"] {
        let count = before.iter().filter(|line| line.starts_with(kind)).count();
        let differ = broken.iter().chain(&new).filter(|line| line.contains(&format!("{kind}(")));
        proof(&format!("{} in api.json", kind.to_lowercase()), count, differ.count());
    }
    assert!(broken.is_empty(), "promises of {} are broken:\n{}", minor(), broken.join("\n"));
    if recording {
        record(&now);
        return;
    }
    assert!(new.is_empty(), "new, so `make contract-record`:\n{}", new.join("\n"));
}

/// Numbers are never used again for something else, in no version.
#[test]
fn numbers_of_older_versions_have_not_changed() {
    let is_number = |line: &&String| line.starts_with("STATUS(") || line.starts_with("CONSTANT(");
    let now = promises::of(&product::api());
    let now: BTreeMap<_, _> =
        now.iter().filter(is_number).map(|line| (promises::subject(line), line)).collect();
    let mut seen = 0;
    for version in versions() {
        for line in recorded(&version).expect("a record").iter().filter(is_number) {
            let today = now.get(&promises::subject(line));
            assert!(today.is_none_or(|today| *today == line), "{version}: {line}, now {today:?}");
            seen += 1;
        }
    }
    assert!(seen > 200, "{seen}");
}

#[test]
fn the_library_has_every_function_under_its_version() {
    let mut nm = Command::new("nm");
    nm.args(["-D", "--defined-only", "--with-symbol-versions"]).arg(product::library());
    let Some(symbols) = product::stdout(&mut nm) else { return };
    let symbols: BTreeSet<&str> =
        symbols.lines().filter_map(|line| line.rsplit(' ').next()).collect();
    let lines = recorded(minor()).expect("a record");
    let functions = lines.iter().filter_map(|line| line.strip_prefix("FUNCTION("));
    let names: Vec<&str> = functions.filter_map(|line| line.split(',').next()).collect();
    // `cargo so` alone gives no versions to symbols; CMake does.
    let versioned = symbols.iter().any(|symbol| symbol.contains('@'));
    let symbol = |name: &&str| match versioned {
        true => format!("{name}@@LOGITUDE_{}", minor()),
        false => (*name).to_owned(),
    };
    let missing: Vec<_> =
        names.iter().filter(|name| !symbols.contains(symbol(name).as_str())).collect();
    proof("function in the library, with its version", names.len(), missing.len());
    assert!(names.len() > 1000 && missing.is_empty(), "{missing:?}");
}

/// Where addresses have 32 bits; the layout of this machine is tried by c_tests/contract.c.
#[test]
fn the_header_keeps_the_record_with_short_addresses() {
    let lines = recorded(minor()).expect("a record").len();
    for target in ["wasm32-unknown-unknown", "armv7-none-eabihf", "riscv32-none-elf"] {
        for (language, standard) in [("c", "c99"), ("c", "c11"), ("c++", "c++17")] {
            let mut clang = Command::new(clang());
            clang.args(["-x", language, "-ffreestanding", "-fsyntax-only", "-Wall", "-Werror"]);
            clang.arg(format!("--target={target}")).arg(format!("-std={standard}"));
            clang.arg("-I").arg(product::root().join("include"));
            if product::stdout(clang.arg(asserts())).is_none() {
                return;
            }
        }
        proof(&format!("promise of the header, {target}"), lines, 0);
    }
}

fn asserts() -> PathBuf {
    product::root().join("c_tests/support/contract.h")
}

fn clang() -> &'static str {
    let works = |name: &&str| Command::new(name).arg("--version").output().is_ok();
    ["clang", "clang-19"].into_iter().find(works).unwrap_or("clang")
}

/// The comparison itself, and the compiler's, with a fault of each sort.
#[test]
fn planted_faults_are_found() {
    let api = product::api();
    let before = promises::of(&api);
    let broken = |change: &dyn Fn(&mut Value)| {
        let mut changed = api.clone();
        change(&mut changed);
        let (broken, new) = differences(&before, &promises::of(&changed));
        (broken.len(), new.len())
    };
    let push = |of: &mut Value, entry: Value| of.as_array_mut().expect("a list").push(entry);
    let field = serde_json::json!({"name": "more", "c": "uint64_t"});
    assert_eq!(broken(&|_| ()), (0, 0));
    assert_eq!(broken(&|api| api["functions"][5]["name"] = "lgt_other".into()), (1, 1));
    assert_eq!(broken(&|api| api["functions"][5]["returns"] = "int64_t".into()), (1, 0));
    assert_eq!(broken(&|api| api["enums"][0]["values"][3]["value"] = 77.into()), (1, 0));
    assert_eq!(broken(&|api| api["constants"][9]["value"] = 77.into()), (1, 0));
    assert_eq!(broken(&|api| api["aliases"][0]["c"] = "int16_t".into()), (1, 0));
    // The struct is larger and has a field more.
    assert_eq!(broken(&|api| push(&mut api["structs"][0]["fields"], field.clone())), (2, 0));
    let constant = serde_json::json!({"name": "LGT_NEW", "value": 1});
    assert_eq!(broken(&|api| push(&mut api["constants"], constant.clone())), (0, 1));
}

#[test]
fn the_compiler_finds_planted_faults() {
    let text = std::fs::read_to_string(asserts()).expect("the meaning of the lines");
    let (top, include) = text.split_once("#include CONTRACT").expect("the record's place");
    let rest = include.lines().skip(1).collect::<Vec<_>>().join("\n");
    let file = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("planted.c");
    // `None` where the machine has no compiler.
    let refused = |line: &str| {
        std::fs::write(&file, format!("{top}\n{line}\n{rest}\n")).expect("a scratch folder");
        let mut cc = Command::new("cc");
        cc.args(["-std=c11", "-Wall", "-Wextra", "-pedantic", "-Werror", "-fsyntax-only", "-I"]);
        let output = cc.arg(product::root().join("include")).arg(&file).output().ok()?;
        Some(!output.status.success())
    };
    match refused("STRUCT(lgt_state_head, 16, 16)") {
        None => return product::say("NOT RUN: cc"),
        Some(refused) => assert!(!refused, "there is nothing to find"),
    }
    for line in [
        "STRUCT(lgt_state_head, 24, 24)",
        "FIELD(lgt_state_head, kind, uint16_t, 8, 8)",
        "FIELD(lgt_state_head, kind, int16_t, 4, 4)",
        "STATUS(LGT_E_NULL, -2)",
        "CONSTANT(LGT_U8, 77)",
        "ALIAS(lgt_f16, uint32_t)",
        "CALLBACK(lgt_task, int, (void *arg, size_t index))",
        "FUNCTION(lgt_version_number, uint64_t, (void))",
        "FUNCTION(lgt_cpu_set_level, lgt_status, (uint64_t level))",
        "FUNCTION(lgt_not_there, lgt_status, (uint64_t level))",
    ] {
        assert_eq!(refused(line), Some(true), "{line}");
    }
}
