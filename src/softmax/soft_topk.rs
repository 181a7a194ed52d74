//! Soft top-k: `p = sigmoid(alpha (x + t))` with `t` such that the shares sum to `k`.
//!
//! With `F` the sum of shares and `G` that of what they lack of 1, the root is that of
//! `ln(F / G) - ln(k / (n - k))`, which is a line where all scores are equal, by Newton's
//! method within an exact bracket. All is computed in f64, so that sums are what they say
//! for any number of columns.

use crate::math::logistic::Logistic;
use crate::rows::moments::{Table, TableMut};
use crate::rows::numbers::Numbers;
use crate::rows::pieces::{Map, Mapped, PIECE, Room, map};
use crate::rows::view::Column;
use crate::simd::{Io, V};
use crate::status::Status;

/// How much is shared, and how sharply.
#[derive(Clone, Copy)]
pub struct Topk {
    /// What the shares sum to.
    pub k: f64,
    /// What scores are multiplied by.
    pub alpha: f64,
    /// Whether logarithms are wanted.
    pub log: bool,
}

/// A row's shares, as they are found from its scores.
#[derive(Clone, Copy)]
pub struct Found {
    /// What is added to scores: +inf where every finite score has a share of 1, -inf
    /// where none has any; NaN if there are no shares.
    pub t: f64,
    /// The share of a score at +inf.
    pub top: f64,
    /// An advisory.
    pub status: Status,
}

/// Writes shares, and `t` of each row.
#[inline(never)]
pub fn apply(x: Table, y: Option<TableMut>, t: Column<f64>, topk: Topk) -> Status {
    let mut status = Status::LGT_OK;
    for r in 0..x.rows {
        let row = x.row_numbers(r);
        let found = find(row, x.cols, topk);
        status = status.or(found.status);
        t.set(r, found.t);
        if let Some(y) = y {
            let mut each = |start: usize, n: usize, room: &mut Room<f64>| {
                let to = y.row(r).wrapping_add(start * row.size());
                // SAFETY: there is room for every column.
                unsafe { room.store(to, row, n) };
            };
            shares(row, x.cols, &Terms::new(topk, &found), &mut each);
        }
    }
    status
}

/// What is done with the shares of a row: from which column on, how many, and what they are.
pub type Each<'a> = dyn FnMut(usize, usize, &mut Room<f64>) + 'a;

/// Calls `each` with the shares, some at a time, and returns their sums.
#[inline(never)]
pub fn shares(row: Numbers, n: usize, terms: &Terms, each: &mut Each) -> [f64; 3] {
    let mut all = [0.0; 3];
    for start in (0..n).step_by(PIECE) {
        let count = PIECE.min(n - start);
        let mut rooms = [Room::<f64>::zeros()];
        // SAFETY: whoever made the table vouched for its rows.
        unsafe { rooms[0].load(row.from(start), count, 0.0) };
        let sums = map(terms, &mut rooms, count);
        all.iter_mut().zip(sums).for_each(|(total, sum)| *total += sum);
        each(start, count, &mut rooms[0]);
    }
    all
}

/// What a row of scores is made of.
struct Extent {
    /// Finite scores,
    finite: f64,
    /// those at +inf,
    infinite: f64,
    /// the least and the largest finite one,
    least: f64,
    largest: f64,
    /// and whether there is a NaN.
    nan: bool,
}

#[inline(never)]
fn extent(row: Numbers, n: usize) -> Extent {
    let (least, largest) = (f64::INFINITY, f64::NEG_INFINITY);
    let mut extent = Extent { finite: 0.0, infinite: 0.0, least, largest, nan: false };
    for i in 0..n {
        // SAFETY: whoever made the table vouched for its rows.
        let x = unsafe { row.get(i) };
        if x.is_finite() {
            extent.finite += 1.0;
            extent.least = f64::min(extent.least, x);
            extent.largest = f64::max(extent.largest, x);
        } else if x == f64::INFINITY {
            extent.infinite += 1.0;
        } else if x.is_nan() {
            extent.nan = true;
        }
    }
    extent
}

