-- Readings in packs, the sorter's numbers apart from ours, versions, rulings of users.

-- The readings of report nr .. nr + n - 1, without their texts, packed together: what
-- reports have in common is kept once.  A report's pack is the one with the greatest nr
-- that is not greater than its own.
CREATE TABLE pack(nr INTEGER PRIMARY KEY, readings BLOB NOT NULL) STRICT;
INSERT INTO pack SELECT nr, reading FROM report;
ALTER TABLE report DROP COLUMN reading;

-- One article, as far as its address tells: a hash of it.  article: the first report of
-- the same article where this is a later version; NULL where it is none.
ALTER TABLE report ADD COLUMN address INTEGER;
ALTER TABLE report ADD COLUMN article INTEGER REFERENCES report(nr);
CREATE INDEX report_address ON report(address) WHERE address IS NOT NULL;
CREATE INDEX report_article ON report(article) WHERE article IS NOT NULL;

-- The order in which the sorter took the reports, from 0, and which story its groups are.
CREATE TABLE turn(n INTEGER PRIMARY KEY, report INTEGER NOT NULL REFERENCES report(nr)) STRICT;
INSERT INTO turn SELECT nr - 1, nr FROM report;
CREATE TABLE seat(gang INTEGER PRIMARY KEY, story INTEGER NOT NULL REFERENCES story(nr)) STRICT;
INSERT INTO seat SELECT nr - 1, nr FROM story;
CREATE INDEX seat_story ON seat(story);

-- What users ruled against the sorter: never changed, never deleted, undone by another
-- row.  scope: 'story' or 'origin'.  reports: JSON, the ids that it speaks of; before and
-- after: JSON, the ids of each story or origin that it touched, [["id","id"],["id"]].
CREATE TABLE ruling(
  nr INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,                 -- Unix seconds
  who TEXT NOT NULL,
  scope TEXT NOT NULL CHECK(scope IN ('story', 'origin')),
  what TEXT NOT NULL CHECK(what IN ('split', 'join', 'undo')),
  undoes INTEGER UNIQUE REFERENCES ruling(nr),
  reports TEXT NOT NULL, before TEXT NOT NULL, after TEXT NOT NULL,
  rule TEXT NOT NULL                   -- version of the program whose sorting it corrects
) STRICT;
CREATE TRIGGER ruling_stays BEFORE UPDATE ON ruling BEGIN SELECT RAISE(ABORT, 'rulings are never changed'); END;
CREATE TRIGGER ruling_kept BEFORE DELETE ON ruling BEGIN SELECT RAISE(ABORT, 'rulings are never deleted'); END;

-- What holds of them now: reports of one label are one story (or origin), of two labels
-- two.  label: twice the nr of the ruling, and 1 for what a split left behind.
CREATE TABLE pin(
  scope TEXT NOT NULL, report INTEGER NOT NULL REFERENCES report(nr), label INTEGER NOT NULL,
  PRIMARY KEY(scope, report)
) STRICT, WITHOUT ROWID;
CREATE VIEW versions AS
  SELECT coalesce(r.article, r.nr) AS article, r.nr, r.id, r.published, r.outlet, r.title, r.url, r.story
  FROM report r WHERE r.article IS NOT NULL OR EXISTS (SELECT 1 FROM report v WHERE v.article = r.nr);
CREATE VIEW rulings AS
  SELECT d.nr, datetime(d.at, 'unixepoch') AS at, d.who, d.scope, d.what, d.undoes, d.reports, d.before, d.after, d.rule,
    EXISTS (SELECT 1 FROM ruling u WHERE u.undoes = d.nr) AS undone FROM ruling d;
