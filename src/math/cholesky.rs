//! Linear equations with a symmetric positive definite matrix, by Cholesky's method.

/// The most unknowns. Fewer are filled up with ones on the diagonal and zeros.
pub const MOST: usize = 32;

/// Solves `matrix x = right` in place; only the lower half of the matrix is read.
#[inline(never)]
pub fn solve(matrix: &mut [[f64; MOST]; MOST], right: &mut [f64; MOST]) {
    for i in 0..MOST {
        for j in 0..=i {
            let (row, other) = (matrix[i], matrix[j]);
            let dot = row.iter().zip(&other).take(j).fold(0.0, |sum, (a, b)| sum + a * b);
            let rest = row[j] - dot;
            matrix[i][j] = if i == j { libm::sqrt(rest) } else { rest / other[j] };
        }
    }
    for i in 0..MOST {
        let dot = matrix[i].iter().zip(&*right).take(i).fold(0.0, |sum, (a, x)| sum + a * x);
        right[i] = (right[i] - dot) / matrix[i][i];
    }
    for i in (0..MOST).rev() {
        let column = matrix.iter().zip(&*right).skip(i + 1);
        let dot = column.fold(0.0, |sum, (row, x)| sum + row[i] * x);
        right[i] = (right[i] - dot) / matrix[i][i];
    }
}
