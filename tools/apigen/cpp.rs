//! The functions of the C++ header: one overloaded name for all storage types, arrays as
//! views, sizes taken from them and checked.

use super::model::{Api, Arg, Extent, Family, Item, Shape, What};
use super::{cpp_state, wrap};
use std::collections::HashMap;

const TOP: &str = r#"// The functions of logitude.hpp, which includes this file.
//
// Generated from the doc comments in src/capi by `cargo api`; not to be edited.
#ifndef LOGITUDE_FUNCTIONS_HPP
#define LOGITUDE_FUNCTIONS_HPP

namespace logitude {

#ifdef LOGITUDE_NO_EXCEPTIONS
inline namespace returning {
#else
inline namespace throwing {
#endif
"#;

const BOTTOM: &str = r#"
}  // inline namespace
}  // namespace logitude

#endif  // LOGITUDE_FUNCTIONS_HPP
"#;

/// The arguments of every function by its name.
pub type Signatures<'a> = HashMap<&'a str, &'a [Arg]>;

/// The whole file.
pub fn render(api: &Api) -> String {
    let known = signatures(api);
    let constants: Vec<&str> = api.items().map(|(_, item)| item.name.as_str()).collect();
    let mut text = TOP.to_owned();
    for family in &api.families {
        let functions = functions(family, &known);
        if functions.is_empty() {
            continue;
        }
        text += &format!("\n// ---- {} ----\n", family.name);
        text.extend(functions.iter().map(Function::text));
        text += &cpp_state::class(&family.name, &functions, &constants);
    }
    text + BOTTOM
}

pub fn signatures(api: &Api) -> Signatures<'_> {
    let functions = api.items().filter_map(|(_, item)| match &item.what {
        What::Function { args, .. } => Some((item.name.as_str(), args.as_slice())),
        _ => None,
    });
    functions.collect()
}

/// The functions of a family.
pub fn functions<'a>(family: &'a Family, known: &'a Signatures<'a>) -> Vec<Function<'a>> {
    let functions = family.items.iter().filter_map(|item| {
        let (base, dtype) = family.split_dtype(&item.name);
        Function::new(item, base.trim_start_matches("lgt_"), dtype, known)
    });
    functions.collect()
}

/// A C function and what C++ makes of it.
pub struct Function<'a> {
    /// The C name, and that without prefix and storage type.
    pub c: &'a str,
    pub name: &'a str,
    pub args: &'a [Arg],
    pub returns: &'a str,
    summary: String,
    /// Sizes that arrays say, each with the expression for it.
    sizes: Vec<(String, String)>,
    dtype: Option<&'a str>,
    known: &'a Signatures<'a>,
}

impl<'a> Function<'a> {
    fn new(
        item: &'a Item,
        name: &'a str,
        dtype: Option<&'a str>,
        known: &'a Signatures<'a>,
    ) -> Option<Self> {
        let What::Function { returns, args } = &item.what else { return None };
        let summary =
            if matches!(dtype, None | Some("f32")) { summary(&item.doc) } else { "".into() };
        let sizes = sizes(args, &item.doc);
        Some(Function { c: &item.name, name, args, returns, summary, sizes, dtype, known })
    }

    /// Whether an argument is not one of the C++ function: views say it.
    fn is_implied(&self, arg: &Arg) -> bool {
        let said = |extent: &Extent| match &extent.shape {
            Shape::Rows { stride, .. } => *stride == arg.name,
            Shape::Bytes { size } => *size == arg.name,
            _ => false,
        };
        let mut extents = self.args.iter().filter_map(|other| other.extent.as_ref());
        extents.any(|extent| said(extent) || extent.element.as_ref() == Some(&arg.name))
            || self.size(&arg.name).is_some()
    }

    fn size(&self, name: &str) -> Option<&str> {
        self.sizes.iter().find(|(size, _)| size == name).map(|(_, from)| from.as_str())
    }

