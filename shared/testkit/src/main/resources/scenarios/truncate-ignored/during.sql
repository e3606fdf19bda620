-- @synchronizing
TRUNCATE TABLE app.archive;
INSERT INTO app.archive VALUES (1, 'one again');
-- @stopped
UPDATE app.archive SET v = 'ONE' WHERE id = 1;
