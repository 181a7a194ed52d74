//! Temperature scaling: one number `T` that divides all logits, fitted to the
//! negative log-likelihood of held-out labels.
//!
//! The loss is convex in `beta = 1 / T`, so the fit is Newton's method on beta,
//! kept inside a bracket that shrinks with every evaluation: it always stops,
//! and it says how. The best point met is kept, and `T = 1` is the first, so the
//! fit never makes the loss worse.

use super::nll_grad::{Means, NllGrad};
use crate::metrics::labelled::Labelled;
use crate::simd::Elem;
use crate::status::Status;

/// How to fit.
#[derive(Clone, Copy)]
pub struct Opts {
    /// Passes over the data at most, at least 1.
    pub max_iter: u32,
    /// Done when a step changes beta by no more than this share.
    pub tol: f64,
    /// The least temperature, at most 1.
    pub t_min: f64,
    /// The largest temperature, at least 1.
    pub t_max: f64,
}

/// What was found.
#[derive(Clone, Copy, Debug)]
pub struct Fit {
    /// `OK`, `AT_BOUND`, `DEGENERATE` or `NOT_CONVERGED`.
    pub status: Status,
    /// Passes over the data.
    pub iterations: u32,
    /// The temperature.
    pub temperature: f64,
    /// Mean loss at temperature 1.
    pub nll_before: f64,
    /// Mean loss at the temperature found.
    pub nll_after: f64,
}

/// Fits the temperature to rows that passed [`Labelled::check`]. `E_VALUE` if a
/// row's loss is finite at no temperature.
pub fn fit<E: Elem>(data: Labelled<E>, opts: &Opts) -> Result<Fit, Status> {
    search(opts, |beta| {
        let mut sums = NllGrad::ZERO;
        sums.update(data, beta);
        if sums.is_finite() { Ok(sums.means()) } else { Err(Status::LGT_E_VALUE) }
    })
}

/// Steps that may go the same way before the end is looked at.
const PATIENCE: u32 = 6;

/// Where the minimum may be: an end is `known` once its slope was seen to point
/// inwards.
struct Bracket {
    low: f64,
    high: f64,
    low_known: bool,
    high_known: bool,
    /// How often in a row the slope pointed the same way.
    same: u32,
}

impl Bracket {
    /// Draws the end in that the slope at `beta` rules out.
    fn shrink(&mut self, beta: f64, slope: f64) {
        let turned = if slope > 0.0 { self.low_known } else { self.high_known };
        self.same = if turned { 0 } else { self.same + 1 };
        if slope > 0.0 {
            (self.high, self.high_known) = (beta, true);
        } else {
            (self.low, self.low_known) = (beta, true);
        }
    }

    /// Newton's step where it stays inside, unless it has long been creeping
    /// towards an end not yet looked at, as it does where every row is right;
    /// else that end; else the middle.
    fn next(&self, beta: f64, at: &Means) -> f64 {
        let newton = beta - at.slope / at.curvature;
        if newton > self.low && newton < self.high && self.same <= PATIENCE {
            newton
        } else if at.slope > 0.0 && !self.low_known {
            self.low
        } else if at.slope <= 0.0 && !self.high_known {
            self.high
        } else {
            libm::sqrt(self.low * self.high)
        }
    }
}

/// Minimises a convex loss over beta; `evaluate` says nothing where there is no
/// data.
fn search(
    opts: &Opts,
    mut evaluate: impl FnMut(f64) -> Result<Option<Means>, Status>,
) -> Result<Fit, Status> {
    let neutral = |loss, iterations| Fit {
        status: Status::LGT_DEGENERATE,
        iterations,
        temperature: 1.0,
        nll_before: loss,
        nll_after: loss,
    };
    let Some(first) = evaluate(1.0)? else { return Ok(neutral(f64::NAN, 1)) };
    if first.slope == 0.0 && first.curvature == 0.0 {
        return Ok(neutral(first.loss, 1));
    }
    let (low, high) = (1.0 / opts.t_max, 1.0 / opts.t_min);
    let mut bracket = Bracket { low, high, low_known: false, high_known: false, same: 0 };
    let (mut beta, mut at) = (1.0, first);
    let (mut best_beta, mut best_loss) = (beta, at.loss);
    let mut status = Status::LGT_NOT_CONVERGED;
    let mut iterations = 1;
    loop {
        let out = (beta == low && at.slope >= 0.0) || (beta == high && at.slope <= 0.0);
        if out {
            status = Status::LGT_AT_BOUND;
            break;
        }
        bracket.shrink(beta, at.slope);
        let next = if at.slope == 0.0 { beta } else { bracket.next(beta, &at) };
        if (next - beta).abs() <= opts.tol * beta {
            status = Status::LGT_OK;
            // The last step is taken without another pass: it is so short that
            // the loss there is known. Near the minimum the slope knows more
            // than differences of losses; but never worse than the start.
            let step = next - beta;
            let loss = at.loss + step * (at.slope + 0.5 * step * at.curvature);
            if loss <= first.loss {
                (best_beta, best_loss) = (next, loss);
            }
            break;
        }
        if iterations >= opts.max_iter {
            break;
        }
        let Some(means) = evaluate(next)? else { break };
        (beta, at) = (next, means);
        iterations += 1;
        if at.loss <= best_loss {
            (best_beta, best_loss) = (beta, at.loss);
        }
    }
    Ok(Fit {
        status,
        iterations,
        temperature: 1.0 / best_beta,
        nll_before: first.loss,
        nll_after: best_loss,
    })
}
