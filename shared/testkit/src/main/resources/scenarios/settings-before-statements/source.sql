-- MariaDB logs a statement's own settings with it.
CREATE DATABASE app;
CREATE TABLE app.t (id INT PRIMARY KEY);
INSERT INTO app.t VALUES (1);
