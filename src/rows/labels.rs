//! Labels of any integer width, and weights.

use crate::status::Status;

/// The integer type that labels are stored in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LabelType {
    /// `int8_t`
    I8,
    /// `int16_t`
    I16,
    /// `int32_t`
    I32,
    /// `int64_t`
    I64,
    /// `uint8_t`
    U8,
    /// `uint16_t`
    U16,
    /// `uint32_t`
    U32,
    /// `uint64_t`
    U64,
}

impl LabelType {
    /// Bytes of one label.
    pub fn size(self) -> usize {
        match self {
            LabelType::I8 | LabelType::U8 => 1,
            LabelType::I16 | LabelType::U16 => 2,
            LabelType::I32 | LabelType::U32 => 4,
            LabelType::I64 | LabelType::U64 => 8,
        }
    }
}

/// One label a row.
#[derive(Clone, Copy)]
pub struct Labels {
    data: *const u8,
    kind: LabelType,
}

impl Labels {
    /// # Safety
    /// `data` must be readable for one label a row, aligned for its type.
    pub unsafe fn new(data: *const u8, kind: LabelType) -> Labels {
        Labels { data, kind }
    }

    /// The labels from that of row `r` on.
    pub fn from(&self, r: usize) -> Labels {
        Labels { data: self.data.wrapping_add(r * self.kind.size()), kind: self.kind }
    }

    /// Where those of `n` rows lie: start and bytes.
    pub fn span(&self, n: usize) -> (*const u8, usize) {
        (self.data, if self.data.is_null() { 0 } else { n.saturating_mul(self.kind.size()) })
    }

    /// Their type.
    pub fn kind(&self) -> LabelType {
        self.kind
    }

    /// Where they start.
    pub fn address(&self) -> *const u8 {
        self.data
    }

    /// The label of row `r`; a negative one is larger than any class.
    #[inline(always)]
    pub fn get(&self, r: usize) -> u64 {
        // SAFETY: `new` was told of one label a row.
        unsafe {
            match self.kind {
                LabelType::I8 => signed((*self.data.cast::<i8>().add(r)).into()),
                LabelType::I16 => signed((*self.data.cast::<i16>().add(r)).into()),
                LabelType::I32 => signed((*self.data.cast::<i32>().add(r)).into()),
                LabelType::I64 => signed(*self.data.cast::<i64>().add(r)),
                LabelType::U8 => u64::from(*self.data.add(r)),
                LabelType::U16 => u64::from(*self.data.cast::<u16>().add(r)),
                LabelType::U32 => u64::from(*self.data.cast::<u32>().add(r)),
                LabelType::U64 => *self.data.cast::<u64>().add(r),
            }
        }
    }

    /// The label of row `r`, which was checked, as one of `cols` columns: one of them too
    /// if an output that lies over the labels was written since.
    #[inline(always)]
    pub fn column(&self, r: usize, cols: usize) -> usize {
        usize::try_from(self.get(r)).unwrap_or(usize::MAX).min(cols.saturating_sub(1))
    }

    /// Whether the label of row `r` is this number.
    pub fn is(&self, r: usize, value: i64) -> bool {
        // SAFETY: `new` was told of one label a row.
        unsafe {
            match self.kind {
                LabelType::I8 => i64::from(*self.data.cast::<i8>().add(r)) == value,
                LabelType::I16 => i64::from(*self.data.cast::<i16>().add(r)) == value,
                LabelType::I32 => i64::from(*self.data.cast::<i32>().add(r)) == value,
                LabelType::I64 => *self.data.cast::<i64>().add(r) == value,
                _ => value >= 0 && self.get(r) == value as u64,
            }
        }
    }

    /// The labels from row `start` on as 32-bit numbers, in plain loops that
    /// become vectors behind a door. What does not fit is `i32::MIN`, which no
    /// one asks for.
    #[inline(always)]
    pub fn narrow(&self, start: usize, out: &mut [i32]) {
        // SAFETY: `new` was told of one label a row.
        unsafe {
            match self.kind {
                LabelType::I8 => each(self.data.cast::<i8>().add(start), out, i32::from),
                LabelType::I16 => each(self.data.cast::<i16>().add(start), out, i32::from),
                LabelType::I32 => each(self.data.cast::<i32>().add(start), out, |x| x),
                LabelType::I64 => each(self.data.cast::<i64>().add(start), out, halved),
                LabelType::U8 => each(self.data.add(start), out, i32::from),
                LabelType::U16 => each(self.data.cast::<u16>().add(start), out, i32::from),
                LabelType::U32 => each(self.data.cast::<u32>().add(start), out, |x: u32| {
                    if x >> 31 == 0 { x as i32 } else { i32::MIN }
                }),
                LabelType::U64 => each(self.data.cast::<u64>().add(start), out, |x: u64| {
                    if x >> 31 == 0 { x as i32 } else { i32::MIN }
                }),
            }
        }
    }

    /// Whether labels may be negative.
    pub fn signed(&self) -> bool {
        use LabelType::*;
        matches!(self.kind, I8 | I16 | I32 | I64)
    }

    /// The first row whose label is not below `cols`.
    pub fn first_bad(&self, rows: usize, cols: usize) -> Option<usize> {
        (0..rows).find(|r| self.get(*r) >= cols as u64)
    }

