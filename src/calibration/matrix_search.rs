//! The search for the linear map of least loss: L-BFGS, a step for each `matrix_loss`.
//!
//! The loss is convex, so along a direction its slope says all: it is followed until it
//! is flat enough, by secants between places where it falls and where it rises. Only
//! where it rises is the loss itself compared, and only as exactly as it was computed.

use super::lbfgs::{Memory, PAIRS, dot};
use super::linear_map::{Form, Penalties, Shape};
use super::matrix_loss::{MatrixLoss, shape_of};
use crate::state::{Head, Kind, Params, State};
use crate::status::Status;

/// How to search.
#[derive(Clone, Copy, Debug)]
pub struct Opts {
    /// Passes over the data at most, at least 1.
    pub max_iter: u32,
    /// Done when the loss is expected to fall by no more than this.
    pub tol: f64,
    /// The largest magnitude of a parameter.
    pub bound: f64,
    /// What squares cost.
    pub penalties: Penalties,
}

/// Where a search stands.
#[repr(C)]
pub struct MatrixSearch {
    head: Head,
    form: u64,
    eps: f64,
    max_iter: u64,
    tol: f64,
    bound: f64,
    penalties: [f64; 3],
    /// Passes seen.
    iterations: u64,
    /// 0 before the first pass, 1 while searching, 2 when done.
    stage: u64,
    /// How it ended.
    status: i64,
    /// Steps taken.
    taken: u64,
    /// Mean loss at the start; there, and at the best point, with penalties.
    nll_start: f64,
    nll: f64,
    value: f64,
    /// Along the direction: the slope at the best point, the step to be looked at, the
    /// ends of where the minimum is with their slopes, the largest step, how many looked at.
    slope: f64,
    step: f64,
    low: f64,
    low_slope: f64,
    high: f64,
    high_slope: f64,
    limit: f64,
    trials: u64,
    /// The best point, its gradient, the direction; then what is remembered.
    numbers: [f64],
}

const FIXED: usize = 2 + 24;
const START: u64 = 0;
const SEARCHING: u64 = 1;
const DONE: u64 = 2;

fn numbers(params: &Params) -> Option<usize> {
    let shape = shape_of(params)?;
    let n = shape.form.parameters(shape.classes)?;
    n.checked_mul(3 + 2 * PAIRS)?.checked_add(2 * PAIRS)
}

// SAFETY: repr(C) of f64s and u64s behind a head of 16 bytes.
unsafe impl State for MatrixSearch {
    const KIND: Kind = Kind::MatrixSearch;
    const WORDS: usize = 2;

    fn size(params: &Params) -> Option<usize> {
        MatrixLoss::size(params)?;
        let bytes = numbers(params)?.checked_add(FIXED)?.checked_mul(size_of::<f64>())?;
        u32::try_from(bytes).ok().map(|bytes| bytes as usize)
    }

    fn at(data: *mut u8, params: &Params) -> *mut Self {
        core::ptr::slice_from_raw_parts_mut(data, numbers(params).unwrap_or(0)) as *mut Self
    }

    fn mergeable(_: &Params, _: &Params) -> bool {
        false
    }

    fn merge(&mut self, _: &Self) {}
}

/// What one pass has found, with penalties.
struct Means<'a> {
    shape: Shape,
    penalties: Penalties,
    gradient: &'a [f64],
    curvature: &'a [f64],
    weight: f64,
}

impl Means<'_> {
    fn gradient(&self, i: usize, x: f64) -> f64 {
        let cost = 2.0 * self.penalties.of(&self.shape, i) * (x - self.shape.identity(i));
        self.gradient.get(i).map_or(0.0, |g| g / self.weight) + cost
    }

    fn curvature(&self, i: usize) -> f64 {
        let cost = 2.0 * self.penalties.of(&self.shape, i);
        self.curvature.get(i).map_or(0.0, |c| c / self.weight) + cost
    }

    fn cost(&self, i: usize, x: f64) -> f64 {
        let apart = x - self.shape.identity(i);
        self.penalties.of(&self.shape, i) * apart * apart
    }
}

