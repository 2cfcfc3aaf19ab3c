//! Here is plain text with the dirt of its page: what is the report?
//!
//! First [`lines`], then what each line is ([`sort_out`]): the head of the page down to the first running text,
//! then the body with its headings, credits and furniture. Where titles of further reports stand, the body is parted.
//! General cues alone decide: the form of a line, its place, blank lines, repetition, and the pattern table.

use crate::credit::{self, ends_a_sentence};
use crate::dates;
use crate::facts::{self, Facts};
use crate::furniture::{self, Scope};
use crate::passage::Passage;
use onrecord_terms::{Body, ParagraphKind};

/// One line with its surroundings.
#[derive(Clone, Debug)]
struct Line<'a> {
    text: &'a Passage,
    /// Blank lines right above it.
    n_blank: usize,
    what: What,
}

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum What {
    /// Not decided, or running text.
    Text,
    /// The page's title.
    Title,
    /// A heading inside a report.
    Heading,
    /// The title of a further report on the page.
    NextTitle,
    /// No part of the report.
    Out,
}

/// Headings that open or part an essay and are never the title of a report.
const SECTION_HEADINGS: &[&str] = &[
    "introduction",
    "conclusion",
    "conclusions",
    "background",
    "overview",
    "summary",
    "context",
    "analysis",
    "abstract",
    "key points",
    "key takeaways",
    "key facts",
    "final thoughts",
    "in conclusion",
    "the background",
    "the context",
    "outlook",
    "foreword",
    "preface",
    "timeline",
    "history",
    "what happened",
    "what happens next",
    "what's next",
    "contents",
];

/// The body and the facts in plain text.
pub(crate) fn read(text: &str, title_given: Option<&str>) -> (Body, Facts) {
    let mut facts = Facts::default();
    let lines: Vec<(Passage, usize)> =
        unwrapped(lines(text)).into_iter().map(|(text, n_blank)| (text.into(), n_blank)).collect();
    let mut lines: Vec<Line> =
        lines.iter().map(|(text, n_blank)| Line { text, n_blank: *n_blank, what: What::Text }).collect();
    sort_out(&mut lines, title_given, &mut facts);
    (body(&lines, &mut facts), facts)
}

/// Which of the paragraphs of a page are its report, by their words and order alone; facts on the way are taken.
///
/// The paragraphs are those of an HTML page whose title is known; what is a heading is not asked here.
pub(crate) fn clean(paragraphs: &[&Passage], facts: &mut Facts) -> Vec<bool> {
    let mut lines: Vec<Line> =
        paragraphs.iter().map(|text| Line { text, n_blank: 1, what: What::Text }).collect();
    drop_furniture(&mut lines, facts);
    let mut begun = false;
    for line in lines.iter_mut().filter(|line| line.what == What::Text) {
        begun |= line.text.is_running_text();
        let is_section = || line.text.furniture().is_some_and(|found| found.scope == Scope::Head);
        if !begun && (head_line(line.text, facts) || is_section()) {
            line.what = What::Out;
        }
    }
    credits(&mut lines, 0, facts);
    repeated_titles(&mut lines, facts);
    lines.iter().map(|line| line.what != What::Out).collect()
}

/// The lines that hold something, trimmed, each with the number of blank lines above it.
fn lines(text: &str) -> Vec<(String, usize)> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let invisible =
        |c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\0');
    let mut lines: Vec<(String, usize)> = Vec::new();
    let mut n_blank = 0;
    let text = text.replace("\r\n", "\n");
    for line in text.split(['\n', '\r', '\u{2028}', '\u{2029}']) {
        let line = line.trim_matches(invisible);
        if line.is_empty() {
            n_blank += 1;
            continue;
        }
        lines.push((line.to_owned(), n_blank));
        n_blank = 0;
    }
    lines
}

