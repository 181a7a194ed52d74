//! The storage types as the Rust functions have them, so that one test is that of all.
#![allow(dead_code)] // Each test binary uses its part.

use super::dtype::{self, Dtype};
use crate::reference::format::Format;
use logitude::Number;

pub trait Real: Number<Sum: Into<f64>> + PartialEq + 'static {
    /// The same type as the C functions have it.
    type C: Dtype;
    /// What is stored, what is computed in.
    const STORE: Format = Self::C::STORE;
    const ACC: Format = Self::C::ACC;
    const NAME: &'static str = Self::C::NAME;
    /// Whether it is stored as it is computed in.
    const WIDE: bool;
    /// The nearest stored value.
    fn of(x: f64) -> Self;
    fn value(self) -> f64;
    fn sum(x: f64) -> Self::Sum;

    /// A bound by the type computed in.
    fn bound(by_type: &super::bounds::ByType) -> f64 {
        by_type.of(size_of::<Self>() == 8)
    }
}

macro_rules! reals {
    ($($real:ty: $c:ident, $wide:literal, $of:expr, $value:expr;)*) => {$(
        impl Real for $real {
            type C = dtype::$c;
            const WIDE: bool = $wide;
            fn of(x: f64) -> Self {
                $of(Self::STORE.nearest(x))
            }
            fn value(self) -> f64 {
                $value(self)
            }
            fn sum(x: f64) -> Self::Sum {
                x as Self::Sum
            }
        }
    )*};
}

reals! {
    f32: F32, true, |x| x as f32, f64::from;
    f64: F64, true, |x| x, |x| x;
    logitude::F16: F16, false, |x| logitude::F16::from_f32(x as f32), |x: Self| x.to_f32().into();
    logitude::Bf16: Bf16, false, |x| logitude::Bf16::from_f32(x as f32), |x: Self| x.to_f32().into();
}
