//! When was the report first published, and when changed last?
//!
//! Every date of the page that might tell is a candidate with the voice that gives it: JSON-LD, meta tags, elements marked
//! as a time, lines that give a date, the address, scripts. What each voice weighs was learned (`data/dates.tsv`,
//! `training/extract/dates.py`); the day with the most weight behind it is that of publication.

use super::dom::{Data, Dom, squeezed};
use super::names::{Attr, Tag};
use super::structured::Described;
use crate::credit;
use crate::dates;
use crate::facts::Facts;
use aho_corasick::AhoCorasick;
use onrecord_terms::{Day, Moment};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// A date of the page, and which voice gives it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Candidate {
    pub(crate) voice: &'static str,
    pub(crate) moment: Moment,
}

/// Names of meta tags that give first publication.
const PUBLISHED: &[&str] = &[
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "article:published",
    "published_time",
    "parsely-pub-date",
    "sailthru.date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "publication_date",
    "publicationdate",
    "dc.date.issued",
    "dcterms.issued",
    "cxenseparse:recs:publishtime",
    "article.published",
    "rnews:datepublished",
    "shareaholic:article_published_time",
    "originalpublicationdate",
    "citation_publication_date",
    "bt:pubdate",
    "ptime",
    "article_date_original",
    "article-publication-date",
    "og:pubdate",
    "displaydate",
    "prism.publicationdate",
    "article:publicationdate",
    "dcsext.articlefirstpublished",
    "vr:published_time",
    "content_create_date",
];

/// Names of meta tags that give a date without saying of what.
const DATED: &[&str] = &[
    "date",
    "dc.date",
    "dcterms.date",
    "dc.date.created",
    "dcterms.created",
    "created",
    "datecreated",
    "article:created",
    "article.created",
    "dc.created",
    "last-publish-date",
    "release_date",
    "uploaddate",
    "timestamp",
    "pub_date",
];

/// Names of meta tags that give the last change.
const MODIFIED: &[&str] = &[
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "og:modified_time",
    "lastmod",
    "last-modified",
    "article:modified",
    "dcterms.modified",
    "modified_time",
    "dc.date.modified",
    "lastmodified",
    "revised",
];

/// Words around a date that make it one of a change.
const CHANGED: &[&str] = &[
    "updat",
    "modif",
    "edited",
    "changed",
    "aktualisiert",
    "änderung",
    "geändert",
    "stand:",
    "actualizado",
    "atualizado",
    "mis à jour",
    "mise à jour",
    "aggiornato",
    "bijgewerkt",
    "uppdaterad",
    "güncelle",
    "обновлен",
    "zaktualizowano",
    "ostatnia aktualizacja",
    "оновлен",
    "تحديث",
    "更新",
    "수정",
    "actualizat",
    "actualitz",
    "päivitetty",
    "frissít",
    "opdateret",
    "oppdatert",
    "ενημέρωση",
    "diperbarui",
    "cập nhật",
];

/// Words around a date that make it one of publication.
const FIRST: &[&str] = &[
    "publi",
    "posted",
    "veröffentlicht",
    "erstellt",
    "erschienen",
    "created",
    "verfasst",
    "pubblicato",
    "gepubliceerd",
    "geplaatst",
    "publicerad",
    "yayın",
    "опубликован",
    "opublikowano",
    "written on",
    "eingestellt",
    "datum",
    "опубліковано",
    "نشر",
    "发布",
    "發布",
    "發佈",
    "公開",
    "입력",
    "julkaistu",
    "megjelen",
    "δημοσ",
    "diterbitkan",
];

/// Both.
static VOICES: LazyLock<Option<AhoCorasick>> =
    LazyLock::new(|| AhoCorasick::new(CHANGED.iter().chain(FIRST)).ok());

/// The years that a page of the web may be of.
const YEARS: std::ops::RangeInclusive<i32> = 1992..=2199;

