//! Exact sums over lanes of terms whose size is known beforehand: two grids where
//! `grid.rs` needs three.
//!
//! Of a term below `2^top` the first part keeps 40 bits and the second 40 more, down
//! to `2^(top - 80)`, where it is rounded. 4096 parts of one grid add up without
//! rounding, however they are spread over lanes, so what goes into the [`Bounded`]
//! sum is exact and has no order.

use super::fixed::Bounded;
use crate::simd::Lanes;

/// Terms that may be added, over all lanes, before the sum is emptied.
pub const MOST: usize = 4096;

/// The magic numbers of both grids.
#[derive(Clone, Copy)]
pub struct Grids([f64; 2]);

impl Grids {
    /// For terms smaller in magnitude than `2^top`.
    pub const fn below(top: i32) -> Grids {
        Grids([magic(top - 40), magic(top - 80)])
    }

    /// The parts of a term a lane.
    #[inline(always)]
    pub fn parts<S: Lanes<f64>>(self, s: S, x: S::V) -> Parts<S> {
        let magic = s.splat(self.0[0]);
        let high = s.sub(s.add(x, magic), magic);
        self.with_low(s, high, s.sub(x, high))
    }

    /// The parts of a product a lane.
    #[inline(always)]
    pub fn of_product<S: Lanes<f64>>(self, s: S, a: S::V, b: S::V) -> Parts<S> {
        let magic = s.splat(self.0[0]);
        let high = s.sub(s.mul_add(a, b, magic), magic);
        self.with_low(s, high, s.mul_add(a, b, s.sub(s.splat(0.0), high)))
    }

    #[inline(always)]
    fn with_low<S: Lanes<f64>>(self, s: S, high: S::V, rest: S::V) -> Parts<S> {
        let magic = s.splat(self.0[1]);
        Parts([high, s.sub(s.add(rest, magic), magic)])
    }
}

/// A term a lane, in two parts.
#[derive(Clone, Copy)]
pub struct Parts<S: Lanes<f64>>([S::V; 2]);

impl<S: Lanes<f64>> Parts<S> {
    /// The parts. Those of a product may be more than fits into one number.
    #[inline(always)]
    pub fn both(self) -> [S::V; 2] {
        self.0
    }
}

/// `1.5 * 2^52` units of `2^unit`.
const fn magic(unit: i32) -> f64 {
    f64::from_bits(((1023 + 52 + unit) as u64) << 52 | 1 << 51)
}

/// A sum in lanes.
#[derive(Clone, Copy)]
pub struct LaneSum<S: Lanes<f64>>([S::V; 2]);

/// The most lanes of f64 that there are.
pub const LANES: usize = 8;

impl<S: Lanes<f64>> LaneSum<S> {
    /// Nothing.
    #[inline(always)]
    pub fn new(s: S) -> Self {
        LaneSum([s.splat(0.0); 2])
    }

    /// Adds a term a lane.
    #[inline(always)]
    pub fn add(&mut self, s: S, Parts([high, low]): Parts<S>) {
        self.0 = [s.add(self.0[0], high), s.add(self.0[1], low)];
    }

    /// Empties it into a sum.
    #[inline(always)]
    pub fn flush(&mut self, s: S, sum: &mut Bounded) {
        for part in &mut self.0 {
            let mut lanes = [0.0; LANES];
            // SAFETY: no lanes of f64 are more than there is room for.
            unsafe { s.put(lanes.as_mut_ptr(), *part) };
            sum.add(lanes.iter().sum());
            *part = s.splat(0.0);
        }
    }
}
