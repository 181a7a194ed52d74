//! A query's documents in order, as far as is asked: of few, or the first of not very
//! many, in lanes.
//!
//! Of the maxima of 16 or more columns the k-th largest is a bound that k scores reach
//! for certain; what reaches it is about twice as many, and is ranked by counting for
//! each how many are larger and how many equal. The best order is found likewise, of
//! grades; of few integers by counting each. No sort has as few steps, and none here
//! depends on chance but how many there are.

use super::firsts::{compare, gather, levels};
use super::grades::Grades;
use super::query::{BLOCK as MOST, Counts, List, Query};
use crate::rows::labels::{LabelType, Labels};
use crate::rows::numbers::Numbers;
use crate::simd::{Elem, Io, Kernel, Real};
use core::hint::black_box;
use core::mem::MaybeUninit;
use core::ptr::null;
use core::slice::from_raw_parts_mut;

/// The most documents of a query.
const COLS: usize = 1024;
/// The most maxima that bound them, and the largest cutoff of which there is a bound.
const MAXIMA: usize = 64;
const DEEPEST: usize = 48;
/// The longest vector.
const LANES: usize = 16;
/// The highest integer grade that is looked for with all below it.
const LEVELS: usize = 8;

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

/// Room for numbers of 8 bytes or less, and a vector past the last.
type Numbered<const N: usize> = [MaybeUninit<u64>; N];

/// Where queries are looked at, one after the other.
#[repr(C, align(64))]
pub struct Room {
    scores: Numbered<{ COLS + LANES }>,
    grades: Numbered<{ COLS + LANES }>,
    keys: Numbered<{ MOST + LANES }>,
    beside: Numbered<{ MOST + LANES }>,
    ranks: Numbered<{ MOST + LANES }>,
    whole: [MaybeUninit<i32>; COLS],
    best: List,
    order: List,
}

impl Default for Room {
    /// With nothing in it.
    fn default() -> Room {
        Room {
            scores: [MaybeUninit::uninit(); COLS + LANES],
            grades: [MaybeUninit::uninit(); COLS + LANES],
            keys: [MaybeUninit::uninit(); MOST + LANES],
            beside: [MaybeUninit::uninit(); MOST + LANES],
            ranks: [MaybeUninit::uninit(); MOST + LANES],
            whole: [MaybeUninit::uninit(); COLS],
            best: List::EMPTY,
            order: List::EMPTY,
        }
    }
}

/// What is looked for.
#[derive(Clone, Copy)]
struct Asked {
    /// Documents of the best order, and of that of the scores.
    best: usize,
    depth: usize,
    /// Whether also as many of that as are relevant.
    relevant: bool,
    /// Whether kinds of documents are counted.
    counted: bool,
    above: f32,
    unretrieved: bool,
}

/// A query, and its numbers.
struct Search<'a, T> {
    asked: Asked,
    n: usize,
    /// Null if they are in the room.
    scores: *const T,
    /// Likewise.
    grades: *const T,
    /// Likewise, if grades are whole numbers.
    whole: Option<*const i32>,
    room: &'a mut Room,
}

/// Shows a query its documents. `spare` is what [`Query::run`] wants.
///
/// # Safety
/// There must be `n` scores and grades.
#[inline(never)]
pub unsafe fn show(
    query: &mut Query,
    scores: &Numbers,
    grades: &Grades,
    n: usize,
    room: &mut Room,
    spare: &mut [u64],
) -> Outcome {
    if n > COLS {
        return Outcome::Large;
    }
    let asked = Asked {
        best: query.deepest_best().min(n),
        depth: query.deepest().min(n),
        relevant: query.by_relevant,
        counted: !query.gains_only,
        above: query.setup.above,
        unretrieved: query.setup.unretrieved,
    };
    let wide =
        matches!(scores, Numbers::F64(_)) | matches!(grades, Grades::Numbers(Numbers::F64(_)));
    // SAFETY: the caller vouches for scores and grades.
    let found = unsafe {
        if wide {
            search::<f64>(asked, scores, grades, n, room)
        } else {
            search::<f32>(asked, scores, grades, n, room)
        }
    };
    match found {
        Ok(counts) => {
            query.start(counts);
            query.show_best(&mut room.best);
            query.show(&mut room.order, spare);
            Outcome::Shown
        }
        Err(outcome) => outcome,
    }
}

