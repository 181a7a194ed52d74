//! `lgt_gumbel_softmax` and its gradient.

use super::guard::{self, Options};
use super::mapped::{RawMap, place, scale};
use super::temperatures::Raw;
use super::types::*;
use crate::rows::numbers::Numbers;
use crate::softmax::gumbel_softmax::{Draws, Grads, Uniforms, apply, grad};
use crate::softmax::weighed::Scores;
use crate::status::Status::{self, *};

/// What goes forward is the one hot of the largest noisy score.
pub const LGT_GUMBEL_HARD: u32 = 1;

/// Options of `lgt_gumbel_softmax`. Fill with `lgt_gumbel_softmax_opts_default`, then
/// change what is to be different.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct lgt_gumbel_softmax_opts {
    /// The size of this struct in bytes.
    pub struct_size: u32,
    /// `LGT_GUMBEL_HARD` or 0; default 0.
    pub flags: u32,
    /// The temperature: noisy scores are divided by it. Default 1; from 1e-30 to 1e30.
    pub tau: f64,
    /// Any number; default 0. Of this and the next two, draws are made if no uniform
    /// numbers are given.
    pub seed: u64,
    /// Any number below 2^32: other draws of the same seed. Default 1, whose words are not
    /// those that `lgt_bootstrap_weights_f32` has for the first 2^32 rows.
    pub stream: u64,
    /// The number of the first row in the whole data; default 0.
    pub first_row: u64,
}

// SAFETY: repr(C), 4 + 4 + 8 + 8 + 8 + 8 bytes.
unsafe impl Options for lgt_gumbel_softmax_opts {
    const DEFAULT: Self = Self {
        struct_size: size_of::<Self>() as u32,
        flags: 0,
        tau: 1.0,
        seed: 0,
        stream: 1,
        first_row: 0,
    };
}

/// Writes the default options. Does nothing for NULL. Thread safety: any
/// thread, any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_gumbel_softmax_opts_default(opts: *mut lgt_gumbel_softmax_opts) {
    if !opts.is_null() {
        // SAFETY: the contract of this function.
        unsafe { *opts = lgt_gumbel_softmax_opts::DEFAULT };
    }
}

#[inline(never)]
unsafe fn draw(
    x: Raw,
    (u, u_stride): (Numbers, usize),
    y: (*mut u8, usize),
    soft: (*mut u8, usize),
    opts: *const lgt_gumbel_softmax_opts,
) -> Result<Status, Status> {
    // SAFETY: the contract of the C functions below.
    unsafe {
        let opts = guard::options(opts)?;
        let hard = opts.flags & LGT_GUMBEL_HARD != 0;
        if opts.flags & !LGT_GUMBEL_HARD != 0 || !hard && !soft.0.is_null() {
            return Err(LGT_E_OPTION);
        }
        let stream = u32::try_from(opts.stream).map_err(|_| LGT_E_VALUE)?;
        let tau = scale(opts.tau)?;
        let table = x.check()?;
        let first = place(&x, y)?;
        let (second, second_span) = x.beside(soft.0, soft.1)?;
        let bytes = guard::extent_of(x.x.size(), y.1, x.rows, x.cols)?;
        let span = (y.0.cast_const(), bytes);
        guard::apart(span, second_span)?;
        let u = if u.address().is_null() {
            Uniforms::Drawn(opts.seed, stream, opts.first_row)
        } else {
            let u = Raw { x: u, stride: u_stride, ..x };
            let table = u.check()?;
            guard::apart(u.span(), span)?;
            guard::apart(u.span(), second_span)?;
            Uniforms::Given(table)
        };
        let (soft, hard) = if hard { (second, Some(first)) } else { (Some(first), None) };
        Ok(apply(&Draws { x: table, u, soft, hard, tau }))
    }
}

