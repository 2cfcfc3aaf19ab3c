//! Which two quotes may tell one statement? Candidates through an inverted index, and what is measured of a pair.

use super::telling::{Telling, Tellings};
use onrecord_terms::{Act, Kind};
use std::collections::{BTreeMap, HashMap};

/// Rarest terms of a quote by which it is looked up.
const TERMS: usize = 30;
/// Quotes looked at under one term, nearest first: what keeps the time linear.
const NEIGHBOURS: usize = 120;
/// Candidates kept for a quote.
const CANDIDATES: usize = 40;
/// Quotes of the same speaker and story that are candidates whatever their words, on either side: a paraphrase may share none.
const SAME_SPEAKER: usize = 15;
/// Reports of one statement lie at most this many days apart.
const DAYS_APART: i32 = 21;

/// What is measured of a pair of quotes, by name; the model file has a weight for each.
pub const TELLING_FEATURES: &[&str] = &[
    "overlap",
    "overlap_local",
    "contained",
    "contained_local",
    "shared",
    "sentence",
    "around",
    "best",
    "best_both",
    "run",
    "run_part",
    "quoted",
    "quoted_both",
    "same_speaker",
    "same_behind",
    "colleagues",
    "other_speaker",
    "unlike_speaker",
    "other_within",
    "strangers",
    "relayed",
    "kin_speaker",
    "speaker_near",
    "numbers",
    "numbers_differ",
    "negation",
    "direct_both",
    "indirect_both",
    "length",
    "length_ratio",
    "same_article",
    "within_overlap",
    "within_run",
    "adjacent",
    "title",
    "same_story",
    "days",
    "act",
    "voice",
    "bigrams",
    "plain",
    "plain_none",
    "opposed",
    "asked",
    "bare",
    "bare_both",
    "meagre",
    "next",
    "sure_other",
    "cue_same",
    "cue_two",
    "title_short",
    "company",
];

/// Two quotes, by positions among the tellings, with what was measured of them.
#[derive(Clone, Debug)]
pub struct TellingPair {
    /// The earlier position.
    pub a: usize,
    /// The later position.
    pub b: usize,
    /// In the order of [`TELLING_FEATURES`].
    pub values: Vec<f32>,
    /// Whether the one, the other holds several sentences, so that it may cover several statements that others tell apart.
    pub long: [bool; 2],
}

/// Sentences of a quote that may cover several statements.
const LONG: usize = 3;

/// Every pair in which one is among the other's candidates, ordered. For fitting.
pub(crate) fn pairs(tellings: &Tellings) -> Vec<TellingPair> {
    let mut all = Vec::new();
    each(tellings, |pair| all.push(pair));
    all
}

/// Gives every pair in which one is among the other's candidates, in order, one at a time: a quote has dozens, and what is
/// measured of them would fill the memory.
pub(crate) fn each(tellings: &Tellings, mut give: impl FnMut(TellingPair)) {
    let mut keys: Vec<(u32, u32)> = Vec::new();
    for (a, list) in candidates(tellings).into_iter().enumerate() {
        keys.extend(list.into_iter().map(|b| (a.min(b) as u32, a.max(b) as u32)));
    }
    keys.sort_unstable();
    keys.dedup();
    let found: Vec<Overlap> = keys.iter().map(|(a, b)| overlap(tellings, *a as usize, *b as usize)).collect();
    // The best match of each quote in each other article: one statement is seldom told by two others there.
    let mut best: HashMap<(u32, usize), f32> = HashMap::new();
    for ((a, b), overlap) in keys.iter().zip(&found) {
        for (from, to) in [(a, b), (b, a)] {
            let slot = best.entry((*from, tellings.each[*to as usize].article)).or_default();
            *slot = slot.max(overlap.local);
        }
    }
    let company = Company::of(tellings, &keys, &found);
    for ((a, b), overlap) in keys.iter().zip(&found) {
        let of = |from: u32, to: u32| {
            let best = best[&(from, tellings.each[to as usize].article)];
            if best > 0.0 { overlap.local / best } else { 0.0 }
        };
        let (forth, back) = (of(*a, *b), of(*b, *a));
        let (a, b) = (*a as usize, *b as usize);
        let company = company.beside(tellings, (a, b), overlap);
        give(TellingPair {
            a,
            b,
            values: values(&tellings.each[a], &tellings.each[b], overlap, [forth, back], company),
            long: [a, b].map(|idx| tellings.each[idx].sentences.len() >= LONG),
        });
    }
}

