//! Exact sums of two columns on their way from lanes to memory.

use super::lanes::{self, Cut, Fit, LaneProducts, LaneSum, Pieces, magic};
use super::moments::{Sum, SumOfProducts};
use crate::math::fixed::UNIT;
use crate::simd::Io;

/// Sums of two columns of numbers.
pub trait Pair {
    /// Whether there are sums of products.
    const PRODUCTS: bool;
    /// Adds one row, whatever it is.
    fn add(&mut self, x: f64, y: f64, weight: f64);
    /// Counts rows of weight 1 that are in all sums.
    fn count(&mut self, rows: u64);
    /// Of x, and of y.
    fn sums(&mut self) -> [&mut Sum; 2];
    /// Of squares of x, products, and squares of y.
    fn products(&mut self) -> Option<[&mut SumOfProducts; 3]>;
}

/// A weight as a multiple of [`UNIT`].
pub fn rounded(weight: f64) -> f64 {
    const MAGIC: f64 = 6755399441055744.0 * UNIT;
    if weight < MAGIC / 8.0 { (weight + MAGIC) - MAGIC } else { weight }
}

/// Rows that are added at a time.
pub const BLOCK: usize = 512;

/// Vectors of a block with a row that lanes do not take: where, and which lanes.
pub struct Left {
    vectors: [u32; BLOCK / 2],
    count: usize,
}

impl Left {
    /// None.
    pub const NONE: Left = Left { vectors: [0; BLOCK / 2], count: 0 };

    #[inline(always)]
    fn push(&mut self, at: usize, lanes: u32) {
        if let Some(vector) = self.vectors.get_mut(self.count) {
            *vector = (at as u32) << 8 | lanes;
        }
        self.count += 1;
    }

    /// Rows of a block, by vectors of no more than 8.
    fn rows(&self) -> impl Iterator<Item = usize> + '_ {
        self.vectors.iter().take(self.count).flat_map(|vector| {
            let at = (vector >> 8) as usize;
            (0..8).filter(move |i| vector >> i & 1 != 0).map(move |i| at + i)
        })
    }
}

/// Two columns of a block of rows, each where it lies.
#[derive(Clone, Copy)]
pub struct Block {
    /// The one ..
    pub x: *const f64,
    /// .. and the other.
    pub y: *const f64,
    /// Weights, or null for 1 each.
    pub weights: *const f64,
    /// How many rows, at most [`BLOCK`].
    pub n: usize,
}

/// What is not in a [`Pair`] yet.
pub struct Waiting<S: Io<f64>> {
    sums: Sums<S>,
    cuts: [Cut; 2],
    vectors: usize,
}

#[derive(Clone, Copy)]
struct Sums<S: Io<f64>> {
    x: LaneSum<S>,
    y: LaneSum<S>,
    xx: LaneProducts<S>,
    xy: LaneProducts<S>,
    yy: LaneProducts<S>,
}

impl<S: Io<f64>> Waiting<S> {
    /// Nothing.
    #[inline(always)]
    pub fn new(s: S) -> Self {
        let (sum, products) = (LaneSum::new(s), LaneProducts::new(s));
        let sums = Sums { x: sum, y: sum, xx: products, xy: products, yy: products };
        Waiting { sums, cuts: [Cut::NONE; 2], vectors: 0 }
    }

    /// Adds a block to the sums in lanes, or to `to` itself.
    ///
    /// # Safety
    /// The rows of the block must be there.
    #[inline(always)]
    pub unsafe fn block<P: Pair>(&mut self, s: S, block: Block, left: &mut Left, to: &mut P) {
        let Block { x, y, n, .. } = block;
        left.count = 0;
        // SAFETY: the caller vouches for the rows.
        unsafe {
            if self.make_room(s, [lanes::most(s, x, n), lanes::most(s, y, n)], to) {
                self.lanes::<P>(s, block, left);
                for i in left.rows().take_while(|i| *i < n) {
                    add(to, block, i);
                }
            } else {
                (0..n).for_each(|i| add(to, block, i));
                return;
            }
        }
        let left = left.vectors.iter().take(left.count).map(|v| (v & 255).count_ones());
        to.count(n as u64 - u64::from(left.sum::<u32>()));
    }

