//! New class priors from unlabelled probabilities (M. Saerens, P. Latinne and
//! C. Decaestecker, 2002).
//!
//! A row of probabilities under the priors of the training set becomes one under new
//! priors when each is multiplied by the ratio of new to old and all are divided by
//! their sum. The mean of these rows is the next guess of the priors; no guess is less
//! likely than the one before.

use crate::model::Fitted;
use crate::rows::numbers::Numbers;
use crate::status::Status;

/// How to search.
#[derive(Clone, Copy, Debug)]
pub struct Opts {
    /// Passes over the data at most.
    pub max_iter: u32,
    /// Done when no prior changes by more than this.
    pub tol: f64,
}

/// Rows of probabilities with weights.
#[derive(Clone, Copy)]
pub struct Unlabelled {
    /// The first row.
    pub numbers: Numbers,
    /// From row to row, in elements.
    pub stride: usize,
    /// Weights, if there are any.
    pub weights: Option<Numbers>,
    /// How many rows.
    pub rows: usize,
}

impl Unlabelled {
    /// The weight of row `r`.
    pub fn weight(&self, r: usize) -> f64 {
        // SAFETY: who made this vouched for a weight a row, if there are any.
        self.weights.map_or(1.0, |weights| unsafe { weights.get(r) })
    }
}

/// The largest number that passes for a probability, as elsewhere.
const LARGEST: f64 = 1.01;
/// Priors below this are at their bound.
const VANISHED: f64 = 1e-9;
/// The least prior of which a logarithm is taken.
const LEAST: f64 = 1e-300;

/// Words of scratch.
pub fn words(classes: usize) -> Option<usize> {
    classes.checked_mul(3)
}

/// A guess, and what a pass with it comes to.
struct Guess<'a> {
    ratios: &'a mut [f64],
    sums: &'a mut [f64],
    row: &'a mut [f64],
    weight: f64,
    loss: f64,
}

impl Guess<'_> {
    /// Adds the row; whether it is one of probabilities, any of them possible.
    #[inline(never)]
    fn add(&mut self, weight: f64) -> bool {
        let good = self.row.iter().all(|p| (0.0..=LARGEST).contains(p));
        let total: f64 = self.row.iter().zip(&*self.ratios).map(|(p, r)| p * r).sum();
        if !(good && total > 0.0 && total.is_finite()) {
            return false;
        }
        let share = weight / total;
        let terms = self.row.iter().zip(&*self.ratios);
        self.sums.iter_mut().zip(terms).for_each(|(sum, (p, r))| *sum += p * r * share);
        self.weight += weight;
        self.loss -= weight * libm::log(total);
        true
    }

    fn pass(&mut self, data: &Unlabelled) -> Result<(), Status> {
        self.sums.fill(0.0);
        (self.weight, self.loss) = (0.0, 0.0);
        for r in 0..data.rows {
            let weight = data.weight(r);
            if weight < crate::math::fixed::UNIT {
                continue;
            }
            let row = data.numbers.from(r * data.stride);
            // SAFETY: who made the rows vouched for as many numbers as there are classes.
            unsafe {
                let from = row.block(self.row.len(), self.row.as_mut_ptr());
                if let Numbers::F64(_) = row {
                    self.row.iter_mut().enumerate().for_each(|(i, to)| *to = *from.add(i));
                }
            }
            if !self.add(weight) {
                return Err(Status::LGT_E_VALUE);
            }
        }
        Ok(())
    }

    /// The next guess, and by how much it differs.
    fn next(&mut self, old: &[f64], priors: &mut [f64]) -> f64 {
        let mut most = 0.0;
        let each = priors.iter_mut().zip(&*self.sums).zip(old).zip(&mut *self.ratios);
        for (((prior, sum), old), ratio) in each {
            let next = sum / self.weight;
            most = f64::max(most, (next - *prior).abs());
            *prior = next;
            *ratio = next / old;
        }
        most
    }
}

/// Writes new priors and the logarithms of their ratios to the old ones, which are above
/// 0 and come to 1.
pub fn fit(
    data: &Unlabelled,
    old: &[f64],
    opts: &Opts,
    (priors, scratch): (&mut [f64], &mut [f64]),
    shift: &mut dyn FnMut(usize, f64),
) -> Result<Fitted, Status> {
    let n = old.len();
    let (ratios, rest) = scratch.split_at_mut_checked(n).ok_or(Status::LGT_E_SCRATCH)?;
    let (sums, rest) = rest.split_at_mut_checked(n).ok_or(Status::LGT_E_SCRATCH)?;
    let row = rest.get_mut(..n).ok_or(Status::LGT_E_SCRATCH)?;
    ratios.fill(1.0);
    priors.iter_mut().zip(old).for_each(|(new, old)| *new = *old);
    let mut guess = Guess { ratios, sums, row, weight: 0.0, loss: 0.0 };
    let mut fitted = Fitted {
        status: Status::LGT_NOT_CONVERGED,
        iterations: 0,
        nll_before: f64::NAN,
        nll_after: f64::NAN,
    };
    while fitted.iterations < opts.max_iter {
        guess.pass(data)?;
        fitted.iterations += 1;
        if guess.weight <= 0.0 {
            fitted.status = Status::LGT_DEGENERATE;
            break;
        }
        fitted.nll_after = guess.loss / guess.weight;
        if fitted.iterations == 1 {
            fitted.nll_before = fitted.nll_after;
        }
        if guess.next(old, priors) <= opts.tol {
            let gone = priors.iter().any(|p| *p < VANISHED);
            fitted.status = if gone { Status::LGT_AT_BOUND } else { Status::LGT_OK };
            break;
        }
    }
    for (i, (new, old)) in priors.iter().zip(old).enumerate() {
        shift(i, libm::log(new.max(LEAST) / old));
    }
    Ok(fitted)
}
