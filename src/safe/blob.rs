//! States and models: words whose first two say what they are and how many. C is told
//! where they start; that there are as many as they say is seen here.

use super::outcome::Error;
use crate::state::Head;
use crate::status::Status;

/// An error unless there are as many words as the first two say.
pub(super) fn whole(
    words: &[u64],
    function: &'static str,
    argument: &'static str,
) -> Result<(), Error> {
    // The size is the third of the four numbers of 4 bytes that a head is.
    const _: () = assert!(core::mem::offset_of!(Head, size) == 8 && size_of::<Head>() == 16);
    let size = match words {
        [_, second, ..] => {
            let [a, b, c, d, ..] = second.to_ne_bytes();
            u32::from_ne_bytes([a, b, c, d]) as usize
        }
        _ => usize::MAX,
    };
    if size <= size_of_val(words) {
        Ok(())
    } else {
        Err(Error::of(Status::LGT_E_STATE, function, argument))
    }
}

/// A struct of plain numbers.
///
/// # Safety
/// Implementors are valid with all bytes 0.
pub(super) unsafe trait Plain {}

/// What a function then writes.
pub(super) fn blank<P: Plain>() -> P {
    // SAFETY: the promise of the trait.
    unsafe { core::mem::zeroed() }
}

// SAFETY: numbers.
unsafe impl Plain for f64 {}
// SAFETY: numbers.
unsafe impl Plain for usize {}
// SAFETY: numbers.
unsafe impl Plain for u32 {}
