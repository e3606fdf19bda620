-- @synchronizing
USE app;
TRUNCATE TABLE archive;
INSERT INTO archive VALUES (1, 10, 'one again'), (4, 30, 'of another key');
UPDATE archive SET v = 'ONE' WHERE id = 1;
TRUNCATE TABLE keyless;
INSERT INTO keyless VALUES (1);
DELETE FROM keyless;
DELETE FROM parent WHERE id = 1;
TRUNCATE TABLE followed;
INSERT INTO followed VALUES (2);
-- @stopped
USE app;
DELETE FROM archive WHERE id = 1;
INSERT INTO archive VALUES (2, 21, 'two again');
UPDATE archive SET u = 22 WHERE id = 2;
