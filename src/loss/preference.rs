//! Losses of pairs of answers, of which one is preferred: of `h`, by how much it is ahead.
//!
//! All are computed in f64, since log-likelihoods of whole answers are large beside what
//! they differ by.

use super::rows::Losses;
use crate::math::logistic::Logistic;
use crate::rows::numbers::Numbers;
use crate::rows::pieces::{Map, Mapped, PIECE, Room, map};
use crate::simd::{Io, V};
use crate::status::Status;

/// What becomes of `h`.
#[derive(Clone, Copy)]
pub enum Form {
    /// `-ln sigmoid(beta h)`, with a share of `-ln sigmoid(-beta h)`.
    Sigmoid {
        /// That share.
        smoothing: f64,
    },
    /// `1 - beta h` where that is above 0.
    Hinge,
    /// `(h - 1 / (2 beta))^2`.
    Ipo,
}

/// Pairs: the losses' rows are what the preferred ones have.
pub struct Pairs<'a> {
    /// Their weights and outputs.
    pub losses: &'a Losses,
    /// What the others have.
    pub rejected: Numbers,
    /// What both have already, which is taken from the difference; none for 0.
    pub reference: [Option<Numbers>; 2],
    /// What that is multiplied by.
    pub gamma: f64,
    /// What `h` is multiplied by.
    pub beta: f64,
    /// What is made of it.
    pub form: Form,
}

impl Pairs<'_> {
    /// The losses of all pairs.
    #[inline(never)]
    pub fn apply(&self) -> Status {
        let mut rooms = core::array::from_fn(|_| Room::zeros());
        let mut known = usize::MAX;
        let like = self.losses.x.numbers;
        self.losses.each(&|_| Some(1.0), &mut |task| {
            let (start, place) = (task.r - task.r % PIECE, task.r % PIECE);
            if start != known {
                self.piece(start, &mut rooms);
                known = start;
            }
            let [loss, slope, ..] = rooms.each_mut().map(|room| room.values()[place % PIECE]);
            if let Some(grad) = task.grad {
                // SAFETY: there is room for a gradient a pair.
                unsafe { like.put(grad, 0, task.factor * slope) };
            }
            (loss, Status::LGT_OK)
        })
    }

    /// Losses and derivatives of the pairs of a piece.
    fn piece(&self, start: usize, rooms: &mut [Room<f64>; 4]) {
        let n = PIECE.min(self.losses.x.rows - start);
        let [chosen, rejected] = [self.losses.x.numbers, self.rejected].map(Some);
        let [first, second] = self.reference;
        for (room, from) in rooms.iter_mut().zip([chosen, rejected, first, second]) {
            match from {
                // SAFETY: there is a number a pair.
                Some(from) => unsafe { room.load(from.from(start), n, 0.0) },
                None => *room.values() = [0.0; PIECE],
            }
        }
        let Pairs { gamma, beta, form, .. } = *self;
        map(&Terms { logistic: Logistic::plain(), gamma, beta, form }, rooms, n);
    }

    /// `beta h` of every pair, given to `set`.
    #[inline(never)]
    pub fn margins(&self, set: &dyn Fn(usize, f64)) {
        // SAFETY: there is a number a pair.
        let get = |numbers: Numbers, r| unsafe { numbers.get(r) };
        for r in 0..self.losses.x.rows {
            let [first, second] = self.reference.map(|of| of.map_or(0.0, |of| get(of, r)));
            let ahead = get(self.losses.x.numbers, r) - get(self.rejected, r);
            set(r, self.beta * (ahead - self.gamma * (first - second)));
        }
    }
}

/// Pairs become losses and their derivatives in `h`.
struct Terms {
    logistic: Logistic<f64>,
    gamma: f64,
    beta: f64,
    form: Form,
}

impl Map<f64, 4, 0> for Terms {
    #[inline(always)]
    fn eval<S: Io<f64>>(&self, s: S, [a, b, c, d]: [V<f64, S>; 4]) -> Mapped<f64, S, 4, 0> {
        let (zero, one) = (s.splat(0.0), s.splat(1.0));
        let h = s.sub(s.sub(a, b), s.mul(s.splat(self.gamma), s.sub(c, d)));
        let z = s.mul(s.splat(self.beta), h);
        let (loss, slope) = match self.form {
            Form::Sigmoid { smoothing } => {
                let part = |z| self.logistic.softplus::<f64, S>(s, z);
                let ((loss, miss), rest) = (part(s.sub(zero, z)), s.splat(1.0 - smoothing));
                let (loss, mut slope) = (s.mul(rest, loss), s.sub(zero, s.mul(rest, miss)));
                let mut all = loss;
                if smoothing > 0.0 {
                    let (other, own) = part(z);
                    all = s.mul_add(s.splat(smoothing), other, loss);
                    slope = s.mul_add(s.splat(smoothing), own, slope);
                }
                (all, s.mul(s.splat(self.beta), slope))
            }
            Form::Hinge => {
                let left = s.sub(one, z);
                let slope = s.select(s.gt(left, zero), s.splat(-self.beta), zero);
                // The 0 stands first, so that NaN stays.
                (s.max(zero, left), s.select(s.nan(left), left, slope))
            }
            Form::Ipo => {
                let off = s.sub(h, s.splat(0.5 / self.beta));
                (s.mul(off, off), s.add(off, off))
            }
        };
        ([loss, slope, h, z], [])
    }
}
