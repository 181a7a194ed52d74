//! What C's types are called in Rust, and where they stand.

use super::model::{Api, Family, What};
use super::rust_doc::Names;
use std::collections::HashMap;
use std::path::Path;

/// Structs that point at something, with what stands for them in `src/safe/lent.rs`.
const LENT: [(&str, &str); 5] = [
    ("lgt_softmax_opts", "<'_>"),
    ("lgt_cross_entropy_opts", "<'_>"),
    ("lgt_csr", "<'_>"),
    ("lgt_reduction_opts", ""),
    ("lgt_agreement_finish_opts", ""),
];

/// C structs and constants by name: the path of what is exported of them.
pub struct Types {
    paths: HashMap<String, String>,
    structs: Vec<String>,
}

impl Types {
    /// Finds what declares each struct and constant of the API.
    pub fn read(api: &Api, root: &Path) -> Result<Types, String> {
        let config = cbindgen::Config::from_file(root.join("cbindgen.toml"))?;
        let renamed = config.export.rename;
        let mut declared = HashMap::new();
        declarations(&root.join("src"), "crate", &mut declared);
        let (mut paths, mut structs) = (HashMap::new(), Vec::new());
        for (_, item) in api.items() {
            let is_struct = match &item.what {
                What::Struct(fields) => !fields.iter().any(|field| field.c.ends_with('*')),
                What::Constant { .. } => false,
                _ => continue,
            };
            let own = renamed.iter().find(|(_, c)| **c == item.name).map(|(rust, _)| rust);
            let rust = own.unwrap_or(&item.name);
            if let Some(path) = declared.get(rust.as_str()) {
                paths.insert(item.name.clone(), path.clone());
                if is_struct {
                    structs.push(item.name.clone());
                }
            }
        }
        Ok(Types { paths, structs })
    }

    /// The Rust type of a C type that is no pointer.
    pub fn rust(&self, c: &str) -> Option<String> {
        Some(match c {
            "float" => "f32".into(),
            "double" => "f64".into(),
            "size_t" => "usize".into(),
            "void" => "u64".into(),
            "uint8_t" | "uint32_t" | "uint64_t" | "int32_t" | "int64_t" => {
                let sign = if c.starts_with('u') { "u" } else { "i" };
                format!("{sign}{}", c.trim_matches(|ch: char| !ch.is_ascii_digit()))
            }
            _ if self.is_lent(c) || self.structs.iter().any(|name| name == c) => camel(c),
            _ => return None,
        })
    }

    fn is_lent(&self, c: &str) -> bool {
        LENT.iter().any(|(name, _)| *name == c)
    }

    /// The lifetimes of a type that borrows.
    pub fn lifetime(&self, c: &str) -> &'static str {
        LENT.iter().find(|(name, _)| *name == c).map_or("", |(_, lifetime)| lifetime)
    }

    /// Whether there is such a struct, by its C name.
    pub fn has(&self, c: &str) -> bool {
        self.is_lent(c) || self.structs.iter().any(|name| name == c)
    }

    /// What a family declares, under the names of Rust.
    pub fn exports(&self, family: &Family, _: &Names) -> String {
        let mut text = format!("\n// ---- {} ----\n\n", family.name);
        for item in &family.items {
            let Some(path) = self.paths.get(&item.name) else { continue };
            match &item.what {
                // The storage type itself has that name.
                What::Constant { .. } if item.name != "LGT_F16" => {
                    let own = item.name.trim_start_matches("LGT_");
                    text += &format!("#[doc(inline)]\npub use {path} as {own};\n");
                }
                What::Struct(_) if self.structs.contains(&item.name) => {
                    let rust = camel(&item.name);
                    let own = path.rsplit("::").next().unwrap_or("");
                    let renamed = if own == rust { String::new() } else { format!(" as {rust}") };
                    text += &format!("#[doc(inline)]\npub use {path}{renamed};\n");
                    text +=
                        &format!("// SAFETY: numbers alone.\nunsafe impl Plain for {rust} {{}}\n");
                    if item.name.ends_with("_opts") {
                        text += &default(&family.name, &item.name);
                    }
                }
                _ => {}
            }
        }
        text
    }
}

fn default(family: &str, c: &str) -> String {
    let rust = camel(c);
    format!(
        "impl Default for {rust} {{\n    fn default() -> Self {{\n        \
         // SAFETY: it writes the whole struct.\n        \
         unsafe {{ lent::default_of(|to| capi::{family}::{c}_default(to)) }}\n    }}\n}}\n"
    )
}

/// `lgt_softmax_opts` as `SoftmaxOpts`.
pub fn camel(c: &str) -> String {
    let words = c.trim_start_matches("lgt_").split('_');
    words
        .map(|word| {
            let mut letters = word.chars();
            letters
                .next()
                .map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
        })
        .collect()
}

/// Public structs and constants of the sources, with their paths.
fn declarations(folder: &Path, path: &str, found: &mut HashMap<String, String>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.filter_map(|entry| Some(entry.ok()?.path())) {
        let Some(stem) = entry.file_stem().and_then(|stem| stem.to_str()) else { continue };
        if entry.is_dir() && stem != "safe" {
            declarations(&entry, &format!("{path}::{stem}"), found);
        }
        let Ok(text) = std::fs::read_to_string(&entry) else { continue };
        let own = if ["mod", "lib"].contains(&stem) {
            path.to_owned()
        } else {
            format!("{path}::{stem}")
        };
        for line in text.lines() {
            let declared =
                ["pub struct ", "pub const "].iter().find_map(|word| line.strip_prefix(word));
            let Some(declared) = declared else { continue };
            let name = declared.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').next();
            let name = name.unwrap_or("").to_owned();
            // What C's own floor says goes before what others call the same.
            if own.contains("::capi") || !found.contains_key(&name) {
                found.insert(name.clone(), format!("{own}::{name}"));
            }
        }
    }
}
