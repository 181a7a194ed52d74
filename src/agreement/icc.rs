//! Intraclass correlations: how much of the spread of ratings is that of the items.
//! The six forms of Shrout and Fleiss, from the mean squares of an analysis of
//! variance of items and raters.
//!
//! Ratings are taken around their mean, in units of the largest that is left, so that
//! neither a large mean nor the size of numbers costs digits. Sums are exact, so the
//! order of items and of raters does not matter.

use super::f_distribution as f;
use crate::math::fixed::Bounded;
use crate::rows::numbers::Numbers;

/// One form of the intraclass correlation.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct IccForm {
    /// The intraclass correlation.
    pub icc: f64,
    /// Of the test that it is 0.
    pub f: f64,
    /// Degrees of freedom above.
    pub df1: f64,
    /// Degrees of freedom below.
    pub df2: f64,
    /// The share of F above `f`.
    pub p_value: f64,
    /// The lower end of the confidence interval.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// The result of `lgt_icc`.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct IccReport {
    /// Number of items.
    pub items: u64,
    /// Number of raters.
    pub raters: u64,
    /// Items with a rating that is no finite number; all below is then NaN.
    pub nan_items: u64,
    /// The mean of all ratings.
    pub mean: f64,
    /// Mean square between items.
    pub ms_items: f64,
    /// Mean square within items.
    pub ms_within: f64,
    /// Mean square between raters.
    pub ms_raters: f64,
    /// Mean square of what is left.
    pub ms_error: f64,
    /// ICC(1,1): each item has raters of its own.
    pub icc1: IccForm,
    /// ICC(2,1): raters are a sample, and rate all items.
    pub icc2: IccForm,
    /// ICC(3,1): these raters are all that matter.
    pub icc3: IccForm,
    /// ICC(1,k): of the mean of all raters.
    pub icc1k: IccForm,
    /// ICC(2,k).
    pub icc2k: IccForm,
    /// ICC(3,k).
    pub icc3k: IccForm,
}

const UNKNOWN: IccForm = IccForm {
    icc: f64::NAN,
    f: f64::NAN,
    df1: f64::NAN,
    df2: f64::NAN,
    p_value: f64::NAN,
    low: f64::NAN,
    high: f64::NAN,
};

/// Items by raters.
#[derive(Clone, Copy)]
pub struct Ratings {
    /// All of them.
    pub numbers: Numbers,
    /// From item to item.
    pub stride: usize,
    /// Number of items.
    pub items: usize,
    /// Number of raters.
    pub raters: usize,
}

/// Words of scratch: a mean for each item and each rater.
pub fn words(items: usize, raters: usize) -> Option<usize> {
    items.checked_add(raters)
}

impl Ratings {
    #[inline(never)]
    fn get(&self, i: usize, j: usize) -> f64 {
        // SAFETY: the caller of the C function vouches for the array.
        unsafe { self.numbers.get(i * self.stride + j) }
    }

    /// `f` of all ratings; the largest result in magnitude.
    #[inline(never)]
    fn largest(&self, f: &dyn Fn(f64) -> f64) -> f64 {
        let item =
            |i| (0..self.raters).fold(0.0, |most, j| f64::max(most, f(self.get(i, j)).abs()));
        (0..self.items).fold(0.0, |most, i| f64::max(most, item(i)))
    }

    fn nan_items(&self) -> usize {
        let good = |i: &usize| (0..self.raters).all(|j| self.get(*i, j).is_finite());
        self.items - (0..self.items).filter(good).count()
    }
}

/// The power of two by which a number up to `most` is below 1 in magnitude.
fn exponent(most: f64) -> i32 {
    if most > 0.0 { -libm::ilogb(most) - 1 } else { 0 }
}

/// `x` times a power of two.
#[inline(never)]
fn times(x: f64, power: i32) -> f64 {
    libm::scalbn(x, power)
}

/// The mean of `n` numbers, up to 1 in magnitude.
#[inline(never)]
fn mean(n: usize, f: &dyn Fn(usize) -> f64) -> f64 {
    let mut sum = Bounded::ZERO;
    (0..n).for_each(|i| sum.add(f(i)));
    sum.to_f64() / n as f64
}

/// Mean squares between items, within items, between raters, and of the rest.
#[derive(Clone, Copy)]
struct Squares {
    n: f64,
    k: f64,
    items: f64,
    within: f64,
    raters: f64,
    error: f64,
}

