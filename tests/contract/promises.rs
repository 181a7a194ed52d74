//! What a version promises, one line a promise: names with their types, numbers and places.
//! The lines are macros of C, so that a compiler can hold a header to them as well.

use serde_json::Value;

/// Every promise of `api.json`, in its order.
pub fn of(api: &Value) -> Vec<String> {
    let list = |of: &Value, name: &str| of[name].as_array().expect("a list").clone();
    let mut lines = vec![];
    for alias in list(api, "aliases") {
        lines.push(format!("ALIAS({}, {})", text(&alias["name"]), text(&alias["c"])));
    }
    for callback in list(api, "callbacks") {
        lines.push(format!("CALLBACK({})", called(&callback)));
    }
    for value in list(api, "enums").iter().flat_map(|of| list(of, "values")) {
        lines.push(format!("STATUS({}, {})", text(&value["name"]), value["value"]));
    }
    for constant in list(api, "constants") {
        lines.push(format!("CONSTANT({}, {})", text(&constant["name"]), constant["value"]));
    }
    let structs = list(api, "structs");
    for entry in &structs {
        lines.extend(laid_out(entry, &structs));
    }
    lines.extend(list(api, "functions").iter().map(|of| format!("FUNCTION({})", called(of))));
    lines
}

/// What a line is about: of `FIELD(lgt_ctx, user, ..)` the first three words.
pub fn subject(line: &str) -> String {
    let words = if line.starts_with("FIELD") { 2 } else { 1 };
    line.split(',').take(words).collect::<Vec<_>>().join(",")
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
}

/// Name, answer and arguments of a function.
fn called(function: &Value) -> String {
    let args = function["args"].as_array().expect("a list").iter();
    let args: Vec<String> = args.map(|arg| typed(text(&arg["c"]), text(&arg["name"]))).collect();
    let args = if args.is_empty() { "void".to_owned() } else { args.join(", ") };
    format!("{}, {}, ({args})", text(&function["name"]), text(&function["returns"]))
}

fn typed(c: &str, name: &str) -> String {
    if c.ends_with('*') { format!("{c}{name}") } else { format!("{c} {name}") }
}

/// Sizes and places of a struct, with addresses of 64 bits and of 32.
fn laid_out(entry: &Value, structs: &[Value]) -> Vec<String> {
    let name = text(&entry["name"]);
    let (wide, narrow) = (places(entry, structs, 8), places(entry, structs, 4));
    let mut lines = vec![format!("STRUCT({name}, {}, {})", wide.size, narrow.size)];
    let fields = entry["fields"].as_array().expect("a list");
    for ((field, wide), narrow) in fields.iter().zip(wide.fields).zip(narrow.fields) {
        let (field, c) = (text(&field["name"]), text(&field["c"]));
        lines.push(format!("FIELD({name}, {field}, {c}, {wide}, {narrow})"));
    }
    lines
}

struct Places {
    size: usize,
    align: usize,
    fields: Vec<usize>,
}

/// By the rule of C: each field at the next multiple of its alignment. Numbers of 64 bits
/// are aligned to 8 on all processors that the library is for.
fn places(entry: &Value, structs: &[Value], address: usize) -> Places {
    let mut found = Places { size: 0, align: 1, fields: vec![] };
    for field in entry["fields"].as_array().expect("a list") {
        let (size, align) = size_and_align(text(&field["c"]), structs, address);
        let place = found.size.next_multiple_of(align);
        found.fields.push(place);
        found.size = place + size;
        found.align = found.align.max(align);
    }
    found.size = found.size.next_multiple_of(found.align);
    found
}

fn size_and_align(c: &str, structs: &[Value], address: usize) -> (usize, usize) {
    let size = match c {
        _ if c.ends_with('*') => address,
        "size_t" | "lgt_run" | "lgt_task" => address,
        "double" | "uint64_t" | "int64_t" => 8,
        "float" | "uint32_t" | "int32_t" => 4,
        "uint16_t" => 2,
        _ => {
            let entry = structs.iter().find(|entry| entry["name"] == c);
            let of = places(entry.unwrap_or_else(|| panic!("{c} is new here")), structs, address);
            return (of.size, of.align);
        }
    };
    (size, size)
}
