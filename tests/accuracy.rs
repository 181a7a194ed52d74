//! How far from the truth: the exponential at every number there is for it, and
//! rows of up to 2^28 columns. `make accuracy` measures all of it, in optimised
//! code, and writes the tables of `docs/accuracy.md`; `make test` a sample.
#![cfg(feature = "capi")]

#[path = "accuracy/baseline.rs"]
mod baseline;
#[path = "accuracy/exponential.rs"]
mod exponential;
#[path = "accuracy/hunt.rs"]
mod hunt;
#[path = "accuracy/page.rs"]
mod page;
#[path = "support/product.rs"]
#[allow(dead_code)] // Each test binary uses its part.
mod product;
mod reference;
#[path = "accuracy/rows.rs"]
mod rows;
#[path = "accuracy/summary.rs"]
mod summary;
mod support;
#[path = "accuracy/tally.rs"]
mod tally;
#[path = "accuracy/threads.rs"]
mod threads;

use exponential::Largest;
use hunt::{Target, hunt};
use page::Table;
use rows::Measured;
use support::bounds::{EXPONENTIAL, EXPONENTIAL_FAR, LOG_SHARE, LSE, ORDINARY_SHARE, SHARE};
use support::dtype::*;
use support::level;

/// What breaks a bound, in words.
fn exponential_broken(largest: &[Largest]) -> Vec<String> {
    let kept = |l: &&Largest| {
        l.f32 <= EXPONENTIAL.f32 && l.far <= EXPONENTIAL_FAR && l.f64 <= EXPONENTIAL.f64
    };
    let broken = largest.iter().filter(|l| !kept(l));
    let text = |l: &Largest| {
        format!("exponential {}: {}, {} (far) and {} (f64) ulp", l.level, l.f32, l.far, l.f64)
    };
    broken.map(text).collect()
}

/// The worst rows that so many searches of so many steps find.
fn hunted(searches: usize, steps: usize) -> (Table, Vec<String>) {
    let way = &rows::ways()[0];
    let mut table = Table::new(&["level", "function", "max", "bound", "columns", "at"]);
    let mut broken = vec![];
    level::each(|level| {
        for (target, bound) in [
            (Target::Softmax, SHARE),
            (Target::LogSoftmax, LOG_SHARE),
            (Target::LogSumExp, LSE.f32),
        ] {
            let worst = hunt(target, way, searches, steps);
            let (name, ulps) = (format!("{target:?}"), target != Target::LogSumExp);
            let number = |x: f64| if ulps { format!("{x:.2} ulp") } else { format!("{x:.1e}") };
            let at = if ulps { worst.at.to_string() } else { String::new() };
            let columns = worst.x.len().to_string();
            table.row(&[level.into(), name, number(worst.error), number(bound), columns, at]);
            if worst.error > bound {
                broken.push(format!(
                    "{target:?} {level}: {} by {:?}",
                    number(worst.error),
                    worst.x
                ));
            }
        }
    });
    (table, broken)
}

#[test]
fn a_sample_of_the_exponential() {
    let (_, largest) = exponential::measure(exponential::SOME);
    assert_eq!(exponential_broken(&largest), [""; 0]);
}

#[test]
fn a_sample_of_rows() {
    let mut measured = Measured::new();
    rows::measure::<F32>((200, 37), &[4097], &mut measured);
    rows::measure::<F64>((50, 23), &[], &mut measured);
    rows::measure::<F16>((50, 23), &[], &mut measured);
    rows::measure::<Bf16>((50, 23), &[], &mut measured);
    assert_eq!(summary::broken(&measured, ORDINARY_SHARE), [""; 0]);
}

#[test]
fn a_short_hunt() {
    let (_, broken) = hunted(3, 50);
    assert_eq!(broken, [""; 0]);
}

/// Writes a table of the page, even if it tells of a broken bound.
fn put(name: &str, table: &Table) {
    let path = product::root().join("docs/accuracy.md");
    let page = std::fs::read_to_string(&path).expect("the page is in the project");
    let page = page::replace(&page, name, &table.text());
    std::fs::write(&path, page).expect("the page can be written");
}

fn settle(broken: &[String]) {
    assert!(broken.is_empty(), "bounds broken:\n{}", broken.join("\n"));
}

#[test]
#[ignore = "minutes of optimised code: make accuracy"]
fn every_exponential() {
    let (table, largest) = exponential::measure(exponential::ALL);
    put("exponential", &table);
    settle(&exponential_broken(&largest));
}

#[test]
#[ignore = "minutes of optimised code: make accuracy"]
fn every_row() {
    let mut measured = Measured::new();
    let long = [1024, 4096, 4097, 32_000, 128_256, 1_000_000, 1 << 24];
    rows::measure::<F64>((rows::SHORT, 1), &long, &mut measured);
    rows::measure::<F16>((rows::SHORT, 1), &long, &mut measured);
    rows::measure::<Bf16>((rows::SHORT, 1), &long, &mut measured);
    rows::measure::<F32>((rows::SHORT, 1), &[&long[..], &[1 << 28]].concat(), &mut measured);
    put("rows by length", &summary::by_length(&measured));
    put("rows by family", &summary::by_family(&measured));
    put("rows by algorithm", &summary::by_way(&measured, &rows::ways()));
    put("rows by type", &summary::by_type(&measured));
    settle(&summary::broken(&measured, ORDINARY_SHARE));
}

#[test]
#[ignore = "minutes of optimised code: make accuracy"]
fn the_worst_rows() {
    let (table, broken) = hunted(60, 20_000);
    put("worst rows", &table);
    settle(&broken);
}

#[test]
#[ignore = "minutes of optimised code: make accuracy"]
fn beside_the_usual() {
    let lengths = [1000, 32_000, 128_256, 1_000_000, 1 << 24, 1 << 28];
    put("baseline", &baseline::measure(&lengths, &rows::ways()[0]));
}
