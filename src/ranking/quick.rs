//! A query's documents in order, as far as is asked: of few, or the first of not very
//! many, in lanes.
//!
//! Of the maxima of 16 or more columns the k-th largest is a bound that k scores reach
//! for certain; what reaches it is about twice as many, and is ranked by counting for
//! each how many are larger and how many equal. The best order is found likewise, of
//! grades. No sort has as few steps, and none here depends on chance but how many
//! there are.

use super::grades::Grades;
use super::measure::Ties;
use super::query::{Counts, Query};
use crate::rows::numbers::Numbers;
use crate::simd::{Elem, Io, Kernel, Real};
use core::mem::MaybeUninit;

/// The most documents of a query.
const COLS: usize = 1024;
/// The most that are ranked.
const MOST: usize = super::query::BLOCK;
/// The most maxima that bound them, and the largest cutoff of which there is a bound.
const MAXIMA: usize = 64;
const DEEPEST: usize = 48;
/// The longest vector.
const LANES: usize = 16;

/// What became of a query.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It was shown all the documents that matter.
    Shown,
    /// A number is NaN.
    Nan,
    /// It is not for here.
    Large,
}

/// A query, and its numbers.
struct Search<'a, 'b, T> {
    query: &'a mut Query<'b>,
    scores: *const T,
    grades: &'a [T],
    spare: &'a mut [u64],
}

/// Shows a query its documents. `spare` is what [`Query::run`] wants.
///
/// # Safety
/// There must be `n` scores and grades.
pub unsafe fn show(
    query: &mut Query,
    scores: &Numbers,
    grades: &Grades,
    n: usize,
    spare: &mut [u64],
) -> Outcome {
    if n > COLS {
        return Outcome::Large;
    }
    // SAFETY: the caller vouches for scores and grades.
    unsafe {
        match *scores {
            Numbers::F64(scores) => search(query, scores, grades, n, spare),
            Numbers::F32(scores) => search(query, scores, grades, n, spare),
            _ => widened(query, scores, grades, n, spare),
        }
    }
}

#[inline(never)]
unsafe fn widened(
    query: &mut Query,
    scores: &Numbers,
    grades: &Grades,
    n: usize,
    spare: &mut [u64],
) -> Outcome {
    let mut wide = [MaybeUninit::<f32>::uninit(); COLS];
    // SAFETY: as in `show`; as many are written as are read.
    unsafe {
        for (i, to) in wide.iter_mut().take(n).enumerate() {
            to.write(scores.get(i) as f32);
        }
        search(query, wide.as_ptr().cast::<f32>(), grades, n, spare)
    }
}

#[inline(never)]
unsafe fn search<T: Elem<Acc = T> + Real>(
    query: &mut Query,
    scores: *const T,
    grades: &Grades,
    n: usize,
    spare: &mut [u64],
) -> Outcome {
    let mut numbers = [MaybeUninit::<T>::uninit(); COLS];
    // SAFETY: as in `show`; `fill` writes what is read.
    unsafe {
        let numbers = core::slice::from_raw_parts_mut(numbers.as_mut_ptr().cast::<T>(), n);
        if !grades.fill(numbers) {
            return Outcome::Large;
        }
        T::dispatch(Search { query, scores, grades: numbers, spare })
    }
}

impl<T: Elem<Acc = T> + Real> Kernel<T> for Search<'_, '_, T> {
    type Out = Outcome;

    #[inline(always)]
    fn run<S: Io<T>>(self, s: S) -> Outcome {
        // Vectors that are arrays gain nothing here.
        if !S::UNROLL {
            return Outcome::Large;
        }
        let Search { query, scores, grades, spare } = self;
        let n = grades.len();
        let (above, unretrieved) = (query.setup.above, query.setup.unretrieved);
        let Some(counts) = self::count(s, above, unretrieved, scores, grades) else {
            return Outcome::Nan;
        };
        query.start(counts);
        let depths = [query.deepest_best().min(n), query.deepest().min(n)];
        // One code for both: of grades above 0, of scores above what was not found.
        let lowest = T::of(if unretrieved { -T::LARGE } else { f64::NEG_INFINITY });
        let passes = [(grades.as_ptr(), T::ZERO.above()), (scores, lowest)];
        for ((numbers, lowest), depth) in passes.into_iter().zip(depths) {
            if depth == 0 {
                continue;
            }
            let best = numbers == grades.as_ptr();
            let (bound, top) = if n <= MOST && depth > LANES {
                (lowest, T::INFINITY)
            } else if depth <= DEEPEST {
                let slots = if depth <= LANES { LANES / S::N } else { MAXIMA / S::N };
                self::bound(s, numbers, n, depth, lowest, slots)
            } else {
                return Outcome::Large;
            };
            let mut words = [0u64; COLS / 64];
            let total = self::reaching(s, numbers, n, bound, &mut words);
            if best && bound == top {
                // As many as are asked for are equal.
                let equal = [top.to_f64(); DEEPEST];
                query.best(0, equal.get(..total.min(depth)).unwrap_or(&equal));
                continue;
            }
            if total > MOST {
                return Outcome::Large;
            }
            let mut from = Candidates::new();
            from.gather(numbers, grades, &words);
            self::compare(s, &mut from);
            if best {
                from.show_best(query, depth);
            } else {
                from.show(query, depth, spare);
            }
        }
        Outcome::Shown
    }
}

