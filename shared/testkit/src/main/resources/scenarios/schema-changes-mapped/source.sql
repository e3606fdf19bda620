-- Changes of tables that have other names on the target, and of which not every column travels.
CREATE DATABASE app DEFAULT CHARACTER SET utf8mb4;
USE app;
CREATE TABLE people (id INT PRIMARY KEY, name VARCHAR(20), secret VARCHAR(20), KEY by_secret (secret, name));
INSERT INTO people VALUES (1, 'Ann', '10'), (2, 'Bob', '20');
CREATE TABLE nobody (id INT);
