//! Exact sums of numbers and of their products over lanes.
//!
//! A number below `2^e` is cut into three pieces, multiples of `2^(e - 22)`,
//! `2^(e - 44)` and `2^(e - 66)`. Products of two pieces are whole multiples of a
//! product of those units, at most 2^44 of them, so that those of one size add up
//! in f64 without rounding for [`MOST`] vectors. A number that has bits below the last
//! piece is left to whole numbers ([`Fixed`](crate::math::fixed::Fixed)). As both ways
//! are exact, where the cuts are does not show in the sums.

use crate::math::fixed::Fixed;
use crate::simd::{Io, Lanes, V};

/// Vectors that may be added to sums in lanes before they are emptied.
pub const MOST: usize = 400;

/// The most lanes of f64 that there are.
const LANES: usize = 8;

type Vec64<S> = V<f64, S>;

/// Units of pieces, as powers of two relative to the bound.
const UNITS: [i32; 3] = [-22, -44, -66];

/// Bounds outside of which pieces or their products may be no normal numbers.
const BOUNDS: core::ops::RangeInclusive<i32> = -400..=400;

/// Where numbers of a column are cut.
#[derive(Clone, Copy)]
pub struct Cut {
    /// All numbers are below two to this power in magnitude.
    bound: i32,
    /// What, added and taken away, rounds to the units.
    magic: [f64; 3],
}

impl Cut {
    /// Of a column without numbers.
    pub const NONE: Cut = Cut { bound: i32::MIN, magic: [0.0; 3] };

    /// Whether these cuts do for numbers up to `most`; otherwise others that do, unless
    /// there are none.
    #[inline(always)]
    pub fn fit(&self, most: f64) -> Fit {
        let bound = ((most.to_bits() >> 52) as i32 - 1022).max(*BOUNDS.start());
        // Up to 4 times as much room as needed costs few numbers their lane.
        let nothing = most == 0.0 && self.bound > i32::MIN;
        if nothing || (self.bound.saturating_sub(2)..=self.bound).contains(&bound) {
            return Fit::Same;
        }
        if !BOUNDS.contains(&bound) {
            return Fit::Never;
        }
        let bound = (bound + 1).min(*BOUNDS.end());
        Fit::Other(Cut { bound, magic: UNITS.map(|unit| 1.5 * power(52 + bound + unit)) })
    }
}

/// The answer of [`Cut::fit`].
pub enum Fit {
    /// They do.
    Same,
    /// These do.
    Other(Cut),
    /// A number is too large, or infinite.
    Never,
}

/// `2^n`.
fn power(n: i32) -> f64 {
    f64::from_bits(((1023 + n) as u64) << 52)
}

/// A vector of numbers in pieces.
#[derive(Clone, Copy)]
pub struct Pieces<S: Lanes<f64>> {
    pieces: [S::V; 3],
    /// The first two in one.
    high: S::V,
}

impl<S: Io<f64>> Pieces<S> {
    /// The pieces, and the lanes in which they are the whole number.
    #[inline(always)]
    pub fn of(s: S, x: Vec64<S>, cut: &[Vec64<S>; 3]) -> (Self, S::M) {
        let [first, second, third] = *cut;
        let high = s.sub(s.add(x, second), second);
        let x3 = s.sub(x, high);
        let x1 = s.sub(s.add(high, first), first);
        let pieces = [x1, s.sub(high, x1), x3];
        (Pieces { pieces, high }, s.eq(s.sub(s.add(x3, third), third), x3))
    }

    /// 0 in the lanes without `keep`.
    #[inline(always)]
    pub fn masked(self, s: S, keep: S::M) -> Self {
        let zero = s.splat(0.0);
        let Pieces { pieces: [a, b, c], high } = self;
        let pieces = [s.select(keep, a, zero), s.select(keep, b, zero), s.select(keep, c, zero)];
        Pieces { pieces, high: s.select(keep, high, zero) }
    }
}

/// What rounds to the units of a column's cuts, in lanes.
#[inline(always)]
pub fn magic<S: Io<f64>>(s: S, cut: &Cut) -> [Vec64<S>; 3] {
    let [a, b, c] = cut.magic;
    [s.splat(a), s.splat(b), s.splat(c)]
}

/// The sum of a column.
#[derive(Clone, Copy)]
pub struct LaneSum<S: Lanes<f64>>([S::V; 2]);

impl<S: Io<f64>> LaneSum<S> {
    /// Nothing.
    #[inline(always)]
    pub fn new(s: S) -> Self {
        LaneSum([s.splat(0.0); 2])
    }

    /// Adds a number a lane.
    #[inline(always)]
    pub fn add(&mut self, s: S, x: &Pieces<S>) {
        self.0 = [s.add(self.0[0], x.high), s.add(self.0[1], x.pieces[2])];
    }

