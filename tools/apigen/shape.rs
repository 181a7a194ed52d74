//! What the section `# Shape` of a doc comment says of each argument, and what its
//! phrases come to.

use super::model::Shape;

/// Words that may follow a count without backticks.
const NOUNS: [&str; 3] = ["numbers", "structs", "bytes"];
/// What there may be one of something for; a row is called by what it holds.
const UNITS: [&str; 4] = ["row", "query", "pair", "column"];

/// A doc comment's section on shapes, on one line; empty if there is none.
pub fn section(doc: &str) -> String {
    let text = doc.split_once("# Shape\n").map_or("", |(_, text)| text);
    let text = text.split("\n# ").next().unwrap_or("");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What is said of one name, everywhere it stands before a colon.
pub fn about(section: &str, name: &str) -> String {
    let heads = heads(section);
    let ends = heads.iter().skip(1).map(|(start, ..)| *start).chain([section.len()]);
    let said = heads.iter().zip(ends).filter(|((_, _, names), _)| names.iter().any(|n| n == name));
    said.map(|((_, text, _), end)| section[*text..end].trim()).collect::<Vec<_>>().join(" ")
}

/// Where each "`x`, `y`:" starts, where its text starts, and its names.
fn heads(section: &str) -> Vec<(usize, usize, Vec<String>)> {
    let mut heads = Vec::new();
    let mut at = 0;
    while let Some(start) = section[at..].find('`').map(|found| at + found) {
        let (names, rest) = names(&section[start..]);
        let end = section.len() - rest.len();
        if names.is_empty() || !rest.starts_with(':') {
            let quoted = section[start + 1..].find('`').map_or(section.len(), |i| start + i + 2);
            at = if names.is_empty() { quoted } else { end };
        } else {
            heads.push((start, end + 1, names));
            at = end;
        }
    }
    heads
}

/// The names in backticks that a text starts with, and what follows them.
fn names(text: &str) -> (Vec<String>, &str) {
    let (mut names, mut rest) = (Vec::new(), text);
    while let Some((name, after)) = rest.strip_prefix('`').and_then(|text| text.split_once('`')) {
        if !name.chars().all(is_word) {
            break;
        }
        names.push(name.to_owned());
        rest = after;
        match [", ", " and "].into_iter().find_map(|comma| after.strip_prefix(comma)) {
            Some(next) if next.starts_with('`') => rest = next,
            _ => break,
        }
    }
    (names, rest)
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

/// The shape that a text on an argument gives. `sizes` are the arguments that are
/// numbers; the first of `rows` and `n` among them is what "a row" counts.
pub fn shape(text: &str, sizes: &[&str]) -> Option<Shape> {
    leading(text, sizes)
        .or_else(|| one(text))
        .or_else(|| product(text))
        .or_else(|| within(text, sizes))
        .or_else(|| one_a(text, sizes))
}

/// What one of something for each row is counted by.
pub fn row_count<'a>(sizes: &[&'a str]) -> &'a str {
    ["rows", "n"].into_iter().find(|name| sizes.contains(name)).unwrap_or("rows")
}

/// "`n` scores", "cols numbers", "4 numbers a row", "room for `count` structs".
fn leading(text: &str, sizes: &[&str]) -> Option<Shape> {
    let text = text.strip_prefix("room for ").unwrap_or(text);
    let (count, rest) = expression(text, |word| sizes.contains(&word) || word == "cols");
    let noun = rest.split(|c| !is_word(c)).next()?;
    let sure = NOUNS.contains(&noun) || text.starts_with('`') && !noun.is_empty();
    if count.is_empty() || !sure {
        return None;
    }
    if noun == "bytes" {
        return Some(Shape::Bytes { size: count });
    }
    let a_row = rest[noun.len()..].trim_start().starts_with("a row");
    let each = if a_row { format!("{count} * {}", row_count(sizes)) } else { count };
    Some(Shape::Array { count: each })
}

/// "rows x cols", "rows x ceil(cols / 64)", "rows x (`view_count` k)".
fn product(text: &str) -> Option<Shape> {
    let (left, right) = text.split_once(" x ")?;
    let rows = left.rsplit(|c| !is_word(c)).next()?;
    let right = right.split(" words").next()?;
    let cols = match right.strip_prefix("ceil(").and_then(|quotient| quotient.split_once(')')) {
        Some((quotient, _)) => {
            let (count, by) = quotient.split_once(" / ")?;
            format!("({count} + {}) / {by}", by.parse::<u32>().ok()? - 1)
        }
        None if right.starts_with('(') => expression(&right[1..right.find(')')?], |_| true).0,
        None => right.split(|c| !is_word(c)).next()?.to_owned(),
    };
    let named = rows.starts_with(|c: char| c.is_ascii_lowercase()) && !cols.is_empty();
    named.then(|| Shape::Rows { rows: rows.to_owned(), cols, stride: String::new() })
}

/// "one number a row", "each row's own loss", "one level a column",
/// "one number an entry of `csr`".
fn one_a(text: &str, sizes: &[&str]) -> Option<Shape> {
    if let Some((_, csr)) = text.split_once("an entry of `") {
        return Some(Shape::Array { count: format!("{}.nnz", csr.split('`').next()?) });
    }
    let words: Vec<&str> = text.split(|c| !is_word(c)).collect();
    let after_each = words.windows(2).filter(|pair| ["a", "each", "every"].contains(&pair[0]));
    let unit = after_each.map(|pair| pair[1]).find(|unit| UNITS.contains(unit))?;
    let count = if unit == "column" { "cols" } else { row_count(sizes) };
    Some(Shape::Array { count: count.to_owned() })
}

/// "one struct", "one number each", "the reduced loss".
fn one(text: &str) -> Option<Shape> {
    let rest = ["one number", "one struct", "the reduced loss"]
        .into_iter()
        .find_map(|words| text.strip_prefix(words))?;
    (!rest.starts_with(" a")).then_some(Shape::One)
}

/// "from 0 to 1, `count` of them", "the `edge_count` edges".
fn within(text: &str, sizes: &[&str]) -> Option<Shape> {
    let quoted = text.split('`').skip(1).step_by(2);
    let count = quoted.into_iter().find(|name| {
        let after = text.split_once(&format!("`{name}` ")).map_or("", |(_, after)| after);
        sizes.contains(name) && (*name == "count" || name.ends_with("_count")) && !after.is_empty()
    })?;
    Some(Shape::Array { count: count.to_owned() })
}

/// A text that starts as arithmetic, with products written out, and what follows it.
fn expression(text: &str, known: impl Fn(&str) -> bool) -> (String, &str) {
    let (mut written, mut rest, mut complete) = (String::new(), text, ("".to_owned(), text));
    let mut after_value = false;
    loop {
        let text = rest.trim_start_matches([' ', '`']);
        let word = &text[..text.find(|c| !is_word(c)).unwrap_or(text.len())];
        let token = if word.is_empty() { text.get(..1).unwrap_or("") } else { word };
        let is_value = !word.is_empty() && (known(word) || word.parse::<u64>().is_ok());
        match token {
            "(" if after_value => written += " * (",
            "(" => written += "(",
            ")" => written += ")",
            "+" => written += " + ",
            _ if is_value && after_value => written += &format!(" * {word}"),
            _ if is_value => written += word,
            _ => return complete,
        }
        after_value = is_value || token == ")";
        rest = &text[token.len()..];
        let opened = written.matches('(').count() == written.matches(')').count();
        if after_value && opened {
            complete = (written.clone(), rest.trim_start_matches(['`', ' ']));
        }
    }
}
