//! Errors counted, not kept: how many there were, the largest, and how they are
//! spread, in bins a 32nd of a power of two wide.

use std::fmt::{self, Display};

const LEAST: i32 = -8;
const BINS: usize = 40 * 32;

/// The larger of two errors; NaN is larger than any.
#[inline]
pub fn larger(a: f64, b: f64) -> f64 {
    if a.is_nan() || a > b { a } else { b }
}

#[derive(Clone)]
pub struct Tally {
    pub count: u64,
    pub max: f64,
    /// Where the largest was.
    pub at: f64,
    bins: Vec<u64>,
}

impl Tally {
    pub fn new() -> Tally {
        Tally { count: 0, max: 0.0, at: f64::NAN, bins: vec![0; BINS] }
    }

    /// Takes note of an error, which is at least 0 or NaN, at `at`.
    #[inline]
    pub fn see(&mut self, error: f64, at: f64) {
        self.count += 1;
        if larger(self.max, error) != self.max {
            (self.max, self.at) = (error, at);
        }
        // Five bits of the fraction below the exponent field.
        let bin = (error.to_bits() >> 47) as i64 - i64::from(LEAST + 1023) * 32;
        self.bins[bin.clamp(0, BINS as i64 - 1) as usize] += 1;
    }

    pub fn merge(&mut self, other: &Tally) {
        self.count += other.count;
        if larger(self.max, other.max) != self.max {
            (self.max, self.at) = (other.max, other.at);
        }
        self.bins.iter_mut().zip(&other.bins).for_each(|(bin, more)| *bin += more);
    }

    /// The middle error, to a 32nd.
    pub fn median(&self) -> f64 {
        let mut left = self.count.div_ceil(2);
        for (bin, count) in self.bins.iter().enumerate() {
            if *count >= left && self.count > 0 {
                let edge = 1.0 + (bin % 32) as f64 / 32.0;
                return if bin == 0 {
                    0.0
                } else {
                    edge * f64::exp2((bin / 32) as f64 + f64::from(LEAST))
                };
            }
            left -= count;
        }
        f64::NAN
    }

    /// The share of errors of at least `edge` ulp, and below `end`.
    pub fn share(&self, edge: f64, end: f64) -> f64 {
        let bin = |x: f64| {
            let bin = (x.to_bits() >> 47) as i64 - i64::from(LEAST + 1023) * 32;
            bin.clamp(0, BINS as i64) as usize
        };
        self.bins[bin(edge)..bin(end)].iter().sum::<u64>() as f64 / self.count as f64
    }
}

/// The largest error, and the median.
impl Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{} ({})", short(self.max), short(self.median()))
    }
}

/// Two digits after the point, fewer where that is more than anyone reads.
pub fn short(x: f64) -> String {
    if x.is_nan() || x < 100.0 { format!("{x:.2}") } else { format!("{x:.0}") }
}

#[test]
fn tallies() {
    let mut tally = Tally::new();
    assert!(tally.median().is_nan());
    (0..1000).for_each(|i| tally.see(f64::from(i) / 100.0, f64::from(i)));
    let mut large = Tally::new();
    large.see(1e5, 7.0);
    tally.merge(&large);
    assert_eq!((tally.count, tally.max, tally.at), (1001, 1e5, 7.0));
    assert!((tally.median() / 5.0 - 1.0).abs() < 1.0 / 32.0, "{}", tally.median());
    assert!((tally.share(0.0, 0.5) - 50.0 / 1001.0).abs() < 1e-12);
    assert!((tally.share(2.0, f64::INFINITY) - 801.0 / 1001.0).abs() < 1e-12);
    large.see(f64::NAN, 1.0);
    assert!(large.max.is_nan());
}