/// Joins the lines of text that was wrapped at a fixed width: all lines short, most of them breaking off in a sentence.
fn unwrapped(lines: Vec<(String, usize)>) -> Vec<(String, usize)> {
    let longest = lines.iter().map(|(text, _)| text.chars().count()).max().unwrap_or(0);
    let full = |line: &(String, usize)| line.0.chars().count() * 10 >= longest * 7;
    let n_full = lines.iter().filter(|line| full(line)).count();
    let inner = |idx: usize| lines.get(idx + 1).is_some_and(|(_, n_blank)| *n_blank == 0);
    let n_broken = (0..lines.len())
        .filter(|idx| inner(*idx) && full(&lines[*idx]) && !ends_a_sentence(&lines[*idx].0))
        .count();
    // 40 to 100 is what mail and terminals wrap at; running paragraphs of news are far longer.
    let is_wrapped = (40..=100).contains(&longest) && n_full >= 6 && n_broken * 10 >= n_full * 5;
    if !is_wrapped {
        return lines;
    }
    let mut joined: Vec<(String, usize)> = Vec::new();
    let mut last_was_full = false;
    for line in lines {
        let is_full = full(&line);
        match joined.last_mut() {
            Some((last, _)) if line.1 == 0 && last_was_full => {
                last.push(' ');
                last.push_str(&line.0);
            }
            _ => joined.push(line),
        }
        last_was_full = is_full;
    }
    joined
}

/// Decides what each line is and collects the facts that lines give.
fn sort_out(lines: &mut [Line], title_given: Option<&str>, facts: &mut Facts) {
    drop_furniture(lines, facts);
    let begin = head(lines, title_given, facts);
    credits(lines, begin, facts);
    next_titles(lines, begin);
    headings(lines, begin);
    repeated_titles(lines, facts);
}

/// Marks everything that the pattern table knows as furniture, with what hangs on it.
fn drop_furniture(lines: &mut [Line], facts: &mut Facts) {
    let n_bytes: usize = lines.iter().map(|line| line.text.len()).sum();
    let mut n_before = 0;
    let mut idx = 0;
    let mut furniture_only_head = true;
    let mut reporting: Option<Reporting> = None;
    while idx < lines.len() {
        let text = lines[idx].text;
        let len = text.len();
        let late = n_before * 3 >= n_bytes * 2;
        let found = text.furniture();
        let begun = !furniture_only_head;
        furniture_only_head &= found.is_some() || !text.is_running_text();
        let Some(found) = found else {
            (n_before, idx) = (n_before + len, idx + 1);
            continue;
        };
        if found.kind == "paywall" && (late || found.scope != Scope::TailLine) {
            facts.is_cut = true;
        }
        if found.kind == "byline"
            && let Some(credit) = text.credit_line()
        {
            facts.credit(credit.agencies.clone());
        }
        if found.kind == "corrected" {
            facts.note("corrected", &**lines[idx].text);
        }
        let until = match found.scope {
            Scope::Line => idx + 1,
            // The head is worked on by itself: there a title must be told from a section first.
            Scope::Head => idx,
            Scope::TailLine if late || idx + 1 == lines.len() => idx + 1,
            Scope::TailLine => idx,
            Scope::List => end_of_list(lines, idx + 1),
            Scope::Rest => reporting.get_or_insert_with(|| Reporting::of(lines)).end_of_appeal(
                idx + 1,
                lines.len(),
                begun,
            ),
            Scope::Tail if begun && n_before * 2 >= n_bytes => {
                reporting.get_or_insert_with(|| Reporting::of(lines)).end_of_tail(idx + 1, lines.len())
            }
            Scope::Tail => idx + 1,
        };
        if until == idx {
            (n_before, idx) = (n_before + len, idx + 1);
            continue;
        }
        for line in &mut lines[idx..until] {
            line.what = What::Out;
            n_before += line.text.len();
        }
        idx = until;
    }
}

/// Where the headlines below "Related news" end: at running text, or at two blank lines.
fn end_of_list(lines: &[Line], from: usize) -> usize {
    let ends = |line: &Line| line.text.is_running_text() || line.n_blank > 1;
    let ends = |line: &Line| ends(line) || line.text.chars().count() > 160;
    (from..lines.len()).find(|idx| ends(&lines[*idx])).unwrap_or(lines.len())
}

/// Where paragraphs stand that report on others, in order: what may end an appeal or a page's comments.
struct Reporting {
    all: Vec<usize>,
    with_quotations: Vec<usize>,
}

impl Reporting {
    fn of(lines: &[Line]) -> Reporting {
        let all: Vec<usize> = (0..lines.len()).filter(|idx| is_reporting(lines[*idx].text)).collect();
        let quoted = |idx: &usize| lines[*idx].text.has_quotation();
        Reporting { with_quotations: all.iter().copied().filter(quoted).collect(), all }
    }