/// How many pairs of two articles surely tell one statement of one speaker: where two reports of one occasion retell it,
/// what else they tell of that speaker is likelier the same.
#[derive(Default)]
struct Company {
    /// Of two articles.
    all: HashMap<(usize, usize), u32>,
    /// Of one quote with another article.
    of_one: HashMap<(usize, usize), u32>,
}

impl Company {
    fn of(tellings: &Tellings, keys: &[(u32, u32)], found: &[Overlap]) -> Company {
        let mut company = Company::default();
        for ((a, b), overlap) in keys.iter().zip(found) {
            let (a, b) = (*a as usize, *b as usize);
            if Company::counts(tellings, (a, b), overlap) {
                let (in_a, in_b) = (tellings.each[a].article, tellings.each[b].article);
                *company.all.entry((in_a, in_b)).or_default() += 1;
                *company.of_one.entry((a, in_b)).or_default() += 1;
                *company.of_one.entry((b, in_a)).or_default() += 1;
            }
        }
        company
    }

    /// Whether the two say the same in the name of the same.
    fn counts(tellings: &Tellings, (a, b): (usize, usize), overlap: &Overlap) -> bool {
        let (x, y) = (&tellings.each[a], &tellings.each[b]);
        let texts = x.article != y.article && !x.in_title && !y.in_title;
        texts && overlap.local >= SURELY && !x.behind.is_disjoint(&y.behind)
    }

    /// The pairs of the same two articles without either quote of this one.
    fn beside(&self, tellings: &Tellings, (a, b): (usize, usize), overlap: &Overlap) -> u32 {
        let (in_a, in_b) = (tellings.each[a].article, tellings.each[b].article);
        let get = |map: &HashMap<(usize, usize), u32>, key| map.get(&key).copied().unwrap_or(0);
        let own = u32::from(Company::counts(tellings, (a, b), overlap));
        let with_one = get(&self.of_one, (a, in_b)) + get(&self.of_one, (b, in_a)) - own;
        get(&self.all, (in_a, in_b)).saturating_sub(with_one)
    }
}

/// Overlap from which two quotes count as company of others. A choice.
const SURELY: f32 = 0.3;

/// Shared terms of two quotes by weight.
#[derive(Clone, Copy, Debug, Default)]
struct Overlap {
    /// Weight shared over weight of both together, 0.0 to 1.0; by rarity in news.
    all: f32,
    /// The same by rarity among the thread's quotes.
    local: f32,
    /// Weight shared over weight of the lighter, 0.0 to 1.0.
    contained: f32,
    contained_local: f32,
    /// Weight shared.
    shared: f32,
    /// The best of any sentence of the one with any of the other, as `local`.
    sentence: f32,
    /// The most of one's words and speaker, by rarity in news, that two sentences of the other hold.
    retold: f32,
    /// What surrounds the two, by rarity in news.
    around: f32,
    /// Words in small letters, shared over both together.
    plain: f32,
}

fn overlap(tellings: &Tellings, a: usize, b: usize) -> Overlap {
    let (x, y) = (&tellings.each[a], &tellings.each[b]);
    let global = |term: &u32| tellings.idf[*term as usize];
    let local = |term: &u32| {
        let weight = |thread: usize| tellings.local.get(&(thread, *term)).copied().unwrap_or(0.0);
        weight(x.thread).max(weight(y.thread))
    };
    let measure = |weight: &dyn Fn(&u32) -> f32| {
        let sum = |terms: &[u32]| terms.iter().map(weight).sum::<f32>();
        let shared: f32 = shared(&x.terms, &y.terms).map(weight).sum();
        (shared, sum(&x.terms), sum(&y.terms))
    };
    let part = |shared: f32, of: f32| if of > 0.0 { shared / of } else { 0.0 };
    let (s, wx, wy) = measure(&global);
    let (sl, lx, ly) = measure(&local);
    Overlap {
        all: part(s, wx + wy - s),
        local: part(sl, lx + ly - sl),
        contained: part(s, wx.min(wy)),
        contained_local: part(sl, lx.min(ly)),
        shared: sl,
        sentence: best_sentence(x, y, &local),
        retold: retold(x, y, &global).max(retold(y, x, &global)),
        plain: {
            let sum = |terms: &[u32]| terms.iter().map(local).sum::<f32>();
            let shared: f32 = shared(&x.plain, &y.plain).map(local).sum();
            part(shared, sum(&x.plain).min(sum(&y.plain)))
        },
        around: {
            let sum = |terms: &[u32]| terms.iter().map(global).sum::<f32>();
            let shared: f32 = shared(&x.around, &y.around).map(global).sum();
            part(shared, sum(&x.around) + sum(&y.around) - shared)
        },
    }
}

