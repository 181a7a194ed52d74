//! The exponential as the kernels use it (`src/math/exp.rs`), at every f32 there
//! is for it, against f64; in f64 at samples, against double-double numbers.

use crate::page::Table;
use crate::reference::dd::Dd;
use crate::reference::format;
use crate::support::level;
use crate::support::rng::Rng;
use crate::tally::{Tally, short};
use crate::threads::spread;
use core::f64::consts::LOG2_E;
use logitude::math::exp::{ExpPlan, Scale};
use logitude::simd::{Elem, Io, Kernel, Lanes, Real};

/// Values of a block: whole vectors of any instruction set.
const BLOCK: usize = 4096;

/// Exponentials of a block.
struct Eval<'a, E: Elem> {
    plan: &'a ExpPlan<E::Acc>,
    guess: bool,
    x: &'a [E; BLOCK],
    y: &'a mut [E; BLOCK],
}

impl<E: Elem> Kernel<E> for Eval<'_, E> {
    type Out = ();

    #[inline(always)]
    fn run<S: Io<E>>(self, s: S) {
        let plan = self.plan;
        for at in (0..BLOCK).step_by(<S as Lanes<E::Acc>>::N) {
            // SAFETY: blocks are whole vectors.
            unsafe {
                let x = s.load(self.x.as_ptr().add(at));
                let e = if self.guess {
                    plan.eval_direct::<E, S>(s, x)
                } else {
                    plan.eval_difference::<E, S>(s, plan.difference::<E, S>(s, x))
                };
                s.store(self.y.as_mut_ptr().add(at), e);
            }
        }
    }
}

/// A plan, the scale it is for, and the power of two by which its results are
/// too large.
struct Known<T> {
    plan: ExpPlan<T>,
    scale: f64,
    shift: f64,
}

impl<T: Real> Known<T> {
    /// Finds the power of two by what the plan makes of its own reference.
    fn new<E: Elem<Acc = T> + From<T>>(scale: f64, reference: T) -> Known<T> {
        let plan = Scale::new(scale).direct(reference);
        let (x, mut y) = ([E::from(reference); BLOCK], [E::from(T::ZERO); BLOCK]);
        E::dispatch(Eval { plan: &plan, guess: false, x: &x, y: &mut y });
        let shift = (y[0].widen().to_f64().log2() - reference.to_f64() * scale * LOG2_E).round();
        Known { plan, scale, shift }
    }
}

/// `exp(x) 2^shift`, to 1e-15.
fn truth(x: f64, shift: f64) -> f64 {
    /// log2(e) in two parts, the first so short that an f32 times it is exact.
    const HIGH: f64 = 1.442695040255785;
    const LOW: f64 = 6.331784189566044e-10;
    const WHOLE: f64 = 6755399441055744.0;
    let product = x * HIGH;
    let n = (product + WHOLE) - WHOLE;
    let fraction = (product - n) + x * LOW;
    (fraction * core::f64::consts::LN_2).exp() * power_of_two(n + shift)
}

fn power_of_two(n: f64) -> f64 {
    f64::from_bits(((n + 1023.0) as u64) << 52)
}

/// The distance of f32 numbers about `x`, if there were no subnormals.
fn ulp(x: f64) -> f64 {
    f64::from_bits((x.to_bits() & 0x7ff0_0000_0000_0000) - (23 << 52))
}

/// f32 numbers of one sign by their magnitude, from one to before another.
#[derive(Clone, Copy)]
struct Span {
    sign: u32,
    from: u32,
    to: u32,
    stride: u32,
}

impl Span {
    fn new(sign: f32, from: f32, to: f32) -> Span {
        Span { sign: sign.to_bits() & 1 << 31, from: from.to_bits(), to: to.to_bits(), stride: 1 }
    }

    fn each(self, stride: u32) -> Span {
        Span { stride: self.stride * stride, ..self }
    }

    fn blocks(self) -> usize {
        ((self.to - self.from) as usize).div_ceil(BLOCK * self.stride as usize)
    }

    /// Values of a block, of which the last may be short.
    fn count(self, i: usize) -> usize {
        ((self.to - self.from) as usize).div_ceil(self.stride as usize).saturating_sub(i * BLOCK)
    }

    /// A block of values, filled up if it is short.
    fn block(self, i: usize) -> [f32; BLOCK] {
        let first = self.from as usize + i * BLOCK * self.stride as usize;
        core::array::from_fn(|j| {
            let bits = (first + j * self.stride as usize).min(self.to as usize - 1) as u32;
            f32::from_bits(self.sign | bits)
        })
    }
}

/// Errors in ulp: as if there were no subnormals, and of f32 after the lift is
/// taken away by a multiplication, as the last of softmax does.
#[derive(Clone)]
struct Errors {
    lifted: Tally,
    lowered: Tally,
}

impl Errors {
    fn new() -> Errors {
        Errors { lifted: Tally::new(), lowered: Tally::new() }
    }

    fn merge(mut self, other: &Errors) -> Errors {
        self.lifted.merge(&other.lifted);
        self.lowered.merge(&other.lowered);
        self
    }
}

