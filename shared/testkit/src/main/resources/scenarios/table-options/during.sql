-- @synchronizing
USE app;
UPDATE compact SET s = 'ß';
UPDATE squeezed SET s = 'z' WHERE id = 1;
UPDATE myisam SET s = 'three' WHERE id = 2;
DELETE FROM myisam WHERE id = 1;
INSERT INTO numbered (a) VALUES (1), (3);
UPDATE memory SET s = 'three' WHERE id = 2;
INSERT INTO memory VALUES (3, 'x');
UPDATE words SET t = 'other words' WHERE id = 1;
INSERT INTO words VALUES (3, 'new', NULL);
UPDATE places SET p = ST_GeomFromText('POINT(5 6)');
