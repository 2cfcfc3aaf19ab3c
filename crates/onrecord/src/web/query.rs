//! What was asked after the question mark? Read strictly: an unknown or unreadable filter is told, never dropped.

use crate::web::fail::Failure;
use axum::extract::Query;
use axum::http::Uri;
use onrecord_answer::Days;
use onrecord_terms::{Act, Kind};
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// Nothing at all.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Nothing {}

/// A page of a long list, or the next one.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Paged {
    /// Where the list goes on, as the former page gave it.
    pub(crate) next: String,
}

/// `/search`.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Search {
    /// Words to look for.
    pub(crate) q: String,
    /// Where the list goes on.
    pub(crate) next: String,
}

/// `/position`.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Position {
    /// Whose.
    pub(crate) actor: String,
    /// On what.
    pub(crate) on: String,
}

/// `/said`.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Said {
    pub(crate) who: String,
    pub(crate) about: String,
    pub(crate) on: String,
    pub(crate) since: String,
    pub(crate) until: String,
    pub(crate) outlet: String,
    pub(crate) act: String,
    pub(crate) kind: String,
    pub(crate) story: String,
    pub(crate) next: String,
}

/// Reads an address's query as `T`.
pub(crate) fn read<T: DeserializeOwned>(uri: &Uri) -> Result<T, Failure> {
    match Query::try_from_uri(uri) {
        Ok(Query(query)) => Ok(query),
        Err(rejection) => {
            let text = rejection.body_text();
            let why = text.strip_prefix("Failed to deserialize query string: ").unwrap_or(&text);
            Err(Failure::BadQuery(sentence(why)))
        }
    }
}

/// How many entries of a list come before the page that `next` names; none without it.
pub(crate) fn skip(next: &str) -> Result<usize, Failure> {
    match next.strip_prefix('n') {
        Some(digits) => usize::from_str_radix(digits, 36)
            .map_err(|_| Failure::BadQuery(format!("“next” is no place in this list: “{next}”"))),
        None if next.is_empty() => Ok(0),
        None => Err(Failure::BadQuery(format!("“next” is no place in this list: “{next}”"))),
    }
}

/// The name of the place in a list after `done` entries.
pub(crate) fn next(done: usize) -> String {
    let mut digits = Vec::new();
    let mut rest = done;
    while rest > 0 || digits.is_empty() {
        digits.push(char::from_digit((rest % 36) as u32, 36).unwrap_or('0'));
        rest /= 36;
    }
    format!("n{}", digits.iter().rev().collect::<String>())
}

/// A filter that may be left empty.
pub(crate) fn given(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// A run of days that may be left empty.
pub(crate) fn days(what: &str, text: &str) -> Result<Option<Days>, Failure> {
    let Some(text) = given(text) else { return Ok(None) };
    let days = Days::parse(&text);
    days.map(Some).ok_or_else(|| {
        Failure::BadQuery(format!("“{what}” takes a day, a month or a year such as 2031-03-04, not “{text}”"))
    })
}

/// An act that may be left empty.
pub(crate) fn act(text: &str) -> Result<Option<Act>, Failure> {
    word("act", text, Act::parse, Act::ALL.iter().map(|act| act.as_str()))
}

/// A kind that may be left empty.
pub(crate) fn kind(text: &str) -> Result<Option<Kind>, Failure> {
    word("kind", text, Kind::parse, Kind::ALL.iter().map(|kind| kind.as_str()))
}

fn word<T>(
    what: &str,
    text: &str,
    parse: impl Fn(&str) -> Option<T>,
    all: impl Iterator<Item = &'static str>,
) -> Result<Option<T>, Failure> {
    let Some(text) = given(text) else { return Ok(None) };
    parse(&text).map(Some).ok_or_else(|| {
        let all: Vec<&str> = all.collect();
        Failure::BadQuery(format!("“{what}” takes one of {}, not “{text}”", all.join(", ")))
    })
}

/// With a capital at its head and without a full stop at its end.
fn sentence(text: &str) -> String {
    let text = text.trim().trim_end_matches('.');
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check<T: DeserializeOwned>(uri: &str) -> Result<T, String> {
        read(&uri.parse().unwrap()).map_err(|failure| format!("{failure:?}"))
    }

    #[test]
    fn empty_filters_are_none() {
        let said: Said = check("/said?who=&about=+peace&act=").unwrap();
        assert_eq!((given(&said.who), given(&said.about)), (None, Some("peace".to_owned())));
        assert!(act(&said.act).unwrap().is_none());
    }

    #[test]
    fn places_in_a_list_come_back() {
        for done in [0, 1, 35, 36, 12345, usize::MAX] {
            assert_eq!(skip(&next(done)).unwrap(), done);
        }
        for bad in ["x", "n", "n-1", "nÄ", "nzzzzzzzzzzzzzzzzz"] {
            assert!(matches!(skip(bad), Err(Failure::BadQuery(_))), "{bad}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_told() {
        assert!(check::<Said>("/said?whom=x").unwrap_err().contains("whom"));
        assert!(check::<Search>("/search?q=a&q=b").is_err());
        assert!(matches!(act("sing"), Err(Failure::BadQuery(why)) if why.contains("SUPPORT")));
        assert!(matches!(days("since", "soon"), Err(Failure::BadQuery(_))));
        assert_eq!(act("support").unwrap(), Some(Act::Support));
    }
}
