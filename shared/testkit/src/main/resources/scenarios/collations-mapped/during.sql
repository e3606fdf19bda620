-- @synchronizing
INSERT INTO app.t VALUES (2, 'Ñ', 'ö', 'é');
UPDATE app.t SET a = 'y' WHERE id = 1;
