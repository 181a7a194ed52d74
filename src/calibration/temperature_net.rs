//! A network with one hidden layer that gives each row a temperature of its own:
//! `T = clamp(w2 relu(W1 f + b1) + b2)`, and its gradient, by which it is trained.

use crate::rows::numbers::Numbers;

/// The most hidden units.
pub const MOST_HIDDEN: usize = 1024;

/// The sizes, and the bounds of the temperature.
#[derive(Clone, Copy)]
pub struct Net<'a> {
    /// `W1` row by row, `b1`, `w2`, `b2`.
    pub parameters: &'a [f64],
    /// Features.
    pub inputs: usize,
    /// Hidden units, at most [`MOST_HIDDEN`].
    pub hidden: usize,
    /// The least temperature.
    pub t_min: f64,
    /// The largest.
    pub t_max: f64,
}

/// How many parameters a network has, if that can be said.
pub fn count(inputs: usize, hidden: usize) -> Option<usize> {
    hidden.checked_mul(inputs.checked_add(2)?)?.checked_add(1)
}

/// The parts of parameters, or of their gradient.
fn parts(all: &[f64], net: &Net) -> Option<(usize, usize, usize)> {
    let (b1, w2) = (net.hidden * net.inputs, net.hidden * (net.inputs + 1));
    (all.len() > w2 + net.hidden).then_some((b1, w2, w2 + net.hidden))
}

impl Net<'_> {
    /// Hidden units of a row of features, and the temperature before it is clamped.
    #[inline(never)]
    fn forward(&self, feature: &dyn Fn(usize) -> f64, units: &mut [f64]) -> f64 {
        let Some((b1, w2, b2)) = parts(self.parameters, self) else { return f64::NAN };
        let get = |i: usize| self.parameters.get(i).copied().unwrap_or(f64::NAN);
        let mut sum = get(b2);
        for (i, unit) in units.iter_mut().enumerate() {
            let row = i * self.inputs;
            let weighted =
                (0..self.inputs).fold(get(b1 + i), |sum, j| sum + get(row + j) * feature(j));
            // NaN is not made 0.
            *unit = if weighted < 0.0 { 0.0 } else { weighted };
            sum += get(w2 + i) * *unit;
        }
        sum
    }

    /// Within the bounds, or NaN.
    fn clamp(&self, t: f64) -> f64 {
        if t < self.t_min {
            self.t_min
        } else if t > self.t_max {
            self.t_max
        } else {
            t
        }
    }
}

/// The temperatures of rows of features.
///
/// # Safety
/// Feature `j` of row `r` must be number `r * stride + j`, `t` writable for `rows`.
pub unsafe fn apply(net: &Net, features: Numbers, stride: usize, rows: usize, t: *mut f64) {
    let mut room = [0.0; MOST_HIDDEN];
    let units = room.get_mut(..net.hidden).unwrap_or(&mut []);
    for r in 0..rows {
        // SAFETY: the caller vouches for features and temperatures.
        unsafe {
            let row = features.from(r * stride);
            *t.add(r) = net.clamp(net.forward(&|j| row.get(j), units));
        }
    }
}

/// Where the gradient goes.
pub struct Gradient<'a> {
    /// In the parameters, in their order: the sum over rows.
    pub parameters: &'a mut [f64],
    /// In the features, row by row, `inputs` each, or null.
    pub features: *mut f64,
}

/// The gradient, from that in the temperatures; that is 0 where they are clamped.
///
/// # Safety
/// As [`apply`], `dt` readable for `rows`, and `to.features` null or writable for as
/// many values as there are features.
pub unsafe fn grad(
    net: &Net,
    (features, stride, rows): (Numbers, usize, usize),
    dt: *const f64,
    to: &mut Gradient,
) {
    let mut room = [0.0; MOST_HIDDEN];
    let units = room.get_mut(..net.hidden).unwrap_or(&mut []);
    to.parameters.fill(0.0);
    for r in 0..rows {
        let row = features.from(r * stride);
        // SAFETY: the caller vouches for all arrays.
        let feature = |j: usize| unsafe { row.get(j) };
        let raw = net.forward(&feature, units);
        // SAFETY: as above.
        let given = unsafe { *dt.add(r) };
        let clamped = raw < net.t_min || raw > net.t_max;
        let along = if clamped { 0.0 } else { given };
        add(net, &feature, units, along, to.parameters);
        if !to.features.is_null() {
            for j in 0..net.inputs {
                // SAFETY: as above.
                unsafe { *to.features.add(r * net.inputs + j) = in_feature(net, j, units, along) };
            }
        }
    }
}

/// Adds a row's part of the gradient in the parameters.
#[inline(never)]
fn add(net: &Net, feature: &dyn Fn(usize) -> f64, units: &[f64], along: f64, to: &mut [f64]) {
    let Some((b1, w2, b2)) = parts(net.parameters, net) else { return };
    let mut more = |i: usize, x: f64| {
        if let Some(slot) = to.get_mut(i) {
            *slot += x;
        }
    };
    more(b2, along);
    for (i, unit) in units.iter().enumerate() {
        more(w2 + i, along * unit);
        if *unit != 0.0 && along != 0.0 {
            let through = along * net.parameters.get(w2 + i).copied().unwrap_or(0.0);
            more(b1 + i, through);
            (0..net.inputs).for_each(|j| more(i * net.inputs + j, through * feature(j)));
        }
    }
}

/// A row's gradient in feature `j`.
fn in_feature(net: &Net, j: usize, units: &[f64], along: f64) -> f64 {
    let Some((_, w2, _)) = parts(net.parameters, net) else { return f64::NAN };
    let get = |i: usize| net.parameters.get(i).copied().unwrap_or(f64::NAN);
    let active = units.iter().enumerate().filter(|(_, unit)| **unit != 0.0);
    let sum = active.fold(0.0, |sum, (i, _)| sum + get(w2 + i) * get(i * net.inputs + j));
    if along == 0.0 { 0.0 } else { along * sum }
}