/// Every value of a span, by one plan.
fn errors(known: &Known<f32>, span: Span) -> Errors {
    let lower = power_of_two(-known.shift) as f32;
    let block = |i: usize| {
        let (mut errors, x) = (Errors::new(), span.block(i));
        let (mut y, mut guessed) = ([0.0; BLOCK], [0.0; BLOCK]);
        f32::dispatch(Eval { plan: &known.plan, guess: false, x: &x, y: &mut y });
        f32::dispatch(Eval { plan: &known.plan, guess: true, x: &x, y: &mut guessed });
        // One comparison of bits a block: a guess changes nothing below its ceiling.
        assert!(y.map(f32::to_bits) == guessed.map(f32::to_bits), "a guess, near {}", x[0]);
        for (x, y) in x.into_iter().map(f64::from).zip(y).take(span.count(i)) {
            let exact = if known.scale == 1.0 {
                truth(x, known.shift)
            } else {
                (x * known.scale).exp() * power_of_two(known.shift)
            };
            errors.lifted.see((f64::from(y) - exact).abs() / ulp(exact), x);
            if known.shift == f32::LIFT {
                let exact = exact * power_of_two(-known.shift);
                let unit = ulp(exact.max(f64::from(f32::MIN_POSITIVE)));
                errors.lowered.see((f64::from(y * lower) - exact).abs() / unit, x);
            }
        }
        errors
    };
    // Some blocks a task, so that what is kept of each does not add up.
    const EACH: usize = 256;
    let blocks = span.blocks();
    let task = |i: usize| {
        let own = i * EACH..blocks.min((i + 1) * EACH);
        own.map(block).fold(Errors::new(), |all, one| all.merge(&one))
    };
    spread(blocks.div_ceil(EACH), task).iter().fold(Errors::new(), Errors::merge)
}

/// What softmax meets: arguments from -104, where the exponential is half the
/// least subnormal, to 0.
const RANGES: [(&str, f32, f32); 4] = [
    ("-104 to -87.34: subnormal", 87.34, 104.0),
    ("-87.34 to -10", 10.0, 87.34),
    ("-10 to -2^-10", 0.0009765625, 10.0),
    ("-2^-10 to 0", 0.0, 0.0009765625),
];

/// All of them by the reference 0, and with other scales.
fn below_zero(level: &str, stride: u32, table: &mut Table) -> f64 {
    let known = Known::new::<f32>(1.0, 0.0);
    let mut all = Errors::new();
    for (name, from, to) in RANGES {
        let found = errors(&known, Span::new(-1.0, from, to).each(stride));
        row(level, name, &found, table);
        all = all.merge(&found);
    }
    for scale in [0.1, 1.0 / 7.0, 3.0] {
        let known = Known::new::<f32>(scale, 0.0);
        // Below 2^-25 there is only 1.
        let span = Span::new(-1.0, 2.9e-8, (104.0 / scale) as f32);
        let found = errors(&known, span.each(stride));
        row(level, &format!("-104 to 0, scale {scale:.3}"), &found, table);
        all = all.merge(&found);
    }
    all.lifted.max.max(all.lowered.max)
}

/// Everything that is taken without subtracting a maximum: windows of a hundred
/// powers of two, each by the largest number in it.
fn direct(level: &str, Sample { stride, windows: every, .. }: Sample, table: &mut Table) -> f64 {
    let largest = f32::DIRECT / LOG2_E;
    let width = 100.0 / LOG2_E;
    let windows = (largest / width).ceil() as usize;
    let mut all = Errors::new();
    for i in (0..windows * 2).step_by(every) {
        let (sign, i) = ([1.0, -1.0][i % 2], (i / 2) as f64);
        // Rounded, the limit may be past itself.
        let to = (width * (i + 1.0)).min(largest) as f32;
        let to = if f64::from(to) > largest { to.next_down() } else { to };
        let (from, reference) =
            ((width * i) as f32, if sign > 0.0 { to } else { -(width * i) as f32 });
        let known = Known::new::<f32>(1.0, reference);
        // The many numbers next to 0 give 1 or its neighbours.
        const SMALL: f32 = 0.0001;
        let spans = if i == 0.0 {
            vec![Span::new(sign, 0.0, SMALL).each(64), Span::new(sign, SMALL, to)]
        } else {
            vec![Span::new(sign, from, to)]
        };
        for span in spans {
            let Errors { lifted, .. } = errors(&known, span.each(stride));
            all.lifted.merge(&lifted);
        }
    }
    row(level, "-45426 to 45426, other references", &all, table);
    all.lifted.max
}

const HEAD: [&str; 12] = [
    "level",
    "arguments",
    "numbers",
    "max ulp",
    "at",
    "as f32",
    "< 0.5 %",
    "< 0.75",
    "< 1",
    "< 1.5",
    "< 2",
    "more",
];

