//! What lies under this number? Articles, quotes, placements and statements by their ids.

use crate::decisions::has_table;
use crate::error::{Error, Result};
use crate::rows::moment_if;
use crate::rows::{
    day_if, differs_from_json, given_from_json, marks_from_json, media_from_str, media_to_str,
    strings_from_json, word_of,
};
use crate::{ActorId, PageId, QuoteId, Record, load};
use onrecord_terms::{Article, Day, Differs, Given, Mark, Media, Moment, Note, Quote};
use rusqlite::OptionalExtension;

/// An article with its place in the record.
#[derive(Clone, Debug)]
pub struct StoredArticle {
    /// The page that it was made of.
    pub page: PageId,
    /// The version of the page.
    pub version: PageVersion,
    /// Whether this is the version that answers use.
    pub latest: bool,
    /// The article.
    pub article: Article,
    /// What was odd.
    pub notes: Vec<Note>,
    /// SHA-256 of its text, hexadecimal.
    pub text_sha256: String,
    /// The version of the stage that made the article.
    pub extract_stage: i64,
    /// The version of the stage that found the quotes.
    pub quote_stage: i64,
}

/// One version of a page: where it came from and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageVersion {
    /// Number of the version over the whole record.
    pub id: i64,
    /// From 1, in order of the moments that the pages tell; as they were read where one tells none.
    pub number: i64,
    /// Whether this is the version that answers use.
    pub latest: bool,
    /// The moment that the page itself tells: of its last change, else of its publication.
    pub moment: Option<Moment>,
    /// What makes it the same page when it is read again.
    pub key: String,
    /// The page's name among its inputs.
    pub name: String,
    /// Where the bytes came from, for people.
    pub origin: String,
    /// What the bytes are: `html`, `text`, `body`, `fragment`.
    pub media: &'static str,
    /// Facts that came from beside the page.
    pub given: Given,
    /// Length of the page in bytes.
    pub n_bytes: i64,
    /// SHA-256 of the bytes, hexadecimal.
    pub sha256: String,
    /// When these bytes were first read, ISO 8601 in UTC.
    pub first_read: String,
}

/// A quote with its number and where it is told.
#[derive(Clone, Debug)]
pub struct StoredQuote {
    /// Its number.
    pub id: QuoteId,
    /// The page of its article.
    pub page: PageId,
    /// Position among the article's quotes.
    pub idx: usize,
    /// The quote.
    pub quote: Quote,
    /// The statement that it renders; none in a version that is not the latest, or before links are made.
    pub statement: Option<QuoteId>,
    /// The actor of each speaker, in order.
    pub actors: Vec<Option<ActorId>>,
}

/// Where an article belongs; every group bears the lowest number of its pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredPlacement {
    /// The page.
    pub page: PageId,
    /// Position in the order of publication; pages without a date come last.
    pub position: i64,
    /// Its story.
    pub story: PageId,
    /// Its thread.
    pub thread: PageId,
    /// Its wire family.
    pub family: PageId,
    /// The earliest of the family, if it is not this one.
    pub copy_of: Option<PageId>,
    /// Why it is in its story.
    pub why: Vec<String>,
}

/// What became known about an article's story only after it had come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StoredLate {
    /// The page.
    pub page: PageId,
    /// The page in whose story it stood before; `None` where it opened a story that was merged with an earlier one.
    pub split_from: Option<PageId>,
}

/// A statement with its renderings in order.
#[derive(Clone, Debug)]
pub struct StoredStatement {
    /// The lowest number of its quotes.
    pub id: QuoteId,
    /// The day of the utterance, where a rendering tells it.
    pub said_on: Option<Day>,
    /// That day, else the day of the earliest report.
    pub day: Option<Day>,
    /// The story of its first rendering.
    pub story: Option<PageId>,
    /// Probability that all renderings tell the same statement.
    pub confidence: f32,
    /// How they differ.
    pub differs: Vec<Differs>,
    /// Its renderings.
    pub renderings: Vec<StoredRendering>,
}

/// One telling of a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredRendering {
    /// The quote.
    pub quote: QuoteId,
    /// The page of its article.
    pub page: PageId,
    /// Position among the article's quotes.
    pub idx: usize,
    /// False if another rendering holds a part that this one leaves out.
    pub complete: bool,
    /// Words that differ, still as stored; [`StoredRendering::marks()`] checks them against the text.
    marks: String,
}

