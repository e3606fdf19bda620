-- @full
USE app;
UPDATE hen SET id = 20 WHERE id = 2;
DELETE FROM tree WHERE id = 10;
INSERT INTO tree VALUES (10, NULL, 1), (11, 10, 1);
UPDATE other.country SET code = 'DE' WHERE code = 'de';
-- @synchronizing
USE app;
UPDATE hen SET id = 100 WHERE id = 1;
DELETE FROM egg WHERE id = 1;
DELETE FROM hen WHERE id = 20;
DELETE FROM tree WHERE id = 4;
UPDATE other.country SET code = 'gb' WHERE code = 'fr';
DELETE FROM other.country WHERE code = 'DE';
UPDATE pair SET b = 'z' WHERE a = 1 AND b = 'x';
DELETE FROM pair WHERE a = 1 AND b = 'y';
DELETE FROM hen WHERE id = 3;
INSERT INTO hen VALUES (3, 2, 3);
INSERT INTO keyless_child VALUES (3, 9), (3, 9);
START TRANSACTION;
INSERT INTO tree VALUES (50, NULL, 0), (51, 50, 0), (52, 51, 0);
UPDATE tree SET up = NULL WHERE id = 52;
DELETE FROM tree WHERE id = 50;
COMMIT;
-- @stopped
USE app;
DELETE FROM hen WHERE id = 3;
UPDATE egg SET hen = 100 WHERE id = 3;
DELETE FROM city WHERE id = 3;
SET SESSION foreign_key_checks = 0;
UPDATE orphan SET id = 5 WHERE id = 1;
