//! Products of a few rows with a matrix, in f64: `u = W z + b`, and what the rows add to
//! the gradient and the curvature of `W`.

use super::row_shares::{Terms, exponentials};
use crate::math::exp::Scale;
use crate::math::ln::ln_small;
use crate::simd::{Io, Kernel, Lanes};

/// Rows that are multiplied together.
pub const ROWS: usize = 8;

/// `u = W z + b` for [`ROWS`] rows of scratch; -inf past the last column.
pub struct Product<'a> {
    /// Rows, `width` numbers each, 0 past the last column.
    pub z: *mut f64,
    /// Results, likewise.
    pub u: *mut f64,
    /// Columns, and numbers of a row of scratch.
    pub cols: usize,
    pub width: usize,
    /// The matrix, row by row, and biases.
    pub matrix: &'a [f64],
    pub biases: &'a [f64],
    /// If above 0, rows are first replaced by the logarithms of what they are, or of this
    /// if that is more.
    pub eps: f64,
}

impl Kernel<f64> for Product<'_> {
    type Out = ();

    #[inline(always)]
    fn run<S: Io<f64>>(self, s: S) {
        let lanes = <S as Lanes<f64>>::N;
        let n = self.cols;
        // SAFETY: whoever made this vouched for the scratch; slices are checked.
        unsafe {
            if self.eps > 0.0 {
                for r in 0..ROWS {
                    logarithms(s, self.z.add(r * self.width), n, self.eps);
                }
            }
            let rows = self.matrix.chunks_exact(n.max(1)).zip(self.biases);
            for (k, (row, bias)) in rows.enumerate().take(n) {
                let mut sums = [s.splat(0.0); ROWS];
                let mut at = 0;
                while at < n {
                    let w = head(s, row.as_ptr().add(at), n - at);
                    for (r, sum) in sums.iter_mut().enumerate() {
                        *sum = s.mul_add(w, s.get(self.z.add(r * self.width + at)), *sum);
                    }
                    at += lanes;
                }
                for (r, sum) in sums.iter().enumerate() {
                    let sum = s.wide_sum(s.wide_add(s.wide_zero(), *sum));
                    *self.u.add(r * self.width + k) = sum + bias;
                }
            }
            for r in 0..ROWS {
                for k in n..self.width {
                    *self.u.add(r * self.width + k) = f64::NEG_INFINITY;
                }
            }
        }
    }
}

/// `N` numbers, or the first `n` and then zeros.
#[inline(always)]
unsafe fn head<S: Io<f64>>(s: S, from: *const f64, n: usize) -> <S as Lanes<f64>>::V {
    // SAFETY: the caller vouches for the numbers.
    unsafe { if n >= <S as Lanes<f64>>::N { s.load(from) } else { s.load_head(from, n, 0.0) } }
}

/// Stores as many.
#[inline(always)]
unsafe fn put_head<S: Io<f64>>(s: S, to: *mut f64, n: usize, v: <S as Lanes<f64>>::V) {
    // SAFETY: the caller vouches for the numbers.
    unsafe { if n >= <S as Lanes<f64>>::N { s.store(to, v) } else { s.store_head(to, n, v) } }
}

#[inline(always)]
unsafe fn logarithms<S: Io<f64>>(s: S, row: *mut f64, n: usize, eps: f64) {
    let mut at = 0;
    while at < n {
        // SAFETY: the caller vouches for the row.
        unsafe {
            let p = s.max(head(s, row.add(at), n - at), s.splat(eps));
            put_head(s, row.add(at), n - at, ln_small::<f64, S>(s, p));
        }
        at += <S as Lanes<f64>>::N;
    }
}

/// Makes of mapped logits what each adds to the gradient and to the curvature of its bias.
pub struct Shares<'a> {
    /// Mapped logits, then slopes.
    pub u: *mut f64,
    /// Curvatures.
    pub c: *mut f64,
    /// Numbers of a row.
    pub width: usize,
    /// The scale of exponentials: 1.
    pub scale: Scale<f64>,
    /// Labels and weights of the rows; weight 0 where there is none.
    pub labels: &'a [usize; ROWS],
    pub weights: &'a [f64; ROWS],
    /// What the rows come to.
    pub terms: &'a mut [Terms; ROWS],
}

impl Kernel<f64> for Shares<'_> {
    type Out = ();

    #[inline(always)]
    fn run<S: Io<f64>>(self, s: S) {
        let rows = self.labels.iter().zip(self.weights).zip(self.terms.iter_mut());
        for (r, ((label, weight), terms)) in rows.enumerate() {
            // SAFETY: whoever made this vouched for the scratch and the labels.
            unsafe {
                let u = self.u.add(r * self.width);
                let c = self.c.add(r * self.width);
                let top = (0..self.width).fold(f64::NEG_INFINITY, |top, k| {
                    let u = *u.add(k);
                    if u > top { u } else { top }
                });
                *terms = exponentials(s, (u, self.width), *label, top, &self.scale);
                let good = terms.share > 0.0 && *weight > 0.0;
                for k in 0..self.width {
                    let p = *u.add(k) * terms.share;
                    let g = weight * p;
                    *u.add(k) = if good { g } else { 0.0 };
                    *c.add(k) = if good { g - g * p } else { 0.0 };
                }
                if good {
                    *u.add(*label) = -weight * terms.miss;
                    *c.add(*label) = weight * terms.own * terms.miss;
                }
            }
        }
    }
}

/// Adds the products of slopes and of curvatures with the rows.
pub struct Outer<'a> {
    /// Rows, slopes and curvatures, as above.
    pub z: *const f64,
    pub g: *const f64,
    pub c: *const f64,
    /// Columns, and numbers of a row of scratch.
    pub cols: usize,
    pub width: usize,
    /// The gradient of the matrix, row by row, and its curvature.
    pub gradient: &'a mut [f64],
    pub curvature: &'a mut [f64],
}

impl Kernel<f64> for Outer<'_> {
    type Out = ();

    #[inline(always)]
    fn run<S: Io<f64>>(self, s: S) {
        let (lanes, n) = (<S as Lanes<f64>>::N, self.cols);
        let mut at = 0;
        while at < n {
            let mut z = [s.splat(0.0); ROWS];
            for (r, z) in z.iter_mut().enumerate() {
                // SAFETY: whoever made this vouched for the scratch.
                *z = unsafe { s.get(self.z.add(r * self.width + at)) };
            }
            let gradients = self.gradient.chunks_exact_mut(n);
            let curvatures = self.curvature.chunks_exact_mut(n);
            for (k, (gradient, curvature)) in gradients.zip(curvatures).enumerate().take(n) {
                // SAFETY: as above; `at` is below the number of columns.
                unsafe {
                    let (to, of) = (gradient.as_mut_ptr().add(at), curvature.as_mut_ptr().add(at));
                    let (mut g, mut c) = (head(s, to, n - at), head(s, of, n - at));
                    for (r, z) in z.iter().enumerate() {
                        let i = r * self.width + k;
                        g = s.mul_add(s.splat(*self.g.add(i)), *z, g);
                        c = s.mul_add(s.mul(s.splat(*self.c.add(i)), *z), *z, c);
                    }
                    put_head(s, to, n - at, g);
                    put_head(s, of, n - at, c);
                }
            }
            at += lanes;
        }
    }
}
