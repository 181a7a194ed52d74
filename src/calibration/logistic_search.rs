//! Where a logistic regression stands: plain bytes between one pass over the data and the
//! next. It asks for ranges and weights, then for the loss of the neutral model, then of
//! one point after the other: Newton's method with steps halved until they help.
//!
//! The loss is convex. It has no minimum where a threshold tells the classes apart (Albert
//! and Anderson), unless targets are smoothed; the first look shows that, and then slopes
//! are bounded. Platt's targets add to the loss what is linear in the parameters.

use super::logistic_block::{MOST, SUMS};
use super::logistic_form::{Form, dot};
use super::logistic_loss::{LogisticLoss, Looked, params};
use super::logistic_step;
use crate::rows::column::TwoClasses;
use crate::state::{Head, Kind, Params};
use crate::status::Status;

/// How to fit.
#[derive(Clone, Copy)]
pub struct Opts {
    /// Which form.
    pub form: Form,
    /// Passes over the data at most, at least 3.
    pub max_iter: u32,
    /// Done when a step changes no parameter by more than this share of it and 1.
    pub tol: f64,
    /// The least probability of the beta forms.
    pub eps: f64,
}

/// Where a logistic regression stands. Plain bytes; only its functions change it.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct LogisticSearch {
    /// What these bytes are.
    pub head: Head,
    /// How it ended, an `lgt_status`; `LGT_NOT_CONVERGED` until then.
    pub fit_status: i32,
    /// Passes over the data so far.
    pub iterations: u32,
    /// 1 when there is nothing more to ask.
    pub done: u32,
    /// What is asked for: 0 ranges and weights, 1 the neutral model, 2 the start, 3 a step.
    pub phase: u32,
    /// Passes over the data at most.
    pub max_iter: u32,
    /// 1 if the start is the answer, since the data determine no other.
    pub degenerate: u32,
    /// As in the options.
    pub tol: f64,
    /// The least probability.
    pub eps: f64,
    /// Mean loss of the neutral model; NaN before it was seen.
    pub nll_before: f64,
    /// Mean loss of the best model met.
    pub nll_after: f64,
    /// `a, b, c` of the best model met; of Platt's form b is 0 and c what is added.
    pub best: [f64; 3],
    /// Sums of weights of class 0 and 1.
    pub weight: [f64; 2],
    /// Scores are moved by this ..
    pub shift: f64,
    /// .. and then divided by this power of two.
    pub scale: f64,
    /// `a, b, c` to start from, or NaN.
    pub start: [f64; 3],
    /// The largest slopes, of moved and divided scores.
    pub most: f64,
    /// The free parameters that are asked for.
    pub point: [f64; 3],
    /// Those of the last step that helped.
    pub base: [f64; 3],
    /// The loss there, NaN before there is one.
    pub base_loss: f64,
    /// The step from there.
    pub step: [f64; 3],
    /// What the loss would change by, were it quadratic.
    pub change: f64,
}

/// The logit that stands for certainty: of 1 - 2^-53.
const SURE: f64 = 53.0 * core::f64::consts::LN_2;
/// Scores of less than this range are one score.
const NARROW: f64 = 1e-290;
/// The largest slope where a threshold tells the classes apart.
const STEEP: f64 = 1e6;
/// What rounding may change of a loss.
const NOISE: f64 = 1e-14;
/// The least share of a step that is tried.
const LEAST: f64 = 1e-12;

impl LogisticSearch {
    /// Nothing asked yet; `start` is where to start, or NaN.
    pub fn new(opts: &Opts, start: [f64; 3]) -> LogisticSearch {
        let nothing = [0.0; 3];
        LogisticSearch {
            head: Head::new(Kind::LogisticSearch, opts.form as u32, size_of::<Self>()),
            fit_status: Status::LGT_NOT_CONVERGED as i32,
            iterations: 0,
            done: 0,
            phase: 0,
            max_iter: opts.max_iter,
            degenerate: 0,
            tol: opts.tol,
            eps: opts.eps,
            nll_before: f64::NAN,
            nll_after: f64::NAN,
            best: neutral(opts.form),
            weight: [0.0; 2],
            shift: 0.0,
            scale: 1.0,
            start,
            most: f64::INFINITY,
            point: nothing,
            base: nothing,
            base_loss: f64::NAN,
            step: nothing,
            change: 0.0,
        }
    }

