//! Compiles and runs C against the header and the library. Where the machine has
//! no compiler, that is said and nothing is run.

use crate::product;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

const WARNINGS: [&str; 4] = ["-Wall", "-Wextra", "-pedantic", "-Werror"];

/// Whose compiler is called.
#[derive(Clone, Copy)]
pub enum Language {
    C,
    Cpp,
}

impl Language {
    /// The compiler that the environment names, or the system's; and the name
    /// its sources end in.
    fn tools(self) -> (OsString, &'static str) {
        let (variable, command, extension) = match self {
            Language::C => ("CC", "cc", "c"),
            Language::Cpp => ("CXX", "c++", "cc"),
        };
        (std::env::var_os(variable).unwrap_or_else(|| command.into()), extension)
    }
}

/// A compiler with our warnings and include path, about to compile `source`.
fn compiler(language: Language, standard: &str, name: &str, source: &str) -> Command {
    let (command, extension) = language.tools();
    let file = scratch(&format!("{name}.{extension}"));
    std::fs::write(&file, source).expect("the scratch folder can be written");
    let mut command = Command::new(command);
    command.arg(format!("-std={standard}")).args(WARNINGS);
    command.arg("-I").arg(product::root().join("include")).arg(file);
    command
}

fn scratch(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(name)
}

/// Compiles `source` without a warning, and no more.
pub fn check(language: Language, standard: &str, source: &str) {
    let name = format!("check_{standard}");
    product::stdout(compiler(language, standard, &name, source).arg("-fsyntax-only"));
}

/// What a program prints when linked to the library; it must return 0.
pub fn run(language: Language, standard: &str, name: &str, source: &str) -> Option<String> {
    let (library, program) = (product::library(), scratch(name));
    let folder = library.parent().expect("a library has a folder");
    let mut command = compiler(language, standard, name, source);
    command.arg(library).arg(format!("-Wl,-rpath,{}", folder.display())).arg("-o").arg(&program);
    product::stdout(&mut command)?;
    product::stdout(&mut Command::new(program))
}
