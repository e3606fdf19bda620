-- @synchronizing
USE app;
UPDATE t_1 SET v = 15 WHERE id = 2;
UPDATE t_2 SET state = 'y' WHERE id = 1;
UPDATE t_2 SET state = 'Ö', id = 4 WHERE id = 2;
INSERT INTO t_2 VALUES (5, 50, 'öde'), (6, 5, 'öde');
DELETE FROM t_1 WHERE id = 1;
INSERT INTO n_1 VALUES (3, 3);
UPDATE n_1 SET v = 33 WHERE id = 3;
UPDATE n_2 SET v = 300 WHERE id = 3;
DELETE FROM n_1 WHERE id = 1;
