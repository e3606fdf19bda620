-- @synchronizing
USE app;
UPDATE turned SET id = id + 10 ORDER BY id DESC;
DELETE FROM turned WHERE id = 12;
INSERT INTO turned VALUES (4, 4, 'w', 4);
START TRANSACTION;
UPDATE computed SET b = 'free' WHERE id = 1;
UPDATE computed SET b = 'ONE' WHERE id = 2;
UPDATE computed SET b = 'TWO', j = JSON_SET(j, '$.n', JSON_ARRAY(9, 8)) WHERE id = 1;
COMMIT;
DELETE FROM computed WHERE id = 3;
INSERT INTO computed VALUES (4, 4, 'Free', NULL);
UPDATE places SET at = ST_GeomFromText('POINT(1 2)', 4326), words = 'others' WHERE id = 1;
UPDATE only_computed SET b = 'c' WHERE a = 2;
INSERT INTO only_computed VALUES (3, 'b');
-- @stopped
USE app;
START TRANSACTION;
UPDATE computed SET b = NULL WHERE id = 1;
UPDATE computed SET b = 'two' WHERE id = 4;
UPDATE computed SET b = 'fREE' WHERE id = 1;
COMMIT;
UPDATE only_computed SET a = a + 10 ORDER BY a DESC;
DELETE FROM only_computed WHERE b = 'b';
