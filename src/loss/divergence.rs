//! Divergence of a row's shares from those of its targets, `KL(q || p)`, and what
//! distillation makes of it: `q` are shares of another row, or numbers as they are.
//!
//! One pass takes the divergence, the cross-entropy `-q ln p`, and a gradient `a p - b q`,
//! to which shares at another temperature may be added.

use super::rows::{Loss, Losses};
use crate::math::ln::ln_small;
use crate::rows::kind::Kind;
use crate::rows::log_shares::{LogShares, Softmax};
use crate::rows::moments::{Row, Table};
use crate::rows::moments_pass::Computed;
use crate::rows::numbers::Numbers;
use crate::rows::pieces::{Map, Mapped, Room, Work, map, walk};
use crate::simd::{Io, V};
use crate::status::Status;

/// What the targets of a row are.
#[derive(Clone, Copy)]
pub enum Targets<'a> {
    /// The shares of another row.
    Logits(&'a Softmax),
    /// These numbers.
    Shares(Numbers),
}

/// A row with targets, and its gradient.
#[derive(Clone, Copy)]
pub struct Pair<'a> {
    /// The row.
    pub student: &'a Softmax,
    /// Its targets, as many.
    pub targets: Targets<'a>,
    /// What shares and targets are multiplied by in the gradient.
    pub factors: [f64; 2],
    /// Shares that are added to the gradient, times a number: of the same row.
    pub more: Option<(&'a Softmax, f64)>,
    /// Where that goes, if anywhere: room for the row, which may be the row itself.
    pub grad: Option<*mut u8>,
}

impl Pair<'_> {
    /// The divergence and the cross-entropy.
    #[inline(never)]
    pub fn run(&self) -> [f64; 2] {
        let mut walker = Walker { pair: *self, sums: [0.0; 2] };
        walk(self.student.row.numbers(), self.student.row.cols(), &mut walker);
        walker.sums
    }
}

struct Walker<'a> {
    pair: Pair<'a>,
    sums: [f64; 2],
}

impl Work for Walker<'_> {
    fn piece<T: Computed>(&mut self, start: usize, n: usize) {
        let Pair { student, targets, factors, more, grad } = self.pair;
        let mut rooms = [Room::<T>::zeros(), Room::zeros()];
        let [x, t] = &mut rooms;
        student.load(start, n, x);
        match targets {
            Targets::Logits(teacher) => teacher.load(start, n, t),
            // SAFETY: there are as many targets as the row has entries.
            Targets::Shares(shares) => unsafe { t.load(shares.from(start), n, 0.0) },
        }
        let teacher = match targets {
            Targets::Logits(teacher) => Some(teacher.logs()),
            Targets::Shares(_) => None,
        };
        let more = more.map(|(softmax, factor)| (softmax.logs(), T::of(factor)));
        let terms = Terms { student: student.logs(), teacher, factors: factors.map(T::of), more };
        let sums = map(&terms, &mut rooms, n);
        self.sums.iter_mut().zip(sums).for_each(|(total, sum)| *total += sum);
        if let Some(grad) = grad {
            let like = student.row.numbers();
            // SAFETY: the gradient has every column of the row.
            unsafe { rooms[0].store(grad.wrapping_add(start * like.size()), like, n) };
        }
    }
}

/// Scores and targets become gradients; divergence and cross-entropy are summed.
struct Terms<T> {
    student: LogShares<T>,
    teacher: Option<LogShares<T>>,
    factors: [T; 2],
    more: Option<(LogShares<T>, T)>,
}

impl<T: Computed> Map<T, 2, 2> for Terms<T> {
    #[inline(always)]
    fn eval<S: Io<T>>(&self, s: S, [x, t]: [V<T, S>; 2]) -> Mapped<T, S, 2, 2> {
        let zero = s.splat(T::ZERO);
        let (p, log_p) = self.student.eval(s, x);
        let (q, log_q) = match &self.teacher {
            Some(teacher) => teacher.eval(s, t),
            None => (t, ln_small(s, t)),
        };
        // What has no target is nothing, however unlikely.
        let counted = |term| s.select(s.eq(q, zero), zero, s.mul(q, term));
        let terms = [counted(s.sub(log_q, log_p)), counted(s.sub(zero, log_p))];
        let [a, b] = self.factors.map(|factor| s.splat(factor));
        let mut grad = s.sub(s.mul(a, p), s.mul(b, q));
        if let Some((logs, factor)) = &self.more {
            let (share, _) = logs.eval(s, x);
            grad = s.mul_add(share, s.splat(*factor), grad);
        }
        ([grad, t], terms)
    }
}

/// The loss of a row without shares, if it or another is one: the gradient is NaN too.
#[inline(never)]
pub fn empty(rows: [&Row; 2], grads: [Option<*mut u8>; 2]) -> Option<Loss> {
    if !rows.iter().any(|row| matches!(row.kind(), Kind::Empty)) {
        return None;
    }
    for (row, grad) in rows.into_iter().zip(grads) {
        // SAFETY: a gradient has every column of its row.
        grad.into_iter().for_each(|grad| unsafe { fill(row, f64::NAN, grad) });
    }
    Some((f64::NAN, Status::LGT_EMPTY_ROW))
}

/// Writes a number to every place of a row's gradient.
///
/// # Safety
/// The gradient has every column of the row.
pub unsafe fn fill(row: &Row, x: f64, grad: *mut u8) {
    // SAFETY: the caller vouches for the gradient.
    (0..row.cols()).for_each(|i| unsafe { row.put(grad, i, x) });
}

/// Divergences of rows at a temperature, times a factor; the targets are other logits, or
/// shares.
#[inline(never)]
pub fn apply(
    losses: &Losses,
    targets: Table,
    are_logits: bool,
    temperature: f64,
    factor: f64,
) -> Status {
    losses.each(&|_| Some(1.0), &mut |task| {
        let student = Softmax::new(losses.x.row(task.r), temperature);
        let teacher = are_logits.then(|| Softmax::new(targets.row(task.r), temperature));
        let other = teacher.as_ref().unwrap_or(&student);
        if let Some(loss) = empty([&student.row, &other.row], [task.grad, None]) {
            return loss;
        }
        let shares = targets.row_numbers(task.r);
        // SAFETY: there are as many targets as columns.
        let mass = || (0..targets.cols).fold(0.0, |sum, c| sum + unsafe { shares.get(c) });
        let slope = task.factor * factor / temperature;
        let pair = Pair {
            student: &student,
            targets: teacher.as_ref().map_or(Targets::Shares(shares), Targets::Logits),
            factors: [if are_logits { slope } else { slope * mass() }, slope],
            more: None,
            grad: task.grad,
        };
        let [divergence, _] = pair.run();
        // Of two rows it is not below 0, whatever rounding says.
        let divergence = if are_logits && divergence < 0.0 { 0.0 } else { divergence };
        (factor * divergence, Status::LGT_OK)
    })
}
