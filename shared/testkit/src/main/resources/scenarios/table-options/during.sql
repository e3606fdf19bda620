-- @synchronizing
USE app;
UPDATE compact SET s = 'ß';
UPDATE squeezed SET s = 'z' WHERE id = 1;
UPDATE words SET t = 'other words' WHERE id = 1;
INSERT INTO words VALUES (3, 'new', NULL);
UPDATE places SET p = ST_GeomFromText('POINT(5 6)');
