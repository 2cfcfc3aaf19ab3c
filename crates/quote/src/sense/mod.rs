//! What kind of act is it? Mode, act, target, condition, day and venue of each quote.
//!
//! Read in this order: `words` (words and their base forms), `act` (mode and act) with `plain` (rules), `target`, `condition`, `when`, `venue`; `chain` tells what is not kept with a quote.

mod act;
pub(crate) mod chain;
mod condition;
mod plain;
mod target;
mod venue;
mod when;
mod words;

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
    }
}
