-- @synchronizing
USE app;
ALTER TABLE followed ADD more INT;
INSERT INTO followed VALUES (3, 'three', 3);
ALTER TABLE followed ADD KEY v (v);
CREATE UNIQUE INDEX m ON followed (more);
UPDATE followed SET more = 4 WHERE id = 3;
TRUNCATE TABLE archive;
INSERT INTO archive VALUES (1, 10, 'one again'), (4, 30, 'of another key');
ALTER TABLE archive ADD x INT;
INSERT INTO archive VALUES (5, 50, 'five', 5);
ALTER TABLE fixed DROP COLUMN w;
UPDATE fixed SET v = 'TWO' WHERE id = 2;
INSERT INTO fixed VALUES (3, 'three');
CREATE TABLE made (id INT PRIMARY KEY);
INSERT INTO made VALUES (1);
ALTER TABLE made ADD x INT;
RENAME TABLE made TO made_2;
DROP TABLE made_2;
-- @stopped
USE app;
TRUNCATE TABLE followed;
INSERT INTO followed VALUES (9, 'nine', 9);
DELETE FROM archive WHERE id = 1;
INSERT INTO archive VALUES (2, 21, 'two again', 2);
