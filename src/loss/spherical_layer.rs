//! A linear layer of very many outputs under a loss of the spherical family, in parts that
//! a step of gradient descent changes without touching every output's weights.
//!
//! The weights are `W = V U + 1 w'`: a row of `V` for each output, one small matrix and one
//! row for all. Beside them stand the inverse of `U`, the Gram matrix `Q = W' W` and the sum
//! of the rows of `W`: with `Q` and the sums, an input's `q` and `s` need no output.

use crate::math::dense::{Left, add, identity, multiply_add, row, row_mut};
use crate::state::{Head, Kind, Params, State};

/// The layer, plain bytes.
#[repr(C)]
pub struct SphericalLayer {
    head: Head,
    dims: u64,
    /// 1 if `V` is stored in single precision, else 0.
    narrow: u64,
    /// `U`, its inverse and `Q`, the row for all outputs, the sum of rows, and `V`.
    numbers: [f64],
}

/// Words of `V`.
fn words(classes: usize, dims: usize, narrow: bool) -> Option<usize> {
    let weights = classes.checked_mul(dims)?;
    Some(if narrow { weights.div_ceil(2) } else { weights })
}

/// All numbers of a layer, if there can be one.
fn numbers(params: &Params) -> Option<usize> {
    let (classes, dims) = (params.param as usize, usize::try_from(params.words[0]).ok()?);
    if classes == 0 || dims == 0 || params.words[1] > 1 {
        return None;
    }
    let small = dims.checked_mul(3)?.checked_add(2)?.checked_mul(dims)?;
    small.checked_add(words(classes, dims, params.words[1] == 1)?)
}

// SAFETY: repr(C) of u64s and f64s behind a head of 16 bytes.
unsafe impl State for SphericalLayer {
    const KIND: Kind = Kind::SphericalLayer;
    const WORDS: usize = 2;

    fn size(params: &Params) -> Option<usize> {
        let bytes = numbers(params)?.checked_add(4)?.checked_mul(size_of::<f64>())?;
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

/// Its parts, to read.
pub struct Parts<'a> {
    /// `U`.
    pub map: &'a [f64],
    /// Its inverse.
    pub inverse: &'a [f64],
    /// `W' W`.
    pub gram: &'a [f64],
    /// The row that all outputs have.
    pub shared: &'a [f64],
    /// The sum of the rows of `W`.
    pub sums: &'a [f64],
    rows: &'a [f64],
    narrow: bool,
}

/// Its parts, to change.
pub struct PartsMut<'a> {
    /// As those of [`Parts`].
    pub map: &'a mut [f64],
    /// As above.
    pub inverse: &'a mut [f64],
    /// As above.
    pub gram: &'a mut [f64],
    /// As above.
    pub shared: &'a mut [f64],
    /// As above.
    pub sums: &'a mut [f64],
    rows: &'a mut [f64],
    narrow: bool,
}

/// Doubles as singles.
fn singles(x: &[f64]) -> &[f32] {
    // SAFETY: two singles take the room of a double and ask for less alignment; all bits
    // are numbers.
    unsafe { core::slice::from_raw_parts(x.as_ptr().cast(), 2 * x.len()) }
}

fn singles_mut(x: &mut [f64]) -> &mut [f32] {
    // SAFETY: as above.
    unsafe { core::slice::from_raw_parts_mut(x.as_mut_ptr().cast(), 2 * x.len()) }
}

impl Parts<'_> {
    /// Reads row `k` of `V`.
    #[inline(never)]
    pub fn read(&self, k: usize, to: &mut [f64]) {
        read(self.rows, self.narrow, k, to);
    }

    /// Reads row `k` of `W`, with room for one of `V`.
    pub fn weights(&self, k: usize, room: &mut [f64], to: &mut [f64]) {
        self.read(k, room);
        copy(to, self.shared);
        multiply_add(to, 1.0, Left::plain(room, room.len()), self.map, room.len());
    }
}

/// A copy that does not ask whether there is as much of both.
#[inline(always)]
fn copy(to: &mut [f64], from: &[f64]) {
    to.iter_mut().zip(from).for_each(|(to, from)| *to = *from);
}

fn read(rows: &[f64], narrow: bool, k: usize, to: &mut [f64]) {
    let at = k * to.len();
    if narrow {
        let from = singles(rows).iter().skip(at);
        to.iter_mut().zip(from).for_each(|(to, x)| *to = f64::from(*x));
    } else {
        copy(to, rows.get(at..).unwrap_or(&[]));
    }
}

impl PartsMut<'_> {
    /// The same, to read.
    pub fn parts(&self) -> Parts<'_> {
        Parts {
            map: self.map,
            inverse: self.inverse,
            gram: self.gram,
            shared: self.shared,
            sums: self.sums,
            rows: self.rows,
            narrow: self.narrow,
        }
    }

    /// Writes row `k` of `V`.
    #[inline(never)]
    pub fn write(&mut self, k: usize, from: &[f64]) {
        let at = k * from.len();
        if self.narrow {
            let to = singles_mut(self.rows).iter_mut().skip(at);
            to.zip(from).for_each(|(to, x)| *to = *x as f32);
        } else {
            let to = self.rows.get_mut(at..).unwrap_or(&mut []);
            copy(to, from);
        }
    }
}

/// How far what is kept is from what it is kept of.
#[derive(Clone, Copy)]
pub struct Drift {
    /// `U` times its inverse, from the identity.
    pub inverse: f64,
    /// `Q`, relative to its largest entry.
    pub gram: f64,
    /// The sum of rows, relative to the most that it could be.
    pub sums: f64,
}

