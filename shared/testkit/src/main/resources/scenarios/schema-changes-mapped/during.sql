-- @synchronizing
USE app;
ALTER TABLE people ADD age INT AFTER secret, MODIFY secret INT, ADD KEY by_name (name);
INSERT INTO people VALUES (3, 'Cid', 3, 33);
ALTER TABLE people MODIFY name VARCHAR(80) NOT NULL AFTER age, DROP KEY by_secret;
UPDATE people SET name = 'Robert', secret = 9 WHERE id = 2;
ALTER TABLE people DROP COLUMN secret, RENAME KEY by_name TO by_full_name;
ALTER TABLE nobody ADD x INT;
CREATE TABLE friends (a INT, b INT, PRIMARY KEY (a, b), CONSTRAINT f FOREIGN KEY (a) REFERENCES people (id) ON DELETE CASCADE);
INSERT INTO friends VALUES (1, 2), (1, 3), (2, 3);
DELETE FROM people WHERE id = 1;
DROP TABLE nobody;
