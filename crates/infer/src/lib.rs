//! Here is a text: what vector, label, score? Small models on the CPU that know nothing of news.
#![deny(clippy::disallowed_methods)]

pub mod tagger;
