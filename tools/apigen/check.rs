//! What everything in the C API must say about itself, and be called.

use super::model::{Api, Family, Item, What};

/// The sections that a function with storage types must have, at its `_f32`
/// form; and one without, if it has any of the last three.
const SECTIONS: [&str; 5] = ["Shape", "Errors", "Accuracy", "Source", "Example"];

/// Families whose names begin with `lgt_` alone: what all others are made of.
const UNNAMED: [&str; 2] = ["version", "types"];

/// Everything that is wrong, each with the name of the item.
pub fn problems(api: &Api) -> Vec<String> {
    api.families.iter().flat_map(in_family).collect()
}

/// What is wrong in a family; what others say does not matter.
pub fn in_family(family: &Family) -> Vec<String> {
    let mut problems = Vec::new();
    for item in &family.items {
        let about = |problem: String| format!("{}: {problem}", item.name);
        problems.extend(
            documents(item)
                .into_iter()
                .filter_map(|(name, doc)| comment(doc).map(|problem| format!("{name}: {problem}"))),
        );
        problems.extend(name(family, item).map(about));
        if let What::Function { .. } = item.what {
            problems.extend(function(family, item).into_iter().map(about));
        }
    }
    problems
}

/// An item's documentation and that of its parts.
fn documents(item: &Item) -> Vec<(String, &str)> {
    let part = |name: &str| format!("{}.{name}", item.name);
    let own = [(item.name.clone(), item.doc.as_str())];
    let parts: Vec<_> = match &item.what {
        What::Enum(members) => members.iter().map(|m| (part(&m.name), m.doc.as_str())).collect(),
        What::Struct(fields) => fields.iter().map(|f| (part(&f.name), f.doc.as_str())).collect(),
        _ => Vec::new(),
    };
    own.into_iter().chain(parts).collect()
}

/// What is wrong with any documentation: none at all, or text that would end
/// the header's comment or open another in it.
fn comment(doc: &str) -> Option<String> {
    if doc.is_empty() {
        return Some("no documentation".into());
    }
    ["/*", "*/"]
        .into_iter()
        .find(|mark| doc.contains(mark))
        .map(|mark| format!("`{mark}` in the documentation"))
}

/// What is wrong with the name of a function or struct.
fn name(family: &Family, item: &Item) -> Option<String> {
    let named = matches!(item.what, What::Function { .. } | What::Struct(_));
    let prefix = if UNNAMED.contains(&family.name.as_str()) {
        "lgt_".to_owned()
    } else {
        format!("lgt_{}", family.name)
    };
    (named && !item.name.starts_with(&prefix)).then(|| format!("does not begin with {prefix}"))
}

fn function(family: &Family, item: &Item) -> Vec<String> {
    let missing_safety = (!has_sentence(&item.doc, "Thread safety: "))
        .then(|| "no sentence \"Thread safety: ..\"".to_owned());
    match family.split_dtype(&item.name) {
        (_, None) if !is_full(&item.doc) => missing_safety.into_iter().collect(),
        (_, None | Some("f32")) => sections(&item.doc).into_iter().chain(missing_safety).collect(),
        (base, Some(dtype)) => sibling(family, &item.doc, base, dtype).into_iter().collect(),
    }
}

/// Whether a text has sections that only a full one has.
fn is_full(doc: &str) -> bool {
    SECTIONS[2..].iter().any(|section| doc.contains(&format!("\n# {section}\n")))
}

/// Whether a sentence, but not the first, starts with these words.
fn has_sentence(doc: &str, words: &str) -> bool {
    let text = doc.replace('\n', " ");
    text.match_indices(words).any(|(at, _)| at > 0 && text[..at].trim_end().ends_with(['.', '`']))
}

/// Sections that are missing or empty.
fn sections(doc: &str) -> Vec<String> {
    let lines: Vec<&str> = doc.lines().collect();
    let says = |section: &str| {
        let heading = format!("# {section}");
        let at = lines.iter().position(|line| *line == heading)?;
        let next = lines.get(at + 1)?;
        let wanted = if section == "Example" { *next == "```c" } else { !next.starts_with('#') };
        (wanted && !next.is_empty()).then_some(())
    };
    SECTIONS
        .into_iter()
        .filter(|section| says(section).is_none())
        .map(|section| format!("no section \"# {section}\""))
        .collect()
}

/// What is wrong with the one line of a storage type's sibling.
fn sibling(family: &Family, doc: &str, base: &str, dtype: &str) -> Option<String> {
    let full = format!("{base}_f32");
    if !family.items.iter().any(|item| item.name == full) {
        return Some(format!("there is no {full}"));
    }
    let line = match dtype {
        "f64" => format!("`double` form of `{full}`."),
        _ => format!("`lgt_{dtype}` form of `{full}`; computed in f32."),
    };
    // Or no more than that, where everything is computed in f64.
    let short = line.replace("; computed in f32", "");
    (doc != line && doc != short).then(|| format!("should say: {line}"))
}
