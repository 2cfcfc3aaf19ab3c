//! What is known about an article beside its text, and what if the page and what was given disagree?
//!
//! Both roads collect [`Facts`]; here they meet what the sidecar says. What was given wins, a disagreement is a note.

use crate::{credit, language};
use onrecord_terms::{Article, Body, Lang, Moment, Note, Page};

/// The most authors or agencies that are taken from one page; more is a list of something else.
const MAX_NAMES: usize = 50;

/// What a page says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Facts {
    pub(crate) url: Option<String>,
    pub(crate) outlet: Option<String>,
    pub(crate) title: Option<String>,
    pub(crate) byline: Vec<String>,
    pub(crate) published: Option<Moment>,
    pub(crate) modified: Option<Moment>,
    /// The language tag that the page declares.
    pub(crate) language: Option<String>,
    pub(crate) agencies: Vec<String>,
    /// The page shows that text is missing.
    pub(crate) is_cut: bool,
    /// What was odd on the way.
    pub(crate) notes: Vec<Note>,
}

impl Facts {
    /// Adds an agency that is not there yet.
    pub(crate) fn credit(&mut self, agencies: impl IntoIterator<Item = String>) {
        for agency in agencies {
            if self.agencies.len() < MAX_NAMES
                && !self.agencies.iter().any(|known| same_words(known, &agency))
            {
                self.agencies.push(credit::in_usual_case(&agency));
            }
        }
    }

    /// Adds authors that are not there yet.
    pub(crate) fn sign(&mut self, people: impl IntoIterator<Item = String>) {
        for person in people {
            if self.byline.len() < MAX_NAMES && !self.byline.iter().any(|known| same_words(known, &person)) {
                self.byline.push(person);
            }
        }
    }

    /// Adds a note.
    pub(crate) fn note(&mut self, code: &str, text: impl Into<String>) {
        self.notes.push(Note::new(code, text));
    }
}

/// The article: the body, what the page says, and what was given with it.
pub(crate) fn article(page: &Page, body: Body, facts: Facts) -> (Article, Vec<Note>) {
    let given = &page.given;
    let mut notes = facts.notes;
    let mut differs = |what: &str, given: &str, found: &str| {
        let text =
            format!("The page gives the {what} as “{}”, what came with it says “{given}”.", short(found));
        notes.push(Note::new(&format!("{what}-disagrees"), text));
    };
    if let (Some(given), Some(found)) = (&given.title, &facts.title)
        && !same_words(given, found)
    {
        differs("title", given, found);
    }
    if let (Some(given), Some(found)) = (&given.published, &facts.published)
        && given.day != found.day
    {
        differs("date", &given.to_string(), &found.to_string());
    }
    if let (Some(given), Some(found)) = (&given.outlet, &facts.outlet)
        && !one_within_the_other(given, found)
    {
        differs("outlet", given, found);
    }
    let (people, agencies) = given_names(&given.byline);
    let mut article = Article::new(page.id.clone(), body);
    // A page that names no address of its own has the one that it was fetched from.
    let fetched =
        Some(&page.origin).filter(|origin| origin.starts_with("http://") || origin.starts_with("https://"));
    article.url = given.url.clone().or(facts.url).or(fetched.cloned());
    article.outlet = given.outlet.clone().or(facts.outlet);
    article.title = given.title.clone().or(facts.title);
    article.byline = if people.is_empty() { facts.byline } else { people };
    // A page that says the time of the day that was given says more, and the same.
    article.published = match (given.published, facts.published) {
        (Some(given), Some(found)) if given.second.is_none() && given.day == found.day => Some(found),
        (given, found) => given.or(found),
    };
    if let Some(raw) = &given.published_raw {
        let text = format!("The date that came with the page is no date in ISO 8601: “{}”.", short(raw));
        notes.push(Note::new("bad-date", text));
    }
    if article.published.is_none() && facts.modified.is_some() {
        article.published = facts.modified;
        let text = "No date of publication is given; the date is that of the last change.";
        notes.push(Note::new("date-of-change", text));
    }
    article.modified = facts.modified.filter(|modified| Some(*modified) != article.published);
    article.agencies = facts.agencies;
    for agency in agencies {
        if !article.agencies.iter().any(|known| same_words(known, &agency)) {
            article.agencies.push(credit::in_usual_case(&agency));
        }
    }
    // "(Norvik Wire/Ledger)" in the Harbor Ledger credits the outlet itself too.
    let outlet = article.outlet.as_deref().map(key).unwrap_or_default();
    article.agencies.retain(|agency| !outlet.contains(&key(agency)));
    article.complete = !facts.is_cut && !given.cut;
    let declared = given.language.as_deref().or(facts.language.as_deref()).and_then(Lang::parse);
    let told = language::language(article.text());
    if let (Some(declared), Some(told)) = (declared, told)
        && declared != told
    {
        let text = format!(
            "The page is declared as “{}”, its text reads as “{}”.",
            declared.as_str(),
            told.as_str()
        );
        notes.push(Note::new("language-disagrees", text));
    }
    article.language = told.or(declared);

    if article.title.is_none() {
        notes.push(Note::new("no-title", "The page gives no title."));
    }
    if article.published.is_none() {
        notes.push(Note::new("no-date", "Neither the page nor what came with it gives a date with a year."));
    }
    if article.text().is_empty() {
        notes.push(Note::new("no-text", "No text of a report was found on the page."));
    }
    if given.cut {
        notes.push(Note::new("bytes-missing", "The page came in part: bytes are missing at its end."));
    }
    if facts.is_cut {
        notes.push(Note::new("text-cut", "The page shows that a part of its text is missing."));
    }
    let n_items = article.body.items().len();
    if n_items > 1 {
        notes.push(Note::new("several-reports", format!("The page holds {n_items} separate reports.")));
    }
    notes.sort();
    notes.dedup();
    (article, notes)
}