/// Finds the shares of a row.
#[inline(never)]
pub fn find(row: Numbers, n: usize, topk: Topk) -> Found {
    let extent = extent(row, n);
    let (finite, infinite) = (extent.finite, extent.infinite);
    let found = |t, top, status| Found { t, top, status };
    if extent.nan {
        return found(f64::NAN, f64::NAN, Status::LGT_OK);
    }
    if finite + infinite == 0.0 {
        return found(f64::NAN, f64::NAN, Status::LGT_EMPTY_ROW);
    }
    let rest = topk.k - infinite;
    if rest <= 0.0 {
        return found(f64::NEG_INFINITY, topk.k / infinite, Status::LGT_OK);
    }
    if rest >= finite {
        let exact = rest == finite;
        let status = if exact { Status::LGT_OK } else { Status::LGT_AT_BOUND };
        return found(f64::INFINITY, 1.0, status);
    }
    let (t, status) = root((row, n), &extent, (rest, topk.alpha));
    found(t, 1.0, status)
}

/// As many halvings as lead from the largest number to the least.
const MOST: usize = 1200;
/// How near the logarithm of what shares are to what they lack is to its own.
const NEAR: f64 = 8e-15;

#[inline(never)]
fn root((row, n): (Numbers, usize), extent: &Extent, (k, alpha): (f64, f64)) -> (f64, Status) {
    let (lacking, topk) = (extent.finite - k, Topk { k, alpha, log: false });
    let middle = libm::log(k / lacking) / alpha;
    let (mut low, mut high) = (middle - extent.largest, middle - extent.least);
    let mut t = 0.5 * low + 0.5 * high;
    let (mut best, mut before) = ((t, f64::INFINITY), f64::INFINITY);
    for _ in 0..MOST {
        let found = Found { t, top: 1.0, status: Status::LGT_OK };
        let [shares, lack, slope] =
            self::shares(row, n, &Terms::new(topk, &found), &mut |_, _, _| {});
        let off = libm::log(shares / k) - libm::log(lack / lacking);
        let size = libm::fabs(off);
        if size < best.1 {
            best = (t, size);
        }
        if off < 0.0 {
            low = t;
        } else {
            high = t;
        }
        if size <= NEAR {
            break;
        }
        let step = off / (slope * alpha * (shares + lack)) * shares * lack;
        let newton = t - step;
        // Where steps do not help, halves do.
        let helps = low < newton && newton < high && size < 0.5 * before;
        let next = if helps || before.is_infinite() && low < newton && newton < high {
            newton
        } else {
            0.5 * low + 0.5 * high
        };
        before = size;
        if next == t || !(low < next && next < high) {
            break;
        }
        t = next;
    }
    let good = best.1 <= 1e-9;
    (best.0, if good { Status::LGT_OK } else { Status::LGT_NOT_CONVERGED })
}

/// Scores become shares or their logarithms; summed are those of finite scores, what they
/// lack of 1, and the products of both.
pub struct Terms {
    logistic: Logistic<f64>,
    alpha: f64,
    t: f64,
    top: f64,
    log_top: f64,
    log: bool,
}

impl Terms {
    /// For a row whose shares were found.
    #[inline(never)]
    pub fn new(topk: Topk, found: &Found) -> Self {
        Terms {
            logistic: Logistic::plain(),
            alpha: topk.alpha,
            t: found.t,
            top: found.top,
            log_top: libm::log(found.top),
            log: topk.log,
        }
    }
}

