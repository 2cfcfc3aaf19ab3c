//! Archives that the tests make of their own text: which pages come, what is passed over, where do they break?
#![allow(clippy::unwrap_used, reason = "a test fails where it stands")]

#[path = "archives/make.rs"]
mod make;

#[path = "archives/warc.rs"]
mod warc;

#[path = "archives/others.rs"]
mod others;

#[path = "archives/resumed.rs"]
mod resumed;
