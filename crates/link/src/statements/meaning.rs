//! Which words say the same? A country and its people have one term: "the Norwegian side" speaks as "Norway" does.
//!
//! Groups of words of like meaning (some 150, after Roget) were tried, in place of the words and beside them: both
//! took precision on statements dev with the event held out.

use crate::actors::adjectives;
use onrecord_infer::{fold, stem};
use std::collections::HashMap;
use std::sync::LazyLock;

/// The stem of an adjective → the stem of its country's name.
static COUNTRIES: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
    let one_word = |(adjective, country): &(&str, &str)| !adjective.contains(' ') && !country.contains(' ');
    adjectives()
        .filter(one_word)
        .map(|(adjective, country)| (stem(adjective), stem(&fold(country))))
        .collect()
});

/// The term that stands for a country in place of its adjective's; any other term as it is.
pub(crate) fn meaning(term: &str) -> &str {
    COUNTRIES.get(term).map_or(term, String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_country_and_its_people_have_one_term() {
        assert_eq!(meaning(&stem("norwegian")), meaning(&stem("norway")));
        assert_eq!(meaning("harbour"), "harbour");
    }
}
