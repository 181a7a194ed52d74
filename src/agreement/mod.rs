//! How far raters agree.
