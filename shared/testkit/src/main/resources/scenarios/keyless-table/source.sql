-- Rows that cannot be told apart: exactly as many must arrive.
CREATE DATABASE app CHARACTER SET utf8mb4;
USE app;
CREATE TABLE log (at DATETIME(3), who VARCHAR(20), what TEXT, price FLOAT);
INSERT INTO log VALUES ('2020-01-01', 'ann', 'same', 0.1), ('2020-01-01', 'ann', 'same', 0.1), ('2020-01-01', 'ann', 'same', 0.1), (NULL, NULL, NULL, NULL), (NULL, NULL, NULL, NULL);
INSERT INTO log SELECT * FROM log;
INSERT INTO log SELECT * FROM log;
INSERT INTO log SELECT * FROM log;
