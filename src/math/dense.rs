//! Small dense matrices of doubles, row by row without gaps.

use crate::simd::{Elem, Io, Kernel};

/// Numbers that are added up side by side.
const WIDE: usize = 8;

/// Row `i` of rows of `d` numbers; nothing if there is none.
#[inline(always)]
pub fn row(x: &[f64], i: usize, d: usize) -> &[f64] {
    x.get(i * d..(i + 1) * d).unwrap_or(&[])
}

/// The same, to change.
#[inline(always)]
pub fn row_mut(x: &mut [f64], i: usize, d: usize) -> &mut [f64] {
    x.get_mut(i * d..(i + 1) * d).unwrap_or(&mut [])
}

/// The sum of products.
#[inline(never)]
pub fn dot(a: &[f64], b: &[f64]) -> f64 {
    let ((a, a_rest), (b, b_rest)) = (a.as_chunks::<WIDE>(), b.as_chunks::<WIDE>());
    let mut sums = [0.0; WIDE];
    for (a, b) in a.iter().zip(b) {
        for ((sum, a), b) in sums.iter_mut().zip(a).zip(b) {
            *sum += a * b;
        }
    }
    let rest: f64 = a_rest.iter().zip(b_rest).map(|(a, b)| a * b).sum();
    sums.iter().sum::<f64>() + rest
}

/// Adds `factor` times numbers to others.
#[inline(always)]
pub fn add(to: &mut [f64], factor: f64, x: &[f64]) {
    for (to, x) in to.iter_mut().zip(x) {
        *to += factor * x;
    }
}

/// Multiplies numbers.
#[inline(never)]
pub fn scale(x: &mut [f64], factor: f64) {
    x.iter_mut().for_each(|x| *x *= factor);
}

/// Makes a square matrix of `d` columns the identity.
pub fn identity(x: &mut [f64], d: usize) {
    x.fill(0.0);
    x.iter_mut().step_by((d + 1).max(1)).for_each(|x| *x = 1.0);
}

/// A matrix to multiply by, as it is or transposed.
#[derive(Clone, Copy)]
pub struct Left<'a> {
    numbers: &'a [f64],
    /// From row to row, and from column to column.
    steps: (usize, usize),
}

impl<'a> Left<'a> {
    /// Of `cols` columns.
    pub fn plain(numbers: &'a [f64], cols: usize) -> Self {
        Left { numbers, steps: (cols, 1) }
    }

    /// The transpose of a matrix of `cols` columns.
    pub fn transposed(numbers: &'a [f64], cols: usize) -> Self {
        Left { numbers, steps: (1, cols) }
    }
}

/// Adds `factor` times the product of two matrices to `to`; `to` and `right` have `d`
/// columns.
#[inline(never)]
pub fn multiply_add(to: &mut [f64], factor: f64, left: Left, right: &[f64], d: usize) {
    f64::dispatch(Product { to, factor, left, right, d });
}

struct Product<'a> {
    to: &'a mut [f64],
    factor: f64,
    left: Left<'a>,
    right: &'a [f64],
    d: usize,
}

impl Kernel<f64> for Product<'_> {
    type Out = ();

    // Plain loops, which become vectors behind the door.
    #[inline(always)]
    fn run<S: Io<f64>>(self, _: S) {
        let Product { to, factor, left: Left { numbers, steps }, right, d } = self;
        // No row is of nothing.
        let d = d.max(1);
        for (i, to) in to.chunks_exact_mut(d).enumerate() {
            for (k, right) in right.chunks_exact(d).enumerate() {
                let at = i * steps.0 + k * steps.1;
                add(to, factor * numbers.get(at).copied().unwrap_or(0.0), right);
            }
        }
    }
}

/// Solves `matrix x = right` in place, `matrix` of `m` columns, `right` of `d`, by
/// Gauss and Jordan with the largest pivots. False if the matrix, whose entries are of
/// terms around 1 or above, is singular, or as good as that.
pub fn solve(matrix: &mut [f64], m: usize, right: &mut [f64], d: usize) -> bool {
    let most = matrix.iter().fold(1.0, |most, x| f64::max(most, x.abs()));
    for c in 0..m {
        let size = |matrix: &[f64], r: usize| matrix.get(r * m + c).map_or(0.0, |x| x.abs());
        let best = (c + 1..m).fold(
            c,
            |best, r| {
                if size(matrix, r) > size(matrix, best) { r } else { best }
            },
        );
        let large = size(matrix, best) > 1e-12 * most;
        if !large {
            return false;
        }
        swap(matrix, (c, best), m);
        swap(right, (c, best), d);
        let pivot = row(matrix, c, m).get(c).map_or(0.0, |x| 1.0 / x);
        scale(row_mut(matrix, c, m), pivot);
        scale(row_mut(right, c, d), pivot);
        for r in (0..m).filter(|r| *r != c) {
            let factor = row(matrix, r, m).get(c).map_or(0.0, |x| -x);
            if let Some((to, from)) = two(matrix, (r, c), m) {
                add(to, factor, from);
            }
            if let Some((to, from)) = two(right, (r, c), d) {
                add(to, factor, from);
            }
        }
    }
    true
}

fn swap(x: &mut [f64], rows: (usize, usize), d: usize) {
    if let Some((a, b)) = two(x, rows, d) {
        a.iter_mut().zip(b).for_each(|(a, b)| core::mem::swap(a, b));
    }
}

/// Two rows, if they are two.
fn two(x: &mut [f64], (i, j): (usize, usize), d: usize) -> Option<(&mut [f64], &mut [f64])> {
    let (low, high) = (i.min(j), i.max(j));
    if low == high {
        return None;
    }
    let (before, behind) = x.split_at_mut_checked(high * d)?;
    let pair = (row_mut(before, low, d), row_mut(behind, 0, d));
    Some(if i < j { pair } else { (pair.1, pair.0) })
}
