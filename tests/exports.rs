//! The shared library from outside: what it offers, what it needs, how large it
//! is, and that no panic is in it.
#![cfg(target_os = "linux")]

#[path = "support/product.rs"]
mod product;

use serde_json::Value;
use std::collections::BTreeSet;
use std::process::Command;

/// The most bytes that the library may have without its symbol table.
const SIZE_BUDGET: u64 = 3392 * 1024;

/// What may be asked of libc: the level's environment variable, and what
/// compilers call for copies and comparisons. `abort` is not among them, since
/// only the panic handler would call it.
const IMPORTS: [&str; 6] = ["getenv", "memcmp", "memcpy", "memmove", "memset", "strcmp"];

/// Weak names that the C start files of every shared library mention.
const START_FILES: [&str; 4] = [
    "_ITM_deregisterTMCloneTable",
    "_ITM_registerTMCloneTable",
    "__cxa_finalize",
    "__gmon_start__",
];

/// Names of functions that only a panic or an unwinding calls.
const PANIC_NAMES: [&str; 5] =
    ["core::panicking", "rust_panic", "panic_", "rust_begin_unwind", "_Unwind_"];

/// What a tool prints about the library.
fn tool(name: &str, arguments: &[&str]) -> Option<String> {
    product::stdout(Command::new(name).args(arguments).arg(product::library()))
}

/// The last word of each line of `nm`, without a symbol version.
fn symbols(nm: &str) -> BTreeSet<&str> {
    // A version node is listed as a symbol of its own, absolute.
    nm.lines()
        .filter(|line| !line.contains(" A LOGITUDE_"))
        .filter_map(|line| line.rsplit(' ').next()?.split('@').next())
        .collect()
}

fn functions(api: &Value) -> &Vec<Value> {
    api["functions"].as_array().expect("a list")
}

#[test]
fn exports_the_functions_of_the_contract_and_nothing_else() {
    let Some(nm) = tool("nm", &["-D", "--defined-only"]) else { return };
    let api = product::api();
    let declared = functions(&api).iter().filter_map(|function| function["name"].as_str());
    let declared: BTreeSet<&str> = declared.collect();
    let exported = symbols(&nm);
    let missing: Vec<_> = declared.difference(&exported).collect();
    let surplus: Vec<_> = exported.difference(&declared).collect();
    assert!(missing.is_empty() && surplus.is_empty(), "missing {missing:?}, surplus {surplus:?}");
    assert!(exported.iter().all(|name| name.starts_with("lgt_")), "{exported:?}");
}

#[test]
fn needs_libc_alone() {
    let Some(dynamic) = tool("readelf", &["-d", "-W"]) else { return };
    let needed = dynamic.lines().filter(|line| line.contains("(NEEDED)"));
    for line in needed {
        let libc = line.contains("[libc.so.6]") || line.contains("[ld-linux");
        assert!(libc, "{line}");
    }
}

#[test]
fn imports_a_short_list() {
    let Some(nm) = tool("nm", &["-D", "--undefined-only"]) else { return };
    for name in symbols(&nm) {
        assert!(IMPORTS.contains(&name) || START_FILES.contains(&name), "{name} is imported");
    }
}

#[test]
fn holds_no_panic() {
    let Some(nm) = tool("nm", &["-C"]) else { return };
    assert!(nm.contains("lgt_version_number"), "the library is stripped: nothing to look at");
    let panics = |line: &&str| PANIC_NAMES.iter().any(|name| line.contains(name));
    let found: Vec<&str> = nm.lines().filter(panics).collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn stays_small() {
    let stripped = concat!(env!("CARGO_TARGET_TMPDIR"), "/stripped.so");
    if tool("strip", &["-o", stripped]).is_none() {
        return;
    }
    let size = std::fs::metadata(stripped).expect("strip has written it").len();
    product::say(&format!("{size} bytes without symbols, of {SIZE_BUDGET}"));
    assert!(size <= SIZE_BUDGET, "{size} bytes without symbols are more than {SIZE_BUDGET}");
}

/// A function's arguments and what it returns, as one line.
fn signature(function: &Value) -> String {
    let args = function["args"].as_array().expect("a list").iter();
    let args = args.map(|arg| format!("{} {}", arg["c"], arg["name"]));
    format!("({}) {}", args.collect::<Vec<_>>().join(", "), function["returns"])
}

#[test]
fn storage_types_differ_in_the_type_alone() {
    let api = product::api();
    let find = |name: &str| functions(&api).iter().find(|function| function["name"] == name);
    let mut seen = 0;
    for function in functions(&api).iter().filter(|function| function["dtype"] == "f32") {
        let name = function["name"].as_str().expect("a name");
        let sibling = |dtype: &str| {
            let sibling = name.replace("_f32", dtype);
            signature(find(&sibling).unwrap_or_else(|| panic!("there is no {sibling}")))
        };
        let (f32, f64) = (signature(function), sibling("_f64"));
        let (f16, bf16) = (sibling("_f16"), sibling("_bf16"));
        assert_eq!(f64, f32.replace("float", "double"), "{name}");
        // The columns that are computed (lse, weights) stay float.
        assert_ne!(f16, f32, "{name}");
        assert_eq!(f16.replace("lgt_f16", "float"), f32, "{name}");
        assert_eq!(bf16, f16.replace("lgt_f16", "lgt_bf16"), "{name}");
        seen += 1;
    }
    assert!(seen > 0);
}
