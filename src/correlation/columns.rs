//! Two columns of numbers of any storage type, and their ranks.

use crate::math::order::sort;
use crate::rows::numbers::Numbers;
use crate::rows::order::{self, Order};

/// Numbers that are looked at at a time.
const BLOCK: usize = 128;

/// `n` pairs of numbers.
#[derive(Clone, Copy)]
pub struct Columns {
    /// The one ..
    pub x: Numbers,
    /// .. and the other.
    pub y: Numbers,
    /// How many.
    pub n: usize,
}

/// Words that hold as many 32-bit numbers as there are pairs.
fn half(n: usize) -> usize {
    n.div_ceil(2)
}

/// Words of scratch for [`Ranked`] and for as many 32-bit numbers again: 12 bytes a pair.
pub fn words(n: usize) -> Option<usize> {
    order::words(n)?;
    half(n).checked_mul(3)
}

/// Scratch as 32-bit numbers.
pub fn numbers(words: &mut [u64]) -> &mut [u32] {
    // SAFETY: a u64 is two u32, whatever its bits.
    unsafe { words.align_to_mut().1 }
}

/// Scratch for an order, and what is behind it.
pub fn split(n: usize, scratch: &mut [u64]) -> (&mut [u64], &mut [u64]) {
    scratch.split_at_mut_checked(2 * half(n)).unwrap_or_default()
}

impl Columns {
    /// Pairs with a NaN.
    #[inline(never)]
    pub fn nan_rows(&self) -> u64 {
        count_nan(&self.x, Some(&self.y), self.n)
    }

    /// The same with x and y exchanged.
    pub fn turned(&self) -> Columns {
        Columns { x: self.y, y: self.x, n: self.n }
    }
}

/// How many of `n` numbers are NaN, or their partners.
#[inline(never)]
pub fn count_nan(x: &Numbers, y: Option<&Numbers>, n: usize) -> u64 {
    let (y, mut room) = (y.unwrap_or(x), [[0.0; BLOCK]; 2]);
    let [of_x, of_y] = room.each_mut().map(|room| room.as_mut_ptr());
    let mut count = 0;
    for start in (0..n).step_by(BLOCK) {
        let n = BLOCK.min(n - start);
        // SAFETY: who made the columns vouched for `n` numbers; there is room for a block.
        let (x, y) = unsafe { (x.from(start).block(n, of_x), y.from(start).block(n, of_y)) };
        // SAFETY: as above.
        let nan = |i| unsafe { (*x.add(i)).is_nan() | (*y.add(i)).is_nan() };
        count += (0..n).map(|i| u64::from(nan(i))).sum::<u64>();
    }
    count
}

/// What there is of equal numbers in a column.
#[derive(Clone, Copy, Default)]
pub struct Ties {
    /// How many different numbers.
    pub distinct: u64,
    /// Pairs of equal ones.
    pub pairs: u64,
    /// `sum t (t - 1) (t - 2)` over runs of `t` equal ones.
    pub triples: u128,
}

impl Ties {
    /// Those of numbers in order.
    #[inline(never)]
    pub fn of(order: Order) -> Ties {
        let (mut ties, mut start) = (Ties::default(), 0);
        if order.distinct() == order.len() {
            return Ties { distinct: order.len() as u64, ..ties };
        }
        for (rank, (_, starts)) in order.iter().enumerate().skip(1) {
            if starts {
                ties.add(rank - start);
                start = rank;
            }
        }
        if !order.is_empty() {
            ties.add(order.len() - start);
        }
        ties
    }

    /// Adds a run of equal numbers.
    #[inline(always)]
    pub fn add(&mut self, run: usize) {
        self.distinct += 1;
        if run > 1 {
            let pairs = run as u64 * (run as u64 - 1);
            self.pairs += pairs / 2;
            self.triples += u128::from(pairs) * (run as u128 - 2);
        }
    }

