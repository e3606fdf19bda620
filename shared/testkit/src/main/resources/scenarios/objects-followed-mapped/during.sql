-- @synchronizing
USE app;
CREATE OR REPLACE VIEW names AS SELECT id, people.name AS n FROM app.people;
ALTER VIEW names AS SELECT id, name, UPPER(name) AS n FROM people;
ALTER TABLE people ADD age INT DEFAULT 5;
CREATE VIEW ages AS SELECT p.name, p.age, n.n FROM people p JOIN names n ON n.id = p.id;
CREATE VIEW nor_that AS SELECT 2 AS two;
DROP VIEW not_this;
DROP TRIGGER one;
CREATE TRIGGER one BEFORE INSERT ON people FOR EACH ROW SET NEW.name = TRIM(NEW.name);
CREATE TRIGGER three AFTER INSERT ON people FOR EACH ROW INSERT INTO seen (who) VALUES (CONCAT(NEW.name, NEW.age));
INSERT INTO people (id, name) VALUES (3, ' Cid ');
CREATE FUNCTION grown (x INT) RETURNS INT DETERMINISTIC RETURN x + 1;
DROP FUNCTION GROWN;
CREATE PROCEDURE oldest () SELECT MAX(age) FROM seen;
ALTER DATABASE app DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE TABLE binaries (a VARCHAR(10));