/// # Safety
/// As of [`show`].
unsafe fn search<T: Elem<Acc = T> + Real>(
    asked: Asked,
    scores: &Numbers,
    grades: &Grades,
    n: usize,
    room: &mut Room,
) -> Result<Counts, Outcome> {
    // SAFETY: the caller vouches for scores and grades, for which there is room.
    unsafe {
        let scores = as_they_are(scores, n, room.scores.as_mut_ptr().cast::<T>());
        let (grades, whole) = match grades {
            Grades::Numbers(grades) => {
                (as_they_are(grades, n, room.grades.as_mut_ptr().cast::<T>()), None)
            }
            Grades::Integers(labels) => (null(), Some(narrow(labels, n, &mut room.whole))),
        };
        T::dispatch(Search { asked, n, scores, grades, whole, room })
    }
}

/// Where these numbers lie; null if they had to be turned into others, in `room`.
///
/// # Safety
/// There must be `n`, and room for them.
#[inline(never)]
unsafe fn as_they_are<T: Real>(numbers: &Numbers, n: usize, room: *mut T) -> *const T {
    if numbers.size() == size_of::<T>() {
        return numbers.address().cast();
    }
    for i in 0..n {
        // SAFETY: the caller vouches for both.
        unsafe { *room.add(i) = T::of(numbers.get(i)) };
    }
    null()
}

/// As [`as_they_are`].
///
/// # Safety
/// There must be `n` labels, and room for them.
#[inline(never)]
unsafe fn narrow(labels: &Labels, n: usize, room: &mut [MaybeUninit<i32>; COLS]) -> *const i32 {
    if labels.kind() == LabelType::I32 {
        return labels.address().cast();
    }
    // SAFETY: all are written, and nothing is read before.
    labels.narrow(0, unsafe { from_raw_parts_mut(room.as_mut_ptr().cast(), n) });
    null()
}

impl<T: Elem<Acc = T> + Real> Kernel<T> for Search<'_, T> {
    type Out = Result<Counts, Outcome>;

    #[inline(always)]
    fn run<S: Io<T>>(self, s: S) -> Result<Counts, Outcome> {
        // Vectors that are arrays gain nothing here.
        if !S::UNROLL {
            return Err(Outcome::Large);
        }
        let Search { asked, n, room, .. } = self;
        let scores = room.scores.as_mut_ptr().cast::<T>();
        let grades = room.grades.as_mut_ptr().cast::<T>();
        let whole = room.whole.as_ptr().cast::<i32>();
        let whole = self.whole.map(|from| if from.is_null() { whole } else { from });
        // SAFETY: there are `n`, and there is room for as many.
        if !whole.is_none_or(|whole| unsafe { convert(whole, n, grades) }) {
            return Err(Outcome::Large);
        }
        let from = [(self.scores, scores), (self.grades, grades)];
        let from = from.map(|(from, here)| if from.is_null() { here.cast_const() } else { from });
        // The place of both, later also that of maxima.
        let found = [&mut room.keys, &mut room.beside].map(|room| room.as_mut_ptr().cast::<T>());
        let ranks = room.ranks.as_mut_ptr().cast::<T>();
        let deepest = if asked.relevant { n } else { asked.best.max(asked.depth) };
        let slots = if deepest <= LANES { LANES } else { MAXIMA } / S::N;
        let Some(counts) = self::count(s, asked, n, from, [scores, grades], found, slots) else {
            return Err(Outcome::Nan);
        };
        let relevant = if asked.relevant { counts.relevant } else { 0 };
        let depths = [asked.depth.max(relevant), asked.best];
        // Of scores above what was not found, and of grades above 0.
        let lowest = T::of(if asked.unretrieved { -T::LARGE } else { f64::NEG_INFINITY });
        let lowest = [lowest, T::ZERO.above()];
        let (bounds, top) = self::bounds(s, found, slots, depths, lowest);
        // One code for both, and not two copies of it.
        for i in 0..black_box(2) {
            let (numbers, list) =
                if i == 0 { (scores, &mut room.order) } else { (grades, &mut room.best) };
            let (depth, mut bound) = (depths[i & 1], bounds[i & 1]);
            list.len = 0;
            if depth == 0 {
                continue;
            }
            // As many as are asked for are equal, or all are of a few kinds.
            let few = whole.is_some() && top <= T::of_index(LEVELS as u32);
            if i == 1 && (bound == top && depth <= DEEPEST || few) {
                levels(s, grades, n, depth, top, list);
                continue;
            }
            if depth > LANES && n <= MOST {
                bound = lowest[i & 1];
            } else if depth > DEEPEST {
                return Err(Outcome::Large);
            }
            let Some(len) = gather(s, [numbers, grades], n, bound, found) else {
                return Err(Outcome::Large);
            };
            compare(s, found[0], found[1 - (i & 1)], len, ranks, list);
        }
        Ok(counts)
    }
}

