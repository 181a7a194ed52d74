//! What was measured on rows, as tables.

use crate::page::Table;
use crate::rows::{Errors, FAMILIES, Key, Measured, SHORT, Way};

/// Everything under the keys that are wanted, as one; `None` where nothing is.
fn all(measured: &Measured, wanted: impl Fn(&Key) -> bool) -> Option<Errors> {
    let mut found = None;
    for (_, errors) in measured.iter().filter(|(key, _)| wanted(key)) {
        found.get_or_insert_with(Errors::new).merge(errors);
    }
    found
}

/// The values of one part of the keys, each once.
fn values<T: Ord>(measured: &Measured, part: impl Fn(&Key) -> T) -> Vec<T> {
    let all: std::collections::BTreeSet<T> = measured.keys().map(part).collect();
    all.into_iter().collect()
}

const LOG: &str = "log_softmax";
const LSE: &str = "logsumexp";

fn is_softmax(key: &Key) -> bool {
    key.function != LOG && key.function != LSE
}

/// The head of the columns that [`errors`] fills.
const ERRORS: [&str; 5] = [
    "softmax: max (median) ulp",
    "subnormal: max ulp",
    "flushed",
    "log_softmax: max (median) ulp",
    "lse: max",
];

/// Errors of every function, over all algorithms.
fn errors(measured: &Measured, wanted: impl Fn(&Key) -> bool) -> Option<Vec<String>> {
    let softmax = all(measured, |key| wanted(key) && is_softmax(key))?;
    let logs = all(measured, |key| wanted(key) && key.function == LOG)?;
    let lse = all(measured, wanted)?.lse;
    let subnormal = match softmax.subnormal.count {
        0 => String::new(),
        _ => format!("{:.2}", softmax.subnormal.max),
    };
    let (softmax, flushed) = (softmax.ulps.to_string(), softmax.flushed.to_string());
    Some(vec![softmax, subnormal, flushed, logs.ulps.to_string(), format!("{lse:.1e}")])
}

fn add(table: &mut Table, cells: &[&str], errors: Option<Vec<String>>) {
    if let Some(errors) = errors {
        let cells: Vec<String> = cells.iter().map(|cell| (*cell).to_owned()).collect();
        table.row(&[cells, errors].concat());
    }
}

fn columns(n: usize) -> String {
    if n == SHORT { format!("1 to {n}") } else { n.to_string() }
}

/// f32 rows by length.
pub fn by_length(measured: &Measured) -> Table {
    let mut table = Table::new(&[&["level", "columns"][..], &ERRORS].concat());
    for level in values(measured, |key| key.level) {
        for n in values(measured, |key| key.columns) {
            let wanted = |key: &Key| key.dtype == "f32" && key.level == level && key.columns == n;
            add(&mut table, &[level, &columns(n)], errors(measured, wanted));
        }
    }
    table
}

/// f32 rows by family.
pub fn by_family(measured: &Measured) -> Table {
    let mut table = Table::new(&[&["level", "rows"][..], &ERRORS].concat());
    for level in values(measured, |key| key.level) {
        for family in FAMILIES {
            let wanted =
                |key: &Key| key.dtype == "f32" && key.level == level && key.family == family;
            add(&mut table, &[level, family], errors(measured, wanted));
        }
    }
    table
}

/// f32 rows by algorithm and store policy: the largest error at each level.
pub fn by_way(measured: &Measured, ways: &[Way]) -> Table {
    let levels = values(measured, |key| key.level);
    let mut table = Table::new(&[&["algorithm, store"][..], &levels].concat());
    for way in ways {
        let cell = |level: &&str| {
            let wanted =
                |key: &Key| key.dtype == "f32" && key.level == *level && key.function == way.name;
            all(measured, wanted).map_or(String::new(), |errors| errors.ulps.to_string())
        };
        let cells = levels.iter().map(cell).collect::<Vec<_>>();
        table.row(&[vec![way.name.clone()], cells].concat());
    }
    table
}

/// The other storage types.
pub fn by_type(measured: &Measured) -> Table {
    let mut table = Table::new(&[&["type", "level"][..], &ERRORS].concat());
    for dtype in ["f64", "f16", "bf16"] {
        for level in values(measured, |key| key.level) {
            let wanted = |key: &Key| key.dtype == dtype && key.level == level;
            add(&mut table, &[dtype, level], errors(measured, wanted));
        }
    }
    table
}

/// Bounds that are broken, in words. An ordinary row has a bound of its own.
pub fn broken(measured: &Measured, ordinary: f64) -> Vec<String> {
    let place = |key: &Key| {
        let Key { dtype, level, columns, family, function } = key;
        format!("{function} {dtype} {level}, {columns} columns, {family}")
    };
    let mut broken = vec![];
    for (key, errors) in measured {
        if errors.worst.is_nan() || errors.worst > 1.0 {
            broken.push(format!("{}: {:.2} times the bound", place(key), errors.worst));
        }
        let made_to = ["one spike"].contains(&key.family);
        if is_softmax(key)
            && !made_to
            && ["f32", "f64"].contains(&key.dtype)
            && errors.ulps.max > ordinary
        {
            broken.push(format!("{}: {:.2} ulp of an ordinary row", place(key), errors.ulps.max));
        }
    }
    broken
}