    /// The form, if these bytes are a search.
    pub fn form(&self) -> Result<Form, Status> {
        let known =
            self.head == Head::new(Kind::LogisticSearch, self.head.param, size_of::<Self>());
        Form::of(self.head.param).filter(|_| known).ok_or(Status::LGT_E_STATE)
    }

    /// What is to be asked of the data, as the parameters of a state.
    pub fn question(&self) -> Result<Params, Status> {
        let form = self.form()?;
        let features = form.features(self.eps, self.shift, self.scale);
        Ok(params(form, features, self.phase == 0, form.point(self.point)))
    }

    /// Takes the answer, and makes up its mind what to ask next. `E_MISMATCH` if it is
    /// the answer to something else.
    pub fn step(&mut self, answer: &LogisticLoss) -> Result<(), Status> {
        let form = self.form()?;
        if answer.params() != self.question()? {
            return Err(Status::LGT_E_MISMATCH);
        }
        if self.done == 0 {
            self.iterations = self.iterations.saturating_add(1);
            match self.phase {
                0 => self.looked(form, &answer.looked()),
                _ => self.seen(form, &answer.sums()),
            }
            if self.done == 0 && self.iterations >= self.max_iter {
                self.finish(Status::LGT_NOT_CONVERGED);
            }
        }
        Ok(())
    }

    fn finish(&mut self, status: Status) {
        self.fit_status = status as i32;
        self.done = 1;
    }

    /// Free parameters of a model, and back.
    fn inner(&self, form: Form, [a, b, c]: [f64; 3]) -> [f64; 3] {
        if form.is_beta() {
            return [a, if form.free()[1] { b } else { 0.0 }, if form.free()[2] { c } else { 0.0 }];
        }
        [a * self.scale, 0.0, libm::fma(a, self.shift, c)]
    }

    fn outer(&self, form: Form, free: [f64; 3]) -> [f64; 3] {
        let [a, b, c] = form.point(free);
        if form.is_beta() {
            [a, b, c]
        } else {
            [a / self.scale, 0.0, c - a / self.scale * self.shift]
        }
    }

    /// What Platt's targets lack of 0 and 1.
    fn smoothing(&self, form: Form) -> [f64; 2] {
        let [miss, hit] = self.weight;
        if form == Form::Platt { [1.0 / (miss + 2.0), 1.0 / (hit + 2.0)] } else { [0.0; 2] }
    }

    /// The logit of the mean target.
    fn odds(&self, form: Form) -> f64 {
        let ([miss, hit], [more, less]) = (self.weight, self.smoothing(form));
        let (on, off) = (hit * (1.0 - less) + miss * more, miss * (1.0 - more) + hit * less);
        (libm::log(on) - libm::log(off)).clamp(-SURE, SURE)
    }

    /// The first answer: where to start, and how far slopes may go.
    fn looked(&mut self, form: Form, looked: &Looked) {
        self.weight = looked.weight;
        if !(self.weight[0] + self.weight[1] > 0.0) {
            return self.finish(Status::LGT_DEGENERATE);
        }
        let [miss, hit] = looked.ranges.map(|range| range.map(|x| self.hold(form, x)));
        let (low, high) = (miss[0].min(hit[0]), miss[1].max(hit[1]));
        if !form.is_beta() && high - low > NARROW {
            let (_, exponent) = libm::frexp(0.5 * high - 0.5 * low);
            (self.shift, self.scale) = (0.5 * low + 0.5 * high, libm::scalbn(1.0, exponent));
        } else if !form.is_beta() {
            self.shift = low;
        }
        let (odds, constant) = (self.odds(form), !(high - low > NARROW));
        let one = looked.ranges.iter().any(|range| range[0] > range[1]);
        let start = if constant {
            Some(flat(form, odds, low))
        } else if one && form.free()[2] && form != Form::Platt {
            Some([0.0, 0.0, odds])
        } else {
            None
        };
        self.degenerate = u32::from(start.is_some());
        if let Some(start) = start {
            self.start = self.outer(form, start);
        } else if let Some(apart) = apart(form, miss, hit) {
            self.start = self.steep(form, apart);
        } else if !self.start.iter().all(|x| x.is_finite()) && !form.is_beta() {
            self.start = self.outer(form, [0.0, 0.0, odds]);
        }
        self.phase = 1;
        self.point = self.inner(form, neutral(form));
    }

