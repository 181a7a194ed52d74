//! `lgt_risk_coverage`: selective prediction.

use super::guard;
use super::scores::{span, status};
use super::types::*;
use crate::curves::risk_coverage::{self, RiskCoverageReport, Selective};
use crate::rows::numbers::Numbers;
use crate::status::Status::{self, *};
use core::ffi::c_void;

/// Writes how many bytes of scratch `lgt_risk_coverage` needs: 8 a row.
///
/// # Shape
/// `n`: number of rows, below 2^31. `bytes`: one number.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_SIZE`.
///
/// Thread safety: any thread, any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_risk_coverage_scratch(n: usize, bytes: *mut usize) -> Status {
    // SAFETY: the contract of this function.
    unsafe { guard::scratch_bytes(risk_coverage::words(n), bytes) }
}

/// The arrays of a call: what is read, and where the curve goes.
struct Arrays {
    confidences: Numbers,
    losses: Numbers,
    n: usize,
    curve: [*mut f64; 3],
}

unsafe fn apply(
    arrays: Arrays,
    at: (f64, f64),
    report: *mut RiskCoverageReport,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let Arrays { confidences, losses, n, curve } = arrays;
    // SAFETY: the contract of the C functions below.
    guard::code(unsafe {
        span(confidences, n).and_then(|first| {
            let second = span(losses, n)?;
            guard::not_null(report, 1)?;
            if !(0.0..=1.0).contains(&at.0) || at.1.is_nan() {
                return Err(LGT_E_VALUE);
            }
            let bytes = n.checked_mul(8).ok_or(LGT_E_SIZE)?;
            let [a, b, c] = curve.map(|data| {
                (data.cast::<u8>().cast_const(), if data.is_null() { 0 } else { bytes })
            });
            let scratch = guard::scratch(
                scratch,
                scratch_size,
                risk_coverage::words(n),
                [first, second, a, b, c],
            )?;
            let coverages = guard::column(curve[0], n, &[first, second])?;
            let risks = guard::column(curve[1], n, &[first, second, a])?;
            let thresholds = guard::column(curve[2], n, &[first, second, a, b])?;
            let result = Selective::new(confidences, losses, n).report(at, scratch, |i, point| {
                let to = [&coverages, &risks, &thresholds];
                for (to, x) in to.into_iter().zip([point.coverage, point.risk, point.threshold]) {
                    if to.is_wanted() {
                        *to.at(i) = x;
                    }
                }
            });
            *report = result;
            Ok(status(result.aurc))
        })
    })
}

