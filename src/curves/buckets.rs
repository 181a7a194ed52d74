//! Which of 2^k buckets a score belongs to: maps that never fall, to the last bit, so
//! that of two scores in different buckets it is known which is the larger.
//!
//! The bits of a float above 1, read as an integer, are its binary logarithm with
//! straight lines between the powers of two. Adding, subtracting, dividing and rounding
//! keep an order, so that this logarithm of `1 + 4 |x|`, or of the odds `p / (1 - p)`, does,
//! and it costs no logarithm.

use crate::math::sort::key;

/// How scores become buckets.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Map {
    /// By the odds of a probability, from 2^-40 to 2^40.
    Probability,
    /// By size and sign, up to 2^14.
    Score,
    /// By edges of the caller's.
    Edges,
}

/// The least and the most k.
pub const SIZES: core::ops::RangeInclusive<u32> = 8..=20;

/// Octaves of odds on either side of even ones.
const ODDS: u64 = 40;
/// Octaves of `1 + 4 |x|`, as a power of two.
const OCTAVES: u32 = 4;
/// Bits of a fraction.
const FRACTION: u32 = 52;
const ONE: u64 = 1023 << FRACTION;

impl Map {
    /// The map of that number.
    pub fn of(number: u64) -> Option<Map> {
        [Map::Probability, Map::Score, Map::Edges].into_iter().find(|map| *map as u64 == number)
    }

    /// The bucket, below 2^`power`, of a number that is not NaN; a probability is from 0
    /// to 1.01. Edges rise, and are fewer than 2^`power`.
    #[inline(always)]
    pub fn place(self, x: f64, power: u32, edges: &[f64]) -> usize {
        match self {
            Map::Probability => {
                // Of the two zeros, one.
                let odds = (x + 0.0) / (1.0 - x).max(0.0);
                let low = ONE - (ODDS << FRACTION);
                let above = odds.to_bits().saturating_sub(low).min(((2 * ODDS) << FRACTION) - 1);
                // Fractions are cut to 32 bits, so that the product has 59.
                (((above >> (FRACTION - 32)) << power) / ((2 * ODDS) << 32)) as usize
            }
            Map::Score => {
                let half = 1u64 << (power - 1);
                let away = (1.0 + 4.0 * x.abs()).to_bits() - ONE;
                let away = (away >> (FRACTION + OCTAVES - (power - 1))).min(half - 1);
                (if x < 0.0 { half - 1 - away } else { half + away }) as usize
            }
            Map::Edges => {
                // How many edges are at most `x`.
                let (mut low, mut size) = (0, edges.len());
                while size > 0 {
                    let half = size / 2;
                    if edges.get(low + half).is_some_and(|edge| *edge <= x) {
                        low += half + 1;
                        size -= half + 1;
                    } else {
                        size = half;
                    }
                }
                low
            }
        }
    }
}

/// A number that stands for the edges; nothing unless they rise from one to the next
/// and none is NaN.
#[inline(never)]
pub fn fingerprint(edges: &[f64]) -> Option<u64> {
    let mut hash = edges.len() as u64;
    let mut before = 0;
    for edge in edges {
        let key = key(*edge);
        if edge.is_nan() || key <= before {
            return None;
        }
        before = key;
        hash = (hash.rotate_left(23) ^ key).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
    Some(hash ^ hash >> 32)
}
