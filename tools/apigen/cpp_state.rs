//! A C++ class for every family of states: its bytes, and its verbs as members.

use super::cpp::Function;
use super::model::{Extent, Shape};
use super::wrap;

/// The class of a family, if its functions are verbs of a state.
pub fn class(family: &str, functions: &[Function], constants: &[&str]) -> String {
    let Some(init) = functions.iter().find(|function| is_init(function, family)) else {
        return String::new();
    };
    let name = format!("{family}_state");
    let mut text = format!("\n/// The bytes of a state of lgt_{family}, and its verbs.\n");
    text += &format!("class {name} : public detail::state {{\n public:\n");
    text += &beginning(init, &name);
    let kind = format!("LGT_STATE_{}", family.to_uppercase());
    if constants.contains(&kind.as_str()) {
        text += &load(&name, &kind);
    }
    let verbs = functions.iter().filter(|function| !std::ptr::eq(*function, init));
    text.extend(verbs.filter_map(|function| member(function, family, &name)));
    text + &format!("\n private:\n  explicit {name}(detail::empty) {{}}\n}};\n")
}

fn is_init(function: &Function, family: &str) -> bool {
    function.name == format!("{family}_init") && function.args[0].name == "state"
}

/// How a state comes to be: by a constructor, which can only throw, or by `make`.
fn beginning(init: &Function, name: &str) -> String {
    let (parameters, mut names) = (init.parameters(&["state"]), init.names());
    names[0] = "made";
    let make = names.join(", ");
    names[0] = "*this";
    let init_this = format!(") {{\n    {}({});\n  }}\n#endif\n", init.name, names.join(", "));
    let by_constructor = wrap::list(&format!("  explicit {name}("), &parameters, &init_this, 6);
    let made = format!(
        ") {{\n    {name} made{{detail::empty()}};\n    const status got = {}({make});\n    \
         return detail::with(got, std::move(made));\n  }}\n",
        init.name
    );
    let by_make = wrap::list(&format!("  static result<{name}> make("), &parameters, &made, 6);
    format!("#ifndef LOGITUDE_NO_EXCEPTIONS\n{by_constructor}{by_make}")
}

/// From the bytes of another, which may come from anywhere.
fn load(name: &str, kind: &str) -> String {
    format!(
        "  static result<{name}> load(const_bytes saved) {{\n    {name} made{{detail::empty()}};\n    \
         const status got = made.copy(saved, {kind});\n    \
         return detail::with(got, std::move(made));\n  }}\n"
    )
}

/// A verb. One that fills one report returns it.
fn member(function: &Function, family: &str, class: &str) -> Option<String> {
    let state = function.args.first().filter(|arg| arg.name == "state")?;
    let verb = function.name.strip_prefix(family)?.trim_start_matches('_');
    let constant = if state.c.starts_with("const ") { " const" } else { "" };
    let mut names = function.names();
    names[0] = "*this";
    let called = format!("{}({})", function.name, names.join(", "));
    if verb == "merge" {
        let open = format!("  LOGITUDE_NODISCARD status merge(const {class} &other");
        return Some(format!("{open}) {{\n    return {called};\n  }}\n"));
    }
    let mut reports = function.args[1..].iter().filter(|arg| {
        let is_one = |extent: &Extent| matches!(extent.shape, Shape::One) && !extent.null;
        arg.extent.as_ref().is_some_and(is_one) && arg.c.starts_with("lgt_")
    });
    let Some(report) = reports.next().filter(|_| reports.next().is_none()) else {
        let body = format!("){constant} {{\n    return {called};\n  }}\n");
        let open = format!("  LOGITUDE_NODISCARD status {verb}(");
        return Some(wrap::list(&open, &function.parameters(&["state"]), &body, 6));
    };
    let (c, made) = (report.c.trim_end_matches(" *"), &report.name);
    let body = format!(
        "){constant} {{\n    {c} {made}{{}};\n    const status got = {called};\n    \
         return detail::with(got, std::move({made}));\n  }}\n"
    );
    let open = format!("  result<{c}> {verb}(");
    Some(wrap::list(&open, &function.parameters(&["state", made]), &body, 6))
}
