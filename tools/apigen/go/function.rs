//! A Go function for each of C.

use super::argument::{Kind, check, go_type, kind, passed};
use super::name::{comment, element, exported, local};
use super::{Function, Table};

pub fn render(table: &Table) -> String {
    table.functions.iter().map(|function| one(table, function)).collect()
}

/// All functions by their C names, for the test that calls them.
pub fn names(table: &Table) -> String {
    let line = |f: &Function| format!("\t\"{}\": {},\n", f.name, exported(f.name));
    let lines: String = table.functions.iter().map(line).collect();
    format!("\nvar functions = map[string]any{{\n{lines}}}\n")
}

/// How each argument is taken.
pub fn kinds(table: &Table, function: &Function) -> Vec<Kind> {
    (0..function.args.len()).map(|at| kind(table, function.args, at)).collect()
}

fn one(table: &Table, function: &Function) -> String {
    let Function { name, args, doc, .. } = function;
    let kinds = kinds(table, function);
    let go = exported(name);
    let taken = args
        .iter()
        .zip(&kinds)
        .filter_map(|(arg, kind)| Some(format!("{} {}", local(&arg.name), go_type(kind, &arg.c)?)));
    let taken = taken.collect::<Vec<_>>().join(", ");
    let returns = returned(function.returns);
    format!(
        "\n{}func {go}({taken}){returns} {{\n{}}}\n",
        comment(&go, name, doc),
        body(function, &kinds)
    )
}

fn returned(c: &str) -> String {
    match c {
        "void" => String::new(),
        "lgt_status" => " error".into(),
        "const char *" => " string".into(),
        _ => format!(" {}", element(c)),
    }
}

fn body(function: &Function, kinds: &[Kind]) -> String {
    let Function { name, args, returns, .. } = function;
    let mut text = String::new();
    for (arg, _) in args.iter().zip(kinds).filter(|(_, kind)| matches!(kind, Kind::Any)) {
        let go = local(&arg.name);
        text += &format!("\t{go}Of := numbersOf({go})\n");
    }
    let checks: Vec<String> = (0..args.len()).filter_map(|at| check(function, kinds, at)).collect();
    if !checks.is_empty() && *returns == "lgt_status" {
        let all = checks.join(" &&\n\t\t");
        text += &format!("\tif !({all}) {{\n\t\treturn tooShort(\"{name}\")\n\t}}\n");
    }
    if kinds.iter().any(|kind| matches!(kind, Kind::Lent)) {
        text += "\tvar lent lent\n\tdefer lent.back()\n";
    }
    let given: Vec<String> = (0..args.len()).map(|at| passed(&kinds[at], args, at)).collect();
    let call = format!("C.{name}({})", given.join(", "));
    text + &match *returns {
        "void" => format!("\t{call}\n"),
        "lgt_status" => format!("\treturn result(\"{name}\", {call})\n"),
        "const char *" => format!("\treturn C.GoString({call})\n"),
        c => format!("\treturn {}({call})\n", element(c)),
    }
}
