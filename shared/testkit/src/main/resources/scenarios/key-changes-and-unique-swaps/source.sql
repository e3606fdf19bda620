CREATE DATABASE app CHARACTER SET utf8mb4;
USE app;
CREATE TABLE t (id INT PRIMARY KEY, u INT UNIQUE, w VARCHAR(10), v INT, UNIQUE KEY (w));
INSERT INTO t VALUES (1, 10, 'a', 0), (2, 20, 'b', 0), (3, 30, 'c', 0), (4, 40, 'd', 0), (5, NULL, NULL, 0);
CREATE TABLE chain (id INT PRIMARY KEY);
INSERT INTO chain VALUES (1), (2), (3), (4), (5), (6), (7), (8);
CREATE TABLE folded (k VARCHAR(10) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci PRIMARY KEY, v INT);
INSERT INTO folded VALUES ('a', 1), ('e', 2);
