-- @synchronizing
USE shop;
INSERT INTO orders VALUES (11, 100.01, 'Eu'), (12, 99, 'eu'), (13, 1000, 'ěu'), (14, 1000, 'eu '), (15, NULL, NULL);
INSERT INTO people VALUES (11, 'Äon', NULL), (12, 'Bö', NULL), (13, 'aß', '2000-02-29'), (14, 'a', '1900-01-01');
INSERT INTO events VALUES (10, 0), (11, 0), (12, 1), (13, NULL);
INSERT INTO keyless VALUES ('nü', 5), ('No', 6), ('yes', 1), (NULL, 7);
DELETE FROM keyless WHERE v = 'yes' LIMIT 1;
UPDATE keyless SET n = n + 10 WHERE n = 4;
INSERT INTO plain VALUES (2);
DELETE FROM orders WHERE id IN (1, 2);
-- @stopped
USE shop;
UPDATE orders SET region = 'us' WHERE id IN (4, 12);
DELETE FROM people WHERE id IN (1, 4, 5);
UPDATE events SET flag = 1 - IFNULL(flag, 0);
