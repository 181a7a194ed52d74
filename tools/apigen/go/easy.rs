//! Functions that ask for less: one for `float32` and `float64`, rows without gaps, scratch
//! and models allocated, results returned.

use super::super::model::{Arg, Extent, Shape};
use super::argument::{Kind, expression, go_type};
use super::function::kinds;
use super::name::{element, exported, local, pointee};
use super::{Function, Table};

/// Functions that change what they are given, so that they do not return it.
const CHANGING: [&str; 6] = ["step", "set", "add", "update", "merge", "reset"];

pub fn render(table: &Table) -> String {
    let typed = table.functions.iter().filter(|function| function.dtype == Some("f32"));
    let text = typed.map(|function| {
        let base = function.name.trim_end_matches("_f32");
        let mut go = exported(base);
        if table.taken.contains(&go) {
            go += "Floats";
        }
        let easy = Easy::of(table, function, 0);
        let doc = format!(
            "// {go} is {}F32 or {}F64, for rows without gaps.\n",
            exported(base),
            exported(base)
        );
        format!(
            "\n{doc}func {go}[T Float]({}) {} {{\n{}}}\n",
            easy.taken.join(", "),
            easy.returns(),
            easy.body()
        )
    });
    text.collect::<String>() + &defaults(table)
}

/// Options as they are used if none are given, to be changed.
fn defaults(table: &Table) -> String {
    let of = |function: &Function| {
        let single = function.args.len() == 1 && function.name.ends_with("_default");
        let go = element(pointee(&function.args.first()?.c));
        let call = exported(function.name);
        single.then(|| {
            format!(
                "\n// New{go} are the defaults.\nfunc New{go}() *{go} {{\n\tmade := new({go})\n\
                 \t{call}(made)\n\treturn made\n}}\n"
            )
        })
    };
    table.functions.iter().filter_map(of).collect()
}

/// A function in the making.
pub struct Easy {
    /// Parameters.
    pub taken: Vec<String>,
    /// Results but for the error: names and types.
    results: Vec<(String, String)>,
    /// What is allocated first.
    before: String,
    /// The calls, for `float32` and `float64`; one if there is no storage type.
    calls: Vec<String>,
}

impl Easy {
    /// Without the first `skip` arguments: those of a method's receiver.
    pub fn of(table: &Table, function: &Function, skip: usize) -> Self {
        let kinds = kinds(table, function);
        let mut easy =
            Self { taken: vec![], results: vec![], before: String::new(), calls: vec![] };
        let given: Vec<String> =
            (0..function.args.len())
                .filter(|at| go_type(&kinds[*at], &function.args[*at].c).is_some())
                .map(|at| {
                    if at < skip { "s.bytes".into() } else { easy.add(table, function, &kinds, at) }
                })
                .collect();
        let mut given = given.join(", ");
        if skip > 0 {
            given = given.replace("(state)", "(s.bytes)");
        }
        let base = function.name.trim_end_matches("_f32");
        easy.calls = match function.dtype {
            None => vec![format!("{}({given})", exported(function.name))],
            Some(_) => ["32", "64"]
                .map(|bits| {
                    let name = exported(&format!("{base}_f{bits}"));
                    format!("{name}({})", given.replace("@", &format!("float{bits}")))
                })
                .into(),
        };
        easy
    }