/// The highest overlap of a sentence of the one with a sentence of the other: a long quotation holds several
/// statements that others tell apart.
fn best_sentence(x: &Telling, y: &Telling, weight: &dyn Fn(&u32) -> f32) -> f32 {
    const SENTENCES_READ: usize = 12;
    let sum = |terms: &[u32]| terms.iter().map(weight).sum::<f32>();
    let mut best = 0.0f32;
    for a in x.sentences.iter().take(SENTENCES_READ) {
        for b in y.sentences.iter().take(SENTENCES_READ) {
            let shared: f32 = shared(a, b).map(weight).sum();
            if shared > 0.0 {
                best = best.max(shared / (sum(a) + sum(b) - shared));
            }
        }
    }
    best
}

/// The part of one's content and speaker that lies in two neighbouring sentences of the other's quotation, 0.0 to 1.0:
/// the spokesman says that the president has said so.
fn retold(short: &Telling, long: &Telling, weight: &dyn Fn(&u32) -> f32) -> f32 {
    const SENTENCES_READ: usize = 12;
    let sum = |terms: &mut dyn Iterator<Item = &u32>| terms.map(weight).sum::<f32>();
    let all = sum(&mut short.terms.iter().chain(&short.name_terms));
    let mut sentences =
        long.sentences.iter().chain((!long.goes_on.is_empty()).then_some(&long.goes_on)).peekable();
    let windows =
        std::iter::from_fn(|| sentences.next().map(|first| [Some(first), sentences.peek().copied()]));
    let held = windows.take(SENTENCES_READ).map(|window| {
        let held = |term: &&u32| window.iter().flatten().any(|sentence| sentence.binary_search(term).is_ok());
        if !short.people || short.name_terms.iter().any(|term| !held(&term)) {
            return 0.0; // the speaker is not named there
        }
        sum(&mut short.terms.iter().chain(&short.name_terms).filter(held))
    });
    let held = held.fold(0.0, f32::max);
    if all > 0.0 { held / all } else { 0.0 }
}

/// Terms of both; both ascending.
pub(crate) fn shared<'a>(a: &'a [u32], b: &'a [u32]) -> impl Iterator<Item = &'a u32> {
    a.iter().filter(|term| b.binary_search(term).is_ok())
}

