-- @synchronizing
USE app;
CREATE TABLE all_of_it (PRIMARY KEY (id)) SELECT * FROM t;
CREATE TABLE keyless AS SELECT v, COUNT(*) n FROM t GROUP BY v;
CREATE TABLE empty_one SELECT id, CONCAT(v, '!') w FROM t WHERE id > 9;
INSERT INTO empty_one VALUES (9, 'nine');
UPDATE all_of_it SET v = 'TWO' WHERE id = 2;
-- @stopped
CREATE TABLE app.more (k INT AUTO_INCREMENT PRIMARY KEY, KEY (id)) SELECT * FROM app.t;
DELETE FROM app.more WHERE id = 1;
