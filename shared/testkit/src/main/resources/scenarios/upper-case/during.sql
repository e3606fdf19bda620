-- @synchronizing
INSERT INTO app_1.orders VALUES (2, 'c');
UPDATE app_2.orders SET item = 'd';
UPDATE app_1.straße SET `größe` = 2;