/// The people and agencies among names that came beside the page; a name of an odd form is kept as it is.
fn given_names(names: &[String]) -> (Vec<String>, Vec<String>) {
    let (mut people, mut agencies) = (Vec::new(), Vec::new());
    for raw in names {
        let credit = credit::names(raw);
        if credit == credit::Credit::default()
            && !raw.contains(',')
            && credit::byline(&format!("By {raw}")).is_none()
        {
            people.push(raw.clone());
        }
        people.extend(credit.people);
        agencies.extend(credit.agencies);
    }
    (people, agencies)
}

/// Letters and digits in lower case.
pub(crate) fn key(text: &str) -> String {
    let mut ascii: Vec<u8> = Vec::with_capacity(text.len());
    let mut from = text.bytes().position(|byte| !byte.is_ascii()).unwrap_or(text.len());
    let letters = text.as_bytes()[..from].iter().filter(|byte| byte.is_ascii_alphanumeric());
    ascii.extend(letters.map(u8::to_ascii_lowercase));
    let mut key = String::from_utf8(ascii).unwrap_or_default();
    let bytes = text.as_bytes();
    while let Some(byte) = bytes.get(from) {
        if byte.is_ascii() {
            if byte.is_ascii_alphanumeric() {
                key.push(char::from(byte.to_ascii_lowercase()));
            }
            from += 1;
            continue;
        }
        let Some(c) = text[from..].chars().next() else { break };
        if c.is_alphanumeric() {
            key.extend(c.to_lowercase());
        }
        from += c.len_utf8();
    }
    key
}

/// Whether two texts are the same but for case, marks and spaces.
pub(crate) fn same_words(a: &str, b: &str) -> bool {
    key(a) == key(b)
}

fn one_within_the_other(a: &str, b: &str) -> bool {
    let (a, b) = (key(a), key(b));
    a.contains(&b) || b.contains(&a)
}

fn short(text: &str) -> String {
    match text.char_indices().nth(120) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}