    /// The parameters, without those that `left_out` names; defaults from the end on.
    pub fn parameters(&self, left_out: &[&str]) -> Vec<String> {
        let kept = |arg: &&Arg| !self.is_implied(arg) && !left_out.contains(&arg.name.as_str());
        let mut texts = Vec::new();
        let mut may_default = true;
        for arg in self.args.iter().filter(kept).rev() {
            let (c, default) = parameter(arg);
            may_default &= default.is_some();
            let default = default.filter(|_| may_default).unwrap_or("");
            texts.push(format!(
                "{c}{}{}{default}",
                if c.ends_with(['&', '*']) { "" } else { " " },
                arg.name
            ));
        }
        texts.reverse();
        texts
    }

    /// What the parameters are called, to hand them on.
    pub fn names(&self) -> Vec<&str> {
        let kept = self.args.iter().filter(|arg| !self.is_implied(arg));
        kept.map(|arg| arg.name.as_str()).collect()
    }

    fn text(&self) -> String {
        let about = if self.summary.is_empty() { String::new() } else { self.about() };
        if let (&"void", [arg]) = (&self.returns, self.args) {
            return about + &self.defaults(arg);
        }
        let returns =
            if self.returns == "lgt_status" { "status".into() } else { element(self.returns) };
        let space = if returns.ends_with('*') { "" } else { " " };
        let nodiscard = if returns == "status" { "LOGITUDE_NODISCARD " } else { "" };
        let open = format!("{nodiscard}inline {returns}{space}{}(", self.name);
        let head = wrap::list(&open, &self.parameters(&[]), ") {\n", 4);
        let (before, after) = match returns.as_str() {
            "status" => {
                ("detail::answer(".into(), format!(",\n                        \"{}\")", self.c))
            }
            "f16" | "bf16" => (format!("{returns}{{"), "}".into()),
            _ => (String::new(), String::new()),
        };
        let passed: Vec<String> = self.args.iter().map(|arg| self.passed(arg)).collect();
        let open = format!("  return {before}{}(", self.c);
        let last = wrap::list(&open, &passed, &format!("){after};\n}}\n"), open.len().min(60));
        about + &head + &self.preparations() + &last
    }

    fn about(&self) -> String {
        let mut lines = vec![format!("/// {}:", self.c)];
        for word in self.summary.split(' ') {
            match lines.last_mut() {
                Some(line) if line.len() + 1 + word.len() <= 100 => *line += &format!(" {word}"),
                _ => lines.push(format!("/// {word}")),
            }
        }
        format!("\n{}\n", lines.join("\n"))
    }

    /// A function that fills one struct returns it.
    fn defaults(&self, arg: &Arg) -> String {
        let c = arg.c.trim_end_matches(" *");
        format!(
            "inline {c} {}() {{\n  {c} made{{}};\n  {}(&made);\n  return made;\n}}\n",
            self.name, self.c
        )
    }

    /// Sizes, checks and room.
    fn preparations(&self) -> String {
        let checks: Vec<String> = self.args.iter().filter_map(|arg| self.check(arg)).collect();
        let rooms: Vec<String> = self.args.iter().filter_map(|arg| self.room(arg)).collect();
        let (checks, rooms) = (checks.concat(), rooms.concat());
        let uses = |name: &str| {
            self.args.iter().any(|arg| arg.name == *name)
                || mentions(&checks, name)
                || mentions(&rooms, name)
        };
        let sizes = self.sizes.iter().filter(|(name, _)| uses(name));
        let sizes: String =
            sizes.map(|(name, from)| format!("  const std::size_t {name} = {from};\n")).collect();
        sizes + &checks + &rooms
    }

