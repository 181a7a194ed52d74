//! The C header: a frame, and the declarations family by family.

use super::model::{Api, Arg, Item, What};
use super::wrap;

const TOP: &str = r#"/*
 * Logitude: everything after the logits.
 *
 * Generated from the doc comments in src/capi by `cargo api`; not to be edited.
 */
#ifndef LOGITUDE_H
#define LOGITUDE_H

#include <stddef.h>
#include <stdint.h>

/* Define LGT_SHARED on Windows to link the DLL. */
#if defined(_WIN32) && defined(LGT_SHARED)
#define LGT_API __declspec(dllimport)
#elif defined(__GNUC__) && !defined(_WIN32)
#define LGT_API __attribute__((visibility("default")))
#else
#define LGT_API
#endif
"#;

const OPEN: &str = "\n#ifdef __cplusplus\nextern \"C\" {\n#endif\n";

const BOTTOM: &str = r#"
#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* LOGITUDE_H */
"#;

/// The whole header.
pub fn render(api: &Api) -> String {
    let mut text = TOP.to_owned() + &version(api) + OPEN;
    for family in &api.families {
        text += &format!("\n/* ---- {} ---- */\n", family.name);
        for item in &family.items {
            text += &format!("\n{}{}\n", comment("", &item.doc), declaration(item));
        }
    }
    text + BOTTOM
}

fn version(api: &Api) -> String {
    let [major, minor, patch] = api.version;
    format!(
        r#"
/* The version of this header; that of the library is lgt_version(). */
#define LGT_VERSION_MAJOR {major}
#define LGT_VERSION_MINOR {minor}
#define LGT_VERSION_PATCH {patch}
/* major * 10000 + minor * 100 + patch */
#define LGT_VERSION_NUMBER {}
#define LGT_VERSION "{major}.{minor}.{patch}"
"#,
        major * 10000 + minor * 100 + patch
    )
}

fn comment(indent: &str, doc: &str) -> String {
    if doc.lines().count() == 1 {
        return format!("{indent}/** {doc} */\n");
    }
    let line = |line: &str| format!("{indent} * {line}").trim_end().to_owned() + "\n";
    format!("{indent}/**\n{}{indent} */\n", doc.lines().map(line).collect::<String>())
}

fn declaration(Item { name, what, .. }: &Item) -> String {
    match what {
        What::Constant { value } => format!("#define {name} {value}"),
        What::Alias { c } => format!("typedef {};", typed(c, name)),
        What::Callback { returns, args } => {
            let args: Vec<_> = args.iter().map(|arg| typed(&arg.c, &arg.name)).collect();
            format!("typedef {}({});", typed(returns, &format!("(*{name})")), args.join(", "))
        }
        What::Enum(members) => {
            let lines = members.iter().map(|member| {
                format!("{}  {} = {}", comment("  ", &member.doc), member.name, member.value)
            });
            let lines = lines.collect::<Vec<_>>().join(",\n");
            format!("typedef enum {name} {{\n{lines}\n}} {name};")
        }
        What::Struct(fields) => {
            let lines = fields.iter().map(|field| {
                format!("{}  {};\n", comment("  ", &field.doc), typed(&field.c, &field.name))
            });
            format!("typedef struct {name} {{\n{}}} {name};", lines.collect::<String>())
        }
        What::Function { returns, args } => function(name, returns, args),
    }
}

/// A prototype, its arguments as many to a line as fit.
fn function(name: &str, returns: &str, args: &[Arg]) -> String {
    let open = format!("LGT_API {}(", typed(returns, name));
    let mut args: Vec<_> = args.iter().map(|arg| typed(&arg.c, &arg.name)).collect();
    if args.is_empty() {
        args.push("void".into());
    }
    wrap::list(&open, &args, ");", open.len())
}

/// `float *x`, but `size_t rows`.
fn typed(c: &str, name: &str) -> String {
    format!("{c}{}{name}", if c.ends_with('*') { "" } else { " " })
}
