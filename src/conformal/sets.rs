//! The sets of rows.
//!
//! A row is visited once, and leaves its exponentials in scratch. Where a class is in
//! by its own alone, one comparison of these is all. Otherwise it picks out candidates:
//! those from some exponential on, so many that nothing below can be in the set,
//! because all of these stand before it. With a threshold `q` on mass, all that are
//! below `(1 - q) / n` are together less than `1 - q`. And from some larger exponential
//! on all are in, because the last of them is. Only what is between is looked at.

use super::rule::{Method, Rule, Seen, Terms};
use super::select::WORD;
use super::settle::{Bounds, Candidates, Spare, Sure, count};
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
        let candidates = Candidates { rule: &self.rule, row, table: x, r, bounds };
        if let Some(least) = self.rule.least(&row, cut) {
            x.select(least, set);
            if thresholds.len() > 1 {
                candidates.alone(set);
            }
            return;
        }
        let sure = self.gather(x, &row, &bounds, cut, set, spare);
        candidates.settle(set, &sure, spare);
    }

    /// Picks out candidates, and which of them are in for sure, the latter in `spare`: a
    /// bracket of bounds is halved until few are between.
    fn gather(
        &self,
        x: &dyn Table,
        row: &Seen,
        bounds: &Bounds,
        cut: f64,
        set: &mut [u64],
        spare: &mut Spare,
    ) -> Sure {
        let takes = |count: usize, before: f64| {
            let rank = count as f64;
            self.rule.takes(row, &Terms { own: 0.0, before, rank }, bounds.u, cut)
        };
        // The next after so many is out; and the last of so many is in.
        let enough = |(count, mass): (usize, f64)| !takes(count, mass);
        let sure = |(count, mass): (usize, f64)| {
            bounds.thresholds.len() == 1 && count > 0 && takes(count - 1, mass)
        };
        let mut bracket =
            Bracket { low: 0.0, high: 1.01 * row.top, outside: x.shape().1, inside: 0 };
        // What is left out beside these is less than what may be missing of the mass.
        let missing = self.rule.mass(cut).map_or(0.0, |share| row.all - share * row.sum);
        if missing > 0.0 {
            bracket.low = missing / x.shape().1 as f64;
        }
        let mut next = if missing > 0.0 { bracket.middle(row.sum) } else { row.sum / 64.0 };
        // Whether the set is that of the lower bound.
        let mut held = false;
        for step in 1..=STEPS {
            if bracket.is_narrow() {
                break;
            }
            let known = x.weigh(next * CLOSE, next, set);
            held = enough(known);
            if held {
                (bracket.low, bracket.outside) = (next, known.0);
            } else if sure(known) {
                (bracket.high, bracket.inside) = (next, known.0);
            }
            let down = bracket.low == 0.0 && step < DOWN;
            next = if down { next / 8.0 } else { bracket.middle(row.sum) };
        }
        if !held {
            let low = if bracket.low > 0.0 { bracket.low * CLOSE } else { f64::NEG_INFINITY };
            x.select(low, set);
        }
        if bracket.inside == 0 || bracket.outside <= FEW {
            return Sure { count: 0, mass: 0.0 };
        }
        let from = bracket.high / CLOSE;
        let (count, mass) = x.weigh(from, from, spare.set(set.len()));
        Sure { count, mass }
    }
}

/// How often bounds are changed, and how often by a fixed factor, to find the lower one.
const STEPS: usize = 20;
const DOWN: usize = 8;

/// So few candidates are compared at once.
const FEW: usize = 32;

/// Bounds of exponentials, and how many classes are from each on.
struct Bracket {
    low: f64,
    high: f64,
    outside: usize,
    inside: usize,
}

impl Bracket {
    /// Whether few are between, or bounds are too close to part more.
    fn is_narrow(&self) -> bool {
        self.outside.saturating_sub(self.inside) <= FEW || self.high * CLOSE * CLOSE <= self.low
    }

    /// Between the bounds; what is less than 1e-18 of the whole is of no account.
    fn middle(&self, whole: f64) -> f64 {
        libm::sqrt(f64::max(self.low, 1e-18 * whole)) * libm::sqrt(self.high)
    }
}

/// All classes.
fn fill(set: &mut [u64], n: usize) {
    set.fill(u64::MAX);
    trim(set, n);
}
