-- Each of these would fail in the middle of the schema stage.
CREATE DATABASE app CHARACTER SET utf8mb4;
CREATE DATABASE elsewhere CHARACTER SET utf8mb4;
USE app;
CREATE TABLE t (id INT PRIMARY KEY);
CREATE TABLE elsewhere.t (id INT PRIMARY KEY);
CREATE VIEW over_both AS SELECT a.id FROM t a JOIN elsewhere.t b ON a.id = b.id;
CREATE TABLE dropped (id INT PRIMARY KEY);
CREATE VIEW broken AS SELECT id FROM dropped;
DROP TABLE dropped;