/// The risk-coverage curve of confidences and losses, and the areas under it: what a
/// model loses on the rows it is most confident of.
///
/// The curve has a point for each different confidence, the highest first: `coverages`,
/// the share of rows of at least that confidence, `risks`, their mean loss, `thresholds`,
/// the confidence itself; `points` of the report says how many. Losses are 0 or 1 for
/// right and wrong, or any real numbers.
///
/// `aurc` is the mean over k = 1 .. n of the mean loss of the k most confident rows;
/// `e_aurc` what it is above the least that the same losses allow, a row of small loss
/// always being the more confident. `augrc` is the area under the generalised curve,
/// whose risk is a sum of losses over all n rows: for 0 and 1 the probability of a
/// failure that was accepted, averaged over thresholds; (1 - AUROC) a (1 - a) +
/// (1 - a)^2 / 2 for accuracy a. Where confidences are equal the areas are the mean over
/// all orders these rows may have, so that the order they come in does not matter;
/// implementations that sort and sum, such as torch-uncertainty's, depend on it, and
/// apply the trapezoid rule to 1/n .. 1 where `aurc` is a mean.
///
/// `risk_at_coverage` and `coverage_at_risk` are of points of the curve, which a
/// threshold can reach: of the least coverage that is at least `coverage`, and the
/// largest whose risk is at most `risk`, 0 if there is none. -0 is equal to 0,
/// infinities are confidences like any others. A NaN among the confidences, or a loss
/// that is none or beyond 2^63, is counted in `nan_rows` and makes the result NaN; no
/// point is then written. A batch function over arrays and scratch of the caller.
///
/// # Shape
/// `confidences`, `losses`: `n` numbers each. `coverage`: 0 to 1. `risk`: a number.
/// `report`: one struct. `coverages`, `risks`, `thresholds`: room for `n` numbers each, of
/// which `points` are written; or NULL. `scratch`: `scratch_size` bytes, 8-byte aligned,
/// at least what `lgt_risk_coverage_scratch` says. None may overlap another, but for
/// both inputs; what is there before does not matter.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_VALUE` (coverage, risk), `LGT_E_SCRATCH` (too
/// small, not aligned), `LGT_E_ALIAS`. Advisory: `LGT_UNDEFINED` (nothing, or a NaN, was
/// there).
///
/// # Accuracy
/// Relative to the largest magnitude of a loss: 4e-16 of risks, 4e-15 of areas. The order
/// of rows changes nothing.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// Y. Geifman and R. El-Yaniv, "Selective Classification for Deep Neural Networks" (2017);
/// Y. Geifman, G. Uziel and R. El-Yaniv, "Bias-Reduced Uncertainty Estimation for Deep
/// Neural Classifiers" (2019), for the excess; J. Traub et al., "Overcoming Common Flaws
/// in the Evaluation of Selective Classification Systems" (2024), for AUGRC.
///
/// # Example
/// ```c
/// float confidence[4] = {0.9f, 0.8f, 0.8f, 0.1f}, loss[4] = {0, 1, 0, 1};
/// uint64_t scratch[4];
/// lgt_risk_coverage_report report;
/// double coverages[4], risks[4];
/// assert(lgt_risk_coverage_f32(confidence, loss, 0.5, 0.4, &report, coverages, risks, NULL, 4,
///                              scratch, sizeof scratch) == LGT_OK);
/// assert(report.points == 3 && coverages[1] == 0.75 && risks[1] == 1.0 / 3);
/// assert(report.augrc == 0.15625 && report.coverage_at_risk == 0.75);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_risk_coverage_f32(
    confidences: *const f32,
    losses: *const f32,
    coverage: f64,
    risk: f64,
    report: *mut RiskCoverageReport,
    coverages: *mut f64,
    risks: *mut f64,
    thresholds: *mut f64,
    n: usize,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let curve = [coverages, risks, thresholds];
    let arrays =
        Arrays { confidences: Numbers::F32(confidences), losses: Numbers::F32(losses), n, curve };
    // SAFETY: the contract of this function.
    unsafe { apply(arrays, (coverage, risk), report, scratch, scratch_size) }
}

/// `double` form of `lgt_risk_coverage_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_risk_coverage_f64(
    confidences: *const f64,
    losses: *const f64,
    coverage: f64,
    risk: f64,
    report: *mut RiskCoverageReport,
    coverages: *mut f64,
    risks: *mut f64,
    thresholds: *mut f64,
    n: usize,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let curve = [coverages, risks, thresholds];
    let arrays =
        Arrays { confidences: Numbers::F64(confidences), losses: Numbers::F64(losses), n, curve };
    // SAFETY: the contract of this function.
    unsafe { apply(arrays, (coverage, risk), report, scratch, scratch_size) }
}

/// `lgt_f16` form of `lgt_risk_coverage_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_risk_coverage_f16(
    confidences: *const lgt_f16,
    losses: *const lgt_f16,
    coverage: f64,
    risk: f64,
    report: *mut RiskCoverageReport,
    coverages: *mut f64,
    risks: *mut f64,
    thresholds: *mut f64,
    n: usize,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let curve = [coverages, risks, thresholds];
    let arrays = Arrays {
        confidences: Numbers::F16(confidences.cast()),
        losses: Numbers::F16(losses.cast()),
        n,
        curve,
    };
    // SAFETY: the contract of this function.
    unsafe { apply(arrays, (coverage, risk), report, scratch, scratch_size) }
}

/// `lgt_bf16` form of `lgt_risk_coverage_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_risk_coverage_bf16(
    confidences: *const lgt_bf16,
    losses: *const lgt_bf16,
    coverage: f64,
    risk: f64,
    report: *mut RiskCoverageReport,
    coverages: *mut f64,
    risks: *mut f64,
    thresholds: *mut f64,
    n: usize,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let curve = [coverages, risks, thresholds];
    let arrays = Arrays {
        confidences: Numbers::Bf16(confidences.cast()),
        losses: Numbers::Bf16(losses.cast()),
        n,
        curve,
    };
    // SAFETY: the contract of this function.
    unsafe { apply(arrays, (coverage, risk), report, scratch, scratch_size) }
}
