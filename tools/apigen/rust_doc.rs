//! A doc comment of C as one of Rust: its words, with links to what has a name here.

use super::model::Api;
use super::rust_type::{Types, camel};
use std::collections::HashSet;

/// What there is to link to.
pub struct Names {
    functions: HashSet<String>,
    structs: HashSet<String>,
}

impl Names {
    pub fn new<'a>(functions: impl Iterator<Item = &'a str>, api: &Api, types: &Types) -> Names {
        let structs = api.items().map(|(_, item)| &item.name).filter(|name| types.has(name));
        Names {
            functions: functions.map(str::to_owned).collect(),
            structs: structs.cloned().collect(),
        }
    }

    /// The lines of a comment, and what the function is called in C.
    pub fn doc(&self, doc: &str, c: &str) -> String {
        let mut text = String::new();
        let mut in_code = false;
        for line in doc.lines().chain(["", &format!("In C: `{c}`.")]) {
            in_code ^= line.starts_with("```");
            let line = if in_code { line.to_owned() } else { self.linked(line) };
            text += format!("/// {line}").trim_end();
            text += "\n";
        }
        let own = format!("In C: `{c}`.");
        text.replace(&self.linked(&own), &own)
    }

    /// A line whose names of C, in backticks, are links.
    fn linked(&self, line: &str) -> String {
        let parts: Vec<&str> = line.split('`').collect();
        if parts.len().is_multiple_of(2) {
            return line.to_owned(); // a name that goes over lines
        }
        let mut text = String::new();
        for (i, part) in parts.iter().enumerate() {
            match self.link(part).filter(|_| i % 2 == 1) {
                Some(link) => text += &link,
                None if i % 2 == 1 => text += &format!("`{part}`"),
                None => {
                    text += &part.replace('[', "\\[").replace(']', "\\]").replace("NULL", "`None`")
                }
            }
        }
        text
    }

    fn link(&self, c: &str) -> Option<String> {
        let name = c.strip_prefix("lgt_")?;
        let base = ["_f32", "_f64", "_f16", "_bf16"].iter().find_map(|end| name.strip_suffix(end));
        if let Some(function) =
            [name, base.unwrap_or(name)].iter().find(|f| self.functions.contains(**f))
        {
            return Some(format!("[`{function}()`]"));
        }
        self.structs.contains(c).then(|| format!("[`{}`]", camel(c)))
    }
}
