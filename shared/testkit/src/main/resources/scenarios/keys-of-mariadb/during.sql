-- @synchronizing
USE app;
UPDATE turned SET id = id + 10 ORDER BY id DESC;
DELETE FROM turned WHERE id = 12;
START TRANSACTION;
UPDATE hashed SET b = 'free' WHERE id = 1;
UPDATE hashed SET b = REPEAT('a', 5000) WHERE id = 2;
UPDATE hashed SET b = REPEAT('b', 5000), t = 'changed' WHERE id = 1;
COMMIT;
DELETE FROM hashed WHERE id = 3;
UPDATE only_hashed SET v = 7 WHERE v = 2;
INSERT INTO only_hashed VALUES (REPEAT('e', 4000), 3);
UPDATE u SET i6 = '::2' WHERE i6 = '::1';
-- @stopped
USE app;
START TRANSACTION;
UPDATE hashed SET b = NULL WHERE id = 1;
UPDATE hashed SET b = REPEAT('b', 5000) WHERE id = 2;
UPDATE hashed SET b = REPEAT('a', 5000) WHERE id = 1;
COMMIT;
UPDATE only_hashed SET b = CONCAT(b, v);
DELETE FROM only_hashed WHERE v = 1;
INSERT INTO u VALUES (UUID(), '::1');
