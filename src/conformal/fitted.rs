//! What thresholds were fitted, as the parameters of a model.

use super::rule::{METHODS, Rule};
use crate::model::{Model, View};
use crate::state::Kind;

/// The kind of model; the parameter in the head is the number of classes that have
/// thresholds of their own, or 0.
pub struct Conformal;

/// Parameters before the thresholds: method, whether logits, lambda, ranks free of the
/// penalty, alpha.
const FIXED: usize = 5;

/// How many parameters a model of so many classes has.
pub const fn parameters(classes: usize) -> Option<usize> {
    let thresholds = if classes == 0 { 1 } else { classes };
    match thresholds.checked_mul(2) {
        Some(both) => both.checked_add(FIXED),
        None => None,
    }
}

impl Model for Conformal {
    const KIND: Kind = Kind::Conformal;

    fn fits(param: u32, count: usize) -> bool {
        parameters(param as usize) == Some(count)
    }

    fn good(param: u32, all: &[f64]) -> bool {
        let Some(([method, logits, lambda, free, alpha], rest)) = all.split_first_chunk() else {
            return false;
        };
        let (thresholds, counts) = halves(param, rest);
        METHODS.iter().any(|m| f64::from(*m as u8) == *method)
            && (*logits == 0.0 || *logits == 1.0)
            && lambda.is_finite()
            && *lambda >= 0.0
            && free.is_finite()
            && *free >= 0.0
            && *alpha > 0.0
            && *alpha < 1.0
            && thresholds.iter().all(|q| !q.is_nan())
            && counts.iter().all(|n| n.is_finite())
    }
}

fn halves(param: u32, rest: &[f64]) -> (&[f64], &[f64]) {
    rest.split_at_checked(usize::max(param as usize, 1)).unwrap_or_default()
}

/// The rule and the thresholds of a model.
pub fn read<'a>(model: &View<'a>) -> (Rule, &'a [f64]) {
    let [method, logits, lambda, free] =
        model.parameters.first_chunk().copied().unwrap_or_default();
    let named = METHODS.iter().find(|m| f64::from(**m as u8) == method);
    let rule = Rule {
        method: *named.unwrap_or(&METHODS[0]),
        logits: logits != 0.0,
        lambda,
        free,
        rough: 0.0,
    };
    let rest = model.parameters.get(FIXED..).unwrap_or_default();
    (rule, halves(model.param(), rest).0)
}

/// Where thresholds go, and how many scores there were of each, with the rest written.
pub fn write<'a>(
    to: &'a mut [f64],
    rule: &Rule,
    alpha: f64,
) -> Option<(&'a mut [f64], &'a mut [f64])> {
    let (fixed, rest) = to.split_first_chunk_mut::<FIXED>()?;
    let logits = if rule.logits { 1.0 } else { 0.0 };
    *fixed = [f64::from(rule.method as u8), logits, rule.lambda, rule.free, alpha];
    rest.split_at_mut_checked(rest.len() / 2)
}
