-- What people decided on facts: a log that only grows.  A fact is known by its report, its
-- kind and its span; the decision that holds is the last one that was not taken back.
CREATE TABLE review(
  nr INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,                 -- Unix seconds
  who TEXT NOT NULL,
  report TEXT NOT NULL REFERENCES report(id),
  kind TEXT NOT NULL CHECK(kind IN ('figure','event','statement')),
  start INTEGER NOT NULL, end INTEGER NOT NULL, -- code points
  decision TEXT NOT NULL CHECK(decision IN ('accept','reject','edit','undo')),
  undoes INTEGER REFERENCES review(nr), -- of an undo
  machine TEXT NOT NULL,               -- JSON: the fact as the program read it
  change TEXT,                         -- JSON: the members that an edit sets
  rule TEXT NOT NULL                   -- what read it: "corrob 0.1.0", "… verbs.tsv:412"
) STRICT;
CREATE INDEX review_fact ON review(report, kind, start, end);
CREATE INDEX review_undo ON review(undoes) WHERE undoes IS NOT NULL;
CREATE TRIGGER review_kept BEFORE DELETE ON review BEGIN
  SELECT RAISE(ABORT, 'the log of reviews only grows');
END;
CREATE TRIGGER review_fixed BEFORE UPDATE ON review BEGIN
  SELECT RAISE(ABORT, 'the log of reviews only grows');
END;

-- The decisions that hold.
CREATE VIEW decisions AS
  SELECT v.*, r.story FROM review v JOIN report r ON r.id = v.report
  WHERE v.decision <> 'undo' AND NOT EXISTS (SELECT 1 FROM review u WHERE u.undoes = v.nr)
    AND NOT EXISTS (SELECT 1 FROM review l WHERE l.report = v.report AND l.kind = v.kind
      AND l.start = v.start AND l.end = v.end AND l.nr > v.nr AND l.decision <> 'undo'
      AND NOT EXISTS (SELECT 1 FROM review u WHERE u.undoes = l.nr));
