//! The functions of the Rust API: one generic function for all storage types, over slices
//! and views whose lengths are compared with what C takes them for.

use super::cpp::sizes;
use super::model::{Api, Arg, Family, Item, Shape, What};
use super::rust_doc::Names;
use super::rust_state;
use super::rust_type::{Types, camel};
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
        text += &rust_state::state(family, functions, &names);
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
    sizes: Vec<(String, String)>,
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

    fn size(&self, name: &str) -> Option<(&str, &str)> {
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
    fn is_question(&self) -> bool {
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
    fn in_place(&self) -> Option<(usize, usize)> {
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
        let body = Body { function: self, name: &name, to, from };
        *text += &body.text();
    }
}

/// What stands between the braces of a function, of which `to` may be in the place of
/// `from`.
struct Body<'a, 'f> {
    function: &'f Function<'a>,
    name: &'f str,
    to: usize,
    from: usize,
}

impl Body<'_, '_> {
    fn text(&self) -> String {
        let f = self.function;
        let mut text = String::new();
        let mut rest: String =
            f.args.iter().enumerate().map(|(i, arg)| self.checked(i, arg)).collect();
        rest += &self.call();
        if f.sizes.iter().any(|(size, _)| size == "picked") {
            rest.insert_str(0, "    let picked = opts.map_or(cols, |opts| opts.picked(cols));\n");
        }
        for (i, arg) in f.args.iter().enumerate().filter(|(i, _)| *i != self.from) {
            text += &self.prepared(i, arg);
        }
        for (size, _) in f.sizes.iter().filter(|(size, _)| words(&rest).any(|word| word == size)) {
            text += &self.size_line(size);
        }
        text += &rest;
        let returned: Vec<&str> = f.returned().into_iter().map(|(name, _)| name).collect();
        text += &match &returned[..] {
            [] => format!("    answer(status, \"{}\")\n", self.name),
            [one] if f.is_question() => {
                format!("    answer(status, \"{}\").map(|_| {one})\n", self.name)
            }
            more => format!(
                "    answer(status, \"{}\").map(|advice| ({}, advice))\n",
                self.name,
                more.join(", ")
            ),
        };
        text + "}\n"
    }

    fn is_optional(&self, i: usize) -> bool {
        i != self.to && self.function.args[i].extent.as_ref().is_some_and(|extent| extent.null)
    }

    /// Conversions, and room for what is returned.
    fn prepared(&self, i: usize, arg: &Arg) -> String {
        let (f, name) = (self.function, &arg.name);
        match f.place(arg) {
            Place::Returned => {
                format!("    let mut {name} = blank::<{}>();\n", f.element(i).unwrap_or_default())
            }
            Place::Slice if self.is_optional(i) && !arg.c.starts_with("const ") => {
                format!("    let mut {name} = {name};\n")
            }
            Place::View if f.parameter(i).is_some_and(|p| p.starts_with("impl Into")) => {
                let kind = if arg.c.starts_with("const ") { "Column" } else { "ColumnMut" };
                format!("    let {name}: {kind}<'_, _> = {name}.into();\n")
            }
            Place::View if self.is_optional(i) && !arg.c.starts_with("const ") => {
                format!("    let mut {name} = {name};\n")
            }
            Place::Numbers if !self.is_optional(i) => {
                format!("    let {name}: Numbers<'_> = {name}.into();\n")
            }
            Place::NumberRows if !self.is_optional(i) => {
                format!("    let {name}: NumberRows<'_> = {name}.into();\n")
            }
            Place::Words if self.is_optional(i) && !arg.c.starts_with("const ") => {
                format!("    let mut {name} = {name};\n")
            }
            _ => String::new(),
        }
    }

    /// What a size is, from the array that says it.
    fn size_line(&self, size: &str) -> String {
        let f = self.function;
        let Some((array, side)) = f.size(size).filter(|_| size != "picked") else {
            return String::new();
        };
        let at = f.args.iter().position(|arg| arg.name == array).unwrap_or(usize::MAX);
        let (array, at) =
            if at == self.from { (f.args[self.to].name.as_str(), self.to) } else { (array, at) };
        let side = if side == "size" { "len" } else { side };
        let value = if self.is_optional(at) {
            format!("{array}.as_ref().map_or(0, |given| given.{side}())")
        } else {
            format!("{array}.{side}()")
        };
        format!("    let {size} = {value};\n")
    }

    /// Comparisons of an argument with what C takes it for.
    fn checked(&self, i: usize, arg: &Arg) -> String {
        let f = self.function;
        // What another is in the place of has its size.
        let name = if i == self.from { &f.args[self.to].name } else { &arg.name };
        let Some(extent) = &arg.extent else { return String::new() };
        match f.place(arg) {
            Place::Blob => return format!("    whole({name}, \"{}\", \"{name}\")?;\n", self.name),
            Place::Opts | Place::Struct => return self.checked_opts(arg),
            _ => {}
        }
        let sides = match &extent.shape {
            Shape::Array { count } => vec![("len", count)],
            Shape::Rows { rows, cols, .. } if cols == "1" => vec![("rows", rows)],
            Shape::Rows { rows, cols, .. } => vec![("rows", rows), ("cols", cols)],
            _ => return String::new(),
        };
        let optional = i != self.from && self.is_optional(i);
        let given = if optional { "given" } else { name };
        let compared: Vec<String> = sides
            .into_iter()
            .filter_map(|(side, wanted)| {
                let c_side = if side == "len" { "size" } else { side };
                (f.size(wanted) != Some((&arg.name, c_side)))
                    .then(|| format!("{given}.{side}() == {}", expression(wanted, &f.args)))
            })
            .collect();
        if compared.is_empty() {
            return String::new();
        }
        let so = compared.join(" && ");
        let so = if optional { format!("{name}.as_ref().is_none_or(|given| {so})") } else { so };
        format!("    fits({so}, \"{}\", \"{name}\")?;\n", self.name)
    }

    /// Options as C is given them.
    fn checked_opts(&self, arg: &Arg) -> String {
        let (f, name, c) = (self.function, &arg.name, pointee(arg));
        let sized = ["rows", "cols"]
            .map(|size| f.size(size).is_some() || f.args.iter().any(|a| a.name == size));
        let size = |i: usize, name: &'static str| if sized[i] { name } else { "0" };
        let (rows, cols) = (size(0, "rows"), size(1, "cols"));
        let fits = |so: String| format!("    fits({so}, \"{}\", \"{name}\")?;\n", self.name);
        match c {
            "lgt_csr" => {
                fits(format!("{name}.fits({rows}, {cols})"))
                    + &format!("    let lent_{name} = {name}.lend();\n")
            }
            "lgt_softmax_opts" => {
                fits(format!("{name}.is_none_or(|given| given.fits({rows}, {cols}))"))
                    + &format!("    let mut lent_{name} = {name}.map(SoftmaxOpts::lend);\n")
            }
            "lgt_cross_entropy_opts" => {
                fits(format!("{name}.is_none_or(|given| given.fits({rows}, {cols}))"))
                    + &format!("    let lent_{name} = {name}.map(CrossEntropyOpts::lend);\n")
            }
            "lgt_reduction_opts" | "lgt_agreement_finish_opts" => {
                format!("    let lent_{name} = {name}.map({}::lend);\n", camel(c))
            }
            _ if c.ends_with("_opts") => {
                let rust = camel(c);
                format!(
                    "    let lent_{name} = {name}.map(|given| {rust} {{ struct_size: size_of::<{rust}>() as u32, ..*given }});\n"
                )
            }
            _ => String::new(),
        }
    }

    fn call(&self) -> String {
        let f = self.function;
        let c = |dtype: &str| {
            let base = f.item.name.strip_suffix("_f32").filter(|_| f.is_generic());
            let name = base.map_or(f.item.name.clone(), |base| format!("{base}_{dtype}"));
            format!("capi::{}::{name}", f.family)
        };
        let given: Vec<String> = (0..f.args.len()).map(|i| self.given(i)).collect();
        let given = given.join(", ");
        if !f.args.iter().any(|arg| arg.c.ends_with('*')) {
            return format!("    let status = {}({given});\n", c(""));
        }
        let mut text = "    // SAFETY: every array is as long as C takes it for, and the storage type is T.\n    let status = unsafe {\n".to_owned();
        if f.is_generic() {
            text += "        match stored::<T>() {\n";
            for (dtype, arm) in DTYPES.iter().zip(["F32", "F64", "F16", "Bf16"]) {
                let _ = write!(text, "            Stored::{arm} => {}({given}),\n", c(dtype));
            }
            text += "        }\n    };\n";
        } else {
            let _ = write!(text, "        {}({given})\n    }};\n", c(""));
        }
        text
    }

    /// What C is given for an argument.
    fn given(&self, i: usize) -> String {
        let f = self.function;
        let arg = &f.args[i];
        let (name, reads) = (&arg.name, arg.c.starts_with("const "));
        if i == self.from {
            return format!("{}.ptr().cast_const().cast()", f.args[self.to].name);
        }
        let generic = f.element(i).is_some_and(|element| element.starts_with('T'));
        let cast = if generic { ".cast()" } else { "" };
        let null = if reads { "null()" } else { "null_mut()" };
        match f.place(arg) {
            Place::Implied => self.implied(arg),
            Place::Value(_) => name.clone(),
            Place::Slice if self.is_optional(i) && reads => {
                format!("{name}.map_or({null}, |given| given.as_ptr(){cast})")
            }
            Place::Slice if self.is_optional(i) => {
                format!("{name}.as_mut().map_or({null}, |given| given.as_mut_ptr(){cast})")
            }
            Place::Slice if reads => format!("{name}.as_ptr(){cast}"),
            Place::Slice => format!("{name}.as_mut_ptr(){cast}"),
            Place::View if self.is_optional(i) && reads => {
                format!("at(&{name}, |given| given.ptr()){cast}")
            }
            Place::View if self.is_optional(i) => {
                format!("at_mut(&mut {name}, |given| given.ptr()){cast}")
            }
            Place::View => format!("{name}.ptr(){cast}"),
            Place::Numbers | Place::NumberRows if self.is_optional(i) => {
                format!("at(&{name}, |given| given.ptr())")
            }
            Place::Numbers | Place::NumberRows => format!("{name}.ptr()"),
            Place::Words if self.is_optional(i) && reads => {
                format!("{name}.map_or(null(), |given| given.as_ptr().cast())")
            }
            Place::Words if self.is_optional(i) => {
                format!("{name}.as_mut().map_or(null_mut(), |given| given.as_mut_ptr().cast())")
            }
            Place::Words | Place::Blob if reads => format!("{name}.as_ptr().cast()"),
            Place::Words | Place::Blob => format!("{name}.as_mut_ptr().cast()"),
            Place::Opts | Place::Struct if pointee(arg) == "lgt_softmax_opts" => {
                format!("lent_{name}.as_mut().map_or(null(), |given| given.ptr())")
            }
            Place::Struct if pointee(arg) == "lgt_csr" => format!("from_ref(&lent_{name})"),
            Place::Opts => format!("lent::at(&lent_{name})"),
            Place::Struct if reads => format!("from_ref({name})"),
            Place::Struct => format!("from_mut({name})"),
            Place::Returned => format!("from_mut(&mut {name})"),
            Place::Wanted => format!("{name}.map_or(null_mut(), |given| from_mut(given){cast})")
                .replace("null_mut(), |given| from_mut(given))", "null_mut(), from_mut)"),
        }
    }

    /// What others say of an argument.
    fn implied(&self, arg: &Arg) -> String {
        let f = self.function;
        for (i, other) in f.args.iter().enumerate() {
            let Some(extent) = &other.extent else { continue };
            let (i, name) =
                if i == self.from { (self.to, &f.args[self.to].name) } else { (i, &other.name) };
            let of = |what: &str, none: &str| {
                if self.is_optional(i) {
                    format!("{name}.as_ref().map_or({none}, |given| given.{what}())")
                } else {
                    format!("{name}.{what}()")
                }
            };
            match &extent.shape {
                Shape::Rows { stride, .. } if *stride == arg.name => return of("stride", "0"),
                Shape::Bytes { size } if *size == arg.name && self.is_optional(i) => {
                    return format!(
                        "{name}.as_ref().map_or(0, |given| size_of_val::<[u64]>(given))"
                    );
                }
                Shape::Bytes { size } if *size == arg.name => {
                    return format!("size_of_val({name})");
                }
                _ => {}
            }
            if extent.element.as_ref() == Some(&arg.name) {
                return of("kind", "crate::capi::types::LGT_I32");
            }
        }
        match arg.c.as_str() {
            "uint32_t" => {
                let fails =
                    format!("|status| Error::of(status, \"{}\", \"{}\")", self.name, arg.name);
                format!("narrow({}).map_err({fails})?", arg.name)
            }
            _ => arg.name.clone(),
        }
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

/// A length in Rust; sums and products cannot wrap.
fn expression(c: &str, args: &[Arg]) -> String {
    if let Some((given, (yes, no))) =
        c.split_once(" ? ").and_then(|(given, rest)| Some((given, rest.split_once(" : ")?)))
    {
        return format!("(if {given}.is_some() {{ {yes} }} else {{ {no} }})");
    }
    let wide = |name: &str| args.iter().any(|arg| arg.name == name && arg.c == "uint32_t");
    let words: Vec<&str> = words(c).collect();
    if let [one] = words[..] {
        return if wide(one) { format!("{one} as usize") } else { one.to_owned() };
    }
    let (mut text, mut rest) = (String::new(), c);
    while let Some(start) = rest.find(is_word) {
        let end = rest[start..]
            .find(|ch| !is_word(ch) && ch != '.')
            .map_or(rest.len(), |end| start + end);
        text += &rest[..start];
        let word = &rest[start..end];
        let word = word.replace(".nnz", ".nnz()");
        text +=
            &if wide(&word) { format!("Size({word} as usize)") } else { format!("Size({word})") };
        rest = &rest[end..];
    }
    let sum = format!("({text}{rest}).0");
    if sum.starts_with("(Size(") && !sum.contains("+") && !sum.contains("*") && !sum.contains("/") {
        return sum.trim_start_matches("(Size(").trim_end_matches(")).0").to_owned();
    }
    sum
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

pub fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !is_word(c)).filter(|word| !word.is_empty())
}
