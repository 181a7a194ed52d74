//! A linear map fitted on one machine: `matrix_search` and `matrix_loss` in turn, in
//! scratch, and what becomes a model of it.

use super::linear_map::{Form, Shape};
use super::matrix_loss::{self, MatrixLoss};
use super::matrix_search::{MatrixSearch, Opts};
use super::matrix_update::{self, update};
use crate::metrics::ace::Table;
use crate::model::{Fitted, Model};

use crate::state::{Kind, State, init, view_mut};
use crate::status::Status;

/// A fitted `a z + b`: scales, then biases.
pub struct VectorScaling;
/// A fitted `W z + b`: the matrix row by row, then biases.
pub struct MatrixScaling;
/// A fitted `W ln p + b`: the matrix, biases, and the least probability.
pub struct Dirichlet;
/// A fitted `z + b`: biases.
pub struct PriorShift;

impl Model for VectorScaling {
    const KIND: Kind = Kind::VectorScaling;

    fn fits(classes: u32, parameters: usize) -> bool {
        classes > 0 && Form::Vector.parameters(classes as usize) == Some(parameters)
    }
}

impl Model for MatrixScaling {
    const KIND: Kind = Kind::MatrixScaling;

    fn fits(classes: u32, parameters: usize) -> bool {
        classes > 0 && Form::Matrix.parameters(classes as usize) == Some(parameters)
    }
}

impl Model for Dirichlet {
    const KIND: Kind = Kind::Dirichlet;

    fn fits(classes: u32, parameters: usize) -> bool {
        MatrixScaling::fits(classes, parameters.wrapping_sub(1))
    }

    fn good(_: u32, parameters: &[f64]) -> bool {
        let least = parameters.last().is_some_and(|eps| (1e-300..=0.5).contains(eps));
        least && parameters.iter().all(|p| p.is_finite())
    }
}

impl Model for PriorShift {
    const KIND: Kind = Kind::PriorShift;

    fn fits(classes: u32, parameters: usize) -> bool {
        classes > 0 && classes as usize == parameters
    }
}

/// What is fitted to what.
#[derive(Clone, Copy)]
pub struct Job {
    /// The form and the number of classes.
    pub shape: Shape,
    /// The least probability, if rows are probabilities, or 0.
    pub eps: f64,
}

impl Job {
    /// What kind of model comes of it.
    pub fn kind(&self) -> Kind {
        match self.shape.form {
            Form::Bias => Kind::PriorShift,
            Form::Vector => Kind::VectorScaling,
            Form::Matrix if self.eps > 0.0 => Kind::Dirichlet,
            Form::Matrix => Kind::MatrixScaling,
        }
    }

    /// How many parameters the model has.
    pub fn parameters(&self) -> Option<usize> {
        let more = usize::from(self.eps > 0.0);
        self.shape.form.parameters(self.shape.classes)?.checked_add(more)
    }

    /// Words of scratch for a fit; none where there are too many classes.
    pub fn words(&self) -> Option<usize> {
        let (loss, search, rest) = self.parts()?;
        loss.checked_add(search)?.checked_add(rest)
    }

    fn parts(&self) -> Option<(usize, usize, usize)> {
        let params = matrix_loss::params(&self.shape, self.eps);
        let (loss, search) = (MatrixLoss::size(&params)?, MatrixSearch::size(&params)?);
        let rest = matrix_update::words(self.shape.form, self.shape.classes)?;
        Some((loss / 8, search / 8, rest))
    }

    /// A loss, a search that has just begun, and scratch for updates.
    #[inline(never)]
    fn begin<'a>(
        &self,
        opts: &Opts,
        scratch: &'a mut [u64],
    ) -> Result<(&'a mut MatrixLoss, &'a mut MatrixSearch, &'a mut [u64]), Status> {
        let (loss, search, _) = self.parts().ok_or(Status::LGT_E_SIZE)?;
        let params = matrix_loss::params(&self.shape, self.eps);
        let split = scratch.split_at_mut_checked(loss);
        let (first, rest) = split.ok_or(Status::LGT_E_SCRATCH)?;
        let split = rest.split_at_mut_checked(search);
        let (second, rest) = split.ok_or(Status::LGT_E_SCRATCH)?;
        let (loss, search) = (first.as_mut_ptr().cast(), second.as_mut_ptr().cast());
        // SAFETY: both are as many words as their sizes say.
        unsafe {
            init::<MatrixLoss>(loss, size_of_val(first), &params)?;
            init::<MatrixSearch>(search, size_of_val(second), &params)?;
            let (loss, search) = (view_mut::<MatrixLoss>(loss)?, view_mut::<MatrixSearch>(search)?);
            search.start(opts);
            Ok((loss, search, rest))
        }
    }
}

/// Fits a map to rows whose labels and weights were checked. `E_VALUE` if a row is not of
/// finite numbers, or not of probabilities where it is to be.
pub fn fit<'a>(
    data: &Table,
    job: &Job,
    opts: &Opts,
    scratch: &'a mut [u64],
) -> Result<&'a MatrixSearch, Status> {
    let (loss, search, rest) = job.begin(opts, scratch)?;
    while !search.done() {
        loss.set(search.point());
        update(loss, data, rest);
        search.step(loss)?;
    }
    Ok(search)
}

/// Writes the parameters of a search's best point; what else a model says.
pub fn write(search: &MatrixSearch, parameters: &mut [f64]) -> Fitted {
    // Of a Dirichlet map the last is the least probability.
    parameters.fill(search.eps());
    parameters.iter_mut().zip(search.best()).for_each(|(to, x)| *to = *x);
    let (iterations, nll_before, nll_after) = search.losses();
    Fitted { status: search.status(), iterations, nll_before, nll_after }
}
