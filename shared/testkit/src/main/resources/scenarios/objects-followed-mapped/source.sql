-- Objects of a database that has another name on the target, with a table and a column that have too, and guarded triggers.
CREATE DATABASE app DEFAULT CHARACTER SET utf8mb4;
USE app;
CREATE TABLE people (id INT PRIMARY KEY, name VARCHAR(20));
CREATE TABLE seen (id INT PRIMARY KEY AUTO_INCREMENT, who VARCHAR(20));
INSERT INTO people VALUES (1, 'Ann'), (2, 'Bob');
CREATE VIEW names AS SELECT name FROM people;
CREATE VIEW not_this AS SELECT 1 AS one;
CREATE TRIGGER one AFTER INSERT ON people FOR EACH ROW INSERT INTO seen (who) VALUES (NEW.name);
CREATE TRIGGER two AFTER INSERT ON people FOR EACH ROW SET @two = 1;
