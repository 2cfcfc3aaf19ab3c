//! Articles that are like real ones and report none of their events: what a needle must not be lost in.
//!
//! Two kinds, half of the hay each. An *invented event* has a pool of sentences of six articles of six events, in which
//! half of the names became others (the same ones throughout the event) and one word in eight another word; it is
//! reported by one to twelve articles within two days, each with eight to fourteen sentences of the pool and one of two
//! headlines, changed a little: so the hay has stories of its own, and no article of it holds more than a few
//! sentences of a real one, none of them whole for long. A *neighbour* stands alone and is nearer: twelve sentences of
//! eight articles as they are, under a headline half of one's and half of another's. (With three sentences each of four
//! articles and two thirds of a headline, a neighbour reads as a poor report of that event, and belongs to it.)

use onrecord_infer::tokens;
use onrecord_terms::{Article, Body, Moment};
use std::collections::{BTreeMap, BTreeSet};

/// An even spread of a text over all numbers (FNV-1a with a last stir).
pub(crate) fn hash(text: &str) -> u64 {
    let mixed =
        text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |h, b| (h ^ u64::from(b)).wrapping_mul(0x100_0000_01b3));
    Chance(mixed).next()
}

/// Numbers that look like chance and are the same in every run (splitmix64).
pub(crate) struct Chance(pub(crate) u64);

impl Chance {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Below `n`.
    pub(crate) fn below(&mut self, n: usize) -> usize {
        (self.next() % n.max(1) as u64) as usize
    }

    /// True once in `n` times.
    fn once_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    fn pick<'v, T>(&mut self, list: &'v [T]) -> &'v T {
        &list[self.below(list.len())]
    }
}

/// What hay is made of.
struct Source {
    event: String,
    title: String,
    sentences: Vec<String>,
}

/// So many articles of hay, spread over `seconds` from `start` (seconds since 1970).
pub(crate) fn hay(real: &[(&Article, &str)], n: usize, start: i64, seconds: i64) -> Vec<Article> {
    let mut chance = Chance(1);
    let sources = sources(real);
    let (names, words) = words(&sources);
    let mut made = Vec::with_capacity(n);
    let mut n_neighbours = 0;
    while made.len() < n {
        let at = start + chance.below(seconds as usize) as i64;
        let before = made.len();
        if 2 * n_neighbours >= made.len() {
            let times = (1 + chance.below(12)).min(1 + chance.below(12)).min(n - made.len());
            invented(&sources, &names, &words, times, (at, start + seconds), &mut made, &mut chance);
        } else {
            neighbours(&sources, at, (start, seconds), n, &mut made, &mut chance);
            n_neighbours += made.len() - before;
        }
    }
    made
}

fn sources(real: &[(&Article, &str)]) -> Vec<Source> {
    let mut sources = Vec::new();
    for (article, event) in real {
        let sentences: Vec<String> = article
            .text()
            .split_inclusive(['.', '!', '?', '\n'])
            .map(|sentence| sentence.trim().to_owned())
            .filter(|sentence| sentence.len() > 30)
            .take(30)
            .collect();
        if sentences.len() > 2 {
            let title = match article.headline() {
                "" => sentences[0].chars().take(90).collect(),
                title => title.to_owned(),
            };
            sources.push(Source { event: (*event).to_owned(), title, sentences });
        }
    }
    sources
}

/// The names (capitals within a sentence) and the other words of all sources, each once.
fn words(sources: &[Source]) -> (Vec<String>, Vec<String>) {
    let (mut names, mut words) = (BTreeSet::new(), BTreeSet::new());
    for sentence in sources.iter().flat_map(|source| &source.sentences) {
        for token in tokens(sentence).skip(1).filter(|token| token.word.len() > 3) {
            match token.is_capital() {
                true => names.insert(token.word),
                false => words.insert(token.word),
            };
        }
    }
    let owned = |set: BTreeSet<&str>| set.into_iter().map(str::to_owned).collect();
    (owned(names), owned(words))
}

