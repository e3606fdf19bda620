-- @synchronizing
UPDATE app.t_1 SET v = 'e' WHERE id = 1;
DELETE FROM app.t_2 WHERE id = 1;
INSERT INTO app.t_2 VALUES ('f', 3);
