-- @synchronizing
USE app;
UPDATE myisam SET s = 'zwei' WHERE id = 2;
DELETE FROM myisam WHERE id = 1;
INSERT INTO myisam (s) VALUES ('four'), ('five');
UPDATE keyless SET v = 5 WHERE v = 1 LIMIT 1;
DELETE FROM keyless WHERE v = 2;
UPDATE in_memory SET s = 'eins' WHERE id = 1;
INSERT INTO in_memory VALUES (3, 'three');
INSERT INTO comma VALUES (3, 'c');
INSERT INTO archived (s) VALUES ('new'), ('newer');
/*!50707 INSERT INTO nothing VALUES (1, 'gone'), (2, 'gone') */ /*M!100000 DO 1 */;
INSERT INTO numbered (a) VALUES (1), (3);
UPDATE plain SET v = 2;
-- @stopped
USE app;
INSERT INTO keyless SELECT * FROM keyless;
DELETE FROM in_memory WHERE id = 2;
