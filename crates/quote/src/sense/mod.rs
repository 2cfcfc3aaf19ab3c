//! What kind of act is it? Mode, act, target, condition, day and venue of each quote.

use onrecord_terms::{Article, Quote};

/// Fills in every quote's sense.
pub(crate) fn judge(_article: &Article, _quotes: &mut [Quote]) {}
