-- Each table and each kind of change by its own policy; what is left out leaves rows on the target, which conflict with nobody.
CREATE DATABASE app;
USE app;
CREATE TABLE followed (id INT PRIMARY KEY, v VARCHAR(20));
INSERT INTO followed VALUES (1, 'one'), (2, 'two');
CREATE TABLE archive (id INT PRIMARY KEY, u INT UNIQUE, v VARCHAR(20));
INSERT INTO archive VALUES (1, 10, 'one'), (2, 20, 'two'), (3, 30, 'three');
CREATE TABLE fixed (id INT PRIMARY KEY, v VARCHAR(20), w INT DEFAULT 7);
INSERT INTO fixed VALUES (1, 'one', 1), (2, 'two', 2);
