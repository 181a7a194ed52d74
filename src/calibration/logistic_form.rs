//! The forms of a calibrated logit, each a logistic regression whose parameters
//! `a, b, c` are linear in as many as are free: those that are searched for.

use super::logistic_block::Features;

/// A form. The numbers are part of the format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub enum Form {
    /// `a s + b`, with smoothed targets.
    Platt = 0,
    /// The same with targets 0 and 1.
    PlattPlain = 1,
    /// `a ln s - b ln(1 - s) + c`.
    Beta = 2,
    /// The same with `a = b`.
    BetaEqual = 3,
    /// The same with `c = (a - b) ln 2`: 1/2 stays 1/2.
    BetaCentred = 4,
}
use Form::*;

impl Form {
    /// The form of this number.
    pub fn of(number: u32) -> Option<Form> {
        [Platt, PlattPlain, Beta, BetaEqual, BetaCentred].into_iter().find(|f| *f as u32 == number)
    }

    /// Whether scores are probabilities.
    pub fn is_beta(self) -> bool {
        matches!(self, Beta | BetaEqual | BetaCentred)
    }

    /// Which of the three parameters are free.
    pub fn free(self) -> [bool; 3] {
        match self {
            Platt | PlattPlain | BetaEqual => [true, false, true],
            Beta => [true; 3],
            BetaCentred => [true, true, false],
        }
    }

    /// What each free parameter adds to `t1, t2, t3`.
    fn columns(self) -> [[f64; 3]; 3] {
        let ln_2 = core::f64::consts::LN_2;
        match self {
            Platt | PlattPlain | Beta => [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
            BetaEqual => [[1.0, 1.0, 0.0], [0.0; 3], [0.0, 0.0, 1.0]],
            BetaCentred => [[1.0, 0.0, ln_2], [0.0, 1.0, -ln_2], [0.0; 3]],
        }
    }

    /// `t1, t2, t3` at free parameters.
    pub fn point(self, free: [f64; 3]) -> [f64; 3] {
        let [a, b, c] = self.columns();
        let part = |i: usize| free[0] * a[i] + free[1] * b[i] + free[2] * c[i];
        [part(0), part(1), part(2)]
    }

    /// Slopes by free parameters, from those by `t1, t2, t3`.
    pub fn slopes(self, by: [f64; 3]) -> [f64; 3] {
        self.columns().map(|column| dot(column, by))
    }

    /// Curvatures likewise; symmetric.
    pub fn curvatures(self, by: [[f64; 3]; 3]) -> [[f64; 3]; 3] {
        let columns = self.columns();
        columns.map(|left| columns.map(|right| dot(left, by.map(|row| dot(row, right)))))
    }

    /// Where the features of scores are.
    pub fn features(self, eps: f64, shift: f64, scale: f64) -> Features {
        if self.is_beta() { Features::Logs { eps } } else { Features::Line { shift, scale } }
    }
}

/// The sum of products.
pub fn dot(a: [f64; 3], b: [f64; 3]) -> f64 {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}
