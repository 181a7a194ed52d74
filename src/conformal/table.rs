//! Rows of any storage type, behind one face: what is done with them is written once.

use super::row::Visit;
use super::rule::{Rule, Seen, Terms};
use super::select::{Select, Weigh};
use super::sums::{Before, Keep, Row};
use crate::math::exp::{ExpPlan, Scale};
use crate::rows::kind::{Kind, kind};
use crate::rows::view::Rows;
use crate::simd::{Elem, Real};

/// Logits that differ by what is rounded may have exponentials the other way round: but
/// none that are further apart than this share.
pub const CLOSE: f64 = 1.0 - 1e-5;

/// How many of the first entries the reference is guessed from.
const FEW: usize = 16;

/// Rows that can be visited.
pub trait Table {
    /// Rows and classes.
    fn shape(&self) -> (usize, usize);
    /// What is known of a row, and of one of its classes; or without one, and its
    /// exponentials are in scratch. Nothing where it has no probabilities: a NaN, nothing
    /// above -inf, what is no probability.
    fn visit(&self, r: usize, label: Option<usize>) -> Option<(Seen, Terms)>;
    /// Scores and exponentials of classes of the row that is in scratch.
    fn read(&self, r: usize, classes: &[u32], scores: &mut [f64], masses: &mut [f64]);
    /// The classes from `low` on.
    fn select(&self, low: f64, words: &mut [u64]);
    /// The same; how many there are from `bound` on, not below it, and their sum.
    fn weigh(&self, low: f64, bound: f64, words: &mut [u64]) -> (usize, f64);
    /// Takes scratch, of as many words as there are classes, in whole words of a set.
    fn scratch(&mut self, room: &mut [u64]);
}

/// Rows of a storage type.
pub struct Stored<E: Elem> {
    rows: Rows<E>,
    rule: Rule,
    scale: Scale<E::Acc>,
    room: *mut E::Acc,
}

impl<E: Elem> Stored<E>
where
    E::Acc: Elem<Acc = E::Acc>,
{
    /// Without scratch.
    pub fn new(rows: Rows<E>, rule: Rule) -> Self {
        Stored { rows, rule, scale: Scale::new(1.0), room: core::ptr::null_mut() }
    }

    /// Logits by this plan: their sums alone, where that will do.
    #[inline(never)]
    fn logits_by(&self, r: usize, label: usize, plan: ExpPlan<E::Acc>) -> Option<(Seen, Terms)> {
        let keep = label >= self.rows.cols;
        let more = if keep { self.rule.needs_second() } else { self.rule.needs_largest() };
        // 16-bit rows have to be widened, and f64 waits for its long polynomial: either
        // gains less than a kernel takes room.
        let is_f32 = size_of::<E>() == 4 && size_of::<E::Acc>() == 4;
        let row = self.rows.row(r).cast::<E::Acc>();
        let row = Row { at: row, n: self.rows.cols, plan };
        if more || !plan.is_direct() || !is_f32 {
            self.visit_by(r, label, plan)
        } else if keep {
            let known = E::Acc::dispatch(Keep { row, to: self.room });
            known.map(|seen| (seen, Terms { own: 0.0, before: 0.0, rank: 0.0 }))
        } else {
            E::Acc::dispatch(Before { row, label })
        }
    }

    /// By this plan.
    #[inline(never)]
    fn visit_by(&self, r: usize, label: usize, plan: ExpPlan<E::Acc>) -> Option<(Seen, Terms)> {
        let (row, n, logits) = (self.rows.row(r), self.rows.cols, self.rule.logits);
        let mut nowhere = [E::Acc::ZERO; FEW];
        let keep = label >= n;
        let to = if keep { self.room } else { nowhere.as_mut_ptr() };
        E::dispatch(Visit { row, n, plan, logits, label, to, keep })
    }

    /// `count` entries of +inf share the mass.
    #[inline(never)]
    fn infinite(&self, r: usize, label: usize, count: f64) -> (Seen, Terms) {
        let (row, n, full) = (self.rows.row(r), self.rows.cols, E::Acc::INFINITY);
        // SAFETY: the view vouches for its rows.
        let value = |i: usize| unsafe { *row.add(i) }.widen();
        let mass = |i: usize| if value(i) == full { E::Acc::ONE } else { E::Acc::ZERO };
        let mut terms = Terms { own: 0.0, before: 0.0, rank: 0.0 };
        if label < n {
            let own = value(label);
            terms.own = mass(label).to_f64();
            for i in (0..n).filter(|i| value(*i) > own || (value(*i) == own && *i < label)) {
                terms.rank += 1.0;
                terms.before += mass(i).to_f64();
            }
        } else {
            // SAFETY: there is room for a row.
            (0..n).for_each(|i| unsafe { *self.room.add(i) = mass(i) });
        }
        let second = if count > 1.0 { 1.0 } else { 0.0 };
        (Seen { sum: count, all: count, top: 1.0, second }, terms)
    }
}

