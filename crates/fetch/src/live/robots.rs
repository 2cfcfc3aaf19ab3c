//! Here is a robots.txt: may this path be fetched? RFC 9309, with `Crawl-delay` beside it.
//!
//! Written here because the crates for it are stale and drag in old versions of others, match the agent's name only if
//! the line holds nothing beside it, and do not join groups that are apart.

/// The most bytes of a robots.txt that are read: RFC 9309, 2.5 asks for at least 500 kibibytes.
pub(crate) const MAX_BYTES: usize = 500 * 1024;

/// What a robots.txt says to one program.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Rules {
    rules: Vec<Rule>,
    /// Seconds between two requests that it asks for.
    pub(crate) delay_s: Option<f64>,
    /// What it says about uses (`Content-Signal`, `Content-Usage`), as told.
    pub(crate) signals: Vec<String>,
}

#[derive(Debug, PartialEq)]
struct Rule {
    allow: bool,
    pattern: String,
}

/// Reads what `bytes` say to the program of this name, in lower case.
pub(crate) fn read(bytes: &[u8], agent: &str) -> Rules {
    let bytes = &bytes[..bytes.len().min(MAX_BYTES)];
    let text = String::from_utf8_lossy(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes));
    // What is said to this program by name, and what is said to all.
    let (mut named, mut common) = (None::<Rules>, Rules::default());
    // For whom the group under way is, and whether its rules have begun.
    let (mut for_us, mut for_all, mut began) = (false, false, true);
    for line in text.split(['\r', '\n']) {
        let line = line.split('#').next().unwrap_or_default();
        let Some((key, value)) = line.split_once(':') else { continue };
        let (key, value) = (key.trim().to_ascii_lowercase(), value.trim());
        if key == "user-agent" {
            if began {
                (for_us, for_all, began) = (false, false, false);
            }
            let product = value.find(|c: char| !(c.is_ascii_alphabetic() || "-_".contains(c)));
            let product = &value[..product.unwrap_or(value.len())];
            for_us |= product.eq_ignore_ascii_case(agent);
            for_all |= value.starts_with('*');
            if for_us {
                named.get_or_insert_with(Rules::default);
            }
            continue;
        }
        let known =
            ["allow", "disallow", "crawl-delay", "content-signal", "content-usage"].contains(&key.as_str());
        if !known {
            // Sitemaps and lines of later standards stand between groups without ending one.
            continue;
        }
        began = true;
        let groups = [named.as_mut().filter(|_| for_us), Some(&mut common).filter(|_| for_all)];
        for group in groups.into_iter().flatten() {
            group.take(&key, value);
        }
    }
    named.unwrap_or(common)
}

impl Rules {
    fn take(&mut self, key: &str, value: &str) {
        match key {
            "crawl-delay" => {
                let delay = value.parse::<f64>().ok().filter(|delay| delay.is_finite() && *delay >= 0.0);
                self.delay_s = self.delay_s.or(delay);
            }
            "content-signal" | "content-usage" if !value.is_empty() && self.signals.len() < 10 => {
                self.signals.push(format!("{key}: {}", value.chars().take(200).collect::<String>()));
            }
            // An empty rule forbids and allows nothing.
            "allow" | "disallow" if !value.is_empty() => {
                self.rules.push(Rule { allow: key == "allow", pattern: normal(value) });
            }
            _ => {}
        }
    }

    /// Whether a path (with its query) may be fetched, and the rule that says so. The longest rule that fits counts;
    /// of two that are as long, the one that allows.
    pub(crate) fn judge(&self, path: &str) -> (bool, Option<&str>) {
        if path == "/robots.txt" {
            return (true, None);
        }
        let path = normal(path);
        let fitting = self.rules.iter().filter(|rule| matches(&rule.pattern, &path));
        match fitting.max_by_key(|rule| (rule.pattern.len(), rule.allow)) {
            Some(rule) => (rule.allow, Some(&rule.pattern)),
            None => (true, None),
        }
    }
}

