//! Drives the real `onrecord` in a temp folder: what users and scripts rely on.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

#[path = "end/run.rs"]
mod run;

#[path = "end/reading.rs"]
mod reading;

#[path = "end/killed.rs"]
mod killed;

#[path = "end/archives.rs"]
mod archives;

#[path = "end/asking.rs"]
mod asking;

#[path = "end/shell.rs"]
mod shell;

#[path = "end/fetching.rs"]
mod fetching;

#[path = "end/who.rs"]
mod who;
