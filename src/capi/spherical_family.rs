//! `lgt_spherical_family`, and what the losses of that family share.

use super::guard;
use super::loss::{RawLosses, lgt_loss_opts};
use crate::loss::spherical_family::{self, Spherical};
use crate::status::Status::{self, *};
use core::ffi::c_void;

/// The loss is an `lgt_z_loss`; parameters `a` and `b`.
pub const LGT_SPHERICAL_Z: u32 = 0;
/// The loss is an `lgt_taylor_loss`; no parameters.
pub const LGT_SPHERICAL_TAYLOR: u32 = 1;
/// The loss is an `lgt_spherical_loss`; `a` is its `eps`.
pub const LGT_SPHERICAL_SOFTMAX: u32 = 2;
/// The loss is an `lgt_squared_error`; no parameters.
pub const LGT_SPHERICAL_SQUARED_ERROR: u32 = 3;

/// The loss of that number, if its parameters are good.
pub(super) fn loss_of(kind: u32, a: f64, b: f64) -> Result<Spherical, Status> {
    let good = match kind {
        LGT_SPHERICAL_Z => (1e-6..=1e6).contains(&a) && (-1e6..=1e6).contains(&b),
        LGT_SPHERICAL_SOFTMAX => (1e-300..=1e6).contains(&a),
        _ => true,
    };
    match kind {
        _ if !good => Err(LGT_E_VALUE),
        LGT_SPHERICAL_Z => Ok(Spherical::Z { a, b }),
        LGT_SPHERICAL_TAYLOR => Ok(Spherical::Taylor),
        LGT_SPHERICAL_SOFTMAX => Ok(Spherical::Softmax { eps: a }),
        LGT_SPHERICAL_SQUARED_ERROR => Ok(Spherical::SquaredError),
        _ => Err(LGT_E_OPTION),
    }
}

/// Losses of whole rows.
#[inline(never)]
pub(super) unsafe fn apply(
    raw: RawLosses,
    (labels, label_type): (*const c_void, u32),
    kind: Result<Spherical, Status>,
    opts: *const lgt_loss_opts,
) -> Status {
    // SAFETY: the contract of the C functions.
    guard::code(unsafe {
        lgt_loss_opts::read(opts).and_then(|opts| {
            let kind = kind?;
            let losses = raw.check(opts)?;
            let labels = guard::labels(labels, label_type, raw.x.rows)?;
            if labels.first_bad(raw.x.rows, raw.x.cols).is_some() {
                return Err(LGT_E_LABEL);
            }
            Ok(spherical_family::apply(&losses, labels, kind))
        })
    })
}

/// Losses of the spherical family from the three numbers of a row that they depend on,
/// with the derivatives in them: the label's output, the sum of all outputs and the sum of
/// their squares.
///
/// The three add up over shards of the classes: each shard gives its own sums, and the one
/// that holds the label its output. With the derivatives `d_own`, `d_sum` and `d_squares`
/// the gradient in output `k` is `d_sum + 2 d_squares o_k`, and `d_own` more at the label:
/// each shard has its part of it without the others' outputs. `lgt_spherical_layer_forward`
/// writes the three without any other output, and `lgt_spherical_layer_step` takes the
/// derivatives.
///
/// The variance of the Z-loss is `squares / classes - (sum / classes)^2`: where outputs lie
/// far from 0 for their spread, `lgt_z_loss_f32`, which sees them, keeps what is lost here.
/// What is not finite makes all four results NaN.
///
/// # Shape
/// `kind`: an `LGT_SPHERICAL_` number. `a`, `b`: the loss's parameters, in its ranges;
/// not looked at where it has none. `own`, `sum`, `squares`: `n` numbers each. `classes`:
/// how many outputs a row has, at least 1. `loss`, `d_own`, `d_sum`, `d_squares`: `n`
/// numbers each, or NULL.
///
/// # In place
/// An output may be one of the inputs; any other overlap is `LGT_E_ALIAS`.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_OPTION` (kind), `LGT_E_VALUE` (a, b, classes), `LGT_E_SIZE`,
/// `LGT_E_ALIAS`.
///
/// # Accuracy
/// Losses and derivatives within 4e-15 of those of the numbers given, relative to the
/// largest term that they are made of.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// P. Vincent, A. de Brebisson and X. Bouthillier, "Efficient Exact Gradient Update for
/// training Deep Networks with Very Large Sparse Targets" (2015); A. de Brebisson and
/// P. Vincent, "The Z-loss: a shift and scale invariant classification loss belonging to
/// the Spherical Family" (2016).
///
/// # Example
/// ```c
/// double own = 2, sum = 2, squares = 6, loss, d_own, d_sum, d_squares;
/// assert(lgt_spherical_family(LGT_SPHERICAL_TAYLOR, 0, 0, &own, &sum, &squares, 4, &loss,
///                             &d_own, &d_sum, &d_squares, 1) == LGT_OK);
/// assert(loss > 0.58778 && loss < 0.58779 && d_own == -3.0 / 5 && d_sum == 1.0 / 9);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_spherical_family(
    kind: u32,
    a: f64,
    b: f64,
    own: *const f64,
    sum: *const f64,
    squares: *const f64,
    classes: u64,
    loss: *mut f64,
    d_own: *mut f64,
    d_sum: *mut f64,
    d_squares: *mut f64,
    n: usize,
) -> Status {
    let read = || {
        let kind = loss_of(kind, a, b)?;
        if classes == 0 {
            return Err(LGT_E_VALUE);
        }
        let (from, to) = ([own, sum, squares], [loss, d_own, d_sum, d_squares]);
        from.into_iter().try_for_each(|x| guard::not_null(x, n))?;
        let bytes = guard::extent_of(size_of::<f64>(), 1, n, 1)?;
        let span = |x: *const f64| (x.cast::<u8>(), if x.is_null() { 0 } else { bytes });
        for (i, y) in to.into_iter().enumerate().filter(|(_, y)| !y.is_null()) {
            let y = span(y);
            let inputs = from.into_iter().map(span).filter(|x| !core::ptr::eq(x.0, y.0));
            let others = to.into_iter().take(i).map(|x| span(x));
            inputs.chain(others).try_for_each(|x| guard::apart(x, y))?;
        }
        for i in 0..n {
            // SAFETY: the contract of this function.
            unsafe {
                let made = kind.of(*own.add(i), *sum.add(i), *squares.add(i), classes as f64);
                let values = [made.loss, made.own, made.sum, made.squares];
                for (to, value) in to.into_iter().zip(values).filter(|(to, _)| !to.is_null()) {
                    *to.add(i) = value;
                }
            }
        }
        Ok(LGT_OK)
    };
    guard::code(read())
}
