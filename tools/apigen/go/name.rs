//! What C names and types are called in Go.

/// Words that Go or the generated code has another use for.
const TAKEN: [&str; 6] = ["type", "range", "map", "func", "len", "lent"];

/// `lgt_softmax_f32` and `LGT_MASK_CAUSAL` as `SoftmaxF32` and `MaskCausal`.
pub fn exported(name: &str) -> String {
    let name = name.strip_prefix("lgt_").or_else(|| name.strip_prefix("LGT_")).unwrap_or(name);
    name.split('_').map(capital).collect()
}

/// `x_stride` as `xStride`.
pub fn local(name: &str) -> String {
    let mut words = name.split('_').filter(|word| !word.is_empty());
    let first = words.next().unwrap_or_default().to_owned();
    let name = first + &words.map(capital).collect::<String>();
    if TAKEN.contains(&name.as_str()) { name + "_" } else { name }
}

fn capital(word: &str) -> String {
    let word = word.to_lowercase();
    let mut letters = word.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

/// The Go type of a number in memory, or of a struct.
pub fn element(c: &str) -> String {
    match c {
        "float" => "float32".into(),
        "double" => "float64".into(),
        "size_t" => "uint".into(),
        "lgt_f16" => "Float16".into(),
        "lgt_bf16" => "BFloat16".into(),
        _ if c.starts_with("lgt_") => exported(c),
        _ => c.trim_end_matches("_t").into(),
    }
}

/// What a pointer points at.
pub fn pointee(c: &str) -> &str {
    c.trim_start_matches("const ").trim_end_matches('*').trim_end()
}

/// A doc comment, with what the thing is called in C.
pub fn comment(go: &str, c: &str, doc: &str) -> String {
    let mut lines = vec![format!("// {go} is {c} of C.")];
    if !doc.is_empty() {
        lines.push("//".into());
        let mut code = false;
        for line in doc.lines() {
            if line.starts_with("```") {
                code = !code;
            } else if line.is_empty() {
                lines.push("//".into());
            } else if code {
                lines.push(format!("//\t{line}"));
            } else {
                lines.push(format!("// {line}"));
            }
        }
    }
    lines.join("\n") + "\n"
}
