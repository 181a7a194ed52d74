//! How many scores are in each bin of equal width, by label: in lanes of f64 where rows
//! have no weights, in exact sums where they do.

use crate::math::fixed::UNIT;
use crate::math::two_grids::LANES;
use crate::metrics::bins::{BinSums, Closed, is_probability, place};
use crate::metrics::reliability::LARGEST;
use crate::rows::column::{BLOCK, TwoClasses};
use crate::simd::{Elem, Io, Kernel};

/// What a bin has seen: the sum of weights, and the share of label 1.
pub struct Bin {
    /// The sum of weights.
    pub weight: f64,
    /// The share of label 1; NaN if nothing was seen.
    pub frequency: f64,
}

/// Words of scratch a bin.
pub const WORDS: usize = size_of::<BinSums>() / size_of::<u64>();

/// Tables that are counted into by turns, because to add to a number that was just
/// written takes longer.
const TABLES: usize = 4;

const _: () = assert!(2 * TABLES <= WORDS);

/// The bin of a probability among so many, whose edges are rounded to f32 if `narrow`.
fn place_of(p: f64, bins: usize, narrow: bool) -> usize {
    place(p, bins, Closed::Right, |edge| round(edge, narrow))
}

/// A number as it is in f32, if `narrow`.
pub fn round(x: f64, narrow: bool) -> f64 {
    if narrow { f64::from(x as f32) } else { x }
}

/// Counts rows that passed [`TwoClasses::check`], and calls with all bins, the lowest
/// first; or does not, and returns false, if a score is no probability. The scratch has
/// [`WORDS`] for each bin.
pub fn each_bin(
    data: &TwoClasses,
    bins: usize,
    scratch: &mut [u64],
    each: &mut dyn FnMut(Bin),
) -> bool {
    if !data.weights.is_null() {
        return each_weighted(data, bins, scratch, each);
    }
    let counts = scratch.get_mut(..2 * TABLES * bins).unwrap_or_default();
    counts.fill(0);
    let mut room = [[0.0; BLOCK]; 3];
    let good = f64::dispatch(Count { data, bins, counts, room: &mut room });
    let (tables, _) = counts.split_at(counts.len());
    let of = |i: usize| -> u64 { (0..TABLES).filter_map(|t| tables.get(2 * bins * t + i)).sum() };
    (0..bins).filter(|_| good).for_each(|b| {
        let (misses, hits) = (of(2 * b) as f64, of(2 * b + 1) as f64);
        each(Bin { weight: misses + hits, frequency: hits / (misses + hits) });
    });
    good
}

#[inline(never)]
fn each_weighted(
    data: &TwoClasses,
    bins: usize,
    scratch: &mut [u64],
    each: &mut dyn FnMut(Bin),
) -> bool {
    // SAFETY: sums are words, whatever their bits.
    let (_, sums, _) = unsafe { scratch.align_to_mut::<BinSums>() };
    let sums = sums.get_mut(..bins).unwrap_or_default();
    sums.fill(BinSums::ZERO);
    let narrow = !data.scores.wide();
    let [mut x, mut y, mut w] = [[0.0; BLOCK]; 3];
    for start in (0..data.rows).step_by(BLOCK) {
        let n = BLOCK.min(data.rows - start);
        // SAFETY: these rows are there, and the blocks have room for them.
        unsafe {
            data.scores.get(start, n, x.as_mut_ptr());
            data.labels.as_numbers(start, n, y.as_mut_ptr());
            data.weights.get(start, n, w.as_mut_ptr());
        }
        for ((x, y), w) in x.iter().zip(y).zip(w).take(n).filter(|(_, w)| *w >= UNIT) {
            if !is_probability(*x) {
                return false;
            }
            if let Some(bin) = sums.get_mut(place_of(*x, bins, narrow)) {
                bin.add(*x, y > 0.0, w);
            }
        }
    }
    sums.iter().enumerate().for_each(|(b, bin)| {
        let bin = bin.of_equal_width(b, bins);
        each(Bin { weight: bin.weight, frequency: bin.frequency });
    });
    true
}