/// Gumbel softmax of each row: `y = softmax((x + g) / tau)`, where `g = -ln(-ln u)` of
/// uniform numbers `u`; or the one hot of the largest `x + g`.
///
/// The one hot is each class as often as the softmax of `x` says. To train through it, go
/// forward with `LGT_GUMBEL_HARD` and back with the gradient of the shares (straight
/// through): `soft` is where they go besides.
///
/// `u` is brought into 2^-24 to 1 - 2^-24. Where it is NULL it is drawn: that of row `r` and
/// column `c` is `(w + 1/2) / 2^32`, rounded to the type computed in, where `w` is word `c % 4`
/// of Philox4x32-10 of the counter (`c / 4`, `stream`, low half, high half of
/// `first_row + r`) by the key (low half, high half of `seed`). So a row's draws do not depend on
/// which other rows are in the call.
///
/// -inf is masked: a share of 0. Scores at +inf have it all, shared by their noise. A NaN in
/// `x` or `u` makes its row NaN, and so does a row with nothing above -inf, with
/// `LGT_EMPTY_ROW`.
///
/// # Shape
/// `x`: scores, `u`: rows of numbers from 0 to 1, of the type computed in, or NULL; `y`:
/// shares or one hots; `soft`: with `LGT_GUMBEL_HARD` the shares, or NULL. Each rows x cols,
/// row-major, strides in elements, at least cols. `opts`: NULL for the defaults.
///
/// # In place
/// `y == x` or `soft == x` with equal strides is allowed; any other overlap is
/// `LGT_E_ALIAS`.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_OPTION` (flags; `soft` without
/// `LGT_GUMBEL_HARD`), `LGT_E_VALUE` (tau, stream), `LGT_E_ALIAS`. Advisory:
/// `LGT_EMPTY_ROW`.
///
/// # Accuracy
/// A share: relative at most what rounding changes of the noisy scores, 2 ulp of the largest
/// of their sizes, over `tau`, and 1e-6 (f64: 4e-15), besides the rounding to its type.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// E. Jang, S. Gu and B. Poole, "Categorical Reparameterization with Gumbel-Softmax" (2017);
/// C. Maddison, A. Mnih and Y. W. Teh, "The Concrete Distribution" (2017).
///
/// # Example
/// ```c
/// float x[1][3] = {{0, 50, 0}}, y[1][3], soft[1][3];
/// lgt_gumbel_softmax_opts opts;
/// lgt_gumbel_softmax_opts_default(&opts);
/// opts.flags = LGT_GUMBEL_HARD;
/// opts.seed = 7;
/// assert(lgt_gumbel_softmax_f32(&x[0][0], 3, NULL, 0, &y[0][0], 3, &soft[0][0], 3, 1, 3,
///                               &opts) == LGT_OK);
/// assert(y[0][0] == 0 && y[0][1] == 1 && y[0][2] == 0 && soft[0][1] > 0.999f);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_gumbel_softmax_f32(
    x: *const f32,
    x_stride: usize,
    u: *const f32,
    u_stride: usize,
    y: *mut f32,
    y_stride: usize,
    soft: *mut f32,
    soft_stride: usize,
    rows: usize,
    cols: usize,
    opts: *const lgt_gumbel_softmax_opts,
) -> Status {
    let x = Raw { x: Numbers::F32(x), stride: x_stride, rows, cols };
    let (u, y, soft) =
        ((Numbers::F32(u), u_stride), (y.cast(), y_stride), (soft.cast(), soft_stride));
    // SAFETY: the contract of this function.
    guard::code(unsafe { draw(x, u, y, soft, opts) })
}

/// `double` form of `lgt_gumbel_softmax_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_gumbel_softmax_f64(
    x: *const f64,
    x_stride: usize,
    u: *const f64,
    u_stride: usize,
    y: *mut f64,
    y_stride: usize,
    soft: *mut f64,
    soft_stride: usize,
    rows: usize,
    cols: usize,
    opts: *const lgt_gumbel_softmax_opts,
) -> Status {
    let x = Raw { x: Numbers::F64(x), stride: x_stride, rows, cols };
    let (u, y, soft) =
        ((Numbers::F64(u), u_stride), (y.cast(), y_stride), (soft.cast(), soft_stride));
    // SAFETY: the contract of this function.
    guard::code(unsafe { draw(x, u, y, soft, opts) })
}

/// `lgt_f16` form of `lgt_gumbel_softmax_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_gumbel_softmax_f16(
    x: *const lgt_f16,
    x_stride: usize,
    u: *const f32,
    u_stride: usize,
    y: *mut lgt_f16,
    y_stride: usize,
    soft: *mut lgt_f16,
    soft_stride: usize,
    rows: usize,
    cols: usize,
    opts: *const lgt_gumbel_softmax_opts,
) -> Status {
    let x = Raw { x: Numbers::F16(x.cast()), stride: x_stride, rows, cols };
    let (u, y, soft) =
        ((Numbers::F32(u), u_stride), (y.cast(), y_stride), (soft.cast(), soft_stride));
    // SAFETY: the contract of this function.
    guard::code(unsafe { draw(x, u, y, soft, opts) })
}

/// `lgt_bf16` form of `lgt_gumbel_softmax_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_gumbel_softmax_bf16(
    x: *const lgt_bf16,
    x_stride: usize,
    u: *const f32,
    u_stride: usize,
    y: *mut lgt_bf16,
    y_stride: usize,
    soft: *mut lgt_bf16,
    soft_stride: usize,
    rows: usize,
    cols: usize,
    opts: *const lgt_gumbel_softmax_opts,
) -> Status {
    let x = Raw { x: Numbers::Bf16(x.cast()), stride: x_stride, rows, cols };
    let (u, y, soft) =
        ((Numbers::F32(u), u_stride), (y.cast(), y_stride), (soft.cast(), soft_stride));
    // SAFETY: the contract of this function.
    guard::code(unsafe { draw(x, u, y, soft, opts) })
}

