//! A query's documents in order, by sorting: any number of them, and any that
//! `quick` does not take.

use super::grades::Grades;
use super::measure::{Setup, Ties};
use super::query::{Counts, Query};
use crate::math::order;
use crate::math::sort::{key, value};
use crate::rows::numbers::Numbers;
use crate::rows::order::Order;

/// Words of scratch for queries of at most `n` documents: their places and, apart from
/// those, grades.
pub fn words(n: usize) -> Option<usize> {
    crate::rows::order::words(n)?.checked_mul(2)?.checked_add(usize::from(n > 0))
}

/// What is counted of a query; `None` if a number is NaN.
///
/// # Safety
/// There must be `n` scores and grades.
unsafe fn counts(setup: &Setup, scores: &Numbers, grades: &Grades, n: usize) -> Option<Counts> {
    let mut counts = Counts { all: n, ..Counts::default() };
    for i in 0..n {
        // SAFETY: the caller vouches for them.
        let (score, grade) = unsafe { (scores.get(i), grades.get(i)) };
        if score.is_nan() || grade.is_nan() {
            return None;
        }
        let relevant = grade > f64::from(setup.above);
        counts.found += usize::from(!setup.unretrieved || score > f64::NEG_INFINITY);
        counts.relevant += usize::from(relevant);
        counts.judged += usize::from(grade >= 0.0 && !relevant);
    }
    Some(counts)
}

/// Shows a query all its documents that matter; `false` if a number is NaN. The scratch
/// has [`words`].
///
/// # Safety
/// There must be `n` scores and grades.
#[inline(never)]
pub unsafe fn show(
    query: &mut Query,
    scores: &Numbers,
    grades: &Grades,
    n: usize,
    scratch: &mut [u64],
) -> bool {
    let setup = query.setup;
    // SAFETY: the caller vouches for scores and grades, `Order` for places below `n`.
    let grade = |i: usize| unsafe { grades.get(i) };
    // SAFETY: as above.
    let Some(counts) = (unsafe { counts(setup, scores, grades, n) }) else { return false };
    query.start(counts);
    let (places, spare) = scratch.split_at_mut(n.min(scratch.len()));
    if let Some(keys) = spare.get_mut(..n).filter(|_| query.deepest_best() > 0) {
        keys.iter_mut().enumerate().for_each(|(i, to)| *to = key(grade(i)));
        order::sort(keys);
        for (place, key) in keys.iter().rev().enumerate().take(query.deepest_best()) {
            query.best(place, value(*key));
        }
    }
    // SAFETY: as above; none is NaN.
    let (order, _) = unsafe { Order::of(scores, n, places) };
    let (mut end, deepest) = (n, query.deepest());
    while end > 0 && n - end < deepest {
        let mut start = end - 1;
        while start > 0 && !order.starts(start) {
            start -= 1;
        }
        // SAFETY: as above.
        let score = unsafe { scores.get(order.place(start)) };
        if setup.unretrieved && score == f64::NEG_INFINITY {
            break;
        }
        let at = |i: usize| grade(order.place(start + i));
        let tied = end - start;
        let backwards = setup.ties == Ties::Trec;
        if setup.ties == Ties::Average || tied == 1 {
            query.run(tied, &at, spare);
        } else if setup.ties == Ties::Pessimistic {
            let Some(keys) = spare.get_mut(..tied) else { break };
            keys.iter_mut().enumerate().for_each(|(i, to)| *to = key(at(i)));
            order::sort(keys);
            keys.iter().for_each(|key| query.run(1, &|_| value(*key), &mut []));
        } else {
            for i in 0..tied {
                let i = if backwards { tied - 1 - i } else { i };
                query.run(1, &|_| at(i), &mut []);
            }
        }
        end = start;
    }
    true
}
