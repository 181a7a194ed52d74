//! Cox's calibration intercept and slope: logistic regression of what came true on
//! the logit of the forecast, `P(y = 1) = 1 / (1 + e^-(a + b x))`. Calibrated is
//! `a = 0`, `b = 1`; `b` below 1 says that forecasts are too extreme.
//!
//! The loss is convex. It has a minimum unless the classes can be told apart by a
//! threshold (Albert and Anderson), which a look at their ranges shows beforehand;
//! so Newton's method, from `b = 0`, with steps halved until they help, finds it.
//! Scores are moved and scaled to `[-1, 1]` for that.

use crate::math::sum::Sum;
use crate::metrics::reliability::LARGEST;
use crate::rows::column::{BLOCK, TwoClasses};
use crate::status::Status;

/// How to fit.
#[derive(Clone, Copy)]
pub struct Opts {
    /// Whether scores are logits.
    pub logits: bool,
    /// Passes over the data at most.
    pub max_iter: u32,
    /// The least probability.
    pub eps: f64,
    /// Done when a step changes no parameter by more than this share of it and 1.
    pub tol: f64,
    /// The largest slope, in magnitude.
    pub slope_max: f64,
}

/// What was found.
#[derive(Clone, Copy, Debug)]
pub struct Fit {
    /// `OK`, `UNDEFINED`, `AT_BOUND`, `DEGENERATE` or `NOT_CONVERGED`.
    pub status: Status,
    /// Passes over the data.
    pub iterations: u32,
    /// Rows that count, those without a logit and those clipped.
    pub rows: [u64; 3],
    /// The sum of weights.
    pub weight: f64,
    /// The intercept and its standard error.
    pub intercept: [f64; 2],
    /// The slope and its standard error.
    pub slope: [f64; 2],
    /// The intercept where the slope is 1, and its standard error.
    pub intercept_at_one: [f64; 2],
    /// Mean loss of the forecasts, and of what was fitted.
    pub nll: [f64; 2],
}

/// Scores that are no logits, however large.
const MOST: f64 = 1e300;

/// What one look at the data says.
struct Seen {
    rows: [u64; 3],
    weight: Sum,
    positive: Sum,
    /// Least and largest logit of each class.
    ranges: [[f64; 2]; 2],
}

impl Seen {
    fn of(data: &TwoClasses, opts: &Opts) -> Seen {
        let nothing = [f64::INFINITY, f64::NEG_INFINITY];
        let mut seen =
            Seen { rows: [0; 3], weight: Sum::ZERO, positive: Sum::ZERO, ranges: [nothing; 2] };
        each(data, opts, |x, hit, weight, clipped| {
            seen.rows[0] += 1;
            let good = x.abs() <= MOST;
            seen.rows[1] += u64::from(!good);
            seen.rows[2] += u64::from(clipped);
            seen.weight = seen.weight.plus(weight);
            let [miss, hits] = &mut seen.ranges;
            if hit {
                seen.positive = seen.positive.plus(weight);
            }
            let range = if hit { hits } else { miss };
            *range = [range[0].min(x), range[1].max(x)];
        });
        seen
    }

    /// Whether both classes are there.
    fn both(&self) -> bool {
        self.ranges.iter().all(|range| range[0] <= range[1])
    }

    /// Whether some threshold has one class below it and the other above.
    fn separable(&self) -> bool {
        let [miss, hit] = self.ranges;
        miss[1] <= hit[0] || hit[1] <= miss[0]
    }

    /// The middle of all logits, and the power of two that is at least the way to
    /// their ends.
    fn frame(&self) -> (f64, f64) {
        let [miss, hit] = self.ranges;
        let (low, high) = (miss[0].min(hit[0]), miss[1].max(hit[1]));
        let (_, exponent) = libm::frexp(0.5 * high - 0.5 * low);
        (0.5 * low + 0.5 * high, libm::scalbn(1.0, exponent))
    }
}