/// Parts of the numbers.
struct Room<'a> {
    point: &'a mut [f64],
    gradient: &'a mut [f64],
    direction: &'a mut [f64],
    memory: Memory<'a>,
}

impl MatrixSearch {
    /// Begins at the identity; the bytes were just initialised.
    pub fn start(&mut self, opts: &Opts) {
        self.max_iter = u64::from(opts.max_iter);
        (self.tol, self.bound) = (opts.tol, opts.bound);
        let Penalties { diagonal, off_diagonal, bias } = opts.penalties;
        self.penalties = [diagonal, off_diagonal, bias];
        self.go_to_identity();
    }

    fn go_to_identity(&mut self) {
        let (shape, n) = (self.shape(), self.parameters());
        for (i, x) in self.numbers.iter_mut().enumerate().take(n) {
            *x = shape.identity(i);
        }
    }

    /// The form and the number of classes.
    pub fn shape(&self) -> Shape {
        let form = Form::of(self.form).unwrap_or(Form::Bias);
        Shape { form, classes: self.head.param as usize }
    }

    /// The least probability, if rows are probabilities, or 0.
    pub fn eps(&self) -> f64 {
        self.eps
    }

    /// How many parameters there are.
    pub fn parameters(&self) -> usize {
        let Shape { form, classes } = self.shape();
        form.parameters(classes).unwrap_or(0)
    }

    fn penalties(&self) -> Penalties {
        let [diagonal, off_diagonal, bias] = self.penalties;
        Penalties { diagonal, off_diagonal, bias }
    }

    /// Whether the search has ended.
    pub fn done(&self) -> bool {
        self.stage == DONE
    }

    /// How it has ended; `NOT_CONVERGED` before.
    pub fn status(&self) -> Status {
        let known = [Status::LGT_OK, Status::LGT_AT_BOUND, Status::LGT_DEGENERATE];
        let found = known.into_iter().find(|s| self.done() && *s as i64 == self.status);
        found.unwrap_or(Status::LGT_NOT_CONVERGED)
    }

    /// Passes, and the mean loss at the identity and at the best point.
    pub fn losses(&self) -> (u32, f64, f64) {
        (self.iterations as u32, self.nll_start, self.nll)
    }