impl StoredRendering {
    /// The words that differ, checked against the text that the quote stands in.
    pub fn marks(&self, text: &str) -> Result<Vec<Mark>> {
        marks_from_json(text, &self.marks)
            .map_err(|error| Error::broken(format!("rendering q{}: {error}", self.quote)))
    }
}

/// How much there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Counts {
    /// Pages, each once.
    pub pages: i64,
    /// Versions of pages.
    pub versions: i64,
    /// Quotes in the latest versions.
    pub quotes: i64,
    /// Stories.
    pub stories: i64,
    /// Statements.
    pub statements: i64,
    /// Statements told by more than one report.
    pub retold: i64,
    /// Speakers: who said at least one thing.
    pub actors: i64,
    /// Speakers with a proper name.
    pub named: i64,
    /// Pages that are not copies of one another.
    pub independent: i64,
    /// Outlets that are known.
    pub outlets: i64,
    /// First day of publication in the record.
    pub first: Option<Day>,
    /// Last one.
    pub last: Option<Day>,
}

/// The latest articles, read from the index `article_head` alone: the texts are not touched.
const HEADS: &str = "article a CROSS JOIN page g ON g.id = a.page AND g.latest = a.id";

/// One report of a story, without its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredHead {
    /// The page.
    pub page: PageId,
    /// The headline.
    pub title: Option<String>,
    /// The outlet.
    pub outlet: Option<String>,
    /// When it was published.
    pub published: Option<Moment>,
    /// Its thread.
    pub thread: PageId,
    /// Its wire family.
    pub family: PageId,
    /// The earliest of the family, if it is not this one.
    pub copy_of: Option<PageId>,
    /// Codes of what was odd about it.
    pub notes: Vec<String>,
}

impl Record {
    /// How much the record holds.
    pub fn counts(&self) -> Result<Counts> {
        let count = |sql: &str| self.conn.query_row(sql, [], |row| row.get::<_, i64>(0));
        let day = |which: &str| {
            let sql = format!("SELECT {which}(a.published) FROM {HEADS}");
            day_if(self.conn.query_row(&sql, [], |row| row.get(0))?)
        };
        Ok(Counts {
            pages: count("SELECT count(*) FROM page")?,
            versions: count("SELECT count(*) FROM page_version")?,
            quotes: count("SELECT count(*) FROM quote q JOIN page p ON p.latest = q.article")?,
            stories: count("SELECT count(DISTINCT story) FROM placement")?,
            statements: count("SELECT count(*) FROM statement")?,
            retold: count("SELECT count(*) FROM statement WHERE n_renderings > 1")?,
            actors: count("SELECT count(DISTINCT actor) FROM mention")?,
            named: count("SELECT count(*) FROM actor WHERE named AND id IN (SELECT actor FROM mention)")?,
            independent: count("SELECT count(DISTINCT family) FROM placement")?,
            outlets: count(&format!("SELECT count(DISTINCT a.outlet) FROM {HEADS}"))?,
            first: day("min")?,
            last: day("max")?,
        })
    }

