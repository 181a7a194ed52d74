//! `cargo api` writes the header, `api.json` and the export lists from the doc
//! comments in `src/capi`. `cargo api --check` writes nothing and names each
//! file that differs.

#[path = "mod.rs"]
mod apigen;

use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let check = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => false,
        ["--check"] => true,
        _ => return fail(&["usage: cargo api [--check]".into()]),
    };
    match apigen::generate(root) {
        Err(problems) => fail(&problems),
        Ok(files) if check => {
            let stale = files.iter().filter(|file| !file.is_current(root));
            fail(&stale.map(|file| format!("{}: not current", file.path)).collect::<Vec<_>>())
        }
        Ok(files) => fail(&files.iter().filter_map(|file| write(root, file)).collect::<Vec<_>>()),
    }
}

/// Says what is wrong; success if nothing is.
fn fail(problems: &[String]) -> ExitCode {
    for problem in problems {
        eprintln!("{problem}");
    }
    if problems.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Writes a file; what is wrong if that fails.
fn write(root: &Path, file: &apigen::File) -> Option<String> {
    let path = root.join(file.path);
    let folder = path.parent().map_or(Ok(()), std::fs::create_dir_all);
    let written = folder.and_then(|()| std::fs::write(&path, &file.text));
    written.err().map(|error| format!("{}: {error}", file.path))
}
