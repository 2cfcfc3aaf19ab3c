//! Who reports? Outlets with their reports and quotes counted, with and without wire copy.

use crate::error::Result;
use crate::{PageId, Record};

/// One outlet, counted over the latest versions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredOutlet {
    /// Its name; none for the reports whose outlet is not known.
    pub outlet: Option<String>,
    /// Reports, and how many of them are no wire copy.
    pub reports: [i64; 2],
    /// Quotes, in all its reports and in those that are no wire copy; a long one in parts counts once.
    pub quotes: [i64; 2],
    /// Those wholly in quotation marks.
    pub direct: [i64; 2],
    /// Those partly in quotation marks.
    pub mixed: [i64; 2],
    /// First day of publication in the record.
    pub first: Option<String>,
    /// Last one.
    pub last: Option<String>,
}

/// One of an outlet's pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutletPage {
    /// The page.
    pub page: PageId,
    /// Whether it is wire copy.
    pub wire: bool,
}

/// Wire copy: copied from an earlier report, or sharing its copy with another outlet's report and crediting an agency.
const WIRE: &str = "(p.copy_of IS NOT NULL OR (a.agencies <> '[]' AND EXISTS (
    SELECT 1 FROM placement p2 JOIN page g2 ON g2.id = p2.page JOIN article a2 ON a2.id = g2.latest
    WHERE p2.family = p.family AND a2.outlet IS NOT a.outlet)))";

/// A part of a long quotation but its first: `Quote::goes_on_from`.
const GOES_ON: &str = "(q.cue <> '[]' AND EXISTS (
    SELECT 1 FROM quote b WHERE b.article = q.article AND b.idx = q.idx - 1
    AND b.place = q.place AND b.source = q.source AND b.cue = q.cue))";

impl Record {
    /// Every outlet, those with most reports first.
    pub fn outlets(&self) -> Result<Vec<StoredOutlet>> {
        let sql = format!(
            "WITH report AS (
               SELECT a.id, a.outlet, substr(a.published, 1, 10) AS day, coalesce({WIRE}, 0) AS wire
               FROM page g JOIN article a ON a.id = g.latest LEFT JOIN placement p ON p.page = g.id),
             told AS (
               SELECT r.id, count(q.id) AS n, sum(q.kind = 'direct') AS direct, sum(q.kind = 'mixed') AS mixed
               FROM report r JOIN quote q ON q.article = r.id WHERE NOT {GOES_ON} GROUP BY r.id)
             SELECT r.outlet, count(*), sum(NOT r.wire), total(t.n), total(t.n * NOT r.wire), total(t.direct),
                    total(t.direct * NOT r.wire), total(t.mixed), total(t.mixed * NOT r.wire), min(r.day), max(r.day)
             FROM report r LEFT JOIN told t ON t.id = r.id
             GROUP BY r.outlet ORDER BY r.outlet IS NULL, count(*) DESC, r.outlet"
        );
        let mut rows = self.conn.prepare_cached(&sql)?;
        let rows = rows.query_map([], |row| {
            let two = |at: usize| -> rusqlite::Result<[i64; 2]> {
                Ok([row.get::<_, f64>(at)? as i64, row.get::<_, f64>(at + 1)? as i64])
            };
            Ok(StoredOutlet {
                outlet: row.get(0)?,
                reports: [row.get(1)?, row.get(2)?],
                quotes: two(3)?,
                direct: two(5)?,
                mixed: two(7)?,
                first: row.get(9)?,
                last: row.get(10)?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The pages of an outlet, by number.
    pub fn pages_of_outlet(&self, outlet: &str) -> Result<Vec<OutletPage>> {
        let mut rows = self.conn.prepare_cached(&format!(
            "SELECT g.id, coalesce({WIRE}, 0) FROM page g JOIN article a ON a.id = g.latest
             LEFT JOIN placement p ON p.page = g.id WHERE a.outlet = ? ORDER BY g.id"
        ))?;
        let rows = rows.query_map([outlet], |row| Ok(OutletPage { page: row.get(0)?, wire: row.get(1)? }))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}