/// Fills in first publication and last change.
pub(crate) fn read(
    dom: &Dom,
    region: &[usize],
    title_node: Option<usize>,
    described: &Described,
    metas: &[(String, String)],
    weights: &BTreeMap<String, f32>,
    facts: &mut Facts,
) {
    let found = candidates(dom, region, title_node, described, metas, facts.url.as_deref());
    let day = best(&found, weights);
    facts.published = day.and_then(|day| moment_of(&found, day));
    let told = ["ld_published", "meta_published"];
    let told = found.iter().find(|one| told.contains(&one.voice));
    let shown = found.iter().find(|one| one.voice == "shown_labelled" || one.voice == "time_published");
    if let (Some(told), Some(shown)) = (told, shown)
        && told.moment.day.ordinal().abs_diff(shown.moment.day.ordinal()) > 1
    {
        let text = format!("The page's data say {}, the page shows {}.", told.moment, shown.moment);
        facts.note("date-disagrees", text);
    }
    let changed = ["ld_modified", "meta_modified", "time_modified", "shown_modified"];
    facts.modified = changed
        .iter()
        .find_map(|voice| found.iter().find(|one| one.voice == *voice).map(|one| one.moment))
        .filter(|modified| facts.published.is_none_or(|published| modified.day >= published.day));
    if facts.published.is_some() && facts.published.map(|p| p.day) == only_changed(&found) {
        facts.modified = facts.published.take();
    }
}

/// The day, if the page gives no other than that of a change.
fn only_changed(found: &[Candidate]) -> Option<Day> {
    let first = found.first()?.moment.day;
    found.iter().all(|one| one.voice.ends_with("_modified")).then_some(first)
}

/// The most days by which what is shown may be later than what the page's data name as first publication.
const MOST_LATER: i64 = 30;

/// The day with the most weight, the earliest of equals; but no later one than what the data name by far: a page that is
/// kept up to date shows when it was last changed. Nor the day after a moment that the data give by the clocks of the
/// place: that is the printed paper's.
fn best(found: &[Candidate], weights: &BTreeMap<String, f32>) -> Option<Day> {
    let mut best: Option<(f32, Day)> = None;
    for (day, traits) in traits(found) {
        let sum: f32 = traits.iter().map(|name| weights.get(*name).copied().unwrap_or(0.0)).sum();
        if best.is_none_or(|(most, _)| sum > most) {
            best = Some((sum, day));
        }
    }
    let (_, best) = best?;
    let told = || found.iter().filter(|one| one.voice == "ld_published").map(|one| one.moment);
    let later = |day: Day| i64::from(best.ordinal()) - i64::from(day.ordinal());
    let printed = told().find(|told| is_local(told) && later(told.day) == 1).map(|told| told.day);
    let is_told = found.iter().any(|one| {
        one.moment.day == best && ["ld_published", "meta_published", "time_published"].contains(&one.voice)
    });
    let first = told().map(|told| told.day).min().filter(|told| later(*told) > MOST_LATER);
    first.or(printed.filter(|_| !is_told)).or(Some(best))
}

/// Whether a moment is given by the clocks of a place that are not those of UTC.
fn is_local(moment: &Moment) -> bool {
    moment.offset_min.is_some_and(|minutes| minutes != 0)
}

