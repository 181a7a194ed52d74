//! The sets of rows.
//!
//! A row is visited once, and leaves its exponentials in scratch. Where a class is in
//! by its own alone, one comparison of these is all. Otherwise it picks out candidates:
//! those from some exponential on, so many that nothing below can be in the set,
//! because all of these stand before it. With a threshold `q` on mass, all that are
//! below `(1 - q) / n` are together less than `1 - q`.

use super::pairs::MOST;
use super::rule::{Method, Rule, Seen};
use super::select::WORD;
use super::settle::{Bounds, Candidates, Spare, count};
use super::table::{CLOSE, Table, trim};
use crate::rows::view::Column;

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

impl Sets<'_> {
    /// Writes the sets of rows; whether some of them had no probabilities.
    ///
    /// `scratch` is [`words`] long.
    pub fn write(&self, x: &mut dyn Table, to: &Masks, scratch: &mut [u64]) -> bool {
        let (rows, n) = x.shape();
        let whole = n.next_multiple_of(WORD);
        let Some((room, spare)) = scratch.split_at_mut_checked(whole) else { return false };
        x.scratch(room);
        let mut spare = Spare::new(spare);
        let mut lost = false;
        for r in 0..rows {
            // SAFETY: the caller vouches for masks of all rows, which overlap nothing.
            let set = unsafe {
                let set = to.data.wrapping_add(r.wrapping_mul(to.stride));
                if n == 0 { &mut [] } else { core::slice::from_raw_parts_mut(set, whole / WORD) }
            };
            match x.visit(r, None) {
                Some((seen, _)) => self.set(r, x, seen, set, &mut spare),
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
    fn set(&self, r: usize, x: &dyn Table, row: Seen, set: &mut [u64], spare: &mut Spare) {
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
            return fill(set, x.shape().1);
        }
        let entry = |class: usize| x.entry(r, class);
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
    fn gather(&self, x: &dyn Table, row: &Seen, u: f64, cut: f64, set: &mut [u64]) {
        let classes = x.shape().1 as f64;
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
