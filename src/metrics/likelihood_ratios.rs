//! How much more often a test says yes, or no, where the condition is than where
//! it is not.

/// The result of `lgt_likelihood_ratios`.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct LikelihoodRatios {
    /// LR+: the true positive rate over the false positive rate.
    pub positive: f64,
    /// LR-: the false negative rate over the true negative rate.
    pub negative: f64,
}

/// From the four counts; NaN where a divisor is 0.
pub fn likelihood_ratios(tn: f64, fp: f64, fn_: f64, tp: f64) -> LikelihoodRatios {
    let (with, without) = (tp + fn_, tn + fp);
    let over = |x: f64, y: f64| if y > 0.0 { x / y } else { f64::NAN };
    LikelihoodRatios {
        positive: over(over(tp, with), over(fp, without)),
        negative: over(over(fn_, with), over(tn, without)),
    }
}
