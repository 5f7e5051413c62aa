-- What `corrob watch` did last, for the workbench's /watch and for people with SQL.
CREATE TABLE watch_feed(
  url TEXT PRIMARY KEY,
  failures INTEGER NOT NULL DEFAULT 0, -- polls in a row that went wrong
  line TEXT NOT NULL                   -- its newest line of the log, JSON (docs/watch.md)
) STRICT, WITHOUT ROWID;
CREATE TABLE watch_log(
  nr INTEGER PRIMARY KEY AUTOINCREMENT,
  line TEXT NOT NULL                   -- JSON; some thousands of the newest are kept
) STRICT;

CREATE VIEW feeds AS
  SELECT url, failures, json_extract(line, '$.time') AS asked, json_extract(line, '$.status') AS status, json_extract(line, '$.items') AS items,
    json_extract(line, '$.new') AS new, json_extract(line, '$.wait') AS wait, json_extract(line, '$.detail') AS detail FROM watch_feed;
CREATE VIEW watched AS
  SELECT nr, json_extract(line, '$.time') AS time, json_extract(line, '$.event') AS event, json_extract(line, '$.url') AS url, json_extract(line, '$.status') AS status,
    json_extract(line, '$.result') AS result, json_extract(line, '$.detail') AS detail, json_extract(line, '$.wait') AS wait FROM watch_log;