fn invented(
    sources: &[Source],
    names: &[String],
    words: &[String],
    times: usize,
    (at, end): (i64, i64),
    made: &mut Vec<Article>,
    chance: &mut Chance,
) {
    let mut parts: Vec<&Source> = Vec::new();
    while parts.len() < 6 {
        let part = chance.pick(sources);
        if parts.iter().all(|other| other.event != part.event) {
            parts.push(part);
        }
    }
    let mut others: BTreeMap<String, String> = BTreeMap::new();
    let mut pool: Vec<String> = Vec::new();
    for part in &parts {
        for _ in 0..4 {
            let sentence = chance.pick(&part.sentences);
            pool.push(changed(sentence, names, words, &mut others, chance));
        }
    }
    let titles = [0, 1].map(|idx| changed(&parts[idx].title, names, words, &mut others, chance));
    let first = made.len();
    for _ in 0..times {
        let n_sentences = 8 + chance.below(7);
        let body: Vec<&str> = (0..n_sentences).map(|_| chance.pick(&pool).as_str()).collect();
        let title = mixed(&titles[chance.below(2)], &titles[chance.below(2)], 5, chance);
        let when = (at + chance.below(2 * 86_400) as i64).min(end);
        let id = format!("hay-{}-{first}", made.len());
        made.push(article(&id, &title, &body.join(" "), when, chance.below(200)));
    }
}

/// Half of the names become others, the same ones throughout, and one other word in eight.
fn changed(
    sentence: &str,
    names: &[String],
    words: &[String],
    others: &mut BTreeMap<String, String>,
    chance: &mut Chance,
) -> String {
    let mut out = String::new();
    let mut end = 0;
    for token in tokens(sentence) {
        out.push_str(&sentence[end..token.start]);
        end = token.end();
        if token.is_capital() && token.word.len() > 3 {
            if !others.contains_key(token.word) {
                let other =
                    if chance.once_in(2) { chance.pick(names).clone() } else { token.word.to_owned() };
                others.insert(token.word.to_owned(), other);
            }
            out.push_str(&others[token.word]);
        } else if token.word.len() > 3 && chance.once_in(8) {
            out.push_str(chance.pick::<String>(words));
        } else {
            out.push_str(token.word);
        }
    }
    out.push_str(&sentence[end..]);
    out
}

/// A headline with one word in `n` from another.
fn mixed(title: &str, other: &str, n: usize, chance: &mut Chance) -> String {
    let others: Vec<&str> = other.split_whitespace().collect();
    let swap = |word| if !others.is_empty() && chance.once_in(n) { *chance.pick(&others) } else { word };
    let words: Vec<&str> = title.split_whitespace().map(swap).collect();
    words.join(" ")
}

/// As many neighbours as there are invented reports so far, at any time.
fn neighbours(
    sources: &[Source],
    first: i64,
    (start, seconds): (i64, i64),
    n: usize,
    made: &mut Vec<Article>,
    chance: &mut Chance,
) {
    let mut at = first;
    for _ in 0..4.min(n - made.len()) {
        let parts: Vec<&Source> = (0..8).map(|_| chance.pick(sources)).collect();
        let title = mixed(&parts[0].title, &parts[1].title, 2, chance);
        let mut body: Vec<&str> = Vec::new();
        for idx in 0..12 {
            body.push(chance.pick(&parts[idx % 8].sentences).as_str());
        }
        let id = format!("hay-{n}-{n}", n = made.len());
        made.push(article(&id, &title, &body.join(" "), at, chance.below(200)));
        at = start + chance.below(seconds as usize) as i64;
    }
}

fn article(id: &str, title: &str, text: &str, at: i64, outlet: usize) -> Article {
    let body = Body::new(text.to_owned(), vec![], vec![]).unwrap_or_default();
    let mut article = Article::new(id, body);
    article.title = Some(title.to_owned());
    article.outlet = Some(format!("Outlet {outlet}"));
    article.published = moment(at);
    article
}

/// A time as articles have it.
pub(crate) fn moment(at: i64) -> Option<Moment> {
    // Days of January 2025 and on: the streams are short.
    let (day, second) = (at.div_euclid(86_400), at.rem_euclid(86_400));
    let days = [31, 28, 31, 30, 31, 30, 31];
    let (mut month, mut left) = (0, day - DAY_ONE);
    while left >= days[month] && month + 1 < days.len() {
        left -= days[month];
        month += 1;
    }
    let (hour, minute) = (second / 3600, second / 60 % 60);
    Moment::parse(&format!("2025-{:02}-{:02}T{hour:02}:{minute:02}:{:02}Z", month + 1, left + 1, second % 60))
}

/// 1 January 2025 in days since 1970.
pub(crate) const DAY_ONE: i64 = 20_089;