fn values(a: &Telling, b: &Telling, overlap: &Overlap, best: [f32; 2], company: u32) -> Vec<f32> {
    let flag = |yes: bool| f32::from(u8::from(yes));
    let run = longest_run(&a.words, &b.words);
    let shorter = a.n_words.min(b.n_words).max(1) as f32;
    let longer = a.n_words.max(b.n_words).max(1) as f32;
    let quoted = |x: &Telling, y: &Telling| {
        let n = shared(&x.quoted, &y.terms).count() as f32;
        if x.quoted.is_empty() { 0.0 } else { n / x.quoted.len() as f32 }
    };
    let quoted_both = {
        let n = shared(&a.quoted, &b.quoted).count() as f32;
        let of = a.quoted.len().min(b.quoted.len());
        if of == 0 { 0.0 } else { n / of as f32 }
    };
    let same_speaker = a.speakers.intersection(&b.speakers).next().is_some();
    let same_behind = a.behind.intersection(&b.behind).next().is_some();
    let known = !a.speakers.is_empty() && !b.speakers.is_empty();
    let kin = shared(&a.speaker_terms, &b.speaker_terms).next().is_some();
    let near = |x: &Telling, y: &Telling| {
        let around =
            |term: &&u32| y.around.binary_search(term).is_ok() || y.terms.binary_search(term).is_ok();
        let n = x.speaker_terms.iter().filter(around).count() as f32;
        if x.speaker_terms.is_empty() { 0.0 } else { n / x.speaker_terms.len() as f32 }
    };
    let named_near = |x: &Telling, y: &Telling| {
        x.name_terms
            .iter()
            .any(|term| y.around.binary_search(term).is_ok() || y.terms.binary_search(term).is_ok())
    };
    let strangers = known && !same_speaker && a.people && b.people && !named_near(a, b) && !named_near(b, a);
    let numbers = a.numbers.intersection(&b.numbers).count() as f32;
    let same_article = a.article == b.article;
    let days = match (a.said_on.or(a.day), b.said_on.or(b.day)) {
        (Some(a), Some(b)) => (a - b).abs() as f32,
        _ => 0.0,
    };
    vec![
        overlap.all,
        overlap.local,
        overlap.contained,
        overlap.contained_local,
        (1.0 + overlap.shared).ln(),
        overlap.sentence,
        overlap.around,
        best[0].max(best[1]),
        best[0].min(best[1]),
        (1.0 + run as f32).ln(),
        run as f32 / shorter,
        quoted(a, b).max(quoted(b, a)),
        quoted_both,
        flag(same_speaker),
        flag(same_behind && !same_speaker && !(a.people && b.people)),
        flag(same_behind && !same_speaker && a.people && b.people),
        flag(known && !same_behind && a.named && b.named),
        flag(known && !same_behind && !(a.named && b.named)),
        flag(known && !same_behind && same_article),
        flag(strangers && quoted_both == 0.0),
        if same_behind && !same_speaker { overlap.retold } else { 0.0 },
        flag(known && !same_speaker && kin),
        if same_speaker { 0.0 } else { near(a, b) + near(b, a) },
        (1.0 + numbers).ln(),
        flag(numbers == 0.0 && !a.numbers.is_empty() && !b.numbers.is_empty()),
        flag(a.negated != b.negated),
        flag(a.kind == Kind::Direct && b.kind == Kind::Direct),
        flag(a.kind == Kind::Indirect && b.kind == Kind::Indirect),
        shorter.ln(),
        (longer / shorter).ln(),
        flag(same_article),
        flag(same_article) * overlap.local,
        flag(same_article) * (1.0 + run as f32).ln(),
        flag(same_article && a.in_title == b.in_title && a.quote.abs_diff(b.quote) <= 1),
        flag(a.in_title || b.in_title),
        flag(a.story == b.story),
        (1.0 + days).ln(),
        flag(a.act.is_some() && a.act == b.act),
        if same_speaker { a.voice.min(b.voice) } else { 0.0 },
        {
            let n = a.bigrams.iter().filter(|pair| b.bigrams.binary_search(pair).is_ok()).count() as f32;
            let of = a.bigrams.len().min(b.bigrams.len());
            if of == 0 { 0.0 } else { n / of as f32 }
        },
        overlap.plain,
        flag(shared(&a.plain, &b.plain).next().is_none()),
        flag(opposed(a, b)),
        flag(a.asks != b.asks),
        flag((a.terms.len() <= BARE) != (b.terms.len() <= BARE)),
        flag(a.terms.len() <= BARE && b.terms.len() <= BARE),
        flag(a.terms != b.terms && (meagre(a) || meagre(b))),
        flag(same_article && a.quote.abs_diff(b.quote) <= 1 && overlap.all < ALIKE && run < RUN_ALIKE),
        flag(
            a.sure
                && b.sure
                && !same_behind
                && !kin
                && overlap.local < SAME_WORDS
                && !named_near(a, b)
                && !named_near(b, a),
        ),
        flag(a.cue == b.cue && charged(a)),
        flag(a.cue != b.cue && charged(a) && charged(b)),
        flag(a.in_title || b.in_title) * shorter.ln(),
        if same_behind { (1.0 + company as f32).ln() } else { 0.0 },
    ]
}

/// Whether the reporting verb says more than that it was said.
fn charged(telling: &Telling) -> bool {
    telling.cue.is_some_and(|class| class != "say")
}

/// A quote of at most this many terms says hardly more than what it is about.
const BARE: usize = 3;

/// Overlap and run of words below which neighbouring quotes of an article say different things. Set by hand.
const ALIKE: f32 = 0.35;
const RUN_ALIKE: usize = 4;

