//! Exact sums of two columns on their way from lanes to memory.

use super::lanes::{Add, Added, BLOCK, Block, Cut, LANES, LaneSums, PARTS};
use super::moments::{Sum, SumOfProducts};
use crate::math::fixed::UNIT;
use crate::rows::column::{TwoColumns, Values};
use crate::simd::Elem;
use core::mem::MaybeUninit;

/// Sums of two columns of numbers.
pub trait Pair {
    /// Adds one row, whatever it is.
    fn add(&mut self, x: f64, y: f64, weight: f64);
    /// Counts rows of weight 1 that are in all sums.
    fn count(&mut self, rows: u64);
    /// Of x, and of y.
    fn sums(&mut self) -> [&mut Sum; 2];
    /// Of squares of x, products, and squares of y, if there are any.
    fn products(&mut self) -> Option<[&mut SumOfProducts; 3]>;
}

/// A weight as a multiple of [`UNIT`].
pub fn rounded(weight: f64) -> f64 {
    const MAGIC: f64 = 6755399441055744.0 * UNIT;
    if weight < MAGIC / 8.0 { (weight + MAGIC) - MAGIC } else { weight }
}

/// Bounds outside of which pieces or their products may be no normal numbers.
const BOUNDS: core::ops::RangeInclusive<i32> = -400..=400;

/// Rows that the first cuts are guessed from.
const FEW: usize = 8 * LANES;

/// What is not in a [`Pair`] yet.
pub struct Waiting {
    sums: LaneSums,
    /// Bits of a piece.
    bits: i32,
    /// How many powers of two too large a bound may be.
    slack: i32,
}

impl Waiting {
    /// Nothing, for sums with products or without.
    pub const fn new(products: bool) -> Waiting {
        // Room that is not needed costs numbers their lane, and other cuts time.
        let (bits, slack) = if products { (22, 2) } else { (44, 24) };
        Waiting {
            sums: LaneSums {
                parts: [[0.0; LANES]; PARTS],
                cuts: [Cut::NONE; 2],
                vectors: 0,
                most: [0.0; 2],
                left: [0; BLOCK / 2],
                left_count: 0,
            },
            bits,
            slack,
        }
    }

    /// Adds a block to the sums in lanes, or to `to` itself.
    ///
    /// # Safety
    /// The rows of the block must be there.
    #[inline(never)]
    pub unsafe fn block(&mut self, block: Block, to: &mut dyn Pair) {
        if self.sums.cuts.iter().any(|cut| cut.above == 0.0) {
            // A guess from few rows costs less than a block that has to be added again.
            self.try_block(Block { n: block.n.min(FEW), ..block });
            self.cut();
        }
        let mut added = self.try_block(block);
        if added == Added::Not {
            self.empty(to);
            if self.cut() {
                added = self.try_block(block);
            }
        }
        if added == Added::Not {
            // SAFETY: the caller vouches for the rows.
            (0..block.n).for_each(|i| unsafe { add(to, block, i) });
            return;
        }
        let mut count = block.n as u64;
        for vector in self.sums.left.iter().take(self.sums.left_count) {
            let at = (vector >> LANES) as usize;
            for i in (0..LANES).filter(|i| vector >> i & 1 != 0) {
                // SAFETY: as above.
                unsafe { add(to, block, at + i) };
                count -= 1;
            }
        }
        to.count(count);
        if added == Added::Full {
            self.empty(to);
        }
    }

    fn try_block(&mut self, block: Block) -> Added {
        let sums = &mut self.sums;
        if self.bits == 22 {
            f64::dispatch(Add::<true> { block, sums })
        } else {
            f64::dispatch(Add::<false> { block, sums })
        }
    }

    /// Finds cuts for the last block, unless there are none.
    fn cut(&mut self) -> bool {
        let sums = &mut self.sums;
        for (cut, most) in sums.cuts.iter_mut().zip(sums.most) {
            if most < cut.above && (most >= cut.least || most == 0.0) {
                continue;
            }
            let bound = ((most.to_bits() >> 52) as i32 - 1022).max(*BOUNDS.start());
            if !BOUNDS.contains(&bound) {
                return false;
            }
            let bound = (bound + self.slack / 2).min(*BOUNDS.end());
            let least = bound - 1 - self.slack;
            let unit = |i| 1.5 * power(52 + bound - i * self.bits);
            *cut = Cut {
                bound,
                least: if least < *BOUNDS.start() { 0.0 } else { power(least) },
                above: power(bound),
                magic: [unit(1), unit(2), unit(3)],
            };
        }
        true
    }

