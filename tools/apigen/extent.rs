//! How much each pointer argument points at, from what its neighbours are called and
//! what the doc comment says of it. An argument that no rule finds has no extent.

use super::model::{Api, Arg, Extent, Item, Shape, What};
use super::shape;
use std::collections::HashMap;

/// Extents of a function's arguments by name.
type Known = HashMap<String, Vec<(String, Extent)>>;

/// Finds the extents of all arguments of all functions.
pub fn fill(api: &mut Api) {
    let mut known = Known::new();
    // A function may say "as" another, which stands before or after it.
    for _ in 0..4 {
        for family in &mut api.families {
            for Item { name, doc, what, .. } in &mut family.items {
                let What::Function { args, .. } = what else { continue };
                find(doc, args, &known);
                let found =
                    args.iter().filter_map(|arg| Some((arg.name.clone(), arg.extent.clone()?)));
                known.insert(name.clone(), found.collect());
            }
        }
    }
}

fn find(doc: &str, args: &mut [Arg], known: &Known) {
    let section = shape::section(doc);
    for at in 0..args.len() {
        if args[at].c.ends_with('*') {
            args[at].extent = extent(doc, &section, args, at, known);
        }
    }
}

fn extent(doc: &str, section: &str, args: &[Arg], at: usize, known: &Known) -> Option<Extent> {
    let arg = &args[at];
    let strides = args[at + 1..].iter().take_while(|arg| arg.name.ends_with("_stride"));
    if strides.count() > 1 {
        return None; // more than rows and columns
    }
    // "`double` form of `lgt_softmax_f32`."
    if let Some((_, of)) = doc.split_once(" form of `") {
        return referred(of, arg, known);
    }
    let text = shape::about(section, &arg.name);
    let element = companion(args, at, "_type").filter(|_| arg.c.ends_with("void *"));
    let mut extent = None;
    if let Some(shape) = by_type(args, at, &element).or_else(|| by_text(section, &text, args, at)) {
        let shape = strided(shape, companion(args, at, "_stride"));
        extent = Some(Extent { shape, element: element.clone(), null: false, asked: None });
    }
    let mut extent = extent
        .or_else(|| reference(section, &text).and_then(|of| referred(of, arg, known)))
        .or_else(|| {
            by_name(args, at).map(|shape| Extent { shape, element, null: false, asked: None })
        })?;
    extent.null |= text.contains("NULL") || arg.name == "opts";
    let elsewhere = || reference(section, &text).and_then(|of| referred(of, arg, known));
    extent.asked = extent.asked.or_else(|| asked(&text)).or_else(|| elsewhere()?.asked);
    if let Shape::Rows { rows, cols, .. } = &mut extent.shape {
        if picked(section, &arg.name) {
            *cols = "picked".into();
        }
        // "or one row with `offsets`"
        if let Some((_, with)) = text.split_once("or one row with `") {
            *rows = format!("{} ? 1 : {rows}", with.split('`').next()?);
        }
    }
    Some(extent)
}

/// Structs that come alone, and bytes that their size follows or that know it.
fn by_type(args: &[Arg], at: usize, element: &Option<String>) -> Option<Shape> {
    let Arg { name, c, .. } = &args[at];
    match c.as_str() {
        "const lgt_csr *" => Some(Shape::One),
        _ if name == "opts" => Some(Shape::One),
        "void *" | "const void *" if element.is_none() => {
            let next = args.get(at + 1).map_or("", |next| next.name.as_str());
            let own = next == "size" || next == format!("{name}_size");
            Some(if own { Shape::Bytes { size: next.into() } } else { Shape::Blob })
        }
        _ => None,
    }
}

fn by_text(section: &str, text: &str, args: &[Arg], at: usize) -> Option<Shape> {
    let sizes: Vec<&str> = numbers(args).collect();
    let of = |name: &str| shape::shape(&shape::about(section, name), &sizes);
    if let Some((_, other)) = text.split_once("as many as `") {
        let other = args.iter().find(|arg| other.starts_with(&format!("{}`", arg.name)));
        if let Some(extent) = other.and_then(|arg| arg.extent.as_ref()) {
            return Some(extent.shape.clone());
        }
    }
    if let Some(shape) = shape::shape(text, &sizes) {
        return Some(shape);
    }
    // As many as of the array before.
    let likewise = ["as many", "likewise"].iter().any(|words| text.contains(words));
    let before = args[..at].iter().rev().filter(|arg| arg.c.ends_with('*'));
    before.filter(|_| likewise).find_map(|arg| of(&arg.name))
}