    /// Where an appeal ends: at the first report-like paragraph of at least two that follow or of one with a
    /// quotation, else with the page.
    fn end_of_appeal(&self, from: usize, n_lines: usize, begun: bool) -> usize {
        match *from_on(&self.all, from) {
            [first, _, ..] => first,
            // Above the report anything that reads as a report is it.
            [first] if !begun || from_on(&self.with_quotations, from).first() == Some(&first) => first,
            _ if begun => n_lines,
            _ => from,
        }
    }

    /// Where the comments at the foot of a page end: with the page, unless a report goes on below them.
    fn end_of_tail(&self, from: usize, n_lines: usize) -> usize {
        match *from_on(&self.with_quotations, from) {
            [first, _, ..] => first,
            _ => n_lines,
        }
    }
}

/// The part of a sorted list that is not below `from`.
fn from_on(sorted: &[usize], from: usize) -> &[usize] {
    &sorted[sorted.partition_point(|idx| *idx < from)..]
}

/// Whether a line is a sentence or more of running text.
pub(crate) fn is_running_text(text: &str) -> bool {
    let n_chars = text.chars().count();
    let least = if n_signs(text) * 2 > n_chars { 20 } else { 50 };
    n_chars > 200 || (n_chars >= least && ends_a_sentence(text) && n_words(text) >= 8)
}

/// How many signs of scripts that are written without spaces between words.
fn n_signs(text: &str) -> usize {
    // The first of these signs' bytes is above those of most other scripts.
    if text.bytes().all(|byte| byte < 0xe3) {
        return 0;
    }
    text.chars().filter(|c| ('\u{3040}'..='\u{9fff}').contains(c)).count()
}

/// How many words a line has; two signs count as one, where words are not parted by spaces.
fn n_words(text: &str) -> usize {
    text.split_whitespace().count().max(n_signs(text) / 2)
}

/// Whether a paragraph reports on others: long, and outside quotation marks no "we", "our", "you".
fn is_reporting(text: &Passage) -> bool {
    if !text.is_running_text() || text.furniture().is_some() {
        return false;
    }
    let mut outside = String::new();
    let mut inside = false;
    for c in furniture::straight(text).chars() {
        match c {
            '“' | '«' | '„' => inside = true,
            '”' | '»' => inside = false,
            '"' => inside = !inside,
            c if !inside => outside.extend(c.to_lowercase()),
            _ => {}
        }
    }
    let personal = outside.split(|c: char| !c.is_alphanumeric()).any(|word| {
        [
            "we",
            "our",
            "us",
            "you",
            "your",
            "ours",
            "donate",
            "donation",
            "donations",
            "subscribe",
            "newsletter",
        ]
        .contains(&word)
    });
    !personal || inside
}

/// Whether a line has the form of a title or heading.
pub(crate) fn is_title_like(text: &str) -> bool {
    let n_words = n_words(text);
    let first = text.trim_start_matches(|c: char| "\"“‘'«„(¿¡[".contains(c)).chars().next();
    n_words <= 30
        && text.chars().count() <= 220
        && !text.ends_with(['.', ',', ';', ':', '…', '-', '–', '—', '。', '，', '：', '；', '،', '؛'])
        && first
            .is_some_and(|c| c.is_uppercase() || c.is_numeric() || (c.is_alphabetic() && !c.is_lowercase()))
        && !(text.starts_with('(') && text.ends_with(')'))
        && balanced(text)
        && !is_quotation(text)
}

/// Whether the line is a quotation with or without its speaker, rather than a title that quotes.
fn is_quotation(text: &str) -> bool {
    let opens = text.starts_with(['“', '"', '«', '„']);
    let closes = text.ends_with(['”', '"', '»']);
    opens && closes && text.matches(['“', '”', '"', '«', '»', '„']).count() == 2
}

/// Whether double quotation marks stand in pairs.
fn balanced(text: &str) -> bool {
    // The first bytes of these marks.
    if memchr::memchr2(b'"', 0xe2, text.as_bytes()).is_none() {
        return true;
    }
    text.matches('“').count() + text.matches('„').count()
        == text.matches('”').count() + if text.contains('„') { text.matches('“').count() } else { 0 }
        && text.matches('"').count().is_multiple_of(2)
}

