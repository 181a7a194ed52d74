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

/// The points that count, lowest probability first, equal ones in their order.
pub fn sorted(points: &[Point]) -> Vec<Point> {
    let mut points = counted(points);
    points.sort_by(|a, b| a.p.partial_cmp(&b.p).unwrap());
    points
}

/// Parts as numpy's `array_split` makes them; with `together`, what equals the
/// last of a part goes to it.
pub fn equal_mass(points: &[Point], count: usize, together: bool) -> Vec<Vec<Point>> {
    let points = sorted(points);
    let n = points.len();
    let mut from = 0;
    let mut parts = vec![];
    for b in 0..count {
        let size = n / count + usize::from(b < n % count);
        let planned = b * (n / count) + b.min(n % count) + size;
        let mut to = planned.max(from);
        if together && to > from {
            to += points[to..].iter().take_while(|x| x.p == points[to - 1].p).count();
        }
        parts.push(points[from..to].to_vec());
        from = to;
    }
    parts
}

/// `w (p - y) / W`.
fn residual(point: &Point, weight: Dd) -> Dd {
    Dd::of(point.weight) * Dd::sum(point.p, -f64::from(u8::from(point.hit))) / weight
}

/// Kolmogorov and Smirnov's error, and Kuiper's: sums up to every value there is.
pub fn ks(points: &[Point]) -> (f64, f64) {
    let points = counted(points);
    let weight = sum(points.iter().map(|x| Dd::of(x.weight)));
    let up_to =
        |p: f64| sum(points.iter().filter(|x| x.p <= p).map(|x| residual(x, weight))).value();
    let sums: Vec<f64> = points.iter().map(|x| up_to(x.p)).collect();
    let most = sums.iter().fold(0.0, |most, d| f64::max(most, *d));
    let least = sums.iter().fold(0.0, |least, d| f64::min(least, *d));
    if points.is_empty() { (f64::NAN, f64::NAN) } else { (most.max(-least), most - least) }
}

/// The squares of the maximum mean calibration error, plain and weighted by class,
/// as double sums.
pub fn mmce(points: &[Point]) -> (f64, f64) {
    let points = counted(points);
    let total = |hit: bool| sum(points.iter().filter(|x| x.hit == hit).map(|x| Dd::of(x.weight)));
    let (hits, misses) = (total(true), total(false));
    let plain = |x: &Point| residual(x, hits + misses);
    let by_class = |x: &Point| residual(x, if x.hit { hits } else { misses });
    let kernel = |a: &Point, b: &Point| Dd::of((-(a.p - b.p).abs() / 0.4).exp());
    let norm = |u: &dyn Fn(&Point) -> Dd| {
        let row = |a: &Point| sum(points.iter().map(|b| u(b) * kernel(a, b)));
        sum(points.iter().map(|a| u(a) * row(a))).value()
    };
    if points.is_empty() { (f64::NAN, f64::NAN) } else { (norm(&plain), norm(&by_class)) }
}

/// Nodes and weights of Gauss's rule of five points on -1 .. 1.
const GAUSS: [(f64, f64); 5] = [
    (0.0, 0.5688888888888889),
    (0.5384693101056831, 0.4786286704993665),
    (-0.5384693101056831, 0.4786286704993665),
    (0.906179845938664, 0.2369268850561891),
    (-0.906179845938664, 0.2369268850561891),
];

/// The integral over 0 .. 1 of the magnitude of residuals smoothed with bandwidth
/// `s`, every image of the kernel by itself.
pub fn smooth_error(points: &[Point], s: f64) -> f64 {
    let points = counted(points);
    let weight: f64 = points.iter().map(|x| x.weight).sum();
    let density = |x: f64| (-x * x / (2.0 * s * s)).exp() / (s * std::f64::consts::TAU.sqrt());
    let reach = (5.0 * s).ceil() as i32 + 1;
    let images = |t: f64, p: f64| -> f64 {
        let all = (-reach..=reach).map(|m| f64::from(2 * m));
        all.map(|shift| density(t - p - shift) + density(t + p - shift)).sum()
    };
    let smoothed = |t: f64| -> f64 {
        points.iter().map(|x| residual(x, Dd::of(weight)).value() * images(t, x.p.min(1.0))).sum()
    };
    let steps = (12.0 / s).ceil() as usize;
    let mut ends = vec![0.0];
    for j in 0..steps {
        let (mut low, mut high) = (j as f64 / steps as f64, (j + 1) as f64 / steps as f64);
        if (smoothed(low) < 0.0) != (smoothed(high) < 0.0) {
            for _ in 0..50 {
                let middle = 0.5 * (low + high);
                let same = (smoothed(middle) < 0.0) == (smoothed(low) < 0.0);
                if same { low = middle } else { high = middle }
            }
            ends.push(low);
        }
        ends.push((j + 1) as f64 / steps as f64);
    }
    let piece = |pair: &[f64]| -> f64 {
        let (middle, half) = (0.5 * (pair[0] + pair[1]), 0.5 * (pair[1] - pair[0]));
        GAUSS.iter().map(|(x, w)| half * w * smoothed(middle + half * x)).sum::<f64>().abs()
    };
    ends.windows(2).map(piece).sum()
}

/// Score, reliability, resolution, uncertainty, variance and covariance within, of
/// these groups.
pub fn brier_parts(groups: &[Vec<Point>]) -> [f64; 6] {
    let all: Vec<Point> = groups.concat();
    let (_, weight, _, frequency) = bin(all.iter());
    let outcome = |x: &Point| Dd::of(f64::from(u8::from(x.hit)));
    let mean = |term: &dyn Fn(&Point, &Bin) -> Dd| {
        let group = |points: &Vec<Point>| {
            let own = bin(points.iter());
            sum(points.iter().map(|x| Dd::of(x.weight) * term(x, &own)))
        };
        (sum(groups.iter().filter(|g| !g.is_empty()).map(group)) / weight).value()
    };
    let square = |x: Dd| x * x;
    [
        mean(&|x, _| square(Dd::of(x.p) - outcome(x))),
        mean(&|_, g| square(g.2 - g.3)),
        mean(&|_, g| square(g.3 - frequency)),
        (frequency * (Dd::ONE - frequency)).value(),
        mean(&|x, g| square(Dd::of(x.p) - g.2)),
        mean(&|x, g| Dd::of(2.0) * (Dd::of(x.p) - g.2) * (outcome(x) - g.3)),
    ]
}

/// Groups of equal probabilities, or bins `(low, high]` with these inner edges.
pub fn groups(points: &[Point], edges: Option<&[f64]>) -> Vec<Vec<Point>> {
    let place = |p: f64| match edges {
        None => p + 0.0,
        Some(edges) => edges.iter().filter(|edge| p > **edge).count() as f64,
    };
    let mut groups: Vec<Vec<Point>> = vec![];
    for point in sorted(points) {
        match groups.last_mut() {
            Some(group) if place(group[0].p) == place(point.p) => group.push(point),
            _ => groups.push(vec![point]),
        }
    }
    groups
}
