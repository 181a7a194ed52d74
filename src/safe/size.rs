//! Arithmetic of lengths. What is too large for a number is as large as can be, which no
//! slice is, so that it never passes for the length of one.

use core::ops::{Add, Div, Mul};

#[derive(Clone, Copy)]
pub(super) struct Size(pub usize);

impl Add for Size {
    type Output = Size;
    fn add(self, other: Size) -> Size {
        Size(self.0.saturating_add(other.0))
    }
}

impl Mul for Size {
    type Output = Size;
    fn mul(self, other: Size) -> Size {
        Size(self.0.saturating_mul(other.0))
    }
}

impl Div for Size {
    type Output = Size;
    fn div(self, other: Size) -> Size {
        Size(self.0 / other.0)
    }
}