/// Calls `f` with the logit of every row that counts, its class, its weight, and
/// whether its probability was clipped.
fn each(data: &TwoClasses, opts: &Opts, mut f: impl FnMut(f64, bool, f64, bool)) {
    let (mut x, mut y, mut w) = ([0.0; BLOCK], [0.0; BLOCK], [1.0; BLOCK]);
    for start in (0..data.rows).step_by(BLOCK) {
        let n = BLOCK.min(data.rows - start);
        // SAFETY: these rows are there, and the blocks have room for them.
        unsafe {
            data.scores.get(start, n, x.as_mut_ptr());
            data.labels.as_numbers(start, n, y.as_mut_ptr());
            if !data.weights.is_null() {
                data.weights.get(start, n, w.as_mut_ptr());
            }
        }
        for ((x, y), w) in x.iter().zip(y).zip(w).take(n).filter(|(_, w)| *w > 0.0) {
            let (logit, clipped) = if opts.logits { (*x, false) } else { logit(*x, opts.eps) };
            f(logit, y > 0.0, w, clipped);
        }
    }
}

/// The logit of a probability, not below `eps` and not above `1 - eps`.
fn logit(p: f64, eps: f64) -> (f64, bool) {
    if !(0.0..=LARGEST).contains(&p) {
        return (f64::NAN, false);
    }
    let held = p.max(eps).min(1.0 - eps);
    (libm::log(held) - libm::log1p(-held), held != p)
}

/// The loss of all rows and its derivatives.
#[derive(Clone, Copy)]
struct Sums {
    loss: f64,
    slope: [f64; 2],
    /// By `a a`, `a b`, `b b`.
    curvature: [f64; 3],
}

impl Sums {
    /// Newton's step; none where the curvature has vanished.
    fn step(&self) -> Option<[f64; 2]> {
        let ([a, b], inverse) = (self.slope, self.inverse()?);
        Some([-(inverse[0] * a + inverse[1] * b), -(inverse[1] * a + inverse[2] * b)])
    }

    /// The inverse of the curvature.
    fn inverse(&self) -> Option<[f64; 3]> {
        let [aa, ab, bb] = self.curvature;
        let det = aa * bb - ab * ab;
        (det > 1e-14 * aa * bb).then(|| [bb / det, -ab / det, aa / det])
    }
}

/// The data, as the fit sees them.
struct Problem<'a> {
    data: &'a TwoClasses,
    opts: &'a Opts,
    shift: f64,
    scale: f64,
    passes: u32,
}

impl Problem<'_> {
    /// The loss at intercept and slope of moved and scaled scores.
    fn at(&mut self, [a, b]: [f64; 2]) -> Sums {
        self.passes += 1;
        let mut sums = [Sum::ZERO; 6];
        let (shift, scale) = (self.shift, 1.0 / self.scale);
        each(self.data, self.opts, |x, hit, w, _| {
            let u = (x - shift) * scale;
            let z = a + b * u;
            let e = libm::exp(-z.abs());
            let (large, small) = (1.0 / (1.0 + e), e / (1.0 + e));
            let against = if hit { -z } else { z };
            let miss = w * if against >= 0.0 { large } else { small };
            let off = if hit { -miss } else { miss };
            let bend = w * large * small;
            let loss = w * (against.max(0.0) + libm::log1p(e));
            let terms = [loss, off, off * u, bend, bend * u, bend * u * u];
            sums.iter_mut().zip(terms).for_each(|(sum, term)| *sum = sum.plus(term));
        });
        let [loss, a, b, aa, ab, bb] = sums.map(Sum::value);
        Sums { loss, slope: [a, b], curvature: [aa, ab, bb] }
    }

    /// Newton's method with steps halved until they help; whether it came to an end.
    fn search(&mut self, start: [f64; 2]) -> ([f64; 2], Sums, bool) {
        let (mut point, mut sums) = (start, self.at(start));
        let mut step = sums.step();
        while let Some([da, db]) = step {
            if da.abs().max(db.abs()) <= self.opts.tol * (1.0 + point[0].abs().max(point[1].abs()))
            {
                return (point, sums, true);
            }
            if self.passes >= self.opts.max_iter {
                break;
            }
            let trial = [point[0] + da, point[1] + db];
            let there = self.at(trial);
            if there.loss < sums.loss {
                (point, sums, step) = (trial, there, there.step());
            } else {
                step = Some([0.5 * da, 0.5 * db]);
            }
        }
        (point, sums, false)
    }

    /// The intercept for a given slope: the root of a rising function inside a bracket.
    fn intercept(&mut self, slope: f64, start: f64) -> (f64, Sums, bool) {
        // Scores are within 1 of 0, so all probabilities are on one side of the share
        // of positives beyond these.
        let (mut low, mut high) = (start - slope.abs(), start + slope.abs());
        let mut a = start;
        loop {
            let sums = self.at([a, slope]);
            let step = -sums.slope[0] / sums.curvature[0];
            if step.abs() <= self.opts.tol * (1.0 + a.abs()) || high - low <= f64::EPSILON * a.abs()
            {
                return (a, sums, true);
            }
            if self.passes >= self.opts.max_iter {
                return (a, sums, false);
            }
            *(if sums.slope[0] > 0.0 { &mut high } else { &mut low }) = a;
            let next = a + step;
            a = if next > low && next < high { next } else { 0.5 * low + 0.5 * high };
        }
    }
}