/// The least number of the type that is not below.
fn at_least<T: Real>(x: f64) -> T {
    let near = T::of(x);
    if near.to_f64() < x { near.above() } else { near }
}

impl<E: Elem> Table for Stored<E>
where
    E::Acc: Elem<Acc = E::Acc>,
{
    fn shape(&self) -> (usize, usize) {
        (self.rows.rows, self.rows.cols)
    }

    fn visit(&self, r: usize, label: Option<usize>) -> Option<(Seen, Terms)> {
        let (row, n) = (self.rows.row(r), self.rows.cols);
        let label = label.unwrap_or(usize::MAX);
        if !self.rule.logits {
            return self.visit_by(r, label, self.scale.plain());
        }
        // SAFETY: the view vouches for its rows.
        let first = (0..n.min(FEW)).map(|i| unsafe { *row.add(i) }.widen());
        let most = first.fold(E::Acc::NEG_INFINITY, |most, x| if x > most { x } else { most });
        let guessed = self.scale.guess(most).and_then(|plan| self.logits_by(r, label, plan));
        // SAFETY: as above.
        guessed.or_else(|| match unsafe { kind(row, n) } {
            Kind::Finite(most) => self.logits_by(r, label, self.scale.direct(most)),
            Kind::Infinite(count) => Some(self.infinite(r, label, count)),
            Kind::Empty | Kind::Nan => None,
        })
    }

    fn read(&self, r: usize, classes: &[u32], scores: &mut [f64], masses: &mut [f64]) {
        let row = self.rows.row(r);
        for ((class, score), mass) in classes.iter().zip(scores).zip(masses) {
            // SAFETY: who asks has classes from a selection.
            let (x, e) = unsafe { (*row.add(*class as usize), *self.room.add(*class as usize)) };
            (*score, *mass) = (x.widen().to_f64(), e.to_f64());
        }
    }

    fn select(&self, low: f64, words: &mut [u64]) {
        E::Acc::dispatch(Select { from: self.room, low: at_least(low), words: &mut *words });
        trim(words, self.rows.cols);
    }

    fn weigh(&self, low: f64, bound: f64, words: &mut [u64]) -> (usize, f64) {
        let select = Select { from: self.room, low: at_least(low), words: &mut *words };
        let known = E::Acc::dispatch(Weigh { select, high: at_least(bound) });
        trim(words, self.rows.cols);
        known
    }

    fn scratch(&mut self, room: &mut [u64]) {
        // What no row writes is not to be taken for an exponential.
        room.fill(0);
        self.room = room.as_mut_ptr().cast();
    }
}

/// Clears the bits past the last class.
pub fn trim(set: &mut [u64], n: usize) {
    if let Some(last) = set.last_mut()
        && !n.is_multiple_of(64)
    {
        *last &= (1 << (n % 64)) - 1;
    }
}
