//! The generator: doc comments in, contract out.
//!
//! ```text
//! sources   which Rust files make up which family
//! model     what the C API consists of
//! parse     cbindgen's text for one family -> model
//! shape, extent   what a doc comment says of an array's length -> model
//! check     what every documented thing must say
//! header, json, linker, cpp, cpp_state, go   model -> the generated files
//! rust, rust_body, rust_type, rust_doc, rust_state   model -> src/safe/functions.rs
//! rust_test   model -> tests/safe/every.rs
//! wrap      long lists of arguments
//! ```

pub mod check;
pub mod cpp;
mod cpp_state;
mod extent;
mod go;
mod header;
mod json;
mod linker;
pub mod model;
mod parse;
mod rust;
mod rust_body;
mod rust_doc;
mod rust_state;
mod rust_test;
mod rust_type;
mod shape;
mod sources;
mod wrap;

use std::path::Path;

/// One generated file.
pub struct File {
    /// Where it goes, from the root of the project.
    pub path: &'static str,
    /// What it says.
    pub text: String,
}

impl File {
    /// Whether the file in the project says the same.
    pub fn is_current(&self, root: &Path) -> bool {
        std::fs::read_to_string(root.join(self.path)).is_ok_and(|text| text == self.text)
    }
}

/// The C API as the sources say it, or what cannot be understood.
pub fn read(root: &Path) -> Result<model::Api, Vec<String>> {
    sources::read(root).map_err(|problem| vec![problem])
}

/// Every generated file, or what is wrong with the sources.
pub fn generate(root: &Path) -> Result<Vec<File>, Vec<String>> {
    let api = read(root)?;
    let problems = check::problems(&api);
    if !problems.is_empty() {
        return Err(problems);
    }
    let types = rust_type::Types::read(&api, root).map_err(|problem| vec![problem])?;
    let functions = rust::functions(&api, &types);
    let mut files = vec![
        File { path: "src/safe/functions.rs", text: rust::render(&api, &types, &functions) },
        File { path: "tests/safe/every.rs", text: rust_test::render(&functions) },
        File { path: "include/logitude/logitude.h", text: header::render(&api) },
        File { path: "include/logitude/api.json", text: json::render(&api) },
        File { path: "include/logitude/functions.hpp", text: cpp::render(&api) },
        File { path: "cmake/logitude.map", text: linker::map(&api) },
        File { path: "cmake/logitude.def", text: linker::def(&api) },
        File { path: "cmake/logitude.exports", text: linker::exports(&api) },
    ];
    files.extend(go::render(&api));
    Ok(files)
}