/// Fits intercept and slope to rows that passed [`TwoClasses::check`].
pub fn fit(data: &TwoClasses, opts: &Opts) -> Fit {
    let seen = Seen::of(data, opts);
    let (weight, nothing) = (seen.weight.value(), [f64::NAN; 2]);
    let mut result = Fit {
        status: Status::LGT_UNDEFINED,
        iterations: 1,
        rows: seen.rows,
        weight,
        intercept: nothing,
        slope: nothing,
        intercept_at_one: nothing,
        nll: nothing,
    };
    if seen.rows[1] > 0 || seen.rows[0] == 0 {
        return result;
    }
    let (shift, scale) = seen.frame();
    let mut problem = Problem { data, opts, shift, scale, passes: 1 };
    let before = problem.at([shift, scale]);
    result.nll = [before.loss / weight; 2];
    result.status = Status::LGT_DEGENERATE;
    (result.intercept[0], result.slope[0], result.intercept_at_one[0]) = (0.0, 1.0, 0.0);
    if seen.both() {
        let odds = libm::log(seen.positive.value() / (weight - seen.positive.value()));
        fit_both(&mut problem, &seen, odds, &mut result);
    }
    result.iterations = problem.passes;
    result
}

/// Where both classes are there: the intercept at slope 1, and unless a threshold
/// tells them apart, both parameters.
fn fit_both(problem: &mut Problem, seen: &Seen, odds: f64, result: &mut Fit) {
    let (shift, scale, passes) = (problem.shift, problem.scale, problem.passes);
    let (a, sums, ended_at_one) = problem.intercept(scale, odds);
    result.intercept_at_one = [a - shift, libm::sqrt(1.0 / sums.curvature[0])];
    if seen.separable() {
        return;
    }
    // Each search has as many passes as the options say.
    let used = problem.passes - passes;
    problem.passes = passes;
    let (mut point, mut sums, ended) = problem.search([odds, 0.0]);
    let bound = problem.opts.slope_max * scale;
    result.status = if !(ended && ended_at_one) {
        Status::LGT_NOT_CONVERGED
    } else if point[1].abs() > bound {
        let slope = bound.min(point[1].max(-bound));
        let (a, at_bound, _) = problem.intercept(slope, odds);
        (point, sums) = ([a, slope], at_bound);
        Status::LGT_AT_BOUND
    } else {
        Status::LGT_OK
    };
    problem.passes += used;
    let loss = sums.loss / result.weight;
    if result.status as i32 == Status::LGT_NOT_CONVERGED as i32 && loss > result.nll[0] {
        // The forecasts as they are, are the best that was met.
        return;
    }
    result.nll[1] = loss;
    let (ratio, slope) = (shift / scale, point[1] / scale);
    let [aa, ab, bb] = sums.inverse().unwrap_or([f64::NAN; 3]);
    let variance = aa - 2.0 * ratio * ab + ratio * ratio * bb;
    result.slope = [slope, libm::sqrt(bb) / scale];
    result.intercept = [point[0] - point[1] * ratio, libm::sqrt(variance)];
}
