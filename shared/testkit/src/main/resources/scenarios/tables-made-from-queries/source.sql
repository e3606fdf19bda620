-- Tables are made of other tables' rows.
CREATE DATABASE app DEFAULT CHARACTER SET utf8mb4;
USE app;
CREATE TABLE t (id INT PRIMARY KEY, v VARCHAR(20), d DECIMAL(5,2));
INSERT INTO t VALUES (1, 'one', 1.5), (2, 'two', NULL);
