//! Reads the machine code of the doors (`src/simd/dispatch.rs`). What is not
//! inlined into a door is compiled without its instructions: the results stay
//! right and the kernel becomes many times slower, so no other test sees it.
//! Every call out of a door must be on the short list below. On x86-64 Linux.
#![cfg(all(feature = "capi", target_arch = "x86_64", target_os = "linux"))]

#[path = "support/product.rs"]
#[allow(dead_code)] // Each test binary uses its part.
mod product;

use std::path::Path;
use std::process::Command;

/// What a door may call, by part of its path, and why.
const ALLOWED: &[&str] = &[
    // Rare: rows that were guessed badly, or whose maximum is not finite or has to
    // be subtracted. They go through doors of their own.
    "logitude::simd::dispatch::enter_",
    "logitude::simd::elem::Elem>::dispatch",
    "logitude::rt::cpu::first_use",
    "logitude::softmax::row::write_corner",
    "logitude::softmax::recompute::",
    "logitude::softmax::masked::",
    // Once a row that has a scale, a length or a bias of its own.
    "logitude::softmax::mask::Mask",
    "logitude::math::exp::Scale",
    // Once a call, or for groups of short rows that need a place of their own.
    "logitude::softmax::narrow::Narrow",
    "logitude::softmax::narrow_group",
    // Half of a sequence is copied back.
    "logitude::correlation::inversions::copy",
    // Once a row, on numbers that are scalars by then.
    "libm::math::log::log",
    "libm::math::frexp::frexp",
    "libm::math::log1p::log1p",
    "libm::math::sqrt::sqrt",
    "logitude::math::fixed::Fixed",
    "logitude::metrics::nll::Nll",
    "logitude::metrics::brier::Brier",
    "logitude::metrics::ece_top_label::EceTopLabel",
    "logitude::metrics::log_loss::LogLoss",
    "logitude::metrics::spherical::Spherical",
    // Rows of two classes that are not ordinary, and their bins.
    "logitude::metrics::binary::",
    "logitude::metrics::binary_update::",
    // A block's bins are counted one by one, and those beside an edge looked at.
    "logitude::calibration::histogram_counts::",
];

/// Functions of a disassembly that are doors, and the calls out of them that are
/// not allowed.
#[derive(Default)]
struct Findings {
    doors: usize,
    strays: Vec<String>,
}

fn inspect(disassembly: &str) -> Findings {
    let lines: Vec<&str> = disassembly.lines().collect();
    let starts: Vec<usize> = (0..lines.len()).filter(|i| header(lines[*i]).is_some()).collect();
    let mut found = Findings::default();
    for (n, start) in starts.iter().enumerate() {
        let (first, name) = header(lines[*start]).unwrap();
        if !name.contains("dispatch::enter_avx2") && !name.contains("dispatch::enter_avx512") {
            continue;
        }
        found.doors += 1;
        let end = starts.get(n + 1).copied().unwrap_or(lines.len());
        let past = starts.get(n + 1).map_or(u64::MAX, |next| header(lines[*next]).unwrap().0);
        let strays = lines[start + 1..end].iter().filter_map(|line| stray(line, first..past));
        found.strays.extend(strays);
    }
    found
}

/// Address and name, if this line begins a function: `000000000000a430 <name>:`.
fn header(line: &str) -> Option<(u64, &str)> {
    let (address, name) = line.strip_suffix(">:")?.split_once(" <")?;
    Some((u64::from_str_radix(address, 16).ok()?, name))
}

/// What this instruction calls, or jumps to, outside its door, unless allowed.
fn stray(line: &str, door: std::ops::Range<u64>) -> Option<String> {
    let instruction = line.split_once(":\t")?.1;
    let (mnemonic, operand) = instruction.split_once(' ')?;
    let (call, jump) = (mnemonic.starts_with("call"), mnemonic.starts_with('j'));
    let operand = operand.trim();
    // A register holds a place in the table of a `match`, inside the door.
    if !call && !jump || jump && operand.starts_with("*%") {
        return None;
    }
    let target = operand.split_whitespace().next().and_then(|a| u64::from_str_radix(a, 16).ok());
    let inside = target.is_some_and(|address| door.contains(&address));
    let allowed = ALLOWED.iter().any(|name| operand.contains(name));
    (!inside && !allowed).then(|| instruction.to_owned())
}

/// The disassembly of a library; `None` where no objdump is installed.
fn disassemble(library: &Path) -> Option<String> {
    let mut objdump = Command::new("objdump");
    product::stdout(objdump.args(["-d", "--no-show-raw-insn", "-C"]).arg(library))
}

#[test]
fn doors_call_nothing_unexpected() {
    let Some(code) = disassemble(product::library()) else { return };
    let found = inspect(&code);
    // Nine kernels, four storage types, two doors.
    assert!(found.doors >= 72, "only {} doors found: is the library stripped?", found.doors);
    assert!(found.strays.is_empty(), "not inlined:\n{}", found.strays.join("\n"));
}

#[test]
fn the_check_knows_calls_from_jumps() {
    let code = "\
0000000000001000 <logitude::simd::dispatch::enter_avx2>:
    1000:\tpush   %rbp
    1001:\tjne    1010 <logitude::simd::dispatch::enter_avx2+0x10>
    1003:\tjmp    *%rax
    1005:\tcall   2000 <libm::math::log::log>
    1010:\tcall   2000 <logitude::math::exp::ExpPlan<_>::eval>
    1015:\tjmp    2000 <core::array::from_fn>
    101a:\tcall   *0x5fe0(%rip)        # 7000 <memcpy@GLIBC_2.14>
    1020:\tcall   *%rax

0000000000002000 <logitude::other>:
    2000:\tcall   3000 <anything>
";
    let found = inspect(code);
    assert_eq!(found.doors, 1);
    let names = ["eval", "from_fn", "memcpy", "*%rax"];
    assert_eq!(found.strays.len(), names.len(), "{:?}", found.strays);
    assert!(names.iter().zip(&found.strays).all(|(name, stray)| stray.contains(name)));
}
