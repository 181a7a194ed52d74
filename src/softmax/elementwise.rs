//! Functions of single entries: sigmoid, the logarithm of it, softplus and logit, with
//! their derivatives at the same entries.
//!
//! Both the derivative of sigmoid and that of its logarithm are made of `exp(-|x|)` and
//! not of the value, of which near 1 nothing of what is missing is left.

use crate::math::ln::ln_plus;
use crate::math::logistic::Logistic;
use crate::rows::moments::{Table, TableMut};
use crate::rows::moments_pass::Computed;
use crate::rows::pieces::{Map, Mapped, Room, Work, map, walk};
use crate::simd::{Io, V};

/// A function of an entry.
#[derive(Clone, Copy)]
pub enum Function {
    /// `1 / (1 + exp(-x))`
    Sigmoid,
    /// `outer ln(1 + exp(inner x))`, where `inner outer` is 1.
    Softplus {
        /// What entries are multiplied by,
        inner: f64,
        /// and what comes out is.
        outer: f64,
    },
    /// `ln(x / (1 - x))` of x brought into `eps` to `1 - eps`, unless that is 0.
    Logit {
        /// How far from 0 and 1.
        eps: f64,
    },
}

/// Entries, and where what they become goes.
#[derive(Clone, Copy)]
pub struct Entries {
    /// What the function, or its derivative, is taken at.
    pub x: Table,
    /// What derivatives are multiplied by, if they are wanted.
    pub dy: Option<Table>,
    /// Where results go.
    pub y: TableMut,
}

impl Entries {
    /// The same as one row, where that is what they are.
    fn packed(self) -> Self {
        let Table { numbers, stride, rows, cols } = self.x;
        let dense = stride == cols
            && self.y.stride == cols.wrapping_mul(numbers.size())
            && self.dy.is_none_or(|dy| dy.stride == cols);
        if !dense {
            return self;
        }
        let cols = rows.wrapping_mul(cols);
        let one = |of: Table| Table { rows: 1, cols, ..of };
        Entries { x: one(self.x), dy: self.dy.map(one), y: self.y }
    }
}

/// Writes them.
#[inline(never)]
pub fn apply(entries: Entries, function: Function) {
    let entries = entries.packed();
    for r in 0..entries.x.rows {
        walk(entries.x.numbers, entries.x.cols, &mut Row { entries: &entries, function, r });
    }
}

struct Row<'a> {
    entries: &'a Entries,
    function: Function,
    r: usize,
}

impl Work for Row<'_> {
    fn piece<T: Computed>(&mut self, start: usize, n: usize) {
        let Entries { x, dy, y } = *self.entries;
        let from = x.row_numbers(self.r);
        let mut rooms = [Room::<T>::zeros(), Room::zeros()];
        let [values, grads] = &mut rooms;
        // SAFETY: the tables have these columns.
        unsafe {
            values.load(from.from(start), n, 0.0);
            if let Some(dy) = dy {
                grads.load(dy.row_numbers(self.r).from(start), n, 0.0);
            }
        }
        let terms = Terms::<T>::new(self.function, dy.is_some());
        let [] = map(&terms, &mut rooms, n);
        let to = y.row(self.r).wrapping_add(start * from.size());
        // SAFETY: there is room for every column.
        unsafe { rooms[0].store(to, from, n) };
    }
}

/// Entries become values; or, with what they are multiplied by, derivatives.
struct Terms<T> {
    function: Function,
    grad: bool,
    logistic: Logistic<T>,
    inner: T,
    outer: T,
    low: T,
    high: T,
    clamps: bool,
}

