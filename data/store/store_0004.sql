-- Rules that users keep, what they raised, and searches that users keep.
CREATE TABLE rule(
  nr INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,                 -- Unix seconds
  who TEXT NOT NULL,
  kind TEXT NOT NULL CHECK(kind IN ('toll','rise','claimant','conflict','story')),
  measure TEXT,                        -- toll, rise: "killed"; NULL: any
  least INTEGER,                       -- toll: that many or more; rise: percent
  place TEXT,                          -- only stories there: a name, or ISO 3166 alpha-3
  target TEXT,                         -- file:PATH, command:PATH, http://127.0.0.1…; NULL: shown only
  ended_at INTEGER                     -- it raises nothing any more
) STRICT;

-- An event is raised once by a rule: key names it within the rule.
CREATE TABLE alert(
  nr INTEGER PRIMARY KEY,
  rule INTEGER NOT NULL REFERENCES rule(nr),
  key TEXT NOT NULL,
  at INTEGER NOT NULL,
  story INTEGER NOT NULL REFERENCES story(nr) ON DELETE CASCADE,
  words TEXT NOT NULL,                 -- for a reader
  report TEXT, start INTEGER, end INTEGER, -- the words that it rests on
  tries INTEGER NOT NULL DEFAULT 0, tried_at INTEGER NOT NULL DEFAULT 0,
  delivered_at INTEGER, failure TEXT,
  UNIQUE(rule, key)
) STRICT;
CREATE INDEX alert_waiting ON alert(tried_at) WHERE delivered_at IS NULL;

-- What a rise is measured from: the toll that was told when the rule last spoke.
CREATE TABLE level(
  rule INTEGER NOT NULL REFERENCES rule(nr), story INTEGER NOT NULL REFERENCES story(nr) ON DELETE CASCADE,
  measure TEXT NOT NULL, level INTEGER NOT NULL,
  PRIMARY KEY(rule, story, measure)
) STRICT, WITHOUT ROWID;

CREATE TABLE saved_search(
  nr INTEGER PRIMARY KEY, at INTEGER NOT NULL, who TEXT NOT NULL,
  name TEXT NOT NULL, words TEXT NOT NULL UNIQUE
) STRICT;
