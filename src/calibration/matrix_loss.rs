//! The loss of a linear map of logits, with its gradient and the curvature of each
//! parameter by itself: sums over rows at a given point, so that the rows may be split
//! among workers.
//!
//! With `p` the probabilities of a row, `t` 1 at its label and 0 elsewhere: the gradient
//! of the biases is `p - t`, of scales that times the logit; the curvatures are
//! `p (1 - p)`, of scales that times the square of the logit.

use super::linear_map::{Form, Shape};
use crate::state::{Head, Kind, Params, State};

/// What has been seen; the header's parameter is the number of classes.
#[repr(C)]
pub struct MatrixLoss {
    head: Head,
    form: u64,
    eps: f64,
    rows: u64,
    /// Rows that are not of finite numbers, or no probabilities.
    rejected: u64,
    /// Rows that were computed in f32.
    narrow: u64,
    weight: f64,
    loss: f64,
    /// The point, the gradient, the curvature, and the weight of each class.
    numbers: [f64],
}

/// Numbers before those of the parameters, the head among them.
const FIXED: usize = 9;

/// The parameters of a state, and the least probability if it takes logarithms.
pub fn params(shape: &Shape, eps: f64) -> Params {
    let classes = u32::try_from(shape.classes).unwrap_or(0);
    let mut params = Params::from(classes);
    params.words = [shape.form as u64, eps.to_bits(), 0, 0];
    params
}

/// The shape that these parameters say; none where there is none.
pub fn shape_of(params: &Params) -> Option<Shape> {
    let form = Form::of(params.words[0])?;
    (params.param > 0).then_some(Shape { form, classes: params.param as usize })
}

fn numbers(params: &Params) -> Option<usize> {
    let shape = shape_of(params)?;
    let eps = f64::from_bits(params.words[1]);
    // A matrix alone has logarithms made for it.
    let good = eps == 0.0 || (shape.form == Form::Matrix && (1e-300..=0.5).contains(&eps));
    let parameters = shape.form.parameters(shape.classes).filter(|_| good)?;
    parameters.checked_mul(3)?.checked_add(shape.classes)
}

// SAFETY: repr(C) of f64s and u64s behind a head of 16 bytes.
unsafe impl State for MatrixLoss {
    const KIND: Kind = Kind::MatrixLoss;
    const WORDS: usize = 2;

    fn size(params: &Params) -> Option<usize> {
        let bytes = numbers(params)?.checked_add(FIXED)?.checked_mul(size_of::<f64>())?;
        // The header has 32 bits for it.
        u32::try_from(bytes).ok().map(|bytes| bytes as usize)
    }

    fn at(data: *mut u8, params: &Params) -> *mut Self {
        core::ptr::slice_from_raw_parts_mut(data, numbers(params).unwrap_or(0)) as *mut Self
    }

    fn alike(&self, other: &Self) -> bool {
        self.point().iter().map(|x| x.to_bits()).eq(other.point().iter().map(|x| x.to_bits()))
    }

    fn merge(&mut self, other: &Self) {
        self.rows = self.rows.wrapping_add(other.rows);
        self.rejected = self.rejected.wrapping_add(other.rejected);
        self.narrow = self.narrow.wrapping_add(other.narrow);
        self.weight += other.weight;
        self.loss += other.loss;
        let n = self.parameters();
        let more = other.numbers.iter().skip(n);
        self.numbers.iter_mut().skip(n).zip(more).for_each(|(sum, more)| *sum += more);
    }
}

/// Counts of an update, on their way to the state.
#[derive(Clone, Copy, Default)]
pub struct Seen {
    /// Rows.
    pub rows: u64,
    /// Those left out.
    pub rejected: u64,
    /// Sums of weights and losses.
    pub weight: f64,
    /// As above.
    pub loss: f64,
}

/// The numbers of a state, apart.
pub struct Parts<'a> {
    /// Where the loss is looked at: scales, then biases.
    pub scales: &'a [f64],
    /// As above.
    pub biases: &'a [f64],
    /// Of the scales.
    pub gradient: &'a mut [f64],
    /// As above.
    pub curvature: &'a mut [f64],
    /// Of the biases.
    pub bias_gradient: &'a mut [f64],
    /// As above.
    pub bias_curvature: &'a mut [f64],
    /// The weight of each class.
    pub classes: &'a mut [f64],
}

/// The result of `lgt_matrix_loss_finish`.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct MatrixLossReport {
    /// Rows of weight above 0.
    pub rows: u64,
    /// Those left out: a number that is not finite, or no probability.
    pub rejected_rows: u64,
    /// The sum of the weights of the others.
    pub weight: f64,
    /// Their weighted mean loss; NaN if there are none.
    pub loss: f64,
}

impl MatrixLoss {
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

    /// Where the loss is looked at.
    pub fn point(&self) -> &[f64] {
        self.numbers.get(..self.parameters()).unwrap_or(&[])
    }

    /// Sums over rows: of the gradient, of the curvature, and the weights of the classes.
    pub fn sums(&self) -> [&[f64]; 3] {
        let n = self.parameters();
        let part = |from: usize, to: usize| self.numbers.get(from..to).unwrap_or(&[]);
        [part(n, 2 * n), part(2 * n, 3 * n), part(3 * n, self.numbers.len())]
    }

    /// Forgets the rows, and looks at the loss elsewhere.
    pub fn set(&mut self, point: impl Iterator<Item = f64>) {
        (self.rows, self.rejected, self.narrow) = (0, 0, 0);
        (self.weight, self.loss) = (0.0, 0.0);
        self.numbers.fill(0.0);
        let n = self.parameters();
        self.numbers.iter_mut().take(n).zip(point).for_each(|(to, x)| *to = x);
    }

    /// Whether rows were computed in f32.
    pub fn is_narrow(&self) -> bool {
        self.narrow > 0
    }

    /// What was seen so far.
    pub fn finish(&self) -> MatrixLossReport {
        MatrixLossReport {
            rows: self.rows,
            rejected_rows: self.rejected,
            weight: self.weight,
            loss: if self.weight > 0.0 { self.loss / self.weight } else { f64::NAN },
        }
    }

    /// Adds counts.
    pub fn count(&mut self, seen: &Seen, narrow: bool) {
        self.rows = self.rows.wrapping_add(seen.rows);
        self.rejected = self.rejected.wrapping_add(seen.rejected);
        self.narrow = self.narrow.wrapping_add(if narrow { seen.rows } else { 0 });
        self.weight += seen.weight;
        self.loss += seen.loss;
    }

    /// The numbers, apart; nothing if the bytes are not what they say.
    pub fn parts(&mut self) -> Option<Parts<'_>> {
        let Shape { form, classes } = self.shape();
        let scales = form.scales(classes)?;
        let n = scales.checked_add(classes)?;
        let (point, rest) = self.numbers.split_at_mut_checked(n)?;
        let (gradients, rest) = rest.split_at_mut_checked(n)?;
        let (curvatures, weights) = rest.split_at_mut_checked(n)?;
        let (gradient, bias_gradient) = gradients.split_at_mut_checked(scales)?;
        let (curvature, bias_curvature) = curvatures.split_at_mut_checked(scales)?;
        let (scales, biases) = point.split_at_checked(scales)?;
        Some(Parts {
            scales,
            biases,
            gradient,
            curvature,
            bias_gradient,
            bias_curvature,
            classes: weights,
        })
    }
}
