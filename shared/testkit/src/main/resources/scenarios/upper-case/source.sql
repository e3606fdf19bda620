CREATE DATABASE app_1 CHARACTER SET utf8mb4;
CREATE DATABASE app_2 CHARACTER SET utf8mb4;
CREATE TABLE app_1.orders (id INT PRIMARY KEY, item VARCHAR(10));
CREATE TABLE app_2.orders LIKE app_1.orders;
CREATE TABLE app_1.straße (naïf INT PRIMARY KEY, `größe` INT);
INSERT INTO app_1.orders VALUES (1, 'a');
INSERT INTO app_2.orders VALUES (1, 'b');
INSERT INTO app_1.straße VALUES (1, 1);
