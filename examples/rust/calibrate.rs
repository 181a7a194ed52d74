//! Probabilities, a temperature for them, and how well calibrated they are before and
//! after. `cargo run --example calibrate`

use logitude::{EceTopLabelState, Error, Rows, RowsMut};
use logitude::{ece_top_label_size, softmax, temperature_apply, temperature_fit};

const CLASSES: usize = 3;

/// Logits that are too sure of themselves: every third row is wrong.
fn data(rows: usize) -> (Vec<f32>, Vec<i32>) {
    let label = |row: usize| (row * 7 + row / 5) % CLASSES;
    let logit = |row: usize, class: usize| {
        let said = if row.is_multiple_of(3) { (label(row) + 1) % CLASSES } else { label(row) };
        if class == said { 4.0 + (row % 5) as f32 } else { (class + row % 2) as f32 * 0.5 }
    };
    let logits = (0..rows * CLASSES).map(|i| logit(i / CLASSES, i % CLASSES)).collect();
    (logits, (0..rows).map(|row| label(row) as i32).collect())
}

/// The expected calibration error of the most probable class, in 15 bins.
fn ece(shares: &[f32], labels: &[i32]) -> Result<f64, Error> {
    let mut words = vec![0; ece_top_label_size(15)?.div_ceil(8)];
    let mut state = EceTopLabelState::new(&mut words, 15)?;
    // In two parts, as data comes in.
    let half = labels.len() / 2;
    for part in [0..half, half..labels.len()] {
        let rows = &shares[part.start * CLASSES..part.end * CLASSES];
        state.update(Rows::of(rows, CLASSES).expect("whole rows"), &labels[part], None)?;
    }
    Ok(state.finish()?.0.ece)
}

fn main() -> Result<(), Error> {
    let (logits, labels) = data(300);
    let x = Rows::of(&logits, CLASSES).expect("whole rows");
    let mut shares = vec![0.0; logits.len()];

    softmax(x, RowsMut::of(&mut shares, CLASSES).expect("whole rows"), None, None)?;
    println!("as they are:       ECE {:.4}", ece(&shares, &labels)?);

    let (model, advice) = temperature_fit(x, &labels[..], None, None)?;
    println!("temperature {:.4} ({advice:?})", model.temperature);

    temperature_apply(&model, x, RowsMut::of(&mut shares, CLASSES).expect("whole rows"))?;
    println!("with temperature:  ECE {:.4}", ece(&shares, &labels)?);
    Ok(())
}
