-- A view that was renamed twice and is gone when the log tells of it: no table that anybody has to know.
CREATE DATABASE app;
CREATE TABLE app.t (id INT PRIMARY KEY);
INSERT INTO app.t VALUES (1);
