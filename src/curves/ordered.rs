//! Rows in order of their scores by place: for scores in f64 with weights, which have no
//! room to be sorted along with them.
//!
//! What lies at a place is read for many rows at once and looked at afterwards: reads far
//! from one another are slow, and wait together only where no decision hangs on one.

use super::ranked::Group;
use crate::math::fixed::{Bounded, UNIT};
use crate::rows::labels::Labels;
use crate::rows::numbers::Numbers;
use crate::rows::order::Order;
use crate::simd::{Elem, Io, Kernel};

/// Rows, and their order.
#[derive(Clone, Copy)]
pub struct Ordered<'a> {
    rows: Rows,
    order: Order<'a>,
    /// All rows, where there was room for them.
    near: &'a [Row],
}

/// Where rows are.
#[derive(Clone, Copy)]
pub struct Rows {
    /// Scores.
    pub numbers: Numbers,
    /// What came true.
    pub labels: Labels,
    /// Weights.
    pub weights: Numbers,
}

/// One of them.
#[repr(C)]
#[derive(Clone, Copy)]
struct Row {
    score: f64,
    /// Below 0, or -0, if the label is 1.
    weight: f64,
}

/// Rows that are read at once.
const FEW: usize = 32;

/// Words of scratch for `n` rows next to one another, besides those that ordering them
/// leaves.
pub const fn more_words(n: usize) -> usize {
    let row = size_of::<Row>() / size_of::<u64>();
    row * n - n / 2
}

impl<'a> Ordered<'a> {
    /// Rows in this order; where there is as much room as they take, they are put there,
    /// so that each is read in one piece.
    ///
    /// # Safety
    /// There must be as many of each as the order has places, as long as this is used.
    pub unsafe fn new(rows: Rows, order: Order<'a>, room: &'a mut [u64]) -> Ordered<'a> {
        // SAFETY: a row is two words, whatever their bits.
        let (_, room, _) = unsafe { room.align_to_mut::<Row>() };
        let near = room.get_mut(..order.len()).unwrap_or_default();
        // SAFETY: the caller vouches for the rows.
        near.iter_mut().enumerate().for_each(|(i, row)| *row = unsafe { rows.get(i) });
        Ordered { rows, order, near }
    }

    /// Calls with the rows of each score, the highest first, but for scores of which none
    /// counts and those that are NaN.
    #[inline(never)]
    pub fn each(&self, each: &mut dyn FnMut(Group)) {
        let (mut rows, mut ends) = ([Row { score: 0.0, weight: 0.0 }; FEW], [false; FEW]);
        let (near, far) = ([(self.near.as_ptr().cast(), size_of::<Row>())], self.rows.lines());
        let lines = if self.near.is_empty() { &far[..] } else { &near[..] };
        let mut open = Open::NONE;
        let mut end = self.order.len();
        while end > 0 {
            let start = end.saturating_sub(FEW);
            f64::dispatch(Read { from: self, lines, end, rows: &mut rows, ends: &mut ends });
            for (row, ends) in rows.iter().zip(&ends).take(end - start) {
                if !ends || open.some {
                    open.add(row);
                } else if row.weight.abs() >= UNIT && !row.score.is_nan() {
                    // The only one of its score, as most are.
                    let [negatives, positives] = row.weights();
                    each(Group { score: row.score, positives, negatives, rows: 1 });
                }
                if *ends && open.some {
                    open.group(row.score).into_iter().for_each(&mut *each);
                    open = Open::NONE;
                }
            }
            end = start;
        }
    }

    #[inline(always)]
    fn row(&self, place: usize) -> Row {
        match self.near.get(place) {
            Some(row) => *row,
            // SAFETY: `new` was told of as many as there are places.
            None => unsafe { self.rows.get(place) },
        }
    }
}

/// Reads rows below a rank, the highest first, and whether the next one has a lower score.
struct Read<'a, 'b> {
    from: &'a Ordered<'b>,
    /// Where rows start, and how long they are.
    lines: &'a [(*const u8, usize)],
    end: usize,
    rows: &'a mut [Row; FEW],
    ends: &'a mut [bool; FEW],
}

/// So many rows before one is read, it is asked for.
const AHEAD: usize = 3 * FEW;

impl Kernel<f64> for Read<'_, '_> {
    type Out = ();

    #[inline(always)]
    fn run<S: Io<f64>>(self, s: S) {
        let Read { from, lines, end, rows, ends } = self;
        let order = &from.order;
        for rank in (end.saturating_sub(FEW)..end).filter_map(|rank| rank.checked_sub(AHEAD)) {
            for (start, size) in lines {
                s.prefetch(start.wrapping_add(order.place(rank) * size).cast());
            }
        }
        for ((row, ends), rank) in rows.iter_mut().zip(ends).zip((0..end).rev()) {
            *row = from.row(order.place(rank));
            *ends = order.starts(rank);
        }
    }
}

impl Rows {
    fn lines(&self) -> [(*const u8, usize); 3] {
        let Rows { numbers, labels, weights } = self;
        [
            (numbers.address(), numbers.size()),
            (labels.address(), labels.kind().size()),
            (weights.address(), weights.size()),
        ]
    }

    /// # Safety
    /// There must be that row.
    #[inline(always)]
    unsafe fn get(&self, place: usize) -> Row {
        // SAFETY: the caller vouches for it; -0 becomes 0.
        let (score, weight) = unsafe { (self.numbers.get(place) + 0.0, self.weights.get(place)) };
        let sign = self.labels.get(place) << (u64::BITS - 1);
        Row { score, weight: f64::from_bits(weight.abs().to_bits() | sign) }
    }
}

impl Row {
    fn hit(&self) -> bool {
        self.weight.is_sign_negative()
    }

    /// By label.
    fn weights(&self) -> [f64; 2] {
        let weight = self.weight.abs();
        let positives = if self.hit() { weight } else { 0.0 };
        [weight - positives, positives]
    }
}

/// Rows of one score so far.
struct Open {
    some: bool,
    rows: usize,
    /// Exact, so that no order of equal scores matters.
    sums: [Bounded; 2],
}

impl Open {
    const NONE: Open = Open { some: false, rows: 0, sums: [Bounded::ZERO; 2] };

    fn add(&mut self, row: &Row) {
        self.some = true;
        if row.weight.abs() >= UNIT {
            self.sums[usize::from(row.hit())].add_share(row.weight.abs());
            self.rows += 1;
        }
    }

    fn group(&self, score: f64) -> Option<Group> {
        let [negatives, positives] = [self.sums[0].to_f64(), self.sums[1].to_f64()];
        let some = self.rows > 0 && !score.is_nan();
        some.then_some(Group { score, positives, negatives, rows: self.rows })
    }
}
