//! Limited-memory BFGS (J. Nocedal, 1980): a direction of descent from the gradient, the
//! last steps and what they changed of the gradient, and the curvature of each parameter
//! by itself, which is where the recursion starts.

/// Steps that are remembered.
pub const PAIRS: usize = 16;

/// The last steps, the changes of the gradient along them, and room for as many numbers.
pub struct Memory<'a> {
    /// Steps, one after the other.
    pub steps: &'a mut [f64],
    /// Changes of the gradient.
    pub changes: &'a mut [f64],
    /// 1 over the product of both; 0 of a step that is to be passed over.
    pub inverse: &'a mut [f64],
    /// For the recursion.
    pub room: &'a mut [f64],
    /// Parameters, at least 1.
    pub n: usize,
}

/// The inner product.
pub fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// Adds a multiple.
fn add(to: &mut [f64], factor: f64, x: &[f64]) {
    to.iter_mut().zip(x).for_each(|(to, x)| *to += factor * x);
}

impl Memory<'_> {
    /// Writes the direction from `gradient`, given the steps taken so far and 1 over the
    /// curvature of each parameter.
    pub fn direction(
        &mut self,
        taken: usize,
        gradient: &[f64],
        inverse_curvature: &dyn Fn(usize) -> f64,
        direction: &mut [f64],
    ) {
        let slots = || (0..taken.min(PAIRS)).map(|back| (taken - 1 - back) % PAIRS);
        direction.iter_mut().zip(gradient).for_each(|(d, g)| *d = -g);
        for slot in slots() {
            let (s, y, inverse) = self.pair(slot);
            let weight = inverse * dot(s, direction);
            add(direction, -weight, y);
            if let Some(room) = self.room.get_mut(slot) {
                *room = weight;
            }
        }
        let scale = slots().next().map_or(1.0, |slot| self.scale(slot, inverse_curvature));
        for (i, d) in direction.iter_mut().enumerate() {
            *d *= scale * inverse_curvature(i);
        }
        for slot in slots().rev() {
            let weight = self.room.get(slot).copied().unwrap_or(0.0);
            let (s, y, inverse) = self.pair(slot);
            add(direction, weight - inverse * dot(y, direction), s);
        }
    }

    /// How much larger steps are than single curvatures say.
    fn scale(&self, slot: usize, inverse_curvature: &dyn Fn(usize) -> f64) -> f64 {
        let (_, y, inverse) = self.pair(slot);
        let alone: f64 = y.iter().enumerate().map(|(i, y)| y * y * inverse_curvature(i)).sum();
        let scale = 1.0 / (inverse * alone);
        if scale > 0.0 && scale.is_finite() { scale } else { 1.0 }
    }

    fn pair(&self, slot: usize) -> (&[f64], &[f64], f64) {
        let of = |all: &'_ [f64]| slot * self.n..((slot + 1) * self.n).min(all.len());
        (
            self.steps.get(of(self.steps)).unwrap_or(&[]),
            self.changes.get(of(self.changes)).unwrap_or(&[]),
            self.inverse.get(slot).copied().unwrap_or(0.0),
        )
    }

    /// Remembers step number `taken`: `step` times `direction`, and from which gradient to
    /// which it has led.
    pub fn remember(
        &mut self,
        taken: usize,
        (step, direction): (f64, &[f64]),
        before: &[f64],
        after: &dyn Fn(usize) -> f64,
    ) {
        let slot = taken % PAIRS;
        let s = self.steps.iter_mut().skip(slot * self.n).take(self.n);
        let y = self.changes.iter_mut().skip(slot * self.n).take(self.n);
        let (mut product, mut square) = (0.0, 0.0);
        for (i, (((s, y), d), g)) in s.zip(y).zip(direction).zip(before).enumerate() {
            (*s, *y) = (step * d, after(i) - g);
            product += *s * *y;
            square += *y * *y;
        }
        if let Some(inverse) = self.inverse.get_mut(slot) {
            // A product that is nothing but rounding would spoil what is remembered.
            let good = product > 1e-16 * square && product > f64::MIN_POSITIVE;
            *inverse = if good { 1.0 / product } else { 0.0 };
        }
    }
}