/// What speaks for and against each day: its voices, and how it stands to the other days.
pub(crate) fn traits(found: &[Candidate]) -> BTreeMap<Day, Vec<&'static str>> {
    let mut days: BTreeMap<Day, Vec<&'static str>> = BTreeMap::new();
    for one in found {
        let voices = days.entry(one.moment.day).or_default();
        if !voices.contains(&one.voice) {
            voices.push(one.voice);
        }
    }
    let trusted = |voices: &[&'static str]| {
        voices.iter().any(|voice| {
            ["ld_published", "meta_published", "time_published", "shown_labelled"].contains(voice)
        })
    };
    let first_trusted = days.iter().find(|(_, voices)| trusted(voices)).map(|(day, _)| *day);
    let last_trusted = days.iter().rev().find(|(_, voices)| trusted(voices)).map(|(day, _)| *day);
    let near = |one: &&Candidate| {
        [
            "shown_near",
            "text_near",
            "shown_head",
            "text_head",
            "time_head",
            "time_near",
            "shown_labelled",
            "text_labelled",
        ]
        .contains(&one.voice)
    };
    let first_near = found.iter().find(near).map(|one| one.moment.day);
    let last_near = found.iter().rfind(near).map(|one| one.moment.day);
    let n = days.len();
    let all: Vec<Day> = days.keys().copied().collect();
    let url = found.iter().find(|one| one.voice == "url").map(|one| one.moment.day);
    for (at, (day, voices)) in days.iter_mut().enumerate() {
        let n_voices = voices.iter().filter(|voice| **voice != "page_any").count();
        let has = |names: &[&str]| names.iter().any(|name| voices.contains(name));
        let is_told = has(&["ld_published", "meta_published"]);
        let is_shown = has(&["shown_head", "time_head", "text_head", "shown_labelled", "time_published"]);
        let (both, tab, url_too) = (
            has(&["ld_published"]) && has(&["meta_published"]),
            has(&["tab"]) && has(&["shown_near", "shown_head", "text_near"]),
            has(&["url"]) && (is_told || is_shown),
        );
        let far_earlier = last_trusted.is_some_and(|last| last.ordinal() > day.ordinal() + 300);
        let timed = found.iter().any(|one| {
            one.moment.day == *day
                && one.moment.second.is_some_and(|second| second > 0)
                && ["ld_published", "meta_published", "time_published"].contains(&one.voice)
        });
        let offset = |is: fn(i16) -> bool| {
            found.iter().any(|one| {
                one.moment.day == *day
                    && one.moment.offset_min.is_some_and(is)
                    && ["ld_published", "meta_published", "time_published"].contains(&one.voice)
            })
        };
        let local = offset(|minutes| minutes != 0);
        let day_after = all.iter().any(|other| day.ordinal() + 1 == other.ordinal());
        // The same moment, told in UTC and shown by the clocks of the place, may be of two days.
        let told_beside = |step: i64, is: &dyn Fn(&Moment) -> bool| {
            !is_told
                && found.iter().any(|one| {
                    ["ld_published", "meta_published"].contains(&one.voice)
                        && i64::from(one.moment.day.ordinal()) + step == i64::from(day.ordinal())
                        && is(&one.moment)
                })
        };
        let hour = |moment: &Moment| moment.second.map(|second| second / 3600);
        let utc = |moment: &Moment| moment.offset_min.is_none_or(|minutes| minutes == 0);
        let evening = |m: &Moment| utc(m) && hour(m).is_some_and(|h| h >= 14);
        let morning = |m: &Moment| utc(m) && hour(m).is_some_and(|h| h <= 9);
        let by_the_clock = is_shown || has(&["shown_near", "time_near", "text_near", "url"]);
        let near_later = first_near.is_some_and(|near| near.ordinal() > day.ordinal() + 30);
        for (is, name) in [
            (local && day_after, "is_local_day_before"),
            (by_the_clock && told_beside(1, &evening), "is_next_to_utc_evening"),
            (by_the_clock && told_beside(-1, &morning), "is_before_utc_morning"),
            (trusted(voices) && near_later, "is_trusted_long_before"),
            (first_near == Some(*day), "is_first_near"),
            (last_near == Some(*day), "is_last_near"),
            (local, "has_local_time"),
            (offset(|minutes| minutes == 0), "has_utc_time"),
            (first_trusted == Some(*day), "is_first_trusted"),
            (last_trusted == Some(*day), "is_last_trusted"),
            (is_told && is_shown, "is_told_and_shown"),
            (both, "is_told_by_both"),
            (tab, "is_in_tab_and_shown"),
            (url_too, "is_in_url_and_told"),
            (far_earlier, "is_far_earlier"),
            (timed, "has_time"),
        ] {
            if is {
                voices.push(name);
            }
        }
        if at == 0 {
            voices.push("is_earliest");
        }
        if at + 1 == n {
            voices.push("is_latest");
        }
        if n_voices >= 2 {
            voices.push("is_told_twice");
        }
        if n_voices >= 3 {
            voices.push("is_told_thrice");
        }
        if url.is_some_and(|url| url != *day && url.ordinal().abs_diff(day.ordinal()) <= 1) {
            voices.push("is_beside_url");
        }
        if all.iter().any(|other| *other < *day && other.ordinal() + 1 == day.ordinal()) {
            voices.push("is_day_after");
        }
    }
    days
}

