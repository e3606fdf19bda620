-- @synchronizing
USE app;
UPDATE list_columns SET n = 2, c = 'z' WHERE c = 'x';
DELETE FROM list_columns WHERE c = 'z' LIMIT 1;
UPDATE list_null SET id = NULL WHERE id = 3;
DELETE FROM list_null WHERE v = 1;
UPDATE linear_hash SET id = id + 100, at = '2021-01-01' ORDER BY id DESC;
UPDATE linear_key SET s = CONCAT(s, '!');
DELETE FROM linear_key WHERE id = 2;
UPDATE key_of_primary SET id = 18446744073709551615 WHERE id = 1;
DELETE FROM old_key WHERE id = 2;
UPDATE sub_hash SET at = '2031-01-01' WHERE id = 1;
UPDATE sub_key SET k = 2 WHERE id = 1;
UPDATE by_moment SET ts = '2002-02-02' WHERE id = 2 LIMIT 1;
UPDATE by_day SET d = '2022-01-01' WHERE v = 1;
UPDATE `select` SET `in` = 50 WHERE `key` = 1;