impl Map<f64, 1, 3> for Terms {
    #[inline(always)]
    fn eval<S: Io<f64>>(&self, s: S, [x]: [V<f64, S>; 1]) -> Mapped<f64, S, 1, 3> {
        let (zero, t) = (s.splat(0.0), s.splat(self.t));
        let z = s.mul(s.add(x, t), s.splat(self.alpha));
        let (share, lack) = self.logistic.both::<f64, S>(s, z);
        let (high, low) = (s.eq(x, s.splat(f64::INFINITY)), s.eq(x, s.splat(f64::NEG_INFINITY)));
        let far = s.or(high, low);
        let sums = [share, lack, s.mul(share, lack)].map(|sum| s.select(far, zero, sum));
        let (own, top, none) = if self.log {
            let (cost, _) = self.logistic.softplus::<f64, S>(s, s.sub(zero, z));
            (s.sub(zero, cost), self.log_top, f64::NEG_INFINITY)
        } else {
            (share, self.top, 0.0)
        };
        let y = s.select(high, s.splat(top), s.select(low, s.splat(none), own));
        ([s.select(s.nan(t), t, y)], sums)
    }
}

/// Writes the gradient of shares, or of their logarithms, that `above` comes to, times
/// `factor`: `above` gives some of it at a time.
///
/// # Safety
/// `to` must be writable for as many numbers as the row has; it may be the row.
#[inline(never)]
pub unsafe fn grad(
    (row, n): (Numbers, usize),
    (topk, t, factor): (Topk, f64, f64),
    above: &dyn Fn(usize, usize, &mut Room<f64>),
    to: *mut u8,
) {
    // Where nothing changes, nothing does.
    let factor = if t.is_infinite() { 0.0 } else { factor };
    let mut slopes = Slopes {
        logistic: Logistic::plain(),
        alpha: topk.alpha,
        t,
        mean: 0.0,
        factor,
        log: topk.log,
    };
    let mut sums = [0.0; 2];
    for write in [false, true] {
        for start in (0..n).step_by(PIECE) {
            let count = PIECE.min(n - start);
            let mut rooms = [Room::<f64>::zeros(), Room::zeros()];
            let [x, given] = &mut rooms;
            // SAFETY: whoever made the table vouched for its rows.
            unsafe { x.load(row.from(start), count, 0.0) };
            above(start, count, given);
            let terms = map(&slopes, &mut rooms, count);
            if write {
                // SAFETY: the caller vouches for the room.
                unsafe { rooms[0].store(to.wrapping_add(start * row.size()), row, count) };
            } else {
                sums.iter_mut().zip(terms).for_each(|(total, sum)| *total += sum);
            }
        }
        let [numerator, slope] = sums;
        slopes.mean = if slope > 0.0 { numerator / slope } else { 0.0 * numerator };
    }
}

/// Scores and what comes from above become gradients; summed are the gradients at a `t`
/// that stays, and the shares' own derivatives.
struct Slopes {
    logistic: Logistic<f64>,
    alpha: f64,
    t: f64,
    mean: f64,
    factor: f64,
    log: bool,
}

impl Map<f64, 2, 2> for Slopes {
    #[inline(always)]
    fn eval<S: Io<f64>>(&self, s: S, [x, dy]: [V<f64, S>; 2]) -> Mapped<f64, S, 2, 2> {
        let (zero, t) = (s.splat(0.0), s.splat(self.t));
        let z = s.mul(s.add(x, t), s.splat(self.alpha));
        let slope = s.mul(self.logistic.slope::<f64, S>(s, z), s.splat(self.alpha));
        let own = if self.log {
            let lack = self.logistic.sigmoid::<f64, S>(s, s.sub(zero, z));
            s.mul(lack, s.splat(self.alpha))
        } else {
            slope
        };
        let (high, low) = (s.eq(x, s.splat(f64::INFINITY)), s.eq(x, s.splat(f64::NEG_INFINITY)));
        let far = s.or(high, low);
        let product = s.select(s.or(far, s.eq(own, zero)), zero, s.mul(own, dy));
        let slope = s.select(far, zero, slope);
        let rest = s.sub(product, s.mul(slope, s.splat(self.mean)));
        let grad = s.mul(rest, s.splat(self.factor));
        let settled = s.or(far, s.eq(s.splat(self.factor), zero));
        let grad = s.select(settled, zero, grad);
        ([s.select(s.nan(t), t, grad), dy], [product, slope])
    }
}
