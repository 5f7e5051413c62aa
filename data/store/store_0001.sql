-- Reports as they were read, what they state, and the stories that they form.
-- docs/store.md describes all of it; the views at the end are for people with SQL.
CREATE TABLE story(
  nr INTEGER PRIMARY KEY,
  title TEXT NOT NULL DEFAULT '',      -- of its latest report
  first_at INTEGER,                    -- earliest and latest publication, Unix seconds
  last_at INTEGER NOT NULL DEFAULT 0,
  reports INTEGER NOT NULL DEFAULT 0,
  country TEXT, place TEXT,            -- where most of its events are said to be
  change INTEGER NOT NULL DEFAULT 0,   -- grows with every change in the store
  compared INTEGER NOT NULL DEFAULT 0, -- the change whose facts were compared last
  -- what comparing told; NULL before
  origins INTEGER, findings INTEGER, conflicts INTEGER, gap INTEGER,
  toll TEXT, toll_low INTEGER, toll_high INTEGER, -- measure and range, not superseded
  steps TEXT,                          -- JSON: [["2029-10-09",9,9],...], the toll by day
  merged_into INTEGER                  -- its reports went there: it has none any more
) STRICT;
CREATE INDEX story_last ON story(last_at DESC, nr DESC);
CREATE INDEX story_country ON story(country, last_at DESC, nr DESC);
CREATE INDEX story_change ON story(change);
CREATE INDEX story_stale ON story(last_at DESC) WHERE compared < change AND merged_into IS NULL;
CREATE INDEX story_conflict ON story(last_at DESC, nr DESC) WHERE conflicts > 0;

-- Never delete rows: the n-th report is the sorter's n-th.
CREATE TABLE report(
  nr INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,             -- of its bytes: a second add changes nothing
  story INTEGER REFERENCES story(nr) ON DELETE SET NULL,
  origin INTEGER,                      -- which of its story's origins, from 0; NULL before comparing
  input TEXT NOT NULL,
  url TEXT, outlet TEXT, domain TEXT, title TEXT, byline TEXT,
  published TEXT, published_from TEXT, -- ISO 8601 as the page gave it
  published_at INTEGER,                -- Unix seconds
  language TEXT, kind TEXT,
  added_at INTEGER NOT NULL,           -- Unix seconds
  text TEXT NOT NULL,                  -- clean article text; offsets count its code points
  reading BLOB NOT NULL                -- the rest of corrob.article/1, packed
) STRICT;
CREATE INDEX report_story ON report(story, published_at);
CREATE INDEX report_outlet ON report(outlet, published_at);

CREATE VIRTUAL TABLE report_text USING fts5(
  title, text, content='report', content_rowid='nr', tokenize='porter unicode61 remove_diacritics 2');
CREATE TRIGGER report_in AFTER INSERT ON report BEGIN
  INSERT INTO report_text(rowid, title, text) VALUES(new.nr, new.title, new.text);
END;
CREATE TRIGGER report_out AFTER DELETE ON report BEGIN
  INSERT INTO report_text(report_text, rowid, title, text) VALUES('delete', old.nr, old.title, old.text);
END;

