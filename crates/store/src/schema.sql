-- The record, format 1. Pages are ground: never changed. Everything below them is derived and can be made anew.
-- Offsets are UTF-8 bytes, half-open; lists of spans are JSON: [[start,end],…]. Days and moments are ISO 8601.

CREATE TABLE meta (key TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
-- changes: raised by every commit that adds a page. linked: the value of `changes` that the links were made for.
INSERT INTO meta VALUES ('changes', 0), ('linked', 0), ('link_stage', 0);

-- Ground ------------------------------------------------------------------------------------------------

CREATE TABLE page (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  key TEXT NOT NULL UNIQUE,
  latest INTEGER REFERENCES page_version (id) DEFERRABLE INITIALLY DEFERRED
);

CREATE TABLE page_version (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  page INTEGER NOT NULL REFERENCES page (id),
  version INTEGER NOT NULL,
  name TEXT NOT NULL,
  origin TEXT NOT NULL,
  place TEXT NOT NULL,
  media TEXT NOT NULL,
  given TEXT NOT NULL,
  bytes BLOB NOT NULL,
  n_bytes INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  first_read TEXT NOT NULL,
  UNIQUE (page, version)
);
CREATE INDEX page_version_place ON page_version (place, sha256);

-- Derived from one page ---------------------------------------------------------------------------------

CREATE TABLE article (
  id INTEGER PRIMARY KEY REFERENCES page_version (id),
  page INTEGER NOT NULL REFERENCES page (id),
  url TEXT,
  outlet TEXT,
  title TEXT,
  byline TEXT NOT NULL,
  published TEXT,
  published_unix INTEGER,
  modified TEXT,
  language TEXT,
  agencies TEXT NOT NULL,
  complete INTEGER NOT NULL,
  text TEXT NOT NULL,
  text_sha256 TEXT NOT NULL,
  paragraphs TEXT NOT NULL,
  items TEXT NOT NULL,
  n_quotes INTEGER NOT NULL,
  extract_stage INTEGER NOT NULL,
  quote_stage INTEGER NOT NULL
);
CREATE INDEX article_page ON article (page);
-- What overviews count, without the texts beside it.
CREATE INDEX article_head ON article (page, outlet, published, published_unix);

CREATE TABLE quote (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  article INTEGER NOT NULL REFERENCES article (id),
  idx INTEGER NOT NULL,
  place TEXT NOT NULL,
  kind TEXT NOT NULL,
  source TEXT NOT NULL,
  cue TEXT NOT NULL,
  content TEXT NOT NULL,
  sentence_start INTEGER NOT NULL,
  sentence_end INTEGER NOT NULL,
  digest TEXT NOT NULL,
  confidence REAL NOT NULL,
  voice_confidence REAL NOT NULL,
  runner_up TEXT,
  runner_up_confidence REAL,
  n_speakers INTEGER NOT NULL,
  mode TEXT,
  act TEXT,
  target TEXT,
  condition_start INTEGER,
  condition_end INTEGER,
  said_on TEXT,
  venue TEXT,
  UNIQUE (article, idx)
);
CREATE INDEX quote_runner_up ON quote (runner_up) WHERE runner_up IS NOT NULL;

CREATE TABLE speaker (
  quote INTEGER NOT NULL REFERENCES quote (id),
  idx INTEGER NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  named INTEGER NOT NULL,
  role TEXT,
  speaks_for TEXT,
  PRIMARY KEY (quote, idx)
) WITHOUT ROWID;

CREATE TABLE note (
  article INTEGER NOT NULL REFERENCES article (id),
  stage TEXT NOT NULL,
  idx INTEGER NOT NULL,
  code TEXT NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (article, stage, idx)
) WITHOUT ROWID;

-- Latest versions only. Porter stems, so that a topic is found in its inflected forms too.
CREATE VIRTUAL TABLE article_words USING fts5 (
  title, text, content = 'article', content_rowid = 'id', tokenize = 'porter unicode61 remove_diacritics 2'
);
CREATE VIRTUAL TABLE quote_words USING fts5 (
  words, target, sentence, frame, context, content = '', contentless_delete = 1,
  tokenize = 'porter unicode61 remove_diacritics 2'
);

-- Derived from all latest versions together ---------------------------------------------------------------

CREATE TABLE placement (
  page INTEGER PRIMARY KEY REFERENCES page (id),
  position INTEGER NOT NULL,
  story INTEGER NOT NULL REFERENCES page (id),
  thread INTEGER NOT NULL REFERENCES page (id),
  family INTEGER NOT NULL REFERENCES page (id),
  copy_of INTEGER REFERENCES page (id),
  why TEXT NOT NULL
);
CREATE INDEX placement_story ON placement (story);
CREATE INDEX placement_thread ON placement (thread);
CREATE INDEX placement_family ON placement (family);

CREATE TABLE actor (
  id INTEGER PRIMARY KEY,
  slug TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  named INTEGER NOT NULL,
  speaks_for INTEGER REFERENCES actor (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX actor_speaks_for ON actor (speaks_for) WHERE speaks_for IS NOT NULL;

CREATE TABLE actor_name (
  actor INTEGER NOT NULL REFERENCES actor (id),
  idx INTEGER NOT NULL,
  name TEXT NOT NULL,
  slug TEXT NOT NULL,
  PRIMARY KEY (actor, idx)
) WITHOUT ROWID;
CREATE INDEX actor_name_slug ON actor_name (slug);

CREATE TABLE role (
  actor INTEGER NOT NULL REFERENCES actor (id),
  idx INTEGER NOT NULL,
  title TEXT NOT NULL,
  first_day TEXT,
  last_day TEXT,
  PRIMARY KEY (actor, idx)
) WITHOUT ROWID;

CREATE TABLE mention (
  quote INTEGER NOT NULL REFERENCES quote (id),
  speaker INTEGER NOT NULL,
  actor INTEGER NOT NULL REFERENCES actor (id),
  PRIMARY KEY (quote, speaker)
) WITHOUT ROWID;
CREATE INDEX mention_actor ON mention (actor);

-- A statement is named by the lowest id of its quotes.
CREATE TABLE statement (
  id INTEGER PRIMARY KEY REFERENCES quote (id),
  said_on TEXT,
  day TEXT,
  story INTEGER REFERENCES page (id),
  confidence REAL NOT NULL,
  differs TEXT NOT NULL,
  n_renderings INTEGER NOT NULL
);
CREATE INDEX statement_day ON statement (day);
CREATE INDEX statement_story ON statement (story);

CREATE TABLE rendering (
  statement INTEGER NOT NULL REFERENCES statement (id),
  idx INTEGER NOT NULL,
  quote INTEGER NOT NULL UNIQUE REFERENCES quote (id),
  complete INTEGER NOT NULL,
  marks TEXT NOT NULL,
  PRIMARY KEY (statement, idx)
) WITHOUT ROWID;
