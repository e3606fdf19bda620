-- Tables change while they are synchronized: rows in front of a change and behind it arrive, and so does the change.
CREATE DATABASE app DEFAULT CHARACTER SET utf8mb4;
USE app;
CREATE TABLE people (id INT PRIMARY KEY, name VARCHAR(20) NOT NULL, born DATE, city VARCHAR(20) CHARACTER SET latin1) COMMENT 'people';
INSERT INTO people VALUES (1, 'Ann', '2001-02-03', 'Oslo'), (2, 'Bob', NULL, 'Köln');
CREATE TABLE orders (id INT AUTO_INCREMENT PRIMARY KEY, person INT, total DECIMAL(8,2), note TEXT, KEY by_person (person),
  CONSTRAINT of_person FOREIGN KEY (person) REFERENCES people (id));
INSERT INTO orders VALUES (1, 1, 9.50, 'a'), (2, 2, 0.05, 'b');
CREATE TABLE keyless (v INT, w VARCHAR(10));
INSERT INTO keyless VALUES (1, 'one'), (1, 'one'), (NULL, NULL);
CREATE TABLE counted (v INT);
