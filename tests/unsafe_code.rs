//! Unsafe code gives its reason: a block and an `impl` in a `SAFETY` line, a function that
//! others call in a `# Safety` section, its own or its trait's. `docs/threat-model.md` says of
//! each part of the source what it needs unsafe code for.
//!
//! Two kinds of function need no section. What src/capi offers has that of C: its shapes and
//! errors, which `cargo api` insists on. What only its own file can call is held by the
//! `SAFETY` lines of the calls, which stand in the same file.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

#[derive(Default, Debug, PartialEq)]
struct Seen {
    blocks: usize,
    functions: usize,
    impls: usize,
    /// Functions that only their own file can call.
    private: usize,
    without_reason: Vec<String>,
}

/// A line without its comment and its texts.
fn code(line: &str) -> String {
    let parts: Vec<&str> = line.split('"').collect();
    let outside: Vec<&str> = parts.into_iter().step_by(2).collect();
    outside.join("\"\"").split("//").next().unwrap().trim_end().to_owned()
}

/// What is said right above line `at`: comments and attributes.
fn above(lines: &[&str], at: usize) -> String {
    let note = |line: &&&str| {
        let line = line.trim_start();
        line.starts_with("//") || line.starts_with("#[")
    };
    let said: Vec<&str> = lines[..at].iter().rev().take_while(note).copied().collect();
    said.join("\n")
}

/// Whether a reason stands above the block, or above the statement that it is a part of.
fn block_has_reason(lines: &[&str], at: usize) -> bool {
    let ends = |line: &str| {
        let line = code(line);
        line.trim().is_empty() || line.ends_with([';', '{', '}'])
    };
    for from in (0..=at).rev() {
        if above(lines, from).contains("SAFETY") {
            return true;
        }
        if from == 0 || ends(lines[from - 1]) {
            break;
        }
    }
    lines[at].contains("SAFETY")
}

/// The item of the file's outermost floor around line `at`, up to its brace, and where it is.
fn around(lines: &[&str], at: usize) -> (usize, String) {
    let outer = |line: &str| line.starts_with(|c: char| c.is_alphabetic());
    let from = (0..=at).rev().find(|i| outer(lines[*i])).unwrap_or(0);
    let header = lines[from..=at].iter().take_while(|line| !line.starts_with(' ')).copied();
    let rest = lines[from..=at].iter().position(|line| line.contains('{')).unwrap_or(0);
    let whole = lines[from..=from + rest].join(" ");
    (from, if whole.is_empty() { header.collect() } else { whole })
}

/// Why a function needs no section of its own, if it has none.
enum Reason {
    Given,
    Private,
    Missing,
}

fn reason(path: &str, lines: &[&str], at: usize) -> Reason {
    let (outer, header) = around(lines, at);
    let says = |at: usize| above(lines, at).contains("# Safety");
    let inside = lines[at].starts_with(' ');
    let of_trait = inside && (header.contains(" for ") || header.starts_with("macro_rules!"));
    let in_trait = inside && header.contains("trait ") && says(outer);
    if says(at) || above(lines, at).contains("SAFETY") || of_trait || in_trait {
        return Reason::Given;
    }
    match code(lines[at]).trim_start() {
        _ if path.starts_with("capi/") => Reason::Given,
        line if line.starts_with("unsafe") && !header.contains("trait ") => Reason::Private,
        line if line.starts_with("const unsafe") => Reason::Private,
        _ => Reason::Missing,
    }
}

/// Looks at one file, `path` from `src`.
fn look(path: &str, text: &str, seen: &mut Seen) {
    let lines: Vec<&str> = text.lines().collect();
    for (at, line) in lines.iter().enumerate() {
        let line = code(line);
        let mut missing =
            |what: &str| seen.without_reason.push(format!("{path}:{}: {what}", at + 1));
        if line.contains("unsafe impl") {
            seen.impls += 1;
            if !above(&lines, at).contains("SAFETY") && !above(&lines, at).contains("# Safety") {
                missing("an impl");
            }
        } else if line.contains("unsafe fn ") || line.contains("unsafe extern \"\" fn lgt_") {
            seen.functions += 1;
            match reason(path, &lines, at) {
                Reason::Given => {}
                Reason::Private => seen.private += 1,
                Reason::Missing => missing("a function"),
            }
        }
        let blocks = line.matches("unsafe {").count() + usize::from(line.ends_with("unsafe"));
        seen.blocks += blocks;
        if blocks > 0 && !block_has_reason(&lines, at) {
            missing("a block");
        }
    }
}

