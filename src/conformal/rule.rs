//! The score of a class in a row, and whether a threshold takes it in.
//!
//! All is said in exponentials, whatever they are relative to: `sum` is that of the
//! row, of probabilities 1. Classes stand in order from high to low, equal ones by
//! index.

use crate::simd::Real;

/// Which score.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// What is lacking of 1.
    Lac,
    /// The mass down to the class.
    Aps,
    /// The same with a penalty on ranks.
    Raps,
    /// The largest probability, and a step a rank.
    Saps,
    /// The rank, from 1.
    TopK,
    /// How far the largest of the other classes is above.
    Margin,
}

/// All methods, by number.
pub const METHODS: [Method; 6] =
    [Method::Lac, Method::Aps, Method::Raps, Method::Saps, Method::TopK, Method::Margin];

/// How classes are scored.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// Which score.
    pub method: Method,
    /// Whether rows are logits, rather than probabilities.
    pub logits: bool,
    /// A step of the penalty.
    pub lambda: f64,
    /// How many ranks are free of it.
    pub free: f64,
    /// What sums in another order may differ by, of the whole.
    pub rough: f64,
}

/// What is known of a class in its row.
#[derive(Clone, Copy, Debug)]
pub struct Terms {
    /// Its exponential, or probability.
    pub own: f64,
    /// The sum of those before it.
    pub before: f64,
    /// How many are before it.
    pub rank: f64,
}

/// What is known of a row.
#[derive(Clone, Copy, Debug)]
pub struct Seen {
    /// What a share of 1 is.
    pub sum: f64,
    /// The sum of all, which of probabilities may differ.
    pub all: f64,
    /// The largest.
    pub top: f64,
    /// The next, which may be equal; 0 if there is none.
    pub second: f64,
}

/// What sums of numbers of a type may differ by in another order.
pub fn rough<T: Real>() -> f64 {
    f64::max(16.0 * T::ROUGH, 1e-11)
}

impl Rule {
    /// Whether a score looks at the largest of its row.
    pub fn needs_largest(&self) -> bool {
        matches!(self.method, Method::Saps | Method::Margin)
    }

    /// Whether a set does at the two largest.
    pub fn needs_second(&self) -> bool {
        self.method == Method::Margin
    }

    /// The score; `u` in 0 .. 1 is what is drawn for the row, 1 where nothing is.
    pub fn score(&self, row: &Seen, class: &Terms, u: f64) -> f64 {
        let share = |e: f64| e / row.sum;
        let mass = (class.before + u * class.own) / row.sum;
        match self.method {
            Method::Lac => 1.0 - share(class.own),
            Method::Aps => mass,
            Method::Raps => mass + self.lambda * f64::max(class.rank + 1.0 - self.free, 0.0),
            Method::Saps if class.rank == 0.0 => u * share(row.top),
            Method::Saps => share(row.top) + self.lambda * (class.rank - 1.0 + u),
            Method::TopK => class.rank + 1.0,
            Method::Margin => {
                let other = if class.own == row.top { row.second } else { row.top };
                share(other - class.own)
            }
        }
    }

    /// Whether the score is not above the threshold, sums being as rough as they are.
    pub fn takes(&self, row: &Seen, class: &Terms, u: f64, threshold: f64) -> bool {
        let reach = threshold + self.rough;
        match self.method {
            Method::Lac => class.own >= least_lac(threshold) * row.sum,
            // Asked of so many classes that a division would be felt.
            Method::Aps => class.before + u * class.own <= reach * row.sum,
            _ => self.score(row, class, u) <= reach,
        }
    }

    /// The least exponential of a class that is in the set, where that is all there is
    /// to know.
    pub fn least(&self, row: &Seen, threshold: f64) -> Option<f64> {
        let reach = (threshold + self.rough) * row.sum;
        match self.method {
            Method::Lac => Some(least_lac(threshold) * row.sum),
            Method::Margin if reach >= 0.0 => Some(row.top - reach),
            Method::Margin if row.second - row.top <= reach => Some(row.top),
            Method::Margin => Some(f64::INFINITY),
            _ => None,
        }
    }

    /// The mass that classes of the set do not have before them, as a share: none where
    /// mass is not what counts.
    pub fn mass(&self, threshold: f64) -> Option<f64> {
        let counts = matches!(self.method, Method::Aps | Method::Raps);
        counts.then_some(threshold + self.rough)
    }
}

/// The least probability in a set; a little less than what the threshold lacks of 1,
/// since it was rounded, as was the score.
fn least_lac(threshold: f64) -> f64 {
    (1.0 - threshold) * (1.0 - 1e-11) - f64::EPSILON
}
