-- @full
USE app;
SET SESSION sql_mode = 'NO_AUTO_VALUE_ON_ZERO';
UPDATE zero SET v = 10 WHERE id = 0;
-- @synchronizing
USE app;
SET SESSION sql_mode = 'NO_AUTO_VALUE_ON_ZERO';
DELETE FROM zero WHERE id = 0;
INSERT INTO zero VALUES (0, 5);
UPDATE zero SET id = -6 WHERE id = -5;
UPDATE zero SET id = -5 WHERE id = 0;
INSERT INTO zero VALUES (0, 6);
INSERT INTO beyond (v) VALUES (2);
UPDATE touched SET n = 10, at = at WHERE id = 1;
UPDATE touched SET n = 20 WHERE id = 2;
UPDATE touched SET n = 30, at = '1999-09-09', dt = dt WHERE id = 3;
UPDATE touched_keyless SET n = 5, at = at LIMIT 1;
UPDATE touched_keyless SET n = 6 WHERE n = 2;
INSERT INTO second_key (a) VALUES (2), (3);
INSERT INTO by_expression (id) VALUES (3);
UPDATE by_expression SET n = DEFAULT, u = DEFAULT WHERE id = 1;