/// Whether a pattern with `*` for anything and `$` for the end fits the head of a path. Linear: what stands between
/// two `*` is taken where it first fits.
pub(crate) fn matches(pattern: &str, path: &str) -> bool {
    let (pattern, to_end) = match pattern.strip_suffix('$') {
        Some(pattern) => (pattern, true),
        None => (pattern, false),
    };
    let mut parts = pattern.split('*');
    let Some(mut rest) = path.strip_prefix(parts.next().unwrap_or_default()) else { return false };
    let mut parts = parts.peekable();
    if parts.peek().is_none() {
        return !to_end || rest.is_empty();
    }
    while let Some(part) = parts.next() {
        if parts.peek().is_none() && to_end {
            return rest.ends_with(part);
        }
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    true
}

/// A path with its escapes in one form (RFC 9309, 2.2.2): what needs none has none, others are in upper case, and what
/// is not ASCII is escaped.
pub(crate) fn normal(path: &str) -> String {
    let bytes = path.as_bytes();
    let mut normal = String::with_capacity(path.len());
    let mut at = 0;
    while at < bytes.len() {
        let escaped = bytes.get(at + 1..at + 3).and_then(|two| std::str::from_utf8(two).ok());
        let escaped = escaped.filter(|two| two.bytes().all(|b| b.is_ascii_hexdigit()));
        let (byte, len) = match (bytes[at], escaped.and_then(|two| u8::from_str_radix(two, 16).ok())) {
            (b'%', Some(byte)) if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) => (Some(byte), 3),
            (b'%', Some(byte)) => {
                normal.push_str(&format!("%{byte:02X}"));
                (None, 3)
            }
            (byte, _) if byte.is_ascii_graphic() => (Some(byte), 1),
            (byte, _) => {
                normal.push_str(&format!("%{byte:02X}"));
                (None, 1)
            }
        };
        normal.extend(byte.map(char::from));
        at += len;
    }
    normal
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each path with whether it may be fetched.
    fn check(robots: &str, paths: &[(&str, bool)]) {
        let rules = read(robots.as_bytes(), "onrecord");
        for (path, allowed) in paths {
            assert_eq!(rules.judge(path).0, *allowed, "{path} under\n{robots}");
        }
    }

    #[test]
    fn the_longest_rule_counts_and_allow_wins_a_draw() {
        check(
            "user-agent: *\ndisallow: /a\nallow: /a/b\ndisallow: /a/b/c$\nallow: /same\ndisallow: /same",
            &[
                ("/", true),
                ("/a", false),
                ("/ab", false),
                ("/a/b", true),
                ("/a/b/c", false),
                ("/a/b/cd", true),
                ("/same", true),
            ],
        );
    }

    #[test]
    fn a_group_by_name_replaces_the_one_for_all_and_groups_of_one_name_are_joined() {
        check(
            "User-Agent: *\nDisallow: /\n\nUser-agent: other\nuser-agent: OnRecord/1.0 (x)\nDisallow: /one\n\n\
             User-agent: onrecord\nDisallow: /two",
            &[("/", true), ("/one", false), ("/two", false)],
        );
        check(
            "user-agent: onrecorder\ndisallow: /\nuser-agent: *\ndisallow: /x",
            &[("/y", true), ("/x", false)],
        );
        check("user-agent: onrecord\ndisallow:\nuser-agent: *\ndisallow: /", &[("/y", true)]);
        check("user-agent: *\nsitemap: https://a.example/s.xml\nuser-agent: b\ndisallow: /", &[("/", false)]);
    }

    #[test]
    fn stars_ends_escapes_and_line_ends() {
        check(
            "user-agent:*\rdisallow: /*.pdf$ # no papers\r\ndisallow: /q?*id=\ndisallow: /caf%c3%a9\ndisallow: /%7Etom",
            &[
                ("/a.pdf", false),
                ("/a.pdf?x", true),
                ("/a.pdf.pdf", false),
                ("/q?a=1&id=2", false),
                ("/café", false),
                ("/caf%C3%A9/x", false),
                ("/~tom", false),
                ("/robots.txt", true),
            ],
        );
        check("disallow: /\nallow: /x", &[("/", true)]);
    }

    #[test]
    fn garbage_and_too_much_say_nothing_more() {
        check("<html><body>Not found: here</body></html>\0\u{1}", &[("/", true)]);
        let huge = format!("user-agent: *\ndisallow: /a\n{}\ndisallow: /b", "#".repeat(MAX_BYTES));
        check(&huge, &[("/a", false), ("/b", true)]);
        let stars = format!("user-agent: *\ndisallow: /{}x", "*a".repeat(50_000));
        check(&stars, &[(&format!("/{}", "a".repeat(8_000)), true)]);
    }

    #[test]
    fn delays_and_signals_are_those_of_the_group() {
        let rules = read(
            b"user-agent: a\ncrawl-delay: 9\nuser-agent: *\ncrawl-delay: 2.5\ncontent-signal: ai-train=no",
            "onrecord",
        );
        assert_eq!((rules.delay_s, rules.signals.len()), (Some(2.5), 1));
        assert_eq!(read(b"user-agent: *\ncrawl-delay: inf", "onrecord").delay_s, None);
    }
}
