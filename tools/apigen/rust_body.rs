//! What stands between the braces of a function of the Rust API: sizes from arrays, lengths
//! that are compared, and the call.

use super::model::{Arg, Shape};
use super::rust::{DTYPES, Function, Place, is_word, pointee, words};
use super::rust_type::camel;
use std::fmt::Write;

/// The body of a function, of which argument `to` may be in the place of `from`.
pub struct Body<'a, 'f> {
    pub function: &'f Function<'a>,
    pub name: &'f str,
    pub to: usize,
    pub from: usize,
}

impl Body<'_, '_> {
    pub fn text(&self) -> String {
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
                    .then(|| format!("{given}.{side}() == {}", expression(wanted, f.args)))
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
                let _ = writeln!(text, "            Stored::{arm} => {}({given}),", c(dtype));
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
                    return format!("{name}.as_ref().map_or(0, |given| 8 * given.len())");
                }
                Shape::Bytes { size } if *size == arg.name => {
                    return format!("8 * {name}.len()");
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
