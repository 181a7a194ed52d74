//! One call of every function of the Rust API and of every verb of a state, for
//! `tests/safe.rs`: with arrays that are as long as they must be and no longer.

use super::model::{Arg, Shape};
use super::rust::{Function, Place, pointee};
use super::rust_state;
use std::collections::BTreeSet;
use std::fmt::Write;

const TOP: &str = "\
// Generated from the doc comments in src/capi by `cargo api`; not to be edited.

use super::given::*;
use logitude::*;

/// Calls all functions, with or without what may be missing.
pub fn every<T: Number + Sample>(all: bool, seen: &mut Seen)
where
    T::Sum: Sample,
{
";

/// Arguments that are states or models; each family has one of each, which its functions
/// hand on to one another.
const KEPT: [&str; 4] = ["state", "model", "layer", "search"];

/// What integers are, by their names; any other is 1.
fn size(name: &str) -> usize {
    match name {
        "rows" | "n" | "items" | "count" => 6,
        "cols" | "classes" | "categories" | "raters" | "inputs" | "labels" => 3,
        "capacity" | "replicates" => 16,
        "m" | "dims" | "bins" => 4,
        "weighted" | "flags" | "param" | "replicate" => 0,
        "k" | "kind" | "hidden" | "outputs" | "targets" | "width" | "form" => 2,
        "tau_count" | "temperature_count" | "edge_count" | "score_size" => 2,
        _ => 1,
    }
}

/// What other numbers are.
fn number(name: &str) -> &'static str {
    match name {
        "alpha" => "1.5",
        "eps" => "0.001",
        _ => "0.5",
    }
}

/// The whole file.
pub fn render(functions: &[Vec<Function>]) -> String {
    let mut text = TOP.to_owned();
    let all = || functions.iter().flatten();
    let mut sizes = BTreeSet::new();
    let (mut blobs, mut structs) = (BTreeSet::new(), BTreeSet::new());
    for f in all() {
        for arg in f.args {
            if !arg.c.ends_with('*') && arg.c != "double" {
                sizes.insert(arg.name.as_str());
            }
            match f.place(arg) {
                Place::Words if KEPT.contains(&arg.name.as_str()) && arg.name != f.family => {
                    blobs.insert(format!("{}_{}", arg.name, f.family));
                }
                Place::Struct if pointee(arg) != "lgt_csr" => {
                    structs.insert(super::rust_type::camel(pointee(arg)));
                }
                _ => {}
            }
        }
    }
    let writer = Writer { blobs: &blobs, structs: &structs };
    let calls: String = functions.iter().map(|family| writer.family(family)).collect();
    let used: BTreeSet<&str> = super::rust::words(&calls).collect();
    for name in sizes.iter().filter(|name| used.contains(*name)) {
        let _ = writeln!(text, "    let {name}: usize = {};", size(name));
    }
    text += "    let picked = cols;\n";
    for blob in &blobs {
        let _ = writeln!(text, "    let {blob} = words(1 << 14);");
    }
    for name in &structs {
        let _ = writeln!(text, "    let mut made_{}: {name} = nothing();", name.to_lowercase());
    }
    text + &calls + "}\n"
}

struct Writer<'a> {
    blobs: &'a BTreeSet<String>,
    structs: &'a BTreeSet<String>,
}

impl Writer<'_> {
    fn family(&self, functions: &[Function]) -> String {
        let mut text = String::new();
        for f in functions {
            text += &self.function(f, None);
            if let Some(pair) = f.in_place() {
                text += &self.function(f, Some(pair));
            }
        }
        if let Some((class, init)) = rust_state::class(functions) {
            text += &self.initial(&class, init);
            for f in rust_state::verbs(functions, init) {
                text += &self.verb(&class, f);
            }
        }
        text
    }

    /// A function, or its form in which the first of a pair takes the place of the second.
    fn function(&self, f: &Function, in_place: Option<(usize, usize)>) -> String {
        let (to, from) = in_place.unzip();
        let mut before = String::new();
        let arguments = (0..f.args.len()).filter(|i| Some(*i) != from);
        let given = arguments.filter_map(|i| self.given(f, i, Some(i) == to, &mut before));
        let given: Vec<String> = given.collect();
        let name = f.name.clone() + if in_place.is_some() { "_in_place" } else { "" };
        let call = format!("{name}{}({})", generic(f), given.join(", "));
        before + &noted(&name, &call, &self.kept(f))
    }

    fn initial(&self, class: &str, init: &Function) -> String {
        let (before, given) = self.others(init);
        let call = format!(
            "{class}::new{}(words(1 << 14){given}).map(|state| state.words().len())",
            generic(init)
        );
        before + &noted(&format!("{class}::new"), &call, "")
    }

    /// A function as a method of a copy of its family's state.
    fn verb(&self, class: &str, f: &Function) -> String {
        let Some(blob) = owner(f.family, "state", self.blobs) else { return String::new() };
        let (mut before, mut given) = self.others(f);
        let loaded = format!("{class}::load(copy({blob}))");
        let verb = rust_state::verb(f);
        if verb == "merge" {
            (before, given) = (String::new(), format!(", &{loaded}?"));
        }
        let state = if f.args[0].c.starts_with("const ") { "state" } else { "mut state" };
        let given = given.trim_start_matches(", ");
        let call = format!("{loaded}.and_then(|{state}| state.{verb}{}({given}))", generic(f));
        before + &noted(&format!("{class}::{verb}"), &call, "")
    }

    /// The arguments after the first.
    fn others(&self, f: &Function) -> (String, String) {
        let mut before = String::new();
        let given = (1..f.args.len()).filter_map(|i| self.given(f, i, false, &mut before));
        let given: String = given.map(|value| format!(", {value}")).collect();
        (before, given)
    }

    /// An argument of which the caller says something; `there` if it cannot be missing.
    fn given(&self, f: &Function, i: usize, there: bool, before: &mut String) -> Option<String> {
        f.parameter(i)?;
        let arg = &f.args[i];
        let value = argument(f, i, arg, self.blobs, before);
        let null = !there && arg.extent.as_ref().is_some_and(|extent| extent.null);
        Some(match value.strip_suffix("()") {
            Some(function) if null => format!("all.then({function})"),
            _ if null => format!("all.then(|| {value})"),
            _ => value,
        })
    }

    /// What is kept of what a function returns.
    fn kept(&self, f: &Function) -> String {
        let mut text = String::new();
        for (at, (_, rust)) in f.returned().iter().enumerate() {
            if self.structs.contains(rust) {
                let made = rust.to_lowercase();
                let _ = writeln!(
                    text,
                    "    if let Ok(values) = &got {{\n        made_{made} = values.{at};\n    }}"
                );
            }
        }
        text
    }
}

