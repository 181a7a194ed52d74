//! Reads the C that cbindgen writes for our sources: constants, names for plain
//! types, callbacks, enums, structs without nesting, functions. Nothing else may occur in
//! the C API, so nothing else is understood.

use super::model::{Arg, Field, Item, Member, What};

/// The declarations in `text`. Constants without the prefix belong to the Rust
/// core and are left out.
pub fn items(text: &str) -> Result<Vec<Item>, String> {
    let mut items = Vec::new();
    for (doc, text) in documented(text, end_of_declaration)? {
        if !text.starts_with("#define") || text.starts_with("#define LGT_") {
            let (name, what) = declaration(text)
                .ok_or_else(|| format!("not understood as a declaration of the C API: {text}"))?;
            items.push(Item { name, doc, what });
        }
    }
    Ok(items)
}

/// Cuts `text` into pieces, each with the documentation in front of it.
fn documented(text: &str, end: fn(&str) -> Option<usize>) -> Result<Vec<(String, &str)>, String> {
    let mut pieces = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let (doc, declared) = match rest.strip_prefix("/**").and_then(|body| body.split_once("*/"))
        {
            Some((body, after)) => (plain(body), after.trim_start()),
            None => (String::new(), rest),
        };
        let end = end(declared).ok_or_else(|| format!("does not end: {declared}"))?;
        pieces.push((doc, declared[..end].trim_end()));
        rest = declared[end..].trim_start();
    }
    Ok(pieces)
}

/// A comment's text without its stars.
fn plain(body: &str) -> String {
    let lines = body.trim().lines().map(|line| {
        let line = line.trim_start();
        let line = line.strip_prefix('*').unwrap_or(line);
        line.strip_prefix(' ').unwrap_or(line).trim_end()
    });
    lines.collect::<Vec<_>>().join("\n").trim().to_owned()
}

/// A `#define` ends with its line, all else after the first semicolon outside
/// braces. Those of documentation never stand at the start of a line.
fn end_of_declaration(text: &str) -> Option<usize> {
    if text.starts_with('#') {
        return Some(text.find('\n').unwrap_or(text.len()));
    }
    let semicolon = text.find(';')?;
    match text.find('{') {
        Some(brace) if brace < semicolon => {
            let close = text.find("\n}")?;
            Some(close + text[close..].find(';')? + 1)
        }
        _ => Some(semicolon + 1),
    }
}

fn declaration(text: &str) -> Option<(String, What)> {
    if let Some(define) = text.strip_prefix("#define ") {
        let (name, value) = define.split_once(' ')?;
        return Some((name.to_owned(), What::Constant { value: value.trim().parse().ok()? }));
    }
    let text = text.strip_suffix(';')?;
    if let Some(function) = text.strip_prefix("LGT_API") {
        return function_of(function);
    }
    let defined = text.strip_prefix("typedef ")?;
    if defined.contains("(*") {
        return callback_of(defined);
    }
    let Some((head, body)) = defined.split_once('{') else {
        let (c, name) = typed(defined)?;
        return Some((name, What::Alias { c }));
    };
    let (body, name) = body.split_once("\n}")?;
    let what = match head.split(' ').next()? {
        "enum" => What::Enum(members(body)?),
        "struct" => What::Struct(fields(body)?),
        _ => return None,
    };
    Some((name.trim().to_owned(), what))
}

fn members(body: &str) -> Option<Vec<Member>> {
    let member = |(doc, text): (String, &str)| {
        let (name, value) = text.trim_end_matches(',').split_once('=')?;
        Some(Member { name: name.trim().to_owned(), value: value.trim().parse().ok()?, doc })
    };
    let end = |text: &str| Some(text.find(',').map_or(text.len(), |comma| comma + 1));
    documented(body, end).ok()?.into_iter().map(member).collect()
}

fn fields(body: &str) -> Option<Vec<Field>> {
    let field = |(doc, text): (String, &str)| {
        let (c, name) = typed(text.strip_suffix(';')?)?;
        Some(Field { name, c, doc })
    };
    let end = |text: &str| Some(text.find(';')? + 1);
    documented(body, end).ok()?.into_iter().map(field).collect()
}

fn function_of(text: &str) -> Option<(String, What)> {
    let (head, args) = text.strip_suffix(')')?.split_once('(')?;
    let (returns, name) = typed(head)?;
    Some((name, What::Function { returns, args: args_of(args)? }))
}

/// `void (*name)(void *arg, size_t index)`.
fn callback_of(text: &str) -> Option<(String, What)> {
    let (returns, rest) = text.strip_suffix(')')?.split_once("(*")?;
    let (name, args) = rest.split_once(")(")?;
    let returns = returns.trim().to_owned();
    Some((name.to_owned(), What::Callback { returns, args: args_of(args)? }))
}

fn args_of(text: &str) -> Option<Vec<Arg>> {
    if text == "void" {
        return Some(Vec::new());
    }
    text.split(',').map(|arg| typed(arg).map(|(c, name)| Arg { name, c, extent: None })).collect()
}

/// `const float *x` as type and name; only words and stars may occur. Every
/// struct has a typedef, so the word `struct` goes.
fn typed(text: &str) -> Option<(String, String)> {
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    if !text.chars().all(|c| is_word(c) || c == '*' || c.is_whitespace()) {
        return None;
    }
    let text = text.trim();
    let (c, name) = text.split_at(text.rfind(|c| !is_word(c))? + 1);
    let c: Vec<&str> = c.split_whitespace().filter(|word| *word != "struct").collect();
    let c = c.join(" ");
    (!c.is_empty() && !name.is_empty()).then(|| (c, name.to_owned()))
}