    /// A score as the features have it: of the beta forms its logit.
    fn hold(&self, form: Form, x: f64) -> f64 {
        if !form.is_beta() || x.is_infinite() {
            return x;
        }
        let p = x.max(self.eps).min(1.0 - self.eps);
        libm::log(p) - libm::log1p(-p)
    }

    /// Where a threshold tells the classes apart: bounds for the slopes that leave no
    /// doubt, if it has some room, and the start there.
    fn steep(&mut self, form: Form, [below, above]: [f64; 2]) -> [f64; 3] {
        let (gap, middle) = ((above - below) / self.scale, 0.5 * below + 0.5 * above);
        let slope = (2.0 * SURE / gap.abs()).clamp(1.0, STEEP);
        self.most = slope;
        let slope = if gap < 0.0 { -slope } else { slope };
        let across = -slope * ((middle - self.shift) / self.scale);
        match form {
            Form::BetaCentred => self.outer(form, [slope, slope, 0.0]),
            Form::Beta => self.outer(form, [slope, slope, across]),
            _ => self.outer(form, [slope, 0.0, across]),
        }
    }

    /// An answer at a point.
    fn seen(&mut self, form: Form, sums: &[f64; SUMS]) {
        let total = self.weight[0] + self.weight[1];
        let (loss, slopes, curvatures) = self.derivatives(form, sums);
        let nll = loss / total;
        if self.phase == 1 {
            (self.nll_before, self.nll_after) = (nll, nll);
            self.phase = 2;
            if self.start.iter().all(|x| x.is_finite()) {
                self.point = self.inner(form, self.start);
                return;
            }
        } else if nll < self.nll_after {
            (self.nll_after, self.best) = (nll, self.outer(form, self.point));
        }
        if self.degenerate != 0 {
            return self.finish(Status::LGT_DEGENERATE);
        }
        let helps = loss <= self.base_loss + NOISE * self.base_loss.abs();
        if self.phase == 3 && !helps {
            return self.halve();
        }
        // Rounding promises what a step does not keep.
        if self.phase == 3 && self.base_loss <= loss {
            (self.step, self.change) = ([0.0; 3], 0.0);
            return self.settle(form, total);
        }
        (self.base, self.base_loss) = (self.point, loss);
        let ways = self.ways(form);
        (self.step, self.change) = logistic_step::step(slopes, curvatures, ways);
        let small = |(d, x): (&f64, &f64)| d.abs() <= self.tol * (1.0 + x.abs());
        // Where the data hardly tell parameters apart, the loss knows the end sooner.
        let still = self.change.abs() <= NOISE * loss;
        if still || self.step.iter().zip(&self.base).all(small) {
            return self.settle(form, total);
        }
        self.phase = 3;
        self.point = add(self.base, self.step);
    }

    /// Half the step, or the end if there is nothing left of it.
    fn halve(&mut self) {
        let left = self.step.map(|d| 0.5 * d);
        let none = |(d, x): (&f64, &f64)| d.abs() <= LEAST * (1.0 + x.abs());
        if left.iter().zip(&self.base).all(none) {
            let still = self.change.abs() <= 100.0 * NOISE * self.base_loss.abs();
            return self.finish(if still { Status::LGT_OK } else { Status::LGT_NOT_CONVERGED });
        }
        self.step = left;
        self.point = add(self.base, left);
    }

    /// The last step is taken without another pass: it is so short that the loss there is
    /// known. Never worse than the neutral model.
    fn settle(&mut self, form: Form, total: f64) {
        let free = add(self.base, self.step);
        let nll = (self.base_loss + self.change) / total;
        if nll <= self.nll_after || (nll - self.nll_after).abs() <= NOISE * nll.abs() {
            let worse = nll > self.nll_before;
            self.best = if worse { neutral(form) } else { self.outer(form, free) };
            self.nll_after = if worse { self.nll_before } else { nll };
        }
        let end = |x: f64, bound: f64| x == bound;
        let [first, second, _] = form.free();
        let least = if form.is_beta() { 0.0 } else { -self.most };
        let at = |x| end(x, least) || end(x, self.most);
        let bound = first && at(free[0]) || second && at(free[1]);
        self.finish(if bound { Status::LGT_AT_BOUND } else { Status::LGT_OK });
    }

