//! Gradients of sparse maps through their results: vector-Jacobian products of shares `y`
//! with a gradient `g` in them. What has no share has no gradient, and what stands there in
//! `g` is not looked at.

use super::candidates::{List, MOST};
use super::differences::{Differences, Piece};
use crate::rows::moments::{Table, TableMut};
use crate::rows::numbers::Numbers;

/// The map that shares are of.
#[derive(Clone, Copy)]
pub enum Map {
    /// alpha-entmax, of this alpha less 1.
    Entmax(f64),
    /// alpha-normmax.
    Normmax(f64),
    /// The budget map.
    Budget,
}

/// Writes the gradients of every row.
#[inline(never)]
pub fn apply(y: Table, dy: Table, dx: TableMut, map: Map) {
    let mut list = List::empty();
    for r in 0..y.rows {
        let (row, n) = (y.row_numbers(r), y.cols);
        // SAFETY: whoever made the tables vouched for their rows.
        unsafe {
            let max = list.take_positive(row, n);
            let mut row = Shares {
                dys: [0.0; MOST],
                dy: dy.row_numbers(r),
                of: Differences { list: &mut list, row, n, max: 0.0 },
            };
            row.gather();
            let to = dx.row(r);
            match map {
                _ if !max.is_finite() => (0..n).for_each(|i| y.numbers.put(to, i, f64::NAN)),
                Map::Entmax(a) => entmax(&mut row, a, to),
                Map::Normmax(alpha) => normmax(&mut row, alpha, to),
                Map::Budget => budget(&mut row, to),
            }
        }
    }
}

/// A row of shares, and the gradient in them.
struct Shares<'a> {
    /// Those above 0, as they are.
    of: Differences<'a>,
    dy: Numbers,
    /// The gradient of those listed, which may lie where the result goes.
    dys: [f64; MOST],
}

impl Shares<'_> {
    /// Reads the gradient of what is listed.
    ///
    /// # Safety
    /// The gradient must have every column of the row.
    unsafe fn gather(&mut self) {
        let List { places, len, .. } = &*self.of.list;
        if *len <= MOST {
            for (to, place) in self.dys.iter_mut().zip(places).take(*len) {
                // SAFETY: the caller vouches for the row.
                *to = unsafe { self.dy.get(*place) };
            }
        }
    }

    /// Calls `f` with every share above 0 and the gradient in it.
    #[inline(never)]
    fn each(&mut self, f: &mut dyn FnMut(f64, f64)) {
        let dys = Gradients::new(&self.of, self.dy, &self.dys);
        let mut start = 0;
        self.of.each(&mut |([room], n): Piece| {
            for (i, y) in room.values().iter().take(n).enumerate().filter(|(_, y)| **y > 0.0) {
                f(*y, dys.get(start + i));
            }
            start += n;
        });
    }

    /// Writes a result for every share above 0, of that and the gradient in it, and 0 for
    /// the others; the list is of no use any more.
    ///
    /// # Safety
    /// `to` must be writable for every column of the row.
    #[inline(never)]
    unsafe fn write(&mut self, to: *mut u8, f: &dyn Fn(f64, f64) -> f64) {
        let dys = Gradients::new(&self.of, self.dy, &self.dys);
        let mut start = 0;
        // SAFETY: the caller vouches for the row.
        unsafe {
            self.of.replace(Some(to), &mut |([room], n): Piece| {
                for (i, y) in room.values().iter_mut().take(n).enumerate() {
                    *y = if *y <= 0.0 { 0.0 } else { f(*y, dys.get(start + i)) };
                }
                start += n;
            });
        }
    }
}

/// The gradient of what is visited, in order.
struct Gradients<'a> {
    all: Numbers,
    listed: Option<&'a [f64; MOST]>,
}

impl<'a> Gradients<'a> {
    fn new(of: &Differences, all: Numbers, listed: &'a [f64; MOST]) -> Self {
        Gradients { all, listed: of.list.is_whole().then_some(listed) }
    }

    #[inline(always)]
    fn get(&self, i: usize) -> f64 {
        match self.listed {
            Some(listed) => listed.get(i).copied().unwrap_or(0.0),
            // SAFETY: whoever made the tables vouched for their rows.
            None => unsafe { self.all.get(i) },
        }
    }
}

/// `s (g - sum s g / sum s)` with `s = y^(1 - a)`.
///
/// Where `a` is above 1, the least share has the largest `s`, which may be past all
/// numbers. It does not appear where `g` is taken less what it is there.
///
/// # Safety
/// `to` must be writable for every column of the row.
unsafe fn entmax(row: &mut Shares, a: f64, to: *mut u8) {
    let (mut least, mut from) = (1.0, 0.0);
    if a > 1.0 {
        least = f64::INFINITY;
        row.each(&mut |y, dy| {
            if y < least {
                (least, from) = (y, dy);
            }
        });
    }
    let slope = |y: f64| match a {
        0.0 => y,
        0.5 => libm::sqrt(y),
        1.0 => 1.0,
        _ => f64::min(libm::pow(y, 1.0 - a), 1e300),
    };
    let (mut sum, mut product) = (0.0, 0.0);
    row.each(&mut |y, dy| {
        sum += slope(y / least);
        product += if dy == from { 0.0 } else { slope(y) * (dy - from) };
    });
    // SAFETY: the caller vouches for the row.
    unsafe {
        row.write(to, &|y, dy| {
            let own = if dy == from { 0.0 } else { slope(y) * (dy - from) };
            own - slope(y / least) / sum * product
        });
    }
}

/// `k (b (g - y g) - y sum b (g - y g))` with `b = y^(2 - alpha)` and `k` the `alpha - 1`th
/// power of the norm over `alpha - 1`, where `y g` is the mean of `g`.
///
/// # Safety
/// `to` must be writable for every column of the row.
unsafe fn normmax(row: &mut Shares, alpha: f64, to: *mut u8) {
    let [mut sum, mut mean, mut norm, mut product] = [0.0; 4];
    row.each(&mut |y, dy| {
        sum += y;
        mean += y * dy;
        norm += libm::pow(y, alpha);
    });
    mean /= sum;
    let k = libm::pow(norm, (alpha - 1.0) / alpha) / (alpha - 1.0);
    let slope = |y: f64| libm::pow(y, 2.0 - alpha);
    row.each(&mut |y, dy| product += slope(y) * (dy - mean));
    // SAFETY: the caller vouches for the row.
    unsafe { row.write(to, &|y, dy| k * (slope(y) * (dy - mean) - product * y)) };
}

/// `g` less its mean over the shares below 1; 0 for the others.
///
/// # Safety
/// `to` must be writable for every column of the row.
unsafe fn budget(row: &mut Shares, to: *mut u8) {
    let (mut count, mut sum) = (0.0, 0.0);
    row.each(&mut |y, dy| {
        if y < 1.0 {
            count += 1.0;
            sum += dy;
        }
    });
    // SAFETY: the caller vouches for the row.
    unsafe { row.write(to, &|y, dy| if y < 1.0 { dy - sum / count } else { 0.0 }) };
}