    /// What must be so of an array's sizes.
    fn check(&self, arg: &Arg) -> Option<String> {
        let Arg { name, c, .. } = arg;
        if self.size(name).is_some() && c == "uint32_t" {
            let most = "std::numeric_limits<std::uint32_t>::max()";
            return Some(format!(
                "  if ({name} > {most}) return detail::answer(LGT_E_SIZE, \"{}\");\n",
                self.c
            ));
        }
        let extent = arg.extent.as_ref()?;
        let sides = match &extent.shape {
            Shape::Array { count } => vec![("size", count)],
            Shape::Rows { rows, cols, .. } => vec![("rows", rows), ("cols", cols)],
            _ => return None,
        };
        let differs = |(side, wanted): (&str, &String)| {
            let own = format!("{name}.{side}()");
            let checked =
                *wanted != "1" && self.size(wanted) != Some(&own) && self.is_known(wanted);
            let wanted = match wanted.split_once(" ? ") {
                Some((array, either)) => format!("({array}.data() != nullptr ? {either})"),
                None => wanted.clone(),
            };
            checked.then(|| format!("{own} != {wanted}"))
        };
        let wrong: Vec<String> = sides.into_iter().filter_map(differs).collect();
        let wrong = match (&wrong[..], extent.null) {
            ([], _) => return None,
            ([one], true) => format!("{name}.data() != nullptr && {one}"),
            (more, true) => format!("{name}.data() != nullptr && ({})", more.join(" || ")),
            (more, false) => more.join(" || "),
        };
        let leave = format!("return detail::mismatch(\"{}\", \"{name}\");\n", self.c);
        let line = format!("  if ({wrong}) {leave}");
        let fits = line.len() <= wrap::WIDTH + 1;
        Some(if fits { line } else { format!("  if ({wrong})\n    {leave}") })
    }

    /// Whether all that an expression names is known.
    fn is_known(&self, expression: &str) -> bool {
        words(expression).all(|word| {
            word.parse::<u64>().is_ok()
                || word == "nnz"
                || self.size(word).is_some()
                || self.args.iter().any(|arg| arg.name == word)
        })
    }

    /// Room for a state, a model or scratch, if what must be asked is known.
    fn room(&self, arg: &Arg) -> Option<String> {
        let asked = arg.extent.as_ref()?.asked.as_deref()?;
        let (_, questions) = self.known.get(asked)?.split_last()?;
        let answers = questions.iter().map(|question| self.answer(question));
        let answers: Vec<String> = answers.collect::<Option<_>>()?;
        let (name, all) =
            (&arg.name, answers.iter().map(|answer| format!("{answer}, ")).collect::<String>());
        Some(format!(
            "  std::size_t {name}_bytes = 0;\n  status {name}_room = {asked}({all}&{name}_bytes);\n  \
             if ({name}_room >= 0) {name}_room = {name}.grow({name}_bytes);\n  \
             if ({name}_room < 0) return detail::answer({name}_room, \"{asked}\");\n"
        ))
    }

    /// What this call says to a question about room.
    fn answer(&self, question: &Arg) -> Option<String> {
        let name = question.name.trim_start_matches('_');
        if let Some(arg) = self.args.iter().find(|arg| arg.name == name) {
            return Some(self.passed(arg));
        }
        match (name, self.dtype) {
            ("weighted", _) => Some("weights.data() != nullptr".into()),
            ("score_size", Some(_)) => Some("sizeof(*x.data())".into()),
            _ if question.c == "uint32_t" => {
                self.size(name).map(|_| format!("static_cast<std::uint32_t>({name})"))
            }
            _ => self.size(name).map(|_| name.to_owned()),
        }
    }

    /// What C is given for an argument.
    fn passed(&self, arg: &Arg) -> String {
        let Arg { name, c, .. } = arg;
        let implied = self.args.iter().find_map(|other| {
            let extent = other.extent.as_ref()?;
            match &extent.shape {
                Shape::Rows { stride, .. } if stride == name => {
                    Some(format!("{}.stride()", other.name))
                }
                Shape::Bytes { size } if size == name => Some(format!("{}.size()", other.name)),
                _ if extent.element.as_ref() == Some(name) => {
                    Some(format!("{}.type()", other.name))
                }
                _ => None,
            }
        });
        if let Some(implied) = implied {
            return implied;
        }
        match arg.extent.as_ref().map(|extent| (&extent.shape, extent.null)) {
            Some((Shape::One, false)) => format!("&{name}"),
            Some((Shape::One, true)) => name.clone(),
            Some(_) if c.contains("f16") => format!("detail::raw({name}.data())"),
            Some(_) => format!("{name}.data()"),
            None if self.size(name).is_some() && c == "uint32_t" => {
                format!("static_cast<std::uint32_t>({name})")
            }
            None if c == "lgt_f16" || c == "lgt_bf16" => format!("static_cast<{c}>({name})"),
            None if c.contains("f16 *") => format!("detail::raw({name})"),
            None => name.clone(),
        }
    }
}

