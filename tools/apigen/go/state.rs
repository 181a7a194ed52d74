//! States as types: `NewAccuracyState`, and a method for each function of the family that
//! has a state first.

use super::argument::go_type;
use super::easy::{Easy, allocation};
use super::function::kinds;
use super::name::{exported, local};
use super::{Function, Table};

pub fn render(table: &Table) -> String {
    let makers = table.functions.iter().filter(|function| function.verb == "init");
    let text: String = makers.filter_map(|init| family(table, init)).collect();
    // Scratch of some depends on the type of scores.
    if text.contains("unsafe.") { text } else { text + "\nvar _ unsafe.Pointer\n" }
}

/// Nothing for what is no state, or knows no size.
fn family(table: &Table, init: &Function) -> Option<String> {
    let size = table.function(&format!("lgt_{}_size", init.family))?;
    if init.args[0].name != "state" {
        return None;
    }
    let of = |f: &&Function| {
        f.family == init.family && f.args.first().is_some_and(|x| x.name == "state")
    };
    let methods = table.functions.iter().filter(of).filter(|f| !["init", "size"].contains(&f.verb));
    let methods: Vec<&Function> =
        methods.filter(|f| matches!(f.dtype, None | Some("f32"))).collect();
    let typed = methods.iter().any(|f| f.dtype.is_some());
    let go = exported(init.family) + "State";
    let (of, own) = if typed { ("[T Float]", format!("{go}[T]")) } else { ("", go.clone()) };
    let mut text =
        format!("\n// {go} is a state of {} of C.\ntype {go}{of} struct{{ State }}\n", init.family);
    text += &constructor(table, init, size, &go, of, &own);
    for method in &methods {
        let twice = methods.iter().filter(|other| other.verb == method.verb).count() > 1;
        let name =
            exported(method.verb) + if twice && method.dtype.is_some() { "Floats" } else { "" };
        text += &one(table, method, &name, &own);
    }
    Some(text)
}

fn constructor(
    table: &Table,
    init: &Function,
    size: &Function,
    go: &str,
    of: &str,
    own: &str,
) -> String {
    let args = &init.args[2..];
    let kinds = kinds(table, init);
    let taken = args
        .iter()
        .zip(&kinds[2..])
        .filter_map(|(arg, kind)| Some(format!("{} {}", local(&arg.name), go_type(kind, &arg.c)?)));
    let taken: Vec<String> = taken.collect();
    let asked = size.args[..size.args.len() - 1].iter().map(|arg| local(&arg.name) + ", ");
    let asked = format!("{}({}&needed)", exported(size.name), asked.collect::<String>());
    let given: String = args.iter().map(|arg| format!(", {}", local(&arg.name))).collect();
    format!(
        "\n// New{go} is {}.\nfunc New{go}{of}({}) (made *{own}, err error) {{\n\tvar bytes []byte\n{}\
         \tif err = {}(bytes{given}); Failed(err) {{\n\t\treturn nil, err\n\t}}\n\
         \treturn &{own}{{State{{bytes}}}}, err\n}}\n",
        exported(init.name),
        taken.join(", "),
        allocation("bytes", &asked),
        exported(init.name),
    )
}

fn one(table: &Table, function: &Function, verb: &str, own: &str) -> String {
    let base = function.name.trim_end_matches("_f32");
    let doc = format!("\n// {verb} is {}.\n", exported(base));
    if function.verb == "merge" {
        let call = format!("return {}(s.bytes, other.bytes)", exported(function.name));
        return format!("{doc}func (s *{own}) {verb}(other *{own}) error {{ {call} }}\n");
    }
    let easy = Easy::of(table, function, 1);
    format!(
        "{doc}func (s *{own}) {verb}({}) {} {{\n{}}}\n",
        easy.taken.join(", "),
        easy.returns(),
        easy.body()
    )
}
