//! Lists of arguments on as many lines as they need.

/// The longest line.
pub const WIDTH: usize = 100;

/// `open`, the items with commas between, `close`, of which the first line counts; as many
/// items to a line as fit, all lines but the first indented.
pub fn list(open: &str, items: &[String], close: &str, indent: usize) -> String {
    let mut text = open.to_owned();
    let mut column = open.len();
    for (i, item) in items.iter().enumerate() {
        let last = i + 1 == items.len();
        let item = item.clone() + if last { close } else { "," };
        let width = item.find('\n').unwrap_or(item.len());
        if i > 0 && column + 1 + width > WIDTH {
            text += &format!("\n{:indent$}", "");
            column = indent;
        } else if i > 0 {
            text += " ";
            column += 1;
        }
        column += item.len();
        text += &item;
    }
    if items.is_empty() { text + close } else { text }
}
