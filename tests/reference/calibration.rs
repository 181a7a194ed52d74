//! What the calibration errors of binary probabilities mean, from their
//! definitions, by the shortest way that is right.
#![allow(dead_code)] // Each test binary uses its part.

use super::dd::Dd;
use crate::support::points::Point;

/// A bin's rows, weight, mean probability and frequency.
pub type Bin = (u64, Dd, Dd, Dd);

/// The points that count.
pub fn counted(points: &[Point]) -> Vec<Point> {
    points.iter().copied().filter(|point| point.weight > 0.0).collect()
}

pub fn sum(terms: impl Iterator<Item = Dd>) -> Dd {
    terms.fold(Dd::ZERO, |sum, term| sum + term)
}

/// The bin that these points make.
pub fn bin<'a>(points: impl Iterator<Item = &'a Point> + Clone) -> Bin {
    let weight = sum(points.clone().map(|x| Dd::of(x.weight)));
    let confidence = sum(points.clone().map(|x| Dd::product(x.weight, x.p)));
    let hits = sum(points.clone().filter(|x| x.hit).map(|x| Dd::of(x.weight)));
    (points.count() as u64, weight, confidence / weight, hits / weight)
}

/// Bins of equal width; `edge` rounds an edge to the type of the data, `left`
/// closes them on the left.
pub fn equal_width(points: &[Point], bins: usize, left: bool, edge: fn(f64) -> f64) -> Vec<Bin> {
    let edges: Vec<f64> = (1..bins).map(|k| edge(k as f64 / bins as f64)).collect();
    let place = |p: f64| edges.iter().filter(|e| if left { p >= **e } else { p > **e }).count();
    let points = counted(points);
    (0..bins).map(|b| bin(points.iter().filter(|point| place(point.p) == b))).collect()
}

/// ECE, MCE, RMS, the square of the debiased RMS, average, signed gap,
/// overconfidence, of bins that are not empty.
pub fn errors(bins: &[Bin]) -> [f64; 7] {
    let filled = || bins.iter().filter(|bin| bin.0 > 0);
    let weight = sum(filled().map(|bin| bin.1));
    let gap = |bin: &Bin| bin.2 - bin.3;
    let size = |bin: &Bin| if gap(bin).value() < 0.0 { -gap(bin) } else { gap(bin) };
    let mean = |term: &dyn Fn(&Bin) -> Dd| (sum(filled().map(|b| b.1 * term(b))) / weight).value();
    let noise = |bin: &Bin| {
        let rows = Dd::of(bin.0.saturating_sub(1) as f64);
        if bin.0 < 2 { Dd::ZERO } else { bin.3 * (Dd::ONE - bin.3) / rows }
    };
    let nothing = if filled().count() == 0 { f64::NAN } else { 0.0 };
    [
        mean(&size),
        filled().map(|bin| size(bin).value()).fold(0.0, f64::max) + nothing,
        mean(&|bin| gap(bin) * gap(bin)).sqrt(),
        mean(&|bin| gap(bin) * gap(bin) - noise(bin)).max(0.0) + nothing,
        (sum(filled().map(size)) / Dd::of(filled().count() as f64)).value(),
        mean(&gap),
        mean(&|bin| if gap(bin).value() > 0.0 { gap(bin) } else { Dd::ZERO }),
    ]
}