/// What is so wherever nothing is said.
fn by_name(args: &[Arg], at: usize) -> Option<Shape> {
    let sizes: Vec<&str> = numbers(args).collect();
    let rows = shape::row_count(&sizes);
    let counted = sizes.contains(&rows);
    if let Some(stride) = companion(args, at, "_stride") {
        let cols = if sizes.contains(&"cols") { "cols" } else { "1" };
        return counted.then(|| Shape::Rows { rows: rows.into(), cols: cols.into(), stride });
    }
    match args[at].name.as_str() {
        "labels" | "weights" if counted => Some(Shape::Array { count: rows.into() }),
        "total" | "bytes" => Some(Shape::One),
        _ if args[at].c.contains("lgt_") && !args[at].c.contains("f16") => Some(Shape::One),
        _ => None,
    }
}

/// The names of all arguments that are no pointers.
fn numbers(args: &[Arg]) -> impl Iterator<Item = &str> {
    args.iter().filter(|arg| !arg.c.ends_with('*')).map(|arg| arg.name.as_str())
}

/// The argument after a pointer, before the next, whose name ends in this.
fn companion(args: &[Arg], at: usize, ending: &str) -> Option<String> {
    let own = args[at + 1..].iter().take_while(|arg| !arg.c.ends_with('*'));
    own.map(|arg| &arg.name).find(|name| name.ends_with(ending)).cloned()
}

/// Rows have a stride; numbers with one are a column; without, rows lie dense.
fn strided(shape: Shape, stride: Option<String>) -> Shape {
    match (shape, stride) {
        (Shape::Rows { rows, cols, .. }, Some(stride)) => Shape::Rows { rows, cols, stride },
        (Shape::Array { count }, Some(stride)) => {
            Shape::Rows { rows: count, cols: "1".into(), stride }
        }
        (Shape::Rows { rows, cols, .. }, None) => {
            Shape::Array { count: format!("{rows} * {cols}") }
        }
        (shape, _) => shape,
    }
}

/// "as `lgt_focal_f32`": of this argument, or of all that are not named.
fn reference<'a>(section: &'a str, text: &'a str) -> Option<&'a str> {
    let said = ["as `lgt_", "as in `lgt_", "as of `lgt_"]
        .iter()
        .find_map(|words| text.split_once(words).map(|(_, of)| of));
    said.or_else(|| section.strip_prefix("As `lgt_"))
        .or_else(|| section.strip_prefix("As for `lgt_"))
}

/// The extent that an argument has in another function, whose name a text starts with.
fn referred(of: &str, arg: &Arg, known: &Known) -> Option<Extent> {
    let name = of.split('`').next()?;
    let name = format!("lgt_{}", name.trim_start_matches("lgt_"));
    let extents = known.get(&name)?;
    extents.iter().find(|(name, _)| *name == arg.name).map(|(_, extent)| extent.clone())
}

/// The function that says how many bytes are needed.
fn asked(text: &str) -> Option<String> {
    let quoted = text.split('`').skip(1).step_by(2);
    let mut functions = quoted.filter(|name| name.starts_with("lgt_"));
    functions.find(|name| name.ends_with("_size") || name.ends_with("scratch")).map(str::to_owned)
}

/// Whether an array has the columns that a mask picks.
fn picked(section: &str, name: &str) -> bool {
    let name = format!("`{name}`");
    let of_one = section.contains(&format!("{name} has as many columns as the mask picks"));
    let of_more = section.split_once("a mask picks columns, ").map(|(_, names)| names);
    let of_more = of_more.and_then(|names| names.split_once(" have as many as it picks"));
    of_one || of_more.is_some_and(|(names, _)| names.contains(&name))
}
