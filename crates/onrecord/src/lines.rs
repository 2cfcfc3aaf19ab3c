//! The stage formats: how articles, quotes, stories and statements look as JSON lines.
//!
//! Outside, offsets are Unicode code points; inside, bytes. This file and nothing else knows both forms of a stage's line.

use anyhow::Context as _;
use onrecord_link::Quoted;
use onrecord_terms::{
    Act, Article, Body, CodePoints, Day, Kind, Lang, Mode, Moment, Note, Paragraph, ParagraphKind, Place,
    Placement, Quote, RunnerUp, Span, Speaker, SpeakerKind, Statement,
};
use serde_json::{Value, json};

/// A line of `stage article`.
pub(crate) fn article(article: &Article, notes: &[Note]) -> Value {
    let points = CodePoints::new(article.text());
    let spans = |spans: &mut dyn Iterator<Item = Span>| -> Value {
        spans.map(|s| json!(points.from_bytes(s))).collect()
    };
    let headings =
        &mut article.body.paragraphs().iter().filter(|p| p.kind == ParagraphKind::Heading).map(|p| p.span);
    json!({
        "id": article.id,
        "url": article.url,
        "outlet": article.outlet,
        "title": article.title,
        "byline": article.byline,
        "date": article.published.map(|m| m.to_string()),
        "modified": article.modified.map(|m| m.to_string()),
        "language": article.language.as_ref().map(Lang::as_str),
        "text": article.text(),
        "paragraphs": spans(&mut article.body.paragraphs().iter().map(|p| p.span)),
        "headings": spans(headings),
        "agencies": article.agencies,
        "items": spans(&mut article.body.items().iter().copied()),
        "complete": article.complete,
        "notes": notes.iter().map(note).collect::<Value>(),
    })
}

/// A line of `stage quotes`.
pub(crate) fn quotes(article: &Article, quotes: &[Quote], notes: &[Note]) -> Value {
    let points = [CodePoints::new(article.text()), CodePoints::new(article.headline())];
    json!({
        "id": article.id,
        "quotes": quotes.iter().enumerate().map(|(idx, q)| quote(article, idx, q, &points)).collect::<Value>(),
        "notes": notes.iter().map(note).collect::<Value>(),
    })
}

fn quote(article: &Article, idx: usize, quote: &Quote, points: &[CodePoints; 2]) -> Value {
    let points = match quote.place() {
        Place::Text => &points[0],
        Place::Title => &points[1],
    };
    let spans = |spans: &[Span]| -> Value { spans.iter().map(|s| json!(points.from_bytes(*s))).collect() };
    let speaker = |s: &Speaker| {
        let mut one =
            json!({"name": s.name, "type": s.kind.as_str(), "named": s.named, "role": s.role, "of": s.of});
        if let Some(nameless) = onrecord_quote::nameless(s) {
            one["number"] = json!(nameless.number);
            one["rank"] = json!(nameless.rank);
            one["organisation"] = json!(nameless.organisation);
        }
        one
    };
    let sense = &quote.sense;
    let beside = &sense.beside;
    let second = quote.voice.runner_up.as_ref();
    json!({
        "id": format!("q{}", idx + 1),
        "in": quote.place().as_str(),
        "kind": quote.kind().as_str(),
        "source": spans(quote.source()),
        "cue": spans(quote.cue()),
        "content": spans(quote.content()),
        "sentence": points.from_bytes(quote.sentence()),
        "speaker": quote.voice.speakers.iter().map(speaker).collect::<Value>(),
        "mode": sense.mode.map(Mode::as_str),
        "act": sense.act.map(Act::as_str),
        "target": sense.target,
        "condition": sense.condition.map(|span| span.slice(quote.place().text(article))),
        "said_on": sense.said_on.map(|day| day.to_string()),
        "venue": sense.venue,
        "said": beside.said.as_ref().map(|said| json!({
            "on": said.on.map(|day| day.to_string()), "precision": said.precision.as_str(), "words": said.words,
        })),
        "addressee": beside.addressee,
        "medium": beside.medium,
        "first_hand": beside.hops.is_empty(),
        "hops": beside.hops.iter().map(|hop| json!({"through": hop.through, "how": hop.how.as_str()})).collect::<Value>(),
        "confidence": round(quote.confidence),
        "speaker_confidence": round(quote.voice.confidence),
        "runner_up": second.map(|second| json!({"name": second.name, "confidence": round(second.confidence)})),
    })
}

