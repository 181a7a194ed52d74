//! TempNet's head: the temperature of a row of logits, or of a feature vector, by a
//! small network whose last layer looks at what stands out among its outputs.
//!
//! `v = W2 sigmoid(W1 x / |x| + b1) + b2`, `w = softmax(v / e^s)`, and
//! `tau = tau_min + (tau_max - tau_min) sigmoid(sum_j a_j (w_j - 1 / m) v_j + c)`.

use crate::rows::numbers::Numbers;

/// The sizes, and the bounds of the temperature.
#[derive(Clone, Copy)]
pub struct Net<'a> {
    /// `W1` row by row, `b1`, `W2` row by row, `b2`, `s`, `a`, `c`.
    pub parameters: &'a [f64],
    /// Numbers of a row.
    pub inputs: usize,
    /// Hidden units.
    pub hidden: usize,
    /// Outputs of the second layer.
    pub outputs: usize,
    /// The least temperature.
    pub tau_min: f64,
    /// The largest.
    pub tau_max: f64,
}

/// How many parameters a network has, if that can be said.
pub fn count(inputs: usize, hidden: usize, outputs: usize) -> Option<usize> {
    let first = hidden.checked_mul(inputs.checked_add(1)?)?;
    let second = outputs.checked_mul(hidden.checked_add(2)?)?;
    first.checked_add(second)?.checked_add(2)
}

fn sigmoid(x: f64) -> f64 {
    let e = libm::exp(-x.abs());
    (if x < 0.0 { e } else { 1.0 }) / (1.0 + e)
}

/// `y_i = b_i + sum_j a_ij x_j`, `a` row by row.
#[inline(never)]
fn linear(a: &[f64], b: &[f64], n: usize, x: &dyn Fn(usize) -> f64, y: &mut [f64]) {
    let get = |i: usize| a.get(i).copied().unwrap_or(0.0);
    for (i, (y, b)) in y.iter_mut().zip(b).enumerate() {
        *y = (0..n).fold(*b, |sum, j| sum + get(i * n + j) * x(j));
    }
}

impl Net<'_> {
    /// The temperature of a row, with room for hidden units and outputs.
    #[inline(never)]
    fn row(&self, x: &dyn Fn(usize) -> f64, units: &mut [f64], v: &mut [f64]) -> Option<f64> {
        let Net { parameters, inputs, hidden, outputs, .. } = *self;
        let (w1, rest) = parameters.split_at_checked(hidden * inputs)?;
        let (b1, rest) = rest.split_at_checked(hidden)?;
        let (w2, rest) = rest.split_at_checked(outputs * hidden)?;
        let (b2, rest) = rest.split_at_checked(outputs)?;
        let (log_width, rest) = rest.split_first()?;
        let (a, rest) = rest.split_at_checked(outputs)?;
        let c = rest.first()?;
        // Relative to the largest, whose square may be no number.
        let most = (0..inputs).fold(0.0, |most, j| {
            let size = x(j).abs();
            if size.is_nan() || size > most { size } else { most }
        });
        let square = (0..inputs).fold(0.0, |sum, j| sum + (x(j) / most) * (x(j) / most));
        let length = f64::max(most * libm::sqrt(square), 1e-12);
        let length = if most > 0.0 { length } else { 1e-12 };
        linear(w1, b1, inputs, &|j| x(j) / length, units);
        units.iter_mut().for_each(|unit| *unit = sigmoid(*unit));
        let units = &*units;
        linear(w2, b2, hidden, &|j| units.get(j).copied().unwrap_or(0.0), v);
        let width = libm::exp(*log_width);
        let top = v.iter().fold(f64::NEG_INFINITY, |top, v| top.max(*v));
        let e = |v: f64| libm::exp((v - top) / width);
        let sum = v.iter().fold(0.0, |sum, v| sum + e(*v));
        let even = 1.0 / outputs as f64;
        let along = v.iter().zip(a).fold(*c, |along, (v, a)| along + a * (e(*v) / sum - even) * v);
        let nan = if most.is_nan() { f64::NAN } else { 0.0 };
        Some(nan + self.tau_min + (self.tau_max - self.tau_min) * sigmoid(along))
    }
}

/// The temperatures of rows.
///
/// # Safety
/// Number `j` of row `r` must be number `r * stride + j`, `tau` writable for `rows`.
pub unsafe fn apply(
    net: &Net,
    (x, stride, rows): (Numbers, usize, usize),
    room: &mut [f64],
    tau: *mut f64,
) {
    let Some((units, v)) = room.split_at_mut_checked(net.hidden) else { return };
    for r in 0..rows {
        let row = x.from(r * stride);
        // SAFETY: the caller vouches for both arrays.
        unsafe { *tau.add(r) = net.row(&|j| row.get(j), units, v).unwrap_or(f64::NAN) };
    }
}
