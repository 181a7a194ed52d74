//! Another Rust library in the same program, with all of std under it.

/// How many digits `n` has; 0 if asked about 7, after a panic that was caught.
#[unsafe(no_mangle)]
pub extern "C" fn other_digits(n: u32) -> u32 {
    std::panic::set_hook(Box::new(|_| ()));
    let text = std::panic::catch_unwind(|| if n == 7 { panic!("seven") } else { n.to_string() });
    text.map_or(0, |text| text.len() as u32)
}
