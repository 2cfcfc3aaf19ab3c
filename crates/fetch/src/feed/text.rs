//! Here is what an entry says: is it an article, or a summary that leads to one?

use super::xml;

/// From so many characters on, a text without a sign of being cut is taken for the article. Summaries of the 40 real
/// feeds that this was looked up in (`data/feeds`) end at about 500; the shortest articles in feeds have about 700.
const MIN_CHARS: usize = 600;

/// How a cut text ends, in lower case.
const CUT: &[&str] = &[
    "…",
    "...",
    "[…]",
    "[...]",
    "read more",
    "read more »",
    "continue reading",
    "read the full article",
    "full story",
    "click here",
    "weiterlesen",
    "lire la suite",
    "leer más",
    "leia mais",
    "continua a leggere",
    "lees verder",
    "читать далее",
];

/// The text as HTML with its paragraphs, if it is an article.
pub(super) fn article(html: &str) -> Option<String> {
    let words = plain(html);
    if words.chars().count() < MIN_CHARS || is_cut(&words) {
        return None;
    }
    Some(if html.contains('<') { html.to_owned() } else { paragraphs(html) })
}

fn is_cut(words: &str) -> bool {
    let tail: String = words.chars().rev().take(60).collect::<Vec<_>>().into_iter().rev().collect();
    let tail = tail.to_lowercase();
    let tail = tail.trim_end_matches([' ', '.', '»', '›', '>', ']', ')', '→']);
    let tail_marked = words.trim_end().trim_end_matches([']', ')']);
    CUT.iter().any(|cut| tail.ends_with(cut)) || tail_marked.ends_with('…') || tail_marked.ends_with("...")
}

/// Plain text as HTML: one paragraph a line.
fn paragraphs(text: &str) -> String {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(|line| format!("<p>{line}</p>\n"))
        .collect()
}

/// The words of HTML, white space joined. Good enough to count them and to read a title; articles are read by
/// `extract`.
pub(super) fn plain(html: &str) -> String {
    let mut words = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        words.push_str(&rest[..at]);
        let after = &rest[at + 1..];
        let is_tag = after.starts_with(|c: char| c.is_ascii_alphabetic() || "/!?".contains(c));
        match after.find('>').filter(|_| is_tag) {
            Some(end) => {
                words.push(' ');
                rest = &after[end + 1..];
            }
            None => {
                words.push('<');
                rest = after;
            }
        }
    }
    words.push_str(rest);
    // Escaped twice, as titles often are.
    let words = xml::unescape(&xml::unescape(&words));
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_an_article_unless_it_is_cut() {
        let long = "<p>The council met on the quay again.</p>".repeat(30);
        assert!(article(&long).is_some());
        assert!(article(&format!("{long}<p>And then […]</p>")).is_none());
        assert!(article(&format!("{long}<a href=x>Continue reading...</a>")).is_none());
        assert!(article("<p>Short.</p>").is_none());
        let text = article(&"Two lines.\nOf text. ".repeat(60)).unwrap();
        assert!(text.starts_with("<p>Two lines.</p>\n<p>Of text."), "{text}");
        assert_eq!(plain("a &amp;amp; <b>b</b> 1 < 2"), "a & b 1 < 2");
    }
}