impl SphericalLayer {
    /// Outputs.
    pub fn classes(&self) -> usize {
        self.head.param as usize
    }

    /// Numbers of an input.
    pub fn dims(&self) -> usize {
        self.dims as usize
    }

    /// Its parts, to read.
    pub fn parts(&self) -> Parts<'_> {
        let d = self.dims();
        fn cut(x: &[f64], n: usize) -> (&[f64], &[f64]) {
            x.split_at_checked(n).unwrap_or((&[], &[]))
        }
        let (map, rest) = cut(&self.numbers, d * d);
        let (inverse, rest) = cut(rest, d * d);
        let (gram, rest) = cut(rest, d * d);
        let (shared, rest) = cut(rest, d);
        let (sums, rows) = cut(rest, d);
        Parts { map, inverse, gram, shared, sums, rows, narrow: self.narrow == 1 }
    }

    /// Its parts, to change.
    pub fn parts_mut(&mut self) -> PartsMut<'_> {
        fn cut(x: &mut [f64], n: usize) -> (&mut [f64], &mut [f64]) {
            x.split_at_mut_checked(n).unwrap_or((&mut [], &mut []))
        }
        let (d, narrow) = (self.dims(), self.narrow == 1);
        let (map, rest) = cut(&mut self.numbers, d * d);
        let (inverse, rest) = cut(rest, d * d);
        let (gram, rest) = cut(rest, d * d);
        let (shared, rest) = cut(rest, d);
        let (sums, rows) = cut(rest, d);
        PartsMut { map, inverse, gram, shared, sums, rows, narrow }
    }

    /// Begins with these weights: `fill` writes row `k` over zeros, or leaves them. The bytes
    /// were just initialised.
    pub fn start(&mut self, fill: &dyn Fn(usize, &mut [f64])) {
        let classes = self.classes();
        let mut parts = self.parts_mut();
        let weights = core::mem::take(&mut parts.sums);
        for k in 0..classes {
            fill(k, weights);
            parts.write(k, weights);
        }
        self.settle();
    }

    /// Writes `W` into `V`, so that `U` is the identity again, and finds anew what is kept.
    pub fn refactor(&mut self) {
        let (classes, d) = (self.classes(), self.dims());
        let mut parts = self.parts_mut();
        // Both are found anew afterwards, so they are room now.
        let (sums, gram) = (core::mem::take(&mut parts.sums), core::mem::take(&mut parts.gram));
        for k in 0..classes {
            let weights = row_mut(gram, 0, d);
            parts.parts().weights(k, sums, weights);
            parts.write(k, weights);
        }
        self.settle();
    }

    /// What is kept, of rows of `V` that are those of `W`.
    fn settle(&mut self) {
        let (classes, d) = (self.classes(), self.dims());
        let parts = self.parts_mut();
        identity(parts.map, d);
        identity(parts.inverse, d);
        parts.gram.fill(0.0);
        parts.sums.fill(0.0);
        for k in 0..classes {
            read(parts.rows, parts.narrow, k, parts.shared);
            multiply_add(parts.gram, 1.0, Left::transposed(parts.shared, d), parts.shared, d);
            add(parts.sums, 1.0, parts.shared);
        }
        parts.shared.fill(0.0);
    }

    /// How far the inverse is from one, with room for a row.
    pub fn inverse_drift(&self, room: &mut [f64]) -> f64 {
        let (parts, d) = (self.parts(), self.dims());
        let mut most = 0.0;
        for i in 0..d {
            room.fill(0.0);
            multiply_add(room, 1.0, Left::plain(row(parts.map, i, d), d), parts.inverse, d);
            for (j, x) in room.iter().enumerate() {
                most = larger(most, x - if i == j { 1.0 } else { 0.0 });
            }
        }
        most
    }

    /// How far all that is kept has drifted, with room for a square and three rows.
    pub fn drift(&self, room: &mut [f64]) -> Drift {
        let (parts, d) = (self.parts(), self.dims());
        let nothing = Drift { inverse: f64::NAN, gram: f64::NAN, sums: f64::NAN };
        let Some((gram, rest)) = room.split_at_mut_checked(d * d) else { return nothing };
        let Some((sums, rest)) = rest.split_at_mut_checked(d) else { return nothing };
        let Some((weights, rest)) = rest.split_at_mut_checked(d) else { return nothing };
        let rest = row_mut(rest, 0, d);
        let inverse = self.inverse_drift(rest);
        gram.fill(0.0);
        sums.fill(0.0);
        for k in 0..self.classes() {
            parts.weights(k, rest, weights);
            multiply_add(gram, 1.0, Left::transposed(weights, d), weights, d);
            add(sums, 1.0, weights);
        }
        let size = gram.iter().fold(0.0, |most, x| larger(most, *x));
        let most =
            |a: &[f64], b: &[f64]| a.iter().zip(b).fold(0.0, |most, (a, b)| larger(most, a - b));
        let relative = |x: f64, size: f64| if x == 0.0 { 0.0 } else { x / size };
        Drift {
            inverse,
            gram: relative(most(parts.gram, gram), size),
            sums: relative(most(parts.sums, sums), libm::sqrt(size * self.classes() as f64)),
        }
    }
}

/// The larger magnitude; NaN if either is.
fn larger(most: f64, x: f64) -> f64 {
    if x.abs() <= most { most } else { x.abs() }
}