impl<T: Computed> Terms<T> {
    #[inline(never)]
    fn new(function: Function, grad: bool) -> Self {
        let (mut inner, mut outer, mut least) = (1.0, 1.0, 0.0);
        match function {
            Function::Sigmoid => {}
            Function::Softplus { inner: a, outer: b } => (inner, outer) = (a, b),
            Function::Logit { eps } => least = eps,
        }
        let low = T::of(least);
        Terms {
            function,
            grad,
            logistic: Logistic::plain(),
            inner: T::of(inner),
            outer: T::of(outer),
            low,
            high: T::of(1.0 - low.to_f64()),
            clamps: least > 0.0,
        }
    }

    /// `ln(x / (1 - x))`, at most 4 ulp.
    ///
    /// Of the quotient of the larger by the smaller of the two, so that nothing is lost
    /// near 1/2, where the logarithm is as small as what rounding left of the quotient.
    #[inline(always)]
    fn logit<S: Io<T>>(&self, s: S, x: V<T, S>) -> V<T, S> {
        let (zero, one) = (s.splat(T::ZERO), s.splat(T::ONE));
        let x = if self.clamps {
            // The bounds stand first, so that NaN stays.
            s.min(s.splat(self.high), s.max(s.splat(self.low), x))
        } else {
            x
        };
        let rest = s.sub(one, x);
        let lost = s.sub(s.sub(one, rest), x);
        let above = s.gt(x, s.splat(T::of(0.5)));
        let (large, small) = (s.select(above, x, rest), s.select(above, rest, x));
        // What is small is brought to where its inverse is a number.
        let tiny = s.gt(s.splat(T::of(TINY)), small);
        let small = s.select(tiny, s.mul(small, s.splat(T::of(1.0 / TINY))), small);
        let power = s.select(tiny, s.splat(T::of(TINY_POWER)), zero);
        let q = s.div(large, small);
        let left = s.add(s.fma(s.sub(zero, q), small, large), lost);
        let log = ln_plus::<T, S>(s, q, power, s.div(left, large));
        let y = s.select(above, log, s.sub(zero, log));
        let y = s.select(s.eq(x, one), s.splat(T::INFINITY), y);
        let y = s.select(s.eq(x, zero), s.splat(T::NEG_INFINITY), y);
        s.select(s.and(s.ge(x, zero), s.ge(one, x)), y, s.splat(T::NAN))
    }

    /// `dy / (x (1 - x))`; nothing where x was cut.
    #[inline(always)]
    fn logit_grad<S: Io<T>>(&self, s: S, x: V<T, S>, dy: V<T, S>) -> V<T, S> {
        let quotient = s.div(dy, s.mul(x, s.sub(s.splat(T::ONE), x)));
        let inside = s.and(s.ge(x, s.splat(self.low)), s.ge(s.splat(self.high), x));
        let outside = if self.clamps { T::ZERO } else { T::NAN };
        s.select(s.nan(x), x, s.select(inside, quotient, s.splat(outside)))
    }
}

/// What is below this has no inverse to compute with; a power of two.
const TINY: f64 = 1.0 / 18446744073709551616.0;
/// Its inverse's.
const TINY_POWER: f64 = 64.0;

impl<T: Computed> Map<T, 2, 0> for Terms<T> {
    #[inline(always)]
    fn eval<S: Io<T>>(&self, s: S, [x, dy]: [V<T, S>; 2]) -> Mapped<T, S, 2, 0> {
        let y = match self.function {
            Function::Sigmoid if self.grad => s.mul(self.logistic.slope::<T, S>(s, x), dy),
            Function::Sigmoid => self.logistic.sigmoid::<T, S>(s, x),
            Function::Softplus { .. } => {
                let x = s.mul(x, s.splat(self.inner));
                if self.grad {
                    s.mul(self.logistic.sigmoid::<T, S>(s, x), dy)
                } else {
                    let (y, _) = self.logistic.softplus::<T, S>(s, x);
                    s.mul(y, s.splat(self.outer))
                }
            }
            Function::Logit { .. } if self.grad => self.logit_grad(s, x, dy),
            Function::Logit { .. } => self.logit(s, x),
        };
        ([y, dy], [])
    }
}