/// A line of `stage stories`; `name` gives the id of the article at a position.
pub(crate) fn placement<'a>(
    article: &Article,
    placement: &Placement,
    name: impl Fn(usize) -> Option<&'a str>,
) -> Value {
    json!({
        "id": article.id,
        "story": name(placement.story),
        "thread": name(placement.thread),
        "family": name(placement.family),
        "copy_of": placement.copy_of.and_then(&name),
        "why": placement.why,
    })
}

/// A line of `stage statements`.
pub(crate) fn statement(articles: &[Quoted], statement: &Statement) -> Value {
    let first = statement.renderings.first();
    let rendering = |r: &onrecord_terms::Rendering| {
        let (article, quotes) = &articles[r.article];
        let quote = &quotes[r.quote];
        let points = CodePoints::new(quote.place().text(article));
        let spans =
            |spans: &[Span]| -> Value { spans.iter().map(|s| json!(points.from_bytes(*s))).collect() };
        json!({
            "article": article.id,
            "quote": format!("q{}", r.quote + 1),
            "kind": quote.kind().as_str(),
            "content": spans(quote.content()),
            "cue": spans(quote.cue()),
            "in": quote.place().as_str(),
            "complete": r.complete,
            "marks": r.marks.iter().map(|m| json!({"span": points.from_bytes(m.span), "differs": m.differs.as_str()})).collect::<Value>(),
        })
    };
    let quotes = statement.renderings.iter().map(|r| &articles[r.article].1[r.quote]);
    let mut speakers: Vec<&str> = Vec::new();
    for speaker in quotes.clone().flat_map(|q| &q.voice.speakers) {
        if !speakers.contains(&speaker.name.as_str()) {
            speakers.push(&speaker.name);
        }
    }
    json!({
        "statement": first.map(|r| format!("{}#q{}", articles[r.article].0.id, r.quote + 1)),
        "speaker": speakers,
        "said_on": quotes.filter_map(|q| q.sense.said_on).min().map(|day| day.to_string()),
        "confidence": round(statement.confidence),
        "renderings": statement.renderings.iter().map(rendering).collect::<Value>(),
        "differs": statement.differs.iter().map(|d| d.as_str()).collect::<Value>(),
    })
}

fn note(note: &Note) -> Value {
    json!({"code": note.code, "text": note.text})
}

/// Two decimals are what a confidence bears.
fn round(confidence: f32) -> f64 {
    (f64::from(confidence) * 100.0).round() / 100.0
}

/// Reads a line of articles: `id` or `doc_id`, `outlet` or `publisher`, and the quotes if the line brings any.
pub(crate) fn read_article(line: &str) -> anyhow::Result<(Article, Option<Vec<Quote>>)> {
    let line: Value = serde_json::from_str(line)?;
    let string = |keys: &[&str]| keys.iter().find_map(|key| line.get(*key)?.as_str()).map(str::to_owned);
    let id = string(&["id", "doc_id"]).context("a line without `id`")?;
    let read = || -> anyhow::Result<_> {
        let text = string(&["text"]).context("no `text`")?;
        let points = CodePoints::new(&text);
        let items = spans(&points, &line["items"]).context("`items`")?;
        let headings = spans(&points, &line["headings"]).context("`headings`")?;
        let kind = |span| if headings.contains(&span) { ParagraphKind::Heading } else { ParagraphKind::Text };
        let paragraphs = spans(&points, &line["paragraphs"]).context("`paragraphs`")?;
        let paragraphs = paragraphs.into_iter().map(|span| Paragraph { span, kind: kind(span) }).collect();
        let mut article = Article::new(id.clone(), Body::new(text.clone(), paragraphs, items)?);
        article.url = string(&["url"]);
        article.outlet = string(&["outlet", "publisher"]);
        article.title = string(&["title"]);
        article.byline = strings(if line["byline"].is_null() { &line["author"] } else { &line["byline"] });
        article.published = string(&["date"]).and_then(|date| Moment::parse(&date));
        article.modified = string(&["modified"]).and_then(|date| Moment::parse(&date));
        article.language = string(&["language"]).and_then(|tag| Lang::parse(&tag));
        article.agencies = strings(&line["agencies"]);
        article.complete = line["complete"].as_bool().unwrap_or(true);
        let quotes = match line.get("quotes").and_then(Value::as_array) {
            Some(quotes) => Some(
                quotes
                    .iter()
                    .map(|q| read_quote(&article, q))
                    .collect::<anyhow::Result<_>>()
                    .context("`quotes`")?,
            ),
            None => None,
        };
        Ok((article, quotes))
    };
    read().with_context(|| id.clone())
}

