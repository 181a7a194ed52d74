//! Softmax of rows under masks, and along columns, with the gradients of all.

use super::rows::*;
use crate::reference::dd::Dd;
use crate::reference::entries::{sigmoid, sum, times};
use crate::reference::softmax;
use crate::support::bounds::*;
use crate::support::real::Real;
use logitude::{MASK_CAUSAL, MASK_NEGATE, Number, SoftmaxMask, SoftmaxOpts};

/// All but those at whose size sums of scores overflow.
const FAMILIES: [&str; 17] = [
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
    "near 1e6",
    "subnormal",
    "masked",
    "empty",
    "one infinite",
    "some infinite",
    "nan",
];

/// Which parts a mask has.
#[derive(Clone, Copy, Default)]
struct Kind {
    name: &'static str,
    scales: bool,
    kept: bool,
    causal: bool,
    bias: bool,
    slope: f64,
    cap: f64,
    sink: bool,
    negate: bool,
}

const PLAIN: Kind = Kind {
    name: "",
    scales: false,
    kept: false,
    causal: false,
    bias: false,
    slope: 0.0,
    cap: 0.0,
    sink: false,
    negate: false,
};

const KINDS: [Kind; 9] = [
    Kind { name: "scales", scales: true, ..PLAIN },
    Kind { name: "causal", causal: true, ..PLAIN },
    Kind { name: "kept", kept: true, ..PLAIN },
    Kind { name: "bias", bias: true, ..PLAIN },
    Kind { name: "slope", slope: 0.125, causal: true, ..PLAIN },
    Kind { name: "soft cap", cap: 5.0, ..PLAIN },
    Kind { name: "sink", sink: true, ..PLAIN },
    Kind { name: "negated", negate: true, ..PLAIN },
    Kind {
        name: "all",
        scales: true,
        kept: true,
        causal: true,
        bias: true,
        slope: -0.5,
        cap: 20.0,
        sink: true,
        negate: true,
    },
];

const OFFSET: i64 = 9;
const SCALE: f64 = 0.5;

impl Kind {
    fn row_scale(self, r: usize) -> f64 {
        if self.scales { [1.0, 0.25, 3.0][r % 3] } else { 1.0 }
    }

    fn sink(self, r: usize) -> f64 {
        if self.sink { [0.0, 2.5, -3.0][r % 3] } else { f64::NEG_INFINITY }
    }

    fn keeps(self, r: usize, c: usize) -> bool {
        let seen = !self.causal || c as i64 <= r as i64 + OFFSET;
        seen && (!self.kept || !(c * 7 + r).is_multiple_of(3))
    }

    /// The score of an entry, and how large what it is the sum of is.
    fn score(self, row: &Row<'_>, c: usize) -> (Dd, f64) {
        if !self.keeps(row.r, c) {
            return (Dd::of(f64::NEG_INFINITY), 0.0);
        }
        let factor = SCALE * self.row_scale(row.r) * if self.negate { -1.0 } else { 1.0 };
        let mut z = if row.x[c].is_finite() {
            Dd::product(row.x[c], factor)
        } else {
            Dd::of(row.x[c] * factor)
        };
        let mut size = z.hi.abs();
        if self.cap > 0.0 {
            // Of the hyperbolic tangent.
            let half = sigmoid(z * Dd::of(2.0) / Dd::of(self.cap));
            z = Dd::of(self.cap) * (half + half - Dd::ONE);
            size = MASKED_CAP * z.hi.abs();
        }
        let bias = if self.bias { row.y[c] } else { 0.0 };
        let bias = bias + self.slope * (c as f64 - row.r as f64 - OFFSET as f64);
        z = if z.hi.is_finite() { z + Dd::of(bias) } else { Dd::of(z.hi + bias) };
        (z, size + bias.abs())
    }

    fn truth(self, row: &Row<'_>) -> (softmax::Row, f64) {
        let scores: Vec<_> = (0..row.x.len()).map(|c| self.score(row, c)).collect();
        let z: Vec<Dd> = scores.iter().map(|s| s.0).collect();
        let sink = self.sink(row.r);
        let finite = scores.iter().map(|s| s.1).filter(|s| s.is_finite());
        let size = finite.fold(if self.sink { sink.abs() } else { 0.0 }, f64::max);
        let exact = softmax::beside(&z, sink).0;
        // A scale and a causal mask alone lose nothing.
        let adds = self.bias || self.slope != 0.0 || self.cap > 0.0 || self.sink;
        let lossless = !(adds || self.kept || self.negate);
        (exact, if lossless { 0.0 } else { size })
    }

