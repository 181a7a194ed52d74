//! The API as data, for bindings: `api.json`. A binding needs nothing else to
//! declare every constant, struct and function.
//!
//! A pointer argument has an `extent`, how much it points at: `one`; an `array` of `count`;
//! `rows` of `cols`, `stride` apart; `bytes`, as many as `size` says; or a `blob`, a state or
//! model that knows its own size. `element` is the argument that says which numbers these
//! are, `null` whether there may be none, `asked` the function that says how many bytes are
//! needed. Counts are C expressions of the other arguments, or words for what a state or the
//! array itself knows: `rows`, `classes`, `categories`, `dims`, `measures`; `picked` are the
//! columns that a mask picks, and all of them without one.

use super::model::{Api, Arg, Extent, Family, Field, Item, Member, What};
use serde::Serialize;

#[derive(Serialize)]
struct Table<'a> {
    version: String,
    constants: Vec<Constant<'a>>,
    aliases: Vec<Alias<'a>>,
    callbacks: Vec<Callback<'a>>,
    enums: Vec<Enum<'a>>,
    structs: Vec<Struct<'a>>,
    functions: Vec<Function<'a>>,
}

#[derive(Serialize)]
struct Constant<'a> {
    name: &'a str,
    value: i64,
    family: &'a str,
    doc: &'a str,
}

#[derive(Serialize)]
struct Alias<'a> {
    name: &'a str,
    c: &'a str,
    family: &'a str,
    doc: &'a str,
}

#[derive(Serialize)]
struct Callback<'a> {
    name: &'a str,
    family: &'a str,
    returns: &'a str,
    args: Vec<Argument<'a>>,
    doc: &'a str,
}

#[derive(Serialize)]
struct Enum<'a> {
    name: &'a str,
    family: &'a str,
    values: &'a [Member],
    doc: &'a str,
}

#[derive(Serialize)]
struct Struct<'a> {
    name: &'a str,
    family: &'a str,
    fields: &'a [Field],
    doc: &'a str,
}

#[derive(Serialize)]
struct Function<'a> {
    name: &'a str,
    family: &'a str,
    verb: &'a str,
    dtype: Option<&'a str>,
    returns: &'a str,
    args: Vec<Argument<'a>>,
    doc: &'a str,
}

#[derive(Serialize)]
struct Argument<'a> {
    name: &'a str,
    c: &'a str,
    role: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    stride_of: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    extent: Option<&'a Extent>,
}

/// The whole table.
pub fn render(api: &Api) -> String {
    let [major, minor, patch] = api.version;
    let mut table = Table {
        version: format!("{major}.{minor}.{patch}"),
        constants: Vec::new(),
        aliases: Vec::new(),
        callbacks: Vec::new(),
        enums: Vec::new(),
        structs: Vec::new(),
        functions: Vec::new(),
    };
    for (family, item) in api.items() {
        table.add(family, item);
    }
    serde_json::to_string_pretty(&table).expect("strings and numbers") + "\n"
}

impl<'a> Table<'a> {
    fn add(&mut self, in_family: &'a Family, Item { name, doc, what, .. }: &'a Item) {
        let family = &in_family.name;
        match what {
            What::Constant { value } => {
                self.constants.push(Constant { name, value: *value, family, doc });
            }
            What::Alias { c } => self.aliases.push(Alias { name, c, family, doc }),
            What::Callback { returns, args } => {
                let args = args.iter().map(|arg| argument(arg, args)).collect();
                self.callbacks.push(Callback { name, family, returns, args, doc });
            }
            What::Enum(values) => self.enums.push(Enum { name, family, values, doc }),
            What::Struct(fields) => self.structs.push(Struct { name, family, fields, doc }),
            What::Function { returns, args } => self.functions.push(Function {
                name,
                family,
                verb: in_family.verb(name),
                dtype: in_family.split_dtype(name).1,
                returns,
                args: args.iter().map(|arg| argument(arg, args)).collect(),
                doc,
            }),
        }
    }
}

fn argument<'a>(arg: &'a Arg, all: &[Arg]) -> Argument<'a> {
    let array = arg.name.strip_suffix("_stride");
    Argument {
        name: &arg.name,
        c: &arg.c,
        role: role(arg),
        stride_of: array.filter(|array| all.iter().any(|other| other.name == *array)),
        extent: arg.extent.as_ref(),
    }
}

/// What an argument is for. A state or a model is read through `const`, else
/// changed.
fn role(Arg { name, c, .. }: &Arg) -> &'static str {
    match (name.as_str(), c.ends_with('*'), c.starts_with("const ")) {
        ("state" | "other", true, _) => "state",
        ("model", true, _) => "model",
        ("opts", true, true) => "opts",
        (_, true, true) => "in",
        (_, true, false) => "out",
        _ if c == "size_t" => "size",
        _ => "value",
    }
}