/// Counts rows of weight 1; whether all are probabilities.
struct Count<'a> {
    data: &'a TwoClasses,
    bins: usize,
    /// A table after the other, of bin after bin, of label 0 and 1.
    counts: &'a mut [u64],
    /// A block of scores, of labels, and of places in the table.
    room: &'a mut [[f64; BLOCK]; 3],
}

/// Leaves a whole number in the low bits of a sum.
const WHOLE: f64 = 6755399441055744.0;

/// How near to an edge, of bins of width 1 and relative to their number, edges that are
/// rounded to f32 may be.
const NEAR: f64 = f64::from_bits((1023 - 22) << 52);

impl Kernel<f64> for Count<'_> {
    type Out = bool;

    #[inline(always)]
    fn run<S: Io<f64>>(self, s: S) -> bool {
        let Count { data, bins, counts, room: [x, y, places] } = self;
        let count = bins as f64;
        let (narrow, near) = (!data.scores.wide(), 0.5 - NEAR * count);
        let mut good = s.head(S::N);
        for start in (0..data.rows).step_by(BLOCK) {
            let n = BLOCK.min(data.rows - start);
            // SAFETY: these rows are there, and the blocks have room for them.
            unsafe {
                data.scores.get(start, n, x.as_mut_ptr());
                data.labels.as_numbers(start, n, y.as_mut_ptr());
            }
            for at in (0..n).step_by(S::N) {
                // SAFETY: blocks are whole vectors.
                let get = |from: &[f64; BLOCK]| unsafe { s.get(from.as_ptr().add(at)) };
                let (p, label) = (get(x), get(y));
                good = s.and(good, s.and(s.ge(p, s.splat(0.0)), s.ge(s.splat(LARGEST), p)));
                // Less a half, so that rounding to nearest is rounding down.
                let part = s.mul_add(p, s.splat(count), s.splat(-0.5));
                let part = s.min(s.splat(count - 1.0), s.max(s.splat(-0.25), part));
                let bin = s.sub(s.add(part, s.splat(WHOLE)), s.splat(WHOLE));
                let rest = s.sub(part, bin);
                let place = s.mul_add(bin, s.splat(2.0), s.add(label, s.splat(WHOLE)));
                // SAFETY: blocks are whole vectors.
                unsafe { s.put(places.as_mut_ptr().add(at), place) };
                let near = s.bits(s.gt(s.mul(rest, rest), s.splat(near * near)));
                if near != 0 {
                    beside_edges(places, [x, y], (near, at), (bins, narrow));
                }
            }
            add(counts, places, n);
        }
        s.bits(good) == s.bits(s.head(S::N))
    }
}

/// Finds the bins of those lanes that are beside an edge, for which it takes a comparison
/// with the edge itself.
#[inline(never)]
fn beside_edges(
    places: &mut [f64; BLOCK],
    [x, y]: [&[f64; BLOCK]; 2],
    (lanes, at): (u32, usize),
    (bins, narrow): (usize, bool),
) {
    let rows = places.iter_mut().zip(x).zip(y).skip(at).take(LANES);
    for (i, ((place, p), y)) in rows.enumerate() {
        if lanes >> i & 1 != 0 {
            *place = WHOLE + (2.0 * place_of(*p, bins, narrow) as f64 + y);
        }
    }
}

/// Counts the first `n` rows of a block. What is past the bins is passed over.
#[inline(never)]
fn add(counts: &mut [u64], places: &[f64; BLOCK], n: usize) {
    let each = counts.len() / TABLES;
    let table = counts.as_mut_ptr();
    let places = places.get(..n).unwrap_or_default();
    let (whole, rest) = places.as_chunks::<TABLES>();
    for places in whole {
        for (t, place) in places.iter().enumerate() {
            let i = place.to_bits().wrapping_sub(WHOLE.to_bits()) as usize;
            if i < each {
                // SAFETY: inside table `t`.
                unsafe { *table.add(t * each + i) += 1 };
            }
        }
    }
    for place in rest {
        let i = place.to_bits().wrapping_sub(WHOLE.to_bits()) as usize;
        if i < each {
            // SAFETY: inside the first table.
            unsafe { *table.add(i) += 1 };
        }
    }
}
