//! Gradients of sparse maps through their results: vector-Jacobian products of shares `y`
//! with a gradient `g` in them. What has no share has no gradient, and what stands there in
//! `g` is not looked at.

use super::candidates::{List, MOST};
use super::differences::{Differences, Piece};
use super::power::Power;
use crate::rows::moments::{Table, TableMut};
use crate::rows::numbers::Numbers;
use crate::rows::pieces::Room;

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
    let (mut dys, mut slopes) = ([0.0; MOST], Slopes::new());
    for r in 0..y.rows {
        let (row, n) = (y.row_numbers(r), y.cols);
        // SAFETY: whoever made the tables vouched for their rows.
        unsafe {
            let max = list.take_positive(row, n);
            let mut row = Shares {
                dys: &mut dys,
                slopes: &mut slopes,
                dy: dy.row_numbers(r),
                of: Differences { list: &mut list, row, n, max: 0.0 },
            };
            row.slopes.want(0.0, 1.0);
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
    dys: &'a mut [f64; MOST],
    slopes: &'a mut Slopes,
}

/// A share above 0.
struct Share {
    y: f64,
    /// The gradient in it.
    dy: f64,
    /// The power of it that is wanted.
    slope: f64,
    /// That of it over the least.
    relative: f64,
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

    /// Calls `f` with every share above 0.
    #[inline(never)]
    fn each(&mut self, f: &mut dyn FnMut(Share)) {
        let Shares { of, dy, dys, slopes } = self;
        let dys = Gradients::new(of, *dy, dys);
        let mut start = 0;
        of.each(&mut |([room], n): Piece| {
            slopes.fill(room, n, dys.listed.is_some());
            for (i, y) in room.values().iter().take(n).enumerate().filter(|(_, y)| **y > 0.0) {
                f(slopes.share(i, *y, dys.get(start + i)));
            }
            start += n;
        });
    }

    /// Writes a result for every share above 0, and 0 for the others; the list is of no
    /// use any more.
    ///
    /// # Safety
    /// `to` must be writable for every column of the row.
    #[inline(never)]
    unsafe fn write(&mut self, to: *mut u8, f: &dyn Fn(Share) -> f64) {
        let Shares { of, dy, dys, slopes } = self;
        let dys = Gradients::new(of, *dy, dys);
        let mut start = 0;
        // SAFETY: the caller vouches for the row.
        unsafe {
            of.replace(Some(to), &mut |([room], n): Piece| {
                slopes.fill(room, n, dys.listed.is_some());
                for (i, y) in room.values().iter_mut().take(n).enumerate() {
                    let own = *y;
                    *y = if own <= 0.0 { 0.0 } else { f(slopes.share(i, own, dys.get(start + i))) };
                }
                start += n;
            });
        }
    }
}

/// Powers of the shares of a piece.
struct Slopes {
    exponent: f64,
    /// The least of the row's shares, where the exponent is below 0; else 1.
    least: f64,
    /// Powers of shares, from 1e-300 to 1e300, and of shares over the least.
    rooms: [[Room<f64>; 1]; 2],
    /// Whether they are those of the only piece.
    ready: bool,
}

impl Slopes {
    /// Of exponent 0.
    fn new() -> Slopes {
        Slopes { exponent: 0.0, least: 1.0, rooms: [const { [Room::ZEROS] }; 2], ready: false }
    }

    /// From now on of this exponent.
    fn want(&mut self, exponent: f64, least: f64) {
        (self.exponent, self.least, self.ready) = (exponent, least, false);
    }

    #[inline(always)]
    fn share(&mut self, i: usize, y: f64, dy: f64) -> Share {
        let one = self.least == 1.0;
        let [[own], [relative]] = &mut self.rooms;
        let at = |room: &mut Room<f64>| room.values().get(i).copied().unwrap_or(0.0);
        let slope = at(own);
        Share { y, dy, slope, relative: if one { slope } else { at(relative) } }
    }

    /// Raises the shares of a piece, which may be the only one.
    #[inline(never)]
    fn fill(&mut self, shares: &mut Room<f64>, n: usize, only: bool) {
        if self.ready {
            return;
        }
        self.ready = only;
        let Slopes { exponent, least, rooms: [own, relative], .. } = self;
        let mut set = |room: &mut [Room<f64>; 1], f: &dyn Fn(f64) -> f64| {
            let [room] = room;
            let both = room.values().iter_mut().zip(shares.values().iter());
            both.take(n).for_each(|(to, y)| *to = f(*y));
        };
        match *exponent {
            0.0 => return set(own, &|_| 1.0),
            0.5 => return set(own, &libm::sqrt),
            1.0 => return set(own, &|y| y),
            _ => set(own, &|y| y),
        }
        let power = Power { base: 0.0, own: 0.0, ..Power::new(1.0, exponent.abs()) };
        raise(&power, own, n);
        let [room] = own;
        for x in room.values().iter_mut().take(n) {
            *x = if *exponent < 0.0 { 1.0 / *x } else { *x }.clamp(1e-300, 1e300);
        }
        if *least != 1.0 {
            set(relative, &|y| *least / y);
            raise(&power, relative, n);
        }
    }
}

/// Powers in the place of shares.
fn raise(power: &Power, rooms: &mut [Room<f64>; 1], n: usize) {
    if n > 2 {
        power.put(1.0, (rooms, n));
        return;
    }
    // Not worth a door.
    let [room] = rooms;
    room.values().iter_mut().take(n).for_each(|x| *x = power.at(*x));
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
        row.each(&mut |Share { y, dy, .. }| {
            if y < least {
                (least, from) = (y, dy);
            }
        });
    }
    row.slopes.want(1.0 - a, least);
    let own = |share: &Share| if share.dy == from { 0.0 } else { share.slope * (share.dy - from) };
    let (mut sum, mut product) = (0.0, 0.0);
    row.each(&mut |share| {
        sum += share.relative;
        product += own(&share);
    });
    // SAFETY: the caller vouches for the row.
    unsafe { row.write(to, &|share| own(&share) - share.relative / sum * product) };
}

