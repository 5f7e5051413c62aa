-- Which of the facts that share a span a decision is on: "beat and arrested the protesters"
-- is two events.  Of two decisions on a fact the later one holds, also where the log of
-- another store was merged into this one.
ALTER TABLE review ADD COLUMN fact INTEGER; -- from 0, in the order of the reading; NULL: all of them
DROP VIEW decisions;
CREATE VIEW decisions AS
  SELECT v.*, r.story FROM review v JOIN report r ON r.id = v.report
  WHERE v.decision <> 'undo' AND NOT EXISTS (SELECT 1 FROM review u WHERE u.undoes = v.nr)
    AND NOT EXISTS (SELECT 1 FROM review l WHERE l.report = v.report AND l.kind = v.kind
      AND l.start = v.start AND l.end = v.end AND (l.fact IS v.fact OR l.fact IS NULL)
      AND (l.at, l.nr) > (v.at, v.nr) AND l.decision <> 'undo'
      AND NOT EXISTS (SELECT 1 FROM review u WHERE u.undoes = l.nr));

-- Decisions that have no effect: the report states no such fact, as where a decision came
-- from a store whose program had read the report otherwise.
CREATE VIEW idle_decisions AS
  SELECT d.* FROM decisions d JOIN report r ON r.id = d.report
  WHERE coalesce(d.fact, 0) >= CASE d.kind
    WHEN 'figure' THEN (SELECT count(*) FROM figure f WHERE f.nr BETWEEN r.nr * 65536
      AND r.nr * 65536 + 65535 AND f.start = d.start AND f.length = d.end - d.start)
    WHEN 'event' THEN (SELECT count(*) FROM event e WHERE e.nr BETWEEN r.nr * 65536
      AND r.nr * 65536 + 65535 AND e.start = d.start AND e.length = d.end - d.start)
    ELSE (SELECT count(*) FROM statement s WHERE s.nr BETWEEN r.nr * 65536
      AND r.nr * 65536 + 65535 AND s.start = d.start AND s.length = d.end - d.start) END;