fn sources(dir: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path());
    let (dirs, files): (Vec<_>, Vec<_>) = entries.partition(|path| path.is_dir());
    let is_rust = |path: &PathBuf| path.extension().is_some_and(|end| end == "rs");
    let below = dirs.iter().flat_map(|dir| sources(dir));
    files.into_iter().filter(is_rust).chain(below).collect()
}

/// Each part of the source: its folders, and `src` for the files beside them.
fn parts() -> BTreeMap<String, Seen> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut parts = BTreeMap::<String, Seen>::new();
    for file in sources(&src) {
        let path = file.strip_prefix(&src).unwrap().to_str().unwrap().replace('\\', "/");
        let part = path.split_once('/').map_or("src".to_owned(), |(dir, _)| format!("src/{dir}"));
        look(&path, &fs::read_to_string(&file).unwrap(), parts.entry(part).or_default());
    }
    parts.retain(|_, seen| seen.blocks + seen.functions + seen.impls > 0);
    parts
}

#[test]
fn every_piece_of_unsafe_code_gives_its_reason() {
    let parts = parts();
    for (part, seen) in &parts {
        println!(
            "proof {{\"table\":\"unsafe\",\"part\":\"{part}\",\"blocks\":{},\"functions\":{},\
             \"of_one_file\":{},\"impls\":{},\"without_reason\":{}}}",
            seen.blocks,
            seen.functions,
            seen.private,
            seen.impls,
            seen.without_reason.len()
        );
    }
    let missing: Vec<_> = parts.values().flat_map(|seen| &seen.without_reason).collect();
    let blocks: usize = parts.values().map(|seen| seen.blocks).sum();
    assert!(missing.is_empty(), "{missing:#?}");
    assert!(blocks > 2000, "{blocks} blocks: what was looked at?");
}

#[test]
fn the_threat_model_names_every_part_with_unsafe_code() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/threat-model.md");
    let page = fs::read_to_string(page).unwrap();
    let rows = page.lines().filter_map(|line| line.strip_prefix("| `src"));
    let named: Vec<String> =
        rows.flat_map(|row| row.split('|').next()).map(|cell| format!("`src{cell}")).collect();
    let named = named.join(" ");
    for part in parts().keys() {
        assert!(named.contains(&format!("`{part}`")), "{part} is not in {named}");
    }
    let listed = named.matches('`').count() / 2;
    assert_eq!(listed, parts().len(), "a part is listed that has no unsafe code: {named}");
}

/// The check itself.
#[test]
fn planted_faults_are_found() {
    let found = |path: &str, text: &str| {
        let mut seen = Seen::default();
        look(path, text, &mut seen);
        seen.without_reason.len()
    };
    for good in [
        "// SAFETY: why.\nunsafe { f() }",
        "// SAFETY: why.\nlet x =\n    unsafe { f() };",
        "// SAFETY: why.\nunsafe impl Sync for A {}",
        "/// # Safety\n/// As said.\npub unsafe fn f() {}",
        "unsafe fn f() {}",
        "/// # Safety\n/// As said.\npub trait A {\n    unsafe fn f();\n}",
        "impl A for B {\n    unsafe fn f() {}\n}",
        "// unsafe { f() }",
        "let s = \"unsafe {\";",
    ] {
        assert_eq!(found("math/a.rs", good), 0, "{good}");
    }
    for bad in [
        "fn g() {\n    unsafe { f() }\n}",
        "// SAFETY: of another.\nlet a = 1;\nlet x = unsafe { f() };",
        "unsafe impl Sync for A {}",
        "pub unsafe fn f() {}",
        "pub trait A {\n    unsafe fn f();\n}",
    ] {
        assert_eq!(found("math/a.rs", bad), 1, "{bad}");
    }
}
