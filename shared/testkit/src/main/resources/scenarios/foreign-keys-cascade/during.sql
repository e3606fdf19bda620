-- @synchronizing
USE app;
DELETE FROM parent WHERE id = 1;
UPDATE parent SET id = 22 WHERE id = 2;
INSERT INTO parent VALUES (1, NULL, 'one again');
INSERT INTO a_child VALUES (10, 1, 'again');
INSERT INTO z_grandchild VALUES (100, 10);
START TRANSACTION;
DELETE FROM a_child WHERE id = 10;
INSERT INTO a_child VALUES (10, 22, 'third');
COMMIT;
-- @stopped
USE app;
DELETE FROM parent WHERE id = 22;
DELETE FROM strict_child;
DELETE FROM parent WHERE id = 4;
