-- @full
USE app;
INSERT INTO log VALUES ('2020-01-01', 'ann', 'same', 0.1), ('2020-01-02', 'bob', 'new', 1.5);
DELETE FROM log WHERE who IS NULL LIMIT 1;
-- @synchronizing
USE app;
UPDATE log SET what = 'changed' WHERE who = 'ann' LIMIT 2;
DELETE FROM log WHERE who = 'ann' AND what = 'same' LIMIT 3;
DELETE FROM log WHERE who IS NULL LIMIT 2;
INSERT INTO log SELECT * FROM log;
-- @stopped
USE app;
UPDATE log SET who = 'eve' WHERE who IS NULL LIMIT 1;