    /// `sum (t^3 - t)`.
    pub fn cubes(&self) -> u128 {
        self.triples + 6 * u128::from(self.pairs)
    }
}

/// Pairs in order of x, and where that is equal, of y, or none: what remains of them is
/// y's place among the different ones.
pub struct Ranked<'a> {
    /// The places, each with [`START`] if x is larger than before.
    pub sequence: &'a mut [u32],
    /// Room for as many numbers ..
    pub room: &'a mut [u32],
    /// .. and again, or where each pair lies.
    pub more: &'a mut [u32],
    /// Of x.
    pub x: Ties,
    /// Of y.
    pub y: Ties,
    /// Of pairs that are equal in both, if equal x are in order of y.
    pub both: Ties,
}

/// Set where a run of equal x starts.
pub const START: u32 = 1 << 31;

impl<'a> Ranked<'a> {
    /// Of columns without NaN; the scratch has [`words`].
    pub fn of(columns: &Columns, scratch: &'a mut [u64]) -> Ranked<'a> {
        let mut ranked = Ranked::with_places(columns, scratch);
        if ranked.x.pairs > 0 {
            ranked.both = Ties::default();
            runs(ranked.sequence, |run| settle(run, &mut ranked.both));
        }
        ranked
    }

    /// The same, equal x in the order they came in.
    #[inline(never)]
    pub fn with_places(columns: &Columns, scratch: &'a mut [u64]) -> Ranked<'a> {
        let n = columns.n;
        let (words, more) = split(n, scratch);
        let more = numbers(more).get_mut(..n).unwrap_or_default();
        // SAFETY: who made the columns vouched for `n` numbers.
        let y = dense(unsafe { Order::of(&columns.y, n, words) }.0, more);
        // SAFETY: as above.
        let (order, rest) = unsafe { Order::of(&columns.x, n, words) };
        let x = Ties::of(order);
        for ((place, starts), to) in order.iter().zip(numbers(rest)) {
            *to = more.get(place).map_or(0, |y| *y) | if starts { START } else { 0 };
        }
        for ((place, _), to) in order.iter().zip(&mut *more) {
            *to = place as u32;
        }
        // The places are no longer needed.
        let (room, sequence) = words.split_at_mut_checked(half(n)).unwrap_or_default();
        let room = numbers(room).get_mut(..n).unwrap_or_default();
        let sequence = numbers(sequence).get_mut(..n).unwrap_or_default();
        let both = Ties { distinct: n as u64, ..Ties::default() };
        Ranked { sequence, room, more, x, y, both }
    }
}

/// Runs of numbers of which the first has a [`START`].
pub fn runs(mut rest: &mut [u32], mut each: impl FnMut(&mut [u32])) {
    while !rest.is_empty() {
        let end = 1 + rest.iter().skip(1).take_while(|y| **y & START == 0).count();
        let Some((run, others)) = rest.split_at_mut_checked(end) else { return };
        each(run);
        rest = others;
    }
}

/// Brings a run in order, and adds what is equal in it.
fn settle(run: &mut [u32], both: &mut Ties) {
    if let [_] = run {
        return both.add(1);
    }
    if let Some(first) = run.first_mut() {
        *first &= !START;
    }
    sort(run);
    let mut rest = &*run;
    while let Some(first) = rest.first() {
        let same = rest.iter().take_while(|y| *y == first).count();
        both.add(same);
        rest = rest.get(same..).unwrap_or_default();
    }
    if let Some(first) = run.first_mut() {
        *first |= START;
    }
}

/// Scatters the place of each number among the different ones.
pub fn dense(order: Order, to: &mut [u32]) -> Ties {
    let mut next = 0u32;
    for (place, starts) in order.iter() {
        next = next.wrapping_add(u32::from(starts));
        if let Some(to) = to.get_mut(place) {
            *to = next.wrapping_sub(1);
        }
    }
    Ties::of(order)
}