/// Counts documents; `None` if a number is NaN.
#[inline(always)]
fn count<T: Elem<Acc = T> + Real, S: Io<T>>(
    s: S,
    above: f32,
    unretrieved: bool,
    scores: *const T,
    grades: &[T],
) -> Option<Counts> {
    let n = grades.len();
    let (above, zero) = (s.splat(T::of(f64::from(above))), s.splat(T::ZERO));
    let low = s.splat(T::NEG_INFINITY);
    let mut nan = 0;
    let (mut found, mut relevant, mut judged) = (0, 0, 0);
    for at in (0..n).step_by(S::N) {
        // SAFETY: there are `n` of both.
        let (score, grade) = unsafe { (load(s, scores, at, n), load(s, grades.as_ptr(), at, n)) };
        nan |= s.bits(s.or(s.nan(score), s.nan(grade)));
        found += s.bits(s.gt(score, low)).count_ones();
        relevant += s.bits(s.gt(grade, above)).count_ones();
        judged += s.bits(s.ge(grade, zero)).count_ones();
    }
    (nan == 0).then_some(Counts {
        all: n,
        found: if unretrieved { found as usize } else { n },
        relevant: relevant as usize,
        judged: judged.wrapping_sub(relevant) as usize,
    })
}

/// A vector from `at` on of `n` numbers, filled up with -inf.
#[inline(always)]
unsafe fn load<T: Elem<Acc = T> + Real, S: Io<T>>(
    s: S,
    numbers: *const T,
    at: usize,
    n: usize,
) -> S::V {
    // SAFETY: the caller vouches for `n` numbers, of which `at` is one.
    unsafe {
        let from = numbers.add(at);
        if n - at >= S::N { s.load(from) } else { s.load_head(from, n - at, T::NEG_INFINITY) }
    }
}

/// What at least `depth` of `n` numbers reach, but not below `lowest`; and the largest.
/// `slots` vectors of maxima are made.
#[inline(always)]
fn bound<T: Elem<Acc = T> + Real, S: Io<T>>(
    s: S,
    numbers: *const T,
    n: usize,
    depth: usize,
    lowest: T,
    slots: usize,
) -> (T, T) {
    let mut maxima = [T::NEG_INFINITY; MAXIMA];
    for slot in 0..slots {
        let mut most = s.splat(T::NEG_INFINITY);
        for at in (slot * S::N..n).step_by(slots * S::N) {
            // SAFETY: there are `n` numbers.
            most = s.max(unsafe { load(s, numbers, at, n) }, most);
        }
        // SAFETY: slots end where the maxima do.
        unsafe { s.put(maxima.as_mut_ptr().add(slot * S::N), most) };
    }
    // The one that is reached by fewest, but enough, and by fewest of all: a count and
    // a place in one number, since numbers of the other kind are slow to choose from.
    let (mut enough, mut fewest) = (usize::MAX, usize::MAX);
    for (i, m) in maxima.iter().take(slots * S::N).enumerate() {
        let mut reach = 0;
        for slot in 0..slots {
            // SAFETY: as above.
            let most = unsafe { s.get(maxima.as_ptr().add(slot * S::N)) };
            reach += s.bits(s.ge(most, s.splat(*m))).count_ones() as usize;
        }
        let both = reach * MAXIMA + i;
        fewest = fewest.min(both);
        enough = enough.min(if reach >= depth { both } else { usize::MAX });
    }
    let number = |both: usize| {
        let number = maxima.get(both % MAXIMA).copied().unwrap_or(lowest);
        if both == usize::MAX || number < lowest { lowest } else { number }
    };
    (number(enough), number(fewest))
}

/// Marks the numbers from `bound` on; how many there are.
#[inline(always)]
fn reaching<T: Elem<Acc = T> + Real, S: Io<T>>(
    s: S,
    numbers: *const T,
    n: usize,
    bound: T,
    words: &mut [u64; COLS / 64],
) -> usize {
    let bound = s.splat(bound);
    let mut total = 0;
    for (from, word) in (0..n).step_by(64).zip(words) {
        let to = n.min(from + 64);
        for at in (from..to).step_by(S::N) {
            // SAFETY: there are `n` numbers.
            let bits = s.bits(s.ge(unsafe { load(s, numbers, at, n) }, bound));
            *word |= u64::from(bits) << (at - from);
        }
        // What was filled up is not there.
        *word &= u64::MAX >> (64 - (to - from));
        total += word.count_ones() as usize;
    }
    total
}

/// Numbers that reach a bound, and what belongs to them.
struct Candidates<T> {
    len: usize,
    /// With room for a vector of NaN past the last.
    keys: [MaybeUninit<T>; MOST + LANES],
    grades: [MaybeUninit<T>; MOST],
    /// Of each, how many are larger, how many before it are equal, and how many are.
    beside: [MaybeUninit<Beside>; MOST],
}

