-- @synchronizing
USE app;
INSERT INTO orders VALUES (3, 1, '6666', 30);
UPDATE orders SET cust = 1, card_number = '7777' WHERE id = 2;
UPDATE orders SET card_number = '0' WHERE id = 1;
INSERT INTO log_9 VALUES (2);
INSERT INTO not_selected VALUES (2);
INSERT INTO log_1 VALUES (2);
