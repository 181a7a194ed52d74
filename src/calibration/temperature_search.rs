//! Where a fit of temperature stands: plain bytes, moved on by what was found of the data
//! at the temperatures it asks for.
//!
//! The loss is convex in `beta = 1 / T`. A step goes to where its derivative, as known to
//! third order from one look at the data, is nothing, inside a bracket that shrinks with
//! every look: so it always ends. From a good start one step leaves nothing to find, and
//! what the last derivative changed of it says so; that step is taken without another
//! look.
//! The best point met is kept, and `T = 1` is one of them.

use super::temperature_loss::{Means, TemperatureLoss, params};
use crate::state::{Head, Kind, Params};
use crate::status::Status;

/// How to fit.
#[derive(Clone, Copy)]
pub struct Opts {
    /// Passes over the data at most, at least 1.
    pub max_iter: u32,
    /// Done when what is left of a step is no more than this share of beta.
    pub tol: f64,
    /// The least temperature, at most 1.
    pub t_min: f64,
    /// The largest temperature, at least 1.
    pub t_max: f64,
    /// Where to start, or 0.
    pub start: f64,
}

/// Where a fit of temperature stands. Plain bytes: store or send it.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct TemperatureSearch {
    /// What these bytes are.
    pub head: Head,
    /// How the fit ended, an `lgt_status`; before that, `LGT_NOT_CONVERGED`.
    pub status: i32,
    /// Passes over the data so far.
    pub iterations: u32,
    /// How many temperatures to evaluate next: 0 when it is done.
    pub count: u32,
    /// How many of them, the first ones, with derivatives.
    pub derivatives: u32,
    /// The first.
    pub next: f64,
    /// The second: 1, at the start, for the loss before.
    pub beside: f64,
    /// Mean negative log-likelihood at temperature 1; NaN before it is known.
    pub nll_before: f64,
    /// The same at the best temperature so far.
    pub nll_after: f64,
    /// The best temperature so far.
    pub temperature: f64,
    /// The options.
    pub tol: f64,
    /// As above.
    pub t_min: f64,
    /// As above.
    pub t_max: f64,
    /// Where 1 / T may be.
    pub low: f64,
    /// As above.
    pub high: f64,
    /// Passes over the data at most.
    pub max_iter: u32,
    /// How often in a row the slope pointed the same way; 2^30 is added once it has
    /// pointed up, 2^31 once it has pointed down.
    pub turns: u32,
}

/// Steps that may go the same way before the end is looked at.
const PATIENCE: u32 = 6;

const UP: u32 = 1 << 30;
const DOWN: u32 = 1 << 31;

impl TemperatureSearch {
    /// The head of every one.
    pub const HEAD: Head = Head::new(Kind::TemperatureSearch, 0, size_of::<Self>());

    /// Before the first look.
    pub fn new(opts: &Opts) -> Self {
        let start =
            if opts.start == 0.0 { 1.0 } else { opts.start.max(opts.t_min).min(opts.t_max) };
        // At 1 itself there is nothing else to know of 1.
        let count = if start == 1.0 { 1 } else { 2 };
        TemperatureSearch {
            head: Self::HEAD,
            status: Status::LGT_NOT_CONVERGED as i32,
            iterations: 0,
            count,
            derivatives: 1,
            next: start,
            beside: 1.0,
            nll_before: f64::NAN,
            nll_after: f64::NAN,
            temperature: 1.0,
            tol: opts.tol,
            t_min: opts.t_min,
            t_max: opts.t_max,
            low: 1.0 / opts.t_max,
            high: 1.0 / opts.t_min,
            max_iter: opts.max_iter,
            turns: 0,
        }
    }

    /// The parameters of the state that is to be evaluated next; none when it is done.
    pub fn wanted(&self) -> Option<Params> {
        let both = [self.next, self.beside];
        let temperatures = both.get(..self.count as usize)?;
        (!temperatures.is_empty()).then(|| params(temperatures, self.derivatives))
    }

    /// Takes what was found of the data at the temperatures that were asked for.
    /// `E_MISMATCH` if it is of others; `E_VALUE` if a row's loss is finite at none.
    pub fn step(&mut self, found: &TemperatureLoss) -> Result<(), Status> {
        if self.wanted().is_none_or(|wanted| !found.is_of(&wanted)) {
            return Err(Status::LGT_E_MISMATCH);
        }
        if !found.is_finite() {
            return Err(Status::LGT_E_VALUE);
        }
        let first = self.iterations == 0;
        self.iterations = self.iterations.wrapping_add(1);
        let Some(at) = found.means(0) else {
            self.end(Status::LGT_DEGENERATE);
            return Ok(());
        };
        if first {
            let neutral = found.means(1).map_or(at.loss, |means| means.loss);
            (self.nll_before, self.nll_after) = (neutral, neutral);
            if !found.varies() {
                self.end(Status::LGT_DEGENERATE);
                return Ok(());
            }
        }
        self.look(&at);
        Ok(())
    }