-- Words that facts repeat ("killed", "Interior Ministry"); facts name them by nr.
CREATE TABLE word(nr INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT;

CREATE TABLE figure(
  report INTEGER NOT NULL REFERENCES report(nr) ON DELETE CASCADE, n INTEGER NOT NULL,
  start INTEGER NOT NULL, end INTEGER NOT NULL, low INTEGER, high INTEGER,
  background INTEGER,
  -- word.nr
  measure INTEGER NOT NULL, op INTEGER, class INTEGER, unit INTEGER, place INTEGER,
  as_of INTEGER, claimant INTEGER, modality INTEGER,
  PRIMARY KEY(report, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE event(
  report INTEGER NOT NULL REFERENCES report(nr) ON DELETE CASCADE, n INTEGER NOT NULL,
  start INTEGER NOT NULL, end INTEGER NOT NULL, lat REAL, lon REAL,
  -- word.nr
  type INTEGER NOT NULL, mode INTEGER, cameo INTEGER, actor INTEGER, recipient INTEGER,
  place INTEGER, country INTEGER, precision INTEGER, time INTEGER, claimant INTEGER,
  modality INTEGER,
  PRIMARY KEY(report, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE statement(
  report INTEGER NOT NULL REFERENCES report(nr) ON DELETE CASCADE, n INTEGER NOT NULL,
  start INTEGER NOT NULL, end INTEGER NOT NULL, form INTEGER, speaker INTEGER, -- word.nr
  PRIMARY KEY(report, n)
) STRICT, WITHOUT ROWID;

-- What comparing a story's reports gave; made anew when a story changes.
CREATE TABLE situation(
  story INTEGER PRIMARY KEY REFERENCES story(nr) ON DELETE CASCADE,
  change INTEGER NOT NULL,             -- story.change when it was made
  json BLOB NOT NULL,                  -- corrob.situation/1 without "reports", packed
  html BLOB NOT NULL                   -- the same as a page's <main>, packed
) STRICT;

-- Accounts that exclude each other: all sides of one question in one row.
CREATE TABLE conflict(
  story INTEGER NOT NULL REFERENCES story(nr) ON DELETE CASCADE, n INTEGER NOT NULL,
  kind TEXT NOT NULL,                  -- figure, event, statement
  about TEXT NOT NULL,                 -- "killed, people"
  low INTEGER, high INTEGER,           -- the least and the greatest number told
  gap INTEGER,                         -- between the sides that lie farthest apart
  since TEXT, until TEXT,              -- days of the first and the last word on it
  sides TEXT NOT NULL,                 -- JSON: [{"finding","summary","claimant","low","high"}]
  PRIMARY KEY(story, n)
) STRICT, WITHOUT ROWID;

-- Small things that parts of the program keep: the sorter's state, a feed's ETag.
CREATE TABLE memo(key TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;

CREATE VIEW reports AS SELECT nr, id, story, outlet, domain, title, published, url, language, text FROM report;
CREATE VIEW figures AS
  SELECT r.story, f.report, f.n, r.outlet, r.published, f.low, f.high, f.background, f.start, f.end,
    (SELECT text FROM word WHERE nr = f.measure) AS measure,
    (SELECT text FROM word WHERE nr = f.op) AS op,
    (SELECT text FROM word WHERE nr = f.class) AS class,
    (SELECT text FROM word WHERE nr = f.unit) AS unit,
    (SELECT text FROM word WHERE nr = f.place) AS place,
    (SELECT text FROM word WHERE nr = f.as_of) AS as_of,
    (SELECT text FROM word WHERE nr = f.claimant) AS claimant,
    (SELECT text FROM word WHERE nr = f.modality) AS modality,
    substr(r.text, f.start + 1, f.end - f.start) AS quote
  FROM figure f JOIN report r ON r.nr = f.report;
CREATE VIEW tolls AS
  SELECT * FROM figures WHERE measure IN ('killed','injured','missing','detained','abducted','displaced','casualties')
    AND modality = 'asserted' AND NOT background;
CREATE VIEW events AS
  SELECT r.story, e.report, e.n, r.outlet, r.published, e.lat, e.lon, e.start, e.end,
    (SELECT text FROM word WHERE nr = e.type) AS type,
    (SELECT text FROM word WHERE nr = e.mode) AS mode,
    (SELECT text FROM word WHERE nr = e.cameo) AS cameo,
    (SELECT text FROM word WHERE nr = e.actor) AS actor,
    (SELECT text FROM word WHERE nr = e.recipient) AS recipient,
    (SELECT text FROM word WHERE nr = e.place) AS place,
    (SELECT text FROM word WHERE nr = e.country) AS country,
    (SELECT text FROM word WHERE nr = e.precision) AS precision,
    (SELECT text FROM word WHERE nr = e.time) AS time,
    (SELECT text FROM word WHERE nr = e.claimant) AS claimant,
    (SELECT text FROM word WHERE nr = e.modality) AS modality,
    substr(r.text, e.start + 1, e.end - e.start) AS quote
  FROM event e JOIN report r ON r.nr = e.report;
CREATE VIEW statements AS
  SELECT r.story, s.report, s.n, r.outlet, r.published, s.start, s.end,
    (SELECT text FROM word WHERE nr = s.form) AS form,
    (SELECT text FROM word WHERE nr = s.speaker) AS speaker,
    substr(r.text, s.start + 1, s.end - s.start) AS quote
  FROM statement s JOIN report r ON r.nr = s.report;
CREATE VIEW stories AS
  SELECT nr, title, datetime(first_at, 'unixepoch') AS first, datetime(last_at, 'unixepoch') AS last,
    reports, origins, conflicts, toll, toll_low, toll_high, place, country, compared = change AS up_to_date FROM story WHERE merged_into IS NULL;
CREATE VIEW conflicts AS
  SELECT s.title, c.* FROM conflict c JOIN story s ON s.nr = c.story;
CREATE VIEW sources AS
  SELECT outlet, count(*) AS reports, count(published) AS dated, min(published) AS first, max(published) AS last,
    round(avg(length(text))) AS mean_length FROM report GROUP BY outlet;