    /// Empties it into a sum.
    #[inline(always)]
    pub fn flush<const LIMBS: usize>(&mut self, s: S, cut: &Cut, sum: &mut Fixed<LIMBS>) {
        for (part, unit) in self.0.iter_mut().zip([UNITS[1], UNITS[2]]) {
            flush(s, part, cut.bound + unit, 0, sum);
        }
    }
}

/// The sum of the products of two columns, by the size of the units.
#[derive(Clone, Copy)]
pub struct LaneProducts<S: Lanes<f64>>([S::V; 5]);

impl<S: Io<f64>> LaneProducts<S> {
    /// Nothing.
    #[inline(always)]
    pub fn new(s: S) -> Self {
        LaneProducts([s.splat(0.0); 5])
    }

    /// Adds a product a lane.
    #[inline(always)]
    pub fn add(&mut self, s: S, x: &Pieces<S>, y: &Pieces<S>) {
        let ([x1, x2, x3], [y1, y2, y3]) = (x.pieces, y.pieces);
        let [a, b, c, d, e] = self.0;
        self.0 = [
            s.mul_add(x1, y1, a),
            s.mul_add(x2, y1, s.mul_add(x1, y2, b)),
            s.mul_add(x3, y1, s.mul_add(x2, y2, s.mul_add(x1, y3, c))),
            s.mul_add(x3, y2, s.mul_add(x2, y3, d)),
            s.mul_add(x3, y3, e),
        ];
    }

    /// Adds a square a lane, where products of two different pieces count half.
    #[inline(always)]
    pub fn add_square(&mut self, s: S, x: &Pieces<S>) {
        let [x1, x2, x3] = x.pieces;
        let [a, b, c, d, e] = self.0;
        self.0 = [
            s.mul_add(x1, x1, a),
            s.mul_add(x1, x2, b),
            s.mul_add(s.add(x1, x1), x3, s.mul_add(x2, x2, c)),
            s.mul_add(x2, x3, d),
            s.mul_add(x3, x3, e),
        ];
    }

    /// Empties it into a sum of products of columns that are cut so.
    #[inline(always)]
    pub fn flush<const LIMBS: usize>(
        &mut self,
        s: S,
        [x, y]: [&Cut; 2],
        squares: bool,
        sum: &mut Fixed<LIMBS>,
    ) {
        for (i, part) in self.0.iter_mut().enumerate() {
            let unit = x.bound + y.bound + 2 * UNITS[0] + i as i32 * UNITS[0];
            let doubled = squares && i % 2 == 1;
            flush(s, part, unit, i32::from(doubled), sum);
        }
    }
}

/// Empties lanes that hold whole multiples of `2^unit`, times `2^more`.
#[inline(always)]
fn flush<S: Io<f64>, const LIMBS: usize>(
    s: S,
    part: &mut Vec64<S>,
    unit: i32,
    more: i32,
    sum: &mut Fixed<LIMBS>,
) {
    let mut lanes = [0.0; LANES];
    // SAFETY: no lanes of f64 are more than there is room for.
    unsafe { s.put(lanes.as_mut_ptr(), *part) };
    sum.add_whole(whole(&lanes, unit), unit + more);
    *part = s.splat(0.0);
}

/// The sum of multiples of `2^unit`, below 2^53 of them each, in that unit.
#[inline(never)]
fn whole(lanes: &[f64; LANES], unit: i32) -> i64 {
    // In two steps, as one may be past the range.
    let half = unit / 2;
    let (a, b) = (power(-half), power(half - unit));
    lanes.iter().map(|lane| (lane * a * b) as i64).sum()
}

/// The largest magnitude among so many numbers; NaN is passed over.
#[inline(always)]
pub unsafe fn most<S: Io<f64>>(s: S, x: *const f64, n: usize) -> f64 {
    let (mut high, mut low) = (s.splat(0.0), s.splat(0.0));
    let mut add = |x: Vec64<S>| {
        // Of a NaN and another the second is kept.
        high = s.max(x, high);
        low = s.min(x, low);
    };
    let whole = n - n % S::N;
    for i in (0..whole).step_by(S::N) {
        // SAFETY: the caller vouches for `n` numbers.
        add(unsafe { s.get(x.add(i)) });
    }
    // SAFETY: as above.
    add(unsafe { s.load_head(x.add(whole), n - whole, 0.0) });
    s.reduce_max(s.max(high, s.sub(s.splat(0.0), low)))
}

/// Numbers `at ..` of `n` in a vector, 0 where there are no more.
///
/// # Safety
/// There must be `n` numbers.
#[inline(always)]
pub unsafe fn vector<S: Io<f64>>(s: S, x: *const f64, at: usize, n: usize) -> Vec64<S> {
    // SAFETY: the caller vouches for the numbers.
    unsafe { if n - at >= S::N { s.get(x.add(at)) } else { s.load_head(x.add(at), n - at, 0.0) } }
}