    /// Every page, by number.
    pub fn pages(&self) -> Result<Vec<PageId>> {
        let mut rows = self.conn.prepare_cached("SELECT id FROM page ORDER BY id")?;
        let rows = rows.query_map([], |row| row.get(0))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The latest version of a page's article.
    pub fn article(&self, page: PageId) -> Result<Option<StoredArticle>> {
        let mut row = self.conn.prepare_cached("SELECT latest FROM page WHERE id = ?")?;
        match row.query_row([page], |row| row.get::<_, i64>(0)).optional()? {
            Some(version) => self.article_of_version(version),
            None => Ok(None),
        }
    }

    /// The article of one version of a page, by the version's number over the whole record.
    pub fn article_of_version(&self, version: i64) -> Result<Option<StoredArticle>> {
        let Some(article) = load::article(&self.conn, version)? else { return Ok(None) };
        let mut row = self.conn.prepare_cached(
            "SELECT a.page, p.latest = a.id, a.text_sha256, a.extract_stage, a.quote_stage
             FROM article a JOIN page p ON p.id = a.page WHERE a.id = ?",
        )?;
        let (page, latest, text_sha256, extract_stage, quote_stage) = row.query_row([version], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?))
        })?;
        let notes = load::notes(&self.conn, version)?;
        let version = self.versions(page)?.into_iter().find(|v| v.id == version);
        let version = version.ok_or_else(|| Error::broken(format!("a{page} without its version")))?;
        Ok(Some(StoredArticle {
            page,
            version,
            latest,
            article,
            notes,
            text_sha256,
            extract_stage,
            quote_stage,
        }))
    }

    /// All versions of a page, the oldest first: by the moments that the pages tell, else as they were read.
    pub fn versions(&self, page: PageId) -> Result<Vec<PageVersion>> {
        let mut rows = self.conn.prepare_cached(
            "SELECT v.id, v.version, p.key, v.name, v.origin, v.media, v.given, v.n_bytes, v.sha256, v.first_read,
                    coalesce(a.modified, a.published), p.latest = v.id
             FROM page_version v JOIN page p ON p.id = v.page LEFT JOIN article a ON a.id = v.id
             WHERE v.page = ? ORDER BY v.version",
        )?;
        let mut rows = rows.query([page])?;
        let mut versions = Vec::new();
        while let Some(row) = rows.next()? {
            let (media, given): (String, String) = (row.get(5)?, row.get(6)?);
            let media: Media = word_of("media", &media, media_from_str)?;
            versions.push(PageVersion {
                id: row.get(0)?,
                number: row.get(1)?,
                key: row.get(2)?,
                name: row.get(3)?,
                origin: row.get(4)?,
                media: media_to_str(media),
                given: given_from_json(&given)?,
                n_bytes: row.get(7)?,
                sha256: row.get(8)?,
                first_read: row.get(9)?,
                moment: moment_if(row.get(10)?)?,
                latest: row.get(11)?,
            });
        }
        if versions.iter().all(|version| version.moment.is_some()) {
            versions.sort_by_key(|version| (version.moment, version.number));
            for (idx, version) in versions.iter_mut().enumerate() {
                version.number = idx as i64 + 1;
            }
        }
        Ok(versions)
    }

    /// The quotes of an article, in order.
    pub fn quotes(&self, article: &StoredArticle) -> Result<Vec<StoredQuote>> {
        let mut statement = self.conn.prepare_cached("SELECT statement FROM rendering WHERE quote = ?")?;
        let mut mention = self.conn.prepare_cached("SELECT speaker, actor FROM mention WHERE quote = ?")?;
        let mut stored = Vec::new();
        let quotes = load::quotes(&self.conn, article.version.id, &article.article)?;
        for (idx, (id, quote)) in quotes.into_iter().enumerate() {
            let mut actors = vec![None; quote.voice.speakers.len()];
            let mut rows = mention.query([id])?;
            while let Some(row) = rows.next()? {
                let speaker: i64 = row.get(0)?;
                if let Some(actor) = actors.get_mut(speaker as usize) {
                    *actor = Some(row.get(1)?);
                }
            }
            let statement = statement.query_row([id], |row| row.get(0)).optional()?;
            stored.push(StoredQuote { id, page: article.page, idx, quote, statement, actors });
        }
        Ok(stored)
    }

    /// The version of a page that a quote was found in, by the version's number, and its position there.
    pub fn home_of_quote(&self, quote: QuoteId) -> Result<Option<(i64, usize)>> {
        Ok(load::home(&self.conn, quote)?.map(|(version, _, idx)| (version, idx)))
    }

    /// Where a page's article belongs; none before links are made.
    pub fn placement(&self, page: PageId) -> Result<Option<StoredPlacement>> {
        Ok(self.placements("page = ?", page)?.pop())
    }

    /// The articles of a story, in order of publication.
    pub fn story(&self, story: PageId) -> Result<Vec<StoredPlacement>> {
        self.placements("story = ?", story)
    }

    /// The articles of a story, in order of publication, without their texts.
    pub fn heads_of_story(&self, story: PageId) -> Result<Vec<StoredHead>> {
        let mut rows = self.conn.prepare_cached(
            "SELECT p.page, a.title, a.outlet, a.published, p.thread, p.family, p.copy_of,
                    (SELECT group_concat(n.code, ' ') FROM note n WHERE n.article = a.id)
             FROM placement p JOIN page g ON g.id = p.page JOIN article a ON a.id = g.latest
             WHERE p.story = ? ORDER BY p.position",
        )?;
        let mut rows = rows.query([story])?;
        let mut heads = Vec::new();
        while let Some(row) = rows.next()? {
            let notes: Option<String> = row.get(7)?;
            heads.push(StoredHead {
                page: row.get(0)?,
                title: row.get(1)?,
                outlet: row.get(2)?,
                published: moment_if(row.get(3)?)?,
                thread: row.get(4)?,
                family: row.get(5)?,
                copy_of: row.get(6)?,
                notes: notes.unwrap_or_default().split_whitespace().map(str::to_owned).collect(),
            });
        }
        Ok(heads)
    }

    /// The articles of a thread, in order of publication.
    pub fn thread(&self, thread: PageId) -> Result<Vec<StoredPlacement>> {
        self.placements("thread = ?", thread)
    }

    /// The articles of a wire family, in order of publication.
    pub fn family(&self, family: PageId) -> Result<Vec<StoredPlacement>> {
        self.placements("family = ?", family)
    }

    /// All stories with the number of their articles, the one with the latest article first, undated ones last.
    pub fn stories(&self) -> Result<Vec<(PageId, i64)>> {
        let mut rows = self.conn.prepare_cached(
            "SELECT p.story, count(*), max(a.published_unix) AS latest
             FROM article a CROSS JOIN page g ON g.id = a.page AND g.latest = a.id JOIN placement p ON p.page = g.id
             GROUP BY p.story ORDER BY latest IS NULL, latest DESC, p.story",
        )?;
        let rows = rows.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The statement that holds a quote, with its renderings.
    pub fn statement(&self, quote: QuoteId) -> Result<Option<StoredStatement>> {
        let mut row = self.conn.prepare_cached(
            "SELECT s.id, s.said_on, s.day, s.story, s.confidence, s.differs
             FROM rendering r JOIN statement s ON s.id = r.statement WHERE r.quote = ?",
        )?;
        let row = row
            .query_row([quote], |row| {
                let texts: (Option<String>, Option<String>, String) = (row.get(1)?, row.get(2)?, row.get(5)?);
                Ok((row.get::<_, i64>(0)?, texts, row.get(3)?, row.get::<_, f32>(4)?))
            })
            .optional()?;
        let Some((id, (said_on, day, differs), story, confidence)) = row else { return Ok(None) };
        let mut rows = self.conn.prepare_cached(
            "SELECT r.quote, a.page, q.idx, r.complete, r.marks
             FROM rendering r JOIN quote q ON q.id = r.quote JOIN article a ON a.id = q.article
             WHERE r.statement = ? ORDER BY r.idx",
        )?;
        let renderings = rows
            .query_map([id], |row| {
                Ok(StoredRendering {
                    quote: row.get(0)?,
                    page: row.get(1)?,
                    idx: row.get::<_, i64>(2)? as usize,
                    complete: row.get(3)?,
                    marks: row.get(4)?,
                })
            })?
            .collect::<rusqlite::Result<_>>()?;
        let (said_on, day, differs) = (day_if(said_on)?, day_if(day)?, differs_from_json(&differs)?);
        Ok(Some(StoredStatement { id, said_on, day, story, confidence, differs, renderings }))
    }

    /// Every statement with a rendering in one of a story's articles, in order of first appearance.
    pub fn statements_of_story(&self, story: PageId) -> Result<Vec<QuoteId>> {
        let mut rows = self.conn.prepare_cached(
            "SELECT r.statement FROM placement p
             JOIN page g ON g.id = p.page JOIN quote q ON q.article = g.latest JOIN rendering r ON r.quote = q.id
             WHERE p.story = ? GROUP BY r.statement ORDER BY min(p.position * 1000000 + q.idx)",
        )?;
        let rows = rows.query_map([story], |row| row.get(0))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// What became known late about the articles of a story, in order.
    pub fn late(&self, story: PageId) -> Result<Vec<StoredLate>> {
        if !has_table(&self.conn, "late")? {
            return Ok(Vec::new());
        }
        let mut rows = self.conn.prepare_cached(
            "SELECT l.page, l.split_from FROM late l JOIN placement p ON p.page = l.page
             WHERE p.story = ? ORDER BY p.position",
        )?;
        let rows =
            rows.query_map([story], |row| Ok(StoredLate { page: row.get(0)?, split_from: row.get(1)? }))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    fn placements(&self, condition: &str, number: i64) -> Result<Vec<StoredPlacement>> {
        let mut rows = self.conn.prepare_cached(&format!(
            "SELECT page, position, story, thread, family, copy_of, why FROM placement
             WHERE {condition} ORDER BY position"
        ))?;
        let mut rows = rows.query([number])?;
        let mut placements = Vec::new();
        while let Some(row) = rows.next()? {
            placements.push(StoredPlacement {
                page: row.get(0)?,
                position: row.get(1)?,
                story: row.get(2)?,
                thread: row.get(3)?,
                family: row.get(4)?,
                copy_of: row.get(5)?,
                why: strings_from_json(&row.get::<_, String>(6)?)?,
            });
        }
        Ok(placements)
    }
}
