//! Temperatures that are given: one for all rows, or one a row.

/// The range of a temperature, as of one that is fitted.
pub const RANGE: core::ops::RangeInclusive<f64> = 1e-6..=1e6;

/// Temperatures of the caller.
#[derive(Clone, Copy)]
pub struct Temperatures<'a> {
    /// One, or as many as rows; none for 1.
    pub given: &'a [f64],
}

impl Temperatures<'_> {
    /// That of row `r`.
    #[inline(always)]
    pub fn get(&self, r: usize) -> f64 {
        let place = if self.given.len() == 1 { 0 } else { r };
        *self.given.get(place).unwrap_or(&1.0)
    }

    /// Whether all are temperatures; NaN is none.
    pub fn are_good(&self) -> bool {
        self.given.iter().all(|t| RANGE.contains(t))
    }
}
