//! The C++ header: every standard compiles it, it has every function, its guide runs,
//! and the length of every array is known but of those that are listed here.

use crate::{c, product};
use std::collections::BTreeSet;

/// What no rule finds the length of: copies of rows, with two strides.
const UNKNOWN: [&str; 1] = ["ca_features.views"];

/// Words of lengths that are no arguments: those of a state or of what an array itself
/// says; of a struct; of a mask.
const WORDS: [&str; 7] = ["rows", "classes", "categories", "dims", "measures", "nnz", "picked"];

#[test]
fn every_standard_compiles_the_cpp_header() {
    // Twice: the guard is tried as well.
    let source = "#include <logitude/logitude.hpp>\n#include <logitude/logitude.hpp>\n";
    for standard in ["c++17", "c++20"] {
        c::check(c::Language::Cpp, standard, source);
        let without = format!("#define LOGITUDE_NO_EXCEPTIONS\n{source}");
        c::check(c::Language::Cpp, standard, &without);
    }
}

#[test]
fn cpp_has_every_function() {
    let path = product::root().join("include/logitude/functions.hpp");
    let header = std::fs::read_to_string(path).expect("the header is in the project");
    let lacks = |name: &&str| !header.contains(&format!("{name}("));
    let api = product::api();
    let missing: Vec<&str> = functions(&api).map(|f| text(&f["name"])).filter(lacks).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn every_array_has_a_length() {
    let api = product::api();
    let (mut unknown, mut words) = (BTreeSet::new(), BTreeSet::new());
    for function in functions(&api) {
        let arguments = || function["args"].as_array().expect("a list").iter();
        let names: BTreeSet<&str> = arguments().map(|argument| text(&argument["name"])).collect();
        for argument in arguments().filter(|argument| text(&argument["c"]).ends_with('*')) {
            let extent = &argument["extent"];
            if extent.is_null() {
                let name = text(&function["name"]).trim_start_matches("lgt_");
                let dtype = function["dtype"].as_str().unwrap_or("");
                let base = name.trim_end_matches(dtype).trim_end_matches('_');
                unknown.insert(format!("{base}.{}", text(&argument["name"])));
            }
            let sides = ["count", "rows", "cols", "stride", "size"];
            let sides = sides.into_iter().filter_map(|side| extent[side].as_str());
            let used =
                sides.flat_map(|side| side.split(|c: char| !c.is_ascii_alphanumeric() && c != '_'));
            words.extend(used.filter(|word| !names.contains(word)).map(str::to_owned));
        }
    }
    words.retain(|word| word.parse::<u64>().is_err() && !word.is_empty());
    assert_eq!(unknown, UNKNOWN.map(str::to_owned).into());
    assert_eq!(words, WORDS.map(str::to_owned).into());
}

/// Every block of the guide, one after the other: the first holds what stands outside of
/// functions.
#[test]
fn the_cpp_guide_runs() {
    let path = product::root().join("docs/cpp.md");
    let guide = std::fs::read_to_string(path).expect("the guide is in the project");
    let blocks = guide.split("```cpp\n").skip(1);
    let blocks: Vec<&str> = blocks.filter_map(|block| Some(block.split_once("```")?.0)).collect();
    let (first, rest) = blocks.split_first().expect("blocks of C++");
    let source = format!("{first}\nint main() {{\n{}\n}}\n", rest.join("\n"));
    c::run(c::Language::Cpp, "c++17", "guide", &source);
}

fn functions(api: &serde_json::Value) -> impl Iterator<Item = &serde_json::Value> {
    api["functions"].as_array().expect("a list").iter()
}

fn text(value: &serde_json::Value) -> &str {
    value.as_str().expect("a text")
}
