//! The functions of the Rust API: one generic function for all storage types, over slices
//! and views whose lengths are compared with what C takes them for.

use super::cpp::sizes;
use super::model::{Api, Arg, Family, Item, Shape, What};
use super::rust_body::Body;
use super::rust_doc::Names;
use super::rust_state;
use super::rust_type::Types;
use std::fmt::Write;

const TOP: &str = "\
// Generated from the doc comments in src/capi by `cargo api`; not to be edited.

use super::blob::{Plain, blank, whole};
use super::lent;
use super::number::stored;
use super::outcome::{answer, fits};
use super::size::Size;
use super::views::{at, at_mut, narrow};
use super::*;
use crate::capi;
use crate::simd::Stored;
use core::ptr::{from_mut, from_ref, null, null_mut};
";

/// The storage types, in the order of the arms of a call.
pub const DTYPES: [&str; 4] = ["f32", "f64", "f16", "bf16"];

/// The functions of each family, one for all storage types.
pub fn functions<'a>(api: &'a Api, types: &'a Types) -> Vec<Vec<Function<'a>>> {
    api.families.iter().map(|family| of_family(family, types)).collect()
}

/// The whole file.
pub fn render(api: &Api, types: &Types, functions: &[Vec<Function>]) -> String {
    let mut text = TOP.to_owned();
    let names = Names::new(functions.iter().flatten().map(|f| f.name.as_str()), api, types);
    for (family, functions) in api.families.iter().zip(functions) {
        text += &types.exports(family, &names);
        for function in functions {
            function.write(&mut text, &names, None);
            if let Some(pair) = function.in_place() {
                function.write(&mut text, &names, Some(pair));
            }
        }
        text += &rust_state::state(family, functions);
    }
    text
}

/// Those whose arrays have known lengths.
fn of_family<'a>(family: &'a Family, types: &'a Types) -> Vec<Function<'a>> {
    let mut found = Vec::new();
    for item in &family.items {
        let What::Function { returns, args } = &item.what else { continue };
        let (base, dtype) = family.split_dtype(&item.name);
        if dtype.is_some_and(|dtype| dtype != DTYPES[0]) {
            continue;
        }
        let variants: Vec<&[Arg]> = DTYPES[..if dtype.is_some() { 4 } else { 1 }]
            .iter()
            .filter_map(|dtype| args_of(family, &item.name, base, dtype))
            .collect();
        let mut name = base.trim_start_matches("lgt_").to_owned();
        if dtype.is_some() && family.items.iter().any(|item| item.name == base) {
            name += "_scores"; // the other takes decisions
        }
        let function = Function {
            family: &family.name,
            name,
            item,
            args,
            variants,
            types,
            sizes: sizes(args, &item.doc),
        };
        if returns == "lgt_status" && function.is_safe() {
            found.push(function);
        }
    }
    found
}

fn args_of<'a>(family: &'a Family, own: &str, base: &str, dtype: &str) -> Option<&'a [Arg]> {
    let wanted = if own == base { own.to_owned() } else { format!("{base}_{dtype}") };
    family.items.iter().find(|item| item.name == wanted).and_then(|item| match &item.what {
        What::Function { args, .. } => Some(args.as_slice()),
        _ => None,
    })
}

/// A function of C, in all its forms.
pub struct Function<'a> {
    pub family: &'a str,
    /// Without prefix and storage type.
    pub name: String,
    pub item: &'a Item,
    pub args: &'a [Arg],
    /// The arguments for each storage type.
    variants: Vec<&'a [Arg]>,
    types: &'a Types,
    /// Sizes that arrays say, each as `array.side()`.
    pub sizes: Vec<(String, String)>,
}

/// What an argument is in Rust.
pub enum Place {
    /// Said by another argument.
    Implied,
    Value(String),
    /// `Option`s where it may be missing.
    Slice,
    View,
    Numbers,
    NumberRows,
    Words,
    /// Words that know their own number.
    Blob,
    /// A struct that is read, or changed.
    Struct,
    /// Options: read, plain or lent.
    Opts,
    /// Written, and returned.
    Returned,
    /// A number that is written if it is asked for.
    Wanted,
}

/// Structs that are read before they are written.
const CHANGED: [&str; 2] = ["lgt_temperature_search", "lgt_logistic_search"];

impl<'a> Function<'a> {
    pub fn is_generic(&self) -> bool {
        self.variants.len() == 4
    }

