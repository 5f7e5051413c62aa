DROP VIEW same_review;
DROP VIEW same_ruling;
DROP VIEW same_rule;
DROP TABLE same_story;
DROP TABLE first_new;
