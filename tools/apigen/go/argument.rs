//! What a Go function takes for each argument of C: a slice knows its length and the type
//! of its numbers, so arguments that say these are left out.

use super::super::model::{Arg, Extent, Shape};
use super::name::{element, local, pointee};
use super::{Function, Table};

pub enum Kind {
    /// A number.
    Number,
    /// The length or the type of the array at this place.
    Of(usize),
    /// A slice of numbers or structs.
    Slice,
    /// A slice of any numbers, whose type another argument says.
    Any,
    /// Memory without a type.
    Bytes,
    /// One number or plain struct.
    One,
    /// A struct that holds pointers.
    Lent,
}

pub fn kind(table: &Table, args: &[Arg], at: usize) -> Kind {
    let Arg { name, c, extent } = &args[at];
    if !c.ends_with('*') {
        let of = args.iter().position(|arg| {
            arg.extent.as_ref().is_some_and(|extent| match &extent.shape {
                Shape::Bytes { size } => size == name,
                _ => extent.element.as_ref() == Some(name),
            })
        });
        return of.map_or(Kind::Number, Kind::Of);
    }
    let to = pointee(c);
    match extent {
        Some(Extent { element: Some(_), .. }) if to == "void" => Kind::Any,
        _ if to == "void" => Kind::Bytes,
        _ if table.structs.get(to) == Some(&true) => Kind::Lent,
        Some(Extent { shape: Shape::One, .. }) => Kind::One,
        _ => Kind::Slice,
    }
}

/// The Go type of an argument; nothing if it is left out.
pub fn go_type(kind: &Kind, c: &str) -> Option<String> {
    let of = element(pointee(c));
    Some(match kind {
        Kind::Number if c == "size_t" => "int".into(),
        Kind::Number => of,
        Kind::Of(_) => return None,
        Kind::Slice => format!("[]{of}"),
        Kind::Any => "any".into(),
        Kind::Bytes => "[]byte".into(),
        Kind::One | Kind::Lent => format!("*{of}"),
    })
}

/// What C is given.
pub fn passed(kind: &Kind, args: &[Arg], at: usize) -> String {
    let Arg { name, c, .. } = &args[at];
    let (go, to) = (local(name), pointee(c));
    match kind {
        Kind::Number => format!("C.{c}({go})"),
        Kind::Of(array) => {
            let array = &args[*array];
            let untyped = array.extent.as_ref().is_some_and(|extent| extent.element.is_some());
            let array = local(&array.name);
            if untyped { format!("C.{c}({array}Of.code)") } else { format!("C.{c}(len({array}))") }
        }
        Kind::Slice => format!("(*C.{to})(at({go}))"),
        Kind::Any => format!("{go}Of.at"),
        Kind::Bytes => format!("at({go})"),
        Kind::One if to.starts_with("lgt_") => format!("{go}.c(nil)"),
        Kind::One => format!("(*C.{to})(unsafe.Pointer({go}))"),
        Kind::Lent if c.starts_with("const ") => format!("{go}.c(&lent)"),
        Kind::Lent => format!("{go}.read(&lent)"),
    }
}

/// The condition under which an array is long enough, if it can be told.
pub fn check(function: &Function, kinds: &[Kind], at: usize) -> Option<String> {
    let Arg { name, c, extent } = &function.args[at];
    let name = local(name);
    if pointee(c) == "lgt_csr" {
        return Some(format!("{name}.whole(rows)"));
    }
    let length = match kinds[at] {
        Kind::Slice | Kind::Bytes => format!("len({name})"),
        Kind::Any => format!("{name}Of.len"),
        _ => return None,
    };
    let number = |text: &str| expression(function, kinds, text);
    match &extent.as_ref()?.shape {
        Shape::Array { count } => Some(format!("fits({length}, {})", number(count)?)),
        Shape::Rows { rows, cols, stride } => Some(format!(
            "rowsFit({length}, {}, {}, {})",
            number(rows)?,
            number(cols)?,
            number(stride)?
        )),
        Shape::Blob => Some(format!("whole({name})")),
        Shape::Bytes { .. } | Shape::One => None,
    }
}

/// An expression of C in Go, as a `float64`, which does not overflow.
pub fn expression(function: &Function, kinds: &[Kind], text: &str) -> Option<String> {
    if let Some((when, other)) = text.split_once(" ? ") {
        let (then, other) = other.split_once(" : ")?;
        let number = |text| expression(function, kinds, text);
        let (then, other) = (number(then)?, number(other)?);
        return Some(format!("pick(len({}) > 0, {then}, {other})", local(when)));
    }
    let (mut made, mut word) = (String::new(), String::new());
    for letter in text.chars().chain([' ']) {
        if letter.is_ascii_alphanumeric() || letter == '_' || letter == '.' {
            word.push(letter);
            continue;
        }
        if !word.is_empty() {
            made += &term(function, kinds, &word)?;
            word.clear();
        }
        made.push(letter);
    }
    let made = made.trim().to_owned();
    Some(if made.contains('/') { format!("floor({made})") } else { made })
}

fn term(function: &Function, kinds: &[Kind], word: &str) -> Option<String> {
    if word.parse::<u64>().is_ok() {
        return Some(word.into());
    }
    let has = |name: &str| function.args.iter().position(|arg| arg.name == name);
    if has(word).is_some_and(|at| matches!(kinds[at], Kind::Number)) {
        return Some(format!("float64({})", local(word)));
    }
    match word.split_once('.') {
        Some((array, "nnz")) => return Some(format!("{}.entries()", local(array))),
        Some(_) => return None,
        None => {}
    }
    // Known by the argument that holds it.
    match word {
        "picked" => has("opts").map(|_| "opts.picked(cols)".into()),
        "dims" => has("layer").map(|_| "dims(layer)".into()),
        "classes" | "categories" | "rows" => has("state").map(|_| "param(state)".into()),
        _ => None,
    }
}
