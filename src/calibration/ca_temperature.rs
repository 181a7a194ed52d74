//! The temperature of least correctness-aware loss.
//!
//! The loss need not have one minimum only, so a grid in `ln T` is looked at first, with
//! 1 among its points, many temperatures a pass. Between the neighbours of the best point
//! the minimum is then where the slope vanishes: the point in the middle is the best so
//! far, and its slope says on which side of it to go on. The secant of two slopes says
//! how far; where that does not pay, the side is cut by the golden section.

use super::ca_loss::{Labelled, Shares, Sides};
use crate::model::Fitted;
use crate::rows::moments_pass::Scales;
use crate::status::Status;

/// How to fit.
#[derive(Clone, Copy)]
pub struct Opts {
    /// Half of the weight to rows of each side, or to each row what it weighs.
    pub balanced: bool,
    /// The least temperature, at most 1.
    pub t_min: f64,
    /// The largest temperature, at least 1.
    pub t_max: f64,
    /// Points of the grid, from 2 to [`MOST_POINTS`].
    pub grid: u32,
    /// Passes over the data at most, after those of the grid.
    pub max_iter: u32,
    /// Done when a step changes `ln T` by no more than this.
    pub tol: f64,
}

/// The most points of a grid.
pub const MOST_POINTS: usize = 256;

/// Temperatures that are tried in one pass.
const BATCH: usize = 32;

/// A temperature that was tried.
#[derive(Clone, Copy)]
struct Point {
    log: f64,
    loss: f64,
    slope: f64,
}

impl Point {
    const NONE: Point = Point { log: 0.0, loss: f64::NAN, slope: f64::NAN };
}

/// Rows, and what their sums are divided by.
struct Objective {
    data: Labelled,
    shares: Shares,
}

impl Objective {
    /// Tries these temperatures in one pass; at most [`BATCH`].
    #[inline(never)]
    fn evaluate(&self, points: &mut [Point]) {
        let mut scales = [Scales::new(1.0); BATCH];
        let mut sums = [[Sides::ZERO; 2]; BATCH];
        for (to, point) in scales.iter_mut().zip(points.iter()) {
            *to = Scales::new(libm::exp(point.log));
        }
        for (_, seen) in self.data.iter() {
            for (scale, [squares, slopes]) in scales.iter().zip(&mut sums).take(points.len()) {
                let at = seen.at(scale);
                let miss = seen.miss(at.confidence);
                squares.add(seen.right, seen.weight * miss * miss);
                slopes.add(seen.right, 2.0 * seen.weight * miss * at.slope);
            }
        }
        for (point, [squares, slopes]) in points.iter_mut().zip(&sums) {
            point.loss = self.shares.mean(squares);
            point.slope = self.shares.mean(slopes);
        }
    }

    fn at(&self, log: f64) -> Point {
        let mut point = [Point { log, ..Point::NONE }];
        self.evaluate(&mut point);
        let [point] = point;
        point
    }
}

/// Writes the points of the grid, and 0 among them; returns how many, and the place of
/// 0, which lies between the ends or is one.
fn grid(opts: &Opts, points: &mut [Point]) -> (usize, usize) {
    let (low, high) = (libm::log(opts.t_min), libm::log(opts.t_max));
    let last = opts.grid.max(2) - 1;
    let (mut n, mut neutral) = (0, None);
    let mut put = |log: f64| {
        if let Some(point) = points.get_mut(n) {
            *point = Point { log, ..Point::NONE };
            n += 1;
        }
        n - 1
    };
    for i in 0..=last {
        // The ends as they are.
        let share = f64::from(i) / f64::from(last);
        let log = if i == last { high } else { low + (high - low) * share };
        let is_neutral = log.abs() < 1e-9;
        if neutral.is_none() && (is_neutral || log > 0.0) {
            neutral = Some(put(0.0));
        }
        if !is_neutral {
            put(log);
        }
    }
    (n, neutral.unwrap_or(0))
}

/// What was found.
pub struct Found {
    /// How it went.
    pub fitted: Fitted,
    /// The temperature.
    pub temperature: f64,
}

