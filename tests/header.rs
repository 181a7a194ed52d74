//! The generated files are current, complete and true: every standard compiles
//! the header, every example in it runs, and its structs are those of Rust.
#![cfg(feature = "capi")]

#[path = "../tools/apigen/mod.rs"]
mod apigen;
#[path = "support/bounds.rs"]
mod bounds;
#[path = "support/c.rs"]
mod c;
#[path = "header/cpp.rs"]
mod cpp;
#[path = "header/cpp_calls.rs"]
mod cpp_calls;
#[path = "header/docs.rs"]
mod docs;
#[path = "header/bounds.rs"]
mod documented_bounds;
#[path = "header/layout.rs"]
mod layout;
#[path = "support/product.rs"]
mod product;

#[test]
fn generated_files_are_current() {
    let files = apigen::generate(product::root()).unwrap_or_else(|problems| panic!("{problems:?}"));
    let stale = files.iter().filter(|file| !file.is_current(product::root()));
    let stale: Vec<&str> = stale.map(|file| file.path).collect();
    let (what, count) = ("generated file is what `cargo api` writes", files.len());
    println!(
        "proof {{\"table\":\"contract\",\"what\":\"{what}\",\"count\":{count},\"differences\":{}}}",
        stale.len()
    );
    assert!(stale.is_empty(), "not current, run `cargo api`: {stale:?}");
}

#[test]
fn every_standard_compiles_the_header() {
    // Twice: the guard is tried as well.
    let source = "#include <logitude/logitude.h>\n#include <logitude/logitude.h>\n";
    for standard in ["c99", "c11", "c17"] {
        c::check(c::Language::C, standard, source);
    }
    for standard in ["c++11", "c++17", "c++20"] {
        c::check(c::Language::Cpp, standard, source);
    }
}

/// The example in a function's documentation.
fn example(doc: &str) -> Option<&str> {
    let (_, from) = doc.split_once("\n# Example\n```c\n")?;
    from.split_once("\n```").map(|(code, _)| code)
}

#[test]
fn every_example_runs() {
    let api = product::api();
    let (mut functions, mut calls) = (String::new(), String::new());
    for function in api["functions"].as_array().expect("a list") {
        let name = function["name"].as_str().expect("a name");
        if let Some(code) = example(function["doc"].as_str().expect("a text")) {
            functions += &format!("static void example_of_{name}(void)\n{{\n{code}\n}}\n\n");
            calls += &format!("    example_of_{name}();\n    puts(\"{name}\");\n");
        }
    }
    let source = format!(
        "#undef NDEBUG\n#include <assert.h>\n#include <stdio.h>\n\
         #include <logitude/logitude.h>\n\n{functions}int main(void)\n{{\n{calls}}}\n"
    );
    let Some(ran) = c::run(c::Language::C, "c11", "examples", &source) else { return };
    assert_eq!(ran.lines().count(), calls.lines().count() / 2);
    assert!(ran.contains("lgt_softmax_f32"), "{ran}");
}

#[test]
fn the_header_and_the_library_are_one_version() {
    let source = r#"
        #include <logitude/logitude.h>
        #include <string.h>
        int main(void)
        {
            return LGT_VERSION_NUMBER != lgt_version_number() || strcmp(LGT_VERSION, lgt_version());
        }
    "#;
    c::run(c::Language::C, "c11", "version", source);
    assert_eq!(product::api()["version"], env!("CARGO_PKG_VERSION"));
}
