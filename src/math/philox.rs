//! Random numbers by counting: Philox4x32-10, and Poisson draws from them.
//!
//! Philox turns a counter of 128 bits and a key of 64 into 128 bits that look
//! random: ten rounds of two 32 x 32-bit products, whose halves trade places. There
//! is no state to carry along, so any draw can be had alone, by any worker, in any
//! order. J. Salmon et al., "Parallel Random Numbers: As Easy as 1, 2, 3" (2011).

/// What the counter's first and third word are multiplied by.
const MULTIPLIERS: [u32; 2] = [0xd251_1f53, 0xcd9e_8d57];
/// What the key grows by each round: the golden ratio, and sqrt(3) - 1.
const WEYL: [u32; 2] = [0x9e37_79b9, 0xbb67_ae85];
/// Rounds.
const ROUNDS: usize = 10;

/// Four random numbers.
#[inline(always)]
pub fn philox(counter: [u32; 4], key: [u32; 2]) -> [u32; 4] {
    let ([mut a, mut b, mut c, mut d], [mut k, mut l]) = (counter, key);
    for _ in 0..ROUNDS {
        let first = u64::from(MULTIPLIERS[0]) * u64::from(a);
        let second = u64::from(MULTIPLIERS[1]) * u64::from(c);
        a = (second >> 32) as u32 ^ b ^ k;
        b = second as u32;
        c = (first >> 32) as u32 ^ d ^ l;
        d = first as u32;
        k = k.wrapping_add(WEYL[0]);
        l = l.wrapping_add(WEYL[1]);
    }
    [a, b, c, d]
}

/// As [`philox`], of counters that differ in their first two words: word by word,
/// for as many as a few vectors hold.
///
/// All numbers are below 2^32, in 64 bits each, the form in which vectors multiply.
#[inline(always)]
pub fn philox_lanes<const N: usize>(
    low: [u64; N],
    high: [u64; N],
    rest: [u32; 2],
    key: [u32; 2],
) -> [[u64; N]; 4] {
    const LOW: u64 = u32::MAX as u64;
    let (mut a, mut b) = (low, high);
    let (mut c, mut d) = ([u64::from(rest[0]); N], [u64::from(rest[1]); N]);
    let [mut k, mut l] = key;
    for _ in 0..ROUNDS {
        for i in 0..N {
            let first = u64::from(MULTIPLIERS[0]) * (a[i] & LOW);
            let second = u64::from(MULTIPLIERS[1]) * (c[i] & LOW);
            a[i] = second >> 32 ^ b[i] ^ u64::from(k);
            b[i] = second & LOW;
            c[i] = first >> 32 ^ d[i] ^ u64::from(l);
            d[i] = first & LOW;
        }
        k = k.wrapping_add(WEYL[0]);
        l = l.wrapping_add(WEYL[1]);
    }
    [a, b, c, d]
}

/// The two halves of a number, the low one first.
pub fn halves(x: u64) -> [u32; 2] {
    [x as u32, (x >> 32) as u32]
}

/// The most that [`poisson`] draws.
pub const MOST: u32 = 12;

/// `2^32 P(X <= k)` for a Poisson distribution of mean 1, rounded: the sum of
/// `2^32 e^-1 / n!` for `n` up to `k`. From 12 on it is 2^32.
const THRESHOLDS: [u32; MOST as usize] = thresholds();

/// In whole numbers of 2^-96: `1/e` is the alternating sum of `1 / n!`, and each
/// term the one before over `n`, so no digit that counts is rounded.
const fn thresholds() -> [u32; MOST as usize] {
    const ONE: u128 = 1 << 96;
    let (mut share, mut term, mut n) = (0, ONE, 1);
    while n < 40 {
        share = if n % 2 == 1 { share + term } else { share - term };
        term /= n;
        n += 1;
    }
    let (mut table, mut sum, mut k) = ([0; MOST as usize], 0, 0);
    while k < MOST as usize {
        sum += share;
        share /= k as u128 + 1;
        table[k] = ((sum + (1 << 63)) >> 64) as u32;
        k += 1;
    }
    table
}

/// A draw from the Poisson distribution of mean 1, by inversion: the number of
/// thresholds that 32 random bits reach. Each probability is within 2^-32 of its
/// own, and more than 12, of probability 2^-34, never comes.
#[inline(always)]
pub fn poisson(bits: u32) -> u32 {
    THRESHOLDS.iter().map(|threshold| u32::from(bits >= *threshold)).sum()
}