    /// How far each free parameter may go from where the search is.
    fn ways(&self, form: Form) -> logistic_step::Ways {
        let least = if form.is_beta() { 0.0 } else { -self.most };
        let [first, second, third] = form.free();
        let way = |free: bool, x: f64| {
            if free { [(least - x).min(0.0), (self.most - x).max(0.0)] } else { [0.0; 2] }
        };
        let all = [f64::NEG_INFINITY, f64::INFINITY];
        [way(first, self.base[0]), way(second, self.base[1]), if third { all } else { [0.0; 2] }]
    }

    /// The loss and its derivatives by free parameters.
    fn derivatives(&self, form: Form, sums: &[f64; SUMS]) -> (f64, [f64; 3], [[f64; 3]; 3]) {
        let [loss, s1, s2, s3, h11, h12, h13, h22, h23, h33, miss, hit] = *sums;
        let ([more, less], [off, on]) = (self.smoothing(form), self.weight);
        // A target that lacks d of 1 adds d q, one that is d above 0 takes it away.
        let line = [less * hit - more * miss, 0.0, less * on - more * off];
        let point = form.point(self.point);
        let slopes = form.slopes([s1 + line[0], s2, s3 + line[2]]);
        let curvatures = [[h11, h12, h13], [h12, h22, h23], [h13, h23, h33]];
        (loss + dot(point, line), slopes, form.curvatures(curvatures))
    }
}

fn add(a: [f64; 3], b: [f64; 3]) -> [f64; 3] {
    [a[0] + b[0], a[1] + b[1], a[2] + b[2]]
}

/// The model that leaves scores as they are.
pub fn neutral(form: Form) -> [f64; 3] {
    if form.is_beta() { [1.0, 1.0, 0.0] } else { [1.0, 0.0, 0.0] }
}

/// Free parameters that give all rows of one score the probability of these odds.
fn flat(form: Form, odds: f64, logit: f64) -> [f64; 3] {
    match form {
        Form::BetaCentred if logit != 0.0 => [(odds / logit).max(0.0); 3],
        Form::BetaCentred => [1.0; 3],
        _ => [0.0, 0.0, odds],
    }
}

/// The ends of the classes that a threshold is between, if one tells them apart in a way
/// that the form can follow without bound.
fn apart(form: Form, miss: [f64; 2], hit: [f64; 2]) -> Option<[f64; 2]> {
    match form {
        Form::Platt => None,
        Form::PlattPlain if hit[1] <= miss[0] => Some([miss[0], hit[1]]),
        Form::BetaCentred => {
            // No class need be there; 1/2 is the only threshold.
            let (below, above) = (miss[1].max(-MOST), hit[0].min(MOST));
            (below <= 0.0 && above >= 0.0).then_some([below.max(-SURE), above.min(SURE)])
        }
        _ => (miss[1] <= hit[0]).then_some([miss[1], hit[0]]),
    }
}

/// Fits to rows that passed [`TwoClasses::check`], starting from what part of them says.
pub fn fit(data: &TwoClasses, opts: &Opts) -> Result<LogisticSearch, Status> {
    let nowhere = [f64::NAN; 3];
    let every = data.rows / ENOUGH;
    let start = if every < 4 {
        nowhere
    } else {
        let rough = Opts { tol: opts.tol.max(1e-3), ..*opts };
        let part = run(data, every, LogisticSearch::new(&rough, nowhere))?;
        if part.fit_status == Status::LGT_OK as i32 { part.best } else { nowhere }
    };
    run(data, 1, LogisticSearch::new(opts, start))
}

/// Rows that show about where the minimum is.
const ENOUGH: usize = 1 << 14;

fn run(data: &TwoClasses, every: usize, from: LogisticSearch) -> Result<LogisticSearch, Status> {
    let mut search = from;
    while search.done == 0 {
        let mut answer = LogisticLoss::new(&search.question()?);
        answer.update(data, every)?;
        search.step(&answer)?;
    }
    Ok(search)
}