    /// Whether the length of every array is known, and every type has a name here.
    fn is_safe(&self) -> bool {
        let same = self.variants.iter().all(|args| args.len() == self.args.len());
        let known = self.args.iter().enumerate().all(|(i, arg)| {
            let Some(extent) = &arg.extent else { return !arg.c.ends_with('*') };
            let sides = match &extent.shape {
                Shape::Array { count } => vec![count],
                Shape::Rows { rows, cols, .. } => vec![rows, cols],
                _ => vec![],
            };
            self.element(i).is_some() && sides.into_iter().all(|side| self.is_known(side))
        });
        let counts = self.item.name.ends_with("_default") || same && known;
        counts && (self.variants.len() == 1 || self.is_generic())
    }

    fn is_known(&self, expression: &str) -> bool {
        words(expression).all(|word| {
            word.parse::<u64>().is_ok()
                || ["nnz", "picked"].contains(&word)
                || self.size(word).is_some()
                || self.args.iter().any(|arg| arg.name == word)
        })
    }

    pub fn size(&self, name: &str) -> Option<(&str, &str)> {
        let (_, from) = self.sizes.iter().find(|(size, _)| size == name)?;
        from.trim_end_matches("()").split_once('.')
    }

    /// What an argument points at, in Rust.
    pub fn element(&self, at: usize) -> Option<String> {
        let pointees: Vec<&str> = self
            .variants
            .iter()
            .map(|args| args[at].c.trim_start_matches("const ").trim_end_matches(" *"))
            .collect();
        match pointees[..] {
            ["float", "double", "lgt_f16", "lgt_bf16"] => Some("T".into()),
            ["float", "double", "float", "float"] => Some("T::Sum".into()),
            _ if pointees.iter().all(|c| *c == pointees[0]) => self.types.rust(pointees[0]),
            _ => None,
        }
    }

    pub fn place(&self, arg: &Arg) -> Place {
        let said = |other: &Arg| match &other.extent {
            Some(extent) => {
                extent.element.as_ref() == Some(&arg.name)
                    || match &extent.shape {
                        Shape::Rows { stride, .. } => *stride == arg.name,
                        Shape::Bytes { size } => *size == arg.name,
                        _ => false,
                    }
            }
            None => false,
        };
        if self.args.iter().any(said) || self.size(&arg.name).is_some() {
            return Place::Implied;
        }
        let Some(extent) = &arg.extent else {
            return Place::Value(self.types.rust(&arg.c).unwrap_or_default());
        };
        let (reads, pointee) = (arg.c.starts_with("const "), pointee(arg));
        match (&extent.shape, extent.element.is_some()) {
            (Shape::Array { .. }, false) => Place::Slice,
            (Shape::Array { .. }, true) => Place::Numbers,
            (Shape::Rows { .. }, false) => Place::View,
            (Shape::Rows { .. }, true) => Place::NumberRows,
            (Shape::Bytes { .. }, _) => Place::Words,
            (Shape::Blob, _) => Place::Blob,
            (Shape::One, _) if reads && (extent.null || arg.name == "opts") => Place::Opts,
            (Shape::One, _) if extent.null => Place::Wanted,
            (Shape::One, _)
                if reads || CHANGED.contains(&pointee) && !self.name.ends_with("_init") =>
            {
                Place::Struct
            }
            (Shape::One, _) => Place::Returned,
        }
    }

    /// What the caller passes for an argument: nothing where others say it.
    pub fn parameter(&self, at: usize) -> Option<String> {
        let arg = &self.args[at];
        let (null, reads) =
            (arg.extent.as_ref().is_some_and(|extent| extent.null), arg.c.starts_with("const "));
        let element = self.element(at).unwrap_or_default();
        let borrow = if reads { "&" } else { "&mut " };
        let view = |kind: &str| format!("{kind}{}<'_, {element}>", if reads { "" } else { "Mut" });
        let whole = match self.place(arg) {
            Place::Implied | Place::Returned => return None,
            Place::Value(rust) => rust,
            Place::Slice => format!("{borrow}[{element}]"),
            Place::View => match &arg.extent.as_ref()?.shape {
                Shape::Rows { cols, .. } if cols == "1" && !null => into(&view("Column")),
                Shape::Rows { cols, .. } if cols == "1" => view("Column"),
                _ => view("Rows"),
            },
            Place::Numbers if null => "Numbers<'_>".into(),
            Place::Numbers => into("Numbers<'_>"),
            Place::NumberRows if null => "NumberRows<'_>".into(),
            Place::NumberRows => into("NumberRows<'_>"),
            Place::Words | Place::Blob => format!("{borrow}[u64]"),
            Place::Struct | Place::Opts => {
                format!("{borrow}{element}{}", self.types.lifetime(pointee(arg)))
            }
            Place::Wanted => format!("&mut {element}"),
        };
        Some(if null && !matches!(self.place(arg), Place::Value(_)) {
            format!("Option<{whole}>")
        } else {
            whole
        })
    }