/// Reads the head of the page: title, date, byline, section. Gives the index of the first line of the report.
fn head(lines: &mut [Line], title_given: Option<&str>, facts: &mut Facts) -> usize {
    let begin = (0..lines.len())
        .find(|idx| lines[*idx].what == What::Text && begins_text(lines, *idx))
        .unwrap_or(lines.len());
    let mut candidates: Vec<usize> = Vec::new();
    for (idx, line) in lines.iter_mut().enumerate().take(begin) {
        if line.what == What::Out || head_line(line.text, facts) {
            line.what = What::Out;
            continue;
        }
        let text = &line.text;
        let section = text.furniture().is_some_and(|found| found.scope == Scope::Head);
        if section
            && (candidates.is_empty()
                || text.contains(['|', '›', '»'])
                || text.contains(" > ")
                || n_words(text) <= 2)
        {
            line.what = What::Out;
            continue;
        }
        candidates.push(idx);
    }
    let is_heading = |text: &str| {
        SECTION_HEADINGS.contains(&furniture::straight(text).to_lowercase().trim_end_matches(':'))
    };
    let n_words_at = |idx: usize| n_words(lines[idx].text);
    let fits = |idx: usize| {
        n_words_at(idx) >= 2 && !is_heading(lines[idx].text) && !is_person_alone(lines[idx].text)
    };
    let given = candidates
        .iter()
        .copied()
        .find(|idx| title_given.is_some_and(|title| facts::same_words(title, lines[*idx].text)));
    let title = given.or_else(|| {
        let first = candidates.iter().copied().find(|idx| fits(*idx) && is_title_like(lines[*idx].text))?;
        // A short kicker above a longer line is not the title.
        let longer = candidates.iter().copied().find(|idx| {
            *idx > first && fits(*idx) && is_title_like(lines[*idx].text) && n_words_at(*idx) >= 5
        });
        Some(longer.filter(|_| n_words_at(first) <= 2).unwrap_or(first))
    });
    for idx in candidates {
        match title {
            Some(title) if idx == title => lines[idx].what = What::Title,
            Some(title) if idx < title => lines[idx].what = What::Out,
            // The same with the outlet's name behind it, as in a browser's tab.
            Some(title) if is_with_outlet(lines[idx].text, lines[title].text) => lines[idx].what = What::Out,
            _ if is_person_alone(lines[idx].text) && (title.is_some() || begin > idx + 1) => {
                facts.sign(credit::names(lines[idx].text).people);
                lines[idx].what = What::Out;
            }
            _ => lines[idx].what = if is_title_like(lines[idx].text) { What::Heading } else { What::Text },
        }
    }
    if let Some(title) = title {
        let mut text = lines[title].text.trim_start_matches(['#', ' ']);
        // "Title | Outlet" above "Title": the shorter one is it.
        if let Some(idx) = (title + 1..begin).find(|idx| is_with_outlet(text, lines[*idx].text)) {
            text = lines[idx].text;
            lines[idx].what = What::Out;
        }
        facts.title = Some(text.to_owned());
    }
    lines
        .iter()
        .position(|line| line.what == What::Text || line.what == What::Heading)
        .unwrap_or(lines.len())
        .min(begin)
}

/// Whether `long` is `title` with a short name behind a bar or dash.
fn is_with_outlet(long: &str, title: &str) -> bool {
    long.strip_prefix(title).is_some_and(|rest| {
        let rest = rest.trim_start();
        rest.starts_with(['|', '-', '–', '—', '·', '»', ':']) && rest.split_whitespace().count() <= 6
    })
}

/// Whether running text begins at the line: a sentence that is not the title above its date or byline.
fn begins_text(lines: &[Line], idx: usize) -> bool {
    let text = lines[idx].text;
    if !text.is_running_text() || text.furniture().is_some() || text.date_line().is_some() {
        return false;
    }
    if credit::byline(text).is_some() || text.credit_line().is_some() {
        return false;
    }
    // A title may end as a sentence does; then only a date or a byline below it tells.
    let below = lines[idx + 1..].iter().find(|line| line.what != What::Out).map(|line| line.text);
    let is_first = lines[..idx].iter().all(|line| line.what == What::Out || !is_title_like(line.text));
    let label = |line: &Passage| {
        line.date_line().is_some() || credit::byline(line).is_some() || credit::is_staff_line(line)
    };
    !(is_first && n_words(text) <= 20 && below.is_some_and(label))
}

/// A line that holds nothing but a person's name.
fn is_person_alone(text: &str) -> bool {
    let credit = credit::names(text);
    text.split_whitespace().count() <= 4
        && credit.people.len() == 1
        && facts::same_words(&credit.people[0], text)
        && text.split_whitespace().count() <= 3
}

