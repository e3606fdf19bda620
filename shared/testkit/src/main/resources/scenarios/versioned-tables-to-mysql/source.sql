-- A target that keeps no history has the present rows, and the keys without the end of a row's life.
CREATE DATABASE app CHARACTER SET utf8mb4;
USE app;
CREATE TABLE versioned (id INT PRIMARY KEY, v INT) WITH SYSTEM VERSIONING;
CREATE TABLE shown (id INT PRIMARY KEY, v INT UNIQUE, since TIMESTAMP(6) GENERATED ALWAYS AS ROW START, until TIMESTAMP(6) GENERATED ALWAYS AS ROW END, PERIOD FOR SYSTEM_TIME (since, until)) WITH SYSTEM VERSIONING;
INSERT INTO versioned VALUES (1, 1), (2, 2), (3, 3);
INSERT INTO shown (id, v) VALUES (1, 1), (2, 2), (3, 3);
