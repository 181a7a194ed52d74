//! Four vectors of f32, or two of f64, reduced at once.

use super::{Portable, lanes, zip};
use crate::simd::{Each, Real};

impl Each<f32> for Portable {
    type Vs = [[f32; 4]; 4];
    type Places = [u32; 4];

    #[inline(always)]
    fn repeat(self, v: [f32; 4]) -> [[f32; 4]; 4] {
        [v; 4]
    }
    #[inline(always)]
    fn max_each(self, v: [[f32; 4]; 4]) -> [f32; 4] {
        lanes(|i| {
            let pairs =
                zip([v[i][0], v[i][1]], [v[i][2], v[i][3]], |a, b| if a > b { a } else { b });
            if pairs[0] > pairs[1] { pairs[0] } else { pairs[1] }
        })
    }
    #[inline(always)]
    fn sum_each(self, v: [[f32; 4]; 4]) -> [f32; 4] {
        lanes(|i| (v[i][0] + v[i][2]) + (v[i][1] + v[i][3]))
    }
    #[inline(always)]
    fn transpose(self, v: [[f32; 4]; 4]) -> [[f32; 4]; 4] {
        lanes(|j| lanes(|i| v[i][j]))
    }
    #[inline(always)]
    fn places(self, v: [f32; 4]) -> [u32; 4] {
        lanes(|i| v[i] as u32)
    }
    #[inline(always)]
    fn permute(self, v: [f32; 4], p: [u32; 4]) -> [f32; 4] {
        lanes(|i| v[p[i] as usize & 3])
    }
    #[inline(always)]
    fn split(self, x: [f32; 4]) -> ([f32; 4], [f32; 4]) {
        let e: [u32; 4] = lanes(|i| x[i].to_bits().wrapping_sub(f32::SQRT_HALF as u32) >> 23);
        let m = lanes(|i| f32::from_bits(x[i].to_bits().wrapping_sub(e[i] << 23)));
        (lanes(|i| e[i] as f32), m)
    }
}

impl Each<f64> for Portable {
    type Vs = [[f64; 2]; 2];
    type Places = [u32; 2];

    #[inline(always)]
    fn repeat(self, v: [f64; 2]) -> [[f64; 2]; 2] {
        [v; 2]
    }
    #[inline(always)]
    fn max_each(self, v: [[f64; 2]; 2]) -> [f64; 2] {
        lanes(|i| if v[i][0] > v[i][1] { v[i][0] } else { v[i][1] })
    }
    #[inline(always)]
    fn sum_each(self, v: [[f64; 2]; 2]) -> [f64; 2] {
        lanes(|i| v[i][0] + v[i][1])
    }
    #[inline(always)]
    fn transpose(self, v: [[f64; 2]; 2]) -> [[f64; 2]; 2] {
        lanes(|j| lanes(|i| v[i][j]))
    }
    #[inline(always)]
    fn places(self, v: [f64; 2]) -> [u32; 2] {
        lanes(|i| v[i] as u32)
    }
    #[inline(always)]
    fn permute(self, v: [f64; 2], p: [u32; 2]) -> [f64; 2] {
        lanes(|i| v[p[i] as usize & 1])
    }
    #[inline(always)]
    fn split(self, x: [f64; 2]) -> ([f64; 2], [f64; 2]) {
        let e: [u64; 2] = lanes(|i| x[i].to_bits().wrapping_sub(f64::SQRT_HALF) >> 52);
        let m = lanes(|i| f64::from_bits(x[i].to_bits().wrapping_sub(e[i] << 52)));
        (lanes(|i| e[i] as f64), m)
    }
}
