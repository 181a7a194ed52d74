//! Functions given by their values at thresholds: straight lines between them, or steps.

use core::hint::select_unpredictable;

/// Scores that are looked up side by side, so that one waits for memory while others
/// do.
pub const LANES: usize = 8;

/// Thresholds, the lowest first, and as many values.
#[derive(Clone, Copy)]
pub struct Table<'a> {
    /// The thresholds.
    pub x: &'a [f64],
    /// The values.
    pub y: &'a [f64],
}

impl<'a> Table<'a> {
    /// The first half of some numbers, and the second.
    pub fn of(parameters: &'a [f64]) -> Table<'a> {
        let (x, y) = parameters.split_at_checked(parameters.len() / 2).unwrap_or_default();
        Table { x, y }
    }

    /// Replaces scores by what lies on the lines between thresholds; by the first or last
    /// value outside of all.
    pub fn lines(&self, scores: &mut [f64]) {
        self.each(scores, |score, place| {
            let at = |values: &[f64], i: usize| values.get(i).copied().unwrap_or(f64::NAN);
            let next = (place + 1).min(self.x.len().saturating_sub(1));
            let x = [at(self.x, place), at(self.x, next)];
            on_line(score, x, [at(self.y, place), at(self.y, next)])
        });
    }

    /// Replaces scores by the value of the highest threshold that is not above, or by
    /// the first.
    pub fn steps(&self, scores: &mut [f64]) {
        self.each(scores, |_, place| self.y.get(place).copied().unwrap_or(f64::NAN));
    }

    /// NaN stays as it is.
    #[inline(always)]
    fn each(&self, scores: &mut [f64], value: impl Fn(f64, usize) -> f64) {
        for scores in scores.chunks_mut(LANES) {
            let mut room = [f64::NAN; LANES];
            room.iter_mut().zip(&*scores).for_each(|(to, score)| *to = *score);
            for (score, place) in scores.iter_mut().zip(places::<false>(self.x, &room)) {
                *score = if score.is_nan() { *score } else { value(*score, place) };
            }
        }
    }
}

/// For each score the highest threshold that is not above it, or below it if `BELOW`, or
/// the first. Whatever the thresholds are, places are below their number, if that is not 0.
#[inline(never)]
pub fn places<const BELOW: bool>(thresholds: &[f64], scores: &[f64; LANES]) -> [usize; LANES] {
    let mut places = [0; LANES];
    let mut count = thresholds.len();
    while count > 1 {
        let half = count / 2;
        for (place, score) in places.iter_mut().zip(scores) {
            // SAFETY: `place + count` is at most the number of thresholds.
            let middle = unsafe { *thresholds.get_unchecked(*place + half) };
            // A branch would be guessed wrongly half of the time.
            let right = if BELOW { middle < *score } else { middle <= *score };
            *place = select_unpredictable(right, *place + half, *place);
        }
        count -= half;
    }
    places
}

/// The value at a score of the line between two points, whose ends may be infinite: there
/// is then no way from the one to the other, and all between them have the value of the
/// finite one, or that between both.
fn on_line(score: f64, x: [f64; 2], y: [f64; 2]) -> f64 {
    let gap = x[1] - x[0];
    // Equal ends are the last threshold; a NaN among them may be in bytes from elsewhere.
    if score <= x[0] || gap == 0.0 {
        return y[0];
    }
    let share = if gap < f64::INFINITY {
        (score - x[0]) / gap
    } else {
        match x.map(f64::is_infinite) {
            [true, true] => 0.5,
            [true, false] => 1.0,
            [false, true] => 0.0,
            [false, false] => (0.5 * score - 0.5 * x[0]) / (0.5 * x[1] - 0.5 * x[0]),
        }
    };
    y[0] + (y[1] - y[0]) * share.min(1.0)
}
