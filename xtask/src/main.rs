//! The chores: `cargo xtask check | tidy | eval`.
fn main() {}
