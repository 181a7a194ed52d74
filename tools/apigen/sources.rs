//! Which Rust files make up which family.
//!
//! A family has the same file name on every floor, so the C types that a core
//! file defines belong to the family it is named after. cbindgen is run once a
//! family; what it takes from elsewhere it only names.

use super::model::{Api, Family};
use super::{extent, parse};
use std::path::{Path, PathBuf};

/// The order of the header, since C wants a type before its use. A family that
/// is not listed comes after these.
const ORDER: &[&str] = &[
    "version",
    "status",
    "cpu",
    "types",
    "ctx",
    "labels",
    "softmax_mask",
    "softmax",
    "log_softmax",
    "logsumexp",
    "state",
    "model",
    "extsum",
    "accuracy",
    "nll",
    "brier",
    "reliability",
    "ece_top_label",
    "temperature",
    "matrix_search",
    "matrix_loss",
    "logistic_search",
    "reduction",
    "roc_curve",
    "loss",
];

/// The floors that define types with a C name.
const FLOORS: [&str; 9] = [
    "",
    "metrics",
    "loss",
    "calibration",
    "conformal",
    "agreement",
    "correlation",
    "curves",
    "ranking",
];

/// Reads the whole API.
pub fn read(root: &Path) -> Result<Api, String> {
    let config = cbindgen::Config::from_file(root.join("cbindgen.toml"))?;
    let families = families(&root.join("src/capi"))?
        .into_iter()
        .map(|name| family(root, &config, name))
        .collect::<Result<_, String>>()?;
    let mut api = Api { version: version(), families };
    extent::fill(&mut api);
    Ok(api)
}

fn version() -> [u32; 3] {
    let number = |digits: &str| digits.parse().expect("cargo has checked the version");
    [
        number(env!("CARGO_PKG_VERSION_MAJOR")),
        number(env!("CARGO_PKG_VERSION_MINOR")),
        number(env!("CARGO_PKG_VERSION_PATCH")),
    ]
}

/// The files of `src/capi` that export something, in order.
fn families(capi: &Path) -> Result<Vec<String>, String> {
    let files = std::fs::read_dir(capi).map_err(|error| format!("{}: {error}", capi.display()))?;
    let mut names: Vec<String> = files
        .filter_map(|file| Some(file.ok()?.path()))
        .filter(|path| std::fs::read_to_string(path).is_ok_and(|text| text.contains("no_mangle")))
        .filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned()))
        .collect();
    names.sort();
    names.sort_by_key(|name| ORDER.iter().position(|listed| listed == name).unwrap_or(ORDER.len()));
    Ok(names)
}

fn family(root: &Path, config: &cbindgen::Config, name: String) -> Result<Family, String> {
    let core = FLOORS.iter().map(|floor| root.join("src").join(floor));
    let files: Vec<PathBuf> = core
        .chain([root.join("src/capi")])
        .map(|floor| floor.join(format!("{name}.rs")))
        .filter(|file| file.exists())
        .collect();
    let builder = cbindgen::Builder::new().with_config(config.clone());
    let bindings = files
        .iter()
        .fold(builder, |builder, file| builder.with_src(file))
        .generate()
        .map_err(|error| format!("{name}: {error}"))?;
    let mut text = Vec::new();
    bindings.write(&mut text);
    let text = String::from_utf8(text).map_err(|error| format!("{name}: {error}"))?;
    let items = parse::items(&text).map_err(|problem| format!("{name}: {problem}"))?;
    Ok(Family { name, items })
}
