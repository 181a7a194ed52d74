//! `cargo api` refuses what is not documented: one text is spoilt at a time, and
//! the item it belongs to must be named.

use crate::apigen::model::{Api, Item, What};
use crate::apigen::{check, read};
use crate::product;
use std::mem::replace;

/// The C API, and its texts: of each item, then of its parts, with their names.
struct Subject {
    api: Api,
    texts: Vec<(String, String)>,
}

impl Subject {
    fn new() -> Subject {
        let mut api = read(product::root()).unwrap_or_else(|problems| panic!("{problems:?}"));
        let texts = texts(&mut api).into_iter().map(|(name, text)| (name, text.clone())).collect();
        Subject { api, texts }
    }

    /// Spoils each text that `spoil` changes, one at a time. `problem` must then be
    /// found, and nothing about any other item. Returns how often that was.
    fn spoilt(&mut self, problem: &str, spoil: impl Fn(&str) -> String) -> usize {
        let mut count = 0;
        for (n, (name, text)) in self.texts.iter().enumerate() {
            let bad = spoil(text);
            if bad != *text {
                let good = replace(texts(&mut self.api).swap_remove(n).1, bad);
                let found = check::problems(&self.api);
                *texts(&mut self.api).swap_remove(n).1 = good;
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

fn texts(api: &mut Api) -> Vec<(String, &mut String)> {
    let items = api.families.iter_mut().flat_map(|family| &mut family.items);
    items.flat_map(texts_of_item).collect()
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
    assert_eq!(count, subject.texts.len());
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
        assert_eq!(count, subject.texts.len());
    }
}