#[inline(never)]
unsafe fn back(map: RawMap, tau: f64) -> Result<Status, Status> {
    let tau = scale(tau)?;
    // SAFETY: the contract of the C functions below.
    let Scores { x, dy, y } = unsafe { map.check()? };
    dy.into_iter().for_each(|dy| grad(&Grads { y: x, dy, dx: y, tau }));
    Ok(LGT_OK)
}

/// Gradient of `lgt_gumbel_softmax_f32` in the scores: `dx = y (dy - sum y dy) / tau` of the
/// shares `y`.
///
/// With hard outputs, straight through: `y` are the shares that `soft` was for, `dy` is the
/// gradient in the one hots. A share of 0 has a gradient of 0, whatever `dy` is there. A NaN
/// makes its row NaN, but for shares of 0.
///
/// # Shape
/// `y`: shares; `dy`: the gradient in them; `dx`: that in the scores. Each rows x cols,
/// row-major, strides in elements, at least cols. `tau`: as there.
///
/// # In place
/// `dx == y` and `dx == dy`, with equal strides, are allowed; any other overlap of `dx` is
/// `LGT_E_ALIAS`.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_VALUE` (tau), `LGT_E_ALIAS`.
///
/// # Accuracy
/// At most 1e-6 (f64: 4e-15) times `y / tau` times the largest size of a `dy` of the row,
/// besides the rounding to its type.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// As for `lgt_gumbel_softmax_f32`.
///
/// # Example
/// ```c
/// float y[1][2] = {{0.25f, 0.75f}}, dy[1][2] = {{1, 0}}, dx[1][2];
/// assert(lgt_gumbel_softmax_grad_f32(&y[0][0], 2, &dy[0][0], 2, &dx[0][0], 2, 0.5, 1, 2) ==
///        LGT_OK);
/// assert(dx[0][0] == 0.375f && dx[0][1] == -0.375f);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_gumbel_softmax_grad_f32(
    y: *const f32,
    y_stride: usize,
    dy: *const f32,
    dy_stride: usize,
    dx: *mut f32,
    dx_stride: usize,
    tau: f64,
    rows: usize,
    cols: usize,
) -> Status {
    let x = Raw { x: Numbers::F32(y), stride: y_stride, rows, cols };
    let dy = Some((Numbers::F32(dy), dy_stride));
    let map = RawMap { x, dy, y: (dx.cast(), dx_stride) };
    // SAFETY: the contract of this function.
    guard::code(unsafe { back(map, tau) })
}

/// `double` form of `lgt_gumbel_softmax_grad_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_gumbel_softmax_grad_f64(
    y: *const f64,
    y_stride: usize,
    dy: *const f64,
    dy_stride: usize,
    dx: *mut f64,
    dx_stride: usize,
    tau: f64,
    rows: usize,
    cols: usize,
) -> Status {
    let x = Raw { x: Numbers::F64(y), stride: y_stride, rows, cols };
    let dy = Some((Numbers::F64(dy), dy_stride));
    let map = RawMap { x, dy, y: (dx.cast(), dx_stride) };
    // SAFETY: the contract of this function.
    guard::code(unsafe { back(map, tau) })
}

/// `lgt_f16` form of `lgt_gumbel_softmax_grad_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_gumbel_softmax_grad_f16(
    y: *const lgt_f16,
    y_stride: usize,
    dy: *const lgt_f16,
    dy_stride: usize,
    dx: *mut lgt_f16,
    dx_stride: usize,
    tau: f64,
    rows: usize,
    cols: usize,
) -> Status {
    let x = Raw { x: Numbers::F16(y.cast()), stride: y_stride, rows, cols };
    let dy = Some((Numbers::F16(dy.cast()), dy_stride));
    let map = RawMap { x, dy, y: (dx.cast(), dx_stride) };
    // SAFETY: the contract of this function.
    guard::code(unsafe { back(map, tau) })
}

/// `lgt_bf16` form of `lgt_gumbel_softmax_grad_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_gumbel_softmax_grad_bf16(
    y: *const lgt_bf16,
    y_stride: usize,
    dy: *const lgt_bf16,
    dy_stride: usize,
    dx: *mut lgt_bf16,
    dx_stride: usize,
    tau: f64,
    rows: usize,
    cols: usize,
) -> Status {
    let x = Raw { x: Numbers::Bf16(y.cast()), stride: y_stride, rows, cols };
    let dy = Some((Numbers::Bf16(dy.cast()), dy_stride));
    let map = RawMap { x, dy, y: (dx.cast(), dx_stride) };
    // SAFETY: the contract of this function.
    guard::code(unsafe { back(map, tau) })
}
