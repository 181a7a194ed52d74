//! Linear maps of logits and of class priors, from their definitions.
#![allow(dead_code)] // Each test binary uses its part.

use super::metrics::Sample;

/// What is fitted: biases, scales and biases, or a matrix row by row and biases.
#[derive(Clone, Copy, Debug)]
pub enum Form {
    Bias,
    Vector,
    Matrix,
}

/// What squared distances from the identity cost: of scales, of scales from one class to
/// another, of biases.
#[derive(Clone, Copy, Debug, Default)]
pub struct Costs {
    pub diagonal: f64,
    pub off_diagonal: f64,
    pub bias: f64,
}

impl Form {
    /// The parameters of the map that changes nothing.
    pub fn identity(self, cols: usize) -> Vec<f64> {
        let scales = match self {
            Form::Bias => vec![],
            Form::Vector => vec![1.0; cols],
            Form::Matrix => {
                (0..cols * cols).map(|i| f64::from(i.is_multiple_of(cols + 1))).collect()
            }
        };
        [scales, vec![0.0; cols]].concat()
    }

    /// The class that a parameter adds to, and what it is multiplied by.
    fn place(self, i: usize, z: &[f64]) -> (usize, f64) {
        let cols = z.len();
        match self {
            Form::Vector if i < cols => (i, z[i]),
            Form::Matrix if i < cols * cols => (i / cols, z[i % cols]),
            _ => (i % cols, 1.0),
        }
    }

    /// What a parameter's squared distance from the identity costs.
    fn cost(self, i: usize, cols: usize, costs: &Costs) -> f64 {
        match self {
            Form::Vector if i < cols => costs.diagonal,
            Form::Matrix if i < cols * cols && i.is_multiple_of(cols + 1) => costs.diagonal,
            Form::Matrix if i < cols * cols => costs.off_diagonal,
            _ => costs.bias,
        }
    }
}

/// Probabilities of the mapped row.
pub fn mapped(form: Form, point: &[f64], z: &[f64]) -> Vec<f64> {
    let mut u = if let Form::Bias = form { z.to_vec() } else { vec![0.0; z.len()] };
    for (i, parameter) in point.iter().enumerate() {
        let (class, factor) = form.place(i, z);
        u[class] += parameter * factor;
    }
    let max = u.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let shares: Vec<f64> = u.iter().map(|u| (u - max).exp()).collect();
    let sum: f64 = shares.iter().sum();
    shares.iter().map(|share| share / sum).collect()
}

/// The weighted mean of `term`, a row's numbers.
fn mean(samples: &[Sample], count: usize, term: impl Fn(&Sample) -> Vec<f64>) -> Vec<f64> {
    let weight: f64 = samples.iter().map(|s| s.weight).sum();
    let mut sums = vec![0.0; count];
    for s in samples {
        sums.iter_mut().zip(term(s)).for_each(|(sum, x)| *sum += s.weight * x);
    }
    sums.iter().map(|sum| sum / weight).collect()
}

/// Mean negative log-likelihood, without costs.
pub fn loss(form: Form, point: &[f64], samples: &[Sample]) -> f64 {
    mean(samples, 1, |s| vec![-mapped(form, point, &s.x)[s.label].ln()])[0]
}

/// What the costs come to.
pub fn penalty(form: Form, point: &[f64], cols: usize, costs: &Costs) -> f64 {
    let off = form.identity(cols).into_iter().zip(point).map(|(at, x)| (x - at) * (x - at));
    off.enumerate().map(|(i, square)| form.cost(i, cols, costs) * square).sum()
}

/// The gradient of the mean loss and its second derivative in each parameter.
pub fn derivatives(form: Form, point: &[f64], samples: &[Sample]) -> (Vec<f64>, Vec<f64>) {
    let terms = |s: &Sample, of: fn(f64, f64) -> f64, power: i32| -> Vec<f64> {
        let p = mapped(form, point, &s.x);
        let term = |i| {
            let (class, factor) = form.place(i, &s.x);
            of(p[class], f64::from(class == s.label)) * factor.powi(power)
        };
        (0..point.len()).map(term).collect()
    };
    (
        mean(samples, point.len(), |s| terms(s, |p, own| p - own, 1)),
        mean(samples, point.len(), |s| terms(s, |p, _| p * (1.0 - p), 2)),
    )
}

