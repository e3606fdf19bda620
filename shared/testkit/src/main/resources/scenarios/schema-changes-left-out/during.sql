-- @synchronizing
USE app;
ALTER TABLE rows_only ADD KEY v (v), COMMENT 'only here';
UPDATE rows_only SET v = 'TWO' WHERE id = 2;
CREATE /* of app.emptied */ UNIQUE INDEX w ON `rows_only` (v, id);
DROP INDEX v ON rows_only;
INSERT INTO rows_only VALUES (3, 'three');
ALTER TABLE elsewhere.t ADD app2 INT;
ALTER TABLE stays ADD more INT;
SET sql_mode = 'ANSI_QUOTES';
CREATE TABLE "stays too" (id INT PRIMARY KEY);
SET sql_mode = DEFAULT;
RENAME TABLE stays TO stays_2, `stays too` TO stays_3;
TRUNCATE TABLE stays_2;
DROP TABLE stays_2, `app`.`stays_3`;
TRUNCATE TABLE emptied;
INSERT INTO emptied VALUES (2, 'two again');
TRUNCATE keyless;
INSERT INTO keyless VALUES (3), (3);
-- @stopped
USE elsewhere;
TRUNCATE TABLE app.emptied_while_stopped;
INSERT INTO app.emptied_while_stopped VALUES (9);
INSERT INTO app.emptied VALUES (3, 'three');
TRUNCATE app.rows_only;
INSERT INTO app.rows_only VALUES (4, 'four');
