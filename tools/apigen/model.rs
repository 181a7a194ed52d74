//! What the C API consists of.

use serde::Serialize;

/// The whole of it, families in the order of the header.
pub struct Api {
    pub version: [u32; 3],
    pub families: Vec<Family>,
}

/// What one file in `src/capi` declares.
pub struct Family {
    pub name: String,
    pub items: Vec<Item>,
}

/// One declaration.
pub struct Item {
    pub name: String,
    pub doc: String,
    pub what: What,
}

/// `c` and `returns` are C types: words and stars, one space between.
pub enum What {
    Constant { value: i64 },
    Alias { c: String },
    Callback { returns: String, args: Vec<Arg> },
    Enum(Vec<Member>),
    Struct(Vec<Field>),
    Function { returns: String, args: Vec<Arg> },
}

#[derive(Serialize)]
pub struct Member {
    pub name: String,
    pub value: i64,
    pub doc: String,
}

#[derive(Serialize)]
pub struct Field {
    pub name: String,
    pub c: String,
    pub doc: String,
}

pub struct Arg {
    pub name: String,
    pub c: String,
    /// Of a pointer, if it is known.
    pub extent: Option<Extent>,
}

/// How much a pointer argument points at.
#[derive(Clone, Serialize)]
pub struct Extent {
    #[serde(flatten)]
    pub shape: Shape,
    /// The argument that says which numbers these are, where the C type does not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub element: Option<String>,
    /// Whether it may be NULL.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub null: bool,
    /// The function that says how many bytes are needed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub asked: Option<String>,
}

/// Counts are C expressions of the function's other arguments, or words for what is known
/// by the array itself or by a state.
#[derive(Clone, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Shape {
    One,
    Array {
        count: String,
    },
    /// `stride` is an argument, in elements.
    Rows {
        rows: String,
        cols: String,
        stride: String,
    },
    Bytes {
        size: String,
    },
    /// A state or model that knows its own size.
    Blob,
}

impl Api {
    /// Every declaration with its family.
    pub fn items(&self) -> impl Iterator<Item = (&Family, &Item)> {
        self.families.iter().flat_map(|family| family.items.iter().map(move |item| (family, item)))
    }

    /// The names of all functions.
    pub fn functions(&self) -> impl Iterator<Item = &str> {
        self.items()
            .filter(|(_, item)| matches!(item.what, What::Function { .. }))
            .map(|(_, item)| item.name.as_str())
    }
}

impl Family {
    /// A function's name without its storage type, and that type. The types'
    /// own functions have none: `lgt_f16_to_f32` is a name as a whole.
    pub fn split_dtype<'a>(&self, name: &'a str) -> (&'a str, Option<&'a str>) {
        match name.rsplit_once('_') {
            Some((base, dtype @ ("f32" | "f64" | "f16" | "bf16"))) if self.name != "types" => {
                (base, Some(dtype))
            }
            _ => (name, None),
        }
    }

    /// What a function does: its name without `lgt_`, family and storage type.
    /// Empty for the forward transform.
    pub fn verb<'a>(&self, name: &'a str) -> &'a str {
        let rest = self.split_dtype(name).0.trim_start_matches("lgt_");
        rest.strip_prefix(self.name.as_str()).unwrap_or(rest).trim_start_matches('_')
    }
}
