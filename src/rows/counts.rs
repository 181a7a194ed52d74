//! How many entries of a row are above a number and how many are equal to it: all
//! that ranks are made of.

use super::numbers::Numbers;
use super::pass::{Pass, walk_singly};
use crate::simd::{Elem, Io, Kernel, M, Real, V};

/// What a row holds beside a number.
#[derive(Clone, Copy, Debug, Default)]
pub struct Counts {
    /// Entries above it.
    pub greater: u64,
    /// Entries equal to it.
    pub equal: u64,
    /// Whether there is a NaN among the entries.
    pub nan: bool,
}

/// Counts `n` numbers beside `threshold`, which is one of their type.
///
/// # Safety
/// There must be `n` numbers, aligned.
pub unsafe fn counts(numbers: &Numbers, n: usize, threshold: f64) -> Counts {
    match *numbers {
        Numbers::F32(row) => count(row, n, threshold),
        Numbers::F64(row) => count(row, n, threshold),
        Numbers::F16(row) => count(row, n, threshold),
        Numbers::Bf16(row) => count(row, n, threshold),
    }
}

/// A call for each storage type, so that doors are entered in one place.
#[inline(never)]
fn count<E: Elem>(row: *const E, n: usize, threshold: f64) -> Counts {
    E::dispatch(Count { row, n, threshold })
}

struct Count<E: Elem> {
    row: *const E,
    n: usize,
    threshold: f64,
}

impl<E: Elem> Kernel<E> for Count<E> {
    type Out = Counts;

    #[inline(always)]
    fn run<S: Io<E>>(self, s: S) -> Counts {
        let threshold = s.splat(E::Acc::of(self.threshold));
        let mut pass =
            CountPass::<E, S> { threshold, greater: 0, equal: 0, nan: s.head(0), fill: 0 };
        // SAFETY: `counts` was promised the numbers.
        unsafe { walk_singly(s, self.row, self.n, E::Acc::NEG_INFINITY, &mut pass) };
        let nan = s.bits(pass.nan) != 0;
        // What stands after the tail is not among the numbers.
        let fill = if self.threshold == f64::NEG_INFINITY { pass.fill } else { 0 };
        Counts { greater: pass.greater, equal: pass.equal - fill, nan }
    }
}

/// The fill is -inf, which is above nothing and no NaN.
struct CountPass<E: Elem, S: Io<E>> {
    threshold: V<E, S>,
    greater: u64,
    equal: u64,
    nan: M<E, S>,
    fill: u64,
}

impl<E: Elem, S: Io<E>> Pass<E, S> for CountPass<E, S> {
    #[inline(always)]
    fn step(&mut self, s: S, v: V<E, S>, _: usize) {
        self.greater += u64::from(s.bits(s.gt(v, self.threshold)).count_ones());
        self.equal += u64::from(s.bits(s.eq(v, self.threshold)).count_ones());
        self.nan = s.or(self.nan, s.nan(v));
    }

    #[inline(always)]
    fn tail(&mut self, s: S, v: V<E, S>, at: usize, n: usize) {
        self.fill = (<S as crate::simd::Lanes<E::Acc>>::N - n) as u64;
        self.step(s, v, at);
    }
}