/// Overlap from which the words say more than the names of the speakers. Set by hand.
const SAME_WORDS: f32 = 0.5;

/// Whether a paraphrase names a thing and says nothing about it: "the visit", "their remarks".
fn meagre(telling: &Telling) -> bool {
    telling.terms.len() <= 2 && telling.quoted.is_empty()
}

/// Whether the acts are of opposite sense: the one approves or offers what the other turns down.
fn opposed(a: &Telling, b: &Telling) -> bool {
    let sense = |telling: &Telling| match telling.act {
        Some(Act::Support | Act::Promise) => 1,
        Some(Act::Reject | Act::Accuse | Act::Deny) => -1,
        _ => 0,
    };
    sense(a) * sense(b) < 0
}

/// The longest run of words that both have.
fn longest_run(a: &[u32], b: &[u32]) -> usize {
    const WORDS_READ: usize = 120; // a longer quotation is told apart by then
    let (a, b) = (&a[..a.len().min(WORDS_READ)], &b[..b.len().min(WORDS_READ)]);
    let mut before = vec![0usize; b.len() + 1];
    let mut longest = 0;
    for x in a {
        let mut row = vec![0usize; b.len() + 1];
        for (idx, y) in b.iter().enumerate() {
            if x == y {
                row[idx + 1] = before[idx] + 1;
                longest = longest.max(row[idx + 1]);
            }
        }
        before = row;
    }
    longest
}

/// For each telling the others of its thread that share its rarest terms, best first.
fn candidates(tellings: &Tellings) -> Vec<Vec<usize>> {
    let weight =
        |telling: &Telling, term: u32| tellings.local.get(&(telling.thread, term)).copied().unwrap_or(0.0);
    let mut postings: HashMap<(usize, u32), Vec<usize>> = HashMap::new();
    for (idx, telling) in tellings.each.iter().enumerate() {
        for term in &telling.terms {
            postings.entry((telling.thread, *term)).or_default().push(idx);
        }
    }
    let mut spoken: HashMap<(usize, usize), Vec<usize>> = HashMap::new();
    for (idx, telling) in tellings.each.iter().enumerate() {
        telling.speakers.iter().for_each(|who| spoken.entry((telling.story, *who)).or_default().push(idx));
    }
    let near = |a: &Telling, b: &Telling| match (a.said_on.or(a.day), b.said_on.or(b.day)) {
        (Some(a), Some(b)) => (a - b).abs() <= DAYS_APART,
        _ => true,
    };
    let mut all = Vec::with_capacity(tellings.each.len());
    for (idx, telling) in tellings.each.iter().enumerate() {
        let mut terms = telling.terms.clone();
        terms.sort_by(|x, y| weight(telling, *y).total_cmp(&weight(telling, *x)).then(x.cmp(y)));
        terms.truncate(TERMS);
        let mut scores: BTreeMap<usize, f32> = BTreeMap::new();
        for term in terms {
            let posting = &postings[&(telling.thread, term)];
            let here = posting.partition_point(|other| *other < idx);
            let around = here.saturating_sub(NEIGHBOURS)..posting.len().min(here + NEIGHBOURS);
            for other in posting[around].iter().filter(|other| **other != idx) {
                *scores.entry(*other).or_default() += weight(telling, term);
            }
        }
        let mut list: Vec<(usize, f32)> =
            scores.into_iter().filter(|(other, _)| near(telling, &tellings.each[*other])).collect();
        list.retain(|(other, _)| !telling.entangled(&tellings.each[*other]));
        list.sort_by(|x, y| y.1.total_cmp(&x.1).then(x.0.cmp(&y.0)));
        list.truncate(CANDIDATES);
        let mut list: Vec<usize> = list.into_iter().map(|(other, _)| other).collect();
        for who in &telling.speakers {
            let spoken = &spoken[&(telling.story, *who)];
            let here = spoken.partition_point(|other| *other < idx);
            let around = here.saturating_sub(SAME_SPEAKER)..spoken.len().min(here + SAME_SPEAKER + 1);
            let others = spoken[around].iter().copied().filter(|other| *other != idx);
            let free = |other: &usize| {
                near(telling, &tellings.each[*other]) && !telling.entangled(&tellings.each[*other])
            };
            list.extend(others.filter(free));
        }
        all.push(list);
    }
    all
}
