-- The orders of the conflicts board.
CREATE INDEX conflict_gap ON conflict(gap DESC, story, n);
CREATE INDEX conflict_age ON conflict(since IS NULL, since, story, n);
CREATE INDEX conflict_latest ON conflict(until DESC, story, n);