fn generic(f: &Function) -> &'static str {
    if f.is_generic() { "::<T>" } else { "" }
}

fn noted(name: &str, call: &str, kept: &str) -> String {
    format!("    let got = {call};\n{kept}    seen.note(\"{name}\", got.map(drop));\n")
}

fn argument(
    f: &Function,
    i: usize,
    arg: &Arg,
    blobs: &BTreeSet<String>,
    before: &mut String,
) -> String {
    let (name, reads) = (arg.name.as_str(), arg.c.starts_with("const "));
    let element = f.element(i).unwrap_or_default();
    let (mut rows, mut cols) = (String::new(), String::new());
    match arg.extent.as_ref().map(|extent| &extent.shape) {
        Some(Shape::Array { count }) => rows = length(count),
        Some(Shape::Rows { rows: r, cols: c, .. }) => {
            (rows, cols) = (length(r), length(c));
        }
        _ => {}
    }
    let borrowed = |what: String| format!("{}{what}", if reads { "&*" } else { "&mut *" });
    match f.place(arg) {
        Place::Value(rust) if rust == "f64" => number(name).into(),
        Place::Value(rust) if rust == "usize" => name.to_owned(),
        Place::Value(rust) => format!("{name} as {rust}"),
        Place::Slice => {
            let number = ["T", "T::Sum"].contains(&element.as_str())
                || element.starts_with(|c: char| c.is_ascii_lowercase());
            borrowed(format!("{}::<{element}>({rows})", if number { "slice" } else { "structs" }))
        }
        Place::View => {
            let kind = match (cols == "1", reads) {
                (true, true) => "column",
                (true, false) => "column_mut",
                (false, true) => "rows_of",
                (false, false) => "rows_mut",
            };
            let cols = if cols == "1" { String::new() } else { format!(", {cols}") };
            format!("{kind}::<{element}>({rows}{cols})")
        }
        Place::Numbers => format!("labels_of({rows})"),
        Place::NumberRows => format!("label_rows({rows}, {cols})"),
        Place::Words | Place::Blob => match owner(f.family, name, blobs) {
            Some(blob) if name == "other" || reads => {
                let _ = writeln!(before, "    let {name} = copy({blob});");
                borrowed(name.to_owned())
            }
            Some(blob) if matches!(f.place(arg), Place::Blob) => format!("kept({blob})"),
            Some(blob) => borrowed(blob),
            None => borrowed("words(1 << 17)".into()),
        },
        Place::Struct if pointee(arg) == "lgt_csr" => format!(
            "&csr({})",
            if f.args.iter().any(|arg| arg.name == "rows") { "rows" } else { "0" }
        ),
        Place::Struct => {
            format!("{}made_{}", if reads { "&" } else { "&mut " }, element.to_lowercase())
        }
        Place::Opts => format!("defaults::<{element}>()"),
        Place::Wanted => format!("one::<{element}>()"),
        Place::Implied | Place::Returned => String::new(),
    }
}

/// The words that an argument of a family is.
fn owner(family: &str, name: &str, blobs: &BTreeSet<String>) -> Option<String> {
    let (name, family) = match name {
        "other" => ("state", family.to_owned()),
        "loss" => ("state", family.replace("search", "loss")),
        "evaluation" => ("state", "evaluate".to_owned()),
        // The verbs of all kinds.
        "state" if family == "state" => ("state", "accuracy".to_owned()),
        "model" if family == "model" => ("model", "bbq".to_owned()),
        _ => (name, family.to_owned()),
    };
    let wanted = format!("{name}_{family}");
    let fits = blobs.iter().filter(|blob| wanted.starts_with(blob.as_str()));
    fits.max_by_key(|blob| blob.len()).cloned()
}

/// A length, of sizes that are all `usize` here.
fn length(c: &str) -> String {
    match c.split_once(" ? ").and_then(|(_, rest)| rest.split_once(" : ")) {
        Some((yes, no)) => format!("if all {{ {yes} }} else {{ {no} }}"),
        None if c.ends_with(".nnz") => "rows".into(),
        None => c.to_owned(),
    }
}
