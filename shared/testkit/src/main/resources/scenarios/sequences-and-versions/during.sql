-- @full
USE app;
UPDATE versioned SET v = 11 WHERE id = 1;
-- @synchronizing
USE app;
SELECT NEXT VALUE FOR numbers;
INSERT INTO numbered (v) VALUES (3);
UPDATE versioned SET v = 12 WHERE id = 1;
DELETE FROM versioned WHERE id = 2;
INSERT INTO versioned VALUES (2, 22), (4, 4);
START TRANSACTION;
UPDATE versioned SET id = 5 WHERE id = 4;
UPDATE versioned SET v = 6 WHERE id = 5;
COMMIT;
UPDATE shown SET v = 30 WHERE id = 3;
DELETE FROM shown WHERE id = 1;
INSERT INTO shown (id, v) VALUES (1, 100);
UPDATE partly SET w = 2;
UPDATE partly SET v = 2;
UPDATE keyless_versioned SET v = 5 WHERE v = 1 LIMIT 1;
DELETE FROM keyless_versioned WHERE v = 2;
DELETE HISTORY FROM versioned;
UPDATE period FOR PORTION OF p FROM '2020-06-01' TO '2020-07-01' SET id = 2 WHERE id = 1;