/// Takes what a line of the head gives: a date, a byline, a credit. True if the line is used up.
fn head_line(text: &Passage, facts: &mut Facts) -> bool {
    if let Some(date) = text.date_line() {
        facts.published = facts.published.or(date.published);
        facts.modified = facts.modified.or(date.modified);
        return true;
    }
    if credit::is_staff_line(text) {
        return true;
    }
    let Some(credit) = credit::byline(text).or_else(|| text.credit_line().cloned()) else {
        return mixed_line(text, facts);
    };
    if let Some(date) = dates::first_date(text) {
        facts.published.get_or_insert(date);
    }
    facts.sign(credit.people);
    facts.credit(credit.agencies);
    true
}

/// A line such as "Jane Roe | 14 March 2032 | Politics": bars or dots between a date and short other things.
fn mixed_line(text: &str, facts: &mut Facts) -> bool {
    let parts: Vec<&str> =
        text.split(['|', '•', '·', '—', '–']).map(str::trim).filter(|part| !part.is_empty()).collect();
    if parts.len() < 2 || text.len() > 200 || !parts.iter().any(|part| dates::date_line(part).is_some()) {
        return false;
    }
    if parts.iter().any(|part| n_words(part) > 6) {
        return false;
    }
    for part in parts {
        if dates::date_line(part).is_some() || credit::byline(part).is_some() {
            head_line(&part.to_owned().into(), facts);
        } else if is_person_alone(part) {
            facts.sign(credit::names(part).people);
        }
    }
    true
}

/// Takes out credits, bylines, date lines and separators within and below the report.
fn credits(lines: &mut [Line], begin: usize, facts: &mut Facts) {
    // Names in brackets at the very end are a credit; elsewhere "(Laughter)" is part of the report.
    while let Some(last) = lines.iter().rposition(|line| line.what == What::Text).filter(|last| *last > begin)
        && let Some(credit) = credit::closing_line(lines[last].text)
    {
        facts.credit(credit.agencies);
        lines[last].what = What::Out;
    }
    let last = lines.iter().rposition(|line| line.what == What::Text);
    let mut begun = false;
    for (idx, line) in lines.iter_mut().enumerate().skip(begin) {
        if line.what != What::Text {
            continue;
        }
        if is_credit(line.text, facts) {
            line.what = What::Out;
            continue;
        }
        facts.credit(credit::dateline(line.text));
        if facts.published.is_none() && !begun {
            facts.published = dates::dateline(line.text);
        }
        begun = true;
        if Some(idx) == last {
            facts.credit(credit::closing(line.text));
        }
    }
}

/// Whether the line is a separator, a credit, a byline or a date, whose facts are then taken.
fn is_credit(text: &Passage, facts: &mut Facts) -> bool {
    if !text.chars().any(char::is_alphanumeric) {
        return !text.contains(['"', '“', '”']);
    }
    if let Some(credit) = text.credit_line() {
        facts.credit(credit.agencies.clone());
        if text.trim_start_matches(['(', '[']).starts_with("Report") {
            facts.sign(credit.people.clone());
        }
        return true;
    }
    text.chars().count() <= 120 && !text.ends_a_sentence() && head_fact(text, facts)
}

/// A byline, date or staff line that stands below the head.
fn head_fact(text: &Passage, facts: &mut Facts) -> bool {
    if let Some(date) = text.date_line() {
        // A year must be there, or a label: "10:20" alone may be the time of an entry.
        facts.published = facts.published.or(date.published);
        facts.modified = facts.modified.or(date.modified);
        return true;
    }
    if credit::is_staff_line(text) {
        return true;
    }
    match credit::byline(text) {
        Some(credit) => {
            facts.credit(credit.agencies);
            facts.sign(credit.people);
            true
        }
        None => false,
    }
}

