//! How two columns of numbers go together.
