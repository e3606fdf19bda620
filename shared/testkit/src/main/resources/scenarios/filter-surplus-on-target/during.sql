-- @synchronizing
UPDATE app.t SET v = 11 WHERE id = 1;
UPDATE app.t SET v = 10 WHERE id = 3;
-- @stopped-target
INSERT INTO app.t VALUES (4, 7);
