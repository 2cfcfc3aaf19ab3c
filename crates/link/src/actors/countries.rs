//! Which government? Names, capitals, adjectives and seats that stand for a country's government.

use super::names::other;
use std::collections::HashMap;
use std::sync::LazyLock;

/// A country's government, or something that speaks for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Government {
    /// The government itself, by the country's name.
    Itself(&'static str),
    /// An office with a name of its own that speaks for the country.
    Seat(&'static str),
}

struct Tables {
    names: HashMap<String, &'static str>,
    capitals: HashMap<String, &'static str>,
    adjectives: Vec<(String, &'static str)>,
    seats: HashMap<String, &'static str>,
}

static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    let (mut names, mut capitals, mut adjectives) = (HashMap::new(), HashMap::new(), Vec::new());
    for line in rows(include_str!("../../data/countries.tsv")) {
        let mut columns = line.split('\t');
        let Some(country) = columns.next() else { continue };
        let mut column =
            || columns.next().unwrap_or_default().split('|').filter(|s| !s.is_empty()).map(other);
        capitals.extend(column().map(|name| (name, country)));
        adjectives.extend(column().map(|name| (name, country)));
        names.extend(column().chain([other(country)]).map(|name| (name, country)));
    }
    // "South Sudanese" before "Sudanese".
    adjectives.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then(a.cmp(b)));
    let seats = rows(include_str!("../../data/seats.tsv"))
        .filter_map(|line| line.split_once('\t'))
        .map(|(seat, country)| (other(seat), country))
        .collect();
    Tables { names, capitals, adjectives, seats }
});

/// The lines of a table.
pub(crate) fn rows(table: &'static str) -> impl Iterator<Item = &'static str> + Clone {
    table.lines().filter(|line| !line.starts_with('#') && !line.is_empty())
}

/// Adjectives of countries, folded, with the country.
pub(crate) fn adjectives() -> impl Iterator<Item = (&'static str, &'static str)> {
    TABLES.adjectives.iter().map(|(adjective, country)| (adjective.as_str(), *country))
}

/// What a name means that is known to be a government's: "Moscow", "the Kremlin", "the Russian Foreign Ministry".
pub(crate) fn government(name: &str) -> Option<Government> {
    let key = other(name);
    let tables = &*TABLES;
    if let Some(country) = tables.names.get(&key).or_else(|| tables.capitals.get(&key)) {
        return Some(Government::Itself(country));
    }
    if let Some(country) = tables.seats.get(&key) {
        return Some(Government::Seat(country));
    }
    let (country, rest) = headed(&key)?;
    match rest {
        "" | "government" | "authorities" | "administration" | "leadership" | "state" => {
            Some(Government::Itself(country))
        }
        _ => Some(Government::Seat(country)),
    }
}

/// The country whose adjective or name opens a key, with the rest of it.
fn headed(key: &str) -> Option<(&'static str, &str)> {
    let tables = &*TABLES;
    let after = |head: &str| key.strip_prefix(head).filter(|rest| rest.is_empty() || rest.starts_with(' '));
    let by_adjective =
        tables.adjectives.iter().find_map(|(head, country)| Some((*country, after(head)?.trim())));
    by_adjective.or_else(|| {
        // A name of up to four words: "united states treasury".
        let ends = key.match_indices(' ').map(|(at, _)| at).take(4);
        ends.filter_map(|at| Some((*tables.names.get(&key[..at])?, key[at..].trim()))).last()
    })
}

/// The country that somebody speaks for, from what an article says: "Russia", "Russian", "the Kremlin", "Moscow".
pub(crate) fn spoken_for(of: &str) -> Option<&'static str> {
    match government(of)? {
        Government::Itself(country) => Some(country),
        Government::Seat(country) => TABLES.seats.contains_key(&other(of)).then_some(country),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_capitals_seats_and_adjectives() {
        let itself = |name| Some(Government::Itself(name));
        assert_eq!(government("the Russian Federation"), itself("Russia"));
        assert_eq!(government("Moscow"), itself("Russia"));
        assert_eq!(government("Kremlin"), Some(Government::Seat("Russia")));
        assert_eq!(government("Russia's Foreign Ministry"), Some(Government::Seat("Russia")));
        assert_eq!(government("U.S. Treasury"), Some(Government::Seat("United States")));
        assert_eq!(government("South Sudanese government"), itself("South Sudan"));
        assert_eq!(government("Türkiye"), itself("Turkey"));
        assert_eq!(government("Ardenia"), None);
        assert_eq!(government(""), None);
    }

    #[test]
    fn every_row_is_whole_and_no_name_stands_for_two_countries() {
        let mut seen = HashMap::new();
        for line in rows(include_str!("../../data/countries.tsv")) {
            let columns: Vec<&str> = line.split('\t').collect();
            assert_eq!(columns.len(), 4, "{line}");
            for name in columns.iter().flat_map(|c| c.split('|')).filter(|n| !n.is_empty()) {
                let before = seen.insert(other(name), columns[0]);
                assert!(before.is_none_or(|b| b == columns[0]), "{name}");
            }
        }
        for line in rows(include_str!("../../data/seats.tsv")) {
            let (seat, of) = line.split_once('\t').unwrap();
            assert!(TABLES.names.contains_key(&other(of)), "{line}");
            assert!(!seen.contains_key(&other(seat)), "{seat}");
        }
    }
}
