//! How does an answer look as flat rows? Columns picked out of a view, for tables and CSV.

use super::screen::clean;
use serde::Serialize;
use serde_json::Value;
use std::io::Write;

/// A column: its head, and the keys that lead to its value in the view, parted by dots.
///
/// Where a key leads to a list, the values of all its entries are joined by "; ".
pub(crate) type Column = (&'static str, &'static str);

/// Columns of a statement.
pub(crate) const STATEMENT: &[Column] = &[
    ("date", "date"),
    ("date_is", "date_is"),
    ("who", "speakers.name"),
    ("sure", "doubt.confidence"),
    ("likeliest", "doubt.likeliest"),
    ("runner_up", "doubt.runner_up"),
    ("credited_to", "credits.speakers.name"),
    ("act", "act"),
    ("target", "target"),
    ("cue", "cue"),
    ("words", "words"),
    ("condition", "condition"),
    ("condition_in", "condition_in"),
    ("venue", "venue"),
    ("said_words", "said_words"),
    ("addressee", "addressee"),
    ("medium", "medium"),
    ("first_hand", "first_hand"),
    ("through", "hops.through"),
    ("kind", "kind"),
    ("caveats", "caveats.code"),
    ("same", "confidence"),
    ("reports", "reports"),
    ("independent", "independent"),
    ("outlets", "outlets"),
    ("differs", "differs"),
    ("id", "id"),
    ("story", "story"),
];

/// Columns of a story.
pub(crate) const STORY: &[Column] = &[
    ("id", "id"),
    ("first", "first"),
    ("last", "last"),
    ("title", "title"),
    ("title_by", "title_by"),
    ("reports", "reports"),
    ("independent", "independent"),
    ("statements", "statements"),
    ("outlets", "outlets"),
];

/// Columns of a point of a position.
pub(crate) const POINT: &[Column] = &[
    ("date", "date"),
    ("date_is", "date_is"),
    ("who", "speakers.name"),
    ("role", "speakers.role"),
    ("act", "act"),
    ("target", "target"),
    ("condition", "condition"),
    ("condition_in", "condition_in"),
    ("cue", "cue"),
    ("words", "words"),
    ("caveats", "caveats.code"),
    ("topic_in", "topic_in"),
    ("differs_from", "differs_from.statement"),
    ("reports", "reports"),
    ("independent", "independent"),
    ("outlets", "outlets"),
    ("id", "id"),
];

/// Columns of a rendering.
pub(crate) const RENDERING: &[Column] = &[
    ("quote", "quote"),
    ("outlet", "article.outlet"),
    ("published", "article.published"),
    ("url", "article.url"),
    ("kind", "kind"),
    ("caveats", "caveats.code"),
    ("cue", "cue"),
    ("words", "words"),
    ("who", "speakers.name"),
    ("sure", "doubt.confidence"),
    ("likeliest", "doubt.likeliest"),
    ("runner_up", "doubt.runner_up"),
    ("complete", "complete"),
    ("differs", "differs"),
    ("article", "article.id"),
];

/// Columns of an outlet.
pub(crate) const OUTLET: &[Column] = &[
    ("outlet", "outlet"),
    ("reports", "reports.all"),
    ("reports_without_wire", "reports.own"),
    ("quotes", "quotes.all"),
    ("quotes_without_wire", "quotes.own"),
    ("direct", "direct.all"),
    ("direct_without_wire", "direct.own"),
    ("mixed", "mixed.all"),
    ("mixed_without_wire", "mixed.own"),
    ("indirect", "indirect.all"),
    ("indirect_without_wire", "indirect.own"),
    ("first", "first"),
    ("last", "last"),
];

/// Columns of a verb of an outlet.
pub(crate) const VERB: &[Column] = &[
    ("verb", "verb"),
    ("forms", "forms"),
    ("quotes", "quotes.all"),
    ("quotes_without_wire", "quotes.own"),
    ("example", "example"),
];

/// Columns of a hit of a search.
pub(crate) const HIT: &[Column] = &[
    ("what", "what"),
    ("id", "id"),
    ("date", "date"),
    ("outlet", "outlet"),
    ("who", "who"),
    ("passage", "passage"),
];

/// The heads of columns.
pub(crate) fn heads(columns: &[Column]) -> Vec<String> {
    columns.iter().map(|(head, _)| (*head).to_owned()).collect()
}

/// The values of one row.
pub(crate) fn cells(row: &Value, columns: &[Column]) -> Vec<String> {
    columns.iter().map(|(_, keys)| value(row, keys)).collect()
}

fn value(row: &Value, keys: &str) -> String {
    if let Value::Array(many) = row {
        let values: Vec<String> = many.iter().map(|one| value(one, keys)).filter(|v| !v.is_empty()).collect();
        return values.join("; ");
    }
    if keys.is_empty() {
        return match row {
            Value::Null => String::new(),
            Value::String(words) => words.clone(),
            other => other.to_string(),
        };
    }
    let (key, rest) = keys.split_once('.').unwrap_or((keys, ""));
    row.get(key).map(|inner| value(inner, rest)).unwrap_or_default()
}

/// Rows as comma-separated values (RFC 4180), with a head line. `for_terminal`: without what could steer it.
pub(crate) fn csv<T: Serialize>(
    out: &mut impl Write,
    rows: &[T],
    columns: &[Column],
    for_terminal: bool,
) -> anyhow::Result<()> {
    csv_line(out, &heads(columns))?;
    for row in rows {
        let mut cells = cells(&serde_json::to_value(row)?, columns);
        if for_terminal {
            cells.iter_mut().for_each(|cell| *cell = clean(cell));
        }
        csv_line(out, &cells)?;
    }
    Ok(())
}

/// One line of comma-separated values.
pub(crate) fn csv_line(out: &mut impl Write, cells: &[String]) -> std::io::Result<()> {
    for (idx, cell) in cells.iter().enumerate() {
        if idx > 0 {
            out.write_all(b",")?;
        }
        match cell.contains(['"', ',', '\n', '\r']) {
            true => write!(out, "\"{}\"", cell.replace('"', "\"\""))?,
            false => out.write_all(cell.as_bytes())?,
        }
    }
    out.write_all(b"\r\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn columns_reach_into_lists_and_objects() {
        let row = json!({"speakers": [{"name": "Ana"}, {"name": "Bo, \"B\""}], "doubt": {"confidence": 0.5}});
        let columns: &[Column] = &[("who", "speakers.name"), ("sure", "doubt.confidence"), ("none", "a.b")];
        assert_eq!(cells(&row, columns), ["Ana; Bo, \"B\"", "0.5", ""]);
        let mut out = Vec::new();
        csv(&mut out, &[row], columns, false).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "who,sure,none\r\n\"Ana; Bo, \"\"B\"\"\",0.5,\r\n");
    }
}
