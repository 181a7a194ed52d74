//! How long rows are cut: by their length alone, so that whoever goes through the
//! segments, the same numbers are added in the same order.

/// Bytes of a row from which on it is taken not to stay in a cache: on the
/// machines measured, the last-level cache stops helping one core somewhere
/// between 4 and 16 MiB (`docs/performance.md`), whatever size CPUID gives it.
const LONG: usize = 8 << 20;

/// Whether no cache holds a row of `n` values.
#[inline(always)]
pub fn is_long<E>(n: usize) -> bool {
    n >= LONG / size_of::<E>()
}

/// The least that a long row is cut into.
const SEGMENT: usize = 1 << 18;

/// The most segments of a row.
pub const SEGMENTS: usize = 256;

/// Columns of a segment of a row of `n`: all of a short row; of a long one, a
/// length that depends on nothing but `n`.
#[inline(always)]
pub fn segment<E>(n: usize) -> usize {
    if is_long::<E>(n) { n.div_ceil(SEGMENTS).max(SEGMENT).next_multiple_of(64) } else { n.max(1) }
}