    /// Where the loss is to be looked at next; when done, the best point.
    pub fn point(&self) -> impl Iterator<Item = f64> + '_ {
        let n = self.parameters();
        let step = if self.stage == SEARCHING { self.step } else { 0.0 };
        let directions = self.numbers.iter().skip(2 * n).take(n);
        self.numbers.iter().take(n).zip(directions).map(move |(x, d)| x + step * d)
    }

    /// The best point so far.
    pub fn best(&self) -> &[f64] {
        self.numbers.get(..self.parameters()).unwrap_or(&[])
    }

    /// Takes what a pass at [`point`](Self::point) has found. `E_MISMATCH` if it was
    /// elsewhere or of another shape, `E_VALUE` if rows had to be left out.
    pub fn step(&mut self, loss: &MatrixLoss) -> Result<(), Status> {
        if self.done() {
            return Ok(());
        }
        let same = loss.shape() == self.shape() && loss.eps().to_bits() == self.eps.to_bits();
        let point = loss.point().iter().map(|x| x.to_bits());
        if !same || !point.eq(self.point().map(f64::to_bits)) {
            return Err(Status::LGT_E_MISMATCH);
        }
        let report = loss.finish();
        if report.rejected_rows > 0 {
            return Err(Status::LGT_E_VALUE);
        }
        self.iterations += 1;
        let [gradient, curvature, _] = loss.sums();
        let (shape, penalties) = (self.shape(), self.penalties());
        let at = Means { shape, penalties, gradient, curvature, weight: report.weight };
        let cost: f64 = self.point().enumerate().map(|(i, x)| at.cost(i, x)).sum();
        let value = report.loss + cost;
        if self.stage == START {
            (self.nll_start, self.nll, self.value) = (report.loss, report.loss, value);
            let nothing = |sums: &[f64]| sums.iter().all(|x| *x == 0.0);
            if report.weight <= 0.0 || shape.classes == 1 {
                self.end(Status::LGT_DEGENERATE);
            } else if nothing(gradient) && nothing(curvature) {
                // Every row is right beyond all doubt.
                self.end(self.ending(loss));
            } else {
                self.stage = SEARCHING;
                (self.step, self.trials) = (0.0, 0);
                self.accept(&at, report.loss, value, loss);
            }
        } else {
            self.search_on(&at, report.loss, value, loss);
        }
        if self.iterations >= self.max_iter && !self.done() {
            self.end(Status::LGT_NOT_CONVERGED);
        }
        if self.done() {
            self.settle();
        }
        Ok(())
    }

    /// Looks at a point along the direction.
    fn search_on(&mut self, at: &Means, nll: f64, value: f64, loss: &MatrixLoss) {
        let n = self.parameters();
        let directions = self.numbers.iter().skip(2 * n).take(n);
        let slopes = self.point().zip(directions).enumerate();
        let slope = slopes.map(|(i, (x, d))| d * at.gradient(i, x)).sum();
        if self.is_good(value, slope, loss) {
            self.accept(at, nll, value, loss);
        } else {
            self.look_elsewhere(value, slope, loss);
        }
    }

    fn end(&mut self, status: Status) {
        self.stage = DONE;
        self.status = status as i64;
    }

    /// What a difference of losses may be without meaning anything.
    fn noise(&self, loss: &MatrixLoss) -> f64 {
        (if loss.is_narrow() { 1e-6 } else { 1e-13 }) * self.value.abs()
    }

    /// Whether the slope has become flat, and the loss has not risen.
    fn is_good(&self, value: f64, slope: f64, loss: &MatrixLoss) -> bool {
        let start = self.slope.abs();
        let lower = value <= self.value - 1e-4 * self.step * start;
        let rounded = value <= self.value + self.noise(loss) && slope <= 0.8 * start;
        let end = self.step >= self.limit && slope <= 0.0;
        value.is_finite()
            && (slope.abs() <= 0.9 * start || end)
            && (slope <= 0.0 || lower || rounded)
    }

    /// Narrows the places where the minimum may be, and chooses the next.
    fn look_elsewhere(&mut self, value: f64, slope: f64, loss: &MatrixLoss) {
        self.trials += 1;
        let blurred = 0.5 * self.slope.abs() <= self.noise(loss);
        if self.trials >= if blurred { 6 } else { 30 } {
            let status = if blurred { self.ending(loss) } else { Status::LGT_NOT_CONVERGED };
            self.end(status);
            return;
        }
        let known = value.is_finite() && slope.is_finite();
        if known && slope < 0.0 {
            (self.low, self.low_slope) = (self.step, slope);
        } else {
            (self.high, self.high_slope) = (self.step, if known { slope } else { f64::NAN });
        }
        let width = self.high - self.low;
        self.step = if width.is_finite() {
            let share = self.low_slope / (self.low_slope - self.high_slope);
            let share = if share.is_finite() { share.clamp(0.1, 0.9) } else { 0.5 };
            self.low + share * width
        } else {
            // Where the slope would be 0 if it went on so.
            let secant = self.step * self.slope / (self.slope - slope);
            let secant = if secant.is_finite() && secant > 0.0 { secant } else { f64::INFINITY };
            secant.max(2.0 * self.step).min(10.0 * self.step).min(self.limit)
        };
    }

    /// Moves to the point that was looked at, and chooses the next direction.
    fn accept(&mut self, at: &Means, nll: f64, value: f64, loss: &MatrixLoss) {
        let (step, bound, limit) = (self.step, self.bound, self.limit);
        let mut taken = self.taken as usize;
        let Some(room) = self.room() else { return };
        let Room { point, gradient, direction, mut memory } = room;
        let at_limit = step > 0.0 && step >= limit;
        if step > 0.0 {
            for (x, d) in point.iter_mut().zip(direction.iter()) {
                *x += step * *d;
            }
            let (point, gradient) = (&*point, &*gradient);
            let after = |i: usize| at.gradient(i, point.get(i).copied().unwrap_or(0.0));
            memory.remember(taken, (step, direction), gradient, &after);
            taken += 1;
        }
        for (i, (g, x)) in gradient.iter_mut().zip(point.iter()).enumerate() {
            *g = at.gradient(i, *x);
        }
        let most = (0..gradient.len()).map(|i| at.curvature(i)).fold(0.0, f64::max);
        let inverse = |i: usize| 1.0 / at.curvature(i).max(1e-12 * most);
        memory.direction(taken, gradient, &inverse, direction);
        let mut slope = dot(gradient, direction);
        if (slope >= 0.0 || slope.is_nan()) && taken > 0 {
            // What is remembered misleads: without it.
            taken = 0;
            memory.direction(0, gradient, &inverse, direction);
            slope = dot(gradient, direction);
        }
        let room = |(x, d): (&f64, &f64)| {
            let end = if *d > 0.0 { bound } else { -bound };
            if *d == 0.0 { f64::INFINITY } else { ((end - x) / d).max(0.0) }
        };
        let limit = point.iter().zip(direction.iter()).map(room).fold(f64::INFINITY, f64::min);
        (self.taken, self.nll, self.value) = (taken as u64, nll, value);
        (self.slope, self.limit, self.trials) = (slope, limit, 0);
        (self.low, self.low_slope, self.high) = (0.0, slope, f64::INFINITY);
        self.step = limit.min(1.0);
        let least = if loss.is_narrow() { 1e-14 } else { 1e-26 };
        if -0.5 * slope <= self.tol.max(least * value.abs().max(1e-3)) {
            self.end(self.ending(loss));
        } else if at_limit || limit <= 0.0 {
            self.end(Status::LGT_AT_BOUND);
        } else if !slope.is_finite() {
            self.end(Status::LGT_NOT_CONVERGED);
        }
    }

    /// How a search ends that has found no way down: at a minimum, unless there is none.
    fn ending(&self, loss: &MatrixLoss) -> Status {
        let [_, _, classes] = loss.sums();
        let (shape, penalties) = (self.shape(), self.penalties());
        let missing = penalties.bias == 0.0 && classes.iter().any(|w| *w <= 0.0);
        let free = (0..self.parameters()).any(|i| penalties.of(&shape, i) == 0.0);
        if missing || (free && self.value <= 1e-8) { Status::LGT_AT_BOUND } else { Status::LGT_OK }
    }

    /// The end: free parameters go to their place, and what is worse than the identity
    /// is not kept.
    fn settle(&mut self) {
        if self.nll > self.nll_start {
            self.nll = self.nll_start;
            self.go_to_identity();
        }
        let (shape, penalties, n) = (self.shape(), self.penalties(), self.parameters());
        if let Some(point) = self.numbers.get_mut(..n) {
            shape.settle(&penalties, point);
        }
    }

    /// The numbers, apart; nothing if the bytes are not what they say.
    fn room(&mut self) -> Option<Room<'_>> {
        let n = self.parameters();
        let (point, rest) = self.numbers.split_at_mut_checked(n)?;
        let (gradient, rest) = rest.split_at_mut_checked(n)?;
        let (direction, rest) = rest.split_at_mut_checked(n)?;
        let (inverse, rest) = rest.split_at_mut_checked(PAIRS)?;
        let (alpha, rest) = rest.split_at_mut_checked(PAIRS)?;
        let (steps, changes) = rest.split_at_mut_checked(n.checked_mul(PAIRS)?)?;
        let memory = Memory { steps, changes, inverse, room: alpha, n };
        Some(Room { point, gradient, direction, memory })
    }
}