    /// Calls `f` with options that have this mask.
    fn with<T: Real, R>(self, b: &Batch<T>, f: impl FnOnce(&SoftmaxOpts<'_>) -> R) -> R {
        let rows = b.values.len();
        let of = |get: &dyn Fn(usize) -> f64| (0..rows).map(get).collect::<Vec<f64>>();
        let (scales, sinks) = (of(&|r| self.row_scale(r)), of(&|r| self.sink(r)));
        let kept: Vec<u8> = (0..rows * b.cols)
            .map(|i| u8::from(Kind { causal: false, ..self }.keeps(i / b.cols, i % b.cols)))
            .collect();
        let bias = b.others.concat();
        let flags =
            if self.causal { MASK_CAUSAL } else { 0 } | if self.negate { MASK_NEGATE } else { 0 };
        let mask = SoftmaxMask {
            flags,
            causal_offset: if self.causal || self.slope != 0.0 { OFFSET } else { 0 },
            slope: self.slope,
            soft_cap: self.cap,
            scales: self.scales.then_some(&scales),
            bias: self.bias.then(|| logitude::Rows::new(&bias, rows, b.cols).unwrap().into()),
            kept: self.kept.then(|| logitude::Rows::new(&kept, rows, b.cols).unwrap()),
            sinks: self.sink.then_some(&sinks),
            ..Default::default()
        };
        f(&SoftmaxOpts { scale: SCALE, mask: Some(&mask), ..Default::default() })
    }
}

/// Shares, or their logarithms, of scores that are sums of such a size.
fn shares<T: Real>(exact: &softmax::Row, size: f64, logs: bool) -> Vec<Near> {
    let lost = T::bound(&MASKED) * size;
    let one = |exact: Dd| {
        let ulp = Near::ulps::<T>(exact, SHARE).scale;
        let added = if logs { lost } else { lost * exact.hi.abs() };
        Near::new(exact, ulp, SHARE + if exact.hi.is_finite() { added / ulp } else { 0.0 })
    };
    if logs { &exact.logs } else { &exact.shares }.iter().map(|v| one(*v)).collect()
}

fn lse<T: Real>(exact: &softmax::Row, size: f64, top: f64) -> Near {
    let lse = exact.lse;
    let scale = if lse.hi.is_finite() { lse.hi.abs().max(top).max(LSE_LEAST) } else { 1.0 };
    Near::new(lse, scale, T::bound(&LSE) + T::bound(&MASKED) * size / scale)
}

pub fn masks<T: Real>() {
    let mut run = Run::<T>::new(&FAMILIES);
    run.empty = None;
    for kind in KINDS {
        run.map(
            &format!("softmax {}", kind.name),
            |row| {
                let (exact, size) = kind.truth(row);
                shares::<T>(&exact, size, false)
            },
            |b, y| kind.with(b, |opts| logitude::softmax(b.x(), y, None, Some(opts))),
        );
        run.map(
            "log_softmax masked",
            |row| {
                let (exact, size) = kind.truth(row);
                shares::<T>(&exact, size, true)
            },
            |b, y| kind.with(b, |opts| logitude::log_softmax(b.x(), y, None, Some(opts))),
        );
        run.reduce(
            "logsumexp masked",
            |row| {
                let (exact, size) = kind.truth(row);
                let finite = (0..row.x.len()).map(|c| kind.score(row, c).0.hi.abs());
                let top = finite.filter(|z| z.is_finite()).fold(0.0, f64::max);
                lse::<T>(&exact, size, top)
            },
            |b, lse| kind.with(b, |opts| logitude::logsumexp(b.x(), lse, Some(opts))),
        );
    }
    run.worst.settle();
}

/// `sum a |b|`.
fn size(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| if *a == 0.0 { 0.0 } else { a.abs() * b.abs() }).sum()
}

/// `scale y (dy - sum y dy)`, of shares `x` and gradients `y` of a row.
fn share_slope<T: Real>(row: &Row<'_>) -> Vec<Near> {
    let (y, dy) = (row.x, row.y);
    let mean = sum(y.iter().zip(dy).map(|(y, dy)| times(Dd::of(*y), Dd::of(*dy))));
    let one = |(y, dy): (&f64, &f64)| {
        let exact = times(Dd::of(*y), Dd::of(*dy) - mean) * Dd::of(SCALE);
        Near::new(exact, SCALE * y * (dy.abs() + size(row.x, row.y)), T::bound(&GRADIENT))
    };
    if y.iter().any(|y| y.is_nan()) {
        return y.iter().map(|y| Near::new(Dd::of(y + f64::NAN), 1.0, 1.0)).collect();
    }
    y.iter().zip(dy).map(one).collect()
}

/// `scale (dy - e^y sum dy)`, of logarithms of shares `x`.
fn log_slope<T: Real>(row: &Row<'_>) -> Vec<Near> {
    let there = || row.x.iter().zip(row.y).filter(|(y, _)| **y > f64::NEG_INFINITY);
    let all = sum(there().map(|(_, dy)| Dd::of(*dy)));
    let size: f64 = there().map(|(_, dy)| dy.abs()).sum();
    let one = |(y, dy): (&f64, &f64)| {
        if *y == f64::NEG_INFINITY {
            return Near::new(Dd::ZERO, 1.0, T::bound(&GRADIENT));
        }
        let share = Dd::of(*y).exp();
        let scale = SCALE * (dy.abs() + share.hi * size * y.abs().max(1.0));
        // A subnormal share may be lost.
        let lost = T::ACC.least_normal() * size;
        let exact = Dd::of(SCALE) * (Dd::of(*dy) - share * all);
        Near { lost, ..Near::new(exact, scale, T::bound(&GRADIENT)) }
    };
    row.x.iter().zip(row.y).map(one).collect()
}

