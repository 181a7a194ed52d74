//! Every recorded call (tests/calls.json), made through the C++ header and through C: the
//! bits must be the same.

use crate::apigen::cpp::{Function, functions, signatures};
use crate::apigen::model::{Arg, Shape};
use crate::{apigen, c, product};
use serde_json::Value;

const TOP: &str = r#"
#include <cmath>
#include <cstdio>
#include <cstring>
#include <initializer_list>
#include <string>
#include <logitude/logitude.hpp>

namespace lg = logitude;

struct answer {
  double number = 0;
  std::string text;
  void is(const char *got) { text = got; }
  template <class T> void is(T got) { number = static_cast<double>(got); }
};
static int failures;

template <class T>
static void put(T *to, std::initializer_list<T> from) {
  for (T number : from) *to++ = number;
}
static unsigned char *hex(unsigned char *to, const char *digits) {
  unsigned byte;
  for (; *digits; digits += 2) std::sscanf(digits, "%2x", &byte), *to++ = static_cast<unsigned char>(byte);
  return to;
}
template <class T>
static void same(const char *function, const T &a, const T &b, int block) {
  if (std::memcmp(&a, &b, sizeof(T)) == 0) return;
  std::printf("%s: block %d differs\n", function, block);
  failures++;
}
"#;

#[test]
fn cpp_answers_as_c() {
    let path = product::root().join("tests/calls.json");
    let Ok(text) = std::fs::read_to_string(path) else {
        return product::say("NOT RUN: calls through C++ (no tests/calls.json)");
    };
    let calls: Value = serde_json::from_str(&text).expect("JSON");
    let api = apigen::read(product::root()).expect("the sources are in order");
    let known = signatures(&api);
    let functions: Vec<Function> =
        api.families.iter().flat_map(|family| functions(family, &known)).collect();
    let table = product::api();
    let lines = calls.as_array().expect("a list");
    let is_called = |function: &Function| {
        let mut called =
            lines.iter().flat_map(|line| [&line["function"], &line["then"]["function"]]);
        called.any(|name| name == function.c)
    };
    let missing: Vec<&str> = functions.iter().filter(|f| !is_called(f)).map(|f| f.c).collect();
    assert!(missing.is_empty(), "not called: {missing:?}");
    let (mut source, mut main) = (TOP.to_owned(), String::new());
    for (number, line) in lines.iter().enumerate() {
        source += &call(number, line, &functions, &table);
        main += &format!(
            "  try {{ call_{number}(); }} catch (const lg::error &e) {{ std::puts(e.what()); failures++; }}\n"
        );
    }
    source += &format!("int main() {{\n{main}  return failures != 0;\n}}\n");
    c::run(c::Language::Cpp, "c++17", "calls", &source);
}

/// A function that makes one call twice and compares.
fn call(number: usize, line: &Value, functions: &[Function], table: &Value) -> String {
    let blocks = list(&line["memory"]);
    let (mut members, mut fill, mut compare) = (String::new(), String::new(), String::new());
    let name = text(&line["function"]);
    for (k, block) in blocks.iter().enumerate() {
        let (kind, n) = (text(&block["type"]), block["n"].as_u64().expect("a count").max(1));
        let element = if kind == "bytes" { "alignas(16) unsigned char" } else { kind };
        members += &format!("  {element} m{k}[{n}];\n");
        fill += &filled(k, block, table);
        let points = list(&block["before"]).iter().any(Value::is_array);
        let is_left = block.get("after").is_some_and(Value::is_null);
        if !points && !is_left {
            compare += &format!("  same(\"{name}\", a.m{k}, b.m{k}, {k});\n");
        }
    }
    let (mut steps, mut step) = (String::new(), Some(line));
    while let Some(this) = step {
        let function =
            functions.iter().find(|f| f.c == text(&this["function"])).expect("a function");
        steps += &made(function, this, blocks);
        step = this.get("then");
    }
    format!(
        "struct memory_{number} {{\n{members}  void fill() {{\n{fill}  }}\n}};\n\
         static answer run(memory_{number} &memory_, bool in_cpp_) {{\n  answer answer_;\n\
           static_cast<void>(memory_);\n{steps}  return answer_;\n}}\n\
         static void call_{number}() {{\n  static memory_{number} a, b;\n  a.fill(), b.fill();\n\
         const answer c = run(a, false), cpp = run(b, true);\n  \
         if (c.number != cpp.number || c.text != cpp.text) std::puts(\"{name}\"), failures++;\n\
         {compare}}}\n"
    )
}