/// The type of a parameter, and its default if it may have one.
fn parameter(arg: &Arg) -> (String, Option<&'static str>) {
    let c = element(&arg.c);
    let Some(extent) = &arg.extent else { return (c, None) };
    let pointed = c.trim_end_matches(" *");
    let default = extent.null.then_some(" = {}");
    let view = |kind: &str| (format!("{kind}<{pointed}>"), default);
    match (&extent.shape, &extent.element) {
        (Shape::One, _) if extent.null => (c, Some(" = nullptr")),
        (Shape::One, _) => (format!("{pointed} &"), None),
        (Shape::Array { .. }, Some(_)) => ("numbers_view".into(), default),
        (Shape::Rows { .. }, Some(_)) => ("number_rows".into(), default),
        (Shape::Array { .. }, None) => view("view"),
        (Shape::Rows { cols, .. }, None) => {
            view(if cols == "1" { "column_view" } else { "rows_view" })
        }
        _ if c.starts_with("const ") => ("const_bytes".into(), default),
        _ => ("bytes".into(), default),
    }
}

/// A C type with C++'s storage types.
fn element(c: &str) -> String {
    let c =
        c.replace("lgt_f16", "f16").replace("lgt_bf16", "bf16").replace("size_t", "std::size_t");
    ["uint8_t", "uint32_t", "int32_t", "uint64_t"].iter().fold(c, |c, int| {
        let words =
            c.split(' ').map(|word| if word == *int { format!("std::{int}") } else { word.into() });
        words.collect::<Vec<_>>().join(" ")
    })
}

/// Which sizes follow from which arrays: those that must be there, and those that may be
/// missing where C wants a size of 0 then.
pub fn sizes(args: &[Arg], doc: &str) -> Vec<(String, String)> {
    let mut sizes: Vec<(String, String)> = Vec::new();
    let arrays = |null: bool| {
        let extents = args.iter().filter_map(|arg| Some((arg, arg.extent.as_ref()?)));
        extents.filter(move |(_, extent)| extent.null == null)
    };
    for (arg, extent) in arrays(false).chain(arrays(true)) {
        let sides = match &extent.shape {
            Shape::Array { count } => vec![("size", count)],
            Shape::Rows { rows, cols, .. } => vec![("rows", rows), ("cols", cols)],
            _ => continue,
        };
        for (side, size) in sides {
            let is_name = size.starts_with(|c: char| c.is_ascii_lowercase())
                && words(size).eq([size.as_str()]);
            let is_new = !sizes.iter().any(|(known, _)| known == size) && size != "picked";
            let counts = size.ends_with("_count") || doc.contains("NULL and 0");
            if is_name && is_new && (!extent.null || counts) {
                sizes.push((size.clone(), format!("{}.{side}()", arg.name)));
            }
        }
    }
    if args.iter().any(|arg| matches!(&arg.extent, Some(Extent { shape: Shape::Rows { cols, .. }, .. }) if cols == "picked")) {
        sizes.push(("picked".into(), "detail::picked(cols, opts)".into()));
    }
    sizes
}

/// The words of an expression.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').filter(|word| !word.is_empty())
}

fn mentions(text: &str, name: &str) -> bool {
    words(text).any(|word| word == name)
}

/// The first sentence of a text.
fn summary(doc: &str) -> String {
    let first = doc.split("\n\n").next().unwrap_or("");
    let first = first.split_whitespace().collect::<Vec<_>>().join(" ");
    let begins = |rest: &str| rest.starts_with(|c: char| c.is_ascii_uppercase() || c == '`');
    let end = first.match_indices(". ").find(|(at, _)| begins(&first[at + 2..]));
    first[..end.map_or(first.len(), |(at, _)| at + 1)].to_owned()
}
