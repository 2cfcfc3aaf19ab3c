//! Here is a text: what vector, label, score? Small models on the CPU that know nothing of news.
//!
//! Start at [`tokens`] (text → words), then [`Vocabulary`] and [`Vector`] (words → vectors), [`Logistic`]
//! (numbers → probability) and [`run_hash`] (words → fingerprints). Everything is a function of its arguments.
#![deny(clippy::disallowed_methods)]

pub mod encoder;
mod fit;
mod fold;
mod logistic;
mod shingle;
mod stem;
pub mod tagger;
mod token;
mod trees;
mod vector;
mod vocabulary;

pub use fit::{Example, fit};
pub use fold::fold;
pub use logistic::{BadModel, Logistic, sigmoid};
pub use shingle::{Quick, Stir, containment, run_hash, word_hash};
pub use stem::stem;
pub use token::{Token, is_stop, term, tokens};
pub use trees::Trees;
pub use vector::{Vector, weighted};
pub use vocabulary::{Background, Vocabulary};