/// What a block holds before the call.
fn filled(k: usize, block: &Value, table: &Value) -> String {
    let (kind, before) = (text(&block["type"]), list(&block["before"]));
    if before.is_empty() {
        return String::new();
    }
    if kind == "bytes" {
        let parts = before.iter().map(|part| match part.as_u64() {
            Some(zeros) => format!("    at += {zeros};\n"),
            None => format!("    at = hex(at, \"{}\");\n", text(part)),
        });
        return format!(
            "    {{ unsigned char *at = m{k};\n{}    static_cast<void>(at); }}\n",
            parts.collect::<String>()
        );
    }
    let fields = fields(kind, "", table);
    if fields.is_empty() {
        let numbers: Vec<String> = before.iter().map(|value| literal(value, kind)).collect();
        return format!("    put<{kind}>(m{k}, {{{}}});\n", numbers.join(", "));
    }
    let set = before.iter().enumerate().map(|(i, value)| {
        let ((field, c), at) = (&fields[i % fields.len()], i / fields.len());
        format!("    m{k}[{at}]{field} = {};\n", literal(value, c))
    });
    set.collect()
}

/// The plain fields of a struct, with the way to them and their types.
fn fields(kind: &str, way: &str, table: &Value) -> Vec<(String, String)> {
    let structs = list(&table["structs"]);
    let Some(found) = structs.iter().find(|found| text(&found["name"]) == kind) else {
        return Vec::new();
    };
    let each = list(&found["fields"]).iter().flat_map(|field| {
        let (way, c) = (format!("{way}.{}", text(&field["name"])), text(&field["c"]));
        let inner = fields(c, &way, table);
        if inner.is_empty() { vec![(way, c.to_owned())] } else { inner }
    });
    each.collect()
}

/// A number or an address as C++ has it.
fn literal(value: &Value, c: &str) -> String {
    match value {
        Value::Null => "nullptr".into(),
        Value::Array(at) => format!("({c})(void *)(m{} + {})", at[0], at[1]),
        Value::String(text) => match text.as_str() {
            "NaN" => format!("static_cast<{c}>(NAN)"),
            "Infinity" => format!("static_cast<{c}>(INFINITY)"),
            "-Infinity" => format!("-static_cast<{c}>(INFINITY)"),
            number => format!("static_cast<{c}>({number}u)"),
        },
        Value::Number(number) if number.is_u64() => format!("static_cast<{c}>({number}u)"),
        number => format!("static_cast<{c}>({number})"),
    }
}

/// One call, in C or in C++, its arguments under the names that C has for them.
fn made(function: &Function, step: &Value, blocks: &[Value]) -> String {
    let given = list(&step["args"]);
    let mut locals = String::new();
    for (arg, value) in function.args.iter().zip(given) {
        let value = literal(value, &arg.c).replace("(void *)(m", "(void *)(memory_.m");
        locals += &format!("    [[maybe_unused]] {} {} = {value};\n", arg.c, arg.name);
    }
    let kept = function.names();
    let in_cpp =
        function.args.iter().zip(given).filter(|(arg, _)| kept.contains(&arg.name.as_str()));
    let in_cpp: Vec<String> =
        in_cpp.map(|(arg, value)| passed(arg, value, function, blocks)).collect();
    let in_c: Vec<&str> = function.args.iter().map(|arg| arg.name.as_str()).collect();
    let (c, cpp) = (
        format!("{}({})", function.c, in_c.join(", ")),
        format!("lg::{}({})", function.name, in_cpp.join(", ")),
    );
    let (c, cpp) = match (function.returns, in_c.first()) {
        ("void", Some(made)) => (c, format!("*{made} = lg::{}()", function.name)),
        ("lgt_f16" | "lgt_bf16", _) => {
            (format!("answer_.is({c})"), format!("answer_.is(static_cast<std::uint16_t>({cpp}))"))
        }
        _ => (format!("answer_.is({c})"), format!("answer_.is({cpp})")),
    };
    format!("  {{\n{locals}    if (in_cpp_) {cpp};\n    else {c};\n  }}\n")
}

