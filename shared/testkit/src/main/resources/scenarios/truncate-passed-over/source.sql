-- A TRUNCATE that is passed over leaves rows on the target. Whatever comes again under their keys takes their place.
CREATE DATABASE app;
USE app;
CREATE TABLE archive (id INT PRIMARY KEY, u INT UNIQUE, v VARCHAR(20));
INSERT INTO archive VALUES (1, 10, 'one'), (2, 20, 'two'), (3, 30, 'three');
CREATE TABLE keyless (v INT);
INSERT INTO keyless VALUES (1), (2);
CREATE TABLE parent (id INT PRIMARY KEY);
INSERT INTO parent VALUES (1), (2);
CREATE TABLE child (id INT PRIMARY KEY, p INT, FOREIGN KEY (p) REFERENCES parent (id) ON DELETE CASCADE);
INSERT INTO child VALUES (1, 1), (2, 2), (3, 1);
CREATE TABLE followed (id INT PRIMARY KEY);
INSERT INTO followed VALUES (1), (2);
