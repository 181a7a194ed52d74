//! A sum of few numbers that remembers what its rounding lost (M. Neumaier, 1974).

/// The sum so far, and what was lost.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Sum {
    sum: f64,
    lost: f64,
}

impl Sum {
    /// Nothing.
    pub const ZERO: Sum = Sum { sum: 0.0, lost: 0.0 };

    /// With `x` added.
    #[inline(always)]
    pub fn plus(self, x: f64) -> Sum {
        let sum = self.sum + x;
        let part = sum - self.sum;
        Sum { sum, lost: self.lost + ((self.sum - (sum - part)) + (x - part)) }
    }

    /// With another sum added.
    #[inline(always)]
    pub fn merged(self, other: Sum) -> Sum {
        let sum = self.plus(other.sum);
        Sum { lost: sum.lost + other.lost, ..sum }
    }

    /// Times a power of two.
    #[inline(always)]
    pub fn times(self, power: f64) -> Sum {
        Sum { sum: self.sum * power, lost: self.lost * power }
    }

    /// The sum. Past infinity what was lost means nothing.
    #[inline(always)]
    pub fn value(self) -> f64 {
        if self.lost.is_nan() { self.sum } else { self.sum + self.lost }
    }
}
