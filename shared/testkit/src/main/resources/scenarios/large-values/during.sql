-- @synchronizing
USE app;
INSERT INTO large SELECT id + 10, b, t FROM large WHERE id IN (1, 2);
UPDATE large SET b = CONCAT(b, 'more') WHERE id = 1;
UPDATE wide SET b = REPEAT('d', 16000000);
DELETE FROM large WHERE id = 3;
