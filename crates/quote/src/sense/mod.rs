//! What kind of act is it? Mode, act, target, condition, day and venue of each quote.
//!
//! Read in this order: `words` (words and their base forms), `act` (mode and act) with `plain` (rules) and `weights`, `target`, `condition`, `when`, `venue`; `chain` tells through whose hands it came.

mod act;
pub(crate) mod chain;
mod condition;
#[cfg(feature = "train")]
pub mod learn;
mod plain;
mod target;
mod venue;
#[cfg_attr(not(feature = "train"), allow(unreachable_pub, reason = "only trainers reach it from outside"))]
mod weights;
mod when;
mod words;

#[cfg(feature = "train")]
pub use weights::Weights;

use crate::find::language::{Language, language};
use onrecord_terms::{Act, Article, Mode, Quote};

/// Fills in every quote's sense; voices are read, not changed. The tables are English: other texts get none.
pub(crate) fn judge(article: &Article, quotes: &mut [Quote]) {
    if language(article) != Language::English {
        return;
    }
    for quote in quotes {
        let (mode, act) = act::mode_and_act(article, quote);
        quote.sense.mode = Some(mode);
        quote.sense.act = act.filter(|_| mode == Mode::Speech);
        let aimed = quote.sense.act.is_some_and(|act| !matches!(act, Act::State | Act::Ask));
        quote.sense.target = aimed.then(|| target::target(article, quote)).flatten();
        quote.sense.condition = condition::condition(article, quote);
        quote.sense.said_on = when::said_on(article, quote);
        quote.sense.venue = venue::venue(article, quote);
        quote.sense.beside = chain::circumstances(article, quote);
    }
}
