-- The index of words is written once a batch: a row of it at a time, it would write what
-- it holds with each row of another table.
DROP TRIGGER report_in;
