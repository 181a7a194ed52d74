//! The 16-bit formats: every pattern read, and what is written is the nearest.
#![cfg(feature = "capi")]

mod reference;
mod support;
use logitude::capi::types::*;
use reference::format::{self, Format};
use support::rng::Rng;

struct Half {
    format: Format,
    widen: extern "C" fn(u16) -> f32,
    narrow: extern "C" fn(f32) -> u16,
    /// The bits of +inf.
    infinity: u16,
}

const HALVES: [Half; 2] = [
    Half { format: format::F16, widen: lgt_f16_to_f32, narrow: lgt_f16_from_f32, infinity: 0x7c00 },
    Half {
        format: format::BF16,
        widen: lgt_bf16_to_f32,
        narrow: lgt_bf16_from_f32,
        infinity: 0x7f80,
    },
];

#[test]
fn every_pattern_is_read() {
    for half in &HALVES {
        for bits in 0..=u16::MAX {
            let (got, exact) = (f64::from((half.widen)(bits)), half.format.decode(bits));
            let same = got.to_bits() == exact.to_bits() || got.is_nan() && exact.is_nan();
            assert!(same, "{bits:#06x}: {got} for {exact}");
        }
    }
}

#[test]
fn every_number_comes_back() {
    for half in &HALVES {
        for bits in 0..=u16::MAX {
            let back = (half.narrow)((half.widen)(bits));
            let nan = bits & 0x7fff > half.infinity;
            assert!(back == bits || nan && is_nan(half, back), "{bits:#06x} became {back:#06x}");
        }
    }
}

fn is_nan(half: &Half, bits: u16) -> bool {
    bits & 0x7fff > half.infinity
}

/// The nearest pattern, found among all of them. Positive patterns stand in the
/// order of their values; infinity counts as the number after the largest.
fn nearest(half: &Half, x: f32) -> u16 {
    let size = f64::from(x.abs());
    let finite = |bits: u16| half.format.decode(bits);
    let value = |bits: u16| match half.infinity - bits {
        0 => 2.0 * finite(bits - 1) - finite(bits - 2),
        _ => finite(bits),
    };
    let (mut low, mut high) = (0, half.infinity);
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        if value(middle) <= size { low = middle } else { high = middle }
    }
    let (down, up) = (size - value(low), value(high) - size);
    let magnitude = match down.partial_cmp(&up).unwrap() {
        core::cmp::Ordering::Less => low,
        core::cmp::Ordering::Greater => high,
        core::cmp::Ordering::Equal => low + low % 2,
    };
    magnitude | u16::from(x.is_sign_negative()) << 15
}

fn is_nearest(half: &Half, x: f32) {
    let (got, exact) = ((half.narrow)(x), nearest(half, x));
    assert_eq!(got, exact, "{x:e} became {got:#06x}, the nearest is {exact:#06x}");
}

/// Every number, every middle between neighbours, and their own neighbours.
#[test]
fn boundaries_are_rounded_to_even() {
    for half in &HALVES {
        for bits in 0..half.infinity {
            let x = half.format.decode(bits);
            let middle = x + half.format.ulp(x) / 2.0;
            for at in [x as f32, middle as f32] {
                for near in [at, at.next_up(), at.next_down()] {
                    is_nearest(half, near);
                    is_nearest(half, -near);
                }
            }
        }
        for x in [f32::MAX, f32::INFINITY, f32::MIN_POSITIVE, 1e-45, 0.0, -0.0] {
            is_nearest(half, x);
            is_nearest(half, -x);
        }
    }
}

#[test]
fn random_numbers_are_rounded_to_the_nearest() {
    let mut rng = Rng::new(81);
    for half in &HALVES {
        for _ in 0..500_000 {
            let x = f32::from_bits(rng.bits() as u32);
            if x.is_nan() {
                assert!(is_nan(half, (half.narrow)(x)));
            } else {
                is_nearest(half, x);
            }
        }
    }
}

/// Whatever its payload and sign.
#[test]
fn nan_stays_nan() {
    for half in &HALVES {
        for payload in (0..23).map(|bit| 1 << bit).chain([0x007f_ffff, 0x0000_1fff]) {
            for sign in [0, 1 << 31] {
                let bits = (half.narrow)(f32::from_bits(0x7f80_0000 | payload | sign));
                assert!(is_nan(half, bits), "{payload:#x} became {bits:#06x}");
                assert!((half.widen)(bits).is_nan());
            }
        }
    }
}