/// What the C++ function is given for an argument of C.
fn passed(arg: &Arg, value: &Value, function: &Function, blocks: &[Value]) -> String {
    let name = &arg.name;
    let pointed = arg.c.trim_end_matches(" *");
    let storage = pointed.replace("lgt_f16", "lg::f16").replace("lgt_bf16", "lg::bf16");
    let pointer = format!("({storage} *)(void *){name}");
    let Some(extent) = &arg.extent else {
        let is_bits = pointed == "lgt_f16" || pointed == "lgt_bf16";
        return match arg.c.ends_with('*') {
            true => format!("({storage} *)(const void *){name}"),
            false if is_bits => format!("{storage}{{{name}}}"),
            false => name.clone(),
        };
    };
    // A room as large as the block from there on.
    let n = value.as_array().map_or(0, |at| {
        blocks[at[0].as_u64().expect("a block") as usize]["n"].as_u64().unwrap()
            - at[1].as_u64().unwrap()
    });
    let is_known = |words: &str| {
        let mut words =
            words.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').filter(|w| !w.is_empty());
        words.all(|w| {
            w.parse::<u64>().is_ok() || w == "nnz" || function.args.iter().any(|arg| arg.name == w)
        })
    };
    let null = format!("{name} == nullptr ? 0 : ");
    let kind = extent.element.as_ref();
    match &extent.shape {
        Shape::One if extent.null => name.clone(),
        Shape::One => format!("*{name}"),
        Shape::Array { count } => {
            let count =
                if is_known(count) { count.replace(".nnz", "->nnz") } else { n.to_string() };
            let count = format!("{null}std::size_t({count})");
            match kind {
                Some(kind) => format!("lg::numbers_view({name}, {kind}, {count})"),
                None => format!(
                    "lg::view<{storage}>({}, {count})",
                    pointer.replace("(void *)", "(const void *)")
                ),
            }
        }
        Shape::Rows { rows, cols, stride } => {
            let square = format!("({n} + {stride}) / ({stride} + 1)");
            let cols = match (cols.as_str(), is_known(rows)) {
                ("picked", _) => "lg::detail::picked(cols, opts)".into(),
                (cols, _) if is_known(cols) => cols.to_owned(),
                (_, true) => format!("{n} - ({rows} - 1) * {stride}"),
                _ => square.clone(),
            };
            let rows = if is_known(rows) { rows.clone() } else { square };
            let pointer = pointer.replace("(void *)", "(const void *)");
            match kind {
                Some(kind) => format!("lg::number_rows({name}, {kind}, {rows}, {cols}, {stride})"),
                None if cols == "1" => {
                    format!("lg::column_view<{storage}>({pointer}, {rows}, {stride})")
                }
                None => format!("lg::rows_view<{storage}>({pointer}, {rows}, {cols}, {stride})"),
            }
        }
        Shape::Bytes { size } => format!(
            "lg::{}bytes({name}, {size})",
            if pointed.starts_with("const") { "const_" } else { "" }
        ),
        Shape::Blob => format!(
            "lg::{}bytes({name}, {n})",
            if pointed.starts_with("const") { "const_" } else { "" }
        ),
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
}