    fn end(&mut self, status: Status) {
        (self.status, self.count) = (status as i32, 0);
    }

    /// What follows from a look at the first of the temperatures.
    fn look(&mut self, at: &Means) {
        let t = self.next;
        let beta = 1.0 / t;
        let [slope, ..] = at.derivatives;
        if at.loss <= self.nll_after {
            (self.temperature, self.nll_after) = (t, at.loss);
        }
        if (beta <= self.low && t == self.t_max && slope >= 0.0)
            || (beta >= self.high && t == self.t_min && slope <= 0.0)
        {
            return self.end(Status::LGT_AT_BOUND);
        }
        self.shrink(beta, slope);
        let step = Step::of(&at.derivatives);
        let next = self.next(beta, slope, &step);
        let short = next == beta * (1.0 + step.size) || next == beta;
        if short && f64::min(step.left, step.size.abs()) <= self.tol {
            // Of the minimum the slope knows more than differences of losses.
            self.temperature = (1.0 / next).max(self.t_min).min(self.t_max);
            self.nll_after = f64::min(at.loss + step.gain, self.nll_before);
            return self.end(Status::LGT_OK);
        }
        if self.iterations >= self.max_iter {
            return self.end(Status::LGT_NOT_CONVERGED);
        }
        let next = if next == 1.0 / self.t_max {
            self.t_max
        } else if next == 1.0 / self.t_min {
            self.t_min
        } else {
            1.0 / next
        };
        (self.next, self.count) = (next, 1);
    }

    /// Draws the end in that the slope at `beta` rules out.
    fn shrink(&mut self, beta: f64, slope: f64) {
        let (end, way, other) =
            if slope > 0.0 { (&mut self.high, UP, DOWN) } else { (&mut self.low, DOWN, UP) };
        *end = beta;
        let known = self.turns & (UP | DOWN);
        let same = if known & other != 0 { 0 } else { (self.turns & (UP - 1)) + 1 };
        self.turns = known | way | same;
    }

    /// The step where it stays inside, unless the search has long been creeping towards
    /// an end not yet looked at, as it does where every row is right; else that end; else
    /// the middle.
    fn next(&self, beta: f64, slope: f64, step: &Step) -> f64 {
        let next = beta * (1.0 + step.size);
        let same = self.turns & (UP - 1);
        if slope == 0.0 && step.size == 0.0 {
            beta
        } else if next > self.low && next < self.high && same <= PATIENCE {
            next
        } else if slope > 0.0 && self.turns & DOWN == 0 {
            self.low
        } else if slope <= 0.0 && self.turns & UP == 0 {
            self.high
        } else {
            libm::sqrt(self.low * self.high)
        }
    }
}

/// A step, relative to where it starts.
struct Step {
    size: f64,
    /// What may be left to go after it: what the last derivative changed, once more as
    /// much smaller as the step is short.
    left: f64,
    /// What it adds to the loss.
    gain: f64,
}

impl Step {
    /// The farthest that derivatives are trusted, down and up.
    const REACH: (f64, f64) = (-0.7, 2.0);

    /// From the derivatives of the loss, for a scale of 1.
    fn of(&[k1, k2, k3, k4]: &[f64; 4]) -> Step {
        let plain = -k1 / k2;
        // Nothing is left of no slope; nothing is known without a curvature.
        let plain = if plain.is_nan() { f64::INFINITY } else { plain };
        let third = root([k1, k2, k3, 0.0], plain);
        let fourth = root([k1, k2, k3, k4], plain);
        let (size, left) = match (third, fourth) {
            (Some(third), Some(fourth)) => (fourth, ((fourth - third) * fourth).abs()),
            _ => (plain.max(Self::REACH.0).min(Self::REACH.1), f64::INFINITY),
        };
        let inner = k2 / 2.0 + size * (k3 / 6.0 + size * k4 / 24.0);
        Step { size, left, gain: size * (k1 + size * inner) }
    }
}

/// Where `k1 + k2 u + k3 u^2 / 2 + k4 u^3 / 6` is nothing, from `u` on, unless that is
/// far or hard to find.
fn root([k1, k2, k3, k4]: [f64; 4], start: f64) -> Option<f64> {
    let (low, high) = Step::REACH;
    let mut u = start.max(low).min(high);
    for _ in 0..12 {
        let value = k1 + u * (k2 + u * (k3 / 2.0 + u * k4 / 6.0));
        let slope = k2 + u * (k3 + u * k4 / 2.0);
        let next = u - value / slope;
        if !(slope > 0.0 && (low..=high).contains(&next)) {
            return None;
        }
        if (next - u).abs() <= 1e-15 * next.abs() {
            return Some(next);
        }
        u = next;
    }
    (start.abs() < high).then_some(u)
}
