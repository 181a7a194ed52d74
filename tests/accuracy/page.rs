//! The tables of `docs/accuracy.md`.

use std::fmt::Write;

/// A table, as Markdown.
pub struct Table {
    rows: Vec<Vec<String>>,
}

impl Table {
    pub fn new(head: &[&str]) -> Table {
        let head: Vec<String> = head.iter().map(|cell| (*cell).to_owned()).collect();
        let rule = head.iter().map(|_| "---".to_owned()).collect();
        Table { rows: vec![head, rule] }
    }

    /// Adds a row, and shows it.
    pub fn row(&mut self, cells: &[String]) {
        assert_eq!(cells.len(), self.rows[0].len());
        println!("{}", cells.join(" | "));
        self.rows.push(cells.to_vec());
    }

    pub fn text(&self) -> String {
        let mut text = String::new();
        for row in &self.rows {
            let rule = row[0] == "---";
            let (left, between, right) = if rule { ("|", "|", "|") } else { ("| ", " | ", " |") };
            writeln!(text, "{left}{}{right}", row.join(between)).unwrap();
        }
        text
    }
}

/// The page with what stands between the marks of `name` replaced.
pub fn replace(page: &str, name: &str, text: &str) -> String {
    let (from, to) = (format!("<!-- {name} -->\n"), format!("<!-- end of {name} -->\n"));
    let (before, rest) = page.split_once(&from).unwrap_or_else(|| panic!("no mark {from}"));
    let (_, after) = rest.split_once(&to).unwrap_or_else(|| panic!("no mark {to}"));
    format!("{before}{from}\n{}\n\n{to}{after}", text.trim())
}

#[test]
fn only_what_is_between_the_marks_is_replaced() {
    let page = "a\n<!-- x -->\nold\n<!-- end of x -->\nb\n";
    let expected = "a\n<!-- x -->\n\nnew\n\n<!-- end of x -->\nb\n";
    assert_eq!(replace(page, "x", "new\n"), expected);
}
