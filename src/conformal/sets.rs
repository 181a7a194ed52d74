//! The sets of rows.
//!
//! A row is visited once, and leaves its exponentials in scratch. Where a class is in
//! by its own alone, one comparison of these is all. Otherwise it picks out candidates:
//! those from some exponential on, so many that nothing below can be in the set,
//! because all of these stand before it. With a threshold `q` on mass, all that are
//! below `(1 - q) / n` are together less than `1 - q`.

use super::pairs::MOST;
use super::row::{All, Lost, Row};
use super::rule::{Method, Rule, Seen};
use super::select::{Select, WORD, Weigh};
use super::settle::{Bounds, Candidates, Spare, count};
use crate::math::exp::Scale;
use crate::rows::view::{Column, Rows};
use crate::simd::{Elem, Real};

/// Logits that differ by what is rounded may have exponentials the other way round: but
/// none that are further apart than this share.
const CLOSE: f64 = 1.0 - 1e-5;

/// What makes sets.
pub struct Sets<'a> {
    /// How classes are scored.
    pub rule: Rule,
    /// One threshold, or one a class.
    pub thresholds: &'a [f64],
    /// One threshold a row instead, or null.
    pub of_rows: *const f64,
    /// What is drawn for each row, or null.
    pub draws: *const f64,
}

/// Where sets go.
pub struct Masks {
    /// Words.
    pub data: *mut u64,
    /// From row to row, in words.
    pub stride: usize,
    /// How many classes are in each set, if anyone wants to know.
    pub sizes: Column<u32>,
}

/// Words of scratch for rows of so many classes.
pub fn words(classes: usize) -> Option<usize> {
    Spare::words(classes)?.checked_add(classes.checked_next_multiple_of(WORD)?)
}

/// A row whose exponentials are in scratch.
trait Visited {
    /// Score and exponential of a class.
    fn entry(&self, class: usize) -> (f64, f64);
    /// How many classes there are.
    fn classes(&self) -> usize;
    /// Those from `low` on.
    fn select(&self, low: f64, words: &mut [u64]);
    /// Almost the same; how many there are from `bound` on, and their sum.
    fn weigh(&self, bound: f64, words: &mut [u64]) -> (usize, f64);
}

struct InScratch<E: Elem> {
    row: *const E,
    n: usize,
    from: *const E::Acc,
}

/// The least number of the type that is not below.
fn at_least<T: Real>(x: f64) -> T {
    let near = T::of(x);
    if near.to_f64() < x { near.above() } else { near }
}

impl<E: Elem> Visited for InScratch<E>
where
    E::Acc: Elem<Acc = E::Acc>,
{
    fn entry(&self, class: usize) -> (f64, f64) {
        // SAFETY: who asks has a class from a selection.
        let (score, e) = unsafe { (*self.row.add(class), *self.from.add(class)) };
        (score.widen().to_f64(), e.to_f64())
    }

    fn classes(&self) -> usize {
        self.n
    }

    fn select(&self, low: f64, words: &mut [u64]) {
        E::Acc::dispatch(Select { from: self.from, low: at_least(low), words });
        trim(words, self.n);
    }

    fn weigh(&self, bound: f64, words: &mut [u64]) -> (usize, f64) {
        let low = at_least(bound * CLOSE);
        let select = Select { from: self.from, low, words: &mut *words };
        let known = E::Acc::dispatch(Weigh { select, high: at_least(bound) });
        trim(words, self.n);
        known
    }
}

