-- @synchronizing
USE app;
SELECT NEXT VALUE FOR numbers;
INSERT INTO numbered (v) VALUES (3);
UPDATE period FOR PORTION OF p FROM '2020-06-01' TO '2020-07-01' SET id = 2 WHERE id = 1;
