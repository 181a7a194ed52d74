//! What the documentation promises is what the tests hold the library to.

use crate::bounds::STATED;
use crate::product;

/// The numbers of a text, as they come. Names like `f32` are none.
fn numbers(text: &str) -> Vec<f64> {
    let edges = |c: char| !c.is_ascii_digit();
    text.split_whitespace()
        .filter_map(|word| word.trim_start_matches('(').trim_end_matches(edges).parse().ok())
        .collect()
}

/// The section on accuracy in a function's documentation.
fn section(doc: &str) -> Option<&str> {
    let (_, text) = doc.split_once("# Accuracy\n")?;
    text.split("\n\n").next()
}

#[test]
fn the_bounds_are_those_of_the_tests() {
    let api = product::api();
    let mut expected = STATED.to_vec();
    for function in api["functions"].as_array().expect("a list") {
        let name = function["name"].as_str().expect("a name");
        let Some(text) = section(function["doc"].as_str().expect("a text")) else { continue };
        let place = expected.iter().position(|(known, _)| *known == name);
        let (_, bounds) = expected.swap_remove(place.unwrap_or_else(|| panic!("{name} is new")));
        assert_eq!(numbers(text), bounds, "{name}: {text}");
    }
    assert!(expected.is_empty(), "without a section on accuracy: {expected:?}");
}

#[test]
fn numbers_are_told_from_names() {
    let text = "At most 3e-7 (f64: 6e-16) from f32, `x2`, bf16 (1.5 at 2^24); 0, and\n7.";
    assert_eq!(numbers(text), [3e-7, 6e-16, 1.5, 0.0, 7.0]);
}