impl Sets<'_> {
    /// Writes the sets of rows; whether some of them had no probabilities.
    ///
    /// `scratch` is [`words`] long.
    pub fn write<E: Elem>(&self, x: &Rows<E>, to: &Masks, scratch: &mut [u64]) -> bool
    where
        E::Acc: Elem<Acc = E::Acc>,
    {
        let scale = Scale::new(1.0);
        let n = x.cols;
        let whole = n.next_multiple_of(WORD);
        let Some((room, spare)) = scratch.split_at_mut_checked(whole) else { return false };
        room.fill(0);
        let room: *mut E::Acc = room.as_mut_ptr().cast();
        let mut spare = Spare::new(spare);
        let mut lost = false;
        for r in 0..x.rows {
            // SAFETY: the caller vouches for masks of all rows, which overlap nothing.
            let set = unsafe {
                let set = to.data.wrapping_add(r.wrapping_mul(to.stride));
                if n == 0 { &mut [] } else { core::slice::from_raw_parts_mut(set, whole / WORD) }
            };
            let row = Row { row: x.row(r), n, scale: &scale, logits: self.rule.logits };
            // The visit writes whole vectors, which divide a word.
            let seen = match E::dispatch(All { row, to: room }) {
                Ok((seen, _)) => Some(seen),
                // SAFETY: the view vouches for its rows, and there is room.
                Err(Lost::Infinite(count)) => Some(unsafe { infinite(x.row(r), n, room, count) }),
                Err(Lost::Nothing) => None,
            };
            match seen {
                Some(seen) => {
                    let visited = InScratch { row: x.row(r), n, from: room.cast_const() };
                    self.set(r, &visited, seen, set, &mut spare);
                }
                None => {
                    lost = true;
                    fill(set, n);
                }
            }
            to.sizes.set(r, count(set) as u32);
        }
        lost
    }

    /// The set of a row.
    #[inline(never)]
    fn set(&self, r: usize, x: &dyn Visited, row: Seen, set: &mut [u64], spare: &mut Spare) {
        let (draws, of_rows) = (self.draws, self.of_rows);
        // SAFETY: null, or one a row.
        let get = |p: *const f64| (!p.is_null()).then(|| unsafe { *p.add(r) });
        let u = get(draws).unwrap_or(1.0);
        let own = get(of_rows).map(|threshold| [threshold]);
        let thresholds = own.as_ref().map_or(self.thresholds, |own| own.as_slice());
        let bounds = Bounds { thresholds, u };
        // NaN, which no fit finds, takes nothing in.
        let cut = thresholds.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let everything =
            cut == f64::INFINITY || (self.rule.method == Method::Aps && cut * row.sum >= row.all);
        if everything && thresholds.len() == 1 {
            return fill(set, x.classes());
        }
        let entry = |class: usize| x.entry(class);
        let candidates = Candidates { rule: &self.rule, row, entry: &entry, bounds };
        if let Some(least) = self.rule.least(&row, cut) {
            x.select(least, set);
            if thresholds.len() > 1 {
                candidates.alone(set);
            }
            return;
        }
        self.gather(x, &row, u, cut, set);
        candidates.settle(set, spare);
    }

    /// Picks out candidates.
    fn gather(&self, x: &dyn Visited, row: &Seen, u: f64, cut: f64, set: &mut [u64]) {
        let classes = x.classes() as f64;
        let most = self.rule.most(row, u, cut);
        let mass = self.rule.mass(cut).map_or(f64::INFINITY, |share| share * row.sum);
        let enough = |(count, sum): (usize, f64)| sum > mass || count as f64 >= most;
        // What is left out beside these is less than what may be missing of the mass.
        let mut bound = (row.all - mass) / classes;
        if bound > 0.0 {
            x.select(bound * CLOSE, set);
            while count(set) > MOST {
                if !enough(x.weigh(4.0 * bound, set)) {
                    return x.select(bound * CLOSE, set);
                }
                bound *= 4.0;
            }
            return;
        }
        // Down from the largest that can be few.
        bound = row.sum / 64.0;
        while bound > row.sum * 1e-15 && most < classes {
            if enough(x.weigh(bound, set)) {
                return;
            }
            bound /= 8.0;
        }
        x.select(f64::NEG_INFINITY, set);
    }
}

/// All classes.
fn fill(set: &mut [u64], n: usize) {
    set.fill(u64::MAX);
    trim(set, n);
}

/// Clears the bits past the last class.
fn trim(set: &mut [u64], n: usize) {
    if let Some(last) = set.last_mut()
        && !n.is_multiple_of(WORD)
    {
        *last &= (1 << (n % WORD)) - 1;
    }
}

/// The exponentials of a row in which `count` entries of +inf share the mass.
///
/// # Safety
/// `row` must be readable and `to` writable for `n` values.
#[inline(never)]
unsafe fn infinite<E: Elem>(row: *const E, n: usize, to: *mut E::Acc, count: f64) -> Seen {
    for i in 0..n {
        // SAFETY: the caller vouches for both.
        unsafe {
            let infinite = (*row.add(i)).widen() == E::Acc::INFINITY;
            *to.add(i) = if infinite { E::Acc::ONE } else { E::Acc::ZERO };
        }
    }
    Seen { sum: count, all: count, top: 1.0, second: if count > 1.0 { 1.0 } else { 0.0 } }
}