/// How far a gradient with costs is from 0, as distance of parameters: the loss curves by
/// twice the least cost or more, whichever way one goes.
pub fn off_minimum(form: Form, point: &[f64], samples: &[Sample], costs: &Costs) -> f64 {
    let cols = samples[0].x.len();
    let (gradient, _) = derivatives(form, point, samples);
    let identity = form.identity(cols);
    let slope = |i: usize| gradient[i] + 2.0 * form.cost(i, cols, costs) * (point[i] - identity[i]);
    let square: f64 = (0..point.len()).map(|i| slope(i) * slope(i)).sum();
    let each = (0..point.len()).map(|i| form.cost(i, cols, costs));
    square.sqrt() / (2.0 * each.fold(f64::INFINITY, f64::min))
}

/// The slope of `f` in each coordinate, by central differences of fourth order.
pub fn slopes(f: impl Fn(&[f64]) -> f64, point: &[f64]) -> Vec<f64> {
    let step = 1e-3;
    let along = |i: usize| {
        let at = |steps: f64| {
            let mut moved = point.to_vec();
            moved[i] += steps * step;
            f(&moved)
        };
        (8.0 * (at(1.0) - at(-1.0)) - (at(2.0) - at(-2.0))) / (12.0 * step)
    };
    (0..point.len()).map(along).collect()
}

/// Biases, of mean 0, that make each class as frequent as its label: each is moved by the
/// logarithm of what is missing, over and over.
pub fn shifted_priors(samples: &[Sample], passes: usize) -> Vec<f64> {
    let cols = samples[0].x.len();
    let own = |s: &Sample| (0..cols).map(|c| f64::from(c == s.label)).collect();
    let wanted = mean(samples, cols, own);
    let mut biases = vec![0.0; cols];
    for _ in 0..passes {
        let given = mean(samples, cols, |s| mapped(Form::Bias, &biases, &s.x));
        biases.iter_mut().zip(wanted.iter().zip(given)).for_each(|(b, (w, g))| *b += (w / g).ln());
    }
    let middle = biases.iter().sum::<f64>() / cols as f64;
    biases.iter().map(|b| b - middle).collect()
}

/// Class priors after so many passes of expectation maximisation over probabilities.
pub fn new_priors(samples: &[Sample], old: &[f64], passes: usize) -> Vec<f64> {
    let mut priors = old.to_vec();
    for _ in 0..passes {
        let shares = |s: &Sample| -> Vec<f64> {
            let each: Vec<f64> = (0..old.len()).map(|c| s.x[c] * priors[c] / old[c]).collect();
            let sum: f64 = each.iter().sum();
            each.iter().map(|share| share / sum).collect()
        };
        priors = mean(samples, old.len(), shares);
    }
    priors
}

/// The loss of a mixture of `softmax(x / t)`, `softmax(x)` and equal shares, and by how much
/// its likelihood grows, relatively, with the weight of each: 1 where a weight above 0 is as
/// it should be, no more where it is 0.
pub fn mixture(samples: &[Sample], t: f64, weights: [f64; 3]) -> (f64, Vec<f64>) {
    let parts = |s: &Sample| -> [f64; 3] {
        let cooled: Vec<f64> = s.x.iter().map(|x| x / t).collect();
        let none = vec![0.0; s.x.len()];
        let own = |z: &[f64]| mapped(Form::Bias, &none, z)[s.label];
        [own(&cooled), own(&s.x), 1.0 / s.x.len() as f64]
    };
    let together = |s: &Sample| parts(s).iter().zip(weights).map(|(p, w)| p * w).sum::<f64>();
    let loss = mean(samples, 1, |s| vec![-together(s).ln()])[0];
    let growth = |s: &Sample| parts(s).iter().map(|p| p / together(s)).collect();
    (loss, mean(samples, 3, growth))
}