/// The fullest moment of a day: with a time before without, one with an offset from UTC before one without.
fn moment_of(found: &[Candidate], day: Day) -> Option<Moment> {
    let of_day = found.iter().filter(|one| one.moment.day == day && !one.voice.ends_with("_modified"));
    let mut best: Option<Moment> = None;
    for one in of_day {
        let fuller = best.is_none_or(|best| best.second.is_none() && one.moment.second.is_some());
        if fuller {
            best = Some(one.moment);
        }
    }
    best.or_else(|| found.iter().find(|one| one.moment.day == day).map(|one| one.moment))
}

/// Every date of the page that might tell.
pub(crate) fn candidates(
    dom: &Dom,
    region: &[usize],
    title_node: Option<usize>,
    described: &Described,
    metas: &[(String, String)],
    url: Option<&str>,
) -> Vec<Candidate> {
    let mut found: Vec<Candidate> = Vec::new();
    let mut add = |voice: &'static str, moment: Option<Moment>| {
        if let Some(moment) = moment.filter(|m| YEARS.contains(&m.day.year()))
            && found.len() < 400
        {
            found.push(Candidate { voice, moment });
        }
    };
    let day_first = !dom
        .by_tag(Tag::Html)
        .next()
        .and_then(|html| dom.attr(html, Attr::Lang))
        .is_some_and(|lang| lang.eq_ignore_ascii_case("en-us"));
    let moment = |text: &str| {
        let text = text.trim();
        Moment::parse(text).or_else(|| dates::first_date(text)).or_else(|| dates::short_date(text, day_first))
    };
    add("ld_published", described.published);
    add("ld_modified", described.modified);
    for (is_published, told) in &described.other_dates {
        add(if *is_published { "ld_other" } else { "ld_created" }, Some(*told));
    }
    for (key, value) in metas {
        let voice = match key.as_str() {
            key if PUBLISHED.contains(&key) => "meta_published",
            key if DATED.contains(&key) => "meta_dated",
            key if MODIFIED.contains(&key) => "meta_modified",
            key if key.ends_with("datepublished") || key.ends_with("datecreated") => "meta_dated",
            _ => continue,
        };
        add(voice, moment(value));
    }
    for (key, value) in metas {
        if key.ends_with("description") && value.len() <= 400 {
            add("meta_description", dates::first_date(value));
        }
    }
    add("url", url.and_then(in_url).map(Moment::on));
    let tab = dom.by_tag(Tag::Title).next().map(|idx| dom.text(idx));
    add("tab", tab.as_deref().and_then(dates::first_date));
    let start = title_node.or(region.first().copied()).unwrap_or(0);
    let region_start = region.first().copied().unwrap_or(start);
    let region_end = region.last().map_or(dom.nodes.len(), |last| dom.nodes[*last].end);
    let (from, to) = (start.saturating_sub(60), region_end + 60);
    let mut n_any = 0;
    let mut idx = 0;
    while idx < dom.nodes.len() {
        let is_near = idx >= from && idx < to;
        match &dom.nodes[idx].data {
            Data::Element {
                tag: Tag::Script | Tag::Style | Tag::Svg | Tag::Noscript | Tag::Template,
                ..
            } => {
                idx = dom.nodes[idx].end;
                continue;
            }
            Data::Element { tag, .. } => {
                let marked = [Attr::Itemprop, Attr::Property]
                    .iter()
                    .find_map(|name| dom.attr(idx, *name))
                    .filter(|p| {
                        let p = p.to_ascii_lowercase();
                        *tag != Tag::Meta
                            && (p.contains("datepublished")
                                || p.contains("datecreated")
                                || p.contains("datemodified")
                                || p == "dc:date"
                                || p.contains("pubdate"))
                    });
                let is_time = *tag == Tag::Time
                    || (*tag == Tag::Abbr
                        && (dom.attr(idx, Attr::Class).is_some_and(|c| c.contains("publi"))
                            || dom
                                .attr(idx, Attr::Title)
                                .is_some_and(|title| dates::date_line(title).is_some())));
                if is_time || marked.is_some() {
                    let value = [Attr::Datetime, Attr::Content, Attr::Title]
                        .iter()
                        .filter_map(|name| dom.attr(idx, *name))
                        .find_map(moment)
                        .or_else(|| moment(&clipped(&dom.text(idx))));
                    let names = format!(
                        "{} {} {}",
                        dom.attr(idx, Attr::Class).unwrap_or_default(),
                        marked.unwrap_or_default(),
                        around(dom, idx)
                    )
                    .to_lowercase();
                    let voice = voice_of(&names, dom.attr(idx, Attr::Pubdate).is_some() || marked.is_some());
                    let voice = match (voice, is_near) {
                        (Some(true), true) => "time_published",
                        (Some(true), false) => "far_time_published",
                        (Some(false), true) => "time_modified",
                        (Some(false), false) => "far_time_modified",
                        (None, true) if idx < region_start => "time_head",
                        (None, true) => "time_near",
                        (None, false) => "time_far",
                    };
                    add(voice, value);
                }
            }
            Data::Text(words) => {
                let len = words.len();
                if len > 160 && is_near {
                    let begin = squeezed(&words[..floor(words, 48)]);
                    let begin = begin.trim_start_matches(['(', '[', '-', '–', '—', ' ']);
                    if begin.starts_with(|c: char| c.is_ascii_digit()) {
                        add("text_begin", dates::first_date(&begin[..floor(begin, 24)]));
                    }
                }
                if (6..=160).contains(&len) && words.bytes().any(|b| b.is_ascii_digit()) {
                    let words = squeezed(words);
                    let line = dates::date_line(&words);
                    let any = line.is_none().then(|| moment(&words)).flatten();
                    let labels = || format!("{} {}", label_before(dom, idx), words).to_lowercase();
                    if let Some(line) = line {
                        add(if is_near { "shown_modified" } else { "far_modified" }, line.modified);
                        let voice = line.published.is_some().then(|| voice_of(&labels(), false)).flatten();
                        let voice = match (voice, is_near) {
                            (Some(true), true) => "shown_labelled",
                            (Some(false), true) => "shown_modified",
                            (None, true) if idx < region_start => "shown_head",
                            (None, true) => "shown_near",
                            (_, false) => "shown_far",
                        };
                        add(voice, line.published);
                    } else if any.is_some() {
                        let sentence = credit::ends_a_sentence(&words) && words.len() > 40;
                        let voice = match (voice_of(&labels(), false), is_near) {
                            (Some(true), true) if !sentence => "text_labelled",
                            (Some(false), true) if !sentence => "shown_modified",
                            (_, true) if idx < region_start && !sentence => "text_head",
                            (_, true) if !sentence => "text_near",
                            (Some(true), false) if !sentence => "text_far_labelled",
                            _ if is_near => "text_sentence",
                            _ => {
                                n_any += 1;
                                if n_any > 30 { "" } else { "page_any" }
                            }
                        };
                        if !voice.is_empty() {
                            add(voice, any);
                        }
                    }
                }
            }
        }
        idx += 1;
    }
    let has_trusted = found.iter().any(|one| ["ld_published", "meta_published"].contains(&one.voice));
    if !has_trusted {
        scripts(dom, &mut found);
    }
    found
}

