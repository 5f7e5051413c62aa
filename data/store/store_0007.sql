-- Facts in less room: what many share stands once, a row's number tells its report, and
-- a length or a width is told where an end was.  The views show what they showed.
DROP VIEW tolls;
DROP VIEW figures;
DROP VIEW events;
DROP VIEW statements;

-- What figures share.  All but background: word.nr.
CREATE TABLE figure_kind(
  nr INTEGER PRIMARY KEY,
  measure INTEGER NOT NULL, op INTEGER, class INTEGER, unit INTEGER, modality INTEGER,
  background INTEGER
) STRICT;
CREATE INDEX figure_kind_measure ON figure_kind(measure, class);
INSERT INTO figure_kind(measure, op, class, unit, modality, background)
  SELECT DISTINCT measure, op, class, unit, modality, background FROM figure;

-- What events share: word.nr.
CREATE TABLE event_kind(
  nr INTEGER PRIMARY KEY,
  type INTEGER NOT NULL, mode INTEGER, cameo INTEGER, modality INTEGER
) STRICT;
CREATE INDEX event_kind_type ON event_kind(type, cameo);
INSERT INTO event_kind(type, mode, cameo, modality) SELECT DISTINCT type, mode, cameo, modality FROM event;

-- Where events are said to have happened.
CREATE TABLE site(
  nr INTEGER PRIMARY KEY,
  place INTEGER, country INTEGER, precision INTEGER, -- word.nr
  lat REAL, lon REAL
) STRICT;
CREATE INDEX site_place ON site(place);
INSERT INTO site(place, country, precision, lat, lon)
  SELECT DISTINCT place, country, precision, lat, lon FROM event
  WHERE coalesce(place, country, precision, lat, lon) IS NOT NULL;

-- nr: 65536 times the report's, and the fact's place in its reading, from 0.
ALTER TABLE figure RENAME TO old_figure;
CREATE TABLE figure(
  nr INTEGER PRIMARY KEY,
  start INTEGER NOT NULL, length INTEGER NOT NULL, -- code points of the text
  low INTEGER,                         -- NULL: open on that side
  width INTEGER,                       -- the high one less the low one, or less 0; NULL: open
  kind INTEGER NOT NULL REFERENCES figure_kind(nr),
  place INTEGER, as_of INTEGER, claimant INTEGER -- word.nr
) STRICT;
INSERT INTO figure
  SELECT report * 65536 + n, start, end - start, low, high - coalesce(low, 0),
    (SELECT nr FROM figure_kind k WHERE k.measure = f.measure AND k.class IS f.class AND k.op IS f.op
      AND k.unit IS f.unit AND k.modality IS f.modality AND k.background IS f.background),
    place, as_of, claimant FROM old_figure f WHERE n < 65536 ORDER BY report, n;
DROP TABLE old_figure;

ALTER TABLE event RENAME TO old_event;
CREATE TABLE event(
  nr INTEGER PRIMARY KEY,
  start INTEGER NOT NULL, length INTEGER NOT NULL,
  kind INTEGER NOT NULL REFERENCES event_kind(nr),
  actor INTEGER, recipient INTEGER,    -- the first of each; word.nr
  site INTEGER REFERENCES site(nr),
  time INTEGER, claimant INTEGER       -- word.nr
) STRICT;
INSERT INTO event
  SELECT report * 65536 + n, start, end - start,
    (SELECT nr FROM event_kind k WHERE k.type = e.type AND k.cameo IS e.cameo AND k.mode IS e.mode
      AND k.modality IS e.modality),
    actor, recipient,
    (SELECT nr FROM site s WHERE s.place IS e.place AND s.country IS e.country
      AND s.precision IS e.precision AND s.lat IS e.lat AND s.lon IS e.lon),
    time, claimant FROM old_event e WHERE n < 65536 ORDER BY report, n;
DROP TABLE old_event;

ALTER TABLE statement RENAME TO old_statement;
CREATE TABLE statement(
  nr INTEGER PRIMARY KEY,
  start INTEGER NOT NULL, length INTEGER NOT NULL,
  form INTEGER, speaker INTEGER        -- word.nr
) STRICT;
INSERT INTO statement
  SELECT report * 65536 + n, start, end - start, form, speaker FROM old_statement WHERE n < 65536
  ORDER BY report, n;
DROP TABLE old_statement;

-- Nothing asked it.
DROP INDEX report_outlet;
-- Of a version that is not read any more: made anew by the next add.
DELETE FROM memo WHERE key = 'sorter';

-- A report's facts are a range of their numbers.
CREATE VIEW figures AS
  SELECT r.story, r.nr AS report, f.nr & 65535 AS n, r.outlet, r.published, f.low,
    coalesce(f.low, 0) + f.width AS high, k.background, f.start, f.start + f.length AS end,
    (SELECT text FROM word WHERE nr = k.measure) AS measure,
    (SELECT text FROM word WHERE nr = k.op) AS op,
    (SELECT text FROM word WHERE nr = k.class) AS class,
    (SELECT text FROM word WHERE nr = k.unit) AS unit,
    (SELECT text FROM word WHERE nr = f.place) AS place,
    (SELECT text FROM word WHERE nr = f.as_of) AS as_of,
    (SELECT text FROM word WHERE nr = f.claimant) AS claimant,
    (SELECT text FROM word WHERE nr = k.modality) AS modality,
    substr(r.text, f.start + 1, f.length) AS quote
  FROM report r CROSS JOIN figure f ON f.nr BETWEEN r.nr * 65536 AND r.nr * 65536 + 65535
    JOIN figure_kind k ON k.nr = f.kind;
CREATE VIEW tolls AS
  SELECT * FROM figures WHERE measure IN ('killed','injured','missing','detained','abducted','displaced','casualties')
    AND modality = 'asserted' AND NOT background;
CREATE VIEW events AS
  SELECT r.story, r.nr AS report, e.nr & 65535 AS n, r.outlet, r.published, p.lat, p.lon,
    e.start, e.start + e.length AS end,
    (SELECT text FROM word WHERE nr = k.type) AS type,
    (SELECT text FROM word WHERE nr = k.mode) AS mode,
    (SELECT text FROM word WHERE nr = k.cameo) AS cameo,
    (SELECT text FROM word WHERE nr = e.actor) AS actor,
    (SELECT text FROM word WHERE nr = e.recipient) AS recipient,
    (SELECT text FROM word WHERE nr = p.place) AS place,
    (SELECT text FROM word WHERE nr = p.country) AS country,
    (SELECT text FROM word WHERE nr = p.precision) AS precision,
    (SELECT text FROM word WHERE nr = e.time) AS time,
    (SELECT text FROM word WHERE nr = e.claimant) AS claimant,
    (SELECT text FROM word WHERE nr = k.modality) AS modality,
    substr(r.text, e.start + 1, e.length) AS quote
  FROM report r CROSS JOIN event e ON e.nr BETWEEN r.nr * 65536 AND r.nr * 65536 + 65535
    JOIN event_kind k ON k.nr = e.kind LEFT JOIN site p ON p.nr = e.site;
CREATE VIEW statements AS
  SELECT r.story, r.nr AS report, s.nr & 65535 AS n, r.outlet, r.published, s.start,
    s.start + s.length AS end,
    (SELECT text FROM word WHERE nr = s.form) AS form,
    (SELECT text FROM word WHERE nr = s.speaker) AS speaker,
    substr(r.text, s.start + 1, s.length) AS quote
  FROM report r CROSS JOIN statement s ON s.nr BETWEEN r.nr * 65536 AND r.nr * 65536 + 65535;
