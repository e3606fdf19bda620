CREATE DATABASE app CHARACTER SET utf8mb4;
CREATE TABLE app.t (id INT PRIMARY KEY, v VARCHAR(20), u INT, UNIQUE KEY (u));
CREATE TABLE app.fresh (id INT PRIMARY KEY);
INSERT INTO app.t VALUES (1, 'source', 1), (2, 'source', 2), (3, 'source', 3), (4, 'source', 40), (5, 'source', 5);
INSERT INTO app.fresh VALUES (1);
