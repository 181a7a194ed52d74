//! Random numbers by counting, and Poisson draws from them.

use logitude::math::gamma;
use logitude::math::philox::{MOST, halves, philox, poisson};

/// The known answers that Random123 comes with, `philox4x32 10`.
#[test]
fn known_answers() {
    let pi = [0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344];
    let cases = [
        ([0; 4], [0; 2], [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]),
        ([u32::MAX; 4], [u32::MAX; 2], [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]),
        (pi, [0xa409_3822, 0x299f_31d0], [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1]),
    ];
    for (counter, key, answer) in cases {
        assert_eq!(philox(counter, key), answer);
    }
}

#[test]
fn halves_are_low_and_high() {
    assert_eq!(halves(0x0123_4567_89ab_cdef), [0x89ab_cdef, 0x0123_4567]);
}

/// `e^-1 / k!`.
fn probability(k: u32) -> f64 {
    (-1f64).exp() / (1..=k).map(f64::from).product::<f64>()
}

/// How many of all 2^32 numbers give each draw, by looking for where it changes:
/// each probability to 2^-32, and a draw never falls as the bits rise.
#[test]
fn every_probability() {
    let first_above = |k: u32| {
        let (mut low, mut high) = (0u64, 1 << 32);
        while low < high {
            let mid = (low + high) / 2;
            if poisson(mid as u32) > k { high = mid } else { low = mid + 1 }
        }
        low
    };
    let mut before = 0;
    for k in 0..=MOST {
        let next = first_above(k);
        let share = (next - before) as f64 / 2f64.powi(32);
        assert!((share - probability(k)).abs() <= 2f64.powi(-32), "{k}: {share}");
        if next > before {
            assert_eq!((poisson(before as u32), poisson((next - 1) as u32)), (k, k));
        }
        before = next;
    }
    assert_eq!(before, 1 << 32);
}

/// Chi-square of draws over rows, over replicates and over seeds, at the first
/// seeds there are. A test that is right fails one in 10000 of its seeds.
#[test]
fn frequencies() {
    let draws = 400_000u32;
    let ways: [fn(u32) -> [u32; 4]; 3] = [
        |i| philox([i, 0, 0, 0], [1, 2]),
        |i| philox([7, 0, i, 0], [1, 2]),
        |i| philox([7, 0, 0, 0], [i, 2]),
    ];
    for (way, draw) in ways.into_iter().enumerate() {
        let mut counts = [0u32; 8];
        let mut pairs = [[0u32; 3]; 3];
        for i in 0..draws / 4 {
            let four = draw(i).map(poisson);
            for k in four {
                counts[k.min(7) as usize] += 1;
            }
            // Neighbours of a block, and of the next one, have nothing to do with
            // each other.
            let next = draw(i + 1).map(poisson);
            for (a, b) in [(four[0], four[1]), (four[3], next[0])] {
                pairs[a.min(2) as usize][b.min(2) as usize] += 1;
            }
        }
        let tail = |k: usize| (0..k as u32).map(probability).sum::<f64>();
        let share = |k: usize, last: usize| {
            if k < last { probability(k as u32) } else { 1.0 - tail(last) }
        };
        let square = |got: u32, expected: f64| (f64::from(got) - expected).powi(2) / expected;
        let n = f64::from(draws);
        let sum: f64 = (0..8).map(|k| square(counts[k], n * share(k, 7))).sum();
        let p = gamma::upper(7.0 / 2.0, sum / 2.0);
        assert!(p > 1e-4, "{way}: {counts:?}, p = {p}");
        let cells = (0..9).map(|i| (i / 3, i % 3));
        let expected = |a, b| n / 2.0 * share(a, 2) * share(b, 2);
        let sum: f64 = cells.map(|(a, b)| square(pairs[a][b], expected(a, b))).sum();
        let p = gamma::upper(8.0 / 2.0, sum / 2.0);
        assert!(p > 1e-4, "{way}: {pairs:?}, p = {p}");
    }
}
