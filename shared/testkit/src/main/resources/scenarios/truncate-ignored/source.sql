-- What `ddl: ignore` passes over leaves rows on the target too: rows that come again under their keys take their place.
CREATE DATABASE app;
USE app;
CREATE TABLE archive (id INT PRIMARY KEY, v VARCHAR(20));
INSERT INTO archive VALUES (1, 'one'), (2, 'two');