fn read_quote(article: &Article, value: &Value) -> anyhow::Result<Quote> {
    let string = |key: &str| value.get(key).and_then(Value::as_str);
    let place =
        string("in").map_or(Some(Place::Text), Place::parse).context("`in` is neither text nor title")?;
    let points = CodePoints::new(place.text(article));
    let kind = string("kind").and_then(Kind::parse).context("`kind` is not direct, mixed or indirect")?;
    let part = |key: &str| spans(&points, &value[key]).with_context(|| format!("`{key}`"));
    let mut quote = Quote::new(article, place, kind, part("source")?, part("cue")?, part("content")?)?;
    if let Some(sentence) = span(&points, &value["sentence"]) {
        quote = quote.in_sentence(article, sentence?);
    }
    let confidence = |key: &str| value[key].as_f64().map_or(1.0, |c| c.clamp(0.0, 1.0) as f32);
    quote.confidence = confidence("confidence");
    quote.voice.confidence = confidence("speaker_confidence");
    quote.voice.speakers =
        value["speaker"].as_array().into_iter().flatten().filter_map(read_speaker).collect();
    let runner_up = &value["runner_up"];
    quote.voice.runner_up = runner_up["name"].as_str().map(|name| RunnerUp {
        name: name.to_owned(),
        confidence: runner_up["confidence"].as_f64().unwrap_or(0.0) as f32,
    });
    let near = quote.content()[0].start();
    let sense = &mut quote.sense;
    sense.mode = string("mode").and_then(Mode::parse);
    sense.act = string("act").and_then(Act::parse);
    sense.target = string("target").map(str::to_owned);
    sense.said_on = string("said_on").and_then(Day::parse);
    sense.venue = string("venue").map(str::to_owned);
    let text = place.text(article);
    sense.condition = string("condition").and_then(|words| {
        let at = text
            .get(near..)
            .and_then(|rest| rest.find(words))
            .map(|at| near + at)
            .or_else(|| text.find(words))?;
        Span::new(text, at, at + words.len()).ok()
    });
    Ok(quote)
}

fn read_speaker(value: &Value) -> Option<Speaker> {
    let string = |key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
    let kind = string("type").and_then(|word| SpeakerKind::parse(&word)).unwrap_or(SpeakerKind::Person);
    let named =
        value["named"].as_bool().unwrap_or(!matches!(kind, SpeakerKind::Unnamed | SpeakerKind::Group));
    Some(Speaker { name: string("name")?, kind, named, role: string("role"), of: string("of") })
}

fn strings(value: &Value) -> Vec<String> {
    match value {
        Value::String(one) => vec![one.clone()],
        Value::Array(many) => many.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        _ => Vec::new(),
    }
}

/// A list of `[start, end)` pairs; absent or null is an empty list.
fn spans(points: &CodePoints, value: &Value) -> anyhow::Result<Vec<Span>> {
    value
        .as_array()
        .into_iter()
        .flatten()
        .map(|pair| span(points, pair).context("not a pair of numbers")?)
        .collect()
}

/// One `[start, end)` pair, if `value` is one.
fn span(points: &CodePoints, value: &Value) -> Option<anyhow::Result<Span>> {
    match value.as_array()?.as_slice() {
        [start, end] => {
            let (start, end) = (start.as_u64()? as usize, end.as_u64()? as usize);
            Some(points.to_bytes(start, end).map_err(anyhow::Error::from))
        }
        _ => None,
    }
}