/// Whole numbers as others; whether all are the same.
///
/// # Safety
/// There must be `n`, and room for as many.
#[inline(always)]
unsafe fn convert<T: Real>(from: *const i32, n: usize, to: *mut T) -> bool {
    let mut exact = true;
    for i in 0..n {
        // SAFETY: the caller vouches for both.
        unsafe {
            let whole = *from.add(i);
            exact &= whole.wrapping_add(1 << 24) as u32 <= 1 << 25;
            *to.add(i) = T::of(f64::from(whole));
        }
    }
    exact
}

/// Copies scores and grades, with NaN after the last, and counts documents; `None` if a
/// number is NaN. Of both, `slots` vectors of maxima are made.
#[inline(always)]
fn count<T: Elem<Acc = T> + Real, S: Io<T>>(
    s: S,
    asked: Asked,
    n: usize,
    from: [*const T; 2],
    to: [*mut T; 2],
    maxima: [*mut T; 2],
    slots: usize,
) -> Option<Counts> {
    let (above, zero) = (s.splat(T::of(f64::from(asked.above))), s.splat(T::ZERO));
    let low = s.splat(T::NEG_INFINITY);
    let mut nan = 0;
    let (mut found, mut relevant, mut judged) = (0, 0, 0);
    for slot in 0..slots {
        let mut most = [low; 2];
        let mut at = slot * S::N;
        while at < n {
            let (left, mut both) = (n - at, [low; 2]);
            for i in 0..2 {
                // SAFETY: there are `n` of both, and room for a vector past the last.
                unsafe {
                    let from = from[i].add(at);
                    let here =
                        if left >= S::N { s.load(from) } else { s.load_head(from, left, T::NAN) };
                    s.put(to[i].add(at), here);
                    (both[i], most[i]) = (here, s.max(here, most[i]));
                }
            }
            let [score, grade] = both;
            let missing = s.bits(s.or(s.nan(score), s.nan(grade)));
            nan |= if left >= S::N { missing } else { missing & !(u32::MAX << left) };
            if asked.counted {
                found += s.bits(s.gt(score, low)).count_ones();
                relevant += s.bits(s.gt(grade, above)).count_ones();
                judged += s.bits(s.ge(grade, zero)).count_ones();
            }
            at += slots * S::N;
        }
        for (maxima, most) in maxima.iter().zip(most) {
            // SAFETY: there is room for more maxima than are ever made.
            unsafe { s.put(maxima.add(slot * S::N), most) };
        }
    }
    (nan == 0).then_some(Counts {
        all: n,
        found: if asked.unretrieved { found as usize } else { n },
        relevant: relevant as usize,
        judged: judged.wrapping_sub(relevant) as usize,
    })
}

/// Of both the largest number that is reached by as many as are asked for, but not below
/// `lowest`; and the largest of the second. `slots` vectors of maxima of numbers are known.
#[inline(always)]
fn bounds<T: Elem<Acc = T> + Real, S: Io<T>>(
    s: S,
    maxima: [*mut T; 2],
    slots: usize,
    depths: [usize; 2],
    lowest: [T; 2],
) -> ([T; 2], T) {
    // A lane is one instruction to read from memory, and several from a register.
    let maxima = black_box(maxima);
    let (one, zero) = (s.splat(T::ONE), s.splat(T::ZERO));
    let depths = depths.map(|depth| s.splat(T::of_index(depth as u32)));
    let mut enough = lowest.map(|lowest| s.splat(lowest));
    let mut top = enough[1];
    for slot in 0..slots {
        // SAFETY: so many maxima were made.
        let most = maxima.map(|maxima| unsafe { s.get(maxima.add(slot * S::N)) });
        let mut reach = [[zero; 2]; 2];
        for j in (0..slots * S::N).step_by(2) {
            for i in 0..2 {
                for half in 0..2 {
                    // SAFETY: as above.
                    let m = s.splat(unsafe { *maxima[i].add(j + half) });
                    let reach = &mut reach[i][half];
                    *reach = s.select(s.ge(m, most[i]), s.add(*reach, one), *reach);
                }
            }
        }
        for i in 0..2 {
            let reached = s.ge(s.add(reach[i][0], reach[i][1]), depths[i]);
            enough[i] = s.select(reached, s.max(most[i], enough[i]), enough[i]);
        }
        top = s.max(most[1], top);
    }
    (enough.map(|enough| s.reduce_max(enough)), s.reduce_max(top))
}
