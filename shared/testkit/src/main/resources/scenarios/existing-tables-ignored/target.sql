CREATE DATABASE app CHARACTER SET utf8mb4;
CREATE TABLE app.t (u INT, v VARCHAR(20), id INT PRIMARY KEY, more INT DEFAULT 7, UNIQUE KEY (u));
INSERT INTO app.t VALUES (1, 'kept', 1, 8), (2, 'kept', 2, 8), (3, 'kept', 3, 8), (40, 'kept', 99, 8), (77, 'kept', 77, 8);
