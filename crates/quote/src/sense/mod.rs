//! What kind of act is it? Mode, act, target, condition, day and venue of each quote.
//!
//! Read in this order: `words` (words and their base forms), `act` (mode and act), `target`, `condition`, `when`, `venue`.

mod act;
mod condition;
mod target;
mod venue;
mod when;
mod words;

use onrecord_terms::{Act, Article, Mode, Quote};

/// Fills in every quote's sense; voices are read, not changed.
pub(crate) fn judge(article: &Article, quotes: &mut [Quote]) {
    for quote in quotes {
        let (mode, act) = act::mode_and_act(article, quote);
        quote.sense.mode = Some(mode);
        quote.sense.act = (mode == Mode::Speech).then_some(act);
        let aimed = quote.sense.act.is_some_and(|act| !matches!(act, Act::State | Act::Ask));
        quote.sense.target = aimed.then(|| target::target(article, quote)).flatten();
        quote.sense.condition = condition::condition(article, quote);
        quote.sense.said_on = when::said_on(article, quote);
        quote.sense.venue = venue::venue(article, quote);
    }
}