/// `k (b (g - y g) - y sum b (g - y g))` with `b = y^(2 - alpha)` and `k` the `alpha - 1`th
/// power of the norm over `alpha - 1`, where `y g` is the mean of `g`.
///
/// # Safety
/// `to` must be writable for every column of the row.
unsafe fn normmax(row: &mut Shares, alpha: f64, to: *mut u8) {
    let [mut sum, mut mean, mut norm, mut product] = [0.0; 4];
    row.slopes.want(2.0 - alpha, 1.0);
    row.each(&mut |Share { y, dy, slope, .. }| {
        sum += y;
        mean += y * dy;
        norm += y * y / slope;
    });
    mean /= sum;
    let k = libm::pow(norm, (alpha - 1.0) / alpha) / (alpha - 1.0);
    row.each(&mut |Share { dy, slope, .. }| product += slope * (dy - mean));
    // SAFETY: the caller vouches for the row.
    unsafe {
        row.write(to, &|Share { y, dy, slope, .. }| k * (slope * (dy - mean) - product * y));
    }
}

/// `g` less its mean over the shares below 1; 0 for the others.
///
/// # Safety
/// `to` must be writable for every column of the row.
unsafe fn budget(row: &mut Shares, to: *mut u8) {
    let (mut count, mut sum) = (0.0, 0.0);
    row.each(&mut |Share { y, dy, .. }| {
        if y < 1.0 {
            count += 1.0;
            sum += dy;
        }
    });
    // SAFETY: the caller vouches for the row.
    unsafe {
        row.write(to, &|Share { y, dy, .. }| if y < 1.0 { dy - sum / count } else { 0.0 });
    }
}
