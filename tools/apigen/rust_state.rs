//! A type for every family of states: words that are one, and its verbs as methods.

use super::model::Family;
use super::rust::Function;
use super::rust_type::camel;
use std::fmt::Write;

/// What the type of a family is called, and what makes one, if its functions are verbs of a
/// state.
pub fn class<'f, 'a>(functions: &'f [Function<'a>]) -> Option<(String, &'f Function<'a>)> {
    let makes = |f: &&Function| of_state(f) && f.name == format!("{}_init", f.family);
    let init = functions.iter().find(makes)?;
    Some((format!("{}State", camel(init.family)), init))
}

/// What becomes methods of it.
pub fn verbs<'f, 'a>(
    functions: &'f [Function<'a>],
    init: &'f Function,
) -> impl Iterator<Item = &'f Function<'a>> {
    functions.iter().filter(|f| of_state(f) && f.name != init.name)
}

fn of_state(f: &Function) -> bool {
    f.args.first().is_some_and(|arg| arg.name == "state")
}

/// The type of a family.
pub fn state(family: &Family, functions: &[Function]) -> String {
    let Some((name, init)) = class(functions) else {
        return String::new();
    };
    let mut text = format!(
        "\n/// A state of `{0}`: words of the caller that [`{0}_init()`] has made one, and what \
         can be done with it.\n#[derive(Debug)]\npub struct {name}<'a>(&'a mut [u64]);\n\nimpl<'a> {name}<'a> {{\n",
        family.name
    );
    let (parameters, given) = signature(init);
    let generics = init.generics();
    let _ = write!(
        text,
        "    /// Makes words a state that has seen nothing; how many are needed says [`{0}_size()`], in bytes.\n    \
         pub fn new{generics}(state: &'a mut [u64]{parameters}) -> Result<Self, Error> {{\n        \
         {1}(state{given})?;\n        Ok(Self(state))\n    }}\n\n",
        family.name, init.name
    );
    let kind = format!("STATE_{}", family.name.to_uppercase());
    let constants = |c: &str| family_has(family, c);
    if constants(&kind) || family.name != "state" {
        let _ = write!(
            text,
            "    /// Goes on with words that were a state before, wherever they come from.\n    \
             pub fn load(state: &'a mut [u64]) -> Result<Self, Error> {{\n        \
             if state_kind(state)? != {kind} {{\n            \
             return Err(Error::of(crate::status::Status::LGT_E_STATE, \"{}\", \"state\"));\n        }}\n        \
             Ok(Self(state))\n    }}\n\n",
            family.name
        );
    }
    text += "    /// The words: what is to be stored or sent.\n    pub fn words(&self) -> &[u64] {\n        self.0\n    }\n";
    for function in verbs(functions, init) {
        text += &method(function, &name);
    }
    text + "}\n"
}

fn family_has(family: &Family, constant: &str) -> bool {
    family.items.iter().any(|item| item.name == format!("LGT_{constant}"))
}

/// The parameters after the first, and what they are called.
fn signature(function: &Function) -> (String, String) {
    let (mut parameters, mut given) = (String::new(), String::new());
    for (i, arg) in function.args.iter().enumerate().skip(1) {
        if let Some(rust) = function.parameter(i) {
            let _ = write!(parameters, ", {}: {rust}", arg.name);
            let _ = write!(given, ", {}", arg.name);
        }
    }
    (parameters, given)
}

/// What a method is called.
pub fn verb<'f>(function: &'f Function) -> &'f str {
    let name = function.name.strip_prefix(function.family).unwrap_or(&function.name);
    name.trim_start_matches('_')
}

fn method(function: &Function, class: &str) -> String {
    let verb = verb(function);
    let borrow = if function.args[0].c.starts_with("const ") { "&self" } else { "&mut self" };
    let (mut parameters, mut given) = signature(function);
    if verb == "merge" {
        (parameters, given) = (format!(", other: &{class}<'_>"), ", other.0".into());
    }
    format!(
        "\n    /// [`{0}()`].\n    pub fn {verb}{1}({borrow}{parameters}) -> {2} {{\n        {0}(self.0{given})\n    }}\n",
        function.name,
        function.generics(),
        function.returns()
    )
}