/// Rows that are numbers.
const NUMBERS: [&str; 11] = [
    "normal",
    "wide",
    "nearly equal",
    "constant",
    "spike",
    "far spike",
    "lost tail",
    "ties",
    "near 1e4",
    "subnormal",
    "masked",
];

const OPTS: SoftmaxOpts<'static> =
    SoftmaxOpts { flags: 0, scale: SCALE, algorithm: 0, store: 0, mask: None };

/// The logarithm of a sum as it is stored, and the derivative in it.
fn lse_of<T: Real>(row: &Row<'_>) -> (f64, f64) {
    let lse = softmax::row(row.x, SCALE, false).lse.value();
    (T::sum(lse).into(), row.y.first().copied().unwrap_or(1.0))
}

fn sums<T: Real>(b: &Batch<T>) -> (Vec<<T as Number>::Sum>, Vec<<T as Number>::Sum>) {
    b.rows().map(|row| lse_of::<T>(&row)).map(|(lse, d)| (T::sum(lse), T::sum(d))).unzip()
}

fn lse_slope<T: Real>(row: &Row<'_>) -> Vec<Near> {
    let (lse, dlse) = lse_of::<T>(row);
    let one = |x: &f64| {
        if *x == f64::NEG_INFINITY {
            return Near::new(Dd::ZERO, 1.0, T::bound(&GRADIENT));
        }
        let exact = (Dd::product(*x, SCALE) - Dd::of(lse)).exp() * Dd::of(SCALE * dlse);
        let scale = exact.hi.abs() * lse.abs().max(SCALE * x.abs()).max(1.0);
        Near { lost: T::ACC.least_normal(), ..Near::new(exact, scale, T::bound(&GRADIENT)) }
    };
    row.x.iter().map(one).collect()
}

/// The same scores with what a map makes of them.
fn after<T: Real>(run: &Run<T>, logs: bool) -> Run<T> {
    let mut run = run.with(|row| {
        let exact = softmax::row(row.x, SCALE, false);
        let made = if logs { exact.logs } else { exact.shares };
        [made.iter().map(|v| v.value()).collect(), row.y.to_vec()]
    });
    run.empty = None;
    run
}

pub fn gradients<T: Real>() {
    let mut run = Run::<T>::new(&NUMBERS);
    let (mut shares, mut logs) = (after(&run, false), after(&run, true));
    shares.map("softmax_grad", share_slope::<T>, |b, dx| {
        logitude::softmax_grad(b.x(), b.y(), None, dx, None, Some(&OPTS))
    });
    logs.map("log_softmax_grad", log_slope::<T>, |b, dx| {
        logitude::log_softmax_grad(b.x(), b.y(), None, dx, None, Some(&OPTS))
    });
    run.empty = None;
    run.batches.retain(|b| b.family != "masked");
    run.map("logsumexp_grad", lse_slope::<T>, |b, dx| {
        let (lse, dlse) = sums(b);
        logitude::logsumexp_grad(b.x(), &lse, &dlse, dx, None, Some(&OPTS))
    });
    [shares, logs, run].into_iter().for_each(|run| run.worst.settle());
}

pub fn columns<T: Real>() {
    let mut run = Run::<T>::columns(&FAMILIES);
    let exact = |row: &Row<'_>| softmax::row(row.x, SCALE, false);
    run.map(
        "softmax_cols",
        |row| shares::<T>(&exact(row), 0.0, false),
        |b, y| logitude::softmax_cols(b.x(), y, None, Some(&OPTS)),
    );
    run.map(
        "log_softmax_cols",
        |row| shares::<T>(&exact(row), 0.0, true),
        |b, y| logitude::log_softmax_cols(b.x(), y, None, Some(&OPTS)),
    );
    run.reduce(
        "logsumexp_cols",
        |row| {
            let top = row.x.iter().copied().fold(f64::NEG_INFINITY, f64::max).abs() * SCALE;
            lse::<T>(&exact(row), 0.0, top)
        },
        |b, lse| logitude::logsumexp_cols(b.x(), lse, Some(&OPTS)),
    );
    run.worst.settle();
    let mut run = Run::<T>::columns(&NUMBERS);
    let (mut shares, mut logs) = (after(&run, false), after(&run, true));
    shares.map("softmax_cols_grad", share_slope::<T>, |b, dx| {
        logitude::softmax_cols_grad(b.x(), b.y(), dx, Some(&OPTS))
    });
    logs.map("log_softmax_cols_grad", log_slope::<T>, |b, dx| {
        logitude::log_softmax_cols_grad(b.x(), b.y(), dx, Some(&OPTS))
    });
    run.empty = None;
    run.batches.retain(|b| b.family != "masked");
    run.map("logsumexp_cols_grad", lse_slope::<T>, |b, dx| {
        let (lse, dlse) = sums(b);
        logitude::logsumexp_cols_grad(b.x(), &lse, &dlse, dx, Some(&OPTS))
    });
    [shares, logs, run].into_iter().for_each(|run| run.worst.settle());
}
