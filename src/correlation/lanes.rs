//! Exact sums of numbers and of their products over lanes.
//!
//! A number below `2^e` is cut into three pieces, multiples of `2^(e - 22)`,
//! `2^(e - 44)` and `2^(e - 66)`. Products of two pieces are whole multiples of a
//! product of those units, at most 2^44 of them, so that those of one size add up
//! in f64 without rounding for [`MOST`] vectors. Where there are no products, pieces have
//! 44 bits rather than 22. A number that has bits below the last piece is left to whole
//! numbers ([`Fixed`](crate::math::fixed::Fixed)). As both ways are exact, where the cuts
//! are does not show in the sums.
//!
//! What is here runs behind doors; sums wait in memory between blocks, and `waiting.rs`
//! empties them outside.

use crate::simd::{Io, Kernel, Lanes, V};

/// Rows that are added at a time.
pub const BLOCK: usize = 512;

/// The most lanes of f64 that there are: rows of a block are a multiple of that.
pub const LANES: usize = 8;

/// Vectors that may be added to sums in lanes before they are emptied.
const MOST: usize = 400;

/// Sums in lanes: three of x, three of y, by size, and five of products each.
pub const PARTS: usize = 3 + 3 + 5 + 5 + 5;

type Vec64<S> = V<f64, S>;

/// Two columns of a block of rows, each where it lies.
#[derive(Clone, Copy)]
pub struct Block {
    /// The one ..
    pub x: *const f64,
    /// .. and the other.
    pub y: *const f64,
    /// Weights, or null for 1 each.
    pub weights: *const f64,
    /// How many rows, at most [`BLOCK`]; columns go on with 0, weights with 1, until
    /// they are a multiple of [`LANES`].
    pub n: usize,
}

impl Block {
    /// How many numbers there are to read.
    #[inline(always)]
    pub fn padded(&self) -> usize {
        self.n.next_multiple_of(LANES)
    }

    /// Weights, and what of the index of a row counts there.
    #[inline(always)]
    pub fn weights(&self) -> (*const f64, usize) {
        const ONES: [f64; LANES] = [1.0; LANES];
        if self.weights.is_null() { (ONES.as_ptr(), 0) } else { (self.weights, usize::MAX) }
    }
}

/// Where numbers of a column are cut.
#[derive(Clone, Copy)]
pub struct Cut {
    /// All numbers are below two to this power in magnitude.
    pub bound: i32,
    /// Whether it does for numbers up to a magnitude: those from here ..
    pub least: f64,
    /// .. up to below this.
    pub above: f64,
    /// What, added and taken away, rounds to the units.
    pub magic: [f64; 3],
}

impl Cut {
    /// Of a column without numbers.
    pub const NONE: Cut = Cut { bound: 0, least: 0.0, above: 0.0, magic: [0.0; 3] };
}

/// What has been added up in lanes.
pub struct LaneSums {
    /// By size and lane.
    pub parts: [[f64; LANES]; PARTS],
    /// Of x, and of y.
    pub cuts: [Cut; 2],
    /// How many vectors they hold.
    pub vectors: usize,
    /// The largest magnitudes of the last block.
    pub most: [f64; 2],
    /// Vectors of the last block with a row that was not taken: where, and which lanes.
    pub left: [u32; BLOCK / 2],
    /// How many of them.
    pub left_count: usize,
}

/// Adds a block, unless it has numbers for which the cuts do not do.
pub struct Add<'a, const PRODUCTS: bool> {
    /// What is added.
    pub block: Block,
    /// To what.
    pub sums: &'a mut LaneSums,
}

/// What became of a block.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Added {
    /// It asks for other cuts.
    Not,
    /// It was added.
    Yes,
    /// It was added, and there is no room for another.
    Full,
}

/// A vector of numbers in pieces.
#[derive(Clone, Copy)]
struct Pieces<S: Lanes<f64>> {
    pieces: [S::V; 3],
    /// The first two in one.
    high: S::V,
}

impl<S: Io<f64>> Pieces<S> {
    /// The pieces, and the lanes in which they are the whole number.
    #[inline(always)]
    fn of(
        s: S,
        products: bool,
        x: Vec64<S>,
        [first, second, third]: [Vec64<S>; 3],
    ) -> (Self, S::M) {
        let round = |x, magic| s.sub(s.add(x, magic), magic);
        let (pieces, high);
        if products {
            high = round(x, second);
            let x1 = round(high, first);
            pieces = [x1, s.sub(high, x1), s.sub(x, high)];
        } else {
            // Two pieces are more bits than a number has.
            high = round(x, first);
            let rest = s.sub(x, high);
            let x2 = round(rest, second);
            pieces = [high, x2, s.sub(rest, x2)];
        }
        let x3 = pieces[2];
        (Pieces { pieces, high }, s.eq(round(x3, third), x3))
    }

    /// 0 in the lanes without `keep`.
    #[inline(always)]
    fn masked(self, s: S, keep: S::M) -> Self {
        let zero = s.splat(0.0);
        let Pieces { pieces: [a, b, c], high } = self;
        let pieces = [s.select(keep, a, zero), s.select(keep, b, zero), s.select(keep, c, zero)];
        Pieces { pieces, high: s.select(keep, high, zero) }
    }