    /// The types of what is returned beside advice.
    pub fn returned(&self) -> Vec<(&str, String)> {
        let returned = self
            .args
            .iter()
            .enumerate()
            .filter(|(_, arg)| matches!(self.place(arg), Place::Returned));
        returned.map(|(i, arg)| (arg.name.as_str(), self.element(i).unwrap_or_default())).collect()
    }

    /// Whether what is returned is the answer to a question, which needs no advice.
    pub fn is_question(&self) -> bool {
        let mut returned = self.returned().into_iter();
        returned.next().is_some_and(|(name, _)| name == "bytes" || name == "kind")
            && returned.next().is_none()
    }

    pub fn returns(&self) -> String {
        let types: Vec<String> = self.returned().into_iter().map(|(_, rust)| rust).collect();
        match &types[..] {
            [] => "Result<Advice, Error>".into(),
            [one] if self.is_question() => format!("Result<{one}, Error>"),
            more => format!("Result<({}, Advice), Error>", more.join(", ")),
        }
    }

    /// `'v` is that of what becomes a view.
    pub fn generics(&self) -> &'static str {
        let views =
            (0..self.args.len()).any(|i| self.parameter(i).is_some_and(|p| p.contains("'v")));
        match (views, self.is_generic()) {
            (true, true) => "<'v, T: Number>",
            (true, false) => "<'v>",
            (false, true) => "<T: Number>",
            (false, false) => "",
        }
    }

    /// The output that may be an input, and that input, where a function says so.
    pub fn in_place(&self) -> Option<(usize, usize)> {
        let section = self.item.doc.split_once("# In place\n")?.1.split("\n#").next()?;
        let section = section.split_whitespace().collect::<Vec<_>>().join(" ");
        let pairs = [("y", "x"), ("grad", "x"), ("dx", "dy"), ("dx", "x"), ("p", "x")];
        let said = |(to, from): &(&str, &str)| {
            let refers = section.starts_with("As `lgt_softmax_f32`") && *to == "y";
            let one = [format!("`{to} == {from}`"), format!("`{to}` may be `{from}`")];
            refers || one.iter().any(|words| section.contains(words.as_str()))
        };
        let at = |name: &str| {
            let found = self.args.iter().position(|arg| arg.name == name)?;
            matches!(self.place(&self.args[found]), Place::View).then_some(found)
        };
        let place = |(to, from): (&str, &str)| {
            let (to, from) = (at(to)?, at(from)?);
            let same =
                self.element(to) == self.element(from) && self.args[from].c.starts_with("const ");
            (same && !self.args[to].c.starts_with("const ")).then_some((to, from))
        };
        pairs.into_iter().filter(said).find_map(place)
    }

    fn write(&self, text: &mut String, names: &Names, in_place: Option<(usize, usize)>) {
        let name = match in_place {
            Some(_) => format!("{}_in_place", self.name),
            None => self.name.clone(),
        };
        let (to, from) = in_place.map_or((usize::MAX, usize::MAX), |pair| pair);
        let said = |i: usize| self.args[i].name.as_str();
        *text += "\n";
        *text += &match in_place {
            Some(_) => format!(
                "/// [`{0}()`] with `{1}` in the place of `{2}`: what is there is read, then written over.\n",
                self.name,
                said(to),
                said(from)
            ),
            None => names.doc(&self.item.doc, self.item.name.as_str()),
        };
        let parameters: Vec<String> = (0..self.args.len())
            .filter(|i| *i != from)
            .filter_map(|i| {
                let parameter = self.parameter(i)?;
                // Where one takes the place of another it is there.
                let parameter = match parameter.strip_prefix("Option<") {
                    Some(inner) if i == to => inner.trim_end_matches('>').to_owned() + ">",
                    _ => parameter,
                };
                Some(format!("    {}: {parameter},\n", said(i)))
            })
            .collect();
        let _ = write!(
            text,
            "pub fn {name}{}(\n{}) -> {} {{\n",
            self.generics(),
            parameters.concat(),
            self.returns()
        );
        *text += &Body { function: self, name: &name, to, from }.text();
    }
}

/// What becomes a view.
fn into(view: &str) -> String {
    format!("impl Into<{}>", view.replace("'_", "'v"))
}

/// A C type without `const` and star.
pub fn pointee(arg: &Arg) -> &str {
    arg.c.trim_start_matches("const ").trim_end_matches(" *")
}

pub fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

pub fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !is_word(c)).filter(|word| !word.is_empty())
}