/// Finds the titles of further reports: title-like lines set off from above by more blank lines than paragraphs are.
fn next_titles(lines: &mut [Line], begin: usize) {
    let kept: Vec<usize> =
        (begin..lines.len()).filter(|idx| matches!(lines[*idx].what, What::Text | What::Heading)).collect();
    let gap = |at: usize| {
        // Blank lines above a line that went count for the next one.
        let from = at.checked_sub(1).map_or(0, |before| kept[before] + 1);
        lines[from..=kept[at]].iter().map(|line| line.n_blank).max().unwrap_or(0)
    };
    let mut counts = std::collections::BTreeMap::new();
    for at in 1..kept.len() {
        *counts.entry(gap(at)).or_insert(0_usize) += 1;
    }
    let usual =
        counts.iter().max_by_key(|(gap, n)| (**n, std::cmp::Reverse(**gap))).map_or(0, |(gap, _)| *gap);
    // Entries of a live page: a time, then a title, more than once.
    let under_time = |idx: usize| idx > 0 && dates::is_time_line(lines[idx - 1].text);
    let titled = |idx: &&usize| under_time(**idx) && is_title_like(lines[**idx].text);
    let is_live = kept.iter().filter(titled).count() >= 2;
    let mut titles = Vec::new();
    for at in usize::from(!is_live)..kept.len().saturating_sub(1) {
        let text = &lines[kept[at]].text;
        let wide = gap(at) > usual.max(1);
        let n_words = n_words(text);
        let next_is_text = lines[kept[at + 1]].text.is_running_text() || gap(at + 1) <= usual.max(1);
        if is_live && under_time(kept[at]) && is_title_like(text) && !ends_a_sentence_but_asks(text) {
            titles.push(kept[at]);
            continue;
        }
        if wide && is_title_like(text) && n_words >= 5 && !ends_a_sentence_but_asks(text) && next_is_text {
            titles.push(kept[at]);
        }
    }
    // Reports have text of their own: two titles on end are a heading and a list, not two reports.
    let has_text = |from: usize, to: usize| {
        lines[from + 1..to].iter().any(|line| line.what == What::Text && line.text.is_running_text())
    };
    let keep: Vec<usize> = titles
        .iter()
        .enumerate()
        .filter(|(n, idx)| has_text(**idx, titles.get(n + 1).copied().unwrap_or(lines.len())))
        .map(|(_, idx)| *idx)
        .collect();
    for idx in keep {
        lines[idx].what = What::NextTitle;
    }
}

/// Ends with a full stop or an exclamation; a question may be a title.
fn ends_a_sentence_but_asks(text: &str) -> bool {
    ends_a_sentence(text) && !text.ends_with('?')
}

/// Marks headings: short title-like lines with running text below them.
fn headings(lines: &mut [Line], begin: usize) {
    let kept: Vec<usize> = (begin..lines.len()).filter(|idx| lines[*idx].what == What::Text).collect();
    for at in 0..kept.len() {
        let text = &lines[kept[at]].text;
        let short = n_words(text) <= 14 && text.chars().count() <= 110;
        let below = kept.get(at + 1).map(|idx| lines[*idx].text);
        let asks = text.ends_with('?') && n_words(text) <= 10;
        if short
            && is_title_like(text)
            && (!ends_a_sentence(text) || asks)
            && below.is_some_and(Passage::is_running_text)
        {
            lines[kept[at]].what = What::Heading;
        }
    }
}

/// Takes out lines that repeat the title, and short lines that come again and again.
fn repeated_titles(lines: &mut [Line], facts: &Facts) {
    let title = facts.title.as_deref().map(facts::key).filter(|key| !key.is_empty());
    let mut counts = std::collections::BTreeMap::new();
    for line in lines
        .iter()
        .filter(|line| line.what != What::Out && !line.text.ends_a_sentence() && line.text.len() < 200)
    {
        *counts.entry(line.text.key()).or_insert(0_usize) += 1;
    }
    for line in lines.iter_mut().filter(|line| !matches!(line.what, What::Out | What::Title)) {
        let key = line.text.key();
        let often = counts.get(key).is_some_and(|n| *n >= 3);
        if (often && !line.text.has_quotation()) || title.as_ref().is_some_and(|title| title == key) {
            line.what = What::Out;
        }
    }
}

/// The body: reports parted at the titles of further ones.
fn body(lines: &[Line], facts: &mut Facts) -> Body {
    let mut reports: Vec<Vec<(ParagraphKind, &str)>> = vec![Vec::new()];
    for line in lines {
        let kind = match line.what {
            What::Out | What::Title => continue,
            What::Text => ParagraphKind::Text,
            What::Heading => ParagraphKind::Heading,
            What::NextTitle => {
                if reports.last().is_some_and(|report| !report.is_empty()) {
                    reports.push(Vec::new());
                }
                ParagraphKind::Heading
            }
        };
        if let Some(report) = reports.last_mut() {
            report.push((kind, line.text));
        }
    }
    let tail = reports.last().and_then(|report| report.last()).map(|(_, text)| *text).unwrap_or_default();
    if tail.ends_with(['…']) || tail.ends_with("[...]") || tail.ends_with("...") {
        facts.is_cut |= !furniture::has_quotation(tail);
    }
    Body::from_reports(&reports)
}