fn row(level: &str, range: &str, errors: &Errors, table: &mut Table) {
    let lifted = &errors.lifted;
    let percent = |edge, end| format!("{:.2}", 100.0 * lifted.share(edge, end));
    let lowered = if errors.lowered.count > 0 { short(errors.lowered.max) } else { "".into() };
    let infinite = f64::INFINITY;
    table.row(&[
        level.into(),
        range.into(),
        lifted.count.to_string(),
        format!("{:.3}", lifted.max),
        format!("{:e}", lifted.at as f32),
        lowered,
        percent(0.0, 0.5),
        percent(0.5, 0.75),
        percent(0.75, 1.0),
        percent(1.0, 1.5),
        percent(1.5, 2.0),
        percent(2.0, infinite),
    ]);
}

/// The exponential in f64, at random numbers of every exponent, evenly from -745
/// to 0, and far from 0 by other references.
fn double(level: &str, samples: usize, table: &mut Table) -> f64 {
    let mut rng = Rng::new(91);
    let zero = Known::new::<f64>(1.0, 0.0);
    let exponents: Vec<f64> = (0..samples)
        .map(|i| {
            let power = format::power_of_two(i as i32 % 1084 - 1074);
            -((1.0 + rng.unit()) * power).min(745.0)
        })
        .collect();
    let even = (0..samples).map(|_| -745.0 * rng.unit()).collect();
    let mut worst: f64 = 0.0;
    for (range, x) in [("f64: -745 to 0, every exponent", exponents), ("f64: -745 to 0", even)] {
        worst = worst.max(double_row(level, range, &[(&zero, x)], table));
    }
    let far: Vec<_> = (0..samples.div_ceil(BLOCK))
        .map(|_| {
            let reference = (2.0 * rng.unit() - 1.0) * f64::DIRECT / LOG2_E;
            let known = Known::new::<f64>(1.0, reference);
            let x: Vec<f64> = (0..BLOCK)
                .map(|_| reference - 700.0 * rng.unit())
                .filter(|x| x.abs() <= f64::DIRECT / LOG2_E)
                .collect();
            (known, x)
        })
        .collect();
    let far: Vec<_> = far.iter().map(|(known, x)| (known, x.clone())).collect();
    worst.max(double_row(level, "f64: -7.4e8 to 7.4e8, other references", &far, table))
}

fn double_row(
    level: &str,
    range: &str,
    parts: &[(&Known<f64>, Vec<f64>)],
    table: &mut Table,
) -> f64 {
    let ln_2 = Dd::of(2.0).ln();
    let mut errors = Errors::new();
    for (known, x) in parts {
        for chunk in x.chunks(BLOCK) {
            let x: [f64; BLOCK] = core::array::from_fn(|i| chunk[i.min(chunk.len() - 1)]);
            let mut y = [0.0; BLOCK];
            f64::dispatch(Eval { plan: &known.plan, guess: false, x: &x, y: &mut y });
            for (x, y) in chunk.iter().zip(y) {
                // Both without their power of two.
                let n = (x * LOG2_E).round();
                let exact = (Dd::of(*x) - ln_2 * Dd::of(n)).exp();
                let got = y * format::power_of_two(-(n + known.shift) as i32);
                errors.lifted.see(format::F64.error(got, exact), *x);
            }
        }
    }
    row(level, range, &errors, table);
    errors.lifted.max
}

/// The largest errors of each level, in f32 and f64.
pub struct Largest {
    pub level: &'static str,
    /// From -104 to 0.
    pub f32: f64,
    /// In all of the direct range.
    pub far: f64,
    pub f64: f64,
}

/// How much is measured.
#[derive(Clone, Copy)]
pub struct Sample {
    /// Every so many-th number,
    pub stride: u32,
    /// in every so many-th window far from 0,
    pub windows: usize,
    /// and so many numbers of f64.
    pub doubles: usize,
}

pub const ALL: Sample = Sample { stride: 1, windows: 1, doubles: 2_000_000 };
/// An odd number of windows, so that both signs are seen.
pub const SOME: Sample = Sample { stride: 100_003, windows: 131, doubles: 1000 };

pub fn measure(sample: Sample) -> (Table, Vec<Largest>) {
    let mut table = Table::new(&HEAD);
    let mut largest = vec![];
    level::each(|level| {
        let f32 = below_zero(level, sample.stride, &mut table);
        let far = direct(level, sample, &mut table);
        let f64 = double(level, sample.doubles, &mut table);
        largest.push(Largest { level, f32, far, f64 });
    });
    (table, largest)
}

/// The truth itself, against double-double numbers.
#[test]
fn the_truth_is_true() {
    let mut rng = Rng::new(92);
    let ln_2 = Dd::of(2.0).ln();
    for i in 0..3000 {
        let limit = [104.0, 45426.0][i % 2];
        let x = f64::from((limit * (2.0 * rng.unit() - 1.0)) as f32);
        let n = (x * LOG2_E).round();
        let exact = (Dd::of(x) - ln_2 * Dd::of(n)).exp().value();
        let off = truth(x, -n) / exact - 1.0;
        assert!(off.abs() < 1e-15, "{x}: {off:e}");
    }
}