fn clipped(text: &str) -> String {
    text.chars().take(120).collect()
}

/// Whether words around a date say that it is of publication (`true`) or of a change (`false`).
fn voice_of(names: &str, is_marked: bool) -> Option<bool> {
    let (mut changed, mut first) = (None, None);
    for found in VOICES.iter().flat_map(|words| words.find_overlapping_iter(names)) {
        let last = if found.pattern().as_usize() < CHANGED.len() { &mut changed } else { &mut first };
        *last = (*last).max(Some(found.start()));
    }
    match (changed, first) {
        (Some(changed), Some(first)) => Some(first > changed || names.contains("datepublished")),
        (Some(_), None) => Some(false),
        (None, Some(_)) => Some(true),
        (None, None) => is_marked.then_some(true),
    }
}

/// The words right around an element: its parent's text, if that is short.
fn around(dom: &Dom, idx: usize) -> String {
    let parent = dom.nodes[idx].parent;
    let text = if dom.nodes[parent].end - parent <= 12 { dom.text(parent) } else { String::new() };
    if text.len() <= 120 { text } else { String::new() }
}

/// The short text right before a text, and the names of its element: where a label stands.
fn label_before(dom: &Dom, idx: usize) -> String {
    let parent = dom.nodes[idx].parent;
    let class = dom.attr(parent, Attr::Class).unwrap_or_default();
    let before = (idx.saturating_sub(4)..idx).rev().find_map(|at| match &dom.nodes[at].data {
        Data::Text(words) if !words.trim().is_empty() => Some(words.trim()),
        _ => None,
    });
    format!("{class} {}", before.filter(|words| words.len() <= 40).unwrap_or_default())
}

