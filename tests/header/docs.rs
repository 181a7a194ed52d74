//! `cargo api` refuses what is not documented: one text is spoilt at a time, and
//! the item it belongs to must be named.

use crate::apigen::model::{Family, Item, What};
use crate::apigen::{check, read};
use crate::product;
use std::mem::replace;

/// The families of the C API.
struct Subject(Vec<Family>);

impl Subject {
    fn new() -> Subject {
        Subject(read(product::root()).unwrap_or_else(|problems| panic!("{problems:?}")).families)
    }

    /// How many texts there are.
    fn texts(&mut self) -> usize {
        self.0.iter_mut().map(|family| texts(family).len()).sum()
    }

    /// Spoils each text that `spoil` changes, one at a time. `problem` must then be
    /// found, and nothing about any other item: each family is checked by itself.
    /// Returns how often that was.
    fn spoilt(&mut self, problem: &str, spoil: impl Fn(&str) -> String) -> usize {
        let mut count = 0;
        for family in &mut self.0 {
            for n in 0..texts(family).len() {
                let (name, text) = texts(family).swap_remove(n);
                let bad = spoil(text);
                if bad == *text {
                    continue;
                }
                let good = replace(text, bad);
                let found = check::in_family(family);
                *texts(family).swap_remove(n).1 = good;
                assert!(
                    found.iter().any(|f| f.starts_with(&format!("{name}: {problem}"))),
                    "{found:?}"
                );
                assert!(found.iter().all(|f| f.starts_with(&format!("{name}: "))), "{found:?}");
                count += 1;
            }
        }
        count
    }
}

/// The texts of each item, then of its parts, with their names.
fn texts(family: &mut Family) -> Vec<(String, &mut String)> {
    family.items.iter_mut().flat_map(texts_of_item).collect()
}

fn texts_of_item(Item { name, doc, what }: &mut Item) -> Vec<(String, &mut String)> {
    let part = |part: &str| format!("{name}.{part}");
    let parts: Vec<_> = match what {
        What::Enum(members) => members.iter_mut().map(|m| (part(&m.name), &mut m.doc)).collect(),
        What::Struct(fields) => fields.iter_mut().map(|f| (part(&f.name), &mut f.doc)).collect(),
        _ => Vec::new(),
    };
    [(name.clone(), doc)].into_iter().chain(parts).collect()
}

#[test]
fn everything_must_be_documented() {
    let mut subject = Subject::new();
    let count = subject.spoilt("no documentation", |_| String::new());
    assert_eq!(count, subject.texts());
}

#[test]
fn a_full_text_must_have_every_section() {
    let mut subject = Subject::new();
    for section in ["Shape", "Errors", "Accuracy", "Source", "Example"] {
        let heading = format!("\n# {section}\n");
        let problem = format!("no section \"# {section}\"");
        // Only the texts with a source are full.
        let spoil = |text: &str| match text.contains("\n# Source\n") {
            true => text.replace(&heading, "\n# Nothing\n"),
            false => text.to_owned(),
        };
        assert!(subject.spoilt(&problem, spoil) >= 3, "{section}");
    }
}

#[test]
fn every_function_must_speak_of_threads() {
    let spoil = |text: &str| text.replace("Thread safety: ", "Threads: ");
    assert!(Subject::new().spoilt("no sentence \"Thread safety: ", spoil) >= 10);
}

#[test]
fn a_sibling_must_name_its_full_form() {
    let spoil = |text: &str| text.replace(" form of `", " kind of `");
    assert!(Subject::new().spoilt("should say: ", spoil) >= 9);
}

#[test]
fn no_text_may_end_the_comment_it_stands_in() {
    let mut subject = Subject::new();
    for mark in ["/*", "*/"] {
        let count = subject.spoilt(&format!("`{mark}` in"), |text| text.to_owned() + mark);
        assert_eq!(count, subject.texts());
    }
}
