//! Constants and structs. A Go struct has the layout of C, unless it holds pointers: then
//! it holds slices, and each call lends C a copy.

use super::super::model::{Field, Item, What};
use super::Table;
use super::name::{comment, element, exported, pointee};

pub fn render(table: &Table) -> String {
    let mut text = String::new();
    for (_, Item { name, doc, what }) in table.api.items() {
        let go = exported(name);
        match what {
            What::Constant { value } => {
                text += &format!("\n{}const {go} = {value}\n", comment(&go, name, doc));
            }
            What::Enum(members) => {
                for member in members {
                    let go = exported(&member.name);
                    let doc = comment(&go, &member.name, &member.doc);
                    text += &format!("\n{doc}const {go} Status = {}\n", member.value);
                }
            }
            What::Struct(fields) if table.structs[name.as_str()] => {
                text += &lent(name, &go, doc, fields);
            }
            What::Struct(fields) => text += &plain(name, &go, doc, fields),
            _ => {}
        }
    }
    text
}

fn declared(name: &str, go: &str, doc: &str, fields: &[Field]) -> String {
    let mut text = format!("\n{}type {go} struct {{\n", comment(go, name, doc));
    for Field { name, c, doc } in fields.iter().filter(|field| field_type(&field.c).is_some()) {
        let doc: String = doc.lines().map(|line| format!("\t// {line}\n")).collect();
        text += &format!("{doc}\t{} {}\n", exported(name), field_type(c).unwrap_or_default());
    }
    text + "}\n"
}

/// Nothing for what the skin sees to: threads.
fn field_type(c: &str) -> Option<String> {
    Some(match (c, pointee(c)) {
        ("void *" | "lgt_run", _) => return None,
        (_, "void") => "any".into(),
        (_, to) if c.ends_with('*') && to.starts_with("lgt_") => format!("*{}", exported(to)),
        (_, to) if c.ends_with('*') => format!("[]{}", element(to)),
        _ => element(c),
    })
}

/// The compiler sees to it that the layouts are as large.
fn plain(name: &str, go: &str, doc: &str, fields: &[Field]) -> String {
    let same = format!("\nvar _ [C.sizeof_{name}]byte = [unsafe.Sizeof({go}{{}})]byte{{}}\n");
    let cast = format!(
        "\nfunc (it *{go}) c(*lent) *C.{name} {{ return (*C.{name})(unsafe.Pointer(it)) }}\n"
    );
    declared(name, go, doc, fields) + &same + &cast
}

fn lent(name: &str, go: &str, doc: &str, fields: &[Field]) -> String {
    let mut text = declared(name, go, doc, fields);
    let (mut there, mut back) = (String::new(), String::new());
    for Field { name: field, c, .. } in fields {
        let go = exported(field);
        let code = format!("{field}_type");
        if c == "void *" {
        } else if c == "lgt_run" {
            there += &format!("\tmade.{field} = executor(it.Workers)\n");
        } else if pointee(c) == "void" {
            let typed = fields.iter().any(|other| other.name == code);
            let code = if typed { format!("&made.{code}") } else { "nil".into() };
            // A code that is set first would be overwritten by its field.
            back = format!("\tmade.{field} = lent.any(it.{go}, (*uint32)({code}))\n") + &back;
        } else if pointee(c).starts_with("lgt_") && c.ends_with('*') {
            there += &format!("\tmade.{field} = it.{go}.c(lent)\n");
        } else if c.ends_with('*') {
            let keep = if c.starts_with("const ") { "lend" } else { "borrow" };
            there += &format!("\tmade.{field} = (*C.{})({keep}(lent, it.{go}))\n", pointee(c));
        } else {
            there += &format!("\tmade.{field} = C.{c}(it.{go})\n");
        }
    }
    text += &format!(
        "\nfunc (it *{go}) c(lent *lent) *C.{name} {{\n\tif it == nil {{\n\t\treturn nil\n\t}}\n\
         \tmade := (*C.{name})(lent.room(C.sizeof_{name}))\n{there}{back}"
    );
    text += &format!(
        "\treturn made\n}}\n\nfunc (it *{go}) read(lent *lent) *C.{name} {{\n\tmade := it.c(lent)\n\
         \tif it == nil {{\n\t\treturn nil\n\t}}\n\tlent.after(func() {{\n"
    );
    for Field { name, c, .. } in fields.iter().filter(|x| !x.c.ends_with('*') && x.c != "lgt_run") {
        text += &format!("\t\tit.{} = {}(made.{name})\n", exported(name), element(c));
    }
    text + "\t})\n\treturn made\n}\n"
}
