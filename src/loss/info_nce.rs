//! InfoNCE: cross-entropy of similarities divided by a temperature, each row against one
//! column; or also each column against its row, the two averaged.
//!
//! Columns are walked as many at a time as a piece holds, a lane each: their maxima, then
//! their sums, then what they add to the gradient that the rows left.

use super::cross_entropy::{self, Opts};
use super::rows::{Losses, Total};
use crate::math::exp::{ExpPlan, Scale};
use crate::math::fixed::{Bounded, UNIT};
use crate::rows::labels::Labels;
use crate::rows::moments_pass::{Computed, Scales};
use crate::rows::pieces::{Map, Mapped, Room, Work, map, walk};
use crate::rows::view::Column;
use crate::simd::{Io, V};
use crate::status::Status;

/// Losses of rows against the columns of their labels, or the diagonal.
#[inline(never)]
pub fn apply(losses: &Losses, labels: Option<Labels>, scale: f64) -> Status {
    // SAFETY: nobody wants the logarithms.
    let none = unsafe { Column::new(core::ptr::null_mut()) };
    cross_entropy::apply(losses, labels, none, &options(scale))
}

fn options<'a>(scale: f64) -> Opts<'a> {
    let scales = Scales::of(scale);
    Opts { own: 1.0, each: 0.0, penalty: 0.0, scale, scales, ignore: i64::MIN, class_weights: None }
}

/// Losses of rows and of columns against the diagonal, averaged.
#[inline(never)]
pub fn symmetric(losses: &Losses, scale: f64) -> Status {
    let mut rows = 0.0;
    let mut half = *losses;
    half.opts.grad_scale *= 0.5;
    // SAFETY: a place of its own.
    half.total = unsafe { Column::new(&raw mut rows) };
    // SAFETY: nobody wants them.
    let none = unsafe { Column::new(core::ptr::null_mut()) };
    let status = cross_entropy::apply(&half, None, none, &options(scale));
    let mut weight = Bounded::ZERO;
    (0..losses.x.rows).for_each(|r| weight.add(losses.weight(r)));
    let divisor = if losses.opts.mean { weight.to_f64() } else { 1.0 };
    let mut columns = Columns { losses: &half, scale, divisor, total: Total::NONE };
    walk(losses.x.numbers, losses.x.cols, &mut columns);
    losses.total.set(0, 0.5 * (rows + columns.total.value() / divisor));
    status
}

struct Columns<'a> {
    losses: &'a Losses,
    scale: f64,
    divisor: f64,
    total: Total,
}

impl Work for Columns<'_> {
    fn piece<T: Computed>(&mut self, start: usize, n: usize) {
        let (losses, scale) = (self.losses, Scale::<T>::new(self.scale));
        let mut rooms = [Room::<T>::zeros(), Room::zeros(), Room::zeros(), Room::zeros()];
        let load = |room: &mut Room<T>, r: usize| {
            // SAFETY: the table has these columns.
            unsafe { room.load(losses.x.row_numbers(r).from(start), n, 0.0) }
        };
        *rooms[1].values() = [T::NEG_INFINITY; _];
        for r in 0..losses.x.rows {
            load(&mut rooms[0], r);
            map(&Largest, &mut rooms, n);
        }
        let terms = Sum(scale.differences());
        for r in 0..losses.x.rows {
            load(&mut rooms[0], r);
            map(&terms, &mut rooms, n);
        }
        let [_, tops, sums, factors] = &mut rooms;
        let each = tops.values().iter().zip(sums.values()).zip(factors.values());
        for (r, ((top, sum), factor)) in (start..start + n).zip(each) {
            let weight = losses.weight(r);
            if weight < UNIT {
                (*factor, *sum) = (T::ZERO, T::ZERO);
                continue;
            }
            let behind = self.scale * (top.to_f64() - losses.x.row(r).at(r));
            let loss = behind + libm::log(sum.to_f64());
            self.total.add(weight * loss);
            let at = losses.loss.at(r);
            if !at.is_null() {
                // SAFETY: the caller vouches for a loss a row.
                unsafe { *at = 0.5 * (*at + loss) };
            }
            let slope = losses.opts.grad_scale * self.scale * (weight / self.divisor);
            *factor = T::of(slope);
            *sum = T::of(slope / sum.to_f64());
        }
        let Some(grad) = losses.grad else { return };
        let mut more = [Room::<T>::zeros(), Room::zeros(), Room::zeros(), Room::zeros()];
        for (to, from) in more.iter_mut().zip(&mut rooms).skip(1).take(2) {
            to.values().copy_from_slice(from.values());
        }
        let terms = Gradient(scale.differences());
        for r in 0..losses.x.rows {
            load(&mut more[0], r);
            let like = losses.x.numbers;
            let to = grad.row(r).wrapping_add(start * like.size());
            // SAFETY: the gradient has every column of the row.
            unsafe { more[3].load(like.at(to), n, 0.0) };
            map(&terms, &mut more, n);
            let own = r.wrapping_sub(start);
            let diagonal = more[3].values().iter_mut().zip(rooms[3].values()).skip(own).take(1);
            diagonal.for_each(|(g, slope)| *g = T::of(g.to_f64() - slope.to_f64()));
            // SAFETY: as above.
            unsafe { more[3].store(to, like, n) };
        }
    }
}

/// The larger of two.
struct Largest;

impl<T: Computed> Map<T, 4, 0> for Largest {
    #[inline(always)]
    fn eval<S: Io<T>>(&self, s: S, [x, top, a, b]: [V<T, S>; 4]) -> Mapped<T, S, 4, 0> {
        ([x, s.max(x, top), a, b], [])
    }
}

/// Adds to a sum, and what is rounded off beside it.
struct Sum<T>(ExpPlan<T>);

impl<T: Computed> Map<T, 4, 0> for Sum<T> {
    #[inline(always)]
    fn eval<S: Io<T>>(&self, s: S, [x, top, sum, lost]: [V<T, S>; 4]) -> Mapped<T, S, 4, 0> {
        let e = exponential::<T, S>(s, &self.0, x, top);
        let (y, all) = (s.add(e, lost), sum);
        let sum = s.add(all, y);
        // What is behind may be none: NaN of a NaN stays in the sum.
        ([x, top, sum, s.sub(y, s.sub(sum, all))], [])
    }
}

/// Adds shares times slopes to a gradient.
struct Gradient<T>(ExpPlan<T>);

impl<T: Computed> Map<T, 4, 0> for Gradient<T> {
    #[inline(always)]
    fn eval<S: Io<T>>(&self, s: S, [x, top, slope, grad]: [V<T, S>; 4]) -> Mapped<T, S, 4, 0> {
        let e = exponential::<T, S>(s, &self.0, x, top);
        ([x, top, slope, s.mul_add(e, slope, grad)], [])
    }
}

/// Of a score relative to the largest of its column.
#[inline(always)]
fn exponential<T: Computed, S: Io<T>>(
    s: S,
    plan: &ExpPlan<T>,
    x: V<T, S>,
    top: V<T, S>,
) -> V<T, S> {
    let d = s.sub(x, top);
    let e = plan.eval_or_zero::<T, S>(s, plan.difference::<T, S>(s, d));
    // Of NaN it was nothing.
    s.select(s.nan(d), d, e)
}
