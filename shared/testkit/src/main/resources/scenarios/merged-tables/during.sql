-- @synchronizing
INSERT INTO app_1.orders_1 VALUES (10, 1, 'j', 1, 'new'), (11, 1, 'k', 1, 'new');
INSERT INTO app_2.orders_1 (id, cust, mail, note) VALUES (10, 3, 'j', 'new'), (11, 3, 'k', 'new');
INSERT INTO `other.db`.orders VALUES (10, 4, 'j', 1, 'it''s'), (2, 4, 'b', 1, NULL);
UPDATE app_1.orders_1 SET note = 'changed' WHERE id = 1;
UPDATE app_1.orders_1 SET id = 20 WHERE id = 3;
UPDATE app_1.orders_2 SET mail = 'b' WHERE id = 2;
UPDATE app_2.orders_1 SET mail = 'z', note = NULL WHERE id IN (1, 5) AND mail = 'a';
DELETE FROM app_2.orders_1 WHERE id = 11;
DELETE FROM app_1.orders_1 WHERE id IN (2, 10);
DELETE FROM app_1.orders_2;
INSERT INTO app_1.orders_2 VALUES (7, 2, 'g', 1, 'after');
INSERT INTO app_1.notes_1 VALUES (1, 'x'), (9, 'n');
DELETE FROM app_1.notes_1 WHERE a = 1 LIMIT 1;
UPDATE app_2.notes_1 SET b = 'z' WHERE a IS NULL;
DELETE FROM app_2.notes_1 WHERE a = 1;
