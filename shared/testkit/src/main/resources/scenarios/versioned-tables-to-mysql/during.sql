-- @synchronizing
USE app;
UPDATE versioned SET v = v + 1;
DELETE FROM versioned WHERE id = 2;
UPDATE shown SET v = v + 10;
DELETE FROM shown WHERE id = 2;
INSERT INTO shown (id, v) VALUES (2, 13 - 1);