    /// Whether the labels of all rows are 0 or 1.
    pub fn are_binary(&self, rows: usize) -> bool {
        // As numbers without a sign, negative ones are large.
        // SAFETY: `new` was told of one label a row.
        unsafe {
            match self.kind.size() {
                1 => any_bits(self.data, rows) < 2,
                2 => any_bits(self.data.cast::<u16>(), rows) < 2,
                4 => any_bits(self.data.cast::<u32>(), rows) < 2,
                _ => any_bits(self.data.cast::<u64>(), rows) < 2,
            }
        }
    }

    /// The lowest bits of as many labels from row `start` on as there is room for, in
    /// plain loops that become vectors behind a door; whether they are all there is.
    ///
    /// # Safety
    /// There must be so many rows.
    #[inline(always)]
    pub unsafe fn bits(&self, start: usize, out: &mut [u32]) -> bool {
        // As numbers without a sign, negative ones are large.
        // SAFETY: the caller vouches for the rows.
        unsafe {
            match self.kind.size() {
                1 => low_bits(self.data.add(start), out) < 2,
                2 => low_bits(self.data.cast::<u16>().add(start), out) < 2,
                4 => low_bits(self.data.cast::<u32>().add(start), out) < 2,
                _ => low_bits(self.data.cast::<u64>().add(start), out) < 2,
            }
        }
    }

    /// The labels of `n` rows from `start` on, which are 0 or 1, as numbers.
    ///
    /// # Safety
    /// There must be so many rows, and `to` must be writable for `n` values.
    pub unsafe fn as_numbers(&self, start: usize, n: usize, to: *mut f64) {
        // SAFETY: the caller vouches for rows and room.
        unsafe {
            match self.kind.size() {
                1 => numbers(self.data.add(start), n, to),
                2 => numbers(self.data.cast::<u16>().add(start), n, to),
                4 => numbers(self.data.cast::<u32>().add(start), n, to),
                _ => numbers(self.data.cast::<u64>().add(start), n, to),
            }
        }
    }
}

/// All bits that are set in any of `n` numbers.
///
/// # Safety
/// `data` must be readable for `n` values.
unsafe fn any_bits<T: Copy + Into<u64>>(data: *const T, n: usize) -> u64 {
    // SAFETY: the caller vouches for the values.
    (0..n).fold(0, |bits, r| bits | unsafe { *data.add(r) }.into())
}

/// The lowest bit of each number, and all bits that are set in any.
///
/// # Safety
/// `data` must be readable for as many values as there are in `out`.
#[inline(always)]
unsafe fn low_bits<T: Copy + Into<u64>>(data: *const T, out: &mut [u32]) -> u64 {
    // SAFETY: the caller vouches for the values.
    let data = unsafe { core::slice::from_raw_parts(data, out.len()) };
    let mut any = 0;
    for (to, label) in out.iter_mut().zip(data) {
        let label: u64 = (*label).into();
        any |= label;
        *to = label as u32 & 1;
    }
    any
}

/// `n` numbers that are 0 or 1, as f64: the bits of 1 or none of them.
///
/// # Safety
/// `data` must be readable and `to` writable for `n` values.
unsafe fn numbers<T: Copy + Into<u64>>(data: *const T, n: usize, to: *mut f64) {
    for r in 0..n {
        // SAFETY: the caller vouches for the values.
        unsafe {
            let label: u64 = (*data.add(r)).into();
            *to.add(r) = f64::from_bits(label.wrapping_neg() & 1f64.to_bits());
        }
    }
}

/// `f` of as many labels as there is room for.
///
/// # Safety
/// `from` must be readable for `out.len()` labels.
#[inline(always)]
unsafe fn each<T: Copy>(from: *const T, out: &mut [i32], f: impl Fn(T) -> i32) {
    // SAFETY: the caller vouches for the labels.
    let from = unsafe { core::slice::from_raw_parts(from, out.len()) };
    for (to, label) in out.iter_mut().zip(from) {
        *to = f(*label);
    }
}

/// The lower half, if the upper one only repeats its sign: halves of vectors are
/// compared faster than whole numbers.
#[inline(always)]
fn halved(x: i64) -> i32 {
    let (low, high) = (x as i32, (x >> 32) as i32);
    if high == low >> 31 { low } else { i32::MIN }
}

/// A label that may be negative, which no class is.
#[inline(always)]
fn signed(label: i64) -> u64 {
    u64::try_from(label).unwrap_or(u64::MAX)
}

/// One weight a row, or 1 for all.
#[derive(Clone, Copy)]
pub struct Weights<T>(*const T);

impl<T: crate::simd::Real> Weights<T> {
    /// 1 a row.
    pub const ONE: Self = Weights(core::ptr::null());

    /// # Safety
    /// Null, or readable for one weight a row, aligned for `T`.
    pub unsafe fn new(data: *const T) -> Self {
        Weights(data)
    }

    /// Whether no weights were given.
    #[inline(always)]
    pub fn are_all_one(&self) -> bool {
        self.0.is_null()
    }

    /// The weight of row `r`.
    #[inline(always)]
    pub fn get(&self, r: usize) -> f64 {
        if self.0.is_null() {
            1.0
        } else {
            // SAFETY: `new` was told of one weight a row.
            unsafe { *self.0.add(r) }.to_f64()
        }
    }

    /// `E_VALUE` unless every weight is at least 0 and at most 2^63.
    pub fn check(&self, rows: usize) -> Result<(), Status> {
        let good = |w: f64| (0.0..=crate::math::fixed::BOUND).contains(&w);
        if self.0.is_null() || (0..rows).all(|r| good(self.get(r))) {
            Ok(())
        } else {
            Err(Status::LGT_E_VALUE)
        }
    }
}