/// Dates that scripts hold under a name of publication: `"publishedAt":"2032-03-14"`.
fn scripts(dom: &Dom, found: &mut Vec<Candidate>) {
    const NAMES: &[(&str, &str)] = &[
        ("datePublished", "script_published"),
        ("datepublished", "script_published"),
        ("publish", "script_published"),
        ("Publish", "script_published"),
        ("pubDate", "script_published"),
        ("pubdate", "script_published"),
        ("reated", "script_created"),
    ];
    let mut n_found = 0;
    for script in dom.by_tag(Tag::Script) {
        for node in script + 1..dom.nodes[script].end {
            let Data::Text(text) = &dom.nodes[node].data else { continue };
            let text = &text[..floor(text, 1 << 20)];
            for (name, voice) in NAMES {
                for at in memchr::memmem::find_iter(text.as_bytes(), name).take(8) {
                    let rest = &text[at + name.len()..floor(text, at + name.len() + 80)];
                    let rest =
                        rest.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || "_-".contains(c));
                    let value =
                        rest.trim_start_matches(['"', '\'', ':', '=', ' ', ',', '\\', '[', '\n', '\t']);
                    let gap = rest.len() - value.len();
                    if (2..=12).contains(&gap)
                        && value.starts_with(|c: char| c.is_ascii_digit())
                        && let Some(moment) = moment_at_begin(value)
                        && YEARS.contains(&moment.day.year())
                        && n_found < 20
                    {
                        n_found += 1;
                        let voice = if n_found == 1 { "script_first" } else { voice };
                        found.push(Candidate { voice, moment });
                    }
                }
            }
        }
    }
}

/// A date that a script's value begins with; slashes may be escaped.
fn moment_at_begin(value: &str) -> Option<Moment> {
    let end = value.find(['"', '\'', ',', '}', '<', '&']).unwrap_or(value.len()).min(40);
    let value = value.get(..end)?.replace('\\', "");
    Moment::parse(&value).or_else(|| dates::first_date(&value))
}

fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// A day in an address: `/2032/03/14/`, `/2032-03-14-`, `20320314`.
fn in_url(url: &str) -> Option<Day> {
    let path = url.split(['?', '#']).next()?;
    let numbers: Vec<&str> = path.split(|c: char| !c.is_ascii_digit()).collect();
    let year =
        |text: &str| text.parse::<i32>().ok().filter(|year| text.len() == 4 && (1990..2200).contains(year));
    let two = |text: &str| text.parse::<u32>().ok().filter(|_| (1..=2).contains(&text.len()));
    let parted = numbers.windows(3).find_map(|w| Day::new(year(w[0])?, two(w[1])?, two(w[2])?));
    parted.or_else(|| {
        numbers
            .iter()
            .filter(|n| n.len() == 8)
            .find_map(|n| Day::new(year(&n[..4])?, n[4..6].parse().ok()?, n[6..].parse().ok()?))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_in_addresses() {
        for (url, day) in [
            ("https://ledger.example/2032/03/14/ferry", Some("2032-03-14")),
            ("https://ledger.example/news/20320314-ferry.html", Some("2032-03-14")),
            ("https://ledger.example/2032-3-4-ferry", Some("2032-03-04")),
            ("https://ledger.example/story/1234567", None),
        ] {
            assert_eq!(in_url(url).map(|d| d.to_string()).as_deref(), day, "{url}");
        }
    }
}