    /// Adds it to the sums of its column; of those for products, of which one is not
    /// used, as few as may be.
    #[inline(always)]
    fn add(&self, s: S, products: bool, [a, b, c]: [Vec64<S>; 3]) -> [Vec64<S>; 3] {
        let [x1, x2, x3] = self.pieces;
        if products {
            [a, s.add(b, self.high), s.add(c, x3)]
        } else {
            [s.add(a, x1), s.add(b, x2), s.add(c, x3)]
        }
    }
}

/// Adds products, by the size of the units.
#[inline(always)]
fn add_products<S: Io<f64>>(
    s: S,
    [x, y]: [&Pieces<S>; 2],
    [a, b, c, d, e]: [Vec64<S>; 5],
) -> [Vec64<S>; 5] {
    let ([x1, x2, x3], [y1, y2, y3]) = (x.pieces, y.pieces);
    [
        s.mul_add(x1, y1, a),
        s.mul_add(x2, y1, s.mul_add(x1, y2, b)),
        s.mul_add(x3, y1, s.mul_add(x2, y2, s.mul_add(x1, y3, c))),
        s.mul_add(x3, y2, s.mul_add(x2, y3, d)),
        s.mul_add(x3, y3, e),
    ]
}

/// Adds squares, where products of two different pieces count half in the second and the
/// fourth sum.
#[inline(always)]
fn add_squares<S: Io<f64>>(s: S, x: &Pieces<S>, [a, b, c, d, e]: [Vec64<S>; 5]) -> [Vec64<S>; 5] {
    let [x1, x2, x3] = x.pieces;
    [
        s.mul_add(x1, x1, a),
        s.mul_add(x1, x2, b),
        s.mul_add(s.add(x1, x1), x3, s.mul_add(x2, x2, c)),
        s.mul_add(x2, x3, d),
        s.mul_add(x3, x3, e),
    ]
}

/// The magnitude.
#[inline(always)]
pub fn magnitude<S: Io<f64>>(s: S, x: Vec64<S>) -> Vec64<S> {
    s.max(x, s.sub(s.splat(0.0), x))
}

impl<const PRODUCTS: bool> Kernel<f64> for Add<'_, PRODUCTS> {
    type Out = Added;

    #[inline(always)]
    fn run<S: Io<f64>>(self, s: S) -> Added {
        let Add { block, sums } = self;
        let parts: *mut f64 = sums.parts.as_mut_ptr().cast();
        // SAFETY: there are so many parts, of as many lanes as there may be.
        let part = |i: usize| unsafe { s.get(parts.add(LANES * i)) };
        let (mut x, mut y) = ([part(0), part(1), part(2)], [part(3), part(4), part(5)]);
        let five = |i| [part(i), part(i + 1), part(i + 2), part(i + 3), part(i + 4)];
        let (mut xx, mut xy, mut yy) = (five(6), five(11), five(16));
        let [cut_x, cut_y] = sums.cuts.each_ref().map(|cut| cut.magic.map(|x| s.splat(x)));
        let (all, one) = (s.bits(s.head(S::N)), s.splat(1.0));
        let (weights, mask) = block.weights();
        let (mut most_x, mut most_y) = (s.splat(0.0), s.splat(0.0));
        sums.left_count = 0;
        for at in (0..block.padded()).step_by(S::N) {
            // SAFETY: there are so many numbers, and weights where they count.
            let (a, b, weight) = unsafe {
                (s.get(block.x.add(at)), s.get(block.y.add(at)), s.get(weights.add(at & mask)))
            };
            // Of a NaN and another the second is kept.
            most_x = s.max(magnitude(s, a), most_x);
            most_y = s.max(magnitude(s, b), most_y);
            let (mut a, keep_a) = Pieces::of(s, PRODUCTS, a, cut_x);
            let (mut b, keep_b) = Pieces::of(s, PRODUCTS, b, cut_y);
            let keep = s.and(s.and(keep_a, keep_b), s.eq(weight, one));
            let kept = s.bits(keep);
            if kept != all {
                (a, b) = (a.masked(s, keep), b.masked(s, keep));
                if let Some(left) = sums.left.get_mut(sums.left_count) {
                    *left = (at as u32) << LANES | (all & !kept);
                }
                sums.left_count += 1;
            }
            x = a.add(s, PRODUCTS, x);
            y = b.add(s, PRODUCTS, y);
            if PRODUCTS {
                xx = add_squares(s, &a, xx);
                xy = add_products(s, [&a, &b], xy);
                yy = add_squares(s, &b, yy);
            }
        }
        sums.most = [s.reduce_max(most_x), s.reduce_max(most_y)];
        let fits = sums
            .cuts
            .iter()
            .zip(sums.most)
            .all(|(cut, most)| most < cut.above && (most >= cut.least || most == 0.0));
        if !fits {
            return Added::Not;
        }
        // SAFETY: as above.
        let put = |i: usize, v| unsafe { s.put(parts.add(LANES * i), v) };
        for i in 0..3 {
            put(i, x[i]);
            put(3 + i, y[i]);
        }
        if PRODUCTS {
            for i in 0..5 {
                put(6 + i, xx[i]);
                put(11 + i, xy[i]);
                put(16 + i, yy[i]);
            }
        }
        sums.vectors += block.padded() / S::N;
        if sums.vectors + BLOCK / S::N > MOST { Added::Full } else { Added::Yes }
    }
}