    /// Takes an argument up, if it must be given; what the full function is given for it.
    fn add(&mut self, table: &Table, function: &Function, kinds: &[Kind], at: usize) -> String {
        let Arg { name, c, extent } = &function.args[at];
        let (go, typed) = (local(name), function.dtype.is_some() && pointee(c) == "float");
        let shape = extent.as_ref().map(|extent| &extent.shape);
        match &kinds[at] {
            Kind::Number => {
                if let Some(columns) = dense(function, kinds, name) {
                    return columns;
                }
                self.take(&go, &go_type(&kinds[at], c).unwrap_or_default());
                go
            }
            Kind::Bytes => {
                let asked =
                    extent.as_ref().and_then(|extent| asked(table, function, kinds, extent));
                if let (Some(size), false) = (asked, c.starts_with("const ")) {
                    self.before += &allocation(&go, &size);
                    if name != "scratch" {
                        self.results.push((go.clone(), "[]byte".into()));
                    } else {
                        self.before = format!("\tvar {go} []byte\n") + &self.before;
                    }
                } else {
                    self.take(&go, "[]byte");
                }
                go
            }
            Kind::One | Kind::Lent
                if !c.starts_with("const ")
                    && matches!(shape, Some(Shape::One))
                    && !CHANGING.contains(&function.verb) =>
            {
                let of = if typed { "T".into() } else { element(pointee(c)) };
                self.results.push((go.clone(), of));
                if typed { format!("one[@](&{go})") } else { format!("&{go}") }
            }
            kind => {
                let of = go_type(kind, c).unwrap_or_default();
                let of = if typed { of.replace("float32", "T") } else { of };
                self.take(&go, &of);
                match kind {
                    Kind::Slice if typed => format!("same[@]({go})"),
                    Kind::One if typed => format!("one[@]({go})"),
                    _ => go,
                }
            }
        }
    }

    fn take(&mut self, name: &str, of: &str) {
        self.taken.push(format!("{name} {of}"));
    }

    pub fn returns(&self) -> String {
        let results: Vec<String> =
            self.results.iter().map(|(name, of)| format!("{name} {of}")).collect();
        let comma = if results.is_empty() { "" } else { ", " };
        format!("({}{comma}err error)", results.join(", "))
    }

    pub fn body(&self) -> String {
        let calls = match &self.calls[..] {
            [single, double] => format!(
                "\tif single[T]() {{\n\t\terr = {single}\n\t}} else {{\n\t\terr = {double}\n\t}}\n"
            ),
            calls => format!("\terr = {}\n", calls.concat()),
        };
        format!("{}{calls}\treturn\n", self.before)
    }
}

/// The stride of rows without gaps, if this is a stride whose columns can be told.
fn dense(function: &Function, kinds: &[Kind], name: &str) -> Option<String> {
    let shapes = function.args.iter().filter_map(|arg| Some(&arg.extent.as_ref()?.shape));
    let mut cols = shapes.filter_map(|shape| match shape {
        Shape::Rows { cols, stride, .. } if stride == name => Some(cols),
        _ => None,
    });
    let text = expression(function, kinds, cols.next()?)?;
    let plain = text.strip_prefix("float64(").and_then(|text| text.strip_suffix(')'));
    let plain = plain.filter(|text| text.chars().all(char::is_alphanumeric));
    let number = text.parse::<u64>().is_ok();
    Some(plain.map_or(if number { text.clone() } else { format!("int({text})") }, str::to_owned))
}

/// The call that says how many bytes are needed, if all that it asks for is known.
fn asked(table: &Table, function: &Function, kinds: &[Kind], extent: &Extent) -> Option<String> {
    let asked = table.function(extent.asked.as_ref()?)?;
    let (_, args) = asked.args.split_last()?;
    let given: Option<Vec<String>> = args.iter().map(|arg| known(function, kinds, arg)).collect();
    let given = given?.iter().map(|arg| format!("{arg}, ")).collect::<String>();
    Some(format!("{}({given}&needed)", exported(asked.name)))
}

fn known(function: &Function, kinds: &[Kind], arg: &Arg) -> Option<String> {
    let has = |name: &str| function.args.iter().position(|own| own.name == name);
    let name = arg.name.trim_start_matches('_');
    match (name, has(name)) {
        (_, Some(at)) if function.args[at].c == arg.c => match kinds[at] {
            Kind::Of(_) => None,
            _ => Some(local(name)),
        },
        ("score_size", _) if function.dtype.is_some() => Some("int(unsafe.Sizeof(*new(T)))".into()),
        ("weighted", _) if has("weights").is_some() => Some("given(weights)".into()),
        _ => None,
    }
}

pub fn allocation(name: &str, size: &str) -> String {
    format!(
        "\tif {name}, err = sized(func(needed *uint) error {{ return {} }}); err != nil {{\n\
         \t\treturn\n\t}}\n",
        size.replace("&needed", "needed")
    )
}
