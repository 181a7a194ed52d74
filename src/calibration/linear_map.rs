//! Linear maps of logits: what their parameters are, and what is added to their loss.
//!
//! The scales stand first, a matrix row by row, then the biases. Nothing but differences
//! of the results matters, so that one number may be added to all biases and one row to
//! all rows of a matrix: where no penalty settles it, biases have the mean 0 and rows
//! the mean of those of the identity.

/// What is fitted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// `z + b`
    Bias,
    /// `a z + b`, each class by itself.
    Vector,
    /// `W z + b`
    Matrix,
}

impl Form {
    /// The form of that number.
    pub fn of(number: u64) -> Option<Form> {
        match number {
            0 => Some(Form::Bias),
            1 => Some(Form::Vector),
            2 => Some(Form::Matrix),
            _ => None,
        }
    }

    /// How many scales there are.
    pub fn scales(self, classes: usize) -> Option<usize> {
        match self {
            Form::Bias => Some(0),
            Form::Vector => Some(classes),
            Form::Matrix => classes.checked_mul(classes),
        }
    }

    /// How many parameters there are.
    pub fn parameters(self, classes: usize) -> Option<usize> {
        self.scales(classes)?.checked_add(classes)
    }
}

/// A form for so many classes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shape {
    /// Which form.
    pub form: Form,
    /// How many classes.
    pub classes: usize,
}

/// What a parameter is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Diagonal,
    OffDiagonal,
    Bias,
}

impl Shape {
    fn scales(&self) -> usize {
        self.form.scales(self.classes).unwrap_or(0)
    }

    fn role(&self, i: usize) -> Role {
        if i >= self.scales() {
            Role::Bias
        } else if self.form == Form::Vector || i.is_multiple_of(self.classes + 1) {
            Role::Diagonal
        } else {
            Role::OffDiagonal
        }
    }

    /// Parameter `i` of the map that changes nothing.
    pub fn identity(&self, i: usize) -> f64 {
        if self.role(i) == Role::Diagonal { 1.0 } else { 0.0 }
    }

    /// Brings parameters that are free to their place.
    pub fn settle(&self, penalties: &Penalties, point: &mut [f64]) {
        let Some((scales, biases)) = point.split_at_mut_checked(self.scales()) else { return };
        if penalties.bias == 0.0 {
            let mean = biases.iter().sum::<f64>() / self.classes as f64;
            biases.iter_mut().for_each(|b| *b -= mean);
        }
        if self.form == Form::Matrix && penalties.diagonal == 0.0 && penalties.off_diagonal == 0.0 {
            for column in 0..self.classes {
                let entries = scales.iter().skip(column).step_by(self.classes);
                let mean = (entries.sum::<f64>() - 1.0) / self.classes as f64;
                let entries = scales.iter_mut().skip(column).step_by(self.classes);
                entries.for_each(|w| *w -= mean);
            }
        }
    }
}

/// What squares cost, beside the mean loss.
#[derive(Clone, Copy, Debug)]
pub struct Penalties {
    /// Of differences of scales of the diagonal from 1.
    pub diagonal: f64,
    /// Of scales off the diagonal.
    pub off_diagonal: f64,
    /// Of biases.
    pub bias: f64,
}

impl Penalties {
    /// What the square of parameter `i` of this shape costs.
    pub fn of(&self, shape: &Shape, i: usize) -> f64 {
        match shape.role(i) {
            Role::Diagonal => self.diagonal,
            Role::OffDiagonal => self.off_diagonal,
            Role::Bias => self.bias,
        }
    }
}
