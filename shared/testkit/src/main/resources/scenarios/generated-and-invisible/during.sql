-- @synchronizing
USE app;
INSERT INTO made (id, price, v) VALUES (3, 3.33, 3);
UPDATE made SET price = 5, v = 9 WHERE id = 1;
DELETE FROM made WHERE id = 2;
UPDATE defaults SET n = 5;
INSERT INTO hidden (id, v) VALUES (3, 33);
UPDATE hidden SET v = v + 1 WHERE id = 1;
