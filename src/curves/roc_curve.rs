//! What `lgt_roc_curve` and the functions of other curves tell of one beside its points.

/// The result of a function that writes a curve.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct RocCurveReport {
    /// Rows of weight above 0.
    pub rows: u64,
    /// Those of them whose score is NaN; they are in no other number.
    pub nan_rows: u64,
    /// Rows of label 1.
    pub positives: u64,
    /// Rows of label 0.
    pub negatives: u64,
    /// The sum of weights of label 1.
    pub positive_weight: f64,
    /// The sum of weights of label 0.
    pub negative_weight: f64,
    /// Points of the curve.
    pub points: u64,
}
