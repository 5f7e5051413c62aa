-- What users of the store `other` decided, ruled and asked for, taken over into `main`;
-- its reports are in already.  Rows are the same when they were written at one time by one
-- person on one thing; story numbers differ, so a story is the one that most of its reports
-- are in here.
CREATE TEMP VIEW same_review AS
  SELECT o.nr AS theirs, m.nr AS ours FROM other.review o
  JOIN main.review m USING(report, kind, start, end, at, who, decision)
  WHERE m.fact IS o.fact AND m.change IS o.change;
CREATE TEMP VIEW same_ruling AS
  SELECT o.nr AS theirs, m.nr AS ours FROM other.ruling o
  JOIN main.ruling m USING(at, who, scope, what, reports);
CREATE TEMP VIEW same_rule AS
  SELECT o.nr AS theirs, m.nr AS ours FROM other.rule o JOIN main.rule m USING(at, who, kind)
  WHERE m.measure IS o.measure AND m.least IS o.least AND m.place IS o.place;
CREATE TEMP TABLE same_story AS
  SELECT theirs, ours, max(n) FROM
    (SELECT o.story AS theirs, m.story AS ours, count(*) AS n
     FROM other.report o JOIN main.report m USING(id) GROUP BY 1, 2)
  GROUP BY 1;
CREATE TEMP TABLE first_new AS
  SELECT (SELECT coalesce(max(nr), 0) FROM main.review) AS review,
    (SELECT coalesce(max(nr), 0) FROM main.ruling) AS ruling;

-- Decisions.  What was undone there is undone here.
INSERT INTO main.review(at, who, report, kind, start, end, fact, decision, undoes, machine, change, rule)
  SELECT at, who, report, kind, start, end, fact, decision, NULL, machine, change, rule
  FROM other.review WHERE decision <> 'undo' AND nr NOT IN (SELECT theirs FROM same_review) ORDER BY nr;
INSERT INTO main.review(at, who, report, kind, start, end, fact, decision, undoes, machine, change, rule)
  SELECT at, who, report, kind, start, end, fact, decision,
    (SELECT min(ours) FROM same_review WHERE theirs = o.undoes), machine, change, rule
  FROM other.review o WHERE decision = 'undo' AND nr NOT IN (SELECT theirs FROM same_review) ORDER BY nr;
UPDATE main.story SET change = (SELECT max(change) + 1 FROM main.story) WHERE nr IN
  (SELECT r.story FROM main.review v JOIN main.report r ON r.id = v.report
   WHERE v.nr > (SELECT review FROM first_new));

-- Rulings on stories and origins.
INSERT INTO main.ruling(at, who, scope, what, undoes, reports, before, after, rule)
  SELECT at, who, scope, what, NULL, reports, before, after, rule
  FROM other.ruling WHERE what <> 'undo' AND nr NOT IN (SELECT theirs FROM same_ruling) ORDER BY nr;
INSERT OR IGNORE INTO main.ruling(at, who, scope, what, undoes, reports, before, after, rule)
  SELECT at, who, scope, what, (SELECT min(ours) FROM same_ruling WHERE theirs = o.undoes),
    reports, before, after, rule
  FROM other.ruling o WHERE what = 'undo' AND nr NOT IN (SELECT theirs FROM same_ruling) ORDER BY nr;

-- Rules, without their targets: another's store must not make this machine run a program.
-- So what was raised is shown and not delivered.
INSERT INTO main.rule(at, who, kind, measure, least, place, target, ended_at)
  SELECT at, who, kind, measure, least, place, NULL, ended_at
  FROM other.rule WHERE nr NOT IN (SELECT theirs FROM same_rule) ORDER BY nr;
INSERT OR IGNORE INTO main.alert(rule, key, at, story, words, report, start, end, delivered_at)
  SELECT r.ours, t.ours || substr(key, instr(key || ' ', ' ')), at, t.ours, words, report, start, end,
    coalesce(delivered_at, at)
  FROM other.alert a JOIN same_rule r ON r.theirs = a.rule JOIN same_story t ON t.theirs = a.story
  WHERE t.ours IS NOT NULL ORDER BY nr;
INSERT OR IGNORE INTO main.level
  SELECT r.ours, t.ours, measure, level
  FROM other.level l JOIN same_rule r ON r.theirs = l.rule JOIN same_story t ON t.theirs = l.story;

INSERT OR IGNORE INTO main.saved_search(at, who, name, words)
  SELECT at, who, name, words FROM other.saved_search ORDER BY nr;
