//! The house rules, read off the source: a floor uses only floors below it in
//! the picture of `src/lib.rs`, and some things have one place only.

use std::fs;
use std::path::{Path, PathBuf};

const MOST_LINES: usize = 450;
const MOST_MACROS: usize = 5;

/// Floors from the top down; those of one line stand beside each other.
type Picture = Vec<Vec<String>>;

/// Reads the picture in a crate's documentation: the columns of each line that
/// are the name of one of its modules.
fn picture(lib: &str) -> Picture {
    let modules: Vec<&str> = lib
        .lines()
        .filter_map(|line| {
            line.trim().trim_start_matches("pub ").strip_prefix("mod ")?.strip_suffix(';')
        })
        .collect();
    let open = |line: &&str| !line.starts_with("//! ```");
    let inside = lib.lines().skip_while(|line| *line != "//! ```text").skip(1).take_while(open);
    let floors = |line: &str| {
        let columns = line.trim_start_matches("//!").split("  ").map(str::trim);
        columns.filter(|name| modules.contains(name)).map(str::to_owned).collect()
    };
    inside.map(floors).collect()
}

/// What a file of the source breaks. `path` starts at `src`.
fn faults(picture: &Picture, path: &str, text: &str) -> Vec<String> {
    let floor = path.split(['/', '.']).next().unwrap();
    let code: Vec<&str> = text.lines().map(|line| line.split("//").next().unwrap()).collect();
    let mut faults = vec![];
    if code.len() > MOST_LINES && !text.starts_with("// Generated") {
        faults.push(format!("{path}: {} lines, {MOST_LINES} are enough", code.len()));
    }
    for (n, line) in code.iter().enumerate() {
        let mut fault = |what: &str| faults.push(format!("{path}:{}: {what}", n + 1));
        for used in used_floors(line) {
            if let Err(why) = may_use(picture, floor, used) {
                fault(&why);
            }
        }
        if line.contains("super::super") {
            fault("goes up by `super`; a path between floors starts with `crate`");
        }
        let intrinsics = line.contains("core::arch::") && !line.contains("global_asm");
        // The processor is asked, and stopped, in rt.
        let machine = ["rt/cpu.rs", "rt/abort.rs"].contains(&path);
        if intrinsics && floor != "simd" && !machine {
            fault("intrinsics outside simd");
        }
        if line.contains("libc::") && floor != "rt" {
            fault("libc outside rt");
        }
        // The executor is the caller's, and calls back: that is rt's affair.
        if line.contains("extern \"C\" fn") && floor != "capi" && path != "rt/exec.rs" {
            fault("a C function outside capi");
        }
    }
    faults
}

/// The floors that a line names by `crate::floor`.
fn used_floors(line: &str) -> impl Iterator<Item = &str> {
    let end = |rest: &str| rest.find(|c: char| !c.is_alphanumeric() && c != '_');
    line.split("crate::").skip(1).map(move |rest| &rest[..end(rest).unwrap_or(rest.len())])
}

fn may_use(picture: &Picture, floor: &str, used: &str) -> Result<(), String> {
    let height = |name: &str| picture.iter().position(|line| line.iter().any(|f| f == name));
    match (height(floor), height(used)) {
        _ if floor == used => Ok(()),
        // Counted from the top.
        (Some(user), Some(used)) if used > user => Ok(()),
        (Some(_), Some(_)) => Err(format!("{floor} uses {used}, which is not below it")),
        _ => Err(format!("{floor} uses {used}: not both are in the picture")),
    }
}

/// Every Rust file under `dir`.
fn sources(dir: &Path) -> Vec<PathBuf> {
    let mut found = vec![];
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
    found
}

fn source_dir() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

#[test]
fn the_source_keeps_the_house_rules() {
    let src = source_dir();
    let picture = picture(&fs::read_to_string(src.join("lib.rs")).unwrap());
    assert!(picture.concat().len() >= 9, "no picture in src/lib.rs: {picture:?}");
    let files = sources(&src);
    let (mut broken, mut macros, mut paths) = (vec![], 0, 0);
    for file in &files {
        let text = fs::read_to_string(file).unwrap();
        let name = file.strip_prefix(&src).unwrap().to_str().unwrap().replace('\\', "/");
        broken.extend(faults(&picture, &name, &text));
        macros += text.matches("macro_rules!").count();
        paths += text.lines().flat_map(used_floors).count();
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
    assert!(macros <= MOST_MACROS, "{macros} macros in src");
    // What was looked at is not nothing.
    assert!(files.len() > 30 && paths > 60, "{} files, {paths} paths", files.len());
}

#[test]
fn every_floor_is_in_the_picture() {
    let picture = picture(&fs::read_to_string(source_dir().join("lib.rs")).unwrap()).concat();
    for entry in fs::read_dir(source_dir()).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap();
        assert!(name == "lib" || picture.iter().any(|floor| floor == name), "{name}");
    }
}

/// Splits, trees of merging and numbers of workers are tried in C, kind by kind.
#[test]
fn every_kind_of_state_is_merged() {
    let root = source_dir().join("..");
    let header = fs::read_to_string(root.join("include/logitude/logitude.h")).unwrap();
    let table = fs::read_to_string(root.join("c_tests/merges.c")).unwrap();
    let kinds: Vec<&str> = header
        .lines()
        .filter_map(|line| line.strip_prefix("#define LGT_STATE_")?.split(' ').next())
        .collect();
    assert!(kinds.len() > 30, "{kinds:?}");
    for kind in kinds {
        assert!(table.contains(&format!("KIND({kind},")), "{kind}");
    }
}

/// The check itself, on a small house with a fault in every room.
#[test]
fn planted_faults_are_found() {
    let lib = "\
//! ```text
//! roof      what is seen from the ground
//! left      one         right   another
//! ground    under all
//! ```
pub mod ground;
pub mod left;
pub mod right;
pub mod roof;
";
    let house = picture(lib);
    assert_eq!(house, [vec!["roof"], vec!["left", "right"], vec!["ground"]]);
    let count = |path: &str, text: &str| faults(&house, path, text).len();
    for (path, good) in [
        ("roof/a.rs", "use crate::left::A;\nuse crate::ground;"),
        ("left/a.rs", "use crate::left::b::B; // not crate::roof"),
        ("simd/x86/avx2.rs", "use core::arch::x86_64::*;"),
        ("rt/abort.rs", "unsafe { libc::abort() }"),
        ("rt/abort.rs", "core::arch::wasm32::unreachable()"),
        ("capi/a.rs", "pub unsafe extern \"C\" fn lgt_a() {}"),
        ("lib.rs", "core::arch::global_asm!(\"\");"),
    ] {
        assert_eq!(count(path, good), 0, "{path}: {good}");
    }
    for (path, bad) in [
        ("ground/a.rs", "use crate::roof::A;"),
        ("left/a.rs", "    let b = crate::right::b();"),
        ("ground.rs", "use crate::left;"),
        ("left/a.rs", "use crate::cellar;"),
        ("roof/a.rs", "use crate::{ground, left};"),
        ("left/a.rs", "use super::super::right;"),
        ("left/a.rs", "use core::arch::x86_64::*;"),
        ("rt/exec.rs", "core::arch::wasm32::unreachable()"),
        ("left/a.rs", "unsafe { libc::abort() }"),
        ("left/a.rs", "extern \"C\" fn hidden() {}"),
        ("left/a.rs", &"\n".repeat(MOST_LINES + 1)),
    ] {
        assert_eq!(count(path, bad), 1, "{path}: {bad}");
    }
}
