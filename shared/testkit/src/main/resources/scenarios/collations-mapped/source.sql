CREATE DATABASE app CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci;
CREATE TABLE app.t (id INT PRIMARY KEY, a VARCHAR(10), b VARCHAR(10) CHARACTER SET latin1 COLLATE latin1_german1_ci, c VARCHAR(10) COLLATE utf8mb4_unicode_ci, UNIQUE KEY (a)) COLLATE utf8mb4_general_ci;
INSERT INTO app.t VALUES (1, 'x', 'ä', 'ß');
