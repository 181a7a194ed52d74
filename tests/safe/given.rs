//! Arrays that end where memory ends: what reads or writes past them is stopped by the
//! processor.

use logitude::{
    Bf16, Column, ColumnMut, Csr, Error, F16, NumberRows, Numbers, Rows, RowsMut, Status,
};
use std::cell::Cell;

/// What functions have said.
#[derive(Default)]
pub struct Seen {
    pub functions: Vec<&'static str>,
    pub refused: Vec<(&'static str, Error)>,
}

impl Seen {
    pub fn note(&mut self, function: &'static str, got: Result<(), Error>) {
        self.functions.push(function);
        if let Err(error) = got {
            // Lengths are what they must be.
            let wrong = error.status() == Status::LGT_E_SHAPE && error.argument().is_some();
            assert!(!wrong, "{error}");
            self.refused.push((function, error));
        }
    }
}

/// A number for place `i` of `n`.
pub trait Sample: Copy + 'static {
    fn sample(i: usize, n: usize) -> Self;
}

/// Above 0, below 1, ascending.
fn share(i: usize, n: usize) -> f64 {
    (i as f64 + 0.5) / n as f64
}

impl Sample for f64 {
    fn sample(i: usize, n: usize) -> Self {
        share(i, n)
    }
}

impl Sample for f32 {
    fn sample(i: usize, n: usize) -> Self {
        share(i, n) as f32
    }
}

impl Sample for F16 {
    fn sample(i: usize, n: usize) -> Self {
        F16::from_f32(share(i, n) as f32)
    }
}

impl Sample for Bf16 {
    fn sample(i: usize, n: usize) -> Self {
        Bf16::from_f32(share(i, n) as f32)
    }
}

macro_rules! counts {
    ($($t:ty)*) => {
        $(impl Sample for $t {
            fn sample(i: usize, _: usize) -> Self {
                i as $t
            }
        })*
    };
}

counts! { u8 u64 usize i32 }

impl Sample for u32 {
    fn sample(i: usize, _: usize) -> Self {
        1 + i as u32 % 2
    }
}

/// Memory for so many values, all zero, with none behind it; never given back.
#[cfg(unix)]
fn room<T>(n: usize) -> *mut T {
    const PAGE: usize = 1 << 16;
    let bytes = n * size_of::<T>();
    let whole = bytes.next_multiple_of(PAGE);
    // SAFETY: fresh memory; the last page of it is given up again.
    unsafe {
        let flags = libc::MAP_PRIVATE | libc::MAP_ANONYMOUS;
        let access = libc::PROT_READ | libc::PROT_WRITE;
        let start = libc::mmap(std::ptr::null_mut(), whole + PAGE, access, flags, -1, 0);
        assert_ne!(start, libc::MAP_FAILED);
        assert_eq!(libc::mprotect(start.byte_add(whole), PAGE, libc::PROT_NONE), 0);
        start.byte_add(whole - bytes).cast()
    }
}

#[cfg(not(unix))]
fn room<T>(n: usize) -> *mut T {
    let words = (n * size_of::<T>()).div_ceil(8);
    Box::leak(vec![0u64; words].into_boxed_slice()).as_mut_ptr().cast()
}

fn filled<T>(n: usize, value: impl Fn(usize) -> T) -> &'static mut [T] {
    let start = room::<T>(n);
    // SAFETY: there is room for as many.
    unsafe {
        (0..n).for_each(|i| start.add(i).write(value(i)));
        std::slice::from_raw_parts_mut(start, n)
    }
}

pub fn slice<T: Sample>(n: usize) -> &'static mut [T] {
    filled(n, |i| T::sample(i, n))
}

pub fn rows_of<T: Sample>(rows: usize, cols: usize) -> Rows<'static, T> {
    Rows::new(slice(rows * cols), rows, cols).unwrap()
}

pub fn rows_mut<T: Sample>(rows: usize, cols: usize) -> RowsMut<'static, T> {
    RowsMut::new(slice(rows * cols), rows, cols).unwrap()
}

pub fn column<T: Sample>(rows: usize) -> Column<'static, T> {
    (&*slice::<T>(rows)).into()
}

pub fn column_mut<T: Sample>(rows: usize) -> ColumnMut<'static, T> {
    slice::<T>(rows).into()
}

pub fn labels_of(n: usize) -> Numbers<'static> {
    (&*filled(n, |i| (i % 2) as i32)).into()
}

pub fn label_rows(rows: usize, cols: usize) -> NumberRows<'static> {
    let data = filled(rows * cols, |i| (i % 2) as i32);
    Rows::new(&*data, rows, cols).unwrap().into()
}

/// One entry in each row.
pub fn csr(rows: usize) -> Csr<'static> {
    let starts: &[u64] = slice(rows + 1);
    let columns: &[u64] = filled(rows, |_| 0);
    Csr::new(starts, columns)
}

pub fn words(n: usize) -> &'static mut [u64] {
    // SAFETY: there is room for as many, all zero.
    unsafe { std::slice::from_raw_parts_mut(room(n), n) }
}

/// How many words stay, and what the others are.
type Spoilt = (usize, fn(usize) -> u64);

thread_local! {
    /// What copies of states and models are made to be.
    pub static SPOILT: Cell<Option<Spoilt>> = const { Cell::new(None) };
}

/// The words of a state or model and no more.
pub fn copy(from: &[u64]) -> &'static mut [u64] {
    let bytes = from[1] as u32 as usize;
    let n = if bytes == 0 { from.len() } else { bytes.div_ceil(8) };
    filled(n, |i| match SPOILT.get() {
        Some((kept, filling)) if i >= kept => filling(i),
        _ => from[i],
    })
}

pub fn defaults<T: Default>() -> &'static T {
    Box::leak(Box::default())
}

/// A state or model to change; where it is spoilt, another.
pub fn kept(words: &mut [u64]) -> &mut [u64] {
    if SPOILT.get().is_some() { copy(words) } else { words }
}

pub fn one<T: Sample>() -> &'static mut T {
    &mut slice(1)[0]
}

pub fn structs<T: Copy>(n: usize) -> &'static mut [T] {
    filled(n, |_| nothing())
}

/// All zero, which no model is.
pub fn nothing<T: Copy>() -> T {
    // SAFETY: of structs of numbers alone.
    unsafe { std::mem::zeroed() }
}