    /// Empties the sums in lanes.
    #[inline(never)]
    pub fn empty(&mut self, to: &mut dyn Pair) {
        if self.sums.vectors == 0 {
            return;
        }
        let ([x, y], bits) = (self.sums.cuts.each_ref().map(|cut| cut.bound), self.bits);
        let [of_x, of_y, rest @ ..] = split(&self.sums.parts);
        for ((parts, bound), to) in [of_x, of_y].into_iter().zip([x, y]).zip(to.sums()) {
            flush(parts, bound - bits, [bits, 0], &mut |x, power| to.add_whole(x, power));
        }
        if let Some(products) = to.products() {
            let each = rest.into_iter().zip([(2 * x, 1), (x + y, 0), (2 * y, 1)]);
            for ((parts, (bound, doubled)), to) in each.zip(products) {
                let unit = bound - 2 * bits;
                flush(parts, unit, [bits, doubled], &mut |x, power| to.add_whole(x, power));
            }
        }
        self.sums.parts = [[0.0; LANES]; PARTS];
        self.sums.vectors = 0;
    }
}

/// Sums of x, of y, and three of products.
fn split(parts: &[[f64; LANES]; PARTS]) -> [&[[f64; LANES]]; 5] {
    [0..3, 3..6, 6..11, 11..16, 16..21].map(|range| parts.get(range).unwrap_or_default())
}

/// Adds lanes that hold whole multiples of `2^unit`, the next of a unit that is so many
/// bits less; every second times two to the power `doubled`.
#[inline(never)]
fn flush(
    parts: &[[f64; LANES]],
    mut unit: i32,
    [bits, doubled]: [i32; 2],
    add: &mut dyn FnMut(i64, i32),
) {
    let mut more = 0;
    for lanes in parts {
        // The sum of multiples of the unit, below 2^53 of them each; in two steps, as one
        // may be past the range.
        let half = unit / 2;
        let (a, b) = (power(-half), power(half - unit));
        let whole = lanes.iter().map(|lane| (lane * a * b) as i64).sum();
        if whole != 0 {
            add(whole, unit + more);
        }
        unit -= bits;
        more = doubled - more;
    }
}

/// `2^n`.
fn power(n: i32) -> f64 {
    f64::from_bits(((1023 + n) as u64) << 52)
}

/// Adds row `i` of a block.
unsafe fn add(to: &mut dyn Pair, block: Block, i: usize) {
    // SAFETY: the caller vouches for the row.
    unsafe {
        let weight = if block.weights.is_null() { 1.0 } else { *block.weights.add(i) };
        to.add(*block.x.add(i), *block.y.add(i), weight);
    }
}

/// Hands over rows that passed [`TwoColumns::check`] by blocks.
#[inline(never)]
pub fn blocks(data: &TwoColumns, each: &mut dyn FnMut(Block)) {
    let mut room = [const { MaybeUninit::<[f64; BLOCK]>::uninit() }; 3];
    let [of_x, of_y, of_weights] = &mut room;
    for start in (0..data.rows).step_by(BLOCK) {
        let n = BLOCK.min(data.rows - start);
        let get = |values: &Values, room: &mut MaybeUninit<[f64; BLOCK]>, fill| {
            // SAFETY: these rows are there, and the room is for a whole block.
            unsafe { padded(values, start, n, room.as_mut_ptr().cast(), fill) }
        };
        let (x, y) = (get(&data.x, of_x, 0.0), get(&data.y, of_y, 0.0));
        let mut weights = core::ptr::null();
        if !data.weights.is_null() {
            weights = get(&data.weights, of_weights, 1.0);
        }
        each(Block { x, y, weights, n });
    }
}

/// Numbers of a block, and more until they are a multiple of [`LANES`].
#[inline(never)]
unsafe fn padded(values: &Values, start: usize, n: usize, room: *mut f64, fill: f64) -> *const f64 {
    let end = n.next_multiple_of(LANES);
    // SAFETY: the caller vouches for rows and room.
    unsafe {
        let from = values.block(start, n, room);
        if n == end {
            return from;
        }
        // Wherever they are, one after another, as they may be in the room already.
        (0..n).for_each(|i| *room.add(i) = *from.add(i));
        (n..end).for_each(|i| *room.add(i) = fill);
    }
    room
}
