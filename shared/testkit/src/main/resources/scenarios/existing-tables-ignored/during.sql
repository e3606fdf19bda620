-- @synchronizing
UPDATE app.t SET v = 'changed' WHERE id IN (2, 5);
DELETE FROM app.t WHERE id = 3;
INSERT INTO app.t VALUES (6, 'new', 6), (77, 'new', 78);
INSERT INTO app.fresh VALUES (2);
