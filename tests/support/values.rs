//! Families of rows: ordinary ones, and the corners.
#![allow(dead_code)] // Each test binary uses its part.

use super::dtype::Dtype;
use super::rng::Rng;

pub const FAMILIES: [&str; 20] = [
    "normal",
    "wide",
    "very wide",
    "nearly equal",
    "constant",
    "spike",
    "far spike",
    "lost tail",
    "ties",
    "near 1e4",
    "near 45e3",
    "near 1e6",
    "huge",
    "largest",
    "subnormal",
    "masked",
    "empty",
    "one infinite",
    "some infinite",
    "nan",
];

/// A row of `n` values of a family, as stored in `D`.
pub fn row<D: Dtype>(family: &str, rng: &mut Rng, n: usize) -> Vec<f64> {
    let base = 10.0 * rng.normal();
    let mut one = || match family {
        "normal" | "one infinite" | "some infinite" | "nan" => rng.normal(),
        "wide" => 30.0 * rng.normal(),
        "very wide" => 250.0 * rng.normal(),
        "nearly equal" => base + 1e-3 * rng.normal(),
        "constant" => base,
        "spike" => 3.0 * rng.normal(),
        "far spike" => base - 40.0 + rng.normal(),
        // Each is about half an ulp of the spike, and a sum may lose it.
        "lost tail" => D::ACC.ulp(1.0).ln() + base - rng.unit(),
        "ties" => rng.below(3) as f64,
        "near 1e4" => 1e4 + rng.normal(),
        "near 45e3" => 45426.0 + 3.0 * rng.normal(),
        "near 1e6" => 1e6 + 3.0 * rng.normal(),
        "huge" => 0.3 * D::STORE.max() * [1.0, -1.0, 0.999, 1e-30][rng.below(4)],
        "largest" => D::STORE.max() * [1.0, -1.0][rng.below(2)],
        "subnormal" => D::STORE.ulp(0.0) * rng.below(1000) as f64,
        "masked" => [3.0 * rng.normal(), f64::NEG_INFINITY][rng.below(2)],
        "empty" => f64::NEG_INFINITY,
        unknown => panic!("no family {unknown}"),
    };
    let mut x: Vec<f64> = (0..n).map(|_| one()).collect();
    let count = match family {
        "some infinite" => 3,
        "spike" | "far spike" | "lost tail" | "one infinite" | "nan" => 1,
        _ => 0,
    };
    for _ in 0..count.min(n) {
        x[rng.below(n)] = match family {
            "spike" => 12.0 + rng.normal(),
            "far spike" => base + 5.0 * rng.normal(),
            "lost tail" => base,
            "nan" => f64::NAN,
            _ => f64::INFINITY,
        };
    }
    if family == "nan" && n > 1 {
        // Beside it, what else has a rule of its own.
        let other = [0.0, f64::INFINITY, f64::NEG_INFINITY][rng.below(3)];
        let place = rng.below(n);
        if !x[place].is_nan() {
            x[place] = other;
        }
    }
    x.into_iter().map(|v| D::value(D::store(v))).collect()
}
