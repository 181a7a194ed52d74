//! What the machine and the C library are asked for. Nothing above this floor
//! knows libc.

pub mod abort;
pub mod cpu;
pub mod exec;