    /// Whether the sums in lanes take a block of numbers up to `most`, emptied or not.
    #[inline(always)]
    fn make_room<P: Pair>(&mut self, s: S, most: [f64; 2], to: &mut P) -> bool {
        let [x, y] = [self.cuts[0].fit(most[0]), self.cuts[1].fit(most[1])];
        if matches!(x, Fit::Never) || matches!(y, Fit::Never) {
            return false;
        }
        let full = self.vectors + BLOCK.div_ceil(S::N) > lanes::MOST;
        if !(matches!(x, Fit::Same) && matches!(y, Fit::Same)) || full {
            self.empty(s, to);
            for (cut, fit) in self.cuts.iter_mut().zip([x, y]) {
                if let Fit::Other(other) = fit {
                    *cut = other;
                }
            }
        }
        true
    }

    #[inline(always)]
    unsafe fn lanes<P: Pair>(&mut self, s: S, block: Block, left: &mut Left) {
        let Block { x, y, weights, n } = block;
        let (mut sums, all) = (self.sums, s.bits(s.head(S::N)));
        let cuts = [magic(s, &self.cuts[0]), magic(s, &self.cuts[1])];
        for at in (0..n).step_by(S::N) {
            // SAFETY: the caller vouches for the rows.
            let (a, b) = unsafe { (lanes::vector(s, x, at, n), lanes::vector(s, y, at, n)) };
            let (mut a, keep_a) = Pieces::of(s, a, &cuts[0]);
            let (mut b, keep_b) = Pieces::of(s, b, &cuts[1]);
            let mut keep = s.and(keep_a, keep_b);
            if !weights.is_null() {
                // SAFETY: as above; of rows that are not there the weight is not 1.
                let weight = unsafe { lanes::vector(s, weights, at, n) };
                keep = s.and(keep, s.eq(weight, s.splat(1.0)));
            }
            if s.bits(keep) != all {
                (a, b) = (a.masked(s, keep), b.masked(s, keep));
                // Beyond the last row there is nothing to do by hand.
                let there = s.bits(s.head(S::N.min(n - at)));
                left.push(at, there & !s.bits(keep));
            }
            sums.x.add(s, &a);
            sums.y.add(s, &b);
            if P::PRODUCTS {
                sums.xx.add_square(s, &a);
                sums.xy.add(s, &a, &b);
                sums.yy.add_square(s, &b);
            }
        }
        self.sums = sums;
        self.vectors += n.div_ceil(S::N);
    }

    /// Empties the sums in lanes.
    #[inline(always)]
    pub fn empty<P: Pair>(&mut self, s: S, to: &mut P) {
        if self.vectors == 0 {
            return;
        }
        let ([x, y], sums) = (self.cuts, &mut self.sums);
        let [to_x, to_y] = to.sums();
        sums.x.flush(s, &x, to_x);
        sums.y.flush(s, &y, to_y);
        if let Some([xx, xy, yy]) = to.products() {
            sums.xx.flush(s, [&x, &x], true, xx);
            sums.xy.flush(s, [&x, &y], false, xy);
            sums.yy.flush(s, [&y, &y], true, yy);
        }
        self.vectors = 0;
    }
}

/// Adds row `i` of a block.
#[inline(always)]
unsafe fn add<P: Pair>(to: &mut P, block: Block, i: usize) {
    // SAFETY: the caller vouches for the row.
    unsafe {
        let weight = if block.weights.is_null() { 1.0 } else { *block.weights.add(i) };
        to.add(*block.x.add(i), *block.y.add(i), weight);
    }
}