/// All forms, with intervals of this confidence.
pub fn apply(of: &Ratings, confidence: f64, scratch: &mut [u64]) -> IccReport {
    let (n, k) = (of.items, of.raters);
    let nan_items = of.nan_items();
    let mut report = IccReport {
        items: n as u64,
        raters: k as u64,
        nan_items: nan_items as u64,
        mean: f64::NAN,
        ms_items: f64::NAN,
        ms_within: f64::NAN,
        ms_raters: f64::NAN,
        ms_error: f64::NAN,
        icc1: UNKNOWN,
        icc2: UNKNOWN,
        icc3: UNKNOWN,
        icc1k: UNKNOWN,
        icc2k: UNKNOWN,
        icc3k: UNKNOWN,
    };
    let Some((items, raters)) = scratch.split_at_mut_checked(n) else { return report };
    if nan_items > 0 || n == 0 || k == 0 {
        return report;
    }
    let up = exponent(of.largest(&|x| x));
    let first = of.get(0, 0);
    // Of ratings that are all the same the mean is one, which division may miss.
    let center = if of.largest(&|x| x - first) == 0.0 {
        times(first, up)
    } else {
        let mut sum = Bounded::ZERO;
        (0..n).for_each(|i| (0..k).for_each(|j| sum.add(times(of.get(i, j), up))));
        sum.to_f64() / (n as f64 * k as f64)
    };
    report.mean = times(center, -up);
    let around = |x: f64| times(x, up) - center;
    let more = exponent(of.largest(&around));
    let at = |i: usize, j: usize| times(around(of.get(i, j)), more);
    let all = |items: &[u64]| mean(n, &|i| value(items, i));
    (0..n).zip(items.iter_mut()).for_each(|(i, to)| *to = mean(k, &|j| at(i, j)).to_bits());
    (0..k).zip(raters.iter_mut()).for_each(|(j, to)| *to = mean(n, &|i| at(i, j)).to_bits());
    let middle = all(items);
    let (mut between, mut within) = (Bounded::ZERO, Bounded::ZERO);
    let (mut columns, mut rest) = (Bounded::ZERO, Bounded::ZERO);
    for i in 0..n {
        let off = value(items, i) - middle;
        between.add(off * off);
        for j in 0..k {
            let (inside, column) = (at(i, j) - value(items, i), value(raters, j) - middle);
            within.add(inside * inside);
            rest.add((inside - column) * (inside - column));
        }
    }
    for j in 0..k {
        let off = value(raters, j) - middle;
        columns.add(off * off);
    }
    let (rows, cols) = (n as f64, k as f64);
    let squares = Squares {
        n: rows,
        k: cols,
        items: between.to_f64() * cols / (rows - 1.0),
        within: within.to_f64() / (rows * (cols - 1.0)),
        raters: columns.to_f64() * rows / (cols - 1.0),
        error: rest.to_f64() / ((rows - 1.0) * (cols - 1.0)),
    };
    let back = |square: f64| times(times(square, -up - more), -up - more);
    report.ms_items = back(squares.items);
    report.ms_within = back(squares.within);
    report.ms_raters = back(squares.raters);
    report.ms_error = back(squares.error);
    if n > 1 && k > 1 {
        let q = (1.0 - confidence) / 2.0;
        (report.icc1, report.icc1k) = squares.one_way(squares.within, rows * (cols - 1.0), q);
        let df = (rows - 1.0) * (cols - 1.0);
        (report.icc3, report.icc3k) = squares.one_way(squares.error, df, q);
        (report.icc2, report.icc2k) = squares.two_way(&report.icc3, q);
    }
    report
}

fn value(words: &[u64], i: usize) -> f64 {
    f64::from_bits(words.get(i).copied().unwrap_or(0))
}

/// The correlation of one rating and of the mean of `k`, from the square between items
/// and the one that is not of the items.
fn forms(items: f64, other: f64, k: f64) -> [f64; 2] {
    [(items - other) / (items + (k - 1.0) * other), (items - other) / items]
}

impl Squares {
    /// Of one rating and of the mean, where `below` is the square that is not of the
    /// items, with so many degrees.
    #[inline(never)]
    fn one_way(&self, below: f64, df2: f64, q: f64) -> (IccForm, IccForm) {
        let df1 = self.n - 1.0;
        // By factors, so that of a square of 0 the interval is a point.
        let at = |factor: f64| forms(self.items, below * factor, self.k);
        let [single, mean] = at(1.0);
        let low = at(f::upper_quantile([df1, df2], q));
        let high = at(1.0 / f::upper_quantile([df2, df1], q));
        let f = self.items / below;
        let form = |icc: f64, low: f64, high: f64| IccForm {
            icc,
            f,
            df1,
            df2,
            p_value: f::upper([df1, df2], f),
            low,
            high,
        };
        (form(single, low[0], high[0]), form(mean, low[1], high[1]))
    }

    /// Raters being a sample. Shrout and Fleiss' interval, with Satterthwaite's
    /// degrees of freedom.
    #[inline(never)]
    fn two_way(&self, third: &IccForm, q: f64) -> (IccForm, IccForm) {
        let Squares { n, k, items, raters, error, .. } = *self;
        let gap = (raters - error) / n;
        let icc = (items - error) / (items + (k - 1.0) * error + k * gap);
        let (of_raters, of_error) =
            (k * icc * raters, (n * (1.0 + (k - 1.0) * icc) - k * icc) * error);
        let both = (of_raters + of_error) * (of_raters + of_error);
        let apart = (n - 1.0) * of_raters * of_raters + of_error * of_error;
        // No raters and no error: a point, whatever the degrees.
        let df = if apart > 0.0 { (k - 1.0) * (n - 1.0) * both / apart } else { 1.0 };
        let rest = k * raters + (k * n - k - n) * error;
        let end = |factor: f64| n * (items - factor * error) / (factor * rest + n * items);
        let low = end(f::upper_quantile([n - 1.0, df], q));
        let high = end(1.0 / f::upper_quantile([df, n - 1.0], q));
        // What is below the least that one rating can have has none for the mean.
        let of_mean = |x: f64| {
            let below = 1.0 + x * (k - 1.0);
            if below <= 0.0 { f64::NEG_INFINITY } else { x * k / below }
        };
        let mean = match items + gap {
            all if all < 0.0 => f64::NEG_INFINITY,
            all => (items - error) / all,
        };
        let single = IccForm { icc, low, high, ..*third };
        (single, IccForm { icc: mean, low: of_mean(low), high: of_mean(high), ..*third })
    }
}
