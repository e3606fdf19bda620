-- @synchronizing
USE app;
UPDATE by_range SET made = '2020-12-31' WHERE id = 1;
UPDATE by_columns SET a = 'zz' WHERE a = 'a';
UPDATE by_list SET id = 4 WHERE id = 1;
DELETE FROM by_hash WHERE id = 2;
UPDATE by_key SET k = 'c' WHERE id = 1;
UPDATE checked SET v = 50 WHERE id = 2;