#[derive(Clone, Copy)]
struct Beside {
    larger: u8,
    before: u8,
    equal: u8,
}

/// Compares each with all.
#[inline(always)]
fn compare<T: Elem<Acc = T> + Real, S: Io<T>>(s: S, from: &mut Candidates<T>) {
    let keys = from.keys.as_ptr().cast::<T>();
    for j in 0..from.len {
        let mut beside = Beside { larger: 0, before: 0, equal: 0 };
        // SAFETY: `j` is one of them; a vector past the last reads NaN.
        unsafe {
            let key = s.splat(*keys.add(j));
            for half in (0..from.len).step_by(64) {
                let (mut larger, mut equal) = (0u64, 0u64);
                for at in (half..from.len.min(half + 64)).step_by(S::N) {
                    let others = s.get(keys.add(at));
                    larger |= u64::from(s.bits(s.gt(others, key))) << (at - half);
                    equal |= u64::from(s.bits(s.eq(others, key))) << (at - half);
                }
                let before = match j.saturating_sub(half) {
                    n @ 0..64 => equal & ((1 << n) - 1),
                    _ => equal,
                };
                beside.larger += larger.count_ones() as u8;
                beside.before += before.count_ones() as u8;
                beside.equal += equal.count_ones() as u8;
            }
            from.beside.get_unchecked_mut(j).write(beside);
        }
    }
}

impl<T: Elem<Acc = T> + Real> Candidates<T> {
    /// None yet.
    #[inline(always)]
    fn new() -> Candidates<T> {
        Candidates {
            len: 0,
            keys: [MaybeUninit::uninit(); MOST + LANES],
            grades: [MaybeUninit::uninit(); MOST],
            beside: [MaybeUninit::uninit(); MOST],
        }
    }

    /// Takes the numbers that are marked, at most [`MOST`].
    #[inline(never)]
    fn gather(&mut self, numbers: *const T, grades: &[T], words: &[u64; COLS / 64]) {
        for (from, word) in (0..grades.len()).step_by(64).zip(words) {
            let mut word = *word;
            while word != 0 {
                let i = from + word.trailing_zeros() as usize;
                word &= word - 1;
                // SAFETY: only what is there is marked, and no more than there is room for.
                unsafe {
                    self.keys.get_unchecked_mut(self.len).write(*numbers.add(i));
                    self.grades.get_unchecked_mut(self.len).write(*grades.get_unchecked(i));
                }
                self.len += 1;
            }
        }
        self.keys.iter_mut().skip(self.len).take(LANES).for_each(|to| {
            to.write(T::NAN);
        });
    }

    fn grade(&self, j: usize) -> f64 {
        // SAFETY: all that are asked for are there.
        unsafe { self.grades.get_unchecked(j).assume_init() }.to_f64()
    }

    fn beside(&self, j: usize) -> [usize; 3] {
        // SAFETY: all that are there were compared.
        let Beside { larger, before, equal } =
            unsafe { self.beside.get_unchecked(j).assume_init() };
        [larger, before, equal].map(usize::from)
    }

    /// How many of the equal ones are graded below number `j`, or alike and before it.
    #[inline(never)]
    fn below(&self, j: usize) -> usize {
        let (here, [first, ..]) = (self.grade(j), self.beside(j));
        let below = |i: usize| {
            let (grade, [larger, ..]) = (self.grade(i), self.beside(i));
            larger == first && (grade < here || grade == here && i < j)
        };
        (0..self.len).filter(|i| below(*i)).count()
    }

    /// Shows the best order of grades.
    #[inline(never)]
    fn show_best(&self, query: &mut Query, depth: usize) {
        let mut best = [0.0; MOST];
        for j in 0..self.len {
            let [first, before, _] = self.beside(j);
            if let Some(to) = best.get_mut(first + before) {
                *to = self.grade(j);
            }
        }
        query.best(0, best.get(..depth.min(self.len)).unwrap_or(&[]));
    }

    /// Shows the order of scores, up to the last run that starts before `depth`.
    #[inline(never)]
    fn show(&self, query: &mut Query, depth: usize, spare: &mut [u64]) {
        let (mut grades, mut lengths, mut end) = ([0.0; MOST], [1u8; MOST], 0);
        let ties = query.setup.ties;
        for j in 0..self.len {
            let [first, before, equal] = self.beside(j);
            if first >= depth {
                continue;
            }
            let before = match ties {
                Ties::Average | Ties::Stable => before,
                Ties::Trec => equal - 1 - before,
                Ties::Pessimistic if equal > 1 => self.below(j),
                Ties::Pessimistic => 0,
            };
            if let Some(to) = grades.get_mut(first + before) {
                *to = self.grade(j);
            }
            if let Some(to) = lengths.get_mut(first).filter(|_| ties == Ties::Average) {
                *to = equal as u8;
            }
            end = end.max(first + equal);
        }
        query.runs(grades.get(..end).unwrap_or(&[]), &lengths, spare);
    }
}