/// Fits the temperature to rows that passed [`Labelled::check`]. `E_VALUE` if a row has
/// no confidence.
#[inline(never)]
pub fn fit(data: Labelled, opts: &Opts) -> Result<Found, Status> {
    let (mut weights, scales) = (Sides::ZERO, Scales::new(1.0));
    for (_, seen) in data.iter() {
        if seen.at(&scales).confidence.is_nan() {
            return Err(Status::LGT_E_VALUE);
        }
        weights.add(seen.right, seen.weight);
    }
    let objective = Objective { data, shares: Shares::new(&weights, opts.balanced) };
    let mut points = [Point::NONE; MOST_POINTS + 1];
    let (n, neutral) = grid(opts, &mut points);
    let points = points.get_mut(..n).unwrap_or(&mut []);
    let empty = weights.values() == [0.0; 2];
    let mut passes = 0;
    for batch in points.chunks_mut(BATCH).take_while(|_| !empty) {
        objective.evaluate(batch);
        passes += 1;
    }
    let first = points.get(neutral).copied().unwrap_or(Point::NONE);
    // NaN, and so none, where there are no rows.
    let differ = |point: &Point| point.loss != first.loss && !empty;
    let (best, status) = if points.iter().any(differ) {
        search(&objective, points, neutral, opts, &mut passes)
    } else {
        (first, Status::LGT_DEGENERATE)
    };
    let best = if best.loss <= first.loss { best } else { first };
    let fitted =
        Fitted { status, iterations: passes, nll_before: first.loss, nll_after: best.loss };
    // The ends as they were given.
    let temperature = match best.log {
        0.0 => 1.0,
        log if log == libm::log(opts.t_min) => opts.t_min,
        log if log == libm::log(opts.t_max) => opts.t_max,
        log => libm::exp(log),
    };
    Ok(Found { fitted, temperature })
}

/// The minimum between the neighbours of the best point.
fn search(
    objective: &Objective,
    points: &[Point],
    neutral: usize,
    opts: &Opts,
    passes: &mut u32,
) -> (Point, Status) {
    let at = |i: usize| points.get(i).copied().unwrap_or(Point::NONE);
    let mut best = neutral;
    for (i, point) in points.iter().enumerate() {
        best = if point.loss < at(best).loss { i } else { best };
    }
    let mut middle = at(best);
    let (is_low, is_high) = (best == 0, best + 1 == points.len());
    if (is_low && middle.slope >= 0.0) || (is_high && middle.slope <= 0.0) {
        return (middle, Status::LGT_AT_BOUND);
    }
    let (mut low, mut high) =
        (at(best.saturating_sub(1)), if is_high { middle } else { at(best + 1) });
    let mut last = if middle.slope > 0.0 { low } else { high };
    let mut step = high.log - low.log;
    // As low as it gets all the way to an end.
    let ends = [at(0), at(points.len() - 1)];
    if middle.slope == 0.0 && ends.iter().any(|end| end.loss <= middle.loss) {
        return (middle, Status::LGT_AT_BOUND);
    }
    for _ in 0..opts.max_iter {
        if middle.slope == 0.0 {
            return (middle, Status::LGT_OK);
        }
        let end = if middle.slope > 0.0 { low.log } else { high.log };
        let next = next(&middle, &last, end, step);
        if (next - middle.log).abs() <= opts.tol {
            return (middle, Status::LGT_OK);
        }
        step = (next - middle.log).abs();
        let point = objective.at(next);
        *passes += 1;
        let side = if next < middle.log { &mut low } else { &mut high };
        if is_better(&point, &middle) {
            let other = if next < middle.log { &mut high } else { &mut low };
            *other = middle;
            (last, middle) = (middle, point);
        } else {
            *side = point;
            last = point;
        }
    }
    (middle, Status::LGT_NOT_CONVERGED)
}

/// Where to go on from the middle: to where the secant of its slope and another
/// vanishes, if that is towards `end` and less than half the last step; else a part of
/// the way to `end`.
fn next(middle: &Point, other: &Point, end: f64, last_step: f64) -> f64 {
    const GOLDEN: f64 = 0.381_966_011_250_105_1;
    let step = -middle.slope * (middle.log - other.log) / (middle.slope - other.slope);
    let all = end - middle.log;
    let secant = step * all > 0.0 && step.abs() < all.abs() && step.abs() <= 0.5 * last_step;
    middle.log + if secant { step } else { GOLDEN * all }
}

/// Whether a point is lower; where losses cannot tell, whether it is flatter.
fn is_better(point: &Point, than: &Point) -> bool {
    let differ = 4.0 * f64::EPSILON * than.loss;
    let (drop, flatter) = (than.loss - point.loss, point.slope.abs() < than.slope.abs());
    drop > differ || (drop >= -differ && flatter)
}
