//! What an evaluation amounts to.

/// The result of `lgt_evaluate_finish`.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct EvaluateReport {
    /// Rows of weight above 0.
    pub rows: u64,
    /// Those with a NaN, or without probabilities: misses, and every mean but the
    /// accuracy is then NaN.
    pub nan_rows: u64,
    /// Those whose loss is +inf: the label has probability 0.
    pub infinite_rows: u64,
    /// The sum of weights.
    pub weight: f64,
    /// The weighted share of rows whose label has the highest score.
    pub accuracy: f64,
    /// Mean negative log-likelihood of the labels.
    pub nll: f64,
    /// Its exponential.
    pub perplexity: f64,
    /// Mean of the sum over classes of (p - y)^2: from 0 to 2.
    pub brier: f64,
    /// Mean probability of the predicted class.
    pub confidence: f64,
    /// Mean entropy of the probabilities, in nats.
    pub entropy: f64,
    /// Mean of what the largest probability has over the next.
    pub margin: f64,
    /// Expected calibration error of the predicted class.
    pub ece: f64,
    /// Maximum calibration error.
    pub mce: f64,
    /// Root mean square calibration error.
    pub rms: f64,
    /// The same less what chance adds to the squares, at least 0.
    pub rms_debiased: f64,
    /// Mean confidence less accuracy: above 0 if overconfident.
    pub signed_gap: f64,
}

/// Rows of one class, whatever their weight above 0.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct EvaluateClass {
    /// Rows that have this label and probabilities.
    pub labelled: u64,
    /// Rows for which it was predicted.
    pub predicted: u64,
    /// Rows for which both hold.
    pub hits: u64,
}
