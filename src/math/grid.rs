//! Exact sums of f64 over lanes.
//!
//! A term is cut into three parts, each a multiple of its own grid, by adding and
//! taking away a magic number; what is below the last grid is rounded. Parts of one
//! grid add up without any rounding as long as there are not too many, so the sum is
//! that of whole numbers: any order and any split give the same. Now and then the
//! parts go into a [`Fixed`] sum, whose unit is finer than the last grid.

use super::fixed::Fixed;
use crate::simd::{Lanes, Real};

/// Terms must be smaller in magnitude.
pub const LIMIT: f64 = 1024.0;

/// Terms that may be added to one lane before it is emptied.
pub const MOST: usize = 1 << 16;

/// The grids: 36, 35 and 35 bits of a term, so that 2^17 of them fit in 53 bits.
const GRIDS: [f64; 3] = [power(-26), power(-62), power(-98)];

/// What, added and taken away, rounds to a grid.
const MAGIC: [f64; 3] = [f64::MAGIC * GRIDS[0], f64::MAGIC * GRIDS[1], f64::MAGIC * GRIDS[2]];

/// `2^n`.
const fn power(n: i32) -> f64 {
    f64::from_bits(((1023 + n) as u64) << 52)
}

/// The parts of a term.
#[inline(always)]
pub fn parts(x: f64) -> [f64; 3] {
    let high = (x + MAGIC[0]) - MAGIC[0];
    let rest = x - high;
    let middle = (rest + MAGIC[1]) - MAGIC[1];
    let rest = rest - middle;
    [high, middle, (rest + MAGIC[2]) - MAGIC[2]]
}

/// Adds one term to a sum, as lanes would.
pub fn add<const LIMBS: usize>(sum: &mut Fixed<LIMBS>, x: f64) {
    parts(x).into_iter().for_each(|part| sum.add(part));
}

/// A sum in lanes.
#[derive(Clone, Copy)]
pub struct LaneSum<S: Lanes<f64>>([S::V; 3]);

impl<S: Lanes<f64>> LaneSum<S> {
    /// Nothing.
    #[inline(always)]
    pub fn new(s: S) -> Self {
        LaneSum([s.splat(0.0); 3])
    }

    /// Adds a term a lane.
    #[inline(always)]
    pub fn add(&mut self, s: S, mut x: S::V) {
        for (sum, magic) in self.0.iter_mut().zip(MAGIC) {
            let magic = s.splat(magic);
            let part = s.sub(s.add(x, magic), magic);
            *sum = s.add(*sum, part);
            x = s.sub(x, part);
        }
    }

    /// Adds the lanes to sums that wait in memory.
    #[inline(always)]
    pub fn store(self, s: S, to: &mut Waiting) {
        for (sums, part) in to.0.iter_mut().zip(self.0) {
            // SAFETY: no lanes of f64 are more than there is room for.
            unsafe {
                let at = sums.as_mut_ptr();
                s.put(at, s.add(s.get(at), part));
            }
        }
    }
}

/// The most lanes of f64 that there are.
const LANES: usize = 8;

/// The parts of a sum in lanes.
#[derive(Clone, Copy)]
pub struct Waiting([[f64; LANES]; 3]);

impl Waiting {
    /// Nothing.
    pub const ZERO: Waiting = Waiting([[0.0; LANES]; 3]);

    /// Empties it into a sum.
    pub fn flush<const LIMBS: usize>(&mut self, sum: &mut Fixed<LIMBS>) {
        self.0.as_flattened_mut().iter_mut().for_each(|part| {
            sum.add(*part);
            *part = 0.0;
        });
    }
}
